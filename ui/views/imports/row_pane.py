"""The chosen row in full, below the table: what its columns cut stands here and can be copied."""

from PySide6.QtCore import QEvent, Qt
from PySide6.QtWidgets import QWidget

from chainbrain.intake.preview import PreviewRow
from ui.theme import metrics as m
from ui.theme.type_roles import Role
from ui.views.imports.rows_model import in_full, tone_of
from ui.widgets import Label, Rule, VBox, scaled

_LEAST = 44


class RowPane(QWidget):
    """Reason, number, other party and memo of one row; keeps room for two lines so that the table stays still."""

    def __init__(self) -> None:
        super().__init__()
        self._row: PreviewRow | None = None
        self._text = Label(role=Role.SMALL, color="text2", wrap=True)
        self._text.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self._text.setAlignment(Qt.AlignmentFlag.AlignTop | Qt.AlignmentFlag.AlignLeft)
        scaled(self._text, min_height=_LEAST - 2 * m.CELL_PAD)
        words = VBox(margins=(m.GAP, m.CELL_PAD, m.GAP, m.CELL_PAD)).add(self._text)
        VBox(self).add(Rule(), words)
        self.retranslate()

    @property
    def text(self) -> str:
        """What the row says, as shown."""
        return self._text.text()

    def show_row(self, row: object) -> None:
        """Show another row, or none."""
        self._row = row if isinstance(row, PreviewRow) else None
        self.retranslate()

    def retranslate(self) -> None:
        """Set every text."""
        self._text.setText(in_full(self._row) if self._row is not None else "")
        self._text.set_color((tone_of(self._row) if self._row is not None else "") or "text2")
        self.setAccessibleName(self.tr("The chosen row in full"))
        self.setAccessibleDescription(self._text.text())

    def changeEvent(self, event: QEvent) -> None:
        """Follow a switch of the language."""
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()
        super().changeEvent(event)
