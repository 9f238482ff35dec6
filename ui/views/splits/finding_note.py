"""The decision about a split that is not as agreed: written off with a reason, or expected until a day."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal

from chainbrain.changes import Changes
from ui.views.base import AppContext
from ui.views.reconcile.note_bar import NoteBar

if TYPE_CHECKING:
    from chainbrain.splits.room import SplitFinding


class FindingNote(NoteBar):
    """Asks about one difference and writes the answer; ``decided(Changes)`` once it is in the history."""

    decided = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        self._context: AppContext | None = None
        self._asked: SplitFinding | None = None
        self.answered.connect(self._decide)

    def use(self, context: AppContext) -> None:
        """Take the open book."""
        self._context = context

    def ask_about(self, found: SplitFinding, verdict: str) -> None:
        """Ask why an open difference is written off (``explain``), or until when it waits (``timing``)."""
        if found.state != "open":
            return
        # A reading that comes meanwhile may move the rows; what was asked about stays.
        self._asked = found
        if verdict == "explain":
            self.ask(
                verdict, self.tr("Write off: the difference stays in the history"), self.tr("Write off"), needed=True
            )
        else:
            self.ask(verdict, self.tr("Timing: expected until"), self.tr("Wait"), day=found.due_on or found.day)

    def _decide(self, verdict: str, note: str) -> None:
        found = self._asked
        if found is None or self._context is None:
            return
        day = self.day
        self._context.write(
            lambda workspace, _report: workspace.decide(
                "difference", [found.difference_id], verdict, note, expected_on=day if verdict == "timing" else None
            ),
            self._written,
            self.tr("Writing the decision"),
        )

    def _written(self, changes: Changes) -> None:
        if self._context is not None:
            self._context.notify(
                "matched", self.tr("Decided; it stands in the history"), self.tr("Undo"), self._context.undo
            )
            self._context.changed(changes)
            self.decided.emit(changes)
