"""The reconciliation room of one book: run it, decide, and read what came out."""

from __future__ import annotations

from collections.abc import Sequence

from chainbrain.database.book import Book
from chainbrain.progress import Report, silent
from chainbrain.reconciliation import decisions
from chainbrain.reconciliation.reconcile import Reconciled, reconcile

__all__ = ["Reconciled", "ReconciliationRoom"]


class ReconciliationRoom:
    """Matches, differences and states of one book."""

    def __init__(self, book: Book) -> None:
        self._book = book

    # ------------------------------------------------------------------ writing
    def run(self, report: Report = silent) -> Reconciled:
        """Match everything anew."""
        return reconcile(self._book, report)

    def decide(
        self, entry_id: int, subject_type: str, subject_ids: Sequence[str], verdict: str, note: str = ""
    ) -> None:
        """Write a person's word and let everything follow from it; inside the caller's transaction.

        Args:
            entry_id: the history entry of this decision.
            subject_type: ``difference`` (explain, exclude, timing, reopen) or ``match`` (accept, reject).
            subject_ids: their ids as text.
            verdict: one of the words above.
            note: why, in the person's words.

        Raises:
            UserError: ``decide.verdict`` or ``decide.unknown``.
        """
        decisions.write(self._book, entry_id, subject_type, subject_ids, verdict, note)
        reconcile(self._book)

    def take_back(self, entry_id: int) -> None:
        """Forget the decisions of one history entry; the rows stay, the history marks them as taken back.

        The caller reconciles afterwards.

        Raises:
            LookupError: that entry decided nothing.
        """
        self._book.one_of("select decision_id from base.decisions where entry_id = $entry limit 1", entry=entry_id)
