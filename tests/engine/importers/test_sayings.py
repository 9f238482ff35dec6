"""A broken row says by which number, time and amount a person finds it on the platform."""

from __future__ import annotations

from collections.abc import Callable

from chainbrain import row_words
from chainbrain.importers.plan import Said

from .conftest import GOLDEN, Read

ReadOne = Callable[..., Read]
WECHAT = (GOLDEN / "wechat-personal" / "2026-03.csv").read_text("utf-8-sig")
TRADES = (GOLDEN / "wechat-merchant-trade" / "ALL.csv").read_text("utf-8-sig")


def test_what_a_broken_row_says_of_itself(read: ReadOne) -> None:
    (problem,) = read(WECHAT.replace("已收钱", "银行处理中", 1)).reading.problems
    header, *rows = [line.split(",") for line in WECHAT.splitlines() if line.startswith(("交易时间", "2026-"))]
    row = dict(zip(header, next(row for row in rows if "已收钱" in row), strict=True))
    columns = ("交易单号", "交易时间", "金额(元)")
    assert problem.said == tuple(
        Said(what, column, row[column].strip('"\t '))
        for what, column in zip(("number", "moment", "amount"), columns, strict=True)
    )
    assert row["金额(元)"] in row_words.sayings(problem.said, "zh")
    assert "交易时间" not in row_words.sayings(problem.said, "zh", but="交易时间")


def test_of_a_refund_the_amount_that_is_not_zero_is_shown(read: ReadOne) -> None:
    line = next(line for line in TRADES.splitlines() if "`REFUND" in line)
    problems = read(TRADES.replace(line, line.replace("`REFUND", "`MAYBE"))).reading.problems
    (said,) = [problem.said for problem in problems if problem.code == "word"]
    header = TRADES.splitlines()[0].split(",")
    cells = dict(zip(header, (cell.strip("`") for cell in line.split(",")), strict=False))
    assert [(one.column, one.printed) for one in said] == [
        (column, cells[column]) for column in ("微信订单号", "交易时间", "退款金额")
    ]


def test_no_account_number_is_shown(read: ReadOne) -> None:
    said = []
    for path in sorted((GOLDEN / "bank-corporate").glob("*.csv")):
        data = path.read_bytes()
        found = read(data.replace(b"2026-03-0", b"2099-99-0").replace(b"2026030", b"2099990"))
        said += [one.column for problem in found.reading.problems for one in problem.said]
    assert said
    assert not [column for column in said if "账号" in column or "账户" in column or "卡号" in column]
