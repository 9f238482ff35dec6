"""The tables of a trade area: shares, what neighbours lose, people in rings, own stores like it."""

from __future__ import annotations

from chainbrain.expansion.areas.analogues import Analogue
from chainbrain.expansion.areas.rings import Ring
from chainbrain.expansion.areas.study import Drawn, Loss, Share
from ui import figures
from ui.messages import word
from ui.models import Column, Kind, RowsModel
from ui.views.expansion.area.card import AreaCard, share
from ui.widgets import DataTable


class TableCard(AreaCard):
    """A card that holds one table."""

    def __init__(self, columns: list[Column]) -> None:
        super().__init__()
        self.model = RowsModel(columns)
        self.table = DataTable(self.model, sortable=False)
        self.add(self.table)
        self.retranslate()

    def fill(self, title: str, note: str, rows: tuple[object, ...]) -> None:
        """Show rows under a title."""
        self.set_title(title, note)
        self.table.setAccessibleName(title)
        self.table.set_empty_text(self.tr("Nothing is worked out yet") if self.answer is None else "")
        self.table.retranslate()
        self.model.set_rows(rows)


class SharesCard(TableCard):
    """How people divide without and with the new store."""

    def __init__(self) -> None:
        super().__init__(
            [
                Column("name", lambda: self.tr("Store"), self._name, Kind.KEY, tip=lambda one: one.name, least=110),
                Column("kind", lambda: self.tr("Kind of point"), self._kind, width=88, optional=True),
                Column("km", lambda: "km", lambda one: f"{one.km:.2f}", width=56, right=True),
                Column("before", lambda: self.tr("Without it"), lambda one: share(one.before), width=76, right=True),
                Column(
                    "after", lambda: self.tr("With it"), lambda one: share(one.after), width=76, right=True,
                    bold=lambda one: one.kind == "new",
                ),
            ]
        )  # fmt: skip

    def retranslate(self) -> None:
        """Set every text."""
        rows = tuple(self.answer.study.shares) if self.answer else ()
        self.fill(self.tr("How people divide"), self.tr("at the middle β"), rows)

    def _kind(self, one: Share) -> str:
        return word(f"area.kind.{one.kind}")

    def _name(self, one: Share) -> str:
        return self.named(one.name) or self.tr("New store")


class LossesCard(TableCard):
    """What own stores within 3 km lose, and what they did lose where the site has opened."""

    def __init__(self) -> None:
        super().__init__(
            [
                Column("name", lambda: self.tr("Store"), self._name, Kind.KEY, tip=lambda one: one.name, least=110),
                Column(
                    "lost",
                    lambda: self.tr("Loses"),
                    lambda one: share(one.lost[1]),
                    width=64,
                    right=True,
                    tip=self._range,
                ),
                Column("range", lambda: self.tr("Range"), self._range, width=104, right=True, optional=True),
                Column("money", lambda: self.tr("¥ a month"), self._money, width=84, right=True),
                Column("measured", lambda: self.tr("Measured"), self._measured, width=84, right=True, optional=True),
            ]
        )

    def retranslate(self) -> None:
        """Set every text."""
        study = self.answer.study if self.answer else None
        note = self.tr("own stores within 3 km")
        if study is not None and not study.losses:
            note = self.tr("no own store is that near")
        self.fill(self.tr("What neighbours lose"), note, tuple(study.losses) if study else ())

    def _name(self, one: Loss) -> str:
        return self.named(one.name)

    def _lost(self, one: Loss) -> str:
        return share(one.lost[1])

    def _range(self, one: Loss) -> str:
        return f"{share(one.lost[0])} – {share(one.lost[2])}"

    def _money(self, one: Loss) -> str:
        return figures.plain(one.monthly[1]) if one.monthly else word("area.unknown")

    def _measured(self, one: Loss) -> str:
        return "" if one.measured is None else share(float(one.measured))


class RingsCard(TableCard):
    """By distance: which share of the people the new store draws, and what the raster holds."""

    def __init__(self) -> None:
        super().__init__(
            [
                Column("km", lambda: self.tr("Within km"), lambda one: f"{one.km:g}", Kind.KEY, width=76),
                Column("drawn", lambda: self.tr("New store draws"), self._drawn, width=88, right=True),
                Column("total", lambda: self.tr("Sum"), self._total, right=True, least=64),
                Column("unknown", lambda: self.tr("No data"), self._unknown, width=68, right=True, optional=True),
                Column("change", lambda: self.tr("Since then"), self._change, width=80, right=True, optional=True),
            ]
        )

    def retranslate(self) -> None:
        """Set every text."""
        study = self.answer.study if self.answer else None
        note = "" if study is None or study.rings else self.tr("choose a GeoTIFF to count people")
        self.fill(self.tr("By distance"), note, tuple(study.drawn) if study else ())

    def _drawn(self, one: Drawn) -> str:
        return share(one.share)

    def _ring(self, one: Drawn) -> Ring | None:
        rings = self.answer.study.rings if self.answer else ()
        return next((ring for ring in rings if ring.km == one.km), None)

    def _total(self, one: Drawn) -> str:
        ring = self._ring(one)
        if ring is None:
            return ""
        return word("area.unknown") if ring.total is None else f"{ring.total:,.0f}"

    def _unknown(self, one: Drawn) -> str:
        ring = self._ring(one)
        return "" if ring is None else share(ring.unknown_share)

    def _change(self, one: Drawn) -> str:
        changes = {each.after.km: each.change for each in self.answer.study.changes} if self.answer else {}
        found = changes.get(one.km)
        return "" if found is None else f"{found:+.1%}"


class AnaloguesCard(TableCard):
    """Own stores most like the site, and what predicting from them is worth."""

    def __init__(self) -> None:
        super().__init__(
            [
                Column("name", lambda: self.tr("Own store"), self._name, Kind.KEY, tip=lambda one: one.name, least=110),
                Column("distance", lambda: self.tr("Difference"), self._distance, width=76, right=True),
                Column(
                    "shared", lambda: self.tr("Features"), lambda one: one.shared, Kind.NUMBER, width=64, optional=True
                ),
                Column(
                    "sales",
                    lambda: self.tr("Monthly sales"),
                    lambda one: figures.plain(one.sales),
                    width=92,
                    right=True,
                ),
            ]
        )

    def retranslate(self) -> None:
        """Set every text; the prediction and its error stand beside the title."""
        found = self.answer.analogues if self.answer else None
        note = ""
        best = found.best if found else None
        if best is not None:
            said = self.tr("{method}: {sales} a month, error {error}")
            note = said.format(
                method=word(f"area.method.{best.name}"),
                sales=f"¥{figures.compact(best.predicted, 1)}",
                error=share(best.error) or word("area.unknown"),
            )
        self.fill(self.tr("Own stores like it"), note, tuple(found.ranked[:10]) if found else ())

    def _name(self, one: Analogue) -> str:
        return self.named(one.name)

    def _distance(self, one: Analogue) -> str:
        return f"{one.distance:.2f}" if one.shared else word("area.unknown")
