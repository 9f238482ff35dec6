"""The screen 月结: twelve steps, the one next step, the table behind each, and who signs."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import cast

from PySide6.QtGui import QAction
from PySide6.QtWidgets import QStackedWidget, QWidget

from chainbrain.changes import Changes
from chainbrain.closing.steps import Missing, Step, Where
from chainbrain.replay import Replayed
from ui.theme import metrics as m
from ui.views.base import AppContext, View
from ui.views.close.content import CloseData, load, next_step
from ui.views.close.key_figures import kpis, signed_words
from ui.views.close.leads import Leads
from ui.views.close.next_bar import NextBar
from ui.views.close.roll_card import RollCard
from ui.views.close.rolls import rolls
from ui.views.close.side_cards import MatrixCard, ReasonsCard
from ui.views.close.steps_table import ROW, StepsTable
from ui.views.close.voucher_menu import VoucherMenu
from ui.views.close.words import go_words, missing_words
from ui.views.close.writing import Writing
from ui.views.listing.window import close_lists
from ui.views.parts.board import Board, Cell, Column
from ui.views.parts.export import ExportButton
from ui.views.parts.reader import Loader
from ui.views.reconcile.choices import MonthOnly
from ui.widgets import EmptyState, KpiStrip, TitledCard, VBox
from ui.words import word


class CloseView(View):
    """Shows one month; every figure leads to its rows, every lack to where it is mended."""

    key = "close"
    icon_name = "lock"

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.data = CloseData()
        self._read = False
        self._chosen = "completeness"
        self._loader = Loader(self)
        self.months = MonthOnly()
        self.export = ExportButton(("month-end", "vouchers", "differences", "splits"), lambda _name: self.leads.filters)
        self.vouchers = VoucherMenu(lambda: self.data.month)
        self.writing, self.leads = Writing(self), Leads(self)
        self.kpis, self.next, self.steps = KpiStrip(), NextBar(), StepsTable()
        self.roll, self.matrix, self.reasons = RollCard(), MatrixCard(), ReasonsCard()
        self._steps_card = TitledCard(padding=(0, 0, 0, 0), spacing=0)
        self._steps_card.add(self.steps)
        self._board, self._empty, self._stack = Board(), EmptyState(), QStackedWidget()
        self._stack.addWidget(self._board)
        self._stack.addWidget(self._empty)
        VBox(self).add(self._stack)
        steps = m.CARD_HEAD + m.TABLE_HEAD + 12 * ROW + 8
        self._board.set_lines(
            (
                (Column((Cell(self.kpis, least=92, flows=True, first=True),)),),
                (Column((Cell(self.next, least=self.next.needed_height, first=True),)),),
                (
                    Column((Cell(self._steps_card, least=steps),), share=716),
                    Column(
                        (
                            Cell(self.matrix, least=170, grows=1, stacked=280),
                            Cell(self.reasons, least=200, grows=1, stacked=280),
                        ),
                        share=508,
                    ),
                ),
                (Column((Cell(self.roll, least=170, grows=1, stacked=300),)),),
            )
        )
        self._refresh_action, self._sign_action = QAction(self), QAction(self)
        self._refresh_action.setShortcut("F5")
        self.addActions([self._refresh_action, self._sign_action])
        self._connect()
        self.retranslate()

    def _connect(self) -> None:
        self._loader.loaded.connect(self._show)
        self.months.changed.connect(self.refresh)
        self.steps.row_changed.connect(self._show_step)
        self.steps.row_activated.connect(lambda step: self.leads.go(cast("Step", step).where))
        self.roll.opened.connect(self.leads.open)
        self.matrix.opened.connect(lambda: self.choose("completeness"))
        self.reasons.opened.connect(lambda missing: self.leads.go(cast("Missing", missing).where))
        self.next.acted.connect(self._act)
        self.next.signing.connect(self.writing.ask)
        self.kpis.opened.connect(self.leads.open_figure)
        self._refresh_action.triggered.connect(lambda _on=False: self.refresh())
        self._sign_action.triggered.connect(lambda _on=False: self.writing.ask())
        self._empty.acted.connect(lambda: self.leads.go(Where("import")))

    # What the window asks.

    def title(self) -> str:
        """Return the name of the screen."""
        return self.tr("Month-end")

    def top_bar_widgets(self) -> tuple[list[QWidget], list[QWidget]]:
        """Return month, vouchers and pack."""
        return [], [self.months, self.vouchers, self.export]

    def actions(self) -> list[QAction]:
        """Return the commands of this screen."""
        return [self._refresh_action, self._sign_action, *self.export.commands(), *self.vouchers.commands()]

    def set_workspace(self, context: AppContext) -> None:
        """Take the open book."""
        close_lists(self)
        super().set_workspace(context)
        self.export.context = self.vouchers.context = context
        self._loader.tell(context.show_failure)
        self.months.choose(None)
        self._read = False
        self.data = CloseData()

    def refresh(self, changes: Changes | None = None) -> None:
        """Read the month again; the old figures stay until the new ones are there."""
        if self.context is not None:
            wanted = self.months.period.first
            self._loader.load(self.context, lambda rooms, _report: load(rooms, wanted))

    def open_with(self, **filters: object) -> None:
        """Show the ``month`` or ``step`` that another screen points at."""
        if isinstance(month := filters.get("month"), str) and len(month) == 7:
            self.months.choose(date.fromisoformat(f"{month}-01"))
            self.refresh()
        if isinstance(step := filters.get("step"), str):
            self.choose(step)

    def retranslate(self) -> None:
        """Set every text."""
        self._refresh_action.setText(self.tr("Read the month again"))
        self._sign_action.setText(self.tr("Sign the month or open it again"))
        self._steps_card.set_title(self.tr("Steps"))
        self.steps.setAccessibleName(self.tr("Steps"))
        self.steps.retranslate()
        self.kpis.setAccessibleName(self.tr("Key figures"))
        self._empty.set_texts(
            self.tr("No month to close yet"),
            self.tr("Import the month's files and reconcile; the steps of the close then stand here."),
            self.tr("To import"),
        )
        self._show_texts()

    @property
    def is_empty(self) -> bool:
        """Whether the book has no month."""
        return self._stack.currentWidget() is self._empty

    def show_replayed(self, found: Replayed) -> None:
        """Show what came out when the month was reckoned again."""
        if found.month == self.data.month:
            self.data = replace(self.data, replayed=found)
            self.choose("sign")
            self.roll.show_roll("replayed")

    @property
    def step(self) -> str:
        """The step that is turned to."""
        return self._chosen

    # What is shown.

    def choose(self, step: str) -> None:
        """Turn to one of the steps."""
        self._chosen = step
        self.steps.show_board(self.data.board, step)
        # The chosen row may be the one that stood there before, with other figures.
        if self.data.board is not None:
            self._show_step(self.data.board.step(step))

    def _show(self, data: CloseData) -> None:
        self.data, self._read = data, True
        self.months.set_values(tuple(one.month for one in reversed(data.months)))
        self.months.choose(data.month)
        if data.board is not None and data.board.month.closed:
            self._chosen = "sign"
        self._show_texts()

    def _show_texts(self) -> None:
        data, board = self.data, self.data.board
        empty = self._read and board is None
        self._stack.setCurrentWidget(self._empty if empty else self._board)
        for widget in (self.months, self.export, self.vouchers):
            widget.setEnabled(board is not None)
        self.steps.show_board(board, self._chosen)
        self.matrix.show_found(data.completeness, data.names)
        if board is None:
            self.roll.show_rolls(())
            self.kpis.set_items(())
            # Before anything is read nothing is known to be complete.
            self.next.show_step("", self.tr("Reading…"), "")
            self.reasons.show_missing((), self.tr("Reading…"))
            return
        self.kpis.set_items(kpis(board))
        closed = signed_words(board.month)
        self.reasons.show_missing(board.blockers, closed)
        self._show_next(closed)

    def _show_next(self, closed: str) -> None:
        board = self.data.board
        assert board is not None
        if closed:
            self.next.show_step("", closed, self.tr("Reckon again from the kept files"), self.tr("Open again…"))
            return
        step, missing = next_step(board)
        name = word(f"close_step.{step.key}")
        if missing is None:
            self.next.show_step(name, self.tr("Nothing is missing: the month can be signed"), self.tr("Sign and lock…"))
            return
        sign = self.tr("Sign with a reason…") if board.can_sign else ""
        self.next.show_step(name, missing_words(missing), go_words(missing.where), sign)

    def _show_step(self, row: object) -> None:
        if isinstance(row, Step):
            self._chosen = row.key
            self.roll.show_rolls(rolls(self.data, row.key))

    def _act(self) -> None:
        board = self.data.board
        if board is None:
            return
        if board.month.closed:
            self.writing.replay()
            return
        step, missing = next_step(board)
        if missing is None:
            self.writing.ask()
        else:
            self.choose(step.key)
            self.leads.go(missing.where)
