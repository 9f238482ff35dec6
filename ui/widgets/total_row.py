"""The total below a table."""

from collections.abc import Sequence

from PySide6.QtCore import QRect, QRectF, Qt
from PySide6.QtGui import QFont, QFontMetricsF, QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

from ui.theme import metrics as m
from ui.theme.theme import Theme, follow_theme
from ui.theme.type_roles import Role
from ui.widgets.table import DataTable
from ui.widgets.table_delegate import cell_area, shown_end


class TotalRow(QWidget):
    """The bold line below a table: one text per column, aligned with the table's."""

    def __init__(self, table: DataTable, texts: Sequence[str] = ()) -> None:
        super().__init__()
        self._table, self._texts = table, tuple(texts)
        self._tones: tuple[str, ...] = ()
        table.horizontalHeader().sectionResized.connect(self._moved)
        follow_theme(self._restyle)

    def set_texts(self, texts: Sequence[str], tones: Sequence[str] = ()) -> None:
        """Change the texts; ``tones`` are colour tokens, empty is ink."""
        self._texts, self._tones = tuple(texts), tuple(tones)
        self._table.set_totals(self._texts)
        self.setAccessibleName(" ".join(text for text in self._texts if text))
        self.update()

    def key_at(self, x: float) -> str:
        """Return the column whose total stands there, empty where none does."""
        number = self._table.horizontalHeader().logicalIndexAt(int(x))
        return self._table.columns[number].key if 0 <= number < len(self._texts) and self._texts[number] else ""

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the rule and the texts."""
        theme, painter = Theme.current(), QPainter(self)
        painter.fillRect(QRect(0, 0, self.width(), 1), theme.color("line2"))
        columns = self._table.columns
        font: QFont = theme.font(Role.BODY, bold=True, figures=True)
        painter.setFont(font)
        for number, column in enumerate(columns[: len(self._texts)]):
            text = self._texts[number]
            if not text or self._table.isColumnHidden(number):
                continue
            left = self._table.columnViewportPosition(number)
            rect = QRectF(left, 0, self._table.columnWidth(number), self.height())
            area = cell_area(rect, number, shown_end(self._table.isColumnHidden, len(columns)))
            width = QFontMetricsF(font).horizontalAdvance(text)
            if width > area.width():
                area = area.adjusted(area.width() - width - 1, 0, 0, 0) if column.align_right else area
            tone = self._tones[number] if number < len(self._tones) else ""
            painter.setPen(theme.color(tone or "ink"))
            side = Qt.AlignmentFlag.AlignRight if column.align_right else Qt.AlignmentFlag.AlignLeft
            painter.drawText(area, int(Qt.AlignmentFlag.AlignVCenter | side), text)

    def _moved(self, _section: int, _old: int, _new: int) -> None:
        self.update()

    def _restyle(self) -> None:
        self.setFixedHeight(Theme.current().px(m.ROW))
        self.update()
