"""What a programme may do: projects, the months in which each may begin, and what it does to the chain's cash."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from enum import StrEnum

import numpy as np

from chainbrain.expansion.chain_cash import weather
from chainbrain.expansion.describing import at_ranks, by_month
from chainbrain.expansion.drawing import Stream, values
from chainbrain.expansion.draws import MILLION, Ints, correlated, normals, seed_of, two_sided, uniforms
from chainbrain.expansion.kernel import Lives, lives
from chainbrain.expansion.lease_plan import Plan
from chainbrain.expansion.programme.dated import Rules, beginning, rules
from chainbrain.expansion.programme.effects import ByMonth, Effect, Ending, Shifted, compact
from chainbrain.expansion.programme.inputs import Programme
from chainbrain.expansion.programme.terms import Candidate, Closure, Funding
from chainbrain.expansion.ranges import Ranges
from chainbrain.expansion.scenario import Scenario
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


@dataclass(frozen=True)
class Project:
    """Something that may be done once, or not.

    Attributes:
        begins: the months (0 is the first of the programme) in which it may begin.
        values: what it is worth by beginning, in fen of the programme's first month.
        invested: planned capex and deposit in fen.
        after: months after its beginning until it has taken most of the chain's cash.
        until: months of the programme until what it ends early would have ended anyway.
    """

    name: str
    kind: Kind
    begins: range
    values: tuple[int, ...]
    effects: tuple[Effect, ...]
    invested: int = 0
    after: int = FITTING_OUT
    until: int = 0
    region: str = ""
    must: bool = False
    scenario: Scenario | None = None
    ranges: Ranges | None = None
    life: Lives | None = field(default=None, compare=False, repr=False)

    @property
    def opens(self) -> bool:
        """Whether a store is opened by it."""
        return self.kind in (Kind.OPENING, Kind.RELOCATION)

    @property
    def delay(self) -> int:
        """Planned months between its beginning, in which the lease does, and the month in which the doors open."""
        return self.scenario.delay if self.scenario is not None else 0

    def watched(self, month: int) -> int:
        """How many months of the programme have to be looked at when it begins in ``month``."""
        return max(month + 1 + self.after, self.until)

    def value(self, month: int) -> int:
        """What it is worth when it begins in a month."""
        return self.values[month - self.begins.start]

    def at(self, month: int, months: int, paths: int) -> Ints:
        """What it does to the chain's cash by path and month, added up."""
        found = np.zeros((paths, months), dtype=np.int64)
        for effect in self.effects:
            found += effect.at(month, months, paths)
        return found

    def by(self, month: int, end: int, chosen: Ints) -> Ints:
        """The same of chosen paths at the end of one month, when it begins in ``month``."""
        found = np.zeros(len(chosen), dtype=np.int64)
        for effect in self.effects:
            found += effect.by(month, end, chosen)
        return found

    def sums(self, chosen: Ints, end: int) -> Ints:
        """That added up over the paths, for every month in which it may begin."""
        return np.array([self.by(month, end, chosen).sum() for month in self.begins], dtype=np.int64)


def opening_project(
    programme: Programme, candidate: Candidate, inputs: Ranges, closing: tuple[Closure, Ending] | None
) -> Project:
    """A store to open, with the closure that goes with it; ``begins`` is empty when no month is left for it."""
    scenario = candidate.scenario
    # The same weather rains on all stores.
    weather = (programme.seed, programme.chain.correlation)
    drawn = Stream(seed_of(programme.seed, candidate.name), weather).take(programme.paths)
    begins = _begins(programme, candidate.earliest, candidate.latest, FITTING_OUT)
    first = beginning(scenario, month_at(programme, begins.start))
    # The month of its beginning changes nothing but the rules of tax.
    plan, inputs_of = Plan.of(first), values(first, inputs, drawn)
    life = lives(plan, inputs_of, with_sales=False)
    known = {rules(first): _Begun.of(life)}
    found = _begun(
        programme, scenario, known, lambda begun: lives(plan.taxed_as(begun), inputs_of, with_sales=False), begins
    )
    factors = discount_factors(programme.discount_rate, programme.months)
    worth = [_discounted(one.worth, factors[month - FITTING_OUT]) for month, one in zip(begins, found, strict=True)]
    effects: tuple[Effect, ...] = (_effect(found, begins) if begins else Shifted(compact(life.running), FITTING_OUT),)
    if closing is not None:
        closed = _closure_values(programme, closing[0], begins)
        worth = [one + other for one, other in zip(worth, closed, strict=True)]
        effects = (*effects, closing[1])
    return Project(
        name=candidate.name,
        kind=Kind.OPENING if closing is None else Kind.RELOCATION,
        begins=begins,
        values=tuple(worth),
        effects=effects,
        invested=fen(scenario.capex + scenario.deposit),
        after=max((one.deepest for one in found), default=FITTING_OUT),
        until=0 if closing is None else _given_up(closing[1]),
        region=candidate.region,
        must=candidate.must,
        scenario=scenario,
        ranges=inputs,
        life=life,
    )


@dataclass(frozen=True)
class _Begun:
    """What is kept of the paths of a store that begins in some months: no more, since there may be many of them."""

    worth: int
    effect: Shifted
    deepest: int

    @classmethod
    def of(cls, life: Lives) -> _Begun:
        (worth,) = at_ranks(np.sort(life.npv), (50,))
        return cls(worth, Shifted(compact(life.running), FITTING_OUT), _deepest(life))


def _begun(
    programme: Programme,
    scenario: Scenario,
    known: dict[Rules, _Begun],
    paths: Callable[[Scenario], Lives],
    begins: range,
) -> list[_Begun]:
    """The store by the month in which it begins; only rules of tax with dates tell one month from another."""
    found: list[_Begun] = []
    for month in begins:
        begun = beginning(scenario, month_at(programme, month))
        held = rules(begun)
        if held not in known:
            known[held] = _Begun.of(paths(begun))
        found.append(known[held])
    return found


def _effect(found: Sequence[_Begun], begins: range) -> Effect:
    if all(one is found[0] for one in found):
        return found[0].effect
    return ByMonth({month: one.effect for month, one in zip(begins, found, strict=True)})


def closure_effect(programme: Programme, closure: Closure) -> Ending:
    """What closing does to the chain's cash."""
    own = normals(uniforms(seed_of(programme.seed, closure.name), programme.paths, 1)[:, 0])
    shared = correlated(weather(programme.seed, programme.paths), own, programme.chain.correlation)
    swing = fen(closure.swing)
    monthly = fen(closure.monthly_cash) + two_sided(shared, 0, -swing, swing)
    return Ending(monthly, closure.remaining, fen(closure.cost), fen(closure.deposit))


def closure_project(programme: Programme, closure: Closure, effect: Ending) -> Project | None:
    """A store to close; nothing when no month is left for it."""
    begins = _begins(programme, closure.earliest, closure.latest, 0)
    begins = range(begins.start, min(begins.stop, closure.remaining))
    if not begins:
        return None
    values = _closure_values(programme, closure, begins)
    return Project(closure.name, Kind.CLOSURE, begins, values, (effect,), until=_given_up(effect))


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
    return Project(line.name, Kind.FUNDING, begins, tuple(values), (Shifted(running, 0),), after=loan.months)


def month_index(programme: Programme, month: date) -> int:
    """How many months after the programme's first one."""
    first = programme.first_month
    return (month.year - first.year) * 12 + month.month - first.month


def month_at(programme: Programme, index: int) -> date:
    """The month so many after the programme's first one."""
    months = programme.first_month.year * 12 + programme.first_month.month - 1 + index
    return date(months // 12, months % 12 + 1, 1)


def _begins(programme: Programme, earliest: date | None, latest: date | None, lead: int) -> range:
    first = max(lead, month_index(programme, earliest) if earliest else lead)
    last = min(programme.months - 1, month_index(programme, latest) if latest else programme.months - 1)
    return range(first, max(last + 1, first))


def _deepest(life: Lives) -> int:
    """The month (0 is the investment) in which the poor tenth of the paths of a store stands lowest."""
    poor = [month for (month,) in by_month(life.running, (10,))]
    return max(poor.index(min(poor)), FITTING_OUT)


def _given_up(effect: Ending) -> int:
    """How many months a closure has to be watched: it may take cash as long as the lease would have run."""
    return effect.remaining + 1 if effect.deposit or (effect.monthly > 0).any() else 0


def _closure_values(programme: Programme, closure: Closure, begins: range) -> tuple[int, ...]:
    """What is worth to close: planned months that are no longer earned, the costs, and the deposit had earlier."""
    end = closure.remaining
    factors = discount_factors(programme.discount_rate, max(end, begins.stop) + 1)
    values = []
    for month in begins:
        # After the lease nothing is left to end, and the deposit is back already.
        kept = sum(factors[month:end], Decimal(0))
        earlier = closure.deposit * (factors[month] - factors[end]) - closure.cost * factors[month]
        worth = earlier - closure.monthly_cash * kept if month < end else Decimal(0)
        values.append(int(half_up(worth * 100, 0)))
    return tuple(values)


def _discounted(worth: int, factor: Decimal) -> int:
    whole = int(half_up(factor * MILLION * MILLION, 0))
    return (worth * whole + MILLION * MILLION // 2) // (MILLION * MILLION)
