"""The page 付款清单: whom head office has to pay, what to look at first, and the file for the bank. Nothing is sent."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, cast

from PySide6.QtCore import QEvent, Signal
from PySide6.QtWidgets import QCheckBox, QFileDialog, QLineEdit, QWidget

from chainbrain.changes import Changes
from chainbrain.ledger.payment_lines import HOLDS
from chainbrain.masking import masked
from ui import figures
from ui.models import RowsModel
from ui.theme import metrics as m
from ui.theme.translator import Language
from ui.views.base import AppContext
from ui.views.splits import ledger_tables as tables
from ui.views.splits.figures_of import Told
from ui.widgets import Card, Choice, DataTable, DayField, HBox, Label, PrimaryButton, TotalRow, VBox, scaled
from ui.words import enumerated, message, word

if TYPE_CHECKING:
    from chainbrain.ledger.payments import PaymentList

_ACCEPTED = HOLDS[1:]


class PaymentBoard(QWidget):
    """The list of one month; ``written(Changes)`` once a list was made, ``told`` when its sentence is another."""

    written = Signal(object)
    told = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._context: AppContext | None = None
        self._month: date | None = None
        self._accounts: tuple[str, ...] = ()
        self._due: PaymentList | None = None
        self._picked = False
        self.today: Callable[[], date] = date.today
        self.table = DataTable(RowsModel(tables.payment_columns()), m.ROW_DENSE)
        self._total = TotalRow(self.table)
        self.account, self.columns, self.day = Choice(), QLineEdit(), DayField()
        self._account_label, self._columns_label = Label(color="text2"), Label(color="text2")
        self._day_label = Label(color="text2")
        self.accept = {code: QCheckBox() for code in _ACCEPTED}
        self.make_button = PrimaryButton()
        self._whole, self._aside = Label(color="text2", wrap=True), Label(color="text2", wrap=True)
        scaled(self.columns, height=m.CONTROL, min_width=140)
        head = HBox(spacing=m.GAP_S).add(
            self._day_label, self.day, self._account_label, self.account, self._columns_label, self.columns,
            self.make_button,
        )  # fmt: skip
        head.setStretch(5, 1)
        looked = HBox(spacing=m.GAP_M).add(*self.accept.values())
        looked.addStretch(1)
        card = Card(padding=(0, 0, 0, m.GAP_XS))
        card.add(self.table, self._total)
        box = VBox(self, spacing=m.GAP_M).add(head, self._whole, looked, card, self._aside)
        box.setStretch(3, 1)
        self.account.currentIndexChanged.connect(lambda _number: self.read())
        self.day.dateChanged.connect(self._pick)
        for tick in self.accept.values():
            tick.toggled.connect(lambda _on: self._show_sums())
        self.make_button.clicked.connect(self._ask)
        self.retranslate()

    @property
    def hint(self) -> str:
        """What the list comes to, and that nothing is sent."""
        due = self._due
        if self._month is None:
            return self.tr("Choose a month: a list is of one month.")
        if due is None or not due.lines:
            return self.tr("Nothing is due to anybody in this month.")
        going = due.going(self.accepted)
        words = self.tr("{count} of {all} payments, {amount} yuan. ChainBrain writes the table and never pays.")
        amount = figures.money(due.total(self.accepted))
        return words.format(count=len(going), all=len(due.lines), amount=amount)

    @property
    def accepted(self) -> tuple[str, ...]:
        """The checks that a person looked at."""
        return tuple(code for code, tick in self.accept.items() if tick.isChecked())

    def use(self, context: AppContext) -> None:
        """Take the open book."""
        self._context = context

    def set_told(self, told: Told, month: date | None) -> None:
        """Ask what is due in another month, or anew."""
        if month != self._month:
            for tick in self.accept.values():
                tick.setChecked(False)
        self._month, self._accounts = month, told.accounts
        self._fill()
        if not self._picked:
            # The window may have been open overnight.
            self.day.blockSignals(True)
            self.day.set_day(self.today())
            self.day.blockSignals(False)
        self.read()

    def read(self) -> None:
        """Read what is due."""
        month, account, day = self._month, self.account.currentData(), self.day.day()
        if month is None or self._context is None:
            self._show(None)
            return
        self._context.read(lambda rooms: rooms.payments.due(month, day, account), self._arrived)

    def make(self, path: Path) -> None:
        """Write the payments that go into a file for the bank, and keep the list."""
        due, accepted, language = self._due, self.accepted, Language.current()
        columns = self.columns.text().strip() or None
        if due is not None and self._context is not None:
            self._context.write(
                lambda workspace, _report: workspace.ledger_desk.make_list(
                    due, path, language, accepted=accepted, columns=columns
                ),
                lambda changes: self._made(changes, path),
            )

    def retranslate(self) -> None:
        """Set every text."""
        self._account_label.setText(self.tr("Pay from"))
        self._columns_label.setText(self.tr("Columns of the table"))
        self._day_label.setText(self.tr("Pay on"))
        self.day.setAccessibleName(self.tr("Pay on"))
        self.account.setAccessibleName(self.tr("Pay from"))
        self.columns.setAccessibleName(self.tr("Columns of the table"))
        example = ",".join(word(f"bank_batch.{key}") for key in ("holder", "account", "amount"))
        self.columns.setPlaceholderText(self.tr("the usual ones, or {example}").format(example=example))
        self.make_button.setText(self.tr("Write the bank's table…"))
        texts: dict[str, str] = {
            "duplicate": self.tr("Looked at the repeated ones: pay again"),
            "account_changed": self.tr("Looked at the changed accounts: they are right"),
            "card_digit": self.tr("Looked at the card numbers: they are right"),
        }
        for code, tick in self.accept.items():
            tick.setText(texts[code])
        self.table.setAccessibleName(self.tr("Payment list"))
        self.table.retranslate()
        cast("RowsModel", self.table.model()).retranslate()
        self._fill()
        self._show(self._due)

    def changeEvent(self, event: QEvent) -> None:
        """Follow a switch of the language."""
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()
        super().changeEvent(event)

    def _pick(self) -> None:
        self._picked = True
        self.read()

    def _fill(self) -> None:
        chosen = self.account.currentData()
        self.account.blockSignals(True)
        self.account.clear()
        self.account.addItem(self.tr("not named"), None)
        for number in self._accounts:
            self.account.addItem(masked(number), number)
        self.account.setCurrentIndex(max(0, self.account.findData(chosen)))
        self.account.blockSignals(False)

    def _arrived(self, due: PaymentList) -> None:
        # A month may have been chosen meanwhile.
        if (due.month, due.account, due.day) == (self._month, self.account.currentData(), self.day.day()):
            self._show(due)

    def _show(self, due: PaymentList | None) -> None:
        self._due = due
        lines = list(due.lines) if due else []
        cast("RowsModel", self.table.model()).set_rows(lines)
        found = {code for line in lines for code in line.holds}
        for code, tick in self.accept.items():
            tick.setVisible(code in found)
        aside = []
        if due and due.owing:
            stores = enumerated(f"{one.store} {figures.money(-one.closing)}" for one in due.owing)
            aside.append(self.tr("Owe head office instead: {stores}.").format(stores=stores))
        if due and due.by_stores:
            aside.append(self.tr("Paid by the stores themselves: {count} shares.").format(count=len(due.by_stores)))
        self._aside.setText(" ".join(aside))
        self._aside.setVisible(bool(aside))
        self._show_sums()

    def _show_sums(self) -> None:
        due = self._due
        going = due.going(self.accepted) if due else ()
        checks = due.checks(self.accepted) if due else ()
        self._whole.setText(enumerated(message(f"payment_check.{one.code}", **dict(one.facts)) for one in checks))
        self._whole.setVisible(bool(checks))
        self.make_button.setEnabled(bool(going))
        total = figures.money(due.total(self.accepted)) if due else ""
        texts = {"goes": self.tr("On the list"), "amount": total}
        self._total.setVisible(bool(due and due.lines))
        self._total.set_texts([texts.get(column.key, "") for column in self.table.columns])
        self.told.emit()

    def _ask(self) -> None:
        if self._month is None:
            return
        title = self.tr("Payment list")
        start = f"{title} {self._month:%Y-%m}.xlsx"
        chosen, _filter = QFileDialog.getSaveFileName(self, title, start, "*.xlsx *.csv")
        if chosen:
            path = Path(chosen)
            self.make(path if path.suffix else path.with_suffix(".xlsx"))

    def _made(self, changes: Changes, path: Path) -> None:
        if self._context is not None:
            for tick in self.accept.values():
                tick.setChecked(False)
            words = self.tr("List kept, table written: {path}. Nothing was paid.").format(path=path.name)
            self._context.notify("matched", words, self.tr("Undo"), self._context.undo)
            self._context.changed(changes)
            self.written.emit(changes)
            self.read()
