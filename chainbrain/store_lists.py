"""The lists behind the figures of a store: refunds, comparable days, what is taken off, and days that lack."""

from __future__ import annotations

from typing import Final

from chainbrain.list_kinds import STATE, Column, ListKind

STORE_LISTS: Final = (
    ListKind(
        "refunds",
        (
            Column("tender_id", "key"),
            Column("paid_at", "moment"),
            Column("business_day", "day"),
            Column("store_id", "store"),
            Column("order_no", "id"),
            Column("method", "word", "channel"),
            Column("amount", "money"),
            STATE,
            Column("reason", "word", "reason"),
            Column("file", "file"),
            Column("line", "count"),
        ),
        "paid_at, order_no",
    ),
    ListKind(
        "like_days",
        (
            Column("pair_id", "key"),
            Column("store_id", "store"),
            Column("business_day", "day"),
            Column("base_day", "day"),
            Column("amount", "money"),
            Column("base_amount", "money"),
            Column("compared", "word", "compared"),
        ),
        "business_day, store_id",
        defaults={"shift": 7},
    ),
    ListKind(
        "store_parts",
        (
            Column("part_id", "key"),
            Column("subject", "word", "wall"),
            Column("store_id", "store"),
            Column("amount", "fine"),
            Column("note"),
            Column("file", "file"),
            Column("line", "count"),
        ),
        "amount desc",
    ),
    ListKind(
        "missing_days",
        (Column("day_id", "key"), Column("store_id", "store"), Column("business_day", "day")),
        "business_day, store_id",
    ),
)
"""All but the refunds are of a period: they are asked for with its first day and the day after its last."""
