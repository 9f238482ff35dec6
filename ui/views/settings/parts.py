"""Parts of the settings pages: a labelled line and a page that words itself."""

from PySide6.QtCore import QEvent, Qt
from PySide6.QtWidgets import QWidget

from ui.theme import metrics as m
from ui.theme.type_roles import Role
from ui.views.base import AppContext
from ui.widgets import HBox, Label, VBox, scaled

_LABEL = 168


class Line(QWidget):
    """Label left, control right of it, a small explanation below the control."""

    def __init__(self, control: QWidget) -> None:
        super().__init__()
        self._label = Label()
        self._note = Label(role=Role.SMALL, color="text3", wrap=True)
        self._control = control
        scaled(self._label, width=_LABEL, min_height=m.CONTROL)
        # A control that is lower than the label stands in the middle of its line.
        inner = scaled(QWidget(), min_height=m.CONTROL)
        HBox(inner).add(control, 0)
        right = VBox(spacing=m.GAP_XS).add(inner, self._note)
        row = HBox(self, (0, m.CELL_PAD, 0, m.CELL_PAD), m.GAP)
        row.addWidget(self._label, 0, Qt.AlignmentFlag.AlignTop)
        row.addLayout(right, 1)

    def set_texts(self, label: str, note: str = "") -> None:
        """Change the words; the control takes the label as its accessible name."""
        self._label.setText(label)
        self._note.setText(note)
        self._note.setVisible(bool(note))
        self._control.setAccessibleName(label)


class Page(QWidget):
    """One page: knows the open book and words itself."""

    def __init__(self) -> None:
        super().__init__()
        self.context: AppContext | None = None

    def set_context(self, context: AppContext) -> None:
        """Take the open book."""
        self.context = context

    def refresh(self) -> None:
        """Show the current data."""

    def retranslate(self) -> None:
        """Set every text."""

    def changeEvent(self, event: QEvent) -> None:
        """Follow a switch of the language."""
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()
        super().changeEvent(event)
