"""Report on 分账: what receivers are due, how it was split, what is left to pay, what went wrong."""

from __future__ import annotations

from typing import TYPE_CHECKING

from chainbrain.reports.filters import CHANNEL, Column, Filters, counts, frame, money, report
from chainbrain.reports.tables import Report, ReportTable
from chainbrain.splits.room import SplitRoom

if TYPE_CHECKING:
    from chainbrain.database.book import Book


def splits(book: Book, filters: Filters) -> Report:
    """Sums per month, store, agreement and receiver; the claims on each month; the differences with their orders."""
    room = SplitRoom(book)
    stores = filters.stores
    wanted = (None,) if stores is None else tuple(stores)
    sums = [one for store in wanted for one in room.sums(filters.first, filters.after, store)]
    dues = [one for store in wanted for one in room.dues(filters.first, filters.after, store)]
    found = [
        one
        for store in wanted
        for one in room.findings(filters.first, filters.after, store)
        if filters.state in {None, one.state} and filters.channel in {None, one.channel}
    ]
    flows = ("split_due", "split_done", "split_waiting", "split_wrong")
    whose = (Column("month", "date"), Column("store_id", "id"), Column("split_rule"), Column("receiver"))
    columns = (*whose, *counts("split_parts"), *money(*flows))
    agreed = ReportTable(
        "splits",
        columns,
        frame(
            columns,
            [(s.month, s.store, s.rule, s.receiver, s.parts, s.due, s.done, s.waiting, s.wrong) for s in sums],
        ),
        ("split_parts", *flows),
    )
    basis = (Column("split_basis", "word", "split_basis"), Column("split_way", "word", "split_way"))
    columns = (*whose, *basis, *money("split_base", "split_due", "split_done", "split_left"))
    claims = ReportTable(
        "splits_dues",
        columns,
        frame(
            columns,
            [(d.month, d.store, d.rule, d.receiver, d.basis, d.way, d.base, d.due, d.split, d.left) for d in dues],
        ),
        ("split_due", "split_done", "split_left"),
    )
    columns = (
        Column("state", "word", "difference_state"),
        Column("cause", "word", "cause"),
        Column("business_day", "date"),
        Column("store_id", "id"),
        CHANNEL,
        Column("order_number", "id"),
        Column("split_rule"),
        Column("receiver"),
        *money("sale_amount", "split_due", "split_done", "split_effect"),
        Column("split_released", "date"),
        Column("note"),
    )
    wrong = ReportTable(
        "splits_findings",
        columns,
        frame(
            columns,
            [
                (
                    f.state, f.cause, f.day, f.store, f.channel, f.number, f.rule, f.receiver, f.sale_amount, f.due,
                    f.done, f.effect, f.due_on, f.note,
                )
                for f in found
            ],
        ),
        ("split_effect",),
    )  # fmt: skip
    return report("splits", (agreed, claims, wrong), filters)
