"""The months of a programme as columns: where each stands, how it is called, and the heads above them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtCore import QLocale, QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from ui.theme import metrics as m
from ui.theme.theme import Theme, follow_theme
from ui.theme.translator import Language
from ui.theme.type_roles import Role

_HEAD = 20


@dataclass(frozen=True)
class Months:
    """Columns that a calendar shares with the chart beneath it.

    Attributes:
        names: of every month, in full.
        edge: where the n-th month begins, in px; those of the chart, so that nothing can stand apart.
        broken: the month in which the floor is broken.
    """

    names: tuple[str, ...] = ()
    edge: Callable[[int], float] = float
    broken: int | None = None

    def paint(self, painter: QPainter, top: float, bottom: float) -> None:
        """Draw a thin line where every month begins, and a ground below the one that breaks."""
        theme = Theme.current()
        if self.broken is not None:
            left, right = self.edge(self.broken), self.edge(self.broken + 1)
            painter.fillRect(QRectF(left, top, right - left, bottom - top), theme.color("difference_bg"))
        painter.setPen(QPen(theme.color("grid"), 1))
        for number in range(len(self.names) + 1):
            x = round(self.edge(number)) + 0.5
            painter.drawLine(QPointF(x, top), QPointF(x, bottom))


class MonthHeads(QWidget):
    """The names of the months; they stay where they are when the lines below scroll."""

    def __init__(self) -> None:
        super().__init__()
        self._months = Months()
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        follow_theme(self._restyle)

    def set_months(self, months: Months) -> None:
        """Show other months."""
        self._months = months
        self.update()

    def sizeHint(self) -> QSize:
        """Return the height of one line."""
        theme = Theme.current()
        return QSize(theme.px(240), theme.px(_HEAD))

    def paintEvent(self, event: QPaintEvent) -> None:
        """Write the month that breaks, the first and every January in full, and the others where there is room."""
        months = self._months
        if not months.names:
            return
        theme, painter = Theme.current(), QPainter(self)
        months.paint(painter, theme.px(_HEAD) - theme.px(m.GAP_XS), self.height())
        plain, bold = theme.font(Role.SMALL, figures=True), theme.font(Role.SMALL, bold=True, figures=True)
        taken: list[QRectF] = []
        for number in sorted(range(len(months.names)), key=lambda n: (n != months.broken, not _whole(months, n), n)):
            broken = number == months.broken
            painter.setFont(bold if broken else plain)
            text = months.names[number] if broken or _whole(months, number) else _short(months.names[number])
            wide = painter.fontMetrics().horizontalAdvance(text)
            left = (months.edge(number) + months.edge(number + 1) - wide) / 2
            box = QRectF(max(0.0, min(left, self.width() - wide)), 0, wide, theme.px(_HEAD))
            room = box.adjusted(-theme.px(3), 0, theme.px(3), 0)
            if any(room.intersects(other) for other in taken):
                continue
            taken.append(box)
            painter.setPen(theme.color("difference" if broken else "text3"))
            painter.drawText(box, int(Qt.AlignmentFlag.AlignHCenter | Qt.AlignmentFlag.AlignTop), text)

    def _restyle(self) -> None:
        self.updateGeometry()
        self.update()


def _whole(months: Months, number: int) -> bool:
    """Whether a month is named with its year: the first one and every January."""
    return number == 0 or months.names[number].endswith("-01")


def _short(name: str) -> str:
    return QLocale(Language.current()).standaloneMonthName(int(name[-2:]), QLocale.FormatType.ShortFormat)
