"""One column with every component in every state, on made-up figures."""

from PySide6.QtCore import QEvent
from PySide6.QtWidgets import QWidget

from ui.theme import metrics as m
from ui.theme.theme import Theme
from ui.theme.type_roles import Role
from ui.views.gallery.amounts import Amounts
from ui.views.gallery.charts import Charts
from ui.views.gallery.controls import Controls
from ui.views.gallery.parts import Swatches
from ui.widgets import (
    HBox,
    Label,
    VBox,
)


class GalleryPanel(QWidget):
    """Built once; ``retranslate`` words it."""

    def __init__(self) -> None:
        super().__init__()
        self._name = Label(role=Role.TITLE)
        self._swatches = Swatches()
        self._column = VBox(self, (m.GAP_L, m.GAP_M, m.GAP_L, m.GAP_L), m.GAP_M)
        self._column.add(HBox(spacing=m.GAP).add(self._name, self._swatches))
        self._sections = (Controls(self._column), Amounts(self._column), Charts(self._column))
        self.retranslate()

    def retranslate(self) -> None:
        """Set every text."""
        self._name.setText(self.tr("Dark") if Theme.current().tokens.dark else self.tr("Light"))
        self._swatches.set_items(
            (
                ("canvas", self.tr("ground")),
                ("surface", self.tr("face")),
                ("sunken", self.tr("sunken")),
                ("selected", self.tr("chosen")),
                ("line", self.tr("line")),
                ("ink", self.tr("ink")),
                ("text2", self.tr("second")),
                ("text3", self.tr("third")),
                ("accent", self.tr("indigo")),
                ("matched_fill", self.tr("matched")),
                ("timing_fill", self.tr("transit")),
                ("difference_fill", self.tr("differs")),
                ("excluded_fill", self.tr("out")),
                ("rise", self.tr("rise")),
                ("fall", self.tr("fall")),
            )
        )
        for section in self._sections:
            section.retranslate()

    def changeEvent(self, event: QEvent) -> None:
        """Follow a switch of the language."""
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()
        super().changeEvent(event)
