"""The lists behind the figures: orders, tenders, payments, bank lines, differences, matches, with filters and order."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Final

from chainbrain.database.book import Book
from chainbrain.database.pages import Pages, parameters
from chainbrain.errors import UserError


@dataclass(frozen=True)
class Column:
    """One column of a list: ``key`` names it (words under ``column.<key>``), ``kind`` says how it is shown.

    Kinds: text, id (an external number), money, fine (five decimals), day, moment, count, word (a vocabulary key whose
    prefix is ``words``).
    """

    key: str
    kind: str = "text"
    words: str = ""


@dataclass(frozen=True)
class ListKind:
    """One list that can be opened: its columns in the order of the statement, and the order it starts with."""

    name: str
    columns: tuple[Column, ...]
    order: str
    statement: str = ""
    defaults: Mapping[str, object] = field(default_factory=dict)

    @property
    def query(self) -> str:
        """The statement below ``queries`` that gives the rows."""
        return self.statement or f"lists/{self.name}"


_STATE = Column("state", "word", "state")
_CHANNEL = Column("channel", "word", "channel")

LISTS: Final = {
    kind.name: kind
    for kind in (
        ListKind(
            "orders",
            (
                Column("order_id", "key"),
                Column("ordered_at", "moment"),
                Column("business_day", "day"),
                Column("store_id", "store"),
                Column("order_no", "id"),
                _CHANNEL,
                Column("list_amount", "money"),
                Column("amount", "money"),
                Column("status", "word", "order_status"),
                _STATE,
                Column("reason", "word", "reason"),
                Column("file", "file"),
                Column("line", "count"),
            ),
            "ordered_at, order_no",
        ),
        ListKind(
            "tenders",
            (
                Column("tender_id", "key"),
                Column("paid_at", "moment"),
                Column("store_id", "store"),
                Column("order_no", "id"),
                Column("method", "word", "channel"),
                Column("amount", "money"),
                Column("reference", "id"),
                _STATE,
                Column("reason", "word", "reason"),
                Column("match_id", "key"),
                Column("file", "file"),
                Column("line", "count"),
            ),
            "paid_at, order_no",
        ),
        ListKind(
            "payments",
            (
                Column("payment_id", "key"),
                Column("occurred_at", "moment"),
                Column("store_id", "store"),
                _CHANNEL,
                Column("external_id", "id"),
                Column("kind", "word", "payment_kind"),
                Column("amount", "money"),
                Column("fee", "fine"),
                Column("net", "fine"),
                _STATE,
                Column("reason", "word", "reason"),
                Column("match_id", "key"),
                Column("file", "file"),
                Column("line", "count"),
            ),
            "occurred_at, external_id",
        ),
        ListKind(
            "bank_lines",
            (
                Column("bank_line_id", "key"),
                Column("posted_at", "moment"),
                Column("bank_account", "account"),
                Column("counterparty"),
                Column("memo"),
                Column("amount", "money"),
                Column("balance", "money"),
                _STATE,
                Column("reason", "word", "reason"),
                Column("match_id", "key"),
                Column("file", "file"),
                Column("line", "count"),
            ),
            "posted_at desc, amount desc",
        ),
        ListKind(
            "settlements",
            (
                Column("settlement_id", "key"),
                Column("expected_on", "day"),
                _CHANNEL,
                Column("external_id", "id"),
                Column("first_day", "day"),
                Column("last_day", "day"),
                Column("gross", "money"),
                Column("fee", "fine"),
                Column("net", "fine"),
                _STATE,
                Column("reason", "word", "reason"),
                Column("match_id", "key"),
            ),
            "expected_on desc, net desc",
        ),
        ListKind(
            "splits",
            (
                Column("split_id", "key"),
                Column("day", "day"),
                Column("store_id", "store"),
                _CHANNEL,
                Column("external_id", "id"),
                Column("receiver"),
                Column("rule"),
                Column("due", "money"),
                Column("done", "money"),
                _STATE,
                Column("reason", "word", "reason"),
                Column("match_id", "key"),
                Column("file", "file"),
                Column("line", "count"),
            ),
            "day, external_id, receiver, due nulls last",
        ),
        ListKind(
            "in_transit",
            (
                _CHANNEL,
                Column("standing", "word", "standing"),
                Column("due_on", "day"),
                Column("no", "id"),
                Column("first_day", "day"),
                Column("last_day", "day"),
                Column("bank_account", "account"),
                Column("amount", "money"),
                Column("file", "file"),
                Column("line", "count"),
            ),
            "due_on nulls last, channel, amount desc, no, first_day",
            statement="reports/unsettled",
            defaults={"after": date.max},
        ),
        ListKind(
            "arrivals",
            (
                Column("record_id", "key"),
                Column("day", "day"),
                Column("store_id", "store"),
                _CHANNEL,
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
                _CHANNEL,
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
            "differences",
            (
                Column("difference_id", "key"),
                Column("code", "word", "difference"),
                Column("state", "word", "difference_state"),
                Column("business_day", "day"),
                Column("store_id", "store"),
                _CHANNEL,
                Column("amount", "fine"),
                Column("due_on", "day"),
                Column("record_type", "word", "record_type"),
                Column("record_id", "key"),
                Column("note"),
                Column("cause", "word", "cause"),
            ),
            "abs(amount) desc, business_day, difference_id",
        ),
    )
}

FILTERS: Final = (
    "store", "channel", "first", "after", "state", "code", "leg", "text", "match", "weekday", "hour", "sold",
    "daypart", "late", "ids", "merchant", "part",
    "lacks_items", "product",
)  # fmt: skip


class ListRoom:
    """Opens lists on a reading book."""

    def __init__(self, book: Book) -> None:
        self._book = book

    def open(
        self, name: str, filters: Mapping[str, object] | None = None, sort: tuple[str, bool] | None = None
    ) -> Pages:
        """Open one list.

        Args:
            name: a key of ``LISTS``.
            filters: any of store, channel, first and after (business days, the second excluded), state, code, leg,
                text (part of a number, memo or counterparty, or an amount), match (a match id), weekday (1 Monday to
                7), hour (of the order), daypart, product (a group of items), sold (as the receipts count), late (of
                money on its way), ids (of differences), lacks_items (sales whose products are not known), merchant (a
                number as it is compared) and part (of a roll-forward); a list takes those its rows can answer.
            sort: a column's key and whether descending; the list's own order follows it.

        Raises:
            UserError: ``list.unknown``, ``list.unknown_filter`` or ``list.unknown_column``.
        """
        kind = LISTS.get(name)
        if kind is None:
            raise UserError("list.unknown", name=name)
        given = dict(filters or {})
        known = parameters(kind.query)
        unknown = {key for key, value in given.items() if value is not None} - known
        if unknown:
            raise UserError("list.unknown_filter", name=", ".join(sorted(unknown)))
        # The key ends every order: rows that are equal in it must not change places between two readings.
        order = f"{kind.order}, {kind.columns[0].key}"
        if sort is not None:
            if sort[0] not in {column.key for column in kind.columns}:
                raise UserError("list.unknown_column", name=sort[0])
            order = f"{sort[0]} {'desc' if sort[1] else 'asc'} nulls last, {order}"
        filters_of = {key: kind.defaults.get(key) if given.get(key) is None else given[key] for key in known}
        return Pages(self._book, kind.query, filters_of, order)
