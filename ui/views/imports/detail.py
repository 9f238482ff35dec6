"""One planned file in full: what it is, how its rows divide, the rows, its own totals, the month afterwards."""

from collections.abc import Mapping

from PySide6.QtCore import QEvent, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QWidget

from chainbrain.importers.plan import FilePlan
from chainbrain.intake.already import Already
from ui.models import PagedModel
from ui.theme.theme import Theme
from ui.views.base import AppContext
from ui.views.imports.after_import import AfterImport
from ui.views.imports.controls_panel import ControlsPanel
from ui.views.imports.counts_strip import CountsStrip
from ui.views.imports.decision_bar import DecisionBar
from ui.views.imports.head import FileHead
from ui.views.imports.matrix_panel import MatrixPanel
from ui.views.imports.reason_pane import ReasonPane
from ui.views.imports.rows_table import PlannedRows, PreviewTable, rows_model
from ui.views.imports.words import CONTROL_TOTAL
from ui.widgets import Box, Card, Rule, scaled

_FOOT, _CONTROLS = 204, 396
_COMPARED = ("imported", "already_imported")
_SIDE_BY_SIDE, _CONTROLS_SHARE = 640, 0.5


class DetailCard(Card):
    """Shows one ``FilePlan``; ``suspects_decided(bool)`` and ``differences_decided(bool)`` concern the whole run."""

    suspects_decided = Signal(bool)
    differences_decided = Signal(bool)
    password_entered = Signal(str)

    def __init__(self) -> None:
        super().__init__(padding=(0, 0, 0, 0), spacing=0)
        self._plan: FilePlan | None = None
        self._take_suspects = self._take_differences = False
        self._suspect_files: frozenset[str] = frozenset()
        self._store_names: dict[str, str] = {}
        self._model: PagedModel | None = None
        self._build()
        self._connect()

    def _build(self) -> None:
        self._head = FileHead()
        self._strip, self._decision = CountsStrip(), DecisionBar()
        self._reason = ReasonPane()
        self._table = PreviewTable()
        scaled(self._table, min_height=120)
        self._controls, self._matrix = ControlsPanel(), MatrixPanel()
        self._foot = QWidget()
        self._foot_box = Box(QBoxLayout.Direction.LeftToRight, self._foot)
        self._foot_rule = Rule(vertical=True)
        self._foot_box.add(self._controls, self._foot_rule, self._matrix)
        self._foot_box.setStretch(2, 1)
        self._rule, self._room = Rule(strong=True), QWidget()
        self.add(self._head, self._strip, self._reason, self._decision, self._table, self._room)
        self.add(self._rule, self._foot)
        self.body.setStretchFactor(self._table, 1)
        self.body.setStretchFactor(self._room, 1)
        scaled(self._foot, height=_FOOT)

    def _connect(self) -> None:
        self._strip.chosen.connect(self._go_to_state)
        self._decision.decided.connect(self._decided)
        self._reason.password_entered.connect(self.password_entered)

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
        return self._controls

    @property
    def matrix(self) -> MatrixPanel:
        """The month afterwards."""
        return self._matrix

    @property
    def reason(self) -> ReasonPane:
        """Why the file is not written and what can be done, hidden when it is."""
        return self._reason

    def use(self, context: AppContext) -> None:
        """Read rows of this book from now on."""
        self._model = rows_model(context.jobs, self._store_names)
        self._model.failed.connect(context.show_failure)
        self._table.set_model(self._model, sortable=False)
        self._plan = None

    def set_store_names(self, names: Mapping[str, str]) -> None:
        """Name the stores the book knows already."""
        self._store_names.clear()
        self._store_names.update(names)

    def set_decisions(self, *, suspects: bool, differences: bool, suspect_files: frozenset[str]) -> None:
        """Take over what holds for the whole run, and which files had undecided rows before the decision."""
        self._take_suspects, self._take_differences = suspects, differences
        self._suspect_files = suspect_files

    def set_month(self, data: AfterImport | None) -> None:
        """Show the completeness after the import."""
        self._matrix.set_data(data)

    def show_plan(self, context: AppContext, plan: FilePlan) -> None:
        """Show another file."""
        self._plan = plan
        self._head.show_plan(plan, can_choose=False)
        self._reason.show_plan(plan, choosing=False, can_map=False)
        self._strip.set_counts(plan.counts, plan.reading.row_count)
        self._controls.show_plan(plan)
        workspace = context.workspace
        if self._model is not None:
            self._model.open(lambda _key, _descending: PlannedRows(workspace, plan))
        if plan.outcome in _COMPARED:
            context.write(
                lambda workspace, _report: workspace.imports.already(plan), lambda found: self._already(plan, found)
            )
        self.retranslate()

    def retranslate(self) -> None:
        """Set every text."""
        self._strip.retranslate()
        self._table.setAccessibleName(self.tr("Rows of the file"))
        self._table.retranslate()
        plan = self._plan
        if plan is None:
            return
        written = plan.outcome == "imported"
        self._head.retranslate()
        has_rows = written or bool(plan.problems)
        self._strip.setVisible(written)
        self._table.setVisible(has_rows)
        self._room.setVisible(not has_rows)
        self._foot.setVisible(written or bool(plan.reading.controls))
        self._rule.setVisible(self._foot.isVisibleTo(self))
        self._ask(plan)

    def changeEvent(self, event: QEvent) -> None:
        """Follow a switch of the language."""
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()
        super().changeEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Leave the month out where totals and month do not fit beside each other."""
        super().resizeEvent(event)
        px = Theme.current().px
        room = self.width() >= px(_SIDE_BY_SIDE)
        self._matrix.setVisible(room)
        self._foot_rule.setVisible(room)
        self._controls.setFixedWidth(
            min(px(_CONTROLS), round(self.width() * _CONTROLS_SHARE)) if room else self.width() - 2
        )

    def _already(self, plan: FilePlan, found: Already) -> None:
        if plan is self._plan:
            self._head.set_already(found)

    def _ask(self, plan: FilePlan) -> None:
        scope = self.tr("holds for all files of this import")
        differs = plan.reading.control_total == "differs"
        if plan.code == CONTROL_TOTAL or (differs and self._take_differences):
            self._decision.ask(
                self.tr("The file contradicts its own total"),
                scope,
                self.tr("Leave out"),
                self.tr("Take it, marked as differing"),
                taken=self._take_differences,
            )
        elif plan.counts.suspect or plan.file_id in self._suspect_files:
            count = plan.counts.suspect
            question = self.tr("%n row(s) could be repetitions", "", count) if count else self.tr("Taken as new rows")
            self._decision.ask(
                question, scope, self.tr("Leave out for now"), self.tr("Write as new"), taken=self._take_suspects
            )
        else:
            self._decision.hide()
            return
        self._decision.show()

    def _decided(self, take: bool) -> None:
        plan = self._plan
        if plan is None:
            return
        differs = plan.reading.control_total == "differs"
        if plan.code == CONTROL_TOTAL or (differs and self._take_differences):
            self.differences_decided.emit(take)
        else:
            self.suspects_decided.emit(take)

    def _go_to_state(self, state: str) -> None:
        plan = self._plan
        if plan is None:
            return
        counts = plan.counts
        broken = sum(problem.state == "broken" for problem in plan.problems)
        first = {"broken": 0, "suspect": broken, "new": broken + counts.suspect}
        self._table.select_number(first.get(state, broken + counts.suspect + counts.new))
        self._table.setFocus()
