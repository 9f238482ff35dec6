"""Personal bills: no name is shown, no money changes its direction, no day is vouched for that was not over."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from decimal import Decimal

import polars as pl
import pytest

from .conftest import GOLDEN, Read

ReadOne = Callable[..., Read]
WECHAT = (GOLDEN / "wechat-personal" / "2026-03.csv").read_text("utf-8-sig")
JD = (GOLDEN / "jd-personal" / "2026-03.csv").read_text("utf-8-sig")
ALIPAY = (GOLDEN / "alipay-personal" / "new.csv").read_bytes().decode("gb18030")
OLD = (GOLDEN / "alipay-personal" / "old_web.csv").read_bytes().decode("gb18030")
GUEST = "20260303200040011100000000000011"


@pytest.mark.parametrize(
    ("bill", "line"),
    [
        (WECHAT, "2026-03-01 12:00:00,转账,李四 13800138000,转账备注:晚餐,收入"),
        (WECHAT, "2026/3/1 8:05,转账,李四 13800138000,晚餐,收入"),
        (WECHAT, "李四 13800138000,还欠我"),
        (WECHAT, "13800138000,李四"),
        (JD, "2026-03-05 10:00:00\t,李四13800138000,李四"),
        (ALIPAY, "2026-03-03 12:31:40,收入,李四,13800138000"),
        (OLD, "2019030421008\t,李四,13800138000"),
    ],
)
def test_of_a_line_that_cannot_be_cut_no_name_is_shown(read: ReadOne, bill: str, line: str) -> None:
    lines = bill.splitlines()
    header = next(number for number, text in enumerate(lines) if text.startswith(("交易时间", "交易号")))
    found = read("\n".join([*lines[: header + 1], line, *lines[header + 1 :]]).encode("gb18030"))
    (problem,) = [problem for problem in found.reading.problems if problem.code == "field_count"]
    assert "李" not in problem.value
    assert "138" not in problem.value
    assert line.startswith(problem.value)
    assert problem.value or not line.startswith("20")


def _alipay(row: str) -> str:
    return ALIPAY.replace("\r\n2026-03-03 20:00:00", f"\r\n{row}\r\n2026-03-03 20:00:00")


def test_money_that_came_back_to_the_owner_stays_money_in(read: ReadOne) -> None:
    """A refund's row printed as income, with a plain number."""
    row = "2026-03-03 21:00:00,退款,某某商行,/,退款-餐盒,收入,30.00,余额,退款成功,2026030322009\t,T9\t,,"
    found = read(_alipay(row).encode("gb18030"))
    line = found.frames["wallet_lines"].row(by_predicate=_number("2026030322009"), named=True)
    assert (line["kind"], line["amount"]) == ("spending_refund", Decimal("30.00"))
    assert "2026030322009" not in found.frames["payments"]["external_id"].to_list()


@pytest.mark.parametrize("number", [GUEST, f"{GUEST}_8001"])
def test_a_refund_of_a_receipt_that_is_printed_as_income_is_not_guessed(read: ReadOne, number: str) -> None:
    row = f"2026-03-03 21:00:00,退款,客人甲,/,退款,收入,30.00,余额,退款成功,{number}\t,\t,,"
    (problem,) = read(_alipay(row).encode("gb18030")).reading.problems
    assert (problem.column, problem.value, problem.code) == ("收/支", "收入", "against_direction")


def test_a_refund_that_is_printed_as_spending_went_to_a_guest(read: ReadOne) -> None:
    row = "2026-03-03 21:00:00,退款,客人,/,退款,支出,30.00,余额,退款成功,2026030322009_1\t,\t,,"
    found = read(_alipay(row).encode("gb18030"))
    payment = found.frames["payments"].row(by_predicate=_number("2026030322009"), named=True)
    assert (payment["kind"], payment["amount"], payment["refund_id"]) == (
        "refund", Decimal("-30.00"), "2026030322009_1",
    )  # fmt: skip


@pytest.mark.parametrize(
    ("span", "made", "days"),
    [
        ("[2026-03-01 00:00:00] 终止时间：[2026-03-04 23:59:59]", "2026-03-05 09:05:22", (1, 4)),
        ("[2026-03-01 00:00:00] 终止时间：[2026-03-04 00:00:00]", "2026-03-05 09:05:22", (1, 3)),
        ("[2026-03-01 00:00:00] 终止时间：[2026-03-04 12:00:00]", "2026-03-05 09:05:22", (1, 3)),
        ("[2026-03-01 09:30:00] 终止时间：[2026-03-04 23:59:59]", "2026-03-05 09:05:22", (2, 4)),
        ("[2026-03-01] 终止时间：[2026-03-04]", "2026-03-04 09:05:22", (1, 3)),
        ("[2026-03-01 00:00:00] 终止时间：[2026-03-01 23:59:59]", "2026-03-01 12:00:00", None),
        ("[2026-03-01 00:00:00] 终止时间：[2026-03-02 00:00:00]", "2026-03-05 12:00:00", (1, 1)),
        ("[2026-03-01 10:00:00] 终止时间：[2026-03-01 12:00:00]", "2026-03-05 12:00:00", None),
        ("", "2026-03-03 21:00:00", (1, 2)),
        ("", "2026-03-09 21:00:00", (1, 3)),
    ],
)
def test_a_bill_vouches_for_whole_days_only(read: ReadOne, span: str, made: str, days: tuple[int, int] | None) -> None:
    text = WECHAT.replace("[2026-03-01 00:00:00] 终止时间：[2026-03-04 23:59:59]", span)
    found = read(text.replace("2026-03-05 09:05:22", made)).reading
    covers = {(cover.first_day, cover.last_day) for cover in found.coverage}
    assert covers == ({(date(2026, 3, days[0]), date(2026, 3, days[1]))} if days else set())


def _number(number: str) -> pl.Expr:
    return pl.col("external_id") == number
