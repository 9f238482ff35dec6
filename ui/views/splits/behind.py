"""Which rows a figure of the splits adds up."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from chainbrain.splits.monthly import MonthlyDue
    from chainbrain.splits.room import CollectedForOthers
    from chainbrain.splits.rules import SplitSum

PARTS_OF: Final = {"parts": None, "due": None, "done": "matched", "waiting": "timing", "wrong": "difference"}
"""The columns of the page of sums, and the state of the parts in each; nothing for all that channels owe."""


def behind(page: str, row: Any, key: str) -> tuple[str, dict[str, object], str] | None:
    """The list that a figure of a page was added up from, its filters and what it is called; nothing where none is."""
    if row is None:
        return None
    if page == "unreckoned":
        return *row.opens, f"{row.store} {row.rule} · {row.month:%Y-%m}"
    if page == "moved":
        # The lines of the order, else of the days around the movement.
        return *row.opens, " · ".join([row.number or row.merchant_no, f"{row.day:%Y-%m-%d}"])
    if page == "sums" and key in PARTS_OF:
        return "splits", parts_behind(row, key), f"{row.rule} · {row.month:%Y-%m}"
    if page == "collected" and key == "amount":
        return "payments", collected_behind(row), row.name or row.store
    if page == "collected" and key == "split":
        return "splits", {**collected_behind(row), "state": "matched"}, row.name or row.store
    if page == "dues" and key == "due" and row.base is None:
        return "splits", due_behind(row), f"{row.rule} · {row.month:%Y-%m}"
    if page == "dues" and key == "split" and not row.on_account:
        return "splits", {**due_behind(row), "executed": True}, f"{row.rule} · {row.month:%Y-%m}"
    return None


def due_behind(row: MonthlyDue) -> dict[str, object]:
    """The filters of the list of splits: all parts of a rule in a month, whoever is to split them."""
    return {
        "store": row.store,
        "first": row.month,
        "after": (row.month + timedelta(days=31)).replace(day=1),
        "rule": row.rule_id,
        "receiver": row.receiver,
    }


def parts_behind(row: SplitSum, key: str) -> dict[str, object]:
    """The filters of the list of splits."""
    return {
        "store": row.store,
        "placed": None if row.store else False,
        "first": row.month,
        "after": (row.month + timedelta(days=31)).replace(day=1),
        "rule": row.rule_id,
        "receiver": row.receiver,
        "counted": True,
        "state": PARTS_OF[key],
    }


def collected_behind(row: CollectedForOthers) -> dict[str, object]:
    """The filters of the list of payments: what came in for a store under a number that is not its own."""
    return {"store": row.store, "channel": row.channel, "merchant": row.merchant_no, "counted": True}
