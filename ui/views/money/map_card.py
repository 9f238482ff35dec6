"""资金地图: a day chosen along the river of what is not in the bank yet, and where its money came from and lies."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QSignalBlocker, Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QFileDialog

from ui import figures
from ui.views.base import AppContext
from ui.views.listing.window import open_list
from ui.views.money.map_cards import DayCard, MapCard
from ui.views.money.map_figures import Drawn, drawn, layers
from ui.views.money.map_notes import notes
from ui.views.parts.file_names import ending_in
from ui.views.parts.names import names_by_store
from ui.views.parts.reader import Loader
from ui.words import message, sentences, word

if TYPE_CHECKING:
    from chainbrain.cash.moneymap import MoneyMap
    from chainbrain.map_desk import WholeMap

_WEEK = timedelta(days=7)


class MoneyMapDesk(QObject):
    """Holds the map of the open book and shows a day of it in the two cards; ``changed`` when there is another map."""

    changed = Signal()

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self.context: AppContext | None = None
        self.day_card, self.map_card = DayCard(), MapCard()
        self.save_picture = QAction(self)
        # What stores owe comes behind the map: it takes nearly as long again.
        self.loader, self._owing = Loader(self), Loader(self)
        self._whole: WholeMap | None = None
        self._names: dict[str, str] = {}
        self._narrowed: MoneyMap | None = None
        self._drawn: Drawn | None = None
        self._entity: str | None = None
        self.loader.loaded.connect(self._take)
        self._owing.loaded.connect(self._take_owed)
        self.day_card.slider.moved.connect(lambda _day: self._show())
        self.day_card.store.currentIndexChanged.connect(lambda _number: self._narrow())
        self.day_card.compare.toggled.connect(lambda _on: self._show())
        self.map_card.picture.chosen.connect(self.open_rows)
        self.map_card.banner.acted.connect(self._seen)
        self.save_picture.triggered.connect(lambda _on=False: self._ask_picture())
        self.retranslate()

    def set_context(self, context: AppContext) -> None:
        """Take the open book."""
        self.loader.tell(context.show_failure)
        self._owing.tell(context.show_failure)
        self.context, self._whole, self._narrowed, self._drawn = context, None, None, None
        self._names = {}
        context.read(lambda rooms: names_by_store(rooms.analytics.grouped_stores()), self._named)
        self.changed.emit()

    def refresh(self) -> None:
        """Read the map again; the last one stays on screen until then."""
        if self.context is not None:
            self._owing.drop()
            self.loader.load(self.context, lambda rooms, _report: rooms.money_map(owed=False))

    def set_entity(self, entity: str | None) -> None:
        """Narrow the map to a legal entity, or to none."""
        if entity != self._entity:
            self._entity = entity
            self._narrow()

    @property
    def filled(self) -> bool:
        """Whether there is a map to show."""
        return self._whole is not None and not self._whole.map.is_empty

    @property
    def known(self) -> bool:
        """Whether any money of the chosen legal entity is known, so that there is a picture of it."""
        return self._narrowed is not None

    def filters(self) -> dict[str, object]:
        """What the report of the map is narrowed to: as it is on screen."""
        day = self.day_card.slider.day
        return {
            "first": day.replace(day=1) if day else None,
            "after": day + timedelta(days=1) if day else None,
            "store": self.day_card.store.currentData(),
            "entity": self._entity,
        }

    def retranslate(self) -> None:
        """Set every text."""
        card = self.day_card
        card.asked.setText(self.tr("Money of which day"))
        card.slider.setAccessibleName(self.tr("Day of the money map"))
        card.store.setAccessibleName(self.tr("Whose money: stores"))
        card.back.set_name(self.tr("A day back"))
        card.on.set_name(self.tr("A day on"))
        self.map_card.picture.setAccessibleName(self.tr("Where the money came from and where it lies"))
        self.save_picture.setText(self.tr("Save the money map as a picture…"))
        self._narrow()

    def open_rows(self, key: str) -> None:
        """Open the rows behind a block or a ribbon."""
        rows = self._drawn.rows.get(key) if self._drawn is not None else None
        if rows is not None and self.context is not None:
            open_list(self.context, self.map_card, rows.name, rows.filters)

    # Reading.

    def _take(self, whole: WholeMap) -> None:
        self._whole = whole
        self._narrow()
        self.changed.emit()
        if whole.change is None and not whole.kept:
            self._keep()
        self.read_owed()

    def read_owed(self) -> None:
        """Read the map once more with what stores owe by their ledgers, which takes longer."""
        if self.context is not None and self._whole is not None:
            self._owing.load(self.context, lambda rooms, _report: rooms.money_map())

    def _take_owed(self, whole: WholeMap) -> None:
        """The same map with what is owed; a note below it is all that moves."""
        seen = self._whole is not None and self._whole.change is None
        self._whole = replace(whole, change=None) if seen else whole
        self._show()

    def _keep(self) -> None:
        """Write down what is shown, so that a later map can say what is other."""
        context, whole = self.context, self._whole
        if context is not None and whole is not None:
            context.write(lambda workspace, _report: workspace.map_desk.keep(whole.map), lambda _changes: None)

    def _seen(self) -> None:
        self._keep()
        if self._whole is not None:
            self._whole = replace(self._whole, change=None)
        self._show_change()

    def _named(self, names: dict[str, str]) -> None:
        """Call the stores by their names from now on."""
        self._names = names
        choice = self.day_card.store
        for place in range(choice.count()):
            if (store := choice.itemData(place)) in names:
                choice.setItemText(place, names[store])

    def _fill_stores(self, stores: tuple[str, ...] = ()) -> None:
        choice = self.day_card.store
        chosen = choice.currentData()
        with QSignalBlocker(choice):
            choice.clear()
            choice.addItem(self.tr("All stores"), None)
            for store in stores:
                choice.addItem(self._names.get(store, store), store)
            choice.setCurrentIndex(max(0, choice.findData(chosen)))

    # Showing.

    def _narrow(self) -> None:
        whole = self._whole
        self._narrowed = None
        # An entity of the plan alone has no money that is known.
        if whole is not None and not whole.map.is_empty and self._entity in {None, *whole.map.entities}:
            found = whole.map.of(entity=self._entity)
            self._fill_stores(found.stores)
            store = self.day_card.store.currentData()
            self._narrowed = found.of(store=store) if store is not None else found
            self.day_card.slider.set_days(*layers(self._narrowed))
        self._show()

    def _show(self) -> None:
        found, day = self._narrowed, self.day_card.slider.day
        card = self.map_card
        title = self.tr("Where the money is")
        card.picture.setVisible(found is not None)
        if found is None or day is None:
            self._drawn = None
            card.set_title(title)
            card.picture.set_data((), (), ("", "", ""))
            card.proof.setText("")
            card.notes.setText(self.tr("No money of {entity} is known.").format(entity=self._entity or ""))
            card.banner.setVisible(False)
            return
        of_day = found.at(day)
        then = day - _WEEK
        comparable = found.first is not None and then >= found.first
        compare = self.day_card.compare
        compare.setEnabled(comparable)
        compare.setText(self.tr("Beside {day}").format(day=figures.day(then)))
        before = found.at(then) if comparable and compare.isChecked() else None
        self._drawn = drawn(of_day, before, found.store, found.entity)
        self.day_card.day.setText(figures.day_and_weekday(day))
        note = self.tr("every yuan on its way on {since} or received since, in which state on {day}")
        card.set_title(title, note.format(since=figures.day(of_day.since), day=figures.day(day)))
        heads = (self.tr("Sources"), self.tr("States"), self.tr("Accounts it reached"))
        card.picture.set_data(self._drawn.nodes, self._drawn.ribbons, heads)
        card.proof.setText(
            (
                self.tr("✓ under this store, without the bank: all places {places} = all ledgers {ledgers}")
                if found.store
                else self.tr("✓ with what lay there before: all places {places} = all ledgers {ledgers}")
            ).format(
                places=figures.money(of_day.places, symbol=True), ledgers=figures.money(of_day.ledgers, symbol=True)
            )
        )
        card.proof.set_color("matched" if of_day.gap == 0 else "difference")
        assert self._whole is not None
        card.notes.setText(notes(self._whole, found, of_day))
        self._show_change()

    def _show_change(self) -> None:
        change = self._whole.change if self._whole is not None else None
        banner = self.map_card.banner
        if change is None:
            banner.setVisible(False)
            return
        moved = tuple(
            f"{word(f'place.{one.place}')} {'+' if one.amount > 0 else ''}{figures.money(one.amount)}"
            for one in change.moved
        )
        total = f"{'+' if change.total > 0 else ''}{figures.money(change.total)}"
        said = [message("map.changed", first=change.first, until=change.until, amount=total, moved=moved)]
        if change.files:
            said.append(message("map.changed_by", files=change.files))
        banner.show_line("timing", sentences(said), self.tr("Seen"))
        banner.setVisible(True)

    def _ask_picture(self) -> None:
        start = f"{word('report.money-map')}.png"
        chosen, _filter = QFileDialog.getSaveFileName(self.map_card, self.save_picture.text(), start, "*.png")
        if chosen and self.map_card.picture.export_picture(ending_in(".png", chosen)) and self.context:
            self.context.notify("matched", self.tr("Written: {path}").format(path=Path(chosen).name))
