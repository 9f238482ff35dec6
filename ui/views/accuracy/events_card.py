"""经营安排: promotions, closures and local holidays that the forecast counts on, and the form that asks for one."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import cast

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFileDialog, QLineEdit, QWidget

from chainbrain.cash.events import KINDS, StoreEvent
from ui.models import Column, Kind
from ui.theme import metrics as m
from ui.theme.type_roles import Role
from ui.views.parts.listed_card import ListedCard
from ui.widgets import (
    Choice,
    DayField,
    HBox,
    Label,
    LinkButton,
    PrimaryButton,
    SecondaryButton,
    VBox,
    scaled,
)
from ui.words import word

_FIELDS = ("kind", "place", "first", "last", "note")
Store = tuple[str, str, str | None]


class EventsCard(ListedCard):
    """The events.

    ``said(StoreEvent)`` when one is written down, ``removed(str)`` when one is taken back, ``table_chosen(Path)`` when
    a table of them is to be read.
    """

    said = Signal(object)
    table_chosen = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        self._events: tuple[StoreEvent, ...] = ()
        self._stores: tuple[Store, ...] = ()
        self._cities: tuple[str, ...] = ()
        self._before: StoreEvent | None = None
        self.change_button, self.import_button = LinkButton(), LinkButton()
        self.head_right.add(self.import_button, self.add_button, self.change_button, self.remove_button)
        self.kind, self.place, self.first, self.last, self.note = (
            Choice(),
            Choice(),
            DayField(),
            DayField(),
            QLineEdit(),
        )
        self.save_button, self.cancel_button = PrimaryButton(), SecondaryButton()
        self._labels = {key: Label(role=Role.SMALL, color="text2") for key in _FIELDS}
        self.form = QWidget()
        row = HBox(self.form, (m.GAP, m.GAP_S, m.GAP, m.GAP_S), m.GAP_S)
        for key in _FIELDS:
            cell = QWidget()
            VBox(cell, spacing=2).add(self._labels[key], scaled(self._field(key), height=m.CONTROL, min_width=88))
            row.add(cell)
        row.add(self.cancel_button, self.save_button)
        self.form.hide()
        self._foot = Label(role=Role.SMALL, color="text2", wrap=True)
        self.add(self.form, self.table, HBox(margins=(m.GAP, m.GAP_S, m.GAP, m.GAP_M)).add(self._foot))
        self.body.setStretch(1, 1)
        self._connect()
        self.retranslate()

    def _columns(self) -> Sequence[Column]:
        return (
            Column("kind", lambda: self.tr("Kind"), lambda one: word(f"event_kind.{one.kind}"), width=88),
            Column("place", lambda: self.tr("Where"), self._place, Kind.KEY, least=120),
            Column("first", lambda: self.tr("From this day on"), lambda one: one.first, Kind.DAY, width=112),
            Column("last", lambda: self.tr("Up to and with"), lambda one: one.last, Kind.DAY, width=112),
            Column("note", lambda: self.tr("Note"), lambda one: one.note or "", Kind.MUTED, least=120),
        )

    def _connect(self) -> None:
        self.add_button.clicked.connect(lambda: self.begin(None))
        self.change_button.clicked.connect(lambda: self.begin(self.chosen))
        self.import_button.clicked.connect(self._ask_table)
        self.cancel_button.clicked.connect(self.form.hide)
        self.save_button.clicked.connect(self.save)
        self.note.returnPressed.connect(self.save)
        for field in (self.first, self.last):
            field.dateChanged.connect(lambda _day: self._follow())

    def set_events(self, events: Sequence[StoreEvent], stores: Sequence[Store], cities: Sequence[str]) -> None:
        """Show what stands; ``stores`` are number, name and region of each, ``cities`` where they are."""
        self._events, self._stores, self._cities = tuple(events), tuple(stores), tuple(cities)
        self.retranslate()

    @property
    def chosen(self) -> StoreEvent | None:
        """The event under the keyboard."""
        return cast("StoreEvent | None", super().chosen)

    @property
    def foot(self) -> str:
        """What the days do, or why they cannot be written."""
        return self._foot.text()

    def begin(self, event: StoreEvent | None) -> None:
        """Ask for a new event, or for another wording of one."""
        self._before = event
        self.kind.setCurrentIndex(max(0, self.kind.findData(event.kind if event else KINDS[0])))
        at = [i for i in range(self.place.count()) if event and self.place.itemData(i) == _where(event)]
        self.place.setCurrentIndex(at[0] if at else 0)
        self.first.set_day(event.first if event else date.today())
        self.last.set_day(event.last if event else self.first.day())
        self.note.setText((event.note or "") if event else "")
        self.form.show()
        self._follow()
        self.kind.setFocus()

    def save(self) -> None:
        """Hand the event over, if its days are in order."""
        if self._in_order():
            self.form.hide()
            store, region = self.place.currentData()
            number = self._before.event_id if self._before else ""
            self.said.emit(
                StoreEvent(
                    number, self.kind.currentData(), self.first.day(), self.last.day(), store, region, self.note.text()
                )
            )

    def retranslate(self) -> None:
        """Set every text."""
        super().retranslate()
        names = {
            "kind": self.tr("Kind"), "place": self.tr("Where"), "first": self.tr("From this day on"),
            "last": self.tr("Up to and with"), "note": self.tr("Note"),
        }  # fmt: skip
        for key, label in self._labels.items():
            label.setText(names[key])
            self._field(key).setAccessibleName(names[key])
        self.set_title(
            self.tr("Promotions, closures, local holidays"), self.tr("known to you, counted on by the forecast")
        )
        self.change_button.setText(self.tr("Change"))
        self.save_button.setText(self.tr("Write"))
        self.cancel_button.setText(self.tr("Close"))
        self.import_button.setText(self.tr("Import…"))
        self.table.setAccessibleName(self.tr("Promotions, closures, local holidays"))
        self.table.set_empty_text(
            self.tr("Write down promotions and local holidays, also past ones, and days on which stores are shut")
        )
        self._offer(self.kind, [(word(f"event_kind.{kind}"), kind) for kind in KINDS])
        regions = sorted({*(region for _, _, region in self._stores if region), *self._cities})
        places = [(word("event.everywhere"), (None, None)), *((name, (None, name)) for name in regions)]
        self._offer(self.place, [*places, *((f"{name} {key}", (key, None)) for key, name, _ in self._stores)])
        self._model.set_rows(self._events)
        self._follow()

    @staticmethod
    def _offer(choice: Choice, options: Sequence[tuple[str, object]]) -> None:
        before = choice.currentIndex()
        choice.clear()
        for text, data in options:
            choice.addItem(text, data)
        choice.setCurrentIndex(max(0, min(before, choice.count() - 1)))

    def _place(self, one: StoreEvent) -> str:
        if one.store_id is not None:
            return next((f"{name} {key}" for key, name, _ in self._stores if key == one.store_id), one.store_id)
        return one.region or word("event.everywhere")

    def _field(self, key: str) -> QWidget:
        field: QWidget = getattr(self, key)
        return field

    def _in_order(self) -> bool:
        return self.first.day() <= self.last.day()

    def _ask_table(self) -> None:
        chosen, _filter = QFileDialog.getOpenFileName(self, self.import_button.text(), "", "*.csv")
        if chosen:
            self.table_chosen.emit(Path(chosen))

    def _number(self) -> str:
        return self.chosen.event_id if self.chosen is not None else ""

    def _follow(self) -> None:
        super()._follow()
        self.change_button.setEnabled(self.chosen is not None)
        good = self._in_order() or not self.form.isVisibleTo(self)
        self.save_button.setEnabled(good)
        self._foot.set_color("text2" if good else "difference")
        if good:
            self._foot.setText(
                self.tr(
                    "On closed days the forecast is 0, and they say nothing about other days. What a promotion or a "
                    "local holiday does is learned from past ones that stand here, in its own stores."
                )
            )
        else:
            self._foot.setText(self.tr("It ends before it begins."))


def _where(event: StoreEvent) -> tuple[str | None, str | None]:
    return event.store_id, event.region
