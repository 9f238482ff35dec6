"""The rolls of a month's close that have two sides: bank and book, drawer and count, cards and liability."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING

from chainbrain.closing.bank import BankReconciliation, Columns, ProofOfCash
from chainbrain.closing.cash import CashMonth
from chainbrain.closing.room import CloseRoom
from chainbrain.closing.stored_value import StoredValue
from chainbrain.money import half_up
from chainbrain.reports.close_money import Numbers
from chainbrain.reports.filters import Column, counts, frame, money
from chainbrain.reports.tables import Link, ReportTable

if TYPE_CHECKING:
    from chainbrain.database.book import Book

Line = tuple[str, Decimal | None, int | None, str]
ZERO = Decimal("0.00")
_ACCOUNT = Column("bank_account", "account")
_FOUR = ("begin_balance", "bank_receipts", "bank_payments", "end_balance")


@dataclass(frozen=True)
class Sides:
    """What the tables and the summary are made from, read once."""

    accounts: tuple[BankReconciliation, ...]
    proofs: tuple[ProofOfCash, ...]
    cash: CashMonth
    cards: StoredValue

    @classmethod
    def read(cls, room: CloseRoom, month: date) -> Sides:
        """Those of one month."""
        return cls(room.bank(month), room.proof_of_cash(month), room.cash(month), room.stored_value(month))


def tables(book: Book, sides: Sides) -> tuple[ReportTable, ...]:
    """银行存款余额调节表, its items, the proof of cash, drawers and people, stored value."""
    return (
        _bank(sides.accounts), _items(book, sides.accounts), _proof(sides.proofs), _shifts(sides.cash),
        _people(sides.cash), _cards(sides.cards),
    )  # fmt: skip


def lines(sides: Sides) -> Iterator[Line]:
    """What the summary says of them."""
    if sides.accounts:
        gaps = [one.gap for one in sides.accounts if one.gap is not None]
        yield "bank_gap", sum((abs(gap) for gap in gaps), ZERO), len(sides.accounts), "close_bank"
        yield "proof_proven", None, sum(one.proven for one in sides.proofs), "close_proof"
    if sides.cash.shifts:
        total = sides.cash.total
        yield "cash_over", total.over, total.times_over, "close_shifts"
        yield "cash_short", total.short, total.times_short, "close_shifts"
    if sides.cards.used:
        yield "stored_value_closing", sides.cards.total.closing, sides.cards.cards, "close_stored_value"


def _bank(accounts: tuple[BankReconciliation, ...]) -> ReportTable:
    columns = (
        _ACCOUNT,
        *money(
            "statement_balance", "not_at_bank", "adjusted_bank", "book_balance", "not_in_book", "adjusted_book", "gap"
        ),
    )
    rows = [
        (
            one.account, one.statement, sum((item.amount for item in one.not_at_bank), ZERO), one.adjusted_bank,
            one.book, sum((item.amount for item in one.not_in_book), ZERO), one.adjusted_book, one.gap,
        )
        for one in accounts
    ]  # fmt: skip
    links = (Link("bank_account", "close_bank_items", (("bank_account", "bank_account"),)),)
    return ReportTable("close_bank", columns, frame(columns, rows), links=links)


def _items(book: Book, accounts: tuple[BankReconciliation, ...]) -> ReportTable:
    columns = (
        _ACCOUNT, Column("bank_side", "word", "bank_side"), Column("day", "date"), *money("amount"), Column("payer"),
        Column("record_type", "word", "record_type"), Column("no", "id"), Column("file"), Column("line", "line"),
    )  # fmt: skip
    sides = [
        (one.account, side, item)
        for one in accounts
        for side in ("not_at_bank", "not_in_book")
        for item in getattr(one, side)
    ]
    ids = [item.record_id for _, _, item in sides]
    known = Numbers(book).of(ids)
    rows = [
        (
            account, side, item.day, item.amount, item.payer, item.record_type,
            *known.get(item.record_id, (None, None, None)),
        )
        for account, side, item in sides
    ]  # fmt: skip
    return ReportTable("close_bank_items", columns, frame(columns, rows))


def _proof(proofs: tuple[ProofOfCash, ...]) -> ReportTable:
    columns = (_ACCOUNT, Column("proof_side", "word", "proof_side"), *money(*_FOUR))
    rows: list[tuple[object, ...]] = []
    for one in proofs:
        for side in ("bank", "before", "at_end", "book", "gap"):
            rows.append((one.account, side, *_four(getattr(one, side))))
    links = (Link("bank_account", "close_bank_items", (("bank_account", "bank_account"),)),)
    return ReportTable("close_proof", columns, frame(columns, rows), links=links)


def _four(one: Columns) -> tuple[Decimal, ...]:
    return tuple(half_up(figure) for figure in (one.opening, one.receipts, one.payments, one.closing))


def _shifts(cash: CashMonth) -> ReportTable:
    columns = (
        Column("day", "date"), Column("store_id", "id"), Column("shift"), Column("cashier"),
        *money(
            "opening_float", "cash_sales", "cash_refunds", "cash_paid_out", "cash_banked", "cash_expected",
            "cash_counted", "cash_difference",
        ),
    )  # fmt: skip
    rows = [
        (
            one.day, one.store_id, one.shift, one.cashier, one.opening_float, one.sales, one.refunds, one.paid_out,
            one.banked, one.expected, one.counted, one.over,
        )
        for one in sorted(cash.shifts, key=lambda one: (one.store_id, one.day, one.shift or ""))
    ]  # fmt: skip
    totals = ("cash_sales", "cash_refunds", "cash_paid_out", "cash_banked", "cash_difference")
    return ReportTable("close_shifts", columns, frame(columns, rows), totals)


def _people(cash: CashMonth) -> ReportTable:
    columns = (
        Column("cashier"), *counts("shifts"), *money("over", "short", "net"), *counts("times_over", "times_short"),
        Column("pattern", "names"),
    )  # fmt: skip
    patterns: dict[str, list[str]] = {}
    for run in cash.runs:
        patterns.setdefault(run.cashier, []).append(f"cash_run.{run.kind}")
    rows = [
        (
            one.key, one.shifts, one.over, one.short, one.net, one.times_over, one.times_short,
            "\n".join(patterns.get(one.key, ())) or None,
        )
        for one in cash.people
    ]  # fmt: skip
    links = (Link("cashier", "close_shifts", (("cashier", "cashier"),)),)
    totals = ("shifts", "over", "short", "net", "times_over", "times_short")
    return ReportTable("close_people", columns, frame(columns, rows), totals, links=links)


def _cards(cards: StoredValue) -> ReportTable:
    flows = ("topped_up", "bonus", "used", "refunded", "prior")
    totals = ("begin_balance", *flows, "end_balance")
    columns = (Column("store_id", "id"), *money(*totals), *counts("cards"))
    rows = [
        (one.store_id, one.opening, *(getattr(one, flow) for flow in flows), one.closing, one.cards)
        for one in cards.stores
    ]
    return ReportTable("close_stored_value", columns, frame(columns, rows), totals)
