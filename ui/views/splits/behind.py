"""Which parts a figure of a split rule adds up."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from chainbrain.splits.room import CollectedForOthers
    from chainbrain.splits.rules import SplitSum

PARTS_OF: Final = {"parts": None, "due": None, "done": "matched", "waiting": "timing", "wrong": "difference"}
"""The columns of the page of sums, and the state of the parts in each; nothing for all that channels owe."""


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
