"""From one total to another, step by step, with the proof that the steps add up."""

from collections.abc import Sequence
from decimal import Decimal
from pathlib import Path

from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QColor,
    QFontMetricsF,
    QHelpEvent,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
    QPolygonF,
)
from PySide6.QtWidgets import QSizePolicy, QToolTip, QWidget

from ui import figures
from ui.charts.waterfall_steps import WaterfallStep, axis_of, figure_of, levels_of, lines_of, thousands_of
from ui.theme import metrics as m
from ui.theme.theme import Theme, follow_theme
from ui.theme.translator import Language
from ui.theme.type_roles import Role
from ui.widgets.painting import paint_focus, rounded
from ui.widgets.pressable import PRESSING

_COLUMN, _TOP, _BOTTOM, _LINE = 48, 28, 44, 17
_AIR = 4


class Waterfall(QWidget):
    """Columns of 48 px joined by dotted lines; ``opened`` carries the key of the chosen one."""

    opened = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self._steps: tuple[WaterfallStep, ...] = ()
        self._focus = 0
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        follow_theme(self.update)

    def set_steps(self, steps: Sequence[WaterfallStep]) -> None:
        """Show other columns; the first is the base, the last the result."""
        self._steps = tuple(steps)
        self._focus = 0
        self.setAccessibleDescription("; ".join(f"{step.name} {figures.money(step.value)}" for step in steps))
        self.update()

    def proven(self) -> bool:
        """Whether base plus steps is exactly the result."""
        base = sum((s.value for s in self._steps if s.kind == "base"), Decimal(0))
        steps = sum((s.value for s in self._steps if s.kind == "step"), Decimal(0))
        result = sum((s.value for s in self._steps if s.kind == "result"), Decimal(0))
        return base + steps == result

    def export_picture(self, path: Path) -> bool:
        """Write the chart as it stands to a picture file."""
        return self.grab().save(str(path))

    def rows(self) -> tuple[tuple[str, ...], list[tuple[object, ...]]]:
        """Return name, cause and amount of every column."""
        heads = (self.tr("Step"), self.tr("Cause"), self.tr("Amount"))
        return heads, [(step.name, step.cause, step.value) for step in self._steps]

    def sizeHint(self) -> QSize:
        """Return a comfortable size."""
        px = Theme.current().px
        return QSize(px(max(4, len(self._steps)) * 76), px(240))

    def minimumSizeHint(self) -> QSize:
        """Columns may become narrow."""
        px = Theme.current().px
        return QSize(px(max(4, len(self._steps)) * 44), px(160))

    def event(self, event: QEvent) -> bool:
        """Say the full figure on hover."""
        if isinstance(event, QHelpEvent):
            index = self._index_at(event.pos().x())
            if index >= 0:
                step = self._steps[index]
                words = f"{step.name} {figures.money(step.value, symbol=True)}\n{step.tip or step.cause}".strip()
                QToolTip.showText(event.globalPos(), words, self)
            return True
        return super().event(event)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Open the clicked column."""
        index = self._index_at(event.position().x())
        if index >= 0:
            self._focus = index
            self.update()
            self.opened.emit(self._steps[index].key)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Walk with ←→, open with Enter."""
        step = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1}.get(Qt.Key(event.key()), 0)
        if step and self._steps:
            self._focus = min(len(self._steps) - 1, max(0, self._focus + step))
            self.update()
        elif event.key() in PRESSING and self._steps:
            self.opened.emit(self._steps[self._focus].key)
        else:
            super().keyPressEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw columns, connectors and words."""
        if not self._steps:
            return
        painter = QPainter(self)
        levels = levels_of(self._steps)
        low, high, cut = axis_of(levels)
        theme = Theme.current()
        captions = self.captions()
        lines = max(len(name) + len(cause) for name, cause in captions)
        top, bottom = theme.px(_TOP), self.height() - theme.px(_BOTTOM + (lines - 2) * _LINE)
        shown = self.labels()

        def y(value: float) -> float:
            return bottom - (value - low) / ((high - low) or 1.0) * (bottom - top)

        slot, width = self._slot(), self._column_width()
        for index, step in enumerate(self._steps):
            start, end = levels[index]
            left = index * slot + (slot - width) / 2
            lower, upper = min(start, end), max(start, end)
            total = step.kind != "step"
            box = QRectF(left, y(upper), width, max(1.0, (bottom if total and cut else y(lower)) - y(upper)))
            rounded(painter, box, m.RADIUS_BAR, self._colour(step))
            if total and cut:
                self._paint_cut(painter, box)
            if index + 1 < len(self._steps):
                painter.setPen(QPen(theme.color("control"), 1, Qt.PenStyle.DotLine))
                level = y(end)
                painter.drawLine(QPointF(left + width + 1, level), QPointF(left + slot - 1, level))
            self._paint_figure(painter, index, shown[index], box)
            self._paint_words(painter, index, captions[index], bottom)
            if self.hasFocus() and index == self._focus:
                paint_focus(painter, QRectF(index * slot + 2, 2, slot - 4, self.height() - 4))

    def _colour(self, step: WaterfallStep) -> QColor:
        theme = Theme.current()
        if step.kind == "base":
            return theme.color("reference")
        if step.kind == "result":
            return theme.color("accent")
        if step.plain:
            return theme.color("excluded_fill")
        return theme.color("rise" if step.value > 0 else "fall" if step.value < 0 else "reference")

    def _paint_cut(self, painter: QPainter, box: QRectF) -> None:
        px = Theme.current().px
        level = box.bottom() - px(8)
        slash = QPolygonF(
            [
                QPointF(box.left() - 1, level + px(2)),
                QPointF(box.right() + 1, level - px(4)),
                QPointF(box.right() + 1, level),
                QPointF(box.left() - 1, level + px(6)),
            ]
        )
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(Theme.current().color("surface"))
        painter.drawPolygon(slash)
        painter.restore()

    def labels(self) -> list[str]:
        """Return the figures above the columns: full ones where all of them fit, else short ones or none.

        A figure that is cut reads as another one, so what does not fit is left to the hover.
        """
        metrics = QFontMetricsF(Theme.current().font(Role.SMALL, bold=True, figures=True))
        room = self._slot() - _AIR

        def fits(text: str) -> bool:
            return metrics.horizontalAdvance(text) <= room

        shown = [figure_of(step) for step in self._steps]
        if not all(fits(text) for text in shown) and Language.current() != Language.CHINESE:
            shown = [thousands_of(step) for step in self._steps]
        return [text if fits(text) else "" for text in shown]

    def captions(self) -> list[tuple[tuple[str, ...], tuple[str, ...]]]:
        """Name and cause of every column, each in lines that fit its width."""
        metrics = QFontMetricsF(Theme.current().font(Role.SMALL))
        room = self._slot() - _AIR

        def fits(text: str) -> bool:
            return metrics.horizontalAdvance(text) <= room

        return [(lines_of(step.name, fits), lines_of(step.cause, fits)) for step in self._steps]

    def _paint_figure(self, painter: QPainter, index: int, text: str, box: QRectF) -> None:
        theme, slot = Theme.current(), self._slot()
        painter.setPen(theme.color("ink"))
        painter.setFont(theme.font(Role.SMALL, bold=True, figures=True))
        area = QRectF(index * slot, box.top() - theme.px(20), slot, theme.px(18))
        painter.drawText(area, int(Qt.AlignmentFlag.AlignCenter), text)

    def _paint_words(self, painter: QPainter, index: int, caption: Sequence[Sequence[str]], bottom: float) -> None:
        theme, slot = Theme.current(), self._slot()
        below = bottom + theme.px(m.GAP_XS)
        painter.setFont(theme.font(Role.SMALL))
        metrics = painter.fontMetrics()
        for lines, colour in zip(caption, ("ink", "text2"), strict=True):
            painter.setPen(theme.color(colour))
            for line in lines:
                area = QRectF(index * slot, below, slot, theme.px(18))
                shown = metrics.elidedText(line, Qt.TextElideMode.ElideRight, int(slot))
                painter.drawText(area, int(Qt.AlignmentFlag.AlignCenter), shown)
                below += theme.px(_LINE)

    def _slot(self) -> float:
        return self.width() / max(1, len(self._steps))

    def _column_width(self) -> float:
        return min(float(Theme.current().px(_COLUMN)), self._slot() * 0.7)

    def _index_at(self, x: float) -> int:
        index = int(x / self._slot()) if self._steps else -1
        return index if 0 <= index < len(self._steps) else -1
