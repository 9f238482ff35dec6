"""The screen 资金: verdict, fan, plan by hand, proposals, floor, empty states; on a book without sales."""

from dataclasses import replace
from datetime import date, datetime
from decimal import Decimal

from fixtures_chain import context_of
from fixtures_money import NUMBERS, A, B, added, bank_line, opened_of, settled, shown
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from chainbrain.cash.drafts import PlanText, read
from chainbrain.changes import Changes
from ui import figures
from ui.theme.translator import Language
from ui.views.money.told import Foreseen, Planned

pytest_plugins = ("fixtures_chain", "fixtures_money")


def test_the_floor_is_typed_in_and_the_verdict_says_when_why_and_what_helps(qtbot, view, money_book):
    # A has 100,000 and no floor: by its rent it falls below 0, though all together never do.
    assert view.verdict.sentence.startswith("甲 2026-12-10 起会不够：账上低于 0，最多差 ¥20,000.00")
    assert "12-10" in view.verdict.figure and "全部公司的钱合在一起，往后最低 ¥0.00" in view.verdict.beside
    assert (
        "给 甲 多备 ¥20,000.00" in view.verdict.step and not view.verdict._notes.isVisible() and view.verdict.age == ""
    )
    assert "账上 ¥120,000.00" in view.verdict.notes and "没有算进以后的收款" in view.verdict.notes
    QTest.keyClicks(view.verdict.floor, "30,000")
    settled(qtbot, view, lambda: QTest.keyClick(view.verdict.floor, Qt.Key.Key_Return))
    assert money_book.cash.floors() == {None: Decimal("30000.00")}
    # Nothing is estimated here: the middle path does what the low one does, so it will be so, not perhaps.
    assert view.verdict.sentence == "2026-12-10 起会低于底线 ¥30,000.00（中间情形）"
    assert view.verdict.figure == "最低 ¥0.00（2026-12-10，中间情形）"
    assert view.verdict.step == "下一步：2026-12-10 前多备 ¥30,000.00，偏低的情形也不低于底线。"
    assert view.verdict.beside.startswith("甲 2026-12-10 起会不够")
    assert "12-10 租金 ¥60,000.00" in view.verdict.reason and not view.verdict._reason.isVisible()
    QTest.mouseClick(view.verdict.fold_button, Qt.MouseButton.LeftButton)
    assert view.verdict._reason.isVisible() and view.verdict._notes.isVisible()
    assert view.verdict.fold_button.text() == "收起"
    fan = view.fan.chart._fan
    assert fan.floor == (30000.0, "底线 ¥3.0 万") and fan.names == ("偏低", "中间", "偏高")
    assert fan.marks[0][1] == 0.0 and len(fan.labels) == 92 and fan.past == 1
    view.verdict.floor.selectAll()
    QTest.keyClicks(view.verdict.floor, "abc")
    assert not view.verdict.floor_button.isEnabled()


def test_one_entity_is_shown_alone(qtbot, view):
    assert [view.entity.itemText(i) for i in range(view.entity.count())] == ["全部主体", B, A]
    view.entity.setFocus()
    QTest.keyClick(view.entity, Qt.Key.Key_Down)
    # Receipts to come are those of the company that is looked at.
    assert view.entity.chosen == B == view.receipts.card.entity
    assert "¥20,000.00" in view.verdict.notes and view.plan._model.rows == ()
    view.entity.setCurrentIndex(2)
    assert [line.item.kind for line in view.plan._model.rows] == ["rent"]
    assert "2026-10-31 到 2027-01-29 共 2 笔" in view.plan.sum_words and "120,000.00" in view.plan.sum_words


def test_a_long_name_breaks_neither_the_bar_nor_the_form(view, qtbot):
    long = "苏州工业园区特别长名字的合兴餐饮企业管理服务股份有限公司第二分公司"
    outlook = view._foreseen.outlook
    paths = (*outlook.paths, replace(outlook.paths[1], entity=long))
    view._take_forecast(Foreseen(replace(outlook, paths=paths)))
    view.entity.setFocus()
    QTest.keyClick(view.entity, Qt.Key.Key_End)
    assert view.entity.chosen == long == view.entity.toolTip() and view.entity.sizeHint().width() > 200
    assert view.entity.maximumWidth() == 200
    # Of it no money is known: a sentence says so, without an empty picture above it.
    assert not view.map.map_card.picture.isVisible() and not view.map.known
    view.form.begin(Planned(entities=(long,)), None, long)
    view.writing.editing = True
    view._lay_out()
    qtbot.waitUntil(view.form.entity.isVisible, timeout=2_000)
    widths = {view.form._field(key).width() for key in ("day", "entity", "kind", "way")}
    assert max(widths) - min(widths) <= 1 and view.form.entity.lineEdit().cursorPosition() == 0


def test_a_sum_on_its_way_opens_its_rows(qtbot, money_book, jobs, heard):
    for number, amount in enumerate(("100.00", "20.50", "-0.20")):
        money_book.book.execute(
            "insert into base.wallet_lines (wallet_line_id, channel, merchant_no, external_id, kind, amount,"
            " occurred_at, file_id, line)"
            " values (uuid(), 'wechat', $merchant, $no, 'payment', $amount, $at, uuid(), $number)",
            merchant=NUMBERS[A], no=f"L{number}", amount=Decimal(amount), at=datetime(2026, 10, 30, 9), number=number,
        )  # fmt: skip
    view = shown(qtbot, context_of(money_book, jobs, heard))
    seen = opened_of(view.way)
    (line,) = [one for one in view.way._model.rows if one.amount]
    whole = sum(one.amount for one in view.way._lines())
    assert view.way._total.text().startswith(figures.money(whole, symbol=True)) and whole
    view.way.table.cell_clicked.emit(line, "amount")
    assert added(money_book, seen) == line.amount == Decimal("120.30")
    view.way.table.cell_opened.emit(line, "")
    assert added(money_book, seen) == line.amount
    view.way.table.cell_clicked.emit(line, "channel")
    assert seen == []


def test_an_item_is_added_changed_removed_and_each_can_be_undone(qtbot, view, money_book, heard):
    QTest.mouseClick(view.plan.add_button, Qt.MouseButton.LeftButton)
    form = view.form
    assert form.isVisible() and not form.save_button.isEnabled()
    form.entity.setCurrentText(A)
    form.day.set_day(date(2026, 11, 30))
    form.kind.setCurrentIndex(form.kind.findData("tax"))
    form.cycle.setCurrentIndex(form.cycle.findData("quarterly"))
    QTest.keyClicks(form.amount, "12,000")
    QTest.keyClicks(form.until, "2026-1-5")
    assert not form.save_button.isEnabled() and form.hint.startswith("截止日期看不懂")
    form.until.clear()
    QTest.keyClicks(form.until, "2026-11-01")
    assert not form.save_button.isEnabled() and form.hint == "截止日期早于日期。"
    form.until.clear()
    settled(qtbot, view, lambda: QTest.mouseClick(form.save_button, Qt.MouseButton.LeftButton))
    assert not form.isVisible() and heard.notices[-1] == ("matched", "已写进资金计划")
    added = next(one for one in money_book.cash.plan() if one.kind == "tax")
    assert (added.amount, added.cycle, added.day) == (Decimal("12000.00"), "quarterly", date(2026, 11, 30))
    view.plan.table.select_number([line.item.kind for line in view.plan._model.rows].index("tax"))
    QTest.mouseClick(view.plan.change_button, Qt.MouseButton.LeftButton)
    form.amount.selectAll()
    QTest.keyClicks(form.amount, "13000")
    settled(qtbot, view, lambda: QTest.keyClick(form.amount, Qt.Key.Key_Return))
    assert {one.amount for one in money_book.cash.plan()} == {Decimal("60000.00"), Decimal("13000.00")}
    view.plan.table.select_number([line.item.kind for line in view.plan._model.rows].index("tax"))
    settled(qtbot, view, lambda: QTest.mouseClick(view.plan.remove_button, Qt.MouseButton.LeftButton))
    assert [one.kind for one in money_book.cash.plan()] == ["rent"]
    money_book.undo()
    assert [one.amount for one in money_book.cash.plan()] == [Decimal("60000.00"), Decimal("13000.00")]


def test_the_form_says_of_short_months_only_what_concerns_its_item(qtbot, view):
    QTest.mouseClick(view.plan.add_button, Qt.MouseButton.LeftButton)
    form = view.form
    form.entity.setCurrentText(A)
    QTest.keyClicks(form.amount, "500")
    form.day.set_day(date(2026, 12, 15))
    assert form.save_button.isEnabled() and form.hint == ""
    form.day.set_day(date(2026, 12, 31))
    assert form.hint == "31 日在短的月份算最后一天。"
    form.cycle.setCurrentIndex(form.cycle.findData("weekly"))
    assert form.hint == ""
    form.cycle.setCurrentIndex(form.cycle.findData("once"))
    assert "只扣一次" in form.hint


def test_what_is_received_is_chosen_and_every_list_shows_plus_for_in_and_minus_for_out(qtbot, view, money_book):
    QTest.mouseClick(view.plan.add_button, Qt.MouseButton.LeftButton)
    form = view.form
    form.entity.setCurrentText(A)
    QTest.keyClicks(form.amount, "-500")
    assert not form.save_button.isEnabled() and "付还是收在旁边选" in form.hint
    form.amount.clear()
    QTest.keyClicks(form.amount, "500")
    form.way.setFocus()
    QTest.keyClick(form.way, Qt.Key.Key_Down)
    assert form.way.currentText() == "收进" and "收进来" in form.hint
    settled(qtbot, view, lambda: QTest.mouseClick(form.save_button, Qt.MouseButton.LeftButton))
    assert {one.amount for one in money_book.cash.plan()} == {Decimal(60000), Decimal(-500)}
    amount = next(one for one in view.plan._model.columns if one.key == "amount")
    assert {amount.shown(line) for line in view.plan._model.rows} == {"+500.00", "−60,000.00"}
    proposed = next(one for one in view.proposals._model.columns if one.key == "amount")
    assert proposed.shown(view.proposals._model.rows[0]) == "−38,140.00" and proposed.title() == amount.title()
    # It is worded anew as it was said.
    view.plan.table.select_number([line.item.amount for line in view.plan._model.rows].index(Decimal(-500)))
    QTest.mouseClick(view.plan.change_button, Qt.MouseButton.LeftButton)
    assert (form.way.currentText(), form.amount.text()) == ("收进", "500.00")


def test_a_day_that_is_over_is_said_before_it_is_written_and_the_company_looked_at_stands_first(
    qtbot, view, money_book, monkeypatch
):
    monkeypatch.setenv("CHAINBRAIN_TODAY", "2026-11-20")
    view.entity.setFocus()
    for _ in range(2):
        QTest.keyClick(view.entity, Qt.Key.Key_Down)
    QTest.mouseClick(view.plan.add_button, Qt.MouseButton.LeftButton)
    form = view.form
    assert view.entity.chosen == A == form.entity.currentText() and form.day.day() == date(2026, 11, 20)
    form.cycle.setCurrentIndex(form.cycle.findData("once"))
    QTest.keyClicks(form.amount, "700")
    assert form.save_button.isEnabled() and "已过去" not in form.hint
    # What the statements know already would be in no figure: it is refused by button and by key.
    form.day.set_day(date(2026, 10, 20))
    assert not form.save_button.isEnabled() and "2026-10-20 已经在流水里（流水到 2026-10-30）" in form.hint
    QTest.keyClick(form.amount, Qt.Key.Key_Return)
    assert form.isVisible() and [one.kind for one in money_book.cash.plan()] == ["rent"]
    form.cycle.setCurrentIndex(form.cycle.findData("monthly"))
    assert form.save_button.isEnabled() and "从 2026-11-20 那一次起算" in form.hint
    form.cycle.setCurrentIndex(form.cycle.findData("once"))
    form.day.set_day(date(2026, 11, 5))
    assert form.save_button.isEnabled() and form.hint.startswith("2026-11-05 已过去，流水还没到那天")
    settled(qtbot, view, lambda: QTest.keyClick(form.amount, Qt.Key.Key_Return))
    assert not form.isVisible()
    added = next(one for one in money_book.cash.plan() if one.amount == 700)
    assert (added.entity, added.day) == (A, date(2026, 11, 5))
    assert [line.mark for line in view.plan._model.rows] == ["past", "past"]


def test_a_proposal_shows_its_evidence_and_counts_only_once_taken_in(qtbot, view, money_book):
    (proposal,) = view.proposals._model.rows
    assert proposal.payee == "代发工资" and "已付 4 次" in view.proposals.evidence
    assert "2026-10-15 38,140.00" in view.proposals.evidence
    seen = opened_of(view.proposals)
    QTest.mouseClick(view.proposals.lines_button, Qt.MouseButton.LeftButton)
    assert added(money_book, seen) == sum(-one.amount for one in proposal.evidence) == 4 * -proposal.item.amount
    taken = []
    view.proposals.accepted.connect(taken.append)
    view.proposals.table.cell_clicked.emit(proposal, "amount")
    view.proposals.table.cell_opened.emit(proposal, "amount")
    assert added(money_book, seen) == 4 * -proposal.item.amount and not taken
    assert "另有定期付款约 ¥114,420.00" in view.verdict.reason
    before = view._foreseen.outlook.chain.days[-1].expected
    settled(qtbot, view, lambda: QTest.mouseClick(view.proposals.accept_button, Qt.MouseButton.LeftButton))
    assert view.proposals._model.rows == () and "定期付款" not in view.verdict.reason
    assert before - view._foreseen.outlook.chain.days[-1].expected == 3 * Decimal(38140)
    assert {one.kind for one in money_book.cash.plan()} == {"rent", "wages"}


def test_the_plan_goes_out_as_the_table_it_came_as(qtbot, view, heard, tmp_path):
    path = tmp_path / "plan.csv"
    view.desk.write_table(path)
    qtbot.waitUntil(lambda: ("matched", "已导出：plan.csv") in heard.notices, timeout=10_000)
    assert "租金,60000.00,每月,2026-12-31" in path.read_text("utf-8-sig")


def test_an_empty_book_says_what_is_lacking_and_where_to_go(qtbot, empty_context, heard):
    view = shown(qtbot, empty_context)
    assert view.is_empty
    QTest.mouseClick(view.empty._button, Qt.MouseButton.LeftButton)
    assert heard.navigated == [("imports", {})]
    QTest.mouseClick(view._first, Qt.MouseButton.LeftButton)
    assert not view.is_empty and view.form.isVisible()


def test_every_text_changes_with_the_language(qtbot, view):
    Language.set(Language.ENGLISH)
    try:
        qtbot.waitUntil(lambda: "lowest −¥20,000.00 (2026-12-10" in view.verdict.figure, timeout=5_000)
        assert view.title() == "Money" and view.entity.itemText(0) == "all entities"
        assert "Paid 4 times" in view.proposals.evidence
    finally:
        Language.set(Language.CHINESE)


def test_items_that_no_figure_holds_are_marked_and_the_verdict_says_how_much(qtbot, view, money_book):
    desk = money_book.cash_desk
    desk.write(read(PlanText("2026-10-20", A, "税", "700")))
    desk.write(read(PlanText("2027-12-01", A, "税", "800")))
    desk.write(read(PlanText("2026-11-30", "甲", "其他", "900", "每月")))
    settled(qtbot, view, view.refresh)
    told = {(line.item.kind, line.item.amount): line for line in view.plan._model.rows}
    over, later, typo = told["tax", 700], told["tax", 800], told["other", 900]
    card = view.plan
    assert (over.mark, later.mark, typo.mark) == ("overdue", "", "left_out")
    assert card._what(over) == "已过期 甲公司 税" and card._what(typo) == "没算进去 甲 其他"
    assert card._what(later) == "甲公司 税" and card._day(later.day) == "2027-12-01" and card._day(over.day) == "10-20"
    assert card._cycle(told["rent", 60000]) == "每月到 2026-12-31"
    assert "计划里还有 ¥1,800.00 要付没有算进去：不知道甲账上有多少钱。" in view.verdict.reason
    # A has no floor, and falls below 0 by its rent.
    assert view.verdict.reason.startswith("甲公司：那一周要付：12-10 租金")


def test_a_company_without_an_account_is_asked_about_in_the_form(view):
    view.ask(None)
    form = view.form
    form.amount.setText("100")
    form.entity.setCurrentText("甲公")
    assert "是不是“甲公司”" in form.hint and form.save_button.isEnabled()
    form.entity.setCurrentText(A)
    assert "是不是" not in form.hint


def test_a_floor_being_typed_stays_when_a_forecast_comes_in(qtbot, view):
    QTest.keyClicks(view.verdict.floor, "12345")
    settled(qtbot, view, view.refresh)
    assert view.verdict.floor.text() == "12345"
    view.entity.setCurrentIndex(1)
    assert view.verdict.floor.text() == ""


def test_files_move_the_screen_and_one_edit_works_the_forecast_out_once(qtbot, view, monkeypatch):
    started = []
    foresee = view._foresee
    monkeypatch.setattr(view, "_foresee", lambda: (started.append(1), foresee()))
    view.refresh(Changes(frozenset({"vouchers"})))
    assert started == []
    settled(qtbot, view, lambda: view.refresh(Changes(frozenset({"cash_plans"}))))
    assert len(started) == 1
    settled(qtbot, view, lambda: view.desk.set_floor(Decimal(5000), None))
    assert len(started) == 2


def test_the_export_and_the_proposals_are_of_what_is_on_screen(qtbot, view):
    assert view._export._shown("cash") == {"entity": None, "payments": "known"}
    view.entity.setCurrentIndex(1)
    assert view._export._shown("cash-plan") == {"entity": B, "payments": None} and view.proposals._model.rows == ()
    view.entity.setCurrentIndex(2)
    assert [one.payee for one in view.proposals._model.rows] == ["代发工资"]
    settled(qtbot, view, lambda: view.irregular.choose("past"))
    assert view._export._shown("cash") == {"entity": A, "payments": None}


def test_unplanned_payments_are_taken_off_at_first_and_said(qtbot, view):
    before = view._foreseen.outlook.path(A).days[-1].expected
    settled(qtbot, view, lambda: view.irregular.choose("past"))
    after = view._foreseen.outlook.path(A)
    assert sum(due.amount for due in after.steady) == 3 * Decimal(38140)
    assert before - after.days[-1].expected > 3 * Decimal(38140)
    assert "已按银行流水扣了" in view.verdict.reason and "没有扣" not in view.verdict.reason
    # B has no past to speak of.
    view.entity.setCurrentIndex(1)
    assert "银行流水只有 1 天" in view.verdict.notes


def test_a_steady_payment_that_has_ended_is_neither_proposed_nor_taken_off(qtbot, view, money_book):
    settled(qtbot, view, lambda: view.irregular.choose("past"))
    assert view._foreseen.outlook.chain.steady
    settled(qtbot, view, lambda: QTest.mouseClick(view.proposals.dismiss_button, Qt.MouseButton.LeftButton))
    assert view.proposals._model.rows == () and view._foreseen.outlook.chain.steady == ()
    money_book.undo()
    settled(qtbot, view, view.refresh)
    assert len(view.proposals._model.rows) == 1 and view._foreseen.outlook.chain.steady


def test_a_forecast_is_kept_and_stands_beside_what_came(qtbot, view, money_book, heard):
    card = view.compare
    assert not card.choice.isVisible() and not card.chart.isVisible() and card._empty.isVisible()
    today = f"{date.today():%Y-%m-%d}"
    assert card.keep_button.isEnabled() and card._wanted() == card.name.placeholderText() == today
    QTest.keyClicks(card.name, "Nov")
    settled(qtbot, view, lambda: QTest.mouseClick(card.keep_button, Qt.MouseButton.LeftButton))
    qtbot.waitUntil(lambda: card._comparison is not None, timeout=10_000)
    assert heard.notices[-1] == ("matched", "这次预测已记下") and card.name.text() == ""
    assert card.choice.currentText() == "Nov" and card.foot == "之后的银行流水还没有导入"
    QTest.keyClicks(card.name, "Nov")
    assert not card.keep_button.isEnabled()
    bank_line(money_book.book, A, datetime(2026, 11, 10, 9), ("-66000", "34000", "房租"))
    bank_line(money_book.book, B, datetime(2026, 11, 12, 9), ("-1", "19999", "手续费"))
    settled(qtbot, view, view.refresh)
    qtbot.waitUntil(lambda: card._comparison.known_to == date(2026, 11, 10), timeout=10_000)
    assert card.foot.startswith("到 11-10，比预计 −¥6,000.00") and "已知项目少付的 −¥6,000.00" in card.foot
    (rent, later) = card.items.model().rows
    assert (rent.paid, card._state(rent), card._state(later)) == (Decimal(66000), "11-10", "还没到时候")
    assert card.chart._fan.alternatives[0][0][10] == Decimal("54000.00")
    seen = opened_of(card)
    card.items.cell_opened.emit(later, "")
    assert seen == []
    card.items.cell_clicked.emit(rent, "paid")
    assert added(money_book, seen) == -rent.paid
    *_, before, last = card.days.model().rows
    card.days.cell_clicked.emit(last, "actual")
    assert added(money_book, seen) == last.actual - before.actual == -66000
    card.days.cell_clicked.emit(last, "off")
    assert added(money_book, seen) == last.actual - card._comparison.path.opening
    card.days.cell_clicked.emit(last, "expected")
    assert seen == []
    card.by.choose("days")
    assert len(card.days.model().rows) == 11 and card.days.isVisible()
    assert view.fan.chart._fan.past == 1 and view.fan.chart._words(0).endswith("¥120,000.00")
