"""A forecast is looked at on a day: what lies before it is over, and what is said speaks from it on."""

from __future__ import annotations

import json
from contextlib import nullcontext
from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path

import numpy as np
import openpyxl
import pytest
from cash_examples import SOLD_TO, A, banks, item_of, outlook_of
from sales_book import uid

from chainbrain import clock, texts
from chainbrain.cash import verdict
from chainbrain.cash.idle import balances
from chainbrain.cash.outlook import CashOutlook, CashPath
from chainbrain.cli import main
from chainbrain.workspace import Rooms

FLOOR = {A: Decimal(10000)}


def foreseen() -> CashOutlook:
    """The floor of A breaks on 14 August, for six days, and never again."""
    return outlook_of(
        banks(), item_of(date(2026, 8, 14), "95000.00"), item_of(date(2026, 8, 20), "-50000.00", kind="other"),
        floors=FLOOR,
    )  # fmt: skip


def of_a(found: CashOutlook) -> CashPath:
    path = found.path(A)
    assert path is not None
    return path


def said(found: CashOutlook, lang: str = "zh") -> str:
    return " ".join(
        texts.message(code, lang, **facts) for code, facts in verdict.told(verdict.verdict(found, of_a(found)))
    )


def test_the_day_is_the_computers_unless_another_is_said(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(clock.SAID, "2026-08-20")
    assert clock.today() == date(2026, 8, 20)
    monkeypatch.delenv(clock.SAID)
    assert abs(clock.today() - date.today()) <= timedelta(days=1)


def test_statements_of_before_the_weekend_are_not_old_and_a_week_is() -> None:
    found = foreseen()
    ages = {days: found.looked_at(SOLD_TO + timedelta(days=days)) for days in (-5, 0, 1, 3, 4, 27)}
    assert {days: one.age for days, one in ages.items()} == {-5: 0, 0: 0, 1: 1, 3: 3, 4: 4, 27: 27}
    assert [days for days, one in ages.items() if one.old] == [4, 27]
    assert "距今 27 天" in said(ages[27]) and "导入 2026-08-02 之后的银行流水" in said(ages[27])
    assert "距今" not in said(ages[3]) and "27 days ago" in said(ages[27], "en")


def test_a_day_that_is_over_is_no_warning_and_no_lowest_day() -> None:
    found = foreseen()
    before = of_a(found.looked_at(date(2026, 8, 10)))
    assert before.breach is not None and before.breach.day == date(2026, 8, 14)
    within = of_a(found.looked_at(date(2026, 8, 16)))
    assert within.breach is not None and within.breach.day == date(2026, 8, 16)
    later = found.looked_at(date(2026, 8, 20))
    path = of_a(later)
    assert path.breach is None and path.lowest.day == date(2026, 8, 20)
    assert (path.over[0].day, path.over[-1].day) == (SOLD_TO + timedelta(days=1), date(2026, 8, 19))
    assert "08-14" not in said(later) and verdict.verdict(later, path).kind == verdict.HOLDS
    assert path.over + path.ahead == path.days


def test_a_forecast_whose_days_are_all_over_says_only_that() -> None:
    found = foreseen().looked_at(SOLD_TO + timedelta(days=29))
    assert found.all_over and of_a(found).breach is None
    answer = verdict.verdict(found, of_a(found))
    assert answer.kind == verdict.OVER and answer.figure is None and answer.step[0] == "cash.step_import"
    assert "已经全部过去" in said(found) and "底线" not in said(found)


def test_what_the_middle_path_does_will_be_and_what_only_the_low_one_does_may_be() -> None:
    found = foreseen()
    path = of_a(found)
    assert "2026-08-14 起会低于底线 ¥10,000.00（中间情形）" in said(found) and "可能" not in said(found)
    assert "Will be below" in said(found, "en") and "Perhaps" not in said(found, "en")

    def with_days(low: dict[int, str], middle: dict[int, str]) -> CashOutlook:
        days = tuple(
            replace(one, p5=Decimal(low.get(one.day.day, "20000")), p50=Decimal(middle.get(one.day.day, "30000")))
            for one in path.days
            if one.day.month == 8
        )
        return replace(found, paths=(found.chain, replace(path, days=days)))

    perhaps = with_days({11: "9000"}, {})
    assert "2026-08-11 起可能低于底线" in said(perhaps) and "中间情形不会" in said(perhaps)
    assert "2026-08-11 前多备 ¥1,000.00" in said(perhaps)
    both = with_days({11: "9000", 14: "4000"}, {14: "7500.50"})
    assert "2026-08-14 起会低于底线" in said(both) and "偏低的情形 2026-08-11 起" in said(both)
    assert "最低 ¥7,500.50（2026-08-14，中间情形）" in said(both) and "多备 ¥6,000.00" in said(both)
    calm = with_days({}, {})
    assert "也不低于底线" in said(calm) and "不用另外备钱" in said(calm)


def test_the_days_to_come_by_themselves_are_the_same_balances() -> None:
    path = replace(of_a(foreseen()), since=date(2026, 8, 15))
    moved = np.add.accumulate(np.ones((40, len(path.days))), axis=1)
    path = replace(path, moved=moved)
    whole, cut = balances(path), balances(path.from_now())
    count = len(path.over)
    assert (cut.first, count) == (date(2026, 8, 15), 12)
    assert (cut.fen == whole.fen[:, count:]).all() and cut.low is not None and whole.low is not None
    assert (cut.low == whole.low[count:]).all()


@pytest.fixture
def rooms(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Rooms:
    chain = banks()
    chain.row(
        "cash_plans", cash_plan_id=uid("plan"), day=date(2026, 8, 10), party=A, kind="wages", amount=Decimal(95000),
        cycle="once", file_id=uid("plan"), sheet=None, line=1,
    )  # fmt: skip
    made = Rooms(chain.done(), tmp_path / "chain.chainbrain")
    made.book.execute("insert into base.history values (1, now(), 'me', 'cash_floor', '{}', true, null, null)")
    made.book.execute("insert into base.cash_floor_words values (1, 1, now(), 'me', null, 1000)")
    made.book.execute(
        'insert into base.cash_product_words (word_id, entry_id, "at", who, name, removed, lock_days, lag_days,'
        " cap, rate, risk, said_on) select 900, 1, now(), 'me', '七天', false, 7, 0, null, 0.01, 'R1', '2025-01-01'"
    )
    monkeypatch.setattr("chainbrain.workspace.Workspace.open", lambda *_: nullcontext(made))
    return made


def test_command_and_report_say_the_same_and_mark_the_days_that_are_over(
    rooms: Rooms, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    asked = ["--quiet", "cash", "chain.chainbrain", "--today", "2026-08-30"]
    assert main(asked) == 0
    told = capsys.readouterr().out
    assert "距今 28 天" in told and told.index("距今") < told.index("也不低于底线")
    assert "2026-08-03 到 2026-08-29 已过去，没有流水证明。" in told and "已过去，没有流水证明\n" in told
    assert main([*asked, "--json"]) == 0
    made = json.loads(capsys.readouterr().out)
    assert (made["today"], made["statements_age"], made["statements_old"]) == ("2026-08-30", 28, True)
    assert made["paths"][0]["verdict"] == "holds" and made["paths"][0]["days_over"] == 27
    out = tmp_path / "cash.xlsx"
    assert main([*asked, "--out", str(out)]) == 0
    cells = [str(cell) for sheet in openpyxl.load_workbook(out) for row in sheet.values for cell in row if cell]
    assert any("2026-08-30" in one for one in cells) and any("距今 28 天" in one for one in cells)
    assert cells.count("已过去，没有流水证明") == 3 * 27


def test_no_order_is_planned_for_a_day_that_is_over(rooms: Rooms, capsys: pytest.CaptureFixture[str]) -> None:
    asked = ["--quiet", "cash-ladder", "chain.chainbrain", "--safety", "1000", "--json", "--today"]
    assert main([*asked, "2026-08-30"]) == 0
    made = json.loads(capsys.readouterr().out)
    assert made["today"] == "2026-08-30" and made["statements_old"]
    assert made["plan"]["lots"] and all(lot["stay"]["put_on"] >= "2026-08-30" for lot in made["plan"]["lots"])
    assert main([*asked[:-2], "--today", "2026-08-30"]) == 0
    assert "先看银行余额" in capsys.readouterr().out
    assert main([*asked, "2027-08-30"]) == 2
    assert "先导入最新的银行流水" in capsys.readouterr().err


def test_a_day_of_the_environment_that_is_none_is_said_with_the_form_that_is_wanted(
    rooms: Rooms, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("CHAINBRAIN_TODAY", "28.11.2026")
    assert main(["--quiet", "cash", "chain.chainbrain", "--json"]) == 2
    said = capsys.readouterr().err
    assert "CHAINBRAIN_TODAY" in said and "28.11.2026" in said and "2026-11-28" in said
    # A day that is typed needs none of the environment, and an empty one is none.
    assert main(["--quiet", "cash", "chain.chainbrain", "--json", "--today", "2026-08-30"]) == 0
    monkeypatch.setenv("CHAINBRAIN_TODAY", " ")
    assert clock.today() == date.today()
