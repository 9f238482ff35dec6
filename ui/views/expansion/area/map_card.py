"""The site among own stores and competitors, with rings of true kilometres around it."""

from __future__ import annotations

from chainbrain.expansion.areas.study import NEIGHBOUR_KM, Share
from chainbrain.expansion.places import Datum
from ui.charts.map_data import Kind, MapData, Ring, Spot
from ui.charts.place_map import PlaceMap
from ui.messages import word
from ui.theme import metrics as m
from ui.views.expansion.area.card import AreaCard, share

_KINDS = {"own": Kind.OWN, "rival": Kind.RIVAL, "new": Kind.CANDIDATE}


class AreaMapCard(AreaCard):
    """Who draws the people around the site."""

    def __init__(self) -> None:
        super().__init__(padding=(m.GAP, 0, m.GAP, m.GAP_S))
        self.map = PlaceMap()
        self.add(self.map)
        self.body.setStretch(0, 1)
        self.retranslate()

    def retranslate(self) -> None:
        """Set every text."""
        self.set_title(self.tr("Around the site"), self.tr("rings at 1 and 3 km"))
        self.map.setAccessibleName(self.tr("Map of the trade area"))
        if self.answer is None:
            self.map.set_data(MapData())
            return
        study = self.answer.study
        true = study.wish.place.to(Datum.WGS84)
        rings = tuple(Ring(true.latitude, true.longitude, km, f"{km:g} km") for km in (1.0, NEIGHBOUR_KM))
        spots = tuple(self._spot(one) for one in study.shares)
        kinds = {_KINDS[kind]: word(f"area.kind.{kind}") for kind in ("own", "rival", "new")}
        self.map.set_data(MapData(spots, rings, kinds=kinds))
        near = (spot.key for spot, one in zip(spots, study.shares, strict=True) if one.km <= NEIGHBOUR_KM)
        self.map.show_only(frozenset(near))

    def _spot(self, one: Share) -> Spot:
        true = one.place.to(Datum.WGS84)
        name = self.named(one.name) or self.tr("New store")
        lines = [name, f"{one.km:.2f} km", f"{self.tr('With it')}  {share(one.after)}"]
        if one.before is not None:
            lines.insert(2, f"{self.tr('Without it')}  {share(one.before)}")
        return Spot(
            f"{one.kind}:{one.key}:{one.place.latitude}:{one.place.longitude}", name, true.latitude, true.longitude,
            _KINDS[one.kind], size=one.after, shown=share(one.after), about="\n".join(lines),
        )  # fmt: skip
