"""Sums of series (a store, a channel, a region, the chain): their estimates, ranges and measured accuracy.

Every sum is the sum of its series, so all levels agree; its ranges come from the errors that the same sums had at
earlier origins, since errors of single series partly cancel.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

import numpy as np
import numpy.typing as npt

from chainbrain.cash.forecast.alike import grown, young
from chainbrain.cash.forecast.engine import Forecast
from chainbrain.cash.forecast.farther import no_narrower, widened, wider
from chainbrain.cash.forecast.ranges import (
    LEAST,
    ORIGINS,
    SHARES,
    STEP,
    Validation,
    band_of,
    measured_over,
    mixed,
    sized,
)  # fmt: skip

Floats = npt.NDArray[np.float64]

BANDS: Final = (7, 28, 90)
"""The last day of each band of horizons for which accuracy is told."""
CLAIM: Final = 0.95
LEAST_ORIGINS: Final = 8
_PARTS: Final = 4
_TRIED: Final = 3
"""Origins that must have been tried before the parts of a sum speak for it: those of one share its luck."""

# Student's t, one-sided 95 %, for 1, 2, 3 ... degrees of freedom (any table of the distribution).
_T: Final = (6.314, 2.920, 2.353, 2.132, 2.015, 1.943, 1.895, 1.860, 1.833, 1.812, 1.796, 1.782, 1.771, 1.761, 1.753)


class Grain(StrEnum):
    """What is added up over time."""

    DAY = "day"
    WEEK = "week"
    CUMULATIVE = "cumulative"


@dataclass(frozen=True)
class Ranged:
    """Estimates of one grain for every sum of a level; the ends of ``quantiles`` are those of ``ranges.SHARES``."""

    mean: Floats
    quantiles: Floats


@dataclass(frozen=True)
class Accuracy:
    """One minus the share of the money that was missed, over earlier origins; nothing where too few were measured.

    The methods were weighed on these same last weeks, so that they prove nothing: only origins of which none had a part
    in that do (``measures.Measure``).

    Attributes:
        last_day: the last day of the band of horizons.
        origins: how many earlier origins were measured.
        accuracy: of the method that is used; ``naive`` and ``median`` of the two simple ones.
        lower: the lower end of the one-sided 95 % confidence range of ``accuracy``; nothing with fewer than two
            independent stretches.
    """

    grain: Grain
    last_day: int
    origins: int
    accuracy: float
    naive: float
    median: float
    lower: float | None

    @property
    def reached(self) -> bool:
        """Whether 95 % was reached on these weeks: only where the lower end of the confidence range reaches it."""
        return self.claim == "recent"

    @property
    def claim(self) -> str:
        """What may be said of 95 %, see ``claim_of``; ``recent`` where independent origins would say ``yes``."""
        found = claim_of(self.accuracy, self.lower, self.origins)
        return "recent" if found == "yes" else found


def claim_of(accuracy: float | None, lower: float | None, origins: int) -> str:
    """What may be said of 95 %: words stand under ``forecast_claim``.

    ``yes`` where the lower end of the confidence range reaches it over enough origins, ``few`` where what was measured
    reaches it over too few of them, ``no`` where it does not, ``none`` where no money came to measure on.
    """
    if accuracy is None:
        return "none"
    if origins >= LEAST_ORIGINS and lower is not None:
        return "yes" if lower >= CLAIM else "no"
    return "few" if accuracy >= CLAIM else "no"


def ranged(groups: Floats, found: Forecast, grain: Grain) -> Ranged:
    """Estimates and ranges of the sums that ``groups`` (sums × series, 0 or 1) makes.

    As for single series the errors of the weeks before the origin and those of the plain forecast over the long run
    speak together; a sum has far fewer errors than its series, so the long run carries more of it. While these are too
    few, those of its parts speak for it. Where all of a sum is idle, no error says when it opens again: its range is
    that of its series.

    The sums of one call are of one kind (the stores, the regions): how wide they err is pooled over all of them. Those
    of grown stores are told apart from a sum in which a store opens, which errs by more.
    """
    opening = young(found.validation, groups, found.mean.sum(axis=1) > 0)
    if not opening.any():
        return _ranged(groups, found, grain, grown(found.validation))
    told = _ranged(groups, found, grain, found.validation)
    if not opening.all():
        told.quantiles[:, ~opening] = _ranged(groups[~opening], found, grain, grown(found.validation)).quantiles
    return told


def _ranged(groups: Floats, found: Forecast, grain: Grain, tried: Validation) -> Ranged:
    whole = added(groups @ found.mean, grain)
    # While too little was tried: as if all series erred together, which is wide.
    wide = np.stack([added(groups @ one, grain) for one in found.quantiles])
    parts = _parts(groups, found.mean.sum(axis=1))
    before = [said for said, _ in tried.steady], [came for _, came in tried.steady]
    recent, steady = (_pairs(groups, said, came, grain) for said, came in ((tried.said, tried.came), before))
    of_parts = [_pairs(parts, said, came, grain) for said, came in ((tried.said, tried.came), before)]
    beside = [
        sized(_all(whole_ones), _all(pieces)) for whole_ones, pieces in zip((recent, steady), of_parts, strict=True)
    ]
    size = sized(_all(recent), _all(_pairs(groups, tried.plain, tried.came, grain)))
    ends = np.empty((len(SHARES), *whole.shape))
    shares: Floats | None = None
    # Nothing of this touches sums whose own past is long enough to try all origins: that others of the panel are older
    # says nothing of these.
    short, nearer = _reaching(steady, 0) < ORIGINS, None
    for step in range(whole.shape[1]):
        steps = band_of(step, whole.shape[1]) if grain is Grain.DAY else range(step, step + 1)
        # Beyond what was tried, the farthest errors that are known have to do.
        own, long = (
            _told(_errors(whole_ones, steps), pieces, steps, less)
            for whole_ones, pieces, less in zip((recent, steady), of_parts, beside, strict=True)
        )
        shares = mixed(own, long, size, shares)
        told = shares
        if shares is not None and short:
            if grain is not Grain.CUMULATIVE:
                nearer = shares = no_narrower(shares, nearer)
            told = widened(shares, _wider(recent, steady, steps, grain, found.mean.shape[1]))
        ends[:, :, step] = wide[:, :, step] if told is None else whole[None, :, step] * (1 + told[:, None])
    alone = (groups[:, ~found.idle] == 0).all(axis=1)
    ends[:, alone] = wide[:, alone]
    return Ranged(whole, np.maximum(ends, 0.0))


def _wider(
    recent: list[tuple[Floats, Floats]], steady: list[tuple[Floats, Floats]], steps: range, grain: Grain, days: int
) -> float:
    """By how much the range of some steps is to be wider since few origins were tried that reach them."""
    reaching = max(_reaching(pairs, steps[0]) for pairs in (recent, steady))
    last = min((steps[0] + 1) * (STEP if grain is Grain.WEEK else 1), days)
    return wider(reaching, measured_over(last - 1, days))


def _reaching(pairs: list[tuple[Floats, Floats]], step: int) -> int:
    """At how many origins something was said of these sums as far as a step."""
    return sum(said.shape[1] > step and bool(said.any()) for said, _ in pairs)


def _parts(groups: Floats, size: Floats) -> Floats:
    """Each sum cut into parts that are alike in size, of as many series each."""
    rank = np.empty(len(size), dtype=np.int64)
    rank[np.argsort(-size, kind="stable")] = np.arange(len(size))
    cut = [one * (rank % _PARTS == number) for one in groups for number in range(_PARTS)]
    return np.array([one for one in cut if one.any()]).reshape(-1, groups.shape[1])


def _told(errors: Floats, pieces: list[tuple[Floats, Floats]], steps: Iterable[int], less: float) -> Floats:
    """The errors of whole sums, or those of their parts where the sums have too few, yet were tried a few times.

    Parts err more than their sum, since less cancels within them; how much ``less`` the sum errs shows on all days on
    which both were tried.
    """
    tried = sum(said.shape[1] > min(steps) for said, _ in pieces)
    return errors if len(errors) >= LEAST or tried < _TRIED else less * _errors(pieces, steps)


def _errors(pairs: list[tuple[Floats, Floats]], steps: Iterable[int]) -> Floats:
    """The errors of some steps as shares of what was said."""
    parts = [np.zeros(0)]
    for said, came in pairs:
        for step in steps:
            if step < said.shape[1]:
                some = said[:, step] > 0
                parts.append((came[some, step] - said[some, step]) / said[some, step])
    return np.concatenate(parts)


def _all(pairs: list[tuple[Floats, Floats]]) -> Floats:
    return _errors(pairs, range(max((said.shape[1] for said, _ in pairs), default=0)))


def _pairs(groups: Floats, said: Sequence[Floats], came: Sequence[Floats], grain: Grain) -> list[tuple[Floats, Floats]]:
    """What was said and came of the sums at earlier origins; of weeks only whole ones."""
    found = []
    for one, other in zip(said, came, strict=True):
        days = one.shape[1] // STEP * STEP if grain is Grain.WEEK else one.shape[1]
        if days:
            found.append((added(groups @ one[:, :days], grain), added(groups @ other[:, :days], grain)))
    return found


def accuracies(groups: Floats, validation: Validation, horizon: int) -> list[Accuracy]:
    """How well the sums were foreseen at earlier origins, by grain and band of horizons."""
    found = []
    for grain in (Grain.DAY, Grain.WEEK):
        first = 0
        for last_day in (*(band for band in BANDS if band < horizon), horizon):
            measured = _measured(groups, validation, grain, first, last_day)
            if measured is not None:
                found.append(measured)
            first = last_day
    return found


def _measured(groups: Floats, validation: Validation, grain: Grain, first: int, last: int) -> Accuracy | None:
    rows = []
    for said, naive, median, came in zip(
        validation.said, validation.naive, validation.median, validation.came, strict=True
    ):
        if said.shape[1] < last or (grain is Grain.WEEK and last - first < STEP):
            continue
        truth, *answers = (added(groups @ each[:, first:last], grain) for each in (came, said, naive, median))
        if truth.sum() > 0:
            rows.append([truth.sum(), *(np.abs(truth - one).sum() for one in answers)])
    if not rows:
        return None
    table = np.array(rows)
    money, missed = table[:, 0], table[:, 1]
    accuracy, naive_one, median_one = (float(1 - table[:, i].sum() / money.sum()) for i in (1, 2, 3))
    # Neighbouring origins share most of their days: only stretches apart count as independent.
    apart = int((len(rows) - 1) * STEP // last) + 1
    lower = None
    if apart >= 2:
        lower = lower_end(accuracy, 1 - missed / money, apart)
    return Accuracy(grain, last, len(rows), accuracy, naive_one, median_one, lower)


def lower_end(accuracy: float, single: Floats, apart: int | None = None) -> float:
    """The lower end of the one-sided 95 % confidence range of an accuracy.

    Args:
        accuracy: over all origins.
        single: that of each origin.
        apart: how many of the origins are independent of each other, by default all of them.
    """
    count = len(single) if apart is None else apart
    return accuracy - t_of(count - 1) * float(single.std(ddof=1)) / float(np.sqrt(count))


def t_of(freedom: int) -> float:
    """Student's t, one-sided 95 %, for so many degrees of freedom."""
    return _T[min(freedom, len(_T)) - 1]


def added(daily: Floats, grain: Grain) -> Floats:
    """Days added up: not at all, by weeks, or from the first day on."""
    if grain is Grain.DAY:
        return daily
    if grain is Grain.CUMULATIVE:
        return np.cumsum(daily, axis=1)
    weeks = -(-daily.shape[1] // STEP)
    wide = np.pad(daily, ((0, 0), (0, weeks * STEP - daily.shape[1])))
    weekly: Floats = wide.reshape(len(daily), weeks, STEP).sum(axis=2)
    return weekly
