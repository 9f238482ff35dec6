"""What lies within a radius of the chosen store or candidate, nearest first."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from PySide6.QtCore import QEvent, Signal

from chainbrain.analytics.stores import LeagueRow
from chainbrain.expansion.sites import Near, Site
from ui.messages import word
from ui.models import Column, Kind, RowsModel
from ui.theme import metrics as m
from ui.theme.type_roles import Role
from ui.views.expansion.sites.map_card import RINGS
from ui.widgets import DataTable, HBox, Label, MoneyInput, Segmented, TitledCard, scaled

_FARTHEST = Decimal(500)


@dataclass(frozen=True)
class _Line:
    near: Near
    row: LeagueRow | None
    name: str


class NearCard(TitledCard):
    """``radius_changed(km)``; ``chosen(Site)`` when one of the list was opened."""

    radius_changed = Signal(float)
    chosen = Signal(object)

    def __init__(self) -> None:
        super().__init__(rule=False, padding=(0, 0, 0, m.GAP_S))
        self._site: Site | None = None
        self.radius = Segmented(height=m.CONTROL)
        self.own = MoneyInput("km", places=1, minimum=Decimal("0.1"), maximum=_FARTHEST)
        scaled(self.own, width=112)
        self._model = RowsModel(self._columns())
        self.table = DataTable(self._model, m.ROW_DENSE)
        self._straight = Label(role=Role.SMALL, color="text2", wrap=True)
        self.body.addLayout(HBox(margins=(m.GAP, 0, m.GAP, 0), spacing=m.GAP_S).add(self.radius, self.own, 0))
        self.add(self.table)
        self.body.setStretch(1, 1)
        self.body.addLayout(HBox(margins=(m.GAP, 0, m.GAP, 0)).add(self._straight))
        self.own.set_value(Decimal(RINGS[1]))
        self.radius.changed.connect(self._ring)
        self.own.changed.connect(self._typed)
        self.table.row_activated.connect(self._activated)
        self.retranslate()
        self.radius.set_current(f"{RINGS[1]:g}")

    @property
    def km(self) -> float:
        """The radius."""
        return float(self.own.value() or RINGS[1])

    @property
    def lines(self) -> tuple[Near, ...]:
        """What is listed."""
        return tuple(line.near for line in self._model.rows)

    def set_near(
        self, site: Site | None, near: Sequence[Near], rows: Mapping[str, LeagueRow], names: Mapping[str, str]
    ) -> None:
        """Show what lies around a site; nothing when none is chosen. ``names`` are short ones of own stores."""
        self._site = site
        own = [one.site.kind == "own" for one in near]
        self._model.set_rows(
            [
                _Line(one, rows.get(one.site.key) if store else None, names.get(one.site.name, one.site.name))
                for one, store in zip(near, own, strict=True)
            ]
        )
        self.retranslate()

    def retranslate(self) -> None:
        """Set every text."""
        site = self._site
        self.set_title(self.tr("Nearby"), site.name if site is not None else "")
        self.radius.set_options([(f"{km:g}", f"{km:g} km") for km in RINGS] + [("own", self.tr("Own radius"))])
        self.radius.setAccessibleName(self.tr("Radius"))
        self.own.set_name(self.tr("Radius in kilometres"))
        self.own.setVisible(self.radius.current == "own")
        self.table.setAccessibleName(self.tr("Stores and candidates within the radius"))
        nothing = self.tr("Nothing lies within {km} km").format(km=f"{self.km:g}")
        self.table.set_empty_text(nothing if site is not None else self.tr("Choose a store or a candidate on the map"))
        self.table.retranslate()
        self._straight.setText(
            self.tr("Straight-line distances, not ways to walk or drive.") if site is not None else ""
        )

    def changeEvent(self, event: QEvent) -> None:
        """Follow a switch of the language."""
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()
        super().changeEvent(event)

    def _columns(self) -> list[Column]:
        return [
            Column("name", lambda: self.tr("Store"), lambda line: line.name, Kind.KEY, cut_middle=True,
                   tip=lambda line: line.near.site.name, least=92),
            Column("kind", lambda: self.tr("Kind of point"), lambda line: word(f"site.{line.near.site.kind}"),
                   Kind.MUTED, width=56),
            Column("km", lambda: self.tr("Distance, km"), lambda line: Decimal(repr(round(line.near.km, 2))),
                   Kind.NUMBER, width=72, places=2),
            Column("receipts", lambda: self.tr("Last 28 days"), lambda line: line.row.receipts if line.row else None,
                   Kind.MONEY, width=96, optional=True),
        ]  # fmt: skip

    def _ring(self, key: str) -> None:
        if key != "own":
            self.own.set_value(Decimal(key))
            self.radius_changed.emit(self.km)
        self.retranslate()

    def _typed(self, _value: object) -> None:
        self.radius_changed.emit(self.km)
        self.retranslate()

    def _activated(self, line: object) -> None:
        if isinstance(line, _Line):
            self.chosen.emit(line.near.site)
