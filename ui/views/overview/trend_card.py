"""The card of receipts by day, with the range that was to be expected."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal

from chainbrain.analytics.trend import Day
from ui.charts.trend import TrendChart
from ui.views.overview.content import trend_of
from ui.views.parts.legend import Legend
from ui.widgets import TitledCard

_WAN = 10_000


class TrendCard(TitledCard):
    """``day_chosen(date)`` when a point was chosen."""

    day_chosen = Signal(object)

    def __init__(self) -> None:
        super().__init__(rule=False)
        self.chart, self._band = TrendChart(), Legend("band_inner")
        self.head_right.add(self._band)
        self.add(self.chart)
        self.chart.day_chosen.connect(self.day_chosen)

    def set_days(self, days: Sequence[Day]) -> None:
        """Show these, and set every text."""
        self.chart.setAccessibleName(self.tr("Receipts by day"))
        self.chart.set_data(trend_of(days))
        count = len(days)
        if self.chart.unit == _WAN:
            note = self.tr("in 10,000 yuan, last %n day(s)", "", count)
        else:
            note = self.tr("in yuan, last %n day(s)", "", count)
        self.set_title(self.tr("Receipts by day"), note if days else "")
        self._band.set_text(self.tr("expected range 80%"))
