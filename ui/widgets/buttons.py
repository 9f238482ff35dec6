"""Buttons: primary (one per screen), secondary, link, icon; painted from tokens."""

from math import ceil

from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QEnterEvent, QFont, QFontMetrics, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QMenu, QPushButton, QSizePolicy, QWidget

from ui.theme import metrics as m
from ui.theme.icons import paint_icon
from ui.theme.theme import Theme, follow_theme
from ui.theme.type_roles import Role
from ui.widgets.focus_ring import OUTER_RING
from ui.widgets.painting import rounded


class Button(QPushButton):
    """Base of the painted buttons.

    Args:
        text: the verb.
        icon_name: an icon of ``resources/icons`` left of the text.
        hint: the shortcut, shown smaller behind the text.
        height: px at 100 %.
    """

    def __init__(
        self,
        text: str = "",
        icon_name: str = "",
        hint: str = "",
        height: float = m.CONTROL,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(text, parent)
        self._icon_name, self._hint, self._height = icon_name, hint, height
        self._busy = False
        # Set by the page of components only: shows the hover look without a pointer.
        self.shown_hovered = False
        self.setProperty(OUTER_RING, True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.setAutoDefault(False)
        follow_theme(self._restyle)

    def set_hint(self, hint: str) -> None:
        """Change the shortcut shown behind the text."""
        self._hint = hint
        self.updateGeometry()
        self.update()

    def set_icon(self, icon_name: str) -> None:
        """Show another icon."""
        self._icon_name = icon_name
        self.update()

    def set_busy(self, busy: bool) -> None:
        """Show an open circle before the text while work runs."""
        self._busy = busy
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        """Return room for icon, text and hint."""
        theme = Theme.current()
        width = QFontMetrics(self._font()).horizontalAdvance(self.text()) + 2 * theme.px(self._padding())
        if self._shown_icon():
            width += theme.px(m.ICON) + (theme.px(m.GAP_S) if self.text() else 0)
        if self._hint:
            width += QFontMetrics(theme.font(Role.SMALL)).horizontalAdvance(self._hint) + theme.px(m.GAP_S)
        if self._chevron():
            width += theme.px(m.ICON) + theme.px(m.GAP_XS)
        return QSize(width, theme.px(self._height))

    def minimumSizeHint(self) -> QSize:
        """A button never shrinks below its text."""
        return self.sizeHint()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw ground, icon, text, hint and chevron."""
        painter = QPainter(self)
        ground, line, ink = self._colours()
        rounded(painter, QRectF(self.rect()), m.RADIUS_CONTROL, ground, line)
        self._paint_content(painter, ink)

    def enterEvent(self, event: QEnterEvent) -> None:
        """Show the hover look."""
        super().enterEvent(event)
        self.update()

    def leaveEvent(self, event: QEvent) -> None:
        """Drop the hover look."""
        super().leaveEvent(event)
        self.update()

    def _hovered(self) -> bool:
        return self.shown_hovered or self.underMouse()

    def _padding(self) -> float:
        if not self.text():
            return m.GAP_S
        return m.GAP_M if self._height < m.CONTROL_START else m.GAP_M + m.GAP_S

    def _font(self) -> QFont:
        return Theme.current().font(Role.BODY)

    def _chevron(self) -> bool:
        return self.menu() is not None

    def _shown_icon(self) -> str:
        return "spinner" if self._busy else self._icon_name

    def _colours(self) -> tuple[QColor | None, QColor | None, QColor]:
        theme = Theme.current()
        if not self.isEnabled():
            return theme.color("sunken"), theme.color("line"), theme.color("text3")
        pressed, hover = self.isDown(), self._hovered()
        ground = theme.color(
            "selected" if self.isChecked() else "sunken" if pressed else "hover" if hover else "surface"
        )
        return ground, theme.color("line2"), theme.color("accent" if self.isChecked() else "ink")

    def _hint_colour(self, ink: QColor) -> QColor:
        return Theme.current().color("text3")

    def _paint_content(self, painter: QPainter, ink: QColor) -> None:
        theme = Theme.current()
        content = self.sizeHint().width() - 2 * theme.px(self._padding())
        left = self.rect().center().x() + 1 - content / 2
        middle = self.rect().center().y() + 1
        size = theme.px(m.ICON)
        if self._shown_icon():
            paint_icon(painter, QRectF(left, middle - size / 2, size, size), self._shown_icon(), ink)
            left += size + (theme.px(m.GAP_S) if self.text() else 0)
        painter.setFont(self._font())
        painter.setPen(ink)
        metrics = painter.fontMetrics()
        flags = int(Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft | Qt.TextFlag.TextShowMnemonic)
        width = metrics.horizontalAdvance(self.text())
        painter.drawText(QRectF(left, 0, width + 2, self.height()), flags, self.text())
        left += width + theme.px(m.GAP_S)
        if self._hint:
            painter.setFont(theme.font(Role.SMALL))
            painter.setPen(self._hint_colour(ink))
            painter.drawText(QRectF(left, 0, self.width(), self.height()), flags, self._hint)
            left += painter.fontMetrics().horizontalAdvance(self._hint) + theme.px(m.GAP_XS)
        if self._chevron():
            box = QRectF(left - theme.px(m.GAP_XS), middle - size / 2, size, size)
            paint_icon(painter, box, "chevron_down", theme.color("text3"))

    def _restyle(self) -> None:
        self.setFont(self._font())
        self.updateGeometry()
        self.update()


class PrimaryButton(Button):
    """The one main action of a screen."""

    def _padding(self) -> float:
        return super()._padding() + 1

    def _font(self) -> QFont:
        return Theme.current().font(Role.BODY, bold=True)

    def _hint_colour(self, ink: QColor) -> QColor:
        colour = QColor(ink)
        colour.setAlphaF(0.8)
        return colour

    def _colours(self) -> tuple[QColor | None, QColor | None, QColor]:
        theme = Theme.current()
        if not self.isEnabled():
            return theme.color("sunken"), theme.color("line"), theme.color("text3")
        active = self.isDown() or self._hovered()
        return theme.color("accent_hover" if active else "accent"), None, theme.color("on_accent")


class SecondaryButton(Button):
    """Any other action."""


class DropDownButton(Button):
    """A button that opens a menu of choices; shows a chevron."""

    def __init__(
        self, text: str = "", icon_name: str = "", height: float = m.CONTROL, parent: QWidget | None = None
    ) -> None:
        super().__init__(text, icon_name, height=height, parent=parent)
        self.setMenu(QMenu(self))


class IconButton(Button):
    """A square button with only an icon; ``name`` is what a screen reader says and the tooltip."""

    def __init__(self, icon_name: str, name: str = "", height: float = m.CONTROL, framed: bool = False) -> None:
        super().__init__("", icon_name, height=height)
        self._framed = framed
        self.set_name(name)

    def set_name(self, name: str) -> None:
        """Change the accessible name and tooltip."""
        self.setAccessibleName(name)
        self.setToolTip(name)

    def sizeHint(self) -> QSize:
        """Return a square."""
        side = Theme.current().px(self._height)
        return QSize(side, side)

    def _colours(self) -> tuple[QColor | None, QColor | None, QColor]:
        ground, line, _ = super()._colours()
        theme = Theme.current()
        ink = theme.color("text2" if self.isEnabled() else "text3")
        if self._framed:
            return ground, line, ink
        return (theme.color("hover") if self.underMouse() and self.isEnabled() else None), None, ink

    def _paint_content(self, painter: QPainter, ink: QColor) -> None:
        size = Theme.current().px(m.ICON)
        box = QRectF(0, 0, size, size)
        box.moveCenter(QRectF(self.rect()).center())
        paint_icon(painter, box, self._shown_icon(), ink)


class LinkButton(Button):
    """A text that acts: accent, no box; the pointer becomes a hand."""

    def __init__(self, text: str = "", role: Role = Role.SMALL) -> None:
        self._role = role
        super().__init__(text, height=m.BADGE)
        self.setCursor(Qt.CursorShape.PointingHandCursor)

    def _padding(self) -> float:
        # A link of one character is as wide as it is high, so that it can be hit.
        width = QFontMetrics(self._font()).horizontalAdvance(self.text()) / Theme.current().scale
        return max(0, ceil((m.BADGE - width) / 2))

    def _font(self) -> QFont:
        return Theme.current().font(self._role)

    def _colours(self) -> tuple[QColor | None, QColor | None, QColor]:
        theme = Theme.current()
        token = "text3" if not self.isEnabled() else "accent_hover" if self.underMouse() else "accent"
        return None, None, theme.color(token)

    def _paint_content(self, painter: QPainter, ink: QColor) -> None:
        super()._paint_content(painter, ink)
        if self.underMouse() and self.isEnabled():
            painter.setPen(QPen(ink, 1))
            base = self.rect().center().y() + painter.fontMetrics().ascent() / 2 + Theme.current().px(2)
            painter.drawLine(QPointF(0, base), QPointF(self.width(), base))
