"""The 凭证 button: a month's journal lines as the table of an accounting program, and the accounts they stand on."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QFileDialog, QMenu

from chainbrain.changes import Changes
from chainbrain.reports import voucher_files
from chainbrain.reports.vouchers import store_names, untold_sentences, vat_sentences
from chainbrain.vouchers.accounts import CHARTS
from chainbrain.vouchers.layouts import LAYOUTS, Frame
from chainbrain.vouchers.room import CHART, MAKER, VAT, VAT_WAYS, WORD
from ui.theme.translator import Language
from ui.views.base import AppContext
from ui.widgets import DropDownButton
from ui.words import word

if TYPE_CHECKING:
    from chainbrain.workspace import Rooms, Workspace


class VoucherMenu(DropDownButton):
    """Writes vouchers, writes and reads the table of accounts; ``wrote(path)`` when a file is there."""

    wrote = Signal(object)

    def __init__(self, month: Callable[[], date | None]) -> None:
        super().__init__("", "table")
        self._month = month
        self.context: AppContext | None = None
        self._layouts = {one.key: self._action(partial(self.ask, one.key)) for one in LAYOUTS}
        self._charts = {key: self._action(partial(self.choose_chart, key)) for key in CHARTS}
        self._export, self._read = self._action(self.ask_accounts), self._action(self.ask_table)
        self._chart_menu = QMenu(self)
        self._untaxed = QAction(self)
        self._untaxed.setCheckable(True)
        self._untaxed.triggered.connect(lambda on: self.choose_vat(untaxed=on))
        self.menu().aboutToShow.connect(self.show_choices)
        self.retranslate()

    def commands(self) -> list[QAction]:
        """Return the commands for the menu and the command search."""
        return [*self._layouts.values(), self._export, self._read]

    def retranslate(self) -> None:
        """Set the texts and build the menu."""
        self.setText(self.tr("Journal lines"))
        menu = self.menu()
        menu.clear()
        for layout in LAYOUTS:
            action = self._layouts[layout.key]
            # How far the columns are known stands where they are chosen.
            known = word(f"voucher_known.{layout.known}")
            action.setText(f"{word(f'voucher_layout.{layout.key}')}（{known}）")
            action.setToolTip(action.text())
            menu.addAction(action)
        menu.addSeparator()
        self._export.setText(self.tr("Write the table of accounts…"))
        self._read.setText(self.tr("Read a filled-in table of accounts…"))
        menu.addActions([self._export, self._read])
        self._chart_menu.clear()
        self._chart_menu.setTitle(self.tr("Chart of accounts"))
        for chart, action in self._charts.items():
            action.setText(word(f"account_chart.{chart}"))
            self._chart_menu.addAction(action)
        menu.addMenu(self._chart_menu)
        self._untaxed.setText(self.tr("Revenue without VAT, the tax apart"))
        self._untaxed.setToolTip(
            self.tr("Where a store's kind of taxpayer and its rate are known; others stay with VAT.")
        )
        menu.addAction(self._untaxed)

    def changeEvent(self, event: QEvent) -> None:
        """Follow a switch of the language."""
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()
        super().changeEvent(event)

    def ask(self, layout: str) -> None:
        """Ask where to, then write the vouchers of the month."""
        month = self._month()
        if month is None:
            return
        start = f"{word('report.vouchers')} {month:%Y-%m} {word(f'voucher_layout.{layout}')}.xlsx"
        chosen, _filter = QFileDialog.getSaveFileName(self, self.text(), start, "*.xlsx *.csv")
        if chosen:
            self.write(layout, month, _with_suffix(chosen))

    def write(self, key: str, month: date, path: Path) -> None:
        """Have the vouchers of a month written."""

        language = Language.current()

        def work(rooms: Rooms) -> list[str]:
            room = rooms.vouchers
            frame = Frame(room.setting(WORD), room.setting(MAKER), "zh", store_names(rooms.book))
            journal = room.journal(month)
            voucher_files.write_vouchers(path, room.layout(key), journal.vouchers, frame)
            untold = untold_sentences(journal, frame.names, language)
            return [*untold, *vat_sentences(room.exemptions(month), language)]

        self._run(work, path)

    def ask_accounts(self) -> None:
        """Ask where to, then write the table of accounts."""
        start = f"{word('report.voucher-accounts')}.xlsx"
        chosen, _filter = QFileDialog.getSaveFileName(self, self.text(), start, "*.xlsx *.csv")
        if chosen:
            self.write_accounts(_with_suffix(chosen))

    def write_accounts(self, path: Path) -> None:
        """Have the table of accounts written."""

        def work(rooms: Rooms) -> list[str]:
            voucher_files.write_accounts(path, rooms.vouchers.accounts().values(), "zh")
            return []

        self._run(work, path)

    def ask_table(self) -> None:
        """Ask which table, then take its accounts."""
        chosen, _filter = QFileDialog.getOpenFileName(self, self.text(), "", "*.xlsx *.csv")
        if chosen:
            self.read_table(Path(chosen))

    def read_table(self, path: Path) -> None:
        """Take the accounts of a filled-in table; they can be taken back with undo."""

        def work(workspace: Workspace, _report: object) -> Changes | None:
            words = voucher_files.read_accounts(path, workspace.vouchers.accounts().values())
            return workspace.set_accounts(words) if words else None

        if self.context is not None:
            self.context.write(work, self._taken, self.tr("Reading the table of accounts"))

    def choose_chart(self, chart: str) -> None:
        """Take the accounts of another standard where nobody set an own one."""
        if self.context is not None:
            self.context.write(
                lambda workspace, _report: workspace.set_voucher_setting(CHART, chart), self._taken,
                self.tr("Writing the setting"),
            )  # fmt: skip

    def show_choices(self) -> None:
        """Tick what the book says."""
        if self.context is not None:
            self.context.read(lambda rooms: rooms.vouchers.untaxed, self._untaxed.setChecked)

    def choose_vat(self, *, untaxed: bool) -> None:
        """Enter revenue without VAT where the rate is known, or with it again; it can be taken back with undo."""
        context, month, language = self.context, self._month(), Language.current()
        if context is None:
            return

        def work(workspace: Workspace, _report: object) -> tuple[Changes, list[str]]:
            changes = workspace.set_voucher_setting(VAT, VAT_WAYS[untaxed])
            return changes, vat_sentences(workspace.vouchers.exemptions(month), language) if month else []

        def done(found: tuple[Changes, list[str]]) -> None:
            changes, told = found
            context.changed(changes)
            said = self.tr("Revenue is entered without VAT") if untaxed else self.tr("Revenue is entered with VAT")
            context.notify("matched", " ".join([said, *told]), self.tr("Undo"), context.undo)

        context.write(work, done, self.tr("Writing the setting"))

    def _action(self, work: Callable[[], None]) -> QAction:
        action = QAction(self)
        action.triggered.connect(lambda _on=False: work())
        return action

    def _run(self, work: Callable[[Rooms], list[str]], path: Path) -> None:
        context = self.context
        if context is None:
            return
        self.set_busy(True)
        job = context.read(work, lambda told: self._written(path, told))
        job.finished.connect(lambda: self.set_busy(False))

    def _written(self, path: Path, told: list[str]) -> None:
        if self.context is not None:
            said = self.tr("Written: {path}").format(path=path.name)
            self.context.notify("matched", " ".join([said, *told]))
        self.wrote.emit(path)

    def _taken(self, changes: Changes | None) -> None:
        context = self.context
        if context is None:
            return
        if changes is None:
            context.notify("timing", self.tr("The table says nothing new"))
            return
        context.changed(changes)
        context.notify("matched", self.tr("The accounts are changed"), self.tr("Undo"), context.undo)


def _with_suffix(chosen: str) -> Path:
    path = Path(chosen)
    return path if path.suffix else path.with_suffix(".xlsx")
