"""The card of every store's weeks says what a bold name is, where there is one."""

from datetime import date
from decimal import Decimal

from chainbrain.analytics.growth import Growth
from chainbrain.analytics.periods import Change, Period
from chainbrain.analytics.trend import Expected, StoreSeries
from ui import figures
from ui.views.overview.each_store_card import EachStoreCard

pytest_plugins = ("fixtures_chain",)


def series(number, last):
    days = (date(2026, 10, 30), date(2026, 10, 31))
    expected = Expected(Decimal(90), Decimal(100), Decimal(110))
    return StoreSeries(number, number, days, (100.0, last), (90.0, 90.0), (110.0, 110.0), Decimal(last), expected, ())


def test_a_bold_name_has_its_legend(qtbot):
    card = EachStoreCard()
    qtbot.addWidget(card)
    card.set_series([series("S1", 100), series("S2", 70)], {})
    assert [item.strong for item in card.chart._items] == [False, True]
    assert card._note.text() == "10-31 比预期，最偏离的在前；线为近 28 天；粗体：超出预期区间"
    card.set_series([series("S1", 100)], {})
    assert "粗体" not in card._note.text()


def test_over_several_days_each_store_shows_how_it_grew(qtbot):
    card = EachStoreCard()
    qtbot.addWidget(card)
    growth = {
        "S1": Growth(Change(Decimal(102), Decimal(100)), False, 0),
        "S2": Growth(Change(Decimal(90), Decimal(100)), False, 0),
        "S3": Growth(Change(None, None), True, 0),
        "S4": Growth(Change(Decimal(150), Decimal(100)), False, 3),
        "S5": Growth(Change(None, None), False, 0),
    }
    period = Period(date(2026, 10, 1), date(2026, 11, 1))
    card.set_growth([series(number, 100) for number in (*growth, "S6")], growth, period, {})
    assert card._note.text() == "10-01–10-31 同店增减，变得最多的在前；线为近 28 天"
    shown = [(item.key, item.note or figures.change(item.change)) for item in card.chart._items]
    assert shown == [
        ("S2", "−10.0%"), ("S1", "+2.0%"), ("S4", "缺 3 天"), ("S3", "新店"),
        ("S5", "没有可比日"), ("S6", "没有可比日"),
    ]  # fmt: skip
    assert not any(item.strong for item in card.chart._items)


def test_the_cards_grow_as_the_league_says(qtbot, context):
    rooms = context.workspace.analytics
    period = rooms.period("month")
    league = rooms.league(period)
    found = rooms.growth(period)
    assert {row.store_id for row in league.rows} <= set(found)
    for row in league.rows:
        one = found[row.store_id]
        assert one.change == row.like_for_like and one.missing_days == row.missing_days
        assert one.new == league.new(row)
