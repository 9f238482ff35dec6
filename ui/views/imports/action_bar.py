"""The bar below a plan: what will be written, cancel, confirm."""

from PySide6.QtCore import Signal
from PySide6.QtGui import QKeySequence, QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

from chainbrain.importers.plan import ImportPlan
from ui.theme import metrics as m
from ui.theme.theme import Theme, follow_theme
from ui.theme.type_roles import Role
from ui.views.imports.words import files_text, left_out_note, rows_text, worth_writing
from ui.views.imports.writer import Written
from ui.widgets import ElidedLabel, HBox, Label, PrimaryButton, SecondaryButton, scaled


class ActionBar(QWidget):
    """Says what the main button will do; ``confirmed`` and ``cancelled`` by the buttons."""

    confirmed = Signal()
    cancelled = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._what, self._note = Label(bold=True, figures=True), ElidedLabel(role=Role.SMALL, color="text2")
        self._cancel, self._confirm = SecondaryButton(), PrimaryButton()
        self._confirm.clicked.connect(self.confirmed)
        self._cancel.clicked.connect(self.cancelled)
        HBox(self, (m.SCREEN_SIDE, 1, m.SCREEN_SIDE, 0), m.GAP_M).add(
            self._what, self._note, self._cancel, self._confirm
        )
        scaled(self, height=m.ACTION_BAR)
        follow_theme(self.update)

    @property
    def confirm(self) -> PrimaryButton:
        """The main button."""
        return self._confirm

    @property
    def cancel(self) -> SecondaryButton:
        """The way out."""
        return self._cancel

    @property
    def text(self) -> str:
        """What will be written."""
        return self._what.text()

    @property
    def note(self) -> str:
        """What will not be, and what happens before."""
        return self._note.text()

    def show_plan(self, plan: ImportPlan, *, busy: bool) -> None:
        """Say what confirming would write and what it would leave out."""
        files, worth = len(plan.writable), worth_writing(plan)
        what = self.tr("Nothing to write")
        if worth:
            words = (
                self.tr("Will write {files}, {rows}")
                if plan.new_rows
                else self.tr("No new rows; only takes note of {files}")
            )
            what = words.format(files=files_text(files), rows=rows_text(plan.new_rows))
        self._set_texts(what, left_out_note(plan), self.tr("Cancel"), self.tr("Confirm import"))
        self._confirm.setEnabled(worth and not busy)

    def show_written(self, written: Written, *, busy: bool) -> None:
        """Say what was written and offer the next step."""
        words = self.tr("{files}, {rows} written")
        what = words.format(files=files_text(written.files), rows=rows_text(written.rows))
        note = self.tr("Next: match them with what is there.")
        self._set_texts(what, note, "", self.tr("Go on to reconciling"))
        self._confirm.setEnabled(not busy)

    def _set_texts(self, what: str, note: str, cancel: str, confirm: str) -> None:
        self._what.setText(what)
        self._note.setText(note)
        self._cancel.setText(cancel)
        self._cancel.setVisible(bool(cancel))
        self._confirm.setText(confirm)
        keys = QKeySequence("Ctrl+Return").toString(QKeySequence.SequenceFormat.NativeText)
        self._confirm.set_hint(keys.replace("Return", "\u21b5").replace("+", " "))
        self.setAccessibleName(f"{what} {note}")

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the ground and the line above."""
        theme, painter = Theme.current(), QPainter(self)
        painter.fillRect(self.rect(), theme.color("surface"))
        painter.fillRect(0, 0, self.width(), 1, theme.color("line"))
