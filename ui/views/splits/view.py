"""The screen 分账: what is due to whom, how it was split, what is left, and what went wrong."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from PySide6.QtGui import QAction
from PySide6.QtWidgets import QWidget

from chainbrain.changes import Changes
from ui.views.base import AppContext
from ui.views.listing.window import close_lists, open_list
from ui.views.parts.names import short_names
from ui.views.parts.reader import Loader
from ui.views.splits.behind import behind
from ui.views.splits.figures_of import Told, kpis, read
from ui.views.splits.hints import hint_of
from ui.views.splits.layout import SplitsLayout
from ui.views.splits.pages import BOARDS, PAGES, page_title, total_texts
from ui.words import word

if TYPE_CHECKING:
    from chainbrain.splits.room import SplitFinding


class SplitsView(SplitsLayout):
    """Shows the figures of a month, and opens what is behind them."""

    key = "splits"
    icon_name = "split"

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._told = self._told_month = Told()
        self._fresh = True
        self._loader = Loader(self)
        self._refresh_action, self._write_off, self._wait = QAction(self), QAction(self), QAction(self)
        for action, keys in ((self._refresh_action, "F5"), (self._write_off, "S"), (self._wait, "T")):
            action.setShortcut(keys)
            self.addAction(action)
        self._connect()
        self.retranslate()
        self.open_page("dues")

    def _connect(self) -> None:
        self._loader.loaded.connect(self._show)
        self.months.changed.connect(self._show_month)
        self.choice.changed.connect(self.open_page)
        self.kpis.opened.connect(self.open_page)
        self._refresh_action.triggered.connect(lambda _on=False: self.refresh())
        self._write_off.triggered.connect(lambda _on=False: self.ask("explain"))
        self._wait.triggered.connect(lambda _on=False: self.ask("timing"))
        self.tables["findings"].row_activated.connect(lambda _row: self.ask("explain"))
        self.tables["unreckoned"].row_activated.connect(lambda row: self._open_figure("unreckoned", row, ""))
        self.tables["moved"].row_activated.connect(lambda row: self._open_figure("moved", row, ""))
        for name, usual in (("sums", "due"), ("collected", "amount"), ("dues", "due")):
            self.tables[name].cell_clicked.connect(lambda row, key, of=name: self._open_figure(of, row, key))
            # Enter names no column; a double click has opened its figure with its first half.
            self.tables[name].cell_opened.connect(
                lambda row, key, of=name, first=usual: self._open_figure(of, row, "" if key else first)
            )
        self.note.decided.connect(self.refresh)
        self.note.dropped.connect(self.tables["findings"].setFocus)
        self._empty.acted.connect(self._mend)
        self.tables["rules"].row_changed.connect(self.editor.ask)
        self.tables["rules"].row_activated.connect(lambda _row: self.editor.form.fields.by_key["value"].setFocus())
        self.editor.wanted.connect(self._begin_rule)
        self.editor.written.connect(self.refresh)
        self._first.clicked.connect(self.editor.begin)
        self.ledger.written.connect(self.refresh)
        self.payments.written.connect(self.refresh)
        self.payments.told.connect(self._say)

    # What the window asks.

    def title(self) -> str:
        """Return the name of the screen."""
        return self.tr("Splits")

    def top_bar_widgets(self) -> tuple[list[QWidget], list[QWidget]]:
        """Return month and export."""
        return [], [self.months, self._export]

    def actions(self) -> list[QAction]:
        """Return the commands of this screen."""
        own = [self._refresh_action, self._write_off, self._wait, self.editor.new_rule, self.editor.write_table]
        return [*own, *self._export.commands()]

    def set_workspace(self, context: AppContext) -> None:
        """Take the open book."""
        self._loader.tell(context.show_failure)
        close_lists(self)
        super().set_workspace(context)
        self._fresh, self._export.context = True, context
        self.editor.use(context)
        self.ledger.use(context)
        self.note.use(context)
        self.payments.use(context)
        self.months.choose(None)
        self._show(Told())

    def open_with(self, **filters: object) -> None:
        """Turn to the ``page`` that another screen points at."""
        if (page := filters.get("page")) in (*PAGES, *BOARDS):
            self.open_page(str(page))

    def refresh(self, changes: Changes | None = None) -> None:
        """Read everything again; the old rows stay until the new ones are there."""
        if self.context is not None:
            self._loader.load(self.context, lambda rooms, _report: read(rooms))

    def retranslate(self) -> None:
        """Set every text."""
        self._refresh_action.setText(self.tr("Read the splits again"))
        self._write_off.setText(self.tr("Write the difference off with a reason"))
        self._wait.setText(self.tr("The difference is only timing"))
        self._first.setText(self.tr("Write the first rule"))
        self.kpis.setAccessibleName(self.tr("Key figures"))
        self.choice.setAccessibleName(self.tr("What is shown of the splits"))
        self.choice.set_options([(key, page_title(key)) for key in (*PAGES, *BOARDS)])
        for key, table in self.tables.items():
            table.setAccessibleName(page_title(key))
            table.retranslate()
            self._models[key].retranslate()
        self._empty.set_texts(
            self.tr("No split rules yet"),
            self.tr(
                "Drop a table {table}: who gets which share of what, from when on. "
                "Then every order is worked out to the cent and held against what was split."
            ).format(table=word("format.chainbrain-split-rules")),
            self.tr("To import"),
        )
        self._show_month()

    def open_page(self, key: str) -> None:
        """Turn to one of the tables."""
        self._show_sheet(key)
        self.note.drop()
        self.setFocusProxy(self._main_table(key))
        self._say()

    def _open_figure(self, page: str, row: object, key: str) -> None:
        """Open the rows that a figure adds up."""
        found = behind(page, row, key)
        if self.context is not None and found is not None:
            open_list(self.context, self, *found[:2], title=found[2])

    def ask(self, verdict: str) -> None:
        """Ask why the chosen difference is written off, or until when it waits."""
        found = cast("SplitFinding | None", self.tables["findings"].current_row())
        if found is not None and self.page == "findings":
            self.note.ask_about(found, verdict)

    # What is shown.

    def _show(self, told: Told) -> None:
        self._told = told
        short = short_names(name for _, name in told.stores)
        self._store_names.update((number, short[name]) for number, name in told.stores)
        self.months.set_values(told.months)
        if self._fresh and told.months:
            self.months.choose(told.months[0])
            self._fresh = False
        self._stack.setCurrentIndex(1 if told.rules or told.ledger else 0)
        self._show_month()
        self.editor.set_told(told)

    def _begin_rule(self) -> None:
        self._stack.setCurrentIndex(1)
        self.open_page("rules")

    def _show_month(self) -> None:
        told = self._told_month = self._told.of(self.months.period.first)
        self.kpis.set_items(kpis(told))
        for key, page in self._pages.items():
            rows = list(page.rows(told))
            self._models[key].set_rows(rows)
            self._totals[key].setVisible(bool(rows and page.totals))
            self._totals[key].set_texts(total_texts(page, rows) if rows and page.totals else [])
        self.ledger.set_told(told)
        self.payments.set_told(told, self.months.period.first)
        self._say()

    def _say(self) -> None:
        key = self.page
        if key in BOARDS:
            self._hint.setText(self.ledger.hint if key == "ledger" else self.payments.hint)
        else:
            self._hint.setText(hint_of(key, self._told_month, empty=not self._models[key].rows))

    def _mend(self) -> None:
        if self.context is not None:
            self.context.navigate("imports")
