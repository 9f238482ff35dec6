"""银行存款余额调节表 and the four-column proof of cash, account by account."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Final

from chainbrain.closing.months import next_month
from chainbrain.database.book import Book, Row

ZERO: Final = Decimal("0.00")
SIDES: Final = ("bank", "before", "at_end", "book")
"""The rows of a proof of cash, in order."""


@dataclass(frozen=True)
class BankItem:
    """One thing that one side has and the other has not yet.

    Attributes:
        day: since when.
        amount: yuan, negative for what would lower the balance.
        flow: ``receipts`` or ``payments``.
        record_type: ``bank_line``, ``settlement`` or ``wallet_line``, with ``record_id`` to open it.
        payer: what the statement names, where it is a bank line.
    """

    account: str
    day: date
    amount: Decimal
    flow: str
    record_type: str
    record_id: str
    channel: str
    payer: str | None


@dataclass(frozen=True)
class BankReconciliation:
    """One account at the month's end: both sides brought to the same figure by single items.

    Attributes:
        statement: the balance that the bank prints; nothing when no statement prints one.
        book: what the chain's own records come to.
        not_at_bank: in the book and not at the bank (企业已收，银行未收).
        not_in_book: at the bank and in no record of the chain (银行已收，企业未收).
    """

    account: str
    statement: Decimal | None
    book: Decimal | None
    not_at_bank: tuple[BankItem, ...]
    not_in_book: tuple[BankItem, ...]

    @property
    def adjusted_bank(self) -> Decimal | None:
        """The statement with what has not reached it."""
        return None if self.statement is None else self.statement + _sum(self.not_at_bank)

    @property
    def adjusted_book(self) -> Decimal | None:
        """The book with what only the bank knows."""
        return None if self.book is None else self.book + _sum(self.not_in_book)

    @property
    def gap(self) -> Decimal | None:
        """What the two still differ by: 0.00, or a line of the statement is missing."""
        bank, book = self.adjusted_bank, self.adjusted_book
        return None if bank is None or book is None else bank - book


@dataclass(frozen=True)
class Columns:
    """The four columns: opening balance, receipts, payments (positive) and closing balance."""

    opening: Decimal = ZERO
    receipts: Decimal = ZERO
    payments: Decimal = ZERO
    closing: Decimal = ZERO

    def plus(self, other: Columns, sign: int = 1) -> Columns:
        """Column by column."""
        return Columns(
            self.opening + sign * other.opening,
            self.receipts + sign * other.receipts,
            self.payments + sign * other.payments,
            self.closing + sign * other.closing,
        )


@dataclass(frozen=True)
class ProofOfCash:
    """One account over the month: each of four columns goes from the bank to the book.

    Attributes:
        bank: as the statement says.
        before: items in the book and not at the bank (or the other way round) when the month began.
        at_end: the same when it ended.
        book: as the chain's own records say.
    """

    account: str
    bank: Columns
    before: Columns
    at_end: Columns
    book: Columns

    @property
    def gap(self) -> Columns:
        """What each column is off by; all 0.00 when proven."""
        return self.bank.plus(self.before).plus(self.at_end).plus(self.book, -1)

    @property
    def proven(self) -> bool:
        """Whether all four columns agree, and each side adds up in itself."""
        gap = self.gap
        own = [side.opening + side.receipts - side.payments - side.closing for side in (self.bank, self.book)]
        return not any((gap.opening, gap.receipts, gap.payments, gap.closing, *own))


def reconciliations(book: Book, month: date) -> tuple[tuple[BankReconciliation, ProofOfCash | None], ...]:
    """Every account that has statements, with its proof of cash where the statement prints balances."""
    first, after = month.replace(day=1), next_month(month)
    book.run("closing/bank_entries", after=after)
    sums = book.rows("closing/bank_sums", first=first, after=after)
    items = {until: _items(book, until) for until in (first, after)}
    book.execute("drop table close_bank")
    return tuple(_account(row, items[first], items[after]) for row in sums)


def locked(book: Book, entry_id: int) -> tuple[tuple[BankReconciliation, ProofOfCash | None], ...]:
    """Every account as a close kept it."""
    figures: dict[str, dict[str, dict[str, Decimal]]] = defaultdict(lambda: defaultdict(dict))
    for account, side, part, amount in book.rows_of(
        "select subject, detail, part, amount::decimal(18,2) from base.month_figures "
        "where entry_id = $entry and section = 'bank'",
        entry=entry_id,
    ):
        figures[account][side][part] = amount
    items: dict[str, list[BankItem]] = defaultdict(list)
    for row in book.rows_of(
        "select account, day, amount, flow, record_type, record_id, channel, payer from base.month_bank_items "
        "where entry_id = $entry order by account, day, record_id",
        entry=entry_id,
    ):
        items[row[0]].append(BankItem(*row))
    found = []
    for account, sides in sorted(figures.items()):
        told = BankReconciliation(
            account,
            sides[""].get("statement"),
            sides[""].get("book"),
            tuple(item for item in items[account] if item.amount > 0),
            tuple(_turned(item) for item in items[account] if item.amount < 0),
        )
        columns = [Columns(**sides[side]) for side in SIDES if side in sides]
        found.append((told, ProofOfCash(account, *columns) if len(columns) == len(SIDES) else None))
    return tuple(found)


def _items(book: Book, until: date) -> dict[str, list[BankItem]]:
    found: dict[str, list[BankItem]] = defaultdict(list)
    for row in book.rows("closing/bank_items", until=until):
        found[row[0]].append(BankItem(*row))
    return found


def _account(
    row: Row, before: dict[str, list[BankItem]], at_end: dict[str, list[BankItem]]
) -> tuple[BankReconciliation, ProofOfCash | None]:
    account, begun, opening, closing, *rest = row
    _, bank_in, bank_out, book_before, book_in, book_out = (one or ZERO for one in rest)
    items = at_end.get(account, [])
    own = None if begun is None else begun + book_before + book_in + book_out
    told = BankReconciliation(
        account,
        closing,
        own,
        tuple(item for item in items if item.amount > 0),
        tuple(_turned(item) for item in items if item.amount < 0),
    )
    if begun is None or opening is None or closing is None or own is None:
        return told, None
    at_start = before.get(account, [])
    start, end = _sum(at_start), _sum(items)
    receipts = {flow: _sum(items, flow) - _sum(at_start, flow) for flow in ("receipts", "payments")}
    return told, ProofOfCash(
        account,
        Columns(opening, bank_in, -bank_out, closing),
        Columns(opening=start, receipts=-_sum(at_start, "receipts"), payments=_sum(at_start, "payments")),
        Columns(
            receipts=receipts["receipts"] + _sum(at_start, "receipts"),
            payments=-receipts["payments"] - _sum(at_start, "payments"),
            closing=end,
        ),
        Columns(begun + book_before, book_in, -book_out, own),
    )


def _turned(item: BankItem) -> BankItem:
    """What only the bank has, with the sign it would have in the book."""
    return BankItem(
        item.account, item.day, -item.amount, item.flow, item.record_type, item.record_id, item.channel, item.payer
    )


def _sum(items: list[BankItem] | tuple[BankItem, ...], flow: str | None = None) -> Decimal:
    return sum((item.amount for item in items if flow is None or item.flow == flow), ZERO)
