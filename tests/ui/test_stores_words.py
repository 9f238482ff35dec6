"""The screen of stores says of which days, months and stores its figures are."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

from chainbrain.analytics.heatmap import HeatMap
from chainbrain.analytics.periods import Change, PassedOver, Period, SpecialDay, of_one_day
from chainbrain.analytics.stores import League, LeagueRow
from chainbrain.analytics.walls import FourWall
from ui.models.columns import VALUE_ROLE
from ui.views.stores.league_card import LeagueCard
from ui.views.stores.model import Rhythm
from ui.views.stores.rhythm_card import RhythmCard

OCTOBER = Period(date(2026, 10, 1), date(2026, 11, 1))


def store(number, now, before, opened_on=None, month=date(2026, 10, 1)):
    costs = dict.fromkeys(("rent", "wages", "utilities", "materials"), Decimal(10))
    return LeagueRow(
        store_id=number, name=number, city=None, ownership=None, receipts=Decimal(1000), orders=20, ticket=Decimal(50),
        refunds=Decimal(0), like_for_like=Change(Decimal(now), Decimal(before)), compared_days=20, missing_days=0,
        expected_days=31, fees=None, takings=None, take_rate=None, recent=(), opened_on=opened_on,
        four_wall=FourWall(number, month, Decimal(1000), Decimal(0), Decimal(5), costs),
    )  # fmt: skip


def league(*rows, period=OCTOBER):
    whole = [sum(getattr(row.like_for_like, side) or 0 for row in rows) for side in ("now", "before")]
    total = replace(store("", *whole), store_id="", four_wall=None)
    return League(period, rows, total)


def heads(card):
    return [column.title() for column in card.table.columns]


def test_the_heat_map_says_which_days_it_averages_however_little_room_there_is(qtbot):
    card = RhythmCard()
    qtbot.addWidget(card)
    days = Period(date(2026, 10, 4), date(2026, 11, 1))
    card.set_store("苏州湖东店")
    card.set_rhythm(Rhythm(True, days, HeatMap(days, (), {}, None, None), None, days.base))
    card.show()
    said, below = {}, {}
    for width in (800, 480, 430):
        card.resize(width, 400)
        said[width], below[width] = card._note.text(), card._hint.text()
        assert card._legend.isVisible()
    assert said == {800: "平均，10-04–10-31，按下单时间", 480: "平均，10-04–10-31", 430: "10-04–10-31"}
    assert below[430] == "平均，10-04–10-31；" + below[480] and "平均" not in below[480] == below[800]


def test_the_head_of_four_walls_names_the_month_that_all_stores_have_costs_of(qtbot):
    card = LeagueCard()
    qtbot.addWidget(card)
    rows = (store("S1", 110, 100), store("S2", 90, 100))
    card.set_league(league(*rows))
    assert "10 月四墙利润率" in heads(card)
    card.set_league(league(*rows, period=Period(date(2027, 1, 1), date(2027, 2, 1))))
    assert "2026-10 四墙利润率" in heads(card)
    card.set_league(league(rows[0], store("S3", 1, 1, month=date(2026, 9, 1))))
    assert "四墙利润率" in heads(card), "of different months only the rows can tell"


def test_a_store_too_young_to_be_compared_is_called_new(qtbot):
    card = LeagueCard()
    qtbot.addWidget(card)
    young = replace(store("S2", 136, 100, date(2026, 8, 27)), like_for_like=Change(None, None), compared_days=0)
    card.set_league(league(store("S1", 97, 100), young))
    column = next(one for one in card.table.columns if one.key == "change")
    old, new = card._model.rows
    assert (column.shown(old), column.shown(new)) == ("−3.0%", "新店")
    assert column.data(new, VALUE_ROLE) is None and column.tip(new) == "新店，开业还不够久，不比"
    assert card._total.toolTip().startswith("新店不比：") and card._note.text().endswith("，不含新店")
    card.set_league(league(store("S1", 97, 100)))
    assert "新店" not in card._total.toolTip() + card._note.text()


def test_the_caption_of_the_league_says_why_nearer_days_are_not_compared_with(qtbot):
    card = LeagueCard()
    qtbot.addWidget(card)
    day = replace(of_one_day(date(2026, 10, 31)), weeks_back=6)
    golden = SpecialDay(date(2026, 10, 3), "holiday", "national_day")
    found = league(store("S1", 97, 100), period=day)
    card.set_league(found, (PassedOver(of_one_day(golden.day), (golden,)),))
    assert card._note.toolTip() == f"{card._note.text()}\n比 09-19；从四周前往回找，更近的 10-03（国庆节）不可比"
    card.set_league(found)
    assert "不可比" not in card._note.toolTip()
