"""How a table looks: fixed row height, painted head, the row under the pointer, shared widths, words for no rows."""

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QRectF, Qt
from PySide6.QtGui import QMouseEvent, QPainter, QPaintEvent, QPalette, QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QFrame, QHeaderView, QTableView

from ui.models.columns import Column
from ui.theme import metrics as m
from ui.theme.theme import Theme, follow_theme
from ui.theme.type_roles import Role
from ui.widgets.column_widths import fit_columns
from ui.widgets.painting import paint_focus
from ui.widgets.table_delegate import CellDelegate
from ui.widgets.table_head import TableHead


class TableLook(QTableView):
    """A table view in the look of the product, whatever it shows.

    Args:
        row_height: px at 100 %.
        whole_rows: whether no row is cut off at the foot: what is left below the last whole one stays empty.
    """

    def __init__(self, row_height: float, *, whole_rows: bool) -> None:
        super().__init__()
        self._whole_rows, self._fitting = whole_rows, False
        self._empty = ""
        self._totals: tuple[str, ...] = ()
        self.set_cells(CellDelegate(row_height))
        self.setHorizontalHeader(TableHead(self))
        self.verticalHeader().hide()
        self.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setShowGrid(False)
        self.setMouseTracking(True)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setWordWrap(False)
        follow_theme(self._restyle)

    def set_cells(self, cells: CellDelegate) -> None:
        """Draw the cells another way."""
        self._cells = cells
        # A view does not keep its delegate: one that is collected before it leaves it painting with none.
        cells.setParent(self)
        self.setItemDelegate(cells)

    @property
    def columns(self) -> tuple[Column, ...]:
        """The columns of the model."""
        return getattr(self.model(), "columns", ())

    def show_hovered(self, number: int) -> None:
        """Show the hover look of one row; for the page of components."""
        self._hover(number)

    def set_totals(self, texts: Sequence[str]) -> None:
        """Leave room for the texts of the total row below, one per column."""
        if tuple(texts) != self._totals:
            self._totals = tuple(texts)
            self._fit()

    def set_empty_text(self, text: str) -> None:
        """Say this in small words while there are no rows."""
        self._empty = text
        self.viewport().update()

    def content_height(self) -> int:
        """Return the height at which every row shows, px on screen."""
        model = self.model()
        rows = model.rowCount() if model is not None else 0
        return Theme.current().px(m.TABLE_HEAD) + rows * Theme.current().px(self._cells.row_height)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Show which row is under the pointer."""
        self._hover(self.rowAt(event.position().toPoint().y()))
        super().mouseMoveEvent(event)

    def leaveEvent(self, event: QEvent) -> None:
        """Drop the hover look."""
        self._hover(-1)
        super().leaveEvent(event)

    def updateGeometries(self) -> None:
        """Leave room at the foot that is too low for a row empty."""
        if self._fitting:
            return
        super().updateGeometries()
        if not self._whole_rows:
            return
        row, room = Theme.current().px(self._cells.row_height), self.viewport().height()
        model = self.model()
        rest = int(room % row) if model is not None and model.rowCount() * row > room > row else 0
        if rest:
            margins = self.viewportMargins()
            self._fitting = True
            self.setViewportMargins(margins.left(), margins.top(), margins.right(), rest)
            self._fitting = False
            self.verticalScrollBar().setMaximum(int(model.rowCount() * row - (room - rest)))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Share the room anew."""
        super().resizeEvent(event)
        self._fit()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw rows, or the words for no rows."""
        super().paintEvent(event)
        theme, painter = Theme.current(), QPainter(self.viewport())
        model = self.model()
        if self._empty and (model is None or model.rowCount() == 0):
            painter.setFont(theme.font(Role.SMALL))
            painter.setPen(theme.color("text3"))
            area = QRectF(self.viewport().rect()).adjusted(0, theme.px(m.GAP), 0, 0)
            painter.drawText(area, int(Qt.AlignmentFlag.AlignHCenter | Qt.AlignmentFlag.AlignTop), self._empty)
        if self.hasFocus() and not self.currentIndex().isValid():
            paint_focus(painter, QRectF(self.viewport().rect()), m.RADIUS_BADGE)

    def _hover(self, row: int) -> None:
        if row != self._cells.hover_row:
            self._cells.hover_row = row
            self.viewport().update()

    def _fit(self) -> None:
        if self.columns:
            fit_columns(self, self.columns, self._totals)

    def _restyle(self) -> None:
        theme = Theme.current()
        self.setFont(theme.font(Role.BODY))
        palette = self.palette()
        palette.setColor(QPalette.ColorRole.Base, theme.color("surface"))
        self.setPalette(palette)
        # The viewport keeps the palette of the theme it was made in, unless it is told.
        self.viewport().setPalette(palette)
        self.horizontalHeader().setFixedHeight(theme.px(m.TABLE_HEAD))
        self.verticalHeader().setMinimumSectionSize(1)
        self.verticalHeader().setDefaultSectionSize(theme.px(self._cells.row_height))
        self._fit()
        self.viewport().update()
