"""Figures with the number of observations behind them, and the small exact statistics they need."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import ROUND_HALF_UP, Decimal


@dataclass(frozen=True)
class Measured:
    """A figure taken from the book, how often it was observed, and how often it should have been to stand alone."""

    value: Decimal | None
    observations: int
    minimum: int

    @property
    def enough(self) -> bool:
        """Whether the figure may stand without the owner's word."""
        return self.value is not None and self.observations >= self.minimum


@dataclass(frozen=True)
class OwnStore:
    """A store as the book knows it; coordinates in degrees of ``datum``."""

    store_id: str
    name: str
    city: str | None
    ownership: str | None
    opened_on: date | None
    closed_on: date | None
    monthly_rent: Decimal | None
    latitude: float | None
    longitude: float | None
    datum: str | None


def median(values: Sequence[Decimal]) -> Decimal:
    """The middle value, or the mean of the two middle ones."""
    ordered = sorted(values)
    middle = len(ordered) // 2
    return ordered[middle] if len(ordered) % 2 else (ordered[middle - 1] + ordered[middle]) / 2


def rounded(value: Decimal, places: int) -> Decimal:
    """Half up to ``places`` decimals, whatever the number of digits before."""
    return value.quantize(Decimal(1).scaleb(-places), rounding=ROUND_HALF_UP)
