"""Finds the best plan and proves it: bound from above, plan from below, until they meet or are near enough.

Cash cuts are added until the best plan of the linear part keeps them all. What then still breaks P10 is forbidden by a
cut of its own, strengthened as far as all paths agree. A plan is handed out only after the exact test in whole fen.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from decimal import Decimal
from typing import Final

import numpy as np

from chainbrain.expansion.draws import Ints
from chainbrain.expansion.programme.climb import Climb
from chainbrain.expansion.programme.model import Floats, Model
from chainbrain.expansion.programme.problem import Plan, Problem, plan_of

Alive = Callable[[], None]
"""Called between steps; raises ``Cancelled`` to stop."""

_MOST_ROUNDS: Final = 400
_MOST_RELAXED: Final = 30
# Another plan is a hint, and needs no proof.
_ROUNDS_OF_OTHERS: Final = 8
# Plans tried while a plan that does not hold is mended.
_TRIED: Final = 120
# From so many options on, a climb finds a plan before the solver is asked.
_LARGE: Final = 150
# Part of the gap that is left to the solver; the rest is for plans that have to be mended.
_OF_GAP: Final = 0.9


@dataclass(frozen=True)
class Solution:
    """The best plan that was found and how good any plan could be at most, in fen.

    Attributes:
        proven: no plan is worth more than this one by more than the gap that was asked for.
    """

    plan: Plan
    value: int
    bound: int
    proven: bool
    rounds: int
    cuts: int

    @property
    def gap(self) -> Decimal:
        """How much more a plan could be worth at most, as a share of the bound."""
        if self.bound <= self.value:
            return Decimal(0)
        return Decimal(self.bound - self.value) / max(abs(self.bound), 1)


class Search:
    """One problem; after ``best``, ``others`` gives the best plans with other projects.

    Attributes:
        impossible: it is proven that no plan holds; without it and without a plan the rounds were used up.
    """

    def __init__(self, problem: Problem, gap: Decimal, alive: Alive = lambda: None) -> None:
        self._problem, self._gap, self._alive = problem, gap, alive
        self._model = Model(problem, alive)
        self.rounds = 0
        self.impossible = False
        self._seen: set[Plan] = set()
        self._barred: list[frozenset[int]] = []

    def best(self) -> Solution | None:
        """The best plan; nothing when none holds, or when none was found (``impossible`` tells which)."""
        if not self._model.options:
            self.impossible = not self._problem.holds(())
            return None if self.impossible else Solution((), 0, 0, proven=True, rounds=0, cuts=0)
        self._relaxed()
        return self._solved(self._first(), _MOST_ROUNDS)

    def others(self, solution: Solution, most: int, share: Decimal) -> list[Plan]:
        """Other plans that hold, carry out other projects, and are worth at least ``share`` of the solution."""
        least = int(solution.value - abs(solution.value) * (1 - share))
        if not self._model.options:
            return []
        if len(self._model.options) < _LARGE:
            return list(self._solved_others(solution.plan, most, least))
        # Proving which plan comes second costs as much as the first; here those next to it will do.
        near = Climb(self._model, self._alive).others(solution.plan)
        distinct = {frozenset(n for n, _ in plan): plan for plan in near if self._problem.value(plan) >= least}
        return sorted(distinct.values(), key=lambda plan: (-self._problem.value(plan), plan))[:most]

    def _solved_others(self, plan: Plan, most: int, least: int) -> Iterator[Plan]:
        """The best plan that carries out none of the sets of projects before it, and so on."""
        for _ in range(most):
            chosen = frozenset(number for number, _ in plan)
            self._barred.append(chosen)
            weights = np.array([1.0 if n in chosen else -1.0 for n, _ in self._model.options])
            self._model.cut(weights, len(chosen) - 1)
            found = self._solved(None, _ROUNDS_OF_OTHERS)
            if found is None or found.value < least:
                return
            yield found.plan
            plan = found.plan

    def _first(self) -> Plan | None:
        """A good plan to begin with, where the problem is too large for the solver to find one at once."""
        if len(self._model.options) < _LARGE:
            return None
        return Climb(self._model, self._alive).best(self._cut_exact)

    def _relaxed(self) -> None:
        """Add the cuts that mixtures of plans break: most of what is needed, at the price of linear programmes."""
        for _ in range(_MOST_RELAXED):
            found = self._model.relax()
            if found.plan is None:
                return
            if not self._cut_mixture(found.shares):
                self._model.drop_loose()
                return

    def _cut_mixture(self, shares: Floats) -> bool:
        problem = self._problem
        if problem.floor is None:
            return False
        cash = problem.base.astype(np.float64)
        for place in np.flatnonzero(shares > 1e-9):
            number, month = self._model.options[place]
            cash += shares[place] * problem.projects[number].at(month, problem.watched, problem.paths)
        return self._cut_tails(cash, problem.floor - 100.0)

    def _cut_tails(self, cash: Floats, least: float) -> bool:
        """Cut every month whose lowest paths have a mean below ``least``; whether there was one."""
        tail = self._problem.tail
        lowest = np.argpartition(cash, tail - 1, axis=0)[:tail]
        means = np.take_along_axis(cash, lowest, axis=0).mean(axis=0)
        broken = np.flatnonzero(means < least)
        for month in broken:
            self._model.cash_cut(int(month), np.sort(lowest[:, month]))
        return bool(len(broken))

    def _solved(self, begin: Plan | None, most: int) -> Solution | None:
        problem = self._problem
        best = begin
        value, bound = 0 if begin is None else problem.value(begin), None
        for _ in range(most):
            self.rounds += 1
            if best is not None:
                self._model.start_from(best)
            found = self._model.solve(float(self._gap) * _OF_GAP)
            if found.impossible:
                # Nothing is left but the best that was found.
                bound, self.impossible = value, best is None
                break
            bound = found.bound if bound is None else min(bound, found.bound)
            if found.plan is None:
                break
            if problem.holds(found.plan):
                mended: Plan | None = found.plan
            else:
                self._forbid(found.plan)
                mended = self._mended(found.plan)
            if mended is not None and (best is None or problem.value(mended) > value):
                best, value = mended, problem.value(mended)
            if best is not None and (best == found.plan or self._near(value, bound)):
                break
        if best is None or bound is None:
            return None
        bound = max(bound, value)
        return Solution(best, value, bound, self._near(value, bound), self.rounds, self._model.cuts)

    def _near(self, value: int, bound: int) -> bool:
        return bound - value <= max(float(self._gap) * abs(bound), 1.0)

    def _forbid(self, plan: Plan) -> None:
        """Add cuts that this plan breaks and every plan that holds keeps."""
        problem = self._problem
        cash = problem.cash(plan)
        assert problem.floor is not None
        if self._cut_exact(cash):
            return
        below = (cash < problem.floor).sum(axis=0)
        for month in np.flatnonzero(below > problem.may_fail):
            self._forbid_month(plan, int(month))
            return

    def _cut_exact(self, cash: Ints) -> bool:
        problem = self._problem
        assert problem.floor is not None
        broken = np.flatnonzero(problem.tail_sums(cash) < problem.floor * problem.tail)
        for month in broken:
            lowest = np.argpartition(cash[:, month], problem.tail - 1)[: problem.tail]
            self._model.cash_cut(int(month), np.sort(lowest))
        return bool(len(broken))

    def _forbid_month(self, plan: Plan, month: int) -> None:
        """Forbid what breaks P10 in a month: these projects together, unless one joins that may bring cash by then."""
        problem = self._problem
        every = np.arange(problem.paths)
        effects = {number: problem.projects[number].by(start, month, every) for number, start in plan}
        needed = {number: effect for number, effect in effects.items() if effect.any()}
        for number in sorted(needed, key=lambda n: -int(needed[n].sum())):
            rest = [effect for other, effect in needed.items() if other != number]
            if self._breaks(rest, month):
                del needed[number]
        weights = np.zeros(len(self._model.options))
        for place, (number, start) in enumerate(self._model.options):
            effect = problem.projects[number].by(start, month, every)
            if number in needed:
                # Another month of the same project breaks it as well when no path has more cash by it.
                weights[place] = 1.0 if (effect <= needed[number]).all() else 0.0
            elif (effect > 0).any():
                weights[place] = -1.0
        self._model.cut(weights, len(needed) - 1)

    def _breaks(self, effects: list[Ints], month: int) -> bool:
        problem = self._problem
        assert problem.floor is not None
        cash = problem.base[:, month] + sum(effects, np.zeros(problem.paths, dtype=np.int64))
        return int((cash < problem.floor).sum()) > problem.may_fail

    def _mended(self, plan: Plan) -> Plan | None:
        """A plan near this one that holds: without what is worth least, or with it later."""
        problem = self._problem
        tried = 0
        for near in self._nearby(plan):
            # Telling that a limit of number is broken costs nothing, so it is no try.
            if next(problem.counted_breaches(near), None) is not None:
                continue
            tried += 1
            if tried > _TRIED:
                break
            self._alive()
            if near in self._seen or frozenset(n for n, _ in near) in self._barred:
                continue
            self._seen.add(near)
            if problem.holds(near):
                return near
        return None

    def _nearby(self, plan: Plan) -> Iterator[Plan]:
        """Plans that differ in one project, the dearest first; then those that lack two."""
        problem = self._problem
        found: list[tuple[int, Plan]] = []
        for number, start in plan:
            project, others = problem.projects[number], {n: m for n, m in plan if n != number}
            if not project.must:
                found.append((problem.value(plan_of(others)), plan_of(others)))
            for later in project.begins:
                if later != start:
                    other = plan_of({**others, number: later})
                    found.append((problem.value(other), other))
        found.sort(key=lambda one: (-one[0], one[1]))
        yield from (one for _, one in found)
