"""The page 往来账: the months of the ledger, the lines of the chosen store, and the rows behind each line."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING, cast

from PySide6.QtCore import QEvent, Signal
from PySide6.QtWidgets import QStackedWidget, QWidget

from chainbrain.changes import Changes
from chainbrain.ledger import fairness
from chainbrain.ledger.ways import CollectingWord
from ui import figures
from ui.models import RowsModel
from ui.theme import metrics as m
from ui.views.base import AppContext
from ui.views.parts.columns import total_texts
from ui.views.splits import ledger_tables as tables
from ui.views.splits.entry_form import EntryForm
from ui.views.splits.figures_of import Told
from ui.views.splits.ledger_files import LedgerFiles
from ui.widgets import Card, DataTable, HBox, Label, LinkButton, PrimaryButton, SecondaryButton, TotalRow, VBox
from ui.words import enumerated, word

if TYPE_CHECKING:
    from chainbrain.ledger.lines import LedgerLine, LedgerMonth
    from chainbrain.ledger.room import LedgerRow
    from chainbrain.ledger.words import LedgerEntry


class LedgerBoard(QWidget):
    """Months above, what they are made of below; ``written(Changes)`` once a line or a word is in the book."""

    written = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        self._context: AppContext | None = None
        self._told, self._compared = Told(), ""
        self.months = DataTable(RowsModel(tables.month_columns()), m.ROW_DENSE)
        self._total = TotalRow(self.months)
        below = {"lines": tables.line_columns(), "rows": tables.row_columns(), "compared": tables.compared_columns()}
        self.below = {key: DataTable(RowsModel(columns), m.ROW_DENSE) for key, columns in below.items()}
        self._stack = QStackedWidget()
        for table in self.below.values():
            self._stack.addWidget(table)
        self.new_button, self.statement_button = PrimaryButton(), SecondaryButton()
        self.give_button, self.compare_button = SecondaryButton(), SecondaryButton()
        self.back_button, self.unified_button, self.independent_button = LinkButton(), LinkButton(), LinkButton()
        self._way, self._title, self.form = Label(color="text2", wrap=True), Label(bold=True), EntryForm()
        self.files = LedgerFiles(self)
        self._lay_out()
        self._connect()
        self.retranslate()

    def _lay_out(self) -> None:
        way = HBox(spacing=m.GAP_S).add(self._way)
        way.setStretch(0, 1)
        way.add(self.compare_button, self.give_button, self.statement_button, self.new_button)
        above, under = Card(padding=(0, 0, 0, m.GAP_XS)), Card(padding=(0, 0, 0, m.GAP_XS))
        above.add(self.months, self._total)
        head = HBox(spacing=m.GAP_S, margins=(m.GAP_M, m.GAP_S, m.GAP_M, 0)).add(self.back_button, self._title)
        head.setStretch(1, 1)
        head.add(self.unified_button, self.independent_button)
        under.add(head, self._stack)
        box = VBox(self, spacing=m.GAP_M)
        box.add(way, self.form, above, under)
        box.setStretch(2, 1)
        box.setStretch(3, 1)
        self.form.hide()

    def _connect(self) -> None:
        self.months.row_changed.connect(lambda _row: self._open())
        self.months.row_activated.connect(lambda _row: self.below["lines"].setFocus())
        self.below["lines"].row_activated.connect(lambda row: self.open_line(cast("LedgerLine", row)))
        self.back_button.clicked.connect(self._open)
        self.new_button.clicked.connect(self.begin)
        self.form.said.connect(self._write)
        self.form.dropped.connect(self.form.hide)
        self.statement_button.clicked.connect(self.files.ask_statement)
        self.give_button.clicked.connect(self.files.ask_fairness)
        self.compare_button.clicked.connect(self.files.ask_compare)
        self.files.compared.connect(self._show_compared)
        self.unified_button.clicked.connect(lambda: self.say_way("unified"))
        self.independent_button.clicked.connect(lambda: self.say_way("independent"))

    # What the screen hands over.

    def use(self, context: AppContext) -> None:
        """Take the open book."""
        self._context = context
        self.files.use(context)
        self.form.hide()

    def set_told(self, told: Told) -> None:
        """Show the months that were read; the chosen store stays chosen."""
        self._told = told
        chosen = self.chosen
        rows = list(told.ledger)
        model = cast("RowsModel", self.months.model())
        model.set_rows(rows)
        self._add_up()
        if rows:
            codes = [row.store for row in rows]
            self.months.select_number(codes.index(chosen.store) if chosen and chosen.store in codes else 0)
        self._open()

    def _add_up(self) -> None:
        rows = list(self._told.ledger)
        # Balances of several months do not add up.
        self._total.setVisible(len(rows) > 1 and len({row.month for row in rows}) == 1)
        keys = [column.key for column in self.months.columns]
        self._total.set_texts(total_texts(keys, tables.MONTH_SUMS, rows) if rows else [])

    @property
    def chosen(self) -> LedgerMonth | None:
        """The month of one store that is chosen."""
        return cast("LedgerMonth | None", self.months.current_row())

    @property
    def hint(self) -> str:
        """Both sides in one sentence."""
        rows = self._told.ledger
        if not rows:
            return self.tr("No ledger in this month. Write the first line, or import a table {table}.").format(
                table=word("format.chainbrain-ledger")
            )
        gap = sum((abs(row.gap) for row in rows), Decimal(0))
        unclear = sum((row.unclear for row in rows), Decimal(0))
        if gap:
            words = self.tr("The two sides differ by {amount} yuan: open the store that is marked.")
            return words.format(amount=figures.money(gap))
        if unclear:
            words = self.tr("Both sides agree, but {amount} yuan was collected by nobody knows whom: say who below.")
            return words.format(amount=figures.money(unclear))
        if unknown := [one for one in self._told.unreckoned if one.store in {row.store for row in rows}]:
            words = self.tr("Both sides agree, but {count} claims cannot be known and are in no balance.")
            return words.format(count=len(unknown))
        return self.tr("Head office's receivable is the store's payable: difference 0.00. Enter opens a line.")

    # What one store's month is made of.

    def open_line(self, line: LedgerLine | None) -> None:
        """Show the rows of which a line is made; what a person wrote has none but itself."""
        context = self._context
        if line is None or context is None or line.kind not in {"sales", "platform", "split", "royalty"}:
            return
        context.read(lambda rooms: rooms.ledger.rows(line), lambda rows: self._show_rows(line, rows))

    def say_way(self, way: str) -> None:
        """Write who collects, from the first day of the month on."""
        chosen = self.chosen
        if chosen is None or self._context is None:
            return
        word_of_it = CollectingWord(chosen.store, way, chosen.month)
        self._context.write(
            lambda workspace, _report: workspace.ledger_desk.say_collecting(word_of_it),
            lambda changes: self._done(changes, self.tr("Written down who collects")),
        )

    def _open(self) -> None:
        chosen, context = self.chosen, self._context
        self.files.choose(chosen)
        self._turn("lines")
        self._say_way(chosen)
        model = cast("RowsModel", self.below["lines"].model())
        if chosen is None or context is None:
            model.set_rows([])
            self._title.setText("")
            return
        self._title.setText(f"{chosen.store} {chosen.name or ''} · {chosen.month:%Y-%m}")
        context.read(
            lambda rooms: rooms.ledger.lines(chosen.month, chosen.store), lambda rows: self._show_lines(chosen, rows)
        )

    def _show_lines(self, asked: LedgerMonth, rows: tuple[LedgerLine, ...]) -> None:
        if self.chosen is not None and (self.chosen.store, self.chosen.month) == (asked.store, asked.month):
            cast("RowsModel", self.below["lines"].model()).set_rows(list(rows))

    def _show_rows(self, line: LedgerLine, rows: tuple[LedgerRow, ...]) -> None:
        cast("RowsModel", self.below["rows"].model()).set_rows(list(rows))
        self._title.setText(f"{line.store} · {line.month:%Y-%m} · {tables.line_name(line)}")
        self._turn("rows")
        self.below["rows"].setFocus()

    def _turn(self, key: str) -> None:
        self._stack.setCurrentWidget(self.below[key])
        self.back_button.setVisible(key != "lines")

    def _say_way(self, chosen: LedgerMonth | None) -> None:
        way = next((one for one in self._told.ways if chosen is not None and one.store == chosen.store), None)
        open_to_say = way is not None and (way.way == "unknown" or way.word is not None)
        self.unified_button.setVisible(open_to_say)
        self.independent_button.setVisible(open_to_say)
        if way is None:
            self._way.setText("")
        elif way.unknown:
            numbers = enumerated(one.merchant_no for one in way.unknown)
            words = self.tr("{store}: nothing tells whose {numbers} is. Who collects?")
            self._way.setText(words.format(store=way.store, numbers=numbers))
        else:
            self._way.setText(self.tr("{store}: {way}").format(store=way.store, way=word(f"collecting.{way.way}")))

    # Lines written by hand.

    def begin(self) -> None:
        """Open the form for a new line of the chosen store."""
        chosen = self.chosen
        self.form.show()
        self.form.begin(self._told.stores, chosen.store if chosen else None)

    def _write(self, entry: LedgerEntry) -> None:
        if self._context is not None:
            self._context.write(
                lambda workspace, _report: workspace.ledger_desk.write(entry),
                lambda changes: self._done(changes, self.tr("Line written; the balance followed")),
            )

    def _done(self, changes: Changes, words: str) -> None:
        if self._context is not None:
            self.form.hide()
            self._context.notify("matched", words, self.tr("Undo"), self._context.undo)
            self._context.changed(changes)
            self.written.emit(changes)

    def _show_compared(self, found: tuple[fairness.Compared, ...]) -> None:
        off = [one for one in found if one.state != "equal"]
        rest = [one for one in found if one.state == "equal"]
        cast("RowsModel", self.below["compared"].model()).set_rows([*off, *rest])
        words = self.tr("{equal} of {count} lines are equal, {off} are not")
        self._title.setText(words.format(equal=len(rest), count=len(found), off=len(off)))
        self._turn("compared")
        self.below["compared"].setFocus()

    # Texts.

    def retranslate(self) -> None:
        """Set every text."""
        self.new_button.setText(self.tr("Write a line"))
        self.statement_button.setText(self.tr("Statement…"))
        self.give_button.setText(self.tr("Fairness file…"))
        self.compare_button.setText(self.tr("Compare a fairness file"))
        self.back_button.setText(self.tr("Back to the lines"))
        self.unified_button.setText(word("collecting.unified"))
        self.independent_button.setText(word("collecting.independent"))
        names: dict[str, str] = {
            "lines": self.tr("Lines of the month"), "rows": self.tr("Rows of the line"),
            "compared": self.tr("Fairness file against this book"),
        }  # fmt: skip
        self.months.setAccessibleName(self.tr("Ledger with the stores"))
        for table, name in ((self.months, ""), *((self.below[key], name) for key, name in names.items())):
            if name:
                table.setAccessibleName(name)
            table.retranslate()
            cast("RowsModel", table.model()).retranslate()
        self._say_way(self.chosen)
        self._add_up()

    def changeEvent(self, event: QEvent) -> None:
        """Follow a switch of the language."""
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()
        super().changeEvent(event)
