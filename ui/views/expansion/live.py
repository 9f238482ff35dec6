"""Works one store out while somebody types: a quick look first, then all paths in the background."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Signal

from chainbrain.expansion.own_stores import StoreTemplate
from chainbrain.expansion.result import ScenarioResult
from chainbrain.expansion.scenario import Scenario
from chainbrain.expansion.simulation import QUICK
from chainbrain.progress import Report
from ui.views.base import AppContext
from ui.views.parts.reader import Loader

if TYPE_CHECKING:
    from chainbrain.workspace import Rooms

_PAUSE = 350
"""Milliseconds without a change before anything is worked out."""


class LiveRun(QObject):
    """``loaded(result)`` comes twice: from few paths at once, from all of them later; only of the newest scenario.

    ``busy`` brackets the quick look; ``refining`` tells whether the rest is under way, which ``cancel`` stops too.
    """

    loaded = Signal(object)
    failed = Signal(object)
    busy = Signal(bool)
    refining = Signal(bool)
    due = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._quick, self._whole = Loader(self), Loader(self)
        self._asked: tuple[AppContext, Scenario, StoreTemplate | None] | None = None
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(_PAUSE)
        self._pause.timeout.connect(self.due)
        self._quick.loaded.connect(self._first)
        self._whole.loaded.connect(self._rest)
        self._quick.busy.connect(self.busy)
        self._whole.busy.connect(self.refining)
        for loader in (self._quick, self._whole):
            loader.failed.connect(self.failed)

    @property
    def running(self) -> bool:
        """Whether the quick look is under way."""
        return self._quick.running

    @property
    def is_refining(self) -> bool:
        """Whether the rest of the paths is under way."""
        return self._whole.running

    def soon(self) -> None:
        """Ask with ``due`` once nothing has changed for a moment."""
        self._pause.start()

    def run(self, context: AppContext, scenario: Scenario, template: StoreTemplate | None) -> None:
        """Work a scenario out; what was being worked on before is dropped."""
        self.cancel()
        self._asked = (context, scenario, template)
        self._start(self._quick, min(QUICK, scenario.paths))

    def cancel(self) -> None:
        """Stop both; what is shown stays."""
        self._asked = None
        self._pause.stop()
        self._quick.cancel()
        self._whole.cancel()

    def _start(self, loader: Loader, paths: int) -> None:
        assert self._asked is not None
        context, scenario, template = self._asked

        def work(rooms: Rooms, report: Report) -> ScenarioResult:
            return rooms.expansion.run(scenario, template, report, paths)

        # Pure arithmetic that may take a moment: it must not hold up the worker that reads pages.
        loader.load(context, work, reading=template is None)

    def _first(self, result: ScenarioResult) -> None:
        if self._asked is None or result.scenario != self._asked[1]:
            return
        self.loaded.emit(result)
        if self._asked is not None and result.simulation.paths < result.scenario.paths:
            self._start(self._whole, result.scenario.paths)

    def _rest(self, result: ScenarioResult) -> None:
        if self._asked is not None and result.scenario == self._asked[1]:
            self.loaded.emit(result)
