"""The bank side of the work list: lines that wait for a word, what they could be, and what has not arrived."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from chainbrain.database.book import Book, Row


@dataclass(frozen=True)
class BankItem:
    """One bank line with the best that can be said about it.

    Attributes:
        amount: yuan, money in positive.
        answer: ``proven`` (confirmed), ``single`` (one answer among those tried), ``several``, ``gap`` (the batch is
            known, the amount differs), ``none`` or, for lines that need no answer, the row's state.
        solutions: number of answers found.
        match_id: the confirmed match, or the closest suggestion.
        gap: bank minus expected in yuan, where there is a match.
        code: difference code and its id and state, where there is one: its own, or that of what its match lacks.
        external_id: the bank's own number.
    """

    bank_line_id: str
    posted_on: date
    bank_account: str
    counterparty: str
    memo: str
    amount: Decimal
    state: str
    reason: str | None
    answer: str
    solutions: int
    match_id: str | None
    gap: Decimal | None
    code: str | None
    difference_id: str | None
    difference_state: str | None
    external_id: str = ""


@dataclass(frozen=True)
class LateItem:
    """A withdrawal or payout that should have arrived; ``amount`` is negative, what is missing."""

    difference_id: str
    record_type: str
    record_id: str
    channel: str
    merchant_no: str | None
    day: date | None
    due_on: date | None
    amount: Decimal
    state: str
    store_id: str | None


@dataclass(frozen=True)
class PayoutItem:
    """A withdrawal or payout in one of the four states at the bank; ``amount`` is what it brings."""

    record_type: str
    record_id: str
    channel: str
    merchant_no: str | None
    day: date | None
    due_on: date | None
    amount: Decimal
    state: str
    reason: str | None
    external_id: str | None


@dataclass(frozen=True)
class Candidate:
    """Something that a bank line could be.

    Attributes:
        parts: number of payments in a payout; ``None`` for a withdrawal.
        net: what was expected in yuan.
        gap: bank minus expected in yuan.
        days: days from the expectation to the posting.
        named: the memo carries its merchant number.
        held_on: the day of another bank line that it is matched with, if any.
        match_id: the match of this line with it, confirmed or suggested.
        why: the strongest reason for or against, worded under ``candidate.<why>``: ``matched``, ``exact``, ``held``,
            ``other_merchant``, ``earlier``, ``later``, ``amount``.
    """

    record_type: str
    record_id: str
    channel: str
    merchant_no: str | None
    day: date
    parts: int | None
    net: Decimal
    gap: Decimal
    days: int
    named: bool
    held_on: date | None
    match_id: str | None
    why: str


def worklist(
    book: Book,
    *,
    account: str | None = None,
    first: date | None = None,
    after: date | None = None,
    state: str | None = None,
) -> tuple[BankItem, ...]:
    """Bank lines that need a word, the newest first; with ``state`` all lines in that state instead."""
    rows = book.rows("reconciliation/bank_worklist", account=account, first=first, after=after, state=state)
    return tuple(_item(row) for row in rows)


def accounts(book: Book) -> tuple[str, ...]:
    """The bank accounts that have statements in the book."""
    return tuple(row[0] for row in book.rows_of("select distinct bank_account from base.bank_lines order by 1"))


def late(book: Book, *, first: date | None = None, after: date | None = None) -> tuple[LateItem, ...]:
    """What should have arrived at a bank and has not, the oldest first."""
    rows = book.rows("reconciliation/late_worklist", first=first, after=after)
    return tuple(LateItem(str(number), kind, str(record), *rest) for number, kind, record, *rest in rows)


def payouts(book: Book, state: str, *, first: date | None = None, after: date | None = None) -> tuple[PayoutItem, ...]:
    """Withdrawals and payouts in one state at the bank, the first due before others."""
    rows = book.rows("reconciliation/payouts_in_state", state=state, first=first, after=after)
    return tuple(PayoutItem(kind, str(record), *rest) for kind, record, *rest in rows)


def candidates(book: Book, bank_line_id: str) -> tuple[Candidate, ...]:
    """Withdrawals and payouts around a bank line on its account, at most 30, the closest first."""
    return tuple(_candidate(row) for row in book.rows("reconciliation/candidates", bank_line=bank_line_id))


def _item(row: Row) -> BankItem:
    line, posted, account, counterparty, memo, amount, state, reason, *answered, number = row
    match, solutions, gap, code, difference, word = answered
    return BankItem(
        str(line), posted, account, counterparty or "", memo or "", amount, state, reason,
        _answer(state, reason, solutions, gap), solutions, str(match) if match else None, gap, code,
        str(difference) if difference else None, word, number or "",
    )  # fmt: skip


def _candidate(row: Row) -> Candidate:
    kind, record, channel, merchant, day, parts, net, gap, days, named, held_on, match, match_state = row
    why = _why(gap, days, named=bool(named), held=held_on is not None, match_state=match_state)
    return Candidate(
        kind, str(record), channel, merchant, day, parts, net, gap, days, bool(named), held_on,
        str(match) if match else None, why,
    )  # fmt: skip


def _answer(state: str, reason: str | None, solutions: int, gap: Decimal | None) -> str:
    if state == "difference" and gap:
        return "gap"
    if state == "matched":
        return "proven"
    if reason == "suggested":
        return "single" if solutions == 1 else "several"
    return "none" if state == "difference" else state


def _why(gap: Decimal, days: int, *, named: bool, held: bool, match_state: str | None) -> str:
    if match_state == "confirmed":
        return "matched"
    if held:
        return "held"
    if gap == 0:
        return "exact" if days >= 0 else "later"
    if days < 0:
        return "later"
    if days > 6:
        return "earlier"
    return "amount" if named else "other_merchant"
