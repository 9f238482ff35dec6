"""The reconciliation room of one book: run it, decide, and read what came out."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from decimal import Decimal

from chainbrain.database.book import Book
from chainbrain.progress import Report, silent
from chainbrain.reconciliation import behind, decisions, deposits, evidence, groups, progress, summary, till
from chainbrain.reconciliation.behind import Expected
from chainbrain.reconciliation.decisions import Decision
from chainbrain.reconciliation.deposits import BankItem, Candidate, LateItem, PayoutItem
from chainbrain.reconciliation.evidence import Evidence
from chainbrain.reconciliation.groups import GroupRow, Member
from chainbrain.reconciliation.progress import Progress
from chainbrain.reconciliation.reconcile import Reconciled, reconcile
from chainbrain.reconciliation.summary import LegStates, StateSummary, WorkGroup
from chainbrain.reconciliation.till import TenderItem

__all__ = [
    "BankItem",
    "Candidate",
    "Decision",
    "Evidence",
    "GroupRow",
    "LateItem",
    "LegStates",
    "Member",
    "Progress",
    "Reconciled",
    "ReconciliationRoom",
    "StateSummary",
    "TenderItem",
    "WorkGroup",
]


class ReconciliationRoom:
    """Matches, differences and states of one book."""

    def __init__(self, book: Book) -> None:
        self._book = book

    # ------------------------------------------------------------------ writing
    def run(self, report: Report = silent, *, whole: bool = False) -> Reconciled:
        """Match anew what was touched since the last time, or everything; the result is the same."""
        return reconcile(self._book, report, whole=whole)

    def decide(self, entry_id: int, word: Decision) -> None:
        """Write a person's word and let everything follow from it; inside the caller's transaction.

        Raises:
            UserError: what ``decisions.write`` refuses.
        """
        if not self.say(entry_id, word):
            reconcile(self._book)

    def say(self, entry_id: int, word: Decision) -> bool:
        """Write a person's word; returns whether everything follows from it already, or has to be matched anew.

        Raises:
            UserError: what ``decisions.write`` refuses.
        """
        decisions.write(self._book, entry_id, word)
        return decisions.apply_lightly(self._book, word)

    def told(self, word: Decision) -> dict[str, object]:
        """What the history keeps of a word that is about to be written."""
        return decisions.told(self._book, word)

    def take_back(self, entry_id: int) -> None:
        """Forget the decisions of one history entry; the rows stay, the history marks them as taken back.

        The caller reconciles afterwards.

        Raises:
            LookupError: that entry decided nothing.
            UserError: ``decide.member_held`` when an earlier word would hold again what a later one holds.
        """
        self._book.one_of("select decision_id from base.decisions where entry_id = $entry limit 1", entry=entry_id)
        groups.hold_apart(self._book, entry_id)

    def put_back(self, entry_id: int) -> None:
        """Let the decisions of one history entry count again; the caller reconciles afterwards.

        Raises:
            UserError: ``decide.member_held`` when other words hold its rows by now.
        """
        groups.hold_apart(self._book, entry_id)

    # ------------------------------------------------------------------ reading
    def summary(self, first: date | None = None, after: date | None = None, store: str | None = None) -> StateSummary:
        """States per leg, the open difference and the work list, of the book or of a period, and of one store."""
        return summary.summary(self._book, first, after, store)

    def work(
        self, first: date | None = None, after: date | None = None, store: str | None = None
    ) -> tuple[WorkGroup, ...]:
        """The work list alone."""
        return summary.work(self._book, first, after, store)

    def legs(self) -> frozenset[str]:
        """The legs that have rows anywhere in the book."""
        return summary.legs(self._book)

    def progress(self, first: date | None = None, after: date | None = None) -> tuple[Progress, ...]:
        """How far every store and month is, the newest month first."""
        return progress.progress(self._book, first, after)

    def codes(self) -> dict[str, tuple[int, int, Decimal]]:
        """Per difference code: found, still open, open amount in yuan (signed effect on the business)."""
        return summary.codes(self._book)

    def bank_accounts(self) -> tuple[str, ...]:
        """The bank accounts that have statements in the book."""
        return deposits.accounts(self._book)

    def bank_worklist(
        self,
        *,
        account: str | None = None,
        first: date | None = None,
        after: date | None = None,
        state: str | None = None,
    ) -> tuple[BankItem, ...]:
        """Bank lines that need a word, the newest first; with ``state`` all lines in that state instead."""
        return deposits.worklist(self._book, account=account, first=first, after=after, state=state)

    def tender_worklist(self, *, first: date | None = None, after: date | None = None) -> tuple[TenderItem, ...]:
        """Suggestions at the till that wait for a word, the oldest first."""
        return till.worklist(self._book, first=first, after=after)

    def states_fees(self, record_id: str) -> bool:
        """Whether the bills behind a payment or payout state fees at all."""
        return till.states_fees(self._book, record_id)

    def late(self, *, first: date | None = None, after: date | None = None) -> tuple[LateItem, ...]:
        """Withdrawals and payouts that should have arrived and have not, the oldest first."""
        return deposits.late(self._book, first=first, after=after)

    def payouts(self, state: str, *, first: date | None = None, after: date | None = None) -> tuple[PayoutItem, ...]:
        """Withdrawals and payouts in one state at the bank, the first due before others."""
        return deposits.payouts(self._book, state, first=first, after=after)

    def candidates(self, bank_line_id: str) -> tuple[Candidate, ...]:
        """What a bank line could be, the closest first."""
        return deposits.candidates(self._book, bank_line_id)

    def evidence(self, match_id: str) -> Evidence:
        """The arithmetic behind one match.

        Raises:
            UserError: ``decide.unknown``.
        """
        return evidence.evidence(self._book, match_id)

    def expected(self, record_id: str) -> Expected | None:
        """What a payout or withdrawal is made of, with its number and file; None for any other record."""
        return behind.expected(self._book, record_id)

    def moved(self) -> dict[str, tuple[Decimal, str]]:
        """Per difference of a sale that was paid in another store: how much, and in which."""
        return behind.moved(self._book)

    def twins(self, record_id: str) -> tuple[tuple[str, str], ...]:
        """The matched rows that a duplicate repeats, each with its match."""
        return behind.twins(self._book, record_id)

    def group(self, match_id: str) -> tuple[GroupRow, ...]:
        """The records of a confirmed match at the bank; empty when it is none."""
        return groups.rows(self._book, match_id)

    def unknown(self, subject_type: str, subject_ids: Sequence[str]) -> tuple[str, ...]:
        """Those of the ids that name no difference or match of the book."""
        return decisions.unknown(self._book, subject_type, subject_ids)
