"""A row of choices of which exactly one holds."""

from collections.abc import Sequence

from PySide6.QtCore import QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFocusEvent, QFontMetrics, QKeyEvent, QMouseEvent, QPainter, QPainterPath, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from ui.theme import metrics as m
from ui.theme.theme import Theme, follow_theme
from ui.theme.type_roles import Role
from ui.widgets.focus_ring import OUTER_RING
from ui.widgets.painting import rounded

Option = tuple[str, str]
"""Key and shown text."""


class Segmented(QWidget):
    """Choices side by side; ``changed`` carries the key. ←→ move while it has the focus."""

    changed = Signal(str)

    def __init__(self, options: Sequence[Option] = (), current: str = "", height: float = m.CONTROL) -> None:
        super().__init__()
        self._options: list[Option] = list(options)
        self._current = current or (options[0][0] if options else "")
        self._height = height
        self._hover = -1
        self.setProperty(OUTER_RING, True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setMouseTracking(True)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        follow_theme(self._restyle)

    def set_options(self, options: Sequence[Option]) -> None:
        """Change texts or choices; the current key stays when it still exists."""
        self._options = list(options)
        if self._current not in {key for key, _ in options}:
            self._current = options[0][0] if options else ""
        self._restyle()

    @property
    def current(self) -> str:
        """The key that holds."""
        return self._current

    def set_current(self, key: str) -> None:
        """Choose without telling anyone."""
        self._current = key
        self._restyle()

    def choose(self, key: str) -> None:
        """Choose and tell."""
        if key != self._current:
            self._current = key
            self._restyle()
            self.changed.emit(key)

    def sizeHint(self) -> QSize:
        """Return room for every choice."""
        return QSize(sum(self._widths(self._options)), Theme.current().px(self._height))

    def minimumSizeHint(self) -> QSize:
        """Choices are never cut."""
        return self.sizeHint()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Choose what is under the pointer."""
        index = self._index_at(event.position().x())
        if index >= 0:
            self.choose(self._parts()[index][0])

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Show the hover look."""
        self._hover = self._index_at(event.position().x())
        self.update()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Move with ← and →."""
        step = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1}.get(Qt.Key(event.key()), 0)
        index = self._position() + step
        if step and 0 <= index < len(self._options):
            self.choose(self._options[index][0])
        elif not step:
            super().keyPressEvent(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Repaint with focus."""
        super().focusInEvent(event)
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the box, the chosen part and the texts."""
        parts = self._parts()
        paint_segments(
            QPainter(self),
            QRectF(0, 0, sum(self._widths(parts)), self.height()),
            parts,
            self._current,
            hover=self._hover if self.underMouse() else -1,
            role=self._role(),
            enabled=self.isEnabled(),
            pad=self._pad(),
        )

    def _role(self) -> Role:
        return Role.BODY if self._height >= m.CONTROL else Role.SMALL

    def _parts(self) -> Sequence[Option]:
        """Return what is drawn."""
        return self._options

    def _pad(self) -> float:
        """Return the air left and right of a text, px at 100 %; 0 for the usual."""
        return 0

    def _widths(self, options: Sequence[Option]) -> list[int]:
        return segment_widths(options, self._role(), self._pad())

    def _index_at(self, x: float) -> int:
        left = 0
        for index, width in enumerate(self._widths(self._parts())):
            if left <= x < left + width:
                return index
            left += width
        return -1

    def _position(self) -> int:
        return next((i for i, (key, _) in enumerate(self._options) if key == self._current), 0)

    def _restyle(self) -> None:
        chosen = next((text for key, text in self._options if key == self._current), "")
        self.setAccessibleDescription(chosen)
        self.updateGeometry()
        self.update()


def segment_widths(options: Sequence[Option], role: Role, pad: float = 0) -> list[int]:
    """Return the width of each part, px on screen; ``pad`` px at 100 % left and right of a text, 0 for the usual."""
    theme = Theme.current()
    metrics = QFontMetrics(theme.font(role, bold=True))
    air = theme.px(pad or (m.GAP_M if role is Role.BODY else m.GAP_S))
    return [metrics.horizontalAdvance(text) + 2 * air for _, text in options]


def paint_segments(
    painter: QPainter,
    area: QRectF,
    options: Sequence[Option],
    current: str,
    *,
    hover: int = -1,
    role: Role = Role.SMALL,
    enabled: bool = True,
    pad: float = 0,
) -> None:
    """Draw the box, the chosen part and the texts, also inside a table cell."""
    theme = Theme.current()
    rounded(painter, area, m.RADIUS_CONTROL, theme.color("surface"), theme.color("line2"))
    clip = QPainterPath()
    radius = theme.px(m.RADIUS_CONTROL)
    clip.addRoundedRect(area.adjusted(1, 1, -1, -1), radius - 1, radius - 1)
    left = area.left()
    for index, ((key, text), width) in enumerate(zip(options, segment_widths(options, role, pad), strict=True)):
        part = QRectF(left, area.top(), width, area.height())
        chosen = key == current
        if chosen or index == hover:
            painter.save()
            painter.setClipPath(clip)
            painter.fillRect(part, theme.color("selected" if chosen else "hover"))
            painter.restore()
        if index:
            painter.setPen(QPen(theme.color("line2"), 1))
            painter.drawLine(QPointF(left + 0.5, area.top() + 1), QPointF(left + 0.5, area.bottom() - 2))
        painter.setFont(theme.font(role, bold=chosen))
        painter.setPen(theme.color("accent" if chosen and enabled else "text2" if enabled else "text3"))
        painter.drawText(part, int(Qt.AlignmentFlag.AlignCenter), text)
        left += width
