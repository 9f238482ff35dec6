"""The pack of a month's close: every figure that is signed, and in two clicks the rows that it was made from."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from decimal import Decimal
from typing import TYPE_CHECKING

from chainbrain.closing.differences import Found
from chainbrain.closing.room import CloseRoom
from chainbrain.closing.transit import TransitRoll
from chainbrain.ledger.room import LedgerRoom
from chainbrain.money import half_up
from chainbrain.reports import close_sides, contained, vouchers
from chainbrain.reports.charges import fee_audit
from chainbrain.reports.close_money import (
    ZERO,
    Numbers,
    channels_table,
    differences_table,
    ledger_table,
    open_items_table,
    stores_table,
)
from chainbrain.reports.close_signed import files, head, missing, steps, versions
from chainbrain.reports.filters import Column, Filters, counts, frame, money, report
from chainbrain.reports.splits import splits
from chainbrain.reports.tables import Link, Report, ReportTable
from chainbrain.splits.room import SplitRoom
from chainbrain.vouchers.facts import month_after

if TYPE_CHECKING:
    from chainbrain.database.book import Book

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
    stores = stores_table(facts, dict(vouchers.store_names(book)))
    sides = close_sides.Sides.read(room, month)
    numbers = Numbers(book)
    detail = (
        steps(board), missing(board), stores, channels_table(roll), *contained.tables(book, narrowed),
        open_items_table(roll, numbers),
        differences_table(found, dict(vouchers.store_names(book)), numbers), *close_sides.tables(book, sides),
        *fee_audit(book, narrowed).tables,
        *splits(book, narrowed).tables, ledger_table(room.ledger(month)), vouchers.accounts_table(made),
        vouchers.lines_table(made),
        vouchers.to_check_table([journal], filters),
        vouchers.left_out_table([journal], filters), vouchers.vat_table(entered.exemptions(month)),
        versions(room.versions(month)), files(book, month),
    )  # fmt: skip
    # The board adds up what nobody settled without signs, the differences with theirs: both stand here.
    nobody = ("open", half_up(board.open_amount), sum(one.open_count for one in board.steps), "close_steps")
    lines = [*_sold(stores), *_on_the_way(roll), nobody, *_differing(found), *close_sides.lines(sides)]
    if stores_owed := room.ledger(month):
        lines.append(("ledger", sum((one.closing for one in stores_owed), ZERO), len(stores_owed), "close_ledger"))
    lines.append(("vouchers", sum((one.debit for one in made), ZERO), len(made), "vouchers"))
    held = tuple(one for one in detail if one.rows.height)
    pack = report("month-end", (_summary(lines, {one.name for one in held}), *held), narrowed)
    return replace(pack, layout="close", head=tuple(head(board, journal.entities)))


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
