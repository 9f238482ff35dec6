"""What the map makes of the table: two rows as sentences, the whole file in a line, the first rows typed."""

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRectF
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QStyleOptionViewItem

from chainbrain.importers.mapped import mapping as mapping_fields
from chainbrain.importers.mapped.mapping import TableMapping
from chainbrain.importers.mapped.sample import TriedOut, TriedRow
from ui.models import Column, Kind, RowsModel
from ui.models.columns import ROW_ROLE
from ui.theme import metrics as m
from ui.theme.translator import translate
from ui.theme.type_roles import Role
from ui.views.mapping.words import (
    check_words,
    examples_of,
    field_word,
    problem_words,
    proof_words,
    shown_cell,
    why_broken,
)
from ui.views.parts.proof import ProofLine
from ui.widgets import DataTable, Label, TitledCard, VBox
from ui.widgets.marked_cell import paint_marked
from ui.widgets.states import DIFFERENCE, EXCLUDED, MATCHED, READY
from ui.widgets.table_delegate import CellDelegate, cell_area

Index = QModelIndex | QPersistentModelIndex
_RIGHT = (mapping_fields.AMOUNT, mapping_fields.FINE, mapping_fields.RATE)
_WIDTHS = {mapping_fields.MOMENT: 132, mapping_fields.DAY: 92, mapping_fields.AMOUNT: 92, mapping_fields.FINE: 80}


class ResultCard(TitledCard):
    """Live below every change."""

    def __init__(self) -> None:
        super().__init__(padding=(0, 0, 0, m.GAP_XS), spacing=0)
        self._mapping: TableMapping | None = None
        self._tried: TriedOut | None = None
        self._failure = ""
        self._example = Label(bold=True, figures=True, wrap=True)
        self._check = Label(role=Role.SMALL, color="text2", figures=True, wrap=True)
        self._problem = Label(role=Role.SMALL, color="difference", figures=True, wrap=True)
        self._proof = ProofLine()
        self._proof_text = ""
        self._model = RowsModel([])
        self._table = DataTable(self._model, row_height=m.ROW_DENSE, sortable=False)
        self._cells = _TriedCells(m.ROW_DENSE)
        self._table.set_cells(self._cells)
        self.body.addLayout(
            VBox(margins=(m.GAP, m.GAP_M, m.GAP, m.GAP_M), spacing=m.GAP_S).add(
                self._example, self._check, self._proof, self._problem
            )
        )
        self.add(self._table)
        self.body.setStretch(1, 1)
        self.retranslate()

    @property
    def example(self) -> str:
        """The sentences shown."""
        return self._example.text()

    @property
    def check(self) -> str:
        """The line about the whole file."""
        return self._check.text()

    @property
    def proof(self) -> str:
        """Whether the file's own figures agree."""
        return self._proof_text

    @property
    def table(self) -> DataTable:
        """The first rows."""
        return self._table

    def show_trial(self, mapping: TableMapping, tried: TriedOut) -> None:
        """Show what a map makes of the table."""
        self._mapping, self._tried, self._failure = mapping, tried, ""
        self._model.set_columns(_columns(mapping))
        self._model.set_rows(tried.rows)
        self.retranslate()

    def show_failure(self, words: str) -> None:
        """Say why there is nothing to show."""
        self._tried, self._failure = None, words
        self._model.set_rows([])
        self.retranslate()

    def retranslate(self) -> None:
        """Set every text."""
        self.set_title(self.tr("So it is read"), self.tr("the first rows, live"))
        self._table.setAccessibleName(self.tr("So it is read"))
        tried = self._tried
        waiting = self._failure or self.tr("Looking at the table\u2026")
        self._example.setText(waiting if tried is None else examples_of(tried))
        self._example.setVisible(bool(self._example.text()))
        counts = self._mapping is not None and "amount" in _shown(self._mapping)
        self._check.setText("" if tried is None else check_words(tried, counts_money=counts))
        self._proof_text = "" if tried is None else proof_words(tried)
        self._proof.set_line(MATCHED if tried is not None and tried.balance else DIFFERENCE, self._proof_text)
        self._proof.setVisible(bool(self._proof_text))
        self._problem.setText("" if tried is None else problem_words(tried))
        self._problem.setVisible(bool(self._problem.text()))
        self._table.retranslate()


def _columns(mapping: TableMapping) -> list[Column]:
    fields = [
        field
        for field in mapping_fields.FIELDS[mapping.kind]
        if field not in ("clock", "money_in", "money_out", "direction") and field in _shown(mapping)
    ]
    types = mapping_fields.FIELDS[mapping.kind]
    return [
        Column("line", lambda: translate("Line"), lambda row: row.line, Kind.NUMBER, width=58, sortable=False),
        Column("state", lambda: translate("State"), _badge, Kind.BADGE, width=94, sortable=False),
        *(_field_column(mapping, field, types[field]) for field in fields),
        Column(
            "why",
            lambda: translate("Why"),
            _why,
            tone=lambda row: "difference" if row.problem is not None else "text3",
            tip=_why,
            least=140,
            sortable=False,
        ),
    ]


def _shown(mapping: TableMapping) -> set[str]:
    shown = {*mapping.columns.values(), *mapping.fixed}
    return shown | ({"amount"} if shown & set(mapping_fields.AMOUNT_FIELDS) else set())


def _field_column(mapping: TableMapping, field: str, type_: str) -> Column:
    return Column(
        field,
        lambda: field_word(field),
        _cell_of(mapping, field),
        width=_WIDTHS.get(type_, 104),
        right=type_ in _RIGHT,
        tip=_why,
        sortable=False,
    )


def _cell_of(mapping: TableMapping, field: str) -> Callable[[TriedRow], Any]:
    def value(row: TriedRow) -> str:
        if row.problem is not None and field == faulty_field(mapping, row):
            return row.problem.value or "\u2026"
        return shown_cell(row.record, field) if row.record is not None else ""

    return value


def faulty_field(mapping: TableMapping, row: TriedRow) -> str:
    """The field whose cell cannot be read; money in and out stand in the amount."""
    found = mapping.columns.get(row.problem.column, "") if row.problem is not None else ""
    return "amount" if found in mapping_fields.AMOUNT_FIELDS else found


def _badge(row: TriedRow) -> tuple[str, str]:
    if row.problem is not None:
        return DIFFERENCE, translate("Broken")
    if row.record is None:
        return EXCLUDED, translate("left out")
    return READY, translate("readable")


def _why(row: TriedRow) -> str:
    if row.problem is None:
        return "" if row.record is not None else translate("adds up others")
    return why_broken(row.problem)


class _TriedCells(CellDelegate):
    """Frames the one cell of a broken row that cannot be read."""

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Draw one cell; the faulty one in a frame with a corner."""
        columns: tuple[Column, ...] = getattr(index.model(), "columns", ())
        row = index.data(ROW_ROLE)
        column = columns[index.column()] if index.column() < len(columns) else None
        text = str(index.data() or "")
        broken = isinstance(row, TriedRow) and row.problem is not None
        own = column is not None and column.key not in ("line", "state", "why")
        if column is None or not (broken and own and text):
            super().paint(painter, option, index)
            return
        painter.save()
        self._paint_ground(painter, option, index)
        paint_marked(painter, cell_area(QRectF(option.rect), index.column(), len(columns)), text, column)
        painter.restore()
