"""Small parts of the form: a choice that the wheel does not change, a named field with its reason."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import QSignalBlocker, Qt
from PySide6.QtGui import QWheelEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from ui.theme import metrics as m
from ui.theme.type_roles import Role
from ui.widgets import Choice, ElidedLabel, HBox, Label, VBox, scaled

_NAME = 84
Option = tuple[str, str]
"""Key and shown text."""


class QuietChoice(Choice):
    """A choice inside a scrolled form: the wheel scrolls the form and never changes a meaning unseen."""

    def __init__(self) -> None:
        super().__init__()
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setMinimumContentsLength(4)
        self.setSizeAdjustPolicy(Choice.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Leave the wheel to the form."""
        event.ignore()

    def offer(self, options: Sequence[Option], current: str, hint: Callable[[str], str] | None = None) -> None:
        """Show these choices without telling anyone; ``hint`` says more about one while the list is open."""
        with QSignalBlocker(self):
            self.clear()
            for key, text in options:
                self.addItem(text, key)
                if hint is not None:
                    self.setItemData(self.count() - 1, hint(key), Qt.ItemDataRole.ToolTipRole)
            self.setCurrentIndex(max(0, self.findData(current)))

    @property
    def key(self) -> str:
        """The chosen key."""
        return str(self.currentData() or "")


class Field(QWidget):
    """A name at the left, an input at the right, the reason in small words below."""

    def __init__(self, control: QWidget) -> None:
        super().__init__()
        self._name = ElidedLabel(color="text2")
        self._reason = Label(role=Role.SMALL, color="text3", wrap=True)
        self._control = control
        scaled(self._name, width=_NAME)
        row = HBox(spacing=m.GAP_S).add(self._name, control)
        if control.sizePolicy().horizontalPolicy() == QSizePolicy.Policy.Fixed:
            row.addStretch(1)
        below = HBox(margins=(_NAME + m.GAP_S, 0, 0, 0)).add(self._reason)
        VBox(self, spacing=m.GAP_XS).add(row, below)

    def say(self, name: str, reason: str = "", *, wanted: bool = False) -> None:
        """Name the field; ``wanted`` marks it as still lacking."""
        self._name.setText(name)
        self._name.set_color("timing" if wanted else "text2")
        self._reason.setText(reason)
        self._reason.setVisible(bool(reason))
        self._control.setAccessibleName(name)
        self._control.setAccessibleDescription(reason)
