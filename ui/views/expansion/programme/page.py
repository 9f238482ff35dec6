"""The page of a programme: limits at the left, the answer, the stores and the calendar at the right."""

from __future__ import annotations

import copy
from collections.abc import Mapping, Sequence
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from chainbrain.expansion.own_stores import StoreTemplate
from chainbrain.expansion.programme import Answer
from chainbrain.expansion.scenario import Scenario
from chainbrain.progress import Report
from ui.views.base import AppContext
from ui.views.expansion.programme.cash_card import CashCard
from ui.views.expansion.programme.limits import LimitsForm
from ui.views.expansion.programme.sentence_card import SentenceCard
from ui.views.expansion.programme.stores_card import StoresCard
from ui.views.parts.board import Board, Cell, Column
from ui.views.parts.reader import Loader
from ui.widgets import VBox

if TYPE_CHECKING:
    from chainbrain.workspace import Rooms

# What the table 候选门店 does not know of a store.
_SHARED = (
    "capex", "deposit", "ramp", "gross_margin", "other_variable", "platform", "rent", "labour", "life_months",
    "discount_rate", "cannibalisation", "contribution",
)  # fmt: skip


class ProgrammePage(QWidget):
    """Looks for the best plan of several stores and shows it; ``failed`` passes on what went wrong."""

    failed = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        self.form, self.sentence = LimitsForm(), SentenceCard()
        self.stores, self.cash = StoresCard(), CashCard()
        self._runner = Loader(self)
        self._answer: Answer | None = None
        self._asked: dict[str, Any] = {}
        board = Board()
        VBox(self).add(board)
        board.set_lines(
            (
                (
                    Column((Cell(self.form, least=480, grows=1, stacked=620),), width=264),
                    Column(
                        (
                            Cell(self.sentence, least=80, flows=True, first=True),
                            Cell(self.stores, least=180, grows=3, stacked=260),
                            Cell(self.cash, least=330, grows=5, stacked=460),
                        )
                    ),
                ),
            )
        )
        self._runner.loaded.connect(self._show)
        self._runner.failed.connect(self.failed)
        self._runner.busy.connect(self.form.set_running)
        self.form.stop_asked.connect(self._runner.cancel)
        self.form.edited.connect(self._mark_edited)
        self.sentence.set_answer(None)

    @property
    def answer(self) -> Answer | None:
        """What is shown, None before the first answer."""
        return self._answer

    @property
    def running(self) -> bool:
        """Whether a plan is being looked for."""
        return self._runner.running

    @property
    def runner(self) -> Loader:
        """What works the plan out."""
        return self._runner

    def run(self, context: AppContext, template: StoreTemplate | None) -> None:
        """Look for the best plan as the form says it; the last answer stays until then."""
        programme = self.form.checked(template)
        if programme is None:
            return
        self._asked = self.form.programme()

        def work(rooms: Rooms, report: Report) -> Answer:
            return rooms.expansion.run_programme(programme, template, report)

        self._runner.load(context, work, reading=template is None)

    def set_programme(self, given: Mapping[str, Any]) -> None:
        """Show another programme, as its JSON has it; its answer is not known yet."""
        self.form.set_programme(given)
        self._runner.drop()
        self._answer = None
        for card in (self.stores, self.cash):
            card.set_answer(None)
        self.sentence.set_answer(None, stores=len(self.form.stores))

    def take_table(self, table: Sequence[Mapping[str, object]], example: Scenario) -> None:
        """Offer the stores of the table in the book, while none were chosen; what it lacks is that of the example."""
        if self.form.stores or not table:
            return
        shared = {name: value for name, value in example.to_mapping().items() if name in _SHARED}
        self.form.offer(shared, [_written(one) for one in table])
        self.sentence.set_answer(None, stores=len(self.form.stores))

    def content(self) -> dict[str, object]:
        """The programme as a scenario file has it."""
        return {"programme": copy.deepcopy(self.form.programme())}

    def _show(self, answer: Answer) -> None:
        self._answer = answer
        for card in (self.stores, self.cash):
            card.set_answer(answer)
        self._mark_edited()

    def _mark_edited(self) -> None:
        edited = self._answer is not None and self.form.programme() != self._asked
        self.sentence.set_answer(self._answer, edited, len(self.form.stores))


def _written(store: Mapping[str, object]) -> dict[str, object]:
    """A row of the table as JSON has it."""
    found = dict(store)
    for name, value in store.items():
        if isinstance(value, Decimal):
            found[name] = f"{value:.2f}"
        elif isinstance(value, date):
            found[name] = f"{value:%Y-%m}"
    return found
