"""What a programme may do: projects, the months in which each may begin, and what it does to the chain's cash."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from enum import StrEnum
from typing import Protocol

import numpy as np

from chainbrain.expansion.draws import MILLION, Ints, correlated, normals, seed_of, two_sided, uniform_of, uniforms
from chainbrain.expansion.programme.inputs import Candidate, ChainCash, Closure, Funding, Programme
from chainbrain.expansion.ranges import Ranges
from chainbrain.expansion.scenario import UNCERTAIN, Scenario
from chainbrain.expansion.simulation import Paths, at_ranks, discount_weights, lives
from chainbrain.expansion.store_case import discount_factors
from chainbrain.money import fen, half_up

FITTING_OUT = 1
"""A store is paid for in the month before its first month of sales."""


class Kind(StrEnum):
    """What a project is; words under ``expansion.project``."""

    OPENING = "opening"
    RELOCATION = "relocation"
    CLOSURE = "closure"
    FUNDING = "funding"


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
class Ending:
    """An effect that ends something that would have run on: ``lost`` is its running total by calendar month."""

    lost: Ints
    once: int

    def at(self, month: int, months: int, paths: int) -> Ints:
        """From the month on, what is no longer earned, and what ending costs."""
        found = np.zeros((paths, months), dtype=np.int64)
        before = self.lost[:, month - 1] if month else np.zeros(len(self.lost), dtype=np.int64)
        found[:, month:] = self.once - (self.lost[:, month:months] - before[:, None])
        return found

    def sums(self, chosen: Ints, begins: range, months: int) -> Ints:
        """Added up over paths first."""
        alone = Ending(self.lost[chosen].sum(axis=0)[None, :], self.once * len(chosen))
        return np.concatenate([alone.at(month, months, 1) for month in begins])


@dataclass(frozen=True)
class Project:
    """Something that may be done once, or not.

    Attributes:
        begins: the months (0 is the first of the programme) in which it may begin.
        values: what it is worth by beginning, in fen of the programme's first month.
        invested: planned capex and deposit in fen.
    """

    name: str
    kind: Kind
    begins: range
    values: tuple[int, ...]
    effects: tuple[Effect, ...]
    invested: int = 0
    region: str = ""
    must: bool = False
    scenario: Scenario | None = None
    ranges: Ranges | None = None
    life: Paths | None = field(default=None, compare=False, repr=False)

    @property
    def opens(self) -> bool:
        """Whether a store is opened by it."""
        return self.kind in (Kind.OPENING, Kind.RELOCATION)

    def value(self, month: int) -> int:
        """What it is worth when it begins in a month."""
        return self.values[month - self.begins.start]

    def at(self, month: int, months: int, paths: int) -> Ints:
        """What it does to the chain's cash by path and month, added up."""
        found = np.zeros((paths, months), dtype=np.int64)
        for effect in self.effects:
            found += effect.at(month, months, paths)
        return found

    def sums(self, chosen: Ints, months: int) -> Ints:
        """The same added up over chosen paths, for every month in which it may begin."""
        found = np.zeros((len(self.begins), months), dtype=np.int64)
        for effect in self.effects:
            found += effect.sums(chosen, self.begins, months)
        return found


def chain_paths(chain: ChainCash, seed: int, paths: int, months: int) -> Ints:
    """The chain's cash at every month's end without the programme, in fen."""
    level = two_sided(_chain_normal(seed, paths), 0, -fen(chain.worse_by), fen(chain.better_by))
    own = normals(uniforms(seed_of(seed, "chain months"), paths, months))
    swing = two_sided(own, 0, -fen(chain.swing), fen(chain.swing))
    planned = np.array(
        [fen(chain.monthly[min(month, len(chain.monthly) - 1)]) for month in range(months)], dtype=np.int64
    )
    running: Ints = fen(chain.opening) + np.cumsum(planned[None, :] + level[:, None] + swing, axis=1)
    return running


def opening_project(
    programme: Programme, candidate: Candidate, inputs: Ranges, closing: tuple[Closure, Ending] | None
) -> Project | None:
    """A store to open, with the closure that goes with it; nothing when no month is left for it."""
    scenario = candidate.scenario
    drawn = uniforms(seed_of(programme.seed, candidate.name), programme.paths, len(UNCERTAIN))
    # The same weather rains on all stores.
    own = normals(drawn[:, 0])
    shared = correlated(_chain_normal(programme.seed, programme.paths), own, programme.chain.correlation)
    drawn[:, 0] = uniform_of(shared)
    life = lives(scenario, inputs, drawn, discount_weights(scenario))
    begins = _begins(programme, candidate.earliest, candidate.latest, FITTING_OUT)
    if not begins:
        return None
    (worth,) = at_ranks(np.sort(life.npv), (50,))
    factors = discount_factors(programme.discount_rate, programme.months)
    values = [_discounted(worth, factors[month - FITTING_OUT]) for month in begins]
    effects: tuple[Effect, ...] = (Shifted(life.running, FITTING_OUT),)
    if closing is not None:
        closed = _closure_values(programme, closing[0], begins)
        values = [one + other for one, other in zip(values, closed, strict=True)]
        effects = (*effects, closing[1])
    return Project(
        name=candidate.name,
        kind=Kind.OPENING if closing is None else Kind.RELOCATION,
        begins=begins,
        values=tuple(values),
        effects=effects,
        invested=fen(scenario.capex + scenario.deposit),
        region=candidate.region,
        must=candidate.must,
        scenario=scenario,
        ranges=inputs,
        life=life,
    )


def closure_effect(programme: Programme, closure: Closure, months: int) -> Ending:
    """What closing does to the chain's cash."""
    own = normals(uniforms(seed_of(programme.seed, closure.name), programme.paths, 1)[:, 0])
    shared = correlated(_chain_normal(programme.seed, programme.paths), own, programme.chain.correlation)
    swing = fen(closure.swing)
    monthly = fen(closure.monthly_cash) + two_sided(shared, 0, -swing, swing)
    runs = np.minimum(np.arange(1, months + 1, dtype=np.int64), closure.remaining)
    return Ending(monthly[:, None] * runs[None, :], fen(closure.deposit - closure.cost))


def closure_project(programme: Programme, closure: Closure, effect: Ending) -> Project | None:
    """A store to close; nothing when no month is left for it."""
    begins = _begins(programme, closure.earliest, closure.latest, 0)
    begins = range(begins.start, min(begins.stop, closure.remaining))
    if not begins:
        return None
    return Project(closure.name, Kind.CLOSURE, begins, _closure_values(programme, closure, begins), (effect,))


def funding_project(programme: Programme, line: Funding) -> Project | None:
    """A line of credit: cash now, instalments later; it is worth what it costs, so that it is drawn only for a need."""
    begins = _begins(programme, line.earliest, line.latest, 0)
    if not begins:
        return None
    loan = line.loan
    running = np.cumsum([[fen(flow) for flow in loan.flows()]], axis=1)
    factors = discount_factors(programme.discount_rate, programme.months + loan.months)
    values = []
    for month in begins:
        costs = [loan.fees, *(one.interest for one in loan.schedule())]
        values.append(-sum(int(half_up(cost * 100 * factors[month + n], 0)) for n, cost in enumerate(costs)))
    return Project(line.name, Kind.FUNDING, begins, tuple(values), (Shifted(running, 0),))


def month_index(programme: Programme, month: date) -> int:
    """How many months after the programme's first one."""
    first = programme.first_month
    return (month.year - first.year) * 12 + month.month - first.month


def month_at(programme: Programme, index: int) -> date:
    """The month so many after the programme's first one."""
    months = programme.first_month.year * 12 + programme.first_month.month - 1 + index
    return date(months // 12, months % 12 + 1, 1)


def _chain_normal(seed: int, paths: int) -> Ints:
    return normals(uniforms(seed_of(seed, "chain"), paths, 1)[:, 0])


def _begins(programme: Programme, earliest: date | None, latest: date | None, lead: int) -> range:
    first = max(lead, month_index(programme, earliest) if earliest else lead)
    last = min(programme.months - 1, month_index(programme, latest) if latest else programme.months - 1)
    return range(first, max(last + 1, first))


def _closure_values(programme: Programme, closure: Closure, begins: range) -> tuple[int, ...]:
    """What is worth to close: the planned months that are no longer earned until the lease ends, and the costs."""
    factors = discount_factors(programme.discount_rate, max(closure.remaining, begins.stop) + 1)
    values = []
    for month in begins:
        kept = sum(factors[month : closure.remaining], Decimal(0))
        worth = (closure.deposit - closure.cost) * factors[month] - closure.monthly_cash * kept
        values.append(int(half_up(worth * 100, 0)))
    return tuple(values)


def _discounted(worth: int, factor: Decimal) -> int:
    whole = int(half_up(factor * MILLION * MILLION, 0))
    return (worth * whole + MILLION * MILLION // 2) // (MILLION * MILLION)
