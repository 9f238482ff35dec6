"""What the screen begins with: own stores, an example filled from them, the candidates; and a store for a programme."""

from __future__ import annotations

from typing import TYPE_CHECKING

from chainbrain.expansion.own_stores import StoreTemplate
from chainbrain.expansion.scenario import Scenario
from chainbrain.progress import Report

if TYPE_CHECKING:
    from chainbrain.workspace import Rooms

# What a programme has once for all of its stores.
_SHARED = ("seed", "paths", "opening_month", "cash_floor", "opening_cash", "discount_rate")


def experience(rooms: Rooms, _report: Report) -> tuple[StoreTemplate, Scenario, tuple[dict[str, object], ...]]:
    """Read the chain's own stores, an example, and the table of candidates."""
    template = rooms.expansion.template()
    return template, rooms.expansion.example(template), rooms.expansion.candidates()


def store_of(scenario: Scenario) -> dict[str, object]:
    """The part of a scenario that is one store of a programme."""
    return {key: value for key, value in scenario.to_mapping().items() if key not in _SHARED and value is not None}
