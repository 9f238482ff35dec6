"""Asks in one line why something is decided, and for what day; the words go into the history."""

from collections.abc import Sequence
from datetime import date

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QLineEdit, QWidget

from chainbrain import clock
from ui.theme import metrics as m
from ui.theme.type_roles import Role
from ui.widgets import DayField, HBox, Label, LinkButton, PrimaryButton, SecondaryButton, VBox, scaled

_MOST = 3


class NoteBar(QWidget):
    """Hidden until ``ask`` (``asked``); ``answered(verdict, note)`` by Enter or the button, ``dropped`` by Escape."""

    asked = Signal()
    answered = Signal(str, str)
    dropped = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._verdict, self._needed = "", False
        self._question, self._field = Label(role=Role.SMALL, color="text2"), QLineEdit()
        self._yes, self._no = PrimaryButton(height=m.CONTROL), SecondaryButton(height=m.CONTROL)
        scaled(self._field, height=m.CONTROL)
        self._day = DayField()
        self._day.lineEdit().returnPressed.connect(self._answer)
        self._field.returnPressed.connect(self._answer)
        self._yes.clicked.connect(self._answer)
        self._no.clicked.connect(self.drop)
        self._choices = [LinkButton(role=Role.SMALL) for _ in range(_MOST)]
        for one in self._choices:
            one.clicked.connect(lambda _on=False, chosen=one: self._choose(chosen.text()))
        classes = HBox(spacing=m.GAP).add(*self._choices, 0)
        row = HBox(spacing=m.GAP_S).add(self._day, self._field, self._yes, self._no)
        VBox(self, spacing=m.GAP_XS).add(self._question, row, classes)
        self.hide()
        self.retranslate()

    @property
    def field(self) -> QLineEdit:
        """Where the reason is typed."""
        return self._field

    @property
    def day_field(self) -> DayField:
        """Where the expected day is typed."""
        return self._day

    @property
    def day(self) -> date | None:
        """The day that was asked for."""
        return self._day.day() if not self._day.isHidden() else None

    @property
    def question(self) -> str:
        """What is asked."""
        return self._question.text()

    def ask(
        self,
        verdict: str,
        question: str,
        yes: str,
        *,
        needed: bool = False,
        day: date | None = None,
        choices: Sequence[str] = (),
    ) -> None:
        """Ask for the reason of one decision.

        Args:
            verdict: the decision.
            question: what is asked.
            yes: the word of the button.
            needed: whether it cannot be written without a reason.
            day: the day that is proposed, where it needs one.
            choices: what it usually is: one click, or Tab and Space, writes it down.
        """
        self._verdict, self._needed = verdict, needed
        self._day.setVisible(day is not None)
        if day is not None:
            self._day.set_day(day)
            self._day.setAccessibleName(self.tr("Expected day"))
        self._question.setText(question)
        self._yes.setText(yes)
        self._field.setAccessibleName(question)
        self._field.clear()
        for place, button in enumerate(self._choices):
            button.setVisible(place < len(choices))
            button.setText(choices[place] if place < len(choices) else "")
        self.show()
        self.asked.emit()
        (self._field if day is None else self._day).setFocus()

    @property
    def choices(self) -> tuple[LinkButton, ...]:
        """What can be written down with one click."""
        return tuple(button for button in self._choices if button.text())

    def drop(self) -> None:
        """Take the question away."""
        if not self.isHidden():
            self.hide()
            self.dropped.emit()

    def retranslate(self) -> None:
        """Set the texts of its own."""
        self._no.setText(self.tr("Cancel"))
        self._field.setPlaceholderText(self.tr("why; it is kept in the history"))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Drop the question with Escape."""
        if event.key() == Qt.Key.Key_Escape:
            self.drop()
        else:
            super().keyPressEvent(event)

    def changeEvent(self, event: QEvent) -> None:
        """Follow a switch of the language."""
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()
        super().changeEvent(event)

    def _choose(self, words: str) -> None:
        """Write a choice before what was typed already; more may be added behind it."""
        typed = self._field.text().strip()
        for one in self._choices:
            if one.text() and typed.startswith(one.text()):
                typed = typed.removeprefix(one.text()).lstrip("：: ")
        colon = self.tr("{what}: {more}")
        self._field.setText(colon.format(what=words, more=typed) if typed else words)
        self._field.setFocus()

    def _answer(self) -> None:
        verdict, note = self._verdict, self._field.text().strip()
        if self._needed and not note:
            self._question.setText(self.tr("Write down why; without a reason it is not decided"))
            self._field.setFocus()
            return
        if self.day is not None and self.day < clock.today():
            self._question.setText(self.tr("This day is over; choose today or a later one"))
            self._day.setFocus()
            return
        self.hide()
        self.answered.emit(verdict, note)
