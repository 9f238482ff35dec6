"""Writes a person's word: on the shown line, or on every ticked one; and takes it back."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date

from PySide6.QtCore import QObject, Signal

from chainbrain.changes import Changes
from chainbrain.reconciliation.groups import SIDES
from chainbrain.reconciliation.reconcile import Reconciled
from chainbrain.reconciliation.room import Decision, GroupRow, Member
from ui import figures
from ui.jobs import Job
from ui.views.base import AppContext
from ui.views.reconcile.answer_pane import AnswerPane
from ui.views.reconcile.grouping import ZERO
from ui.views.reconcile.items import Item
from ui.views.reconcile.list_pane import ListPane
from ui.views.reconcile.model import undo_decision

_ABOUT_MATCHES = ("accept", "reject")
_ASK_WHY = ("explain", "exclude", "timing")
# A write-off stands on its reason.
_REASON_NEEDED = ("explain",)


class Decisions(QObject):
    """Knows what can be decided now and does it; ``started(Job)`` for everything that is written."""

    started = Signal(object)

    def __init__(self, lines: ListPane, answer: AnswerPane) -> None:
        super().__init__(lines)
        self._lines, self._answer = lines, answer
        self._context: AppContext | None = None
        self._job: Job | None = None
        # Between two lines the shown answer is still that of the one before: a word given then waits for its own line.
        self._between = False
        self._later: Callable[[], None] | None = None
        # The group that waits for its reason.
        self._asked: Decision | None = None
        answer.decided.connect(self.decide)
        answer.note.answered.connect(self._noted)

    @property
    def busy(self) -> bool:
        """Whether something is being written."""
        return self._job is not None

    def line_left(self) -> None:
        """Another line was chosen; its answer is still to come."""
        self._between, self._later = True, None

    def line_shown(self) -> None:
        """The answer on the screen is that of the chosen line; do what was asked for meanwhile."""
        later, self._between, self._later = self._later, False, None
        if later is not None:
            later()

    def use(self, context: AppContext) -> None:
        """Decide about this book from now on."""
        self._context, self._job, self._between, self._later = context, None, False, None

    def possible(self) -> tuple[str, ...]:
        """Return what can be decided now, the most likely first."""
        ticked = self._lines.ticked
        if not ticked:
            return self._answer.verdicts()
        found = ["accept", "reject"] if any(item.suggested for item in ticked) else []
        states = {item.difference_state for item in ticked if item.difference_id is not None}
        if "open" in states:
            found += _ASK_WHY
        if states - {"open"}:
            found.append("reopen")
        return tuple(found)

    def decide(self, verdict: str) -> None:
        """Write a verdict, asking why first where the history needs words."""
        if verdict == "match":
            self.match()
            return
        if self._wait(lambda: self.decide(verdict)):
            return
        if self.busy or verdict not in self.possible():
            self.say_no(verdict)
        elif verdict in _ASK_WHY:
            self._ask(verdict)
        else:
            self._write(verdict, "")

    def match(self) -> None:
        """Put the chosen lines and payouts together; a gap between them needs a reason."""
        grouping = self._answer.grouping
        if self.busy or not grouping.whole:
            self.say_no("match")
            return
        word = Decision("match", (), "match", members=grouping.members())
        if grouping.gap:
            gap = figures.money(grouping.gap)
            question = self.tr("Match with {amount} open, noted as explained").format(amount=gap)
            self._ask_about(word, question, self.tr("Match"))
        else:
            self._send(word)

    def unmatch(self) -> None:
        """Take the shown match at the bank apart; where none holds, take the last decision back."""
        if self._wait(self.unmatch):
            return
        match_id = self._answer.match_id
        if self.busy:
            self.say_no("unmatch")
        elif self.held() and match_id is not None and not self._lines.ticked:
            self._send(Decision("match", (match_id,), "unmatch"))
        else:
            self.undo()

    def split(self) -> None:
        """Take one member out of the shown group: the chosen payouts, the one under the keyboard, or the bank line."""
        if self._wait(self.split):
            return
        rows, detail, match_id = self.held(), self._answer.detail, self._answer.match_id
        taken = self._taken_out()
        left = [row for row in rows if row.member not in taken]
        sides = {SIDES[row.member.record_type] for row in left}
        if self.busy or detail is None or match_id is None or not taken or len(sides) < len(set(SIDES.values())):
            self.say_no("split")
            return
        word = Decision("match", (match_id,), "split", members=tuple(taken))
        gap = sum((row.amount if SIDES[row.member.record_type] == "outer" else -row.amount for row in left), ZERO)
        if gap:
            question = self.tr("Take out; {amount} stay open, noted as explained").format(amount=figures.money(gap))
            self._ask_about(word, question, self.tr("Take out"))
        else:
            self._send(word)

    def held(self) -> tuple[GroupRow, ...]:
        """Return the members of the shown match at the bank, when it holds."""
        detail = self._answer.detail
        if detail is None or detail.evidence is None or self._answer.match_id != detail.evidence.match_id:
            return ()
        return detail.members

    def clear(self) -> None:
        """Choose and tick nothing."""
        if not self._answer.grouping.payouts and not self._lines.ticked:
            self.say_no("clear")
        self._answer.candidates.drop_chosen()
        self._lines.untick()

    def say_no(self, command: str) -> None:
        """Say why a key cannot do what it is for; no key is silent."""
        if self._context is None:
            return
        words = {
            "accept": self.tr("Nothing is suggested here; choose payouts with Space and match them with Ctrl+Enter"),
            "ticked": self.tr("Nothing is ticked; Space ticks a line or chooses a payout"),
            "reject": self.tr("There is no answer here to turn down"),
            "explain": self.tr("There is no open difference here to explain"),
            "exclude": self.tr("There is no open difference here to leave out"),
            "timing": self.tr("There is no open difference here to expect on a day"),
            "reopen": self.tr("There is no decided difference here to open again"),
            "match": self.tr("A group needs a bank line and a payout; choose payouts with Space"),
            "split": self.tr(
                "Only a group has something to take out: go to the candidates with F6, stand on one of it"
            ),
            "rows": self.tr("There are no rows behind this line"),
            "clear": self.tr("Nothing is chosen or ticked"),
        }
        busy = self.tr("A decision is being written; one moment")
        self._context.notify("timing", busy if self.busy else words.get(command, busy))

    def main_of_ticked(self) -> None:
        """Match what is chosen, otherwise do the most likely thing with the ticked lines."""
        if self._answer.grouping.payouts or self._lines.ticked:
            self.main()
        else:
            self.say_no("ticked")

    def main(self) -> None:
        """Match what is chosen; otherwise accept a suggestion, or explain; ticked lines may open again."""
        if self._answer.grouping.payouts:
            self.match()
            return
        if self._wait(self.main):
            return
        # One Enter too many after a note must not take the note back.
        never = {"reject"} if self._lines.ticked else {"reject", "reopen"}
        possible = [verdict for verdict in self.possible() if verdict not in never]
        if possible:
            self.decide(possible[0])
        else:
            self.say_no("accept")

    def run(self) -> None:
        """Match everything anew."""
        context = self._context
        if context is not None and not self.busy:
            name = self.tr("Reconciling")
            self._follow(context.write(lambda workspace, report: workspace.reconcile(report), self._ran, name))

    def undo(self) -> None:
        """Take the last decision back; nothing else is undone from here."""
        context = self._context
        if self.busy:
            self.say_no("undo")
        elif context is not None:
            self._follow(context.write(undo_decision, self._undone, self.tr("Taking it back")))

    def _wait(self, command: Callable[[], None]) -> bool:
        if self._between and not self._lines.ticked:
            self._later = command
            return True
        return False

    def _subjects(self, verdict: str) -> tuple[str, list[str]]:
        """What a verdict is about: ``match`` or ``difference``, and their ids."""
        ticked: Sequence[Item] = self._lines.ticked
        if verdict in _ABOUT_MATCHES:
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

    def _ask(self, verdict: str) -> None:
        count = len(self._subjects(verdict)[1])
        self._asked, day = None, None
        if verdict == "timing":
            question, yes = self.tr("Expect %n difference(s) on this day", "", count), self.tr("Expect")
            day = self._likely_day()
        elif verdict == "explain":
            question, yes = self.tr("Explain %n difference(s): it is understood", "", count), self.tr("Explain")
        else:
            question, yes = self.tr("Leave %n difference(s) out of the books' work", "", count), self.tr("Leave out")
        self._answer.note.ask(verdict, question, yes, needed=verdict in _REASON_NEEDED, day=day)

    def _ask_about(self, word: Decision, question: str, yes: str) -> None:
        self._asked = word
        self._answer.note.ask(word.verdict, question, yes, needed=True)

    def _likely_day(self) -> date:
        detail = self._answer.detail
        if detail is None:
            return date.today()
        return detail.item.due_on or detail.item.day or date.today()

    def _noted(self, verdict: str, note: str) -> None:
        word, self._asked = self._asked, None
        if word is not None:
            self._send(replace(word, note=note))
        else:
            self._write(verdict, note, self._answer.note.day)
        self._lines.table.setFocus()

    def _write(self, verdict: str, note: str, day: date | None = None) -> None:
        subject, ids = self._subjects(verdict)
        if ids:
            self._send(Decision(subject, tuple(ids), verdict, note, expected_on=day if verdict == "timing" else None))

    def _send(self, word: Decision) -> None:
        context = self._context
        if context is None or self.busy:
            return
        count = len(word.members) or len(word.subject_ids)
        job = context.write(
            lambda workspace, _report: workspace.decide_all([word]),
            lambda changes: self._written(word.verdict, count, changes),
            self.tr("Writing the decision"),
        )
        self._follow(job)

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

    def _written(self, verdict: str, count: int, changes: Changes) -> None:
        context = self._context
        if context is None:
            return
        self._answer.candidates.drop_chosen()
        self._lines.untick()
        words = {
            "match": self.tr("%n row(s) put together", "", count),
            "unmatch": self.tr("The match was taken apart; its rows are open again"),
            "split": self.tr("%n row(s) taken out of the group", "", count),
            "timing": self.tr("%n difference(s) expected on a day", "", count),
            "accept": self.tr("%n answer(s) accepted", "", count),
            "reject": self.tr("%n answer(s) turned down", "", count),
            "explain": self.tr("%n difference(s) explained", "", count),
            "exclude": self.tr("%n difference(s) left out", "", count),
            "reopen": self.tr("%n difference(s) open again", "", count),
        }
        context.notify("matched", words[verdict], self.tr("Undo"), self.undo)
        context.changed(changes)

    def _ran(self, result: tuple[Reconciled, Changes]) -> None:
        found, changes = result
        if self._context is None:
            return
        still = sum(count for _, count, _ in found.codes.values())
        words = self.tr("Reconciled in {seconds} s; {count} differences open")
        self._context.notify(
            "matched", words.format(seconds=figures.plain(found.seconds, 1), count=figures.plain(still))
        )
        self._context.changed(changes)

    def _undone(self, changes: Changes | None) -> None:
        if self._context is None:
            return
        if changes is None:
            self._context.notify("timing", self.tr("The last step was no decision; see past imports to undo it"))
            return
        self._context.notify("matched", self.tr("The decision was taken back"))
        self._context.changed(changes)

    def _follow(self, job: Job) -> None:
        self._job = job
        job.finished.connect(lambda: self._ended(job))
        self.started.emit(job)

    def _ended(self, job: Job) -> None:
        if job is self._job:
            self._job = None
