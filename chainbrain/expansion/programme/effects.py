"""What a project does to the chain's cash: something that begins, or something that ends before its time."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final, Protocol

import numpy as np
import numpy.typing as npt

from chainbrain.expansion.draws import Ints

_HALF_ROOM: Final = 2**31


class Effect(Protocol):
    """What a project does to the chain's cash, added up month by month, in fen."""

    def at(self, month: int, months: int, paths: int) -> Ints:
        """Paths × months when it begins in ``month``."""

    def by(self, month: int, end: int, chosen: Ints) -> Ints:
        """The same of the chosen paths at the end of one month alone; one figure where all paths are alike."""


def compact(running: Ints) -> npt.NDArray[np.integer[Any]]:
    """The same whole numbers in half the room where they fit: a programme may keep a running total for every month."""
    least, most = (int(running.min()), int(running.max())) if running.size else (0, 0)
    return running.astype(np.int32) if least >= -_HALF_ROOM and most < _HALF_ROOM else running


@dataclass(frozen=True)
class Shifted:
    """An effect that depends only on the months since its beginning; ``running`` has one row or one per path."""

    running: npt.NDArray[np.integer[Any]]
    lead: int

    def at(self, month: int, months: int, paths: int) -> Ints:
        """Nothing until the lead, then the running total, which stays as it is after the last month."""
        found = np.zeros((paths, months), dtype=np.int64)
        start = month - self.lead
        known = min(self.running.shape[1], months - start)
        found[:, start : start + known] = self.running[:, :known]
        found[:, start + known :] = self.running[:, -1:]
        return found

    def by(self, month: int, end: int, chosen: Ints) -> Ints:
        """One column of the running total."""
        column = min(end - (month - self.lead), self.running.shape[1] - 1)
        if column < 0:
            return np.zeros(1, dtype=np.int64)
        found = self.running[:, column] if len(self.running) == 1 else self.running[chosen, column]
        return found.astype(np.int64)


@dataclass(frozen=True)
class ByMonth:
    """An effect that is another one by the month of its beginning, as where rules of tax have dates."""

    effects: Mapping[int, Effect]

    def at(self, month: int, months: int, paths: int) -> Ints:
        """That of the month."""
        return self.effects[month].at(month, months, paths)

    def by(self, month: int, end: int, chosen: Ints) -> Ints:
        """That of the month it begins in."""
        return self.effects[month].by(month, end, chosen)


@dataclass(frozen=True)
class Ending:
    """An effect that ends a lease before its time: what would still be earned, what ending costs, and the deposit.

    The deposit comes back when the lease ends anyway, so it is only had earlier. Afterwards there is nothing to end.

    Attributes:
        monthly: what is no longer earned in a month, one figure or one per path.
        remaining: months of the lease that are left when the programme begins.
    """

    monthly: Ints
    remaining: int
    cost: int
    deposit: int

    def at(self, month: int, months: int, paths: int) -> Ints:
        """From the month to the end of the lease."""
        found = np.zeros((paths, months), dtype=np.int64)
        if month < self.remaining:
            lost = np.minimum(np.arange(month + 1, months + 1, dtype=np.int64), self.remaining) - month
            found[:, month:] = self.deposit - self.cost - self.monthly[:, None] * lost[None, :]
            found[:, self.remaining :] -= self.deposit
        return found

    def by(self, month: int, end: int, chosen: Ints) -> Ints:
        """What was not earned from its beginning to the end of that month."""
        if month >= self.remaining or end < month:
            return np.zeros(1, dtype=np.int64)
        monthly = self.monthly if len(self.monthly) == 1 else self.monthly[chosen]
        deposit = self.deposit if end < self.remaining else 0
        return deposit - self.cost - monthly * (min(end + 1, self.remaining) - month)
