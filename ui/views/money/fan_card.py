"""The balance of four weeks past and of every day to come: the middle path, its range, the floor, the lowest day."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent

from ui import figures
from ui.charts.fan import Fan, FanChart
from ui.theme import metrics as m
from ui.views.money import words
from ui.widgets import Segmented, TitledCard

if TYPE_CHECKING:
    from decimal import Decimal

    from chainbrain.cash.outlook import CashPath
    from chainbrain.cash.past import PastDay

_WEEK = 7
_WEEKS = (2, 4, 8, 13)
"""How far the picture may look; everything that is told in words looks at all of it."""


class FanCard(TitledCard):
    """The fan of one path; how well receipts were foreseen is told once on this screen, beside the receipts."""

    def __init__(self) -> None:
        super().__init__(rule=False, padding=(m.GAP, 0, m.GAP, m.GAP_M))
        self._path: CashPath | None = None
        self._waiting = False
        self._past: tuple[PastDay, ...] = ()
        self.chart, self.weeks = FanChart(), Segmented(height=m.CONTROL_SMALL)
        self.head_right.add(self.weeks)
        self.weeks.set_current(str(_WEEKS[-1]))
        self.weeks.changed.connect(lambda _key: self.retranslate())
        self.add(self.chart)
        self.retranslate()

    def set_path(self, path: CashPath | None, past: tuple[PastDay, ...] = (), *, waiting: bool = False) -> None:
        """Show another path, with the balances of the days before it; without one, whether it is being worked out."""
        self._path, self._past, self._waiting = path, past, waiting
        self.retranslate()

    def choose_weeks(self, weeks: str) -> None:
        """Look that far ahead again; what is no choice changes nothing."""
        if weeks in {str(one) for one in _WEEKS}:
            self.weeks.choose(weeks)

    def retranslate(self) -> None:
        """Set every text."""
        path = self._path
        self.weeks.set_options([(str(one), self.tr("%n week(s)", "", one)) for one in _WEEKS])
        self.weeks.setAccessibleName(self.tr("How far the picture looks ahead"))
        self.weeks.setVisible(path is not None and bool(path.days))
        title = self.tr("Balance of the banks to come")
        being = self.tr("being worked out…") if self._waiting else ""
        self.set_title(title, self._told(path) if path else being)
        self.chart.setAccessibleName(title)
        self.chart.setToolTip(self.tr("Low: 5 % of the cases are below; middle: 50 %; high: 95 %"))
        self.chart.set_data(self._fan(path) if path is not None and path.days else None)

    def changeEvent(self, event: QEvent) -> None:
        """Follow a switch of the language."""
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()
        super().changeEvent(event)

    def _told(self, path: CashPath) -> str:
        if not path.over:
            return self.tr("from low to high, estimates")
        # The verdict above says in full that no statement proves them; here is room for little.
        first, last = path.over[0].day, path.over[-1].day
        over = self.tr("{day} is over") if first == last else self.tr("{first} to {last} are over")
        over = over.format(day=figures.day(first), first=figures.day(first), last=figures.day(last))
        return self.tr("{over}, then estimates").format(over=over)

    def _fan(self, path: CashPath) -> Fan:
        days = path.days[: int(self.weeks.current) * _WEEK]
        # A day that is over is no day to be prepared for; with none left in the picture the lowest of all is named.
        left = days[len(path.over) :] or days
        lowest = min(left, key=lambda one: (one.p5, one.day))
        before = self._before(days[0].day)
        place = len(before) + days.index(lowest)
        known = tuple(balance for _, balance in before)
        # The line may lie lower on days that are over: the dot is no lowest point of all that is seen then.
        some_over = 0 < len(path.over) < len(days)
        said = self.tr("{day} lowest from today on {amount}") if some_over else self.tr("{day} lowest {amount}")
        said = said.format(day=figures.day(lowest.day), amount=words.yuan(lowest.p5))
        floor = None
        if path.floor is not None:
            floor = (float(path.floor), self.tr("floor {amount}").format(amount=words.yuan(path.floor)))
        return Fan(
            labels=tuple(figures.day(day) for day in (*(day for day, _ in before), *(day.day for day in days))),
            p10=(*known, *(day.p5 for day in days)),
            p50=(*known, *(day.p50 for day in days)),
            p90=(*known, *(day.p95 for day in days)),
            past=len(before),
            floor=floor,
            marks=((place, float(lowest.p5), said, "ink"),),
            names=(self.tr("low"), self.tr("middle"), self.tr("high")),
            ends=(words.yuan(days[-1].p5), words.yuan(days[-1].p50), words.yuan(days[-1].p95)),
            divider=(self.tr("Actual"), self.tr("forecast")),
            today=(len(before) + len(path.over), self.tr("today")) if path.over else None,
        )

    def _before(self, first: date) -> list[tuple[date, Decimal | None]]:
        """The days before the first one with their balances; without one where not every account is known yet."""
        known = {one.day: one.balance for one in self._past if one.day < first}
        if not known:
            return []
        count = (first - min(known)).days
        return [(day, known.get(day)) for day in (min(known) + timedelta(days=i) for i in range(count))]
