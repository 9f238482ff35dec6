"""The answer to a programme: the plan and its proof, the chain's cash with it, what is next best and why not more."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from chainbrain.expansion.programme.inputs import Programme
from chainbrain.expansion.programme.offers import offers
from chainbrain.expansion.programme.problem import OF_MONEY, Breach, Limit, Plan
from chainbrain.expansion.programme.projects import Kind, month_at
from chainbrain.expansion.result import Note
from chainbrain.money import from_fen

PERCENTS = (10, 30, 50, 70, 90)


@dataclass(frozen=True)
class Entry:
    """One project of a plan: what it is worth today, in fen, and its months.

    Attributes:
        paid: the month in which a store is paid for, or a project begins.
        month: the month in which the lease begins, it closes or is drawn.
        doors: the month in which the doors open: later than ``month`` where a delay is planned.
        grown: the first month at mature sales; nothing for what does not grow.
    """

    name: str
    kind: Kind
    region: str
    month: date
    paid: date
    doors: date
    grown: date | None
    value: int
    invested: int


@dataclass(frozen=True)
class CashMonth:
    """The chain's cash at the end of a month: five quantiles in fen."""

    month: date
    p10: int
    p30: int
    p50: int
    p70: int
    p90: int


@dataclass(frozen=True)
class Standing:
    """One candidate by itself: quantiles of its present value, payback and deepest point (fen, months).

    ``pool`` says which own stores stand for it, where any do.
    """

    name: str
    region: str
    npv: tuple[int, int, int]
    payback: tuple[int | None, int | None, int | None]
    trough: int
    invested: int
    pool: Note | None = None


@dataclass(frozen=True)
class Left:
    """A candidate outside the plan.

    Attributes:
        value: what it is worth in its best month, in fen; nothing when no month is left for it.
        month: the month (by number) in which it would break least; nothing when it is not worth opening.
        breaches: what the plan with it then breaks; nothing when only the accuracy asked for kept it out.
        plan: the plan with it.
    """

    name: str
    value: int | None
    month: int | None
    breaches: tuple[Breach, ...]
    plan: Plan | None

    @property
    def reason(self) -> str:
        """Why it is left: ``no_month``, ``not_worth``, a limit, or ``near`` within the accuracy asked for."""
        if self.value is None:
            return "no_month"
        if self.month is None:
            return "not_worth"
        return self.breach.limit.value if self.breach else "near"

    @property
    def breach(self) -> Breach | None:
        """The limit that says most: one that is counted, else the most money that is lacking; the tail only alone."""
        counted = [one for one in self.breaches if one.limit not in OF_MONEY]
        if counted:
            return counted[0]
        plain = [one for one in self.breaches if one.limit is not Limit.TAIL]
        return max(plain or self.breaches, key=lambda one: one.by, default=None)


@dataclass(frozen=True)
class Alternative:
    """Another plan that holds and is worth little less."""

    plan: Plan
    entries: tuple[Entry, ...]
    value: int


@dataclass(frozen=True)
class Answer:
    """Everything one run found; amounts in fen.

    Attributes:
        plan: what to do; nothing when no plan holds every limit (``breaches`` then says what is broken anyway).
        value: what it is worth in the first month: the P50 of every store, what closures are planned to save, less what
            loans cost.
        bound: no plan that holds is worth more.
        proven: the gap between the two is as small as was asked for; without a plan, that none holds.
        following: the best store that is left, and P10 of the chain's cash with it.
    """

    programme: Programme
    plan: Plan | None
    entries: tuple[Entry, ...]
    value: int
    bound: int
    proven: bool
    rounds: int
    cuts: int
    alternatives: tuple[Alternative, ...]
    left: tuple[Left, ...]
    months: tuple[CashMonth, ...]
    without: tuple[CashMonth, ...]
    following: str | None
    following_poor: tuple[int, ...] | None
    candidates: tuple[Standing, ...]
    breaches: tuple[Breach, ...]

    @property
    def gap(self) -> Decimal:
        """How much more a plan could be worth at most, as a share of the bound."""
        if self.bound <= self.value:
            return Decimal(0)
        return Decimal(self.bound - self.value) / max(abs(self.bound), 1)

    @property
    def opened(self) -> int:
        """How many stores the plan opens."""
        return sum(one.kind in (Kind.OPENING, Kind.RELOCATION) for one in self.entries)

    @property
    def next_left(self) -> Left | None:
        """The best store that is left."""
        return next((one for one in self.left if one.name == self.following), None)

    @property
    def lowest(self) -> CashMonth:
        """The month with the lowest P10."""
        return min(self.months, key=lambda one: (one.p10, one.month))

    def to_mapping(self) -> dict[str, object]:
        """The answer as JSON writes it: amounts as text with two decimals, months as ``2027-01``."""
        return {
            "programme": self.programme.name,
            "seed": self.programme.seed,
            "paths": self.programme.paths,
            "plan": None if self.plan is None else [_entry(one) for one in self.entries],
            "openings": self.opened,
            "value": None if self.plan is None else _yuan(self.value),
            "bound": None if self.plan is None else _yuan(self.bound),
            "gap": None if self.plan is None else f"{self.gap:.6f}",
            "proven": self.proven,
            "rounds": self.rounds,
            "cuts": self.cuts,
            "alternatives": [
                {"value": _yuan(one.value), "plan": [_entry(each) for each in one.entries]} for one in self.alternatives
            ],
            "left": [
                {
                    "name": one.name,
                    "value": None if one.value is None else _yuan(one.value),
                    "reason": one.reason,
                    "opening": None if one.month is None else f"{month_at(self.programme, one.month):%Y-%m}",
                    "breach": None if one.breach is None else breach_facts(self.programme, one.breach),
                }
                for one in self.left
            ],
            "next": self.following,
            "funding": [one.to_mapping() for one in offers(self.programme)],
            "breaches": [breach_facts(self.programme, one) for one in self.breaches],
            "cash": [
                {
                    "month": f"{one.month:%Y-%m}",
                    **{f"p{percent}": _yuan(getattr(one, f"p{percent}")) for percent in PERCENTS},
                    "p10_without": _yuan(before.p10),
                    "p10_with_next": None if self.following_poor is None else _yuan(self.following_poor[number]),
                }
                for number, (one, before) in enumerate(zip(self.months, self.without, strict=True))
            ],
            "candidates": [
                {
                    "name": one.name,
                    "region": one.region,
                    "npv": {"p10": _yuan(one.npv[0]), "p50": _yuan(one.npv[1]), "p90": _yuan(one.npv[2])},
                    "payback_month": dict(zip(("p10", "p50", "p90"), one.payback, strict=True)),
                    "trough": _yuan(one.trough),
                    "invested": _yuan(one.invested),
                    "pool": None if one.pool is None else {"code": one.pool.code, **one.pool.facts},
                }
                for one in self.candidates
            ],
        }


def breach_facts(programme: Programme, breach: Breach) -> dict[str, object]:
    """What is broken, where and by how much: yuan for money, stores otherwise."""
    money = breach.limit in OF_MONEY
    return {
        "limit": breach.limit.value,
        "month": None if breach.month is None else f"{month_at(programme, breach.month):%Y-%m}",
        "by": _yuan(breach.by) if money else breach.by,
        "names": list(breach.names),
    }


def _entry(one: Entry) -> Mapping[str, object]:
    return {
        "name": one.name,
        "kind": one.kind.value,
        "region": one.region,
        "month": f"{one.month:%Y-%m}",
        "paid": f"{one.paid:%Y-%m}",
        "doors": f"{one.doors:%Y-%m}",
        "mature": None if one.grown is None else f"{one.grown:%Y-%m}",
        "value": _yuan(one.value),
        "invested": _yuan(one.invested),
    }


def _yuan(value: int) -> str:
    return f"{from_fen(value):.2f}"
