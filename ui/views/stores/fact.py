"""A small label over a bold figure."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from ui.theme import metrics as m
from ui.theme.type_roles import Role
from ui.widgets import HBox, Label, VBox


class Fact(QWidget):
    """A small label over a bold figure with a second figure beside it."""

    def __init__(self) -> None:
        super().__init__()
        self._label = Label(role=Role.SMALL, color="text2")
        self._figure, self._beside = Label(bold=True, figures=True), Label(figures=True)
        line = HBox(spacing=m.GAP_S).add(self._figure, self._beside, 0)
        VBox(self).add(self._label, line)

    def set_texts(self, label: str, figure: str, beside: str = "") -> None:
        """Change label, figure and the one beside it."""
        self._label.setText(label)
        self._figure.setText(figure)
        self._beside.setText(beside)
        self._beside.setVisible(bool(beside))
        self.setAccessibleName(f"{label} {figure} {beside}".strip())
