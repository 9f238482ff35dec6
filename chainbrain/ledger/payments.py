"""The payment list: what is due to whom, into which account, and what has to be looked at first. Never transmitted."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from chainbrain.database.book import Book
from chainbrain.ledger.lines import NOTHING, LedgerMonth
from chainbrain.ledger.payment_lines import Check, Payee, PaymentLine, checked
from chainbrain.ledger.room import LedgerRoom


@dataclass(frozen=True)
class PaymentList:
    """What is due by the end of a month.

    Attributes:
        month: the month.
        day: the day on which it is paid (付款日期).
        lines: what head office has to pay.
        owing: stores that owe head office instead; nothing is paid to them.
        by_stores: shares of others that the stores owe themselves.
        account: the account to pay from, if one was named.
        balance: what it held on ``balance_on``; nothing where no statement tells.
    """

    month: date
    day: date
    lines: tuple[PaymentLine, ...]
    owing: tuple[LedgerMonth, ...]
    by_stores: tuple[PaymentLine, ...]
    account: str | None
    balance: Decimal | None
    balance_on: date | None

    def going(self, accepted: Iterable[str] = ()) -> tuple[PaymentLine, ...]:
        """The payments that go on the list when these checks are accepted."""
        return tuple(one for one in self.lines if one.goes(accepted))

    def total(self, accepted: Iterable[str] = ()) -> Decimal:
        """Their sum."""
        return sum((one.amount for one in self.going(accepted)), NOTHING)

    def checks(self, accepted: Iterable[str] = ()) -> tuple[Check, ...]:
        """What concerns all of it: whether the account holds what goes on the list when these checks are accepted."""
        if not self.lines:
            return ()
        if self.balance is None:
            return (Check("no_account" if self.account is None else "balance_unknown"),)
        total = self.total(accepted)
        if total <= self.balance:
            return ()
        facts = (("total", f"{total:,.2f}"), ("balance", f"{self.balance:,.2f}"), ("day", str(self.balance_on)))
        return (Check("over_balance", facts),)


@dataclass(frozen=True)
class MadeList:
    """A list that was made and stands; its payments are of the day ``pays_on``."""

    list_id: int
    month: date
    pays_on: date
    made_at: datetime
    who: str
    account: str | None
    file: str
    total: Decimal
    entry: int


class PaymentRoom:
    """Payment lists of one book."""

    def __init__(self, book: Book, ledger: LedgerRoom) -> None:
        self._book = book
        self._ledger = ledger

    def made(self) -> tuple[MadeList, ...]:
        """The lists that were made and stand, the newest first."""
        return tuple(
            MadeList(*row)
            for row in self._book.rows_of(
                "select payment_list_id, month, pays_on, made_at, who, paying_account, file_name, total, entry_id"
                " from main.payment_lists order by payment_list_id desc"
            )
        )

    def accounts(self) -> tuple[str, ...]:
        """The bank accounts of the book, from which can be paid."""
        return tuple(row[0] for row in self._book.rows("ledger/paying_accounts"))

    def due(self, month: date, day: date, account: str | None = None) -> PaymentList:
        """What is due by the end of a month, paid on a day.

        Args:
            month: the month.
            day: the day on which it is paid: accounts of payees and the balance are as on this day.
            account: the account to pay from.
        """
        rolled = self._ledger.roll_forward()
        payees = {row[0]: Payee(*row) for row in self._book.rows("ledger/payees", day=day)}
        listed = self._book.rows("ledger/listed")
        waiting = {store: tuple(rest) for store, *rest in self._book.rows("ledger/waiting")}
        lines: list[PaymentLine] = []
        owing: list[LedgerMonth] = []
        for one in rolled:
            if one.month != month:
                continue
            after = [other for other in rolled if other.store == one.store and other.month > month]
            # Money that came in from the store since is for what it owes itself: it adds nothing to the month.
            later = sum((other.payable.paid - other.split for other in after), NOTHING)
            if one.closing > later:
                payee = payees.get(one.store) or payees.get(one.name or "")
                line = PaymentLine("ledger", one.name or one.store, one.store, month, None, one.closing, later, payee)
                now = after[-1] if after else one
                lines.append(checked(line, listed, waiting.get(one.store), now))
            elif one.closing < 0:
                owing.append(one)
        pairs = {one.store for one in self._ledger.pairs()}
        by_stores: list[PaymentLine] = []
        for claim in self._ledger.others(month):
            if claim.left <= 0:
                continue
            line = PaymentLine(
                "claim", claim.receiver, claim.store, month, claim.rule, claim.left, NOTHING,
                payees.get(claim.receiver),
            )  # fmt: skip
            (by_stores if claim.store in pairs else lines).append(
                line if claim.store in pairs else checked(line, listed)
            )
        found = self._book.one("ledger/balance", account=account, day=day) if account else None
        on, balance = found or (None, None)
        return PaymentList(month, day, tuple(lines), tuple(owing), tuple(by_stores), account, balance, on)
