"""What a person has to say about a file before it is written: the question left, the answers right."""

from collections.abc import Sequence

from PySide6.QtCore import QRectF, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

from ui.theme import metrics as m
from ui.theme.icons import paint_icon
from ui.theme.theme import Theme, follow_theme
from ui.theme.type_roles import Role
from ui.widgets import ElidedLabel, HBox, Label, Segmented, scaled
from ui.widgets.states import TIMING, look


class DecisionBar(QWidget):
    """One question and its answers; ``decided(str)`` carries the key of the answer."""

    decided = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self._question = Label(role=Role.SMALL, color="timing")
        self._scope = ElidedLabel(role=Role.SMALL, color="text2")
        self._answers = Segmented(height=m.CONTROL_SMALL)
        self._answers.changed.connect(self.decided)
        left = m.GAP + m.ICON_SMALL + m.CELL_PAD
        HBox(self, (left, 0, m.GAP, 0), m.GAP_S).add(self._question, self._scope, self._answers)
        scaled(self, height=44)
        follow_theme(self.update)

    @property
    def answers(self) -> Segmented:
        """The answers."""
        return self._answers

    @property
    def question(self) -> str:
        """What is asked."""
        return self._question.text()

    def ask(self, question: str, scope: str, answers: Sequence[tuple[str, str]], current: str) -> None:
        """Show a question.

        Args:
            question: what is to be decided.
            scope: what the answer holds for.
            answers: keys and words.
            current: the key that holds; empty when several do.
        """
        self._question.setText(question)
        self._scope.setText(scope)
        self._answers.set_options(answers)
        self._answers.set_current(current)
        self._answers.setAccessibleName(question)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the ground, the icon and the rule."""
        theme, style, painter = Theme.current(), look(TIMING), QPainter(self)
        painter.fillRect(self.rect(), theme.color(style.ground))
        painter.fillRect(0, self.height() - 1, self.width(), 1, theme.color("line"))
        size = theme.px(m.ICON_SMALL)
        box = QRectF(theme.px(m.GAP), (self.height() - size) / 2, size, size)
        paint_icon(painter, box, style.icon, theme.color(style.text))
