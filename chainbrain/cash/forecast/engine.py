"""From a panel and an origin to a forecast with ranges, checked on the weeks before the origin."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Final

import numpy as np
import numpy.typing as npt

from chainbrain.calendar import Calendar
from chainbrain.cash.forecast import days, past, ranges, reopening
from chainbrain.cash.forecast.blend import Weights, answers, weigh
from chainbrain.cash.forecast.features import HISTORY, Prepared, prepare
from chainbrain.cash.forecast.learned import MEMORIES, YOUNGEST, learn
from chainbrain.cash.forecast.panel import Panel
from chainbrain.cash.forecast.trees import Shape
from chainbrain.errors import UserError
from chainbrain.progress import Report, silent

Floats = npt.NDArray[np.float64]
Flags = npt.NDArray[np.bool_]

LONGEST: Final = 90
"""The longest horizon, in days."""

_LEARNABLE: Final = 3 * HISTORY
# Both forests alike, or the errors of the first would say nothing about the second.
_SHAPE: Final = Shape(trees=100, depth=7, rate=0.13)
# Hundreds of series teach a larger forest; a tree looks at fewer of their many rows.
_LARGE: Final = Shape(trees=160, depth=8, rate=0.1, rows=0.3, median=True)
_MANY: Final = 400


class Method(StrEnum):
    """How a series was answered."""

    MODEL = "model"
    PAST = "past"
    """Too short or too rarely sold for a model of its own: the range of its own past."""


@dataclass(frozen=True)
class Forecast:
    """Estimates for the days after an origin; one row per series, one column per day.

    Attributes:
        origin: the last day that was known.
        mean: the estimate.
        quantiles: the ends of the ranges of every day, for the shares of ``ranges.SHARES``, along the first axis.
        methods: how each series was answered.
        idle: which series sold nothing lately for no known reason, and are answered by how others came back.
        weights: how far each method was trusted.
        validation: errors at earlier origins, from which weeks and sums get their ranges; see ``levels.ranged``.
    """

    ids: tuple[str, ...]
    origin: date
    mean: Floats
    quantiles: Floats
    methods: tuple[Method, ...]
    weights: Weights
    validation: ranges.Validation
    idle: Flags


def forecast(panel: Panel, origin: date, horizon: int, calendar: Calendar, report: Report = silent) -> Forecast:
    """Forecast every series for ``horizon`` days after ``origin``; nothing later than the origin is looked at.

    Raises:
        UserError: ``forecast.horizon`` or ``forecast.nothing_before``.
    """
    if not 1 <= horizon <= LONGEST:
        raise UserError("forecast.horizon", horizon=horizon, longest=LONGEST)
    last = panel.column(origin)
    if last < 0:
        raise UserError("forecast.nothing_before", origin=origin, first=panel.first)
    panel = _padded(panel.until(last, horizon))
    last = panel.values.shape[1] - 1
    table = days.features(calendar, panel.first, last + 1 + horizon)
    seen = last - int((panel.values > 0).any(axis=0).argmax()) + 1 if panel.values.any() else 0
    shape = _SHAPE if len(panel.ids) < _MANY else _LARGE
    trees = 2 * len(MEMORIES) * shape.trees

    def told(before: int) -> Callable[[int], None]:
        return lambda tree: report(before + tree, trees, "progress.forecasting")

    report(0, trees, "progress.forecasting")
    learnable = seen >= _LEARNABLE
    held = ranges.held_back(horizon, seen, learning=learnable)
    early = last - held
    ready = prepare(panel, table, early)
    small = learn(ready, early, horizon, told(0), shape) if learnable and held else None
    validation_origins = list(range(early, last, ranges.STEP)) if held else []
    said = [answers(ready, small, o, _targets(o, min(horizon, last - o))) for o in validation_origins]
    came = [ready.values[:, o + 1 : o + 1 + each.shape[2]] for o, each in zip(validation_origins, said, strict=True)]
    weights = weigh(said, came)
    told_then = _reopened(ready, validation_origins, [weights.mixed(each) for each in said])
    targets = _targets(last, horizon)
    ready = prepare(panel, table, last)
    large = learn(ready, last, horizon, told(trees // 2), shape) if learnable else None
    mean = weights.mixed(answers(ready, large, last, targets))
    validation = ranges.validate(ready, validation_origins, said, told_then, came, horizon=horizon)
    regular = past.regular(ready, last) if held else np.zeros(len(panel.ids), dtype=np.bool_)
    quantiles = validation.daily(mean)
    if not regular.all():
        usual, ends = past.ranged(ready, last, horizon, ~regular)
        # How such stores go on is learned from what the chain's others did; they stay in the range of their own past.
        taught = (ready.begins[~regular] <= last - YOUNGEST) & (large is not None)
        inside = np.clip(mean[~regular], ends[0][:, None], ends[-1][:, None])
        mean[~regular] = np.where(taught[:, None], inside, usual[:, None])
        quantiles[:, ~regular] = ends[:, :, None]
    back = reopening.curve(ready, reopening.closures(ready), last, targets)
    idle = np.zeros(len(panel.ids), dtype=np.bool_)
    if back is not None:
        idle[back.rows] = True
        mean = back.moved(mean)
        quantiles = back.widened(quantiles, mean, ranges.SHARES)
    # Nothing is sold where it is known that nothing will be.
    shut = panel.shut(targets)
    mean, quantiles = np.where(shut, 0.0, mean), np.where(shut[None], 0.0, quantiles)
    report(trees, trees, "progress.forecasting")
    return Forecast(
        panel.ids, origin, mean, quantiles, tuple(Method.MODEL if one else Method.PAST for one in regular), weights,
        validation, idle,
    )  # fmt: skip


def _targets(origin: int, horizon: int) -> npt.NDArray[np.int64]:
    return np.arange(origin + 1, origin + 1 + horizon)


def _reopened(ready: Prepared, origins: list[int], said: list[Floats]) -> list[Floats]:
    """Estimates of earlier origins with what was known then of how closed series come back."""
    found = reopening.closures(ready)
    moved = []
    for origin, each in zip(origins, said, strict=True):
        back = reopening.curve(ready, found, origin, _targets(origin, each.shape[1]))
        shut = ready.panel.shut(_targets(origin, each.shape[1]))
        moved.append(each if back is None else np.where(shut, 0.0, back.moved(each)))
    return moved


def _padded(panel: Panel) -> Panel:
    """At least the history that an origin needs; days before the first are days without sales."""
    lacking = HISTORY + 1 - panel.values.shape[1]
    if lacking <= 0:
        return panel
    wide = ((0, 0), (lacking, 0))
    known = {name: np.pad(table, wide, constant_values=np.nan) for name, table in panel.known.items()}
    begins = None if panel.begins is None else panel.begins + lacking
    ends = None if panel.ends is None else panel.ends + lacking
    return Panel(panel.ids, panel.day(-lacking), np.pad(panel.values, wide), known, begins, ends)
