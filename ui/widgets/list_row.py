"""One selectable line of a list: icon, title, second line, text at the right."""

from PySide6.QtCore import QEvent, QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent

from ui.theme import metrics as m
from ui.theme.icons import paint_icon
from ui.theme.theme import Theme
from ui.theme.type_roles import Role
from ui.widgets.layout import scaled
from ui.widgets.painting import paint_focus
from ui.widgets.pressable import Pressable


class ListRow(Pressable):
    """A painted row; ``clicked`` by mouse, Enter or Space.

    Args:
        title: first line, bold while selected.
        note: second line; without it the row is one line high.
        right: text at the right, in the middle of the height.
        icon_name: icon at the left; ``icon_token`` tints it.
        height: px at 100 %; 0 takes 56 with a second line and 32 without.
    """

    def __init__(
        self,
        title: str = "",
        note: str = "",
        right: str = "",
        *,
        icon_name: str = "",
        icon_token: str = "text2",
        height: float = 0,
        ruled: bool = True,
    ) -> None:
        super().__init__()
        self._title, self._note, self._right = title, note, right
        self._icon, self._token = icon_name, icon_token
        self._selected = False
        self._ruled = ruled
        self._height = height or (m.ROW_FILE if note else m.ROW)
        scaled(self, height=self._height)
        self._name()

    def sizeHint(self) -> QSize:
        """Return the row's height; it takes the width it gets."""
        return QSize(Theme.current().px(200), Theme.current().px(self._height))

    def set_texts(self, title: str, note: str = "", right: str = "") -> None:
        """Change the words."""
        self._title, self._note, self._right = title, note, right
        self._name()
        self.update()

    def set_selected(self, selected: bool) -> None:
        """Draw it as the chosen row."""
        self._selected = selected
        self.update()

    @property
    def title(self) -> str:
        """The first line."""
        return self._title

    def changeEvent(self, event: QEvent) -> None:
        """Follow enabled and disabled."""
        super().changeEvent(event)
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw ground, edge, icon and texts."""
        theme, painter = Theme.current(), QPainter(self)
        if self._selected:
            painter.fillRect(self.rect(), theme.color("selected"))
            painter.fillRect(0, 0, theme.px(m.EDGE), self.height(), theme.color("accent"))
        elif self.underMouse():
            painter.fillRect(self.rect(), theme.color("hover"))
        if self._ruled:
            painter.fillRect(0, self.height() - 1, self.width(), 1, theme.color("line"))
        left, right = float(theme.px(m.GAP)), float(self.width() - theme.px(m.GAP))
        if self._icon:
            size = theme.px(m.ICON_SMALL if not self._note else m.ICON)
            box = QRectF(left, (self.height() - size) / 2, size, size)
            paint_icon(painter, box, self._icon, theme.color(self._token))
            left += size + theme.px(m.GAP_M if self._note else m.GAP_S)
        lines = self._lines(left, right)
        self._paint_texts(painter, lines)
        if self.hasFocus():
            paint_focus(painter, QRectF(self.rect()).adjusted(1, 1, -1, -1), m.RADIUS_BADGE)

    def _lines(self, left: float, right: float) -> tuple[QRectF, QRectF]:
        theme = Theme.current()
        if not self._note:
            whole = QRectF(left, 0, right - left, self.height())
            return whole, whole
        first, second = theme.px(20), theme.px(18)
        top = (self.height() - first - second) / 2
        return QRectF(left, top, right - left, first), QRectF(left, top + first, right - left, second)

    def _paint_texts(self, painter: QPainter, lines: tuple[QRectF, QRectF]) -> None:
        theme = Theme.current()
        first, second = lines
        middle = int(Qt.AlignmentFlag.AlignVCenter)
        left_flags, right_flags = middle | int(Qt.AlignmentFlag.AlignLeft), middle | int(Qt.AlignmentFlag.AlignRight)
        used = 0.0
        if self._right:
            painter.setFont(theme.font(Role.SMALL if self._note else Role.BODY, figures=True))
            painter.setPen(theme.color("text2"))
            painter.drawText(QRectF(first.left(), 0, first.width(), self.height()), right_flags, self._right)
            used = painter.fontMetrics().horizontalAdvance(self._right) + theme.px(m.GAP_S)
            second = second.adjusted(0, 0, -used, 0)
        painter.setFont(theme.font(Role.BODY, bold=self._selected))
        painter.setPen(theme.color("ink" if self.isEnabled() else "text3"))
        room = first.adjusted(0, 0, -used, 0)
        painter.drawText(room, left_flags, _cut(painter, self._title, room.width()))
        if self._note:
            painter.setFont(theme.font(Role.SMALL))
            painter.setPen(theme.color("text2"))
            painter.drawText(second, left_flags, _cut(painter, self._note, second.width()))

    def _name(self) -> None:
        parts = [self._title, self._right, self._note]
        self.setAccessibleName(", ".join(part for part in parts if part))
        # What does not fit is cut: the pointer tells the whole.
        self.setToolTip("\n".join(part for part in (self._title, self._note) if part))


def _cut(painter: QPainter, text: str, width: float) -> str:
    return painter.fontMetrics().elidedText(text, Qt.TextElideMode.ElideRight, max(0, int(width)))
