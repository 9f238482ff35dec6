"""What needs a hand: amount first, then what happened, the code and the verb; one line each."""

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFontMetricsF, QHelpEvent, QKeyEvent, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QToolTip

from ui.theme import metrics as m
from ui.theme.icons import paint_icon
from ui.theme.theme import Theme, follow_theme
from ui.theme.type_roles import Role
from ui.views.overview.words import AttentionWords
from ui.widgets.hover_cells import HoverCells
from ui.widgets.painting import paint_focus
from ui.widgets.pressable import PRESSING
from ui.widgets.states import look

_AMOUNT, _CODE = 108, 64
_NOTE_BELOW = 480


class AttentionList(HoverCells):
    """Painted lines; ``opened`` carries the number of the chosen one, ``explained`` that of one to be explained away.

    ↑↓ move, Enter opens, E explains.
    """

    opened = Signal(int)
    explained = Signal(int)

    def __init__(self) -> None:
        super().__init__()
        self._items: tuple[AttentionWords, ...] = ()
        self._focus = 0
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        follow_theme(self._restyle)

    def set_items(self, items: Sequence[AttentionWords]) -> None:
        """Show other lines."""
        self._items = tuple(items)
        self._focus = min(self._focus, max(0, len(self._items) - 1))
        self._say()
        self._restyle()

    @property
    def items(self) -> tuple[AttentionWords, ...]:
        """The shown lines."""
        return self._items

    def sizeHint(self) -> QSize:
        """Return 36 px per line."""
        px = Theme.current().px
        return QSize(px(420), px(m.ROW_ATTENTION) * max(1, len(self._items)))

    def minimumSizeHint(self) -> QSize:
        """No line is cut."""
        return QSize(Theme.current().px(240), self.sizeHint().height())

    def event(self, event: QEvent) -> bool:
        """Say the whole line on hover."""
        if isinstance(event, QHelpEvent):
            index = self._index_at(QPointF(event.pos()))
            words = self._items[index] if index >= 0 else None
            text = f"{words.amount}  {words.title}\n{words.note}".strip() if words else ""
            QToolTip.showText(event.globalPos(), text, self)
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Move with ↑↓ Home End, open with Enter or Space."""
        last = len(self._items) - 1
        steps = {
            Qt.Key.Key_Up: self._focus - 1,
            Qt.Key.Key_Down: self._focus + 1,
            Qt.Key.Key_Home: 0,
            Qt.Key.Key_End: last,
        }
        key = Qt.Key(event.key())
        if key in steps and last >= 0:
            self._focus = min(last, max(0, steps[key]))
            self._say()
            self.keep_in_view()
            self.update()
        elif key in PRESSING and last >= 0:
            self.opened.emit(self._focus)
        elif key == Qt.Key.Key_E and last >= 0 and self._items[self._focus].explain:
            self.explained.emit(self._focus)
        else:
            super().keyPressEvent(event)

    def _focus_box(self) -> QRectF:
        height = Theme.current().px(m.ROW_ATTENTION)
        return QRectF(0, self._focus * height, self.width(), height) if self._items else QRectF()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the visible lines."""
        theme, painter = Theme.current(), QPainter(self)
        height = theme.px(m.ROW_ATTENTION)
        for index, words in enumerate(self._items):
            row = QRectF(0, index * height, self.width(), height)
            if not row.intersects(QRectF(event.rect())):
                continue
            if index == self._hover:
                painter.fillRect(row, theme.color("hover"))
            painter.fillRect(QRectF(0, row.bottom() - 1, self.width(), 1), theme.color("line"))
            self._paint_row(painter, row, words)
            if self.hasFocus() and index == self._focus:
                paint_focus(painter, row.adjusted(2, 2, -2, -3), m.RADIUS_BADGE)

    def _paint_row(self, painter: QPainter, row: QRectF, words: AttentionWords) -> None:
        theme = Theme.current()
        middle = Qt.AlignmentFlag.AlignVCenter
        left_flags, right_flags = int(middle | Qt.AlignmentFlag.AlignLeft), int(middle | Qt.AlignmentFlag.AlignRight)
        area = row.adjusted(theme.px(m.GAP), 0, -theme.px(m.GAP), -1)
        painter.setFont(theme.font(Role.BODY, bold=True, figures=True))
        painter.setPen(theme.color("ink"))
        # A long amount takes the room it needs: a cut figure would be a wrong one.
        amount = max(theme.px(_AMOUNT) - theme.px(m.GAP), painter.fontMetrics().horizontalAdvance(words.amount))
        painter.drawText(QRectF(area.left(), area.top(), amount, area.height()), right_flags, words.amount)
        style, size = look(words.state), theme.px(m.ICON_SMALL)
        left = area.left() + amount + theme.px(m.GAP_M)
        box = QRectF(left, area.center().y() - size / 2, size, size)
        paint_icon(painter, box, style.icon, theme.color(style.text))
        left += size + theme.px(m.GAP_M)
        painter.setFont(theme.font(Role.SMALL))
        painter.setPen(theme.color("accent"))
        painter.drawText(area, right_flags, words.verb)
        right = area.right() - painter.fontMetrics().horizontalAdvance(words.verb) - theme.px(m.GAP)
        if words.explain:
            place = self._explain_place(row, words)
            painter.drawText(place, right_flags, words.explain)
            right = place.left() - theme.px(m.GAP)
        painter.setPen(theme.color("text2"))
        code = QRectF(right - theme.px(_CODE), area.top(), theme.px(_CODE), area.height())
        painter.drawText(code, right_flags, words.code)
        right -= painter.fontMetrics().horizontalAdvance(words.code) + theme.px(m.GAP)
        painter.setFont(theme.font(Role.BODY))
        painter.setPen(theme.color("ink"))
        room = QRectF(left, area.top(), max(0.0, right - left), area.height())
        # A long store name gives way in the middle: what is wrong stands at the end.
        shown = painter.fontMetrics().elidedText(words.title, Qt.TextElideMode.ElideMiddle, int(room.width()))
        painter.drawText(room, left_flags, shown)
        used = painter.fontMetrics().horizontalAdvance(shown) + theme.px(m.GAP_S)
        if words.note and self.width() > theme.px(_NOTE_BELOW):
            painter.setFont(theme.font(Role.SMALL))
            painter.setPen(theme.color("text2"))
            rest = room.adjusted(used, 0, 0, 0)
            if rest.width() > theme.px(m.GAP_XL):
                note = painter.fontMetrics().elidedText(words.note, Qt.TextElideMode.ElideRight, int(rest.width()))
                painter.drawText(rest, left_flags, note)

    def _explain_place(self, row: QRectF, words: AttentionWords) -> QRectF:
        """Where the second verb of a line stands."""
        theme = Theme.current()
        advance = QFontMetricsF(theme.font(Role.SMALL)).horizontalAdvance
        right = row.right() - theme.px(m.GAP) - advance(words.verb) - theme.px(m.GAP)
        width = advance(words.explain)
        return QRectF(right - width, row.top(), width, row.height() - 1)

    def _index_at(self, point: QPointF) -> int:
        index = int(point.y() // Theme.current().px(m.ROW_ATTENTION))
        return index if 0 <= index < len(self._items) and point.y() >= 0 else -1

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Explain where the second verb was pressed, else open the line."""
        index = self._index_at(event.position())
        words = self._items[index] if index >= 0 else None
        if words is None or not words.explain or event.button() != Qt.MouseButton.LeftButton:
            super().mouseReleaseEvent(event)
            return
        height = Theme.current().px(m.ROW_ATTENTION)
        place = self._explain_place(QRectF(0, index * height, self.width(), height), words)
        if place.contains(event.position()):
            self._move_to(index)
            self.explained.emit(index)
        else:
            super().mouseReleaseEvent(event)

    def _press(self, index: int) -> None:
        self._move_to(index)
        self.opened.emit(index)

    def _move_to(self, index: int) -> None:
        self._focus = index
        self._say()
        self.update()

    def _say(self) -> None:
        if self._items:
            words = self._items[self._focus]
            parts = (words.amount, words.title, words.note, words.code, words.explain)
            self.setAccessibleDescription(" ".join(part for part in parts if part))
        else:
            self.setAccessibleDescription("")

    def _restyle(self) -> None:
        self.updateGeometry()
        self.update()
