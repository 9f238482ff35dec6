"""Which stores a screen shows: all of them or one."""

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QEvent, Signal
from PySide6.QtGui import QAction, QActionGroup
from PySide6.QtWidgets import QMenu

from ui.widgets import DropDownButton


@dataclass(frozen=True)
class StoreEntry:
    """A store that can be chosen."""

    store_id: str
    name: str
    city: str


class StoreChoice(DropDownButton):
    """All stores or one of them; ``changed`` when another was chosen."""

    changed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._entries: tuple[StoreEntry, ...] = ()
        self._chosen = ""
        self._group = QActionGroup(self)
        self._group.triggered.connect(self._picked)
        self.retranslate()

    @property
    def store(self) -> str:
        """The number of the chosen store, empty for all."""
        return self._chosen

    @property
    def stores(self) -> tuple[str, ...] | None:
        """The chosen stores as the engine takes them."""
        return (self._chosen,) if self._chosen else None

    @property
    def store_name(self) -> str:
        """The name of the chosen store, empty for all."""
        return next((entry.name for entry in self._entries if entry.store_id == self._chosen), self._chosen)

    def set_entries(self, entries: Sequence[StoreEntry]) -> None:
        """Offer these stores, grouped by city; the choice stays."""
        if tuple(entries) != self._entries:
            self._entries = tuple(entries)
            self.retranslate()

    @property
    def city(self) -> str | None:
        """The city of the chosen store; nothing for all, or when nobody said."""
        return next((entry.city for entry in self._entries if entry.store_id == self._chosen), "") or None

    def known(self, store_id: str) -> str:
        """Return the number when it can be chosen, otherwise nothing."""
        return store_id if any(entry.store_id == store_id for entry in self._entries) else ""

    def choose(self, store_id: str) -> None:
        """Choose without telling anyone."""
        self._chosen = store_id
        self.retranslate()

    def retranslate(self) -> None:
        """Set the texts and build the menu."""
        everyone = self.tr("All stores") + (f" {len(self._entries)}" if self._entries else "")
        self.setText(self.store_name or everyone)
        self.setAccessibleName(self.tr("Stores shown"))
        menu = self.menu()
        for action in self._group.actions():
            self._group.removeAction(action)
        menu.clear()
        self._add(menu, everyone, "")
        cities = sorted({entry.city for entry in self._entries})
        for city in cities:
            mine = [entry for entry in self._entries if entry.city == city]
            target = menu if len(cities) < 2 else menu.addMenu(f"{city or self.tr('Without a city')}  {len(mine)}")
            for entry in mine:
                self._add(target, entry.name, entry.store_id)

    def changeEvent(self, event: QEvent) -> None:
        """Follow a switch of the language."""
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()
        super().changeEvent(event)

    def _add(self, menu: QMenu, text: str, store_id: str) -> None:
        action = menu.addAction(text.replace("&", "&&"))
        action.setCheckable(True)
        action.setChecked(store_id == self._chosen)
        action.setData(store_id)
        self._group.addAction(action)

    def _picked(self, action: QAction) -> None:
        store_id = str(action.data())
        if store_id != self._chosen:
            self._chosen = store_id
            self.retranslate()
            self.changed.emit()
