"""The money of a month's pack: what stores sold, what is on its way by channel, what differs, what stores are owed."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from typing import TYPE_CHECKING, Any, Final

from chainbrain.closing.differences import Found
from chainbrain.closing.ledger import StoreLedger
from chainbrain.closing.transit import ChannelRoll, TransitRoll
from chainbrain.money import half_up
from chainbrain.reports.filters import CHANNEL, Column, counts, frame, money
from chainbrain.reports.tables import Link, ReportTable
from chainbrain.vouchers.facts import Fact

if TYPE_CHECKING:
    from chainbrain.database.book import Book

ZERO = Decimal("0.00")


class Numbers:
    """The numbers, files and lines of records, read once for all of a table."""

    def __init__(self, book: Book) -> None:
        self._book = book

    def of(self, ids: Sequence[str]) -> dict[str, tuple[Any, ...]]:
        """By id: number, file, line."""
        found = self._book.rows("reports/numbers", ids=list(ids)) if ids else []
        return {row[0]: row[1:] for row in found}


_LOCAL: Final = {"cash": "cash", "card": "stored_value"}


def stores_table(facts: Sequence[Fact], names: dict[str, str]) -> ReportTable:
    """What each store sold, by channel, and what was charged for it."""
    flows = {
        "receipts": "gross", "unidentified": "gross", "cash_sales": "gross", "card_use": "gross", "refunds": "refunds",
        "cash_refunds": "refunds", "fees": "fees", "adjustments": "other", "wallet_other": "other",
        "wallet_split": "other", "split_received": "other", "card_money": "other", "card_cash": "other",
    }  # fmt: skip
    sums: dict[tuple[str, str], dict[str, Decimal]] = {}
    items: dict[tuple[str, str], int] = {}
    for one in facts:
        if (flow := flows.get(one.kind)) is None:
            continue
        local = "cash" if one.kind == "card_cash" else _LOCAL.get(one.kind.partition("_")[0], "other")
        key = one.store or "", one.channel or local
        held = sums.setdefault(key, dict.fromkeys(("gross", "refunds", "fees", "other"), ZERO))
        held[flow] += one.amount
        items[key] = items.get(key, 0) + (one.items if flow == "gross" else 0)
    columns = (
        Column("store_id", "id"), Column("store"), CHANNEL, *money("gross", "refunds", "fees", "other", "net"),
        *counts("items"),
    )  # fmt: skip
    rows = [
        (
            store or None, names.get(store), channel, one["gross"], one["refunds"], one["fees"], one["other"],
            one["gross"] - one["refunds"] - one["fees"] + one["other"], items[store, channel],
        )
        for (store, channel), one in sorted(sums.items())
    ]  # fmt: skip
    links = (
        Link("channel", "close_channels", (("channel", "channel"),)),
        Link("store_id", "vouchers", (("store_id", "store_id"),)),
    )
    totals = ("gross", "refunds", "fees", "other", "net", "items")
    return ReportTable("close_stores", columns, frame(columns, rows), totals, links=links)


def channels_table(roll: TransitRoll) -> ReportTable:
    """Money on its way from channel to channel, rolled forward from the month before."""
    flows = (
        "opening",
        "gross",
        "refunds",
        "fees",
        "other",
        "received",
        "adjustments",
        "prior",
        "closing",
        "unsettled",
        "gap",
    )
    columns = (CHANNEL, *money(*flows))
    rows = [_rolled(one) for one in roll.channels]
    links = (Link("channel", "close_open_items", (("channel", "channel"),)),)
    return ReportTable("close_channels", columns, frame(columns, rows), flows, links=links)


def _rolled(one: ChannelRoll) -> tuple[object, ...]:
    moved = (getattr(one.month, part) for part in ("gross", "refunds", "fees", "other", "received", "adjustments"))
    figures = (one.opening, *moved, one.prior.net, one.closing, one.open_amount, one.gap)
    return one.channel, *(half_up(figure) for figure in figures)


def open_items_table(roll: TransitRoll, numbers: Numbers) -> ReportTable:
    """Every item that is still on its way, with the row that it stands for."""
    items = [item for one in roll.channels for item in one.items]
    known = numbers.of([item.record_id for item in items if item.record_id])
    columns = (
        CHANNEL, Column("merchant_no", "id"), Column("standing", "word", "standing"), Column("day", "date"),
        Column("no", "id"), *money("amount"), Column("file"), Column("line", "line"),
    )  # fmt: skip
    rows = []
    for item in items:
        no, file, line = known.get(item.record_id or "", (None, None, None))
        rows.append((item.channel, item.merchant, item.standing, item.day, no, half_up(item.amount), file, line))
    return ReportTable("close_open_items", columns, frame(columns, rows), ("amount",))


def differences_table(found: Sequence[Found], names: dict[str, str], numbers: Numbers) -> ReportTable:
    """Every difference that counts in the month, with the row that it stands for."""
    known = numbers.of([one.record_id for one in found])
    columns = (
        Column("code", "id"), Column("what", "word", "difference"), Column("state", "word", "difference_state"),
        Column("business_day", "date"), Column("store_id", "id"), Column("store"), CHANNEL, *money("amount"),
        Column("due_on", "date"), Column("cause", "word", "cause"), Column("note"),
        Column("prior", "word", "close_prior"), Column("no", "id"), Column("file"), Column("line", "line"),
    )  # fmt: skip
    rows = []
    for one in found:
        no, file, line = known.get(one.record_id, (None, None, None))
        rows.append(
            (
                one.code, one.code, one.state, one.business_day, one.store_id, names.get(one.store_id or ""),
                one.channel, half_up(one.amount), one.due_on, one.cause, one.note, "yes" if one.prior else None, no,
                file, line,
            )
        )  # fmt: skip
    return ReportTable("close_differences", columns, frame(columns, rows), ("amount",))


def ledger_table(stores: Sequence[StoreLedger]) -> ReportTable:
    """What is owed between the chain and each store, rolled forward."""
    flows = ("collected", "split_out", "royalty", "purchases", "advances", "penalties", "other", "paid", "prior")
    names = {"split_out": "split"}
    columns = (
        Column("store_id", "id"), Column("store"), *money("begin_balance", *flows, "end_balance", "other_side", "gap"),
    )  # fmt: skip
    rows = [
        (
            one.store_id, one.name, one.opening, *(getattr(one, names.get(flow, flow)) for flow in flows), one.closing,
            one.other_side, one.gap,
        )
        for one in stores
    ]  # fmt: skip
    totals = ("begin_balance", *flows, "end_balance", "other_side", "gap")
    links = (Link("store_id", "splits_dues", (("store_id", "store_id"),)),)
    return ReportTable("close_ledger", columns, frame(columns, rows), totals, links=links)
