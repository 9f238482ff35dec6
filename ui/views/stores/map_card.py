"""The stores of a period on a map: size by receipts, colour by receipts or by the like-for-like change."""

from __future__ import annotations

import math
from collections.abc import Mapping
from decimal import Decimal

from PySide6.QtCore import QEvent, Signal

from chainbrain.analytics.stores import League, LeagueRow
from chainbrain.expansion.sites import Near, Site, Sites
from ui import figures
from ui.charts.map_data import Kind, MapData, Shade, Spot
from ui.charts.map_projection import distance_words
from ui.theme import metrics as m
from ui.views.parts.names import short_names
from ui.views.parts.place_panel import PlacePanel, by_city
from ui.views.stores.league_columns import said_of
from ui.widgets import HBox, Segmented, TitledCard

# Colours of changes end at a round share, so that one store alone does not pale all others.
_STEP, _LEAST, _MOST = 0.05, 0.05, 0.30


class StoresMapCard(TitledCard):
    """``store_chosen`` carries a number, empty for all; ``store_opened`` asks for its rows."""

    store_chosen = Signal(str)
    store_opened = Signal(str)

    def __init__(self) -> None:
        super().__init__(rule=False, padding=(m.GAP, 0, m.GAP, m.GAP_S))
        self.panel, self.shade = PlacePanel(), Segmented(height=m.CONTROL_SMALL)
        self._league: League | None = None
        self._sites: Sites | None = None
        self._chosen: frozenset[str] | None = None
        city, *buttons = self.panel.tools
        self.body.addLayout(HBox(spacing=m.GAP_S).add(self.shade, city, 0, *buttons))
        self.add(self.panel)
        self.body.setStretch(1, 1)
        self.shade.changed.connect(lambda _key: self._show())
        self.panel.map.chosen.connect(self.store_chosen)
        self.panel.map.opened.connect(self.store_opened)
        self.retranslate()

    @property
    def figure(self) -> str:
        """Which figure of a store the colours show: ``change`` or ``receipts``."""
        return self.shade.current

    def set_stores(self, league: League | None, sites: Sites | None, shown: tuple[str, ...] | None = None) -> None:
        """Show other figures; the picture stays where it is while the stores are the same."""
        self._league, self._sites = league, sites
        self._chosen = None if shown is None else frozenset(shown)
        self._show()

    def choose(self, store_id: str) -> None:
        """Choose a store without telling anyone; empty chooses none."""
        if store_id != self.panel.map.current:
            self.panel.map.choose(store_id)

    def retranslate(self) -> None:
        """Set every text."""
        self.shade.set_options((("change", self.tr("Like-for-like")), ("receipts", self.tr("Receipts"))))
        self.shade.setAccessibleName(self.tr("What colours say"))
        self.panel.retranslate()
        self._show()

    def changeEvent(self, event: QEvent) -> None:
        """Follow a switch of the language."""
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()
        super().changeEvent(event)

    def _show(self) -> None:
        sites, league = self._sites, self._league
        self.set_title(self.tr("Map"), self.tr("larger: more receipts; click two stores to measure"))
        if sites is None or league is None:
            self.panel.show_sites(None, MapData())
            return
        rows = {row.store_id: row for row in league.rows}
        own = [one for one in sites.placed if one.kind == "own" and self._shows(one)]
        names = short_names(one.name for one in own)
        near = sites.nearest()
        changes = self.shade.current == "change"
        spots = tuple(
            _spot(one, rows.get(one.key), names[one.name], self._about(one, rows.get(one.key), near), changes=changes)
            for one in own
        )
        stores = Sites(tuple(one for one in sites.sites if one.kind == "own" and self._shows(one)), sites.unnamed)
        self.panel.show_sites(stores, self._data(spots), by_city(own, lambda one: one.key))

    def _shows(self, site: Site) -> bool:
        return self._chosen is None or site.key in self._chosen

    def _data(self, spots: tuple[Spot, ...]) -> MapData:
        kinds = {Kind.CLOSED: self.tr("closed for good")}
        if self.shade.current == "change":
            reach = _reach([abs(one.value) for one in spots if one.value is not None])
            low, high = figures.change(-reach, 0), figures.change(reach, 0)
            return MapData(spots, (), Shade.CHANGE, low, high, reach, kinds)
        most = max((one.value for one in spots if one.value is not None), default=0.0)
        return MapData(spots, (), Shade.AMOUNT, "¥0", f"¥{figures.compact(most)}", kinds=kinds)

    def _about(self, site: Site, row: LeagueRow | None, nearest: Mapping[str, Near]) -> str:
        lines = [" · ".join(part for part in (site.name, site.key, site.city) if part)]
        if row is not None:
            lines.append(said_of(row))
        if row is None or not row.known:
            lines.append(self.tr("no sales are known in this period"))
        else:
            lines.append(f"{self.tr('Receipts')}  {figures.money(row.receipts, symbol=True)}")
            share = row.like_for_like.ratio
            if share is not None:
                lines.append(f"{self.tr('Like-for-like')}  {figures.change(share)}")
        near = nearest.get(site.key)
        if near is not None:
            text = self.tr("nearest: {name}, {distance}")
            lines.append(text.format(name=near.site.name, distance=distance_words(near.km)))
        if site.closed_on is not None:
            lines.append(self.tr("closed on {day}").format(day=figures.day(site.closed_on, year=True)))
        return "\n".join(lines)


def _spot(site: Site, row: LeagueRow | None, name: str, about: str, *, changes: bool) -> Spot:
    assert site.place is not None
    known = row is not None and row.known
    receipts = row.receipts if row is not None and known else None
    share = row.like_for_like.ratio if row is not None and known else None
    shown = figures.change(share) if changes else ("" if receipts is None else figures.compact(receipts))
    return Spot(
        site.key,
        name,
        site.place.latitude,
        site.place.longitude,
        Kind.OWN if site.closed_on is None else Kind.CLOSED,
        value=_float(share if changes else receipts),
        size=_float(receipts) or 0.0,
        shown=shown,
        about=about,
    )


def _float(value: Decimal | None) -> float | None:
    return None if value is None else float(value)


def _reach(sizes: list[float]) -> float:
    """A round share at which colours end."""
    most = max(sizes, default=_LEAST)
    return min(_MOST, max(_LEAST, math.ceil(most / _STEP - 1e-9) * _STEP))
