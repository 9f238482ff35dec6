"""Charts, empty states and progress of the page of components, on made-up figures."""

from datetime import date, timedelta
from decimal import Decimal

from ui import figures
from ui.charts.fan import Fan, FanChart
from ui.charts.heat_map import HeatMap
from ui.charts.small_multiples import Multiple, SmallMultiples
from ui.charts.trend import Trend, TrendChart
from ui.theme import metrics as m
from ui.theme.translator import translate
from ui.widgets import (
    Card,
    EmptyState,
    HBox,
    ProgressStrip,
    VBox,
    scaled,
)

_DAYS = 35
_SHAPE = (274, 268, 279, 288, 310, 315, 296)


def _wave(index: int) -> float:
    return (_SHAPE[index % 7] + index % 5) * 1000.0


class Charts:
    """Put into the column; ``retranslate`` words and fills them."""

    def __init__(self, column: VBox) -> None:
        self._trend, self._fan = TrendChart(), FanChart()
        self._heat, self._multiples = HeatMap(), SmallMultiples(3)
        row = HBox(spacing=m.GAP)
        for chart in (self._trend, self._fan):
            card = Card()
            scaled(card, height=200)
            card.body.addWidget(chart)
            row.addWidget(card, 1)
        below = HBox(spacing=m.GAP)
        for widget in (self._heat, self._multiples):
            card = Card((m.GAP_S, m.GAP_S, m.GAP_S, m.GAP_S))
            scaled(card, height=180)
            card.body.addWidget(widget, 1)
            below.addWidget(card, 1)
        column.addLayout(row)
        column.addLayout(below)
        self._empty = [EmptyState(), EmptyState(primary=False)]
        self._progress = ProgressStrip(stays=True)
        row = HBox(spacing=m.GAP)
        for part in (*self._empty, self._progress):
            card = Card((m.GAP, m.GAP, m.GAP, m.GAP))
            card.body.addWidget(part, 1)
            scaled(card, height=164)
            row.addWidget(card, 1)
        column.addLayout(row)
        column.addStretch(1)

    def retranslate(self) -> None:
        """Set every text."""
        days = tuple(date(2026, 10, 19) + timedelta(number) for number in range(_DAYS))
        values = tuple(None if number == 16 else _wave(number) for number in range(_DAYS))
        low = tuple(_wave(number) - 22_000 for number in range(_DAYS))
        high = tuple(_wave(number) + 22_000 for number in range(_DAYS))
        self._trend.setAccessibleName(translate("Daily takings"))
        self._trend.set_data(Trend(days, values, low, high, partial=translate("2 stores missing")))
        months = tuple(f"2027-{number:02d}" for number in range(1, 13))
        middle = tuple(2_200_000 - 200_000 * n + 21_000 * n * n for n in range(12))
        self._fan.setAccessibleName(translate("Cash ahead"))
        self._fan.set_data(
            Fan(
                months,
                tuple(v - 24_000 * n for n, v in enumerate(middle)),
                middle,
                tuple(v + 26_000 * n for n, v in enumerate(middle)),
                tuple(v - 9_000 * n for n, v in enumerate(middle)),
                tuple(v + 9_000 * n for n, v in enumerate(middle)),
                floor=(1_500_000.0, translate("floor")),
            )
        )
        names = [figures.weekday(date(2026, 11, 23 + number)) for number in range(7)]
        hours = [str(hour) for hour in range(8, 23)]
        cells = [[max(5.0, 100 - abs(hour - 15) * 11 - abs(day - 3) * 6) for hour in range(8, 23)] for day in range(7)]
        self._heat.setAccessibleName(translate("Busy and quiet"))
        self._heat.set_cells(names, hours, cells)
        items = [
            Multiple(
                str(number),
                f"{translate('Store')} {number + 1}",
                tuple(_wave(day + number * 3) for day in range(28)),
                tuple(_wave(day) - 15_000 for day in range(28)),
                tuple(_wave(day) + 15_000 for day in range(28)),
                Decimal(number * 3 - 7) / 100,
                translate("no bank file") if number == 5 else "",
                strong=number < 2,
            )
            for number in range(6)
        ]
        self._multiples.setAccessibleName(translate("Store"))
        self._multiples.set_items(items)
        first, second = self._empty
        first.set_texts(
            translate("No bank statement yet"), translate("Drop one and deposits are found"), translate("Choose files…")
        )
        second.set_texts(
            translate("Nothing to compare with"), translate("Without data no comparison"), translate("Import data")
        )
        self._progress.follow_words(translate("Reconciling"), 3, 5, translate("Wallets and payouts"))
