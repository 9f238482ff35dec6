"""Asks who signs a month, or opens it again, and why where something is missing."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QDialog, QLineEdit, QWidget

from chainbrain.closing.steps import Missing
from ui.theme import metrics as m
from ui.theme.translator import translate
from ui.theme.type_roles import Role
from ui.views.close.words import missing_words
from ui.widgets import HBox, Label, PrimaryButton, SecondaryButton, VBox, scaled

_SHOWN = 6


class SignDialog(QDialog):
    """``answered(name, reason)`` once both are there.

    Args:
        month: as it is shown.
        name: who signed last.
        missing: what is accepted with the reason; empty asks for none.
        reopening: asks to open the month again, always with a reason.
        parent: the window.
    """

    answered = Signal(str, str)

    def __init__(
        self,
        month: str,
        name: str,
        missing: Sequence[Missing],
        *,
        reopening: bool = False,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._needed = bool(missing) or reopening
        title = translate("Open {month} again") if reopening else translate("Sign and lock {month}")
        self.setWindowTitle(title.format(month=month))
        self.setModal(True)
        heading = Label(self.windowTitle(), role=Role.TITLE)
        if reopening:
            kept = translate(
                "The version that was signed stays and can be compared. Figures may change until it is signed again."
            )
        else:
            kept = translate(
                "Files, rules, differences, decisions and figures are kept as they are now. "
                "Later files of this month count in the next one as prior period, or the month is opened again."
            )
        about = Label(kept, color="text2", wrap=True)
        box = VBox(self, (m.GAP_L, m.GAP_L, m.GAP_L, m.GAP), m.GAP_M).add(heading, about)
        if missing:
            words = [missing_words(one) for one in missing]
            more = [translate("and %n more", len(words) - _SHOWN)] if len(words) > _SHOWN else []
            listed = "\n".join(f"· {line}" for line in [*words[:_SHOWN], *more])
            box.add(Label(translate("Missing, and accepted with a reason:"), bold=True), Label(listed, wrap=True))
        self.name, self.reason = QLineEdit(name), QLineEdit()
        self.name.setMaxLength(40)
        self.problem = Label(color="difference", role=Role.SMALL)
        for field, label in ((self.name, translate("Who signs")), (self.reason, translate("Written reason"))):
            scaled(field, height=m.CONTROL)
            field.setAccessibleName(label)
            field.returnPressed.connect(self._answer)
            if field is self.name or self._needed:
                box.add(Label(label, role=Role.SMALL, color="text2"), field)
        self.reason.setPlaceholderText(translate("why; it is kept with the month"))
        self.yes = PrimaryButton(translate("Open again") if reopening else translate("Sign and lock"), "lock")
        self.no = SecondaryButton(translate("Cancel"))
        self.yes.clicked.connect(self._answer)
        self.no.clicked.connect(self.reject)
        box.add(self.problem, HBox(spacing=m.GAP_S).add(0, self.no, self.yes))
        scaled(self, min_width=520)
        (self.reason if name and self._needed else self.name).setFocus()

    def _answer(self) -> None:
        name, reason = self.name.text().strip(), self.reason.text().strip()
        if not name:
            self.problem.setText(translate("Write down who signs"))
            self.name.setFocus()
        elif self._needed and not reason:
            self.problem.setText(translate("Write down why"))
            self.reason.setFocus()
        else:
            self.accept()
            self.answered.emit(name, reason)
