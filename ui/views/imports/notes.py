"""Lines below the head of a file that a person should read before writing it, each with at most one link."""

from collections.abc import Mapping, Sequence

from PySide6.QtCore import QRectF, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

from ui.theme import metrics as m
from ui.theme.icons import paint_icon
from ui.theme.theme import Theme, follow_theme
from ui.theme.type_roles import Role
from ui.views.imports.head_words import Note
from ui.widgets import ElidedLabel, HBox, LinkButton, VBox, scaled
from ui.widgets.states import look

_HEIGHT = 32


class NoteLine(QWidget):
    """Icon, words, link; on the ground of its state when it warns."""

    acted = Signal()

    def __init__(self, note: Note, action: str) -> None:
        super().__init__()
        self._note = note
        self._text = ElidedLabel(note.text, role=Role.SMALL, color="ink" if self._warns else "text2")
        self._text.set_tip(note.tip)
        self._link = LinkButton(action)
        self._link.setVisible(bool(action))
        self._link.clicked.connect(self.acted)
        HBox(self, (m.GAP + m.ICON_SMALL + m.CELL_PAD, 0, m.GAP, 0), m.GAP_M).add(self._text, self._link)
        self.setAccessibleName(note.text)
        scaled(self, height=_HEIGHT)
        follow_theme(self.update)

    @property
    def note(self) -> Note:
        """What the line says."""
        return self._note

    @property
    def link(self) -> LinkButton:
        """What can be done about it."""
        return self._link

    @property
    def _warns(self) -> bool:
        return look(self._note.state).text == "timing"

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw ground, icon and rule."""
        theme, style, painter = Theme.current(), look(self._note.state), QPainter(self)
        if self._warns:
            painter.fillRect(self.rect(), theme.color(style.ground))
        painter.fillRect(0, self.height() - 1, self.width(), 1, theme.color("line"))
        size = theme.px(m.ICON_SMALL)
        box = QRectF(theme.px(m.GAP), (self.height() - size) / 2, size, size)
        paint_icon(painter, box, style.icon, theme.color(style.text))


class Notes(QWidget):
    """All lines of one file; ``acted(kind)`` by a link. Takes no room while there is nothing to say."""

    acted = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self._box = VBox(self)
        self._lines: list[NoteLine] = []

    @property
    def lines(self) -> tuple[NoteLine, ...]:
        """The shown lines."""
        return tuple(self._lines)

    def show_notes(self, notes: Sequence[Note], actions: Mapping[str, str]) -> None:
        """Show other lines.

        Args:
            notes: what to say.
            actions: word of the link by kind of note; a kind that is not named has none.
        """
        wanted = [(note, actions.get(note.kind, "")) for note in notes]
        if wanted == [(line.note, line.link.text()) for line in self._lines]:
            return
        for line in self._lines:
            self._box.removeWidget(line)
            line.hide()
            line.deleteLater()
        self._lines = [NoteLine(*pair) for pair in wanted]
        for line in self._lines:
            line.acted.connect(lambda kind=line.note.kind: self.acted.emit(kind))
            self._box.addWidget(line)
        self.setVisible(bool(self._lines))
