"""How each kind of file is exported: a window that can stay open beside the platform's page, read without a network."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QDialog, QWidget

from ui.models import Column, Kind, RowsModel
from ui.theme import metrics as m
from ui.theme.theme import Theme, follow_theme
from ui.theme.translator import Language, translate
from ui.theme.type_roles import Role
from ui.views.parts.scroller import Scroller
from ui.widgets import Card, DataTable, HBox, Label, SecondaryButton, VBox, scaled
from ui.words import message, word

if TYPE_CHECKING:
    from chainbrain.format_help import Format

_LIST, _WIDTH, _HEIGHT = 288, 860, 600


class FormatHelp(QDialog):
    """Formats at the left, the help of the chosen one at the right; its text can be selected and copied.

    Args:
        chosen: the format to show first, with or without a layout.
        parent: the window.
    """

    def __init__(self, chosen: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        from chainbrain.format_help import format_of, formats  # noqa: PLC0415 - the engine is loaded when it is asked

        self._formats = formats()
        self._model = RowsModel([Column("title", lambda: translate("Kind of table"), _title, Kind.KEY)])
        self._model.set_rows(self._formats)
        self._table = DataTable(self._model, m.ROW_DENSE, sortable=False)
        self._text = Label(wrap=True)
        self._text.setTextInteractionFlags(
            Qt.TextInteractionFlag.TextSelectableByMouse | Qt.TextInteractionFlag.TextSelectableByKeyboard
        )
        self._text.setAlignment(Qt.AlignmentFlag.AlignTop)
        self._title, self._copy, self._close = Label(role=Role.TITLE, wrap=True), SecondaryButton(), SecondaryButton()
        content = QWidget()
        VBox(content, (m.GAP, m.GAP, m.GAP, m.GAP), m.GAP_M).add(self._title, self._text, 0)
        self._scroller = Scroller(content)
        left, right = Card(padding=(0, 0, 0, m.GAP_XS)), Card(padding=(0, 0, 0, 0))
        left.add(self._table)
        right.add(self._scroller)
        scaled(left, width=_LIST)
        columns = HBox(spacing=m.GAP).add(left, right)
        columns.setStretch(1, 1)
        box = VBox(self, (m.GAP, m.GAP, m.GAP, m.GAP), m.GAP_M)
        box.addLayout(columns, 1)
        box.addLayout(HBox(spacing=m.GAP_S).add(0, self._copy, self._close))
        self._table.row_changed.connect(lambda _row: self._show())
        self._copy.clicked.connect(self.copy)
        self._close.clicked.connect(self.accept)
        entry = format_of(chosen) if chosen else None
        self._table.select_number(self._formats.index(entry) if entry in self._formats else 0)
        self.retranslate()
        self.resize(Theme.current().px(_WIDTH), Theme.current().px(_HEIGHT))
        follow_theme(self._restyle)

    @property
    def table(self) -> DataTable:
        """The formats."""
        return self._table

    @property
    def text(self) -> str:
        """The shown help."""
        return self._text.text()

    @property
    def current(self) -> Format:
        """The chosen format."""
        row = self._table.current_row()
        return next((entry for entry in self._formats if entry is row), self._formats[0])

    def copy(self) -> None:
        """Put title and help on the clipboard."""
        QGuiApplication.clipboard().setText(f"{self._title.text()}\n\n{self._text.text()}")

    def retranslate(self) -> None:
        """Set every text."""
        self.setWindowTitle(self.tr("How to export"))
        self._table.setAccessibleName(self.tr("Kinds of table"))
        self._table.retranslate()
        self._copy.setText(self.tr("Copy"))
        self._close.setText(self.tr("Close"))
        self._show()

    def changeEvent(self, event: QEvent) -> None:
        """Follow a switch of the language."""
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()
        super().changeEvent(event)

    def _show(self) -> None:
        entry = self.current
        self._title.setText(_title(entry))
        self._text.setText(help_text(entry))
        self._text.setAccessibleName(self._text.text())
        self._scroller.verticalScrollBar().setValue(0)

    def _restyle(self) -> None:
        palette = self.palette()
        palette.setColor(self.backgroundRole(), Theme.current().color("canvas"))
        self.setPalette(palette)


def help_text(entry: Format) -> str:
    """Return the help of one format in the window's language, with what its standing means."""
    told = entry.helps[Language.current()]
    parts = [
        f"{word(f'formats.{part}')}\n{text}"
        for part, text in (("where", told.where), ("file", told.file), ("use", told.use))
    ]
    if told.mind:
        parts.append("\n".join([word("formats.mind"), *(f"\u00b7 {text}" for text in told.mind)]))
    if entry.readable and not entry.confirmed:
        parts.append(
            translate(
                "This form was made from public descriptions and not yet checked on a real file. "
                "Columns, signs and totals are checked as strictly as ever, and what cannot be read is refused; "
                "compare a few rows with the platform before you rely on it."
            )
        )
    parts.append(message("formats.menu_hint"))
    return "\n\n".join(parts)


def _title(entry: Format) -> str:
    return entry.titles[Language.current()]
