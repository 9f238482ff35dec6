"""The month-end close of one book: what is done, what lacks, the figures that must close to the cent, and the lock."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import date

from chainbrain import openings
from chainbrain.closing import (
    bank,
    board,
    cash,
    claims,
    completeness,
    differences,
    figures,
    guard,
    integrity,
    ledger,
    lock,
    stored_value,
    transit,
)
from chainbrain.closing import months as month_list
from chainbrain.closing.bank import BankReconciliation, ProofOfCash
from chainbrain.closing.cash import CashMonth
from chainbrain.closing.claims import Agreements
from chainbrain.closing.differences import Found
from chainbrain.closing.figures import Change, Figure, Rolled
from chainbrain.closing.integrity import Broken
from chainbrain.closing.ledger import Ledger, StoreLedger
from chainbrain.closing.lock import CloseRefused, Version
from chainbrain.closing.months import MonthState
from chainbrain.closing.steps import Board, Completeness, Missing, Where
from chainbrain.closing.stored_value import StoredValue
from chainbrain.closing.transit import TransitRoll
from chainbrain.database.book import Book
from chainbrain.money import half_up
from chainbrain.progress import Report, silent

__all__ = ["Board", "Change", "CloseRefused", "CloseRoom", "Figure", "MonthState", "Version"]


class CloseRoom:
    """Questions about the close of each month; ``month`` is any day in it. What is closed is told as it was locked.

    Only ``sign`` and ``reopen`` write; ``may_say`` and its kin ask whether a word, an entry or a day is still open.
    """

    def __init__(self, book: Book, head_office: Ledger | None = None, agreements: Agreements | None = None) -> None:
        self._book = book
        self._ledger = head_office
        self._agreements = agreements

    # ------------------------------------------------------------------ reading
    def months(self) -> tuple[MonthState, ...]:
        """Every month from which the book has rows, the earliest first, and how it stands."""
        return month_list.months(self._book)

    def month(self, month: date) -> MonthState:
        """One month.

        Raises:
            UserError: ``close.no_data``.
        """
        return month_list.state_of(self._book, month)

    def signer(self) -> str | None:
        """Who signed last, to be proposed the next time."""
        return month_list.signer(self._book)

    def board(self, month: date) -> Board:
        """The twelve steps of one month, what is missing, and whether it can be signed.

        Raises:
            UserError: ``close.no_data``.
        """
        state = self.month(month)
        if state.closed:
            return board.locked(self._book, state)
        return self._board(state)[0]

    def completeness(self, month: date) -> Completeness:
        """Which files the month has, by store and source, and which days of the banks lack."""
        return completeness.of_month(self._book, month)

    def differences(self, month: date) -> tuple[Found, ...]:
        """The differences that count in the month, of a closed one as they stood."""
        state = self.month(month)
        return differences.locked(self._book, state) if state.closed else differences.of_month(self._book, state.month)

    def transit(self, month: date) -> TransitRoll:
        """Money on its way to the bank, channel by channel.

        Raises:
            UserError: ``close.no_data``.
        """
        return transit.transit(self._book, month)

    def stored_value(self, month: date) -> StoredValue:
        """What members paid in and have not used."""
        return stored_value.stored_value(self._book, month)

    def ledger(self, month: date) -> tuple[StoreLedger, ...]:
        """What head office and each store owe each other; empty where nobody keeps such a ledger."""
        state = self.month(month)
        if state.closed:
            return ledger.locked(self._book, state)
        return ledger.rolled(self._book, self._ledger, state.month) if self._ledger else ()

    def bank(self, month: date) -> tuple[BankReconciliation, ...]:
        """银行存款余额调节表, one per account that has statements."""
        return tuple(one for one, _ in self._banks(month))

    def proof_of_cash(self, month: date) -> tuple[ProofOfCash, ...]:
        """The four columns, one proof per account whose statements print balances."""
        return tuple(proof for _, proof in self._banks(month) if proof is not None)

    def cash(self, month: date) -> CashMonth:
        """Cash over and short by shift, drawer and person, and patterns."""
        return cash.cash(self._book, month)

    def figures(self, month: date, version: int | None = None) -> tuple[Figure, ...]:
        """Everything that is locked with a month: of a version, of a closed month as it was locked, else from the rows.

        Raises:
            UserError: ``close.no_data`` or ``close.no_version``.
        """
        state = self.month(month)
        if version is not None:
            return figures.locked(self._book, state, lock.version(self._book, state.month, version).entry_id)
        return figures.locked(self._book, state) if state.closed else self.reckoned(state.month)

    def reckoned(self, month: date) -> tuple[Figure, ...]:
        """The figures of a month from the rows as they are now, closed or not."""
        return figures.reckoned(self._book, *self._board(self.month(month)))

    def versions(self, month: date) -> tuple[Version, ...]:
        """Every version of a month that was signed."""
        return lock.versions(self._book, month)

    def compare(self, month: date, before: int, after: int) -> tuple[Change, ...]:
        """What two versions of a month tell differently, figure by figure.

        Raises:
            UserError: ``close.no_data`` or ``close.no_version``.
        """
        return figures.changes(self.figures(month, before), self.figures(month, after))

    def verify(self) -> tuple[Broken, ...]:
        """What no longer agrees with what was locked."""
        return integrity.verify(self._book)

    # ------------------------------------------------------------------ writing
    def sign(self, month: date, who: str, reason: str, accept: Collection[str], report: Report = silent) -> int:
        """Sign and lock a month; inside the caller's transaction. Returns the history entry.

        Raises:
            UserError: what ``lock.may_sign`` refuses, ``close.no_data``.
        """
        report(0, 4, "progress.close_board")
        shown, rolled = self._board(self.month(month))
        lock.may_sign(shown, who, reason, accept)
        report(1, 4, "progress.close_figures")
        found = figures.reckoned(self._book, shown, rolled)
        report(2, 4, "progress.close_lock")
        entry = lock.keep(self._book, shown, rolled, found, who=who, reason=reason)
        report(4, 4, "progress.close_done")
        return entry

    def reopen(self, month: date, who: str, reason: str) -> int:
        """Open a closed month again; inside the caller's transaction. Returns the history entry.

        Raises:
            UserError: what ``lock.reopen`` refuses.
        """
        return lock.reopen(self._book, month, who, reason)

    # ------------------------------------------------------------------ what is still open
    def may_say(self, subject_type: str, subject_ids: Sequence[str], records: Sequence[str] = ()) -> None:
        """See that a word is about an open month.

        Raises:
            UserError: ``close.subject_closed``.
        """
        guard.word(self._book, subject_type, subject_ids, records)

    def may_undo(self, entry_id: int, kind: str, facts: dict[str, object], *, again: bool = False) -> None:
        """See that taking an entry back, or doing it again, moves no closed month.

        Raises:
            UserError: ``close.entry_closed`` or ``close.subject_closed``.
        """
        guard.entry(self._book, entry_id, kind, facts, again=again)

    def may_begin(self, day: date | None) -> None:
        """See that something new that counts from a day on, or always, leaves every closed month as it is.

        Raises:
            UserError: ``close.day_closed``.
        """
        guard.day(self._book, day)

    def may_place(self, entry_id: int) -> None:
        """See that words on where rows belong, written by this entry, move none of a closed month.

        Raises:
            UserError: ``close.day_closed``.
        """
        guard.place(self._book, entry_id)

    # ------------------------------------------------------------------ parts
    def _board(self, state: MonthState) -> tuple[Board, Rolled]:
        owed = ledger.rolled(self._book, self._ledger, state.month) if self._ledger else ()
        agreed, month = self._agreements, state.month
        due = claims.figures(claims.posted(self._book, agreed, month)) if agreed else ()
        unknown = claims.missing(claims.unknown(self._book, agreed, month)) if agreed else ()
        rolled = Rolled(
            transit.reckoned(self._book, state.month),
            bank.reconciliations(self._book, state.month),
            self.stored_value(state.month),
            (*due, *ledger.figures(owed)),
        )
        overlapping = tuple(
            Missing("close.opening_twice", one.facts, "bank", len(one.numbers), where=Where("import"))
            for one in openings.twice(self._book)
            if one.day < state.after
        )
        gaps = (*overlapping, *stored_value.untold(self._book, month), *unknown, *_gaps(rolled, owed))
        return board.board(self._book, state, rolled.transit, gaps), rolled

    def _banks(self, month: date) -> tuple[tuple[BankReconciliation, ProofOfCash | None], ...]:
        state = self.month(month)
        if state.closed and state.entry_id is not None:
            return bank.locked(self._book, state.entry_id)
        return bank.reconciliations(self._book, state.month)


def _gaps(rolled: Rolled, owed: Sequence[StoreLedger]) -> tuple[Missing, ...]:
    """Roll-forwards that do not close, by their step; those of money in transit the board tells itself."""
    found = []
    gap = rolled.stored.gap
    if gap:
        facts = {"gap": f"{gap:,.2f}"}
        found.append(Missing("close.stored_value_gap", facts, "stored_value", 1, abs(gap), Where("close")))
    for told, _ in rolled.banks:
        if told.gap:
            facts = {"account": told.account[-4:], "gap": f"{half_up(told.gap):,.2f}"}
            where = Where("close", {"account": told.account})
            found.append(Missing("close.bank_gap", facts, "bank", 1, abs(told.gap), where))
    for one in owed:
        if one.gap:
            facts = {"store": one.name or one.store_id, "gap": f"{one.gap:,.2f}"}
            where = Where("ledger", {"store": one.store_id})
            found.append(Missing("close.ledger_gap", facts, "splits", 1, abs(one.gap), where))
    return tuple(found)
