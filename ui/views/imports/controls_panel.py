"""The totals that a file states about itself, beside the sums of its rows."""

from decimal import Decimal

from PySide6.QtCore import QEvent
from PySide6.QtWidgets import QWidget

from chainbrain.importers.plan import ControlTotal, FilePlan
from ui import figures
from ui.models import Column, Kind, RowsModel
from ui.theme import metrics as m
from ui.theme.translator import translate
from ui.theme.type_roles import Role
from ui.views.imports.words import rows_text
from ui.views.parts.proof import ProofLine
from ui.widgets import DataTable, Label, VBox
from ui.widgets.states import MATCHED, NEUTRAL, TIMING

_ROW = 26


class ControlsPanel(QWidget):
    """Every control total with its difference, and one line that says whether they meet."""

    def __init__(self) -> None:
        super().__init__()
        self._plan: FilePlan | None = None
        self._title = Label(role=Role.HEADING)
        self._model = RowsModel(_columns())
        self._table = DataTable(self._model, _ROW, sortable=False)
        self._proof = ProofLine()
        proof = VBox(margins=(m.GAP, 0, m.GAP, 0)).add(self._proof)
        head = VBox(margins=(m.GAP, m.GAP_M, m.GAP, m.GAP_XS)).add(self._title)
        box = VBox(self, (0, 0, 0, m.GAP_S)).add(head, self._table, proof, 0)
        box.setStretchFactor(self._table, 1000)
        self.retranslate()

    @property
    def model(self) -> RowsModel:
        """The shown totals."""
        return self._model

    def show_plan(self, plan: FilePlan) -> None:
        """Show another file's totals."""
        self._plan = plan
        self._model.set_rows(sorted(plan.reading.controls, key=lambda total: total.agrees))
        self._table.setVisible(bool(plan.reading.controls))
        self.retranslate()

    def retranslate(self) -> None:
        """Set every text."""
        self._title.setText(self.tr("Against the file's own totals"))
        self._table.setAccessibleName(self.tr("Control totals"))
        self._table.retranslate()
        if self._plan is not None:
            self._proof.set_line(*self._line(self._plan))

    def changeEvent(self, event: QEvent) -> None:
        """Follow a switch of the language."""
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()
        super().changeEvent(event)

    def _line(self, plan: FilePlan) -> tuple[str, str]:
        controls = plan.reading.controls
        wrong = next((total for total in controls if not total.agrees), None)
        if wrong is not None:
            broken = plan.counts.broken or sum(problem.state == "broken" for problem in plan.problems)
            words = (
                self.tr("{gap} apart: %n broken row(s) are not added in", "", broken)
                if broken
                else self.tr("{total} differs by {gap}: rows are missing, twice, or changed")
            )
            return TIMING, words.format(total=wrong.name, gap=_figure(abs(wrong.summed - wrong.stated), wrong))
        if controls:
            return MATCHED, self.tr("All totals agree, %n in all", "", len(controls))
        rows = rows_text(plan.reading.row_count)
        return NEUTRAL, self.tr("This kind of file states no totals; {rows} read").format(rows=rows)


def _columns() -> list[Column]:
    return [
        Column("name", lambda: translate("The file says"), _name, tip=_name, least=56, cut_middle=True),
        Column("stated", lambda: translate("File"), _stated, width=64, right=True, whole=True),
        Column("summed", lambda: translate("Rows added up"), _summed, width=64, right=True, whole=True),
        Column("gap", lambda: translate("Gap"), _gap, Kind.STATE, width=68, whole=True),
    ]


def _name(total: ControlTotal) -> str:
    return total.name


def _stated(total: ControlTotal) -> str:
    return _figure(total.stated, total)


def _summed(total: ControlTotal) -> str:
    return _figure(total.summed, total)


def _gap(total: ControlTotal) -> tuple[str, str]:
    if total.agrees:
        return MATCHED, translate("agrees")
    return TIMING, _figure(total.summed - total.stated, total)


def _figure(value: Decimal, total: ControlTotal) -> str:
    # Counts come as whole numbers, amounts with two places.
    whole = all(
        figure == figure.to_integral_value() and "." not in str(figure) for figure in (total.stated, total.summed)
    )
    return figures.plain(value, 0 if whole else 2)
