import math
from datetime import date, timedelta
from decimal import Decimal
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pyqtgraph import TextItem
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest

from chainbrain.analytics.trend import Day, Expected
from ui.charts.bars import BarChart, BarSeries
from ui.charts.fan import Fan, FanChart, apart, within
from ui.charts.heat_map import HeatMap
from ui.charts.lines import Lines, LinesChart, NamedLine, line_look, twins
from ui.charts.scale import as_floats, axis_words, nice_ticks
from ui.charts.small_multiples import Multiple, SmallMultiples
from ui.charts.tradeoff import Tradeoff, TradeoffChart
from ui.charts.trend import Trend, TrendChart
from ui.charts.trend import _label as trend_label
from ui.charts.waterfall import Waterfall
from ui.charts.waterfall_steps import WaterfallStep, axis_of, levels_of, lines_of
from ui.theme.theme import Theme
from ui.theme.translator import Language
from ui.views.overview.trend_card import TrendCard
from ui.widgets.painting import _runs

DAYS = tuple(date(2026, 10, 19) + timedelta(n) for n in range(35))


def shown(qtbot, chart, width=480, height=240):
    qtbot.addWidget(chart)
    chart.resize(width, height)
    chart.show()
    return chart


@settings(max_examples=200)
@given(st.floats(-1e9, 1e9, allow_nan=False), st.floats(0, 1e9, allow_nan=False), st.booleans())
def test_ticks_are_few_and_enclose_the_values(low, spread, zero):
    ticks = nice_ticks(low, low + spread, zero=zero)
    step = ticks[1] - ticks[0] if len(ticks) > 1 else 1
    assert 1 <= len(ticks) <= 5
    assert ticks[0] <= low + step * 1e-6 + 1e-6
    assert ticks[-1] >= low + spread - step * 1e-6 - 1e-6
    if zero:
        assert any(abs(tick) < 1e-9 for tick in ticks)


def test_axis_words_say_the_unit_once(qapp):
    assert axis_words([220_000, 260_000, 300_000], with_unit=False) == ["22", "26", "30"]
    assert axis_words([600_000, 1_200_000], with_unit=True) == ["60 万", "120 万"]
    assert axis_words([0, 25_000], with_unit=False) == ["0.0", "2.5"]
    assert axis_words([5_000, 10_000], with_unit=False) == ["5,000", "10,000"]
    Language.set("en")
    assert axis_words([0, 1_200_000], with_unit=True) == ["0", "1,200,000"]


def test_a_missing_day_breaks_the_line():
    values = as_floats([Decimal("1.5"), None, 3])
    assert values[0] == 1.5
    assert math.isnan(values[1])


def test_trend_draws_leaves_gaps_and_exports(qtbot, tmp_path):
    chart = shown(qtbot, TrendChart())
    values = tuple(None if n == 10 else Decimal(280_000 + n * 100) for n in range(35))
    chart.set_data(Trend(DAYS, values, tuple(250_000 for _ in DAYS), tuple(300_000 for _ in DAYS), partial="缺 2 店"))
    heads, rows = chart.rows()
    assert heads[:2] == ("日期", "数值")
    assert rows[10][:2] == (date(2026, 10, 29), None)
    assert chart.export_picture(tmp_path / "trend.png")
    assert (tmp_path / "trend.png").stat().st_size > 1000
    before = chart.grab().toImage()
    Theme.current().set(mode="dark")
    assert chart.grab().toImage() != before


def test_trend_by_keyboard_says_the_figures(qtbot):
    chart = shown(qtbot, TrendChart())
    chart.set_data(Trend(DAYS, tuple(Decimal(1000 + n) for n in range(35))))
    qtbot.keyClick(chart, Qt.Key.Key_End)
    assert chart.accessibleDescription() == "2026-11-22 周日\n¥1,034.00"
    with qtbot.waitSignal(chart.day_chosen) as caught:
        qtbot.keyClick(chart, Qt.Key.Key_Return)
    assert caught.args == [date(2026, 11, 22)]


@pytest.mark.parametrize("chart", [TrendChart, FanChart])
def test_charts_without_data_stay_quiet(qtbot, chart):
    empty = shown(qtbot, chart())
    empty.set_data(None)
    qtbot.keyClick(empty, Qt.Key.Key_Right)
    assert not empty.grab().isNull()


def test_trend_of_only_missing_days(qtbot):
    chart = shown(qtbot, TrendChart())
    chart.set_data(Trend(DAYS, tuple(None for _ in DAYS)))
    assert not chart.grab().isNull()


def test_fan_with_floor_and_alternative(qtbot):
    chart = shown(qtbot, FanChart())
    months = tuple(f"2027-{n:02d}" for n in range(1, 13))
    middle = tuple(Decimal(1_000_000 - 20_000 * n) for n in range(12))
    low = tuple(value - 50_000 for value in middle)
    chart.set_data(Fan(months, low, middle, middle, floor=(600_000, "底线"), alternatives=((low, "开 5 家"),), past=2))
    assert chart.rows()[1][0] == ("2027-01", low[0], middle[0], middle[0])
    assert not chart.grab().isNull()


def test_a_fan_says_where_the_known_days_end_and_what_its_edges_come_to(qtbot):
    chart = shown(qtbot, FanChart())
    days = tuple(f"11-{n:02d}" for n in range(1, 21))
    middle = tuple(Decimal(100_000 + 1_000 * n) for n in range(20))
    low, high = (tuple(value + off for value in middle) for off in (-20_000, 20_000))

    def told(**more):
        made = Fan(days, low, middle, high, names=("偏低", "中间", "偏高"), divider=("实际", "预测"), **more)
        chart.set_data(made)
        chart.grab()  # words find their place when they are drawn
        return {
            item.textItem.toPlainText().strip(): item.mapRectToScene(item.boundingRect())
            for item in chart.getPlotItem().items
            if isinstance(item, TextItem)
        }

    ends = ("9.9 万", "11.9 万", "13.9 万")
    mark = (12, float(low[12]), "11-13 最低 ¥9.2 万", "ink")
    words = told(past=8, ends=ends, floor=(80_000, "底线 ¥8.0 万"), marks=(mark,))
    assert set(words) == {"实际", "预测", "偏低 9.9 万", "中间 11.9 万", "偏高 13.9 万", "底线 ¥8.0 万", mark[2]}
    # The line stands at the last known day, its words at both sides of it and above everything that is drawn.
    assert words["实际"].right() <= words["预测"].left() + 1
    assert words["实际"].top() == words["预测"].top() == min(box.top() for box in words.values())
    boxes = list(words.values())
    assert not any(one.intersects(other) for i, one in enumerate(boxes) for other in boxes[:i])
    assert chart.viewport().rect().contains(words["偏高 13.9 万"].toRect())
    assert "今天" in told(past=4, today=(12, "今天")) and "今天" not in told(past=4, today=(4, "今天"))
    # Too near to the axis there is no room for the first word; with nothing known or nothing to come no line.
    assert "实际" not in told(past=1) and "预测" in told(past=1)
    # A balance that never moves has room for all its words.
    flat = (Decimal(20_000),) * 20
    chart.set_data(Fan(days, flat, flat, flat, names=("偏低", "中间", "偏高"), marks=((12, 20_000.0, "最低", "ink"),)))
    chart.grab()
    inside = [one for one in chart.getPlotItem().items if isinstance(one, TextItem)]
    boxes = [one.mapRectToScene(one.boundingRect()) for one in inside]
    assert len(boxes) == 4 and all(one.top() >= 0 and one.bottom() <= chart.height() for one in boxes)
    assert not {"实际", "预测"} & set(told(past=0)) and not {"实际", "预测"} & set(told(past=20))


def test_bars_stand_on_zero(qtbot):
    chart = shown(qtbot, BarChart())
    chart.set_data(["一月", "二月"], [BarSeries("微信", (100, -20)), BarSeries("支付宝", (50, None))])
    assert 0.0 in chart._ticks
    assert chart._ticks[-1] >= 150
    assert chart._ticks[0] <= -20
    with qtbot.waitSignal(chart.chosen) as caught:
        qtbot.keyClick(chart, Qt.Key.Key_Home)
        qtbot.keyClick(chart, Qt.Key.Key_Return)
    assert caught.args == [0]


def steps(*changes):
    base = Decimal("6661000.10")
    result = base + sum(changes, Decimal(0))
    return [
        WaterfallStep("base", "上期", base, kind="base"),
        *(WaterfallStep(str(n), "项", change) for n, change in enumerate(changes)),
        WaterfallStep("result", "本期", result, kind="result"),
    ]


def test_waterfall_proves_its_sum_and_opens_a_step(qtbot):
    chart = shown(qtbot, Waterfall(), 600)
    chart.set_steps(steps(Decimal("-132500.40"), Decimal("26200.10")))
    assert chart.proven()
    chart.set_steps([*steps(Decimal(5))[:-1], WaterfallStep("r", "本期", Decimal(1), kind="result")])
    assert not chart.proven()
    qtbot.keyClick(chart, Qt.Key.Key_Right)
    with qtbot.waitSignal(chart.opened) as caught:
        qtbot.keyClick(chart, Qt.Key.Key_Return)
    assert caught.args == ["0"]


def test_waterfall_axis_is_cut_only_when_steps_are_small():
    assert axis_of(levels_of(steps(Decimal(-100))))[2]
    assert not axis_of(levels_of(steps(Decimal(-5_000_000))))[2]


@pytest.mark.parametrize(
    ("text", "room", "lines"),
    [
        ("08-27–09-26", 11, ("08-27–09-26",)),
        ("08-27–09-26", 9, ("08-27–", "09-26")),
        ("2025-12-28–2026-01-03", 8, ("2025-", "12-28–", "2026-", "01-03")),
        ("美团外卖、饿了么", 6, ("美团外卖、", "饿了么")),
        ("杭州滨江宝龙城市广场旗舰店", 6, ("杭州滨江宝龙", "城市广场旗舰", "店")),
        ("new stores", 6, ("new", "stores")),
        ("", 6, ("",)),
    ],
)
def test_waterfall_captions_are_broken_but_not_cut(text, room, lines):
    assert lines_of(text, lambda line: len(line) <= room) == lines


def test_waterfall_figures_are_short_or_left_out_but_never_cut(qtbot):
    chart = shown(qtbot, Waterfall(), 1200)
    chart.set_steps(steps(Decimal("986821.30"), Decimal("27932.10"), Decimal(-107), Decimal(5), Decimal(0), Decimal(1)))
    Language.set("en")
    full = chart.labels()
    assert full[1:4] == ["+986,821", "+27,932", "−107"]
    chart.resize(400, 240)
    assert chart.labels()[1:4] == ["+987k", "+27.9k", "−107"]
    assert not chart.grab().isNull()
    chart.resize(240, 240)
    assert chart.labels()[1] == "" and "" in chart.labels()


def test_heat_map_finds_the_largest_and_walks(qtbot):
    chart = shown(qtbot, HeatMap())
    chart.set_cells(["一", "二"], ["8", "9", "10"], [[1, 9, None], [9, 2, 3]], totals=["10", "14"], total_name="全天")
    assert chart.largest() == (0, 1)
    assert chart.accessibleDescription() == "一 9  ¥9.00"
    qtbot.keyClick(chart, Qt.Key.Key_Down)
    with qtbot.waitSignal(chart.opened) as caught:
        qtbot.keyClick(chart, Qt.Key.Key_Return)
    assert caught.args == [1, 0]
    chart.set_cells(["一"], ["8"], [[0]])
    assert chart.largest() is None
    assert not chart.grab().isNull()


def test_small_multiples_wrap_and_open(qtbot):
    chart = shown(qtbot, SmallMultiples(), 720, 320)
    chart.set_items([Multiple(str(n), "盐田", (1, None, 3), change=Decimal("0.1")) for n in range(12)])
    assert chart.heightForWidth(720) == 160
    assert chart.heightForWidth(360) == 320
    qtbot.keyClick(chart, Qt.Key.Key_Down)
    with qtbot.waitSignal(chart.opened) as caught:
        qtbot.keyClick(chart, Qt.Key.Key_Space)
    assert caught.args == ["6"]
    assert not chart.grab().isNull()


def test_a_band_is_cut_where_it_is_missing():
    assert _runs([None, (1.0, 2.0), (1.0, 3.0), None, None, (2.0, 4.0)]) == [
        [(1, (1.0, 2.0)), (2, (1.0, 3.0))],
        [(5, (2.0, 4.0))],
    ]


def test_labels_that_would_lie_on_each_other_stand_a_line_apart():
    assert apart([1.0, 5.0, 9.0], 2.0) == [1.0, 5.0, 9.0]
    assert apart([4.0, 4.0, 4.0], 2.0) == [2.0, 4.0, 6.0]
    # The pair that was pushed apart pushes its neighbour on.
    found = apart([3.0, 5.0, 5.0, 20.0], 2.0)
    assert found[3] == 20.0 and all(after - before >= 2.0 for before, after in pairwise(found))


def test_labels_at_the_end_stay_inside_and_apart():
    assert within([1.0, 3.0, 5.0], 2.0, (0.0, 10.0)) == [1.0, 3.0, 5.0]
    assert within([6.0, 8.0, 11.0], 2.0, (0.0, 9.0)) == [5.0, 7.0, 9.0]
    assert within([-1.0, 1.0, 9.0], 2.0, (0.0, 9.0)) == [0.0, 2.0, 9.0]


@pytest.mark.parametrize("height", [180, 240, 300])
def test_the_ends_of_a_narrow_fan_never_lie_on_each_other_and_its_axis_begins_near_it(qtbot, height):
    chart = shown(qtbot, FanChart())
    chart.resize(640, height)
    days = tuple(f"11-{n:02d}" for n in range(1, 31))
    middle = tuple(Decimal(5_700_000 + 160_000 * n) for n in range(30))
    low, high = (tuple(value + off for value in middle) for off in (-60_000, 60_000))

    def told(floor, by=0):
        moved = [tuple(value + by for value in path) for path in (low, middle, high)]
        names, ends = ("偏低", "中间", "偏高"), ("904.1 万", "977.3 万", "1,050.6 万")
        chart.set_data(Fan(days, *moved, names=names, ends=ends, past=9, divider=("实际", "预测"), floor=floor))
        chart.grab()
        boxes = [
            # The margin around the letters may touch the next line's.
            item.mapRectToScene(item.boundingRect()).adjusted(0, 4, 0, -4)
            for item in chart.getPlotItem().items
            if isinstance(item, TextItem) and item.textItem.toPlainText().strip() not in {"实际", "预测"}
        ]
        assert not any(one.intersects(other) for i, one in enumerate(boxes) for other in boxes[:i])
        assert all(one.top() >= 0 and one.bottom() <= height for one in boxes)
        return chart._ticks[0], chart._ticks[-1]

    first, last = told(None)
    assert first >= 4_000_000 and last <= 12_000_000
    assert told((5_000_000.0, "底线 ¥500.0 万"))[0] >= 4_000_000
    # A floor near 0, or a balance near it or below, keeps 0 in sight.
    assert told((100_000.0, "底线 ¥10.0 万"))[0] <= 0
    assert told(None, -5_600_000)[0] <= 0 and told(None, -8_000_000)[0] <= -2_000_000


def test_a_line_that_runs_where_another_does_lies_above_it_in_dashes(qtbot):
    """Two scenarios of the same figures would otherwise be one line; the later must leave the first one visible."""
    one, other = NamedLine("甲", (1.0, 2.0, None)), NamedLine("丙", (1.0, 3.0, 4.0))
    lines = (one, other, NamedLine("乙", (1.0, 2.0, None)))
    assert twins(lines) == [None, None, 0]
    chart = LinesChart()
    qtbot.addWidget(chart)
    chart.set_data(Lines(("一", "二", "三"), (), lines))
    above = [item for item in chart.getPlotItem().listDataItems() if item.zValue() > 20]
    assert [tuple(item.yData[:2]) for item in above] == [(1.0, 2.0)]
    assert above[0].opts["pen"].style() is not Qt.PenStyle.SolidLine
    assert len({line_look(place)[1] for place in range(4)}) == 4


def test_the_card_of_days_names_the_unit_of_its_axis(qtbot):
    card = shown(qtbot, TrendCard())

    def told(last: int, high: int) -> str:
        expected = Expected(Decimal(5000), Decimal(high - 500), Decimal(high))
        card.set_days([Day(day, Decimal(last), 9, 1, 1, expected) for day in DAYS])
        return card._note.text()

    assert told(8782, 9600) == "元，近 35 天" and card.chart.unit == 1
    # The range alone may reach above what was taken.
    assert told(8782, 13_000) == "万元，近 35 天" and card.chart.unit == 10_000
    assert told(87_820, 96_000) == "万元，近 35 天"
    assert [trend_label(8782.0, unit) for unit in (1, 10_000)] == ["8,782", "0.88 万"]
    assert trend_label(87_820.0, 10_000) == "8.8 万"


def test_bands_lie_by_their_amounts_and_a_click_finds_the_nearest(qtbot):
    wan = Decimal(10_000)
    bands = tuple(amount * wan for amount in (0, 10, 100, 102, 103, 400, 800))
    zero = (Decimal(0),) * len(bands)
    yearly = tuple(Decimal(30_000 - 3_000 * number) for number in range(len(bands)))
    chart = shown(qtbot, TradeoffChart())
    chart.resize(600, 260)
    chart.set_data(Tradeoff(bands, yearly, zero, (None,) * len(bands), 100, chosen=1))
    places = [chart._place(index).x() for index in range(len(bands))]
    wide = places[-1] - places[0]
    for band, place in zip(bands, places, strict=True):
        assert place - places[0] == pytest.approx(wide * float(band / bands[-1]), abs=1)
    clicked = []
    chart.chosen.connect(clicked.append)
    top = chart.height() // 2
    for x in (places[5] + 20, places[5] - 20, places[0], places[-1], (places[5] + places[6]) / 2 + 8, places[2] - 20):
        QTest.mousePress(chart.viewport(), Qt.MouseButton.LeftButton, pos=QPoint(round(x), top))
    assert clicked == [5, 5, 0, 6, 6, 2]
    QTest.mousePress(chart.viewport(), Qt.MouseButton.LeftButton, pos=QPoint(chart.width() - 4, top))
    assert len(clicked) == 6
    # Names of bands that lie close to each other are left out, the bands are not.
    (labels, _) = chart.getPlotItem().getAxis("bottom")._tickLevels
    assert [text for _, text in labels] == ["0", "100 万", "400 万", "800 万"]
    chart.setFocus()
    QTest.keyClick(chart, Qt.Key.Key_Home)
    for index in range(1, len(bands)):
        QTest.keyClick(chart, Qt.Key.Key_Right)
        assert chart._line.value() == pytest.approx(float(bands[index] / bands[-1]) * (len(bands) - 1))
    one = Tradeoff(bands[:1], yearly[:1], zero[:1], (None,), 100, chosen=0)
    chart.set_data(one)
    assert not chart.grab().isNull() and chart._nearest(0.0) == 0
