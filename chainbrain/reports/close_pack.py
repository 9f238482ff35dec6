"""The pack of a month's close: every figure that is signed, and in two clicks the rows that it was made from."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, Any, Final

from chainbrain.closing.differences import Found
from chainbrain.closing.ledger import StoreLedger
from chainbrain.closing.lock import Version
from chainbrain.closing.room import CloseRoom
from chainbrain.closing.steps import Board, Step
from chainbrain.closing.transit import ChannelRoll, TransitRoll
from chainbrain.ledger.room import LedgerRoom
from chainbrain.money import half_up
from chainbrain.reports import close_sides, contained, vouchers
from chainbrain.reports.charges import fee_audit
from chainbrain.reports.filters import CHANNEL, Column, Filters, counts, frame, money, report
from chainbrain.reports.splits import splits
from chainbrain.reports.tables import Link, Report, ReportTable, told
from chainbrain.splits.room import SplitRoom
from chainbrain.vouchers.facts import Fact, month_after

if TYPE_CHECKING:
    from chainbrain.database.book import Book

ZERO = Decimal("0.00")
Line = tuple[str, Decimal | None, int | None, str]


def month_end(book: Book, filters: Filters) -> Report:
    """The pack of one month: of the filtered one, otherwise of the latest with rows; nothing of an empty book."""
    room = CloseRoom(book, LedgerRoom(book, SplitRoom(book)).roll_forward)
    month = filters.first.replace(day=1) if filters.first else max((one.month for one in room.months()), default=None)
    if month is None or all(one.month != month for one in room.months()):
        return replace(report("month-end", (_summary([], set()),), filters), layout="close")
    narrowed = replace(filters, first=month, after=month_after(month))
    board, roll, found = room.board(month), room.transit(month), room.differences(month)
    entered = vouchers.room_of(book)
    facts = entered.facts(month)
    journal = entered.journal(month, facts)
    made = list(journal.vouchers)
    stores = _stores(facts, dict(vouchers.store_names(book)))
    sides = close_sides.Sides.read(room, month)
    numbers = Numbers(book)
    detail = (
        _steps(board), _missing(board), stores, _channels(roll), *contained.tables(book, narrowed),
        _open_items(roll, numbers),
        _differences(found, dict(vouchers.store_names(book)), numbers), *close_sides.tables(book, sides),
        *fee_audit(book, narrowed).tables,
        *splits(book, narrowed).tables, _ledger(room.ledger(month)), vouchers.accounts_table(made),
        vouchers.lines_table(made),
        vouchers.to_check_table([journal], filters),
        vouchers.left_out_table([journal], filters), vouchers.vat_table(entered.exemptions(month)),
        _versions(room.versions(month)), _files(book, month),
    )  # fmt: skip
    # The board adds up what nobody settled without signs, the differences with theirs: both stand here.
    nobody = ("open", half_up(board.open_amount), sum(one.open_count for one in board.steps), "close_steps")
    lines = [*_sold(stores), *_on_the_way(roll), nobody, *_differing(found), *close_sides.lines(sides)]
    if stores_owed := room.ledger(month):
        lines.append(("ledger", sum((one.closing for one in stores_owed), ZERO), len(stores_owed), "close_ledger"))
    lines.append(("vouchers", sum((one.debit for one in made), ZERO), len(made), "vouchers"))
    held = tuple(one for one in detail if one.rows.height)
    pack = report("month-end", (_summary(lines, {one.name for one in held}), *held), narrowed)
    return replace(pack, layout="close", head=tuple(_head(board, journal.entities)))


class Numbers:
    """The numbers, files and lines of records, read once for all of a table."""

    def __init__(self, book: Book) -> None:
        self._book = book

    def of(self, ids: Sequence[str]) -> dict[str, tuple[Any, ...]]:
        """By id: number, file, line."""
        found = self._book.rows("reports/numbers", ids=list(ids)) if ids else []
        return {row[0]: row[1:] for row in found}


def _head(board: Board, entities: Sequence[str | None]) -> Iterator[tuple[str, str]]:
    month = board.month
    yield "month", f"{month.month:%Y-%m}"
    yield "state", month.state
    if month.signed_by and month.signed_at:
        yield "signed_by", month.signed_by
        yield "signed_at", f"{month.signed_at:%Y-%m-%d %H:%M}"
        yield "version", str(month.version)
    if month.reason:
        yield "reason", month.reason
    if known := [one for one in entities if one]:
        yield "entities", "、".join(known)


def _summary(lines: Sequence[Line], held: set[str]) -> ReportTable:
    columns = (
        Column("close_line", "word", "close_line"), *money("amount"), *counts("items"),
        Column("opens", "word", "report_table"),
    )  # fmt: skip
    rows = [(what, amount, items, table if table in held else None) for what, amount, items, table in lines]
    return ReportTable("month-end", columns, frame(columns, rows), links=(Link("opens"),))


def _sold(stores: ReportTable) -> Iterator[Line]:
    totals = stores.total()
    items = int(stores.rows["items"].sum())
    for key in ("gross", "refunds", "fees", "other", "net"):
        yield f"sold_{key}", Decimal(totals.get(key) or 0), items if key == "gross" else None, stores.name


def _on_the_way(roll: TransitRoll) -> Iterator[Line]:
    for key, amount in (
        ("opening", roll.opening), ("received", roll.total("received")), ("closing", roll.closing), ("gap", roll.gap),
    ):  # fmt: skip
        items = sum(len(one.items) for one in roll.channels) if key == "closing" else None
        yield f"transit_{key}", half_up(amount), items, "close_channels"
    if roll.contained:
        amount = half_up(sum((one.amount for one in roll.contained), ZERO))
        yield "transit_contained", amount, sum(one.items for one in roll.contained), "contained"


def _differing(found: Sequence[Found]) -> Iterator[Line]:
    for state in ("open", "explained", "timing", "excluded"):
        mine = [one for one in found if one.state == state]
        if mine or state == "open":
            amount = half_up(sum((one.amount for one in mine), Decimal(0)))
            yield f"differences_{state}", amount, len(mine), "close_differences"


def _steps(board: Board) -> ReportTable:
    columns = (
        Column("step_no", "line"), Column("close_step", "word", "close_step"), Column("state", "word", "close_state"),
        *counts("rows", "matched", "timing", "difference", "excluded", "open_items"), *money("open_amount"),
    )  # fmt: skip
    rows = [(one.number, one.key, one.state, *_counted(one)) for one in board.steps]
    return ReportTable("close_steps", columns, frame(columns, rows), ("open_items", "open_amount"))


def _counted(one: Step) -> tuple[object, ...]:
    if not one.rows:
        return None, None, None, None, None, one.open_count or None, one.open_amount or None
    return one.rows, one.matched, one.timing, one.difference, one.excluded, one.open_count, half_up(one.open_amount)


def _missing(board: Board) -> ReportTable:
    columns = (
        Column("close_step", "word", "close_step"),
        Column("remark", "message"),
        *counts("items"),
        *money("amount"),
    )
    rows = [
        (step.key, told(one.code, one.facts), one.count or None, half_up(one.amount) if one.amount else None)
        for step in board.steps
        for one in step.missing
    ]
    return ReportTable("close_missing", columns, frame(columns, rows))


_LOCAL: Final = {"cash": "cash", "card": "stored_value"}


def _stores(facts: Sequence[Fact], names: dict[str, str]) -> ReportTable:
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


def _channels(roll: TransitRoll) -> ReportTable:
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


def _open_items(roll: TransitRoll, numbers: Numbers) -> ReportTable:
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


def _differences(found: Sequence[Found], names: dict[str, str], numbers: Numbers) -> ReportTable:
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


def _ledger(stores: Sequence[StoreLedger]) -> ReportTable:
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


def _versions(versions: Sequence[Version]) -> ReportTable:
    columns = (
        *counts("version"), Column("signed_by"), Column("signed_at", "moment"), Column("written_reason"),
        Column("accepted", "names"), Column("reopened_by"), Column("reopened_at", "moment"), Column("reopened_for"),
        Column("content_hash", "id"),
    )  # fmt: skip
    rows = [
        (
            one.version, one.signed_by, one.signed_at, one.reason,
            "\n".join(f"close_step.{key}" for key in one.accepted) or None, one.reopened_by, one.reopened_at,
            one.reopened_for, one.content_hash,
        )
        for one in versions
    ]  # fmt: skip
    return ReportTable("close_versions", columns, frame(columns, rows))


def _files(book: Book, month: date) -> ReportTable:
    columns = (
        Column("file"), Column("format", "word", "format"), Column("first_day", "date"), Column("last_day", "date"),
        *counts("rows"), Column("control_total", "word", "control_total"), Column("imported_at", "moment"),
        Column("sha256", "id"),
    )  # fmt: skip
    rows = book.frame("reports/close_files", first=month, after=month_after(month))
    return ReportTable("close_files", columns, rows, ("rows",))
