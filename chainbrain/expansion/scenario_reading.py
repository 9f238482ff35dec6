"""Reads the fields of a scenario one by one, each refused by its name when it cannot be right."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal
from typing import Final

from chainbrain.errors import UserError
from chainbrain.expansion import bounds, fields, term_reading
from chainbrain.expansion.chain_cash import ChainCash, balance
from chainbrain.expansion.terms import per_cent

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
    "delay_months",
)
"""The inputs that may carry a range, in the order in which the paths draw them (the order is part of the seed)."""
MONEY: Final = ("mature_monthly_sales", "rent", "labour", "capex")


@dataclass(frozen=True)
class Spread:
    """What an input may turn out to be: one path in ten lies below ``p10``, one in ten above ``p90``.

    Both are in the unit of the input. For ``ramp`` they are the gap to mature sales as a share of the planned gap: 1.3
    is an opening that lacks 30 % more than planned in every month.
    """

    input: str
    p10: Decimal
    p90: Decimal

    def written(self) -> list[object]:
        """As JSON has it."""
        return [written_value(self.input, self.p10), written_value(self.input, self.p90)]


def written_value(name: str, value: Decimal) -> str:
    """A value of an uncertain input as JSON has it."""
    if name in MONEY:
        return f"{value:.2f}"
    return f"{value.normalize():f}" if name == "delay_months" else per_cent(value)


def _month_amount(field: str, value: object) -> Decimal:
    return fields.amount(field, value, bounds.LARGEST_MONTH)


def _investment(field: str, value: object) -> Decimal:
    return fields.amount(field, value, bounds.LARGEST_INVESTMENT)


def _ownership(field: str, value: object) -> str:
    if value not in ("own", "franchise"):
        raise fields.refuse(field, value)
    return str(value)


def _spreads(field: str, value: object) -> tuple[Spread, ...]:
    read: list[Spread] = []
    for name, ends in fields.mapping(field, value).items():
        inside = f"{field}.{name}"
        if name not in UNCERTAIN:
            raise UserError("expansion.field_unknown", field=inside, known=", ".join(UNCERTAIN))
        if not isinstance(ends, list | tuple) or len(ends) != 2:
            raise fields.refuse(inside, ends)
        low, high = (_bound(inside, name, end) for end in ends)
        read.append(Spread(name, min(low, high), max(low, high)))
    return tuple(sorted(read, key=lambda spread: UNCERTAIN.index(spread.input)))


def _bound(inside: str, name: str, value: object) -> Decimal:
    if name == "delay_months":
        return Decimal(fields.whole(inside, value, 0, bounds.LONGEST_DELAY))
    if name == "capex":
        return _investment(inside, value)
    if name in MONEY:
        return _month_amount(inside, value)
    return fields.share(inside, value, bounds.WIDEST_GAP if name == "ramp" else Decimal(1))


def _whole(smallest: int, largest: int) -> Reader:
    return lambda field, value: fields.whole(field, value, smallest, largest)


Reader = Callable[[str, object], object]
READERS: Final[dict[str, Reader]] = {
    "name": fields.text,
    "capex": _investment,
    "capex_items": term_reading.items,
    "deposit": _investment,
    "ramp": lambda field, value: fields.ramp(field, value, bounds.LONGEST_LIFE, bounds.HIGHEST_RAMP),
    "mature_monthly_sales": _month_amount,
    "gross_margin": fields.share,
    "other_variable": fields.share,
    "platform": fields.share,
    "channels": term_reading.channels,
    "rent": _month_amount,
    "rent_steps": term_reading.steps,
    "rent_rise": fields.share,
    "labour": _month_amount,
    "labour_steps": term_reading.steps,
    "labour_by_sales": term_reading.crews,
    "labour_while_waiting": fields.share,
    "life_months": _whole(1, bounds.LONGEST_LIFE),
    "rent_free_months": _whole(0, bounds.LONGEST_LIFE),
    "delay_months": _whole(0, bounds.LONGEST_DELAY),
    "closing_cost": _investment,
    "settlement_days": term_reading.days,
    "taxes": term_reading.taxes,
    "financing": term_reading.financing,
    "discount_rate": fields.share,
    "cannibalisation": fields.share,
    "contribution": fields.share,
    "opening_month": fields.month,
    "cash_floor": balance,
    "opening_cash": balance,
    "chain": lambda field, value: ChainCash.parse(fields.mapping(field, value), field),
    "city": fields.text,
    "ownership": _ownership,
    "format": fields.text,
    "city_tier": fields.text,
    "seed": _whole(0, 2**63 - 1),
    "paths": _whole(100, bounds.MOST_PATHS),
    "spreads": _spreads,
}
