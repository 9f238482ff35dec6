"""What is said of matches, places, habits and splits, and what is matched anew because of it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from chainbrain.changes import Changes
from chainbrain.database import history
from chainbrain.errors import DecisionRefused, UserError
from chainbrain.intake.places import Placement
from chainbrain.progress import Report, silent
from chainbrain.reconciliation.habits import HabitWord
from chainbrain.reconciliation.room import Decision, Member, Reconciled
from chainbrain.splits import drafts
from chainbrain.splits.conflicts import RulePlan
from chainbrain.splits.rules import SplitRule
from chainbrain.workspace.writing import ATTRIBUTING, FOLLOWING, Writing


class MatchingWrites(Writing):
    """Writes after which rows are matched anew."""

    def reconcile(self, report: Report = silent, *, whole: bool = False) -> tuple[Reconciled, Changes]:
        """Match anew what was touched, or everything, and refresh what the analytics read; one transaction."""
        with self.book.transaction():
            found = self.reconciliation.run(report, whole=whole)
            entry_id = history.add(self.book, "reconcile", found.facts(), undoable=False)
            self.analytics.follow()
            self._mark_reconciled(entry_id)
        self._file.acknowledge()
        return found, Changes(FOLLOWING, entry_id)

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
                entry_id = history.add(self.book, "decide", self.reconciliation.told(one), undoable=True)
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
            UserError: ``place.store_unknown``, ``place.incomplete``, ``place.name_missing``, ``place.dates`` or, when
                rows of a closed month would move, ``close.day_closed``; nothing was written.
        """
        before = self.info()
        with self.book.transaction():
            facts = {"count": len(placements), "stores": sorted({one.store_code for one in placements})[:20]}
            entry_id = history.add(self.book, "place", facts, undoable=True)
            # New stores first: the others may name them.
            for one in sorted(placements, key=lambda one: one.code != one.store_code):
                self.places.add(entry_id, one)
            self.closing.may_place(entry_id)
            self._attribute_again(entry_id, report, again=before.reconciled)
        self._file.acknowledge()
        return Changes(ATTRIBUTING["place"] | FOLLOWING, entry_id)

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
        return Changes(ATTRIBUTING["habit"] | FOLLOWING, entry_id)

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
                self.analytics.follow()
                self._mark_reconciled(entry_id)
        self._file.acknowledge()
        return Changes(frozenset({"split_rules"}) | FOLLOWING, entry_id)
