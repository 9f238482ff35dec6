"""Says a person's word on the shown line, or on every ticked one; the list moves on while it is kept."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date

from PySide6.QtCore import QObject, Signal

from chainbrain.reconciliation.decisions import WITH_REASON
from chainbrain.reconciliation.room import Decision
from ui.jobs import Failure
from ui.messages import word
from ui.views.base import AppContext
from ui.views.reconcile import questions, replies
from ui.views.reconcile.anew import MatchingAnew
from ui.views.reconcile.answer_pane import AnswerPane
from ui.views.reconcile.by_hand import GroupsByHand
from ui.views.reconcile.grouping import ZERO
from ui.views.reconcile.items import SUGGESTED
from ui.views.reconcile.list_pane import ListPane
from ui.views.reconcile.pending import Word
from ui.views.reconcile.subjects import ASK_WHY, Subjects
from ui.views.reconcile.writing import Writing

SINGLE = SUGGESTED[0]
DEPOSIT_CLASSES = ("supplier", "owner", "other")


class Decisions(QObject):
    """Knows what can be decided now and says it.

    ``moved(key)`` when lines left the list or came back to it; ``key`` is the line to go to.

    Attributes:
        next_day: the next day on which banks work, as the book's calendar says it.
    """

    moved = Signal(str)

    def __init__(self, lines: ListPane, answer: AnswerPane) -> None:
        super().__init__(lines)
        self._lines, self._answer = lines, answer
        self._subjects = Subjects(lines, answer)
        self._context: AppContext | None = None
        # Between two lines the shown answer is still that of the one before: a word given then waits for its own line.
        self._between = False
        self._later: Callable[[], None] | None = None
        # The line about which something was refused: what was said of it is about no other one.
        self._refused_of: str | None = None
        # The group that waits for its reason.
        self._asked: Decision | None = None
        self.next_day: date | None = None
        self.groups, self.writing, self.anew = GroupsByHand(lines, answer), Writing(self), MatchingAnew(self)
        self.writing.hold_while(lambda: not answer.note.isHidden())
        self.writing.said.connect(self._said)
        self.writing.refused.connect(self._refused)
        self.writing.taken_back.connect(self._taken_back)
        answer.decided.connect(self.decide)
        answer.note.answered.connect(self._noted)

    @property
    def busy(self) -> bool:
        """Whether everything is being matched anew."""
        return self.anew.busy

    def line_left(self) -> None:
        """Another line was chosen; its answer is still to come."""
        self._between, self._later = True, None
        if self._refused_of is not None and self._refused_of != self._line():
            self._refused_of = None
            if self._context is not None:
                self._context.hint_over()
        self.writing.pressed()

    def line_shown(self) -> None:
        """The answer on the screen is that of the chosen line; do what was asked for meanwhile."""
        later, self._between, self._later = self._later, False, None
        if later is not None:
            later()

    def use(self, context: AppContext) -> None:
        """Decide about this book from now on."""
        self._context, self._between, self._later = context, False, None
        self.anew.use(context)
        self.writing.use(context)

    def possible(self) -> tuple[str, ...]:
        """Return what can be decided now, the most likely first."""
        return self._subjects.possible()

    def decide(self, verdict: str) -> None:
        """Write a verdict, asking why first where the history needs words."""
        if verdict in {"match", "unmatch"}:
            (self.match if verdict == "match" else self.apart)()
            return
        if self._wait(lambda: self.decide(verdict)):
            return
        if self.busy or verdict not in self._subjects.possible():
            self.say_no(verdict)
        elif verdict in ASK_WHY or (verdict == "reject" and self._answer.proven and not self._lines.ticked):
            self._ask(verdict)
        else:
            self._write(verdict, "")

    def match(self) -> None:
        """Put the chosen lines and payouts together; a gap between them needs a reason."""
        found = self.groups.together()
        if self.busy or found is None:
            self.say_no("match")
            return
        word, gap = found
        if gap:
            self._ask_about(word, questions.match(gap))
        else:
            self._send(word)

    def take_back(self) -> None:
        """Take back the last decision of this screen; with none, ask whether the shown match is taken apart."""
        if self.writing.said_here:
            self.undo()
        elif not self._wait(self.take_back):
            # What holds is never taken apart by the key that takes a decision back, only asked about.
            if self.groups.apart() is not None:
                self.apart()
            else:
                self.undo()

    def apart(self) -> None:
        """Ask whether the shown match at the bank is taken apart."""
        if self._wait(self.apart):
            return
        word = self.groups.apart()
        if self.busy or word is None:
            self.say_no("apart")
            return
        self._ask_about(word, questions.apart(self.groups.deposited()), needed=False)

    def split(self) -> None:
        """Take one member out of the shown group: the chosen payouts, the one under the keyboard, or the bank line."""
        if self._wait(self.split):
            return
        found = self.groups.without()
        if self.busy or found is None:
            self.say_no("split")
            return
        word, gap = found
        if gap:
            self._ask_about(word, questions.take_out(gap))
        else:
            self._send(word)

    def clear(self) -> None:
        """Choose and tick nothing."""
        if not self._answer.grouping.payouts and not self._lines.ticked:
            self.say_no("clear")
            return
        self._answer.candidates.drop_chosen()
        self._lines.untick()
        # Said last: every change of a tick takes hints away.
        if self._context is not None:
            self._context.notify("timing", replies.let_go())

    def say_no(self, command: str) -> None:
        """Say why a key cannot do what it is for."""
        if self._context is not None:
            self._refused_of = self._line()
            self._context.notify("timing", replies.busy() if self.busy else replies.cannot(command))

    def main_of_ticked(self) -> None:
        """Match what is chosen, otherwise do the most likely thing with the ticked lines.

        With nothing ticked: tick every shown line with one answer only and say so; the same key then accepts them.
        """
        if self._answer.grouping.payouts or self._lines.ticked:
            self.main()
        elif self._context is not None and (ticked := self._lines.tick_every(lambda item: item.answer == SINGLE)):
            amount = sum((item.amount for item in ticked), ZERO)
            self._context.notify("timing", replies.ticked(len(ticked), amount))
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
        possible = [verdict for verdict in self._subjects.possible() if verdict not in never]
        if possible:
            self.decide(possible[0])
        else:
            self.say_no("accept")

    def undo(self) -> None:
        """Take the last decision back; nothing else is undone from here."""
        if self.busy:
            self.say_no("undo")
        elif self._context is not None:
            word = self.writing.take_back()
            if word is not None:
                self.moved.emit(word.items[0].key if word.items else "")

    def _line(self) -> str:
        item = self._lines.current
        return item.key if item is not None else ""

    def _wait(self, command: Callable[[], None]) -> bool:
        if self._between and not self._lines.ticked:
            self._later = command
            return True
        return False

    def _ask(self, verdict: str) -> None:
        count = len(self._subjects.of(verdict)[1])
        self._asked, (question, yes) = None, questions.why(verdict, count)
        day = self._subjects.likely_day(self.next_day) if verdict == "timing" else None
        # A deposit without a source is classified: these are what it usually is.
        classes = DEPOSIT_CLASSES if verdict == "explain" and self._subjects.codes == {"D09"} else ()
        words = [word(f"deposit_class.{one}") for one in classes]
        self._answer.note.ask(verdict, question, yes, needed=verdict in WITH_REASON, day=day, choices=words)

    def _ask_about(self, word: Decision, question: questions.Question, *, needed: bool = True) -> None:
        self._asked = word
        self._answer.note.ask(word.verdict, *question, needed=needed)

    def _noted(self, verdict: str, note: str) -> None:
        word, self._asked = self._asked, None
        if word is not None:
            self._send(replace(word, note=note))
        else:
            self._write(verdict, note, self._answer.note.day)
        self._lines.table.setFocus()

    def _write(self, verdict: str, note: str, day: date | None = None) -> None:
        subject, ids = self._subjects.of(verdict)
        if ids:
            self._send(Decision(subject, tuple(ids), verdict, note, expected_on=day if verdict == "timing" else None))

    def _send(self, decision: Decision) -> None:
        group = self._lines.group
        if self._context is None or group is None or self.busy:
            return
        items = self._subjects.leaving(decision)
        rows = [item.key for item in self._lines.items]
        places = tuple(rows.index(item.key) if item.key in rows else 0 for item in items)
        self._answer.candidates.drop_chosen()
        self._lines.untick()
        self.writing.send(Word(decision, group, items, places))
        self.moved.emit("")

    def _said(self, word: Word) -> None:
        if self._context is not None:
            self._context.notify("matched", replies.done(word.decision), self.tr("Undo"), self.undo)

    def _refused(self, word: Word, _failure: Failure) -> None:
        self.moved.emit(word.items[0].key if word.items else "")

    def _taken_back(self, found: object, word: Word | None) -> None:
        if self._context is None:
            return
        if found is not None and word is not None:
            self._context.notify("matched", replies.taken_back(word.decision))
        elif found is None:
            self._context.notify("timing", self.tr("The last step was no decision; see past imports to undo it"))
        else:
            self._context.notify("matched", self.tr("The decision was taken back"))
