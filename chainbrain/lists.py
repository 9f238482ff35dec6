"""The lists behind the figures: orders, tenders, payments, bank lines, differences, matches, with filters and order."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from chainbrain.database.book import Book
from chainbrain.database.pages import Pages, parameters
from chainbrain.errors import UserError
from chainbrain.list_kinds import CHANNEL, STATE, Column, ListKind
from chainbrain.money_lists import MONEY_LISTS
from chainbrain.store_lists import STORE_LISTS

__all__ = ["LISTS", "Column", "ListKind", "ListRoom"]


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
                CHANNEL,
                Column("list_amount", "money"),
                Column("amount", "money"),
                Column("status", "word", "order_status"),
                STATE,
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
                STATE,
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
                CHANNEL,
                Column("external_id", "id"),
                Column("kind", "word", "payment_kind"),
                Column("amount", "money"),
                Column("fee", "fine"),
                Column("net", "fine"),
                STATE,
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
                STATE,
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
                CHANNEL,
                Column("external_id", "id"),
                Column("first_day", "day"),
                Column("last_day", "day"),
                Column("gross", "money"),
                Column("fee", "fine"),
                Column("net", "fine"),
                STATE,
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
                CHANNEL,
                Column("external_id", "id"),
                Column("receiver"),
                Column("rule"),
                Column("due", "money"),
                Column("done", "money"),
                STATE,
                Column("reason", "word", "reason"),
                Column("match_id", "key"),
                Column("file", "file"),
                Column("line", "count"),
            ),
            "day, external_id, receiver, due nulls last",
        ),
        ListKind(
            "unknown_deposits",
            (
                Column("difference_id", "key"),
                Column("posted_at", "moment"),
                Column("bank_account", "account"),
                Column("counterparty"),
                Column("memo"),
                Column("amount", "money"),
                Column("state", "word", "difference_state"),
                Column("cause", "word", "cause"),
                Column("note"),
                Column("next_step", "word", "next_step"),
                Column("file", "file"),
                Column("line", "count"),
            ),
            "abs(amount) desc, posted_at, line",
        ),
        *MONEY_LISTS,
        *STORE_LISTS,
        ListKind(
            "differences",
            (
                Column("difference_id", "key"),
                Column("code", "word", "difference"),
                Column("state", "word", "difference_state"),
                Column("business_day", "day"),
                Column("store_id", "store"),
                CHANNEL,
                Column("amount", "fine"),
                Column("due_on", "day"),
                Column("record_type", "word", "record_type"),
                Column("record_id", "key"),
                Column("note"),
                Column("cause", "word", "cause"),
                Column("next_step", "word", "next_step"),
            ),
            "abs(amount) desc, business_day, difference_id",
        ),
    )
}


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
            filters: any of stores (numbers; ``store`` is one alone), channel, first and after (business days, the
                second excluded), state, code, said (a person's last word), leg, text (part of a number, memo or
                counterparty, or an amount), match (a match id), weekday (1 Monday to 7), hour (of the order), daypart,
                product (a group of items), sold (as the receipts count), ids (of differences or bank lines), accounts
                (of bank lines), lacks_items
                (sales whose products are not known), merchant (a number as it is compared), part (of a roll-forward;
                of what lies open: late, short or coming; of what a store keeps: walls), place (of the money map),
                parts, held, until, left and account (of its movements), rule, receiver, counted and executed (of
                splits), channels (several), entity (a legal one), shift (days back that days are compared with) and
                placed (receipts of a known store); a list takes those its rows can answer.
            sort: a column's key and whether descending; the list's own order follows it.

        Raises:
            UserError: ``list.unknown``, ``list.unknown_filter`` or ``list.unknown_column``.
        """
        kind = LISTS.get(name)
        if kind is None:
            raise UserError("list.unknown", name=name)
        given = dict(filters or {})
        known = parameters(kind.query)
        if given.get("store") is not None and given.get("stores") is None and "stores" in known:
            given["stores"] = [given.pop("store")]
        unknown = {key for key, value in given.items() if value is not None} - known
        if unknown:
            raise UserError("list.unknown_filter", name=", ".join(sorted(unknown)))
        # The key ends every order: rows that are equal in it must not change places between two readings.
        order = f"{kind.order}, {kind.columns[0].key}"
        if sort is not None:
            if sort[0] not in {column.key for column in kind.columns}:
                raise UserError("list.unknown_column", name=sort[0])
            order = f"{sort[0]} {'desc' if sort[1] else 'asc'} nulls last, {order}"
        if kind.ready is not None:
            kind.ready(self._book)
        filters_of = {key: kind.defaults.get(key) if given.get(key) is None else given[key] for key in known}
        return Pages(self._book, kind.query, filters_of, order)
