"""What could be foreseen of bank accounts on a day of their past, from nothing but what they had shown by then.

Receipts are forecast from what others paid in before; steady payments come again on their days, the others as the weeks
before drew them. The plan and the tills of then are not asked: a book does not say what a person knew on that day.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from decimal import Decimal
from typing import TYPE_CHECKING, Final

import numpy as np
import numpy.typing as npt

from chainbrain.cash.forecast import engine
from chainbrain.cash.forecast.levels import Grain, ranged
from chainbrain.cash.forecast.panel import Panel
from chainbrain.cash.irregular import MONTHS, YEAR, Usual, spread, steady_lines
from chainbrain.cash.ladder_programme import SCENARIOS
from chainbrain.cash.paths import past_weeks, simulated
from chainbrain.cash.payment_paths import shaken
from chainbrain.cash.plan import dated
from chainbrain.cash.recurring import Outgoing, proposals
from chainbrain.money import half_up

if TYPE_CHECKING:
    from chainbrain.calendar import Calendar
    from chainbrain.cash.past import PastDay

Floats = npt.NDArray[np.float64]
Whole = npt.NDArray[np.int64]

AHEAD: Final = 90
_WEEK: Final = 7
_YEAR_OF_WEEKS: Final = 52
_REACH_80: Final = slice(1, 4, 2)


class BankForesight:
    """For the number of a day of ``past`` scenarios of the days after it, receipts less payments in fen."""

    def __init__(self, past: Sequence[PastDay], lines: Sequence[Outgoing], calendar: Calendar) -> None:
        self._first, self._calendar = past[0].day, calendar
        # What own accounts outside of these sent is a receipt, what went to them a payment.
        self._came = np.array([float(one.came + max(one.moved, Decimal(0))) for one in past])
        self._went = np.array([float(one.went + max(-one.moved, Decimal(0))) for one in past])
        self._lines = sorted(lines, key=lambda one: (one.day, one.line_id))

    def __call__(self, day: int) -> Whole:
        """Nothing after the day is looked at."""
        return np.rint((self._receipts(day) - self._payments(day)) * 100).astype(np.int64)

    def _receipts(self, day: int) -> Floats:
        panel = Panel(("came",), self._first, self._came[None, : day + 1])
        found = engine.forecast(panel, self._date(day), AHEAD, self._calendar)
        said, came = list(found.validation.said), list(found.validation.came)
        if not said:
            said, came = past_weeks(panel.values)
        whole = ranged(np.ones((1, 1)), found, Grain.CUMULATIVE)
        low, high = whole.quantiles[_REACH_80, 0, -1]
        width = float((high - low) / whole.mean[0, -1]) if whole.mean[0, -1] > 0 else 0.0
        paths: Floats = simulated(found.mean, said, came, width, paths=SCENARIOS)[:, 0]
        return paths

    def _payments(self, day: int) -> Floats:
        today = self._date(day)
        lines = [one for one in self._lines if one.day <= today]
        steady = steady_lines(lines)
        series = [one for one in lines if one.line_id in steady]
        known_to = dict.fromkeys({one.account for one in series}, today)
        items = [one.item for one in proposals(series, (), {}, known_to)]
        dues = np.zeros(AHEAD)
        for due in dated(items, today + timedelta(days=1), today + timedelta(days=AHEAD + 1)):
            dues[(due.day - today).days - 1] += float(due.amount)
        odd = self._went[: day + 1].copy()
        # Older payments teach rhythms, but are of no day that is looked at.
        for one in (one for one in series if one.day >= self._first):
            odd[(one.day - self._first).days] -= float(one.amount)
        odd = np.maximum(odd, 0.0)
        weeks = min(len(odd) // _WEEK, _YEAR_OF_WEEKS)
        monthly = half_up(Decimal(repr(float(odd.mean()))) * YEAR / MONTHS)
        usual = Usual(len(odd), monthly, odd[len(odd) - weeks * _WEEK :].reshape(weeks, _WEEK))
        mean = np.array([float(one) for one in spread(usual, AHEAD)])
        more = np.diff(shaken("", usual, AHEAD, paths=SCENARIOS), axis=1, prepend=0.0)
        paths: Floats = dues[None] + mean[None] + more
        return paths

    def _date(self, day: int) -> date:
        return self._first + timedelta(days=day)
