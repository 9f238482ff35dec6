"""Figures with the number of observations behind them."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal


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
