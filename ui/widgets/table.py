"""The table of the product: fixed row height, painted head, sorting in the model, keyboard."""

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QModelIndex, QRectF, Qt, Signal
from PySide6.QtGui import (
    QGuiApplication,
    QKeyEvent,
    QKeySequence,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPalette,
    QResizeEvent,
)
from PySide6.QtWidgets import QAbstractItemView, QFrame, QHeaderView, QTableView

from ui.figures import MINUS
from ui.models.columns import ROW_ROLE, Column, Kind
from ui.models.paged_model import PagedModel
from ui.models.rows_model import RowsModel
from ui.theme import metrics as m
from ui.theme.theme import Theme, follow_theme
from ui.theme.type_roles import Role
from ui.widgets.column_widths import fit_columns
from ui.widgets.painting import paint_focus
from ui.widgets.table_delegate import CellDelegate
from ui.widgets.table_head import TableHead

TableModel = RowsModel | PagedModel


class DataTable(QTableView):
    """Shows a ``RowsModel`` or ``PagedModel``.

    ``row_activated(row)`` by Enter or double click, ``row_changed(row)`` when another row is
    current (None when there is none), ``cell_clicked(row, column_key)``, ``cell_opened(row, column_key)`` by double
    click, or by Enter and then without a column.

    Args:
        model: the model; may be set later.
        row_height: px at 100 %.
        sort: initial (column key, descending), None leaves the model's order.
        sortable: whether heads sort at all.
        whole_rows: whether no row is cut off at the foot: what is left below the last whole one stays empty.
    """

    row_activated = Signal(object)
    row_changed = Signal(object)
    cell_clicked = Signal(object, str)
    cell_opened = Signal(object, str)

    def __init__(
        self,
        model: TableModel | None = None,
        row_height: float = m.ROW,
        sort: tuple[str, bool] | None = None,
        sortable: bool = True,
        *,
        whole_rows: bool = False,
    ) -> None:
        super().__init__()
        self._whole_rows, self._fitting = whole_rows, False
        self._empty = ""
        self._totals: tuple[str, ...] = ()
        self.set_cells(CellDelegate(row_height))
        self.setHorizontalHeader(TableHead(self))
        self.horizontalHeader().setSectionsClickable(sortable)
        self.verticalHeader().hide()
        self.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setShowGrid(False)
        self.setMouseTracking(True)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setTabKeyNavigation(False)
        self.setWordWrap(False)
        self.activated.connect(lambda index: self._open(index, self.columns[index.column()].key))
        self.clicked.connect(self._clicked)
        if model is not None:
            self.set_model(model, sort, sortable)
        follow_theme(self._restyle)

    def set_model(self, model: TableModel, sort: tuple[str, bool] | None = None, sortable: bool = True) -> None:
        """Show another model."""
        self.setSortingEnabled(False)
        self.setModel(model)
        self.selectionModel().currentRowChanged.connect(self._current_changed)
        model.modelReset.connect(self._fit)
        head = self.horizontalHeader()
        keys = [column.key for column in model.columns]
        if sort is not None and sort[0] in keys:
            order = Qt.SortOrder.DescendingOrder if sort[1] else Qt.SortOrder.AscendingOrder
            head.setSortIndicator(keys.index(sort[0]), order)
        else:
            head.setSortIndicator(-1, Qt.SortOrder.AscendingOrder)
        # Enabling sorts at once by the indicator, which is exactly the wanted start.
        self.setSortingEnabled(sortable)
        self._fit()

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

    def current_row(self) -> object:
        """Return the row under the keyboard, None when there is none."""
        return self.currentIndex().data(ROW_ROLE) if self.currentIndex().isValid() else None

    def select_number(self, number: int) -> None:
        """Make the row at ``number`` current and show it."""
        model = self.model()
        if model is not None and 0 <= number < model.rowCount():
            index = model.index(number, 0)
            self.setCurrentIndex(index)
            self.scrollTo(index)

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

    def retranslate(self) -> None:
        """Read heads and cells again."""
        model = self.model()
        if isinstance(model, (RowsModel, PagedModel)):
            model.retranslate()
        self.viewport().update()
        self.horizontalHeader().viewport().update()

    def content_height(self) -> int:
        """Return the height at which every row shows, px on screen."""
        model = self.model()
        rows = model.rowCount() if model is not None else 0
        return Theme.current().px(m.TABLE_HEAD) + rows * Theme.current().px(self._cells.row_height)

    def changeEvent(self, event: QEvent) -> None:
        """Follow a switch of the language."""
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()
        super().changeEvent(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Copy the row with Ctrl+C, change a tick with Space, activate with Enter."""
        index = self.currentIndex()
        if event.matches(QKeySequence.StandardKey.Copy):
            self._copy()
        elif event.key() == Qt.Key.Key_Space and index.isValid() and self._toggle_row(index):
            return
        elif event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter} and index.isValid():
            self._open(index, "")
        else:
            super().keyPressEvent(event)

    def moveCursor(self, action: QAbstractItemView.CursorAction, modifiers: Qt.KeyboardModifier) -> QModelIndex:
        """Go to the first or last row with Home and End where rows are chosen as a whole."""
        model, here = self.model(), self.currentIndex()
        ends = {QAbstractItemView.CursorAction.MoveHome: 0, QAbstractItemView.CursorAction.MoveEnd: -1}
        whole = self.selectionBehavior() == QAbstractItemView.SelectionBehavior.SelectRows
        if whole and action in ends and model is not None and model.rowCount():
            return model.index(ends[action] % model.rowCount(), max(0, here.column()))
        return super().moveCursor(action, modifiers)

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

    def _clicked(self, index: QModelIndex) -> None:
        column = self.columns[index.column()]
        model = self.model()
        if column.kind is Kind.TICK and isinstance(model, RowsModel):
            model.toggle(index)
        self.cell_clicked.emit(index.data(ROW_ROLE), column.key)

    def _open(self, index: QModelIndex, key: str) -> None:
        self.row_activated.emit(index.data(ROW_ROLE))
        self.cell_opened.emit(index.data(ROW_ROLE), key)

    def _toggle_row(self, index: QModelIndex) -> bool:
        model = self.model()
        for number, column in enumerate(self.columns):
            if column.kind is Kind.TICK and isinstance(model, RowsModel):
                model.toggle(index.siblingAtColumn(number))
                return True
        return False

    def _current_changed(self, current: QModelIndex, _previous: QModelIndex) -> None:
        self.row_changed.emit(current.data(ROW_ROLE) if current.isValid() else None)

    def _copy(self) -> None:
        index = self.currentIndex()
        if not index.isValid():
            return
        cells = [index.siblingAtColumn(number).data() for number in range(len(self.columns))]
        # Copies go to spreadsheets, which know only the plain minus.
        text = "\t".join(str(cell or "").replace(MINUS, "-") for cell in cells)
        QGuiApplication.clipboard().setText(text)

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
