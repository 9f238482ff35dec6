"""The three panes side by side; in a narrow window the answer stands below the list."""

from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QWidget

from ui.theme.theme import Theme, follow_theme
from ui.views.parts.scroller import Scroller
from ui.views.reconcile.answer_pane import AnswerPane
from ui.views.reconcile.list_pane import ListPane
from ui.views.reconcile.work_list import WorkList
from ui.widgets import Box, HBox, Pane, Rule, VBox, scaled

_WORK, _LIST, _LIST_SHARE = 200, 428, 0.46
_STACK_BELOW = 960
_UNLIMITED = 16_777_215


class Panes(QWidget):
    """Holds work list, lines and answer."""

    def __init__(self, work: WorkList, lines: ListPane, answer: AnswerPane) -> None:
        super().__init__()
        self._work, self._lines, self._answer = work, lines, answer
        left = Pane()
        VBox(left).add(Scroller(work))
        scaled(left, width=_WORK)
        self._rule = Rule(vertical=True)
        self._across = Rule()
        self._right = Box(QBoxLayout.Direction.LeftToRight)
        self._right.add(lines, self._rule, self._across, answer)
        box = HBox(self).add(left, Rule(vertical=True))
        box.addLayout(self._right, 1)
        follow_theme(self._arrange)

    @property
    def stacked(self) -> bool:
        """Whether the answer stands below the list."""
        return self._right.direction() == QBoxLayout.Direction.TopToBottom

    def turn(self) -> None:
        """Give the focus to the next pane; where nothing is chosen there is no answer to go to."""
        every = (self._work, self._lines.table, self._answer.candidates, self._answer.facts)
        panes: list[QWidget] = [pane for pane in every if pane.isVisible()]
        place = next((n for n, pane in enumerate(panes) if pane.hasFocus()), 0)
        if panes:
            panes[(place + 1) % len(panes)].setFocus()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Arrange for the new room."""
        super().resizeEvent(event)
        self._arrange()

    def _arrange(self) -> None:
        px = Theme.current().px
        narrow = self.width() < px(_STACK_BELOW)
        down, right = QBoxLayout.Direction.TopToBottom, QBoxLayout.Direction.LeftToRight
        self._right.setDirection(down if narrow else right)
        self._rule.setVisible(not narrow)
        self._across.setVisible(narrow)
        width = min(px(_LIST), round((self.width() - px(_WORK)) * _LIST_SHARE))
        self._lines.setMinimumWidth(0 if narrow else width)
        self._lines.setMaximumWidth(_UNLIMITED if narrow else width)
        self._right.setStretch(0, 4 if narrow else 0)
        self._right.setStretch(3, 5 if narrow else 1)
