"""The table of planned rows: broken first with the faulty cell marked, the answers in the line of a suspect one."""

from collections.abc import Callable

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QPointF, QRectF, Qt, Signal
from PySide6.QtGui import QMouseEvent, QPainter
from PySide6.QtWidgets import QStyleOptionViewItem

from chainbrain.intake.decisions import LEAVE, NEW, SAME
from chainbrain.intake.preview import PreviewRow
from ui.models import Column
from ui.models.columns import ROW_ROLE, TONE_ROLE
from ui.theme import metrics as m
from ui.theme.theme import Theme
from ui.theme.translator import translate
from ui.theme.type_roles import Role
from ui.views.imports.rows_model import is_suspect
from ui.views.imports.words import marked_column
from ui.widgets import DataTable
from ui.widgets.marked_cell import paint_marked
from ui.widgets.segmented import Option, paint_segments, segment_widths
from ui.widgets.table_delegate import CellDelegate, cell_area

Index = QModelIndex | QPersistentModelIndex
_ANSWERS = 22


def answers() -> list[Option]:
    """Return what can be said of a suspect row: keys of the engine and words."""
    return [(LEAVE, translate("leave")), (NEW, translate("new")), (SAME, translate("same"))]


class _MarkedCells(CellDelegate):
    """Frames the one cell of a broken row that cannot be read, and offers the answers about a suspect row."""

    def __init__(self, row_height: float) -> None:
        super().__init__(row_height)
        self.decision_of: Callable[[PreviewRow], str] = lambda row: row.decision or LEAVE
        self.hover_answer = -1

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Draw one cell."""
        columns: tuple[Column, ...] = getattr(index.model(), "columns", ())
        row = index.data(ROW_ROLE)
        column = columns[index.column()] if index.column() < len(columns) else None
        if column is None or not isinstance(row, PreviewRow):
            super().paint(painter, option, index)
            return
        area = cell_area(QRectF(option.rect), index.column(), len(columns))
        if marked_column(row) == column.key:
            painter.save()
            self._paint_ground(painter, option, index)
            paint_marked(painter, area, str(index.data()), column)
            painter.restore()
            return
        super().paint(painter, option, index)
        if column.key == "why" and is_suspect(row):
            painter.save()
            self._paint_answers(painter, area, option, index, row)
            painter.restore()

    def _paint_answers(
        self, painter: QPainter, area: QRectF, option: QStyleOptionViewItem, index: Index, row: PreviewRow
    ) -> None:
        box = answers_box(area)
        # The reason gives way: what is under the answers is painted over, and ends in \u2026 before them.
        whole = QStyleOptionViewItem(option)
        self._paint_ground(painter, whole, index)
        theme = Theme.current()
        painter.setFont(theme.font(Role.SMALL))
        painter.setPen(theme.color(str(index.data(TONE_ROLE) or "ink")))
        room = area.adjusted(0, 0, -box.width() - theme.px(m.GAP_S), 0)
        text = painter.fontMetrics().elidedText(str(index.data() or ""), Qt.TextElideMode.ElideRight, int(room.width()))
        painter.drawText(room, int(Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft), text)
        hover = self.hover_answer if index.row() == self.hover_row else -1
        paint_segments(painter, box, answers(), self.decision_of(row), hover=hover, pad=m.CELL_PAD)


def _answer_widths() -> list[int]:
    return segment_widths(answers(), Role.SMALL, m.CELL_PAD)


def answers_box(area: QRectF) -> QRectF:
    """Return where the answers stand in the cell of the reason: at its right end."""
    theme = Theme.current()
    width, height = sum(_answer_widths()), theme.px(_ANSWERS)
    return QRectF(area.right() - width, area.center().y() - height / 2, width, height)


class PreviewTable(DataTable):
    """The table of planned rows; the order is the engine's, broken rows first.

    ``row_decided(PreviewRow, str)`` when a person says what a suspect row is, by the answers in its line.
    """

    row_decided = Signal(object, str)

    def __init__(self) -> None:
        super().__init__(sortable=False)
        self._cells: _MarkedCells = _MarkedCells(m.ROW)
        self.set_cells(self._cells)

    def set_decisions(self, decision_of: Callable[[PreviewRow], str]) -> None:
        """Show what was decided about a row before the engine has counted it."""
        self._cells.decision_of = decision_of
        self.viewport().update()

    def decide_current(self, word: str) -> None:
        """Say what the row under the keyboard is."""
        row = self.current_row()
        if is_suspect(row):
            self.row_decided.emit(row, word)

    def answer_rect(self, number: int, word: str) -> QRectF:
        """Return where an answer about a row stands in the viewport."""
        box = self._answers_of(number)
        left = box.left()
        for (key, _), width in zip(answers(), _answer_widths(), strict=True):
            if key == word:
                return QRectF(left, box.top(), width, box.height())
            left += width
        return QRectF()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Show which answer is under the pointer."""
        super().mouseMoveEvent(event)
        found = self._answer_at(event.position())
        if found != self._cells.hover_answer:
            self._cells.hover_answer = found
            self.viewport().update()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Take the answer under the pointer."""
        super().mouseReleaseEvent(event)
        found = self._answer_at(event.position())
        if found >= 0 and event.button() == Qt.MouseButton.LeftButton:
            self.row_decided.emit(self.indexAt(event.position().toPoint()).data(ROW_ROLE), answers()[found][0])

    def _answers_of(self, number: int) -> QRectF:
        place = next((at for at, column in enumerate(self.columns) if column.key == "why"), 0)
        model = self.model()
        rect = QRectF(self.visualRect(model.index(number, place)))
        return answers_box(cell_area(rect, place, len(self.columns)))

    def _answer_at(self, point: QPointF) -> int:
        index = self.indexAt(point.toPoint())
        if not index.isValid() or not is_suspect(index.data(ROW_ROLE)):
            return -1
        return next(
            (at for at, (word, _) in enumerate(answers()) if self.answer_rect(index.row(), word).contains(point)), -1
        )
