"""Months that are signed and locked, and opened again."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date

from chainbrain.changes import Changes
from chainbrain.progress import Report, silent
from chainbrain.workspace.writing import Writing


class MonthWrites(Writing):
    """Writes of the month-end close."""

    def close_month(
        self, month: date, who: str, reason: str = "", accept: Collection[str] = (), report: Report = silent
    ) -> Changes:
        """Sign a month and lock it: figures, files, rules, differences, decisions and matches are kept.

        Args:
            month: any day in it.
            who: who signs.
            reason: why it is signed although something is missing.
            accept: the steps whose missing things are accepted for that reason (``Board.acceptable``).
            report: told how far it is; may raise ``Cancelled``.

        Raises:
            UserError: ``close.no_data``, ``close.already``, ``close.no_name``.
            CloseRefused: ``close.refused`` or ``close.needs_reason``, with everything that is missing.
        """
        with self.book.transaction():
            entry_id = self.closing.sign(month, who, reason, accept, report)
        self._file.acknowledge()
        return Changes(frozenset({"months"}), entry_id)

    def reopen_month(self, month: date, who: str, reason: str) -> Changes:
        """Open a closed month again; the version that was signed stays and can be compared.

        Raises:
            UserError: ``close.no_data``, ``close.not_closed``, ``close.no_name``, ``close.reopen_reason`` or
                ``close.later_closed``.
        """
        with self.book.transaction():
            entry_id = self.closing.reopen(month, who, reason)
        self._file.acknowledge()
        return Changes(frozenset({"months"}), entry_id)
