"""What each report can be narrowed to; what it has no use for is refused, so that its head says what was applied."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from chainbrain.errors import UserError

DAYS: Final = "days"
_DAYS: Final = ("first", "after", "period", "month", "week")
_STORES: Final = ("store", "stores", "group")
_OPTIONS: Final = {"stores": "store", "first": "month", "after": "month", "period": "month"}
"""What a person types for a filter whose name on the command line is another."""

TAKES: Final[Mapping[str, frozenset[str]]] = {
    name: frozenset(takes.split())
    for name, takes in {
        "overview": "days stores", "weekly": "days stores", "store-sheet": "days stores",
        "store-league": "days stores", "change": "days stores", "busy-hours": "days stores",
        "industry": "days stores", "work-list": "days stores", "differences": "days stores channel code state",
        "in-transit": "days channel", "fee-audit": "days stores channel merchant",
        "claim-letter": "days stores channel merchant state", "arrivals": "days stores channel merchant",
        "payout-habits": "channel merchant", "splits": "days stores", "split-rules": "stores channel",
        "split-dues": "days stores", "split-findings": "days stores channel state",
        "split-moved": "days stores channel", "split-soon": "stores channel",
        "split-collected": "days stores channel", "store-ledger": "days stores", "statement": "days stores",
        "money-map": "days stores entity", "cash": "entity payments", "cash-plan": "entity",
        "cash-compare": "entity", "forecast-accuracy": "", "receipts": "", "store-events": "stores",
        "cash-ladder": "entity payments", "cash-replay": "entity", "store-template": "", "board-pack": "scenario",
        "vouchers": "days stores", "month-end": "days", "matches": "stores channel state kind",
        "completeness": "days stores channel", "row-states": "leg", "history": "days step",
    }.items()
}  # fmt: skip
"""By report: ``days``, ``stores`` and the names of other filters; of a filter that is here every table makes use."""

_OF_ONE: Final = frozenset({"money-map"})
_SEVERAL: Final = frozenset({"group"})
"""Reports of one store or of all: several are nothing they can tell."""
_BY_MONTH: Final = frozenset({"store-ledger", "statement", "vouchers", "month-end"})
"""Their rows are months: a week is nothing they can tell."""


def takes(name: str, key: str) -> bool:
    """Whether a report makes use of a filter as ``room.make`` names them."""
    if (key == "week" and name in _BY_MONTH) or (key in _SEVERAL and name in _OF_ONE):
        return False
    return (DAYS if key in _DAYS else "stores" if key in _STORES else key) in TAKES[name]


def narrowed(name: str, given: Mapping[str, object]) -> tuple[dict[str, object], tuple[str, ...]]:
    """What of the given filters a report makes use of, and the names of those it has no use for."""
    said = {key: value for key, value in given.items() if value is not None}
    return {key: value for key, value in said.items() if takes(name, key)}, tuple(
        key for key in said if not takes(name, key)
    )


def check(name: str, given: Mapping[str, object]) -> None:
    """Refuse what a report cannot be narrowed to.

    Raises:
        UserError: ``report.not_taken``, or ``report.takes_nothing`` for one that cannot be narrowed at all.
    """
    known = {*_DAYS, *_STORES, *(key for keys in TAKES.values() for key in keys)}
    if useless := [key for key in narrowed(name, given)[1] if key in known]:
        able = [other for other in TAKES if all(takes(other, key) for key in useless)]
        raise UserError(
            "report.not_taken" if told(name) else "report.takes_nothing",
            name=name,
            filters=tuple(dict.fromkeys(f"--{_OPTIONS.get(key, key)}" for key in useless)),
            reports=", ".join(able) or "—",
            takes=told(name),
        )


def told(name: str) -> str:
    """What a report can be narrowed to, by the options of the command line; empty for nothing."""
    options = ("store", "group", "month", "week", "channel", "merchant", "scenario", "step")
    return " ".join(f"--{option}" for option in options if takes(name, option))
