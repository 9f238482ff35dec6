"""What only some stores need: fields and lists that stay folded until somebody asks for them or uses them."""

from __future__ import annotations

from collections.abc import Iterable

from PySide6.QtWidgets import QWidget

from ui.widgets import HBox, LinkButton, VBox


class Fold(QWidget):
    """A link that shows and hides the rows below it."""

    def __init__(self, rows: Iterable[QWidget]) -> None:
        super().__init__()
        self._link, self._rows = LinkButton(), QWidget()
        VBox(self._rows, spacing=4).add(*rows)
        self._rows.hide()
        VBox(self, spacing=4).add(HBox().add(self._link, 0), self._rows)
        self._link.clicked.connect(lambda: self.unfold(self._rows.isHidden()))

    @property
    def folded(self) -> bool:
        """Whether the rows are hidden."""
        return self._rows.isHidden()

    def unfold(self, shown: bool) -> None:
        """Show or hide the rows."""
        self._rows.setVisible(shown)
        self.retranslate()

    def retranslate(self) -> None:
        """Set every text."""
        self._link.setText(self.tr("More") if self.folded else self.tr("Less"))
