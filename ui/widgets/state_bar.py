"""How all rows divide among the four states: counts above, one thin bar below, proof beside."""

from collections.abc import Sequence

from PySide6.QtCore import QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFocusEvent, QFontMetricsF, QKeyEvent, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from ui import figures
from ui.theme import metrics as m
from ui.theme.icons import paint_icon
from ui.theme.theme import Theme, follow_theme
from ui.theme.type_roles import Role
from ui.widgets.painting import paint_focus, rounded
from ui.widgets.pressable import PRESSING
from ui.widgets.states import FOUR_STATES, look

_MINIMUM = 4


class FourStateBar(QWidget):
    """Counts of 已勾对, 在途, 差异, 排除 in this order; ``chosen`` carries the state that was clicked.

    ←→ walk through the states while it has the focus, Enter or Space chooses; the one it stands on has the outline.
    """

    chosen = Signal(str)

    def __init__(self, with_labels: bool = True) -> None:
        super().__init__()
        self._counts: dict[str, int] = dict.fromkeys(FOUR_STATES, 0)
        self._total: int | None = None
        self._with_labels = with_labels
        self._hits: list[tuple[QRectF, str]] = []
        self._at = FOUR_STATES[0]
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        follow_theme(self._restyle)

    def set_counts(self, matched: int, timing: int, difference: int, excluded: int, total: int | None = None) -> None:
        """Show counts; ``total`` is what they must add up to, and the proof says so."""
        self._counts = dict(zip(FOUR_STATES, (matched, timing, difference, excluded), strict=True))
        self._total = total
        said = [f"{word} {figures.plain(self._counts[state])}" for state, word in self._words()]
        self.setAccessibleName("; ".join([*said, self._proof()]))
        self.setToolTip(self._proof())
        self._restyle()

    def sizeHint(self) -> QSize:
        """Return room for labels and bar."""
        px = Theme.current().px
        return QSize(px(360), px(36 if self._with_labels else 8))

    def minimumSizeHint(self) -> QSize:
        """The bar alone may be short."""
        return QSize(Theme.current().px(80), self.sizeHint().height())

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Tell which state was clicked."""
        state = next((state for box, state in self._hits if box.contains(event.position())), "")
        if state:
            self.chosen.emit(state)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Walk with ← and →, choose by the keys that press."""
        step = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1}.get(Qt.Key(event.key()), 0)
        if step:
            self._at = FOUR_STATES[min(max(0, FOUR_STATES.index(self._at) + step), len(FOUR_STATES) - 1)]
            self._tell()
            self.update()
        elif event.key() in PRESSING:
            self.chosen.emit(self._at)
        else:
            super().keyPressEvent(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Show where the keys stand."""
        super().focusInEvent(event)
        self._tell()
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw labels and bar, and with the focus the outline of the state the keys stand on."""
        painter = QPainter(self)
        self._hits = []
        if self._with_labels:
            self._paint_labels(painter)
        self._paint_bar(painter)
        if self.hasFocus():
            whole = QRectF(self.rect())
            paint_focus(painter, next((box for box, state in self._hits if state == self._at), whole), m.RADIUS_BAR)

    def _tell(self) -> None:
        word = next(word for state, word in self._words() if state == self._at)
        self.setAccessibleDescription(f"{word} {figures.plain(self._counts[self._at])}")

    def _words(self) -> Sequence[tuple[str, str]]:
        words = (self.tr("Matched"), self.tr("In transit"), self.tr("Different"), self.tr("Excluded"))
        return tuple(zip(FOUR_STATES, words, strict=True))

    def _proof(self) -> str:
        if self._total is None:
            return ""
        added = sum(self._counts.values())
        if added == self._total:
            return self.tr("Sum {sum} = all rows").format(sum=figures.plain(added))
        return self.tr("Sum {sum}, but {total} rows").format(sum=figures.plain(added), total=figures.plain(self._total))

    def _paint_labels(self, painter: QPainter) -> None:
        theme = Theme.current()
        left, height = 0.0, theme.px(20)
        flags = int(Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft)
        square = theme.px(8)
        normal, strong = theme.font(Role.SMALL), theme.font(Role.SMALL, bold=True, figures=True)
        words, gap = self._fitting(QFontMetricsF(normal), QFontMetricsF(strong))
        for state, word in words:
            box = QRectF(left, (height - square) / 2, square, square)
            rounded(painter, box, m.RADIUS_BAR, theme.color(look(state).fill))
            x = left + square + theme.px(m.CELL_PAD)
            painter.setFont(normal)
            painter.setPen(theme.color("text2"))
            painter.drawText(QPointF(x, height / 2 + QFontMetricsF(normal).ascent() / 2 - theme.px(1)), word)
            x += QFontMetricsF(normal).horizontalAdvance(word) + theme.px(m.CELL_PAD)
            count = figures.plain(self._counts[state])
            painter.setFont(strong)
            painter.setPen(theme.color("ink"))
            painter.drawText(QPointF(x, height / 2 + QFontMetricsF(strong).ascent() / 2 - theme.px(1)), count)
            x += QFontMetricsF(strong).horizontalAdvance(count)
            self._hits.append((QRectF(left, 0, x - left, height), state))
            left = x + gap
        proof = self._proof()
        if proof:
            good = sum(self._counts.values()) == self._total
            size = theme.px(m.ICON_SMALL)
            token = "matched" if good else "difference"
            paint_icon(
                painter, QRectF(left, (height - size) / 2, size, size), "tick" if good else "alert", theme.color(token)
            )
            painter.setFont(normal)
            painter.setPen(theme.color(token))
            left += size + theme.px(m.CELL_PAD)
            room = self.width() - left
            # Without room the tick says it alone; the words are in the name of the bar.
            if painter.fontMetrics().horizontalAdvance(proof) <= room + 1 or not good:
                shown = painter.fontMetrics().elidedText(proof, Qt.TextElideMode.ElideRight, int(room) + 1)
                painter.drawText(QRectF(left, 0, room, height), flags, shown)

    def _fitting(self, normal: QFontMetricsF, strong: QFontMetricsF) -> tuple[list[tuple[str, str]], float]:
        """The words and the gap between them: where they lack room they come nearer, then words are cut, no count."""
        px, words = Theme.current().px, list(self._words())
        gap, near = float(px(m.GAP)), float(px(m.GAP_S))
        said = sum(normal.horizontalAdvance(word) for _, word in words)
        counts = sum(strong.horizontalAdvance(figures.plain(self._counts[state])) for state, _ in words)
        tick = px(m.ICON_SMALL) if self._proof() else 0
        gaps = len(words) if tick else len(words) - 1
        fixed = counts + tick + len(words) * (px(8) + 2 * px(m.CELL_PAD))
        gap = min(gap, max(near, (self.width() - fixed - said) / gaps))
        room = self.width() - fixed - gaps * gap
        if said <= room + 1:
            return words, gap
        share = max(0.0, room / said)
        cut = Qt.TextElideMode.ElideRight
        return [(one, normal.elidedText(word, cut, normal.horizontalAdvance(word) * share)) for one, word in words], gap

    def _paint_bar(self, painter: QPainter) -> None:
        height = Theme.current().px(8)
        area = QRectF(0, self.height() - height, self.width(), height)
        for part, state in paint_states(painter, area, [self._counts[state] for state in FOUR_STATES]):
            self._hits.append((part.adjusted(0, -2, 0, 2), state))

    def _restyle(self) -> None:
        self.updateGeometry()
        self.update()


def paint_states(painter: QPainter, area: QRectF, counts: Sequence[int]) -> list[tuple[QRectF, str]]:
    """Draw how counts divide among the four states; returns each part with its state."""
    theme = Theme.current()
    shown = [(state, count) for state, count in zip(FOUR_STATES, counts, strict=True) if count > 0]
    if not shown:
        rounded(painter, area, m.RADIUS_BAR, theme.color("sunken"))
        return []
    widths = _shares([count for _, count in shown], area.width() - (len(shown) - 1), theme.px(_MINIMUM))
    parts, left = [], area.left()
    for (state, _), width in zip(shown, widths, strict=True):
        part = QRectF(left, area.top(), width, area.height())
        rounded(painter, part, m.RADIUS_BAR, theme.color(look(state).fill))
        parts.append((part, state))
        left += width + 1
    return parts


def _shares(counts: Sequence[int], room: float, least: float) -> list[float]:
    """Divide ``room`` by true shares, but give every part at least ``least``."""
    raised: set[int] = set()
    while True:
        rest = sum(count for place, count in enumerate(counts) if place not in raised)
        free = room - least * len(raised)
        # What the raised parts take from the others may push one of these below the least as well.
        small = {p for p, count in enumerate(counts) if p not in raised and free * count / rest < least}
        if not small or raised | small == set(range(len(counts))):
            return [least if p in raised else free * count / rest for p, count in enumerate(counts)]
        raised |= small
