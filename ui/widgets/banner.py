"""One line that tells what happened, with one action at the right."""

from PySide6.QtCore import QRectF, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

from ui.theme import metrics as m
from ui.theme.icons import paint_icon
from ui.theme.theme import Theme, follow_theme
from ui.widgets.buttons import IconButton, LinkButton
from ui.widgets.layout import HBox, scaled
from ui.widgets.painting import rounded
from ui.widgets.states import TIMING, look
from ui.widgets.text import ElidedLabel


class Banner(QWidget):
    """A 36 px line with a coloured edge; ``acted`` when the action was chosen, ``closed`` by ×."""

    acted = Signal()
    closed = Signal()

    def __init__(self, state: str = TIMING, text: str = "", action: str = "", closable: bool = False) -> None:
        super().__init__()
        self._state = state
        self._text = ElidedLabel()
        self._action = LinkButton()
        self._action.clicked.connect(self.acted)
        self._close = IconButton("cross", height=m.CONTROL_SMALL)
        self._close.clicked.connect(self.closed)
        self._close.setVisible(closable)
        left = m.GAP_M + m.EDGE + m.ICON + m.GAP_S
        HBox(self, (left, 0, m.GAP_M, 0), m.GAP_M).add(self._text, self._action, self._close)
        scaled(self, height=m.BANNER)
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground, False)
        self.show_line(state, text, action)
        self.retranslate()
        follow_theme(self.update)

    def show_line(self, state: str, text: str, action: str = "") -> None:
        """Show another line."""
        self._state = state
        self._text.setText(text)
        self._action.setText(action)
        self._action.setVisible(bool(action))
        self.setAccessibleName(text)
        self.update()

    @property
    def text(self) -> str:
        """The shown line."""
        return self._text.text()

    def retranslate(self) -> None:
        """Set the texts of its own."""
        self._close.set_name(self.tr("Close this line"))

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw ground, edge and icon."""
        theme, style, painter = Theme.current(), look(self._state), QPainter(self)
        area = QRectF(self.rect())
        rounded(painter, area, m.CELL_PAD, theme.color(style.ground), theme.color("line"))
        painter.save()
        painter.setClipRect(QRectF(0, 0, theme.px(m.EDGE), self.height()))
        rounded(painter, area, m.CELL_PAD, theme.color(style.text))
        painter.restore()
        size = theme.px(m.ICON_SMALL)
        left = theme.px(m.GAP_M) + theme.px(m.EDGE)
        paint_icon(painter, QRectF(left, (self.height() - size) / 2, size, size), style.icon, theme.color(style.text))
