"""One new store as the owner describes it: what goes in, what it should sell, what it costs every month."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, Any, Final

from chainbrain.errors import UserError
from chainbrain.expansion import fields
from chainbrain.expansion.chain_cash import ChainCash
from chainbrain.expansion.consistency import completed
from chainbrain.expansion.scenario_reading import READERS, Spread
from chainbrain.expansion.terms import Channel, Credit, Crew, Item, Step, Tax, per_cent
from chainbrain.own_openings import Traits

if TYPE_CHECKING:
    from chainbrain.expansion.own_stores import StoreTemplate

USUAL_RAMP: Final = tuple(Decimal(p) / 100 for p in (50, 60, 70, 80, 85, 90, 95, 100))
"""The ramp assumed while the chain has no opening of its own to learn from."""
USUAL_PATHS: Final = 50_000
"""So many that P10, P50 and P90 move by less than 1 % of the distance between P10 and P90 with another seed."""


@dataclass(frozen=True)
class Scenario:
    """The inputs of one store; amounts in yuan (per month unless it is capex or deposit), shares as fractions.

    Attributes:
        name: what the owner calls the store; may be empty.
        capex: fitting-out and equipment, paid before the first month unless ``capex_items`` say when.
        deposit: paid before the first month, given back in the last.
        ramp: share of mature sales month by month of selling; the last one holds for the rest of the life.
        gross_margin: share of sales left after goods.
        other_variable: share of sales that goes with sales (packing, water and power, fees of the wallets).
        platform: share of sales that platforms and wallets keep; with ``channels`` it is what these come to.
        life_months: length of the lease.
        discount_rate: a year; monthly it is (1 + rate)^(1/12) − 1.
        rent_free_months: months of the life, from the first, in which no rent is due.
        rent_steps: the rent from later months on; ``rent_rise`` is a share by which it rises every twelve months.
        labour_steps: the labour from later months on; ``labour_by_sales`` by what a month sells.
        delay_months: months of the lease that pass before the doors open: rent runs, nothing is sold. Nothing (not 0)
            means that nobody thought of it, and then it is not uncertain either.
        labour_while_waiting: share of the labour that is paid in those months.
        closing_cost: paid in the last month.
        settlement_days: days until sales are in the bank.
        taxes: rules of tax, assumptions of the owner.
        financing: loans drawn with the investment.
        cannibalisation: share of the new store's sales that own stores lose.
        contribution: share of those lost sales that would have stayed as money.
        opening_month: first day of the first month of the lease, in which sales begin unless they are delayed.
        cash_floor: the chain's cash must not fall below it.
        opening_cash: the chain's cash before the investment; ``chain`` tells how it goes on without the store.
        city: only own stores of this city count for the spread of sales, when there are enough.
        ownership: ``own`` or ``franchise``, likewise.
        format: as the list of stores calls it, likewise; ``city_tier`` too.
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
    capex_items: tuple[Item, ...] = ()
    deposit: Decimal = Decimal(0)
    ramp: tuple[Decimal, ...] = USUAL_RAMP
    other_variable: Decimal = Decimal(0)
    platform: Decimal = Decimal(0)
    channels: tuple[Channel, ...] = ()
    life_months: int = 36
    rent_free_months: int = 0
    rent_steps: tuple[Step, ...] = ()
    rent_rise: Decimal = Decimal(0)
    labour_steps: tuple[Step, ...] = ()
    labour_by_sales: tuple[Crew, ...] = ()
    labour_while_waiting: Decimal = Decimal(0)
    delay_months: int | None = None
    closing_cost: Decimal = Decimal(0)
    settlement_days: Decimal = Decimal(0)
    taxes: tuple[Tax, ...] = ()
    financing: tuple[Credit, ...] = ()
    discount_rate: Decimal = Decimal("0.10")
    cannibalisation: Decimal = Decimal(0)
    opening_month: date | None = None
    cash_floor: Decimal | None = None
    opening_cash: Decimal | None = None
    chain: ChainCash | None = None
    city: str | None = None
    ownership: str | None = None
    format: str | None = None
    city_tier: str | None = None
    seed: int = 20_260_101
    paths: int = USUAL_PATHS
    spreads: tuple[Spread, ...] = ()
    taken: frozenset[str] = frozenset()

    @property
    def own_contribution(self) -> Decimal:
        """What stays of one yuan of the store's own sales before rent and labour."""
        return self.gross_margin - self.other_variable - self.platform

    @property
    def delay(self) -> int:
        """Months of the lease without sales, as planned."""
        return self.delay_months or 0

    @property
    def traits(self) -> Traits:
        """What the store is like, as far as anybody said."""
        return Traits(self.format, self.ownership, self.city, self.city_tier)

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
                ``field_one_is_ambiguous``, ``field_conflict``, ``field_twice``, ``shares_not_whole``; ``facts`` name
                the field by its path.
        """
        wanted = fields.mapping("scenario", given)
        for name in wanted:
            if name not in READERS:
                raise UserError("expansion.field_unknown", field=name, known=", ".join(READERS))
        # Each reader gives its own field's type.
        values: dict[str, Any] = {
            name: READERS[name](name, value) for name, value in wanted.items() if value is not None
        }
        like = Traits(*(values.get(name) for name in ("format", "ownership", "city", "city_tier")))
        from_stores = {} if template is None else template.inputs(like)
        taken = {name: value for name, value in from_stores.items() if name in _TAKEN and name not in values}
        return cls(**completed(values | taken), taken=frozenset(taken))

    @classmethod
    def example(cls, template: StoreTemplate | None = None) -> Scenario:
        """A scenario to begin with: the chain's own figures where it has any, round assumptions for the rest."""
        given: dict[str, object] = {
            "capex": 450_000, "deposit": 60_000, "mature_monthly_sales": 220_000, "gross_margin": "62%",
            "other_variable": "8%", "platform": "6%", "rent": 22_000, "labour": 46_000, "life_months": 36,
            "discount_rate": "10%", "ramp": [int(step * 100) for step in USUAL_RAMP], "delay_months": 0,
        }  # fmt: skip
        start = cls.parse(given)
        if template is None:
            return start
        from_stores = template.inputs(Traits())
        values: dict[str, Any] = {**vars(start), **from_stores, "taken": frozenset(from_stores)}
        del values["contribution"]
        return cls(**completed(values))

    def to_mapping(self) -> dict[str, object]:
        """The scenario as JSON writes it and ``parse`` reads it back."""
        written: dict[str, object] = {"name": self.name}
        for name in _AMOUNTS:
            value = getattr(self, name)
            written[name] = None if value is None else f"{value:.2f}"
        for name in _SHARES:
            written[name] = per_cent(getattr(self, name))
        for name in _LISTS:
            written[name] = [one.written() for one in getattr(self, name)]
        return written | {
            "ramp": [per_cent(step) for step in self.ramp],
            "life_months": self.life_months,
            "rent_free_months": self.rent_free_months,
            "delay_months": self.delay_months,
            "settlement_days": f"{self.settlement_days.normalize():f}",
            "opening_month": f"{self.opening_month:%Y-%m}" if self.opening_month else None,
            "chain": self.chain.written() if self.chain else None,
            "city": self.city,
            "ownership": self.ownership,
            "format": self.format,
            "city_tier": self.city_tier,
            "seed": self.seed,
            "paths": self.paths,
            "spreads": {spread.input: spread.written() for spread in self.spreads},
        }


_TAKEN: Final = ("mature_monthly_sales", "ramp", "rent")
_AMOUNTS: Final = (
    "capex", "deposit", "mature_monthly_sales", "rent", "labour", "closing_cost", "cash_floor", "opening_cash",
)  # fmt: skip
_SHARES: Final = (
    "gross_margin", "other_variable", "platform", "discount_rate", "cannibalisation", "contribution", "rent_rise",
    "labour_while_waiting",
)  # fmt: skip
_LISTS: Final = ("capex_items", "rent_steps", "labour_steps", "labour_by_sales", "channels", "taxes", "financing")
