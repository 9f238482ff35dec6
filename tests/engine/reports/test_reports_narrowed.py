"""Every report by every filter: its head says what was applied and nothing else, its rows are those; others refuse."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

import pytest
from sales_book import MONDAY, SalesBook

from chainbrain.cli import main
from chainbrain.database.book import Book
from chainbrain.errors import UserError
from chainbrain.reports.room import catalogue, make
from chainbrain.reports.taken import TAKES, narrowed, takes
from chainbrain.workspace import Workspace

GIVEN: dict[str, dict[str, object]] = {
    "month": {"month": "2026-06"}, "week": {"week": "2026-06-03"}, "stores": {"stores": ["S1"]},
    "channel": {"channel": "wechat"}, "merchant": {"merchant": "wechat-S1"}, "code": {"code": "D08"},
    "state": {"state": "open"}, "kind": {"kind": "settlement_bank"}, "leg": {"leg": "bank"},
    "entity": {"entity": "甲公司"}, "payments": {"payments": "known"}, "step": {"step": "import"},
}  # fmt: skip
REFUSED = {"report.not_taken", "report.takes_nothing"}
OPTIONS = {"stores": "store"}
JUNE = (date(2026, 6, 1), date(2026, 7, 1))


@pytest.fixture(scope="module")
def book() -> Iterator[Book]:
    """Two stores with two channels, days apart in two months."""
    made = SalesBook()
    for store, entity in (("S1", "甲公司"), ("S2", "乙公司")):
        made.store(store, ownership="franchise")
        for channel in ("wechat", "meituan"):
            made.account(store, channel, f"{channel}-{store}", legal_entity=entity, bank_account=f"57190000{store[-1]}")
            for day in (MONDAY, MONDAY + timedelta(days=2), MONDAY + timedelta(days=40)):
                made.sale(store, day, "50", method=channel, channel=channel if channel == "meituan" else None)
                made.payment(store, channel, day, "50", "0.19")
    book = made.done()
    yield book
    book.close()


def test_every_report_says_what_it_takes() -> None:
    assert set(TAKES) == set(catalogue())


@pytest.mark.parametrize("key", GIVEN)
def test_what_a_report_has_no_use_for_is_refused_and_names_those_that_have(book: Book, key: str) -> None:
    able = {name for name in catalogue() if takes(name, key)}
    assert able and able != set(catalogue())
    for name in set(catalogue()) - able:
        with pytest.raises(UserError) as refused:
            make(book, name, **GIVEN[key])
        assert refused.value.code in REFUSED and refused.value.facts["filters"] == (f"--{OPTIONS.get(key, key)}",)
        assert set(str(refused.value.facts["reports"]).split(", ")) == able
        assert narrowed(name, GIVEN[key]) == ({}, (key,))


@pytest.mark.parametrize("key", GIVEN)
def test_the_head_says_what_was_applied_and_the_rows_are_those(book: Book, key: str) -> None:
    made, rows = 0, 0
    for name in catalogue():
        if not takes(name, key):
            continue
        try:
            report = make(book, name, **GIVEN[key])
        except UserError as refused:
            # What the little book has too little for.
            assert refused.code.split(".")[0] in {"cash", "map"}, (name, refused.code)
            continue
        made += 1
        said = dict(report.filters)
        if key == "month":
            assert (report.first, report.after) == JUNE or name == "money-map", name
        elif key == "week":
            # A map is of a day: that of the last with money.
            assert (report.first, report.after) == (MONDAY, MONDAY + timedelta(days=7)) or name == "money-map", name
        else:
            ((_, value),) = GIVEN[key].items()
            assert said[key] == (value if isinstance(value, str) else "S1"), name
        given = {"store_id": {"S1"}} if key == "stores" else {"channel": {"wechat"}} if key == "channel" else {}
        for table in report.tables:
            for column in given.keys() & set(table.rows.columns):
                assert set(table.rows[column].drop_nulls()) <= given[column], (name, table.name)
                rows += table.rows[column].drop_nulls().len()
    assert made or key in {"entity", "payments"}
    assert rows or key not in {"stores", "channel"}


def test_a_report_by_month_says_the_months_that_its_days_touch(book: Book) -> None:
    for name in ("store-ledger", "statement", "vouchers"):
        report = make(book, name, first=date(2026, 6, 10), after=date(2026, 6, 11))
        assert (report.first, report.after) == JUNE
    with pytest.raises(UserError) as refused:
        make(book, "money-map", stores=["S1", "S2"])
    assert refused.value.code == "report.one_store"


def test_the_command_line_refuses_and_lists_what_it_takes(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path, out = tmp_path / "a.chainbrain", tmp_path / "cash.xlsx"
    Workspace.create(path).close()
    assert main(["--lang", "zh", "report", str(path), "cash", "--out", str(out), "--channel", "wechat"]) != 0
    told = capsys.readouterr()
    assert "报表“cash”不能缩小范围（--channel）" in told.err + told.out and not out.exists()
    assert main(["--lang", "zh", "report", "--list"]) == 0
    (line,) = [one for one in capsys.readouterr().out.splitlines() if one.startswith("in-transit")]
    assert "--month --week --channel" in line and "--store" not in line
