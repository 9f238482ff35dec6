"""Opens one book and hands out its rooms; the only door for the window and the command line."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from types import TracebackType
from typing import Final

from chainbrain.analytics.room import AnalyticsRoom
from chainbrain.cash.room import CashRoom
from chainbrain.changes import Changes
from chainbrain.closing.room import CloseRoom
from chainbrain.database import health, history
from chainbrain.database.book import Book
from chainbrain.database.bookfile import SUFFIX, BookFile
from chainbrain.database.safe import Safe
from chainbrain.desk import Desk
from chainbrain.errors import DecisionRefused, UserError
from chainbrain.expansion.room import ExpansionRoom
from chainbrain.importers.mapped.mapping import TableMapping
from chainbrain.intake.inbox import Inbox
from chainbrain.intake.looking import LookRoom
from chainbrain.intake.mappings import MappingBook
from chainbrain.intake.places import Placement, Places
from chainbrain.intake.room import ImportRoom
from chainbrain.ledger.payments import PaymentRoom
from chainbrain.ledger.room import LedgerRoom
from chainbrain.ledger_desk import LedgerDesk
from chainbrain.lists import ListRoom
from chainbrain.progress import Report, silent
from chainbrain.reconciliation.habits import Habits, HabitWord
from chainbrain.reconciliation.room import Decision, Member, Reconciled, ReconciliationRoom
from chainbrain.replay import Replayed, replay
from chainbrain.reports.room import ReportRoom
from chainbrain.reports.vouchers import room_of
from chainbrain.rulebook import RuleBook
from chainbrain.splits import drafts
from chainbrain.splits.conflicts import RulePlan
from chainbrain.splits.room import SplitRoom
from chainbrain.splits.rules import SplitRule
from chainbrain.vouchers import accounts
from chainbrain.vouchers.accounts import Account

# Kinds of entry whose undoing changes what matches: files, decisions, rules of splits, and working days, which say when
# money is due.
_MOVES_MATCHES: Final = frozenset({"import", "decide", "holiday", "place", "habit", "split_rule"})
# Kinds of entry whose rows count again or no longer by themselves, and what they say of the facts.
_ATTRIBUTING: Final = {"place": frozenset({"stores", "accounts"}), "habit": frozenset({"habits"})}
# Kinds of entry whose rows count by themselves while the entry stands, and what moves with them.
_BY_THEMSELVES: Final = {
    "mapping_saved": "mappings", "mapping_renamed": "mappings", "mapping_removed": "mappings",
    "split_rule": "split_rules", "voucher_accounts": "vouchers", "voucher_setting": "vouchers",
    "ledger": "ledger", "collecting": "ledger", "payment_list": "payment_lists",
}  # fmt: skip

# What moves with everything that is matched anew.
_FOLLOWING: Final = frozenset({"matches", "differences", "row_states", "daily_sales"})


@dataclass(frozen=True)
class BookInfo:
    """What the window says about the open book.

    ``imported_entry`` is the newest history entry that states and matches depend on, ``reconciled_entry`` the one up to
    which they follow; 0 when there is none.
    """

    path: Path
    name: str
    stores: int
    first_day: date | None
    last_day: date | None
    files: int
    created_at: datetime | None
    is_demo: bool
    imported_entry: int
    reconciled_entry: int

    @property
    def reconciled(self) -> bool:
        """Whether states and matches follow from everything that was imported or decided."""
        return self.reconciled_entry >= self.imported_entry > 0


class Rooms:
    """The rooms of one book for one thread: what only reads."""

    def __init__(self, book: Book, path: Path) -> None:
        self.book = book
        self.path = path
        self.lists = ListRoom(book)
        self.analytics = AnalyticsRoom(book)
        self.reconciliation = ReconciliationRoom(book)
        self.cash = CashRoom(book)
        self.expansion = ExpansionRoom(book)
        self.reports = ReportRoom(book)
        self.rules = RuleBook(book)
        self.mappings = MappingBook(book)
        self.places = Places(book)
        self.habits = Habits(book)
        self.splits = SplitRoom(book)
        self.vouchers = room_of(book)
        self.ledger = LedgerRoom(book, self.splits)
        self.payments = PaymentRoom(book, self.ledger)
        self.closing = CloseRoom(book, self.ledger.roll_forward, self.splits.dues)
        self.inbox = Inbox(book)

    def info(self) -> BookInfo:
        """What the window says about this book."""
        found = self.book.one("history/info")
        assert found is not None
        stores, first, last, files, created, demo, imported, reconciled = found
        return BookInfo(
            self.path, self.path.stem, stores, first, last, files,
            datetime.fromisoformat(created) if created else None, bool(demo), imported or 0, reconciled or 0,
        )  # fmt: skip

    def history(self, limit: int = 1000) -> list[history.Entry]:
        """What was written, the newest first."""
        return history.entries(self.book, limit)

    def interrupt(self) -> None:
        """Stop the statement that runs here; called from another thread."""
        self.book.interrupt()


class Workspace(Rooms):
    """One open book, for the thread that writes. ``reading()`` gives the rooms for a second thread."""

    def __init__(self, file: BookFile) -> None:
        super().__init__(file.book, file.path)
        self._file = file
        self.imports = ImportRoom(file)
        self.looking = LookRoom()
        self.desk = Desk(file)
        self.ledger_desk = LedgerDesk(file)

    @classmethod
    def open(cls, path: Path) -> Workspace:
        """Open a book.

        Raises:
            UserError: no such book, in use elsewhere, damaged, or written by a later program.
        """
        return cls(BookFile(path, create=False))

    @classmethod
    def create(cls, path: Path, *, demo: bool = False) -> Workspace:
        """Make a new, empty book; ``demo`` marks it as made-up data for good.

        Raises:
            UserError: ``book.exists``, ``book.no_folder`` or ``book.suffix``.
        """
        if path.suffix != SUFFIX:
            raise UserError("book.suffix", path=str(path), suffix=SUFFIX)
        workspace = cls(BookFile(path, create=True))
        if demo:
            workspace.book.execute("insert into base.meta values ('demo', 'yes')")
        return workspace

    @classmethod
    def open_or_create(cls, path: Path) -> Workspace:
        """Open the book, or make it when there is none yet."""
        return cls.open(path) if path.exists() else cls.create(path)

    def reading(self) -> Rooms:
        """Rooms for another thread, on what is committed."""
        return Rooms(self.book.reader(), self.path)

    # ------------------------------------------------------------------ writing
    def reconcile(self, report: Report = silent, *, whole: bool = False) -> tuple[Reconciled, Changes]:
        """Match anew what was touched, or everything, and refresh what the analytics read; one transaction."""
        with self.book.transaction():
            found = self.reconciliation.run(report, whole=whole)
            entry_id = history.add(self.book, "reconcile", found.facts(), undoable=False)
            self.analytics.refresh()
            self._mark_reconciled(entry_id)
        self._file.acknowledge()
        return found, Changes(_FOLLOWING, entry_id)

    def decide(
        self,
        subject_type: str,
        subject_ids: Sequence[str],
        verdict: str,
        note: str = "",
        *,
        members: Sequence[Member] = (),
        expected_on: date | None = None,
    ) -> Changes:
        """Write a person's word on differences or matches; see ``Decision`` for what can be said."""
        return self.decide_all([Decision(subject_type, tuple(subject_ids), verdict, note, tuple(members), expected_on)])

    def decide_all(self, words: Sequence[Decision]) -> Changes:
        """Write several decisions, each with an entry of its own that can be undone; all of them or none.

        All speak of the matches that hold before the first of them.

        Raises:
            DecisionRefused: which of them cannot be written, and why; nothing was written.
        """
        up_to_date = self.info().reconciled
        entry_id, settled = None, True
        with self.book.transaction():
            for number, one in enumerate(words):
                self._open_subjects(number, one)
                entry_id = history.add(self.book, "decide", one.facts(), undoable=True)
                try:
                    settled = self.reconciliation.say(entry_id, one) and settled
                except UserError as problem:
                    raise DecisionRefused.of(problem, number) from problem
            if not settled:
                self.reconciliation.run()
            if up_to_date and entry_id is not None:
                self._mark_reconciled(entry_id)
        self._file.acknowledge()
        return Changes(frozenset({"matches", "differences", "row_states"}), entry_id)

    def _open_subjects(self, number: int, one: Decision) -> None:
        try:
            self.closing.may_say(one.subject_type, one.subject_ids, [member.record_id for member in one.members])
        except UserError as problem:
            raise DecisionRefused.of(problem, number) from problem

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

    def follow(self, report: Report = silent) -> Changes:
        """Match anew what follows from what was said at the desk, while more may be said there.

        It goes by what stood when it began; what comes meanwhile waits for the next time.
        """
        with self.book.transaction(beside=True):
            newest = int(self.book.one_of("select coalesce(max(entry_id), 0) from base.history")[0])
            self.reconciliation.run(report)
            self._mark_reconciled(newest)
        self._file.acknowledge()
        return Changes(frozenset({"matches", "differences", "row_states"}), newest)

    def place(self, placements: Sequence[Placement], report: Report = silent) -> Changes:
        """Say where rows belong; old rows move there too, the facts stay. Everything of one call is undone together.

        Raises:
            UserError: ``place.store_unknown``, ``place.incomplete``, ``place.name_missing`` or ``place.dates``; nothing
                was written.
        """
        before = self.info()
        with self.book.transaction():
            facts = {"count": len(placements), "stores": sorted({one.store_code for one in placements})[:20]}
            entry_id = history.add(self.book, "place", facts, undoable=True)
            # New stores first: the others may name them.
            for one in sorted(placements, key=lambda one: one.code != one.store_code):
                self.places.add(entry_id, one)
            self._attribute_again(entry_id, report, again=before.reconciled)
        self._file.acknowledge()
        return Changes(_ATTRIBUTING["place"] | _FOLLOWING, entry_id)

    def set_habit(self, word: HabitWord, report: Report = silent) -> Changes:
        """Say how a merchant's money reaches the bank, or that this is to be learned; its payouts follow at once.

        Raises:
            UserError: ``habit.unknown``, ``habit.not_straight``, ``habit.nothing``, ``habit.both``, ``habit.rule``,
                ``habit.cutoff``, ``habit.fees``, ``habit.no_rate`` or ``habit.no_rule``; nothing was written.
        """
        before = self.info()
        with self.book.transaction():
            word = self.habits.checked(word)
            entry_id = history.add(self.book, "habit", word.facts(), undoable=True)
            self.habits.add(entry_id, word)
            self._attribute_again(entry_id, report, again=before.reconciled)
            self.habits.held(word)
        self._file.acknowledge()
        return Changes(_ATTRIBUTING["habit"] | _FOLLOWING, entry_id)

    def set_split_rule(self, rule: SplitRule, report: Report = silent, *, accept: bool = False) -> Changes:
        """Write a split rule, new or the next version of one that stands, which then ends where it begins.

        Args:
            rule: the rule.
            report: told while everything is matched anew.
            accept: whether it is written in spite of what is to be thought of.

        Raises:
            UserError: ``split_conflict.<code>``, the first thing that stands against it, or ``close.day_closed`` when
                it would count in a closed month; nothing was written.
        """
        plan = self.splits.plan(rule)
        against = next((one for one in plan.conflicts if one.severe or not accept), None)
        if against is not None:
            raise UserError(f"split_conflict.{against.code}", **against.facts)
        what = "added" if all(one.scope != rule.scope for one in self.splits.rules()) else "changed"
        return self._write_split_rules(plan, what, report)

    def end_split_rule(self, rule_id: str, day: date, report: Report = silent) -> Changes:
        """Let a split rule hold no longer from a day on; the days before stay as they were.

        Raises:
            UserError: ``split_rule.unknown``, ``split_rule.dates`` or ``close.day_closed``; nothing was written.
        """
        return self._write_split_rules(self.splits.ending(rule_id, day), "ended", report)

    def _write_split_rules(self, plan: RulePlan, what: str, report: Report) -> Changes:
        self.closing.may_begin(plan.since)
        before, rule = self.info(), plan.rule
        with self.book.transaction():
            facts = {
                "what": what, "name": rule.name, "receiver": rule.receiver, "store": rule.store,
                "value": drafts.value_text(rule), "first": rule.valid_from, "after": rule.valid_to,
                "day": plan.since,
            }  # fmt: skip
            entry_id = history.add(self.book, "split_rule", facts, undoable=True)
            self.splits.add(entry_id, plan.rows)
            if before.reconciled:
                self.reconciliation.run(report)
                self.analytics.refresh()
                self._mark_reconciled(entry_id)
        self._file.acknowledge()
        return Changes(frozenset({"split_rules"}) | _FOLLOWING, entry_id)

    def _attribute_again(self, entry_id: int, report: Report, *, again: bool) -> None:
        """Attribute every row anew; match anew where the book was matched."""
        self.imports.attribute_again()
        if again:
            self.reconciliation.run(report)
            self.analytics.refresh()
            self._mark_reconciled(entry_id)

    def edit_rule(self, key: str, value: str, valid_from: date, note: str = "") -> Changes:
        """Add a dated rule; the older rows stay, so an old month recomputes as it was.

        Raises:
            UserError: ``close.day_closed`` when it would count in a closed month.
        """
        self.closing.may_begin(valid_from)
        with self.book.transaction():
            entry_id = history.add(
                self.book, "rule", {"key": key, "value": value, "valid_from": valid_from}, undoable=True
            )
            self.rules.add(entry_id, key, value, valid_from, note)
        self._file.acknowledge()
        return Changes(frozenset({"rules"}), entry_id)

    def edit_holiday(self, day: date, kind: str | None, name: str = "") -> Changes:
        """Mark a day as holiday or worked weekend; ``kind`` None makes it an ordinary day.

        Raises:
            UserError: ``close.day_closed`` when it lies in a closed month.
        """
        self.closing.may_begin(day)
        before = self.rules.holiday(day)
        with self.book.transaction():
            facts = {"day": day, "day_kind": kind, "name": name}
            entry_id = history.add(self.book, "holiday", facts, undoable=True, before=before)
            self.rules.set_holiday(day, kind, name)
        self._file.acknowledge()
        return Changes(frozenset({"rules"}), entry_id)

    def move_festival(self, festival: str, day: date) -> Changes:
        """Put a festival (``spring_festival`` ...) of the day's year on this day.

        Raises:
            UserError: ``rules.no_festival`` when that year has no such festival.
        """
        before = next((row.day for row in self.rules.festivals(day.year) if row.festival == festival), None)
        if before is None:
            raise UserError("rules.no_festival", festival=festival, year=day.year)
        with self.book.transaction():
            facts = {"festival": festival, "year": day.year, "day": day, "before": before}
            entry_id = history.add(self.book, "festival", facts, undoable=True)
            self.rules.move_festival(festival, day.year, day)
        self._file.acknowledge()
        return Changes(frozenset({"rules"}), entry_id)

    def save_mapping(self, mapping: TableMapping, replaces: str | None = None) -> Changes:
        """Keep a column map; tables with its header are recognised from now on. The same map again changes nothing.

        Args:
            mapping: the map.
            replaces: the name under which it stood before.

        Raises:
            UserError: ``mapping.lacks``, ``mapping.needs_words`` or ``mapping.needs_direction`` when the map is not
                complete, ``mapping.name_taken`` when its name stands for another header.
        """
        if self.mappings.settled(mapping, replaces) in self.mappings.standing():
            return Changes()
        with self.book.transaction():
            facts = {"name": mapping.name, "record_kind": mapping.kind}
            entry_id = history.add(self.book, "mapping_saved", facts, undoable=True)
            self.mappings.add(entry_id, mapping, replaces)
        self._file.acknowledge()
        return Changes(frozenset({"mappings"}), entry_id)

    def rename_mapping(self, name: str, new_name: str) -> Changes:
        """Call a column map something else; files that were read by it keep the old name.

        Raises:
            UserError: ``mapping.not_found`` or ``mapping.name_taken``.
        """
        with self.book.transaction():
            facts = {"name": name, "new_name": new_name}
            entry_id = history.add(self.book, "mapping_renamed", facts, undoable=True)
            self.mappings.rename(entry_id, name, new_name)
        self._file.acknowledge()
        return Changes(frozenset({"mappings"}), entry_id)

    def remove_mapping(self, name: str) -> Changes:
        """Recognise no more tables by this map; what was read by it stays.

        Raises:
            UserError: ``mapping.not_found``.
        """
        with self.book.transaction():
            entry_id = history.add(self.book, "mapping_removed", {"name": name}, undoable=True)
            self.mappings.end(entry_id, name)
        self._file.acknowledge()
        return Changes(frozenset({"mappings"}), entry_id)

    def set_accounts(self, words: Sequence[Account]) -> Changes:
        """Put own accounts for journal lines in the place of the shipped ones; vouchers of every month follow at once.

        Raises:
            UserError: ``vouchers.nothing``, ``vouchers.role``, ``vouchers.code`` or ``vouchers.account_twice``.
        """
        checked = accounts.checked(words)
        if not checked:
            raise UserError("vouchers.nothing")
        with self.book.transaction():
            entry_id = history.add(self.book, "voucher_accounts", {"count": len(checked)}, undoable=True)
            self.vouchers.set_accounts(entry_id, checked)
        self._file.acknowledge()
        return Changes(frozenset({"vouchers"}), entry_id)

    def set_voucher_setting(self, key: str, value: str | None) -> Changes:
        """Choose the chart of accounts, the word before voucher numbers, who makes them, or a layout's columns.

        Raises:
            UserError: as ``VoucherRoom.checked_setting``.
        """
        checked = self.vouchers.checked_setting(key, value)
        with self.book.transaction():
            facts = {"setting": key, "value": checked}
            entry_id = history.add(self.book, "voucher_setting", facts, undoable=True)
            self.vouchers.set_setting(entry_id, key, checked)
        self._file.acknowledge()
        return Changes(frozenset({"vouchers"}), entry_id)

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
        return Changes(frozenset(moved | _FOLLOWING), undo_id)

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
        return Changes(frozenset(moved | _FOLLOWING), redo_id)

    def _follow(self, entry: history.Entry, before: BookInfo, new_id: int, report: Report) -> None:
        """Match anew where the entry that came or went moves matches; inside the caller's transaction."""
        if entry.kind in _MOVES_MATCHES and before.reconciled_entry:
            self.reconciliation.run(report)
            self.analytics.refresh()
            self._mark_reconciled(new_id)
        elif before.reconciled:
            self._mark_reconciled(new_id)

    def _mark_reconciled(self, entry_id: int) -> None:
        history.mark_reconciled(self.book, entry_id)

    def _undoable(self, entry_id: int | None) -> history.Entry:
        entries = history.entries(self.book, limit=1_000_000)
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
        entries = history.entries(self.book, limit=1_000_000)
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
        if entry.kind in _ATTRIBUTING:
            self.imports.attribute_again()
            return set(_ATTRIBUTING[entry.kind])
        if entry.kind == "decide":
            self.reconciliation.put_back(entry.entry_id)
            return {"differences", "matches"}
        if entry.kind in _BY_THEMSELVES:
            return {_BY_THEMSELVES[entry.kind]}
        self.rules.put_back(entry)
        return {"rules"}

    def _take_back(self, entry: history.Entry) -> set[str]:
        if entry.kind == "import":
            return self.imports.take_back(entry.entry_id)
        if entry.kind in _ATTRIBUTING:
            self.imports.attribute_again()
            return set(_ATTRIBUTING[entry.kind])
        if entry.kind == "decide":
            self.reconciliation.take_back(entry.entry_id)
            return {"differences", "matches"}
        if entry.kind in _BY_THEMSELVES:
            return {_BY_THEMSELVES[entry.kind]}
        self.rules.take_back(entry)
        return {"rules"}

    # ------------------------------------------------------------------ care
    def replay(
        self,
        month: date,
        version: int | None = None,
        report: Report = silent,
        *,
        passwords: Sequence[str] = (),
    ) -> Replayed:
        """Reckon a closed month again from its kept files, decisions and rules; nothing is written.

        Args:
            month: any day in it.
            version: which version, by default the latest.
            report: told how far it is; may raise ``Cancelled``.
            passwords: for kept files that are closed.

        Raises:
            UserError: ``close.no_version``, or what reading the files again refuses.
            BookDamaged: a kept file is missing, or is not what was imported.
        """
        state = self.closing.month(month)
        wanted = next((one for one in self.closing.versions(month) if one.version == (version or state.version)), None)
        if wanted is None:
            raise UserError("close.no_version", month=f"{state.month:%Y-%m}", version=version or 1)
        return replay(self, wanted, report, passwords)

    def safe(self) -> Safe:
        """What stands beside the book: originals, spill, shadows."""
        return self._file.safe

    def spill(self) -> Path:
        """A folder for what is thrown away again, on the disk of the book."""
        self._file.safe.spill.mkdir(parents=True, exist_ok=True)
        return self._file.safe.spill

    def check(self, report: Report = silent) -> health.Health:
        """Read every table, verify sums, states, the audit chain, the originals and what closed months keep."""
        found = health.check(self._file, report)
        return health.Health((*found.findings, *self._closed_months()))

    def _closed_months(self) -> list[health.Finding]:
        closed = [one for one in self.closing.months() if one.version]
        broken = self.closing.verify() if closed else ()
        if not broken:
            return [health.Finding("health.months", True, {"count": len(closed)})]
        return [
            health.Finding(
                f"health.month_{one.kind}", False, {"month": f"{one.month:%Y-%m}", "what": ", ".join(one.names)}
            )
            for one in broken
        ]

    def close(self) -> None:
        """Fold the log in and let go; the file alone then holds every fact and decision."""
        self.looking.close()
        self.imports.close()
        self._file.close()

    def __enter__(self) -> Workspace:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()


def _same_day_later(entry: history.Entry, found: history.Entry) -> bool:
    """Whether ``entry`` is a standing, later edit of the very day or festival that ``found`` edited."""
    if entry.entry_id <= found.entry_id or entry.kind != found.kind or entry.undone_by is not None:
        return False
    keys = {"holiday": ("day",), "festival": ("festival", "year")}.get(found.kind)
    return keys is not None and all(entry.facts[key] == found.facts[key] for key in keys)
