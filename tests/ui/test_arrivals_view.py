"""The arrivals screen: every row adds up, every figure opens the rows it was added up from."""

from decimal import Decimal

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QMenu

from chainbrain.openings import Contained
from ui.theme.translator import Language
from ui.views.arrivals.columns import FIGURES
from ui.views.arrivals.view import ArrivalsView
from ui.views.listing.window import ListWindow

pytest_plugins = ("fixtures_chain",)


def shown(qtbot, context):
    view = ArrivalsView()
    qtbot.addWidget(view)
    view.resize(1240, 848)
    view.show()
    view.activateWindow()
    view.set_workspace(context)
    with qtbot.waitSignal(view._loader.loaded, timeout=30_000):
        view.refresh()
    return view


def click(view, number, key):
    place = [column.key for column in view._model.columns].index(key)
    rect = view.table.visualRect(view._model.index(number, place))
    QTest.mouseClick(view.table.viewport(), Qt.MouseButton.LeftButton, pos=rect.center())


def opened(qtbot, view):
    qtbot.waitUntil(lambda: any(w.isVisible() for w in view.window().findChildren(ListWindow)), timeout=10_000)
    window = next(child for child in view.window().findChildren(ListWindow) if child.isVisible())
    qtbot.waitUntil(lambda: window._count >= 0, timeout=10_000)
    return window


def test_the_newest_month_is_shown_and_every_row_adds_up(qtbot, context):
    view = shown(qtbot, context)
    months = {row.month for row in view.shown}
    assert months == {max(row.month for row in view._rows)}
    assert view.months.period.first in months
    assert "每行都对平" in view.proof
    for row in view._rows:
        moved = row.opening + row.gross - row.refunds - row.fees + row.other - row.received
        assert moved == row.closing == row.unsettled
    total = sum((row.received for row in view.shown), Decimal(0))
    assert f"{total:,.2f}" in view.total.accessibleName()


def test_what_an_opening_balance_has_in_it_is_said_with_its_amount_and_opens_its_rows(qtbot, context):
    view = shown(qtbot, context)
    assert not view.contained.isVisible() and view.contained.words == ""
    month = view.months.period.first
    found = Contained("wechat", "1900000001", month.replace(day=10), month, Decimal("1234.50"), 3)
    view._show((view._rows, (found,)))
    assert view.contained.isVisible()
    assert view.contained.words == f"微信：{month:%Y-%m}-10 以前的收款 1,234.50 元已含在期初里，不再计"
    QTest.mouseClick(view.contained.button, Qt.MouseButton.LeftButton)
    assert opened(qtbot, view)._count == 0


def test_every_figure_opens_its_rows(qtbot, context):
    view = shown(qtbot, context)
    row = view.shown[0]
    for key in FIGURES[:-1]:
        click(view, 0, key)
        window = opened(qtbot, view)
        assert abs(window._totals[0] - getattr(row, key)) < Decimal("0.01"), key
        assert row.month.strftime("%Y-%m") in window.windowTitle()
        window.close()
        qtbot.waitUntil(lambda: not view.window().findChildren(ListWindow), timeout=10_000)


def test_the_keyboard_reaches_every_figure(qtbot, context):
    view = shown(qtbot, context)
    view.table.setFocus()
    view.table.select_number(0)
    QTest.keyClick(view.table, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: isinstance(QApplication.activePopupWidget(), QMenu), timeout=5_000)
    menu = QApplication.activePopupWidget()
    assert len(menu.actions()) == len(FIGURES)
    for _ in range(FIGURES.index("received") + 1):
        QTest.keyClick(menu, Qt.Key.Key_Down)
    QTest.keyClick(menu, Qt.Key.Key_Return)
    window = opened(qtbot, view)
    assert window._totals[0] == view.shown[0].received
    window.close()


def test_all_months_show_flows_in_the_total_and_no_balances(qtbot, context):
    view = shown(qtbot, context)
    view.months.choose(None)
    view.months.changed.emit()
    assert len({row.month for row in view.shown}) > 1
    texts = dict(zip([column.key for column in view._model.columns], view.total._texts, strict=True))
    assert texts["gross"]
    assert texts["opening"] == texts["closing"] == ""


def test_what_is_shown_is_written(qtbot, context, tmp_path):
    view = shown(qtbot, context)
    for name in ("arrivals", "fee-audit", "claim-letter"):
        path = tmp_path / f"{name}.xlsx"
        with qtbot.waitSignal(view._export.wrote, timeout=30_000):
            view._export.write(name, path)
        assert path.stat().st_size > 4_000


def test_an_empty_book_says_what_to_do(qtbot, empty_context, heard):
    view = shown(qtbot, empty_context)
    assert view._stack.currentIndex() == 0
    view._empty.acted.emit()
    assert heard.navigated == [("imports", {})]


def test_english(qtbot, context):
    view = shown(qtbot, context)
    Language.set("en")
    qtbot.waitUntil(lambda: view.proof.startswith("Every row adds up"), timeout=5_000)
    assert view.title() == "Arrivals"


def test_the_channel_is_not_cut_where_the_table_is_wider_than_the_window(qtbot, context):
    view = shown(qtbot, context)
    (channel,) = [one for one in view._model.columns if one.key == "channel"]
    place = view._model.columns.index(channel)
    view.resize(760, 600)
    QApplication.processEvents()
    room = view.table.columnWidth(place)
    longest = max(view.table.fontMetrics().horizontalAdvance(channel.shown(row)) for row in view.shown)
    margins = 12
    assert channel.narrow < longest + margins <= room, "its longest name needs more than it would shrink to"


def test_rows_that_are_read_again_keep_the_order_that_was_chosen(qtbot, context):
    view = shown(qtbot, context)
    place = [column.key for column in view._model.columns].index("gross")
    view._model.sort(place, Qt.SortOrder.DescendingOrder)
    before = [row.gross for row in view.shown]
    assert before == sorted(before, reverse=True) and len(set(before)) > 1
    with qtbot.waitSignal(view._loader.loaded, timeout=30_000):
        view.refresh()
    assert [row.gross for row in view.shown] == before


def test_the_column_of_a_chosen_month_leaves_its_room_to_the_figures(qtbot, context):
    view = shown(qtbot, context)
    gross, month = ([one.key for one in view._model.columns].index(key) for key in ("gross", "month"))
    view.table.sortByColumn(gross, Qt.SortOrder.DescendingOrder)
    order = [row.gross for row in view.shown]
    view.resize(900, 600)
    QApplication.processEvents()
    assert view.table.isColumnHidden(month), "every row is of the month above"
    assert view.total._texts[0], "the word for the total stands in a column that never goes"
    view.months.choose(None)
    view.months.changed.emit()
    QApplication.processEvents()
    assert not view.table.isColumnHidden(month), "rows of several months are told apart by it"
    found = [row.gross for row in view.shown if row.gross is not None]
    assert found == sorted(found, reverse=True) and found[: len(order)] != order, "the chosen order stays"
