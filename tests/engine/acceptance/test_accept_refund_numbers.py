"""One refund in two exports, of which only one prints its number, is asked about and never counted twice."""

from __future__ import annotations

import pytest
from acceptance_book import Book
from acceptance_tables import xlsx_file
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
