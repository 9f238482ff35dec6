"""The table of the product: rows of a model, chosen, opened, ticked and copied by keyboard and pointer."""

from PySide6.QtCore import QEvent, QModelIndex, Qt, Signal
from PySide6.QtGui import QGuiApplication, QKeyEvent, QKeySequence
from PySide6.QtWidgets import QAbstractItemView

from ui.figures import MINUS
from ui.models.columns import ROW_ROLE, Kind
from ui.models.paged_model import PagedModel
from ui.models.rows_model import RowsModel
from ui.theme import metrics as m
from ui.widgets.table_look import TableLook

TableModel = RowsModel | PagedModel


class DataTable(TableLook):
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
        super().__init__(row_height, whole_rows=whole_rows)
        self.horizontalHeader().setSectionsClickable(sortable)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setTabKeyNavigation(False)
        self.activated.connect(lambda index: self._open(index, self.columns[index.column()].key))
        self.clicked.connect(self._clicked)
        if model is not None:
            self.set_model(model, sort, sortable)

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

    def retranslate(self) -> None:
        """Read heads and cells again."""
        model = self.model()
        if isinstance(model, (RowsModel, PagedModel)):
            model.retranslate()
        self.viewport().update()
        self.horizontalHeader().viewport().update()

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
