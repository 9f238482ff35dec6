"""Asks what an unusual day was about, and whether the store should be left in peace for a while."""

from __future__ import annotations

from datetime import date, timedelta

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QDialog, QLineEdit, QWidget

from chainbrain.analytics.unusual import LONGEST, LONGEST_NOTE
from ui import figures
from ui.theme import metrics as m
from ui.theme.translator import translate
from ui.theme.type_roles import Role
from ui.widgets import DayField, HBox, Label, PrimaryButton, SecondaryButton, Segmented, VBox, scaled

DAY, WHILE = "day", "while"


class ExplainDialog(QDialog):
    """``answered(note, until)``; ``until`` is nothing where only the day is explained.

    Args:
        what: the alarm in words, with the store.
        day: the unusual day.
        remark: what was said of an earlier day of the same run; stands in the field already.
        parent: the window.
    """

    answered = Signal(str, object)

    def __init__(self, what: str, day: date, remark: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setModal(True)
        self.setWindowTitle(translate("Explain the unusual day"))
        self._day = day
        self.note = QLineEdit(remark)
        self.note.setMaxLength(LONGEST_NOTE)
        self.note.setPlaceholderText(translate("such as: road works, power cut, a wedding"))
        self.how = Segmented([(DAY, translate("Only this day")), (WHILE, translate("No alarms until"))])
        self.until = DayField(day + timedelta(days=6))
        self.problem = Label(color="difference", role=Role.SMALL)
        self.yes, self.no = PrimaryButton(translate("Keep")), SecondaryButton(translate("Cancel"))
        scaled(self.note, height=m.CONTROL)
        for field, label in (
            (self.note, translate("What it was")),
            (self.how, translate("For how long")),
            (self.until, translate("Last day without alarms")),
        ):
            field.setAccessibleName(label)
        self.until.keep_within(day, day + LONGEST)
        self.note.returnPressed.connect(self._answer)
        self.how.changed.connect(self._follow)
        self.yes.clicked.connect(self._answer)
        self.no.clicked.connect(self.reject)
        about = translate("{day}: {what}").format(day=figures.day(day), what=what)
        kept = translate(
            "The day leaves the list and stays in the history. Figures and expectations do not change. "
            "Undo brings the alarm back."
        )
        VBox(self, (m.GAP_L, m.GAP_L, m.GAP_L, m.GAP), m.GAP_M).add(
            Label(self.windowTitle(), role=Role.TITLE),
            Label(about, wrap=True),
            Label(translate("What it was"), role=Role.SMALL, color="text2"),
            self.note,
            HBox(spacing=m.GAP_S).add(self.how, self.until, 0),
            Label(kept, role=Role.SMALL, color="text2", wrap=True),
            self.problem,
            HBox(spacing=m.GAP_S).add(0, self.no, self.yes),
        )
        scaled(self, min_width=520)
        self._follow()
        self.note.setFocus()

    def _follow(self, *_chosen: object) -> None:
        self.until.setVisible(self.how.current == WHILE)

    def _answer(self) -> None:
        note, quiet = self.note.text().strip(), self.how.current == WHILE
        if quiet and not note:
            self.problem.setText(translate("Write down why there should be no alarms"))
            self.note.setFocus()
            return
        self.accept()
        self.answered.emit(note, self.until.day() if quiet else None)
