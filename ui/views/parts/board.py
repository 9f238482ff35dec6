"""A page of cards that fills the window where there is room, and stacks and scrolls where there is not."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from PySide6.QtCore import QEvent, QObject, QRect, Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFrame, QScrollArea, QWidget

from ui.theme import metrics as m
from ui.theme.theme import Theme, follow_theme
from ui.widgets.tab_order import in_order

NARROW_BELOW = 900
"""Width of the content in px at 100 % below which columns stand on each other."""
WIDE_FROM = 1000
"""Width of the content in px at 100 % from which fixed columns have their full width."""


@dataclass(frozen=True)
class Cell:
    """One widget; sizes in px at 100 %.

    Attributes:
        widget: what stands there.
        least: the height it needs, or what returns it.
        grows: share of the room that is left; 0 keeps ``least``.
        flows: its height follows from its width (``heightForWidth``).
        stacked: height when columns stand on each other, or what returns it; 0 takes ``least``.
        gap: room below it.
        first: whether it comes before the others when columns stand on each other.
    """

    widget: QWidget
    least: float | Callable[[], float] = 0
    grows: float = 0
    flows: bool = False
    stacked: float | Callable[[], float] = 0
    gap: float = m.GAP
    first: bool = False


@dataclass(frozen=True)
class Column:
    """Cells below each other; ``width`` px at 100 % fixes it, otherwise ``share`` divides the rest.

    ``narrowest`` lets a fixed one shrink to that width while the page is below ``WIDE_FROM``.
    """

    cells: tuple[Cell, ...]
    share: float = 1
    width: float = 0
    narrowest: float = 0


Line = tuple[Column, ...]


class Board(QScrollArea):
    """Lines of columns of cells with the gutters of the visual direction."""

    def __init__(self, narrow_below: float = NARROW_BELOW) -> None:
        super().__init__()
        self._lines: tuple[Line, ...] = ()
        self._narrow_below = narrow_below
        self._narrow = False
        self._content = QWidget()
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setWidget(self._content)
        follow_theme(self.arrange)

    def set_lines(self, lines: Sequence[Line]) -> None:
        """Place other cells; widgets no longer used are hidden, and those that stay keep the keyboard and the place."""
        before, at = self._cells(), self.verticalScrollBar().value()
        self._lines = tuple(lines)
        staying = {cell.widget for cell in self._cells()}
        for cell in before:
            if cell.widget not in staying:
                # The keyboard goes on to the next widget with what is hidden, and the page would scroll there.
                cell.widget.hide()
                cell.widget.removeEventFilter(self)
        self.verticalScrollBar().setValue(at)
        for cell in self._cells():
            cell.widget.setParent(self._content)
            cell.widget.installEventFilter(self)
            cell.widget.show()
        self.order_tabs()
        self.arrange()

    def order_tabs(self) -> None:
        """Let Tab go from cell to cell, column by column; call it when a cell got another content."""
        in_order(*(cell.widget for cell in self._cells()))

    def set_narrow_below(self, width: float) -> None:
        """Let columns stand on each other below another width of the content, px at 100 %."""
        self._narrow_below = width

    @property
    def narrow(self) -> bool:
        """Whether columns stand on each other."""
        return self._narrow

    def bring(self, widget: QWidget) -> None:
        """Scroll to a cell that is to be seen now, with its head where it is higher than the window."""
        self.arrange()
        gap, bar, seen = Theme.current().px(m.SCREEN_TOP), self.verticalScrollBar(), self.viewport().height()
        top, bottom = widget.geometry().top() - gap, widget.geometry().bottom() + gap
        if top < bar.value() or bottom - top > seen:
            bar.setValue(top)
        elif bottom > bar.value() + seen:
            bar.setValue(bottom - seen)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Arrange for the new room."""
        super().resizeEvent(event)
        self.arrange()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Arrange again when a cell asks for another height."""
        if event.type() == QEvent.Type.LayoutRequest:
            self.arrange()
        return super().eventFilter(watched, event)

    def arrange(self) -> None:
        """Give every cell its place."""
        px = Theme.current().px
        width = self.viewport().width()
        left, right = px(m.SCREEN_SIDE), px(m.SCREEN_SIDE)
        inner = min(max(0, width - left - right), px(m.CONTENT_MAX))
        self._narrow = inner < px(self._narrow_below)
        lines = self._lines
        if self._narrow:
            lines = tuple((Column((cell,)),) for cell in sorted(self._cells(), key=lambda cell: not cell.first))
        needed = [self._line_height(line, inner) for line in lines]
        gaps = [px(max((column.cells[-1].gap for column in line if column.cells), default=0)) for line in lines]
        if gaps:
            gaps[-1] = 0
        total = sum(needed) + sum(gaps) + px(m.SCREEN_TOP) + px(m.SCREEN_BOTTOM)
        spare = 0 if self._narrow else max(0, self.viewport().height() - total)
        shares = [max((self._grows(column) for column in line), default=0.0) for line in lines]
        whole = sum(shares)
        top = px(m.SCREEN_TOP)
        for line, least, share, gap in zip(lines, needed, shares, gaps, strict=True):
            height = least + (round(spare * share / whole) if whole else 0)
            self._place_line(line, QRect(left, top, inner, height))
            top += height + gap
        self._content.resize(width, max(total, self.viewport().height()) if whole and not self._narrow else total)

    def _place_line(self, line: Line, area: QRect) -> None:
        px = Theme.current().px
        x = area.left()
        for column, width in zip(line, self._widths(line, area.width()), strict=True):
            least = [self._cell_height(cell, width) for cell in column.cells]
            spare = max(0, area.height() - sum(least) - px(m.GAP) * (len(column.cells) - 1))
            whole = sum(cell.grows for cell in column.cells)
            y = area.top()
            for cell, height in zip(column.cells, least, strict=True):
                grown = height + (round(spare * cell.grows / whole) if whole else 0)
                cell.widget.setGeometry(x, y, width, grown)
                y += grown + px(m.GAP)
            x += width + px(m.GAP)

    def _widths(self, line: Line, width: int) -> list[int]:
        px = Theme.current().px
        tight = min(1.0, width / max(1, px(WIDE_FROM)))
        fixed = [px(max(column.width * tight, column.narrowest or column.width)) for column in line]
        free = width - px(m.GAP) * (len(line) - 1) - sum(fixed)
        whole = sum(column.share for column in line if not column.width) or 1
        return [own or round(free * column.share / whole) for own, column in zip(fixed, line, strict=True)]

    def _line_height(self, line: Line, width: int) -> int:
        px = Theme.current().px
        heights = []
        for column, column_width in zip(line, self._widths(line, width), strict=True):
            cells = sum(self._cell_height(cell, column_width) for cell in column.cells)
            heights.append(cells + px(m.GAP) * (len(column.cells) - 1))
        return max(heights, default=0)

    def _cell_height(self, cell: Cell, width: int) -> int:
        px = Theme.current().px
        wanted = (self._narrow and cell.stacked) or cell.least
        least = px(wanted() if callable(wanted) else wanted)
        return max(least, cell.widget.heightForWidth(width)) if cell.flows else least

    @staticmethod
    def _grows(column: Column) -> float:
        return sum(cell.grows for cell in column.cells)

    def _cells(self) -> list[Cell]:
        return [cell for line in self._lines for column in line for cell in column.cells]
