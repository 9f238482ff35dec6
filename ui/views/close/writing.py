"""Signs a month and opens it again: asks, writes beside the window, and says what came of it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from chainbrain.changes import Changes
from chainbrain.closing.steps import Board
from chainbrain.replay import Replayed
from ui.theme.translator import translate
from ui.views.close.sign_dialog import SignDialog

if TYPE_CHECKING:
    from ui.views.close.view import CloseView


class Writing(QObject):
    """What the close screen writes."""

    def __init__(self, view: CloseView) -> None:
        super().__init__(view)
        self._view = view
        self.dialog: SignDialog | None = None

    def ask(self) -> None:
        """Ask who signs, or who opens the month again and why."""
        board = self._view.data.board
        if board is None or not (board.month.closed or board.can_sign):
            return
        closed = board.month.closed
        self.dialog = SignDialog(
            f"{board.month.month:%Y-%m}", board.signer or "", () if closed else board.blockers, reopening=closed,
            parent=self._view.window(),
        )  # fmt: skip
        self.dialog.answered.connect(lambda name, reason: self._write(board, name, reason))
        self.dialog.finished.connect(lambda _result: self._view.steps.setFocus())
        self.dialog.open()

    def replay(self) -> None:
        """Reckon the closed month again from its kept files; it can be stopped, and nothing is written."""
        context, month = self._view.context, self._view.data.month
        if context is None or month is None:
            return
        job = context.write(
            lambda workspace, report: workspace.replay(month, report=report), self._replayed,
            translate("Reckoning the month again"),
        )  # fmt: skip
        self._view.next.progress.follow(job)

    def _replayed(self, found: Replayed) -> None:
        self._view.show_replayed(found)
        context = self._view.context
        if context is None:
            return
        if found.identical:
            context.notify("matched", translate("Every figure came out as it was locked"))
        else:
            context.notify("difference", translate("%n figures came out otherwise", len(found.changes)))

    def _write(self, board: Board, name: str, reason: str) -> None:
        context = self._view.context
        if context is None:
            return
        month = board.month.month
        if board.month.closed:
            context.write(
                lambda workspace, _report: workspace.reopen_month(month, name, reason), self._done,
                translate("Opening the month again"),
            )  # fmt: skip
            return
        job = context.write(
            lambda workspace, report: workspace.close_month(month, name, reason, board.acceptable, report), self._done,
            translate("Signing and locking the month"),
        )  # fmt: skip
        self._view.next.progress.follow(job)

    def _done(self, changes: Changes) -> None:
        context = self._view.context
        if context is None:
            return
        context.changed(changes)
        context.notify("matched", translate("Written; it stands in the history"))
        self._view.refresh()
