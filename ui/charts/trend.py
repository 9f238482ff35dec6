"""Days of one figure with the range that was expected; a missing day is a gap, never a zero."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from PySide6.QtCore import Signal
from PySide6.QtGui import QFontMetrics

from ui import figures
from ui.charts.plot import Plot
from ui.charts.scale import as_floats, nice_ticks, unit_of
from ui.theme import metrics as m
from ui.theme.theme import Theme
from ui.theme.translator import translate
from ui.theme.type_roles import Role


@dataclass(frozen=True)
class Trend:
    """What a trend chart shows; every tuple has one entry per day.

    Attributes:
        days: in order, without holes.
        values: None where the day's data is missing.
        low: lower end of the expected range, empty when there is none.
        high: upper end of the expected range.
        partial: note of the last day when some stores are missing; it is drawn hollow.
        unit_in_axis: whether the axis says 万; False when the title does.
        zero: whether the axis starts at zero.
    """

    days: tuple[date, ...]
    values: tuple[Decimal | float | None, ...]
    low: tuple[Decimal | float | None, ...] = ()
    high: tuple[Decimal | float | None, ...] = ()
    partial: str = ""
    unit_in_axis: bool = False
    zero: bool = False


class TrendChart(Plot):
    """Shows a ``Trend``; ``day_chosen`` carries the day clicked."""

    day_chosen = Signal(object)

    def __init__(self) -> None:
        self._trend: Trend | None = None
        super().__init__()
        self.chosen.connect(self._choose)

    def set_data(self, trend: Trend | None) -> None:
        """Show another trend."""
        self._trend = trend
        self._cursor = -1
        self.redraw()

    @property
    def unit(self) -> int:
        """In how many yuan the axis is written."""
        return unit_of(self._ticks) if self._trend is not None and self._trend.days else 1

    def rows(self) -> tuple[tuple[str, ...], list[tuple[object, ...]]]:
        """Return day and value, and the expected range where there is one."""
        trend = self._trend
        if trend is None:
            return (), []
        if trend.low:
            heads = (translate("Day"), translate("Value"), translate("Expected from"), translate("Expected to"))
            return heads, list(zip(trend.days, trend.values, trend.low, trend.high, strict=True))
        return (translate("Day"), translate("Value")), list(zip(trend.days, trend.values, strict=True))

    def _draw(self) -> None:
        trend = self._trend
        if trend is None or not trend.days:
            self._count = 0
            return
        theme = Theme.current()
        values, low, high = as_floats(trend.values), as_floats(trend.low), as_floats(trend.high)
        known = [value for value in [*values, *low, *high] if value == value]  # noqa: PLR0124 - NaN differs from itself
        ticks = nice_ticks(min(known, default=0.0), max(known, default=1.0), zero=trend.zero)
        last = next((index for index in range(len(values) - 1, -1, -1) if values[index] == values[index]), -1)
        label = _label(values[last], unit_of(ticks)) if last >= 0 else ""
        metrics = QFontMetrics(theme.font(Role.SMALL, bold=True))
        room = max(metrics.horizontalAdvance(label), metrics.horizontalAdvance(trend.partial)) + theme.px(m.GAP)
        self._frame(len(values), ticks, _day_labels(trend.days), with_unit=trend.unit_in_axis, right_room=room)
        if low:
            self._band(low, high, "band")
        self._curve(values, theme.color("accent"), 1.5)
        if last >= 0:
            hollow = bool(trend.partial)
            self._dot(last, values[last], theme.color("timing" if hollow else "accent"), hollow=hollow)
            self._text(last, values[last], f" {label}", "ink", bold=True, anchor=(-0.05, 0.95 if hollow else 0.5))
            if hollow:
                self._text(last, values[last], f" {trend.partial}", "timing", anchor=(-0.05, 0.05))

    def _words(self, index: int) -> str:
        trend = self._trend
        if trend is None:
            return ""
        value = trend.values[index]
        head = f"{figures.day(trend.days[index], year=True)} {figures.weekday(trend.days[index])}"
        lines = [head, figures.money(value, symbol=True) if value is not None else translate("no data")]
        if trend.low:
            low, high = trend.low[index], trend.high[index]
            if low is not None and high is not None:
                words = translate("expected {low} to {high}")
                lines.append(words.format(low=figures.money(low), high=figures.money(high)))
        return "\n".join(lines)

    def _choose(self, index: int) -> None:
        if self._trend is not None:
            self.day_chosen.emit(self._trend.days[index])


def _label(value: float, unit: int) -> str:
    """Write the last figure in the unit of the axis, be it less than one."""
    if abs(value) >= unit:
        return figures.compact(value)
    name = figures.compact(unit, 0).split(" ")[-1]
    return f"{figures.plain(Decimal(repr(value)) / unit, 2)} {name}"


def _day_labels(days: Sequence[date]) -> list[tuple[float, str]]:
    """Label Mondays, thinned so that at most seven stand side by side; months when there are many."""
    if len(days) > 120:
        firsts = [(float(i), day.strftime("%Y-%m")) for i, day in enumerate(days) if day.day == 1]
        step = -(-len(firsts) // 7) or 1
        return firsts[::step]
    mondays = [(float(i), figures.day(day)) for i, day in enumerate(days) if day.weekday() == 0]
    if len(mondays) < 2:
        step = -(-len(days) // 6) or 1
        return [(float(i), figures.day(days[i])) for i in range(0, len(days), step)]
    step = -(-len(mondays) // 7)
    return mondays[::step]
