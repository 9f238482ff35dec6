"""The programme in whole fen: projects, the chain's paths, the limits; and the exact test of any plan against them.

The floor holds in a month when P10 of the chain's cash does not lie below it, and the mean of the lowest quarter of
the paths does not either. The second looks into the tail that a P10 hides; for cash that spreads like a normal
distribution it asks for a little less than the first (the mean of the lowest 25 % lies 1.27 deviations below the
middle, P10 1.28). Since a mean of lowest paths is concave in the plan, the proof of the optimum rests on it as well.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

import numpy as np

from chainbrain.expansion.draws import Ints
from chainbrain.expansion.programme.projects import Project

Plan = tuple[tuple[int, int], ...]
"""Which projects (by number) begin in which month, by number of the project."""

POOR: Final = 10
"""Per cent of the paths that may lie below the floor."""
TAIL: Final = 25
"""Per cent of the paths whose mean must not."""


class Limit(StrEnum):
    """What binds; words under ``expansion.limit``."""

    FLOOR = "floor"
    TAIL = "tail"
    BUDGET = "budget"
    A_MONTH = "openings_per_month"
    OPENINGS = "openings"
    MANAGED = "managed_at_once"
    REGION_MOST = "region_most"
    REGION_LEAST = "region_least"
    EXCLUSIVE = "exclusive"


OF_MONEY: Final = (Limit.FLOOR, Limit.TAIL, Limit.BUDGET)
"""Limits that are broken by an amount, not by a number of stores."""


@dataclass(frozen=True)
class Breach:
    """A limit that a plan breaks, by how much (fen for money, stores otherwise), and where."""

    limit: Limit
    by: int
    month: int | None = None
    names: tuple[str, ...] = ()


@dataclass(frozen=True)
class Problem:
    """What there is to decide.

    Attributes:
        base: the chain's cash without anything, paths × watched months.
        months: months in which something may begin; more are watched, until all projects are past their deepest.
        exclusive: groups of project numbers of which at most one may be carried out.
        shut: stores that no month is left for; they are told of and never tried.
    """

    projects: tuple[Project, ...]
    base: Ints
    months: int
    floor: int | None = None
    budget: int | None = None
    a_month: int | None = None
    openings: int | None = None
    managed: int | None = None
    managed_months: int = 3
    regions: tuple[tuple[str, int, int | None], ...] = ()
    exclusive: tuple[tuple[int, ...], ...] = ()
    shut: tuple[Project, ...] = ()

    @property
    def paths(self) -> int:
        """Number of paths."""
        return len(self.base)

    @property
    def watched(self) -> int:
        """Number of months whose end is looked at."""
        return int(self.base.shape[1])

    @property
    def doors(self) -> int:
        """Number of months in which doors may open: those of the programme, and delays of leases begun in the last."""
        return self.months + max((one.delay for one in self.projects), default=0)

    @property
    def tail(self) -> int:
        """How many of the lowest paths are averaged."""
        return -(-self.paths * TAIL // 100)

    @property
    def may_fail(self) -> int:
        """How many paths may lie below the floor while P10 does not."""
        return max(-(-self.paths * POOR // 100) - 1, 0)

    def value(self, plan: Plan) -> int:
        """What a plan is worth, in fen."""
        return sum(self.projects[number].value(month) for number, month in plan)

    def needed(self, plan: Plan) -> int:
        """How many months have to be watched for a plan."""
        return max((self.projects[number].watched(month) for number, month in plan), default=0)

    def cash(self, plan: Plan) -> Ints:
        """The chain's cash with a plan, paths × watched months."""
        found = self.base.copy()
        for number, month in plan:
            found += self.projects[number].at(month, self.watched, self.paths)
        return found

    def breaches(self, plan: Plan) -> list[Breach]:
        """Every limit that a plan breaks; an empty list means that it holds."""
        return [*self.counted_breaches(plan), *self.cash_breaches(self.cash(plan))]

    def holds(self, plan: Plan) -> bool:
        """Whether a plan breaks nothing."""
        if next(self.counted_breaches(plan), None) is not None:
            return False
        return self.cash_holds(self.cash(plan))

    def cash_holds(self, cash: Ints) -> bool:
        """Whether the floor holds in every month."""
        if self.floor is None:
            return True
        if ((cash < self.floor).sum(axis=0) > self.may_fail).any():
            return False
        return not (self.tail_sums(cash) < self.floor * self.tail).any()

    def tail_sums(self, cash: Ints) -> Ints:
        """The lowest quarter added up, by month."""
        lowest: Ints = np.partition(cash, self.tail - 1, axis=0)[: self.tail].sum(axis=0)
        return lowest

    def poor(self, cash: Ints) -> Ints:
        """P10 by month: the value of a path, not between two."""
        rank = self.may_fail
        found: Ints = np.partition(cash, rank, axis=0)[rank]
        return found

    def cash_breaches(self, cash: Ints) -> Iterator[Breach]:
        """The months in which the floor does not hold, by how much."""
        if self.floor is None:
            return
        for month, poor in enumerate(self.poor(cash).tolist()):
            if poor < self.floor:
                yield Breach(Limit.FLOOR, self.floor - poor, month)
        for month, total in enumerate(self.tail_sums(cash).tolist()):
            if total < self.floor * self.tail:
                yield Breach(Limit.TAIL, -((total - self.floor * self.tail) // self.tail), month)

    def counted_breaches(self, plan: Plan) -> Iterator[Breach]:
        """The limits of money and number that a plan breaks."""
        # A store is opened, and needs people, when its doors open: a lease that waits needs nobody.
        opened = [
            (self.projects[number], month + self.projects[number].delay)
            for number, month in plan
            if self.projects[number].opens
        ]
        spent = sum(project.invested for project, _ in opened)
        if self.budget is not None and spent > self.budget:
            yield Breach(Limit.BUDGET, spent - self.budget)
        if self.openings is not None and len(opened) > self.openings:
            yield Breach(Limit.OPENINGS, len(opened) - self.openings)
        for month in range(self.doors):
            begun = sum(opening == month for _, opening in opened)
            if self.a_month is not None and begun > self.a_month:
                yield Breach(Limit.A_MONTH, begun - self.a_month, month)
            young = sum(opening <= month < opening + self.managed_months for _, opening in opened)
            if self.managed is not None and young > self.managed:
                yield Breach(Limit.MANAGED, young - self.managed, month)
        for region, least, most in self.regions:
            there = sum(project.region == region for project, _ in opened)
            if most is not None and there > most:
                yield Breach(Limit.REGION_MOST, there - most, names=(region,))
            if there < least:
                yield Breach(Limit.REGION_LEAST, least - there, names=(region,))
        chosen = {number for number, _ in plan}
        for group in self.exclusive:
            both = [number for number in group if number in chosen]
            if len(both) > 1:
                yield Breach(Limit.EXCLUSIVE, len(both) - 1, names=tuple(self.projects[n].name for n in both))


def plan_of(begun: Mapping[int, int]) -> Plan:
    """A plan in its one order."""
    return tuple(sorted(begun.items()))
