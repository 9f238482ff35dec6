"""One input of a form: its name, a small mark that says on what its value rests, and the figure."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from ui.theme import metrics as m
from ui.theme.type_roles import Role
from ui.views.expansion.fields import FieldSpec
from ui.widgets import ElidedLabel, HBox, Label, MoneyInput, scaled

INPUT_WIDTH = 112
CASH_WIDTH = 144
"""Room for the cash of a whole chain, to the cent."""


class Field(QWidget):
    """One input with its name, and a small mark that says on what its value rests."""

    def __init__(self, spec: FieldSpec, width: float = INPUT_WIDTH) -> None:
        super().__init__()
        self.spec = spec
        self.label, self.mark = ElidedLabel(), Label(role=Role.SMALL, color="text3")
        self.input = MoneyInput(minimum=spec.smallest, maximum=spec.largest, places=spec.places)
        scaled(self.input, width=width)
        row = HBox(self, spacing=m.GAP_XS)
        row.add(self.label, self.mark, self.input)
        row.setAlignment(self.input, Qt.AlignmentFlag.AlignTop)

    def retranslate(self, title: str, unit: str, about: str) -> None:
        """Name the field; ``about`` says on hover, and to who cannot see it, what belongs into it."""
        self.label.setText(title)
        self.label.set_tip(about)
        self.setToolTip(about)
        self.input.set_name(title)
        self.input.set_unit(unit)
        self.input.setAccessibleDescription(about)
