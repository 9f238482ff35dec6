"""A state that does not say whether money moved counts nothing: its row is broken and names the state."""

from __future__ import annotations

import io
from collections.abc import Callable

import openpyxl
import pytest

from chainbrain import texts

from .conftest import GOLDEN, Read

ReadOne = Callable[..., Read]
WECHAT = (GOLDEN / "wechat-personal" / "2026-03.csv").read_text("utf-8-sig")
JD = (GOLDEN / "jd-personal" / "2026-03.csv").read_text("utf-8-sig")
ALIPAY = (GOLDEN / "alipay-personal" / "new.csv").read_bytes().decode("gb18030")
OLD = (GOLDEN / "alipay-personal" / "old_web.csv").read_bytes().decode("gb18030")
ORDERS = (
    "商户订单号",
    "支付宝交易号",
    "创建时间",
    "交易状态",
    "商家实收(元)",
    "商家实退(元)",
    "服务费(元)",
    "退服务费(元)",
)


@pytest.mark.parametrize(
    ("bill", "column", "usual"),
    [
        (WECHAT, "当前状态", "已收钱"),
        (WECHAT, "当前状态", "支付成功"),
        (JD, "交易状态", "交易成功"),
        (ALIPAY, "交易状态", "交易成功"),
        (OLD, "交易状态", "交易成功"),
    ],
)
@pytest.mark.parametrize("state", ["银行处理中", "退款关闭", "待确认", ""])
def test_an_unknown_state_counts_nothing(read: ReadOne, bill: str, column: str, usual: str, state: str) -> None:
    before, changed = (read(text.encode("gb18030")) for text in (bill, bill.replace(usual, state, 1)))
    (problem,) = changed.reading.problems
    assert (problem.column, problem.value, problem.code) == (column, state, "state" if state else "missing")
    assert state in texts.message("row.state", value=state, column=column)
    assert changed.reading.row_count == before.reading.row_count
    lines = (one.frames["wallet_lines"] for one in (before, changed))
    assert [frame["line"].is_in([problem.line]).any() for frame in lines] == [True, False]


@pytest.mark.parametrize(
    ("state", "kept"),
    [
        ("已存入零钱", True), ("对方已收钱", True), ("提现已到账", True), ("充值完成", True), ("已退款￥3.00", True),
        ("已退款(￥3.00)", True), ("已全额退款", True), ("对方已退还", True), ("朋友已收钱", True),
        ("待对方收钱", False), ("提现中", False), ("退款失败", False),
    ],
)  # fmt: skip
def test_states_of_wechat(read: ReadOne, state: str, kept: bool) -> None:
    problems = read(WECHAT.replace("已收钱", state, 1)).reading.problems
    assert [problem.value for problem in problems] == ([] if kept else [state])


def test_an_order_that_waits_for_its_payment_is_no_receipt(read: ReadOne) -> None:
    """Until its goods have arrived a sale under guarantee has not been received either; a purchase has been paid."""

    def kinds(side: str, state: str) -> tuple[list[str], list[str]]:
        row = f"2026-03-03 21:00:00,日用百货,某某,/,餐盒,{side},30.00,余额,{state},2026030322009\t,T9\t,,"
        found = read(ALIPAY.replace("\r\n2026-03-03 20:00:00", f"\r\n{row}\r\n2026-03-03 20:00:00").encode("gb18030"))
        mine = found.frames["wallet_lines"].filter(external_id="2026030322009")
        return mine["kind"].to_list(), [problem.code for problem in found.reading.problems]

    assert kinds("收入", "等待买家付款") == (["closed"], [])
    assert kinds("收入", "等待对方确认收货") == ([], ["state"])
    assert kinds("支出", "等待确认收货") == (["spending"], [])


@pytest.mark.parametrize(
    ("state", "taken", "code"),
    [
        ("等待买家付款", "38.00", "state"), ("处理中", "38.00", "state"), ("", "38.00", "missing"),
        ("等待买家付款", "0.00", None), ("交易成功", "38.00", None), ("交易关闭", "38.00", None),
    ],
)  # fmt: skip
def test_orders_of_the_portal(read: ReadOne, state: str, taken: str, code: str | None) -> None:
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.append(ORDERS)
    sheet.append(("o1", "2026031022001", "2026-03-10 12:00:00", state, taken, "0.00", "0.00", "0.00"))
    sheet.append(("o2", "2026031022002", "2026-03-10 13:00:00", "交易成功", "5.00", "0.00", "0.00", "0.00"))
    out = io.BytesIO()
    book.save(out)
    found = read(out.getvalue())
    assert [problem.code for problem in found.reading.problems] == ([code] if code else [])
    assert found.frames["payments"].height == (1 if code else 2)


def test_a_moment_of_change_that_cannot_be_read_is_a_broken_row(read: ReadOne) -> None:
    """It is the moment of the refund that stands in the original's row."""
    (found,) = read(OLD.replace("2019-03-01 15:00:00", "2019-03-01 15h00").encode("gb18030")).reading.problems
    assert (found.column, found.value, found.code) == ("最近修改时间", "2019-03-01 15h00", "moment")


def test_a_bill_without_the_moment_of_success_is_not_read_by_guess(read: ReadOne) -> None:
    """An order that was never paid has none; without the column it would count as money spent."""
    bill = (GOLDEN / "meituan-personal" / "2026-03.csv").read_text("utf-8-sig")
    assert read(bill.encode()).reading.outcome == "read"
    assert read(bill.replace("交易成功时间", "b易成功时间").encode()).reading.outcome == "unknown"
