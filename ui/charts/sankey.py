"""Money from sources through states to accounts: ribbons as thick as their sums, every one with its figures."""

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QFocusEvent,
    QFontMetricsF,
    QGuiApplication,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
)
from PySide6.QtWidgets import QSizePolicy, QToolTip, QWidget

from ui.charts.sankey_layout import HEAD, LEFT, RIGHT, Laid, Node, Ribbon, lay_out
from ui.theme import metrics as m
from ui.theme.theme import Theme, follow_theme
from ui.theme.type_roles import Role
from ui.widgets.painting import paint_focus, rounded
from ui.widgets.pressable import PRESSING

_FAINT, _CLEAR = 0.28, 0.6
# The labels of the states lie where ribbons pass: so much of the card covers what is behind a word.
_COVER = 0.82


class Sankey(QWidget):
    """Draws nodes in three columns and ribbons between them.

    ``chosen(key)`` by click or Enter. ↑↓ walk through nodes and ribbons, Ctrl+C copies the figures.
    """

    chosen = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self._nodes: tuple[Node, ...] = ()
        self._ribbons: tuple[Ribbon, ...] = ()
        self._heads: tuple[str, str, str] = ("", "", "")
        self._laid = Laid()
        self._lit = ""
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setMouseTracking(True)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        follow_theme(self._arrange)

    def set_data(self, nodes: Sequence[Node], ribbons: Sequence[Ribbon], heads: tuple[str, str, str]) -> None:
        """Show other figures; what is lit stays lit where it is still there."""
        self._nodes, self._ribbons, self._heads = tuple(nodes), tuple(ribbons), heads
        if self._lit not in self._keys():
            self._lit = ""
        self.setAccessibleDescription("\n".join(self._about(key) for key in self._keys()))
        self._arrange()

    def rows(self) -> list[tuple[str, str]]:
        """Return every node and ribbon with its figures, for export and for readers of the screen."""
        return [(one.name, one.shown) for one in self._nodes] + [(one.about, "") for one in self._ribbons]

    def export_picture(self, path: Path) -> bool:
        """Write the picture as it stands to a file."""
        return bool(self.grab().save(str(path)))

    def place_of(self, key: str) -> QPointF:
        """Return a point of a node or ribbon on the widget."""
        if key in self._laid.boxes:
            return self._laid.boxes[key].center()
        path = self._laid.paths[key]
        return path.pointAtPercent(0.24) if not path.isEmpty() else QPointF()

    @property
    def lit(self) -> str:
        """The key under the mouse or chosen by keys."""
        return self._lit

    def minimumSizeHint(self) -> QSize:
        """Room for the labels."""
        px = Theme.current().px
        return QSize(px(LEFT + RIGHT + 240), px(200))

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw ribbons, blocks and labels."""
        theme, painter = Theme.current(), QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        near = self._near()
        for ribbon in sorted(self._ribbons, key=lambda one: one.key in near):
            colour = theme.color(ribbon.token)
            colour.setAlphaF(_CLEAR if ribbon.loud or ribbon.key in near else _FAINT)
            painter.fillPath(self._laid.paths[ribbon.key], colour)
        for node in self._nodes:
            box = self._laid.boxes[node.key]
            if box.height() > 0:
                rounded(painter, box, m.RADIUS_BAR, theme.color(node.token))
            self._paint_label(painter, node)
        self._paint_heads(painter)
        if self.hasFocus():
            paint_focus(painter, QRectF(self.rect()), m.RADIUS_BADGE)

    def resizeEvent(self, _event: QEvent) -> None:
        """Place everything anew."""
        self._arrange()

    # By mouse and by keys.

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Light what is below the mouse and say its figures."""
        key = self._at(event.position())
        if key != self._lit:
            self._lit = key
            self.update()
        if key:
            QToolTip.showText(event.globalPosition().toPoint(), self._about(key), self)
        else:
            QToolTip.hideText()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Choose what is below the mouse."""
        self.setFocus(Qt.FocusReason.MouseFocusReason)
        key = self._at(event.position())
        if key:
            self.chosen.emit(key)

    def leaveEvent(self, event: QEvent) -> None:
        """Light nothing."""
        self._lit = ""
        self.update()
        super().leaveEvent(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Walk with ↑↓, choose with Enter, copy with Ctrl+C."""
        key, keys = Qt.Key(event.key()), self._keys()
        if key in {Qt.Key.Key_Down, Qt.Key.Key_Up} and keys:
            step = 1 if key == Qt.Key.Key_Down else -1
            place = keys.index(self._lit) + step if self._lit else (0 if step > 0 else len(keys) - 1)
            self._lit = keys[place % len(keys)]
            self.update()
            QToolTip.showText(self.mapToGlobal(self.place_of(self._lit).toPoint()), self._about(self._lit), self)
        elif key in PRESSING and self._lit:
            self.chosen.emit(self._lit)
        elif key == Qt.Key.Key_C and event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            QGuiApplication.clipboard().setText("\n".join("\t".join(row).rstrip() for row in self.rows()))
        else:
            event.ignore()

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Show the focus outline."""
        super().focusInEvent(event)
        self.update()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Take it away."""
        super().focusOutEvent(event)
        self.update()

    def _keys(self) -> list[str]:
        return [one.key for one in self._nodes] + [one.key for one in self._ribbons]

    def _about(self, key: str) -> str:
        for node in self._nodes:
            if node.key == key:
                return node.about or f"{node.name} {node.shown}"
        return next((one.about for one in self._ribbons if one.key == key), "")

    def _at(self, point: QPointF) -> str:
        for places in (self._laid.boxes, self._laid.labels):
            for key, box in places.items():
                if box.adjusted(-2, -1, 2, 1).contains(point):
                    return key
        # The thinnest lies on top: a wide one can be hit beside it.
        hits = [one for one in self._ribbons if self._laid.paths[one.key].contains(point)]
        return min(hits, key=lambda one: one.value).key if hits else ""

    def _near(self) -> set[str]:
        """The ribbons of what is lit."""
        return {one.key for one in self._ribbons if self._lit and self._lit in {one.key, one.source, one.target}}

    def _arrange(self) -> None:
        self._laid = lay_out(self._nodes, self._ribbons, self.width(), self.height())
        self.update()

    # Words.

    def _paint_heads(self, painter: QPainter) -> None:
        theme = Theme.current()
        painter.setFont(theme.font(Role.SMALL))
        painter.setPen(theme.color("text3"))
        places = [0.0] + [
            next((self._laid.boxes[one.key].left() for one in self._nodes if one.column == number), -1.0)
            for number in (1, 2)
        ]
        for x, head in zip(places, self._heads, strict=True):
            if x >= 0 and self._nodes:
                box = QRectF(x, 0, theme.px(240), theme.px(HEAD) - theme.px(m.GAP_XS))
                painter.drawText(box, int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter), head)

    def _paint_label(self, painter: QPainter, node: Node) -> None:
        theme, box = Theme.current(), self._laid.labels[node.key]
        name, amount = theme.font(Role.BODY, bold=node.column == 1), theme.font(Role.BODY, figures=True)
        colour = theme.color("difference" if node.loud else "ink")
        middle, left, right = Qt.AlignmentFlag.AlignVCenter, Qt.AlignmentFlag.AlignLeft, Qt.AlignmentFlag.AlignRight
        if node.column == 2:
            half = box.height() / 2
            line = float(theme.px(20))
            painter.setFont(name)
            painter.setPen(theme.color("text2"))
            top = box.top() + half - line
            self._write(painter, QRectF(box.left(), top, box.width(), line), node.name, left | middle)
            painter.setFont(theme.font(Role.BODY, bold=True, figures=True))
            painter.setPen(colour)
            self._write(painter, QRectF(box.left(), top + line, box.width(), line), node.shown, left | middle)
            if node.second and box.height() >= 3 * line:
                painter.setFont(theme.font(Role.SMALL, figures=True))
                painter.setPen(theme.color("text3"))
                self._write(painter, QRectF(box.left(), top + 2 * line, box.width(), line), node.second, left | middle)
            return
        painter.setPen(colour)
        painter.setFont(amount)
        room = theme.px(120) if node.column == 0 else theme.px(150)
        taken = min(QFontMetricsF(amount).horizontalAdvance(node.shown) + theme.px(m.GAP_S), box.width())
        if node.column == 0:
            self._write(painter, box, node.shown, right | middle)
            words = box.adjusted(0, 0, -taken, 0)
        else:
            sums = QRectF(box.left() + room, box.top(), box.width() - room, box.height())
            self._cover(painter, sums, node.shown)
            self._write(painter, sums, node.shown, left | middle)
            words = QRectF(box.left(), box.top(), room - theme.px(m.GAP_XS), box.height())
        painter.setFont(name)
        if node.column == 1:
            self._cover(painter, words, node.name)
        self._write(painter, words, node.name, left | middle)

    @staticmethod
    def _cover(painter: QPainter, box: QRectF, text: str) -> None:
        """Lay the card's own colour behind a word, so that it is read whatever ribbon passes there."""
        theme, metrics = Theme.current(), QFontMetricsF(painter.font())
        room, pad = QRectF(box), float(theme.px(m.GAP_XS)) / 2
        room.setWidth(min(metrics.horizontalAdvance(text), box.width()))
        room.setTop(box.center().y() - metrics.height() / 2)
        room.setHeight(metrics.height())
        colour = theme.color("surface")
        colour.setAlphaF(_COVER)
        rounded(painter, room.adjusted(-pad, 0, pad, 0), m.RADIUS_BAR, colour)

    @staticmethod
    def _write(painter: QPainter, box: QRectF, text: str, align: Qt.AlignmentFlag) -> None:
        shown = painter.fontMetrics().elidedText(text, Qt.TextElideMode.ElideRight, int(box.width()) + 1)
        painter.drawText(box, int(align), shown)
