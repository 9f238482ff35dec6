"""The side bar: which book, which screens, and that everything stays on this computer."""

from collections.abc import Mapping

from PySide6.QtCore import QEvent, QRectF, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QMenu, QWidget

from ui import figures
from ui.shell.work_strip import WorkStrip
from ui.theme import metrics as m
from ui.theme.icons import paint_icon
from ui.theme.theme import Theme, follow_theme
from ui.theme.translator import translate
from ui.theme.type_roles import Role
from ui.views.registry import VIEWS
from ui.widgets.card import Rule
from ui.widgets.layout import VBox, scaled
from ui.widgets.painting import paint_focus, rounded
from ui.widgets.pressable import Pressable
from ui.widgets.text import Label

_ITEM_PITCH, _HEAD = 34, 36


class NavItem(Pressable):
    """One screen in the side bar; folded it is only an icon with a tooltip."""

    def __init__(self, key: str, icon_name: str) -> None:
        super().__init__()
        self.folded = False
        self.key = key
        self._icon = icon_name
        self._text, self._count, self._current = "", 0, False
        scaled(self, height=_ITEM_PITCH)

    def set_text(self, text: str) -> None:
        """Change the words."""
        self._text = text
        self.setAccessibleName(text)
        self.setToolTip(text if self.folded else "")
        self.update()

    def set_count(self, count: int) -> None:
        """Change the number at the right; 0 shows nothing."""
        self._count = count
        self.setAccessibleDescription(figures.plain(count) if count else "")
        self.update()

    def set_current(self, current: bool) -> None:
        """Draw it as the shown screen."""
        self._current = current
        self.update()

    def set_folded(self, folded: bool) -> None:
        """Show only the icon."""
        self.folded = folded
        self.set_text(self._text)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw ground, icon, words and count."""
        theme, painter = Theme.current(), QPainter(self)
        area = QRectF(self.rect()).adjusted(theme.px(m.GAP_S), 1, -theme.px(m.GAP_S), -1)
        if self._current:
            rounded(painter, area, m.RADIUS_CONTROL, theme.color("selected"))
        elif self.underMouse():
            rounded(painter, area, m.RADIUS_CONTROL, theme.color("hover"))
        size = theme.px(m.ICON)
        left = (self.width() - size) / 2 if self.folded else area.left() + theme.px(m.GAP_S)
        token = "accent" if self._current else "text2"
        box = QRectF(left, area.center().y() - size / 2, size, size)
        paint_icon(painter, box, self._icon, theme.color(token))
        if not self.folded:
            painter.setFont(theme.font(Role.BODY, bold=self._current))
            painter.setPen(theme.color(token))
            words = area.adjusted(theme.px(m.GAP_S) + size + theme.px(m.GAP_S), 0, -theme.px(m.GAP_S), 0)
            middle = Qt.AlignmentFlag.AlignVCenter
            painter.drawText(words, int(middle | Qt.AlignmentFlag.AlignLeft), self._text)
            if self._count:
                painter.setFont(theme.font(Role.SMALL, figures=True))
                painter.setPen(theme.color("text2"))
                painter.drawText(words, int(middle | Qt.AlignmentFlag.AlignRight), figures.plain(self._count))
        if self.hasFocus():
            paint_focus(painter, area)


class BookSwitcher(Pressable):
    """The book's name at the top; opens a menu of books."""

    def __init__(self) -> None:
        super().__init__()
        self.folded = False
        self.menu = QMenu(self)
        self._name = ""
        scaled(self, height=m.TOP_BAR)
        self.clicked.connect(self._open_menu)

    def set_name(self, name: str) -> None:
        """Change the book's name."""
        self._name = name
        self.setAccessibleName(name)
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw mark, name and chevron."""
        theme, painter = Theme.current(), QPainter(self)
        if self.underMouse():
            painter.fillRect(self.rect().adjusted(0, 0, 0, -1), theme.color("hover"))
        width, height = theme.px(24), theme.px(17)
        left = (self.width() - width) / 2 if self.folded else theme.px(m.GAP)
        paint_mark(painter, QRectF(left, (self.height() - height) / 2, width, height))
        if not self.folded:
            size = theme.px(m.ICON)
            painter.setFont(theme.font(Role.HEADING))
            painter.setPen(theme.color("ink"))
            start = left + width + theme.px(m.GAP_S)
            area = QRectF(start, 0, self.width() - start - size - theme.px(m.GAP), self.height())
            shown = painter.fontMetrics().elidedText(self._name, Qt.TextElideMode.ElideMiddle, int(area.width()))
            painter.drawText(area, int(Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft), shown)
            right = self.width() - size - theme.px(m.GAP_M)
            box = QRectF(right, (self.height() - size) / 2, size, size)
            paint_icon(painter, box, "chevron_down", theme.color("text3"))
        if self.hasFocus():
            paint_focus(painter, QRectF(self.rect()).adjusted(4, 4, -4, -4))

    def _open_menu(self) -> None:
        self.menu.popup(self.mapToGlobal(self.rect().bottomLeft()))


class Sidebar(QWidget):
    """Book, screens in groups, and the line that nothing leaves this computer."""

    chosen = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self.switcher, self.work = BookSwitcher(), WorkStrip()
        self._folded = False
        self._items: dict[str, NavItem] = {}
        self._heads: list[tuple[Label, str]] = []
        self._foot = QWidget()
        self._offline, self._state = Label(role=Role.SMALL, color="text2"), Label(role=Role.SMALL, color="text2")
        VBox(self._foot, (m.GAP, m.GAP_S, m.GAP_S, m.GAP_S)).add(self._offline, self._state)
        layout = VBox(self, (0, 0, 1, 0)).add(self.switcher, Rule(), 8)
        group = ""
        for entry in VIEWS:
            if not entry.group:
                continue
            if entry.group != group:
                group = entry.group
                layout.addWidget(self._head(group))
            item = NavItem(entry.key, entry.icon)
            item.clicked.connect(lambda key=entry.key: self.chosen.emit(key))
            self._items[entry.key] = item
            layout.addWidget(item)
        layout.add(0, self.work, Rule(), self._foot)
        self.retranslate()
        follow_theme(self._restyle)

    def set_current(self, key: str) -> None:
        """Mark the shown screen."""
        for name, item in self._items.items():
            item.set_current(name == key)

    def set_counts(self, counts: Mapping[str, int]) -> None:
        """Show how much waits on each screen."""
        for name, count in counts.items():
            if name in self._items:
                self._items[name].set_count(count)

    def set_state(self, text: str) -> None:
        """Change the second line at the foot."""
        self._state.setText(text)
        self._state.setVisible(bool(text))

    def set_folded(self, folded: bool) -> None:
        """Show icons only."""
        if folded == self._folded:
            return
        self._folded = folded
        self.switcher.folded = folded
        self.switcher.update()
        for item in self._items.values():
            item.set_folded(folded)
        self._foot.setVisible(not folded)
        self.work.set_folded(folded)
        for head, _ in self._heads:
            head.setText("" if folded else translate(head.property("source")))
        self._restyle()

    def retranslate(self) -> None:
        """Set every text."""
        for entry in VIEWS:
            if entry.key in self._items:
                self._items[entry.key].set_text(translate(entry.title))
        for head, source in self._heads:
            head.setText("" if self._folded else translate(source))
        self._offline.setText(self.tr("Offline, data stays here"))

    def changeEvent(self, event: QEvent) -> None:
        """Follow a switch of the language."""
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()
        super().changeEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the ground and the line at the right."""
        theme, painter = Theme.current(), QPainter(self)
        painter.fillRect(self.rect(), theme.color("surface"))
        painter.fillRect(self.width() - 1, 0, 1, self.height(), theme.color("line"))

    def _head(self, source: str) -> Label:
        head = Label(role=Role.SMALL, color="text2")
        head.setProperty("source", source)
        head.setContentsMargins(Theme.current().px(m.GAP), 0, 0, 0)
        head.setAlignment(Qt.AlignmentFlag.AlignBottom)
        self._heads.append((head, source))
        return head

    def _restyle(self) -> None:
        px = Theme.current().px
        self.setFixedWidth(px(m.SIDEBAR_FOLDED if self._folded else m.SIDEBAR))
        for head, _ in self._heads:
            head.setContentsMargins(px(m.GAP), 0, 0, px(m.CELL_PAD))
            head.setFixedHeight(px(m.GAP_M if self._folded else _HEAD))
        self.update()


def paint_mark(painter: QPainter, box: QRectF) -> None:
    """Draw the product's mark: two links of a chain."""
    theme = Theme.current()
    paint_icon(painter, box, "mark", theme.color("accent"))
    paint_icon(painter, box, "mark_over", theme.color("ink"))
