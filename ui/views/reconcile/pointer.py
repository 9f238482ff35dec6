"""Finds what another screen points at: a difference, a match, a kind of difference or a leg."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import QObject, Signal

from chainbrain.reconciliation.summary import StateSummary
from ui.views.base import AppContext
from ui.views.parts.reader import Loader
from ui.views.reconcile.model import LEGS
from ui.views.reconcile.places import Place, find_difference, find_match, group_of_code


class Pointer(QObject):
    """``found(Place)`` when it is known where something stands, ``leg_wanted(str)`` when only the leg was named."""

    found = Signal(object)
    leg_wanted = Signal(str)

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._pointed: dict[str, str] = {}
        self._loader = Loader(self)
        self._loader.loaded.connect(self.found)

    def point(self, filters: Mapping[str, object]) -> None:
        """Take what is pointed at: ``difference``, ``match``, ``code`` or ``leg``; an empty one is nothing."""
        self._pointed = {key: str(value) for key, value in filters.items() if value}

    def follow(self, context: AppContext, summary: StateSummary) -> None:
        """Find what was pointed at, once the state of the book is known."""
        pointed, self._pointed = self._pointed, {}
        if wanted := pointed.get("difference"):
            self._loader.load(context, lambda rooms, _report: find_difference(rooms, summary, wanted))
        elif match_id := pointed.get("match"):
            self._loader.load(context, lambda rooms, _report: find_match(rooms, match_id))
        elif code := pointed.get("code"):
            self.found.emit(Place(group_of_code(summary, code)))
        elif pointed.get("leg") in LEGS:
            self.leg_wanted.emit(pointed["leg"])
