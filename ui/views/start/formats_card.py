"""The card of the statements that are recognised, and the way to how each is exported."""

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from ui.theme import metrics as m
from ui.theme.type_roles import Role
from ui.views.parts.format_help import FormatHelp
from ui.views.start.formats import grouped
from ui.views.start.rows import empty
from ui.widgets import HBox, Label, TitledCard, VBox, scaled

_GROUP_WIDTH = 112


class FormatsCard(TitledCard):
    """One line per kind of source."""

    def __init__(self) -> None:
        super().__init__(padding=(m.GAP, m.GAP_S, m.GAP, m.GAP_S), spacing=0)
        self._formats: tuple[str, ...] = ()
        self._rows = VBox()
        self.body.addLayout(self._rows)
        self.add(0)
        self.acted.connect(self._show_help)

    def set_formats(self, formats: Sequence[str]) -> None:
        """Show which are recognised, by their ids."""
        self._formats = tuple(formats)
        self.retranslate()

    def retranslate(self) -> None:
        """Set every text."""
        empty(self._rows)
        groups = grouped(self._formats)
        count = sum(len(group.formats) for group in groups)
        title = self.tr("Recognises %n kind(s) of statement", "", count) if count else self.tr("Recognised statements")
        action = self.tr("How to export") if count else ""
        self.set_title(title, self.tr("by what is inside, not by the file name"), action)
        for group in groups:
            name, formats = Label(group.name, Role.SMALL, "text2"), Label(group.line(), wrap=True)
            scaled(name, width=_GROUP_WIDTH)
            line = QWidget()
            row = HBox(line, (0, m.CELL_PAD, 0, m.CELL_PAD), m.GAP_S)
            row.addWidget(name, 0, Qt.AlignmentFlag.AlignTop)
            row.addWidget(formats, 1)
            self._rows.addWidget(line)

    def _show_help(self) -> None:
        FormatHelp(parent=self.window()).show()
