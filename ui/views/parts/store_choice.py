"""The button of a screen that says which stores it shows: all, one, several, a city, a format."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QPoint, Qt, Signal
from PySide6.QtGui import QActionGroup, QFontMetrics
from PySide6.QtWidgets import QMenu

from chainbrain.analytics.store_groups import KINDS, StoreGroup
from ui.messages import word
from ui.theme.theme import Theme
from ui.theme.type_roles import Role
from ui.views.parts.store_picker import StorePicker
from ui.views.parts.store_scope import StoreEntry, StoreScope, group_words
from ui.widgets import DropDownButton

_LONGEST = 180
_MANY_CITIES, _NAMED = 12, 20


class StoreChoice(DropDownButton):
    """All stores or some of them; ``changed`` when others were chosen."""

    changed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._entries: tuple[StoreEntry, ...] = ()
        self._scope = StoreScope()
        self.picker = StorePicker(self, fewest=1)
        self.picker.picked.connect(lambda numbers: self._pick(StoreScope.some(numbers)))
        self._group = QActionGroup(self)
        self._group.triggered.connect(lambda action: self._pick(action.data()))
        # Of a long chain it has hundreds of entries, and is seldom opened.
        self.menu().aboutToShow.connect(self._fill_menu)
        self.retranslate()

    @property
    def scope(self) -> StoreScope:
        """What is chosen."""
        return self._scope

    @property
    def words(self) -> str:
        """What is chosen, as people would say it."""
        numbers = {entry.store_id: entry.name for entry in self._entries}
        group = self._scope.group
        if group is not None:
            return f"{group_words(group)} · " + self.tr("%n store(s)", "", len(self._members(group)))
        if len(self._scope.values) == 1:
            return numbers.get(self._scope.values[0], self._scope.values[0])
        if self._scope.by:
            return self.tr("%n store(s)", "", len(self._scope.values))
        return self.tr("All stores") + (f" {len(self._entries)}" if self._entries else "")

    @property
    def city(self) -> str | None:
        """The city that all chosen stores are in; nothing for all, for several, or when nobody said."""
        group = self._scope.group
        if group is not None and group.kind == "city":
            return group.value
        chosen = self._scope.values if group is None else tuple(one.store_id for one in self._members(group))
        cities = {entry.city for entry in self._entries if entry.store_id in chosen}
        return (cities.pop() or None) if len(cities) == 1 else None

    def set_entries(self, entries: Sequence[StoreEntry]) -> None:
        """Offer these stores and what they have in common; the choice stays."""
        if tuple(entries) != self._entries:
            self._entries = tuple(entries)
            self.retranslate()

    def choose(self, scope: StoreScope) -> None:
        """Choose without telling anyone."""
        if scope != self._scope:
            self._scope = scope
            self.retranslate()

    def pick_some(self) -> None:
        """Offer a list to tick several stores."""
        group = self._scope.group
        ticked = self._scope.values if group is None else tuple(one.store_id for one in self._members(group))
        names = {entry.store_id: entry.name for entry in self._entries}
        corner = self.mapToGlobal(QPoint(self.width(), self.height()))
        self.picker.open_at(corner, names, ticked)

    def retranslate(self) -> None:
        """Set the texts; a long name is cut on the button and whole in its tooltip."""
        words, theme = self.words, Theme.current()
        metrics = QFontMetrics(theme.font(Role.BODY))
        self.setText(metrics.elidedText(words, Qt.TextElideMode.ElideMiddle, theme.px(_LONGEST)))
        self.setToolTip(self._tip() or (words if self.text() != words else ""))
        self.setAccessibleName(self.tr("Stores shown"))
        self.picker.set_words(self.tr("Stores to show"), self.tr("Show"), self._counted)

    def _fill_menu(self) -> None:
        menu = self.menu()
        for action in self._group.actions():
            self._group.removeAction(action)
        for action in menu.actions():
            if isinstance(below := action.menu(), QMenu):
                below.deleteLater()
        menu.clear()
        everyone = self.tr("All stores") + (f"  {len(self._entries)}" if self._entries else "")
        self._add(menu, everyone, StoreScope())
        self._add_groups(menu)
        if len(self._entries) > 1:
            menu.addAction(self.tr("Choose stores…")).triggered.connect(self.pick_some)
        menu.addSeparator()
        self._add_stores(menu)

    def changeEvent(self, event: QEvent) -> None:
        """Follow a switch of the language."""
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()
        super().changeEvent(event)

    def _tip(self) -> str:
        """The names of several ticked stores, as many as can be read."""
        if len(self._scope.values) < 2:
            return ""
        named = [entry.name for entry in self._entries if entry.store_id in self._scope.values]
        more = [self.tr("and %n more", "", len(named) - _NAMED)] if len(named) > _NAMED else []
        return "\n".join((*named[:_NAMED], *more))

    def _members(self, group: StoreGroup) -> list[StoreEntry]:
        return [entry for entry in self._entries if group in entry.groups]

    def _counted(self, count: int) -> str:
        return self.tr("%n store(s) chosen", "", count)

    def _add_groups(self, menu: QMenu) -> None:
        """What divides the stores: of a property that all share, or nobody entered, there is nothing to choose."""
        for kind in KINDS:
            groups = sorted(
                {g for entry in self._entries for g in entry.groups if g.kind == kind}, key=lambda g: g.value
            )
            if kind == "city" or not groups or len(self._members(groups[0])) == len(self._entries):
                continue
            target = menu.addMenu(word(f"store_group.{kind}"))
            for group in groups:
                self._add(target, f"{group_words(group)}  {len(self._members(group))}", StoreScope.of_group(group))

    def _add_stores(self, menu: QMenu) -> None:
        """Every store, below its city where there are several."""
        cities = sorted({entry.city for entry in self._entries})
        above = menu if len(cities) <= _MANY_CITIES else menu.addMenu(word("store_group.city"))
        for city in cities:
            mine = [entry for entry in self._entries if entry.city == city]
            target = menu if len(cities) < 2 else above.addMenu(f"{city or self.tr('Without a city')}  {len(mine)}")
            if city and len(cities) > 1 and len(mine) > 1:
                words = self.tr("All of {city}").format(city=city)
                self._add(target, f"{words}  {len(mine)}", StoreScope.of_group(StoreGroup("city", city)))
                target.addSeparator()
            for entry in mine:
                self._add(target, entry.name, StoreScope.some((entry.store_id,)))

    def _add(self, menu: QMenu, text: str, scope: StoreScope) -> None:
        action = menu.addAction(text.replace("&", "&&"))
        action.setCheckable(True)
        action.setChecked(scope == self._scope)
        action.setData(scope)
        self._group.addAction(action)

    def _pick(self, scope: StoreScope) -> None:
        if set(scope.values) == {entry.store_id for entry in self._entries}:
            scope = StoreScope()
        if scope != self._scope:
            self._scope = scope
            self.changed.emit()
        self.retranslate()
