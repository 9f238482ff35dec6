"""Choice and day fields with the chevron of the product."""

from datetime import date

from PySide6.QtCore import QDate, QRectF
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QAbstractSpinBox, QComboBox, QDateEdit, QWidget

from ui.theme import metrics as m
from ui.theme.icons import paint_icon
from ui.theme.theme import Theme, follow_theme
from ui.theme.type_roles import Role
from ui.widgets.layout import scaled


class Choice(QComboBox):
    """A closed list of choices."""

    def __init__(self) -> None:
        super().__init__()
        scaled(self, height=m.CONTROL)
        follow_theme(self.update)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the field and its chevron."""
        super().paintEvent(event)
        _paint_chevron(self)


class DayField(QDateEdit):
    """One day, typed as 2026-11-23 or picked from a calendar."""

    def __init__(self, day: date | None = None) -> None:
        super().__init__()
        self.setCalendarPopup(True)
        self.setDisplayFormat("yyyy-MM-dd")
        self.setButtonSymbols(QAbstractSpinBox.ButtonSymbols.NoButtons)
        scaled(self, height=m.CONTROL, min_width=120)
        self.set_day(day or date.today())
        follow_theme(self._restyle)

    def day(self) -> date:
        """Return the day shown."""
        shown = self.date()
        return date(shown.year(), shown.month(), shown.day())

    def set_day(self, day: date) -> None:
        """Show another day."""
        self.setDate(QDate(day.year, day.month, day.day))

    def keep_within(self, first: date, last: date) -> None:
        """Take no day outside these."""
        self.setDateRange(QDate(first.year, first.month, first.day), QDate(last.year, last.month, last.day))

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the field and its chevron."""
        super().paintEvent(event)
        _paint_chevron(self)

    def _restyle(self) -> None:
        font = Theme.current().font(Role.BODY, figures=True)
        self.setFont(font)
        # Under a style sheet the line inside keeps the font that it was made with.
        self.lineEdit().setFont(font)


def _paint_chevron(widget: QWidget) -> None:
    theme, painter = Theme.current(), QPainter(widget)
    size = theme.px(m.ICON)
    box = QRectF(widget.width() - size - theme.px(m.GAP_S), (widget.height() - size) / 2, size, size)
    paint_icon(painter, box, "chevron_down", theme.color("text3"))
