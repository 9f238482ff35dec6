"""Saves what is chosen on the reconcile screen under a name, and brings it back."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from PySide6.QtCore import QObject, Signal

from ui.views.base import AppContext
from ui.views.reconcile.choices import AccountChoice, MonthChoice, StoreChoice
from ui.views.reconcile.items import Group
from ui.views.reconcile.list_pane import ListPane
from ui.views.reconcile.saved_views import NEWEST, SavedView, SavedViews


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
        menu = lines.views
        menu.chosen.connect(self._show)
        menu.saving.connect(self._save)
        menu.renaming.connect(self._rename)
        menu.removing.connect(self._remove)
        lines.naming.answered.connect(self._named)
        lines.naming.dropped.connect(lines.table.setFocus)

    def use(self, context: AppContext) -> None:
        """Offer the filters of this book."""
        self._views = SavedViews(context.settings, context.info.path)
        self._lines.views.set_views(self._views.all(), None)

    def _show(self, view: SavedView) -> None:
        months = [value for value in self._filters.months.values if isinstance(value, date)]
        month = next((value for value in months if view.month in (f"{value:%Y-%m}", NEWEST)), None)
        self._filters.months.choose(month)
        self._filters.stores.choose(view.store if view.store in self._filters.stores.values else None)
        self._filters.accounts.choose(view.account if view.account in self._filters.accounts.values else None)
        if self._views is not None:
            self._lines.views.set_views(self._views.all(), view)
        self.recalled.emit(view.leg, view.work, view.text)

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
        views, group, old = self._views, self._group(), self._renamed
        self._lines.table.setFocus()
        if views is None or group is None:
            return
        if verdict == "rename" and old is not None:
            views.rename(old.name, name)
        else:
            month, store, account = (
                self._filters.months.period.first,
                self._filters.stores.store,
                self._filters.accounts.account,
            )
            views.keep(
                SavedView(
                    name, group.leg, group.name, f"{month:%Y-%m}" if month else "", store or "", account or "",
                    self._lines.search.text().strip(),
                )
            )  # fmt: skip
        self._lines.views.set_views(views.all(), next((one for one in views.all() if one.name == name), None))
