"""The head of the chosen file: its name, what it was recognised as and why, whose it is, what to know before."""

from PySide6.QtCore import Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from chainbrain.importers.plan import FilePlan
from chainbrain.intake.already import Already
from ui.theme import metrics as m
from ui.theme.theme import Theme
from ui.theme.type_roles import Role
from ui.views.imports import head_words
from ui.views.imports.notes import Notes
from ui.views.imports.words import format_name, short_name
from ui.widgets import Badge, ElidedLabel, HBox, LinkButton, Rule, VBox, scaled
from ui.widgets.states import DIFFERENCE, EXCLUDED, MATCHED

_HEIGHT, _WHY, _TIGHT = 64, 240, 640


class FileHead(QWidget):
    """Two lines, and notes below them.

    ``other_wanted`` when the person says that the file is something else, ``leave_wanted`` when it is to be left out of
    this import or put back, ``help_wanted(str)`` about a format.
    """

    other_wanted = Signal()
    leave_wanted = Signal()
    help_wanted = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self._plan: FilePlan | None = None
        self._already: Already | None = None
        self._can_choose = False
        self._name, self._badge = ElidedLabel(role=Role.HEADING), Badge()
        self._name.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Preferred)
        self._why = ElidedLabel(role=Role.SMALL, color="text2")
        self._help, self._other, self._leave = LinkButton(), LinkButton(), LinkButton()
        self._about = ElidedLabel(role=Role.SMALL, color="text2")
        self._notes = Notes()
        lines = QWidget()
        first = HBox(spacing=m.GAP_M).add(self._name, self._badge, self._why, self._help, self._other, self._leave)
        VBox(lines, (m.GAP, m.GAP_S, m.GAP, m.GAP_S), m.GAP_XS).add(first, self._about)
        scaled(lines, height=_HEIGHT)
        VBox(self).add(lines, Rule(), self._notes)
        self._other.clicked.connect(self.other_wanted)
        self._leave.clicked.connect(self.leave_wanted)
        self._help.clicked.connect(self._want_help)
        self._notes.acted.connect(lambda _kind: self._want_help())

    @property
    def why(self) -> str:
        """Why the file was recognised, as shown."""
        return self._why.text()

    @property
    def about(self) -> str:
        """Period, account, stores, layout, encoding, rows, as shown."""
        return self._about.text()

    @property
    def notes(self) -> Notes:
        """The lines below."""
        return self._notes

    @property
    def other(self) -> LinkButton:
        """Leads to another way of reading the file."""
        return self._other

    @property
    def help(self) -> LinkButton:
        """Says how files of this format are exported."""
        return self._help

    @property
    def leave(self) -> LinkButton:
        """Leaves the file out of this import, or puts it back."""
        return self._leave

    def show_plan(self, plan: FilePlan, *, can_choose: bool) -> None:
        """Show another file; ``can_choose`` when another way of reading it can be chosen."""
        if self._plan is None or plan.file_id != self._plan.file_id:
            self._already = None
        self._plan, self._can_choose = plan, can_choose
        self.retranslate()

    def set_already(self, already: Already) -> None:
        """Say what the book already has of the file."""
        self._already = already
        self.retranslate()

    def retranslate(self) -> None:
        """Set every text."""
        plan = self._plan
        if plan is None:
            return
        written, recognised = plan.outcome == "imported", plan.reading.format is not None
        self._name.setText(short_name(plan))
        quiet = recognised or plan.locked or plan.outcome == "ambiguous"
        self._badge.set(MATCHED if written else EXCLUDED if quiet else DIFFERENCE, format_name(plan))
        self._why.setText(head_words.why(plan.reading.fit))
        self._why.set_tip(head_words.why_in_full(plan.reading.fit))
        # A long name gives way to the reason.
        wanted = self._why.fontMetrics().horizontalAdvance(self._why.text()) + 2
        self._why.setMinimumWidth(min(wanted, Theme.current().px(_WHY)))
        self._other.setText(self.tr("It is something else"))
        self._other.setVisible(self._can_choose)
        self._leave.setText(self.tr("Put it back") if plan.outcome == "left_out" else self.tr("Not in this import"))
        self._leave.setVisible(plan.outcome in ("imported", "left_out"))
        self._place_why()
        self._help.setText(self.tr("How to export"))
        self._help.setVisible(recognised)
        actions = {head_words.UNCONFIRMED: self.tr("What does that mean?")}
        self._notes.show_notes(head_words.notes(plan, self._already), actions)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Give the name the room of the reason where there is little."""
        super().resizeEvent(event)
        self._place_why()

    def _place_why(self) -> None:
        plan = self._plan
        if plan is None:
            return
        tight = self.width() < Theme.current().px(_TIGHT)
        self._why.setVisible(not tight)
        facts = head_words.facts(plan.reading, self._already)
        if tight and self.why:
            facts.append(self.why)
        self._about.setText(" · ".join(facts))

    def _want_help(self) -> None:
        if self._plan is not None and self._plan.reading.format is not None:
            self.help_wanted.emit(self._plan.reading.format)
