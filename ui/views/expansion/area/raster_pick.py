"""Which rasters a trade area counts people by: one GeoTIFF, and the same of an earlier year."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFileDialog, QWidget

from ui.widgets import HBox, IconButton, SecondaryButton, VBox

_RASTERS = "*.tif *.tiff"


class RasterPick(QWidget):
    """``changed`` when other files are to be used."""

    changed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.raster: Path | None = None
        self.earlier: Path | None = None
        self.button, self.earlier_button = SecondaryButton(icon_name="file"), SecondaryButton(icon_name="file")
        self._clear = IconButton("cross")
        line = HBox(spacing=4)
        line.addWidget(self.button, 1)
        line.add(self._clear)
        VBox(self, spacing=4).add(line, self.earlier_button)
        for button in (self.button, self.earlier_button):
            # A long name must not widen the column.
            button.setSizePolicy(button.sizePolicy().Policy.Ignored, button.sizePolicy().verticalPolicy())
        self.button.clicked.connect(lambda: self._ask(earlier=False))
        self.earlier_button.clicked.connect(lambda: self._ask(earlier=True))
        self._clear.clicked.connect(lambda: self.take(None, None))
        self.retranslate()

    def take(self, raster: Path | None, earlier: Path | None) -> None:
        """Use these files and tell."""
        self.raster, self.earlier = raster, earlier
        self.retranslate()
        self.changed.emit()

    def retranslate(self) -> None:
        """Set every text."""
        self.button.setText(self.raster.name if self.raster else self.tr("Choose a GeoTIFF…"))
        self.button.setToolTip(str(self.raster or ""))
        self.earlier_button.setText(self.earlier.name if self.earlier else self.tr("The same, an earlier year…"))
        self.earlier_button.setToolTip(str(self.earlier or ""))
        self._clear.set_name(self.tr("Without a raster"))
        self._clear.setVisible(self.raster is not None)
        self.earlier_button.setVisible(self.raster is not None)

    def _ask(self, *, earlier: bool) -> None:
        chosen, _filter = QFileDialog.getOpenFileName(self, self.button.text(), "", _RASTERS)
        if chosen:
            self.take(*((self.raster, Path(chosen)) if earlier else (Path(chosen), None)))
