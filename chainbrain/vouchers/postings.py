"""Double entry: every fact debits and credits the same sum, whatever its sign.

What is taken back stands in red, as a negative credit of the revenue (红字), so that turnover reads off one side.
VAT stands apart only where a person chose so and the rate of the store is known: no export states any.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Final

from chainbrain.masking import masked
from chainbrain.vouchers.facts import Fact

ZERO: Final = Decimal("0.00")


@dataclass(frozen=True)
class Posting:
    """One side of an entry: the part that an account plays (worded under ``account_role.<role>``), and its sum.

    ``store`` is whose account it is, where that is another store than the fact's.
    """

    role: str
    detail: str | None
    debit: Decimal
    credit: Decimal
    store: str | None = None


def post(fact: Fact) -> tuple[Posting, ...]:
    """The entry of one fact.

    Raises:
        KeyError: there is no such kind of fact.
    """
    return _ENTRIES[fact.kind](fact)


def _debit(role: str, amount: Decimal, detail: str | None = None) -> Posting:
    return Posting(role, detail, amount, ZERO)


def _credit(role: str, amount: Decimal, detail: str | None = None) -> Posting:
    return Posting(role, detail, ZERO, amount)


def _revenue(fact: Fact) -> str:
    """Whose the receipts are: of a store that somebody else collects for, they are owed to it."""
    return "store_payable" if fact.for_store else "revenue"


def _plain(
    debit: str, credit: str, *, to: str = "channel", by: str = "channel"
) -> Callable[[Fact], tuple[Posting, ...]]:
    """An entry of two lines; ``to`` and ``by`` name what tells the accounts of one part apart."""
    return lambda fact: (
        _debit(debit, fact.amount, getattr(fact, to) if to else None),
        _credit(credit, fact.amount, getattr(fact, by) if by else None),
    )


def _sold(fact: Fact, amount: Decimal, tax: Decimal, detail: str | None) -> tuple[Posting, ...]:
    """Revenue, and its VAT where that is known; both in red for what is given back."""
    if not tax:
        return (_credit(_revenue(fact), amount, detail),)
    return _credit("revenue", amount - tax, detail), _credit("output_vat", tax, fact.taxpayer)


def _receipts(fact: Fact) -> tuple[Posting, ...]:
    return _debit("transit", fact.amount, fact.channel), *_sold(fact, fact.amount, fact.tax, fact.channel)


def _refunds(fact: Fact) -> tuple[Posting, ...]:
    return *_sold(fact, -fact.amount, -fact.tax, fact.channel), _credit("transit", fact.amount, fact.channel)


def _local(debit: str) -> Callable[[Fact], tuple[Posting, ...]]:
    """A sale of the till; drawer and cards are those of whoever runs the store."""
    return lambda fact: (
        _debit(debit, fact.amount),
        *_sold(replace(fact, for_store=False), fact.amount, fact.tax, fact.channel),
    )


def _fees(fact: Fact) -> tuple[Posting, ...]:
    # Who collects for a franchise store hands on what is left after the fees.
    role = "store_payable" if fact.for_store else "fees"
    return _debit(role, fact.amount, fact.channel), _credit("transit", fact.amount, fact.channel)


def _charges(fact: Fact) -> tuple[Posting, ...]:
    role = "store_payable" if fact.for_store else "channel_charges"
    return _debit(role, -fact.amount, fact.channel), _credit("transit", -fact.amount, fact.channel)


def _wallet(role: str) -> Callable[[Fact], tuple[Posting, ...]]:
    return lambda fact: (_debit(role, -fact.amount, fact.detail), _credit("transit", -fact.amount, fact.channel))


def _arrived(fact: Fact) -> tuple[Posting, ...]:
    # People name a bank account by its end, as it is shown.
    return _debit("bank", fact.amount, masked(fact.detail or "")), _credit("transit", fact.amount, fact.channel)


def _card_money(fact: Fact) -> tuple[Posting, ...]:
    # What a card was topped up with is no sale: it clears what the movement of the card says was collected.
    role, detail = ("store_payable", fact.channel) if fact.for_store else ("top_up_money", None)
    return _debit("transit", fact.amount, fact.channel), _credit(role, fact.amount, detail)


def _due(fact: Fact) -> tuple[Posting, ...]:
    role = "store_payable" if fact.for_store else "split_expense"
    return _debit(role, fact.amount, fact.detail), _credit("split_payable", fact.amount, fact.detail)


def _split_received(fact: Fact) -> tuple[Posting, ...]:
    # It clears what that store owes by the agreement; what went back to it is owed again, in red.
    receivable = Posting("split_receivable", None, ZERO, fact.amount, fact.detail)
    return _debit("transit", fact.amount, fact.channel), receivable


def _cash_refunds(fact: Fact) -> tuple[Posting, ...]:
    sale = replace(fact, for_store=False)
    return *_sold(sale, -fact.amount, -fact.tax, "cash"), _credit("cash", fact.amount)


_ENTRIES: Final[dict[str, Callable[[Fact], tuple[Posting, ...]]]] = {
    "receipts": _receipts,
    "refunds": _refunds,
    "card_money": _card_money,
    "unidentified": _plain("transit", "suspense"),
    "fees": _fees,
    "adjustments": _charges,
    "wallet_other": _wallet("wallet_other"),
    "wallet_split": _wallet("split_payable"),
    "split_received": _split_received,
    "arrived": _arrived,
    "cash_sales": _local("cash"),
    "cash_refunds": _cash_refunds,
    "card_cash": _plain("cash", "top_up_money", to="", by=""),
    "cash_paid_out": _plain("cash_paid_out", "cash", to="", by=""),
    "cash_banked": _plain("cash_banked", "cash", to="", by=""),
    "cash_over": _plain("cash", "over_short", to="", by=""),
    "card_top_up": _plain("top_up_money", "stored_value", to="", by=""),
    "card_use": _local("stored_value"),
    "card_refund": _plain("stored_value", "top_up_money", to="", by=""),
    "due": _due,
    "due_income": _plain("split_receivable", "split_income", to="detail", by="detail"),
    "due_kept": _plain("store_payable", "split_income", to="", by="detail"),
    "lost_payout": _plain("write_off", "transit", to=""),
    "lost_cash": _plain("write_off", "over_short", to="", by=""),
    "kept_cash": _plain("over_short", "cash_gain", to="", by=""),
}
ROLES: Final = (
    "cash", "bank", "cash_banked", "transit", "revenue", "output_vat", "fees", "channel_charges", "suspense",
    "wallet_other", "split_expense", "split_payable", "store_payable", "split_receivable", "split_income",
    "cash_paid_out", "over_short", "cash_gain", "top_up_money", "stored_value", "write_off",
)  # fmt: skip
"""The parts that accounts play, in the order of the table of accounts."""
