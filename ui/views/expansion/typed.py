"""What is typed into the form of one store, as a scenario has it."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any, Final

from chainbrain.expansion.scenario import Scenario
from ui.views.expansion.fields import MORE_FIELDS

FOLLOWS: Final = {"capex_items": "capex", "channels": "platform", "chain": "opening_cash"}
"""What is typed in one field follows from a list, once it has entries."""
_SEPARATORS: Final = re.compile(r"[\s,，、;；%]+")


def typed_ramp(text: str) -> list[str]:
    """Steps in per cent however they were set apart."""
    return [f"{step}%" for step in _SEPARATORS.split(text) if step]


def given(base: Scenario | None, typed: Mapping[str, object], lists: Mapping[str, Any]) -> dict[str, object]:
    """The scenario as JSON has it.

    Args:
        base: the scenario that was shown; what no field shows stays as it has it.
        typed: the fields by name.
        lists: the lists and the chain's cash; a field that follows from one of them is left to it.
    """
    found: dict[str, object] = {**(base.to_mapping() if base is not None else {}), **typed, **lists}
    for source, name in FOLLOWS.items():
        if lists.get(source):
            found[name] = None
    if any(row.get("settlement_days") for row in lists["channels"]):
        found["settlement_days"] = None
    return {key: value for key, value in found.items() if value is not None}


def says_more(scenario: Scenario, usual: Scenario) -> bool:
    """Whether a scenario uses what only some stores need."""
    return any(getattr(scenario, spec.name) not in (getattr(usual, spec.name), 0, None) for spec in MORE_FIELDS)
