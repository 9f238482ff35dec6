"""The kinds of work of one leg with their counts, and below them what is settled."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import accumulate

from PySide6.QtCore import QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFontMetrics, QKeyEvent, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QSizePolicy

from ui import figures
from ui.theme import metrics as m
from ui.theme.icons import paint_icon
from ui.theme.theme import Theme, follow_theme
from ui.theme.type_roles import Role
from ui.views.reconcile.items import Group
from ui.widgets.hover_cells import HoverCells
from ui.widgets.painting import paint_focus

_HEAD = 36
_LEAST, _WIDE = 100, 180
_BROKEN = int(Qt.TextFlag.TextWordWrap | Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft)


@dataclass(frozen=True)
class WorkEntry:
    """One line: a group with its words, or a head when there is no group; no count is one that is not known yet.

    ``unsure`` is one that is being counted anew.
    """

    title: str
    count: int | None
    group: Group | None = None
    icon: str = ""
    token: str = "text2"
    unsure: bool = False


def _half(fonts: QFontMetrics, title: str) -> int:
    """Return the px of the longer line when a title stands on two; a Chinese one breaks anywhere, others at a space."""
    words, slack = title.split(), 2
    if not title.isascii():
        return fonts.horizontalAdvance(title) // 2 + fonts.horizontalAdvance(title[:1])
    parts = ((" ".join(words[:place]), " ".join(words[place:])) for place in range(1, len(words)))
    longer = (max(map(fonts.horizontalAdvance, pair)) for pair in parts)
    return min(longer, default=fonts.horizontalAdvance(title)) + slack


def _count(entry: WorkEntry) -> str:
    if entry.count is None:
        return ""
    return f"{figures.plain(entry.count)} …" if entry.unsure else figures.plain(entry.count)


class WorkList(HoverCells):
    """Painted lines; ``chosen(Group)`` by click or ↑↓, ``turned(step)`` to another leg by ← →.

    ``reworded`` when other lines are shown, which may need another width.
    """

    chosen = Signal(object)
    turned = Signal(int)
    reworded = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._entries: tuple[WorkEntry, ...] = ()
        self._current: Group | None = None
        # Where the lines begin and the last one ends, for one width: a paint and each move of the mouse ask for all.
        self._edges: tuple[int, list[int]] | None = None
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)
        follow_theme(self._restyle)

    @property
    def entries(self) -> tuple[WorkEntry, ...]:
        """The shown lines."""
        return self._entries

    @property
    def current(self) -> Group | None:
        """The chosen group."""
        return self._current

    def set_entries(self, entries: Sequence[WorkEntry], current: Group | None) -> None:
        """Show other lines, ``current`` being the chosen one."""
        self._entries, self._current = tuple(entries), current
        self._say()
        self._restyle()
        self.reworded.emit()

    def sizeHint(self) -> QSize:
        """Return room for every line."""
        return QSize(Theme.current().px(160), self._tops()[-1])

    def minimumSizeHint(self) -> QSize:
        """No line is cut in height; a long title gives its count room."""
        return QSize(Theme.current().px(_LEAST), self.sizeHint().height())

    @property
    def least_width(self) -> int:
        """The px on screen with which every title can be read, if need be on two lines."""
        fonts, theme, found = self._metrics(), Theme.current(), 0
        for entry in self._entries:
            if entry.group is None:
                beside = theme.px(m.GAP_S) + self._metrics(head=True).horizontalAdvance(entry.title)
            else:
                beside = self._before() + _half(fonts, entry.title)
            found = max(found, beside + fonts.horizontalAdvance(_count(entry)))
        return found + theme.px(3 * m.GAP_S)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Ask for other room: titles break where they did not before."""
        super().resizeEvent(event)
        if event.size().width() != event.oldSize().width():
            self.updateGeometry()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Move with ↑↓ Home End; ← → turn to another leg."""
        turns = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1}
        if (turn := turns.get(Qt.Key(event.key()))) is not None:
            self.turned.emit(turn)
            return
        places = [index for index, entry in enumerate(self._entries) if entry.group is not None]
        if not places:
            return
        at = next((n for n, index in enumerate(places) if self._entries[index].group == self._current), 0)
        steps = {Qt.Key.Key_Up: at - 1, Qt.Key.Key_Down: at + 1, Qt.Key.Key_Home: 0, Qt.Key.Key_End: len(places) - 1}
        key = Qt.Key(event.key())
        if key in steps:
            self._press(places[min(len(places) - 1, max(0, steps[key]))])
        else:
            super().keyPressEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw heads and groups."""
        theme, painter = Theme.current(), QPainter(self)
        for index, entry in enumerate(self._entries):
            row = self._row(index)
            if entry.group is None:
                self._paint_head(painter, row, entry)
                continue
            selected = entry.group == self._current
            if selected:
                painter.fillRect(row, theme.color("selected"))
                painter.fillRect(QRectF(0, row.top(), theme.px(m.EDGE), row.height()), theme.color("accent"))
            elif index == self._hover:
                painter.fillRect(row, theme.color("hover"))
            self._paint_entry(painter, row, entry, selected)
            if selected and self.hasFocus():
                paint_focus(painter, row.adjusted(2, 2, -2, -2), m.RADIUS_BADGE)

    def _paint_head(self, painter: QPainter, row: QRectF, entry: WorkEntry) -> None:
        theme = Theme.current()
        area = self._area(row)
        middle = Qt.AlignmentFlag.AlignVCenter
        painter.setFont(theme.font(Role.SMALL, figures=True))
        painter.setPen(theme.color("text2"))
        count = _count(entry)
        room = int(area.width()) - painter.fontMetrics().horizontalAdvance(count) - theme.px(m.GAP_XS)
        title = painter.fontMetrics().elidedText(entry.title, Qt.TextElideMode.ElideRight, room)
        painter.drawText(area, int(middle | Qt.AlignmentFlag.AlignLeft), title)
        painter.drawText(area, int(middle | Qt.AlignmentFlag.AlignRight), count)

    def _paint_entry(self, painter: QPainter, row: QRectF, entry: WorkEntry, selected: bool) -> None:
        theme = Theme.current()
        area = self._area(row)
        middle, size = Qt.AlignmentFlag.AlignVCenter, theme.px(m.ICON_SMALL)
        if entry.icon:
            box = QRectF(area.left(), area.center().y() - size / 2, size, size)
            paint_icon(painter, box, entry.icon, theme.color("text3" if entry.count == 0 else entry.token))
        left = area.left() + self._before()
        painter.setFont(theme.font(Role.BODY, bold=selected, figures=True))
        painter.setPen(theme.color("text3" if entry.count == 0 else "ink"))
        count = _count(entry)
        painter.drawText(area, int(middle | Qt.AlignmentFlag.AlignRight), count)
        words = self._broken(entry)
        if words:
            painter.drawText(QRectF(left, row.top(), words, row.height()), _BROKEN, entry.title)
            return
        room = self._room(entry)
        shown = painter.fontMetrics().elidedText(entry.title, Qt.TextElideMode.ElideRight, room)
        painter.drawText(QRectF(left, row.top(), room, row.height()), int(middle | Qt.AlignmentFlag.AlignLeft), shown)

    def _metrics(self, *, head: bool = False) -> QFontMetrics:
        """Of the chosen line, the widest: choosing another one moves nothing."""
        role = Role.SMALL if head else Role.BODY
        return QFontMetrics(Theme.current().font(role, bold=not head, figures=True))

    def _before(self) -> int:
        """The px that icon and gap take before a title."""
        return Theme.current().px(m.ICON_SMALL) + Theme.current().px(m.GAP_S)

    def _room(self, entry: WorkEntry) -> int:
        """The px that a title has beside its count."""
        area = self._area(QRectF(0, 0, self.width(), 1))
        count = self._metrics().horizontalAdvance(_count(entry))
        return int(area.width()) - self._before() - count - Theme.current().px(m.GAP_S)

    def _broken(self, entry: WorkEntry) -> int:
        """Return the width of the two lines on which a title stands; 0 where it stands on one, or on no two."""
        fonts, room = self._metrics(), self._room(entry)
        whole = fonts.horizontalAdvance(entry.title)
        if entry.group is None or whole <= room:
            return 0
        # Two lines of about one length rather than a last character by itself.
        even = min(room, _half(fonts, entry.title))
        for width in (even, room):
            box = fonts.boundingRect(0, 0, width, 10 * fonts.height(), _BROKEN, entry.title)
            if box.width() <= width and box.height() <= 2 * fonts.lineSpacing() + 1:
                return width
        return 0

    def _area(self, row: QRectF) -> QRectF:
        """Where the words stand: nearer to the edges where there is little room for them."""
        px, wide = Theme.current().px, self.width() >= Theme.current().px(_WIDE)
        return row.adjusted(px(m.GAP_L if wide else m.GAP_S), 0, -px(m.GAP if wide else m.GAP_S), 0)

    def _height(self, entry: WorkEntry) -> int:
        if self._broken(entry):
            return 2 * self._metrics().lineSpacing() + Theme.current().px(m.GAP_S)
        return Theme.current().px(_HEAD if entry.group is None else m.ROW)

    def _tops(self) -> list[int]:
        if self._edges is None or self._edges[0] != self.width():
            heights = (self._height(entry) for entry in self._entries)
            self._edges = self.width(), [*accumulate(heights, initial=0)]
        return self._edges[1]

    def _row(self, index: int) -> QRectF:
        top, below = self._tops()[index : index + 2]
        return QRectF(0, top, self.width(), below - top)

    def _index_at(self, point: QPointF) -> int:
        for index, entry in enumerate(self._entries):
            if entry.group is not None and self._row(index).contains(point):
                return index
        return -1

    def _press(self, index: int) -> None:
        self._current = self._entries[index].group
        self._say()
        self.update()
        self.chosen.emit(self._current)

    def _say(self) -> None:
        entry = next((one for one in self._entries if one.group is not None and one.group == self._current), None)
        self.setAccessibleDescription(f"{entry.title} {_count(entry)}".strip() if entry else "")

    def _restyle(self) -> None:
        self._edges = None
        self.updateGeometry()
        self.update()
