"""Ctrl+K: type a few characters of a command, press Enter."""

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QObject, QPoint, Qt
from PySide6.QtGui import QAction, QKeyEvent, QKeySequence, QPainter, QPaintEvent
from PySide6.QtWidgets import QDialog, QLineEdit, QScrollArea, QWidget

from ui.theme import metrics as m
from ui.theme.theme import Theme, follow_theme
from ui.theme.type_roles import Role
from ui.widgets.layout import VBox, scaled
from ui.widgets.list_row import ListRow
from ui.widgets.text import Label

_WIDTH, _SHOWN = 420, 9


class CommandSearch(QDialog):
    """A list of commands narrowed while typing; ↑↓ choose, Enter runs."""

    def __init__(self, actions: Sequence[QAction], parent: QWidget) -> None:
        super().__init__(parent)
        self.setWindowFlags(Qt.WindowType.Popup)
        self._actions = [action for action in actions if action.text() and action.isEnabled()]
        self._rows: list[tuple[ListRow, QAction]] = []
        self._current = 0
        self._field = QLineEdit()
        self._field.setClearButtonEnabled(True)
        self._field.installEventFilter(self)
        self._field.textChanged.connect(self._narrow)
        self._list = QWidget()
        self._rows_box = VBox(self._list)
        self._nothing = Label(role=Role.SMALL, color="text3")
        area = QScrollArea()
        area.setWidget(self._list)
        area.setWidgetResizable(True)
        area.setFrameShape(QScrollArea.Shape.NoFrame)
        area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        scaled(self._field, height=m.CONTROL_START)
        scaled(area, height=m.ROW * _SHOWN)
        VBox(self, (m.GAP_S, m.GAP_S, m.GAP_S, m.GAP_S), m.GAP_S).add(self._field, self._nothing, area)
        scaled(self, width=_WIDTH)
        self._scroll = area
        self._field.setPlaceholderText(self.tr("Type a command"))
        self._field.setAccessibleName(self.tr("Search commands"))
        self._nothing.setText(self.tr("No such command here"))
        self.setAccessibleName(self.tr("Search commands"))
        self._narrow("")
        follow_theme(self.update)

    def open_at(self, place: QPoint) -> None:
        """Show it with its right upper corner at a point of the screen."""
        self.adjustSize()
        self.move(place - QPoint(self.width(), 0))
        self.show()
        self._field.setFocus()

    def found(self) -> list[str]:
        """Return the texts of the commands that fit what was typed."""
        return [action.text() for _, action in self._rows]

    def type_text(self, text: str) -> None:
        """Put a text into the field."""
        self._field.setText(text)

    def run_current(self) -> None:
        """Run the chosen command."""
        if self._rows:
            action = self._rows[self._current][1]
            self.close()
            action.trigger()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Move and run while the field keeps the keyboard."""
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            step = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1}.get(Qt.Key(event.key()), 0)
            if step:
                self._choose(self._current + step)
                return True
            if event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
                self.run_current()
                return True
        return super().eventFilter(watched, event)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw ground and border."""
        theme, painter = Theme.current(), QPainter(self)
        painter.fillRect(self.rect(), theme.color("surface"))
        painter.setPen(theme.color("line2"))
        painter.drawRect(self.rect().adjusted(0, 0, -1, -1))

    def _narrow(self, text: str) -> None:
        wanted = text.casefold().split()
        for row, _ in self._rows:
            self._rows_box.removeWidget(row)
            row.hide()
            row.deleteLater()
        while self._rows_box.count():
            self._rows_box.takeAt(0)
        fitting = [a for a in self._actions if all(part in a.text().casefold() for part in wanted)]
        self._rows = []
        for action in fitting:
            keys = action.shortcut().toString(QKeySequence.SequenceFormat.NativeText)
            row = ListRow(action.text().replace("&", ""), right=keys, ruled=False)
            row.setFocusPolicy(Qt.FocusPolicy.NoFocus)
            row.clicked.connect(lambda chosen=action: self._run(chosen))
            self._rows.append((row, action))
            self._rows_box.addWidget(row)
        self._rows_box.addStretch(1)
        self._nothing.setVisible(not fitting)
        self._choose(0)

    def _choose(self, number: int) -> None:
        if not self._rows:
            return
        self._current = min(len(self._rows) - 1, max(0, number))
        for index, (row, _) in enumerate(self._rows):
            row.set_selected(index == self._current)
        self._scroll.ensureWidgetVisible(self._rows[self._current][0], 0, 0)

    def _run(self, action: QAction) -> None:
        self.close()
        action.trigger()
