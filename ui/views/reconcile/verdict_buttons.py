"""The buttons below an answer: one for each word that can be said on it now."""

from collections.abc import Collection

from PySide6.QtCore import QEvent, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QWidget

from ui.theme import metrics as m
from ui.theme.theme import Theme
from ui.widgets import HBox, IconButton, PrimaryButton, SecondaryButton
from ui.widgets.buttons import Button


class VerdictButtons(QWidget):
    """``decided(verdict)``: accept (match, once payouts are chosen), reject, explain, exclude, reopen, unmatch.

    ``rows_wanted`` for the rows behind the answer.
    """

    decided = Signal(str)
    rows_wanted = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._chosen = False
        self._accept, self._explain = PrimaryButton(), SecondaryButton()
        self._reject, self._exclude, self._reopen = SecondaryButton(), SecondaryButton(), SecondaryButton()
        self._apart, self._rows = SecondaryButton(), IconButton("table", framed=True)
        self._hints = {self._accept: "\u21b5", self._explain: "E", self._reject: "N", self._exclude: "X"}
        self._by_verdict = {
            "accept": self._accept,
            "reject": self._reject,
            "explain": self._explain,
            "exclude": self._exclude,
            "reopen": self._reopen,
            "unmatch": self._apart,
        }
        HBox(self, spacing=m.GAP_S).add(*self._hints, self._reopen, self._apart, 0, self._rows)
        for verdict, button in self._by_verdict.items():
            button.clicked.connect(lambda _on=False, word=verdict: self._say(word))
        self._rows.clicked.connect(self.rows_wanted)
        self.retranslate()

    @property
    def shown(self) -> list[Button]:
        """What is there now, from the left."""
        return [button for button in (*self._hints, self._reopen, self._apart, self._rows) if not button.isHidden()]

    def show_verdicts(self, verdicts: Collection[str], *, chosen: bool, rows: bool) -> None:
        """Show what can be said.

        Args:
            verdicts: what can be decided.
            chosen: whether payouts are chosen, so that the first button matches them.
            rows: whether there are rows behind the answer.
        """
        self._chosen = chosen
        self.retranslate()
        for verdict, button in self._by_verdict.items():
            button.setVisible(verdict in verdicts or (chosen and verdict == "accept"))
        self._rows.setVisible(rows)
        self._fit()

    def set_busy(self, busy: bool) -> None:
        """Nothing can be decided while everything is matched anew."""
        for button in self._by_verdict.values():
            button.setEnabled(not busy)

    def retranslate(self) -> None:
        """Set every text."""
        self._accept.setText(self.tr("Match the chosen") if self._chosen else self.tr("Accept"))
        self._reject.setText(self.tr("Not this one"))
        self._explain.setText(self.tr("Explain\u2026"))
        self._exclude.setText(self.tr("Leave out\u2026"))
        self._reopen.setText(self.tr("Open again"))
        self._apart.setText(self.tr("Take apart\u2026"))
        self._rows.set_name(self.tr("Rows behind this line"))

    def changeEvent(self, event: QEvent) -> None:
        """Follow a switch of the language."""
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()
        super().changeEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Leave the keys out of the buttons where there is no room; the strip at the foot has them too."""
        super().resizeEvent(event)
        self._fit()

    def _say(self, verdict: str) -> None:
        self.decided.emit("match" if verdict == "accept" and self._chosen else verdict)

    def _fit(self) -> None:
        for button, hint in self._hints.items():
            button.set_hint("Ctrl \u21b5" if button is self._accept and self._chosen else hint)
        gap = Theme.current().px(m.GAP_S)
        if sum(button.sizeHint().width() + gap for button in self.shown) > self.width():
            for button in self._hints:
                button.set_hint("")
