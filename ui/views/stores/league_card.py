"""The league: every store in one dense row, the total below, columns to choose from."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QCursor, QKeyEvent, QMouseEvent
from PySide6.QtWidgets import QAbstractItemView, QMenu

from chainbrain.analytics.periods import PassedOver
from chainbrain.analytics.stores import League, LeagueRow
from ui.models import Column, RowsModel
from ui.theme import metrics as m
from ui.theme.theme import follow_theme
from ui.views.parts.figure_menu import Entry, figure_menu
from ui.views.stores import league_columns
from ui.views.stores.behind import FIGURES
from ui.views.stores.league_columns import ALWAYS, SHOWN, Line
from ui.views.stores.league_total import caption, caption_tip, total_texts, total_tip
from ui.widgets import DataTable, LinkButton, TitledCard, TotalRow
from ui.widgets.painting import change_token

_DOUBLE_CLICK = QEvent.Type.MouseButtonDblClick


class LeagueCard(TitledCard):
    """Shows a ``League``; ``store_chosen`` carries a number, empty for all.

    ``figure_opened(store, column)`` asks for the rows of a figure, of all stores by an empty number.

    ``compare_wanted`` carries the numbers of the selected stores: Ctrl or Shift selects several.
    """

    store_chosen = Signal(str)
    figure_opened = Signal(str, str)
    compare_wanted = Signal(object)

    def __init__(self) -> None:
        super().__init__(padding=(0, 0, 0, m.GAP_XS), rule=False, spacing=0)
        self._league: League | None = None
        self._passed: tuple[PassedOver, ...] = ()
        self._keys = set(SHOWN)
        self._choosing = False
        self._model = RowsModel(self._columns())
        self._table = DataTable(self._model, m.ROW_DENSE)
        # Optional columns give way instead: a bar would cover the last row.
        self._table.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._total = TotalRow(self._table)
        self._total.installEventFilter(self)
        self._table.installEventFilter(self)
        self.body.add(self._table, self._total)
        self.body.addStretch(1)
        self.body.setStretchFactor(self._table, 1000)
        self._table.row_changed.connect(self._row_changed)
        self._table.cell_opened.connect(self._opened)
        self.compare = LinkButton()
        self.compare.clicked.connect(lambda: self.compare_wanted.emit(self.selected))
        self.head_right.add(self.compare)
        self._table.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.acted.connect(self._choose_columns)
        self.retranslate()
        follow_theme(self._fit_height)

    def set_league(
        self, league: League | None, passed: Sequence[PassedOver] = (), names: Mapping[str, str] | None = None
    ) -> None:
        """Show another league; the chosen store stays chosen when it is still there.

        ``passed`` are nearer days that it is not compared with, ``names`` short names of stores by number.
        """
        self._passed = tuple(passed)
        chosen = self.store
        self._league = league
        self._choosing = True
        self._model.set_rows(league_columns.lines(league, names or {}))
        self._choosing = False
        self.choose(chosen)
        self.retranslate()
        self._fit_height()

    @property
    def store(self) -> str:
        """The number of the chosen store, empty for all."""
        line = self._table.current_row()
        return line.row.store_id if isinstance(line, Line) else ""

    @property
    def selected(self) -> tuple[str, ...]:
        """The numbers of all selected stores, the chosen one first."""
        chosen = self.store
        rows = sorted(index.row() for index in self._table.selectionModel().selectedRows())
        found = [line.row.store_id for line in (self._model.rows[row] for row in rows)]
        return tuple(sorted(found, key=lambda number: number != chosen))

    def choose(self, store_id: str) -> None:
        """Choose a store without telling anyone; empty chooses all."""
        place = next((n for n, line in enumerate(self._model.rows) if line.row.store_id == store_id), None)
        self._choosing = True
        if place is None:
            self._table.clearSelection()
            self._table.setCurrentIndex(self._model.index(-1, -1))
        else:
            self._table.select_number(place)
        self._choosing = False

    @property
    def table(self) -> DataTable:
        """The table itself."""
        return self._table

    def retranslate(self) -> None:
        """Set every text."""
        league = self._league
        note = caption(league) if league is not None else ""
        self.set_title(self.tr("League"), note, self.tr("Columns"))
        self._note.set_tip(caption_tip(league, self._passed) if league is not None else "")
        # One store alone has nobody beside it.
        self.compare.setVisible(league is not None and len(league.rows) > 1)
        self.compare.setText(self.tr("Compare…"))
        self.compare.setToolTip(self.tr("Two to six stores beside each other; Ctrl or Shift selects several"))
        self._table.setAccessibleName(self.tr("League of stores"))
        self._table.set_empty_text(self.tr("No store sold anything in this period") if league is not None else "")
        self._table.retranslate()
        self._set_total()

    def changeEvent(self, event: QEvent) -> None:
        """Follow a switch of the language."""
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()
        super().changeEvent(event)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Choose all stores by a click on the total or by Escape; open its figures by double click or Enter."""
        if watched is self._total and isinstance(event, QMouseEvent) and event.type() == _DOUBLE_CLICK:
            if key := self._total.key_at(event.position().x()):
                self.figure_opened.emit("", key)
            return True
        if watched is self._table and self._asks_for_total(event):
            self._offer(self._league.total if self._league is not None else None)
            return True
        released = isinstance(event, QMouseEvent) and event.type() == QEvent.Type.MouseButtonRelease
        escaped = (
            isinstance(event, QKeyEvent)
            and event.type() == QEvent.Type.KeyPress
            and event.key() == Qt.Key.Key_Escape
            and bool(self.store)
        )
        if (watched is self._total and released) or (watched is self._table and escaped):
            self.choose("")
            self.store_chosen.emit("")
            return True
        return super().eventFilter(watched, event)

    # Columns.

    def _columns(self) -> list[Column]:
        return [column for column in self._every_column() if column.key in self._keys]

    def _every_column(self) -> list[Column]:
        return league_columns.columns(self._is_chosen, lambda: self._league)

    def _is_chosen(self, line: Line) -> bool:
        return line.row.store_id == self.store

    def _set_total(self) -> None:
        league = self._league
        if league is None or not league.rows:
            self._total.hide()
            return
        texts, change = total_texts(league), league.total.like_for_like.ratio
        keys = [column.key for column in self._model.columns]
        tones = [change_token(change) if key == "change" and change is not None else "" for key in keys]
        self._total.set_texts([texts.get(key, "") for key in keys], tones)
        self._total.setToolTip(total_tip(league))
        self._total.show()

    def _choose_columns(self) -> None:
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        for column in self._every_column():
            if column.key in ALWAYS:
                continue
            title = column.title() or self.tr("Share bar")
            action = menu.addAction(title)
            action.setCheckable(True)
            action.setChecked(column.key in self._keys)
            action.toggled.connect(lambda on, key=column.key: self.show_column(key, on))
        menu.popup(QCursor.pos())

    def show_column(self, key: str, on: bool) -> None:
        """Show or hide one column."""
        if on:
            self._keys.add(key)
        else:
            self._keys.discard(key)
        chosen = self.store
        self._choosing = True
        self._model.set_columns(self._columns())
        self._choosing = False
        self.choose(chosen)
        self._set_total()

    # What happens.

    def _row_changed(self, line: object) -> None:
        if not self._choosing and isinstance(line, Line):
            self.store_chosen.emit(line.row.store_id)

    def _opened(self, line: object, key: str) -> None:
        if not isinstance(line, Line):
            return
        if key:
            self.figure_opened.emit(line.row.store_id, key)
            return
        self._offer(line.row)

    def _asks_for_total(self, event: QEvent) -> bool:
        """By keyboard: Enter while no store is chosen."""
        if not isinstance(event, QKeyEvent) or event.type() != QEvent.Type.KeyPress:
            return False
        return event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter} and not self.store

    def _offer(self, row: LeagueRow | None) -> None:
        """A menu of the figures of a store, or of the total, each with its amount."""
        if row is None:
            return
        league = self._league
        new = bool(row.store_id) and league is not None and league.new(row)
        line = Line(0, row, 0.0, row.name, new=new)
        shown = [column for column in self._model.columns if column.key in FIGURES]
        if not row.store_id:
            # The total has no curve of its own, and a margin only where all stores know theirs.
            without = {"recent"} if league is not None and league.margin is not None else {"recent", "four_wall"}
            shown = [column for column in shown if column.key not in without]
        figure_menu(self._table, [self._entry(column, line) for column in shown])

    def _entry(self, column: Column, line: Line) -> Entry:
        said = column.shown(line) if column.key != "recent" else ""
        if self._league is not None and not line.row.store_id:
            said = total_texts(self._league).get(column.key, said)
        return f"{column.title()}   {said}".rstrip(), lambda: self.figure_opened.emit(line.row.store_id, column.key)

    def _fit_height(self) -> None:
        # The total stands right below the last row, however many there are.
        self._table.setMaximumHeight(max(self._table.content_height() + 1, 60))

    @property
    def shown_columns(self) -> Sequence[str]:
        """The keys of the shown columns in order."""
        return [column.key for column in self._model.columns]
