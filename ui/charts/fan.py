"""Cash or value ahead: the middle path, its bands, the floor it must not cross, and alternatives."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import pairwise

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QFontMetrics

from ui import figures
from ui.charts.plot import Plot
from ui.charts.scale import as_floats, nice_ticks
from ui.theme import metrics as m
from ui.theme.theme import Theme
from ui.theme.translator import translate
from ui.theme.type_roles import Role

_BELOW, _AT_SIDE = 0.15, 0.2
_APART = 3
"""Room between the lines of words at the end, in px."""
_TICKS = 5, 6, 7
_ASIDE = 0.8
"""Words stand beside their point by a half of their width, or by the whole of it at the sides."""
_DROP = 0.3
"""How far below its point a word stands, in its own height."""

Path = tuple[Decimal | float | None, ...]


@dataclass(frozen=True)
class Fan:
    """What a fan chart shows; every path has one entry per label.

    Attributes:
        labels: the positions, for example months; an empty one is not written.
        p10: lower edge.
        p50: the middle.
        p90: upper edge.
        p30: lower edge of the inner band, empty when there is none.
        p70: upper edge of the inner band.
        floor: a level that matters, with its words.
        alternatives: further paths with the words at their end, drawn dashed.
        marks: (position, value, words, token) of points worth naming.
        past: how many first positions are known already; they are drawn in ink.
        names: what lower edge, middle and upper edge are called.
        ends: what they come to at the end, in words; empty where that is not said.
        divider: what the known positions and those to come are called; they stand at a line between both.
        today: where today lies among those to come, and its name; those before it are over, yet not known.
    """

    labels: tuple[str, ...]
    p10: Path
    p50: Path
    p90: Path
    p30: Path = ()
    p70: Path = ()
    floor: tuple[float, str] | None = None
    alternatives: tuple[tuple[Path, str], ...] = ()
    marks: tuple[tuple[int, float, str, str], ...] = ()
    past: int = 0
    names: tuple[str, str, str] = ("P10", "P50", "P90")
    ends: tuple[str, str, str] = ("", "", "")
    divider: tuple[str, str] | None = None
    today: tuple[int, str] | None = None

    @property
    def edges(self) -> tuple[str, ...]:
        """Name and end of lower edge, middle and upper edge."""
        return tuple(f"{name} {end}".rstrip() for name, end in zip(self.names, self.ends, strict=True))


class FanChart(Plot):
    """Shows a ``Fan``."""

    def __init__(self) -> None:
        self._fan: Fan | None = None
        super().__init__()

    def set_data(self, fan: Fan | None) -> None:
        """Show another fan."""
        self._fan = fan
        self._cursor = -1
        self.redraw()

    def rows(self) -> tuple[tuple[str, ...], list[tuple[object, ...]]]:
        """Return position, P10, P50, P90."""
        fan = self._fan
        if fan is None:
            return (), []
        return (translate("When"), *fan.names), list(zip(fan.labels, fan.p10, fan.p50, fan.p90, strict=True))

    def _draw(self) -> None:
        fan = self._fan
        if fan is None or not fan.labels:
            self._count = 0
            return
        theme = Theme.current()
        low, middle, high = as_floats(fan.p10), as_floats(fan.p50), as_floats(fan.p90)
        others = [as_floats(path) for path, _ in fan.alternatives]
        known = [value for path in [low, middle, high, *others] for value in path if value == value]  # noqa: PLR0124
        if fan.floor is not None:
            known.append(fan.floor[0])
        metrics = QFontMetrics(theme.font(Role.SMALL, bold=True))
        words = [*fan.edges, *(text for _, text in fan.alternatives), fan.floor[1] if fan.floor else ""]
        room = max(metrics.horizontalAdvance(word) for word in words) + theme.px(m.GAP)
        spread = max(known, default=0.0) - min(known, default=0.0)
        # A path that never moves needs room for its words, too.
        if not spread:
            spread = abs(max(known, default=0.0)) or 1.0
            known.append(max(known, default=0.0) + spread * _BELOW)
        room_below = spread * _BELOW * _lines(fan, self.width() - room, metrics)
        known += [value - room_below for _, value, _, _ in fan.marks]
        # Of some ways to cut the axis that which shows least beside what there is: the line is what is looked at.
        ends = min(known, default=0.0), max(known, default=1.0)
        ticks = min((nice_ticks(*ends, most) for most in _TICKS), key=lambda one: one[-1] - one[0])
        labels = _thinned(fan.labels, max(1, (self.width() - room) // max(1, metrics.horizontalAdvance("2026-00 "))))
        self._frame(len(middle), ticks, labels, with_unit=True, right_room=room)
        self._divide(fan, ticks, metrics)
        self._band(low, high, "band", -50)
        if fan.p30 and fan.p70:
            self._band(as_floats(fan.p30), as_floats(fan.p70), "band_inner", -49)
        accent = theme.color("accent")
        self._curve(low, accent, 1.0, z=8)
        self._curve(middle, accent, 2.0, z=10)
        if fan.past:
            known_part = [value if index < fan.past else float("nan") for index, value in enumerate(middle)]
            self._curve(known_part, theme.color("ink"), 1.5, z=11)
        for path, (_, text) in zip(others, fan.alternatives, strict=True):
            self._curve(path, theme.color("difference"), 1.5, Qt.PenStyle.DashLine, z=9)
            self._end_label(path, text, "difference")
        if fan.floor is not None:
            self._horizontal(fan.floor[0], "ink", z=5)
        self._edge_labels((low, middle, high), fan, metrics)
        self._marks(fan, ticks, metrics)

    def _divide(self, fan: Fan, ticks: list[float], metrics: QFontMetrics) -> None:
        """A line where what is known ends, with the two words above everything that is drawn."""
        if fan.divider is None or not 0 < fan.past < len(fan.labels):
            return
        spread, high = ticks[-1] - ticks[0], metrics.height()
        top = ticks[-1] + spread * high / max(1, self.height() - self.getPlotItem().getAxis("bottom").height() - high)
        self._range(ticks[0], top)
        place = fan.past - 1
        self._vertical(place, (ticks[0], top), "text3", Qt.PenStyle.DotLine)
        wide = max(1.0, self.width() - self.getPlotItem().getAxis("left").width() - self._right_room)
        known, ahead = fan.divider
        if place * wide / max(1, len(fan.labels) - 1) > metrics.horizontalAdvance(f"{known}  "):
            self._text(place, top, f"{known} ", "text2", anchor=(1.0, 0.3))
        self._text(place, top, f" {ahead}", "accent", anchor=(0.0, 0.3))
        now, name = fan.today or (place, "")
        step = wide / max(1, len(fan.labels) - 1)
        # Where both words would lie on each other the line says enough.
        if place < now < len(fan.labels) and (now - place) * step > 2 * metrics.horizontalAdvance("   "):
            self._vertical(now, (ticks[0], top), "accent", Qt.PenStyle.DotLine)
            if (now - place) * step > metrics.horizontalAdvance(f" {ahead}   "):
                self._text(now, top, f" {name}", "text2", anchor=(0.0, 0.3))

    def _marks(self, fan: Fan, ticks: list[float], metrics: QFontMetrics) -> None:
        """Words stand below their point, never run out at the sides and never lie on those of another point."""
        last = max(1, len(fan.labels) - 1)
        wide = max(1.0, self.width() - self.getPlotItem().getAxis("left").width() - self._right_room) / last
        high = max(1, self.height()) / ((ticks[-1] - ticks[0]) or 1.0)
        taken: list[QRectF] = []
        for position, value, text, token in sorted(fan.marks, key=lambda mark: -mark[1]):
            self._dot(position, value, Theme.current().color(token))
            share = position / last
            side = 0.0 if share < _AT_SIDE else 1.0 if share > 1 - _AT_SIDE else 0.5
            box = QRectF(0, 0, metrics.horizontalAdvance(text), metrics.height())
            box.moveTo(position * wide - side * box.width(), -value * high + _DROP * box.height())
            lower = 0
            while any(box.intersects(other) for other in taken):
                lower += 1
                box.translate(0, box.height())
            taken.append(box)
            self._text(position, value, text, token, bold=True, anchor=(side, -_DROP - lower), over=True)

    def _edge_labels(
        self, paths: tuple[list[float], list[float], list[float]], fan: Fan, metrics: QFontMetrics
    ) -> None:
        # Labels of a narrow fan, or of a floor close to it, would lie on each other: they stand a line apart.
        bottom, top = self.getPlotItem().vb.viewRange()[1]
        high = self.height() - self.getPlotItem().getAxis("bottom").height()
        line = (top - bottom) * (metrics.height() + _APART) / max(1.0, high)
        end = len(paths[1]) - 1
        low, middle, upper = (path[end] for path in paths)
        below, between, above = fan.edges
        labels = [(low, below, "accent", False), (middle, between, "accent", True), (upper, above, "text3", False)]
        if fan.floor is not None:
            labels.append((*fan.floor, "ink", True))
        labels.sort(key=lambda label: label[0])
        places = within(apart([one[0] for one in labels], line), line, (bottom + line / 2, top - line / 2))
        for place, (_, text, token, bold) in zip(places, labels, strict=True):
            self._text(end, place, f" {text}", token, bold=bold)

    def _end_label(self, path: list[float], text: str, token: str) -> None:
        last = next((i for i in range(len(path) - 1, -1, -1) if path[i] == path[i]), -1)
        if text and last >= 0:
            self._text(last, path[last], f" {text}", token)

    def _words(self, index: int) -> str:
        fan = self._fan
        if fan is None:
            return ""
        lines = [fan.labels[index]]
        if index < fan.past:
            known = fan.p50[index]
            return "\n".join(lines if known is None else [*lines, figures.money(known, symbol=True)])
        for name, path in zip(reversed(fan.names), (fan.p90, fan.p50, fan.p10), strict=True):
            value = path[index]
            if value is not None:
                lines.append(f"{name}  {figures.money(value, symbol=True)}")
        for other, text in fan.alternatives:
            told = other[index] if index < len(other) else None
            if told is not None:
                lines.append(f"{text}  {figures.money(told, symbol=True)}")
        return "\n".join(lines)


def _lines(fan: Fan, width: float, metrics: QFontMetrics) -> int:
    """How many lines the words of the marks take: 2 where some would lie on others in one."""
    step = width / max(1, len(fan.labels) - 1)
    ends = sorted((mark[0] * step, metrics.horizontalAdvance(mark[2])) for mark in fan.marks)
    return 2 if any(right - left < (one + two) * _ASIDE for (left, one), (right, two) in pairwise(ends)) else 1


def _thinned(labels: tuple[str, ...], most: int) -> list[tuple[float, str]]:
    step = -(-len(labels) // most)
    return [(float(i), text) for i, text in enumerate(labels) if text and i % step == 0]


def apart(places: Sequence[float], least: float) -> list[float]:
    """Places in rising order at least so far from each other, moved as little as keeps each group where it was."""
    groups: list[list[float]] = []
    for place in places:
        groups.append([place])
        while len(groups) > 1 and _reach(groups[-1], least)[0] - _reach(groups[-2], least)[1] < least:
            last = groups.pop()
            groups[-1] += last
    return [_reach(group, least)[0] + number * least for group in groups for number in range(len(group))]


def within(places: Sequence[float], least: float, ends: tuple[float, float]) -> list[float]:
    """Places in rising order moved to lie between two ends, still so far from each other."""
    found, highest = list(places), ends[1]
    for number in range(len(found) - 1, -1, -1):
        found[number] = min(found[number], highest)
        highest = found[number] - least
    lowest = ends[0]
    for number, place in enumerate(found):
        found[number] = max(place, lowest)
        lowest = found[number] + least
    return found


def _reach(group: Sequence[float], least: float) -> tuple[float, float]:
    """The first and the last place of labels that stand as close as they may around their middle."""
    half = (len(group) - 1) * least / 2
    middle = sum(group) / len(group)
    return middle - half, middle + half
