"""The keys that work now, each with its verb."""

from collections.abc import Sequence

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QFontMetricsF, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from ui.theme import metrics as m
from ui.theme.theme import Theme, follow_theme
from ui.theme.type_roles import Role
from ui.widgets.painting import rounded

Key = tuple[str, str]
"""Key cap and verb, for example ("Ctrl ↵", "accept all certain ones")."""


class KeyStrip(QWidget):
    """A 40 px strip of key caps and verbs; ``framed`` draws it as a card of its own."""

    def __init__(self, keys: Sequence[Key] = (), framed: bool = False) -> None:
        super().__init__()
        self._keys: tuple[Key, ...] = ()
        self._framed = framed
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.set_keys(keys)
        follow_theme(self._restyle)

    def set_keys(self, keys: Sequence[Key]) -> None:
        """Show only the keys that work now."""
        self._keys = tuple(keys)
        self.setAccessibleName("; ".join(f"{cap} {verb}" for cap, verb in self._keys))
        self._restyle()

    def sizeHint(self) -> QSize:
        """Return the strip's height; it takes the width it gets."""
        return QSize(Theme.current().px(200), Theme.current().px(m.KEY_STRIP))

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw caps and verbs while there is room."""
        theme, painter = Theme.current(), QPainter(self)
        if self._framed:
            rounded(painter, QRectF(self.rect()), m.CELL_PAD, theme.color("surface"), theme.color("line"))
        else:
            painter.fillRect(self.rect(), theme.color("surface"))
            painter.fillRect(QRectF(0, 0, self.width(), 1), theme.color("line"))
        font = theme.font(Role.SMALL)
        painter.setFont(font)
        metrics = QFontMetricsF(font)
        left, middle, height = float(theme.px(m.GAP)), self.height() / 2, theme.px(m.BADGE)
        for cap, verb in self._keys:
            width = max(theme.px(22), metrics.horizontalAdvance(cap) + 2 * theme.px(m.CELL_PAD))
            words = metrics.horizontalAdvance(verb)
            if left + width + theme.px(m.GAP_S) + words > self.width():
                break
            box = QRectF(left, middle - height / 2, width, height)
            rounded(painter, box, m.RADIUS_BADGE, theme.color("surface"), theme.color("line2"))
            painter.setPen(theme.color("ink"))
            painter.drawText(box, int(Qt.AlignmentFlag.AlignCenter), cap)
            left += width + theme.px(m.GAP_S)
            painter.setPen(theme.color("text2"))
            area = QRectF(left, 0, words + 2, self.height())
            painter.drawText(area, int(Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft), verb)
            left += words + theme.px(m.GAP)

    def _restyle(self) -> None:
        self.updateGeometry()
        self.update()
