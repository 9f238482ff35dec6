"""By which rule the money of each merchant number arrives: as its deposits show, else as its contract says."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, timedelta
from decimal import Decimal
from typing import Final

import numpy as np
import numpy.typing as npt

from chainbrain.cash.settling import Arrival, Flow, Number, Settling

Floats = npt.NDArray[np.float64]
CANDIDATES: Final = ("T1", "D1", "D0", *(f"{kind}{lag}" for lag in range(2, 8) for kind in "TD"))
"""The rules that deposits are held against, the usual ones first: of several that fit alike the first is taken."""
LEAST_ARRIVALS: Final = 5
MOST_MISSED: Final = 0.5
"""A rule by which more than half of the money came on other days is none."""
LOOKED_AT: Final = timedelta(days=120)
"""Days before the end of a bank's statements over which arrivals are held against rules."""
WARMING_UP: Final = 12
"""Days at the beginning whose deposits may come from sales that are not in the book."""


def learn(
    flows: Iterable[Flow],
    stated: Mapping[Number, str],
    settling: Settling,
    known_to: date,
    ends: Mapping[Number, date] | None = None,
) -> dict[Number, Arrival]:
    """The rule of every merchant number that has flows or a contract.

    Args:
        flows: what was sold and what arrived, day by day.
        stated: rules as contracts, a person or earlier deposits say.
        settling: the calendar.
        known_to: the last day that the bank is known.
        ends: the same for numbers whose own bank is known to another day.
    """
    by_number: dict[Number, list[Flow]] = {}
    for flow in flows:
        by_number.setdefault((flow.channel, flow.merchant), []).append(flow)
    usual = _usual(stated)
    found = {}
    for number in sorted(by_number.keys() | stated.keys()):
        end = (ends or {}).get(number, known_to)
        rows = [row for row in by_number.get(number, []) if row.day >= end - LOOKED_AT]
        said = stated.get(number) or usual.get(number[0])
        arrival = _learned(rows, said, settling, end)
        found[number] = Arrival(*arrival, _factor(rows))
    return found


def _learned(
    rows: Sequence[Flow], said: str | None, settling: Settling, known_to: date
) -> tuple[str | None, bool, float | None]:
    fallback = said if said is not None and settling.arrives(said, known_to) is not None else None
    if not rows:
        return fallback, False, None
    first = min(row.day for row in rows)
    span = (known_to - first).days + 1
    came = np.zeros(max(span, 0))
    for row in rows:
        if first <= row.day <= known_to:
            came[(row.day - first).days] += float(row.received)
    looked = came[WARMING_UP:]
    total = float(np.abs(looked).sum())
    if np.count_nonzero(looked) < LEAST_ARRIVALS or total <= 0:
        return fallback, False, None
    order = [fallback] if fallback else []
    order += [rule for rule in CANDIDATES if rule != fallback]
    missed = [_missed(rows, rule, settling, first, came) / total for rule in order]
    best = int(np.argmin(np.round(missed, 6)))
    if missed[best] > MOST_MISSED:
        return fallback, False, max(0.0, 1.0 - missed[0]) if fallback else None
    return order[best], True, max(0.0, 1.0 - missed[best])


def _missed(rows: Sequence[Flow], rule: str, settling: Settling, first: date, came: Floats) -> float:
    """The money that did not come on its day: half of what days had too much and too little."""
    foreseen = np.zeros(len(came))
    for row in rows:
        day = settling.arrives(rule, row.day)
        place = (day - first).days if day is not None else -1
        if 0 <= place < len(foreseen):
            foreseen[place] += float(row.sold + row.other)
    return float(np.abs(foreseen - came)[WARMING_UP:].sum()) / 2


def _factor(rows: Sequence[Flow]) -> float:
    sold, other = (sum((getattr(row, name) for row in rows), Decimal(0)) for name in ("sold", "other"))
    return min(max(float((sold + other) / sold), 0.0), 1.0) if sold > 0 else 1.0


def _usual(stated: Mapping[Number, str]) -> dict[str, str]:
    """The rule that most numbers of a channel have."""
    counts: dict[str, dict[str, int]] = {}
    for (channel, _), rule in sorted(stated.items()):
        rules = counts.setdefault(channel, {})
        rules[rule] = rules.get(rule, 0) + 1
    return {channel: max(sorted(rules), key=lambda rule: rules[rule]) for channel, rules in counts.items()}
