"""What a word can be about now: the ticked lines, or the one whose answer is shown."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from chainbrain import clock
from chainbrain.reconciliation.room import Decision
from ui.views.reconcile.answer_pane import AnswerPane
from ui.views.reconcile.items import Item
from ui.views.reconcile.list_pane import ListPane

ABOUT_MATCHES = ("accept", "reject")
ASK_WHY = ("explain", "exclude", "timing")


class Subjects:
    """Knows what is ticked and what is shown."""

    def __init__(self, lines: ListPane, answer: AnswerPane) -> None:
        self._lines, self._answer = lines, answer

    def possible(self) -> tuple[str, ...]:
        """What can be decided now, the most likely first."""
        ticked = self._lines.ticked
        if not ticked:
            return self._answer.verdicts()
        found = ["accept", "reject"] if any(item.suggested for item in ticked) else []
        states = {item.difference_state for item in ticked if item.difference_id is not None}
        if "open" in states:
            found += ASK_WHY
        if states - {"open"}:
            found.append("reopen")
        return tuple(found)

    def of(self, verdict: str) -> tuple[str, list[str]]:
        """What a verdict is about: ``match`` or ``difference``, and their ids."""
        ticked: Sequence[Item] = self._lines.ticked
        if verdict in ABOUT_MATCHES:
            if ticked:
                return "match", [item.match_id for item in ticked if item.suggested and item.match_id is not None]
            return "match", [self._answer.match_id] if self._answer.match_id is not None else []
        if ticked:
            decided = verdict == "reopen"
            return "difference", [
                item.difference_id
                for item in ticked
                if item.difference_id is not None and (item.difference_state != "open") == decided
            ]
        detail = self._answer.detail
        return "difference", [detail.difference_id] if detail is not None and detail.difference_id is not None else []

    @property
    def codes(self) -> frozenset[str]:
        """The difference codes of what a word can be about now."""
        detail = self._answer.detail
        items = self._lines.ticked or ((detail.item,) if detail is not None else ())
        return frozenset(item.code for item in items if item.code is not None and item.difference_id is not None)

    def leaving(self, decision: Decision) -> tuple[Item, ...]:
        """The lines that a decision settles or sends elsewhere: the ticked ones it is about, or the current one."""
        ticked, detail = self._lines.ticked, self._answer.detail
        if decision.verdict == "match":
            return self._answer.grouping.lines
        if ticked:
            ids = set(decision.subject_ids)
            return tuple(item for item in ticked if {item.match_id, item.difference_id} & ids)
        return (detail.item,) if detail is not None and detail.item in self._lines.items else ()

    def likely_day(self, working: date | None) -> date:
        """The day to propose: when it is due, where that is still to come, otherwise the next working day."""
        today, detail = clock.today(), self._answer.detail
        due = detail.item.due_on if detail is not None and not self._lines.ticked else None
        return due if due is not None and due > today else max(working or today, today)
