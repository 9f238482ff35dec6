"""Works the plan of idle money out, one at a time; what was asked before and is not done is no longer wanted."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from chainbrain.errors import UserError
from ui.jobs import Failure, Newest
from ui.views.base import AppContext
from ui.words import words_of

if TYPE_CHECKING:
    from chainbrain.cash.idle import Idle
    from chainbrain.progress import Report
    from chainbrain.workspace import Workspace
    from ui.views.money.wish_bar import WishBar


class IdleJob(QObject):
    """``found(Idle)`` when it is done; nothing when there is nothing to plan. ``failed(words)`` when there is no plan.

    ``failed`` comes with no words when another is asked for.
    """

    found = Signal(object)
    failed = Signal(str)

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._newest = Newest(self)
        self._newest.failed.connect(self._fail)

    @property
    def running(self) -> bool:
        """Whether something is being worked out."""
        return self._newest.running

    def ask(self, context: AppContext, entity: str | None, wish: WishBar, *, with_irregular: bool) -> None:
        """Work it out for one legal entity or for all of them."""
        missed, asked_at = wish.missed, wish.asked_at
        self.stop()
        self.failed.emit("")

        def work(workspace: Workspace, report: Report) -> Idle | None:
            from chainbrain.cash.idle import Wish  # noqa: PLC0415

            asked = Wish(share=missed, asked_at=asked_at, curve=True, with_irregular=with_irregular)
            try:
                return workspace.cash.idle(workspace.rules.calendar(), entity, asked, report)
            except UserError as problem:
                # The last product may have been taken back since the screen was read.
                if problem.code != "cash.no_products":
                    raise
                return None

        self._newest.follow(context.write(work, self._done, self.tr("Weighing safety against yield")))

    def stop(self) -> None:
        """Nobody wants it any longer."""
        self._newest.stop()

    def _done(self, found: Idle | None) -> None:
        self.found.emit(found)

    def _fail(self, failure: Failure) -> None:
        self.failed.emit(words_of(failure) or self.tr("a fault of the program."))
