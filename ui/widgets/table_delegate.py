"""Paints every cell of every table: texts, figures, badges, changes, bars, sparklines, ranges, ticks."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QFontMetricsF, QHelpEvent, QPainter, QPen, QPolygonF
from PySide6.QtWidgets import (
    QAbstractItemView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
    QToolTip,
)

from ui.models.columns import BOLD_ROLE, ROW_ROLE, TONE_ROLE, VALUE_ROLE, Column, Kind
from ui.theme import metrics as m
from ui.theme.icons import paint_icon
from ui.theme.theme import Theme
from ui.theme.type_roles import Role
from ui.widgets.painting import paint_badge, paint_bar, paint_change, paint_focus, paint_range, paint_spark, rounded
from ui.widgets.state_bar import paint_states
from ui.widgets.states import look

Index = QModelIndex | QPersistentModelIndex
_FIGURES = {Kind.NUMBER, Kind.MONEY, Kind.PERCENT, Kind.CHANGE, Kind.DAY, Kind.MOMENT}


@dataclass(frozen=True)
class Cell:
    """One cell of a row that is there."""

    row: object
    column: Column

    def data(self, role: int) -> Any:
        """Return what the model would say for a role."""
        return self.column.data(self.row, role)


class CellDelegate(QStyledItemDelegate):
    """Draws cells by the kind of their column; the model must offer ``columns``."""

    def __init__(self, row_height: float = m.ROW) -> None:
        super().__init__()
        self.row_height = row_height
        self.hover_row = -1

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        """Return the fixed row height."""
        return QSize(option.rect.width(), Theme.current().px(self.row_height))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Draw one cell."""
        columns: tuple[Column, ...] = getattr(index.model(), "columns", ())
        if index.column() >= len(columns):
            return
        column = columns[index.column()]
        painter.save()
        self._paint_ground(painter, option, index)
        view = option.widget
        end = shown_end(view.isColumnHidden, len(columns)) if isinstance(view, QTableView) else len(columns)
        area = cell_area(QRectF(option.rect), index.column(), end)
        # Asked once, not per role: each way through the model's index takes longer than the drawing.
        row = index.data(ROW_ROLE)
        if row is None:
            self._paint_waiting(painter, area, column)
        elif column.value(row) is not None:
            self._paint_value(painter, area, Cell(row, column))
        elif column.empty is not None or column.instead is not None:
            _text(painter, area, Cell(row, column))
        if option.state & QStyle.StateFlag.State_HasFocus:
            paint_focus(painter, QRectF(option.rect).adjusted(2, 2, -2, -2), m.RADIUS_BADGE)
        painter.restore()

    def helpEvent(self, event: QHelpEvent, view: QAbstractItemView, option: QStyleOptionViewItem, index: Index) -> bool:
        """Tell the whole of a text that is cut; a column with a tip of its own tells that."""
        columns: tuple[Column, ...] = getattr(index.model(), "columns", ())
        if not index.isValid() or index.data(Qt.ItemDataRole.ToolTipRole) or index.column() >= len(columns):
            return super().helpEvent(event, view, option, index)
        text = str(index.data() or "")
        font = Theme.current().font(Role.BODY, bold=bool(index.data(BOLD_ROLE)))
        area = cell_area(QRectF(option.rect), index.column(), len(columns))
        cut = QFontMetricsF(font).horizontalAdvance(text) > area.width()
        QToolTip.showText(event.globalPos(), text if cut else "", view)
        return True

    def _paint_ground(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        theme = Theme.current()
        rect = QRectF(option.rect)
        selected = bool(option.state & QStyle.StateFlag.State_Selected)
        view_focus = bool(option.widget and option.widget.hasFocus())
        if selected:
            painter.fillRect(rect, theme.color("selected" if view_focus else "sunken"))
            if view_focus and index.column() == 0:
                painter.fillRect(
                    QRectF(rect.left(), rect.top(), theme.px(m.EDGE), rect.height()), theme.color("accent")
                )
        else:
            painter.fillRect(rect, theme.color("hover" if index.row() == self.hover_row else "surface"))
        painter.fillRect(QRectF(rect.left(), rect.bottom() - 1, rect.width(), 1), theme.color("line"))

    def _paint_waiting(self, painter: QPainter, area: QRectF, column: Column) -> None:
        height = Theme.current().px(8)
        width = area.width() * 0.6
        left = area.right() - width if column.align_right else area.left()
        box = QRectF(left, area.center().y() - height / 2, width, height)
        rounded(painter, box, m.RADIUS_BADGE, Theme.current().color("sunken"))

    def _paint_value(self, painter: QPainter, area: QRectF, cell: "Cell") -> None:
        painters: dict[Kind, Callable[[QPainter, QRectF, Cell], None]] = {
            Kind.BADGE: _badge,
            Kind.STATE: _state,
            Kind.CHANGE: _change,
            Kind.BAR: _bar,
            Kind.SPARK: _spark,
            Kind.STATES: _states,
            Kind.RANGE: _range,
            Kind.TICK: _tick,
        }
        painters.get(cell.column.kind, _text)(painter, area, cell)


def shown_end(hidden: Callable[[int], bool], columns: int) -> int:
    """Return the number of columns up to the last one that is shown, which keeps the room to the edge."""
    return next((number + 1 for number in reversed(range(columns)) if not hidden(number)), columns)


def cell_area(rect: QRectF, column: int, columns: int) -> QRectF:
    """Return where the content of a cell may stand; first and last cells keep 16 px to the edge."""
    px = Theme.current().px
    left = px(m.CELL_EDGE if column == 0 else m.CELL_PAD)
    right = px(m.CELL_EDGE if column == columns - 1 else m.CELL_PAD)
    return rect.adjusted(left, 0, -right, -1)


def _text(painter: QPainter, area: QRectF, cell: Cell) -> None:
    column = cell.column
    theme = Theme.current()
    bold = bool(cell.data(BOLD_ROLE))
    usual = {Kind.MUTED: "text3", Kind.LINK: "accent"}.get(column.kind, "ink")
    painter.setFont(theme.font(Role.BODY, bold=bold, figures=column.kind in _FIGURES))
    painter.setPen(theme.color(str(cell.data(TONE_ROLE) or usual)))
    side = Qt.AlignmentFlag.AlignRight if column.align_right else Qt.AlignmentFlag.AlignLeft
    text = str(cell.data(Qt.ItemDataRole.DisplayRole) or "")
    # Figures lose no digit silently: what does not fit shows … and the tooltip has it all.
    cut = Qt.TextElideMode.ElideMiddle if column.cut_middle else Qt.TextElideMode.ElideRight
    shown = painter.fontMetrics().elidedText(text, cut, int(area.width()) + 1)
    painter.drawText(area, int(Qt.AlignmentFlag.AlignVCenter | side), shown)


def _badge(painter: QPainter, area: QRectF, cell: Cell) -> None:
    state, text = cell.data(VALUE_ROLE)
    paint_badge(painter, area, text, state, with_icon=bool(look(state).icon))


def _state(painter: QPainter, area: QRectF, cell: Cell) -> None:
    state, text = cell.data(VALUE_ROLE)
    theme, style = Theme.current(), look(state)
    left = area.left()
    size = theme.px(m.ICON_SMALL)
    if style.icon:
        box = QRectF(left, area.center().y() - size / 2, size, size)
        paint_icon(painter, box, style.icon, theme.color(style.text))
        left += size + theme.px(m.GAP_XS)
    painter.setFont(theme.font(Role.SMALL, figures=True))
    painter.setPen(theme.color(style.text))
    room = QRectF(left, area.top(), area.right() - left, area.height())
    shown = painter.fontMetrics().elidedText(text, Qt.TextElideMode.ElideRight, int(room.width()) + 1)
    painter.drawText(room, int(Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft), shown)


def _change(painter: QPainter, area: QRectF, cell: Cell) -> None:
    column = cell.column
    side = Qt.AlignmentFlag.AlignRight if column.align_right else Qt.AlignmentFlag.AlignLeft
    paint_change(painter, area, cell.data(VALUE_ROLE), side, Role.BODY)


def _bar(painter: QPainter, area: QRectF, cell: Cell) -> None:
    paint_bar(painter, area, float(cell.data(VALUE_ROLE)), str(cell.data(TONE_ROLE) or "reference"))


def _states(painter: QPainter, area: QRectF, cell: Cell) -> None:
    height = Theme.current().px(8)
    paint_states(
        painter, QRectF(area.left(), area.center().y() - height / 2, area.width(), height), cell.data(VALUE_ROLE)
    )


def _spark(painter: QPainter, area: QRectF, cell: Cell) -> None:
    values = cell.data(VALUE_ROLE)
    inset = Theme.current().px(3)
    paint_spark(painter, area.adjusted(0, inset, 0, -inset), [None if v is None else float(v) for v in values])


def _range(painter: QPainter, area: QRectF, cell: Cell) -> None:
    low, mid, high, first, last, rejected = cell.data(VALUE_ROLE)
    paint_range(
        painter,
        area,
        low=float(low),
        mid=float(mid),
        high=float(high),
        axis=(float(first), float(last)),
        rejected=bool(rejected),
    )


def _tick(painter: QPainter, area: QRectF, cell: Cell) -> None:
    paint_tick(painter, area, bool(cell.data(VALUE_ROLE)))


def paint_tick(painter: QPainter, area: QRectF, on: bool) -> None:
    """Draw a tick box at the left of ``area``."""
    theme = Theme.current()
    size = theme.px(m.ICON)
    box = QRectF(area.left(), area.center().y() - size / 2, size, size)
    if not on:
        rounded(painter, box, m.RADIUS_BADGE, theme.color("surface"), theme.color("control"))
        return
    rounded(painter, box, m.RADIUS_BADGE, theme.color("accent"))
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.setPen(QPen(theme.color("on_accent"), theme.px(1.8)))
    unit = size / 16
    points = [QPointF(box.left() + x * unit, box.top() + y * unit) for x, y in ((4, 8.4), (7, 11.2), (12, 5.4))]
    painter.drawPolyline(QPolygonF(points))
    painter.restore()
