"""The right pane: the best answer as a sum, what can be decided, the candidates or the rows behind it."""

from collections.abc import Mapping, Sequence

from PySide6.QtCore import QEvent, Signal

from chainbrain.reconciliation.deposits import Candidate
from chainbrain.reconciliation.evidence import Evidence
from ui.views.reconcile.answer_parts import AnswerParts
from ui.views.reconcile.foot import foot_line
from ui.views.reconcile.grouping import Grouping, beside
from ui.views.reconcile.items import Item, ItemKind
from ui.views.reconcile.model import Detail
from ui.views.reconcile.own_sums import own_sum
from ui.views.reconcile.sums import arithmetic, candidate_lines, evidence_lines
from ui.views.reconcile.words import headline, next_step, proof
from ui.widgets.states import DIFFERENCE, SEVERAL, TIMING


class AnswerPane(AnswerParts):
    """Shows a ``Detail``.

    ``decided(verdict)`` by the buttons: accept (match, once payouts are chosen), reject, explain, exclude, reopen,
    unmatch; ``candidate_changed(Candidate)`` when another candidate is under the keyboard; ``rows_wanted`` for the
    rows behind.
    """

    decided = Signal(str)
    candidate_changed = Signal(object)
    rows_wanted = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._detail: Detail | None = None
        self._candidate: Candidate | None = None
        self._evidence: Evidence | None = None
        self._store_names: Mapping[str, str] = {}
        self._lines: tuple[Item, ...] = ()
        self._connect()
        self.retranslate()

    def _connect(self) -> None:
        self.buttons.decided.connect(self.decided)
        self.buttons.rows_wanted.connect(self.rows_wanted)
        self.note.asked.connect(self._make_room)
        self.note.answered.connect(lambda _verdict, _note: self.buttons.show())
        self.note.dropped.connect(self.buttons.show)
        self._candidates.row_changed.connect(self._candidate_chosen)
        self._candidates.chosen_changed.connect(self._chosen_changed)

    @property
    def detail(self) -> Detail | None:
        """What is shown."""
        return self._detail

    @property
    def grouping(self) -> Grouping:
        """What is chosen to be put together: the ticked bank lines, or the shown one, and the chosen payouts."""
        lines = self._lines
        if not lines and self._detail is not None and self._detail.item.kind is ItemKind.BANK:
            lines = (self._detail.item,)
        return Grouping(lines, self._candidates.chosen)

    @property
    def match_id(self) -> str | None:
        """The match that accept and reject speak about."""
        if self._candidate is not None:
            return self._candidate.match_id
        return self._evidence.match_id if self._evidence is not None else None

    @property
    def _held(self) -> bool:
        """Whether the shown match at the bank holds."""
        detail = self._detail
        evidence = detail.evidence if detail is not None and detail.members else None
        return evidence is not None and self.match_id == evidence.match_id

    @property
    def proven(self) -> bool:
        """Whether the shown match holds, wherever it stands."""
        return self._evidence is not None and self._evidence.state == "confirmed"

    def verdicts(self) -> tuple[str, ...]:
        """Return what can be decided now, the most likely first."""
        if (detail := self._detail) is None:
            return ()
        suggested = self._evidence is not None and self._evidence.state == "suggested"
        found = ["accept"] if suggested and self.match_id else []
        if detail.difference_id is not None:
            found += ["explain", "exclude", "timing"] if detail.difference_state == "open" else ["reopen"]
        if self.match_id is not None and self._evidence is not None and not self._held:
            found.append("reject")
        return tuple(found)

    def set_lines(self, lines: Sequence[Item]) -> None:
        """Take the ticked bank lines into the running sum."""
        before, self._lines = self._lines, tuple(item for item in lines if item.kind is ItemKind.BANK)
        if self._lines != before:
            self.retranslate()

    def show_detail(self, detail: Detail | None, store_names: Mapping[str, str]) -> None:
        """Show another line; None when there is none."""
        self.note.drop()
        self._detail, self._store_names = detail, store_names
        self._candidate, self._evidence = None, detail.evidence if detail is not None else None
        if detail is not None:
            bank = detail.item.kind is ItemKind.BANK
            self._below.setCurrentIndex(0 if bank else 1)
            self._candidates.blockSignals(True)
            rows = beside(detail.item, detail.candidates, self._candidates.chosen) if bank else []
            self._candidates.candidates.set_rows(rows)
            best = next((n for n, one in enumerate(rows) if one.match_id == detail.item.match_id), None)
            if best is not None and detail.item.match_id is not None:
                self._candidates.select_number(best)
            self._candidates.blockSignals(False)
            self._facts.show_facts(detail, store_names)
        self.retranslate()

    def show_candidate(self, candidate: Candidate, evidence: Evidence | None) -> None:
        """Show the sum of another candidate of the same line."""
        self._candidate, self._evidence = candidate, evidence
        self.retranslate()

    def retranslate(self) -> None:
        """Set every text."""
        self._candidates.setAccessibleName(self.tr("Candidates"))
        self._candidates.set_empty_text(self.tr("No payout or withdrawal is near in amount or time"))
        self._facts.setAccessibleName(self.tr("Rows behind this difference"))
        self._facts.set_empty_text(self.tr("Nothing more is known about it"))
        self._empty.set_texts(self.tr("Nothing chosen"), self.tr("Choose a line to see its sum."))
        detail = self._detail
        self._pages.setCurrentIndex(0 if detail is None else 1)
        for part in (self._rule, self._decisions, self._foot):
            part.setVisible(detail is not None)
        if detail is None:
            return
        self._show_sum(detail)
        # What holds is taken apart on purpose only: it is no verdict that Enter could say.
        apart = ("unmatch",) if self._held and not self._candidates.chosen else ()
        verdicts = (*self.verdicts(), *apart)
        self.buttons.show_verdicts(verdicts, chosen=bool(self._candidates.chosen), rows=bool(detail.records))
        bank = detail.item.kind is ItemKind.BANK
        if bank:
            self._word_candidates(detail)
        else:
            self._below_title.setText(self.tr("Rows behind it"))
            self._below_note.setText(self.tr("what contradicts is bold"))
        self._foot.set_line(*foot_line(detail, self._evidence, self._candidate, self.grouping))

    def changeEvent(self, event: QEvent) -> None:
        """Follow a switch of the language."""
        if event.type() == QEvent.Type.LanguageChange:
            if self._detail is not None:
                self._facts.show_facts(self._detail, self._store_names)
            self.retranslate()
        super().changeEvent(event)

    def _show_sum(self, detail: Detail) -> None:
        title, state, words = headline(detail)
        reason = ""
        if self._candidate is not None and self._evidence is None:
            lines, why = candidate_lines(detail.item, self._candidate), ""
            state, words = TIMING if not self._candidate.gap else DIFFERENCE, self.tr("not suggested")
            reason = self.tr("Not suggested: choose it with Space and match it with Ctrl+Enter, or explain the line.")
        elif self._evidence is not None and self._evidence is not detail.evidence:
            lines, why = evidence_lines(self._evidence), ""
            state, words = SEVERAL, self.tr("another answer")
        else:
            lines, why = own_sum(detail) or arithmetic(detail), proof(detail)
            reason = next_step(detail)
        self._title.setText(title)
        self._badge.set(state, words)
        self._sum.set_lines(lines, why)
        self._reason.setText(reason)
        self._reason.setVisible(bool(reason))

    def _word_candidates(self, detail: Detail) -> None:
        """Say what the list is: answers, or only what lies near."""
        near = len(detail.candidates)
        if detail.item.open and near and not any(one.gap == 0 or one.match_id for one in detail.candidates):
            self._below_title.setText(self.tr("No payout of exactly this amount"))
            self._below_note.setText(self.tr("%n payout(s) near by", "", near))
        else:
            self._below_title.setText(self.tr("Candidates"))
            self._below_note.setText(self.tr("by how well they fit"))
        if detail.item.amount < 0:
            self._below_note.setText("")
            self._candidates.set_empty_text(self.tr("A payment out has no payout behind it"))

    def _chosen_changed(self) -> None:
        detail, shown = self._detail, self._candidates.candidates
        if detail is not None and not self._candidates.chosen and len(shown.rows) > len(detail.candidates):
            # What was chosen beside another line has no place here once it is let go.
            shown.set_rows(detail.candidates)
            self._candidates.select_number(0)
        self.retranslate()

    def _candidate_chosen(self, row: object) -> None:
        if isinstance(row, Candidate):
            self.candidate_changed.emit(row)
