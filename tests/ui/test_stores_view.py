from datetime import date
from decimal import Decimal

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QFileDialog, QMenu

from chainbrain import change_words, opening_words
from chainbrain.analytics.change import Explanation, Step
from chainbrain.analytics.periods import Period
from chainbrain.expansion.neighbours import NeighbourEffect, OpeningEffect
from chainbrain.expansion.openings import Edge, StoreOpening, WeekCurve
from ui import figures
from ui.theme.theme import Theme
from ui.theme.translator import Language
from ui.views.listing.window import ListWindow
from ui.views.stores.change_card import ChangeCard
from ui.views.stores.opening_panel import OpeningPanel
from ui.views.stores.view import StoresView

pytest_plugins = ("fixtures_chain",)


def shown(qtbot, context):
    view = StoresView()
    qtbot.addWidget(view)
    view.resize(1240, 848)
    view.show()
    view.set_workspace(context)
    with qtbot.waitSignals(
        [view._loader.loaded, view._details.change_loader.loaded, view._details.rhythm_loader.loaded], timeout=30_000
    ):
        view.refresh()
    return view


def choose(qtbot, view, number):
    with qtbot.waitSignal(view._details.rhythm_loader.loaded, timeout=30_000):
        table = view.league.table
        place = table.visualRect(table.model().index(number, 1)).center()
        QTest.mouseClick(table.viewport(), Qt.MouseButton.LeftButton, pos=place)
    return table.current_row().row


def list_of(qtbot, view):
    window = next(child for child in view.window().findChildren(ListWindow) if child.isVisible())
    qtbot.waitUntil(lambda: window._count >= 0, timeout=10_000)
    return window


def test_the_league_adds_up_to_its_total(qtbot, context):
    view = shown(qtbot, context)
    rows = [line.row for line in view.league._model.rows]
    assert [row.receipts for row in rows] == sorted((row.receipts for row in rows), reverse=True)
    total = view.data.league.total
    assert sum((row.receipts for row in rows), Decimal(0)) == total.receipts
    assert f"{total.receipts:,.2f}" in view.league._total.accessibleName()


def test_the_four_wall_column_tells_margins_or_what_lacks_and_sorts(qtbot, context):
    view = shown(qtbot, context)
    place = view.league.shown_columns.index("four_wall")
    model = view.league._model
    for number, line in enumerate(model.rows):
        found, index = line.row.four_wall, model.index(number, place)
        margin = found.margin if found is not None else None
        assert index.data() == ("未录入" if margin is None else figures.percent(margin))
        tip = index.data(Qt.ItemDataRole.ToolTipRole)
        assert "四墙利润" in tip if found is not None else tip == "还没有录入门店费用"
    model.sort(place, Qt.SortOrder.DescendingOrder)
    margins = [line.row.four_wall.margin for line in model.rows if line.row.four_wall is not None]
    known = [margin for margin in margins if margin is not None]
    assert known == sorted(known, reverse=True) and margins[: len(known)] == known


def test_the_rank_among_peers_is_a_column_to_choose(qtbot, context):
    view = shown(qtbot, context)
    view.league.show_column("format_said", True)
    said = view.league.shown_columns.index("format_said")
    for number, line in enumerate(view.league._model.rows):
        assert view.league._model.index(number, said).data() == (line.row.format or "未填写")
    first = view.league._model.rows[0].row
    view.stores.choose(first.store_id)
    name = view.league._model.rows[0].name
    assert view.subtitle() == " · ".join((name, first.city, first.format, first.city_tier))
    view.league.show_column("city", True)
    place = view.league.shown_columns.index("city")
    for number, line in enumerate(view.league._model.rows):
        rank = line.peers["city"]
        assert view.league._model.index(number, place).data() == f"{rank.place}/{rank.of}"
    assert any(line.peers["city"].place == 1 for line in view.league._model.rows)


def test_a_click_on_a_head_sorts(qtbot, context):
    view = shown(qtbot, context)
    table = view.league.table
    place = view.league.shown_columns.index("ticket")
    head = table.horizontalHeader()
    QTest.mouseClick(
        head.viewport(), Qt.MouseButton.LeftButton, pos=QPoint(head.sectionViewportPosition(place) + 20, 10)
    )
    tickets = [line.row.ticket for line in view.league._model.rows]
    assert tickets in (sorted(tickets), sorted(tickets, reverse=True))


def test_the_change_is_explained_to_the_cent(qtbot, context):
    view = shown(qtbot, context)
    found = view.change._found
    assert found.proven and view.change._chart.proven()
    assert view.change._stack.currentIndex() == (0 if found.comparable else 1)
    with qtbot.waitSignal(view._loader.loaded, timeout=30_000):
        QTest.keyClick(view._period, Qt.Key.Key_Left)
    qtbot.waitUntil(lambda: view.change._found.period == view.data.period, timeout=10_000)
    found = view.change._found
    assert found.comparable and "与差额一分不差" in view.change.spoken
    assert change_words.both(found, "zh") in view.change.spoken
    assert f"{abs(found.change):,.2f}" in view.change._title.text() + view.change._proof.accessibleName()


def test_a_chosen_store_shows_its_own_hours_and_change(qtbot, context):
    view = shown(qtbot, context)
    row = choose(qtbot, view, 1)
    rhythm = view.rhythm._rhythm
    assert rhythm.one and view._details.shown() == (row.store_id,)
    expected = context.rooms.analytics.heatmap(rhythm.period, (row.store_id,))
    assert rhythm.heat.hours == expected.hours
    assert view.rhythm._heat.largest() is not None
    qtbot.waitUntil(lambda: view.change._found.now == row.receipts, timeout=30_000)
    with qtbot.waitSignal(view._details.change_loader.loaded, timeout=30_000):
        QTest.keyClick(view.change._scope, Qt.Key.Key_Left)
    assert view.change._found.now == view.data.league.total.receipts
    with qtbot.waitSignal(view._details.rhythm_loader.loaded, timeout=30_000):
        QTest.mouseClick(view.league._total, Qt.MouseButton.LeftButton)
    assert view.league.store == "" and not view.rhythm._rhythm.one


def test_the_sheet_is_that_of_the_chosen_store(qtbot, context):
    view = shown(qtbot, context)
    row = choose(qtbot, view, 1)
    found = context.rooms.reports.make("store-sheet", **view._report("store-sheet"))
    assert set(found.main.rows["store_id"]) == {row.store_id}
    assert found.main.rows["value"][0] == row.receipts


def test_another_screen_can_ask_for_a_store(qtbot, context):
    view = shown(qtbot, context)
    store = view.data.league.rows[-1].store_id
    with qtbot.waitSignals([view._details.change_loader.loaded, view._details.rhythm_loader.loaded], timeout=30_000):
        view.open_with(store=store)
    assert view.league.store == store
    assert not view.change.all_stores


def test_the_mix_adds_up_and_opens_its_rows(qtbot, context):
    view = shown(qtbot, context)
    for tab in ("channel", "daypart", "method"):
        with qtbot.waitSignal(view._details.rhythm_loader.loaded, timeout=30_000):
            QTest.keyClick(view.rhythm._tabs, Qt.Key.Key_Right)
        assert view.rhythm.by == tab == view.rhythm._rhythm.mix.by
        lines = view.rhythm.divided.table.model().rows
        assert sum((line.part.receipts for line in lines), Decimal(0)) == view.rhythm._rhythm.mix.total
        # An order that is paid in two ways stands in two lines: their numbers add up to no number of orders.
        orders = f"{sum(line.part.orders for line in lines):,}"
        assert (orders in view.rhythm.divided._total.accessibleName()) == (tab != "method")
        assert f"{view.rhythm._rhythm.mix.orders:,}" in view.rhythm.divided._total.accessibleName()
        assert view.rhythm.divided._beside.isVisible() == (tab == "method")
    beside = view.rhythm._rhythm.mix.total - view.data.league.total.receipts
    assert (f"¥{abs(beside):,.2f}" in view.rhythm.divided._beside.text()) == bool(beside)
    assert "合计只算一单" in view.rhythm.divided._beside.text()
    table = view.rhythm.divided.table
    table.select_number(0)
    QTest.keyClick(table, Qt.Key.Key_Return)
    window = list_of(qtbot, view)
    assert window._name == "tenders" and window.filters["channel"] == view.rhythm.divided.table.model().row(0).part.key
    assert window.model.rowCount() > 0


def by_key(view, place=0):
    """Open a figure of the current store from the menu that Enter shows, and return what the menu said."""
    QTest.keyClick(view.league.table, Qt.Key.Key_Return)
    menu = view.league.table.findChildren(QMenu)[-1]
    said = [action.text() for action in menu.actions()]
    menu.actions()[place].trigger()
    menu.close()
    return said


def test_enter_offers_the_figures_of_a_store_and_opens_the_chosen_one(qtbot, context):
    view = shown(qtbot, context)
    row = choose(qtbot, view, 0)
    said = by_key(view)
    assert said[0].startswith("实收") and said[0].endswith(f"{row.receipts:,.2f}") and len(said) >= 4
    window = list_of(qtbot, view)
    assert window.filters["stores"] == [row.store_id]
    period = view.data.period
    filters = {"store": row.store_id, "first": period.first, "after": period.after, "sold": True}
    sold = context.rooms.lists.open("orders", filters)
    assert window.model.rowCount() == sold.count == row.orders
    assert sold.total("amount") == row.receipts


def test_the_totals_figures_open_by_double_click_and_by_enter_without_a_store(qtbot, context):
    view, asked = shown(qtbot, context), []
    league = view.league
    league.figure_opened.disconnect()
    league.figure_opened.connect(lambda *figure: asked.append(figure))
    place = [column.key for column in league._model.columns].index("ticket")
    x = league.table.columnViewportPosition(place) + league.table.columnWidth(place) // 2
    QTest.mouseDClick(league._total, Qt.MouseButton.LeftButton, pos=QPoint(x, 6))
    assert league.store == "" and asked == [("", "ticket")]
    said = by_key(view)
    assert said[0].endswith(f"{view.data.league.total.receipts:,.2f}") and asked[-1] == ("", "receipts")


def test_the_search_of_a_list_narrows_it(qtbot, context):
    view = shown(qtbot, context)
    choose(qtbot, view, 0)
    by_key(view)
    window = list_of(qtbot, view)
    qtbot.waitUntil(lambda: window.model.row(0) is not None or not window.model.index(0, 0).data(), timeout=5_000)
    qtbot.waitUntil(lambda: window.model.row(0) is not None, timeout=10_000)
    number = str(window.model.row(0)[4])
    QTest.keyClicks(window._search, number)
    with qtbot.waitSignal(window.model.opened, timeout=10_000):
        QTest.keyClick(window._search, Qt.Key.Key_Return)
    assert window.model.rowCount() == 1
    window.close()
    assert context.jobs.wait_idle(10_000)


def test_days_without_a_counterpart_bear_no_colour_of_more_or_less(qtbot):
    days = Period(date(2026, 6, 29), date(2026, 7, 1))
    gap, price = Step("gap", Decimal("900.00"), ("一店",), 1), Step("price", Decimal("-20.00"))
    found = Explanation(days, Decimal("100.00"), Decimal("980.00"), (gap, price), comparable=True)
    card = ChangeCard()
    qtbot.addWidget(card)
    card.set_explanation(found)
    steps = {step.key: step for step in card._chart._steps}
    assert steps["gap"].plain and not steps["price"].plain
    assert card._chart._colour(steps["gap"]) == Theme.current().color("excluded_fill")
    assert card._title.text() == "为什么少了 ¥20.00" and "不算多也不算少" in card.spoken


def test_openings_are_listed_told_of_the_chosen_store_and_exported(qtbot, context, monkeypatch, tmp_path):
    view = shown(qtbot, context)
    for _ in range(4):
        with qtbot.waitSignal(view._details.rhythm_loader.loaded, timeout=30_000):
            QTest.keyClick(view.rhythm._tabs, Qt.Key.Key_Right)
    panel, known = view.rhythm.opening, context.rooms.expansion.openings()
    assert view.rhythm.by == "opening" and panel.model.rowCount() == len(known)
    assert panel.began.text().startswith(f"账本期间有 {len(known)} 家" if known else "账本期间没有新店开业")
    row = choose(qtbot, view, 1)
    found = context.rooms.expansion.opening(row.store_id)
    assert panel.began.text() == opening_words.began(found, "zh") and panel.began.text()
    assert panel.took.text() == opening_words.took(found, "zh") and panel.took.text()
    assert panel.chart.isVisible() == (found.curve is not None)
    # What is shown goes into a file, as every other table does.
    assert panel.export.isVisible() and panel.export.text() == "导出"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_given: (str(tmp_path / "openings"), ""))
    panel.export.click()
    qtbot.waitUntil((tmp_path / "openings.xlsx").exists, timeout=30_000)
    assert context.jobs.wait_idle(10_000)


def test_the_curve_and_the_stores_around_are_drawn_as_measured(qtbot):
    edge = Edge(Decimal("0.4"), Decimal("0.5"), Decimal("0.6"), 2)
    curve = WeekCurve("N", "新店", date(2026, 8, 27), (Decimal("0.61"), None), finished=False)
    near = NeighbourEffect("S1", "近店", Decimal("0.85"), Decimal("-0.0924"), Decimal("-26556.02"))
    effect = OpeningEffect(
        "N", "新店", curve.opened_on, 26, 52, 9, (near,), Decimal("0.17"), Decimal("0.02"), clear=True
    )
    told = StoreOpening(
        "N",
        "新店",
        curve.opened_on,
        date(2026, 8, 1),
        curve,
        "",
        (curve, curve),
        (edge, edge, None),
        effect,
        "",
        (26, 52),
    )
    panel = OpeningPanel()
    qtbot.addWidget(panel)
    panel.set_openings((told,), one=True)
    shown = panel.chart._shown
    assert shown.lines[0].values == (Decimal("61.00"), None, None) and len(shown.labels) == 3
    assert shown.band[:2] == ((Decimal("40.0"), Decimal("40.0"), None), (Decimal("60.0"), Decimal("60.0"), None))
    assert [panel.model.index(0, n).data() for n in range(4)] == ["近店", "0.85 km", "−9.2%", "−26,556.02"]
    assert "还在爬坡" in panel.began.text() and "明显大过波动" in panel.took.text()


def test_columns_can_be_chosen(qtbot, context):
    view = shown(qtbot, context)
    assert "orders" not in view.league.shown_columns
    view.league.show_column("orders", True)
    view.league.show_column("bar", False)
    assert "orders" in view.league.shown_columns and "bar" not in view.league.shown_columns
    assert f"{view.data.league.total.orders:,}" in view.league._total.accessibleName()


def test_an_empty_book_says_what_it_needs(qtbot, empty_context, heard):
    view = StoresView()
    qtbot.addWidget(view)
    view.set_workspace(empty_context)
    with qtbot.waitSignal(view._loader.loaded, timeout=10_000):
        view.refresh()
    assert view._stack.currentWidget() is view._empty
    view._empty.acted.emit()
    assert heard.navigated == [("imports", {})]


@pytest.mark.parametrize("language", ["zh", "en"])
def test_every_text_follows_the_language(qtbot, context, language):
    view = shown(qtbot, context)
    Language.set(language)
    wanted = {"zh": "排名", "en": "League"}[language]
    qtbot.waitUntil(lambda: view.league._title.text() == wanted, timeout=5_000)
    assert view.title() == {"zh": "门店", "en": "Stores"}[language]


def test_the_change_divides_into_channels_and_dayparts_that_add_up_and_open(qtbot, context, heard):
    view = shown(qtbot, context)
    card = view.change
    qtbot.waitUntil(lambda: card._found is not None and card._found.comparable, timeout=30_000)
    for by in ("channel", "daypart"):
        with qtbot.waitSignal(view._details.change_loader.loaded, timeout=30_000):
            QTest.keyClick(card._tabs, Qt.Key.Key_Right)
        found = context.rooms.analytics.explain(view.data.period, by=by)
        assert card._found == found and found.by == by
        assert card.parts.table.model().rowCount() == len(found.parts) > 1
        assert sum(part.change for part in found.parts) == found.compared
        assert card._found.proven and "一分不差" in card.spoken
    card.parts.table.setFocus()
    card.parts.table.select_number(0)
    QTest.keyClick(card.parts.table, Qt.Key.Key_Return)
    window = list_of(qtbot, view)
    assert window.filters["daypart"] == found.parts[0].key
    # Without products nothing is divided by them, so nothing is said to add up.
    with qtbot.waitSignal(view._details.change_loader.loaded, timeout=30_000):
        QTest.keyClick(card._tabs, Qt.Key.Key_Right)
    assert not card._found.itemised and card.spoken == ""
    assert card._title.text() == "按商品拆不开：缺商品明细" and card._stack.currentWidget() is card._empty
    assert (
        "订单商品明细" in card._empty._text.text() and figures.day(view.data.period.first) in card._empty._text.text()
    )
    card._empty.button.click()
    assert heard.navigated[-1][0] == "imports"
    Theme.current().set(mode="dark")
    assert not card.grab().isNull()
