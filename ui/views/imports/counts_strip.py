"""How the rows of one file divide: broken, suspect, new, seen, and the sum that is the file's own row count."""

from PySide6.QtCore import QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy

from chainbrain.importers.plan import RowCounts
from ui import figures
from ui.theme import metrics as m
from ui.theme.icons import paint_icon
from ui.theme.theme import Theme, follow_theme
from ui.theme.type_roles import Role
from ui.widgets.hover_cells import HoverCells
from ui.widgets.painting import paint_focus
from ui.widgets.pressable import PRESSING
from ui.widgets.states import DIFFERENCE, EXCLUDED, MATCHED, NEW, TIMING, look

_HEIGHT, _ROOMY = 52, 150
_STATES = (("broken", DIFFERENCE), ("suspect", TIMING), ("new", NEW), ("seen", EXCLUDED))


class CountsStrip(HoverCells):
    """Five cells; ``chosen`` carries broken, suspect, new or seen of the one chosen by click, Enter or Space."""

    chosen = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self._counts, self._stated = RowCounts(), 0
        self._focus = 0
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.retranslate()
        follow_theme(self._restyle)

    def set_counts(self, counts: RowCounts, stated: int) -> None:
        """Show another file; ``stated`` is its row count, which the four must add up to."""
        self._counts, self._stated = counts, stated
        self.retranslate()

    def retranslate(self) -> None:
        """Say the figures again."""
        self.setAccessibleName(self.tr("Rows of this file"))
        said = [f"{title} {figures.plain(count)}" for _, title, count in self._cells()]
        self.setAccessibleDescription("; ".join([*said, f"{self._sum_title()} {figures.plain(self._counts.total)}"]))
        self.update()

    def sizeHint(self) -> QSize:
        """Return one line of cells."""
        return QSize(Theme.current().px(520), Theme.current().px(_HEIGHT))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Move with ←→, go to the rows with Enter or Space."""
        step = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1}.get(Qt.Key(event.key()), 0)
        if step:
            self._focus = min(max(0, self._focus + step), len(_STATES) - 1)
            self.update()
        elif event.key() in PRESSING:
            self._choose()
        else:
            super().keyPressEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the cells, the sum last on its own ground."""
        theme, painter = Theme.current(), QPainter(self)
        width = self._cell_width()
        for index, (state, title, count) in enumerate(self._cells()):
            cell = QRectF(index * width, 0, width, self.height())
            if index == self._hover and count:
                painter.fillRect(cell, theme.color("hover"))
            style = look(state)
            # A state without rows stays quiet: only what needs a hand is coloured.
            ink = theme.color(style.text if count else "text3")
            self._paint_cell(painter, cell, (style.icon, title, figures.plain(count)), ink, strong=bool(count))
            painter.fillRect(QRectF(cell.right() - 1, 0, 1, self.height()), theme.color("line"))
            if self.hasFocus() and index == self._focus:
                paint_focus(painter, cell.adjusted(2, 2, -3, -3))
        self._paint_sum(painter, QRectF(len(_STATES) * width, 0, self.width() - len(_STATES) * width, self.height()))
        painter.fillRect(QRectF(0, self.height() - 1, self.width(), 1), theme.color("line"))

    def _paint_sum(self, painter: QPainter, cell: QRectF) -> None:
        theme = Theme.current()
        good = self._counts.total == self._stated
        painter.fillRect(cell, theme.color("canvas"))
        style = look(MATCHED if good else DIFFERENCE)
        total = figures.plain(self._counts.total)
        self._paint_cell(painter, cell, ("", self._sum_title(), total), theme.color("text2"), strong=True)
        painter.setFont(theme.font(Role.TOTAL, figures=True))
        pad = theme.px(m.GAP if cell.width() >= theme.px(_ROOMY) else m.GAP_S)
        used = painter.fontMetrics().horizontalAdvance(total) + pad + theme.px(m.GAP_S)
        size = theme.px(m.ICON_SMALL)
        box = QRectF(cell.right() - used - size, cell.center().y() - size / 2, size, size)
        paint_icon(painter, box, style.icon, theme.color(style.text))

    def _paint_cell(
        self, painter: QPainter, cell: QRectF, content: tuple[str, str, str], ink: QColor, *, strong: bool
    ) -> None:
        theme = Theme.current()
        icon, title, figure = content
        # Figures come before air where there is little room.
        pad = theme.px(m.GAP if cell.width() >= theme.px(_ROOMY) else m.GAP_S)
        area = cell.adjusted(pad, 0, -pad, -1)
        middle = Qt.AlignmentFlag.AlignVCenter
        left = area.left()
        size = theme.px(m.ICON_SMALL)
        if icon:
            paint_icon(painter, QRectF(left, area.center().y() - size / 2, size, size), icon, ink)
            left += size + theme.px(m.CELL_PAD)
        painter.setFont(theme.font(Role.TOTAL, bold=strong, figures=True))
        painter.setPen(theme.color("ink" if strong else "text3"))
        painter.drawText(area, int(middle | Qt.AlignmentFlag.AlignRight), figure)
        room = area.right() - left - painter.fontMetrics().horizontalAdvance(figure) - theme.px(m.CELL_PAD)
        if not icon:
            room -= size + theme.px(m.CELL_PAD)
        painter.setFont(theme.font(Role.SMALL))
        painter.setPen(ink)
        if not icon and painter.fontMetrics().horizontalAdvance(title) > room:
            title = self.tr("Sum")
        shown = painter.fontMetrics().elidedText(title, Qt.TextElideMode.ElideRight, max(0, int(room)))
        words = QRectF(left, area.top(), room, area.height())
        painter.drawText(words, int(middle | Qt.AlignmentFlag.AlignLeft), shown)

    def _cells(self) -> list[tuple[str, str, int]]:
        titles = {
            "broken": self.tr("Broken"),
            "suspect": self.tr("Suspect"),
            "new": self.tr("New"),
            "seen": self.tr("Known"),
        }
        return [(state, titles[name], getattr(self._counts, name)) for name, state in _STATES]

    def _sum_title(self) -> str:
        if self._counts.total == self._stated:
            return self.tr("Sum = rows of the file")
        return self.tr("The file has {rows} rows").format(rows=figures.plain(self._stated))

    def _cell_width(self) -> float:
        # The sum carries the longest words.
        return float(round(self.width() * 0.185))

    def _index_at(self, point: QPointF) -> int:
        index = int(point.x() // self._cell_width()) if self.width() else -1
        return index if index < len(_STATES) else -1

    def _press(self, index: int) -> None:
        self._focus = index
        self._choose()

    def _choose(self) -> None:
        name = _STATES[self._focus][0]
        self.update()
        if getattr(self._counts, name):
            self.chosen.emit(name)

    def _restyle(self) -> None:
        self.updateGeometry()
        self.update()
