"""The four first steps with a book: number, name, what each does."""

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QPainter, QPaintEvent

from ui.theme import metrics as m
from ui.theme.theme import Theme
from ui.theme.translator import translate
from ui.theme.type_roles import Role
from ui.widgets import Card, ElidedLabel, Grid, Label
from ui.widgets.painting import rounded

_STEPS = 4


class FirstSteps(Grid):
    """All in one line, or two and two where there is little room."""

    def __init__(self) -> None:
        super().__init__(spacing=(m.GAP, m.GAP))
        self._steps = [_Step(number + 1) for number in range(_STEPS)]

    def arrange(self, per_line: int) -> None:
        """Put so many beside each other."""
        while self.count():
            self.takeAt(0)
        for number, step in enumerate(self._steps):
            self.addWidget(step, number // per_line, number % per_line)
        for column in range(_STEPS):
            self.setColumnStretch(column, 1 if column < per_line else 0)

    def retranslate(self) -> None:
        """Set every text."""
        texts = (
            (translate("Store list"), translate("numbers, names, cities")),
            (translate("First statement"), translate("recognise, check, write")),
            (translate("First reconciliation"), translate("differences go to zero")),
            (translate("First chart"), translate("which store, and why")),
        )
        for step, (title, note) in zip(self._steps, texts, strict=True):
            step.set_texts(title, note)


class _Step(Card):
    def __init__(self, number: int) -> None:
        super().__init__((m.GAP, m.GAP_M, m.GAP, m.GAP_M), 0)
        self._number = number
        self._title, self._note = Label(bold=True), ElidedLabel(role=Role.SMALL, color="text2")
        self.body.set_margins((m.GAP + 24 + m.GAP_M, m.GAP_M, m.GAP_S, m.GAP_M))
        self.add(self._title, self._note)

    def set_texts(self, title: str, note: str) -> None:
        self._title.setText(title)
        self._note.setText(note)
        self.setAccessibleName(f"{self._number} {title}")

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        theme, painter = Theme.current(), QPainter(self)
        side = theme.px(24)
        box = QRectF(theme.px(m.GAP), (self.height() - side) / 2, side, side)
        rounded(painter, box, 12, None, theme.color("line2"))
        painter.setFont(theme.font(Role.SMALL))
        painter.setPen(theme.color("text2"))
        painter.drawText(box, int(Qt.AlignmentFlag.AlignCenter), str(self._number))
