"""Reports on 分账: the rules, what receivers are due, how it was split, what is left, what went wrong or waits."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from chainbrain.reports.filters import CHANNEL, Column, Filters, counts, frame, money, report
from chainbrain.reports.tables import Report, ReportColumn, ReportTable, told
from chainbrain.splits import drafts
from chainbrain.splits.room import SplitRoom

if TYPE_CHECKING:
    from chainbrain.database.book import Book

_WHOSE = (Column("month", "date"), Column("store_id", "id"), Column("split_rule"), Column("receiver"))
_BASIS, _WAY = Column("split_basis", "word", "split_basis"), Column("split_way", "word", "split_way")


def splits(book: Book, filters: Filters) -> Report:
    """Sums per month, store, agreement and receiver; the claims on each month; the differences with their orders."""
    tables = (
        _agreed(book, filters), _claims(book, filters), _unreckoned(book, filters), _wrong(book, filters),
        _moved(book, filters),
    )  # fmt: skip
    return report("splits", tables, filters)


def rules(book: Book, filters: Filters) -> Report:
    """The rules as they stand, every version of them; of certain stores those for all as well."""
    columns = (
        Column("split_rule"), Column("store_id", "id"), CHANNEL, Column("product_group"), Column("receiver"),
        Column("receiver_kind", "word", "split_receiver"), Column("receiver_account", "account"), _BASIS, _WAY,
        Column("split_value"), Column("split_cap", "percent"), Column("valid_from", "date"), Column("valid_to", "date"),
    )  # fmt: skip
    rows = [
        (
            one.name, one.store, one.channel, one.category, one.receiver, one.receiver_kind, one.account, one.basis,
            one.way, drafts.value_text(one), one.cap, one.valid_from, one.valid_to,
        )
        for one in SplitRoom(book).rules()
        if (filters.stores is None or one.store is None or one.store in filters.stores)
        and filters.channel in {None, one.channel}
    ]  # fmt: skip
    return report("split-rules", (_table("split-rules", columns, rows),), filters)


def dues(book: Book, filters: Filters) -> Report:
    """What each agreement gives on the months of each store, beside what was split of it already."""
    return report("split-dues", (_claims(book, filters, "split-dues"), _unreckoned(book, filters)), filters)


def findings(book: Book, filters: Filters) -> Report:
    """Every difference of the split leg with its order."""
    return report("split-findings", (_wrong(book, filters, "split-findings"),), filters)


def moved(book: Book, filters: Filters) -> Report:
    """Splits whose money did not move as the split bill says."""
    return report("split-moved", (_moved(book, filters, "split-moved"),), filters)


def soon(book: Book, filters: Filters) -> Report:
    """Parts that were not split yet and whose money is released within days."""
    columns = (
        Column("split_released", "date"), *counts("split_days"), Column("store_id", "id"), CHANNEL,
        Column("order_number", "id"), Column("split_rule"), Column("receiver"), *money("amount"),
        Column("remark", "message"),
    )  # fmt: skip
    rows = [
        (
            one.released_on, one.days, one.store, one.channel, one.number, one.rule, one.receiver, one.amount,
            told("splits.freeze_assumed", {}) if one.assumed else None,
        )
        for one in SplitRoom(book).soon()
        if (filters.stores is None or one.store in filters.stores) and filters.channel in {None, one.channel}
    ]  # fmt: skip
    return report("split-soon", (_table("split-soon", columns, rows, "amount"),), filters)


def collected(book: Book, filters: Filters) -> Report:
    """Receipts of franchise stores in the name of the chain, by merchant number."""
    columns = (
        Column("store_id", "id"), Column("store"), CHANNEL, Column("merchant_no", "account"), Column("legal_entity"),
        *counts("split_stores"), *money("split_collected", "split_done"),
    )  # fmt: skip
    room = SplitRoom(book)
    rows = [
        (one.store, one.name, one.channel, one.merchant_no, one.legal_entity, one.stores, one.amount, one.split)
        for store in _stores(filters)
        for one in room.collected_for_others(filters.first, filters.after, store)
        if filters.channel in {None, one.channel}
    ]
    return report(
        "split-collected", (_table("split-collected", columns, rows, "split_collected", "split_done"),), filters
    )


def _agreed(book: Book, filters: Filters) -> ReportTable:
    flows = ("split_due", "split_agreed", "split_waiting", "split_wrong")
    room = SplitRoom(book)
    rows = [
        (one.month, one.store, one.rule, one.receiver, one.parts, one.due, one.done, one.waiting, one.wrong)
        for store in _stores(filters)
        for one in room.sums(filters.first, filters.after, store)
    ]
    return _table("splits", (*_WHOSE, *counts("split_parts"), *money(*flows)), rows, "split_parts", *flows)


def _claims(book: Book, filters: Filters, name: str = "splits_dues") -> ReportTable:
    flows = ("split_due", "split_done", "split_left")
    room = SplitRoom(book)
    rows = [
        (
            one.month, one.store, one.rule, one.receiver, one.basis, one.way, one.base, one.due, one.split, one.left,
        )
        for store in _stores(filters)
        for one in room.dues(filters.first, filters.after, store)
    ]  # fmt: skip
    return _table(name, (*_WHOSE, _BASIS, _WAY, *money("split_base", *flows)), rows, *flows)


def _unreckoned(book: Book, filters: Filters) -> ReportTable:
    columns = (*_WHOSE, _BASIS, *money("split_taxed"), *counts("days_unknown"), Column("cause", "word", "cause"))
    room = SplitRoom(book)
    rows = [
        (one.month, one.store, one.rule, one.receiver, one.basis, one.taxed, one.days, one.why)
        for store in _stores(filters)
        for one in room.unreckoned(filters.first, filters.after, store)
    ]
    return _table("splits_unreckoned", columns, rows)


def _wrong(book: Book, filters: Filters, name: str = "splits_findings") -> ReportTable:
    columns = (
        Column("state", "word", "difference_state"), Column("cause", "word", "cause"), Column("business_day", "date"),
        Column("store_id", "id"), CHANNEL, Column("order_number", "id"), Column("split_rule"), Column("receiver"),
        *money("sale_amount", "split_due", "split_done", "split_effect"), Column("split_went_to"),
        *money("split_went"), Column("split_released", "date"), Column("note"),
    )  # fmt: skip
    room = SplitRoom(book)
    rows = [
        (
            one.state, one.cause, one.day, one.store, one.channel, one.number, one.rule, one.receiver, one.sale_amount,
            one.due, one.done, one.effect, one.went_to, one.went, one.due_on, one.note,
        )
        for store in _stores(filters)
        for one in room.findings(filters.first, filters.after, store)
        if filters.state in {None, one.state} and filters.channel in {None, one.channel}
    ]  # fmt: skip
    return _table(name, columns, rows, "split_effect")


def _moved(book: Book, filters: Filters, name: str = "splits_moved") -> ReportTable:
    columns = (
        Column("cause", "word", "split_moved"), Column("day", "date"), Column("store_id", "id"), CHANNEL,
        Column("merchant_no", "account"), Column("order_number", "id"), Column("split_number", "id"), *counts("items"),
        *money("split_billed", "split_moved", "difference"),
    )  # fmt: skip
    room = SplitRoom(book)
    rows = [
        (
            one.code, one.day, one.store, one.channel, one.merchant_no, one.order_no, one.number, one.items, one.due,
            one.moved, one.difference,
        )
        for store in _stores(filters)
        for one in room.moved(filters.first, filters.after, store).findings
        if filters.channel in {None, one.channel}
    ]  # fmt: skip
    return _table(name, columns, rows)


def _stores(filters: Filters) -> tuple[str | None, ...]:
    return (None,) if filters.stores is None else tuple(filters.stores)


def _table(
    name: str, columns: tuple[ReportColumn, ...], rows: Sequence[tuple[object, ...]], *totals: str
) -> ReportTable:
    return ReportTable(name, columns, frame(columns, rows), totals)
