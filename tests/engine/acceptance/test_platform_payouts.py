"""Payouts that are read out of order rows: whatever exports overlap and in whatever order, each record counts once."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from pathlib import Path

import pytest
from acceptance_book import Book
from acceptance_tables import account, accounts, csv_file, stores, xlsx_file

Writer = Callable[..., Path]
LONG = (
    "到家业务单号", "业务类型", "商家编号", "门店编号", "skuId", "费用类型", "结算金额", "完成时间", "结算单id",
    "钱包结算状态",
)  # fmt: skip
WIDE = (
    "账单日期", "门店ID", "门店名称", "订单编号", "订单类型", "账户ID", "结算金额", "商品金额", "结算日期",
    "订单创建时间", "订单完成时间",
)  # fmt: skip
RETAIL = (
    "门店名称", "账单日期", "订单号", "订单类型", "门店ID", "结算金额", "订单应收", "净营业额合计", "服务费用合计",
)  # fmt: skip


def daojia(path: Path, *amounts: int, bill: str = "", day: str = "2026-03-03") -> Path:
    """One sale per amount, and its number is the amount; no charges."""
    rows = [
        (f"26110000000000{amount}", "订单", "V1", "11868123", "1", "货款", f"{amount}.00", f"{day} 12:00:00", bill, "")
        for amount in amounts
    ]
    return csv_file(path, [LONG, *rows])


def wide(path: Path, *amounts: int, pays: str = "2026-03-04") -> Path:
    rows = [
        ("2026-03-01", "E5001", "南山店", f"40700000000000{amount}", "外卖订单", "A90001", f"{amount}.00",
         f"{amount}.00", pays, "2026-03-01 12:01:00", "2026-03-01 12:40:00")
        for amount in amounts
    ]  # fmt: skip
    return xlsx_file(path.with_suffix(".xlsx"), {"外卖账单明细": [WIDE, *rows]})


def retail(path: Path, *amounts: int) -> Path:
    rows = [
        ("南山零售店", "2026-03-01", f"50800000000000{amount}", "销售订单", "R7001", f"{amount}.00", f"{amount}.00",
         f"{amount}.00", "0.00")
        for amount in amounts
    ]  # fmt: skip
    return xlsx_file(path.with_suffix(".xlsx"), {"销售账单明细": [RETAIL, *rows]})


@pytest.fixture
def chain(book: Book) -> Book:
    book.add(
        stores(book.folder, "S1 第1店"),
        accounts(book.folder, account("jd", "11868123", "S1", rate="", bank="571900000001")),
    )
    return book


def paid(book: Book) -> list[tuple[object, ...]]:
    book.reconcile()
    return book.rows("select s.external_id, s.net from settlements s order by s.last_day, s.net")


@pytest.mark.parametrize("bill", ["", "JS20260304001"], ids=["unnumbered", "numbered"])
@pytest.mark.parametrize("parts", [((10, 20), (10, 20, 30)), ((30,), (10, 20))])
def test_each_order_is_paid_out_once(
    chain: Book, tmp_path: Path, parts: tuple[tuple[int, ...], ...], bill: str
) -> None:
    for number, amounts in enumerate(parts):
        entry = chain.take(daojia(tmp_path / f"part{number}.csv", *amounts, bill=bill))[0]
        assert (entry["format"], entry["outcome"]) == ("jd-daojia/long_form", "imported")
    assert paid(chain) == [(bill or None, Decimal("60.00"))]
    assert chain.rows("select sum(amount), count(*) from payments") == [(Decimal("60.00"), 3)]
    assert chain.states("payment", "payout") == {"matched": 3}
    assert [code for code, state, _ in chain.codes() if state == "open"] == []


@pytest.mark.parametrize("turned", [False, True])
def test_an_order_gets_the_number_of_its_bill_from_a_later_export(chain: Book, tmp_path: Path, turned: bool) -> None:
    early, late = daojia(tmp_path / "early.csv", 10, 20), daojia(tmp_path / "late.csv", 10, 20, 30, bill="JS1")
    for path in (late, early) if turned else (early, late):
        assert chain.take(path)[0]["outcome"] == "imported"
    assert paid(chain) == [("JS1", Decimal("60.00"))]
    assert chain.states("payment", "payout") == {"matched": 3}


@pytest.mark.parametrize(("write", "number"), [(wide, "A90001"), (retail, None)])
def test_eleme_orders_are_paid_out_once(book: Book, tmp_path: Path, write: Writer, number: str | None) -> None:
    book.add(stores(book.folder, "S1 第1店"))
    for place, amounts in enumerate(((20, 30), (10, 20))):
        assert book.take(write(tmp_path / f"part{place}", *amounts))[0]["outcome"] == "imported"
    assert paid(book) == [(number, Decimal("60.00"))]
    assert book.states("payment", "payout") == {"matched": 3}


@pytest.mark.parametrize("turned", [False, True])
def test_the_day_of_a_payout_may_come_with_a_later_export(book: Book, tmp_path: Path, turned: bool) -> None:
    book.add(stores(book.folder, "S1 第1店"))
    early, late = wide(tmp_path / "early", 10, 20, pays=""), wide(tmp_path / "late", 20, 30)
    for path in (late, early) if turned else (early, late):
        assert book.take(path)[0]["outcome"] == "imported"
    assert paid(book) == [("A90001", Decimal("60.00"))]
    assert book.rows("select expected_on = date '2026-03-04' from settlements") == [(True,)]
    assert book.states("payment", "payout") == {"matched": 3}


def test_exports_in_any_order_make_one_book(chain: Book, tmp_path: Path, blank: Path) -> None:
    files = [
        daojia(tmp_path / "morning.csv", 10, 20),
        daojia(tmp_path / "evening.csv", 20, 30),
        daojia(tmp_path / "whole.csv", 10, 20, 30, 40),
    ]
    asked = "select cast(settlement_id as varchar), external_id, net from settlements"
    chain.take(*files)
    first = chain.rows(asked)
    assert [net for *_, net in first] == [Decimal("100.00")]
    other = Book(tmp_path, "倒序", blank)
    other.take(*reversed(files))
    assert other.rows(asked) == first
    other.close()
