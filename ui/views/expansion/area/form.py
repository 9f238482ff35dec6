"""The site of a trade area and on what it is to rest: where, how large, who lives there."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

from PySide6.QtCore import QEvent, QSignalBlocker, Signal
from PySide6.QtWidgets import QLineEdit, QWidget

from chainbrain.errors import UserError
from chainbrain.expansion.areas import Wish
from chainbrain.expansion.areas.demand import Basis
from chainbrain.expansion.areas.points import Ground
from chainbrain.expansion.areas.room import written_place
from chainbrain.expansion.places import Datum, Place
from ui.messages import message
from ui.theme import metrics as m
from ui.theme.type_roles import Role
from ui.views.expansion.area.raster_pick import RasterPick
from ui.views.parts.scroller import Scroller
from ui.widgets import (
    Card,
    Choice,
    HBox,
    Label,
    MoneyInput,
    PrimaryButton,
    Rule,
    VBox,
    scaled,
)

_ANYWHERE = ""
_LARGEST = Decimal(1_000_000)


class AreaForm(Card):
    """``run_asked`` when a site was chosen or the button pressed, ``stop_asked`` while it is worked out."""

    run_asked = Signal()
    stop_asked = Signal()

    def __init__(self) -> None:
        super().__init__(padding=(0, 0, 0, 0), spacing=0)
        self._ground: Ground | None = None
        self._running = False
        self.site, self.datum, self.people = Choice(), Choice(), Choice()
        self.coordinates = QLineEdit()
        self.area, self.sales = MoneyInput(maximum=_LARGEST), MoneyInput(maximum=_LARGEST * 1000)
        self.reach = MoneyInput(minimum=Decimal(1), maximum=Decimal(50))
        self._labels = {
            name: Label(role=Role.SMALL, color="text2") for name in ("site", "size", "sales", "reach", "people")
        }
        self.rasters = RasterPick()
        self._fault = Label(role=Role.SMALL, color="difference", wrap=True)
        self._hint = Label(role=Role.SMALL, color="text3", wrap=True)
        self._run = PrimaryButton()
        self.reach.set_value(6)
        scaled(self.coordinates, height=m.CONTROL)
        for datum in (Datum.GCJ02, Datum.BD09, Datum.WGS84):
            self.datum.addItem(datum.value, datum.value)
        for choice in (self.site, self.datum, self.people):
            # A long name must not widen the column: it is cut in the field and whole in the list.
            choice.setSizePolicy(choice.sizePolicy().Policy.Ignored, choice.sizePolicy().verticalPolicy())
        self._build()
        self.site.activated.connect(lambda _number: self._picked())
        self.coordinates.returnPressed.connect(self.run_asked)
        self.people.activated.connect(lambda _number: self.run_asked.emit())
        self.rasters.changed.connect(self.run_asked)
        self._run.clicked.connect(self._clicked)
        self.retranslate()

    def _build(self) -> None:
        content = QWidget()
        rows = VBox(content, (m.GAP, m.GAP_M, m.GAP_M, m.GAP_M), 4)
        rows.add(self._labels["site"], self.site, self.coordinates, self.datum, self._hint)
        for name, field in (("size", self.area), ("sales", self.sales), ("reach", self.reach)):
            rows.add(6, self._labels[name], field)
        rows.add(6, self._labels["people"], self.people)
        rows.add(self.rasters, 6, self._fault, 0)
        self._run.setSizePolicy(self._run.sizePolicy().Policy.Ignored, self._run.sizePolicy().verticalPolicy())
        foot = HBox(margins=(m.GAP, m.GAP_S, m.GAP, m.GAP_M))
        foot.addWidget(self._run, 1)
        self.body.addWidget(Scroller(content), 1)
        self.body.addWidget(Rule())
        self.body.addLayout(foot)

    def set_ground(self, ground: Ground) -> None:
        """Offer the sites of the book; what was chosen stays while it exists."""
        first, self._ground = self._ground is None, ground
        self._fill()
        if first and not self.coordinates.text():
            # The first candidate, where there is one: a screen that answers before anybody asks.
            self.site.setCurrentIndex(0)
            self._show_coordinates()
            self._show_size()

    def choose(self, name: str) -> None:
        """Choose a candidate or a store, as by hand."""
        self.site.setCurrentIndex(max(0, self.site.findData(name)))
        self._picked()

    def wish(self) -> Wish | None:
        """What is asked; what cannot be right is said in words and None returned."""
        self._fault.setText("")
        if any(field.fault() for field in (self.area, self.sales, self.reach)):
            return None
        try:
            place = self._place()
        except UserError as problem:
            self._fault.setText(message(problem.code, **problem.facts))
            return None
        if place is None:
            return None
        wish = Wish(place, str(self.site.currentData() or ""))
        basis = self.people.currentData()
        return replace(
            wish,
            size=self.area.value() or None,
            sales=None if self.sales.value() == self._listed_sales() else self.sales.value() or None,
            reach_km=float(self.reach.value() or 6),
            basis=Basis(basis) if basis else None,
            raster=self.rasters.raster,
            earlier=self.rasters.earlier,
        )

    def _place(self) -> Place | None:
        name = str(self.site.currentData() or "")
        ground = self._ground
        if name and ground is not None:
            found = [one.place for one in ground.candidates if one.name == name]
            found += [one.place for one in ground.own if one.name == name]
            if found and found[0] is None:
                raise UserError("area.site_unplaced", site=name)
            return found[0] if found else None
        said = self.coordinates.text().strip()
        return written_place(f"{said},{self.datum.currentData()}") if said else None

    def set_running(self, running: bool) -> None:
        """Turn the button into a stop while it is worked out."""
        self._running = running
        self._run.set_busy(running)
        self._word_run()

    # Words.

    def retranslate(self) -> None:
        """Set every text."""
        names = {
            "site": self.tr("Site"), "size": self.tr("Area of the store"), "sales": self.tr("Expected monthly sales"),
            "reach": self.tr("People within"), "people": self.tr("Where people are"),
        }  # fmt: skip
        for name, label in self._labels.items():
            label.setText(names[name])
        self.site.setAccessibleName(names["site"])
        self.people.setAccessibleName(names["people"])
        self.datum.setAccessibleName(self.tr("Datum of the coordinates"))
        self.coordinates.setAccessibleName(self.tr("Latitude, longitude"))
        self.coordinates.setPlaceholderText(self.tr("Latitude, longitude"))
        self._hint.setText(self.tr("Amap and Tencent give GCJ-02, Baidu gives BD-09."))
        for name, field, unit in (
            ("size", self.area, "m²"),
            ("sales", self.sales, self.tr("¥")),
            ("reach", self.reach, "km"),
        ):
            field.set_name(names[name])
            field.set_unit(unit)
        chosen = self.people.currentData()
        with QSignalBlocker(self.people):
            self.people.clear()
            for words, key in (
                (self.tr("the best there is"), ""), (self.tr("population raster"), "raster"),
                (self.tr("demand points of the book"), "points"), (self.tr("spread evenly (assumed)"), "even"),
            ):  # fmt: skip
                self.people.addItem(words, key)
            self.people.setCurrentIndex(max(0, self.people.findData(chosen)))
        self._fill()
        self.rasters.retranslate()
        self._word_run()

    def changeEvent(self, event: QEvent) -> None:
        """Follow a switch of the language."""
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()
        super().changeEvent(event)

    def _fill(self) -> None:
        chosen = self.site.currentData()
        with QSignalBlocker(self.site):
            self.site.clear()
            if self._ground is not None:
                for one in self._ground.candidates:
                    self.site.addItem(self.tr("{name} (candidate)").format(name=one.name), one.name)
            self.site.addItem(self.tr("Coordinates…"), _ANYWHERE)
            if self._ground is not None:
                for store in self._ground.own:
                    self.site.addItem(store.name, store.name)
            self.site.setCurrentIndex(max(0, self.site.findData(chosen)))
        self._show_coordinates()

    def _word_run(self) -> None:
        self._run.setText(self.tr("Working, stop") if self._running else self.tr("Work out again"))
        self._run.set_hint("" if self._running else "F9")

    def _show_coordinates(self) -> None:
        typed = not self.site.currentData()
        for widget in (self.coordinates, self.datum, self._hint):
            widget.setVisible(typed)

    def _show_size(self) -> None:
        """Take area and sales of what was chosen; nothing is known of coordinates."""
        name, ground = self.site.currentData(), self._ground
        candidate = next((one for one in ground.candidates if one.name == name), None) if ground else None
        store = next((one for one in ground.own if one.name == name), None) if ground else None
        self.area.set_value(candidate.area if candidate else store.area if store else None)
        self.sales.set_value(self._listed_sales())

    def _listed_sales(self) -> Decimal | None:
        """What the table of candidates expects, so that a figure nobody changed is not called somebody's own."""
        ground, name = self._ground, self.site.currentData()
        return next((one.sales for one in ground.candidates if one.name == name), None) if ground else None

    def _picked(self) -> None:
        self._show_coordinates()
        self._show_size()
        self.run_asked.emit()

    def _clicked(self) -> None:
        if self._running:
            self.stop_asked.emit()
        else:
            self.run_asked.emit()
