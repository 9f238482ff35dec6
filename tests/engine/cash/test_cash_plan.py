"""The plan of payments: on which days its items fall, and what a person adds, changes and takes out."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from pathlib import Path
from random import Random

import pytest

from chainbrain.cash import drafts
from chainbrain.cash.accounts import Account
from chainbrain.cash.drafts import PlanText
from chainbrain.cash.plan import PlanItem, dated, falls_on
from chainbrain.cli import main
from chainbrain.errors import UserError
from chainbrain.workspace import Workspace

COMPANY = "杭州禾满餐饮管理有限公司"
TABLE = f"""日期,收付主体,类型,金额,周期,截止日期,备注
2026-11-10,{COMPANY},工资,186000.00,每月,2027-12-31,
2026-11-01,{COMPANY},租金,66000,每季,,西溪店
2026-12-01,{COMPANY},其他,-30000.00,一次,,收回押金
"""


def _item(day: date, cycle: str = "once", until: date | None = None, amount: str = "100.00") -> PlanItem:
    return PlanItem("", day, COMPANY, "rent", Decimal(amount), cycle, until)


def _days(item: PlanItem, first: date, after: date) -> list[str]:
    return [f"{day:%m-%d}" for day in falls_on(item, first, after)]


def test_an_item_of_the_31st_falls_on_the_last_day_of_shorter_months() -> None:
    monthly = _item(date(2026, 10, 31), "monthly")
    found = _days(monthly, date(2026, 11, 1), date(2027, 6, 1))
    assert found == ["11-30", "12-31", "01-31", "02-28", "03-31", "04-30", "05-31"]
    quarterly = _item(date(2026, 11, 30), "quarterly")
    assert _days(quarterly, date(2026, 12, 1), date(2027, 12, 1)) == ["02-28", "05-30", "08-30", "11-30"]
    assert _days(_item(date(2028, 1, 31), "monthly"), date(2028, 2, 1), date(2028, 3, 1)) == ["02-29"]


def test_weeks_and_the_last_day_bound_an_item() -> None:
    weekly = _item(date(2026, 11, 2), "weekly", until=date(2026, 11, 23))
    assert _days(weekly, date(2026, 11, 3), date(2027, 1, 1)) == ["11-09", "11-16", "11-23"]
    assert _days(weekly, date(2026, 11, 23), date(2026, 11, 23)) == []
    assert _days(_item(date(2026, 11, 2)), date(2026, 11, 3), date(2027, 1, 1)) == []
    assert _days(_item(date(2026, 11, 2)), date(2026, 11, 2), date(2026, 11, 3)) == ["11-02"]
    # One that begins later than the days asked for does not fall before it begins.
    assert _days(_item(date(2027, 1, 15), "monthly"), date(2026, 11, 1), date(2027, 2, 1)) == ["01-15"]


def test_the_order_of_items_changes_nothing() -> None:
    items = [
        _item(date(2026, 11, 1 + n % 5), cycle, amount=f"{100 + n}.00")
        for n, cycle in enumerate(("once", "weekly", "monthly", "quarterly") * 5)
    ]
    whole = dated(items, date(2026, 11, 1), date(2027, 2, 1))
    shuffled = items.copy()
    Random(7).shuffle(shuffled)
    assert dated(shuffled, date(2026, 11, 1), date(2027, 2, 1)) == whole
    assert len(whole) == sum(len(falls_on(one, date(2026, 11, 1), date(2027, 2, 1))) for one in items)


@pytest.mark.parametrize(
    ("text", "code"),
    [
        (PlanText("2026-13-01", COMPANY, "工资", "1"), "cash.no_day"),
        (PlanText("2026-12-01", "  ", "工资", "1"), "cash.no_entity"),
        (PlanText("2026-12-01", COMPANY, "奖金", "1"), "cash.no_kind"),
        (PlanText("2026-12-01", COMPANY, "工资", "0"), "cash.no_amount"),
        (PlanText("2026-12-01", COMPANY, "工资", "1.234"), "cash.no_amount"),
        (PlanText("2026-12-01", COMPANY, "工资", "9" * 30), "cash.no_amount"),
        (PlanText("2026-12-01", COMPANY, "工资", "1" + "0" * 15), "cash.no_amount"),
        (PlanText("2026-12-01", COMPANY, "工资", "1", "每天"), "cash.no_cycle"),
        (PlanText("9999-12-31", COMPANY, "工资", "1", "每月"), "cash.far_day"),
        (PlanText("0003-12-01", COMPANY, "工资", "1"), "cash.far_day"),
        (PlanText("2026-12-01", COMPANY, "工资", "1", "每月", "2026-11-30"), "cash.dates"),
    ],
)
def test_what_cannot_be_planned_is_refused(text: PlanText, code: str) -> None:
    with pytest.raises(UserError) as refused:
        drafts.read(text)
    assert refused.value.code == code


def test_an_item_without_an_end_that_matters_falls_on_all_its_days() -> None:
    for cycle, count in (("once", 1), ("weekly", 5), ("monthly", 2), ("quarterly", 1)):
        item = PlanItem("x", date(2026, 12, 1), COMPANY, "rent", Decimal(5), cycle, date.max)
        assert len(falls_on(item, date(2026, 12, 1), date(2027, 1, 2))) == count
    last = PlanItem("x", date(2026, 12, 1), COMPANY, "rent", Decimal(5), "weekly", date(2026, 12, 8))
    assert falls_on(last, date(2026, 12, 1), date(2027, 1, 1)) == [date(2026, 12, 1), date(2026, 12, 8)]


@pytest.fixture
def book(tmp_path: Path) -> Path:
    table = tmp_path / "plan.csv"
    table.write_text(TABLE, encoding="utf-8")
    path = tmp_path / "a.chainbrain"
    assert main(["--quiet", "import", str(path), str(table)]) == 0
    return path


def _plan(workspace: Workspace) -> list[tuple[str, Decimal, bool]]:
    return [(one.kind, one.amount, one.by_hand) for one in workspace.cash.plan()]


def test_an_item_is_added_changed_and_taken_out_and_each_is_undone(book: Path) -> None:
    with Workspace.open(book) as workspace:
        before = workspace.cash.plan()
        assert [(one.kind, one.cycle) for one in before] == [
            ("rent", "quarterly"), ("wages", "monthly"), ("other", "once"),
        ]  # fmt: skip
        desk = workspace.cash_desk
        desk.write(drafts.read(PlanText("2026-12-15", f" {COMPANY} ", "税", "12,800.50", "每月", note="增值税")))
        added = next(one for one in workspace.cash.plan() if one.kind == "tax")
        assert (added.entity, added.amount, added.by_hand, added.note) == (COMPANY, Decimal("12800.50"), True, "增值税")
        rent = before[0]
        desk.write(PlanItem(rent.item_id, rent.day, rent.entity, "rent", Decimal(70000), "quarterly"))
        assert ("rent", Decimal("70000.00"), True) in _plan(workspace)
        desk.remove(rent.item_id)
        assert len(workspace.cash.plan()) == 3
        workspace.undo()
        assert ("rent", Decimal("70000.00"), True) in _plan(workspace)
        workspace.undo()
        assert ("rent", Decimal("66000.00"), False) in _plan(workspace)
        workspace.undo()
        assert workspace.cash.plan() == before
        workspace.redo()
        assert added in workspace.cash.plan()
        with pytest.raises(UserError) as refused:
            desk.remove("00000000-0000-0000-0000-000000000000")
        assert refused.value.code == "cash.unknown_item"


def test_the_exported_table_comes_back_as_the_same_plan(book: Path, tmp_path: Path) -> None:
    with Workspace.open(book) as workspace:
        workspace.cash_desk.write(drafts.read(PlanText("2026-12-31", COMPANY, "贷款", "5000", "每月", "2027-06-30")))
        path = tmp_path / "again.csv"
        assert workspace.cash.write_table(path) == 4
        said = [(one.day, one.kind, one.amount, one.cycle, one.until, one.note) for one in workspace.cash.plan()]
    other = tmp_path / "b.chainbrain"
    assert main(["--quiet", "import", str(other), str(path)]) == 0
    with Workspace.open(other) as workspace:
        again = [(one.day, one.kind, one.amount, one.cycle, one.until, one.note) for one in workspace.cash.plan()]
    assert again == said


def test_a_floor_is_kept_per_entity_and_taken_back(book: Path) -> None:
    with Workspace.open(book) as workspace:
        workspace.cash_desk.set_floor(Decimal(200000))
        workspace.cash_desk.set_floor(Decimal(50000), COMPANY)
        workspace.cash_desk.set_floor(Decimal(60000), COMPANY)
        assert workspace.cash.floors() == {None: Decimal("200000.00"), COMPANY: Decimal("60000.00")}
        workspace.undo()
        assert workspace.cash.floors()[COMPANY] == Decimal("50000.00")
        workspace.cash_desk.set_floor(None)
        assert None not in workspace.cash.floors()
        with pytest.raises(UserError):
            workspace.cash_desk.set_floor(Decimal(-1))


def test_the_command_says_that_a_day_is_over_and_refuses_what_would_count_nowhere(
    book: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    held = (Account("1", COMPANY, Decimal(9), date(2026, 10, 30)),)
    monkeypatch.setattr("chainbrain.cash.room.CashRoom.accounts", lambda _: held)
    monkeypatch.setenv("CHAINBRAIN_TODAY", "2026-11-20")
    made = ["cash-item", str(book), "--entity", COMPANY, "--kind", "工资", "--amount", "900", "--day"]
    assert main([*made, "2026-10-20"]) == 2
    assert "2026-10-20 已经在流水里（流水到 2026-10-30）" in capsys.readouterr().err
    assert main([*made, "2026-11-05"]) == 0 and "2026-11-05 已过去" in capsys.readouterr().out
    assert main([*made, "2026-11-25"]) == 0 and "已过去" not in capsys.readouterr().out
    with Workspace.open(book) as workspace:
        assert sorted(one.day.day for one in workspace.cash.plan() if one.by_hand) == [5, 25]


def test_the_command_line_does_the_same(book: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    made = ["cash-item", str(book), "--entity", COMPANY, "--kind", "工资", "--amount", "900", "--day", "2026-12-31"]
    assert main([*made, "--cycle", "每月"]) == 0
    assert "900.00" in capsys.readouterr().out
    with Workspace.open(book) as workspace:
        number = next(one.item_id for one in workspace.cash.plan() if one.by_hand)[:8]
    assert main(["cash-item", str(book), "--item", number, "--amount", "950.50"]) == 0
    assert main(["cash-plan", str(book)]) == 0
    said = capsys.readouterr().out
    assert all(part in said for part in ("950.50", "手工", "表格", "每季", "西溪店"))
    assert main(["cash-item", str(book), "--item", number, "--remove"]) == 0
    assert main(["cash-item", str(book), "--remove"]) == 2
    assert main(["cash-floor", str(book), "20%"]) == 2
    assert main(["cash-floor", str(book), "20.00001万"]) == 0  # 200,000.10
    assert main(["cash-floor", str(book), "20.0000001万"]) == 2  # a tenth of a fen is no money
    assert main(["cash-floor", str(book), "20万"]) == 0
    with Workspace.open(book) as workspace:
        assert workspace.cash.floors() == {None: Decimal("200000.00")}
    assert main([*made, "--amount", "1.5万"]) == 0
    with Workspace.open(book) as workspace:
        assert Decimal("15000.00") in {one.amount for one in workspace.cash.plan()}
        workspace.undo()
    assert main(["cash-floor", str(book), "200000", "--entity", COMPANY]) == 0
    assert main(["cash-plan", str(book), "--export", str(tmp_path / "p.csv")]) == 0
    assert (tmp_path / "p.csv").read_text("utf-8-sig").startswith("日期,收付主体")
    assert main(["history", str(book)]) == 0
    history = capsys.readouterr().out
    assert "删资金计划" in history and "资金底线" in history and "工资 950.50" in history
