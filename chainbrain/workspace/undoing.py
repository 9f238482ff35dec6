"""Entries of the history that are taken back and done again."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from chainbrain.changes import Changes
from chainbrain.database import history
from chainbrain.errors import UserError
from chainbrain.progress import Report, silent
from chainbrain.workspace.rooms import BookInfo
from chainbrain.workspace.writing import ATTRIBUTING, FOLLOWING, Writing

# Kinds of entry whose undoing changes what matches: files, decisions, rules of splits, and working days, which say when
# money is due.
_MOVES_MATCHES: Final = frozenset({"import", "decide", "holiday", "holidays", "place", "habit", "split_rule"})
# Kinds of entry whose rows count by themselves while the entry stands, and what moves with them.
_BY_THEMSELVES: Final = {
    "mapping_saved": "mappings", "mapping_renamed": "mappings", "mapping_removed": "mappings",
    "split_rule": "split_rules", "voucher_accounts": "vouchers", "voucher_setting": "vouchers",
    "ledger": "ledger", "collecting": "ledger", "payment_list": "payment_lists",
    "cash_item": "cash", "cash_item_removed": "cash", "cash_floor": "cash", "cash_floor_off": "cash",
    "cash_dismissed": "cash", "cash_frozen": "cash_freezes",
    "cash_band": "cash", "cash_band_off": "cash", "cash_product": "cash", "cash_product_removed": "cash",
    "cash_placed": "cash", "cash_placed_removed": "cash",
    "cash_twice_same": "cash", "cash_twice_other": "cash", "cash_twice_again": "cash",
    "cash_paid": "cash", "cash_received": "cash", "cash_unpaid": "cash",
    "unusual_known": "unusual", "unusual_quiet": "unusual", "unusual_heard": "unusual",
    "store_event": "store_events", "store_event_removed": "store_events",
    "store_events_table": "store_events",
    "scenario_kept": "scenarios", "scenario_renamed": "scenarios", "scenario_removed": "scenarios",
    "scenario_linked": "scenarios", "scenario_unlinked": "scenarios",
}  # fmt: skip


class Undoing(Writing):
    """Undo and redo; both are entries themselves."""

    def undo(self, entry_id: int | None = None, report: Report = silent) -> Changes:
        """Take one entry back, by default the last one that can be.

        Raises:
            UserError: ``history.nothing_to_undo``, ``history.not_undoable`` or ``history.already_undone``.
        """
        entry = self._undoable(entry_id)
        self.closing.may_undo(entry.entry_id, entry.kind, entry.facts)
        before = self.info()
        with self.book.transaction():
            undo_id = history.add(
                self.book, "undo", {"entry": entry.entry_id, "kind": entry.kind}, undoable=False, undoes=entry.entry_id
            )
            moved = self._take_back(entry)
            self._follow(entry, before, undo_id, report)
        self._file.acknowledge()
        return Changes(frozenset(moved | FOLLOWING), undo_id)

    def redo(self, entry_id: int | None = None, report: Report = silent, *, passwords: Sequence[str] = ()) -> Changes:
        """Do an undone entry again, by default the one that was undone last; it then stands as if never undone.

        The files of an import are read again from the safe and decided as they were, so nothing is asked.

        Args:
            entry_id: the entry that was undone.
            report: told how far it is; may raise ``Cancelled``.
            passwords: for files that are closed; nothing keeps them.

        Raises:
            UserError: ``history.nothing_to_redo``, ``history.not_redoable``, ``history.later_stands``;
                ``history.redo_encrypted`` or ``history.redo_wrong_password`` for a file that needs its password;
                ``history.redo_imported``, ``history.redo_suspect``, ``history.redo_settled`` or
                ``history.redo_unreadable`` when somebody would have to be asked.
        """
        entry = self._redoable(entry_id)
        self.closing.may_undo(entry.entry_id, entry.kind, entry.facts, again=True)
        before = self.info()
        files = self.imports.plan_redo(entry.entry_id, report, passwords) if entry.kind == "import" else None
        with self.book.transaction():
            facts = {"entry": entry.entry_id, "kind": entry.kind}
            redo_id = history.add(self.book, "redo", facts, undoable=False, undoes=entry.undone_by)
            history.stand_again(self.book, entry.entry_id)
            moved = self.imports.put_back(files, report) if files is not None else self._put_back(entry)
            self._follow(entry, before, redo_id, report)
        self._file.acknowledge()
        self.imports.close()
        return Changes(frozenset(moved | FOLLOWING), redo_id)

    def _follow(self, entry: history.Entry, before: BookInfo, new_id: int, report: Report) -> None:
        """Match anew where the entry that came or went moves matches; inside the caller's transaction."""
        if entry.kind in _MOVES_MATCHES and before.reconciled_entry:
            self.reconciliation.run(report)
            self.analytics.follow()
            self._mark_reconciled(new_id)
        elif before.reconciled:
            self._mark_reconciled(new_id)

    def _undoable(self, entry_id: int | None) -> history.Entry:
        entries = history.entries(self.book)
        if entry_id is None:
            found = next((entry for entry in entries if entry.undoable and entry.undone_by is None), None)
            if found is None:
                raise UserError("history.nothing_to_undo")
            return found
        found = next((entry for entry in entries if entry.entry_id == entry_id), None)
        if found is None or not found.undoable:
            raise UserError("history.not_undoable", entry=entry_id)
        if found.undone_by is not None:
            raise UserError("history.already_undone", entry=entry_id, by=found.undone_by)
        later = next((entry for entry in reversed(entries) if _same_day_later(entry, found)), None)
        if later is not None:
            # Putting back what stood before this edit would silently overwrite the later one.
            raise UserError("history.later_stands", entry=entry_id, later=later.entry_id)
        return found

    def _redoable(self, entry_id: int | None) -> history.Entry:
        entries = history.entries(self.book)
        undone = [entry for entry in entries if entry.undoable and entry.undone_by is not None]
        if entry_id is None and not undone:
            raise UserError("history.nothing_to_redo")
        found = (
            max(undone, key=lambda entry: entry.undone_by or 0)
            if entry_id is None
            else next((entry for entry in undone if entry.entry_id == entry_id), None)
        )
        if found is None:
            raise UserError("history.not_redoable", entry=entry_id)
        later = next((entry for entry in reversed(entries) if _same_day_later(entry, found)), None)
        if later is not None:
            raise UserError("history.later_stands", entry=found.entry_id, later=later.entry_id)
        return found

    def _put_back(self, entry: history.Entry) -> set[str]:
        """What undoing an entry other than an import moved; its own rows count again by themselves."""
        if entry.kind in ATTRIBUTING:
            self.imports.attribute_again()
            return set(ATTRIBUTING[entry.kind])
        if entry.kind == "decide":
            self.reconciliation.put_back(entry.entry_id)
            return {"differences", "matches"}
        if entry.kind in _BY_THEMSELVES:
            return {_BY_THEMSELVES[entry.kind]}
        self.rules.put_back(entry)
        self.analytics.follow()
        return {"rules"}

    def _take_back(self, entry: history.Entry) -> set[str]:
        if entry.kind == "import":
            return self.imports.take_back(entry.entry_id)
        if entry.kind in ATTRIBUTING:
            self.imports.attribute_again()
            return set(ATTRIBUTING[entry.kind])
        if entry.kind == "decide":
            self.reconciliation.take_back(entry.entry_id)
            return {"differences", "matches"}
        if entry.kind in _BY_THEMSELVES:
            return {_BY_THEMSELVES[entry.kind]}
        self.rules.take_back(entry)
        self.analytics.follow()
        return {"rules"}


def _same_day_later(entry: history.Entry, found: history.Entry) -> bool:
    """Whether ``entry`` is a standing, later edit of the very day or festival that ``found`` edited."""
    if entry.entry_id <= found.entry_id or entry.undone_by is not None:
        return False
    return bool(_edited(entry) & _edited(found))


def _edited(entry: history.Entry) -> set[tuple[object, ...]]:
    """The days or the festival that an entry edited in place."""
    if entry.kind == "holidays":
        return {(one["day"],) for one in entry.facts["moved"]}
    keys = {"holiday": ("day",), "festival": ("festival", "year")}.get(entry.kind)
    return {tuple(entry.facts[key] for key in keys)} if keys else set()
