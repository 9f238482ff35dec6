"""Rules of tax by date: a store that begins in another month of the programme bears other ones."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from typing import Any

from chainbrain.expansion import schedule
from chainbrain.expansion.scenario import Scenario
from chainbrain.expansion.terms import Levy, Tax

Rules = tuple[tuple[Tax | None, ...], ...]


def beginning(scenario: Scenario, month: date) -> Scenario:
    """The store with a lease that begins in a month; where no rule has dates it is the same in every month."""
    return replace(scenario, opening_month=month) if is_dated(scenario) else scenario


def is_dated(scenario: Scenario) -> bool:
    """Whether a rule of tax begins or ends in some month."""
    return any(tax.first or tax.last for tax in scenario.taxes)


def rules(scenario: Scenario) -> Rules:
    """The rules that hold in the months of a lease: of equal ones everything else is equal too."""
    return tuple(tuple(schedule.taxes(scenario, levy)) for levy in Levy)


def with_month(given: Mapping[str, Any], month: str, always: bool = True) -> dict[str, Any]:
    """A store as JSON has it, beginning in a month where its rules of tax have dates; other stores as they are.

    Args:
        given: the store.
        month: as ``2027-01``.
        always: also where it names a month itself; the programme decides when it begins.
    """
    taxes = given.get("taxes")
    dated = isinstance(taxes, list | tuple) and any(
        isinstance(one, Mapping) and (one.get("from") is not None or one.get("to") is not None) for one in taxes
    )
    if not dated or (given.get("opening_month") is not None and not always):
        return dict(given)
    return {**given, "opening_month": month}
