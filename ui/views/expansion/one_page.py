"""The page of one store: inputs at the left, the verdict and what it rests on at the right, live while one types."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from chainbrain.expansion.own_stores import StoreTemplate
from chainbrain.expansion.result import ScenarioResult
from chainbrain.expansion.scenario import Scenario
from ui.views.base import AppContext
from ui.views.expansion.form import InputForm
from ui.views.expansion.live import LiveRun
from ui.views.expansion.pair import Pair
from ui.views.expansion.result_cards import FanCard, RangesCard, TornadoCard
from ui.views.expansion.verdict import ConditionsCard, VerdictCard
from ui.views.parts.board import Board, Cell, Column
from ui.widgets import VBox


class OneStorePage(QWidget):
    """Works the store of its form out; ``failed(Failure)`` when that cannot be done."""

    failed = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        self.form, self.verdict, self.runner = InputForm(), VerdictCard(), LiveRun(self)
        self.ranges, self.conditions = RangesCard(), ConditionsCard()
        self.fan, self.tornado = FanCard(), TornadoCard()
        self._context: AppContext | None = None
        self._template: StoreTemplate | None = None
        self._example: Scenario | None = None
        self._result: ScenarioResult | None = None
        board = Board()
        right = (
            Cell(self.verdict, least=80, flows=True, first=True),
            Cell(Pair(self.ranges, self.conditions, (56, 44)), least=184, grows=1, stacked=200),
            Cell(Pair(self.fan, self.tornado, (56, 44)), least=300, grows=4, stacked=380),
        )
        board.set_lines(((Column((Cell(self.form, least=560, grows=1, stacked=980),), width=264), Column(right)),))
        VBox(self).add(board)
        self.runner.loaded.connect(self._show)
        self.runner.failed.connect(self.failed)
        self.runner.busy.connect(self.form.set_running)
        self.runner.due.connect(self._run_live)
        self.form.run_asked.connect(self.run)
        self.form.stop_asked.connect(self.runner.cancel)
        self.form.edited.connect(self._mark_edited)

    @property
    def result(self) -> ScenarioResult | None:
        """What is shown, None before the first result."""
        return self._result

    def set_context(self, context: AppContext) -> None:
        """Take the open book."""
        self._context = context
        self._template = self._example = self._result = None

    def set_experience(self, template: StoreTemplate, example: Scenario) -> None:
        """Take what the chain's own stores say; inputs somebody changed stay."""
        untouched = self._example is None or not self.form.changed_since(self._example)
        self._template, self._example = template, example
        self.form.set_own_experience(template, example)
        if untouched:
            self.reset()

    def reset(self) -> None:
        """Go back to the figures of own stores."""
        if self._example is not None:
            self.form.set_scenario(self._example)
            self.run()

    def run(self) -> None:
        """Work out what stands in the form; the last good figures stay until then."""
        self._run(self.form.scenario())

    def content(self) -> dict[str, object] | None:
        """The scenario as a file has it; nothing where a field is wrong."""
        scenario = self.form.scenario()
        return scenario.to_mapping() if scenario is not None else None

    def _run_live(self) -> None:
        """Work out what was typed, when it can be read; what cannot be is said only when somebody asks."""
        self._run(self.form.scenario(quiet=True))

    def _run(self, scenario: Scenario | None) -> None:
        if scenario is not None and self._context is not None:
            self.runner.run(self._context, scenario, self._template)

    def _show(self, result: ScenarioResult) -> None:
        self._result = result
        self.verdict.set_result(result, self.form.changed_since(result.scenario))
        for card in (self.ranges, self.conditions, self.fan, self.tornado):
            card.set_result(result)

    def _mark_edited(self) -> None:
        self.runner.soon()
        if self._result is not None:
            self.verdict.set_result(self._result, edited=self.form.changed_since(self._result.scenario))
