"""The screen 资金: idle money in the owner's own products, and how far the picture of the balance looks."""

from dataclasses import replace
from datetime import date, time
from decimal import Decimal

import openpyxl
from fixtures_money import planned_idle, settled
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest

from chainbrain.cash.idle import Wish
from chainbrain.cash.ladder_terms import Product
from chainbrain.errors import UserError
from ui.views.money import words

pytest_plugins = ("fixtures_chain", "fixtures_money")


def test_the_picture_looks_as_far_as_is_chosen_and_names_the_lowest_day_it_shows(view):
    path = view.fan._path
    assert len(view.fan.chart.rows()[1]) - view.fan.chart._fan.past == len(path.days) == 91
    view.fan.weeks.setFocus()
    for _ in range(3):
        QTest.keyClick(view.fan.weeks, Qt.Key.Key_Left)
    fan = view.fan.chart._fan
    assert view.place()["weeks"] == "2" and len(fan.p50) == fan.past + 14
    ((place, lowest, said, _token),) = fan.marks
    assert " 最低 " in said
    assert lowest == float(min(day.p5 for day in path.days[:14])) == float(fan.p10[place])
    assert fan.divider == ("实际", "预测") and fan.ends[1] == words.yuan(path.days[13].p50)
    view.take_place({**view.place(), "weeks": "13"})
    assert len(view.fan.chart._fan.p50) == view.fan.chart._fan.past + 91


def test_idle_money_goes_by_own_products_and_the_curve_sets_the_band(qtbot, view, money_book):
    card = view.ladder
    QTest.mouseClick(card.add_button, Qt.MouseButton.LeftButton)
    assert card.form.isVisible() and not card.form.save_button.isEnabled()
    card, ladder = card.form, card
    QTest.keyClicks(card.name, "Weekly")
    QTest.keyClicks(card.lock, "7")
    QTest.keyClicks(card.cutoff, "15")
    QTest.keyClicks(card.rate, "1.8")
    assert not card.save_button.isEnabled()
    QTest.keyClicks(card.cutoff, ":00")
    QTest.keyClicks(card.daily_cap, "90000")
    QTest.mouseClick(card.working, Qt.MouseButton.LeftButton, pos=QPoint(8, card.working.height() // 2))
    planned_idle(qtbot, view, lambda: QTest.keyClick(card.rate, Qt.Key.Key_Return))
    (written,) = money_book.cash.products()
    assert (written.name, written.rate, written.cutoff) == ("Weekly", Decimal("0.018000"), time(15))
    assert written.working_only and written.daily_cap == 90000
    card = ladder
    assert card._model.rows[0].today is None and "先定底线" in card.foot and card.chart.isVisible()
    planned_idle(
        qtbot,
        view,
        lambda: (QTest.keyClicks(view.verdict.floor, "40,000"), QTest.keyClick(view.verdict.floor, Qt.Key.Key_Return)),
    )
    (place,) = card._model.rows
    # The first day is a Saturday, on which nobody takes an order; 60,000 of rent fall due on 10 November.
    assert place.today is None and card._binding(place) == "11-02 才放"
    assert "2026-11-02 才放第一笔" in card.foot and "不是投资建议" in card.foot and not card.floor_button.isVisible()
    # The whole plan stands below, every order of it on a day that takes it, and comes back as it went.
    moves = view.moves.rows
    assert view.moves.isVisible() and moves[0].day == date(2026, 11, 2) and moves[0].way == "in"
    assert all(one.day.weekday() < 5 for one in moves) and moves == tuple(sorted(moves, key=lambda one: one.day))
    came = {one.other for one in moves if one.way == "in"} - {None}
    assert came == {one.day for one in moves if one.way == "out"}
    went = sum(one.amount for one in moves if one.way == "in" and one.other is not None)
    assert went == sum(one.amount for one in moves if one.way == "out") > 0
    assert sum(one.amount for one in moves if one.way == "in") == sum(lot.amount for lot in card.idle.placing.lots)
    # By keys along the curve: one band higher, and Enter keeps it.
    chosen = [point.safety for point in card.idle.curve].index(Decimal("40000.00"))
    card.chart.setFocus()
    for key in (Qt.Key.Key_Home, *[Qt.Key.Key_Right] * (chosen + 1)):
        QTest.keyClick(card.chart, key)
    wanted = card.idle.curve[chosen + 1].safety
    planned_idle(qtbot, view, lambda: QTest.keyClick(card.chart, Qt.Key.Key_Return))
    assert money_book.cash.bands() == {None: wanted} and card.idle.safety == wanted
    assert card.chart.rows()[1][chosen + 1][0] == wanted and card.floor_button.isVisible()
    planned_idle(qtbot, view, lambda: QTest.mouseClick(card.floor_button, Qt.MouseButton.LeftButton))
    assert money_book.cash.bands() == {} and card.idle.safety == Decimal("40000.00")
    card.table.select_number(0)
    settled(qtbot, view, lambda: QTest.mouseClick(card.remove_button, Qt.MouseButton.LeftButton))
    assert money_book.cash.products() == () and card.idle is None


WEEKLY = Product("Weekly", 7, 0, None, Decimal("0.018000"), "R2", date(2026, 10, 1), time(15))


def test_the_hour_of_orders_and_what_may_be_missed_are_chosen_planned_by_and_written(qtbot, view, money_book, tmp_path):
    money_book.cash_desk.set_floor(Decimal(40000), None)
    money_book.cash_desk.write_product(WEEKLY)
    planned_idle(qtbot, view, view.refresh)
    wish, usual = view.ladder.wish, Wish()
    assert (wish.asked_at, wish.missed) == (usual.asked_at, usual.share)
    # After the hour of the product an order counts from the day after.
    (first, *_) = view.ladder.idle.placing.lots
    assert (first.stay.put_on, first.stay.begins) == (date(2026, 10, 31), date(2026, 11, 1))
    for choice in (wish.hour, wish.share):
        before = view.ladder.idle
        QTest.keyClick(choice, Qt.Key.Key_Home)
        qtbot.waitUntil(lambda was=before: view.ladder.idle is not was and not view._idle_job.running, timeout=20_000)
    asked = view.ladder.idle.wish
    assert (asked.asked_at, asked.share) == (time(8), Decimal(0))
    (first, *_) = view.ladder.idle.placing.lots
    assert first.stay.put_on == first.stay.begins
    path = tmp_path / "idle.xlsx"
    with qtbot.waitSignal(view._export.wrote):
        view._export.write("cash-ladder", path)
    said = [str(cell.value) for sheet in openpyxl.load_workbook(path) for row in sheet.iter_rows() for cell in row]
    assert any("几点下单" in text for text in said), said[:40]
    assert any("08:00" in text for text in said) and any("0%" in text for text in said)


def test_a_product_is_worded_anew_with_the_day_of_the_word(qtbot, view, money_book):
    money_book.cash_desk.write_product(WEEKLY)
    planned_idle(qtbot, view, view.refresh)
    form = view.ladder.form
    view.ladder.table.select_number(0)
    QTest.mouseClick(view.ladder.change_button, Qt.MouseButton.LeftButton)
    assert form.isVisible() and form.product() == Product(
        "Weekly", 7, 0, None, Decimal("0.018"), "R2", date.today(), time(15)
    )
    form.rate.setText("2.1")
    form.said_on.set_day(date(2026, 10, 29))
    planned_idle(qtbot, view, lambda: QTest.mouseClick(form.save_button, Qt.MouseButton.LeftButton))
    (written,) = money_book.cash.products()
    assert (written.rate, written.said_on, written.cutoff) == (Decimal("0.021000"), date(2026, 10, 29), time(15))
    money_book.undo()
    assert money_book.cash.products() == (WEEKLY,)


def test_a_plan_that_failed_says_so_and_is_tried_again(qtbot, view, money_book, monkeypatch):
    money_book.cash_desk.set_floor(Decimal(40000), None)
    money_book.cash_desk.write_product(WEEKLY)
    shown = []
    view.context = replace(view.context, show_failure=shown.append)

    def fails(*_given):
        raise UserError("cash.no_balance")

    with monkeypatch.context() as broken:
        broken.setattr(type(money_book.cash), "idle", fails)
        settled(qtbot, view, view.refresh)
        card = view.ladder
        qtbot.waitUntil(card.again_button.isVisible, timeout=20_000)
        assert "闲钱的放法没算出来：还不知道账上有多少钱" in card.foot and "正在比较" not in card.foot
        assert not card.waiting
        card.again_button.click()
        assert "正在比较" in card.foot and not card.again_button.isVisible()
        qtbot.waitUntil(card.again_button.isVisible, timeout=20_000)
    card.again_button.click()
    qtbot.waitUntil(lambda: card.idle is not None, timeout=20_000)
    assert card.idle is not None and not card.again_button.isVisible() and "没算出来" not in card.foot
    card.set_trouble("程序出错了。")
    assert card.foot == "新的放法没算出来：程序出错了。以上还是上一次的。"


def test_a_plan_for_all_companies_leads_with_who_is_short_and_asks_to_choose_one(qtbot, view, money_book):
    money_book.cash_desk.write_product(Product("七天", 7, 0, None, Decimal("0.01"), "R1", date(2026, 1, 1)))
    money_book.cash_desk.set_floor(Decimal(1000))
    planned_idle(qtbot, view, view.refresh)
    foot = view.ladder.foot
    # A falls below 0 on 10 December, and all together have 0 then: the floor stays in no scenario.
    assert foot.startswith("先不要放：") and "先不要按这个总数放" in foot and "甲 2026-12-10 ¥20,000.00" in foot
    assert "把全部公司的钱合在一起算的" in foot and "可以放出" not in foot and "下面只供对照" in foot
    money_book.cash_desk.set_floor(Decimal(1000), "乙公司")
    settled(qtbot, view, view.refresh)
    planned_idle(qtbot, view, lambda: (view.entity.setCurrentIndex(1), view.refresh()))
    foot = view.ladder.foot
    assert view.entity.chosen == "乙公司" and "可以放出" in foot
    assert "先不要" not in foot and "合在一起" not in foot
