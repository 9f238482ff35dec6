"""Which day of which source is there: a matrix of small cells."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFontMetrics, QHelpEvent, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QToolTip, QWidget

from ui.theme import metrics as m
from ui.theme.theme import Theme, follow_theme
from ui.theme.type_roles import Role
from ui.widgets.painting import paint_focus, rounded
from ui.widgets.pressable import PRESSING

# Below this width, px at 100 %, a dotted frame cannot be told from its neighbours.
_DOTTED_FROM = 8
# Rows down and columns right of each arrow key.
_STEPS = {
    Qt.Key.Key_Up: (-1, 0), Qt.Key.Key_Down: (1, 0), Qt.Key.Key_Left: (0, -1), Qt.Key.Key_Right: (0, 1),
}  # fmt: skip


class CellState(StrEnum):
    """What is known about one day of one source."""

    FULL = "full"
    NEW = "new"
    PART = "part"
    PART_NEW = "part_new"
    MISSING = "missing"
    CLOSED = "closed"
    EMPTY = "empty"


@dataclass(frozen=True)
class MatrixRow:
    """One source: its name, one state per column, and how many are missing (0 says nothing)."""

    label: str
    cells: tuple[CellState, ...]
    missing: int = 0


class CompletenessMatrix(QWidget):
    """Rows of sources over columns of days; ``opened`` carries (row, column) of a clicked cell.

    The arrow keys walk from cell to cell while it has the focus and say what each is; Enter or Space opens it.
    """

    opened = Signal(int, int)

    def __init__(self, cell_height: float = 13, gap: float = 3, max_cell_width: float = 24) -> None:
        super().__init__()
        self._columns: tuple[str, ...] = ()
        self._names: tuple[str, ...] = ()
        self._rows: tuple[MatrixRow, ...] = ()
        self._height, self._gap, self._max = cell_height, gap, max_cell_width
        self._at = (0, 0)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        follow_theme(self._restyle)

    def set_rows(self, columns: Sequence[str], rows: Sequence[MatrixRow], names: Sequence[str] = ()) -> None:
        """Show other data.

        Args:
            columns: the texts above, most of them may be empty.
            rows: the sources.
            names: what to call each column on hover, where the text above is not enough.
        """
        self._columns, self._rows, self._names = tuple(columns), tuple(rows), tuple(names or columns)
        lacking = [
            self.tr("{source}: %n missing", "", row.missing).format(source=row.label) for row in rows if row.missing
        ]
        self.setAccessibleDescription("; ".join(lacking))
        self._restyle()

    def sizeHint(self) -> QSize:
        """Return room for every row."""
        px = Theme.current().px
        height = px(18) + len(self._rows) * (px(self._height) + px(self._gap))
        return QSize(self._label_width() + len(self._columns) * (px(13) + px(self._gap)), height)

    def minimumSizeHint(self) -> QSize:
        """Cells may become narrow."""
        return QSize(self._label_width() + 5 * len(self._columns), self.sizeHint().height())

    def event(self, event: QEvent) -> bool:
        """Say source, day and state on hover."""
        if isinstance(event, QHelpEvent):
            place = self._place(QPointF(event.pos()))
            if place:
                QToolTip.showText(event.globalPos(), self._words(*place), self)
            return True
        return super().event(event)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Open the clicked cell."""
        place = self._place(event.position())
        if place:
            self.opened.emit(*place)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Walk with the arrows and say the cell; open it by the keys that press."""
        key, (row, column) = Qt.Key(event.key()), self._at
        if key in _STEPS and self._rows:
            down, right = _STEPS[key]
            row = min(max(0, row + down), len(self._rows) - 1)
            self._at = row, min(max(0, column + right), max(0, len(self._rows[row].cells) - 1))
            self._tell()
        elif key in PRESSING and self._focused() is not None:
            self.opened.emit(row, column)
        else:
            super().keyPressEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw heads, names and cells."""
        theme, painter = Theme.current(), QPainter(self)
        painter.setFont(theme.font(Role.CELL, figures=True))
        painter.setPen(theme.color("text3"))
        head = theme.px(18)
        right_end = 0.0
        for column, text in enumerate(self._columns):
            box = self._cell(0, column)
            # Neighbouring heads (21 22) would touch; the later one wins only if there is room.
            half = max(float(head), box.width() / 2)
            wide = QRectF(box.center().x() - half, 0, 2 * half, head)
            width = painter.fontMetrics().horizontalAdvance(text)
            if text and wide.center().x() - width / 2 >= right_end:
                painter.drawText(wide, int(Qt.AlignmentFlag.AlignCenter), text)
                right_end = wide.center().x() + width / 2 + theme.px(1)
        for number, row in enumerate(self._rows):
            painter.setFont(theme.font(Role.SMALL))
            painter.setPen(theme.color("text2"))
            first = self._cell(number, 0)
            area = QRectF(0, first.top() - 3, self._label_width(), first.height() + 6)
            painter.drawText(area, int(Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft), row.label)
            for begin, end, state in self._runs(row.cells):
                paint_cell(painter, self._cell(number, begin).united(self._cell(number, end)), state)
        if self.hasFocus():
            reach = theme.px(m.FOCUS_GAP)
            place = self._focused()
            box = QRectF(self.rect()) if place is None else self._cell(*place).adjusted(-reach, -reach, reach, reach)
            paint_focus(painter, box, m.RADIUS_BAR)

    def _focused(self) -> tuple[int, int] | None:
        """Return the cell that the keys stand on, as far as it is still there."""
        row, column = self._at
        return self._at if row < len(self._rows) and column < len(self._rows[row].cells) else None

    def _tell(self) -> None:
        place = self._focused()
        if place is not None:
            words = self._words(*place)
            self.setAccessibleDescription(words)
            QToolTip.showText(self.mapToGlobal(self._cell(*place).bottomRight().toPoint()), words, self)
        self.update()

    def _words(self, row: int, column: int) -> str:
        word = self._word(self._rows[row].cells[column])
        return f"{self._rows[row].label} {self._names[column]} {word}"

    def _word(self, state: CellState) -> str:
        return {
            CellState.FULL: self.tr("here"),
            CellState.NEW: self.tr("added now"),
            CellState.PART: self.tr("in part"),
            CellState.PART_NEW: self.tr("in part, some added now"),
            CellState.MISSING: self.tr("missing"),
            CellState.CLOSED: self.tr("closed"),
            CellState.EMPTY: "",
        }[state]

    def _runs(self, cells: Sequence[CellState]) -> list[tuple[int, int, CellState]]:
        """Return first and last column of what is drawn as one: narrow missing days would be a mere speckle."""
        joins = self._cell(0, 0).width() < Theme.current().px(_DOTTED_FROM)
        runs: list[tuple[int, int, CellState]] = []
        for column, state in enumerate(cells):
            if joins and state is CellState.MISSING and runs and runs[-1][2] is state:
                runs[-1] = (runs[-1][0], column, state)
            else:
                runs.append((column, column, state))
        return runs

    def _label_width(self) -> int:
        theme = Theme.current()
        metrics = QFontMetrics(theme.font(Role.SMALL))
        return max((metrics.horizontalAdvance(row.label) for row in self._rows), default=0) + theme.px(m.GAP)

    def _cell(self, row: int, column: int) -> QRectF:
        px = Theme.current().px
        left = self._label_width()
        room = (self.width() - left) / max(1, len(self._columns))
        # Narrow cells need their room more than the gaps do.
        gap = min(float(px(self._gap)), room / 4)
        width = max(3.0, min(px(self._max), room - gap))
        return QRectF(
            left + column * (width + gap), px(18) + row * (px(self._height) + px(self._gap)), width, px(self._height)
        )

    def _place(self, point: QPointF) -> tuple[int, int] | None:
        for row, content in enumerate(self._rows):
            for column in range(len(content.cells)):
                if self._cell(row, column).contains(point):
                    return row, column
        return None

    def _restyle(self) -> None:
        self.updateGeometry()
        self.update()


def paint_cell(painter: QPainter, box: QRectF, state: CellState) -> None:
    """Draw one cell, also used by legends."""
    theme = Theme.current()
    full = theme.color("matched_fill")
    full.setAlphaF(0.28)
    radius = m.RADIUS_BAR
    if state is CellState.FULL:
        rounded(painter, box, radius, full)
    elif state is CellState.NEW:
        rounded(painter, box, radius, theme.color("accent"))
    elif state is CellState.CLOSED:
        rounded(painter, box, radius, theme.color("sunken"))
    elif state in {CellState.PART, CellState.PART_NEW}:
        rounded(painter, box, radius, theme.color("timing_bg"), theme.color("timing"))
        if state is CellState.PART_NEW:
            lower = box.adjusted(0, box.height() / 2, 0, 0)
            rounded(painter, lower, radius, theme.color("accent"))
    elif state is CellState.MISSING:
        painter.save()
        painter.setBrush(theme.color("surface"))
        painter.setPen(QPen(theme.color("timing"), 1, Qt.PenStyle.DotLine))
        painter.drawRoundedRect(box.adjusted(0.5, 0.5, -0.5, -0.5), theme.px(radius), theme.px(radius))
        painter.restore()
