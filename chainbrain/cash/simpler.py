"""Where a simple method was better than the forecast that is used, and why it is not used there all the same.

One method answers for every store and sales channel, so that all levels add up. It is chosen by their single days
(``forecast.blend.weigh``); sums of stores and weeks can come out the other way round, which has to be said.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from chainbrain.errors import Word

if TYPE_CHECKING:
    from chainbrain.cash.forecast.accuracy import Accuracy
    from chainbrain.cash.measures import Measure

_PLACES = 3
"""Of an accuracy, as it is shown: 98.4 %, or 1.6 yuan missed of 100."""


def better(one: Accuracy | Measure) -> tuple[str, float] | None:
    """The better one of the simple methods with its accuracy, where the figures that are shown say so."""
    if one.accuracy is None or one.naive is None or one.median is None:
        return None
    name, accuracy = max((("seasonal_naive", one.naive), ("weekday_median", one.median)), key=lambda each: each[1])
    return (name, accuracy) if round(accuracy, _PLACES) > round(one.accuracy, _PLACES) else None


def told(one: Accuracy | Measure) -> tuple[str, dict[str, object]] | None:
    """The sentence beside a single accuracy."""
    found = better(one)
    if found is None or one.accuracy is None:
        return None
    return "forecast.simpler", {
        "method": Word(f"column.{found[0]}"), "simple": missed(found[1]), "own": missed(one.accuracy)
    }  # fmt: skip


def told_of_all(measures: Sequence[Measure]) -> tuple[str, dict[str, object]] | None:
    """The sentence beside a table: in how many of its lines, and the one in which it is so by most."""
    beaten = [(one, found) for one in measures if (found := better(one)) is not None]
    if not beaten:
        return None
    one, (name, accuracy) = max(beaten, key=lambda each: each[1][1] - (each[0].accuracy or 0.0))
    return "forecast.simpler_lines", {
        "count": len(beaten), "of": len(measures), "level": Word(f"forecast_level.{one.level}"),
        "grain": Word(f"forecast_grain.{one.grain.value}"), "days": f"{one.first_day}–{one.last_day}",
        "method": Word(f"column.{name}"), "simple": missed(accuracy), "own": missed(one.accuracy or 0.0),
    }  # fmt: skip


def missed(accuracy: float) -> str:
    """How many yuan of every 100 that came an accuracy was off by."""
    return f"{100 * (1 - accuracy):.1f}"
