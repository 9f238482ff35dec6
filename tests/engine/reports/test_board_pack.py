"""The board pack: its workbook works the planned case out by formulas, to the cent what the engine says."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from sheet_formulas import Sheets

from chainbrain.errors import UserError
from chainbrain.expansion import Scenario, kept, run
from chainbrain.expansion import programme as programmes
from chainbrain.expansion.kept import Worked
from chainbrain.expansion.programme import Programme
from chainbrain.expansion.store_case import store_case
from chainbrain.reports import as_json, as_pdf, as_xlsx, board_pack
from chainbrain.reports.live_chain import running
from chainbrain.reports.tables import Report

D = Decimal
WORKED = Scenario.parse(
    {
        "name": "深圳湾店", "capex": 450000, "deposit": 60000, "mature_monthly_sales": 220000, "gross_margin": "62%",
        "other_variable": "8%", "platform": "6%", "rent": 22000, "labour": 46000, "life_months": 36, "paths": 300,
        "ramp": [50, 60, 70, 80, 85, 90, 95, 100],
    }
)  # fmt: skip
CASES = {
    "worked": WORKED,
    "free months and eaten sales": replace(
        WORKED, rent_free_months=3, cannibalisation=D("0.0375"), contribution=D("0.41"), rent=D("21333.33")
    ),
    "never pays back": replace(WORKED, mature_monthly_sales=D(120_000), life_months=24),
    "every sale loses": replace(WORKED, gross_margin=D("0.10")),
}
ASKED: dict[str, Any] = {
    "name": "两家", "first_month": "2027-01", "months": 6, "paths": 200,
    "chain": {"opening_cash": 1_600_000, "monthly_cash": 50_000, "worse_by": 20_000},
    "limits": {"cash_floor": 600_000},
    "candidates": [{**WORKED.to_mapping(), "name": name, "paths": None, "seed": None} for name in ("甲", "乙", "丙")],
    "funding": [{"name": "设备贷", "amount": 300_000, "annual_rate": "6%", "months": 12}],
}  # fmt: skip


def pack(worked: Worked, name: str = "方案") -> Report:
    return board_pack.of_figures(name, worked.kind, worked.given, worked.plain_figures, "1")


def pack_of(scenario: Scenario) -> Report:
    return pack(kept.of_result(run(scenario), None))


@pytest.fixture(scope="module")
def programme() -> Worked:
    asked = {**ASKED, "candidates": [{k: v for k, v in one.items() if v is not None} for one in ASKED["candidates"]]}
    answer = programmes.run(Programme.parse(asked))
    return kept.of_answer(answer, asked, None)


def answers(sheets: Sheets, sheet: str) -> dict[str, Any]:
    """What the sheet of inputs answers, by the names of its lines."""
    return {str(sheets.value(sheet, f"G{row}")): sheets.value(sheet, f"H{row}") for row in range(5, 11)}


def expected(scenario: Scenario) -> dict[str, Any]:
    case = store_case(scenario)
    try:
        rate: float | str = float(case.rate_of_return().effective)
    except UserError:
        rate = "没有"
    return {
        "净现值": float(case.npv), "内部收益率（年，复利）": rate,
        "回本（第几个月）": "没有" if case.payback_month is None else case.payback_month,
        "最深垫资": float(case.trough), "全部现金合计": float(case.total),
        "保本月销": "没有" if case.break_even_sales is None else float(case.break_even_sales),
    }  # fmt: skip


@pytest.mark.parametrize("name", CASES)
def test_formulas_say_what_the_engine_says_to_the_cent(name: str, tmp_path: Path) -> None:
    path = tmp_path / "pack.xlsx"
    as_xlsx.write(pack_of(CASES[name]), path, "zh")
    found = answers(Sheets(openpyxl.load_workbook(path)), "可改的输入")
    want = expected(CASES[name])
    assert found.keys() == want.keys()
    for key, value in want.items():
        close = pytest.approx(value, abs=1e-7) if key.startswith("内部") and not isinstance(value, str) else value
        assert found[key] == close, key
    # Programs that do not reckon show the same.
    shown = openpyxl.load_workbook(path, data_only=True)["可改的输入"]
    assert [shown[f"H{row}"].value for row in range(5, 11)] == pytest.approx(
        list(want.values()), abs=1e-6
    ) or "没有" in str(want.values())
    assert all(shown[f"J{row}"].value in (0, None) for row in range(5, 11) if isinstance(shown[f"H{row}"].value, float))


def test_of_several_rates_the_workbook_tells_none(tmp_path: Path) -> None:
    # What closing costs turns the cash once more: the program refuses, and a spreadsheet would show one of two rates.
    several = replace(WORKED, capex=D(100_000), deposit=D(0), life_months=12, ramp=(D(1),), closing_cost=D(500_000))
    with pytest.raises(UserError) as refused:
        store_case(several).rate_of_return()
    assert refused.value.code == "rates.several"
    path = tmp_path / "pack.xlsx"
    as_xlsx.write(pack_of(several), path, "zh")
    book = openpyxl.load_workbook(path)
    assert answers(Sheets(book), "可改的输入")["内部收益率（年，复利）"] == "没有"
    shown = openpyxl.load_workbook(path, data_only=True)["可改的输入"]
    assert shown["H6"].value == "没有"
    # Nothing of the kind where the cash turns twice but the running total once: there one rate speaks for the case.
    once = replace(several, closing_cost=D(60_000))
    as_xlsx.write(pack_of(once), path, "zh")
    rate = float(store_case(once).rate_of_return().effective)
    found = answers(Sheets(openpyxl.load_workbook(path)), "可改的输入")["内部收益率（年，复利）"]
    assert found == pytest.approx(rate, abs=1e-6)


def test_an_input_that_a_banker_changes_moves_the_answer_as_the_engine_would(tmp_path: Path) -> None:
    path = tmp_path / "pack.xlsx"
    as_xlsx.write(pack_of(WORKED), path, "zh")
    book = openpyxl.load_workbook(path)
    rows = {book["可改的输入"][f"A{row}"].value: f"B{row}" for row in range(5, 18)}
    typing = {rows["租金"]: 19_000, rows["成熟月销"]: 190_000, rows["免租月数"]: 2, rows["折现率"]: 0.12, "E5": 0.4}
    typed = {("可改的输入", at): value for at, value in typing.items()}
    changed = replace(
        WORKED, rent=D(19_000), mature_monthly_sales=D(190_000), rent_free_months=2, discount_rate=D("0.12"),
        ramp=(D("0.4"), *WORKED.ramp[1:]),
    )  # fmt: skip
    found = answers(Sheets(book, typed), "可改的输入")
    assert {key: value for key, value in found.items() if not key.startswith("内部")} == {
        key: value for key, value in expected(changed).items() if not key.startswith("内部")
    }
    assert found["净现值"] != expected(WORKED)["净现值"]


def test_what_the_formulas_do_not_know_stands_as_figures_and_the_answer_is_still_the_engines(tmp_path: Path) -> None:
    rich = Scenario.parse(
        {
            **WORKED.to_mapping(), "rent_rise": "5%", "delay_months": 2, "settlement_days": 3,
            "financing": [{"name": "贷", "amount": 200000, "annual_rate": "6%", "months": 12}],
        }
    )  # fmt: skip
    made = pack_of(rich)
    (case,) = made.live
    assert case.fixed == {"rent"} and not case.plain and case.delay == 2
    path = tmp_path / "rich.xlsx"
    as_xlsx.write(made, path, "zh")
    found = answers(Sheets(openpyxl.load_workbook(path)), "可改的输入")
    for key, value in expected(rich).items():
        if key != "保本月销":
            assert found[key] == pytest.approx(value, abs=1e-6), key
    # What no formula stands behind says at its head that it is a figure of the program.
    sheet = openpyxl.load_workbook(path)["逐月公式"]
    heads = {
        str(cell.value): cell.column for row in sheet.iter_rows() for cell in row if "程序的数）" in str(cell.value)
    }
    assert set(heads) == {"租金（程序的数）", "税与周转资金（程序的数）", "借款（程序的数）"}
    assert all(not str(sheet.cell(12, column).value).startswith("=") for column in heads.values())


def test_assumptions_stand_apart_from_data_with_their_source(tmp_path: Path) -> None:
    made = pack_of(WORKED)
    tables = {table.name: table for table in made.tables}
    assumptions = {row[0]: row for row in tables["board_assumptions"].worded("zh").iter_rows()}
    assert assumptions["人工"][1:6] == ("46,000.00", "43,700.00", "49,680.00", "自己填写", "假设")
    assert tables["board_data"].rows.height == 0
    npv = dict(tables["board-pack"].worded("zh").iter_rows())["净现值 P50"]
    assert npv == f"¥{run(WORKED).simulation.npv.p50:,.2f}"
    for lang in ("zh", "en"):
        as_pdf.write(made, tmp_path / f"{lang}.pdf", lang)
        assert (tmp_path / f"{lang}.pdf").read_bytes().startswith(b"%PDF")
    as_json.write(made, tmp_path / "a.json", "zh")
    assert "深圳湾店" not in (tmp_path / "a.json").read_text(encoding="utf-8")


def test_names_and_days_are_no_amounts() -> None:
    items = [{"name": "2027", "amount": 300_000, "month": 0}, {"name": "NaN", "amount": 1_500, "month": 1}]
    given = {**WORKED.to_mapping(), "capex": None, "capex_items": items, "settlement_days": "2.5"}
    made = pack_of(Scenario.parse({key: value for key, value in given.items() if value is not None}))
    (table,) = (table for table in made.tables if table.name == "board_assumptions")
    told = {row[0]: row[1] for row in table.worded("zh").iter_rows()}
    assert told["投资明细"] == "2027、300,000.00、0、NaN、1,500.00、1"
    assert told["到账天数"] == "2.5"


def test_a_programme_has_its_plan_reasons_loans_and_every_store_by_formulas(programme: Worked, tmp_path: Path) -> None:
    made = pack(programme, "两家")
    tables = {table.name: table for table in made.tables}
    figures = programme.plain_figures
    opened = [one["name"] for one in figures["plan"] if one["kind"] == "opening"]
    assert [case.name for case in made.live] == [name for name in figures["cases"] if name in opened]
    assert tables["programme_stores"].rows["programme_why"].null_count() == len(opened)
    (loan,) = tables["board_loans"].rows.to_dicts()
    assert (loan["programme_name"], loan["board_simple"]) == ("设备贷", "6.0000%")
    assert tables["programme_cash"].rows["board_floor"].unique().to_list() == [D("600000.00")]
    path = tmp_path / "pack.xlsx"
    as_xlsx.write(made, path, "zh")
    book = openpyxl.load_workbook(path)
    sheet = "可改的输入" if len(opened) == 1 else "可改的输入 1"
    assert answers(Sheets(book), sheet)["净现值"] == float(figures["cases"][opened[0]]["npv"])
    # The chain's planned cash is its own, the cases of the stores from the month they are paid in, and the loans.
    assert made.live_chain is not None and sum(made.live_chain.loans) <= 0
    stores, totals = running(made.live_chain, made.live)
    chain = book["全链公式"]
    last = chain.max_column
    found = [
        Sheets(book).value("全链公式", f"{chain.cell(7 + number, last).coordinate}") for number in range(len(totals))
    ]
    assert found == pytest.approx([float(total) for total in totals], abs=1e-6)
    first = made.live_chain.paid[0]
    assert stores[first][0] == -510_000 and (first == 0 or stores[first - 1][0] == 0)
    as_pdf.write(made, tmp_path / "pack.pdf", "zh")


def test_a_book_without_scenarios_has_an_empty_pack(tmp_path: Path) -> None:
    from chainbrain.database.book import Book
    from chainbrain.database.migrate import migrate
    from chainbrain.reports.filters import Filters

    book = Book.in_memory()
    if not book.rows_of("select 1 from duckdb_tables() where table_name = 'scenario_words'"):
        migrate(book)
    made = board_pack.board_pack(book, Filters())
    assert made.row_count == 0
    as_pdf.write(made, tmp_path / "none.pdf", "zh")
    with pytest.raises(UserError) as refused:
        board_pack.board_pack(book, Filters(scenario="甲"))
    assert refused.value.code == "scenario.none_kept"
