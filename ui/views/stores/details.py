"""The right half of the store screen: why receipts changed and when it is busy, of one store or of all shown."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QObject, Signal

from ui.theme.translator import Language
from ui.views.base import AppContext
from ui.views.parts.names import short_names
from ui.views.parts.reader import Loader
from ui.views.stores.change_card import ChangeCard
from ui.views.stores.model import StoresData, load_change, load_rhythm
from ui.views.stores.ranked import RankedStores
from ui.views.stores.rhythm_card import RhythmCard


class Details(QObject):
    """Loads the two cards anew when another store, period or division is chosen.

    ``store_wanted(number)`` by a line of the openings; ``wrote(path)`` when they were written.

    Args:
        stores: which store is chosen.
        data: what is shown; nothing before the first figures.
    """

    store_wanted = Signal(str)
    wrote = Signal(object)

    def __init__(self, stores: RankedStores, data: Callable[[], StoresData | None]) -> None:
        super().__init__(stores)
        self._context: AppContext | None = None
        self._stores, self._data = stores, data
        self.change, self.rhythm = ChangeCard(), RhythmCard()
        self.change_loader, self.rhythm_loader = Loader(self), Loader(self)
        self.change_loader.loaded.connect(self.change.set_explanation)
        self.rhythm_loader.loaded.connect(self.rhythm.set_rhythm)
        self.change.scope_changed.connect(lambda _all: self._load_change())
        self.change.by_changed.connect(lambda _by: self._load_change())
        self.rhythm.tab_changed.connect(lambda _tab: self._load_rhythm())
        self.rhythm.opening.store_chosen.connect(self.store_wanted)
        self.rhythm.opening.export_wanted.connect(self._write_openings)

    def use(self, context: AppContext) -> None:
        """Take the open book; nothing of the one before stays."""
        self._context = context
        for loader in (self.change_loader, self.rhythm_loader):
            loader.tell(context.show_failure)
        self.change.set_explanation(None)
        self.rhythm.set_rhythm(None)

    def explain_one(self) -> None:
        """Explain the chosen store; all of them are one click away."""
        self.name_store()
        self.change.show_one()

    def name_store(self) -> None:
        """Name what the cards are of."""
        data, store = self._data(), self._stores.store
        rows = data.league.rows if data and data.league else ()
        known = data.stores.names if data is not None else {}
        short = short_names(row.name for row in rows)
        names = {row.name: known.get(row.store_id) or short[row.name] for row in rows}
        name = next((names[row.name] for row in rows if row.store_id == store), "")
        self.change.set_short_names(names)
        self.change.set_store(name)
        self.rhythm.set_store(name)

    def name_all(self, words: str) -> None:
        """Say what all shown stores are called; empty when they are all of the chain."""
        self.change.name_all(words)
        self.rhythm.name_all(words)

    def load(self) -> None:
        """Read both cards anew."""
        self._load_change()
        self._load_rhythm()

    def shown(self, *, all_stores: bool = False) -> tuple[str, ...] | None:
        """The chosen store, otherwise those of the screen as the engine takes them."""
        data, store = self._data(), self._stores.store
        if store and not all_stores:
            return (store,)
        return data.stores.numbers if data is not None else None

    @property
    def explained(self) -> tuple[str, ...] | None:
        """The stores whose change is explained."""
        return self.shown(all_stores=self.change.all_stores)

    def _load_change(self) -> None:
        data = self._data()
        if self._context is not None and data is not None and data.period is not None:
            period, stores, by = data.period, self.explained, self.change.by
            self.change_loader.load(self._context, lambda rooms, _report: load_change(rooms, period, stores, by))

    def _load_rhythm(self) -> None:
        data = self._data()
        if self._context is not None and data is not None and data.period is not None:
            period, stores, by = data.period, self.shown(), self.rhythm.by
            one = bool(self._stores.store)
            self.rhythm_loader.load(
                self._context, lambda rooms, _report: load_rhythm(rooms, period, stores, by, one=one)
            )

    def _write_openings(self, path: Path) -> None:
        found, language = self.rhythm.opening.found, Language.current()
        if self._context is not None:
            self._context.read(
                lambda rooms: rooms.reports.write_openings(found, path, language), lambda _rows: self.wrote.emit(path)
            )
