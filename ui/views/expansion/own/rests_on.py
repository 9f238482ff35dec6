"""On how much of the chain's own experience the inputs rest, and the way to what mature stores sell."""

from __future__ import annotations

from PySide6.QtCore import QEvent, Signal
from PySide6.QtWidgets import QWidget

from chainbrain.expansion.own_stores import StoreTemplate
from ui.theme.type_roles import Role
from ui.views.expansion import marks
from ui.views.expansion.own.levels_dialog import LevelsDialog
from ui.widgets import HBox, Label, LinkButton, VBox


class RestsOn(QWidget):
    """``sales_taken`` carries the median of a group of mature stores that the owner took over, in yuan."""

    sales_taken = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        self._template: StoreTemplate | None = None
        self._words, self.levels = Label(role=Role.SMALL, color="text2", wrap=True), LinkButton()
        VBox(self, spacing=2).add(self._words, HBox().add(self.levels, 0))
        self.levels.clicked.connect(self._show_levels)
        self.retranslate()

    @property
    def words(self) -> str:
        """What is said."""
        return self._words.text()

    def set_template(self, template: StoreTemplate) -> None:
        """Show what other own stores say."""
        self._template = template
        self.retranslate()

    def retranslate(self) -> None:
        """Set every text."""
        template = self._template
        self._words.setText(marks.rests_on(template) if template is not None else "")
        self.levels.setText(self.tr("By format, city tier and size…"))
        self.levels.setVisible(template is not None and bool(template.levels))

    def changeEvent(self, event: QEvent) -> None:
        """Follow a switch of the language."""
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()
        super().changeEvent(event)

    def _show_levels(self) -> None:
        if self._template is not None:
            dialog = LevelsDialog(self._template.levels, self)
            if dialog.exec() and dialog.taken is not None:
                self.sales_taken.emit(dialog.taken)
            dialog.deleteLater()
