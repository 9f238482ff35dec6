"""The lists of where money is: on its way, arrived, in drawers, and still open."""

from __future__ import annotations

from datetime import date
from typing import Final

from chainbrain.cash import moneymap
from chainbrain.list_kinds import CHANNEL, Column, ListKind

MONEY_LISTS: Final = (
    ListKind(
        "arrivals",
        (
            Column("record_id", "key"),
            Column("day", "day"),
            Column("store_id", "store"),
            CHANNEL,
            Column("merchant", "id"),
            Column("part", "word", "part"),
            Column("no", "id"),
            Column("memo"),
            Column("amount", "fine"),
            Column("file", "file"),
            Column("line", "count"),
        ),
        "day, no, amount",
    ),
    ListKind(
        "receipt_days",
        (
            Column("day_id", "key"),
            Column("business_day", "day"),
            Column("store_id", "store"),
            CHANNEL,
            Column("gross", "money"),
            Column("refunded", "money"),
            Column("amount", "money"),
        ),
        "business_day, store_id, channel",
    ),
    ListKind(
        "top_ups",
        (
            Column("record_id", "key"),
            Column("day", "day"),
            Column("store_id", "store"),
            Column("record_type", "word", "record_type"),
            Column("code", "word", "voucher_left_out"),
            Column("no", "id"),
            Column("amount", "money"),
            Column("file", "file"),
            Column("line", "count"),
        ),
        "day, store_id, no, amount desc",
    ),
    ListKind(
        "cash_counts",
        (
            Column("cash_count_id", "key"),
            Column("business_day", "day"),
            Column("store_id", "store"),
            Column("shift"),
            Column("cashier"),
            Column("opening_float", "money"),
            Column("drawer_sales", "money"),
            Column("drawer_refunds", "money"),
            Column("paid_out", "money"),
            Column("banked", "money"),
            Column("counted", "money"),
            Column("file", "file"),
            Column("line", "count"),
        ),
        "business_day, store_id, shift",
    ),
    ListKind(
        "open_at",
        (
            Column("open_id", "key"),
            CHANNEL,
            Column("merchant", "id"),
            Column("standing", "word", "standing"),
            Column("due_on", "day"),
            Column("no", "id"),
            Column("first_day", "day"),
            Column("last_day", "day"),
            Column("amount", "fine"),
            Column("file", "file"),
            Column("line", "count"),
        ),
        "due_on nulls last, first_day, no",
    ),
    ListKind(
        "lying_at",
        (
            Column("lying_id", "key"),
            CHANNEL,
            Column("merchant", "id"),
            Column("place", "word", "place"),
            Column("standing", "word", "standing"),
            Column("due_on", "day"),
            Column("no", "id"),
            Column("first_day", "day"),
            Column("last_day", "day"),
            Column("amount", "fine"),
            Column("file", "file"),
            Column("line", "count"),
        ),
        "due_on nulls last, first_day, no",
        defaults={"after": date.max},
        ready=moneymap.flowing,
    ),
    ListKind(
        "map_moves",
        (
            Column("move_id", "key"),
            Column("day", "day"),
            CHANNEL,
            Column("merchant", "id"),
            Column("bank_account", "account"),
            Column("store_id", "store"),
            Column("place", "word", "place"),
            Column("part", "word", "map_move"),
            Column("amount", "fine"),
        ),
        "day, channel, part, place",
        defaults={"first": date.min, "after": date.min, "until": date.min, "parts": [], "held": [], "left": False},
        ready=moneymap.ready,
    ),
)
