"""The line that says up to which day the figures go and whose files are missing."""

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFontMetrics, QHelpEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QToolTip, QWidget

from ui.theme import metrics as m
from ui.theme.icons import paint_icon
from ui.theme.theme import Theme, follow_theme
from ui.theme.type_roles import Role
from ui.widgets import HBox, LinkButton


@dataclass(frozen=True)
class Source:
    """One source: its words, whether all is there, and the full list of what lacks for the hover."""

    text: str
    complete: bool
    full: str = ""


class _Sources(QWidget):
    """Painted sources; when room is short the complete ones give way."""

    def __init__(self) -> None:
        super().__init__()
        self._head = ""
        self._sources: tuple[Source, ...] = ()
        self._places: list[tuple[QRectF, Source]] = []
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        follow_theme(self.update)

    def set_content(self, head: str, sources: Sequence[Source]) -> None:
        """Show another state."""
        self._head, self._sources = head, tuple(sources)
        self.setAccessibleName("; ".join([head, *(source.text for source in sources)]))
        self.update()

    def sizeHint(self) -> QSize:
        """Return one line."""
        px = Theme.current().px
        return QSize(px(320), px(28))

    def event(self, event: QEvent) -> bool:
        """Say everything that lacks on hover."""
        if isinstance(event, QHelpEvent):
            found = next((s for box, s in self._places if box.contains(QPointF(event.pos()))), None)
            QToolTip.showText(event.globalPos(), (found.full or found.text) if found else "", self)
            return True
        return super().event(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the day and the sources."""
        theme, painter = Theme.current(), QPainter(self)
        flags = int(Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft)
        painter.setFont(theme.font(Role.SMALL, bold=True, figures=True))
        painter.setPen(theme.color("ink"))
        painter.drawText(QRectF(self.rect()), flags, self._head)
        left = painter.fontMetrics().horizontalAdvance(self._head) + theme.px(m.GAP)
        font = theme.font(Role.SMALL, figures=True)
        metrics = QFontMetrics(font)
        painter.setFont(font)
        icon, gap = theme.px(m.ICON_SMALL), theme.px(m.GAP_XS)
        self._places = []
        for source in self._fitting(metrics, self.width() - left):
            colour = theme.color("matched" if source.complete else "timing")
            middle = self.height() / 2
            paint_icon(
                painter, QRectF(left, middle - icon / 2, icon, icon), "tick" if source.complete else "clock", colour
            )
            painter.setPen(theme.color("text2") if source.complete else colour)
            room = self.width() - left - icon - gap
            shown = metrics.elidedText(source.text, Qt.TextElideMode.ElideRight, int(room))
            width = metrics.horizontalAdvance(shown)
            painter.drawText(QRectF(left + icon + gap, 0, width + 2, self.height()), flags, shown)
            self._places.append((QRectF(left, 0, icon + gap + width, self.height()), source))
            left += icon + gap + width + theme.px(m.GAP)

    def _fitting(self, metrics: QFontMetrics, room: float) -> list[Source]:
        px = Theme.current().px
        extra = px(m.ICON_SMALL) + px(m.GAP_XS) + px(m.GAP)
        widths = {id(source): metrics.horizontalAdvance(source.text) + extra for source in self._sources}
        shown = set(widths)
        # From the right, complete sources leave first: what lacks must stay readable.
        for source in [*(s for s in reversed(self._sources) if s.complete)]:
            if sum(widths[key] for key in shown) <= room:
                break
            shown.discard(id(source))
        return [source for source in self._sources if id(source) in shown]


class FreshnessLine(QWidget):
    """Day, sources, and one link at the right; ``acted`` when it was chosen."""

    acted = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._sources, self._action = _Sources(), LinkButton()
        self._action.clicked.connect(self.acted)
        HBox(self, spacing=m.GAP).add(self._sources, self._action)

    def set_content(self, head: str, sources: Sequence[Source], action: str) -> None:
        """Show another state."""
        self._sources.set_content(head, sources)
        self._action.setText(action)
        self._action.setVisible(bool(action))

    @property
    def spoken(self) -> str:
        """The whole line as a screen reader says it."""
        return self._sources.accessibleName()
