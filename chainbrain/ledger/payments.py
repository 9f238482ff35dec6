"""The payment list: what is due to whom, into which account, and what has to be looked at first. Never transmitted."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Final

from chainbrain.database.book import Book, Row
from chainbrain.ledger import digits
from chainbrain.ledger.lines import NOTHING, LedgerMonth
from chainbrain.ledger.room import LedgerRoom
from chainbrain.masking import masked

HOLDS: Final = ("no_payee", "duplicate", "account_changed", "card_digit")
"""Checks that keep a payment off the list until a person accepts them; the first cannot be accepted."""


@dataclass(frozen=True)
class Check:
    """Something to look at; worded under ``payment_check.<code>`` with its facts."""

    code: str
    facts: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True)
class Payee:
    """Who is paid, and where."""

    payee: str
    holder: str
    account_no: str
    bank: str | None
    credit_code: str | None
    valid_from: date | None


@dataclass(frozen=True)
class PaymentLine:
    """One payment that is due, in yuan.

    Attributes:
        kind: ``ledger`` for a store's balance, ``claim`` for a share of others by an agreement.
        name: the payee as it is called.
        rule: the agreement of a claim.
        due: what the month left open.
        paid_since: what was paid of it in later months, as the ledger tells.
        payee: where it goes; nothing where no account is known.
        checks: what has to be looked at.
    """

    kind: str
    name: str
    store: str
    month: date
    rule: str | None
    due: Decimal
    paid_since: Decimal
    payee: Payee | None
    checks: tuple[Check, ...] = ()

    @property
    def amount(self) -> Decimal:
        """What is to be paid."""
        return self.due - self.paid_since

    @property
    def holds(self) -> tuple[str, ...]:
        """The checks that keep it off the list."""
        return tuple(one.code for one in self.checks if one.code in HOLDS)

    def goes(self, accepted: Iterable[str] = ()) -> bool:
        """Whether it goes on the list when these checks are accepted."""
        return self.payee is not None and not set(self.holds) - (set(accepted) - {"no_payee"})


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
            return (Check("balance_unknown"),)
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
                lines.append(_checked(line, listed, waiting.get(one.store), now))
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
                line if claim.store in pairs else _checked(line, listed)
            )
        found = self._book.one("ledger/balance", account=account, day=day) if account else None
        on, balance = found or (None, None)
        return PaymentList(month, day, tuple(lines), tuple(owing), tuple(by_stores), account, balance, on)


def _checked(
    line: PaymentLine, listed: list[Row], waiting: Row | None = None, now: LedgerMonth | None = None
) -> PaymentLine:
    """The line with its checks.

    Args:
        line: the payment.
        listed: what stands on the lists of before.
        waiting: what stands on lists of a store's balance, without a payment since.
        now: the last month of its ledger, for a store's balance.
    """
    checks = []
    payee = line.payee
    if line.kind == "claim":
        # No ledger tells when it was paid: what was listed once stands, whatever it comes to now.
        known = line.name if payee is None else payee.payee
        waiting = next(
            (
                (number, pays_on, amount)
                for name, kind, store, month, rule, amount, _, _, pays_on, number in listed
                if (name, kind, store, month, rule) == (known, line.kind, line.store, line.month, line.rule)
            ),
            None,
        )
    if waiting is not None:
        number, pays_on, amount = waiting
        facts = (("list", str(number)), ("day", f"{pays_on:%Y-%m-%d}"), ("amount", f"{amount:,.2f}"))
        checks.append(Check("duplicate", facts))
    if now is not None and now.closing < line.amount:
        checks.append(Check("over_now", (("month", f"{now.month:%Y-%m}"), ("balance", f"{now.closing:,.2f}"))))
    if payee is None:
        checks.append(Check("no_payee", (("payee", line.store if line.kind == "ledger" else line.name),)))
    else:
        last = next((row for row in listed if row[0] == payee.payee), None)
        if last is None:
            checks.append(Check("first_time"))
        elif (last[6], last[7]) != (payee.holder, payee.account_no):
            changed = (
                ("before", f"{last[6]} {masked(last[7])}"), ("now", f"{payee.holder} {masked(payee.account_no)}"),
                ("day", f"{last[8]:%Y-%m-%d}"),
            )  # fmt: skip
            checks.append(Check("account_changed", changed))
        if not payee.credit_code and digits.is_card(payee.account_no) and not digits.card_agrees(payee.account_no):
            checks.append(Check("card_digit", (("account", masked(payee.account_no)),)))
        if payee.credit_code and not digits.code_agrees(payee.credit_code):
            checks.append(Check("credit_code", (("code", payee.credit_code),)))
    return PaymentLine(
        line.kind, line.name, line.store, line.month, line.rule, line.due, line.paid_since, payee, tuple(checks)
    )
