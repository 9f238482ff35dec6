"""A surface with a thin border; optionally a head with title, note and an action."""

from PySide6.QtCore import QChildEvent, QRectF, Qt, Signal
from PySide6.QtGui import QPainter, QPainterPath, QPaintEvent, QPen, QRegion, QResizeEvent
from PySide6.QtWidgets import QFrame, QLayout, QWidget

from ui.theme import metrics as m
from ui.theme.theme import Theme, follow_theme
from ui.theme.type_roles import Role
from ui.widgets.buttons import LinkButton
from ui.widgets.layout import HBox, Margins, VBox, scaled
from ui.widgets.painting import rounded
from ui.widgets.tab_order import in_order, widgets_of
from ui.widgets.text import ElidedLabel, Label


class _Corners(QWidget):
    """Keeps the corners of a card round whatever its content paints: lies above it, in the corners only."""

    def __init__(self, card: QWidget) -> None:
        super().__init__(card)
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        follow_theme(self.fit)

    def fit(self) -> None:
        """Cover the card's corners."""
        card = self.parentWidget()
        if card is None:
            return
        self.setGeometry(card.rect())
        side = Theme.current().px(m.RADIUS_CARD)
        width, height = self.width(), self.height()
        places = ((0, 0), (width - side, 0), (0, height - side), (width - side, height - side))
        region = QRegion()
        for left, top in places:
            region += QRegion(left, top, side, side)
        self.setMask(region)
        self.raise_()
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        theme, painter = Theme.current(), QPainter(self)
        radius = theme.px(m.RADIUS_CARD)
        area = QRectF(self.rect())
        outside, inside = QPainterPath(), QPainterPath()
        outside.addRect(area)
        inside.addRoundedRect(area.adjusted(0.5, 0.5, -0.5, -0.5), radius, radius)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.fillPath(outside - inside, theme.color("canvas"))
        painter.setPen(QPen(theme.color("line"), 1))
        painter.drawPath(inside)


class Card(QWidget):
    """A rounded surface; content goes into ``body``.

    Args:
        padding: margins of the body in px at 100 %.
        spacing: between the items of the body.
    """

    def __init__(
        self, padding: Margins = (m.GAP, m.GAP, m.GAP, m.GAP), spacing: float = m.GAP_S, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._outer = VBox(self, (1, 1, 1, 1))
        self.body = VBox(margins=padding, spacing=spacing)
        self._outer.addLayout(self.body, 1)
        self._corners = _Corners(self)
        follow_theme(self.update)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Keep the corners round."""
        super().resizeEvent(event)
        self._corners.fit()

    def childEvent(self, event: QChildEvent) -> None:
        """Keep the corners above content that comes later."""
        super().childEvent(event)
        corners = getattr(self, "_corners", None)
        if corners is not None and event.polished():
            corners.raise_()

    def add(self, *items: QWidget | QLayout | int) -> "Card":
        """Append to the body; 0 is a stretch, another number a gap."""
        self.body.add(*items)
        return self

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the surface."""
        theme = Theme.current()
        rounded(QPainter(self), QRectF(self.rect()), m.RADIUS_CARD, theme.color("surface"), theme.color("line"))


class TitledCard(Card):
    """A card with a 44 px head: title, small note, widgets and a link at the right.

    ``acted`` when the link was chosen. ``head_right`` takes further widgets before the link.
    """

    acted = Signal()

    def __init__(
        self,
        title: str = "",
        note: str = "",
        action: str = "",
        *,
        padding: Margins = (m.GAP, m.GAP_M, m.GAP, m.GAP),
        rule: bool = True,
        spacing: float = m.GAP_S,
    ) -> None:
        super().__init__(padding, spacing)
        self._title = Label(role=Role.HEADING)
        self._note = ElidedLabel(role=Role.SMALL, color="text2")
        self._action = LinkButton()
        self._action.clicked.connect(self.acted)
        self.head_right = HBox(spacing=m.GAP_S)
        self.head = QWidget()
        HBox(self.head, (m.GAP - 1, 0, m.GAP - 1, 0), m.GAP_S).add(
            self._title, self._note, 0, self.head_right, self._action
        )
        scaled(self.head, height=m.CARD_HEAD)
        self._outer.insertWidget(0, self.head)
        if rule:
            self._outer.insertWidget(1, Rule())
        self.set_title(title, note, action)

    def set_title(self, title: str, note: str = "", action: str = "") -> None:
        """Change title, note and link text."""
        self._title.setText(title)
        self._note.setText(note)
        self._note.setVisible(bool(note))
        self._action.setText(action)
        self._action.setVisible(bool(action))
        self.setAccessibleName(title)

    def order_tabs(self) -> None:
        """Let Tab go through the head from left to right before it comes to the body; for parts that came later."""
        inside = self.findChildren(QWidget, options=Qt.FindChildOption.FindDirectChildrenOnly)
        in_order(*widgets_of(self.head_right), self._action, *(part for part in inside if part is not self.head))


class Rule(QFrame):
    """A 1 px line across; ``strong`` uses the darker token, ``vertical`` stands."""

    def __init__(self, strong: bool = False, vertical: bool = False) -> None:
        super().__init__()
        self._token = "line2" if strong else "line"
        if vertical:
            self.setFixedWidth(1)
        else:
            self.setFixedHeight(1)
        follow_theme(self.update)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the line."""
        QPainter(self).fillRect(self.rect(), Theme.current().color(self._token))


class Pane(QWidget):
    """A ground of one token without a border, for screens made of panes instead of cards."""

    def __init__(self, token: str = "surface", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._token = token
        follow_theme(self.update)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the ground."""
        QPainter(self).fillRect(self.rect(), Theme.current().color(self._token))
