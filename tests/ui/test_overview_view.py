from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal

import pytest
from fixtures_chain import context_of
from PySide6.QtCore import QDate, QPoint, QRectF, Qt
from PySide6.QtTest import QTest

from chainbrain.analytics.attention import Attention, Item
from chainbrain.analytics.completeness import StoreName
from chainbrain.analytics.periods import PassedOver, Period, SpecialDay, of_one_day
from chainbrain.unusual_desk import UnusualDesk
from ui import figures
from ui.theme import metrics as m
from ui.theme.theme import Theme
from ui.theme.translator import Language
from ui.views.listing.window import ListWindow
from ui.views.overview.explain_dialog import ExplainDialog
from ui.views.overview.explained_dialog import ExplainedDialog
from ui.views.overview.figures_strip import strip_items
from ui.views.overview.view import OverviewView
from ui.views.parts.names import short_names
from ui.views.parts.passed_over import passed_over_words

pytest_plugins = ("fixtures_chain",)


def shown(qtbot, context, size=(1240, 848)):
    view = OverviewView()
    qtbot.addWidget(view)
    view.resize(*size)
    view.show()
    view.set_workspace(context)
    with qtbot.waitSignal(view._loader.loaded, timeout=30_000):
        view.refresh()
    return view


def list_of(qtbot, view):
    window = next(child for child in view.window().findChildren(ListWindow) if child.isVisible())
    qtbot.waitUntil(lambda: window._count >= 0, timeout=10_000)
    return window


def test_the_strip_says_why_nearer_days_are_not_compared_with(qtbot, context):
    day = replace(of_one_day(date(2026, 10, 31)), weeks_back=6)
    moon = SpecialDay(date(2026, 9, 26), "workday", "mid_autumn")
    golden = SpecialDay(date(2026, 10, 3), "holiday", "national_day")
    passed = (PassedOver(of_one_day(golden.day), (golden,)), PassedOver(of_one_day(moon.day), (moon,)))
    said = passed_over_words(day, passed)
    assert said == "比 09-19；从四周前往回找，更近的 10-03（国庆节）、09-26（中秋节调休上班）不可比"
    week = replace(Period(date(2026, 10, 26), date(2026, 11, 1)), weeks_back=6)
    own = SpecialDay(date(2026, 10, 31), "holiday", "店庆")
    longer = (PassedOver(week.moved(-28), (golden, golden, own)),)
    assert (
        passed_over_words(week, longer)
        == "比 09-14–09-19；从四周前往回找，更近的 09-28–10-03（国庆节、与本期的店庆不同）不可比"
    )
    assert passed_over_words(day, ()) == ""
    view = shown(qtbot, context)
    data, block = view.data, view._strip.parentWidget()
    assert passed_over_words(data.period, data.passed_over) in view._foot.spoken
    view._show(replace(data, period=day, passed_over=passed, prepaid=None))
    assert view._foot.spoken == said and view._foot.isVisible()
    height = block.heightForWidth(1000)
    view._show(replace(data, passed_over=(), prepaid=None))
    assert view._foot.spoken == "" and not view._foot.isVisible() and block.heightForWidth(1000) < height


def test_the_figures_are_those_of_the_engine(qtbot, context):
    view = shown(qtbot, context)
    strip = context.rooms.analytics.strip(context.rooms.analytics.period("yesterday"))
    labels = {item.key: item for item in view._strip._items}
    assert list(labels) == ["receipts", "orders", "ticket", "fees", "refunds", "bank"]
    assert labels["receipts"].figure == f"¥{strip.receipts.value:,.2f}"
    assert labels["orders"].figure == f"{strip.orders.value:,.0f}"
    assert labels["receipts"].change == strip.receipts.change.ratio is not None
    assert labels["bank"].figure == f"¥{strip.bank_total:,.2f}"
    assert strip.stores_compared < strip.stores
    days = figures.days(strip.period.base.first, strip.period.base.last)
    assert labels["receipts"].note == f"比 {days}，{strip.stores_compared} 店"
    assert labels["orders"].note == f"比 {days}"
    all_of_them = strip_items(replace(strip, stores_compared=strip.stores), "yesterday")
    assert all_of_them[0].note == f"比 {days}", "only where some stand out is their number told"


def test_freshness_says_the_last_day_and_every_source(qtbot, context):
    view = shown(qtbot, context)
    spoken = view._freshness.spoken
    assert spoken.startswith("数据到 10-31 周六")
    assert "收银机 3/3" in spoken and "微信 3/3" in spoken


def test_money_on_its_way_is_proven(qtbot, context):
    view = shown(qtbot, context)
    transit = view.data.transit
    assert transit.proven
    assert "与逐笔相加一致" in view._transit.spoken
    assert f"{transit.total.closing:,.2f}" in view._transit.spoken
    lines = view._transit._model.rows
    assert sum((line.amount for line in lines), Decimal(0)) == transit.total.closing
    # The day is that of the first part of a sum.
    assert all(line.late or not line.due or line.due.startswith("最早 ") for line in lines)


def test_of_one_store_the_chains_money_says_that_it_is_the_chains(qtbot, context):
    view = shown(qtbot, context)
    bank = lambda: next(item for item in view._strip._items if item.key == "bank")  # noqa: E731
    assert bank().label == "银行余额" and "全连锁" not in view._transit._note.text()
    total = bank().figure
    with qtbot.waitSignal(view._loader.loaded, timeout=30_000):
        view.open_with(store=view.data.stores.entries[0].store_id)
    assert bank().label == "银行余额（全连锁）" and bank().figure == total
    assert view._transit._note.text().startswith("全连锁，到 10-31")
    view._show(replace(view.data, stores=replace(view.data.stores, entries=view.data.stores.entries[:1])))
    assert bank().label == "银行余额", "the only store is the whole chain"


def test_items_come_by_amount_and_open_their_rows(qtbot, context, heard):
    view = shown(qtbot, context)
    items = view.data.attention.items
    assert len(view._attention.list.items) == len(items) > 3
    assert [item.amount for item in items] == sorted((item.amount for item in items), reverse=True)
    place = next(n for n, item in enumerate(items) if item.view == "reconcile" and not item.filters.get("difference"))
    height = Theme.current().px(m.ROW_ATTENTION)
    QTest.mouseClick(view._attention.list, Qt.MouseButton.LeftButton, pos=QPoint(200, place * height + 10))
    window = list_of(qtbot, view)
    assert window.filters["code"] == items[place].code
    assert window.model.rowCount() == items[place].count


def test_an_item_can_be_chosen_by_keyboard(qtbot, context, heard):
    view = shown(qtbot, context)
    items = view.data.attention.items
    place = next((n for n, item in enumerate(items) if item.filters.get("difference")), None)
    assert place is not None
    view._attention.list.setFocus()
    QTest.keyClick(view._attention.list, Qt.Key.Key_Home)
    for _ in range(place):
        QTest.keyClick(view._attention.list, Qt.Key.Key_Down)
    QTest.keyClick(view._attention.list, Qt.Key.Key_Return)
    assert heard.navigated[-1] == ("reconcile", dict(items[place].filters))


def test_money_on_its_way_opens_once_by_a_double_click_and_by_enter(qtbot, context):
    view = shown(qtbot, context)
    table, asked = view._transit._table, []
    view._transit.opened.disconnect()
    view._transit.opened.connect(lambda *what: asked.append(what))
    place = table.visualRect(table.model().index(0, 0)).center()
    QTest.mouseClick(table.viewport(), Qt.MouseButton.LeftButton, pos=place)
    QTest.mouseDClick(table.viewport(), Qt.MouseButton.LeftButton, pos=place)
    assert len(asked) == 1 and asked[0][0] == "lying_at"
    QTest.keyClick(table, Qt.Key.Key_Return)
    assert asked[1:] == asked[:1]


def test_a_key_figure_opens_the_orders_of_its_days(qtbot, context):
    view = shown(qtbot, context)
    view._strip.setFocus()
    QTest.keyClick(view._strip, Qt.Key.Key_Return)
    window = list_of(qtbot, view)
    period = view.data.period
    assert (window.filters["first"], window.filters["after"]) == (period.first, period.after)
    sold = context.rooms.lists.open("orders", {"first": period.first, "after": period.after, "sold": True})
    assert window.model.rowCount() == sold.count == view.data.strip.orders.value > 0
    assert sold.total("amount") == view.data.strip.receipts.value


def test_a_day_of_the_trend_opens_that_day(qtbot, context):
    view = shown(qtbot, context)
    day = view.data.trend[-3].day
    view._trend.chart.setFocus()
    QTest.keyClick(view._trend.chart, Qt.Key.Key_End)
    QTest.keyClick(view._trend.chart, Qt.Key.Key_Left)
    QTest.keyClick(view._trend.chart, Qt.Key.Key_Left)
    QTest.keyClick(view._trend.chart, Qt.Key.Key_Return)
    window = list_of(qtbot, view)
    assert (window.filters["first"], window.filters["after"]) == (day, day + timedelta(days=1))


def test_a_store_opens_the_store_screen(qtbot, context, heard):
    view = shown(qtbot, context)
    view._each_store.chart.setFocus()
    QTest.keyClick(view._each_store.chart, Qt.Key.Key_Return)
    assert heard.navigated == [("stores", {"store": view.data.sparklines[0].store_id})]


def test_another_period_and_store_are_read_beside_the_window(qtbot, context):
    view = shown(qtbot, context)
    before = view.data.strip.receipts.value
    with qtbot.waitSignal(view._loader.loaded, timeout=30_000):
        QTest.keyClick(view._period, Qt.Key.Key_Right)
        # The last good figures stay until the new ones are there.
        assert view.data.strip.receipts.value == before
    assert view.data.period.first.weekday() == 0
    store = view.data.stores.entries[1]
    with qtbot.waitSignal(view._loader.loaded, timeout=30_000):
        view.open_with(store=store.store_id)
    expected = context.rooms.analytics.strip(view.data.period, (store.store_id,))
    assert view.data.strip.receipts.value == expected.receipts.value
    assert view._stores.text() == store.name


def test_a_report_is_written_with_the_days_on_screen(qtbot, context, heard, tmp_path):
    view = shown(qtbot, context)
    path = tmp_path / "overview.csv"
    with qtbot.waitSignal(view._export.wrote, timeout=30_000):
        view._export.write("overview", path)
    assert f"{view.data.strip.receipts.value:.2f}" in path.read_text("utf-8-sig")
    assert heard.notices == [("matched", "已导出：overview.csv")]


def test_the_owners_page_takes_the_last_whole_week_and_the_chosen_store(qtbot, context):
    view = shown(qtbot, context)
    assert "weekly" in {name for name, _suffix in view._export._commands}
    found = context.rooms.reports.make("weekly", **view._report("weekly"))
    assert (found.first.weekday(), (found.after - found.first).days) == (0, 7)
    assert found.after <= view.data.span.after
    strip = context.rooms.analytics.strip(context.rooms.analytics.fair(Period(found.first, found.after)))
    assert found.main.rows["value"][0] == strip.receipts.value
    with qtbot.waitSignal(view._loader.loaded, timeout=30_000):
        QTest.keyClick(view._period, Qt.Key.Key_Right)
    assert view._period.current == "week" and view._report("weekly")["first"] == view.data.period.first


def test_an_empty_book_says_what_it_needs(qtbot, empty_context, heard):
    view = shown(qtbot, empty_context)
    assert view._stack.currentWidget() is view._empty
    view._empty.acted.emit()
    assert heard.navigated == [("imports", {})]


def test_english_and_dark_while_running(qtbot, context):
    view = shown(qtbot, context)
    Language.set("en")
    Theme.current().set(mode="dark")
    qtbot.waitUntil(lambda: view._strip._items[1].label == "Order count", timeout=5_000)
    assert view.title() == "Overview"
    assert view._attention.list.items[0].verb in {"Show rows", "Add file", "Look why"}
    assert not view.grab().isNull()


@pytest.mark.parametrize("scale", [1.0, 1.5])
def test_columns_stack_in_a_narrow_window(qtbot, context, scale):
    Theme.current().set(scale=scale)
    view = shown(qtbot, context, size=(int(800 * scale), 600))
    assert view._board.narrow
    attention, trend = view._attention.geometry(), view._trend.geometry()
    assert attention.left() == trend.left() and attention.width() == trend.width()
    view.resize(int(1240 * scale), 900)
    assert not view._board.narrow
    assert view._trend.geometry().left() > view._attention.geometry().right()


def test_names_are_shortened_only_where_they_stay_clear():
    assert short_names(["甲面馆（南山店）", "甲面馆（福田店）"]) == {
        "甲面馆（南山店）": "南山店",
        "甲面馆（福田店）": "福田店",
    }
    for names in (["南山店", "南海店"], ["甲 A", "甲 B"], ["甲（南山店）"]):
        assert short_names(names) == {name: name for name in names}


def test_days_of_ones_own_can_be_chosen(qtbot, context):
    view = shown(qtbot, context)
    view._period.setFocus()
    for _ in range(4):
        QTest.keyClick(view._period, Qt.Key.Key_Right)
    popup = view._period.popup
    assert popup.isVisible()
    popup.first.setDate(QDate(2026, 10, 12))
    popup.last.setDate(QDate(2026, 10, 18))
    with qtbot.waitSignal(view._loader.loaded, timeout=30_000):
        QTest.mouseClick(popup.apply, Qt.MouseButton.LeftButton)
    assert (view.data.period.first, view.data.period.last) == (date(2026, 10, 12), date(2026, 10, 18))
    assert view._period._options[-1][1] == "10-12 – 10-18"
    expected = context.rooms.analytics.strip(view.data.period)
    assert view.data.strip.receipts.value == expected.receipts.value


def test_closing_the_days_without_a_choice_keeps_the_period(qtbot, context):
    view = shown(qtbot, context)
    view._period.setFocus()
    with qtbot.waitSignal(view._loader.loaded, timeout=30_000):
        for _ in range(3):
            QTest.keyClick(view._period, Qt.Key.Key_Right)
    QTest.keyClick(view._period, Qt.Key.Key_Right)
    view._period.popup.hide()
    assert view._period.current == "last_12_months" == view._period.wanted


def test_nothing_is_called_done_before_the_rows_are_matched(qtbot, context, heard):
    view = shown(qtbot, context)
    view._show(replace(view.data, attention=replace(view.data.attention, items=()), stale=True))
    said = view._attention.empty
    assert view._attention.stack.currentWidget() is said and said.accessibleName() == "还没对账"
    qtbot.mouseClick(said._button, Qt.MouseButton.LeftButton)
    assert heard.navigated[-1][0] == "reconcile"
    view._show(replace(view.data, stale=False))
    assert said.accessibleName() == "没有要处理的"


def unusual(view, store):
    """The overview with one unusual day of this store, as a longer history would bring it."""
    last = view.data.period.last
    item = Item(
        kind="anomaly_low", amount=Decimal("812.50"), stores=(StoreName(store.store_id, store.name),), count=1,
        first_day=last, last_day=last, estimated=True, view="stores", filters={"store": store.store_id},
    )  # fmt: skip
    view._show(replace(view.data, attention=Attention((item,))))
    return last


def test_an_unusual_day_is_explained_by_mouse_and_keys_and_told_again(qtbot, demo_copy, jobs, heard, monkeypatch):
    monkeypatch.setattr(UnusualDesk, "_alarmed", lambda *_: True)
    context = context_of(demo_copy, jobs, heard)
    view = shown(qtbot, context)
    store = view.data.stores.entries[0]
    last = unusual(view, store)
    rows = view._attention.list
    place = rows._explain_place(QRectF(0, 0, rows.width(), m.ROW_ATTENTION), rows.items[0]).center().toPoint()
    QTest.mouseClick(rows, Qt.MouseButton.LeftButton, pos=place)
    dialog = view.window().findChild(ExplainDialog)
    QTest.mouseClick(dialog.yes, Qt.MouseButton.LeftButton, pos=QPoint(4, 4))
    qtbot.waitUntil(lambda: len(context.rooms.analytics.unusual_words()) == 1, timeout=10_000)
    rows.setFocus()
    QTest.keyClick(rows, Qt.Key.Key_E)
    dialog = next(one for one in view.window().findChildren(ExplainDialog) if one.isVisible())
    QTest.keyClick(dialog.how, Qt.Key.Key_Right)
    QTest.mouseClick(dialog.yes, Qt.MouseButton.LeftButton, pos=QPoint(4, 4))
    assert dialog.problem.text() == "请写明为什么不用提醒"
    QTest.keyClicks(dialog.note, "road works")
    QTest.keyClick(dialog.note, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: len(context.rooms.analytics.unusual_words()) == 2, timeout=10_000)
    quiet = next(one for one in context.rooms.analytics.unusual_words() if one.kind == "quiet")
    assert (quiet.day, quiet.until, quiet.note) == (last, last + timedelta(days=6), "road works")
    with qtbot.waitSignal(view._loader.loaded, timeout=30_000):
        view.refresh()
    view._leads.show_explained()
    told = view.window().findChild(ExplainedDialog)
    assert told.table.model().rowCount() == 2
    QTest.mouseClick(told.again, Qt.MouseButton.LeftButton, pos=QPoint(4, 4))
    qtbot.waitUntil(lambda: len(context.rooms.analytics.unusual_words()) == 1, timeout=10_000)
