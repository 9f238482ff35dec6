"""A person's word on one merchant number: cut-off, rule, fees and deposits, each as the deposits say or set by hand."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QLineEdit

from chainbrain import habit_words
from chainbrain.errors import UserError
from chainbrain.reconciliation.habits import FEES, HabitWord, clock_of, cutoff_of
from ui.theme import metrics as m
from ui.theme.translator import Language
from ui.theme.type_roles import Role
from ui.views.habits import columns
from ui.widgets import Choice, HBox, Label, PrimaryButton, SecondaryButton, TitledCard, VBox, scaled
from ui.words import message, word

if TYPE_CHECKING:
    from collections.abc import Sequence

    from chainbrain.reconciliation.habits import Habit

_RULES = ("D0", "D1", "D2", "T1", "T2", "T3")
_LEARNED = ""


class HabitForm(TitledCard):
    """Asks about the chosen row; ``said`` carries the ``HabitWord``."""

    said = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        self._habit: Habit | None = None
        self._grounds, self._hint = Label(color="text2", wrap=True), Label(role=Role.SMALL, color="text2", wrap=True)
        self._cutoff = QLineEdit()
        self._rule, self._fees, self._merged = Choice(), Choice(), Choice()
        self._labels = tuple(Label(role=Role.SMALL, color="text2") for _ in range(4))
        self._save, self._learn = PrimaryButton(), SecondaryButton()
        scaled(self._cutoff, height=m.CONTROL, width=150)
        for choice in self._choices:
            scaled(choice, min_width=170)
        fields = HBox(spacing=m.GAP_M)
        for label, field in zip(self._labels, self.fields, strict=True):
            fields.addLayout(VBox(spacing=m.GAP_XS).add(label, field))
        fields.addStretch(1)
        foot = HBox(spacing=m.GAP_S).add(self._hint)
        foot.setStretch(0, 1)
        foot.add(self._learn, self._save)
        self.add(self._grounds)
        self.body.addLayout(fields)
        self.body.addLayout(foot)
        self._cutoff.textChanged.connect(self._follow)
        for choice in self._choices:
            choice.currentIndexChanged.connect(self._follow)
        self._save.clicked.connect(self.save)
        self._learn.clicked.connect(self.learn)
        self.retranslate()

    @property
    def fields(self) -> tuple[QLineEdit | Choice, ...]:
        """Cut-off, rule, fees, deposits."""
        return self._cutoff, *self._choices

    @property
    def save_button(self) -> PrimaryButton:
        """Writes what the fields say."""
        return self._save

    @property
    def learn_button(self) -> SecondaryButton:
        """Takes the standing word back."""
        return self._learn

    def ask(self, habit: Habit | None) -> None:
        """Ask about this merchant number; the fields show the word that stands."""
        self._habit = habit
        self._fill()
        said = habit.word if habit is not None else None
        self._cutoff.setText(clock_of(said.cutoff) if said is not None and said.cutoff is not None else "")
        parts = (said.rule, said.fees, said.merged) if said is not None else (None,) * 3
        for choice, part in zip(self._choices, parts, strict=True):
            choice.setCurrentIndex(max(0, choice.findData(_LEARNED if part is None else part)))
        self._say()
        self._follow()

    def save(self) -> None:
        """Hand over what the fields say, if it says something new."""
        said = self._word()
        if said is not None and self._new(said):
            self.said.emit(said)

    def learn(self) -> None:
        """Take the word back: all as the deposits say."""
        if self._habit is not None and self._habit.word is not None:
            self.said.emit(HabitWord(self._habit.channel, self._habit.merchant_no, learned=True))

    def retranslate(self) -> None:
        """Set every text."""
        names = (self.tr("Cut-off"), self.tr("Arrives"), self.tr("How fees are taken"), self.tr("Deposits"))
        for label, field, name in zip(self._labels, self.fields, names, strict=True):
            label.setText(name)
            field.setAccessibleName(name)
        self._save.setText(self.tr("Set by hand"))
        self._learn.setText(self.tr("As the deposits say"))
        kept = [choice.currentData() for choice in self._choices]
        self._fill()
        for choice, data in zip(self._choices, kept, strict=True):
            choice.setCurrentIndex(max(0, choice.findData(data)))
        self._say()
        self._follow()

    def changeEvent(self, event: QEvent) -> None:
        """Follow a switch of the language."""
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()
        super().changeEvent(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Save with Enter."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.save()
        else:
            super().keyPressEvent(event)

    @property
    def _choices(self) -> tuple[Choice, Choice, Choice]:
        return self._rule, self._fees, self._merged

    def _fill(self) -> None:
        """Offer what can be said, first of all to leave it to the deposits."""
        lang, said = Language.current(), self._habit.word if self._habit is not None else None
        rules = [*_RULES, *([said.rule] if said is not None and said.rule and said.rule not in _RULES else [])]
        _offer(self._rule, self.tr("as the deposits say"), [(rule, habit_words.rule(rule, lang)) for rule in rules])
        _offer(self._fees, self.tr("as the deposits say"), [(key, habit_words.fees(key, lang)) for key in FEES])
        _offer(
            self._merged,
            self.tr("as the deposits say"),
            [(together, habit_words.merged(together, lang)) for together in (True, False)],
        )
        self._cutoff.setPlaceholderText(self.tr("as the deposits say"))

    def _say(self) -> None:
        habit = self._habit
        if habit is None:
            self.set_title(self.tr("Choose a merchant number"))
            self._grounds.setText("")
            return
        parts = (word(f"channel.{habit.channel}"), columns.merchant(habit), columns.stores(habit))
        self.set_title(" · ".join(part for part in parts if part), columns.source(habit))
        if habit.reading is None:
            self._grounds.setText(self.tr("Too few deposits agree with any reading; set by hand how it is paid out."))
            return
        now = self.tr("Now: {reading}; {votes}.")
        said = now.format(reading=habit_words.reading(habit.reading, Language.current()), votes=columns.votes(habit))
        if habit.other is not None:
            said += self.tr(" Next best: {reading}.").format(reading=columns.other(habit))
        self._grounds.setText(said)

    def _word(self) -> HabitWord | None:
        """What the fields say; nothing while the clock cannot be read."""
        habit, typed = self._habit, self._cutoff.text().strip()
        if habit is None:
            return None
        try:
            cutoff = cutoff_of(typed) if typed else None
        except UserError:
            return None
        rule, fees, together = (choice.currentData() for choice in self._choices)
        return HabitWord(
            habit.channel,
            habit.merchant_no,
            rule or None,
            cutoff,
            fees or None,
            together if together != _LEARNED else None,
        )

    def _new(self, said: HabitWord) -> bool:
        return bool(said.says) and self._habit is not None and said != self._habit.word

    def _follow(self) -> None:
        said = self._word()
        for field in self.fields:
            field.setEnabled(self._habit is not None)
        self._save.setEnabled(said is not None and self._new(said))
        self._learn.setEnabled(self._habit is not None and self._habit.word is not None)
        if self._habit is not None and said is None:
            self._hint.setText(message("habit.clock_hint"))
        elif said is not None and said.cutoff is not None:
            clock = habit_words.cutoff(said.cutoff, Language.current())
            self._hint.setText(self.tr("A settlement day ends at {clock}.").format(clock=clock))
        else:
            self._hint.setText("")


def _offer(field: Choice, learned: str, options: Sequence[tuple[object, str]]) -> None:
    field.blockSignals(True)
    field.clear()
    field.addItem(learned, _LEARNED)
    for data, text in options:
        field.addItem(text, data)
    field.blockSignals(False)
