"""The bar above a screen: title, the screen's own widgets, search and the menu of commands."""

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QAction, QKeySequence, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QMenu, QSizePolicy, QWidget

from ui.theme import metrics as m
from ui.theme.icons import paint_icon
from ui.theme.theme import Theme, follow_theme
from ui.theme.type_roles import Role
from ui.widgets.buttons import Button, IconButton
from ui.widgets.layout import HBox, scaled
from ui.widgets.painting import rounded
from ui.widgets.tab_order import in_order, widgets_of
from ui.widgets.text import ElidedLabel, Label

AFTER_SEARCH = "afterSearch"
_SEARCH, _SEARCH_SMALL = 176, 32


class SearchField(Button):
    """Looks like a field, opens the command search."""

    def __init__(self) -> None:
        self.small = False
        super().__init__()

    def sizeHint(self) -> QSize:
        """Return the width of the field, or of its icon."""
        px = Theme.current().px
        return QSize(px(_SEARCH_SMALL if self.small else _SEARCH), px(m.CONTROL))

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw border, glass, word and keys."""
        theme, painter = Theme.current(), QPainter(self)
        area = QRectF(self.rect())
        ground = theme.color("hover" if self.underMouse() else "surface")
        rounded(painter, area, m.RADIUS_CONTROL, ground, theme.color("control"))
        size = theme.px(m.ICON_SMALL)
        left = (self.width() - size) / 2 if self.small else theme.px(m.GAP_M)
        paint_icon(painter, QRectF(left, (self.height() - size) / 2, size, size), "search", theme.color("text3"))
        if self.small:
            return
        painter.setFont(theme.font(Role.BODY))
        painter.setPen(theme.color("text3"))
        words = area.adjusted(left + size + theme.px(m.GAP_S), 0, -theme.px(m.GAP_S), 0)
        middle = Qt.AlignmentFlag.AlignVCenter
        painter.drawText(words, int(middle | Qt.AlignmentFlag.AlignLeft), self.text())
        painter.setFont(theme.font(Role.SMALL))
        keys = QKeySequence("Ctrl+K").toString(QKeySequence.SequenceFormat.NativeText).replace("+", " ")
        painter.drawText(words, int(middle | Qt.AlignmentFlag.AlignRight), keys)


class TopBar(QWidget):
    """Holds the widgets of the shown screen; ``search_asked`` opens the command search."""

    search_asked = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._title = Label(role=Role.TITLE)
        self._note = ElidedLabel(role=Role.SMALL, color="text2", figures=True)
        self._note.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        self._left, self._right, self._last = HBox(spacing=m.GAP_S), HBox(spacing=m.GAP_M), HBox(spacing=m.GAP_M)
        self._search = SearchField()
        self._search.clicked.connect(self.search_asked)
        self._more = IconButton("dots")
        self._more.clicked.connect(self._show_menu)
        self.menu = QMenu(self)
        side = m.SCREEN_SIDE
        self._box = layout = HBox(self, (side, 0, side - m.GAP_S, 1), m.GAP_M)
        self.back, self.forward = (
            IconButton(name, height=m.CONTROL_SMALL) for name in ("chevron_left", "chevron_right")
        )
        layout.addLayout(HBox().add(self.back, self.forward))
        layout.add(self._title)
        layout.addLayout(self._left)
        layout.addWidget(self._note, 1)
        layout.add(self._right, self._search, self._last, self._more)
        scaled(self, height=m.TOP_BAR)
        # Screens may show or hide their widgets while another screen is up: where they wait nothing is seen.
        self._away = QWidget(self)
        self._away.hide()
        self._shown: list[QWidget] = []
        self.retranslate()
        follow_theme(self.update)

    def show_view(self, title: str, note: str, left: Sequence[QWidget], right: Sequence[QWidget]) -> None:
        """Show another screen's title and widgets; those that their screen hid stay hidden."""
        for widget in self._shown:
            for box in (self._left, self._right, self._last):
                box.removeWidget(widget)
            widget.setParent(self._away)
        self._shown = [*left, *right]
        unwanted = [widget for widget in self._shown if _hidden(widget)]
        for widget in left:
            self._left.addWidget(widget)
        for widget in right:
            (self._last if widget.property(AFTER_SEARCH) else self._right).addWidget(widget)
        for widget in self._shown:
            widget.setVisible(widget not in unwanted)
        self._order_tabs()
        self.set_title(title, note)

    def set_title(self, title: str, note: str) -> None:
        """Change the words only."""
        self._title.setText(title)
        self._note.setText(note)
        self._note.setToolTip(note)
        self._fit()

    def set_trail(self, *, back: bool, forward: bool) -> None:
        """Show whether one can go back or forward; before the first step there is nothing to show."""
        for button, possible in ((self.back, back), (self.forward, forward)):
            button.setVisible(back or forward)
            button.setEnabled(possible)
        self._fit()

    def set_actions(self, actions: Sequence[QAction]) -> None:
        """Fill the menu of commands."""
        self.menu.clear()
        self.menu.addActions(list(actions))
        self._more.setEnabled(bool(actions))

    def retranslate(self) -> None:
        """Set the texts of its own."""
        self._search.setText(self.tr("Search"))
        self._search.setAccessibleName(self.tr("Search commands"))
        self._search.setToolTip(self.tr("Search commands"))
        self._more.set_name(self.tr("Commands"))
        self.back.set_name(self.tr("Back to the screen before"))
        self.forward.set_name(self.tr("Forward again"))

    def changeEvent(self, event: QEvent) -> None:
        """Follow a switch of the language."""
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()
        super().changeEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Make the search small and move everything closer when there is little room."""
        super().resizeEvent(event)
        self._fit()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the ground and the line below."""
        theme, painter = Theme.current(), QPainter(self)
        painter.fillRect(self.rect(), theme.color("surface"))
        painter.fillRect(0, self.height() - 1, self.width(), 1, theme.color("line"))

    def _fit(self) -> None:
        px = Theme.current().px
        shown = [widget for widget in self._shown if not _hidden(widget)]
        widgets = sum(widget.sizeHint().width() + px(m.GAP_M) for widget in shown)
        words = self._title.sizeHint().width() + self._note.sizeHint().width()
        ways = 0 if self.back.isHidden() else 2 * px(m.CONTROL_SMALL) + px(m.GAP_M)
        needed = ways + words + widgets + px(_SEARCH) + px(m.CONTROL) + 4 * px(m.GAP_L)
        small = needed > self.width()
        if small != self._search.small:
            self._search.small = small
            for box in (self._box, self._right, self._last):
                box.set_gap(m.GAP_S if small else m.GAP_M)
            self._search.updateGeometry()
            self._search.update()

    def _order_tabs(self) -> None:
        """Let Tab go from left to right; the widgets of a screen would otherwise come behind all of the window."""
        left, right, last = (widgets_of(box) for box in (self._left, self._right, self._last))
        in_order(self.back, self.forward, *left, *right, self._search, *last, self._more)

    def _show_menu(self) -> None:
        self.menu.popup(self._more.mapToGlobal(self._more.rect().bottomLeft()))


def _hidden(widget: QWidget) -> bool:
    """Whether its screen hid it; what was never shown yet is not hidden in this sense."""
    return widget.isHidden() and widget.testAttribute(Qt.WidgetAttribute.WA_WState_ExplicitShowHide)
