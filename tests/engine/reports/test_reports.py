"""Reports: the figures agree with the book, and every format keeps numbers numbers and text text."""

from __future__ import annotations

import csv
import json
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date, datetime, timedelta
from decimal import Decimal
from functools import cache
from pathlib import Path

import openpyxl
import pytest
from sales_book import MONDAY, SalesBook, uid

from chainbrain import texts
from chainbrain.cash.backtest import Backtest
from chainbrain.cash.forecast.levels import Grain
from chainbrain.cash.measures import Measure
from chainbrain.database.book import Book
from chainbrain.errors import UserError
from chainbrain.expansion import Scenario, kept, run
from chainbrain.reports import as_xlsx, board_pack, foresight
from chainbrain.reports.filters import Filters
from chainbrain.reports.room import WRITERS, ReportRoom, catalogue, make, write
from chainbrain.reports.tables import Report

EVIL = '=HYPERLINK("http://x","<点我>")&'


def _chain() -> SalesBook:
    chain = (
        SalesBook()
        .store("S1", EVIL, opened_on=date(2020, 1, 1), city="深圳")
        .store("S2", "福田店", opened_on=date(2020, 1, 1), ownership="franchise")
        .account("S1", "wechat", "1600000001")
        .account("S2", "meituan", "9001")
        .sales("S1", MONDAY, ["100.10", "200.20", "0.30"])
        .sales("S2", MONDAY, ["50.00", None, "70.00"])
        .payment("S1", "wechat", MONDAY, "100.10", "0.38", number="4200000000202606010000000001")
    )
    chain.row(
        "source_files",
        file_id=uid("file", "payments"),
        sha256="a",
        container_sha256="a",
        name="微信 6 月.csv",
        format="wechat-merchant-trade",
        row_count=1,
        control_total="agrees",
        controls="{}",
        new_rows=1,
        seen_rows=0,
        suspect_rows=0,
        broken_rows=0,
        format_confirmed=True,
        imported_at=datetime(2026, 6, 2),
        entry_id=1,
    )
    kept = json.dumps({"entity": EVIL, "amount": "1.00"}, ensure_ascii=False)
    chain.row(
        "history", entry_id=900, at=datetime(2026, 6, 2), who=EVIL, kind="cash_floor", facts=kept, undoable=True
    )  # fmt: skip
    for number, (code, amount, state) in enumerate(
        [("D07", "-0.05000", "open"), ("D01", "-30.00000", "open"), ("D07", "-0.10000", "explained")]
    ):
        chain.row(
            "differences",
            difference_id=uid("d", number),
            code=code,
            state=state,
            store_id="S1",
            business_day=MONDAY,
            amount=Decimal(amount),
            record_type="payment",
            record_id=uid("payment", "wechat", "4200000000202606010000000001"),
            note=EVIL,
            channel="wechat",
            cause="contract" if code == "D07" else "till_only",
        )
    line = uid("withdrawal")
    chain.row(
        "wallet_lines",
        wallet_line_id=line,
        channel="wechat",
        external_id="W1",
        occurred_at=datetime(2026, 6, 2, 9),
        kind="withdrawal",
        amount=Decimal("-99.72"),
        file_id=uid("file", "payments"),
        line=7,
    )
    chain.row(
        "row_states",
        record_type="wallet_line",
        record_id=line,
        leg="bank",
        state="timing",
        due_on=MONDAY + timedelta(days=3),
        file_id=uid("file", "payments"),
    )
    chain.row(
        "matches",
        match_id=uid("m"),
        kind="tender_payment",
        state="confirmed",
        stage="key",
        solutions=1,
        created_at=datetime(2026, 6, 2),
        created_by="machine",
    )
    payment = uid("payment", "wechat", "4200000000202606010000000001")
    for side, kind, record in (("inner", "tender", uid("no tender")), ("outer", "payment", payment)):
        chain.row(
            "match_members", match_id=uid("m"), side=side, record_type=kind, record_id=record, amount=Decimal("100.10")
        )
    purse = {"channel": "wechat", "merchant": "1600000001", "bank_account": "571900000001"}
    chain.row("straight_merchants", **purse)
    reading = {"rule": "T1", "cutoff": 120, "fees": "item", "merged": True, "votes": 5, "named": 2, "next_votes": 0}
    chain.row("payout_habits", **purse, **reading)
    chain.row(
        "split_rules", name="品牌使用费", receiver="总部", basis="gross", way="ratio", rate=Decimal("0.05"),
        row_id=uid("rule"), file_id=uid("rules"), line=2, entry_id=1,
    )  # fmt: skip
    return chain


@pytest.fixture(scope="module")
def book() -> Iterator[Book]:
    made = _chain().done()
    yield made
    made.close()


def _split_money(chain: SalesBook) -> None:
    """A line of a split bill whose movement in the fund flow is of another amount."""
    bill, flow = {"file_id": uid("bill")}, {"file_id": uid("flow")}
    whose = {"channel": "wechat", "merchant_no": "1600000001", "occurred_at": datetime(2026, 6, 1, 13)}
    chain.row(
        "split_lines", split_line_id=uid("split"), external_id="36000001", amount=Decimal("2.00"),
        payment_external_id="4200000000202606010000000002", receiver="总部", status="success", line=2, **whose, **bill,
    )  # fmt: skip
    for number, (kind, amount, business) in enumerate([("payment", "80.00", "4"), ("split", "-1.80", "36000001")]):
        chain.row(
            "wallet_lines", wallet_line_id=uid("flow", number), external_id=f"L{number}", business_id=business,
            kind=kind, amount=Decimal(amount), line=number + 2, **whose, **flow,
        )  # fmt: skip
    covered = {"channel": "wechat", "account_no": "1600000001", "whole": True}
    chain.row("coverage", kind="split", day=MONDAY, **covered, **bill)
    for days in (0, 1):
        chain.row("coverage", kind="ledger", day=MONDAY + timedelta(days=days), **covered, **flow)


@pytest.fixture(scope="module")
def franchise() -> Iterator[Book]:
    """The same with a franchise store that collects under the chain's name, a part that is released, and a plan."""
    chain = _chain()
    chain.payment("S2", "wechat", MONDAY, "80.00", "0.30", number="4200000000202606010000000002")
    sale = uid("payment", "wechat", "4200000000202606010000000002")
    part = {"payment_id": sale, "sale_id": sale, "rule": "品牌使用费", "receiver": "总部", "amount": Decimal("4.00")}
    chain.row(
        "split_parts", split_part_id=uid("part"), split_rule_id=uid("rule"), store_id="S2", business_day=MONDAY,
        base=Decimal("80.00"), **part,
    )  # fmt: skip
    state = {"record_type": "split_part", "record_id": uid("part"), "leg": "split", "state": "difference"}
    chain.row("row_states", **state)
    chain.row(
        "differences", difference_id=uid("d13"), code="D13", state="open", store_id="S2", business_day=MONDAY,
        amount=Decimal("4.00"), record_type="split_part", record_id=uid("part"), channel="wechat",
        cause="split_missing",
    )  # fmt: skip
    for store in ("S1", "S2"):
        chain.account(store, "wechat", f"wechat-{store}", legal_entity="青禾餐饮")
    _split_money(chain)
    last = MONDAY + timedelta(days=29)
    chain.row(
        "coverage", kind="wallet", channel="wechat", account_no="1600000001", day=last, whole=True,
        file_id=uid("file", "payments"),
    )  # fmt: skip
    chain.row(
        "openings", opening_id=uid("bank"), kind="bank", account_no="571900000001", day=MONDAY, balance=Decimal(1000),
        file_id=uid("openings"), line=1,
    )  # fmt: skip
    chain.row(
        "cash_plans", cash_plan_id=uid("plan"), day=MONDAY + timedelta(days=9), party="青禾餐饮", kind="wages",
        amount=Decimal("100.00"), cycle="monthly", file_id=uid("plans"), line=1,
    )  # fmt: skip
    made = chain.done()
    made.execute("insert into base.history values (77, now(), 'me', 'cash_product', '{}', true, null, null)")
    made.execute(
        'insert into base.cash_product_words (word_id, entry_id, "at", who, name, removed, lock_days, lag_days, rate,'
        " risk, said_on) values (1, 77, now(), 'me', '七天', false, 7, 0, 0.018, 'R1', '2026-06-01')"
    )
    made.execute("insert into base.history values (78, now(), 'me', 'cash_frozen', '{}', true, null, null)")
    made.execute("insert into base.cash_freezes values (78, now(), 'me', '六月', '2026-05-31', true, 'abc')")
    made.execute("insert into base.cash_freeze_paths values (78, null, 100, null)")
    made.execute("insert into base.cash_freeze_days values (78, null, '2026-06-01', 0, 0, 9, 0, 91, 91, 91, 91)")
    made.execute("insert into base.cash_freeze_dues values (78, '2026-06-01', '青禾餐饮', 'tax', 9, null, false)")
    made.execute("insert into base.history values (79, now(), 'me', 'store_event', '{}', true, null, null)")
    made.execute(
        "insert into base.store_event_words values"
        " (1, 79, now(), 'me', uuid(), false, 'promotion', 'S1', null, '2026-06-01', '2026-06-03', '周年')"
    )
    yield made
    made.close()


@pytest.fixture(scope="module")
def said(book: Book, franchise: Book) -> Callable[[str], Report]:
    """What a report says in the book in which it has something to say; worked out once for all formats."""
    measured = Backtest(
        (MONDAY,), (Measure("chain", Grain.WEEK, 1, 7, 1, 1, 0.9, 0.8, 0.85, None, 1.0, 1.0),), 0, None, (), 0
    )

    def one(name: str) -> Report:
        if name == "forecast-accuracy":  # months of sales would have to be made up
            return foresight.of_backtest(measured, Filters())
        if name == "board-pack":  # a scenario would have to be kept first
            worked = kept.of_result(run(replace(Scenario.example(), paths=200)), None)
            return board_pack.of_figures("甲", worked.kind, worked.given, worked.plain_figures, "1")
        return make(franchise if name.startswith(("split-", "cash", "store-events")) else book, name)

    return cache(one)


@pytest.fixture(scope="module")
def empty() -> Iterator[Book]:
    made = Book.in_memory()
    yield made
    made.close()


def cells(path: Path, sheet: int = 0) -> list[list[object]]:
    return [[cell.value for cell in row] for row in openpyxl.load_workbook(path).worksheets[sheet].iter_rows()]


@pytest.mark.parametrize("name", catalogue())
@pytest.mark.parametrize("suffix", [".xlsx", ".csv", ".json", ".pdf"])
@pytest.mark.parametrize("lang", ["zh", "en"])
def test_every_report_is_written_in_every_format(
    said: Callable[[str], Report], tmp_path: Path, name: str, suffix: str, lang: str
) -> None:
    path = tmp_path / f"报表{suffix}"
    assert said(name).row_count > 0
    WRITERS[suffix](said(name), path, lang)
    assert [entry.name for entry in tmp_path.iterdir()] == [path.name]
    head = path.read_bytes()[:4]
    assert {".xlsx": b"PK\x03\x04", ".csv": b"\xef\xbb\xbf", ".json": b"{\n", ".pdf": b"%PDF"}[suffix] in head


@pytest.mark.parametrize("name", catalogue())
def test_an_empty_book_gives_an_empty_report(empty: Book, tmp_path: Path, name: str) -> None:
    for suffix in WRITERS:
        assert write(empty, name, tmp_path / f"r{suffix}") == 0
        assert (tmp_path / f"r{suffix}").stat().st_size > 0


def test_a_workbook_has_real_numbers_dates_and_no_live_text(book: Book, tmp_path: Path) -> None:
    path = tmp_path / "league.xlsx"
    write(book, "store-league", path, "zh", period="all")
    rows = cells(path)
    assert rows[0][0] == "门店排名"
    assert rows[1][0] == "期间 2026-06-01 – 2026-06-03"
    header = rows.index(next(row for row in rows if row[1] == "门店编号"))
    assert rows[header + 1][:9] == [1, "S1", EVIL, "深圳", "直营", 300.6, 3, 100.2, 0]
    assert rows[header + 3][0] == "合计"
    assert rows[header + 3][5] == 420.6
    sheet = openpyxl.load_workbook(path).worksheets[0]
    assert sheet.cell(header + 2, 3).data_type == "s"
    assert sheet.cell(header + 2, 6).number_format == "#,##0.00"
    assert sheet.freeze_panes == f"A{header + 2}"
    write(book, "differences", path, "zh")
    rows = cells(path, 1)
    found = next(row for row in rows if row[0] == "D01")
    assert found[3] == datetime(2026, 6, 1)
    assert (found[6], found[7], found[10], found[12]) == ("微信", -30, EVIL, "微信 6 月.csv")


def test_a_long_table_runs_over_several_sheets_with_one_total(
    book: Book, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(as_xlsx, "ROWS_A_SHEET", 2)
    path = tmp_path / "differences.xlsx"
    write(book, "differences", path)
    workbook = openpyxl.load_workbook(path)
    assert workbook.sheetnames == ["按差异代码汇总", "按差异代码汇总 2", "差异明细", "差异明细 2"]
    text = [
        cell for name in workbook.sheetnames[2:] for row in workbook[name].iter_rows(values_only=True) for cell in row
    ]
    assert text.count("合计") == 1


def test_csv_text_is_never_a_formula_and_amounts_are_plain(book: Book, tmp_path: Path) -> None:
    path = tmp_path / "differences.csv"
    write(book, "differences", path)
    with path.open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(file))
    assert [row["代码"] for row in rows] == ["D01", "D07", "D07"]
    assert [row["金额（元）"] for row in rows] == ["-30.00", "-0.10", "-0.05"]
    assert {row["说明"] for row in rows} == {"'" + EVIL}
    assert rows[0]["营业日期"] == "2026-06-01"


def test_json_keeps_keys_and_exact_amounts(book: Book, tmp_path: Path) -> None:
    path = tmp_path / "league.json"
    write(book, "store-league", path)
    told = json.loads(path.read_text(encoding="utf-8"))
    table = told["tables"][0]
    assert (told["first"], told["after"]) == ("2026-06-01", "2026-06-04")
    assert table["total"]["receipts"] == "420.60"
    assert (
        table["rows"][1] | {"receipts": "120.00", "ownership": "franchise", "like_for_like": None, "missing_days": 1}
        == table["rows"][1]
    )
    assert sum(Decimal(row["receipts"]) for row in table["rows"]) == Decimal(table["total"]["receipts"])


def test_filters_narrow_a_report_and_are_printed(book: Book) -> None:
    found = make(book, "differences", code="D07", state="open")
    assert [table.rows.height for table in found.tables] == [1, 1]
    assert found.notes("zh") == ["差异代码 D07", "状态 open"]
    assert make(book, "store-league", store="S2").tables[0].rows["store_id"].to_list() == ["S2"]
    assert make(book, "store-league", first=MONDAY, after=MONDAY + timedelta(days=1)).tables[0].total()[
        "receipts"
    ] == Decimal("150.10")


def test_account_numbers_show_their_last_four_digits(book: Book, tmp_path: Path) -> None:
    path = tmp_path / "completeness.json"
    write(book, "completeness", path)
    rows = json.loads(path.read_text(encoding="utf-8"))["tables"][1]["rows"]
    assert {row["account_no"] for row in rows if row["channel"] == "wechat"} == {"…0001"}


def test_money_in_transit_prints_its_proof(book: Book) -> None:
    report = make(book, "in-transit")
    row = report.tables[0].rows.row(0, named=True)
    assert (row["channel"], row["gross"], row["fees"], row["closing"]) == (
        "wechat",
        Decimal("100.10"),
        Decimal("0.38"),
        Decimal("99.72"),
    )
    assert report.tables[1].rows.row(0, named=True)["amount"] == Decimal("99.72")


def test_wrong_names_and_places_are_told(book: Book, tmp_path: Path) -> None:
    room = ReportRoom(book)
    for code, call in (
        ("report.unknown", lambda: room.write("nothing", tmp_path / "a.xlsx")),
        ("report.unknown_format", lambda: room.write("matches", tmp_path / "a.doc")),
        ("report.unknown_filter", lambda: room.write("matches", tmp_path / "a.csv", colour="red")),
        ("report.unknown_filter", lambda: room.write("overview", tmp_path / "a.csv", period="tomorrow")),
        ("report.not_taken", lambda: room.write("work-list", tmp_path / "a.csv", channel="wechat")),
        ("report.takes_nothing", lambda: room.write("receipts", tmp_path / "a.csv", store="S1")),
        ("report.unknown_channel", lambda: room.write("claim-letter", tmp_path / "a.csv", channel="bogus")),
        ("report.unknown_merchant", lambda: room.write("arrivals", tmp_path / "a.csv", merchant="0000")),
        ("report.no_folder", lambda: room.write("matches", tmp_path / "none" / "a.csv")),
        ("report.not_written", lambda: room.write("matches", tmp_path / "taken.csv")),
    ):
        (tmp_path / "taken.csv").mkdir(exist_ok=True)
        with pytest.raises(UserError) as told:
            call()
        assert told.value.code == code
    assert [entry.name for entry in tmp_path.iterdir()] == ["taken.csv"]


def test_the_total_row_has_averages_that_are_no_sums(book: Book, tmp_path: Path) -> None:
    path = tmp_path / "league.xlsx"
    write(book, "store-league", path, period="all")
    total = cells(path)[-1]
    assert (total[0], total[5], total[7]) == ("合计", 420.6, 84.12)
    path = path.with_suffix(".json")
    write(book, "store-league", path, period="all")
    told = json.loads(path.read_text(encoding="utf-8"))["tables"][0]["total"]
    assert (told["ticket"], told["take_rate"], told["orders"]) == ("84.12", "0.003796", 5)


def test_every_title_column_and_code_has_words_in_both_languages(book: Book) -> None:
    words, messages = texts.catalogue("vocabulary"), texts.catalogue("messages")
    needed = {f"report.{name}" for name in catalogue()}
    for name in catalogue():
        for table in make(book, name).tables:
            needed |= {f"report_table.{table.name}"} | {f"report_column.{column.key}" for column in table.columns}
    needed |= {
        f"attention.{kind}" for kind in ("late_payout", "missing_file", "anomaly_low", "anomaly_high", "difference")
    }
    assert not needed - words.keys()
    assert all(words[key]["zh"] and words[key]["en"] for key in needed)
    codes = ("unknown", "unknown_format", "unknown_filter", "no_folder", "not_written", "rows_left_out")
    assert not {f"report.{code}" for code in codes} - messages.keys()
