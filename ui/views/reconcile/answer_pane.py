"""The right pane: the best answer as a sum, what can be decided, the candidates or the rows behind it."""

from collections.abc import Mapping, Sequence

from PySide6.QtCore import QEvent, QRectF, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QStackedWidget, QWidget

from chainbrain.reconciliation.deposits import Candidate
from chainbrain.reconciliation.evidence import Evidence
from ui import figures
from ui.theme import metrics as m
from ui.theme.icons import paint_icon
from ui.theme.theme import Theme, follow_theme
from ui.theme.type_roles import Role
from ui.views.parts.scroller import Scroller
from ui.views.reconcile.candidate_table import CandidateTable
from ui.views.reconcile.facts_table import FactsTable
from ui.views.reconcile.grouping import ZERO, Grouping, beside
from ui.views.reconcile.items import Item, ItemKind
from ui.views.reconcile.model import Detail
from ui.views.reconcile.note_bar import NoteBar
from ui.views.reconcile.words import arithmetic, candidate_lines, evidence_lines, headline, proof
from ui.widgets import (
    ArithmeticBlock,
    Badge,
    EmptyState,
    HBox,
    IconButton,
    Label,
    Pane,
    PrimaryButton,
    SecondaryButton,
    VBox,
    scaled,
)
from ui.widgets.states import DIFFERENCE, MATCHED, SEVERAL, TIMING, look


class AnswerPane(Pane):
    """Shows a ``Detail``.

    ``decided(verdict)`` by the buttons: accept (match, once payouts are chosen), reject, explain, exclude, reopen;
    ``candidate_changed(Candidate)`` when another candidate is under the keyboard; ``rows_wanted`` for the rows behind.
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
        self._build()
        self._connect()
        self.retranslate()

    def _build(self) -> None:
        self._title, self._badge = Label(role=Role.HEADING), Badge()
        self._sum, self._reason = ArithmeticBlock(), Label(role=Role.SMALL, color="text2", wrap=True)
        self._accept = PrimaryButton()
        self._reject, self._reopen = SecondaryButton(), SecondaryButton()
        self._explain, self._exclude = SecondaryButton(), SecondaryButton()
        self._rows = IconButton("table", framed=True)
        self.note = NoteBar()
        self._below_title, self._below_note = Label(role=Role.HEADING), Label(role=Role.SMALL, color="text2")
        self._candidates, self._facts = CandidateTable(), FactsTable()
        self._below = QStackedWidget()
        self._below.addWidget(self._candidates)
        self._below.addWidget(self._facts)
        scaled(self._below, min_height=140)
        self._hints = {self._accept: "\u21b5", self._explain: "E", self._reject: "N", self._exclude: "X"}
        buttons = HBox(spacing=m.GAP_S).add(*self._hints, self._reopen, 0, self._rows)
        # What can be decided stays in sight, however long the sum and the candidates above are.
        self._decisions = Pane()
        VBox(self._decisions, (m.GAP, m.GAP_S, m.GAP, m.GAP_S), m.GAP_S).add(self.note, buttons)
        head = HBox(spacing=m.GAP_S).add(self._title, self._badge, 0)
        upper = VBox(margins=(m.GAP, m.GAP_M, m.GAP, m.GAP_M), spacing=m.GAP_M)
        upper.add(head, self._sum, self._reason)
        below = HBox(margins=(m.GAP, m.GAP_M, m.GAP, m.GAP_S), spacing=m.GAP_S)
        below.add(self._below_title, self._below_note, 0)
        content = QWidget()
        box = VBox(content)
        box.add(upper, _TopRule(), below)
        box.addWidget(self._below, 1)
        self._rule, self._foot = _TopRule(), _Foot()
        self._content = Scroller(content)
        self._empty = EmptyState()
        self._pages = QStackedWidget()
        self._pages.addWidget(self._empty)
        self._pages.addWidget(self._content)
        VBox(self).add(self._pages, self._rule, self._decisions, self._foot)

    def _connect(self) -> None:
        self._accept.clicked.connect(
            lambda _on=False: self.decided.emit("match" if self.grouping.payouts else "accept")
        )
        for button, verdict in (
            (self._reject, "reject"),
            (self._explain, "explain"),
            (self._exclude, "exclude"),
            (self._reopen, "reopen"),
        ):
            button.clicked.connect(lambda _on=False, word=verdict: self.decided.emit(word))
        self._rows.clicked.connect(self.rows_wanted)
        self._candidates.row_changed.connect(self._candidate_chosen)
        self._candidates.chosen_changed.connect(self._chosen_changed)

    @property
    def detail(self) -> Detail | None:
        """What is shown."""
        return self._detail

    @property
    def sum(self) -> ArithmeticBlock:
        """The sum."""
        return self._sum

    @property
    def badge(self) -> Badge:
        """How sure the answer is."""
        return self._badge

    @property
    def candidates(self) -> CandidateTable:
        """What a bank line could be."""
        return self._candidates

    @property
    def grouping(self) -> Grouping:
        """What is chosen to be put together: the ticked bank lines, or the shown one, and the chosen payouts."""
        lines = self._lines
        if not lines and self._detail is not None and self._detail.item.kind is ItemKind.BANK:
            lines = (self._detail.item,)
        return Grouping(lines, self._candidates.chosen)

    @property
    def foot(self) -> str:
        """The running sum and what is open, as shown."""
        return self._foot.accessibleName()

    @property
    def facts(self) -> FactsTable:
        """The rows behind a difference."""
        return self._facts

    @property
    def match_id(self) -> str | None:
        """The match that accept and reject speak about."""
        if self._candidate is not None:
            return self._candidate.match_id
        return self._evidence.match_id if self._evidence is not None else None

    def verdicts(self) -> tuple[str, ...]:
        """Return what can be decided now, the most likely first."""
        detail = self._detail
        if detail is None:
            return ()
        suggested = self._evidence is not None and self._evidence.state == "suggested"
        found = ["accept"] if suggested and self.match_id else []
        if detail.difference_id is not None:
            found += ["explain", "exclude", "timing"] if detail.difference_state == "open" else ["reopen"]
        if self.match_id is not None and self._evidence is not None:
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

    def set_busy(self, busy: bool) -> None:
        """Nothing can be decided while a decision is written."""
        for button in (self._accept, self._reject, self._explain, self._exclude, self._reopen):
            button.setEnabled(not busy)

    def retranslate(self) -> None:
        """Set every text."""
        chosen = bool(self._candidates.chosen)
        self._accept.setText(self.tr("Match the chosen") if chosen else self.tr("Accept"))
        self._reject.setText(self.tr("Not this one"))
        self._explain.setText(self.tr("Explain\u2026"))
        self._exclude.setText(self.tr("Leave out\u2026"))
        self._reopen.setText(self.tr("Open again"))
        self._rows.set_name(self.tr("Rows behind this line"))
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
        verdicts = self.verdicts()
        for button, verdict in (
            (self._accept, "accept"),
            (self._reject, "reject"),
            (self._explain, "explain"),
            (self._exclude, "exclude"),
            (self._reopen, "reopen"),
        ):
            button.setVisible(verdict in verdicts or (chosen and verdict == "accept"))
        self._rows.setVisible(bool(detail.records))
        self._fit_buttons()
        bank = detail.item.kind is ItemKind.BANK
        if bank:
            self._below_title.setText(self.tr("Candidates"))
            self._below_note.setText(self.tr("by how well they fit"))
        else:
            self._below_title.setText(self.tr("Rows behind it"))
            self._below_note.setText(self.tr("what contradicts is bold"))
        self._foot.set_line(*self._foot_line(detail))

    def changeEvent(self, event: QEvent) -> None:
        """Follow a switch of the language."""
        if event.type() == QEvent.Type.LanguageChange:
            if self._detail is not None:
                self._facts.show_facts(self._detail, self._store_names)
            self.retranslate()
        super().changeEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Leave the keys out of the buttons where there is no room; the strip at the foot has them too."""
        super().resizeEvent(event)
        self._fit_buttons()

    def _fit_buttons(self) -> None:
        px = Theme.current().px
        for button, hint in self._hints.items():
            button.set_hint("Ctrl \u21b5" if button is self._accept and self._candidates.chosen else hint)
        shown = [button for button in (*self._hints, self._reopen, self._rows) if not button.isHidden()]
        needed = sum(button.sizeHint().width() + px(m.GAP_S) for button in shown) + 2 * px(m.GAP)
        if needed > self.width():
            for button in self._hints:
                button.set_hint("")

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
            lines, why = arithmetic(detail), proof(detail)
        self._title.setText(title)
        self._badge.set(state, words)
        self._sum.set_lines(lines, why)
        self._reason.setText(reason)
        self._reason.setVisible(bool(reason))

    def _foot_line(self, detail: Detail) -> tuple[str, str, str]:
        item = detail.item
        if item.kind is ItemKind.TENDER and self._evidence is not None:
            told = self.tr("till {amount}").format(amount=figures.money(item.amount))
            gap = self._evidence.gap
            return told, DIFFERENCE if gap else TIMING, self.tr("gap {amount}").format(amount=figures.money(gap))
        if item.kind is not ItemKind.BANK:
            amount = figures.money(item.amount)
            effect = self.tr("effect on the business {amount}").format(amount=amount)
            return "", (DIFFERENCE if item.open and item.amount else MATCHED), effect
        grouping = self.grouping
        if grouping.payouts or len(grouping.lines) > 1:
            return self._running(grouping)
        left = self.tr("bank 1 line {amount}").format(amount=figures.money(item.amount))
        if self._candidate is not None:
            missing, proven = self._candidate.gap, False
        elif self._evidence is not None:
            missing, proven = self._evidence.gap, self._evidence.state == "confirmed"
        else:
            words = self.tr("gap {amount}").format(amount=figures.money(item.amount))
            return left, DIFFERENCE if item.open else TIMING, words
        found = self.tr("found {amount}").format(amount=figures.money(item.amount - missing))
        state = DIFFERENCE if missing else MATCHED if proven else TIMING
        return f"{left}    {found}", state, self.tr("gap {amount}").format(amount=figures.money(missing))

    def _running(self, grouping: Grouping) -> tuple[str, str, str]:
        bank = self.tr("bank %n line(s) {amount}", "", len(grouping.lines)).format(amount=figures.money(grouping.bank))
        found, gap = grouping.found, grouping.gap
        if not grouping.payouts:
            # Nothing is chosen by hand: what counts is what is suggested for the ticked lines.
            gap = sum(
                (item.gap if item.suggested and item.gap is not None else item.amount for item in grouping.lines), ZERO
            )
            found = grouping.bank - gap
            told = self.tr("suggested {amount}")
        else:
            told = self.tr("%n payout(s) {amount}", "", len(grouping.payouts))
        right = self.tr("gap {amount}").format(amount=figures.money(gap))
        return f"{bank}    {told.format(amount=figures.money(found))}", DIFFERENCE if gap else TIMING, right

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


class _TopRule(Pane):
    """A 1 px line across the pane."""

    def __init__(self) -> None:
        super().__init__("line")
        self.setFixedHeight(1)


class _Foot(QWidget):
    """The running sum: 44 px, what was found at the left, what is missing at the right."""

    def __init__(self) -> None:
        super().__init__()
        self._left, self._state, self._right = "", MATCHED, ""
        scaled(self, height=m.CARD_HEAD)
        follow_theme(self.update)

    @property
    def text(self) -> str:
        """What is missing."""
        return self._right

    def set_line(self, left: str, state: str, right: str) -> None:
        """Show another sum."""
        self._left, self._state, self._right = left, state, right
        self.setAccessibleName(f"{left} {right}".strip())
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the ground, the rule above, both texts and the icon."""
        theme, style, painter = Theme.current(), look(self._state), QPainter(self)
        painter.fillRect(self.rect(), theme.color("surface"))
        painter.fillRect(0, 0, self.width(), 1, theme.color("line2"))
        area = QRectF(self.rect()).adjusted(theme.px(m.GAP), 1, -theme.px(m.GAP), 0)
        middle, size = Qt.AlignmentFlag.AlignVCenter, theme.px(m.ICON_SMALL)
        painter.setFont(theme.font(Role.BODY, bold=True, figures=True))
        painter.setPen(theme.color(style.text))
        painter.drawText(area, int(middle | Qt.AlignmentFlag.AlignRight), self._right)
        used = painter.fontMetrics().horizontalAdvance(self._right) + theme.px(m.CELL_PAD) + size
        box = QRectF(area.right() - used, area.center().y() - size / 2, size, size)
        paint_icon(painter, box, style.icon, theme.color(style.text))
        painter.setFont(theme.font(Role.BODY, figures=True))
        painter.setPen(theme.color("text2"))
        room = int(area.width() - used - theme.px(m.GAP))
        shown = painter.fontMetrics().elidedText(self._left, Qt.TextElideMode.ElideRight, room)
        painter.drawText(area, int(middle | Qt.AlignmentFlag.AlignLeft), shown)
