"""The answer to one question: a known store or a new one, one file or all like it, always or from a day on."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QLineEdit

from chainbrain.intake.placed_files import EVERY_FILE
from chainbrain.intake.places import Placement
from ui.theme import metrics as m
from ui.theme.type_roles import Role
from ui.views.places.words import question_about, reason_of, waiting_for
from ui.widgets import Choice, DayField, HBox, Label, PrimaryButton, Segmented, TitledCard, scaled
from ui.words import word

if TYPE_CHECKING:
    from collections.abc import Sequence

    from chainbrain.intake.likely_stores import Named
    from chainbrain.intake.places import Place

_KNOWN, _NEW = "known", "new"
_ALWAYS, _SINCE = "always", "since"
_THIS, _EVERY = "this", "every"


class PlaceForm(TitledCard):
    """Asks where one thing belongs; ``answered`` carries its ``Placement``, after that of a new store."""

    answered = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        self._place: Place | None = None
        self._stores: tuple[Named, ...] = ()
        self._waiting = Label(color="text2", wrap=True)
        self._reason = Label(role=Role.SMALL, color="text2", wrap=True)
        self._which, self._since, self._scope = Segmented(), Segmented(), Segmented()
        self._store, self._day = Choice(), DayField()
        self._number, self._name, self._city = QLineEdit(), QLineEdit(), QLineEdit()
        self._save = PrimaryButton()
        for field in (self._number, self._name, self._city):
            scaled(field, height=m.CONTROL)
        scaled(self._store, min_width=240)
        whose = HBox(spacing=m.GAP_M).add(self._which, self._store, self._number, self._name, self._city)
        whose.addStretch(1)
        scope = HBox(spacing=m.GAP_M).add(self._scope)
        scope.addStretch(1)
        since = HBox(spacing=m.GAP_M).add(self._since, self._day)
        since.addStretch(1)
        since.addWidget(self._save)
        self.add(self._waiting, self._reason)
        self.body.addLayout(whose)
        self.body.addLayout(scope)
        self.body.addLayout(since)
        self._which.changed.connect(self._follow)
        self._since.changed.connect(self._follow)
        self._store.currentIndexChanged.connect(self._follow)
        self._number.textChanged.connect(self._follow)
        self._name.textChanged.connect(self._follow)
        self._save.clicked.connect(self.answer)
        self.retranslate()

    @property
    def save_button(self) -> PrimaryButton:
        """Places the thing asked about."""
        return self._save

    def set_stores(self, stores: Sequence[Named]) -> None:
        """Offer these stores."""
        chosen = self._store.currentData()
        self._stores = tuple(stores)
        self._store.clear()
        self._store.addItem(self.tr("Choose a store"), "")
        for store in self._stores:
            self._store.addItem(f"{store.store_id}  {store.name}", store.store_id)
        self._store.setCurrentIndex(max(0, self._store.findData(chosen)))

    def ask(self, place: Place | None) -> None:
        """Ask about this; the best suggestion is preselected, nothing is written."""
        self._place = place
        suggested = place.likely[0].store_id if place is not None and place.likely else ""
        self._store.setCurrentIndex(max(0, self._store.findData(suggested)))
        lone = not self._stores or (place is not None and place.kind == "store" and not suggested)
        self._which.set_current(_NEW if lone else _KNOWN)
        self._since.set_current(_ALWAYS)
        self._scope.set_current(_THIS)
        self._number.setText("")
        self._name.setText("")
        self._city.setText("")
        if place is not None and place.first_day is not None:
            self._day.set_day(place.first_day)
        self.retranslate()

    def answer(self) -> None:
        """Hand over the answer, if it is complete."""
        place = self._place
        if place is None or not self._complete():
            return
        since = self._day.day() if self._since.current == _SINCE else None
        every = self._scope.current == _EVERY
        if not self._new:
            self.answered.emit((answer_for(place, str(self._store.currentData()), since, every=every),))
            return
        number, name, city = self._new_number, self._name.text().strip(), self._city.text().strip()
        store = Placement(number, code=number, name=name, city=city or None)
        # A till's number is the new store; money has to be led to it.
        self.answered.emit(
            (store,) if place.kind == "store" else (store, answer_for(place, number, since, every=every))
        )

    def retranslate(self) -> None:
        """Set every text."""
        self._which.set_options(((_KNOWN, self.tr("a known store")), (_NEW, self.tr("a new store"))))
        self._since.set_options(((_ALWAYS, self.tr("always")), (_SINCE, self.tr("from this day on"))))
        self._name_scope()
        self._scope.setAccessibleName(self.tr("Which files"))
        self._which.setAccessibleName(self.tr("Known or new store"))
        self._since.setAccessibleName(self.tr("Since when"))
        self._store.setAccessibleName(self.tr("Store"))
        self._day.setAccessibleName(self.tr("First day"))
        for field, name in (
            (self._number, self.tr("Number of this store")),
            (self._name, self.tr("Name of this store")),
            (self._city, self.tr("City")),
        ):
            field.setAccessibleName(name)
            field.setPlaceholderText(name)
        if self._store.count():
            self._store.setItemText(0, self.tr("Choose a store"))
        self._save.setText(self.tr("Place it there"))
        self._follow()

    def changeEvent(self, event: QEvent) -> None:
        """Follow a switch of the language."""
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()
        super().changeEvent(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Answer with Enter."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.answer()
        else:
            super().keyPressEvent(event)

    @property
    def _new(self) -> bool:
        return self._which.current == _NEW

    @property
    def _new_number(self) -> str:
        """The number of the new store: the one that the till prints, or the typed one."""
        printed = self._place.code if self._place is not None else None
        return printed or self._number.text().strip()

    def _follow(self) -> None:
        place, new = self._place, self._new
        of_file = place is not None and place.kind == "file"
        to_account = new and place is not None and place.kind != "store"
        self._which.setVisible(place is not None)
        self._store.setVisible(place is not None and not new)
        self._number.setVisible(to_account)
        self._name.setVisible(place is not None and new)
        self._city.setVisible(place is not None and new)
        dated = place is not None and (not new or to_account)
        self._since.setVisible(dated)
        self._day.setVisible(dated and self._since.current == _SINCE)
        self._scope.setVisible(of_file)
        self._name_scope()
        self._save.setEnabled(self._complete())
        if place is None:
            self.set_title(self.tr("Everything has its place"))
            self._waiting.setText(self.tr("New numbers appear here after an import."))
            self._reason.hide()
            return
        names = {store.store_id: store.name for store in self._stores}
        self.set_title(question_about(place))
        self._waiting.setText(waiting_for(place))
        said = self.tr("Suggested: ") + "; ".join(reason_of(one, names) for one in place.likely) if place.likely else ""
        if new and self._new_number in names:
            taken = self.tr("{number} is the number of {store} already: choose it as a known store.")
            said = taken.format(number=self._new_number, store=names[self._new_number])
        self._reason.setText(said)
        self._reason.setVisible(bool(said))

    def _name_scope(self) -> None:
        channel = word(f"channel.{self._place.channel}") if self._place is not None and self._place.channel else ""
        every = self.tr("every file of {channel} that names no shop, later ones too").format(channel=channel)
        self._scope.set_options(((_THIS, self.tr("only this file")), (_EVERY, every)))

    def _complete(self) -> bool:
        if self._place is None:
            return False
        if not self._new:
            return bool(self._store.currentData())
        known = {store.store_id for store in self._stores}
        return bool(self._new_number and self._name.text().strip()) and self._new_number not in known


def answer_for(place: Place, store: str, since: date | None = None, *, every: bool = False) -> Placement:
    """The word that puts this into that store; ``every`` file of the channel that names no shop, or this one."""
    if place.kind == "file":
        file = EVERY_FILE if every else place.file
        return Placement(store, channel=place.channel, store_hint=place.store_hint, valid_from=since, file=file)
    if place.kind == "store":
        return Placement(store, code=place.code, valid_from=since)
    return Placement(
        store, channel=place.channel, merchant_no=place.merchant_no, terminal_no=place.terminal_no,
        store_hint=place.store_hint, valid_from=since,
    )  # fmt: skip
