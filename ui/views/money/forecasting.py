"""The cash forecast as a job of the writing worker: of several that are wanted only the newest counts.

What stores owe by their ledgers is in no path, it only stands beside them: it is read behind the forecast, which takes
as long again, and shared with the money map.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from ui.jobs import Newest
from ui.views.money.told import Foreseen, foreseen
from ui.views.parts.reader import Loader
from ui.widgets import ProgressStrip

if TYPE_CHECKING:
    from datetime import date

    from chainbrain.map_desk import OwedSum
    from ui.views.base import AppContext


class Forecasting(QObject):
    """Works the forecast out; ``found(Foreseen)`` brings it, ``ended`` comes when nothing is under way any longer.

    Attributes:
        owed: what the ledgers of stores say beside it; ``told`` comes when it is another.
    """

    found = Signal(object)
    ended = Signal()
    told = Signal()

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._newest = Newest(self)
        self._newest.ended.connect(self.ended)
        self.progress = ProgressStrip()
        self.owed: OwedSum | None = None
        self._known_to: date | None = None
        self._context: AppContext | None = None
        self._owing = Loader(self)
        self._owing.loaded.connect(self._take_owed)

    @property
    def running(self) -> bool:
        """Whether the forecast is being worked out."""
        return self._newest.running

    def start(self, context: AppContext, *, with_irregular: bool) -> None:
        """Work it out anew."""
        self.stop()
        if context is not self._context:
            self._context, self.owed, self._known_to = context, None, None
            self._owing.tell(context.show_failure)
        job = context.write(
            lambda workspace, report: foreseen(workspace, report, with_irregular=with_irregular),
            self._take,
            self.tr("Working out the cash forecast"),
        )
        self.progress.follow(job)
        self._newest.follow(job)

    def stop(self) -> None:
        """Drop what is under way: it would be one of before."""
        self._newest.stop()
        self._owing.drop()

    def _take(self, found: Foreseen) -> None:
        self.found.emit(found)
        self._known_to = found.outlook.known_to if found.outlook is not None else None
        self.read_owed()

    def read_owed(self) -> None:
        """Read what stores owe by their ledgers, up to the end of the forecast's accounts; without one nothing."""
        last = self._known_to
        if self._context is not None and last is not None:
            self._owing.load(self._context, lambda rooms, _report: rooms.owed_by_ledger(last))

    def _take_owed(self, owed: OwedSum | None) -> None:
        self.owed = owed
        self.told.emit()
