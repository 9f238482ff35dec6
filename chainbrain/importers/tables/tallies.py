"""Figures a file states about itself beside what its rows say; of several pieces, those of the whole file."""

from __future__ import annotations

from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Protocol, Self

from chainbrain.importers.plan import ControlTotal


class Tally(Protocol):
    """One comparison on its way to the file's control totals."""

    def joined(self, later: Self) -> Self:
        """With what the following piece found."""

    def totals(self) -> list[ControlTotal]:
        """The control totals that follow."""

    def facts(self) -> dict[str, str]:
        """What else is worth saying about them."""


@dataclass(frozen=True)
class Sum:
    """A stated figure and the sum or number of the rows: every piece sees the same figure and adds its rows."""

    name: str
    stated: Decimal
    summed: Decimal
    counted: bool

    def joined(self, later: Sum) -> Sum:
        """The same figure with the rows of both.

        Raises:
            ValueError: it is another figure, so the format cannot be read in pieces.
        """
        if (later.name, later.stated) != (self.name, self.stated):
            raise ValueError(f"{self.name} {self.stated} is followed by {later.name} {later.stated}")
        return replace(self, summed=self.summed + later.summed)

    def totals(self) -> list[ControlTotal]:
        """The one control total."""
        return [control_total(self.name, self.stated, self.summed, counted=self.counted)]

    def facts(self) -> dict[str, str]:
        """Nothing else."""
        return {}


def control_total(name: str, stated: Decimal, summed: Decimal, *, counted: bool) -> ControlTotal:
    """A control total as it is shown: counts without, amounts with two decimals unless they really have more."""
    return ControlTotal(name, *(_tidy(figure, counted=counted) for figure in (stated, summed)))


def _tidy(value: Decimal, *, counted: bool) -> Decimal:
    short = value.quantize(Decimal(1) if counted else Decimal("0.01"))
    return short if short == value else value
