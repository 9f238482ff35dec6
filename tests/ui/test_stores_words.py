"""The screen of stores says of which days, months and stores its figures are."""

from datetime import date

from chainbrain.analytics.heatmap import HeatMap
from chainbrain.analytics.periods import Period
from ui.views.stores.model import Rhythm
from ui.views.stores.rhythm_card import RhythmCard


def test_the_heat_map_says_which_days_it_averages_however_little_room_there_is(qtbot):
    card = RhythmCard()
    qtbot.addWidget(card)
    days = Period(date(2026, 10, 4), date(2026, 11, 1))
    card.set_store("苏州湖东店")
    card.set_rhythm(Rhythm("S006", days, HeatMap(days, (), {}, None, None), None, days.base))
    card.show()
    said = {}
    for width in (800, 480, 430):
        card.resize(width, 400)
        said[width] = card._note.text()
        assert card._legend.isVisible()
    assert said == {800: "平均，10-04–10-31，按下单时间", 480: "平均，10-04–10-31", 430: "10-04–10-31"}
