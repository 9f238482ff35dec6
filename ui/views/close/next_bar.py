"""The one next step of the close: what it is, and the button that leads there."""

from __future__ import annotations

from PySide6.QtCore import Signal

from ui.theme import metrics as m
from ui.theme.translator import translate
from ui.theme.type_roles import Role
from ui.widgets import Card, ElidedLabel, HBox, Label, PrimaryButton, ProgressStrip, SecondaryButton


class NextBar(Card):
    """``acted`` by the main button, ``signing`` by the second one."""

    acted = Signal()
    signing = Signal()

    def __init__(self) -> None:
        super().__init__(padding=(m.GAP, m.GAP_S, m.GAP, m.GAP_S))
        self.head, self.words = Label(role=Role.SMALL, color="text2"), ElidedLabel(bold=True)
        self.button, self.sign = PrimaryButton(), SecondaryButton("", "lock")
        self.button.clicked.connect(self.acted)
        self.sign.clicked.connect(self.signing)
        row = HBox(spacing=m.GAP_M).add(self.head, self.words, self.sign, self.button)
        row.setStretch(1, 1)
        self.progress = ProgressStrip()
        self.add(row, self.progress)

    def needed_height(self) -> float:
        """Return the height it needs, in px at 100 %."""
        return 50 if self.progress.isHidden() else 122

    def show_step(self, step: str, words: str, verb: str, sign: str = "") -> None:
        """Say what is next.

        Args:
            step: the step, in words.
            words: what is to be done.
            verb: the main button; none when nothing is left.
            sign: the second button, that signs or opens again; none when it cannot be done.
        """
        self.head.setText(translate("Next: {step}").format(step=step) if step else "")
        self.words.setText(words)
        self.button.setText(verb)
        self.button.setVisible(bool(verb))
        self.sign.setText(sign)
        self.sign.setVisible(bool(sign))
        self.button.updateGeometry()
        self.sign.updateGeometry()
