"""Royalties by tiers of a month's sum (domain rule: splits, section 5)."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from chainbrain.money import half_up


@dataclass(frozen=True)
class Tier:
    """From this sum on, in yuan, this rate."""

    start: Decimal
    rate: Decimal


def read(text: str) -> tuple[Tier, ...]:
    """The tiers of a rule as the book keeps them, the lowest first."""
    return tuple(Tier(Decimal(one["from"]), Decimal(one["rate"])) for one in json.loads(text))


def progressive(base: Decimal, tiers: Sequence[Tier]) -> Decimal:
    """Each slice of the month's base by its own rate, half up to the cent in the end."""
    left = max(base, Decimal(0))
    due = Decimal(0)
    for tier in reversed(tiers):
        part = max(left - tier.start, Decimal(0))
        due += part * tier.rate
        left -= part
    return half_up(due)


def flat(base: Decimal, tiers: Sequence[Tier]) -> Decimal:
    """The whole base by the rate of the tier that it reaches."""
    reached = [tier for tier in tiers if tier.start <= max(base, Decimal(0))]
    return half_up(max(base, Decimal(0)) * reached[-1].rate)


def slices(base: Decimal, tiers: Sequence[Tier], way: str) -> tuple[tuple[Decimal, Decimal, Decimal], ...]:
    """How a month comes to its sum: so much of the base, at which rate, in yuan; the last one takes the rounding."""
    whole = max(base, Decimal(0))
    reached = [tier for tier in tiers if tier.start < whole] or list(tiers[:1])
    if way == "flat":
        rate = [tier for tier in tiers if tier.start <= whole][-1].rate
        return ((whole, rate, flat(base, tiers)),)
    ends = [*(tier.start for tier in reached[1:]), whole]
    parts = [(end - tier.start, tier.rate) for tier, end in zip(reached, ends, strict=True)]
    shares = [half_up(part * rate) for part, rate in parts]
    shares[-1] += progressive(base, tiers) - sum(shares)
    return tuple((part, rate, share) for (part, rate), share in zip(parts, shares, strict=True))
