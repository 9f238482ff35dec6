"""What a project does to the chain's cash: something that begins, or something that ends before its time."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Protocol

import numpy as np

from chainbrain.expansion.draws import Ints


class Effect(Protocol):
    """What a project does to the chain's cash, added up month by month, in fen."""

    def at(self, month: int, months: int, paths: int) -> Ints:
        """Paths × months when it begins in ``month``."""

    def sums(self, chosen: Ints, begins: range, months: int) -> Ints:
        """The same added up over the chosen paths, one row for every beginning."""


@dataclass(frozen=True)
class Shifted:
    """An effect that depends only on the months since its beginning; ``running`` has one row or one per path."""

    running: Ints
    lead: int

    def at(self, month: int, months: int, paths: int) -> Ints:
        """Nothing until the lead, then the running total, which stays as it is after the last month."""
        found = np.zeros((paths, months), dtype=np.int64)
        start = month - self.lead
        known = min(self.running.shape[1], months - start)
        found[:, start : start + known] = self.running[:, :known]
        found[:, start + known :] = self.running[:, -1:]
        return found

    def sums(self, chosen: Ints, begins: range, months: int) -> Ints:
        """Paths are added up before they are shifted."""
        alike = len(self.running) == 1
        total = self.running[0] * len(chosen) if alike else self.running[chosen].sum(axis=0)
        alone = Shifted(total[None, :], self.lead)
        return np.concatenate([alone.at(month, months, 1) for month in begins])


@dataclass(frozen=True)
class ByMonth:
    """An effect that is another one by the month of its beginning, as where rules of tax have dates."""

    effects: Mapping[int, Effect]

    def at(self, month: int, months: int, paths: int) -> Ints:
        """That of the month."""
        return self.effects[month].at(month, months, paths)

    def sums(self, chosen: Ints, begins: range, months: int) -> Ints:
        """Those of every month."""
        return np.concatenate([self.effects[one].sums(chosen, range(one, one + 1), months) for one in begins])


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

    def sums(self, chosen: Ints, begins: range, months: int) -> Ints:
        """Added up over paths first."""
        many = len(chosen)
        total = self.monthly[chosen].sum(keepdims=True)
        alone = Ending(total, self.remaining, self.cost * many, self.deposit * many)
        return np.concatenate([alone.at(month, months, 1) for month in begins])
