"""Platform rows: the type says what a row is; what contradicts its sign or direction, or is no yuan, is broken."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from decimal import Decimal

import pytest

from .conftest import Read

ReadOne = Callable[..., Read]
DOUYIN = "动账时间,动帐流水号,动账方向,动账金额,动账场景,子订单号,订单号,订单实付应结,订单退款,备注"
YOUZAN = "类型,名称,业务单号,支付流水号,关联单号,账务主体,收入(元),支出(元),余额(元),入账时间"
WEIXIN = "流水单号,记账时间,动帐类型,收支类型,收支金额,关联订单号"
JD = "订单编号,单据编号,单据类型,费用项,金额,币种,收支方向,店铺号,费用发生时间,对账日期"
LAIKE = "所属订单ID,子订单ID,券码状态,核销时间,订单实收,软件服务费,达人佣金,增量宝佣金"
AT = "2026-03-01 10:00:00"


def table(header: str, rows: Sequence[str]) -> str:
    return "\r\n".join([header, *rows, ""])


def money(found: Read, kind: str, *names: str) -> list[tuple[object, ...]]:
    return found.frames[kind].select(names).rows() if kind in found.frames else []


def douyin(read: ReadOne, scene: str, remark: str, direction: str = "入账", amount: str = "95.00") -> Read:
    row = (
        f"{AT},7300000000000000001,{direction},{amount},{scene},6920000000000000001,6920000000000000001,95.00,,{remark}"
    )
    return read(table(DOUYIN, [row]))


@pytest.mark.parametrize("remark", ["用户申请退款后取消", "含提现优惠", ""])
def test_a_remark_does_not_change_what_a_movement_is(read: ReadOne, remark: str) -> None:
    found = douyin(read, "货款结算入账", remark)
    assert money(found, "payments", "kind", "amount") == [("payment", Decimal("95.00"))]
    assert money(found, "wallet_lines", "kind") == [("payment",)]


@pytest.mark.parametrize(
    ("scene", "direction", "amount"),
    [("售后退款", "入账", "95.00"), ("货款结算入账", "出账", "95.00"), ("货款结算入账", "入账", "-95.00")],
)
def test_a_movement_against_its_word_or_direction_is_broken(
    read: ReadOne, scene: str, direction: str, amount: str
) -> None:
    found = douyin(read, scene, "", direction, amount)
    assert found.codes == ["sign_contradicts"]
    assert money(found, "payments", "amount") == money(found, "wallet_lines", "amount") == []


def test_the_name_of_a_youzan_row_is_not_its_type(read: ReadOne) -> None:
    found = read(table(YOUZAN, [f"订单入账,退款无忧券,E2026030100001,P1,,小满,50.00,,50.00,{AT}"]))
    assert money(found, "payments", "kind", "amount") == [("payment", Decimal("50.00"))]


def test_the_charge_of_a_withdrawal_is_none(read: ReadOne) -> None:
    rows = [f"提现手续费,,T1,P1,,小满,,1.00,99.00,{AT}", f"提现,,T1,P2,,小满,,99.00,0.00,{AT}"]
    found = read(table(YOUZAN, rows))
    assert money(found, "wallet_lines", "kind", "amount") == [
        ("adjustment", Decimal("-1.00")), ("withdrawal", Decimal("-99.00")),
    ]  # fmt: skip


def test_unknown_words_are_kept_and_counted(read: ReadOne) -> None:
    rows = [f"券核销,,E1,P1,,小满,88.00,,88.00,{AT}", f"订单入账,,E2,P2,,小满,2.00,,90.00,{AT}"]
    found = read(table(YOUZAN, rows))
    assert money(found, "wallet_lines", "kind", "amount") == [
        ("other", Decimal("88.00")), ("payment", Decimal("2.00")),
    ]  # fmt: skip
    assert found.reading.facts["unknown_words"] == "1"


def test_weixin_amounts_may_be_signed_like_their_direction_only(read: ReadOne) -> None:
    rows = [
        f"200000001,{AT},订单退款,支出,-8.00,3720000000000000001",
        f"200000002,{AT},订单收入,收入,-9.00,3720000000000000002",
    ]
    found = read(table(WEIXIN, rows))
    assert money(found, "wallet_lines", "kind", "amount") == [("refund", Decimal("-8.00"))]
    assert found.codes == ["sign_contradicts"]


def jd(item: str, amount: str, direction: str, currency: str = "人民币", number: str = "300000000001") -> str:
    return f"{number},{number},订单,{item},{amount},{currency},{direction},12345678,{AT},2026-03-03"


def test_jd_charges_against_their_direction_are_broken(read: ReadOne) -> None:
    rows = [
        jd("佣金", "-5.00", "收入"),
        jd("货款", "100.00", "收入"),
        jd("货款", "60.00", "收入", number="300000000002"),
    ]
    found = read(table(JD, rows))
    assert found.codes == ["sign_contradicts", "order_incomplete"]
    assert money(found, "payments", "external_id", "amount") == [("300000000002", Decimal("60.00"))]


@pytest.mark.parametrize(("currency", "codes"), [("USD", ["currency"]), ("美元", ["currency"]), ("CNY", []), ("", [])])
def test_jd_rows_in_other_money_are_broken(read: ReadOne, currency: str, codes: list[str]) -> None:
    found = read(table(JD, [jd("货款", "100.00", "收入", currency)]))
    assert found.codes == codes
    assert len(money(found, "payments", "amount")) == 1 - len(codes)


def test_the_sign_of_one_voucher_charge_says_nothing_about_the_others(read: ReadOne) -> None:
    rows = [
        f"O1,S1,已核销,{AT},100.00,5.00,0,0", f"O2,S2,已核销,{AT},100.00,-5.00,0,0",
        f"O3,S3,已核销,{AT},-100.00,5.00,0,0",
        f"O4,S4,已核销,{AT},100.00,5.00,-2.00,0", f"O5,S5,已核销,{AT},0.00,5.00,0,0",
    ]  # fmt: skip
    found = read(table(LAIKE, rows))
    assert money(found, "payments", "external_id", "amount", "fee") == [
        ("S1", Decimal("100.00"), Decimal("5.00")),
        ("S2", Decimal("100.00"), Decimal("5.00")),
        ("S3", Decimal("-100.00"), Decimal("-5.00")),
    ]
    assert [(problem.line, problem.code) for problem in found.reading.problems] == [
        (5, "sign_contradicts"), (6, "sign_contradicts"),
    ]  # fmt: skip


def test_warehouse_charges_of_one_payment_are_one_cost(read: ReadOne) -> None:
    header = "支付时间,费用项,支付金额,支付流水号,交易订单号,运单号"
    orders = read(table(header, [f"{AT},操作费,2.50,L1,T1,Y1", f"{AT},配送费,6.00,L1,T2,Y2"]))
    sales = read(table("支付流水号,支出时间,支出金额,费用项", [f"L1,{AT},8.50,仓储"]))
    wanted = [("other", "L1", None, Decimal("-8.50"))]
    for found in (orders, sales):
        assert money(found, "wallet_lines", "channel", "external_id", "business_id", "amount") == wanted


def test_cancelled_warehouse_services_cost_nothing(read: ReadOne) -> None:
    header = "支付流水号,支付时间,支付金额,增值服务单号,关联单据号,增值服务类型,状态"
    found = read(table(header, [f"L3,{AT},8.00,Z1,IN1,贴标,已完成", f"L4,{AT},9.00,Z2,IN2,贴标,已取消"]))
    assert money(found, "wallet_lines", "external_id", "amount") == [("L3", Decimal("-8.00"))]
    assert found.reading.facts["cancelled"] == "1"
