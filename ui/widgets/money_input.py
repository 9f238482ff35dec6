"""An input for one figure with its unit inside and the fault below in words."""

from decimal import Decimal

from PySide6.QtCore import QEvent, QRectF, Qt, Signal
from PySide6.QtGui import QFontMetrics, QPainter, QPaintEvent
from PySide6.QtWidgets import QLineEdit, QSizePolicy, QWidget

from chainbrain.amounts import parse_amount
from ui import figures
from ui.theme import metrics as m
from ui.theme.icons import paint_icon
from ui.theme.theme import Theme, follow_theme
from ui.theme.type_roles import Role
from ui.widgets.layout import VBox, scaled


class _Field(QLineEdit):
    """The line itself; paints the unit at its right end."""

    def __init__(self) -> None:
        super().__init__()
        self._unit = ""
        self.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        follow_theme(self._restyle)

    def set_unit(self, unit: str) -> None:
        """Change the unit."""
        self._unit = unit
        self._restyle()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the line, then the unit."""
        super().paintEvent(event)
        theme, painter = Theme.current(), QPainter(self)
        painter.setFont(theme.font(Role.SMALL))
        painter.setPen(theme.color("text3"))
        area = QRectF(self.rect()).adjusted(0, 0, -theme.px(m.GAP_M), 0)
        painter.drawText(area, int(Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight), self._unit)

    def _restyle(self) -> None:
        theme = Theme.current()
        self.setFont(theme.font(Role.BODY, figures=True))
        width = QFontMetrics(theme.font(Role.SMALL)).horizontalAdvance(self._unit)
        self.setTextMargins(0, 0, width + theme.px(m.CELL_PAD) if self._unit else 0, 0)
        self.update()


class _Fault(QWidget):
    """Icon and words below the line."""

    def __init__(self) -> None:
        super().__init__()
        self._text = ""
        scaled(self, height=18)
        follow_theme(self.update)

    def set_text(self, text: str) -> None:
        self._text = text
        self.setVisible(bool(text))
        self.setAccessibleName(text)
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        theme, painter = Theme.current(), QPainter(self)
        size, colour = theme.px(m.ICON_BADGE), theme.color("difference")
        paint_icon(painter, QRectF(0, (self.height() - size) / 2, size, size), "alert", colour)
        painter.setPen(colour)
        painter.setFont(theme.font(Role.SMALL))
        area = QRectF(self.rect()).adjusted(size + theme.px(m.GAP_XS), 0, 0, 0)
        shown = painter.fontMetrics().elidedText(self._text, Qt.TextElideMode.ElideRight, int(area.width()))
        painter.drawText(area, int(Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft), shown)


class MoneyInput(QWidget):
    """One figure; accepts 22万 and 220,000, shows it grouped when left.

    ``changed`` carries the new Decimal when editing ended with a valid, different value.

    Args:
        unit: shown inside (元, %, 月 …).
        name: what a screen reader says.
        places: decimals shown.
        minimum: least allowed value.
        maximum: largest allowed value.
    """

    changed = Signal(object)

    def __init__(
        self,
        unit: str = "",
        name: str = "",
        *,
        places: int = 0,
        minimum: Decimal | None = Decimal(0),
        maximum: Decimal | None = None,
    ) -> None:
        super().__init__()
        self._places, self._minimum, self._maximum = places, minimum, maximum
        self._value: Decimal | None = None
        self._field, self._fault = _Field(), _Fault()
        scaled(self._field, height=m.CONTROL)
        self._field.editingFinished.connect(self._finish)
        self._field.textEdited.connect(self._clear_fault)
        VBox(self, spacing=2).add(self._field, self._fault)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setFocusProxy(self._field)
        self._fault.set_text("")
        self._field.set_unit(unit)
        self.set_name(name)

    def set_unit(self, unit: str) -> None:
        """Change the unit."""
        self._field.set_unit(unit)

    def set_name(self, name: str) -> None:
        """Change the accessible name."""
        self._field.setAccessibleName(name)

    def value(self) -> Decimal | None:
        """Return the last valid value."""
        return self._value

    def set_value(self, value: Decimal | int | None) -> None:
        """Show a value without telling anyone."""
        self._value = None if value is None else Decimal(value)
        self._show()
        self._clear_fault()

    def text(self) -> str:
        """Return what stands in the line."""
        return self._field.text()

    def set_text(self, text: str) -> None:
        """Type a text and leave the line."""
        self._field.setText(text)
        self._finish()

    def fault(self) -> str:
        """Return the words below the line, empty when all is well."""
        return self._fault.accessibleName()

    def set_fault(self, text: str) -> None:
        """Mark the line and say why."""
        self._field.setProperty("fault", bool(text))
        self._field.style().unpolish(self._field)
        self._field.style().polish(self._field)
        self._fault.set_text(text)

    def show_focused(self) -> None:
        """Show the focus look without the keyboard; for the page of components."""
        self._field.setProperty("shown", "focus")

    def set_enabled(self, enabled: bool) -> None:
        """Allow or forbid typing."""
        self._field.setEnabled(enabled)

    def changeEvent(self, event: QEvent) -> None:
        """Word the fault again in the new language."""
        if event.type() == QEvent.Type.LanguageChange and self.fault():
            self._finish()
        super().changeEvent(event)

    def _finish(self) -> None:
        text = self._field.text().strip()
        value = parse_amount(text) if text else None
        if text and value is None:
            self.set_fault(self.tr("Write it like 220,000"))
            return
        fault = self._out_of_range(value)
        if fault:
            self.set_fault(fault)
            return
        moved = value != self._value
        self._value = value
        self._clear_fault()
        self._show()
        if moved:
            self.changed.emit(value)

    def _out_of_range(self, value: Decimal | None) -> str:
        if value is not None and self._minimum is not None and value < self._minimum:
            return self.tr("At least {limit}").format(limit=figures.plain(self._minimum, self._places))
        if value is not None and self._maximum is not None and value > self._maximum:
            return self.tr("At most {limit}").format(limit=figures.plain(self._maximum, self._places))
        return ""

    def _show(self) -> None:
        if self._value is None:
            self._field.setText("")
            return
        # A figure typed with more decimals than usual keeps them: showing 0.38 as 0 would be a lie.
        exponent = self._value.normalize().as_tuple().exponent
        own = -exponent if isinstance(exponent, int) and exponent < 0 else 0
        self._field.setText(figures.plain(self._value, max(self._places, own)))

    def _clear_fault(self) -> None:
        if self.fault():
            self.set_fault("")
