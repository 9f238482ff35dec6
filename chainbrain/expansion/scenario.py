"""One new store as the owner describes it: what goes in, what it should sell, what it costs every month."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, Any, Final

from chainbrain.errors import UserError
from chainbrain.expansion import fields

if TYPE_CHECKING:
    from chainbrain.expansion.own_stores import StoreTemplate

# Bounds that keep every sum of the simulation inside 64-bit whole numbers of fen.
LARGEST_INVESTMENT: Final = Decimal(100_000_000)
LARGEST_MONTH: Final = Decimal(20_000_000)
LONGEST_LIFE: Final = 120
HIGHEST_RAMP: Final = Decimal(2)
WIDEST_GAP: Final = Decimal(3)
MOST_PATHS: Final = 20_000

USUAL_RAMP: Final = tuple(Decimal(p) / 100 for p in (50, 60, 70, 80, 85, 90, 95, 100))
"""The ramp assumed while the chain has no opening of its own to learn from."""

UNCERTAIN: Final = (
    "mature_monthly_sales",
    "ramp",
    "gross_margin",
    "other_variable",
    "platform",
    "rent",
    "labour",
    "capex",
    "cannibalisation",
)
"""The inputs that may carry a range, in the order in which the paths draw them (the order is part of the seed)."""


@dataclass(frozen=True)
class Spread:
    """What an input may turn out to be: one path in ten lies below ``p10``, one in ten above ``p90``.

    Both are in the unit of the input. For ``ramp`` they are the gap to mature sales as a share of the planned gap: 1.3
    is an opening that lacks 30 % more than planned in every month.
    """

    input: str
    p10: Decimal
    p90: Decimal


@dataclass(frozen=True)
class Scenario:
    """The inputs of one store; amounts in yuan (per month unless it is capex or deposit), shares as fractions.

    Attributes:
        name: what the owner calls the store; may be empty.
        capex: fitting-out and equipment, paid before the first month.
        deposit: paid before the first month, given back in the last.
        ramp: share of mature sales month by month; the last one holds for the rest of the life.
        gross_margin: share of sales left after goods.
        other_variable: share of sales that goes with sales (packing, water and power, fees of the wallets).
        platform: share of sales that platforms and wallets keep.
        life_months: length of the lease.
        discount_rate: a year; monthly it is (1 + rate)^(1/12) − 1.
        rent_free_months: months of the life, from the first, in which no rent is due.
        cannibalisation: share of the new store's sales that own stores lose.
        contribution: share of those lost sales that would have stayed as money.
        opening_month: first day of the first month of sales.
        cash_floor: the chain's cash must not fall below it.
        opening_cash: the chain's cash before the investment.
        city: only own stores of this city count for the spread of sales, when there are enough.
        ownership: ``own`` or ``franchise``, likewise.
        spreads: ranges the owner has typed in; the rest comes from own stores or from stated assumptions.
        taken: the fields that were not typed but taken from the chain's own stores.
    """

    capex: Decimal
    mature_monthly_sales: Decimal
    gross_margin: Decimal
    rent: Decimal
    labour: Decimal
    contribution: Decimal
    name: str = ""
    deposit: Decimal = Decimal(0)
    ramp: tuple[Decimal, ...] = USUAL_RAMP
    other_variable: Decimal = Decimal(0)
    platform: Decimal = Decimal(0)
    life_months: int = 36
    rent_free_months: int = 0
    discount_rate: Decimal = Decimal("0.10")
    cannibalisation: Decimal = Decimal(0)
    opening_month: date | None = None
    cash_floor: Decimal | None = None
    opening_cash: Decimal | None = None
    city: str | None = None
    ownership: str | None = None
    seed: int = 20_260_101
    paths: int = 2_000
    spreads: tuple[Spread, ...] = ()
    taken: frozenset[str] = frozenset()

    @property
    def own_contribution(self) -> Decimal:
        """What stays of one yuan of the store's own sales before rent and labour."""
        return self.gross_margin - self.other_variable - self.platform

    def spread(self, name: str) -> Spread | None:
        """The range typed in for an input."""
        return next((spread for spread in self.spreads if spread.input == name), None)

    @classmethod
    def parse(cls, given: Mapping[str, object], template: StoreTemplate | None = None) -> Scenario:
        """Read a scenario as it stands in JSON.

        Sales, ramp and rent that are left out are taken from the chain's own stores where there are any. Nothing else
        is filled in silently; an unknown name is refused, because a misspelt field would be a wrong answer.

        Raises:
            UserError: ``expansion.field_unknown``, ``field_missing``, ``field_unreadable``, ``field_out_of_range``,
                ``field_one_is_ambiguous``; ``facts`` name the field.
        """
        wanted = fields.mapping("scenario", given)
        for name in wanted:
            if name not in _READERS:
                raise UserError("expansion.field_unknown", field=name, known=", ".join(_READERS))
        # Each reader gives its own field's type.
        values: dict[str, Any] = {
            name: _READERS[name](name, value) for name, value in wanted.items() if value is not None
        }
        from_stores = (
            {} if template is None else template.inputs(_text(values.get("city")), _text(values.get("ownership")))
        )
        taken = {name: value for name, value in from_stores.items() if name in _TAKEN and name not in values}
        values |= taken
        for name in _NEEDED:
            if name not in values:
                raise UserError("expansion.field_missing", field=name)
        if "contribution" not in values:
            values["contribution"] = _default_contribution(values)
        made = cls(**values, taken=frozenset(taken))
        _check(made)
        return made

    @classmethod
    def example(cls, template: StoreTemplate | None = None) -> Scenario:
        """A scenario to begin with: the chain's own figures where it has any, round assumptions for the rest."""
        given: dict[str, object] = {
            "capex": 450_000, "deposit": 60_000, "mature_monthly_sales": 220_000, "gross_margin": "62%",
            "other_variable": "8%", "platform": "6%", "rent": 22_000, "labour": 46_000, "life_months": 36,
            "discount_rate": "10%", "ramp": [int(step * 100) for step in USUAL_RAMP],
        }  # fmt: skip
        start = cls.parse(given)
        if template is None:
            return start
        from_stores = template.inputs(None, None)
        values: dict[str, Any] = {**vars(start), **from_stores, "taken": frozenset(from_stores)}
        values["contribution"] = _default_contribution(values)
        return cls(**values)

    def to_mapping(self) -> dict[str, object]:
        """The scenario as JSON writes it and ``parse`` reads it back."""
        shares = ("gross_margin", "other_variable", "platform", "discount_rate", "cannibalisation", "contribution")
        amounts = ("capex", "deposit", "mature_monthly_sales", "rent", "labour", "cash_floor", "opening_cash")
        written: dict[str, object] = {"name": self.name}
        for name in amounts:
            value = getattr(self, name)
            written[name] = None if value is None else f"{value:.2f}"
        for name in shares:
            written[name] = per_cent(getattr(self, name))
        written |= {
            "ramp": [per_cent(step) for step in self.ramp],
            "life_months": self.life_months,
            "rent_free_months": self.rent_free_months,
            "opening_month": f"{self.opening_month:%Y-%m}" if self.opening_month else None,
            "city": self.city,
            "ownership": self.ownership,
            "seed": self.seed,
            "paths": self.paths,
            "spreads": {
                spread.input: [_written(spread.input, spread.p10), _written(spread.input, spread.p90)]
                for spread in self.spreads
            },
        }
        return written


def per_cent(value: Decimal) -> str:
    """A share as people write it: 0.62 is ``62%``, 0.065 is ``6.5%``."""
    return f"{(value * 100).normalize():f}%"


def _written(name: str, value: Decimal) -> str:
    return f"{value:.2f}" if name in _MONEY else per_cent(value)


def _text(value: object) -> str | None:
    return value if isinstance(value, str) else None


def _default_contribution(values: Mapping[str, Any]) -> Decimal:
    margin, other, platform = (values.get(name, Decimal(0)) for name in ("gross_margin", "other_variable", "platform"))
    return max(Decimal(margin - other - platform), Decimal(0))


def _check(scenario: Scenario) -> None:
    if scenario.cash_floor is not None and scenario.opening_cash is None:
        raise UserError("expansion.floor_needs_opening_cash", field="opening_cash")


def _month_amount(field: str, value: object) -> Decimal:
    return fields.amount(field, value, LARGEST_MONTH)


def _investment(field: str, value: object) -> Decimal:
    return fields.amount(field, value, LARGEST_INVESTMENT)


def _balance(field: str, value: object) -> Decimal:
    return fields.amount(field, value, LARGEST_INVESTMENT * 100, -LARGEST_INVESTMENT * 100)


def _ownership(field: str, value: object) -> str:
    if value not in ("own", "franchise"):
        raise fields.refuse(field, value)
    return str(value)


def _spreads(field: str, value: object) -> tuple[Spread, ...]:
    read: list[Spread] = []
    for name, bounds in fields.mapping(field, value).items():
        inside = f"{field}.{name}"
        if name not in UNCERTAIN:
            raise UserError("expansion.field_unknown", field=inside, known=", ".join(UNCERTAIN))
        if not isinstance(bounds, list | tuple) or len(bounds) != 2:
            raise fields.refuse(inside, bounds)
        low, high = (_bound(inside, name, bound) for bound in bounds)
        read.append(Spread(name, min(low, high), max(low, high)))
    return tuple(sorted(read, key=lambda spread: UNCERTAIN.index(spread.input)))


def _bound(inside: str, name: str, value: object) -> Decimal:
    if name == "capex":
        return _investment(inside, value)
    if name in _MONEY:
        return _month_amount(inside, value)
    return fields.share(inside, value, WIDEST_GAP if name == "ramp" else Decimal(1))


_Reader = Callable[[str, object], object]
_MONEY: Final = ("mature_monthly_sales", "rent", "labour", "capex")
_NEEDED: Final = ("capex", "ramp", "mature_monthly_sales", "gross_margin", "rent", "labour")
_TAKEN: Final = ("mature_monthly_sales", "ramp", "rent")
_READERS: Final[dict[str, _Reader]] = {
    "name": fields.text,
    "capex": _investment,
    "deposit": _investment,
    "ramp": lambda field, value: fields.ramp(field, value, LONGEST_LIFE, HIGHEST_RAMP),
    "mature_monthly_sales": _month_amount,
    "gross_margin": fields.share,
    "other_variable": fields.share,
    "platform": fields.share,
    "rent": _month_amount,
    "labour": _month_amount,
    "life_months": lambda field, value: fields.whole(field, value, 1, LONGEST_LIFE),
    "rent_free_months": lambda field, value: fields.whole(field, value, 0, LONGEST_LIFE),
    "discount_rate": fields.share,
    "cannibalisation": fields.share,
    "contribution": fields.share,
    "opening_month": fields.month,
    "cash_floor": _balance,
    "opening_cash": _balance,
    "city": fields.text,
    "ownership": _ownership,
    "seed": lambda field, value: fields.whole(field, value, 0, 2**63 - 1),
    "paths": lambda field, value: fields.whole(field, value, 100, MOST_PATHS),
    "spreads": _spreads,
}
