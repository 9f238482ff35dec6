"""The cash forecast as a job of the writing worker: of several that are wanted only the newest counts."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from ui.jobs import Newest
from ui.views.money.told import foreseen
from ui.widgets import ProgressStrip

if TYPE_CHECKING:
    from ui.views.base import AppContext


class Forecasting(QObject):
    """Works the forecast out; ``found(Foreseen)`` brings it, ``ended`` comes when nothing is under way any longer."""

    found = Signal(object)
    ended = Signal()

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._newest = Newest(self)
        self._newest.ended.connect(self.ended)
        self.progress = ProgressStrip()

    @property
    def running(self) -> bool:
        """Whether the forecast is being worked out."""
        return self._newest.running

    def start(self, context: AppContext, *, with_irregular: bool) -> None:
        """Work it out anew."""
        self.stop()
        job = context.write(
            lambda workspace, report: foreseen(workspace, report, with_irregular=with_irregular),
            self.found.emit,
            self.tr("Working out the cash forecast"),
        )
        self.progress.follow(job)
        self._newest.follow(job)

    def stop(self) -> None:
        """Drop what is under way: it would be one of before."""
        self._newest.stop()
