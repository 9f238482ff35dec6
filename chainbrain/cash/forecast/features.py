"""What is known about a target day at an origin: the columns from which the trees learn.

Every row belongs to one series, one origin and one target day. Amounts stand as shares of the series' level at the
origin, so that large and small stores can learn from each other.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np
import numpy.typing as npt

from chainbrain.cash.forecast import days, effects, festivals, habits, swaps
from chainbrain.cash.forecast.panel import OPEN, Panel
from chainbrain.cash.forecast.smoothing import Smoothed, smooth
from chainbrain.cash.forecast.swaps import Swaps

Floats = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int64]
Flags = npt.NDArray[np.bool_]

_WEEK: Final = 7
WEEKS: Final = 8
HISTORY: Final = WEEKS * _WEEK
"""Days of history that an origin needs."""
_LAGS: Final = 4
_YEAR: Final = 364
# A day of the year that came once or never tells its season from the growth of the chain to nobody.
_SEASONS: Final = 2 * _YEAR


@dataclass(frozen=True)
class Prepared:
    """A panel with everything that is worked out once for all its origins."""

    panel: Panel
    values: Floats
    clean: Floats
    """Values with the effects of switches taken out, on holidays and worked weekends as if they had been usual days."""
    factor: Floats
    """What the switches do on every day, also on those to come."""
    smoothed: Smoothed
    sums: Floats
    counts: Floats
    shut: Flags
    """Days of the past on which a series was known to sell nothing: they say nothing about its other days."""
    calendar: Floats
    since: Ints
    """Days since the last sale, after every day."""
    begins: Ints
    reactions: list[tuple[int, Floats]]
    """What each series did in long holidays; see ``festivals.reactions``."""
    swaps: Swaps

    def base(self, origin: int, targets: Ints) -> Floats:
        """The plain forecast: level and season, times the switches, times how often the weekday is open."""
        week = np.arange(origin + 1, origin + 1 + _WEEK)
        usual, all_week = self.smoothed.at(origin, targets), self.smoothed.at(origin, week)
        opening, all_opening = (_opening(self.open_share(origin, which)) for which in (targets, week))
        found = self.swaps.moved(usual * opening, all_week * all_opening, origin, targets)
        if OPEN in self.panel.known:
            said = self.panel.known[OPEN][:, targets]
            found = np.where(np.isfinite(said), self.swaps.moved(usual, all_week, origin, targets) * said, found)
        return found * self.factor[:, targets]

    def usual(self, origin: int, targets: Ints) -> Floats:
        """The plain forecast as if holidays and worked weekends were days like others."""
        return self.smoothed.at(origin, targets) * _opening(self.open_share(origin, targets))

    def open_share(self, origin: int, targets: Ints) -> Floats:
        """The share of the last eight same weekdays with sales, of those on which it was not known to be shut.

        Where it was shut on all of them, whether it ever sold on that weekday.
        """
        window = slice(origin - HISTORY + 1, origin + 1)
        # Before its first sale a store was not there: that is no closed day either.
        lived = np.arange(origin - HISTORY + 1, origin + 1)[None, :] >= self.begins[:, None]
        able = ~self.shut[:, window] & lived
        sold = self._weekday(origin, targets, (self.values[:, window] > 0) & able).sum(axis=1)
        count = self._weekday(origin, targets, able).sum(axis=1)
        share: Floats = sold / np.maximum(count, 1.0)
        return share if count.all() else np.where(count > 0, share, self._ever(origin, targets))

    def _ever(self, origin: int, targets: Ints) -> Floats:
        sold = self.values[:, : origin + 1] > 0
        weekdays = np.stack([sold[:, (origin + 1 + n) % _WEEK :: _WEEK].any(axis=1) for n in range(_WEEK)], axis=1)
        # A weekday that has not come yet since the first sale is taken to be one like the others.
        weekdays |= (self.begins > origin - _WEEK)[:, None] & (self.begins <= origin)[:, None]
        found: Floats = weekdays[:, (targets - origin - 1) % _WEEK].astype(np.float64)
        return found

    def weekday_median(self, origin: int, targets: Ints) -> Floats:
        """The median of the last eight same weekdays, the plainest estimate that is any good.

        Days on which a store was known to be shut say nothing; where all were, what it sold before them does.
        """
        window = slice(origin - HISTORY + 1, origin + 1)
        weeks = self._weekday(origin, targets, self.values[:, window])
        shut = self._weekday(origin, targets, self.shut[:, window]) > 0
        if not shut.any():
            found: Floats = np.median(weeks, axis=1)
            return found
        # Closed days go to the end; the middle of those before them is the median.
        count = WEEKS - shut.sum(axis=1)
        ordered = np.sort(np.where(shut, np.inf, weeks), axis=1)
        low, high = (np.maximum(count - 1, 0) // 2)[:, None], (count // 2)[:, None]
        middle = sum(np.take_along_axis(ordered, place, axis=1)[:, 0] for place in (low, high)) / 2
        before = self.smoothed.at(origin, targets) * self._ever(origin, targets)
        return np.where(count > 0, middle, before)

    def seasonal_naive(self, origin: int, targets: Ints) -> Floats:
        """The same weekday of the last week before the origin."""
        return self.values[:, origin - (origin - targets) % _WEEK]

    def _weekday(self, origin: int, targets: Ints, window: npt.NDArray[np.generic]) -> Floats:
        weeks = window.reshape(len(window), WEEKS, _WEEK)
        return weeks[:, :, (targets - origin - 1) % _WEEK].astype(np.float64)

    def mean(self, last: int, count: int) -> Floats:
        """The mean of the days with sales among the last ``count`` up to ``last``; 0 when there were none."""
        first = max(last + 1 - count, 0)
        last = max(last + 1, 0)
        total = self.sums[:, last] - self.sums[:, first]
        return total / np.maximum(self.counts[:, last] - self.counts[:, first], 1.0)

    def level(self, origin: int) -> Floats:
        """The level that amounts are measured in: that of the smoothing, never 0."""
        return np.maximum(self.smoothed.level[:, origin], 1e-9)


def prepare(panel: Panel, calendar: Floats, until: int) -> Prepared:
    """Work out a panel; nothing that is chosen here looks beyond day ``until``."""
    values = panel.values
    sold = values > 0
    factor = np.ones((len(values), len(calendar)))
    for name, table in panel.known.items():
        if name != OPEN and effects.is_switch(table[:, : until + 1]):
            learned = effects.factors(values[:, : until + 1], sold[:, : until + 1], table[:, : until + 1])
            factor *= effects.applied(learned, table)
    clean = values / factor[:, : values.shape[1]]
    pad = ((0, 0), (1, 0))
    index = np.arange(values.shape[1])
    since = index - np.maximum.accumulate(np.where(sold, index, -1), axis=1)
    begins = np.where(sold.any(axis=1), sold.argmax(axis=1), values.shape[1])
    shut = panel.shut(index)
    swapped, clean = swaps.learned(clean, shut, begins, calendar, weekday=panel.first.weekday(), until=until)
    reactions = festivals.reactions(clean, begins, calendar)
    own = festivals.reaction(reactions, until, len(values))
    if until - int(begins.min()) < _SEASONS:
        calendar = calendar.copy()
        calendar[:, [days.COLUMNS.index(name) for name in days.OF_THE_YEAR]] = np.nan
    factor = factor * festivals.first_spring(own, calendar, until)
    return Prepared(
        panel, values, clean, factor, smooth(clean, sold, until), np.pad(np.cumsum(clean, axis=1), pad),
        np.pad(np.cumsum(sold, axis=1, dtype=np.float64), pad), shut, calendar, since, begins, reactions,
        swapped,
    )  # fmt: skip


def _opening(share: Floats) -> Floats:
    return np.where(share < 0.3, 0.0, np.where(share > 0.7, 1.0, share))


def table(ready: Prepared, origin: int, targets: Ints) -> Floats:
    """The columns of every series × target day at one origin, as a table of series × targets × columns."""
    series, width = len(ready.values), len(targets)
    level = ready.level(origin)[:, None]
    ahead = targets - origin
    recent = ready.clean[:, origin - HISTORY + 1 : origin + 1] / level
    weekday = np.sort(ready._weekday(origin, targets, recent), axis=1)
    columns: list[Floats] = []

    def per_series(column: Floats) -> None:
        columns.append(np.broadcast_to(column[:, None], (series, width)))

    def per_day(column: npt.NDArray[np.generic]) -> None:
        columns.append(np.broadcast_to(column.astype(np.float64)[None, :], (series, width)))

    per_day(ahead)
    per_day((origin + ahead + ready.panel.first.weekday()) % _WEEK)
    for column in ready.calendar[targets].T:
        per_day(column)
    columns.append(ready.smoothed.at(origin, targets) / level)
    columns.append(ready.factor[:, targets])
    columns.append((weekday[:, 3] + weekday[:, 4]) / 2)
    columns.append(weekday[:, 1])
    columns.append(weekday[:, 6])
    columns.append(ready.open_share(origin, targets))
    # The last same weekdays, and the last ones of the same fortnight: many promotions come every other week.
    for step, times in ((_WEEK, _LAGS), (2 * _WEEK, 2)):
        nearest = -(-ahead // step) * step
        for i in range(times):
            columns.append(ready.clean[:, np.maximum(targets - nearest - i * step, 0)] / level)
    means = {count: ready.mean(origin, count)[:, None] / level for count in (7, 14, 28, 56)}
    for lately in (7, 14, 28):
        per_series((means[lately] / np.maximum(means[56], 1e-9))[:, 0])
    per_series(means[56][:, 0])
    per_series(ready.mean(origin - 28, 28) / level[:, 0])
    per_series(ready.mean(origin - 84, 28) / level[:, 0])
    per_series(recent.std(axis=1))
    per_series((recent > 0).mean(axis=1))
    per_series((recent[:, -14:] > 0).mean(axis=1))
    per_series(ready.since[:, origin].astype(np.float64))
    per_series(np.log1p(level[:, 0]))
    per_series((origin - ready.begins).astype(np.float64))
    per_series(festivals.reaction(ready.reactions, origin, series))
    week = np.arange(origin + 1, origin + 1 + _WEEK)
    for column in (
        *habits.paces(ready.values, ready.clean, ready.smoothed, origin),
        *habits.weekends(
            ready.open_share(origin, week), ready.smoothed, origin, level[:, 0], ready.panel.day(origin).weekday()
        ),
    ):
        per_series(column)
    columns.append(_last_year(ready, origin, targets))
    if ready.swaps.shares.any():
        columns.append((ready.base(origin, targets) - ready.usual(origin, targets)) / level)
    for name in sorted(ready.panel.known):
        figures = ready.panel.known[name]
        columns.append(figures[:, targets])
    return np.stack(columns, axis=2)


def _last_year(ready: Prepared, origin: int, targets: Ints) -> Floats:
    """What the week around the target day was a year before, against the level that held a year before the origin."""
    past = targets - _YEAR
    if past[0] < HISTORY:
        return np.full((len(ready.values), len(targets)), np.nan)
    last = np.minimum(past + 3, origin)
    total = ready.sums[:, last + 1] - ready.sums[:, past - 3]
    seen = ready.counts[:, last + 1] - ready.counts[:, past - 3]
    then = ready.mean(origin - _YEAR, 28)[:, None]
    return np.where((seen > 0) & (then > 0), total / np.maximum(seen, 1.0) / np.maximum(then, 1e-9), np.nan)
