"""Brings back what was chosen on the reconcile screen: saved under a name, or left behind by going elsewhere."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date

from PySide6.QtCore import QObject, Signal

from ui.views.base import AppContext
from ui.views.parts.saved_places import say_gone
from ui.views.reconcile.choices import AccountChoice, MonthChoice, StoreChoice
from ui.views.reconcile.items import Group
from ui.views.reconcile.list_pane import ListPane
from ui.views.reconcile.saved_views import NEWEST, SavedView, SavedViews

_CHOSEN = ("leg", "work", "month", "store", "account", "text")


@dataclass(frozen=True)
class Filters:
    """The choices at the top of the screen."""

    months: MonthChoice
    stores: StoreChoice
    accounts: AccountChoice


class Recall(QObject):
    """``recalled(leg, work, text)`` when saved filters are to be shown; the choices at the top stand already."""

    recalled = Signal(str, str, str)

    def __init__(self, lines: ListPane, filters: Filters, group: Callable[[], Group | None]) -> None:
        super().__init__(lines)
        self._lines, self._filters, self._group = lines, filters, group
        self._views: SavedViews | None = None
        self._renamed: SavedView | None = None
        self._context: AppContext | None = None
        menu = lines.views
        menu.chosen.connect(self._show)
        menu.saving.connect(self._save)
        menu.renaming.connect(self._rename)
        menu.removing.connect(self._remove)
        lines.naming.answered.connect(self._named)
        lines.naming.dropped.connect(lines.table.setFocus)

    def use(self, context: AppContext) -> None:
        """Offer the filters of this book."""
        self._context, self._views = context, SavedViews(context.settings, context.info.path)
        self._lines.views.set_views(self._views.all(), None)

    def _show(self, view: SavedView) -> None:
        months = [value for value in self._filters.months.values if isinstance(value, date)]
        month = next((value for value in months if view.month in (f"{value:%Y-%m}", NEWEST)), None)
        self._filters.months.choose(month)
        gone = []
        for choice, value in ((self._filters.stores, view.store), (self._filters.accounts, view.account)):
            there = value in choice.values
            choice.choose(value if there else None)
            if value and not there:
                gone.append(choice.words(value))
        if gone and self._context is not None:
            say_gone(self._context, view.title, gone)
        if self._views is not None:
            self._lines.views.set_views(self._views.all(), view if view.name else None)
        self.recalled.emit(view.leg, view.work, view.text)

    def place(self) -> dict[str, str]:
        """What is chosen, with the line under the keyboard; empty before the first lines."""
        chosen = self._chosen("")
        if chosen is None:
            return {}
        line = self._lines.current
        return {key: getattr(chosen, key) for key in _CHOSEN} | {"line": line.key if line is not None else ""}

    def take(self, place: Mapping[str, str]) -> None:
        """Choose again what ``place`` returned."""
        if place:
            leg, work, month, store, account, text = (place.get(key, "") for key in _CHOSEN)
            self._show(SavedView("", leg, work, month, store, account, text))

    def _chosen(self, name: str) -> SavedView | None:
        group, filters = self._group(), self._filters
        if group is None:
            return None
        month = filters.months.period.first
        return SavedView(
            name, group.leg, group.name, f"{month:%Y-%m}" if month else "", filters.stores.store or "",
            filters.accounts.account or "", self._lines.search.text().strip(),
        )  # fmt: skip

    def _save(self) -> None:
        self._renamed = None
        self._lines.naming.ask("save", self.tr("Save these filters as"), self.tr("Save"), needed=True)

    def _rename(self, view: SavedView) -> None:
        self._renamed = view
        self._lines.naming.ask(
            "rename", self.tr("Rename {name} to").format(name=view.title), self.tr("Rename"), needed=True
        )
        self._lines.naming.field.setText(view.name)

    def _remove(self, view: SavedView) -> None:
        if self._views is not None:
            self._views.remove(view.name)
            self._lines.views.set_views(self._views.all(), None)

    def _named(self, verdict: str, name: str) -> None:
        views, chosen, old = self._views, self._chosen(name), self._renamed
        self._lines.table.setFocus()
        if views is None or chosen is None:
            return
        if verdict == "rename" and old is not None:
            views.rename(old.name, name)
        else:
            views.keep(chosen)
        self._lines.views.set_views(views.all(), next((one for one in views.all() if one.name == name), None))
