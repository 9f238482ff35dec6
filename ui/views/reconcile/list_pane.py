"""The lines of one kind of work: day, who, amount, answer; ticked for decisions about several at once."""

from collections.abc import Callable, Mapping, Sequence

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtWidgets import QLineEdit

from ui import figures
from ui.models import Column, RowsModel
from ui.theme import metrics as m
from ui.theme.theme import Theme
from ui.theme.type_roles import Role
from ui.views.parts.view_menu import ViewMenu
from ui.views.reconcile.item_cells import ItemCells
from ui.views.reconcile.item_columns import answers_of, fits, item_columns
from ui.views.reconcile.items import STATES, Group, Item, ItemKind
from ui.views.reconcile.note_bar import NoteBar
from ui.views.reconcile.words import group_title
from ui.widgets import Box, DataTable, HBox, Label, Pane, VBox, scaled

_AHEAD = 4
_LEAST_SEARCH = 56


class ListPane(Pane):
    """Shows items; ``item_changed(Item | None)`` for the current one, ``activated(Item)`` by Enter.

    ``ticks_changed`` when a tick was set or taken.
    """

    item_changed = Signal(object)
    activated = Signal(object)
    ticks_changed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._items: tuple[Item, ...] = ()
        self._ticked: set[str] = set()
        self._rows = self._answers = 0
        self._group: Group | None = None
        self._store_names: dict[str, str] = {}
        self._title, self._note = Label(role=Role.HEADING), Label(role=Role.SMALL, color="text2", figures=True)
        self._search = QLineEdit()
        self._search.setClearButtonEnabled(True)
        scaled(self._search, min_width=_LEAST_SEARCH, max_width=150, height=m.CONTROL_SMALL)
        self.views, self.naming = ViewMenu(self), NoteBar()
        self._model = RowsModel(self._columns())
        self._table = _ItemTable(self._model)
        head = HBox(margins=(m.GAP, 0, m.GAP, 0), spacing=m.GAP_S).add(
            self._title, self._note, 0, self._search, self.views
        )
        box = VBox(self)
        box.addWidget(_Strip(head))
        side, above = Theme.current().px(m.GAP), Theme.current().px(m.GAP_S)
        self.naming.setContentsMargins(side, above, side, above)
        box.addWidget(self.naming)
        box.addWidget(self._table, 1)
        self._connect()
        self.retranslate()

    def _connect(self) -> None:
        self._table.row_changed.connect(self.item_changed)
        self._table.row_activated.connect(self.activated)
        self._model.ticked.connect(self._tick)
        self._search.textChanged.connect(lambda _text: self._filter())
        self._search.returnPressed.connect(self._table.setFocus)

    @property
    def table(self) -> DataTable:
        """The table."""
        return self._table

    @property
    def model(self) -> RowsModel:
        """The shown rows."""
        return self._model

    @property
    def search(self) -> QLineEdit:
        """The field that narrows the list."""
        return self._search

    @property
    def items(self) -> tuple[Item, ...]:
        """All lines of the group, also those the search hides."""
        return self._items

    @property
    def group(self) -> Group | None:
        """What the list shows."""
        return self._group

    @property
    def current(self) -> Item | None:
        """The line under the keyboard."""
        row = self._table.current_row()
        return row if isinstance(row, Item) else None

    @property
    def following(self) -> tuple[Item, ...]:
        """The lines below the one under the keyboard, in the shown order; at the end those above."""
        rows, place = self._model.rows, self._table.currentIndex().row()
        return (*rows[place + 1 : place + _AHEAD], *reversed(rows[max(0, place - 1) : max(0, place)]))

    @property
    def ticked(self) -> tuple[Item, ...]:
        """The ticked lines."""
        return tuple(item for item in self._items if item.key in self._ticked)

    def set_store_names(self, names: Mapping[str, str]) -> None:
        """Name the stores."""
        self._store_names.clear()
        self._store_names.update(names)

    def tell_rows(self, rows: int) -> None:
        """Say how many rows the band counts in the state that is listed next; 0 where it counts none."""
        self._rows = rows

    def set_items(self, group: Group, items: Sequence[Item]) -> None:
        """Show another group, or the same one anew: then the row under the keyboard keeps its place."""
        same = group == self._group
        place = self._table.currentIndex().row() if same else 0
        before = self.current
        self._group, self._items = group, tuple(items)
        self._ticked &= {item.key for item in items} if same else set()
        if not same:
            self._search.blockSignals(True)
            self._search.clear()
            self._search.blockSignals(False)
        answers, self._answers = self._answers, answers_of(self._items)
        if answers != self._answers:
            self._model.set_columns(self._columns())
        self._filter(before.key if same and before is not None else "", place)
        self.retranslate()

    def choose(self, key: str) -> bool:
        """Make a line current; False when it is not in the list."""
        place = next((n for n, item in enumerate(self._model.rows) if item.key == key), None)
        if place is None:
            return False
        self._table.select_number(place)
        return True

    def to_search(self) -> None:
        """Go to the search."""
        self._search.setFocus()
        self._search.selectAll()

    def tick(self, item: Item) -> None:
        """Tick a line."""
        self._tick(item, True)

    def tick_every(self, wanted: Callable[[Item], bool]) -> tuple[Item, ...]:
        """Tick the shown lines that are wanted; returns them."""
        found = tuple(item for item in self._model.rows if wanted(item))
        if found:
            self._ticked |= {item.key for item in found}
            self._model.retranslate()
            self.ticks_changed.emit()
        return found

    def untick(self) -> None:
        """Take every tick away."""
        if self._ticked:
            self._ticked.clear()
            self._model.retranslate()
            self.ticks_changed.emit()

    def retranslate(self) -> None:
        """Set every text."""
        self._title.setText(group_title(self._group) if self._group is not None else "")
        self._note.setText(self._counted(self._group))
        self._search.setPlaceholderText(self.tr("/ amount, number, words or pinyin"))
        self._search.setAccessibleName(self.tr("Narrow this list"))
        self._table.setAccessibleName(self.tr("Lines to work on"))
        nothing = self.tr("No line fits") if self._search.text() else self.tr("Nothing left in this list")
        self._table.set_empty_text(nothing)
        self._table.retranslate()

    def changeEvent(self, event: QEvent) -> None:
        """Follow a switch of the language."""
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()
        super().changeEvent(event)

    def _filter(self, key: str = "", place: int = 0) -> None:
        wanted = self._search.text()
        rows = [item for item in self._items if fits(item, wanted, self._store_names)]
        self._model.set_rows(rows)
        self._table.set_empty_text("")
        if not rows:
            self.item_changed.emit(None)
        elif not (key and self.choose(key)):
            self._table.select_number(min(max(0, place), len(rows) - 1))
        self.retranslate()

    def _counted(self, group: Group | None) -> str:
        count = len(self._items)
        if group is None:
            return ""
        if group.leg != "bank" or group.name not in STATES:
            return _plain(self.tr("%n line(s)", "", count), count)
        # The band counts payouts and withdrawals as well; those that are matched stand behind their bank lines.
        lines = sum(item.kind is ItemKind.BANK for item in self._items)
        words, others = _plain(self.tr("%n bank line(s)", "", lines), lines), max(count, self._rows) - lines
        if others <= 0:
            return words
        more = (
            self.tr("matched with %n payout(s)", "", others) if count == lines else self.tr("%n payout(s)", "", others)
        )
        more = _plain(more, others)
        return self.tr("{lines}, {others}").format(lines=words, others=more) if lines else more

    def _tick(self, item: Item, on: bool) -> None:
        if on:
            self._ticked.add(item.key)
        else:
            self._ticked.discard(item.key)
        self._model.retranslate()
        self.ticks_changed.emit()

    def _whom(self) -> str:
        """What those are that the lines are about: whoever is paid is no payer."""
        if not self._of_bank():
            return self.tr("Store or channel")
        ways = {item.amount < 0 for item in self._items}
        if len(ways) > 1:
            return self.tr("Other party")
        return self.tr("Payee") if ways == {True} else self.tr("Payer")

    def _columns(self) -> list[Column]:
        ticked = self._ticked
        return item_columns(
            lambda item: item.key in ticked, self._store_names, self._of_bank, self._whom, self._answers
        )

    def _of_bank(self) -> bool:
        return any(item.kind is ItemKind.BANK for item in self._items[:1])


def _plain(words: str, count: int) -> str:
    return words.replace(str(count), figures.plain(count), 1)


class _Strip(Pane):
    """The 44 px head of a pane."""

    def __init__(self, content: Box) -> None:
        super().__init__()
        self.setLayout(content)
        scaled(self, height=m.CARD_HEAD)


class _ItemTable(DataTable):
    """The table of items."""

    def __init__(self, model: RowsModel) -> None:
        super().__init__(sortable=True)
        self.set_cells(ItemCells(m.ROW))
        self.set_model(model)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
