"""The inputs of one store as the form shows them: group, unit, limits."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from enum import Enum

from chainbrain.expansion.bounds import LARGEST_INVESTMENT, LARGEST_MONTH, LONGEST_DELAY, LONGEST_LAG, LONGEST_LIFE
from chainbrain.expansion.programme.reading import LONGEST, MOST_CANDIDATES
from ui.theme.translator import marked, translate


class Unit(Enum):
    """How a field is written: yuan, per cent of something, whole months, a number of stores."""

    YUAN = "yuan"
    PER_CENT = "per cent"
    PER_YEAR = "per cent a year"
    MONTHS = "months"
    STORES = "stores"
    DAYS = "days"


@dataclass(frozen=True)
class FieldSpec:
    """One input: its name in the scenario, the group it stands in, its unit and its largest value as typed."""

    name: str
    group: str
    unit: Unit
    largest: Decimal
    smallest: Decimal = Decimal(0)
    optional: bool = False
    places: int = 0

    @property
    def is_share(self) -> bool:
        """Whether the field is typed in per cent."""
        return self.unit in {Unit.PER_CENT, Unit.PER_YEAR}


_HUNDRED = Decimal(100)
INVESTMENT, BUSINESS, FIXED, RECKONING = (
    marked("Investment"),
    marked("Trade"),
    marked("Fixed, every month"),
    marked("Reckoning"),
)

FIELDS = (
    FieldSpec("capex", INVESTMENT, Unit.YUAN, LARGEST_INVESTMENT),
    FieldSpec("deposit", INVESTMENT, Unit.YUAN, LARGEST_INVESTMENT),
    FieldSpec("mature_monthly_sales", BUSINESS, Unit.YUAN, LARGEST_MONTH),
    FieldSpec("gross_margin", BUSINESS, Unit.PER_CENT, _HUNDRED),
    FieldSpec("platform", BUSINESS, Unit.PER_CENT, _HUNDRED),
    FieldSpec("other_variable", BUSINESS, Unit.PER_CENT, _HUNDRED),
    FieldSpec("cannibalisation", BUSINESS, Unit.PER_CENT, _HUNDRED),
    FieldSpec("contribution", BUSINESS, Unit.PER_CENT, _HUNDRED),
    FieldSpec("rent", FIXED, Unit.YUAN, LARGEST_MONTH),
    FieldSpec("labour", FIXED, Unit.YUAN, LARGEST_MONTH),
    FieldSpec("life_months", RECKONING, Unit.MONTHS, Decimal(LONGEST_LIFE), Decimal(1)),
    FieldSpec("discount_rate", RECKONING, Unit.PER_YEAR, _HUNDRED),
)

MORE_FIELDS = (
    FieldSpec("delay_months", "", Unit.MONTHS, Decimal(LONGEST_DELAY), optional=True),
    FieldSpec("labour_while_waiting", "", Unit.PER_CENT, _HUNDRED, optional=True),
    FieldSpec("rent_free_months", "", Unit.MONTHS, Decimal(LONGEST_LIFE), optional=True),
    FieldSpec("rent_rise", "", Unit.PER_YEAR, _HUNDRED, optional=True),
    FieldSpec("settlement_days", "", Unit.DAYS, LONGEST_LAG, optional=True, places=1),
    FieldSpec("closing_cost", "", Unit.YUAN, LARGEST_INVESTMENT, optional=True),
)

FOOT_FIELDS = (
    FieldSpec("opening_cash", "", Unit.YUAN, LARGEST_INVESTMENT * 100, -LARGEST_INVESTMENT * 100, optional=True),
    FieldSpec("cash_floor", "", Unit.YUAN, LARGEST_INVESTMENT * 100, -LARGEST_INVESTMENT * 100, optional=True),
)

CHAIN, LIMITS = marked("Cash of the chain"), marked("Limits")

_LEAST_CASH, _MOST_CASH = -LARGEST_INVESTMENT * 100, LARGEST_INVESTMENT * 100
_MOST_STORES = Decimal(MOST_CANDIDATES)

PROGRAMME_FIELDS = (
    FieldSpec("chain.opening_cash", CHAIN, Unit.YUAN, _MOST_CASH, _LEAST_CASH),
    FieldSpec("chain.monthly_cash", CHAIN, Unit.YUAN, _MOST_CASH, _LEAST_CASH),
    FieldSpec("chain.worse_by", CHAIN, Unit.YUAN, LARGEST_MONTH * 10),
    FieldSpec("limits.cash_floor", LIMITS, Unit.YUAN, _MOST_CASH, _LEAST_CASH, optional=True),
    FieldSpec("limits.budget", LIMITS, Unit.YUAN, _MOST_CASH, optional=True),
    FieldSpec("limits.openings_per_month", LIMITS, Unit.STORES, _MOST_STORES, optional=True),
    FieldSpec("limits.openings", LIMITS, Unit.STORES, _MOST_STORES, optional=True),
    FieldSpec("limits.managed_at_once", LIMITS, Unit.STORES, _MOST_STORES, optional=True),
    FieldSpec("months", RECKONING, Unit.MONTHS, Decimal(LONGEST), Decimal(1)),
    FieldSpec("discount_rate", RECKONING, Unit.PER_YEAR, _HUNDRED),
)


def unit_words(unit: Unit) -> str:
    """A unit as it stands behind a figure."""
    words = {
        Unit.YUAN: translate("¥"), Unit.PER_CENT: "%", Unit.PER_YEAR: translate("%/year"),
        Unit.MONTHS: translate("mo."), Unit.STORES: translate("stores"), Unit.DAYS: translate("days"),
    }  # fmt: skip
    return words[unit]


def shown(spec: FieldSpec, value: Decimal | int | None) -> Decimal | None:
    """Return a scenario's value as it is typed: shares in per cent."""
    if value is None:
        return None
    number = Decimal(value)
    return (number * 100).normalize() + 0 if spec.is_share else number


def written(spec: FieldSpec, value: Decimal | None) -> str | int | None:
    """Return a typed value as the scenario reads it."""
    if value is None:
        return None
    if spec.is_share:
        return f"{value:f}%"
    return int(value) if spec.unit in {Unit.MONTHS, Unit.STORES} else f"{value:f}"
