"""The right side of the close screen: which files are there, and why it cannot be signed yet."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QStackedWidget, QWidget

from chainbrain.closing.steps import Completeness, Missing, StoreSource
from ui.theme import metrics as m
from ui.theme.translator import translate
from ui.views.close.shop_rolls import source
from ui.views.close.words import go_words, missing_words
from ui.views.parts.scroller import Scroller
from ui.widgets import CellState, CompletenessMatrix, EmptyState, Label, ListRow, MatrixRow, TitledCard, VBox


class MatrixCard(TitledCard):
    """Stores by sources; ``opened`` when a cell was clicked."""

    opened = Signal()

    def __init__(self) -> None:
        super().__init__(padding=(0, 0, 0, 0))
        self.matrix = CompletenessMatrix(cell_height=11, gap=5, max_cell_width=72)
        self._missing = Label(color="timing", bold=True)
        self.head_right.add(self._missing)
        content = QWidget()
        VBox(content, (m.GAP, m.GAP_S, m.GAP, m.GAP_S)).add(self.matrix, 0)
        self.add(Scroller(content))
        self.matrix.opened.connect(lambda _row, _column: self.opened.emit())

    def show_found(self, found: Completeness | None, names: dict[str, str]) -> None:
        """Show another month."""
        stores = found.stores if found else ()
        sources = found.sources if found else ()
        note = ""
        if found:
            note = translate("{stores} stores × {sources} sources, pale is closed").format(
                stores=len(stores), sources=len(sources)
            )
        self.set_title(translate("Completeness"), note)
        self._missing.setText(translate("%n missing", found.missing) if found and found.missing else "")
        rows = []
        for store in stores:
            by_source = {cell.source: cell for cell in store.cells}
            cells = tuple(_state(by_source.get(key)) for key in sources)
            rows.append(MatrixRow(names.get(store.store_id, store.name), cells, sum(c.missing for c in store.cells)))
        self.matrix.setAccessibleName(translate("Completeness"))
        self.matrix.set_rows([source(key) for key in sources], rows)


def _state(cell: StoreSource | None) -> CellState:
    if cell is None:
        return CellState.EMPTY
    if cell.missing:
        return CellState.PART if cell.full else CellState.MISSING
    return CellState.FULL if cell.full or cell.part else CellState.CLOSED


class ReasonsCard(TitledCard):
    """What stands in the way of signing, one line each; ``opened(Missing)`` leads to where it is mended."""

    opened = Signal(object)

    def __init__(self) -> None:
        super().__init__(padding=(0, 0, 0, 0), spacing=0)
        self._content = QWidget()
        self._box = VBox(self._content)
        self._empty, self._stack = EmptyState(), QStackedWidget()
        self._stack.addWidget(Scroller(self._content))
        self._stack.addWidget(self._empty)
        self.add(self._stack)
        self.rows: list[ListRow] = []

    def show_missing(self, missing: Sequence[Missing], closed: str = "") -> None:
        """Show other reasons; ``closed`` says that the month is signed."""
        self.set_title(translate("Not to be signed yet, because") if missing and not closed else translate("Signature"))
        while (item := self._box.takeAt(0)) is not None:
            if (old := item.widget()) is not None:
                old.deleteLater()
        self.rows = []
        for one in missing:
            icon = "clock" if one.code.startswith(("close.files", "close.bank_days")) else "alert"
            row = ListRow(
                missing_words(one), right=go_words(one.where), icon_name=icon,
                icon_token="timing" if icon == "clock" else "difference",
            )  # fmt: skip
            row.clicked.connect(lambda found=one: self.opened.emit(found))
            self._box.add(row)
            self.rows.append(row)
        self._box.add(0)
        self._empty.set_texts(
            closed or translate("Nothing is missing"), "" if closed else translate("It can be signed.")
        )
        self._stack.setCurrentIndex(0 if missing and not closed else 1)
