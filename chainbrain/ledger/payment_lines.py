"""One payment that is due: its amount, where it goes, and what has to be looked at before it is paid."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from typing import Final

from chainbrain.database.book import Row
from chainbrain.ledger import digits
from chainbrain.ledger.lines import LedgerMonth
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


def checked(
    line: PaymentLine, listed: Sequence[Row], waiting: Row | None = None, now: LedgerMonth | None = None
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
    return replace(line, checks=tuple(checks))
