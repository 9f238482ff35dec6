"""Writes a person's word: on the shown line, or on every ticked one; and takes it back."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import QObject, Signal

from chainbrain.changes import Changes
from chainbrain.reconciliation.reconcile import Reconciled
from ui import figures
from ui.jobs import Job
from ui.views.base import AppContext
from ui.views.reconcile.answer_pane import AnswerPane
from ui.views.reconcile.items import Item
from ui.views.reconcile.list_pane import ListPane
from ui.views.reconcile.model import undo_decision

_ABOUT_MATCHES = ("accept", "reject")
_ASK_WHY = ("explain", "exclude")


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
        if self._wait(lambda: self.decide(verdict)):
            return
        if self.busy or verdict not in self.possible():
            return
        if verdict in _ASK_WHY:
            self._ask(verdict)
        else:
            self._write(verdict, "")

    def main(self) -> None:
        """Do the most likely thing: accept a suggestion, otherwise explain; ticked lines may open again."""
        if self._wait(self.main):
            return
        # One Enter too many after a note must not take the note back.
        never = {"reject"} if self._lines.ticked else {"reject", "reopen"}
        possible = [verdict for verdict in self.possible() if verdict not in never]
        if possible:
            self.decide(possible[0])

    def run(self) -> None:
        """Match everything anew."""
        context = self._context
        if context is not None and not self.busy:
            name = self.tr("Reconciling")
            self._follow(context.write(lambda workspace, report: workspace.reconcile(report), self._ran, name))

    def undo(self) -> None:
        """Take the last decision back; nothing else is undone from here."""
        context = self._context
        if context is not None and not self.busy:
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
        if verdict == "explain":
            question, yes = self.tr("Explain %n difference(s): it is understood", "", count), self.tr("Explain")
        else:
            question, yes = self.tr("Leave %n difference(s) out of the books' work", "", count), self.tr("Leave out")
        self._answer.note.ask(verdict, question, yes)

    def _noted(self, verdict: str, note: str) -> None:
        self._write(verdict, note)
        self._lines.table.setFocus()

    def _write(self, verdict: str, note: str) -> None:
        context = self._context
        subject, ids = self._subjects(verdict)
        if context is None or not ids or self.busy:
            return
        job = context.write(
            lambda workspace, _report: workspace.decide(subject, ids, verdict, note),
            lambda changes: self._written(verdict, len(ids), changes),
            self.tr("Writing the decision"),
        )
        self._follow(job)

    def _written(self, verdict: str, count: int, changes: Changes) -> None:
        context = self._context
        if context is None:
            return
        self._lines.untick()
        words = {
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
