"""The answer to one question: a known store or a new one, always or from a day on."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QLineEdit

from chainbrain.intake.places import Placement
from ui.theme import metrics as m
from ui.theme.type_roles import Role
from ui.views.places.words import question_about, reason_of, waiting_for
from ui.widgets import Choice, DayField, HBox, Label, PrimaryButton, Segmented, TitledCard, scaled

if TYPE_CHECKING:
    from collections.abc import Sequence

    from chainbrain.intake.likely_stores import Named
    from chainbrain.intake.places import Place

_KNOWN, _NEW = "known", "new"
_ALWAYS, _SINCE = "always", "since"


class PlaceForm(TitledCard):
    """Asks where one thing belongs; ``answered`` carries the ``Placement``."""

    answered = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        self._place: Place | None = None
        self._stores: tuple[Named, ...] = ()
        self._waiting = Label(color="text2", wrap=True)
        self._reason = Label(role=Role.SMALL, color="text2", wrap=True)
        self._which, self._since = Segmented(), Segmented()
        self._store, self._name, self._city, self._day = Choice(), QLineEdit(), QLineEdit(), DayField()
        self._save = PrimaryButton()
        for field in (self._name, self._city):
            scaled(field, height=m.CONTROL)
        scaled(self._store, min_width=240)
        answer = HBox(spacing=m.GAP_M).add(self._which, self._store, self._name, self._city, self._since, self._day)
        answer.addStretch(1)
        answer.addWidget(self._save)
        self.add(self._waiting, self._reason)
        self.body.addLayout(answer)
        self._which.changed.connect(self._follow)
        self._since.changed.connect(self._follow)
        self._store.currentIndexChanged.connect(self._follow)
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
        lone = place is not None and place.kind == "store" and not suggested
        self._which.set_current(_NEW if lone else _KNOWN)
        self._since.set_current(_ALWAYS)
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
        if place.kind == "store" and self._which.current == _NEW:
            name, city = self._name.text().strip(), self._city.text().strip()
            self.answered.emit(Placement(str(place.code), code=place.code, name=name, city=city or None))
            return
        store = str(self._store.currentData())
        self.answered.emit(answer_for(place, store, since))

    def retranslate(self) -> None:
        """Set every text."""
        self._which.set_options(((_KNOWN, self.tr("a known store")), (_NEW, self.tr("a new store"))))
        self._since.set_options(((_ALWAYS, self.tr("always")), (_SINCE, self.tr("from this day on"))))
        self._which.setAccessibleName(self.tr("Known or new store"))
        self._since.setAccessibleName(self.tr("Since when"))
        self._store.setAccessibleName(self.tr("Store"))
        self._day.setAccessibleName(self.tr("First day"))
        for field, name in ((self._name, self.tr("Name of this store")), (self._city, self.tr("City"))):
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

    def _follow(self) -> None:
        place = self._place
        new = place is not None and place.kind == "store" and self._which.current == _NEW
        self._which.setVisible(place is not None and place.kind == "store")
        self._store.setVisible(not new)
        self._since.setVisible(not new)
        self._day.setVisible(not new and self._since.current == _SINCE)
        self._name.setVisible(new)
        self._city.setVisible(new)
        self._save.setEnabled(self._complete())
        if place is None:
            self.set_title(self.tr("Everything has its place"))
            self._waiting.setText(self.tr("New numbers appear here after an import."))
            self._reason.hide()
            return
        names = {store.store_id: store.name for store in self._stores}
        self.set_title(question_about(place))
        self._waiting.setText(waiting_for(place))
        self._reason.setText(self.tr("Suggested: ") + "; ".join(reason_of(one, names) for one in place.likely))
        self._reason.setVisible(bool(place.likely))

    def _complete(self) -> bool:
        if self._place is None:
            return False
        if self._place.kind == "store" and self._which.current == _NEW:
            return bool(self._name.text().strip())
        return bool(self._store.currentData())


def answer_for(place: Place, store: str, since: date | None = None) -> Placement:
    """The word that puts this into that store."""
    if place.kind == "store":
        return Placement(store, code=place.code, valid_from=since)
    return Placement(
        store, channel=place.channel, merchant_no=place.merchant_no, terminal_no=place.terminal_no,
        store_hint=place.store_hint, valid_from=since,
    )  # fmt: skip
