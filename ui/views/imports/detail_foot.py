"""What stands below the rows of a file: its own totals beside the month afterwards."""

from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QWidget

from ui.theme.theme import Theme, follow_theme
from ui.views.imports.controls_panel import ControlsPanel
from ui.views.imports.matrix_panel import MatrixPanel
from ui.widgets import HBox, Rule

_HEIGHT, _LOW = 204, 156
_CONTROLS, _SIDE_BY_SIDE, _CONTROLS_SHARE = 388, 520, 0.55


class DetailFoot(QWidget):
    """Totals left, month right; the month gives way where both do not fit."""

    def __init__(self) -> None:
        super().__init__()
        self.controls, self.matrix = ControlsPanel(), MatrixPanel()
        self._rule, self._low = Rule(vertical=True), False
        box = HBox(self).add(self.controls, self._rule, self.matrix)
        box.setStretch(2, 1)
        follow_theme(self._restyle)

    def set_low(self, low: bool) -> None:
        """Take less height, for the rows above; both parts scroll."""
        if low != self._low:
            self._low = low
            self._restyle()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Share the width."""
        super().resizeEvent(event)
        self._share()

    def _share(self) -> None:
        px = Theme.current().px
        room = self.width() >= px(_SIDE_BY_SIDE)
        self.matrix.setVisible(room)
        self._rule.setVisible(room)
        share = min(px(_CONTROLS), round(self.width() * _CONTROLS_SHARE))
        self.controls.setFixedWidth(share if room else self.width())

    def _restyle(self) -> None:
        self.setFixedHeight(Theme.current().px(_LOW if self._low else _HEIGHT))
        self._share()
