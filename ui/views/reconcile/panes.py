"""The three panes side by side, narrower where room is short; in a very narrow window the answer is below the list."""

from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QStyle, QWidget

from ui.theme.theme import Theme, follow_theme
from ui.views.parts.scroller import Scroller
from ui.views.reconcile.answer_pane import AnswerPane
from ui.views.reconcile.list_pane import ListPane
from ui.views.reconcile.work_list import WorkList
from ui.widgets import Box, HBox, Pane, Rule, VBox

_WORK, _LIST, _LIST_SHARE = 200, 428, 0.46
# At 150 % a window is wide enough for three narrow panes, yet too low for two above each other.
_NARROW_BELOW, _NARROW_WORK, _NARROW_SHARE = 960, 164, 0.42
# There a list still shows a day, four characters of a name and an amount beside its scroll bar.
_LEAST_BELOW, _LEAST_WORK, _LEAST_SHARE = 850, 148, 0.46
_STACK_BELOW = 780
_UNLIMITED = 16_777_215


class Panes(QWidget):
    """Holds work list, lines and answer."""

    def __init__(self, work: WorkList, lines: ListPane, answer: AnswerPane) -> None:
        super().__init__()
        self._work, self._lines, self._answer = work, lines, answer
        self._left = left = Pane()
        VBox(left).add(Scroller(work))
        self._rule = Rule(vertical=True)
        self._across = Rule()
        self._right = Box(QBoxLayout.Direction.LeftToRight)
        self._right.add(lines, self._rule, self._across, answer)
        box = HBox(self).add(left, Rule(vertical=True))
        box.addLayout(self._right, 1)
        work.reworded.connect(self._arrange)
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
            if panes[(place + 1) % len(panes)] in {self._answer.candidates, self._answer.facts}:
                self._answer.show_below()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Arrange for the new room."""
        super().resizeEvent(event)
        self._arrange()

    def _arrange(self) -> None:
        px = Theme.current().px
        narrow, stacked = self.width() < px(_NARROW_BELOW), self.width() < px(_STACK_BELOW)
        least = self.width() < px(_LEAST_BELOW)
        work = px(_LEAST_WORK if least else _NARROW_WORK if narrow else _WORK)
        if least:
            # One of two widths: nothing moves a little with every count.
            bar = self.style().pixelMetric(QStyle.PixelMetric.PM_ScrollBarExtent)
            work = work if self._work.least_width + bar <= work else px(_NARROW_WORK)
        self._left.setFixedWidth(work)
        down, right = QBoxLayout.Direction.TopToBottom, QBoxLayout.Direction.LeftToRight
        self._right.setDirection(down if stacked else right)
        self._rule.setVisible(not stacked)
        self._across.setVisible(stacked)
        share = _LEAST_SHARE if least else _NARROW_SHARE if narrow else _LIST_SHARE
        width = min(px(_LIST), round((self.width() - work) * share))
        self._lines.setMinimumWidth(0 if stacked else width)
        self._lines.setMaximumWidth(_UNLIMITED if stacked else width)
        self._right.setStretch(0, 4 if stacked else 0)
        self._right.setStretch(3, 5 if stacked else 1)
