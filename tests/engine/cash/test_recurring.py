"""Steady payments of the bank's history: which make a rhythm, what is proposed, and what the plan knows already."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path
from random import Random

import pytest

from chainbrain.cash.plan import PlanItem
from chainbrain.cash.recurring import Outgoing, Proposal, proposals
from chainbrain.cli import main
from chainbrain.workspace import Workspace

ACCOUNT, COMPANY = "33050161872700000719", "杭州禾满餐饮管理有限公司"
KNOWN_TO = date(2026, 10, 31)


def _paid(payee: str, *days: tuple[date, str], memo: str | None = None) -> list[Outgoing]:
    return [
        Outgoing(f"{payee}{day}{amount}{n}", ACCOUNT, day, Decimal(amount), payee, memo, "bank.csv", n)
        for n, (day, amount) in enumerate(days)
    ]


def _months(*days: int) -> list[date]:
    return [date(2026, month, day) for month, day in zip((7, 8, 9, 10), days, strict=True)]


def _proposed(lines: list[Outgoing], plan: tuple[PlanItem, ...] = ()) -> tuple[Proposal, ...]:
    return proposals(lines, plan, {ACCOUNT: COMPANY}, {ACCOUNT: KNOWN_TO})


def test_a_rent_that_weekends_move_is_monthly_and_next_on_its_usual_day() -> None:
    rent = _paid("西城物业管理有限公司", *((day, "15100.00") for day in _months(7, 7, 8, 8)), memo="S001 房租")
    (found,) = _proposed(rent)
    assert (found.item.kind, found.item.cycle, found.item.amount) == ("rent", "monthly", Decimal("15100.00"))
    assert (found.item.day, found.item.entity, found.steady) == (date(2026, 11, 8), COMPANY, True)
    assert [one.day for one in found.evidence] == _months(7, 7, 8, 8)


def test_ends_of_months_belong_to_the_31st() -> None:
    days = [date(2026, 7, 31), date(2026, 8, 31), date(2026, 9, 30), date(2026, 10, 31)]
    (found,) = _proposed(_paid("还款", *((day, "5000.00") for day in days)))
    assert (found.item.day, found.item.kind) == (date(2026, 11, 30), "loan")


def test_a_30th_that_ends_some_months_only_stays_the_30th() -> None:
    paid_on = [date(2026, month, 30) for month in (4, 5, 6, 7, 8, 9)]
    (found,) = _proposed(_paid("房东", *((day, "20000.00") for day in paid_on)))
    assert found.item.day == date(2026, 10, 30)


def test_amounts_within_a_tenth_of_the_middle_one_are_alike_and_others_are_not() -> None:
    near = ["9200.00", "10000.00", "10900.00", "10300.00"]
    (found,) = _proposed(_paid("冷链", *zip(_months(3, 3, 3, 2), near, strict=True)))
    assert (found.item.amount, found.steady) == (Decimal("10150.00"), False)
    far = ["8900.00", "10000.00", "12000.00", "10300.00"]
    assert _proposed(_paid("冷链", *zip(_months(3, 3, 3, 2), far, strict=True))) == ()


def test_two_rents_to_one_landlord_are_two_proposals() -> None:
    lines = [
        *_paid("物业", *((day, "15100.00") for day in _months(7, 7, 8, 8))),
        *_paid("物业", *((day, "16000.00") for day in _months(7, 7, 8, 8))),
        *_paid("物业", *((day, "21000.00") for day in _months(7, 7, 8, 8))),
    ]
    Random(3).shuffle(lines)
    assert [one.item.amount for one in _proposed(lines)] == [Decimal(21000), Decimal(16000), Decimal(15100)]


def test_weeks_may_skip_a_holiday_but_no_rhythm_is_made_of_chance() -> None:
    start = date(2026, 9, 7)
    weekly = [start + timedelta(days=7 * n) for n in (0, 1, 2, 3, 5, 6, 7)]
    (found,) = _proposed(_paid("蔬菜合作社", *((day, "5500.00") for day in weekly)))
    assert (found.item.cycle, found.item.day) == ("weekly", weekly[-1] + timedelta(days=7))
    odd = [start + timedelta(days=n) for n in (0, 3, 17, 21, 44)]
    assert _proposed(_paid("装修", *((day, "5500.00") for day in odd))) == ()
    assert _proposed(_paid("两次", *((day, "5500.00") for day in weekly[:2]))) == ()


def test_what_stopped_is_not_proposed() -> None:
    days = [date(2026, month, 10) for month in (5, 6, 7, 8)]
    assert _proposed(_paid("旧房东", *((day, "9000.00") for day in days))) == ()


def test_the_plan_hides_what_it_knows() -> None:
    lines = _paid("物业", *((day, "15100.00") for day in _months(7, 7, 8, 8)))
    (found,) = _proposed(lines)
    known = PlanItem("1", date(2026, 11, 5), COMPANY, "rent", Decimal("15500.00"), "monthly")
    assert _proposed(lines, (known,)) == ()
    other_day = PlanItem("1", date(2026, 11, 22), COMPANY, "rent", Decimal("15100.00"), "monthly")
    assert _proposed(lines, (other_day,)) == (found,)
    assert _proposed(lines, (PlanItem("1", date(2026, 11, 5), "别的公司", "rent", Decimal(15100), "monthly"),)) == (
        found,
    )
    # Taken over and then changed: it stays taken over.
    changed = PlanItem("1", date(2027, 1, 20), COMPANY, "rent", Decimal(30000), "quarterly", grounds=found.key)
    assert _proposed(lines, (changed,)) == ()


def test_a_proposal_of_a_book_is_taken_over_once_and_undone(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "a.chainbrain"
    with Workspace.create(path) as workspace:
        for number, day in enumerate(_months(15, 15, 15, 15)):
            workspace.book.execute(
                "insert into base.bank_lines (bank_line_id, bank_account, posted_at, amount, balance, counterparty,"
                " memo, file_id, line)"
                " values (uuid(), $account, $day, -38140, 500000, '代发工资', $memo, uuid(), $line)",
                account=ACCOUNT, day=day, memo=f"{day:%Y年%m月}工资", line=number,
            )  # fmt: skip
        # Money moved between own accounts is no payment to anybody.
        workspace.book.execute(
            "insert into base.bank_lines (bank_line_id, bank_account, posted_at, amount, counterparty,"
            " counterparty_account, file_id, line)"
            " select uuid(), $account, day, -1000, '自己', '3305 0161 8727 0000 0719', uuid(), 9 "
            "from unnest([date '2026-08-01', date '2026-09-01', date '2026-10-01']) t(day)",
            account=ACCOUNT,
        )
    assert main(["cash-proposals", str(path)]) == 0
    said = capsys.readouterr().out
    assert "代发工资" in said and "38,140.00" in said and "2026-11-15" in said and "自己" not in said
    assert main(["cash-proposals", str(path), "--accept", "2"]) == 2
    # Whose account it is nobody said: a plan needs the legal entity.
    assert main(["cash-proposals", str(path), "--accept", "1"]) == 2
    assert "收付主体" in capsys.readouterr().err
    item = ["cash-item", str(path), "--entity", COMPANY, "--kind", "税", "--amount", "9", "--day", "2026-12-01"]
    assert main(item) == 0
    # Now the book knows one legal entity, and the account is its. What is not taken in is taken off all the same: said.
    capsys.readouterr()
    assert main(["cash", str(path)]) == 0
    said = capsys.readouterr().out
    assert "有 1 项定期付款没进计划" in said and "76,280.00 元，已按银行流水扣掉" in said
    assert main(["cash", str(path), "--no-irregular"]) == 0
    assert "另有 1 项定期付款没进计划，到 2027-01-14 约 76,280.00 元没有扣" in capsys.readouterr().out
    assert main(["cash-proposals", str(path), "--accept", "1"]) == 0
    assert main(["cash", str(path)]) == 0
    assert "定期付款没进计划" not in capsys.readouterr().out
    with Workspace.open(path) as workspace:
        assert workspace.cash.recurring() == ()
        assert [(one.kind, one.amount) for one in workspace.cash.plan()] == [
            ("wages", Decimal("38140.00")), ("tax", Decimal("9.00")),
        ]  # fmt: skip
        workspace.undo()
        (again,) = workspace.cash.recurring()
        assert (again.item.kind, again.item.cycle, len(again.evidence)) == ("wages", "monthly", 4)
