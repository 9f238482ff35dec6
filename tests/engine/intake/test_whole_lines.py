"""A line that makes several records: what the preview says of it, what is written and what the check finds agree."""

# Rows of files stand one to a line, however long.
# ruff: noqa: E501

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import pytest
from acceptance_tables import csv_file, xlsx_file

from chainbrain.importers.plan import ImportPlan
from chainbrain.intake.decisions import LEAVE, NEW, SAME, Decisions, RowPlace
from chainbrain.workspace import Workspace

TRADE = "2026031022001400000000000001"
SALE, BACK = "343364289921621121414000000004", "343364289921621121418000000005"
PORTAL = ("商户订单号", "支付宝交易号", "创建时间", "交易状态", "商家实收(元)", "商家实退(元)", "服务费(元)", "退服务费(元)", "付款备注")  # fmt: skip
PINDUODUO = ("商户订单号", "发生时间", "收入金额（+元）", "支出金额（-元）", "账务类型", "备注", "业务描述")


def _portal(path: Path, back: str, fee: str) -> Path:
    row = ("o1", TRADE, "2026-03-10 12:00:00", "交易成功", "100.00", back, fee, "0.00", "")
    return xlsx_file(path, {"交易订单": [("支付宝商家平台",), ("账号",), PORTAL, row]})


def _lcsw(path: Path, *rows: str) -> Path:
    path.write_text("".join(f"{row}\n" for row in rows), encoding="utf-8")
    return path


def _sale(number: str = SALE, back: str = "500", left: str = "1492") -> str:
    return f"852105399000001,34336428,2021-12-14 14:00:00,2021-12-14 18:20:00,2000,8,{back},{left},1,6,1,{number},,P0004,4200001234202112142222222222,2021-12-14,o12Tabcd4,0,3,0,2000,2000,0,微信小程序订单支付,,OTHERS,南山店,1"


def _refund() -> str:
    return f"852105399000001,34336428,2021-12-14 18:20:00,2021-12-14 18:20:00,500,0,500,-500,1,6,1,{BACK},{SALE},P0004R,50301234562021121400000000004,2021-12-14,o12Tabcd4,0,3,0,2000,2000,0,微信小程序订单支付,,OTHERS,南山店,1"


def _pinduoduo(path: Path, last: str, *rows: tuple[str, ...]) -> Path:
    head = [
        ("拼多多店铺账务明细查询",),
        (),
        (f"起始时间：2026-03-01 00:00:00   终止时间：{last} 23:59:59",),
        ("---交易记录明细列表---",),
    ]
    return csv_file(path, [*head, PINDUODUO, *rows], "gb18030")


def _ledgers(folder: Path) -> list[Path]:
    """A day, then two days: the charge of the second day changes the order's fee."""
    first = ("D1", "2026-03-01 10:00:00", "50.00", "0.00", "交易收入", "", "0010002|交易收入-订单收入")
    other = ("D2", "2026-03-01 11:00:00", "20.00", "0.00", "交易收入", "", "0010002|交易收入-订单收入")
    charge = ("D1", "2026-03-02 10:00:00", "0.00", "-0.33", "技术服务费", "", "0030002|技术服务费-基础技术服务费")
    return [
        _pinduoduo(folder / "1.csv", "2026-03-01", first, other),
        _pinduoduo(folder / "2.csv", "2026-03-02", first, other, charge),
    ]


def _portals(folder: Path) -> list[Path]:
    return [_portal(folder / "1.xlsx", "0.00", "0.60"), _portal(folder / "2.xlsx", "30.00", "0.42")]


def _acquirers(folder: Path) -> list[Path]:
    return [_lcsw(folder / "1.txt", _refund()), _lcsw(folder / "2.txt", _sale())]


Makes = Callable[[Path], list[Path]]
# The second file's rows that are new beside the doubtful line, by what was decided about it.
CASES: Sequence[tuple[Makes, dict[str, tuple[int, int, int]]]] = (
    (_portals, {LEAVE: (0, 0, 1), NEW: (1, 0, 0), SAME: (1, 0, 0)}),
    (_acquirers, {LEAVE: (0, 0, 1), NEW: (1, 0, 0), SAME: (1, 0, 0)}),
    (_ledgers, {LEAVE: (1, 1, 1), NEW: (2, 1, 0), SAME: (1, 2, 0)}),
)


def _counts(plan: ImportPlan) -> tuple[int, int, int]:
    counts = plan.files[-1].counts
    return counts.new, counts.seen, counts.suspect


def _lines(here: Workspace, file_id: str) -> int:
    """Lines of a file that are in the book, as records or as sightings."""
    return int(
        here.book.one_of(
            "select count(*) from (select sheet, line from base.payments where file_id = $file union "
            "select sheet, line from base.wallet_lines where file_id = $file union "
            "select sheet, line from base.sightings where file_id = $file)",
            file=file_id,
        )[0]
    )


def _payments(here: Workspace) -> list[tuple[Any, ...]]:
    return here.book.rows_of("select kind, cast(amount as varchar) from base.payments order by kind, amount")


@pytest.mark.parametrize("word", [LEAVE, NEW, SAME])
@pytest.mark.parametrize(("makes", "expected"), CASES, ids=lambda case: getattr(case, "__name__", ""))
def test_a_line_is_taken_or_left_as_a_whole(
    here: Workspace, tmp_path: Path, makes: Makes, expected: dict[str, tuple[int, int, int]], word: str
) -> None:
    first, second = makes(tmp_path)
    here.imports.apply(here.imports.plan([first]))
    plan = here.imports.plan([second])
    assert _counts(plan) == expected[LEAVE]
    (problem,) = [row for row in plan.files[0].problems if row.state == "suspect"]
    file_id = plan.files[0].file_id
    decisions = Decisions(rows={RowPlace(file_id, problem.line, problem.sheet): word})
    plan = here.imports.decide_again(decisions)
    assert _counts(plan) == expected[word]
    shown = here.imports.preview(plan.files[0], 0, 20)
    on_line = {row.state for row in shown if row.line == problem.line}
    assert on_line == {"suspect"} if word == LEAVE else "suspect" not in on_line
    here.imports.apply(plan)
    new, seen, _ = expected[word]
    assert _lines(here, file_id) == new + seen
    assert here.check().good
    here.undo()
    here.redo()
    assert _lines(here, file_id) == new + seen
    assert here.check().good


def test_what_waits_beside_a_suspect_record_is_not_written(here: Workspace, tmp_path: Path) -> None:
    for path in _portals(tmp_path):
        here.imports.apply(here.imports.plan([path]))
    assert _payments(here) == [("payment", "100.00")]
    whole = here.book.rows_of("select f.name, c.whole from base.coverage c join base.source_files f using (file_id)")
    assert sorted(whole) == [("1.xlsx", True), ("2.xlsx", False)]


def test_the_next_file_brings_what_an_earlier_one_of_the_same_run_holds_back(here: Workspace, tmp_path: Path) -> None:
    """Three files in one run: the refund, the sale that tells of it, and the sale as it was before."""
    paths = [
        _lcsw(tmp_path / "1.txt", _refund()),
        _lcsw(tmp_path / "2.txt", _sale()),
        _lcsw(tmp_path / "3.txt", _sale(back="0", left="1992")),
    ]
    plan = here.imports.plan(paths)
    assert [(file.counts.new, file.counts.seen, file.counts.suspect) for file in plan.files] == [
        (1, 0, 0),
        (0, 0, 1),
        (1, 0, 0),
    ]
    place = RowPlace(plan.files[1].file_id, 1)
    for word, second, third in ((NEW, (1, 0, 0), (0, 1, 0)), (SAME, (1, 0, 0), (0, 1, 0)), (LEAVE, (0, 0, 1), (1, 0, 0))):  # fmt: skip
        plan = here.imports.decide_again(Decisions(rows={place: word}))
        found = [(file.counts.new, file.counts.seen, file.counts.suspect) for file in plan.files]
        assert found == [(1, 0, 0), second, third]
    here.imports.apply(plan)
    assert _payments(here) == [("payment", "20.00"), ("refund", "-5.00")]
    assert here.check().good


def test_taken_as_it_is_the_line_is_written_whole(here: Workspace, tmp_path: Path) -> None:
    first, second = _portals(tmp_path)
    here.imports.apply(here.imports.plan([first]))
    here.imports.apply(here.imports.plan([second], decisions=Decisions(accept_suspect=True)))
    assert _payments(here) == [("payment", "100.00"), ("payment", "100.00"), ("refund", "-30.00")]
    assert here.check().good
