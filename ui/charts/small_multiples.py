"""Many stores side by side: name, change and a line on the store's own scale."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QHelpEvent, QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QToolTip

from ui import figures
from ui.theme import metrics as m
from ui.theme.theme import Theme, follow_theme
from ui.theme.type_roles import Role
from ui.widgets.hover_cells import HoverCells
from ui.widgets.painting import change_width, paint_change, paint_focus, paint_spark
from ui.widgets.pressable import PRESSING

_CELL_WIDTH, _CELL_HEIGHT = 116, 80
_COLUMNS = 6


@dataclass(frozen=True)
class Multiple:
    """One store.

    Attributes:
        key: handed to ``opened``.
        name: short name.
        values: one per day, None where data is missing.
        low: lower end of the expected range, may be empty.
        high: upper end of the expected range, may be empty.
        change: change as a share, None when it is not compared.
        note: shown instead of the change, for example which source is missing; the last dot is then hollow.
        strong: True writes the name bold (it deviates).
        full: the whole name for the tip; a long name is cut in the middle of its cell.
    """

    key: str
    name: str
    values: tuple[Decimal | float | None, ...]
    low: tuple[Decimal | float | None, ...] = ()
    high: tuple[Decimal | float | None, ...] = ()
    change: Decimal | None = None
    note: str = ""
    strong: bool = False
    full: str = ""


class SmallMultiples(HoverCells):
    """Cells in up to six columns; ``opened`` carries the key of the chosen one."""

    opened = Signal(str)

    def __init__(self, columns: int = _COLUMNS) -> None:
        super().__init__()
        self._most = columns
        self._items: tuple[Multiple, ...] = ()
        self._focus = 0
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        follow_theme(self._restyle)

    def set_items(self, items: Sequence[Multiple]) -> None:
        """Show other stores."""
        self._items = tuple(items)
        self._focus = 0
        said = [f"{item.name} {item.note or figures.change(item.change)}" for item in items]
        self.setAccessibleDescription("; ".join(said))
        self._restyle()

    def hasHeightForWidth(self) -> bool:
        """Fewer columns need more lines."""
        return True

    def heightForWidth(self, width: int) -> int:
        """Return 80 px per line."""
        per_line = self._per_line(width)
        return -(-len(self._items) // per_line) * Theme.current().px(_CELL_HEIGHT)

    def sizeHint(self) -> QSize:
        """Return room for every cell."""
        px = Theme.current().px
        width = px(_CELL_WIDTH) * self._most
        return QSize(width, self.heightForWidth(self.width() or width))

    def minimumSizeHint(self) -> QSize:
        """Two cells side by side; lines beyond the room are left to a scroll area."""
        px = Theme.current().px
        return QSize(px(_CELL_WIDTH) * 2, px(_CELL_HEIGHT))

    def event(self, event: QEvent) -> bool:
        """Tell the whole name on hover: cells are narrow."""
        if isinstance(event, QHelpEvent):
            index = self._index_at(QPointF(event.pos()))
            item = self._items[index] if index >= 0 else None
            words = f"{item.full or item.name}\n{item.note or figures.change(item.change)}".strip() if item else ""
            QToolTip.showText(event.globalPos(), words, self)
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Walk with the arrows, open with Enter."""
        per_line = self._per_line(self.width())
        moves = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1, Qt.Key.Key_Up: -per_line, Qt.Key.Key_Down: per_line}
        move = moves.get(Qt.Key(event.key()), 0)
        if move and 0 <= self._focus + move < len(self._items):
            self._focus += move
            self.keep_in_view()
            self.update()
        elif event.key() in PRESSING and self._items:
            self.opened.emit(self._items[self._focus].key)
        elif not move:
            super().keyPressEvent(event)

    def _focus_box(self) -> QRectF:
        return self._cell(self._focus) if self._items else QRectF()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw every cell that is visible."""
        theme, painter = Theme.current(), QPainter(self)
        for index, item in enumerate(self._items):
            cell = self._cell(index)
            if not cell.intersects(QRectF(event.rect())):
                continue
            if index == self._hover:
                painter.fillRect(cell.adjusted(0, 0, -1, -1), theme.color("hover"))
            painter.fillRect(QRectF(cell.right() - 1, cell.top(), 1, cell.height()), theme.color("line"))
            painter.fillRect(QRectF(cell.left(), cell.bottom() - 1, cell.width(), 1), theme.color("line"))
            self._paint_cell(painter, cell, item)
            if self.hasFocus() and index == self._focus:
                paint_focus(painter, cell.adjusted(1, 1, -2, -2), m.RADIUS_BADGE)

    def _paint_cell(self, painter: QPainter, cell: QRectF, item: Multiple) -> None:
        theme = Theme.current()
        area = cell.adjusted(theme.px(m.GAP_S) + 1, theme.px(m.GAP_S), -theme.px(m.GAP_S), -theme.px(m.GAP_S))
        head = QRectF(area.left(), area.top(), area.width(), theme.px(20))
        right = int(Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight)
        if item.note:
            painter.setFont(theme.font(Role.SMALL))
            painter.setPen(theme.color("timing"))
            painter.drawText(head, right, item.note)
            used = painter.fontMetrics().horizontalAdvance(item.note)
        else:
            paint_change(painter, head, item.change, Qt.AlignmentFlag.AlignRight)
            used = int(change_width(item.change))
        painter.setFont(theme.font(Role.BODY, bold=item.strong))
        painter.setPen(theme.color("ink"))
        shown = painter.fontMetrics().elidedText(
            item.name, Qt.TextElideMode.ElideMiddle, int(head.width() - used - theme.px(m.GAP_XS))
        )
        painter.drawText(head, int(Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft), shown)
        spark = QRectF(area.left(), head.bottom(), area.width(), area.bottom() - head.bottom())
        band: tuple[tuple[float, float] | None, ...] = ()
        if item.low and item.high:
            band = tuple(
                None if low is None or high is None else (float(low), float(high))
                for low, high in zip(item.low, item.high, strict=True)
            )
        values = [None if value is None else float(value) for value in item.values]
        paint_spark(painter, spark, values, band=band, hollow=bool(item.note))

    def _per_line(self, width: int) -> int:
        return max(1, min(self._most, width // Theme.current().px(_CELL_WIDTH)))

    def _cell(self, index: int) -> QRectF:
        per_line = self._per_line(self.width())
        row, column = divmod(index, per_line)
        width, height = self.width() / per_line, Theme.current().px(_CELL_HEIGHT)
        return QRectF(column * width, row * height, width, height)

    def _index_at(self, point: QPointF) -> int:
        return next((i for i in range(len(self._items)) if self._cell(i).contains(point)), -1)

    def _press(self, index: int) -> None:
        self._focus = index
        self.opened.emit(self._items[index].key)

    def _restyle(self) -> None:
        self.updateGeometry()
        self.update()
