"""What was measured on the past, as JSON of the commands has it."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from chainbrain.cash.forecast.accuracy import Accuracy


def mapping(one: Accuracy) -> dict[str, object]:
    """One measured accuracy."""
    return {
        "grain": one.grain.value,
        "last_day": one.last_day,
        "origins": one.origins,
        "accuracy": round(one.accuracy, 4),
        "seasonal_naive": round(one.naive, 4),
        "weekday_median": round(one.median, 4),
        "lower_bound": None if one.lower is None else round(one.lower, 4),
        "reached_95_lately": one.reached,
    }
