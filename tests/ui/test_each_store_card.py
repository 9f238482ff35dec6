"""The card of every store's weeks says what a bold name is, where there is one."""

from datetime import date
from decimal import Decimal

from chainbrain.analytics.trend import Expected, StoreSeries
from ui.views.overview.each_store_card import EachStoreCard


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
