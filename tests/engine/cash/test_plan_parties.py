"""A legal entity mistyped in the plan: asked about, left out by name, and no account changes hands for it."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal
from pathlib import Path

import pytest

from chainbrain import legal_entities
from chainbrain.cash.drafts import PlanText, read
from chainbrain.cash.plan import PlanItem
from chainbrain.cash.uncounted import left_out, overdue, to_pay
from chainbrain.cli import main
from chainbrain.errors import UserError
from chainbrain.workspace import Workspace

COMPANY, SHORT = "杭州禾满餐饮管理有限公司", "杭州禾满"
ACCOUNT = "33050161872700000719"


@pytest.fixture
def book(tmp_path: Path) -> Path:
    """Nothing but one bank statement: no table says whose account it is."""
    path = tmp_path / "a.chainbrain"
    with Workspace.create(path) as workspace:
        workspace.book.execute(
            "insert into base.bank_lines (bank_line_id, bank_account, posted_at, amount, balance, counterparty,"
            " file_id, line) values (uuid(), $number, $at, -1, 3000000, '手续费', uuid(), 1)",
            number=ACCOUNT, at=datetime(2026, 10, 31, 9),
        )  # fmt: skip
    return path


def _merchant_number(workspace: Workspace) -> None:
    """A merchant number of the company, without the bank account that its money goes to."""
    workspace.book.execute(
        "insert into base.accounts (account_id, row_id, channel, merchant_no, legal_entity, settlement_rule, file_id,"
        " line, entry_id) values (uuid(), uuid(), 'wechat', '1', $entity, 'T1', uuid(), 1, 1)",
        entity=COMPANY,
    )


def _item(book: Path, entity: str, amount: str) -> list[str]:
    told = ["cash-item", str(book), "--entity", entity, "--kind", "租金", "--amount", amount, "--day", "2026-11-30"]
    return [*told, "--cycle", "每月"]


def test_one_mistyped_entity_is_asked_about_and_empties_nothing(book: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(_item(book, COMPANY, "2400000")) == 0
    assert "没有" not in capsys.readouterr().err
    assert main(["cash-floor", str(book), "100000"]) == 0
    with Workspace.open(book) as workspace:
        before = workspace.cash.outlook(workspace.rules.calendar()).chain
        assert before.breach is not None and before.breach.day == date(2026, 12, 30)
    assert main(_item(book, SHORT, "10000")) == 0
    assert f"没有“{SHORT}”这个主体，是不是“{COMPANY}”" in capsys.readouterr().err
    with Workspace.open(book) as workspace:
        found = workspace.cash.outlook(workspace.rules.calendar())
        assert [day.p5 for day in found.chain.days] == [day.p5 for day in before.days]
        assert found.entities_left_out == (SHORT,)
        lacking = left_out(found, workspace.cash.plan())
        assert [due.item.entity for due in lacking] == [SHORT] * 3 and to_pay(lacking) == Decimal("30000.00")
    capsys.readouterr()
    assert main(["cash", str(book)]) == 0
    said = capsys.readouterr().out
    assert "2026-12-30 起会低于底线" in said and "30,000.00 元要付（杭州禾满，3 次）没有算进去" in said


def test_what_is_written_first_keeps_the_accounts_even_when_it_is_changed_later(book: Path) -> None:
    with Workspace.open(book) as workspace:
        desk = workspace.cash_desk
        desk.write(read(PlanText("2026-11-30", COMPANY, "租金", "100", "每月")))
        desk.write(read(PlanText("2026-11-30", SHORT, "税", "200", "每月")))
        first = next(one for one in workspace.cash.plan() if one.entity == COMPANY)
        desk.write(PlanItem(first.item_id, first.day, COMPANY, "rent", Decimal(150), "monthly"))
        assert [one.entity for one in workspace.cash.accounts()] == [COMPANY]
        assert workspace.cash.owners() == (COMPANY,)


def test_a_plan_for_two_companies_at_once_gives_the_account_to_neither(book: Path, tmp_path: Path) -> None:
    table = tmp_path / "plan.csv"
    rows = "".join(f"2026-11-30,{one},租金,100,每月,,\n" for one in (COMPANY, "南京小满餐饮有限公司"))
    table.write_text(f"日期,收付主体,类型,金额,周期,截止日期,备注\n{rows}", encoding="utf-8")
    assert main(["--quiet", "import", str(book), str(table)]) == 0
    with Workspace.open(book) as workspace:
        assert [one.entity for one in workspace.cash.accounts()] == [""]


def test_an_account_without_a_table_belongs_to_the_only_company_that_the_tables_name(book: Path) -> None:
    with Workspace.open(book) as workspace:
        _merchant_number(workspace)
        workspace.cash_desk.write(read(PlanText("2026-11-30", "乙公司", "税", "200", "每月")))
        assert [one.entity for one in workspace.cash.accounts()] == [COMPANY]


def test_a_company_that_only_the_plan_names_is_told_what_is_known_and_what_is_not(
    book: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    with Workspace.open(book) as workspace:
        _merchant_number(workspace)
    assert main(_item(book, SHORT, "10000")) == 0
    capsys.readouterr()
    for lang, cash, receipts in (
        ("zh", f"不知道“{SHORT}”账上有多少钱", f"“{SHORT}”只在资金计划里有"),
        ("en", f"What is in the accounts of “{SHORT}” is not known", f"“{SHORT}” stands in the plan alone"),
    ):
        assert main(["--lang", lang, "cash", str(book), "--entity", SHORT]) == 2
        assert cash in capsys.readouterr().err
        assert main(["--lang", lang, "forecast", str(book), "--horizon", "28", "--entity", SHORT]) == 2
        assert receipts in capsys.readouterr().err
    assert main(["cash", str(book), "--entity", "没有这家"]) == 2
    assert "没有主体“没有这家”的余额" in capsys.readouterr().err
    assert main(["forecast", str(book), "--horizon", "28", "--entity", "没有这家"]) == 2
    assert "没有叫“没有这家”的收付主体" in capsys.readouterr().err


def test_the_import_of_a_plan_notes_a_company_without_accounts(book: Path, tmp_path: Path) -> None:
    table = tmp_path / "plan.csv"
    table.write_text(
        f"日期,收付主体,类型,金额,周期,截止日期,备注\n2026-11-30,{SHORT},租金,100,每月,,\n", encoding="utf-8"
    )
    with Workspace.open(book) as workspace:
        _merchant_number(workspace)
        (plan,) = workspace.imports.plan([table]).files
        assert [(note.code, dict(note.facts)) for note in plan.notes] == [
            ("cash.entity_misspelt", {"entity": SHORT, "near": COMPANY})
        ]
        workspace.imports.close()


def test_a_company_is_known_meant_or_unknown() -> None:
    assert legal_entities.unknown(f" {COMPANY} ", {COMPANY}) is None
    assert legal_entities.unknown(SHORT, set()) is None
    hint = legal_entities.unknown("杭州禾满餐饮管理有限责任公司", {COMPANY, "南京小满餐饮有限公司"})
    assert hint is not None and hint.facts["near"] == COMPANY
    hint = legal_entities.unknown("ABC", {COMPANY})
    assert hint is not None and hint.code == "cash.entity_unknown" and hint.facts["known"] == (COMPANY,)


def test_only_what_falls_once_can_be_overdue() -> None:
    once = PlanItem("", date(2026, 10, 31), COMPANY, "tax", Decimal(1))
    assert overdue(once, date(2026, 10, 31)) and not overdue(once, date(2026, 10, 30)) and not overdue(once, None)
    assert not overdue(PlanItem("", date(2026, 1, 1), COMPANY, "tax", Decimal(1), "monthly"), date(2026, 10, 31))


def test_the_report_is_of_one_company_or_of_all_and_with_the_payments_that_were_asked_for(book: Path) -> None:
    with Workspace.open(book) as workspace:
        workspace.cash_desk.write(read(PlanText("2026-11-30", COMPANY, "租金", "100", "每月")))
        reports = workspace.reports
        days, dues, way, apart, verdict = reports.make("cash", entity=COMPANY, payments="known").tables
        assert days.rows["entity"].unique().to_list() == [COMPANY] and dues.rows.height == 3
        assert way.name == "cash_way" and apart.name == "cash_way_apart"
        assert verdict.name == "cash_verdict" and set(verdict.rows["entity"]) == {COMPANY}
        assert reports.make("cash", payments="known").notes("zh")[0] == "扣的支出 只扣已知的"
        assert reports.make("cash").notes("zh")[0].startswith("银行流水到 2026-10-31")
        everything = reports.make("cash").tables[0].worded("zh")
        assert set(everything["entity"]) == {"全部主体", COMPANY}
        with pytest.raises(UserError) as refused:
            reports.make("cash", entity="丁")
        assert refused.value.code == "cash.unknown_entity"


def test_short_names_leave_the_legal_form_out_unless_two_would_be_alike() -> None:
    assert legal_entities.short_names({COMPANY, "南京小满有限公司"}) == {COMPANY: SHORT, "南京小满有限公司": "南京小满"}
    alike = {COMPANY, "杭州禾满有限公司"}
    assert legal_entities.short_names(alike) == {one: one for one in alike}
