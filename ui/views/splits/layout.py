"""The parts of the splits screen and where they stand."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QSizePolicy, QStackedWidget, QWidget

from ui.models import RowsModel
from ui.theme import metrics as m
from ui.views.base import View
from ui.views.parts.export import ExportButton
from ui.views.parts.scroller import Scroller
from ui.views.reconcile.choices import MonthChoice
from ui.views.splits.editor import RuleEditor
from ui.views.splits.finding_note import FindingNote
from ui.views.splits.ledger_board import LedgerBoard
from ui.views.splits.pages import BOARDS, PAGES, pages
from ui.views.splits.payment_board import PaymentBoard
from ui.widgets import (
    Card,
    DataTable,
    EmptyState,
    FoldingTabs,
    KpiStrip,
    Label,
    SecondaryButton,
    TotalRow,
    VBox,
    scaled,
)


class SplitsLayout(View):
    """Key figures above, one table below, the example beside the rules."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.months = MonthChoice()
        self._export = ExportButton(("splits", "store-ledger", "statement"), self._filters)
        self.kpis, self.choice = KpiStrip(), FoldingTabs()
        self._store_names: dict[str, str] = {}
        self._pages = pages(self._store_names)
        self._models = {key: RowsModel(page.columns) for key, page in self._pages.items()}
        self.tables = {key: DataTable(model, m.ROW_DENSE) for key, model in self._models.items()}
        self._totals = {key: TotalRow(table) for key, table in self.tables.items()}
        self._hint, self.note = Label(color="text2"), FindingNote()
        self.editor = RuleEditor()
        # Enlarged, the fields of a rule are taller than the window.
        self._editing = Scroller(self.editor, whole=True)
        self._tables = QStackedWidget()
        # Beside the form a few rules are always seen.
        scaled(self._tables, min_height=m.TABLE_HEAD + 3 * m.ROW_DENSE)
        self._sheets: list[QWidget] = []
        for key, table in self.tables.items():
            card = Card(padding=(0, 0, 0, m.GAP_XS))
            card.add(table, self._totals[key])
            self._sheets.append(card)
        self.ledger, self.payments = LedgerBoard(), PaymentBoard()
        self._sheets += [self.ledger, self.payments]
        for sheet in self._sheets:
            self._tables.addWidget(sheet)
        filled, self._stack, self._empty = QWidget(), QStackedWidget(), EmptyState()
        box = VBox(filled, (m.SCREEN_SIDE, m.SCREEN_TOP, m.SCREEN_SIDE, m.SCREEN_BOTTOM), m.GAP_M)
        box.add(self.kpis, self.choice, self._hint, self._tables, self.note, self._editing)
        box.setStretch(3, 1)
        nothing, self._first = QWidget(), SecondaryButton()
        room = VBox(nothing, (m.GAP, m.GAP, m.GAP, m.GAP_XL), m.GAP_S).add(self._empty)
        room.setStretch(0, 1)
        room.addWidget(self._first, alignment=Qt.AlignmentFlag.AlignHCenter)
        self._stack.addWidget(nothing)
        self._stack.addWidget(filled)
        VBox(self).add(self._stack)

    def _show_sheet(self, key: str) -> None:
        """Bring one of the tables to the front."""
        self.choice.set_current(key)
        self._tables.setCurrentIndex((*PAGES, *BOARDS).index(key))
        for sheet in self._sheets:
            # A page that is not shown asks for no room: the boards are taller than the tables.
            shown = sheet is self._tables.currentWidget()
            upright = QSizePolicy.Policy.Expanding if shown else QSizePolicy.Policy.Ignored
            sheet.setSizePolicy(QSizePolicy.Policy.Expanding, upright)
        # The example needs the room, and the month's figures say nothing about the rules.
        self._editing.setVisible(key == "rules")
        self.kpis.setVisible(key not in {"rules", *BOARDS})

    @property
    def page(self) -> str:
        """The table on screen."""
        return self.choice.current

    @property
    def hint(self) -> str:
        """What the line above the table says."""
        return self._hint.text()

    @property
    def is_empty(self) -> bool:
        """Whether there are neither rules nor a ledger."""
        return self._stack.currentIndex() == 0

    def _main_table(self, key: str) -> DataTable:
        if key in BOARDS:
            return self.ledger.months if key == "ledger" else self.payments.table
        return self.tables[key]

    def _filters(self, _name: str) -> Mapping[str, object]:
        period = self.months.period
        return {"first": period.first, "after": period.after}
