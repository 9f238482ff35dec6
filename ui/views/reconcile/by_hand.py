"""Groups that somebody puts together, takes apart or splits: what the shown lines and the chosen payouts allow."""

from __future__ import annotations

from decimal import Decimal

from chainbrain.reconciliation.groups import SIDES
from chainbrain.reconciliation.room import Decision, GroupRow, Member
from ui.views.reconcile.answer_pane import AnswerPane
from ui.views.reconcile.grouping import ZERO
from ui.views.reconcile.list_pane import ListPane


class GroupsByHand:
    """Makes the decision about a group from what is on the screen."""

    def __init__(self, lines: ListPane, answer: AnswerPane) -> None:
        self._lines, self._answer = lines, answer

    def held(self) -> tuple[GroupRow, ...]:
        """Return the members of the shown match at the bank, when it holds."""
        detail = self._answer.detail
        if detail is None or detail.evidence is None or self._answer.match_id != detail.evidence.match_id:
            return ()
        return detail.members

    def together(self) -> tuple[Decision, Decimal] | None:
        """Return the group of what is chosen, and what is open in it."""
        grouping = self._answer.grouping
        if not grouping.whole:
            return None
        return Decision("match", (), "match", members=grouping.members()), grouping.gap

    def apart(self) -> Decision | None:
        """Return that the shown match is taken apart, where one holds and nothing is ticked."""
        match_id = self._answer.match_id
        if not self.held() or match_id is None or self._lines.ticked:
            return None
        return Decision("match", (match_id,), "unmatch")

    def deposited(self) -> Decimal:
        """Return what the bank lines of the shown match come to."""
        return sum((row.amount for row in self.held() if SIDES[row.member.record_type] == "outer"), ZERO)

    def without(self) -> tuple[Decision, Decimal] | None:
        """Return the shown group without one member, and what is open in the rest."""
        rows, match_id, taken = self.held(), self._answer.match_id, self._taken_out()
        left = [row for row in rows if row.member not in taken]
        sides = {SIDES[row.member.record_type] for row in left}
        if match_id is None or not taken or len(sides) < len(set(SIDES.values())):
            return None
        gap = sum((row.amount if SIDES[row.member.record_type] == "outer" else -row.amount for row in left), ZERO)
        return Decision("match", (match_id,), "split", members=tuple(taken)), gap

    def _taken_out(self) -> list[Member]:
        """What S is about: chosen members first, else where the keyboard is."""
        members = [row.member for row in self.held()]
        chosen = {one.record_id for one in self._answer.grouping.payouts}
        if not chosen and self._answer.candidates.hasFocus() and self._answer.candidates.current is not None:
            chosen = {self._answer.candidates.current.record_id}
        taken = [member for member in members if member.record_id in chosen]
        lines = [member for member in members if SIDES[member.record_type] == "outer"]
        item = self._lines.current
        if not chosen and len(lines) > 1 and item is not None:
            taken = [member for member in lines if member.record_id == item.record_id]
        return taken
