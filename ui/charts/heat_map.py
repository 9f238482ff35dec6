"""Two dimensions of one figure in one hue: weekday by hour, with the largest cell outlined."""

from collections.abc import Sequence
from decimal import Decimal
from pathlib import Path

from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFontMetrics, QHelpEvent, QKeyEvent, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QToolTip, QWidget

from ui import figures
from ui.theme import metrics as m
from ui.theme.theme import Theme, follow_theme
from ui.theme.type_roles import Role
from ui.widgets.painting import paint_focus, rounded

_GAP, _HEAD = 2, 24
_LEGEND_STEPS = 5


class HeatMap(QWidget):
    """Rows by columns; ``opened(row, column)`` by click or Enter; arrow keys walk."""

    opened = Signal(int, int)

    def __init__(self) -> None:
        super().__init__()
        self._rows_names: tuple[str, ...] = ()
        self._columns: tuple[str, ...] = ()
        self._values: tuple[tuple[Decimal | float | None, ...], ...] = ()
        self._totals: tuple[str, ...] = ()
        self._total_name = ""
        self._focus = (0, 0)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        follow_theme(self.update)

    def set_cells(
        self,
        rows: Sequence[str],
        columns: Sequence[str],
        values: Sequence[Sequence[Decimal | float | None]],
        *,
        totals: Sequence[str] = (),
        total_name: str = "",
    ) -> None:
        """Show other data; ``values[row][column]``, None is missing; ``totals`` stand at the right."""
        self._rows_names, self._columns = tuple(rows), tuple(columns)
        self._values = tuple(tuple(row) for row in values)
        self._totals, self._total_name = tuple(totals), total_name
        self._focus = (0, 0)
        place = self.largest()
        self.setAccessibleDescription(self._words(*place) if place else "")
        self.update()

    def largest(self) -> tuple[int, int] | None:
        """Return row and column of the largest value, None when there is none."""
        known = [
            (float(value), -r, -c)
            for r, row in enumerate(self._values)
            for c, value in enumerate(row)
            if value is not None and float(value) > 0
        ]
        if not known:
            return None
        _, row, column = max(known)
        return -row, -column

    def export_picture(self, path: Path) -> bool:
        """Write the chart as it stands to a picture file."""
        return self.grab().save(str(path))

    def rows(self) -> tuple[tuple[str, ...], list[tuple[object, ...]]]:
        """Return one row per name."""
        return ("", *self._columns), [(name, *row) for name, row in zip(self._rows_names, self._values, strict=True)]

    def sizeHint(self) -> QSize:
        """Return a comfortable size."""
        px = Theme.current().px
        return QSize(px(60 + 32 * len(self._columns)), px(_HEAD) + px(28) * max(1, len(self._rows_names)))

    def minimumSizeHint(self) -> QSize:
        """Cells may become small."""
        px = Theme.current().px
        return QSize(px(60) + px(14) * len(self._columns), px(_HEAD) + px(14) * max(1, len(self._rows_names)))

    def event(self, event: QEvent) -> bool:
        """Say the figure on hover."""
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
            self._focus = place
            self.update()
            self.opened.emit(*place)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Walk with the arrows, open with Enter."""
        moves = {Qt.Key.Key_Left: (0, -1), Qt.Key.Key_Right: (0, 1), Qt.Key.Key_Up: (-1, 0), Qt.Key.Key_Down: (1, 0)}
        move = moves.get(Qt.Key(event.key()))
        if move and self._values:
            row = min(len(self._rows_names) - 1, max(0, self._focus[0] + move[0]))
            column = min(len(self._columns) - 1, max(0, self._focus[1] + move[1]))
            self._focus = (row, column)
            self.setAccessibleDescription(self._words(row, column))
            self.update()
        elif event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter} and self._values:
            self.opened.emit(*self._focus)
        else:
            super().keyPressEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw heads, names, cells and totals."""
        if not self._values:
            return
        theme, painter = Theme.current(), QPainter(self)
        centre = int(Qt.AlignmentFlag.AlignCenter)
        font = theme.font(Role.SMALL, figures=True)
        painter.setFont(font)
        painter.setPen(theme.color("text3"))
        every = max(1, -(-QFontMetrics(font).horizontalAdvance("00 ") // max(1, int(self._cell(0, 0).width()))))
        for column, text in enumerate(self._columns):
            if column % every == 0:
                box = self._cell(0, column)
                painter.drawText(QRectF(box.center().x() - 40, 0, 80, theme.px(18)), centre, text)
        self._paint_sides(painter)
        place = self.largest()
        top = float(self._values[place[0]][place[1]] or 0) if place else 0.0
        for row, cells in enumerate(self._values):
            for column, value in enumerate(cells):
                if value is None:
                    continue
                colour = theme.heat(float(value) / top if top > 0 else 0.0)
                rounded(painter, self._cell(row, column), m.RADIUS_BAR, colour)
        if place:
            rounded(painter, self._cell(*place), m.RADIUS_BAR, None, theme.color("ink"))
        if self.hasFocus():
            paint_focus(painter, self._cell(*self._focus).adjusted(-2, -2, 2, 2), m.RADIUS_BADGE)

    def _paint_sides(self, painter: QPainter) -> None:
        theme = Theme.current()
        for row, name in enumerate(self._rows_names):
            box = self._cell(row, 0)
            painter.setPen(theme.color("text2"))
            area = QRectF(0, box.top(), box.left(), box.height())
            painter.drawText(area, int(Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft), name)
            if row < len(self._totals):
                painter.setPen(theme.color("ink"))
                area = QRectF(0, box.top(), self.width(), box.height())
                right = int(Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight)
                painter.drawText(area, right, self._totals[row])
        if self._totals:
            painter.setPen(theme.color("text3"))
            area = QRectF(0, 0, self.width(), theme.px(18))
            painter.drawText(area, int(Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight), self._total_name)

    def _words(self, row: int, column: int) -> str:
        value = self._values[row][column]
        shown = self.tr("no data") if value is None else figures.money(value, symbol=True)
        return f"{self._rows_names[row]} {self._columns[column]}  {shown}"

    def _cell(self, row: int, column: int) -> QRectF:
        theme = Theme.current()
        metrics = QFontMetrics(theme.font(Role.SMALL, figures=True))
        left = max((metrics.horizontalAdvance(name) for name in self._rows_names), default=0) + theme.px(m.GAP_M)
        side = [*self._totals, self._total_name] if self._totals else []
        right = max((metrics.horizontalAdvance(text) for text in side), default=0) + (theme.px(m.GAP) if side else 0)
        gap = theme.px(_GAP)
        width = (self.width() - left - right) / max(1, len(self._columns))
        height = (self.height() - theme.px(_HEAD)) / max(1, len(self._rows_names))
        return QRectF(left + column * width, theme.px(_HEAD) + row * height, width - gap, height - gap)

    def _place(self, point: QPointF) -> tuple[int, int] | None:
        for row in range(len(self._values)):
            for column in range(len(self._columns)):
                if self._cell(row, column).contains(point):
                    return row, column
        return None


class HeatLegend(QWidget):
    """Five steps from little to much, with both words."""

    def __init__(self) -> None:
        super().__init__()
        self._less, self._more = "", ""
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        follow_theme(self.updateGeometry)

    def set_words(self, less: str, more: str) -> None:
        """Change the words at both ends."""
        self._less, self._more = less, more
        self.setAccessibleName(f"{less} {more}")
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        """Return room for words and steps."""
        theme = Theme.current()
        metrics = QFontMetrics(theme.font(Role.SMALL))
        words = metrics.horizontalAdvance(self._less) + metrics.horizontalAdvance(self._more)
        return QSize(words + _LEGEND_STEPS * theme.px(18) + theme.px(m.GAP), theme.px(18))

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw words and steps."""
        theme, painter = Theme.current(), QPainter(self)
        painter.setFont(theme.font(Role.SMALL))
        painter.setPen(theme.color("text3"))
        middle = int(Qt.AlignmentFlag.AlignVCenter)
        painter.drawText(QRectF(self.rect()), middle | int(Qt.AlignmentFlag.AlignLeft), self._less)
        painter.drawText(QRectF(self.rect()), middle | int(Qt.AlignmentFlag.AlignRight), self._more)
        left = painter.fontMetrics().horizontalAdvance(self._less) + theme.px(m.GAP_S)
        for step in range(_LEGEND_STEPS):
            box = QRectF(left, self.height() / 2 - theme.px(6), theme.px(16), theme.px(12))
            rounded(painter, box, m.RADIUS_BAR, theme.heat((step + 0.5) / _LEGEND_STEPS))
            left += theme.px(18)
