"""The lists behind the figures of a store: refunds, comparable days, what is taken off, and days that lack."""

from __future__ import annotations

from typing import Final

from chainbrain.list_kinds import CHANNEL, STATE, Column, ListKind

# A day of a store, and the day that it is compared with.
_PAIR: Final = (
    Column("pair_id", "key"),
    Column("store_id", "store"),
    Column("business_day", "day"),
    Column("base_day", "day"),
)


def _like(name: str, *parts: Column, divided: str = "") -> ListKind:
    """One part of the days that can be compared, beside the same part of the days they are compared with."""
    return ListKind(
        name,
        (
            *_PAIR,
            *parts,
            Column("amount", "money"),
            Column("base_amount", "money"),
        ),
        "business_day, store_id",
        "lists/like_parts" if divided else "",
        {"shift": 7, "divided": divided} if divided else {"shift": 7},
    )


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
            *_PAIR,
            Column("amount", "money"),
            Column("base_amount", "money"),
            Column("compared", "word", "compared"),
        ),
        "business_day, store_id",
        defaults={"shift": 7},
    ),
    # Both are told of one column; the one that is not asked for stays hidden.
    _like("like_channels", CHANNEL, Column("daypart", "key"), divided="channel"),
    _like("like_dayparts", Column("channel", "key"), Column("daypart", "word", "daypart"), divided="daypart"),
    _like("like_products", Column("product")),
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
