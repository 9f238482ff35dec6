"""The money map on screen: the day by keys and mouse, the figures of the engine, the rows behind them, changes told."""

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal

from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QToolTip

from chainbrain.cash.mapday import MapDay
from chainbrain.lists import LISTS
from ui import figures
from ui.charts.sankey import Sankey
from ui.charts.sankey_layout import Node, Ribbon
from ui.views.listing.further import further
from ui.views.listing.window import ListWindow
from ui.views.money.map_figures import below_nothing
from ui.views.money.view import MoneyView

pytest_plugins = ("fixtures_book",)


def _nodes(place) -> dict[str, Node]:
    return {one.key: one for one in place.view.map.map_card.picture._nodes}


def _lists(place) -> list[ListWindow]:
    return [one for one in place.view.window().findChildren(ListWindow) if one.isVisible()]


def test_the_day_is_chosen_by_keys_and_mouse_and_every_figure_opens_its_rows(desk, reconciled_book, tmp_path):
    place = desk(MoneyView, reconciled_book)
    shown, found = place.view.map, place.workspace.money_map().map
    slider, picture, card = shown.day_card.slider, shown.map_card.picture, shown.map_card
    assert shown.filled and slider.day == found.last and not shown.day_card.compare.isEnabled()
    on_its_way = figures.money(found.at(found.last).on_its_way, symbol=True)
    assert f"在途资金（总览、到账同此数）{on_its_way}＝" in card.notes.text()
    assert "银行流水到" in card.notes.text() and "贷款和票据没有录入" in card.notes.text()
    slider.setFocus()
    QTest.keyClick(slider, Qt.Key.Key_Left)
    assert slider.day == found.last - timedelta(days=1)
    QTest.keyClick(slider, Qt.Key.Key_Home)
    assert slider.day == found.first
    QTest.keyClick(slider, Qt.Key.Key_PageDown)
    assert slider.day == found.last
    middle = found.first + timedelta(days=3)
    QTest.mouseClick(slider, Qt.MouseButton.LeftButton, pos=slider.place_of(middle).toPoint())
    assert slider.day == middle and shown.day_card.day.text() == figures.day_and_weekday(middle)
    day = found.at(middle)
    assert figures.money(day.places, symbol=True) in card.proof.text()
    nodes = _nodes(place)
    assert nodes["e:wallet"].value == day.held["wallet"] and nodes["e:till"].value == day.held["till"]
    drawn = sum(one.value for one in picture._nodes if one.column == 0)
    assert drawn == sum(one.value for one in picture._nodes if one.column == 1) == shown._drawn.brought
    QTest.mouseClick(shown.day_card.on, Qt.MouseButton.LeftButton)
    assert slider.day == middle + timedelta(days=1)
    QTest.mouseClick(picture, Qt.MouseButton.LeftButton, pos=picture.place_of("e:fees").toPoint())
    place.settle()
    (window,) = _lists(place)
    listed = place.workspace.lists.open("map_moves", window._filters)
    assert window._name == "map_moves" and listed.total("amount") == found.at(slider.day).ended("fees")
    assert set(shown._drawn.rows) >= set(_nodes(place)) and _opens(place)
    assert card.picture.export_picture(tmp_path / "map.png")
    place.view._export.write("money-map", tmp_path / "map.xlsx")
    place.settle()
    assert (tmp_path / "map.xlsx").stat().st_size > 3000 and (tmp_path / "map.png").stat().st_size > 3000


def _opens(place) -> bool:
    """Whether each kind of list that the blocks lead to has rows."""
    kinds = {rows.name: rows for rows in place.view.map._drawn.rows.values()}
    assert set(kinds) == {"map_moves", "lying_at"}
    return all(place.workspace.lists.open(name, _given(rows.filters)).count > 0 for name, rows in kinds.items())


def test_every_block_and_ribbon_opens_exactly_its_rows_on_every_kind_of_day(desk, reconciled_book):
    place = desk(MoneyView, reconciled_book)
    shown, lists = place.view.map, place.context.rooms.lists
    last = shown.day_card.slider.day
    choice = shown.day_card.store
    for store, day in ((None, last), (None, last - timedelta(days=4)), ("S001", last), (None, last.replace(day=1))):
        choice.setCurrentIndex(choice.findData(store))
        shown.day_card.slider.go(day)
        picture = shown.map_card.picture
        figure_of = {one.key: one.value for one in (*picture._nodes, *picture._ribbons)}
        assert figure_of and set(shown._drawn.rows) == set(figure_of)
        for key, rows in shown._drawn.rows.items():
            assert lists.open(rows.name, _given(rows.filters)).total("amount") == figure_of[key], (key, store, day)


def test_a_movement_leads_to_the_rows_of_its_day(desk, reconciled_book):
    place = desk(MoneyView, reconciled_book)
    lists, drawn = place.context.rooms.lists, place.view.map._drawn
    keys = [column.key for column in LISTS["map_moves"].columns]
    for block in ("e:fees", "s:wechat"):
        filters = _given(drawn.rows[block].filters)
        for row in lists.open("map_moves", filters).page(0)[:5]:
            cells = dict(zip(keys, row, strict=True))
            deeper = further("map_moves", cells, filters)
            found = lists.open(deeper.name, _given(deeper.filters)).total("amount") if deeper is not None else None
            assert (found == cells["amount"]) is (cells["place"] is None), cells


def test_a_place_below_nothing_is_said_in_words(qapp):
    held = {"transit": Decimal("-1267.13"), "till": Decimal(5)}
    day = MapDay(date(2026, 8, 1), date(2026, 8, 1), held, {}, (), (), (), Decimal(0))
    assert below_nothing(day).startswith("在途，按时: 小于零，")
    assert below_nothing(replace(day, held={"till": Decimal(5)})) == ""


def _given(filters):
    return {key: value for key, value in filters.items() if value is not None}


def test_a_store_alone_and_what_changed_since_it_was_shown(desk, reconciled_book):
    place = desk(MoneyView, reconciled_book)
    shown, book = place.view.map, place.workspace.book
    (kept,) = book.one_of("select count(*) from base.shown_maps")
    assert kept > 0 and not shown.map_card.banner.isVisible()
    store = shown.day_card.store
    store.setCurrentIndex(store.findData("S001"))
    (name,) = place.workspace.book.one_of("select name from main.stores where store_id = 'S001'")
    assert (store.currentText() and name.endswith(store.currentText())) or store.currentText() in name
    assert shown.map_card.proof.text().startswith("✓ 这家店名下（不含银行）：")
    assert "银行余额不分门店" in shown.map_card.notes.text() and "商户号" in shown.map_card.notes.text()
    assert shown.filters()["store"] == "S001" and not _nodes(place).keys() & {"s:wechat"}
    store.setCurrentIndex(0)
    shown.set_entity("乙公司")
    assert shown.map_card.notes.text() == "不知道乙公司有什么钱。" and _nodes(place) == {}
    shown.set_entity(None)
    found = place.workspace.money_map().map
    book.execute("insert into base.shown_maps select 99, now()::timestamp, 0, $day, 'till', 7.00", day=found.last)
    shown.refresh()
    place.settle()
    more = found.at().held["till"] - 7
    assert shown.map_card.banner.isVisible() and f"门店现金 +{more:,.2f}" in shown.map_card.banner.text
    QTest.mouseClick(shown.map_card.banner._action, Qt.MouseButton.LeftButton)
    place.settle()
    shown.refresh()
    place.settle()
    assert not shown.map_card.banner.isVisible()


def test_blocks_and_ribbons_are_lit_said_and_chosen(qtbot):
    chart, chosen = Sankey(), []
    qtbot.addWidget(chart)
    chart.resize(1000, 400)
    chart.chosen.connect(chosen.append)
    nodes = [
        Node("s:a", 0, "微信", Decimal(100), "100", "reference"),
        Node("e:x", 1, "到账", Decimal(60), "¥60.00", "matched_fill"),
        Node("e:y", 1, "在途", Decimal(40), "¥40.00", "timing_fill", about="在途 ¥40.00"),
        Node("e:z", 1, "多退", Decimal(-5), "−¥5.00", "excluded_fill"),
    ]
    ribbons = [
        Ribbon("s:a>e:x", "s:a", "e:x", Decimal(60), "matched_fill", "微信 → 到账 ¥60.00"),
        Ribbon("s:a>e:y", "s:a", "e:y", Decimal(40), "timing_fill", "微信 → 在途 ¥40.00"),
    ]
    chart.set_data(nodes, ribbons, ("来源", "状态", ""))
    chart.show()
    assert chart._laid.boxes["e:z"].height() == 0 and chart._laid.boxes["s:a"].height() > 300
    assert "在途 ¥40.00" in chart.accessibleDescription()
    chart.setFocus()
    QTest.keyClick(chart, Qt.Key.Key_Down)
    QTest.keyClick(chart, Qt.Key.Key_Down)
    assert chart.lit == "e:x"
    QTest.keyClick(chart, Qt.Key.Key_Return)
    QTest.mouseMove(chart, chart.place_of("s:a>e:y").toPoint() + QPoint(0, 4))
    QTest.mouseClick(chart, Qt.MouseButton.LeftButton, pos=chart.place_of("s:a>e:y").toPoint() + QPoint(0, 4))
    assert chosen == ["e:x", "s:a>e:y"]
    assert not chart.grab().isNull() and chart.rows()[0] == ("微信", "100")
    QToolTip.hideText()
