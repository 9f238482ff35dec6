"""The work list of what belongs to no store, and the question about the chosen line."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, Signal
from PySide6.QtWidgets import QWidget

from chainbrain.changes import Changes
from ui.models import Column, Kind, RowsModel
from ui.theme import metrics as m
from ui.theme.translator import translate
from ui.views.base import AppContext
from ui.views.places.form import PlaceForm, answer_for
from ui.views.places.words import days_of, number_of, reason_of, source_of
from ui.widgets import DataTable, TitledCard, VBox

if TYPE_CHECKING:
    from collections.abc import Sequence

    from chainbrain.intake.likely_stores import Named
    from chainbrain.intake.places import Place, Placement
    from chainbrain.workspace import Rooms


@dataclass(frozen=True)
class Waiting:
    """The list and the stores that can be chosen."""

    places: tuple[Place, ...]
    stores: tuple[Named, ...]


def read_waiting(rooms: Rooms) -> Waiting:
    """Read the list; for the reading worker."""
    return Waiting(rooms.places.waiting(), rooms.places.names())


class PlacesPanel(QWidget):
    """Table above, question below; ``counted`` tells how many lines wait."""

    counted = Signal(int)

    def __init__(self) -> None:
        super().__init__()
        self._context: AppContext | None = None
        self._names: dict[str, str] = {}
        self._model = RowsModel(self._columns())
        self._table = DataTable(self._model)
        self._card = TitledCard(padding=(0, 0, 0, m.GAP_XS), rule=False, spacing=0)
        self._card.add(self._table)
        self._form = PlaceForm()
        box = VBox(self, spacing=m.GAP).add(self._card, self._form)
        box.setStretch(0, 1)
        self._table.row_changed.connect(self._form.ask)
        self._table.cell_clicked.connect(self._clicked)
        # Enter takes what the form proposes for the chosen line.
        self._table.row_activated.connect(lambda _row: self._form.answer())
        self._form.answered.connect(self.place)
        self.retranslate()

    @property
    def table(self) -> DataTable:
        """The list."""
        return self._table

    @property
    def form(self) -> PlaceForm:
        """The question about the chosen line."""
        return self._form

    def use(self, context: AppContext) -> None:
        """Take the open book and read its list."""
        self._context = context
        self.refresh()

    def refresh(self) -> None:
        """Read the list again."""
        if self._context is not None:
            self._context.read(read_waiting, self._show)

    def place(self, placements: Sequence[Placement]) -> None:
        """Write a person's word; what it says is undone together."""
        if self._context is not None:
            self._context.write(
                lambda workspace, report: workspace.place(placements, report),
                lambda changes: self._placed(changes, placements),
                self.tr("Placing"),
            )

    def retranslate(self) -> None:
        """Set every text."""
        self._card.set_title(
            self.tr("Belongs to no store yet"), self.tr("older rows move along; facts stay as printed")
        )
        self._table.setAccessibleName(self.tr("Belongs to no store yet"))
        self._table.set_empty_text(self.tr("Every store, terminal, merchant number and file has its place"))
        self._table.retranslate()

    def changeEvent(self, event: QEvent) -> None:
        """Follow a switch of the language."""
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()
        super().changeEvent(event)

    def _show(self, waiting: Waiting) -> None:
        self._names = {store.store_id: store.name for store in waiting.stores}
        self._form.set_stores(waiting.stores)
        self._model.set_rows(waiting.places)
        self._table.select_number(0)
        self._form.ask(waiting.places[0] if waiting.places else None)
        self.counted.emit(len(waiting.places))

    def _clicked(self, row: Place, key: str) -> None:
        if key == "likely" and row.likely:
            self.place((answer_for(row, row.likely[0].store_id),))

    def _placed(self, changes: Changes, placements: Sequence[Placement]) -> None:
        if self._context is not None:
            words = self.tr("Placed; the older rows moved along")
            dated = next((one for one in placements if one.valid_from is not None), None)
            if dated is not None:
                name = self._names.get(dated.store_code) or dated.store_code
                words = self.tr("Placed with {store} from {day} on; the older rows stay").format(
                    store=name, day=dated.valid_from
                )
            self._context.notify("matched", words, self.tr("Undo"), self._context.undo)
            self._context.changed(changes)
            self.refresh()

    def _columns(self) -> tuple[Column, ...]:
        return (
            Column("source", lambda: translate("Printed as"), source_of, width=170),
            Column("number", lambda: translate("What the files print"), number_of, Kind.KEY, tip=number_of, least=160),
            Column("days", lambda: translate("Days it occurs"), days_of, width=190, optional=True),
            Column("rows", lambda: translate("Rows"), lambda place: place.rows, Kind.NUMBER, width=80),
            Column("amount", lambda: translate("Yuan waiting"), lambda place: place.amount, Kind.MONEY, width=130),
            Column(
                "likely", lambda: translate("Suggestion"), self._suggestion, Kind.LINK, least=200, tip=self._suggestion
            ),
        )

    def _suggestion(self, place: Place) -> str:
        return reason_of(place.likely[0], self._names) if place.likely else ""
