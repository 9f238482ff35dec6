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
from chainbrain.reports.vouchers import store_names
from chainbrain.vouchers.accounts import CHARTS
from chainbrain.vouchers.layouts import LAYOUTS, Frame
from chainbrain.vouchers.room import CHART, MAKER, WORD
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

        def work(rooms: Rooms) -> int:
            room = rooms.vouchers
            frame = Frame(room.setting(WORD), room.setting(MAKER), "zh", store_names(rooms.book))
            return voucher_files.write_vouchers(path, room.layout(key), room.journal(month).vouchers, frame)

        self._run(work, path)

    def ask_accounts(self) -> None:
        """Ask where to, then write the table of accounts."""
        start = f"{word('report.voucher-accounts')}.xlsx"
        chosen, _filter = QFileDialog.getSaveFileName(self, self.text(), start, "*.xlsx *.csv")
        if chosen:
            self.write_accounts(_with_suffix(chosen))

    def write_accounts(self, path: Path) -> None:
        """Have the table of accounts written."""
        self._run(lambda rooms: voucher_files.write_accounts(path, rooms.vouchers.accounts().values(), "zh"), path)

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

    def _action(self, work: Callable[[], None]) -> QAction:
        action = QAction(self)
        action.triggered.connect(lambda _on=False: work())
        return action

    def _run(self, work: Callable[[Rooms], int], path: Path) -> None:
        context = self.context
        if context is None:
            return
        self.set_busy(True)
        job = context.read(work, lambda _rows: self._written(path))
        job.finished.connect(lambda: self.set_busy(False))

    def _written(self, path: Path) -> None:
        if self.context is not None:
            self.context.notify("matched", self.tr("Written: {path}").format(path=path.name))
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
