"""All companies together may have enough while one has not: the money of one is not that of another."""

from __future__ import annotations

import json
from contextlib import nullcontext
from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path

import pytest
from cash_examples import SOLD_TO, A, B, banks, item_of, outlook_of
from sales_book import uid

from chainbrain import texts
from chainbrain.cash import verdict
from chainbrain.cash.companies_short import companies_short
from chainbrain.cash.outlook import CashOutlook
from chainbrain.cli import main
from chainbrain.workspace import Rooms

DAY = date(2026, 8, 12)


def foreseen(floors: dict[str | None, Decimal] | None = None) -> CashOutlook:
    """B has 20,000.50 and pays 50,000; all together have 120,000.50."""
    return outlook_of(banks(), item_of(DAY, "50000.00", B), floors=floors or {})


def said(found: CashOutlook, entity: str | None = None, lang: str = "zh") -> str:
    path = found.path(entity)
    assert path is not None
    told = verdict.told(verdict.verdict(found, path))
    # Whatever is told has words in both languages, and every fact is filled in.
    assert all(code in texts.catalogue("messages") for code, _ in told)
    words = "\n".join(texts.message(code, lang, **facts) for code, facts in told)
    assert "…" not in words
    return words


def test_a_company_without_a_floor_that_falls_below_zero_is_told_the_day() -> None:
    found = foreseen()
    path = found.path(B)
    assert path is not None and path.floor is None
    assert verdict.verdict(found, path).kind == verdict.WILL
    words = said(found, B)
    assert "2026-08-12 起会不够：账上会低于 0" in words and "最低 −¥29,999.50" in words
    assert "2026-08-12 前多备 ¥29,999.50" in words and "说不出" not in words
    assert "Will be below 0 from 2026-08-12 on" in said(found, B, "en")
    # Exactly 0 is not below it.
    none_left = outlook_of(banks(), item_of(DAY, "20000.50", B))
    assert "还没有定底线" in said(none_left, B) and companies_short(none_left) == ()


def test_all_companies_together_name_the_one_that_is_short_though_they_hold() -> None:
    found = foreseen({None: Decimal(10000)})
    answer = verdict.verdict(found, found.chain)
    assert answer.kind == verdict.WILL and answer.about == found.path(B)
    words = said(found)
    assert words.startswith("乙 2026-08-12 起会不够：账上低于 0，最多差 ¥29,999.50")
    assert "不用另外备钱" not in words and "2026-08-12 前给 乙 多备 ¥29,999.50" in words
    assert "全部公司的钱合在一起，往后最低 ¥70,000.50" in words and "不能互相抵" in words
    assert "乙 最低 −¥29,999.50" in words and said(found, lang="en").startswith("乙 will be short from 2026-08-12")
    # With its own floor the sum is that of the floor.
    floored = said(foreseen({None: Decimal(10000), B: Decimal(5000)}))
    assert floored.startswith("乙 2026-08-12 起会不够：比底线 ¥5,000.00 最多差 ¥34,999.50")
    assert "给 乙 多备 ¥34,999.50，偏低的情形也不低于它的底线" in floored


def test_what_is_worse_of_the_two_stands_first_and_the_other_beside_it() -> None:
    found = foreseen({None: Decimal(200000)})
    answer = verdict.verdict(found, found.chain)
    assert answer.about is found.chain and said(found).startswith("2026-08-03 起会低于底线 ¥200,000.00")
    assert "乙 2026-08-12 起会不够" in said(found)
    both = outlook_of(banks(), item_of(DAY, "50000.00", B), item_of(DAY, "150000.00"), floors={})
    assert [one.entity for one in companies_short(both)] == [A, B]
    words = said(both)
    # All together lack more than either of them.
    assert words.startswith("2026-08-12 起会不够：账上会低于 0") and "甲 2026-08-12 起会不够" in words
    assert "另有 1 家公司会或可能不够（从哪天起、最多差多少）：乙 2026-08-12 ¥29,999.50" in words
    holds = outlook_of(banks(), floors={None: Decimal(10000)})
    assert "不用另外备钱" in said(holds) and verdict.verdict(holds, holds.chain).beside == ()


def test_old_statements_come_first_and_the_lowest_is_said_to_be_from_today_on() -> None:
    found = foreseen({None: Decimal(10000)}).looked_at(SOLD_TO + timedelta(days=5))
    words = said(found)
    assert "乙 2026-08-12 起会不够" in words and "下一步：导入" in words and "乙 今天起最低 −¥29,999.50" in words
    assert "今天起最低" in said(found, A) and "今天起最低" not in said(foreseen(), A)


def test_command_says_the_company_first_and_json_has_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    chain = banks()
    chain.row(
        "cash_plans", cash_plan_id=uid("plan"), day=DAY, party=B, kind="wages", amount=Decimal(50000), cycle="once",
        file_id=uid("plan"), sheet=None, line=1,
    )  # fmt: skip
    made = Rooms(chain.done(), tmp_path / "chain.chainbrain")
    made.book.execute("insert into base.history values (1, now(), 'me', 'cash_floor', '{}', true, null, null)")
    made.book.execute("insert into base.cash_floor_words values (1, 1, now(), 'me', null, 1000)")
    monkeypatch.setattr("chainbrain.workspace.Workspace.open", lambda *_: nullcontext(made))
    asked = ["--quiet", "cash", "chain.chainbrain", "--today", "2026-08-03"]
    assert main(asked) == 0
    lines = capsys.readouterr().out.splitlines()
    assert lines[1].startswith("乙 2026-08-12 起会不够") and not any("不用另外备钱" in one for one in lines)
    assert any("08-12 工资 50,000.00" in one for one in lines)
    assert main([*asked, "--json"]) == 0
    paths = json.loads(capsys.readouterr().out)["paths"]
    assert paths[0]["verdict"] == "will"
    (short,) = paths[0]["companies_short"]
    assert (short["entity"], short["kind"], short["day"], short["amount"]) == (B, "will", "2026-08-12", "29999.50")
    assert paths[1]["companies_short"] == []
