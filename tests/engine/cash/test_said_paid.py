"""A planned payment that no statement shows, answered as paid: it goes off the days to come, and no yuan twice."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date, datetime, timedelta
from decimal import Decimal
from pathlib import Path

import pytest
from cash_examples import NUMBER, OTHER, SOLD_TO, A, bank_line, banks, item_of, prove, statement
from sales_book import SalesBook, uid

from chainbrain.cash.drafts import PlanText, read
from chainbrain.cash.forecast import days
from chainbrain.cash.measuring import measure
from chainbrain.cash.outlook import CashOutlook
from chainbrain.cash.plan import PlanItem
from chainbrain.cash.reckoning import reckon
from chainbrain.cash.said_paid import SaidPaid, likely
from chainbrain.cli import main
from chainbrain.errors import UserError
from chainbrain.workspace import Workspace

EARLY = SOLD_TO - timedelta(days=9)
BETWEEN = SOLD_TO - timedelta(days=3)


def _two_accounts() -> SalesBook:
    """One company with an account whose statements end nine days before those of the other."""
    chain = SalesBook()
    for store, (account, entity) in enumerate(((NUMBER, A), (OTHER, A))):
        chain.account(
            f"S{store}", "wechat", f"{store}", legal_entity=entity, bank_account=account, settlement_rule="T1"
        )
    statement(chain, NUMBER, SOLD_TO, "-10.00", "100000.00")
    statement(chain, OTHER, EARLY, "-10.00", "5000.00")
    return chain


def _found(chain: SalesBook, plan: list[PlanItem], *answers: SaidPaid) -> CashOutlook:
    book = chain.done()
    measured = measure(book, days.shipped(), {item.entity for item in plan}, 28)
    found = reckon(book, measured, plan, {}, answers=answers)
    for path in found.paths:
        prove(path)
    return found


def _line(day: date, amount: str, account: str = NUMBER) -> SaidPaid:
    """An answer with the line that ``bank_line`` writes."""
    return SaidPaid("", day, day, str(uid("line", account, day, amount, 0)), account, -Decimal(amount))


def _answer(item: PlanItem, line: SaidPaid) -> SaidPaid:
    return replace(line, item_id=item.item_id, due=item.day)


def test_what_is_taken_off_at_once_is_not_any_longer_when_the_line_that_paid_it_is_named() -> None:
    rent = item_of(BETWEEN, "6000.00", kind="rent")
    chain = _two_accounts()
    # Paid to somebody else by name, and far more of it: no statement shows it as this one.
    bank_line(chain, NUMBER, BETWEEN, "-9900.00", counterparty="李四", memo="转账")
    before = _found(chain, [rent])
    assert [due.amount for due in before.unsure] == [Decimal("6000.00")]
    said = _answer(rent, _line(BETWEEN, "-9900.00"))
    found = _found(chain, [rent], said)
    assert found.unsure == () == found.chain.dues and found.said_paid == (said,)
    assert found.chain.opening == before.chain.opening, "the balance knows the payment already"
    assert found.chain.days[-1].expected == before.chain.days[-1].expected + 6000
    # A line that the book has no longer proves nothing: the payment is due as before.
    gone = replace(said, account=None, amount=None)
    assert _found(chain, [rent], gone).chain.days == before.chain.days


def test_a_day_that_not_all_accounts_know_takes_nothing_off_the_path() -> None:
    rent = item_of(BETWEEN, "6000.00", kind="rent")
    chain = _two_accounts()
    before = _found(chain, [rent])
    for paid_on, holds in ((BETWEEN, False), (EARLY + timedelta(days=1), False), (EARLY, True)):
        found = _found(chain, [rent], SaidPaid(rent.item_id, rent.day, paid_on))
        assert bool(found.said_paid) == holds
        assert found.chain.days[-1].expected == before.chain.days[-1].expected + (6000 if holds else 0)


def test_a_payment_pays_one_item_and_the_other_stays_due() -> None:
    # Two equal rents; one payment. Without an answer the older one is paid by it.
    first = item_of(BETWEEN, "6000.00", kind="rent")
    second = replace(item_of(SOLD_TO + timedelta(days=1), "6000.00", kind="rent"), item_id="second")
    chain = _two_accounts()
    bank_line(chain, NUMBER, BETWEEN, "-6000.00", counterparty="旺角置业", memo="房租")
    before = _found(chain, [first, second])
    assert [due.item.item_id for due in before.chain.dues] == ["second"]
    # The line was of the second: then the first has not been seen, and neither is it of both.
    said = _answer(second, _line(BETWEEN, "-6000.00"))
    found = _found(chain, [first, second], said)
    assert [due.item.item_id for due in found.chain.dues] == [first.item_id]
    # And so where no line was named: what was said is about it as if it had fallen due that day.
    third = replace(item_of(EARLY, "6000.00", kind="rent"), item_id="third", day=EARLY - timedelta(days=20))
    late = SaidPaid("third", third.day, EARLY)
    bank_line(chain, NUMBER, EARLY, "-6000.00", counterparty="旺角置业", memo="房租")
    found = _found(chain, [first, second, third], late)
    assert [due.item.item_id for due in found.chain.dues] == ["second"]
    assert found.said_paid == (late,)


def test_one_day_of_what_comes_again_is_answered_by_itself() -> None:
    weekly = item_of(SOLD_TO - timedelta(days=5), "700.00", cycle="weekly", kind="goods")
    chain = _two_accounts()
    before = _found(chain, [weekly])
    assert [due.amount for due in before.unsure] == [Decimal("700.00")]
    bank_line(chain, NUMBER, BETWEEN, "-1500.00", counterparty="张三", memo="转账")
    found = _found(chain, [weekly], _answer(weekly, _line(BETWEEN, "-1500.00")))
    assert found.unsure == ()
    assert [due.day for due in found.chain.dues] == [due.day for due in before.chain.dues if due not in before.unsure]
    assert len(found.chain.dues) == len(before.chain.dues) - 1


@pytest.mark.parametrize("other_way", [True, False])
def test_a_steady_payment_that_is_late_is_not_taken_off_beside_the_answer(other_way: bool) -> None:
    # The landlord is paid on every 30th; that of July is late, and was paid, as is said, in another way.
    chain = banks()
    for month in (3, 4, 5, 6):
        bank_line(chain, NUMBER, date(2026, month, 30), "-6000.00", counterparty="旺角置业", memo="房租")
    rent = replace(item_of(date(2026, 7, 30), "6000.00", kind="rent"), note="旺角置业")
    before = _found(chain, [rent])
    assert [due.day for due in before.chain.steady] == [date(2026, 7, 30), date(2026, 8, 30)]
    paid_on = date(2026, 7, 31) if other_way else date(2026, 7, 2)
    found = _found(chain, [rent], SaidPaid(rent.item_id, rent.day, paid_on))
    # About a payment that the bank shows the answer says nothing of the one that is late.
    assert found.chain.steady == (before.chain.steady[1:] if other_way else before.chain.steady)
    gained = found.chain.days[-1].expected - before.chain.days[-1].expected
    assert gained == (6000 if other_way else 0)


def test_an_answer_to_a_day_that_the_item_has_no_longer_says_nothing() -> None:
    # The third rent was moved to a day to come: the payment that was said to be its is that of the second.
    second = item_of(EARLY, "6000.00", kind="rent")
    third = replace(item_of(SOLD_TO + timedelta(days=9), "6000.00", kind="rent"), item_id="third")
    said = SaidPaid("third", EARLY - timedelta(days=20), EARLY)
    chain = _two_accounts()
    bank_line(chain, NUMBER, EARLY, "-6000.00", counterparty="旺角置业", memo="房租")
    before, found = _found(chain, [second, third]), _found(chain, [second, third], said)
    assert found.said_paid == () and found.chain.days == before.chain.days


COMPANY = "杭州禾满餐饮管理有限公司"
ACCOUNTS = f"""渠道,商户号,终端号,门店编号,收款主体,费率,结算周期,结算日切,入账账号,生效日期,失效日期
微信,1610000011,,N01,{COMPANY},0.38%,T1,24:00,{NUMBER},2026-01-01,
"""


@pytest.fixture
def book(tmp_path: Path) -> Path:
    """A company whose statements reach the end of October, with an item of the 20th that no line is like."""
    (tmp_path / "accounts.csv").write_text(ACCOUNTS, encoding="utf-8")
    path = tmp_path / "a.chainbrain"
    assert main(["--quiet", "import", str(path), str(tmp_path / "accounts.csv")]) == 0
    with Workspace.open(path) as workspace:
        for day, amount, payee in (
            (12, "-800", "水电"),
            (21, "-7000", "李四"),
            (24, "-12000", "王五"),
            (31, "-5", "费"),
        ):
            workspace.book.execute(
                "insert into base.bank_lines (bank_line_id, bank_account, posted_at, amount, balance, counterparty,"
                " file_id, line) values (uuid(), $number, $at, $amount, 90000, $payee, uuid(), 1)",
                number=NUMBER, at=datetime(2026, 10, day, 9), amount=Decimal(amount), payee=payee,
            )  # fmt: skip
        workspace.cash_desk.write(read(PlanText("2026-10-20", COMPANY, "货款", "7000", note="兴隆食品")))
        workspace.cash_desk.write(read(PlanText("2026-10-22", COMPANY, "货款", "5000")))
        workspace.cash_desk.write(read(PlanText("2026-10-22", COMPANY, "其他", "-300")))
    return path


def test_an_answer_is_written_replaced_taken_back_and_undone_alone(book: Path) -> None:
    with Workspace.open(book) as workspace:
        cash, desk = workspace.cash, workspace.cash_desk
        goods, other = (one for one in cash.plan() if one.amount > 0)
        offered = cash.payers(goods, goods.day)
        assert [(line.payee, line.amount) for line in offered] == [("李四", Decimal(7000)), ("王五", Decimal(12000))]
        assert likely(goods, offered) == offered[0] and likely(other, cash.payers(other, other.day)) is None
        wang = offered[1]
        desk.say_paid(SaidPaid(goods.item_id, goods.day, goods.day, offered[0].line_id))
        (said,) = cash.said_paid()
        assert (said.paid_on, said.amount, said.payee) == (date(2026, 10, 21), Decimal(7000), "李四")
        # Another line instead; what it has left may pay another item, and no more than that.
        desk.say_paid(SaidPaid(goods.item_id, goods.day, goods.day, wang.line_id))
        assert [one.line_id for one in cash.said_paid()] == [wang.line_id]
        desk.say_paid(SaidPaid(other.item_id, other.day, other.day, wang.line_id))
        assert len(cash.said_paid()) == 2 and wang not in cash.payers(goods, goods.day)
        workspace.undo()
        desk.write(replace(other, amount=Decimal("5000.01")))
        with pytest.raises(UserError) as refused:
            desk.say_paid(SaidPaid(other.item_id, other.day, other.day, wang.line_id))
        assert refused.value.code == "cash.paid_line_used"
        workspace.undo()
        workspace.undo()
        assert [one.line_id for one in cash.said_paid()] == [offered[0].line_id], "the answer of before"
        desk.say_unpaid(goods.item_id, goods.day)
        assert cash.said_paid() == ()
        workspace.undo()
        assert len(cash.said_paid()) == 1
        workspace.redo()
        assert cash.said_paid() == ()
        # Undone by itself, whatever was written since.
        entry = desk.say_paid(SaidPaid(goods.item_id, goods.day, date(2026, 10, 31))).entry_id
        desk.set_floor(Decimal(100))
        workspace.undo(entry)
        assert cash.said_paid() == () and cash.floors() == {None: Decimal(100)}


def test_a_line_is_free_again_once_what_it_paid_is_in_the_plan_no_longer(book: Path) -> None:
    with Workspace.open(book) as workspace:
        cash, desk = workspace.cash, workspace.cash_desk
        goods = next(one for one in cash.plan() if one.amount == 7000)
        line = cash.payers(goods, goods.day)[0]
        desk.say_paid(SaidPaid(goods.item_id, goods.day, goods.day, line.line_id))
        desk.remove(goods.item_id)
        desk.write(read(PlanText("2026-10-20", COMPANY, "货款", "7000", note="兴隆食品")))
        again = next(one for one in cash.plan() if one.amount == 7000)
        assert again.item_id != goods.item_id and line in cash.payers(again, again.day)


def test_what_cannot_be_answered_is_refused_and_nothing_is_written(book: Path) -> None:
    with Workspace.open(book) as workspace:
        desk, cash = workspace.cash_desk, workspace.cash
        goods, _ = (one for one in cash.plan() if one.amount > 0)
        received = next(one for one in cash.plan() if one.amount < 0)
        line = cash.payers(goods, goods.day)[0]
        desk.write(read(PlanText("2026-10-20", "另一家", "货款", "7000")))
        elsewhere = next(one for one in cash.plan() if one.entity == "另一家")
        for said, code in (
            (SaidPaid(goods.item_id, goods.day, date(2026, 11, 1)), "cash.paid_not_seen"),
            (SaidPaid(elsewhere.item_id, elsewhere.day, goods.day), "cash.paid_no_accounts"),
            (SaidPaid(elsewhere.item_id, elsewhere.day, goods.day, line.line_id), "cash.paid_other_company"),
            (SaidPaid(received.item_id, received.day, goods.day, line.line_id), "cash.paid_no_line"),
            (SaidPaid(goods.item_id, goods.day, goods.day, goods.item_id), "cash.paid_no_line"),
            (SaidPaid(goods.item_id, goods.day, goods.day, "no number"), "cash.paid_no_line"),
            (SaidPaid(goods.item_id, date(2026, 10, 21), goods.day), "cash.paid_no_due"),
            (SaidPaid(line.line_id, goods.day, goods.day), "cash.unknown_item"),
        ):
            with pytest.raises(UserError) as refused:
                desk.say_paid(said)
            assert refused.value.code == code
        with pytest.raises(UserError) as refused:
            desk.say_unpaid(goods.item_id, goods.day)
        assert refused.value.code == "cash.not_said_paid" and cash.said_paid() == ()
        desk.say_paid(SaidPaid(received.item_id, received.day, date(2026, 10, 30)))
        assert len(cash.said_paid()) == 1, "what was received is answered as well"


def test_the_command_lists_the_lines_takes_an_answer_and_takes_it_back(
    book: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    with Workspace.open(book) as workspace:
        numbers = {one.amount: one.item_id[:8] for one in workspace.cash.plan()}
    goods = numbers[Decimal(7000)]
    assert main(["cash-plan", str(book)]) == 0
    said = capsys.readouterr().out
    assert said.count("已过期，付了吗？") == 3 and "cash-paid" in said
    assert main(["cash-paid", str(book), goods]) == 0
    said = capsys.readouterr().out
    assert "可能是下面哪条流水" in said and "李四" in said and "王五" in said
    assert main(["--lang", "en", "cash-paid", str(book), goods]) == 0
    assert "which of these bank lines was it" in capsys.readouterr().out
    assert main(["cash-paid", str(book), goods, "--line", "3"]) == 2
    assert "一共列出 2 条" in capsys.readouterr().err
    assert main(["cash-paid", str(book), goods, "--line", "1"]) == 0
    said = capsys.readouterr().out
    assert "在 2026-10-21 付了" in said and "整项都当作付清了" not in said
    assert main(["cash-paid", str(book), goods, "--line", "2"]) == 0
    assert "流水是 12,000.00，计划是 7,000.00：整项都当作付清了" in capsys.readouterr().out
    assert main(["cash-paid", str(book), goods, "--line", "1"]) == 0
    capsys.readouterr()
    assert main(["cash-paid", str(book), numbers[Decimal(-300)], "--day", "2026-10-30"]) == 0
    assert "在 2026-10-30 收到了" in capsys.readouterr().out
    assert main(["cash-plan", str(book)]) == 0
    said = capsys.readouterr().out
    assert said.count("已过期，付了吗？") == 1 and "已付 2026-10-21" in said and "已收 2026-10-30" in said
    assert main(["--quiet", "cash-plan", str(book), "--json"]) == 0
    assert len(json.loads(capsys.readouterr().out)["said_paid"]) == 2
    assert main(["--quiet", "cash-paid", str(book), numbers[Decimal(5000)], "--json"]) == 0
    assert [one["payee"] for one in json.loads(capsys.readouterr().out)["bank_lines"]] == []
    assert main(["cash-paid", str(book), goods, "--not"]) == 0 and "已收回" in capsys.readouterr().out
    assert main(["cash-paid", str(book), goods, "--not"]) == 2
    capsys.readouterr()
    assert main(["history", str(book)]) == 0
    history = capsys.readouterr().out
    assert " 货款 " in history and "goods" not in history, "the kind is told in words"
    assert (
        "说明已付" in history and "2026-10-21 付的" in history and "说明已收到" in history and "收回“已付”" in history
    )
