"""Why a file is not written as it stands, and what a person can do about it right here."""

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtWidgets import QWidget

from chainbrain.importers.plan import FilePlan
from ui.theme import metrics as m
from ui.theme.type_roles import Role
from ui.views.imports.candidates import Candidates
from ui.views.imports.password_bar import PasswordBar
from ui.views.imports.words import is_mapped, reason_of
from ui.widgets import HBox, Label, SecondaryButton, VBox
from ui.words import enumerated

_HEADS = 20


class ReasonPane(QWidget):
    """Hidden while there is nothing to say.

    ``password_entered(str)``, ``format_chosen(str)``, ``mapping_wanted`` by the parts for a closed file, for one that
    fits several formats, and for one that fits none.
    """

    password_entered = Signal(str)
    format_chosen = Signal(str)
    mapping_wanted = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._plan: FilePlan | None = None
        self._choosing = False
        self._text = Label(role=Role.BODY, color="ink", wrap=True)
        self._text.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self._words, self._password, self._candidates = QWidget(), PasswordBar(), Candidates()
        self._map, self._mapping = SecondaryButton("", "table"), QWidget()
        VBox(self._words, (m.GAP, m.GAP_M, m.GAP, m.GAP_M)).add(self._text)
        HBox(self._mapping, (m.GAP, 0, m.GAP, m.GAP_M)).add(self._map, 0)
        VBox(self).add(self._words, self._password, self._candidates, self._mapping)
        self._password.entered.connect(self.password_entered)
        self._candidates.chosen.connect(self.format_chosen)
        self._map.clicked.connect(self.mapping_wanted)
        self.retranslate()

    @property
    def text(self) -> str:
        """Why the file is not written, in words."""
        return self._text.text()

    @property
    def password(self) -> PasswordBar:
        """Opens a closed file."""
        return self._password

    @property
    def candidates(self) -> Candidates:
        """Says which of several formats a file is."""
        return self._candidates

    @property
    def map_button(self) -> SecondaryButton:
        """Leads to naming the columns of an unknown table."""
        return self._map

    def show_plan(self, plan: FilePlan, *, choosing: bool) -> None:
        """Show another file.

        Args:
            plan: the file.
            choosing: whether other ways of reading it are offered although it is read.
        """
        if self._plan is None or plan.file_id != self._plan.file_id:
            self._password.clear()
        self._plan, self._choosing = plan, choosing
        self.retranslate()

    def retranslate(self) -> None:
        """Set every text."""
        self._map.setText(self.tr("Name the columns\u2026"))
        plan = self._plan
        if plan is None:
            return
        self._text.setText("\n".join(part for part in (reason_of(plan), self._heads(plan)) if part))
        offered = plan.reading.candidates if plan.outcome == "ambiguous" or self._choosing else ()
        maps = plan.outcome == "needs_mapping" or (self._choosing and is_mapped(plan))
        self._candidates.show_candidates(offered, plan.reading.format)
        self._words.setVisible(bool(plan.code))
        self._password.setVisible(plan.locked)
        self._candidates.setVisible(bool(offered))
        self._mapping.setVisible(maps)
        self.setVisible(bool(plan.code or offered or maps))

    def changeEvent(self, event: QEvent) -> None:
        """Follow a switch of the language."""
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()
        super().changeEvent(event)

    def _heads(self, plan: FilePlan) -> str:
        if plan.reading.format is not None or not plan.reading.headers:
            return ""
        return self.tr("Heads found: {heads}").format(heads=enumerated(plan.reading.headers[:_HEADS]))
