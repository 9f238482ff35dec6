"""The site among own stores and competitors, with rings of true kilometres, and whose customers live where."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Signal

from chainbrain.expansion.areas.demand import Basis
from chainbrain.expansion.areas.study import NEIGHBOUR_KM, Share
from chainbrain.expansion.places import Datum
from ui import figures
from ui.charts.map_data import Kind, MapData, Ring, Spot
from ui.charts.map_field import Field
from ui.charts.place_map import PlaceMap
from ui.messages import word
from ui.theme import metrics as m
from ui.views.expansion.area.card import AreaCard, share
from ui.widgets import IconButton

_KINDS = {"own": Kind.OWN, "rival": Kind.RIVAL, "new": Kind.CANDIDATE}
_STEP = 1.5
_NAMED = 3
"""So many stores are named when hovering over the ground."""


class AreaMapCard(AreaCard):
    """Who draws the people around the site; a click on a store colours the ground by its share.

    ``surface_asked`` when every point with every share is wanted as a file, ``picture_asked`` for the map as it stands.
    """

    surface_asked = Signal()
    picture_asked = Signal()

    def __init__(self) -> None:
        super().__init__(padding=(m.GAP, 0, m.GAP, m.GAP_S))
        self.map = PlaceMap()
        self.nearer, self.away = IconButton("plus", height=m.CONTROL_SMALL), IconButton("dash", height=m.CONTROL_SMALL)
        self.whole, self.save = (
            IconButton("home", height=m.CONTROL_SMALL),
            IconButton("export", height=m.CONTROL_SMALL),
        )
        for tool in (self.nearer, self.away, self.whole, self.save):
            self.head_right.addWidget(tool)
        self.add(self.map)
        self.body.setStretch(0, 1)
        self.nearer.clicked.connect(lambda: self.map.zoom(_STEP))
        self.away.clicked.connect(lambda: self.map.zoom(1 / _STEP))
        self.whole.clicked.connect(self.map.show_all)
        self.save.clicked.connect(self.picture_asked)
        self.acted.connect(self.surface_asked)
        self.map.chosen.connect(lambda _key: self._show(keep=True))
        self.order_tabs()
        self.retranslate()

    @property
    def coloured(self) -> int:
        """Whose share colours the ground: its number in the study; the new store, as long as no other was chosen."""
        shares = self.answer.study.shares if self.answer else ()
        chosen = self.map.current
        return next((n for n, one in enumerate(shares) if _key(one) == chosen), len(shares) - 1)

    def retranslate(self) -> None:
        """Set every text."""
        self.map.setAccessibleName(self.tr("Map of the trade area"))
        self.nearer.set_name(self.tr("Closer"))
        self.away.set_name(self.tr("Farther away"))
        self.whole.set_name(self.tr("Show every point"))
        self.save.set_name(self.tr("Save the map as a picture…"))
        self._show(keep=False)

    def export_picture(self, path: Path) -> bool:
        """Write the map as it stands."""
        return self.map.export_picture(path)

    def _show(self, *, keep: bool) -> None:
        answer = self.answer
        for tool in (self.nearer, self.away, self.whole, self.save):
            tool.setVisible(answer is not None)
        if answer is None:
            self.set_title(self.tr("Around the site"))
            self.map.set_data(MapData())
            return
        study = answer.study
        whose = self._name(study.shares[self.coloured])
        note = self.tr("coloured by the share of {name}; click another store for its own").format(name=whose)
        if study.basis is Basis.EVEN:
            note = self.tr("coloured by the share of {name}; people are taken to be everywhere").format(name=whose)
        self.set_title(self.tr("Around the site"), note, self.tr("Write every point…"))
        true = study.wish.place.to(Datum.WGS84)
        rings = tuple(Ring(true.latitude, true.longitude, km, f"{km:g} km") for km in (1.0, NEIGHBOUR_KM))
        spots = tuple(self._spot(one) for one in study.shares)
        kinds = {_KINDS[kind]: word(f"area.kind.{kind}") for kind in ("own", "rival", "new")}
        self.map.set_data(MapData(spots, rings, kinds=kinds, field=self._field()), keep=keep)
        if not keep:
            self.map.show_only(frozenset(_key(one) for one in study.shares if one.km <= NEIGHBOUR_KM))

    def _field(self) -> Field:
        """Which share of every point goes to the store that is looked at."""
        assert self.answer is not None
        one, column = self.answer.study.surface, self.coloured
        values = one.of_each[:, column]
        most = float(values.max(initial=0.0))
        return Field(
            one.latitude, one.longitude, values, one.blank, one.cell, most,
            low="0%", high=share(most), unknown=self.tr("no data"), about=self._ground,
        )  # fmt: skip

    def _ground(self, point: int) -> str:
        """What stands over one point: how many people, and who draws most of them."""
        assert self.answer is not None
        study = self.answer.study
        shares = study.surface.of_each[point].tolist()
        first = self.coloured
        most = sorted((n for n in range(len(shares)) if n != first), key=lambda n: -shares[n])[:_NAMED]
        lines = [f"{self._name(study.shares[n])}  {share(shares[n])}" for n in (first, *most)]
        if study.basis is not Basis.EVEN:
            weight = figures.plain(float(study.surface.weight[point]), 0)
            lines.insert(0, self.tr("weight {weight}").format(weight=weight))
        return "\n".join(lines)

    def _name(self, one: Share) -> str:
        return self.named(one.name) or self.tr("New store")

    def _spot(self, one: Share) -> Spot:
        true = one.place.to(Datum.WGS84)
        name = self._name(one)
        kind = word(f"area.kind.{one.kind}")
        lines = [f"{name} · {kind}", f"{one.km:.2f} km", f"{self.tr('With it')}  {share(one.after)}"]
        if one.before is not None:
            lines.insert(2, f"{self.tr('Without it')}  {share(one.before)}")
        return Spot(
            _key(one), name, true.latitude, true.longitude, _KINDS[one.kind],
            size=one.after, shown=share(one.after), about="\n".join(lines),
        )  # fmt: skip


def _key(one: Share) -> str:
    return f"{one.kind}:{one.key}:{one.place.latitude}:{one.place.longitude}"
