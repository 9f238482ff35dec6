"""The screen 预测准确度: how well receipts were foreseen on the chain's own past, and what the forecast is told."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtGui import QAction
from PySide6.QtWidgets import QWidget

from chainbrain import event_table
from chainbrain.changes import Changes
from chainbrain.errors import UserError
from ui.jobs import Newest
from ui.theme.translator import Language
from ui.views.accuracy.events_card import EventsCard
from ui.views.accuracy.measures_card import MeasuresCard
from ui.views.base import AppContext, View
from ui.views.parts.board import Board, Cell, Column, Line
from ui.views.parts.export import ExportButton
from ui.widgets import ProgressStrip, VBox

if TYPE_CHECKING:
    from chainbrain.cash.backtest import Backtest
    from chainbrain.cash.events import StoreEvent
    from chainbrain.progress import Report
    from chainbrain.workspace import Rooms, Workspace

_MEASURED_ON = ("daily_sales", "store_events", "stores", "rules")
_TOO_LITTLE = ("forecast.no_sales", "forecast.too_short")
_ACCURACY = "forecast-accuracy"


class MeasuredExport(ExportButton):
    """Writes what was measured as it stands on screen; to measure it again would take minutes."""

    found: Backtest | None = None

    def write(self, name: str, path: Path) -> None:
        """Have a report written to ``path``; the suffix decides the format."""
        found, context, language = self.found, self.context, Language.current()
        if name != _ACCURACY or found is None or context is None:
            super().write(name, path)
            return
        self.set_busy(True)
        job = context.read(
            lambda rooms: rooms.reports.write_accuracy(found, path, language), lambda _rows: self._written(path)
        )
        job.finished.connect(lambda: self.set_busy(False))


class AccuracyView(View):
    """What was measured above, promotions and closures below; measuring runs in the worker and can be stopped."""

    key = "accuracy"
    icon_name = "report"

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._found: Backtest | None = None
        self._refusal: UserError | None = None
        self._stale = False
        self._newest = Newest(self)
        self._newest.ended.connect(self._show)
        self.measures, self.events, self.progress = MeasuresCard(), EventsCard(), ProgressStrip()
        self._export = MeasuredExport((_ACCURACY, "store-events"), self._filters)
        self._board = Board()
        VBox(self).add(self._board)
        self._again, self._add = QAction(self), QAction(self)
        self._again.setShortcut("F9")
        self.addAction(self._again)
        self._again.triggered.connect(lambda _on=False: self.measure())
        self._add.triggered.connect(lambda _on=False: self.events.begin(None))
        self.measures.asked.connect(self.measure)
        self.events.said.connect(self._write)
        self.events.removed.connect(self._remove)
        self.events.table_chosen.connect(self._import)
        self._show()
        self.retranslate()

    def title(self) -> str:
        """Return the name of the screen."""
        return self.tr("Forecast accuracy")

    def subtitle(self) -> str:
        """Return what it is measured on."""
        return self.tr("measured on your own past")

    def top_bar_widgets(self) -> tuple[list[QWidget], list[QWidget]]:
        """Return the export."""
        return [], [self._export]

    def actions(self) -> list[QAction]:
        """Return the commands of this screen."""
        return [self._again, self._add, *self._export.commands()]

    def set_workspace(self, context: AppContext) -> None:
        """Take the open book."""
        self._newest.stop()
        super().set_workspace(context)
        self._export.context = context
        self._found, self._refusal, self._stale = None, None, False
        self._show()

    def refresh(self, changes: Changes | None = None) -> None:
        """Read the events again; what was measured stays, and is said to be of before."""
        if self.context is None or (changes is not None and not changes.touches(*_MEASURED_ON)):
            return
        self._stale = self._found is not None and (self._stale or changes is not None)
        self.context.read(_told, self._take_told)
        self._show()

    def retranslate(self) -> None:
        """Set every text."""
        self._again.setText(self.tr("Measure the accuracy of the forecast"))
        self._add.setText(self.tr("Write down a promotion or a closure"))

    @property
    def running(self) -> bool:
        """Whether it is being measured."""
        return self._newest.running

    def measure(self) -> None:
        """Repeat the forecast on days of the past; the last result stays on screen until then."""
        context = self.context
        if context is None or self.running:
            return
        job = context.write(
            _measured,
            self._take_found,
            self.tr("Measuring the forecast"),
        )
        self.progress.follow(job)
        self._newest.follow(job)
        self._show()

    def _take_found(self, found: Backtest | UserError) -> None:
        if isinstance(found, UserError):
            self._found, self._refusal = None, found
        else:
            self._found, self._refusal = found, None
        self._stale = False
        self._show()

    def _take_told(self, told: _Told) -> None:
        self.events.set_events(told.events, told.stores, told.cities)
        self._refusal = told.refusal
        self._show()

    def _write(self, event: StoreEvent) -> None:
        self._say(lambda workspace: workspace.event_desk.write(event), self.tr("Written down"))

    def _import(self, path: Path) -> None:
        """Read a table of events; those that stand already are not written twice."""
        self._say(
            lambda workspace: workspace.event_desk.write_table(event_table.read(path))[1], self.tr("Written down")
        )

    def _remove(self, number: str) -> None:
        self._say(lambda workspace: workspace.event_desk.remove(number), self.tr("Taken back"))

    def _say(self, write: Callable[[Workspace], Changes], text: str) -> None:
        context = self.context
        if context is None:
            return

        def done(changes: Changes) -> None:
            if changes.entry_id is None:
                context.notify("matched", self.tr("All of it stood already"))
                return
            context.notify("matched", text, self.tr("Undo"), context.undo)
            context.changed(changes)

        context.write(lambda workspace, _report: write(workspace), done, text)

    def _show(self) -> None:
        self.measures.set_found(self._found, self._refusal, stale=self._stale)
        self._again.setEnabled(self._found is not None or self._refusal is None)
        self.measures.measure_button.setEnabled(not self.running)
        self._export.found = self._found
        self.progress.setVisible(self.running)
        measured = Cell(self.measures, least=360, grows=3, stacked=420, first=True)
        if self._found is None:
            measured = Cell(self.measures, least=216, stacked=232, first=True)
        lines: list[Line] = [
            (Column((Cell(self.progress, least=72),)),),
            (Column((measured,)),),
            (Column((Cell(self.events, least=240, grows=1, stacked=280),)),),
        ]
        self._board.set_lines(lines if self.running else lines[1:])

    @staticmethod
    def _filters(_name: str) -> Mapping[str, object]:
        return {}


@dataclass(frozen=True)
class _Told:
    events: tuple[StoreEvent, ...]
    stores: tuple[tuple[str, str, str | None], ...]
    cities: tuple[str, ...]
    refusal: UserError | None


def _told(rooms: Rooms) -> _Told:
    """What the forecast is told, and why there is too little to measure it on."""
    refusal = None
    try:
        rooms.cash.check_backtest()
    except UserError as problem:
        if problem.code not in _TOO_LITTLE:
            raise
        refusal = problem
    return _Told(rooms.cash.events(), rooms.cash.stores(), rooms.cash.cities(), refusal)


def _measured(workspace: Workspace, report: Report) -> Backtest | UserError:
    """What was measured, or why there is too little to measure on."""
    try:
        return workspace.cash.backtest(workspace.rules.calendar(), report)
    except UserError as problem:
        if problem.code not in _TOO_LITTLE:
            raise
        return problem
