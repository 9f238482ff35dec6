"""Filters of the reconcile screen by name: kept on this computer for each book, two of them shipped."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from ui.settings import UserSettings
from ui.theme.translator import translate

NEWEST = "newest"
_KEPT = ("name", "leg", "work", "month", "store", "account", "text")


@dataclass(frozen=True)
class SavedView:
    """What is chosen on the screen.

    Attributes:
        name: what somebody called it; of a shipped one its key.
        leg: the tab.
        work: the kind of work, or a state.
        month: ``2026-10``, ``newest`` for the last month of the book, empty for all.
        store: store number, empty for all.
        account: bank account, empty for all.
        text: what stands in the search.
        shipped: whether it came with the program and cannot be renamed or removed.
    """

    name: str
    leg: str
    work: str
    month: str = ""
    store: str = ""
    account: str = ""
    text: str = ""
    shipped: bool = False

    @property
    def title(self) -> str:
        """Return its name in the language of the window."""
        if not self.shipped:
            return self.name
        return translate("Cash short this month") if self.name == "cash" else translate("Not arrived")


SHIPPED = (
    SavedView("cash", "till", "cash", NEWEST, shipped=True),
    SavedView("late", "bank", "late", shipped=True),
)


class SavedViews:
    """The named filters of one book."""

    def __init__(self, settings: UserSettings, book: Path) -> None:
        self._settings, self._key = settings, str(book)

    def all(self) -> tuple[SavedView, ...]:
        """Return the shipped ones, then a person's own in the order of their making."""
        return (*SHIPPED, *self._own())

    def keep(self, view: SavedView) -> None:
        """Save under its name; one of the same name gives way."""
        self._write([one for one in self._own() if one.name != view.name] + [view])

    def rename(self, name: str, new_name: str) -> None:
        """Call one something else; another of that name gives way."""
        own = [one for one in self._own() if one.name != new_name or name == new_name]
        self._write([replace(one, name=new_name) if one.name == name else one for one in own])

    def remove(self, name: str) -> None:
        """Forget one."""
        self._write([one for one in self._own() if one.name != name])

    def _own(self) -> list[SavedView]:
        try:
            found = json.loads(self._settings.views(self._key) or "[]")
            return [_view(one) for one in found]
        except (ValueError, TypeError, AttributeError):
            # Somebody has spoilt the line: nothing but a choice of filters is lost.
            return []

    def _write(self, views: Sequence[SavedView]) -> None:
        kept = [{key: getattr(one, key) for key in _KEPT} for one in views]
        self._settings.set_views(self._key, json.dumps(kept, ensure_ascii=False))


def _view(cells: Mapping[str, object]) -> SavedView:
    name, leg, work, month, store, account, text = (str(cells.get(key, "")) for key in _KEPT)
    return SavedView(name, leg, work, month, store, account, text)
