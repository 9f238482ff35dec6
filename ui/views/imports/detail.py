"""One planned file in full: what it is, how its rows divide, the rows, its own totals, the month afterwards."""

from collections.abc import Mapping

from PySide6.QtCore import QEvent, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QWidget

from chainbrain.importers.plan import FilePlan
from chainbrain.intake.already import Already
from chainbrain.intake.decisions import UNDECIDED, Decisions, RowPlace
from chainbrain.intake.preview import PreviewRow
from ui.models import PagedModel
from ui.theme.theme import Theme
from ui.views.base import AppContext
from ui.views.imports.after_import import AfterImport
from ui.views.imports.controls_panel import ControlsPanel
from ui.views.imports.counts_strip import CountsStrip
from ui.views.imports.decision_bar import DecisionBar
from ui.views.imports.detail_foot import DetailFoot
from ui.views.imports.head import FileHead
from ui.views.imports.known_before import KnownBefore
from ui.views.imports.matrix_panel import MatrixPanel
from ui.views.imports.question import DIFFERENCES, TAKE_FILE, question_of
from ui.views.imports.reason_pane import ReasonPane
from ui.views.imports.row_pane import RowPane
from ui.views.imports.rows_model import PlannedRows, columns_of, rows_model
from ui.views.imports.rows_table import PreviewTable
from ui.views.imports.words import is_mapped
from ui.widgets import Card, Rule, scaled

_TABLE = 96
_ROOMY = 600


class DetailCard(Card):
    """Shows one ``FilePlan``.

    ``rows_decided(tuple[RowPlace], str)`` about suspect rows, ``difference_decided(FilePlan, bool)`` whether a file is
    taken although it contradicts its own totals.
    """

    rows_decided = Signal(object, str)
    difference_decided = Signal(object, bool)

    def __init__(self) -> None:
        super().__init__(padding=(0, 0, 0, 0), spacing=0)
        self._context: AppContext | None = None
        self._plan: FilePlan | None = None
        self._decisions: Decisions = UNDECIDED
        self._suspects: tuple[RowPlace, ...] = ()
        self._choosing = False
        self._store_names: dict[str, str] = {}
        self._known = KnownBefore(self._known_before)
        self._model: PagedModel | None = None
        self._kept_row: int | None = None
        self._build()
        self._connect()

    def _build(self) -> None:
        self._head = FileHead()
        self._strip, self._decision = CountsStrip(), DecisionBar()
        self._reason = ReasonPane()
        self._table = PreviewTable()
        scaled(self._table, min_height=_TABLE)
        self._row_pane, self._foot = RowPane(), DetailFoot()
        self._rule, self._room = Rule(strong=True), QWidget()
        self.add(self._head, self._strip, self._reason, self._decision, self._table, self._row_pane, self._room)
        self.add(self._rule, self._foot)
        self.body.setStretchFactor(self._table, 1)
        self.body.setStretchFactor(self._room, 1)

    def _connect(self) -> None:
        self._strip.chosen.connect(self._go_to_state)
        self._decision.decided.connect(self._decided)
        self._table.row_decided.connect(self._row_decided)
        self._table.row_changed.connect(self._row_pane.show_row)
        self._table.set_decisions(self._decision_of)
        self._head.other_wanted.connect(self._choose_otherwise)

    # ------------------------------------------------------------------ parts

    @property
    def plan(self) -> FilePlan | None:
        """The file shown."""
        return self._plan

    @property
    def head(self) -> FileHead:
        """What the file is, why, whose, and what to know before."""
        return self._head

    @property
    def table(self) -> PreviewTable:
        """The rows of the file."""
        return self._table

    @property
    def model(self) -> PagedModel | None:
        """The rows as the table reads them."""
        return self._model

    @property
    def row_pane(self) -> RowPane:
        """The chosen row in full."""
        return self._row_pane

    @property
    def strip(self) -> CountsStrip:
        """How the rows divide."""
        return self._strip

    @property
    def decision(self) -> DecisionBar:
        """The question about this file, hidden when there is none."""
        return self._decision

    @property
    def controls(self) -> ControlsPanel:
        """The file's own totals."""
        return self._foot.controls

    @property
    def matrix(self) -> MatrixPanel:
        """The month afterwards."""
        return self._foot.matrix

    @property
    def reason(self) -> ReasonPane:
        """Why the file is not written and what can be done, hidden when it is."""
        return self._reason

    # ------------------------------------------------------------------ what to show

    def use(self, context: AppContext) -> None:
        """Read rows of this book from now on."""
        self._context = context
        self._model = rows_model(context.jobs)
        self._model.failed.connect(context.show_failure)
        self._model.opened.connect(self._opened)
        # The page of the chosen row may land after it was chosen.
        self._model.dataChanged.connect(lambda *_: self._row_pane.show_row(self._table.current_row()))
        self._table.set_model(self._model, sortable=False)
        self._plan = None
        self.forget()

    def forget(self) -> None:
        """Files are read anew: what the book has of them must be asked again."""
        self._known.forget()

    def set_store_names(self, names: Mapping[str, str]) -> None:
        """Name the stores the book knows already."""
        self._store_names.clear()
        self._store_names.update(names)

    def set_decisions(self, decisions: Decisions) -> None:
        """Take over what was decided; ``show_plan`` brings what it counts to."""
        if not decisions.same_files(self._decisions):
            self.forget()
        self._decisions = decisions
        self._table.viewport().update()

    def set_month(self, data: AfterImport | None) -> None:
        """Show the completeness after the import."""
        self.matrix.set_data(data)

    def show_plan(self, context: AppContext, plan: FilePlan, suspects: tuple[RowPlace, ...]) -> None:
        """Show another file, or the same one counted again.

        Args:
            context: the open book.
            plan: the file.
            suspects: its suspect rows, decided about or not.
        """
        again = self._plan is not None and self._plan.file_id == plan.file_id
        self._kept_row = self._table.currentIndex().row() if again and self._table.currentIndex().isValid() else None
        self._choosing = self._choosing and again
        self._plan, self._suspects = plan, suspects
        self._strip.set_counts(plan.counts, plan.reading.row_count)
        self.controls.show_plan(plan)
        workspace = context.workspace
        if self._model is not None:
            if not again:
                self._model.clear()
                self._row_pane.show_row(None)
            self._model.set_columns(columns_of(plan, self._store_names, asks=bool(suspects)))
            self._model.open(lambda _key, _descending: PlannedRows(workspace, plan))
        self.retranslate()
        self._known.ask(context, plan)

    def retranslate(self) -> None:
        """Set every text."""
        self._strip.retranslate()
        self._table.setAccessibleName(self.tr("Rows of the file"))
        self._table.retranslate()
        plan = self._plan
        if plan is None:
            return
        self._head.show_plan(plan, can_choose=bool(plan.reading.read_as) or is_mapped(plan))
        self._reason.show_plan(plan, choosing=self._choosing)
        written = plan.outcome == "imported"
        has_rows = written or bool(plan.problems)
        self._strip.setVisible(written)
        self._table.setVisible(has_rows)
        self._row_pane.setVisible(has_rows)
        self._room.setVisible(not has_rows)
        self._foot.setVisible(written or bool(plan.reading.controls))
        self._rule.setVisible(self._foot.isVisibleTo(self))
        question = question_of(plan, self._decisions, self._suspects)
        self._decision.setVisible(question is not None)
        if question is not None:
            self._decision.ask(question.text, question.scope, question.answers, question.current)

    def least_height(self) -> int:
        """Return the height at which no part of this file is squeezed, px on screen."""
        layout = self.layout()
        return layout.totalMinimumHeightForWidth(self.width()) if layout is not None else 0

    def changeEvent(self, event: QEvent) -> None:
        """Follow a switch of the language."""
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()
        super().changeEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Let the rows have the room where it is little."""
        super().resizeEvent(event)
        self._foot.set_low(self.height() < Theme.current().px(_ROOMY))

    # ------------------------------------------------------------------ inside

    def _known_before(self, plan: FilePlan, found: Already) -> None:
        if plan is self._plan:
            self._head.set_already(found)

    def _opened(self, _count: int) -> None:
        self._table.select_number(self._kept_row or 0)
        self._kept_row = None

    def _choose_otherwise(self) -> None:
        self._choosing = not self._choosing
        self.retranslate()

    def _decision_of(self, row: PreviewRow) -> str:
        plan = self._plan
        usual = "new" if self._decisions.accept_suspect else "leave"
        place = RowPlace(plan.file_id, row.line, row.sheet) if plan is not None else None
        return self._decisions.rows.get(place, usual) if place is not None else usual

    def _row_decided(self, row: PreviewRow, word: str) -> None:
        if self._plan is not None:
            self.rows_decided.emit((RowPlace(self._plan.file_id, row.line, row.sheet),), word)

    def _decided(self, answer: str) -> None:
        plan = self._plan
        question = question_of(plan, self._decisions, self._suspects) if plan is not None else None
        if plan is None or question is None:
            return
        if question.about == DIFFERENCES:
            self.difference_decided.emit(plan, answer == TAKE_FILE)
        else:
            self.rows_decided.emit(self._suspects, answer)

    def _go_to_state(self, state: str) -> None:
        plan, context = self._plan, self._context
        if plan is None or context is None:
            return
        context.write(
            lambda workspace, _report: workspace.imports.preview_first(plan, state),
            lambda place: self._go_to(plan, place),
        )

    def _go_to(self, plan: FilePlan, place: int | None) -> None:
        if plan is self._plan and place is not None:
            self._table.select_number(place)
            self._table.setFocus()
