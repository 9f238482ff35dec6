"""The verdict of the screen 资金: what it says of what its figures rest on."""

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal

from fixtures_chain import context_of
from fixtures_money import settled, shown
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from chainbrain.cash import receipt_words
from chainbrain.cash.basis import ReceiptsBasis
from chainbrain.cash.forecast.accuracy import Accuracy
from chainbrain.cash.forecast.festivals import SpringReach
from chainbrain.cash.forecast.levels import Grain
from chainbrain.cash.holidays_ahead import NOTHING, Unannounced
from chainbrain.cash.plan import Due, Paid, PlanItem
from chainbrain.cash.transit import LATE, RULE, OnTheWay
from ui.theme.translator import Language
from ui.views.money.words import due_words
from ui.words import message, sentences, word

pytest_plugins = ("fixtures_chain", "fixtures_money")

SPRING = SpringReach(date(2027, 2, 6), date(2027, 1, 24), date(2027, 2, 20))


def test_the_verdict_says_what_the_receipts_rest_on(view):
    found = view._foreseen.outlook
    basis = ReceiptsBasis(found.known_to, 0.9, (), ("二店",), (), "weekday_median", 4, spring=SPRING, idle=("三店",))
    view.verdict.set_outlook(replace(found, receipts=basis), found.chain)
    for code, facts in receipt_words.told(basis):
        assert message(code, **facts).rstrip("。") in view.verdict.notes
    assert all(part in view.verdict.notes for part in ("二店", "三店", "4 个店日", "遇上春节（2027-02-06）"))
    # Of a festival beyond the days shown only the days it touches are told.
    near = replace(basis, spring=replace(SPRING, last=date(2027, 1, 29)))
    view.verdict.set_outlook(replace(found, receipts=near), found.chain)
    assert "春节（2027-02-06）不在这段日子里，但 2027-01-24 到 2027-01-29 受它影响" in view.verdict.notes
    assert "遇上春节" not in view.verdict.notes


def test_a_holiday_that_nobody_has_announced_is_said_to_be_projected(view):
    found = view._foreseen.outlook
    view.verdict.set_outlook(replace(found, unannounced=NOTHING), found.chain)
    assert "没有公布" not in view.verdict.notes
    ahead = Unannounced(("spring_festival",), date(2027, 2, 6))
    view.verdict.set_outlook(replace(found, unannounced=ahead), found.chain)
    assert "春节的放假安排" in view.verdict.notes and "没有公布" in view.verdict.notes


def test_weeks_on_which_the_methods_were_weighed_prove_nothing():
    sure = Accuracy(Grain.WEEK, 7, 16, 0.97, 0.9, 0.9, 0.96)
    ((code, facts),) = receipt_words.measured((sure,))
    said = message(code, **facts)
    assert said.startswith("整个连锁按周的收款，往后第 1–7 天：") and "最近几周差 5 元以内，不是证明" in said


def test_the_one_verdict_names_whose_receipts_it_is_about_and_which_days():
    day = Accuracy(Grain.DAY, 7, 9, 0.9, 0.8, 0.8, None)
    near, far = (Accuracy(Grain.WEEK, last, 6, share, 0.9, 0.9, 0.9) for last, share in ((7, 0.94), (28, 0.91)))
    middle = replace(day, last_day=28)
    told = [message(code, **facts) for code, facts in receipt_words.measured((day, middle, near, far), "甲公司")]
    assert told[0].startswith("甲公司按周的收款，往后第 1–7 天：在自己的过去测过 6 次，每收 100 元平均差 6.0 元")
    assert told[1] == "第 8–28 天平均差 9.0 元（照抄上周差 10.0 元），证明不了 5 元以内。"
    assert [code for code, _ in receipt_words.measured((day,))] == ["forecast.unmeasured"]
    assert not any("%" in one or "准确率" in one for one in told)


def test_old_statements_are_said_first_and_no_day_that_is_over_is_called_a_warning(
    qtbot, monkeypatch, money_book, jobs, heard
):
    money_book.cash_desk.set_floor(Decimal(70000))
    monkeypatch.setenv("CHAINBRAIN_TODAY", "2026-11-27")
    made = shown(qtbot, context_of(money_book, jobs, heard))
    settled(qtbot, made, lambda: made.irregular.choose("known"))
    card = made.verdict
    assert card.age.startswith("银行流水只到 2026-10-30，距今 28 天：先导入最新流水。") and card._age.isVisible()
    assert card._age.y() < card._sentence.y()
    # The 60,000 of 10 November are taken off, so that it is below already; what is said speaks from this day on.
    assert card.sentence.startswith("2026-11-27 起会低于底线") and "11-10" not in card.sentence + card.figure
    assert card.step == "下一步：导入 2026-10-30 之后的银行流水，再做决定。"
    assert "2026-10-31 到 2026-11-26 已过去，没有流水证明。" in card.reason
    # So do the known items: the one whose day is over is marked, and the days that are looked at are named.
    (line,) = made.plan._model.rows
    assert (line.day, line.gone, line.mark) == (date(2026, 12, 10), date(2026, 11, 10), "past")
    assert made.plan._what(line).startswith("11-10 已过 ")
    assert "流水还没到那天" in made.plan._tip(line)
    words = "2026-10-31 到 2027-01-29 共 2 笔，合计 −¥120,000.00；其中 1 笔 −¥60,000.00 的日子已过去，还没有流水证明"
    assert made.plan.sum_words == words
    assert made.subtitle() == "10-31 到 01-29，流水之后 13 周"
    # The wages that the bank pays on every 15th are next due on one that is to come.
    (next_column,) = [one for one in made.proposals._model.columns if one.key == "next"]
    assert [next_column.value(one) for one in made.proposals._model.rows] == [date(2026, 12, 15)]
    # The picture names no day that is over as its lowest, and says which days are.
    ((place, lowest, said, _token),) = made.fan.chart._fan.marks
    assert "今天起最低" in said and "今天起最低" in card.figure
    assert made.fan.chart._fan.today == (made.fan.chart._fan.past + 27, "今天")
    assert place >= made.fan.chart._fan.past + 27 and lowest == float(made.fan._path.lowest.p5)
    assert "10-31 到 11-26 已过去" in made.fan._told(made.fan._path)
    monkeypatch.setenv("CHAINBRAIN_TODAY", "2027-11-27")
    settled(qtbot, made, made.refresh)
    assert "已经全部过去" in card.sentence and card.figure == "" and "导入" in card.step


def test_sentences_stand_close_in_chinese_and_apart_in_english(qapp):
    assert sentences(["在途 ¥1。", "", "银行 ¥2", "另：¥3。"]) == "在途 ¥1。银行 ¥2 另：¥3。"
    Language.set(Language.ENGLISH)
    try:
        assert sentences(["It changed.", "", "Because of files."]) == "It changed. Because of files."
    finally:
        Language.set(Language.CHINESE)


def test_of_all_companies_the_one_that_falls_below_zero_stands_first(view):
    found = view._foreseen.outlook
    (of_b,) = [one for one in found.paths if one.entity == "乙公司"]
    at = of_b.days[20].day
    days = tuple(replace(one, p5=Decimal(-90900), p50=Decimal(-90500)) if one.day == at else one for one in of_b.days)
    apart = replace(found, paths=(*(one for one in found.paths if one is not of_b), replace(of_b, days=days)))
    card = view.verdict
    card.set_outlook(apart, replace(apart.chain, floor=Decimal(1)))
    assert card.sentence == f"乙 {at} 起会不够：账上低于 0，最多差 ¥90,500.00（{at}，中间情形）"
    assert card.figure == f"乙 最低 −¥90,500.00（{at}，中间情形）"
    assert card.step == f"下一步：{at} 前给 乙 多备 ¥90,900.00，偏低的情形也不低于 0。"
    assert "全部公司的钱合在一起" in card.beside and card._beside.isVisible()
    # The company by itself is told the day without a floor of its own, and what all come to is none of its.
    card.set_outlook(apart, apart.path("乙公司"))
    assert card.sentence == f"{at} 起会不够：账上会低于 0（中间情形）" and card.beside == ""
    assert not card._beside.isVisible()
    card.set_outlook(found, found.chain)
    # By the book itself A runs out of money a month later.
    assert card.sentence.startswith("甲 2026-12-10 起会不够") and "乙" not in card.sentence + card.beside


def test_a_day_of_the_environment_that_is_none_is_said_in_words_and_the_screen_goes_on(qtbot, monkeypatch, view, heard):
    monkeypatch.setenv("CHAINBRAIN_TODAY", "tomorrow")
    view.refresh()
    qtbot.waitUntil(lambda: bool(heard.failures) and not view.running, timeout=20_000)
    assert {one.code for one in heard.failures} == {"clock.no_day"}
    said = message(heard.failures[0].code, **heard.failures[0].facts)
    assert "tomorrow" in said and "2026-11-28" in said
    QTest.mouseClick(view.plan.add_button, Qt.MouseButton.LeftButton)
    assert view.form.isVisible()
    heard.failures.clear()


def test_accounts_of_different_days_are_told_with_what_is_taken_off_for_them(view):
    found = view._foreseen.outlook
    assert "截止到自己流水" not in view.verdict.notes
    older = replace(found.accounts[0], day=found.known_to - timedelta(days=9), moved=Decimal("-5000.00"))
    due = Due(found.known_to - timedelta(days=2), PlanItem("9", found.known_to, older.entity, "rent", Decimal(700)))
    came = Due(due.day, replace(due.item, amount=Decimal(-40), kind="other"))
    apart = replace(found, accounts=(older, *found.accounts[1:]), unsure=(due, came))
    view.verdict.set_outlook(apart, apart.chain)
    notes = view.verdict.notes
    assert f"…0719 {older.day}" in notes and "…0719 −5,000.00" in notes
    assert "按第一天扣：10-28 租金 ¥700.00" in notes and "没有算：10-28 其他" in notes
    item = next(line.item for line in view.plan._model.rows)
    over = replace(item, day=due.day, cycle="once", until=None)
    view.plan.set_plan((over,), found.chain, found.known_to, replace(found, unsure=(Due(over.day, over),)))
    assert [line.mark for line in view.plan._model.rows] == ["unsure"]
    view.plan.set_plan((over,), found.chain, found.known_to, found)
    assert [line.mark for line in view.plan._model.rows] == ["overdue"]


def test_what_is_paid_already_is_told_and_the_plan_shows_the_days_of_the_figures(view):
    found = view._foreseen.outlook
    (rent, *_) = found.chain.dues
    wages = replace(rent.item, item_id="77", kind="wages", cycle="once", amount=Decimal(38000), note=None)
    due = Due(found.known_to + timedelta(days=2), wages)
    apart = replace(found, paid=(Paid(due, Decimal(30000)),))
    view.verdict.set_outlook(apart, apart.chain)
    assert "流水里已经看到付款的计划款项，不再扣" in view.verdict.notes and "(已付 ¥30,000.00)" in view.verdict.notes
    # What is left of it leaves on the day that the figures have; what is wholly paid is in none.
    item = replace(wages, day=due.day)
    path = replace(found.chain, dues=(Due(due.day - timedelta(days=1), item),))
    view.plan.set_plan((item,), path, found.known_to, replace(apart, paths=(path,)))
    assert [(line.day, line.mark) for line in view.plan._model.rows] == [(due.day - timedelta(days=1), "")]
    view.plan.set_plan((item,), found.chain, found.known_to, apart)
    assert [(line.day, line.mark) for line in view.plan._model.rows] == [(item.day, "paid")]


def test_a_payment_of_a_day_off_is_told_with_the_day_on_which_it_leaves(view):
    found = view._foreseen.outlook
    (rent, *_) = found.chain.dues
    friday, sunday = date(2026, 11, 13), date(2026, 11, 15)
    moved = Due(friday, replace(rent.item, kind="wages", day=sunday, cycle="once", until=None), sunday)
    path = replace(found.chain, dues=(moved,))
    view.verdict.set_outlook(replace(found, paths=(path, *found.paths[1:])), path)
    assert "1 笔付款的日子是休息日（11-15），假定提前到前一个工作日付（工资）" in view.verdict.notes
    assert due_words(moved).endswith("(原定 11-15)") and due_words(moved).startswith("11-13 工资")
    view.plan.set_plan((moved.item,), path, sunday, found)
    (line,) = view.plan._model.rows
    # A draft of a day that is over may leave on the next one: it is in the figures.
    assert (line.day, line.said_on, line.mark == "overdue") == (friday, sunday, False)
    assert view.plan._what(line).endswith("(原定 11-15)")


def test_a_payment_that_is_part_of_the_usual_ones_is_said_to_count_once(view):
    found = view._foreseen.outlook
    assert "不扣两次" not in view.verdict.notes and "只扣一次" not in view.verdict.notes
    (rent, *_) = found.chain.dues
    typed = Due(rent.day, replace(rent.item, kind="goods", cycle="once", until=None, amount=Decimal(8000)))
    path = replace(
        found.chain, dues=(rent, typed), claimed=Decimal("5000.00"), irregular=Decimal(9000), told_of=(rent,)
    )
    view.verdict.set_outlook(replace(found, with_irregular=True, paths=(path, *found.paths[1:])), path)
    assert "已知的一次性付款 ¥8,000.00 里，有 ¥5,000.00 看作平时不定期支出的一部分" in view.verdict.notes
    assert "已知的一次性付款里有 1 笔看来就是银行流水里的定期付款" in view.verdict.notes


def test_money_on_its_way_for_a_day_that_is_over_is_marked_and_a_late_sum_without_a_day_says_why(view):
    found = view._foreseen.outlook
    due = found.known_to + timedelta(days=3)
    coming = OnTheWay("wechat", "1", "甲公司", Decimal(500), due, RULE, rows=("wechat|1|unbilled|2026-10-30",))
    late = replace(coming, amount=Decimal(70), due_on=None, standing=LATE, rows=("wechat|1|opening|",))
    sums = replace(found, on_the_way=(coming, late), asked_on=due)
    view.way.set_outlook(sums, None)
    assert [line.standing for line in view.way._model.rows] == ["rule", "late_opening"]
    view.way.set_outlook(sums.looked_at(due + timedelta(days=1)), None)
    first, second = view.way._model.rows
    assert (first.standing, second.day, second.standing) == ("over", "—", "late_opening")
    assert view.way._total.text() == "¥570.00，其中迟到或少到 ¥70.00"
    assert view.way._total.toolTip() == "¥570.00，其中日子已过 ¥500.00、迟到或少到 ¥70.00"
    assert "没有流水" in word("way_standing.over") and "期初" in word("way_standing.late_opening")


def test_an_item_that_may_stand_in_the_plan_twice_is_marked_and_told(view):
    found = view._foreseen.outlook
    (rent, *_) = found.chain.dues
    typed = Due(rent.day, replace(rent.item, item_id="88", cycle="once", until=None, day=rent.day))
    path = replace(found.chain, dues=(rent, typed), twice=(typed,))
    made = replace(found, paths=(path, *found.paths[1:]))
    view.verdict.set_outlook(made, path)
    assert "可能记了两次的一次性付款 1 笔" in view.verdict.notes
    view.plan.set_plan((rent.item, typed.item), path, found.known_to, made)
    (line,) = [one for one in view.plan._model.rows if one.mark]
    assert line.item == typed.item and view.plan._what(line).startswith("记了两次？")
    assert "两边都扣了" in view.plan._tip(line)
    view.verdict.set_outlook(found, found.chain)
    assert "记了两次" not in view.verdict.notes
