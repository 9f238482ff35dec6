"""The card of every store: how it did on the day or in the period shown, above a line of its last weeks."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from PySide6.QtCore import Signal

from chainbrain.analytics.growth import Growth
from chainbrain.analytics.periods import Period
from chainbrain.analytics.trend import StoreSeries
from ui import figures
from ui.charts.small_multiples import Multiple, SmallMultiples
from ui.theme import metrics as m
from ui.views.overview.content import grown_of, multiples_of
from ui.views.parts.scroller import Scroller
from ui.widgets import TitledCard

_COLUMNS, _COLUMNS_FEW, _FEW = 6, 4, 12
_LINE, _MOST_LINES = 80, 8


class EachStoreCard(TitledCard):
    """``opened(store)`` when one was chosen; ``refitted`` when the charts are others than before."""

    opened = Signal(str)
    refitted = Signal()

    def __init__(self) -> None:
        super().__init__(padding=(0, 0, 0, 0), spacing=0)
        self._count = 0
        self.chart = SmallMultiples(_COLUMNS)
        self.chart.opened.connect(self.opened)
        self._scroll = Scroller(self.chart)
        self.add(self._scroll)

    def full_height(self) -> float:
        """Return the height at which every store shows, up to eight lines, in px at 100 %."""
        per_line = _COLUMNS if self._count > _FEW else _COLUMNS_FEW
        return m.CARD_HEAD + _LINE * min(max(-(-self._count // per_line), 1), _MOST_LINES) + 3

    def set_series(self, series: Sequence[StoreSeries], names: Mapping[str, str]) -> None:
        """Show the last day of each store beside what was expected; ``names`` are short names of stores by number."""
        count = len(series)
        words = self.tr("{day} against the expected, the farthest first; lines of 28 days")
        note = words.format(day=figures.day(max(one.days[-1] for one in series))) if count else ""
        items = multiples_of(series, names)
        if any(item.strong for item in items):
            note = self.tr("{note}; bold: outside its expected range").format(note=note)
        self._show(items, note)

    def set_growth(
        self, series: Sequence[StoreSeries], growth: Mapping[str, Growth], period: Period, names: Mapping[str, str]
    ) -> None:
        """Show how each store grew over a period of several days, the most changed first."""
        items = grown_of(series, growth, names)
        words = self.tr("{days} like-for-like, the most changed first; lines of 28 days")
        self._show(items, words.format(days=figures.days(period.first, period.last)))

    def _show(self, items: Sequence[Multiple], note: str) -> None:
        self.chart.setAccessibleName(self.tr("Stores"))
        self._count = count = len(items)
        self.set_title(self.tr("Each store"), note, self.tr("list of %n store(s)", "", count) if count else "")
        self._fit_columns()
        self.chart.set_items(items)

    def _fit_columns(self) -> None:
        """Few stores get wider cells, so that the card is filled."""
        wanted = _COLUMNS if self._count > _FEW else _COLUMNS_FEW
        if self.chart.property("columns") == wanted:
            return
        fresh = SmallMultiples(wanted)
        fresh.setProperty("columns", wanted)
        fresh.setAccessibleName(self.tr("Stores"))
        fresh.opened.connect(self.opened)
        self._scroll.setWidget(fresh)
        fresh.setAutoFillBackground(False)
        self.chart = fresh
        self.refitted.emit()
