"""The receipts to come of the open book: worked out by a job of the writing worker, which keeps what it worked out."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from chainbrain.cash import receipt_words
from chainbrain.errors import UserError
from ui.jobs import Newest
from ui.views.money.receipts.card import ReceiptsCard
from ui.views.money.receipts.picture import LineCard

if TYPE_CHECKING:
    from chainbrain.cash.receipts_level import LevelForecast, LevelLine
    from chainbrain.cash.start_words import Told
    from chainbrain.progress import Report
    from chainbrain.workspace import Workspace
    from ui.views.base import AppContext

_TOO_LITTLE = frozenset({"forecast.no_sales"})


class ReceiptsDesk(QObject):
    """Holds the card of the lines and that of the chosen one; ``changed`` when it has something else to show."""

    changed = Signal()

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self.card, self.picture = ReceiptsCard(), LineCard()
        self.found: LevelForecast | None = None
        self._context: AppContext | None = None
        self._newest = Newest(self)
        self._newest.ended.connect(self.card.rest)
        self.card.wanted.connect(self.refresh)
        self.card.chosen.connect(self._draw)

    @property
    def running(self) -> bool:
        """Whether it is being worked out."""
        return self._newest.running

    def set_context(self, context: AppContext) -> None:
        """Take the open book."""
        self.stop()
        self._context, self.found = context, None
        self.card.set_found(None)

    def refresh(self) -> None:
        """Work out what is chosen; what was shown stays until then."""
        context = self._context
        if context is None:
            return
        self.stop()
        (level, days), entity = self.card.asked, self.card.entity

        def work(workspace: Workspace, report: Report) -> LevelForecast | Told:
            try:
                found = workspace.cash.receipts(workspace.rules.calendar(), level, days, report, entity=entity)
            except UserError as problem:
                if problem.code not in _TOO_LITTLE:
                    raise
                return problem.code, {}
            # Of a company that no store belongs to alone there is nothing to foresee.
            return receipt_words.nothing_of(found) or found

        self._newest.follow(context.write(work, self._take, self.tr("Working out receipts to come")))
        if not self.card.filled:
            self.card.wait()

    def stop(self) -> None:
        """Nobody wants it any longer."""
        self._newest.stop()

    def _take(self, found: LevelForecast | Told) -> None:
        self.found = None if isinstance(found, tuple) else found
        self.card.set_found(self.found, found if isinstance(found, tuple) else None)
        self.changed.emit()

    def _draw(self, name: str, line: LevelLine | None) -> None:
        self.picture.set_line(name, line, self.found.found.origin if self.found is not None else None)
