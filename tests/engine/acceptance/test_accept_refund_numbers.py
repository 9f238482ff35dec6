"""Numbers of refunds: one in two exports of which one prints none, and one that is called by its own number alone."""

from __future__ import annotations

import pytest
from acceptance_book import Book
from acceptance_tables import Till, account, accounts, stores, xlsx_file
from acceptance_wallets import ali_bill, ali_sale

TRADE = "2026031022001400000000000001"
PORTAL = (
    "商户订单号",
    "支付宝交易号",
    "创建时间",
    "交易状态",
    "商家实收(元)",
    "商家实退(元)",
    "服务费(元)",
    "退服务费(元)",
    "付款备注",
)


@pytest.mark.parametrize("portal_first", [False, True])
def test_a_refund_without_a_number_beside_one_with_a_number(book: Book, portal_first: bool) -> None:
    sale = ali_sale(TRADE, "o1", "2026-03-10 12:00:00", "20.00", "0.12")
    back = ali_sale(TRADE, "o1", "2026-03-10 13:00:00", "-20.00", "-0.12") | {
        "业务类型": "退款",
        "退款批次号/请求号": "R1",
    }
    bill = ali_bill(book.folder / "bill", [sale, back])
    portal = xlsx_file(
        book.folder / "portal.xlsx",
        {
            "交易订单": [
                ("支付宝商家平台",),
                ("账号",),
                PORTAL,
                ("o1", TRADE, "2026-03-10 12:00:00", "交易成功", "20.00", "20.00", "0.12", "0.12", ""),
            ]
        },
    )
    files = [portal, bill] if portal_first else [bill, portal]
    for path in files:
        status, _, err = book.cli("import", book.path, path)
        assert status in (0, 3), err
    refunds = book.rows("select count(*), sum(amount) from payments where kind = 'refund'")
    assert refunds == [(1, -20)]
    assert ("refund_known",) in book.rows("select distinct code from base.left_out_rows")


JY = (
    "商户编号|交易日期|交易时间|终端号|分支机构|交易类型|拉卡拉流水号|原拉卡拉流水号|卡号|支付渠道|银行名称|交易金额(分)|手续费(分)"
    "|结算金额(分)|商户订单号|支付订单号|外部流水号|系统参考号|备注|支付方式"
)


@pytest.mark.parametrize("later", ["sale", "refund", "till"])
def test_a_refund_that_its_bill_calls_by_its_own_number_alone(book: Book, later: str) -> None:
    """The till repeats its number of the sale; the acquirer names the sale by its own number alone."""
    merchant = "822290059430BFA"
    rows = {
        "sale": f"{merchant}|20260310|120000|D1||消费|260310000001|||微信||4000|15|3985|P1|||||扫码",
        "refund": f"{merchant}|20260312|150000|D1||退货|260312000009|260310000001||微信||-1500|-6|-1494|R1|||||扫码",
    }
    files = {}
    for name, row in rows.items():
        files[name] = book.folder / f"{name}.txt"
        files[name].write_text(f"{JY}\n{row}\n", encoding="utf-8")
    till = Till()
    till.order("S1", "001", "2026-03-10 11:59:50", "40.00", ("微信", "40.00", merchant, "P1"),
               ("微信", "-15.00", merchant, "P1", "2026-03-12 15:00:20"))  # fmt: skip
    # Both days at the till, so that what has no partner is told.
    till.order("S1", "002", "2026-03-12 09:00:00", "5.00", ("现金", "5.00", "", ""))
    orders, tenders = till.write(book.folder)
    master = [stores(book.folder, "S1 一号店"), accounts(book.folder, account("拉卡拉", merchant, "S1", "0.38%"))]
    parts = {"sale": [files["sale"]], "refund": [files["refund"]], "till": [orders, tenders]}
    last = parts.pop(later)
    book.add(*master, *(path for paths in parts.values() for path in paths))
    book.reconcile()
    book.add(*last)
    book.reconcile()
    assert book.pairs() == {("001", "260310000001"), ("001 refund", "260310000001 260312000009")}
    assert book.codes() == []
