"""The pack of a month's close: read back, its figures add up and lead in two clicks to numbered rows."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path

import openpyxl
import pytest
from acceptance_book import HereReader
from openpyxl import Workbook
from openpyxl.worksheet.worksheet import Worksheet

from chainbrain import cli
from chainbrain.demo.chain import generate
from chainbrain.importers import reading
from chainbrain.reports import room
from chainbrain.reports.close_page import content
from chainbrain.reports.tables import Report, told
from chainbrain.workspace import Workspace

MONTH = "2026-10"


@pytest.fixture(scope="module")
def chain(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Workspace]:
    folder = tmp_path_factory.mktemp("pack")
    generate(folder, stores=3, days=20)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(reading, "Reader", HereReader)
        with Workspace.create(folder / "a.chainbrain") as workspace:
            workspace.imports.apply(workspace.imports.plan([folder / "exports"]))
            workspace.reconcile()
            yield workspace


@pytest.fixture(scope="module")
def report(chain: Workspace) -> Report:
    return chain.reports.make("month-end", month=MONTH)


@pytest.fixture(scope="module")
def book(report: Report, tmp_path_factory: pytest.TempPathFactory) -> Workbook:
    path = tmp_path_factory.mktemp("written") / "底稿.xlsx"
    room.WRITERS[".xlsx"](report, path, "zh")
    return openpyxl.load_workbook(path)


def _rows(sheet: Worksheet) -> tuple[list[str], list[list[object]]]:
    first = sheet[sheet.freeze_panes].row  # type: ignore[index,union-attr]
    header = [str(cell.value) for cell in sheet[first - 1]]
    return header, [[cell.value for cell in row] for row in sheet.iter_rows(min_row=first)]


def _follow(book: Workbook, cell: object) -> tuple[Worksheet, int]:
    found = re.fullmatch(r"'(.+)'!A(\d+)", cell.hyperlink.location)  # type: ignore[attr-defined]
    assert found
    return book[found[1]], int(found[2])


def test_every_table_is_a_sheet_with_a_frozen_header_widths_and_a_way_back(report: Report, book: Workbook) -> None:
    assert len(book.worksheets) == len(report.tables) >= 15
    for sheet, table in zip(book, report.tables, strict=True):
        header, rows = _rows(sheet)
        assert header == [column.title("zh") for column in table.columns]
        assert len(rows) == table.rows.height + bool(table.total())
        assert all(8 <= one.width <= 48 for one in sheet.column_dimensions.values())
        if table is not report.tables[0]:
            back = next(row[0] for row in sheet.iter_rows(max_col=1) if str(row[0].value).startswith("←"))
            assert _follow(book, back)[0] is book.worksheets[0]
        assert not [
            cell for row in sheet.iter_rows() for cell in row if isinstance(cell.value, str) and "\ufffd" in cell.value
        ]


def test_amounts_are_numbers_that_add_up_and_codes_are_text(report: Report, book: Workbook) -> None:
    for sheet, table in zip(book, report.tables, strict=True):
        _, rows = _rows(sheet)
        for place, column in enumerate(table.columns):
            cells = [row[place] for row in rows if row[place] is not None]
            if column.kind == "money":
                assert all(isinstance(cell, int | float) for cell in cells), (sheet.title, column.key)
            if column.kind == "id":
                assert all(isinstance(cell, str) for cell in cells), (sheet.title, column.key)
            if column.key in table.totals and column.kind == "money" and len(cells) > 1:
                parts = [Decimal(str(cell)) for cell in cells]
                assert sum(parts[:-1]) == parts[-1], (sheet.title, column.key)


def test_every_line_of_the_summary_leads_to_its_table_and_from_there_to_numbered_rows(book: Workbook) -> None:
    summary = book.worksheets[0]
    first = summary[summary.freeze_panes].row  # type: ignore[index,union-attr]
    opened = {}
    for row in summary.iter_rows(min_row=first):
        if row[-1].value:
            opened[row[0].value] = _follow(book, row[-1])
            assert opened[row[0].value][0].title == row[-1].value
    assert {"期末在途", "净额", "差异：待处理（影响合计）", "凭证（借方＝贷方）"} <= opened.keys()
    channels, _ = opened["期末在途"]
    header, rows = _rows(channels)
    line = channels[channels.freeze_panes].row  # type: ignore[index,union-attr]
    for number, row in enumerate(rows[:-1]):
        items, place = _follow(book, channels.cell(line + number, 1))
        names, _ = _rows(items)
        found = [cell.value for cell in items[place]]
        assert found[0] == row[0]
        assert items.cell(place, names.index("商户号") + 1).value or items.cell(place, names.index("单号") + 1).value
    closing = header.index("期末在途（元）")
    assert Decimal(str(rows[-1][closing])) == sum(Decimal(str(row[closing])) for row in rows[:-1])


def test_the_summary_says_what_the_tables_add_up_to(report: Report) -> None:
    by_name = {table.name: table for table in report.tables}
    said = dict(by_name["month-end"].rows.select("close_line", "amount").iter_rows())
    assert said["transit_closing"] == by_name["close_channels"].total()["closing"]
    assert said["transit_closing"] == by_name["close_open_items"].total()["amount"]
    assert said["transit_gap"] == said["bank_gap"] == 0
    assert said["open"] == by_name["close_steps"].total()["open_amount"] != 0
    assert said["sold_net"] == by_name["close_stores"].total()["net"]
    splits = by_name["splits"].total()
    assert splits["split_due"] == splits["split_agreed"] + splits["split_waiting"] + splits["split_wrong"] != 0
    vouchers = by_name["vouchers"].total()
    assert said["vouchers"] == vouchers["debit"] == vouchers["credit"]
    electronic = by_name["close_stores"].rows.filter(
        ~by_name["close_stores"].rows["channel"].is_in(["cash", "stored_value"])
    )
    lines = by_name["vouchers"].rows
    # What cards were topped up with came in, too, and is no sale.
    top_ups = lines.filter(lines["voucher_fact"] == "card_money")["debit"].sum()
    assert top_ups > 0
    assert electronic["gross"].sum() + top_ups == by_name["close_channels"].total()["gross"]
    assert electronic["fees"].sum() == by_name["close_channels"].total()["fees"]


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_the_page_is_a_draft_until_somebody_signs_and_hides_nothing_of_a_total(report: Report, lang: str) -> None:
    from chainbrain.reports.as_pdf import _table

    page = content(report, lang, _table)
    assert page["draft"]
    assert {"月结底稿", "Month-end pack"} & {report.title(lang)}
    cut = [one for one in page["tables"] if one["left_out"]]
    for one in page["tables"]:
        assert len(one["numbers"]) == len(one["columns"]) and all(
            len(row) == len(one["columns"]) for row in one["rows"]
        )
        assert not one["total"] or len(one["total"]) == len(one["columns"])
    for one in cut:
        assert len(one["rows"]) == 40 and any(one["total"])


def test_what_is_missing_is_worded_in_the_language_that_is_written(report: Report) -> None:
    table = next(one for one in report.tables if one.name == "close_missing")
    words = {lang: table.worded(lang)["remark"].to_list() for lang in ("zh", "en")}
    assert all("未处理" in one or "缺" in one for one in words["zh"])
    assert all("open" in one or "lack" in one or "missing" in one for one in words["en"])
    assert told("close.differences", {"code": "D01", "count": 3})


def test_the_command_of_the_close_writes_the_pack_of_a_month(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(reading, "Reader", HereReader)
    book, exports = tmp_path / "a.chainbrain", tmp_path / "chain"
    generate(exports, stores=2, days=5)
    with Workspace.create(book) as workspace:
        workspace.imports.apply(workspace.imports.plan([exports / "exports"]))
        workspace.reconcile()
    assert cli.main(["close", str(book), "--month", MONTH, "--pack", str(tmp_path)]) == 0
    for suffix in (".xlsx", ".pdf"):
        assert (tmp_path / f"月结底稿 {MONTH}{suffix}").stat().st_size > 5_000
    assert MONTH in capsys.readouterr().out
    assert cli.main(["close", str(book), "--month", "2031-01", "--pack", str(tmp_path)]) == 2
    assert cli.main(["close", str(book), "--pack", str(tmp_path)]) == 2


def test_the_command_writes_both_and_an_empty_book_writes_an_empty_one(tmp_path: Path) -> None:
    book = tmp_path / "leer.chainbrain"
    Workspace.create(book).close()
    for suffix in (".xlsx", ".pdf"):
        assert (
            cli.main(["report", str(book), "month-end", "--month", MONTH, "--out", str(tmp_path / f"p{suffix}")]) == 0
        )
        assert (tmp_path / f"p{suffix}").stat().st_size > 1_000
