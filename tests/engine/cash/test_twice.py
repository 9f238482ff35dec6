"""An invoice to a payee that is paid steadily, in another amount: asked about, and counted as was answered."""

from __future__ import annotations

import json
from collections.abc import Sequence
from contextlib import nullcontext
from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path

import pytest
from cash_examples import NUMBER, A, bank_line, banks, item_of, prove

from chainbrain.cash import claimed
from chainbrain.cash.drafts import PlanText, read
from chainbrain.cash.forecast import days
from chainbrain.cash.measuring import measure
from chainbrain.cash.outlook import CashOutlook
from chainbrain.cash.plan import PlanItem
from chainbrain.cash.reckoning import reckon
from chainbrain.cash.twice import OTHER, SAME, TwiceAnswer
from chainbrain.cli import main
from chainbrain.errors import UserError
from chainbrain.texts import message
from chainbrain.workspace import Rooms, Workspace

LANDLORD = "旺角置业"
STEADY = date(2026, 8, 10)
INVOICE = replace(item_of(date(2026, 8, 12), "7200.00", kind="rent"), note=f"{LANDLORD} 八月")


def _found(
    *plan: PlanItem, answers: Sequence[TwiceAnswer] = (), taken_off: bool = True, months: Sequence[int] = (4, 5, 6, 7)
) -> CashOutlook:
    chain = banks()
    for month in months:
        bank_line(chain, NUMBER, date(2026, month, 10), "-6000.00", counterparty=LANDLORD, memo="房租")
    book = chain.done()
    measured = measure(book, days.shipped(), (), 28)
    found = reckon(book, measured, plan, {}, with_irregular=taken_off, told_apart=answers)
    for path in found.paths:
        prove(path)
    return found


def _off(found: CashOutlook) -> Decimal:
    return sum((one.planned + one.irregular for one in found.chain.days), Decimal(0))


def _answer(said: str) -> TwiceAnswer:
    return TwiceAnswer(INVOICE.item_id, INVOICE.day, said)


def test_more_than_a_tenth_off_both_are_taken_off_and_it_is_asked() -> None:
    alone, found = _found(), _found(INVOICE)
    assert _off(found) == _off(alone) + 7200
    ((asked,), of_a) = found.chain.beside, found.path(A)
    assert of_a is not None and of_a.beside == (asked,)
    assert (asked.due.item, asked.steady.day, asked.steady.amount) == (INVOICE, STEADY, Decimal("6000.00"))
    assert asked.by_bank and found.chain.twice == ()
    ((code, facts),) = claimed.told(found.chain)
    assert code == "cash.beside_steady"
    for lang in ("zh", "en"):
        said = message(code, lang, **facts)
        assert "2026-08-12 旺角置业 八月 ¥7,200.00 ↔ 2026-08-10 ¥6,000.00" in said
    # Where steady payments are not taken off nothing stands there twice.
    assert _found(INVOICE, taken_off=False).chain.beside == ()


def test_the_answer_counts_it_once_or_twice_and_is_asked_no_more() -> None:
    alone = _found()
    same, other = (_found(INVOICE, answers=[_answer(said)]) for said in (SAME, OTHER))
    assert _off(same) == _off(alone) + 1200, "the invoice instead of the steady payment"
    assert [due.day for due in same.chain.told_of] == [STEADY] and same.chain.beside == ()
    assert _off(other) == _off(alone) + 7200 and other.chain.beside == ()
    assert [code for code, _ in claimed.told(same.chain)] == ["cash.told_of"]
    assert claimed.told(other.chain) == ()
    # An item of another day is another question, and so is an answer to an item that is there no longer.
    moved = replace(INVOICE, day=date(2026, 8, 13))
    assert len(_found(moved, answers=[_answer(SAME)]).chain.beside) == 1
    assert _off(_found(answers=[_answer(SAME)])) == _off(alone)


def test_once_it_was_paid_in_the_other_amount_the_answer_takes_nothing_off_any_longer() -> None:
    # The statements end on the second of August; the rent of 30 July was an invoice of 31 July, of more.
    invoice = replace(INVOICE, day=date(2026, 7, 31))
    answer = TwiceAnswer(invoice.item_id, invoice.day, SAME)
    chain = banks()
    for month in (3, 4, 5, 6):
        bank_line(chain, NUMBER, date(2026, month, 30), "-6000.00", counterparty=LANDLORD, memo="房租")
    bank_line(chain, NUMBER, date(2026, 7, 31), "-7200.00", counterparty=LANDLORD, memo="房租")
    book = chain.done()
    measured = measure(book, days.shipped(), (), 28)
    before, found = (reckon(book, measured, (invoice,), {}, told_apart=said) for said in ((), (answer,)))
    assert found.chain.days == before.chain.days and found.chain.beside == ()


def test_once_the_bank_shows_it_the_next_week_is_another_payment() -> None:
    # Paid every Friday, the last time on 31 July; the invoice of 2 August was that one, the payment of 7 August is not.
    chain = banks()
    for weeks in range(10):
        bank_line(
            chain, NUMBER, date(2026, 7, 31) - timedelta(weeks=weeks), "-6000.00", counterparty=LANDLORD, memo="货款"
        )
    book = chain.done()
    measured = measure(book, days.shipped(), (), 28)
    for day, taken in ((date(2026, 8, 2), False), (date(2026, 8, 4), True)):
        invoice = replace(INVOICE, day=day)
        said = TwiceAnswer(invoice.item_id, day, SAME)
        before, found = (reckon(book, measured, (invoice,), {}, told_apart=one) for one in ((), (said,)))
        assert _off(before) - _off(found) == (6000 if taken else 0), day


@pytest.mark.parametrize(
    "other",
    [
        replace(INVOICE, note="天河置业"),
        replace(INVOICE, note=None),
        replace(INVOICE, day=date(2026, 8, 20)),
        replace(INVOICE, amount=Decimal("-7200.00")),
        replace(INVOICE, amount=Decimal("6500.00")),
        replace(INVOICE, entity="乙公司"),
    ],
)
def test_another_payee_day_or_company_is_not_asked_about(other: PlanItem) -> None:
    assert _found(other).chain.beside == ()


def test_an_item_of_the_plan_that_comes_again_stands_beside_it_too() -> None:
    monthly = replace(item_of(STEADY, "6000.00", kind="rent", cycle="monthly"), note=LANDLORD)
    found = _found(monthly, INVOICE)
    (asked,) = found.chain.beside
    assert not asked.by_bank and asked.steady.item == monthly
    # It is mended in the plan: saying that it is one payment takes nothing of the plan away.
    same = _found(monthly, INVOICE, answers=[_answer(SAME)])
    assert _off(same) == _off(found)
    assert _found(monthly, INVOICE, answers=[_answer(OTHER)]).chain.beside == ()
    # Each steady payment is asked about once, and one that is alike has been found before.
    alike = replace(INVOICE, item_id="alike", amount=Decimal("6100.00"))
    assert _found(INVOICE, alike).chain.beside == ()
    again = replace(INVOICE, item_id="again", day=date(2026, 8, 13))
    assert [one.due.item.item_id for one in _found(INVOICE, again).chain.beside] == [INVOICE.item_id]


def test_an_answer_is_written_taken_back_and_undone_alone(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "a.chainbrain"
    with Workspace.create(path) as workspace:
        desk, cash = workspace.cash_desk, workspace.cash
        desk.write(read(PlanText("2026-08-12", A, "租金", "7200", note=LANDLORD)))
        desk.write(read(PlanText("2026-08-12", A, "租金", "100", "每月")))
        number, again = (one.item_id for one in sorted(cash.plan(), key=lambda one: one.cycle, reverse=True))
        for said in (OTHER, SAME):
            desk.tell_apart(number, INVOICE.day, said)
        assert cash.told_apart() == (TwiceAnswer(number, INVOICE.day, SAME),)
        workspace.undo()
        assert cash.told_apart() == (TwiceAnswer(number, INVOICE.day, OTHER),)
        desk.tell_apart(number, INVOICE.day, None)
        assert cash.told_apart() == ()
        for item, day, said, code in (
            (number, INVOICE.day, None, "cash.not_told_apart"),
            (number, date(2026, 8, 13), SAME, "cash.twice_answer"),
            (again, INVOICE.day, SAME, "cash.twice_answer"),
            (number, INVOICE.day, "perhaps", "cash.twice_answer"),
            ("00000000-0000-0000-0000-000000000000", INVOICE.day, SAME, "cash.unknown_item"),
        ):
            with pytest.raises(UserError) as refused:
                desk.tell_apart(item, day, said)
            assert refused.value.code == code
    for option, said in (("--same", "只扣一次"), ("--other", "两笔都扣"), ("--again", "已收回")):
        assert main(["cash-twice", str(path), number[:8], option]) == 0
        assert said in capsys.readouterr().out
    assert main(["history", str(path)]) == 0
    history = capsys.readouterr().out
    assert all(part in history for part in ("说明是同一笔", "说明是两笔", "收回“同一笔/两笔”", LANDLORD))


def test_the_command_says_how_it_is_answered(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    chain = banks()
    for month in (4, 5, 6, 7):
        bank_line(chain, NUMBER, date(2026, month, 10), "-6000.00", counterparty=LANDLORD, memo="房租")
    rooms = Rooms(chain.done(), tmp_path / "chain.chainbrain")
    monkeypatch.setattr("chainbrain.workspace.Workspace.open", lambda *_: nullcontext(rooms))
    monkeypatch.setattr(type(rooms.cash), "plan", lambda _: (INVOICE,))
    assert main(["--quiet", "cash", "chain.chainbrain", "--horizon", "28"]) == 0
    said = capsys.readouterr().out
    assert "不知道是不是同一笔" in said and "cash-twice" in said
    assert main(["--quiet", "--lang", "en", "cash", "chain.chainbrain", "--horizon", "28"]) == 0
    assert "Whether they are one is not known" in capsys.readouterr().out
    assert main(["--quiet", "cash", "chain.chainbrain", "--horizon", "28", "--json"]) == 0
    chain_path = json.loads(capsys.readouterr().out)["paths"][0]
    assert [one["by_bank"] for one in chain_path["beside_steady"]] == [True]


def test_the_command_keeps_no_same_where_the_plan_says_it_twice(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monthly = replace(item_of(STEADY, "6000.00", kind="rent", cycle="monthly"), item_id="month", note=LANDLORD)
    chain = banks()
    for month in (4, 5, 6, 7):
        bank_line(chain, NUMBER, date(2026, month, 10), "-6000.00", counterparty=LANDLORD, memo="房租")
    rooms = Rooms(chain.done(), tmp_path / "chain.chainbrain")
    monkeypatch.setattr("chainbrain.workspace.Workspace.open", lambda *_: nullcontext(rooms))
    monkeypatch.setattr(type(rooms.cash), "plan", lambda _: (monthly, INVOICE))
    # It would be kept and take nothing less off, while it was said that it goes off once.
    assert main(["--quiet", "cash-twice", "chain.chainbrain", INVOICE.item_id, "--same"]) == 2
    assert "用 cash-item --item 编号 --remove 删掉一项" in capsys.readouterr().err
