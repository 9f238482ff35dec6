"""The month-end close of one book: what is done, what lacks, and the figures that must close to the cent."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from decimal import Decimal
from typing import Any

from chainbrain.closing import bank, board, cash, stored_value, transit
from chainbrain.closing import months as month_list
from chainbrain.closing.bank import BankReconciliation, ProofOfCash
from chainbrain.closing.board import Found
from chainbrain.closing.cash import CashMonth
from chainbrain.closing.months import MonthState
from chainbrain.closing.steps import Board, Completeness, Missing, Where
from chainbrain.closing.stored_value import StoredValue
from chainbrain.closing.transit import TransitRoll
from chainbrain.database.book import Book
from chainbrain.money import half_up

__all__ = ["Board", "CloseRoom", "MonthState"]

Ledger = Callable[[date], Any]
"""The ledger of head office and stores, as another room rolls it forward."""


class CloseRoom:
    """Questions about the close of each month; ``month`` is any day in it."""

    def __init__(self, book: Book, ledger: Ledger | None = None) -> None:
        self._book = book
        self._ledger = ledger

    def months(self) -> tuple[MonthState, ...]:
        """Every month from which the book has rows, the earliest first, and how it stands."""
        return month_list.months(self._book)

    def month(self, month: date) -> MonthState:
        """One month.

        Raises:
            UserError: ``close.no_data``.
        """
        return month_list.state_of(self._book, month)

    def board(self, month: date) -> Board:
        """The twelve steps of one month, what is missing, and whether it can be signed.

        Raises:
            UserError: ``close.no_data``.
        """
        state = self.month(month)
        roll = transit.reckoned(self._book, state.month) if not state.closed else self.transit(state.month)
        return board.board(self._book, state, roll, self._gaps(state.month))

    def completeness(self, month: date) -> Completeness:
        """Which files the month has, by store and source, and which days of the banks lack."""
        return board.completeness(self._book, month)

    def differences(self, month: date) -> tuple[Found, ...]:
        """The differences that count in the month."""
        return board.differences(self._book, month.replace(day=1))

    def transit(self, month: date) -> TransitRoll:
        """Money on its way to the bank, channel by channel."""
        return transit.transit(self._book, month)

    def stored_value(self, month: date) -> StoredValue:
        """What members paid in and have not used."""
        return stored_value.stored_value(self._book, month)

    def ledger(self, month: date) -> Any:
        """The ledger of head office and stores; nothing where that room does not exist."""
        return self._ledger(month.replace(day=1)) if self._ledger else None

    def bank(self, month: date) -> tuple[BankReconciliation, ...]:
        """银行存款余额调节表, one per account that has statements."""
        return tuple(one for one, _ in bank.reconciliations(self._book, month))

    def proof_of_cash(self, month: date) -> tuple[ProofOfCash, ...]:
        """The four columns, one proof per account whose statements print balances."""
        return tuple(proof for _, proof in bank.reconciliations(self._book, month) if proof is not None)

    def cash(self, month: date) -> CashMonth:
        """Cash over and short by shift, drawer and person, and patterns."""
        return cash.cash(self._book, month)

    def _gaps(self, month: date) -> tuple[Missing, ...]:
        """Roll-forwards that do not close, by the step they belong to."""
        found = []
        gap = self.stored_value(month).gap
        if gap:
            facts = {"gap": f"{gap:.2f}"}
            found.append(Missing("close.stored_value_gap", facts, "stored_value", 1, abs(gap), Where("close")))
        for one in self.bank(month):
            if one.gap:
                facts = {"account": one.account[-4:], "gap": f"{half_up(one.gap):.2f}"}
                where = Where("close", {"account": one.account})
                found.append(Missing("close.bank_gap", facts, "bank", 1, abs(Decimal(one.gap)), where))
        return tuple(found)
