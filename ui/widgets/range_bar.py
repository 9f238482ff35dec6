"""P10 to P90 with the middle marked, on an axis that several bars share."""

from PySide6.QtCore import QRectF, QSize
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from ui import figures
from ui.theme.theme import Theme, follow_theme
from ui.widgets.painting import paint_range


class RangeBar(QWidget):
    """Shows ``low``, ``mid``, ``high`` between the ends of ``axis``; rejected ones are grey."""

    def __init__(self) -> None:
        super().__init__()
        self._values: tuple[float, float, float] | None = None
        self._axis = (0.0, 1.0)
        self._rejected = False
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        follow_theme(self.update)

    def set_range(
        self, low: float, mid: float, high: float, *, axis: tuple[float, float], rejected: bool = False
    ) -> None:
        """Show another range."""
        self._values, self._axis, self._rejected = (low, mid, high), axis, rejected
        said = tuple(figures.plain(value) for value in (low, mid, high))
        self.setAccessibleName(
            self.tr("P10 {low}, P50 {mid}, P90 {high}").format(low=said[0], mid=said[1], high=said[2])
        )
        self.update()

    def sizeHint(self) -> QSize:
        """Return the bar's usual size."""
        return QSize(Theme.current().px(200), Theme.current().px(20))

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the bar."""
        if self._values is not None:
            low, mid, high = self._values
            paint_range(
                QPainter(self),
                QRectF(self.rect()),
                low=low,
                mid=mid,
                high=high,
                axis=self._axis,
                rejected=self._rejected,
            )
