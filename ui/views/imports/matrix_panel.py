"""The completeness of the month as it will be after the import."""

from datetime import date

from PySide6.QtCore import QEvent, QRectF, QSize, Qt
from PySide6.QtGui import QFontMetrics, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from ui import figures
from ui.messages import word
from ui.theme import metrics as m
from ui.theme.theme import Theme, follow_theme
from ui.theme.type_roles import Role
from ui.views.imports.after_import import AfterImport
from ui.views.parts.scroller import Scroller
from ui.widgets import CompletenessMatrix, Label, MatrixRow, VBox
from ui.widgets.completeness import CellState, paint_cell

_MARKED_DAYS = 7
_KEY_GAP, _KEY_LINE = 24, 18


class _Key(QWidget):
    """The small cells beside their words; breaks into further lines where there is little room."""

    def __init__(self) -> None:
        super().__init__()
        self._items: tuple[tuple[CellState, str], ...] = ()
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        follow_theme(self._restyle)

    def set_items(self, items: tuple[tuple[CellState, str], ...]) -> None:
        self._items = items
        self.setAccessibleName(" ".join(text for _, text in items))
        self._restyle()

    def heightForWidth(self, width: int) -> int:
        lines = {top for _, _, top in self.places(width)}
        return max(1, len(lines)) * Theme.current().px(_KEY_LINE)

    def sizeHint(self) -> QSize:
        return QSize(sum(self._widths()), Theme.current().px(_KEY_LINE))

    def minimumSizeHint(self) -> QSize:
        return QSize(max(self._widths(), default=0), Theme.current().px(_KEY_LINE))

    def places(self, width: int) -> list[tuple[int, int, int]]:
        """Return number, left and top of every item in lines of this width."""
        found, left, top = [], 0, 0
        for number, wide in enumerate(self._widths()):
            if left and left + wide > width:
                left, top = 0, top + Theme.current().px(_KEY_LINE)
            found.append((number, left, top))
            left += wide
        return found

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.setFixedHeight(self.heightForWidth(self.width()))

    def paintEvent(self, event: QPaintEvent) -> None:
        theme, painter = Theme.current(), QPainter(self)
        painter.setFont(theme.font(Role.SMALL))
        painter.setPen(theme.color("text2"))
        side, line, widths = theme.px(10), theme.px(_KEY_LINE), self._widths()
        for number, left, top in self.places(self.width()):
            state, text = self._items[number]
            paint_cell(painter, QRectF(left, top + (line - side) / 2, side, side), state)
            area = QRectF(left + side + theme.px(m.GAP_XS), top, widths[number], line)
            painter.drawText(area, int(Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft), text)

    def _widths(self) -> list[int]:
        theme = Theme.current()
        metrics = QFontMetrics(theme.font(Role.SMALL))
        return [metrics.horizontalAdvance(text) + theme.px(_KEY_GAP) for _, text in self._items]

    def _restyle(self) -> None:
        self.setFixedHeight(self.heightForWidth(self.width()))
        self.updateGeometry()
        self.update()


class MatrixPanel(QWidget):
    """Title, key and matrix; one line of words while there is nothing to show."""

    def __init__(self) -> None:
        super().__init__()
        self._data: AfterImport | None = None
        self._title, self._nothing = Label(role=Role.HEADING), Label(role=Role.SMALL, color="text2", wrap=True)
        self._key = _Key()
        self._matrix = CompletenessMatrix(cell_height=14, gap=4)
        rows = QWidget()
        VBox(rows).add(self._matrix, 0)
        # A chain with many channels scrolls them.
        self._scroller = Scroller(rows)
        box = VBox(self, (m.GAP, m.GAP_M, m.GAP_S, m.GAP_XS), m.GAP_XS).add(
            self._title, self._key, self._nothing, self._scroller
        )
        box.setStretch(3, 1)
        self.retranslate()

    @property
    def matrix(self) -> CompletenessMatrix:
        """The cells."""
        return self._matrix

    def set_data(self, data: AfterImport | None) -> None:
        """Show another month; None when the files vouch for no day."""
        self._data = data
        self.retranslate()

    def retranslate(self) -> None:
        """Set every text."""
        data = self._data
        has_rows = data is not None and bool(data.rows)
        self._scroller.setVisible(has_rows)
        self._key.setVisible(has_rows)
        self._nothing.setVisible(not has_rows)
        self._nothing.setText(
            self.tr("Nothing that will be written vouches for a day: names, contracts, balances at most.")
        )
        self._matrix.setAccessibleName(self.tr("Completeness after the import"))
        self._key.set_items(
            (
                (CellState.FULL, self.tr("here")),
                (CellState.NEW, self.tr("added now")),
                (CellState.PART, self.tr("in part")),
                (CellState.MISSING, self.tr("missing")),
                (CellState.CLOSED, self.tr("closed")),
            )
        )
        if data is None or not data.rows:
            self._title.setText(self.tr("Completeness after the import"))
            return
        self._title.setText(self._period_title(data.days[0], data.days[-1]))
        heads = [str(day.day) if _headed(number, len(data.days)) else "" for number, day in enumerate(data.days)]
        rows = [MatrixRow(word(f"channel.{row.source}"), row.cells, row.missing) for row in data.rows]
        self._matrix.set_rows(heads, rows, [figures.day_and_weekday(day) for day in data.days])

    def _period_title(self, first: date, last: date) -> str:
        if first.day == 1 and (first.year, first.month) == (last.year, last.month):
            return self.tr("{year}-{month} after the import").format(year=last.year, month=f"{last.month:02d}")
        words = self.tr("After the import, {first} to {last}")
        return words.format(first=figures.day(first), last=figures.day(last))

    def changeEvent(self, event: QEvent) -> None:
        """Follow a switch of the language."""
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()
        super().changeEvent(event)


def _headed(number: int, days: int) -> bool:
    return number % _MARKED_DAYS == 0 or number == days - 1
