"""The months of one lease in whole fen and millionths, ready for many lives at once."""

from __future__ import annotations

from dataclasses import dataclass, replace
from decimal import Decimal

import numpy as np

from chainbrain.expansion import schedule
from chainbrain.expansion.draws import MILLION, Ints
from chainbrain.expansion.scenario import Scenario
from chainbrain.expansion.store_case import discount_factors
from chainbrain.expansion.terms import Levy
from chainbrain.money import fen, half_up


@dataclass(frozen=True)
class Plan:
    """What the months of a lease ask for; arrays over months 1 … life unless said otherwise.

    Amounts in fen, shares in millionths. ``*_follows`` tells how far an amount goes with the drawn one of its kind;
    ``lacking`` are the months of the ramp, the last of which holds for the rest; ``invested``, ``fixed``, ``loans``,
    ``costs`` and the limbs ``high`` and ``low`` of the discount factors begin with month 0.
    """

    scenario: Scenario
    lacking: Ints
    rent: Ints
    rent_follows: Ints
    labour: Ints
    labour_follows: Ints
    invested: Ints
    fixed: Ints
    loans: Ints
    costs: Ints
    high: Ints
    low: Ints
    levies: tuple[Levied, ...]

    @classmethod
    def of(cls, scenario: Scenario) -> Plan:
        """The plan of one scenario."""
        life = scenario.life_months
        steps = scenario.ramp[:life]
        rents, crews = schedule.rents(scenario), schedule.crews(scenario)
        fixed = np.zeros(life + 1, dtype=np.int64)
        fixed[0] = -fen(scenario.deposit)
        fixed[-1] += fen(scenario.deposit) - fen(scenario.closing_cost)
        loans = in_fen(schedule.loan_flows(scenario))
        high, low = weights(scenario)
        return cls(
            scenario=scenario,
            lacking=in_millionths([1 - step for step in steps]),
            rent=in_fen(rents),
            rent_follows=in_millionths([part_of(rent, scenario.rent) for rent in rents]),
            labour=in_fen(crews),
            labour_follows=in_millionths([part_of(crew, scenario.labour) for crew in crews]),
            invested=in_fen(schedule.investments(scenario)),
            fixed=fixed + loans,
            loans=loans,
            costs=in_fen(schedule.loan_costs(scenario)),
            high=high,
            low=low,
            levies=tuple(_levied(scenario)),
        )

    def taxed_as(self, scenario: Scenario) -> Plan:
        """The same lease with the rules of tax of a scenario that differs from this one in the month it begins."""
        return replace(self, scenario=scenario, levies=tuple(_levied(scenario)))

    @property
    def same_rent(self) -> bool:
        """Whether every month asks for the rent as it is drawn."""
        return bool((self.rent_follows == MILLION).all() and (self.rent == fen(self.scenario.rent)).all())

    @property
    def same_labour(self) -> bool:
        """Whether every open month asks for the labour as it is drawn."""
        same = (self.labour_follows == MILLION).all() and (self.labour == fen(self.scenario.labour)).all()
        return bool(same) and not self.scenario.labour_by_sales

    @property
    def same_months(self) -> bool:
        """Whether a grown store brings as much in every month, apart from what is fixed."""
        return self.same_rent and self.same_labour and not self.levies and not self.scenario.settlement_days

    @property
    def asks_sales(self) -> bool:
        """Whether what is paid goes by the sales of the month."""
        scenario = self.scenario
        return bool(self.levies or scenario.labour_by_sales or scenario.settlement_days)


@dataclass(frozen=True)
class Levied:
    """The rules of one tax by month: rates in millionths (0 where none holds), the free amount in fen (−1: none)."""

    levy: Levy
    rate: Ints
    surcharge: Ints
    free_up_to: Ints


def _levied(scenario: Scenario) -> list[Levied]:
    found = []
    for levy in Levy:
        rules = schedule.taxes(scenario, levy)
        if any(rules):
            free = [-1 if rule is None or rule.free_up_to is None else fen(rule.free_up_to) for rule in rules]
            found.append(
                Levied(
                    levy,
                    in_millionths([rule.rate if rule else Decimal(0) for rule in rules]),
                    in_millionths([rule.surcharge if rule else Decimal(0) for rule in rules]),
                    np.array(free, dtype=np.int64),
                )
            )
    return found


def part_of(amount: Decimal, base: Decimal) -> Decimal:
    """How far an amount goes with its base."""
    return amount / base if base else Decimal(0)


def in_fen(amounts: list[Decimal]) -> Ints:
    """Yuan as whole fen."""
    return np.array([fen(amount) for amount in amounts], dtype=np.int64)


def in_millionths(shares: list[Decimal]) -> Ints:
    """Shares as whole millionths."""
    return np.array([int(half_up(share * MILLION, 0)) for share in shares], dtype=np.int64)


def weights(scenario: Scenario) -> tuple[Ints, Ints]:
    """The discount factors of every month in two limbs of millionths."""
    factors = discount_factors(scenario.discount_rate, scenario.life_months)
    high, low = zip(*(divmod(int(half_up(one * MILLION * MILLION, 0)), MILLION) for one in factors), strict=True)
    return np.array(high, dtype=np.int64), np.array(low, dtype=np.int64)
