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
