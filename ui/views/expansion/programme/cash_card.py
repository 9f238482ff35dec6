"""The calendar of a programme with the chain's cash beneath it, on one grid of months."""

from __future__ import annotations

from PySide6.QtCore import Qt

from chainbrain.expansion.programme import Answer
from chainbrain.money import from_fen
from ui.charts.month_fan import MonthFan
from ui.messages import word
from ui.theme.type_roles import Role
from ui.views.expansion import words
from ui.views.expansion.programme.answer_card import AnswerCard
from ui.views.expansion.programme.calendar import Calendar
from ui.views.expansion.programme.calendar_lines import broken_month, calendar_lines
from ui.views.expansion.programme.cash_fan import cash_fan
from ui.views.expansion.programme.months import MonthHeads, Months
from ui.views.parts.legend import Legend
from ui.views.parts.scroller import Scroller
from ui.widgets import Label
from ui.widgets.layout import scaled


class CashCard(AnswerCard):
    """The calendar of openings, and beneath it the chain's cash with the plan and with one store more."""

    def __init__(self) -> None:
        super().__init__()
        self.heads, self.calendar, self.chart = MonthHeads(), Calendar(), MonthFan()
        self._others = Label(role=Role.SMALL, color="text2", wrap=True)
        self._plan, self._next = Legend("accent", Qt.PenStyle.SolidLine), Legend("difference", Qt.PenStyle.DashLine)
        for legend in (self._plan, self._next):
            self.head_right.addWidget(legend)
        self._scroller = Scroller(self.calendar, whole=True)
        self.add(self.heads, self._scroller, self.chart, self._others)
        self.body.setSpacing(0)
        self.body.setStretch(2, 1)
        scaled(self.chart, min_height=150)
        # While nothing is shown the title stays at the top.
        self.body.addStretch()
        # What stands above follows the months of the chart.
        self.chart.laid.connect(self.heads.update)
        self.chart.laid.connect(self.calendar.update)
        self.retranslate()

    @property
    def others(self) -> str:
        """The shown alternatives."""
        return self._others.text()

    def retranslate(self) -> None:
        """Set every text."""
        answer = self.answer
        self.set_title(
            self.tr("Calendar and cash of the chain"),
            self.tr("dark band P30 to P70, light band P10 to P90, at month's end") if answer else "",
        )
        self.calendar.setAccessibleName(self.tr("Calendar of openings"))
        self.chart.setAccessibleName(word("expansion.plan.cash"))
        for part in (self.heads, self.calendar, self.chart, self._scroller):
            part.setVisible(answer is not None)
        self._others.setVisible(bool(answer and answer.alternatives))
        self._plan.setVisible(answer is not None)
        self._next.setVisible(bool(answer and answer.following_poor))
        if answer is None:
            self.heads.set_months(Months())
            self.calendar.set_lines(Months(), ())
            self.chart.set_months(None)
            return
        broken = broken_month(answer)
        self._plan.set_text(self.tr("%n opened", "", answer.opened))
        self._next.set_text(self.tr("P10 with %n opened", "", answer.opened + 1))
        months = Months(tuple(f"{one.month:%Y-%m}" for one in answer.months), self.chart.edge, broken)
        self.chart.set_months(cash_fan(answer), None if broken is None else broken + 1)
        self.heads.set_months(months)
        self.calendar.set_lines(months, calendar_lines(answer))
        self._others.setText(self._nearly(answer))

    def _nearly(self, answer: Answer) -> str:
        """Other plans that hold and are worth little less."""
        told = [
            self.tr("{names}, worth {value}").format(
                names=self.tr(", ").join(f"{each.name} {each.month:%Y-%m}" for each in one.entries),
                value=words.yuan(from_fen(one.value)),
            )
            for one in answer.alternatives
        ]
        return self.tr("Nearly as good: {plans}").format(plans=self.tr("; ").join(told)) if told else ""
