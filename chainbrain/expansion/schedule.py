"""The months of one lease as planned: what rent, labour, investment, loans and taxes ask for; exact yuan."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

from chainbrain.expansion.scenario import Scenario
from chainbrain.expansion.terms import Levy, Step, Tax
from chainbrain.money import half_up


def rents(scenario: Scenario) -> list[Decimal]:
    """The rent of months 1 … life; none in the free months, and each year's rise in whole fen as a lease states it."""
    life = scenario.life_months
    found = _stepped(scenario.rent, scenario.rent_steps, life)
    if scenario.rent_rise:
        found = [half_up(scenario.rent * (1 + scenario.rent_rise) ** (t // 12)) for t in range(life)]
    return [Decimal(0) if t < scenario.rent_free_months else rent for t, rent in enumerate(found)]


def crews(scenario: Scenario) -> list[Decimal]:
    """The labour of months 1 … life of a store that is open, by steps of time; by sales it may be another."""
    return _stepped(scenario.labour, scenario.labour_steps, scenario.life_months)


def labour_at(scenario: Scenario, planned: Decimal, sales: Decimal) -> Decimal:
    """The labour of a month that sells so much, where it goes by sales."""
    for crew in reversed(scenario.labour_by_sales):
        if sales >= crew.sales:
            return crew.amount
    return planned


def planned_labour(scenario: Scenario, number: int, sales: Decimal) -> Decimal:
    """The labour of month ``number`` (from 1) that sells so much, everything else as planned."""
    if number <= scenario.delay:
        return waiting_labour(scenario)
    return labour_at(scenario, crews(scenario)[number - 1], sales)


def waiting_labour(scenario: Scenario) -> Decimal:
    """The labour of a month before the doors open."""
    return half_up(scenario.labour * scenario.labour_while_waiting)


def investments(scenario: Scenario) -> list[Decimal]:
    """The investment without deposit in months 0 … life."""
    found = [Decimal(0)] * (scenario.life_months + 1)
    if not scenario.capex_items:
        found[0] = scenario.capex
    for item in scenario.capex_items:
        found[item.month] += item.amount
    return found


def loan_flows(scenario: Scenario) -> list[Decimal]:
    """What loans bring and take in months 0 … life."""
    return _added([credit.flows(scenario.life_months) for credit in scenario.financing], scenario.life_months)


def loan_costs(scenario: Scenario) -> list[Decimal]:
    """Fees and interest in months 0 … life: what lessens the profit."""
    return _added([credit.costs(scenario.life_months) for credit in scenario.financing], scenario.life_months)


def month_of(opening: date | None, number: int | None) -> date | None:
    """The calendar month of a month number of the life: 1 is the opening month, 0 the one before."""
    if opening is None or number is None:
        return None
    months = opening.year * 12 + opening.month - 2 + number
    return date(months // 12, months % 12 + 1, 1)


def taxes(scenario: Scenario, levy: Levy) -> list[Tax | None]:
    """The rule of a kind that holds in months 1 … life."""
    rules = [tax for tax in scenario.taxes if tax.levy is levy]
    months = [month_of(scenario.opening_month, t) for t in range(1, scenario.life_months + 1)]
    return [next((tax for tax in rules if tax.holds(month)), None) for month in months]


def with_input(scenario: Scenario, name: str, value: Decimal) -> Scenario:
    """The scenario with one uncertain input at another value; what stands in steps or items goes with it."""
    changed: dict[str, Any] = {name: value}
    before: Decimal = getattr(scenario, name) or Decimal(0)
    if name == "delay_months":
        return replace(scenario, delay_months=min(int(half_up(value, 0)), scenario.life_months - 1))
    factor = value / before if before else Decimal(1)
    for field in _TOGETHER.get(name, ()):
        changed[field] = tuple(replace(one, amount=one.amount * factor) for one in getattr(scenario, field))
    return replace(scenario, **changed)


_TOGETHER = {
    "capex": ("capex_items",),
    "rent": ("rent_steps",),
    "labour": ("labour_steps", "labour_by_sales"),
}


def _stepped(base: Decimal, steps: Sequence[Step], life: int) -> list[Decimal]:
    found, at = [], base
    begins = {step.month: step.amount for step in steps}
    for t in range(1, life + 1):
        at = begins.get(t, at)
        found.append(at)
    return found


def _added(rows: list[list[Decimal]], life: int) -> list[Decimal]:
    return [sum(column, Decimal(0)) for column in zip(*rows, strict=True)] if rows else [Decimal(0)] * (life + 1)
