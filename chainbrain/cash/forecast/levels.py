"""Sums of series (a store, a channel, a region, the chain): their estimates and ranges.

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

_PARTS: Final = 4
_TRIED: Final = 3
"""Origins that must have been tried before the parts of a sum speak for it: those of one share its luck."""


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
