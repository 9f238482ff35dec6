"""A map of stores with what belongs beside it: where to go, closer and away, and who cannot be placed and why."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping

from PySide6.QtCore import QEvent, QSignalBlocker, Signal
from PySide6.QtWidgets import QFileDialog, QStackedWidget, QWidget

from chainbrain.expansion.sites import Site, Sites
from ui.charts.map_data import MapData
from ui.charts.place_map import PlaceMap
from ui.theme import metrics as m
from ui.theme.type_roles import Role
from ui.views.parts.file_names import ending_in
from ui.widgets import Choice, EmptyState, IconButton, Label, VBox
from ui.words import message

_NAMES = 6
_STEP = 1.5


def by_city(sites: Iterable[Site], key: Callable[[Site], str]) -> dict[str, frozenset[str]]:
    """The keys of the points of every city, as ``PlacePanel`` takes them."""
    found: dict[str, set[str]] = {}
    for site in sites:
        if site.city:
            found.setdefault(site.city, set()).add(key(site))
    return {city: frozenset(found[city]) for city in sorted(found)}


class PlacePanel(QWidget):
    """``map`` and, below it, who is missing from it; ``tools`` go into the head of a card.

    ``mend`` when nobody has coordinates and the person wants to bring them; ``wrote(path)`` after a picture was kept.
    """

    mend = Signal()
    wrote = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        self.map, self.empty = PlaceMap(), EmptyState(primary=False)
        self.city = Choice()
        self.nearer, self.away = IconButton("plus", height=m.CONTROL_SMALL), IconButton("dash", height=m.CONTROL_SMALL)
        self.whole, self.save = (
            IconButton("home", height=m.CONTROL_SMALL),
            IconButton("export", height=m.CONTROL_SMALL),
        )
        self.lost = Label(role=Role.SMALL, color="timing", wrap=True)
        self._groups: dict[str, frozenset[str]] = {}
        self._sites: Sites | None = None
        self._stack = QStackedWidget()
        self._stack.addWidget(self.map)
        self._stack.addWidget(self.empty)
        VBox(self, spacing=m.GAP_XS).add(self._stack, self.lost)
        self.nearer.clicked.connect(lambda: self.map.zoom(_STEP))
        self.away.clicked.connect(lambda: self.map.zoom(1 / _STEP))
        self.whole.clicked.connect(self._show_all)
        self.save.clicked.connect(self.ask_picture)
        self.city.activated.connect(lambda _number: self._go())
        self.empty.acted.connect(self.mend)
        self.retranslate()

    @property
    def tools(self) -> tuple[QWidget, ...]:
        """City, closer, away, everything, keep as a picture."""
        return self.city, self.nearer, self.away, self.whole, self.save

    def show_sites(
        self, sites: Sites | None, data: MapData, cities: Mapping[str, frozenset[str]] | None = None
    ) -> None:
        """Show other points.

        Args:
            sites: what the book knows, of which ``lost`` are told below the map.
            data: the points.
            cities: where one can go: the keys of the points of each; see ``by_city``.
        """
        same = {one.key for one in data.spots} == {one.key for one in self.map.data.spots}
        self._sites = sites
        self._groups = dict(cities or {})
        self.map.set_data(data, keep=same)
        self.retranslate()

    def retranslate(self) -> None:
        """Set every text."""
        self.nearer.set_name(self.tr("Closer"))
        self.away.set_name(self.tr("Farther away"))
        self.whole.set_name(self.tr("Show every point"))
        self.save.set_name(self.tr("Save the map as a picture…"))
        self.map.setAccessibleName(self.tr("Map of stores"))
        self.map.setToolTip("")
        chosen = self.city.currentData()
        with QSignalBlocker(self.city):
            self.city.clear()
            self.city.addItem(self.tr("All cities"), "")
            for city, keys in self._groups.items():
                self.city.addItem(f"{city}  {len(keys)}", city)
            self.city.setCurrentIndex(max(0, self.city.findData(chosen)))
        self.city.setAccessibleName(self.tr("Go to a city"))
        self.city.setVisible(len(self._groups) > 1)
        nothing = self._sites is not None and not self.map.data.spots
        for tool in (self.nearer, self.away, self.whole, self.save):
            tool.setVisible(not nothing)
        self.empty.set_texts(
            self.tr("No store has coordinates"),
            self.tr(
                "Fill latitude, longitude and datum in the table of stores and import it again; "
                "a point copied from a web map is GCJ-02, one of Baidu's is BD-09."
            ),
            self.tr("To import"),
        )
        self._stack.setCurrentWidget(self.empty if nothing else self.map)
        self._tell_lost()

    def changeEvent(self, event: QEvent) -> None:
        """Follow a switch of the language."""
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()
        super().changeEvent(event)

    def ask_picture(self) -> None:
        """Ask where to, then keep the map as it stands."""
        start = f"{self.tr('Map of stores')}.png"
        chosen, _filter = QFileDialog.getSaveFileName(self, self.tr("Save the map as a picture…"), start, "*.png")
        if chosen:
            path = ending_in(".png", chosen)
            if self.map.export_picture(path):
                self.wrote.emit(path)

    def _tell_lost(self) -> None:
        said, whole = [], []
        sites = self._sites
        if sites is not None and self.map.data.spots:
            for lacks in ("coordinates", "datum", "range"):
                names = [one.name for one in sites.lost if one.lacks == lacks]
                if names:
                    few = (*names[:_NAMES], "…") if len(names) > _NAMES else tuple(names)
                    said.append(message(f"cli.map_lacks_{lacks}", count=len(names), names=few))
                    whole.append(message(f"cli.map_lacks_{lacks}", count=len(names), names=tuple(names)))
            if sites.unnamed:
                said.append(message("cli.map_unnamed"))
        self.lost.setText("\n".join(said))
        self.lost.setToolTip("\n".join(whole))
        self.lost.setVisible(bool(said))

    def _go(self) -> None:
        city = self.city.currentData()
        if city:
            self.map.show_only(self._groups[city])
        else:
            self.map.show_all()

    def _show_all(self) -> None:
        self.city.setCurrentIndex(0)
        self.map.show_all()
