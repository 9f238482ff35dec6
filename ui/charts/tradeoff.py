"""Safety against yield: what each band that is kept brings in a year; one of them is chosen."""

from dataclasses import dataclass
from decimal import Decimal

from PySide6.QtGui import QFontMetrics

from ui import figures
from ui.charts.plot import Plot
from ui.charts.scale import as_floats, nice_ticks
from ui.theme import metrics as m
from ui.theme.theme import Theme
from ui.theme.translator import translate
from ui.theme.type_roles import Role

_AT_SIDE, _ROOM_ABOVE = 0.2, 1.15
_WAN = 10_000
_CHOICE = 2.0
_BESIDE = 0.04
"""How far beyond the ends a click still means the first or the last band."""


@dataclass(frozen=True)
class Tradeoff:
    """What the chart shows; one entry for each band, in rising order.

    Attributes:
        bands: what stays, in yuan.
        yearly: what idle money brings in a year then, with what is put away on later days.
        put: what is put away today.
        below: in how many scenarios the balance falls below the floor because of it; nothing without a floor.
        scenarios: of how many.
        chosen: the place of the band in use.
        floor: the place of the floor.
    """

    bands: tuple[Decimal, ...]
    yearly: tuple[Decimal, ...]
    put: tuple[Decimal, ...]
    below: tuple[int | None, ...]
    scenarios: int
    chosen: int | None = None
    floor: int | None = None


class TradeoffChart(Plot):
    """Shows a ``Tradeoff``; a click or Enter chooses a band."""

    def __init__(self) -> None:
        self._curve_of: Tradeoff | None = None
        super().__init__()

    def set_data(self, curve: Tradeoff | None) -> None:
        """Show another curve."""
        self._curve_of = curve
        # Whoever walks on with the keys begins at the band in use.
        self._cursor = curve.chosen if curve is not None and curve.chosen is not None and self.hasFocus() else -1
        self.redraw()

    def rows(self) -> tuple[tuple[str, ...], list[tuple[object, ...]]]:
        """Return band, yield, what is put away and how often the floor breaks."""
        curve = self._curve_of
        if curve is None:
            return (), []
        heads = (
            translate("Band kept"),
            translate("Yield a year, with what is put away later"),
            translate("Put today"),
            translate("Below the floor"),
        )
        return heads, list(zip(curve.bands, curve.yearly, curve.put, curve.below, strict=True))

    def _draw(self) -> None:
        curve = self._curve_of
        if curve is None or not curve.bands:
            self._count = 0
            return
        theme = Theme.current()
        yearly = as_floats(curve.yearly)
        # Words stand above their points.
        ticks = nice_ticks(0.0, max(yearly) * _ROOM_ABOVE, zero=True)
        metrics = QFontMetrics(theme.font(Role.SMALL, figures=True))
        words = [_short(band) for band in curve.bands]
        room = max(metrics.horizontalAdvance(word) for word in words) + theme.px(m.GAP)
        self._frame(len(yearly), ticks, self._labels(words, metrics, room), with_unit=True, right_room=room)
        self._band([0.0] * len(yearly), yearly, "band")
        self._curve(yearly, theme.color("accent"), 2.0)
        # Each can be chosen: where they are is seen, not guessed.
        for index, value in enumerate(yearly):
            self._dot(self._across(index), value, theme.color("accent"), radius=_CHOICE)
        if curve.floor is not None:
            self._dot(self._across(curve.floor), yearly[curve.floor], theme.color("ink"), hollow=True)
            if curve.floor != curve.chosen:
                self._say(curve.floor, yearly[curve.floor], translate("floor"), "text2")
        if curve.chosen is not None:
            self._dot(self._across(curve.chosen), yearly[curve.chosen], theme.color("accent"), radius=5)
            said = translate("keep {band}: {yearly} a year")
            text = said.format(band=_short(curve.bands[curve.chosen]), yearly=self._yuan(curve.chosen))
            self._say(curve.chosen, yearly[curve.chosen], text, "ink", bold=True)

    def _across(self, index: int) -> float:
        """Return where a band lies by its amount: twice as much to keep is twice as far."""
        curve = self._curve_of
        if curve is None or len(curve.bands) < 2 or index >= len(curve.bands):
            return float(index)
        first, last = curve.bands[0], curve.bands[-1]
        spread = last - first
        return float((curve.bands[index] - first) / spread) * (len(curve.bands) - 1) if spread else float(index)

    def _nearest(self, x: float) -> int:
        """Return the band that lies next to a place; the room at the right belongs to none."""
        last = self._count - 1
        if not -_BESIDE * max(1, last) <= x <= last + _BESIDE * max(1, last):
            return -1
        return min(range(self._count), key=lambda index: abs(self._across(index) - x))

    def _labels(self, words: list[str], metrics: QFontMetrics, room: int) -> list[tuple[float, str]]:
        """Return the bands that are named below: no name lies on another, and the last one is always there."""
        wide = max(1, self.width() - 2 * room) / max(1, len(words) - 1)
        gap = metrics.horizontalAdvance("  ")
        halves = [metrics.horizontalAdvance(word) / 2 for word in words]
        places = [self._across(index) * wide for index in range(len(words))]
        last = len(words) - 1
        kept: list[int] = []
        for index in range(last):
            free_left = not kept or places[index] - halves[index] >= places[kept[-1]] + halves[kept[-1]] + gap
            if free_left and places[index] + halves[index] + gap <= places[last] - halves[last]:
                kept.append(index)
        return [(self._across(index), words[index]) for index in (*kept, last)]

    def _say(self, place: int, value: float, text: str, token: str, *, bold: bool = False) -> None:
        # The curve falls: above a point there is room to its right.
        x = self._across(place)
        share = x / max(1, self._count - 1)
        self._text(x, value, f" {text}", token, bold=bold, anchor=(1.0 if share > 1 - _AT_SIDE else 0.0, 1.1))

    def _yuan(self, index: int) -> str:
        assert self._curve_of is not None
        return figures.money(self._curve_of.yearly[index].quantize(Decimal("0.01")), symbol=True)

    def _words(self, index: int) -> str:
        curve = self._curve_of
        if curve is None:
            return ""
        lines = [
            translate("Band kept  {amount}").format(amount=figures.money(curve.bands[index], symbol=True)),
            translate("Yield a year, with what is put away later  {amount}").format(amount=self._yuan(index)),
            translate("Put today  {amount}").format(amount=figures.money(curve.put[index], symbol=True)),
        ]
        below = curve.below[index]
        if below is not None:
            lines.append(
                translate("Below the floor in {below} of {all} cases").format(below=below, all=curve.scenarios)
            )
        if curve.floor is not None and index < curve.floor:
            lines.append(translate("Below the floor: to compare only"))
        else:
            lines.append(translate("Click or Enter keeps this band"))
        return "\n".join(lines)


def _short(band: Decimal) -> str:
    """Write a band short; round ones without decimals."""
    return figures.compact(band, 0 if band % _WAN == 0 else 1)
