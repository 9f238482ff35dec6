"""From a delivery platform's file to the bank: imported by the command line, reconciled, read in the public views."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

from acceptance_book import Book
from acceptance_tables import account, accounts, bank, stores

from chainbrain.intake.placed_files import EVERY_FILE
from chainbrain.intake.places import Placement

GOLDEN = Path(__file__).parents[2] / "golden"
BANK = "571900000001"


def chain(book: Book, channel: str, *merchants: str) -> None:
    book.add(
        stores(book.folder, *(f"S{number} 第{number}店" for number in range(1, len(merchants) + 1))),
        accounts(
            book.folder,
            *(
                account(channel, merchant, f"S{number}", rate="", bank=BANK)
                for number, merchant in enumerate(merchants, start=1)
            ),
        ),
    )


def test_eleme_bill_settlement_and_deposit(book: Book) -> None:
    chain(book, "eleme", "E5001", "E5002")
    entry = book.take(GOLDEN / "eleme-taobao-shangou" / "wide.xlsx")[0]
    assert (entry["format"], entry["outcome"]) == ("eleme-taobao-shangou/wide_2026", "imported")
    assert entry["rows"] == {"new": 8, "seen": 0, "suspect": 0, "broken": 0}
    assert entry["control_total"] == "agrees"
    # The account pays 81.43 for 1 March; the second day's refund and sale cancel each other out over two stores.
    book.add(
        bank(
            book.folder / "bank.csv",
            [("2026-03-04 09:00:00", "81.43", "上海拉扎斯信息科技有限公司", "A90001 2026-03-04 结算款")],
        )
    )
    book.reconcile()
    assert book.rows("select external_id, first_day, gross, fee, net, expected_on from settlements where net > 0") == [
        ("A90001", *book.rows("select date '2026-03-01', 98.50, 17.07000, 81.43, date '2026-03-04'")[0])
    ]
    assert book.rows("select kind, sum(amount), sum(net) from payments group by 1 order by 1") == [
        ("adjustment", Decimal("-7.50"), Decimal("-7.50")),
        ("payment", Decimal("168.00"), Decimal("114.95")),
        ("refund", Decimal("-31.00"), Decimal("-26.02")),
    ]
    assert book.deposits() == {("A90001", Decimal("81.43"))}
    assert book.states("payment", "payout") == {"matched": 7, "excluded": 1}
    assert book.rows("select distinct p.store_id from payments p order by 1") == [("S1",), ("S2",)]
    assert [code for code, state, _ in book.codes() if state == "open"] == []
    assert book.take(GOLDEN / "eleme-taobao-shangou" / "wide.xlsx")[0]["outcome"] == "already_imported"


def test_a_longer_export_of_the_same_days_adds_what_the_first_lacked(book: Book, tmp_path: Path) -> None:
    """The first export ends before the day is over; the second has all its rows: the payout is that of all rows."""
    import openpyxl

    whole = GOLDEN / "eleme-taobao-shangou" / "wide.xlsx"
    early = openpyxl.load_workbook(whole)
    early["外卖账单明细"].delete_rows(3, 8)
    early.save(tmp_path / "early.xlsx")
    chain(book, "eleme", "E5001", "E5002")
    assert book.take(tmp_path / "early.xlsx")[0]["rows"]["new"] == 1
    assert book.take(whole)[0]["rows"] == {"new": 7, "seen": 1, "suspect": 0, "broken": 0}
    book.reconcile()
    assert book.rows("select net from settlements where expected_on = date '2026-03-04'") == [(Decimal("81.43"),)]
    assert book.rows("select count(*) from payments") == [(8,)]


def test_daojia_orders_are_one_payment_each_and_in_their_batch(book: Book) -> None:
    chain(book, "jd", "11868123")
    entry = book.take(GOLDEN / "jd-daojia" / "sku.xlsx")[0]
    assert (entry["format"], entry["outcome"]) == ("jd-daojia/long_form", "imported")
    assert entry["rows"] == {"new": 11, "seen": 0, "suspect": 0, "broken": 0}
    book.reconcile()
    assert book.rows("select external_id, net from settlements order by 1") == [
        ("JS20260304001", Decimal("76.47")), ("JS20260305001", Decimal("-23.40")),
    ]  # fmt: skip
    assert book.states("payment", "payout") == {"matched": 4}


def test_order_lists_are_refused_with_the_right_export(book: Book) -> None:
    entry = book.take(GOLDEN / "eleme-taobao-shangou" / "order-export.xlsx", status=3)[0]
    assert (entry["format"], entry["outcome"]) == ("eleme-taobao-shangou/order_export", "refused")


def test_weixin_shop_orders_ledger_and_withdrawal(book: Book) -> None:
    """A file that does not name its shop is whose a person says; its withdrawal reaches the bank then."""
    chain(book, "weixin_shop", "sphXYZ0001")
    entry = book.take(GOLDEN / "weixin-shop" / "flow.xlsx")[0]
    assert (entry["format"], entry["outcome"]) == ("weixin-shop", "imported")
    assert entry["rows"] == {"new": 8, "seen": 0, "suspect": 0, "broken": 0}
    book.add(
        bank(
            book.folder / "bank.csv",
            [("2026-03-03 09:00:00", "156.60", "深圳市财付通支付科技有限公司", "提现TX20260302001")],
        )
    )
    book.workspace.place([Placement("S1", channel="weixin_shop", file=EVERY_FILE)])
    book.reconcile()
    assert book.rows("select kind, sum(amount), sum(net) from payments group by 1 order by 1") == [
        ("payment", Decimal("80.00"), Decimal("76.00")),
        ("refund", Decimal("-20.00"), Decimal("-19.00")),
    ]
    assert book.rows("select distinct store_id, merchant_no from payments") == [("S1", "sphXYZ0001")]
    assert book.states("payment", "ledger") == {"matched": 3}
    assert book.states("wallet_line", "ledger") == {"matched": 6, "excluded": 2}
    assert book.deposits() == {("200000008", Decimal("156.60"))}
    assert [code for code, state, _ in book.codes() if state == "open"] == []


def test_pinduoduo_refunds_without_a_number_stay_two_and_come_once(book: Book) -> None:
    chain(book, "pinduoduo", "PDD0001")
    path = GOLDEN / "pinduoduo" / "bill.csv"
    assert book.take(path)[0]["rows"] == {"new": 9, "seen": 0, "suspect": 0, "broken": 0}
    again = book.folder / "again.csv"
    again.write_bytes(path.read_bytes() + b"\r\n")
    assert book.take(again)[0]["rows"] == {"new": 0, "seen": 9, "suspect": 0, "broken": 0}
    book.add(
        bank(
            book.folder / "bank.csv",
            [("2026-03-03 09:00:00", "66.55", "上海付费通信息服务有限公司", "PDD0001 2026-03-02")],
        )
    )
    book.workspace.place([Placement("S1", channel="pinduoduo", file="bill.csv")])
    book.reconcile()
    assert book.states("payment", "ledger") == {"matched": 4}
    assert book.rows("select kind, sum(net) from payments group by 1 order by 1") == [
        ("payment", Decimal("74.55")), ("refund", Decimal("-8.00")),
    ]  # fmt: skip
    assert book.rows("select state from matches where kind = 'settlement_bank'") == [("confirmed",)]
    assert [code for code, state, _ in book.codes() if state == "open"] == []


def test_jd_wallet_lines_meet_their_settlement_rows(book: Book) -> None:
    """The wallet's fund flow names 商户订单号, the settlement sheet beside it the order of each."""
    chain(book, "jd", "12345678", "110000001")
    entry = book.take(GOLDEN / "jd-pop" / "wallet.xlsx")[0]
    assert (entry["format"], entry["outcome"]) == ("jd-pop/wallet_settlement", "imported")
    assert entry["rows"] == {"new": 17, "seen": 0, "suspect": 0, "broken": 0}
    book.reconcile()
    assert book.rows("select kind, sum(amount), sum(net) from payments group by 1 order by 1") == [
        ("adjustment", Decimal("-20.00"), Decimal("-20.00")),
        ("payment", Decimal("159.00"), Decimal("156.55")),
        ("refund", Decimal("-99.00"), Decimal("-94.05")),
    ]
    assert book.states("wallet_line", "ledger") == {"matched": 7, "excluded": 1}
