"""Own stores, candidates and competitors on a map, with rings around the chosen one."""

from __future__ import annotations

from PySide6.QtCore import QEvent, Signal

from chainbrain.expansion.sites import Site
from ui import figures
from ui.charts.map_data import Kind, MapData, Ring, Spot
from ui.theme import metrics as m
from ui.views.expansion.sites.model import SitesData
from ui.views.parts.names import short_names
from ui.views.parts.place_panel import PlacePanel, by_city
from ui.widgets import HBox, TitledCard

_KINDS = {"candidate": Kind.CANDIDATE, "rival": Kind.RIVAL}
RINGS = (1.0, 3.0, 5.0)
"""Kilometres of the rings that are always drawn."""


class SitesMapCard(TitledCard):
    """``chosen(key)`` when another point was chosen, empty for none."""

    chosen = Signal(str)

    def __init__(self) -> None:
        super().__init__(rule=False, padding=(m.GAP, 0, m.GAP, m.GAP_S))
        self.panel = PlacePanel()
        self._found: SitesData | None = None
        self._km = RINGS[1]
        city, *buttons = self.panel.tools
        self.body.addLayout(HBox(spacing=m.GAP_S).add(city, 0, *buttons))
        self.add(self.panel)
        self.body.setStretch(1, 1)
        self.panel.map.chosen.connect(self._picked)
        self.retranslate()

    @property
    def site(self) -> Site | None:
        """The chosen store or candidate."""
        key = self.panel.map.current
        placed = self._found.placed if self._found is not None else ()
        return next((one for one in placed if key_of(one) == key), None)

    @property
    def names(self) -> dict[str, str]:
        """Short names of the own stores."""
        placed = self._found.sites.placed if self._found is not None else ()
        return short_names(one.name for one in placed if one.kind == "own")

    def set_sites(self, found: SitesData | None) -> None:
        """Show other points; the first candidate is chosen when nothing was."""
        self._found = found
        self._show()
        if found is not None and self.site is None:
            first = next((one for one in found.sites.placed if one.kind == "candidate"), None)
            if first is not None:
                self.choose(key_of(first))

    def choose(self, key: str) -> None:
        """Choose a point without telling anyone."""
        self.panel.map.choose(key)
        self._show()

    def set_radius(self, km: float) -> None:
        """Draw a ring of this radius beside the usual ones that are smaller."""
        self._km = km
        self._show()

    def retranslate(self) -> None:
        """Set every text."""
        self.panel.retranslate()
        self._show()

    def changeEvent(self, event: QEvent) -> None:
        """Follow a switch of the language."""
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()
        super().changeEvent(event)

    def _picked(self, key: str) -> None:
        self._show()
        self.chosen.emit(key)

    def _show(self) -> None:
        self.set_title(self.tr("Stores and candidates"), self.tr("click two to measure; rings around the one chosen"))
        found = self._found
        if found is None:
            self.panel.show_sites(None, MapData())
            return
        names = self.names
        spots = tuple(self._spot(one, names.get(one.name, one.name)) for one in found.placed)
        kinds = {
            Kind.OWN: self.tr("own store"),
            Kind.CANDIDATE: self.tr("candidate"),
            Kind.CLOSED: self.tr("closed for good"),
            Kind.RIVAL: self.tr("competitor"),
        }
        self.panel.show_sites(
            found.sites, MapData(spots, self._rings(), kinds=kinds), by_city(found.sites.placed, key_of)
        )

    def _rings(self) -> tuple[Ring, ...]:
        site = self.site
        if site is None or site.place is None:
            return ()
        place = site.place
        around = sorted({*(km for km in RINGS if km < self._km), self._km})
        return tuple(Ring(place.latitude, place.longitude, km, f"{km:g} km") for km in around)

    def _spot(self, site: Site, name: str) -> Spot:
        assert site.place is not None and self._found is not None
        row = self._found.rows.get(site.key) if site.kind == "own" else None
        lines = [" · ".join(part for part in (site.name, site.key if site.kind == "own" else "", site.city) if part)]
        if row is not None:
            text = self.tr("last 28 days {amount}")
            lines.append(text.format(amount=figures.money(row.receipts, symbol=True)))
        if site.kind == "rival":
            lines = [f"{site.name} · {self.tr('competitor')}", *filter(None, [self._found.brands.get(site.key)])]
        kind = _KINDS.get(site.kind, Kind.OWN if site.closed_on is None else Kind.CLOSED)
        size = None if site.kind in _KINDS else float(row.receipts) if row is not None else 0.0
        return Spot(
            key_of(site), name, site.place.latitude, site.place.longitude, kind, size=size, about="\n".join(lines)
        )


def key_of(site: Site) -> str:
    """What the map calls a site: a candidate may be named like the number of a store."""
    return f"{site.kind}:{site.key}"
