"""The parts of the right pane and where they stand: the sum, what can be decided, the candidates or the rows."""

from PySide6.QtWidgets import QStackedWidget, QWidget

from ui.theme import metrics as m
from ui.theme.theme import Theme
from ui.theme.type_roles import Role
from ui.views.parts.scroller import Scroller
from ui.views.reconcile.candidate_table import CandidateTable
from ui.views.reconcile.facts_table import FactsTable
from ui.views.reconcile.foot import Foot
from ui.views.reconcile.note_bar import NoteBar
from ui.views.reconcile.verdict_buttons import VerdictButtons
from ui.widgets import ArithmeticBlock, Badge, ElidedLabel, EmptyState, HBox, Label, Pane, Rule, VBox, scaled

_LOW = 480


class AnswerParts(Pane):
    """Puts the parts together; what can be decided stays in sight."""

    def __init__(self) -> None:
        super().__init__()
        self._title, self._badge = Label(role=Role.HEADING), Badge()
        self._sum, self._reason = ArithmeticBlock(), Label(role=Role.SMALL, color="text2", wrap=True)
        self.note, self.buttons = NoteBar(), VerdictButtons()
        # The note gives way: a pane that asked for more than its room would show its figures cut.
        self._below_title, self._below_note = Label(role=Role.HEADING), ElidedLabel(role=Role.SMALL, color="text2")
        self._candidates, self._facts = CandidateTable(), FactsTable()
        self._below = QStackedWidget()
        self._below.addWidget(self._candidates)
        self._below.addWidget(self._facts)
        scaled(self._below, min_height=140)
        # What can be decided stays in sight, however long the sum and the candidates above are.
        self._decisions = Pane()
        VBox(self._decisions, (m.GAP, m.GAP_S, m.GAP, m.GAP_S), m.GAP_S).add(self.note, self.buttons)
        head = HBox(spacing=m.GAP_S).add(self._title, self._badge, 0)
        upper = VBox(margins=(m.GAP, m.GAP_M, m.GAP, m.GAP_M), spacing=m.GAP_M)
        upper.add(head, self._sum, self._reason)
        below = HBox(margins=(m.GAP, m.GAP_M, m.GAP, m.GAP_S), spacing=m.GAP_S)
        below.add(self._below_title, self._below_note, 0)
        content = QWidget()
        box = VBox(content)
        box.add(upper, Rule(), below)
        box.addWidget(self._below, 1)
        self._rule, self._foot = Rule(), Foot()
        self._content = Scroller(content)
        self._empty = EmptyState()
        self._pages = QStackedWidget()
        self._pages.addWidget(self._empty)
        self._pages.addWidget(self._content)
        VBox(self).add(self._pages, self._rule, self._decisions, self._foot)

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
    def foot(self) -> str:
        """The running sum and what is open, as shown."""
        return self._foot.accessibleName()

    @property
    def facts(self) -> FactsTable:
        """The rows behind a difference."""
        return self._facts

    def show_below(self) -> None:
        """Scroll to the candidates, or the rows, that the keyboard went to."""
        self._content.ensureWidgetVisible(self._below, 0, 0)

    def set_busy(self, busy: bool) -> None:
        """Nothing can be decided while a decision is written."""
        self.buttons.set_busy(busy)

    def _make_room(self) -> None:
        # In a low window the sum that the reason is about counts for more than buttons that wait for it.
        self.buttons.setVisible(self.height() >= Theme.current().px(_LOW))
