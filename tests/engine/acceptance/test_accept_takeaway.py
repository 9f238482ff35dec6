"""From takeaway orders to the platform's payouts and the bank, with exact amounts."""

# Rows of files stand one to a line, however long.
# ruff: noqa: E501

from __future__ import annotations

import pytest
from acceptance_book import Book
from acceptance_money import BANK, DAY, MT, M, Money, master
from acceptance_tables import Till, account, bank, waimai, waimai_row

O1 = "300112233445566"


def meal(number: int, day: str, shop: str = M, payout: str = "8800001", **more: str) -> dict[str, str]:
    return waimai_row(
        shop, f"{O1}{number:04d}", day, "36.99", "48.00", "2.00", "-6.00", "-7.01", "-2.86", payout=payout, **more
    )  # type: ignore[arg-type]


def test_takeaway_to_the_bank(book: Book) -> None:
    till = Till()
    till.order("S1", "T1", f"{DAY} 12:00:00", "44.00", ("美团外卖", "44.00", M, f"{O1}0001"), channel="美团")
    rows = [meal(1, DAY), meal(2, DAY, state="订单取消") | {"商家应收款": "0.00", "商品总价": "48.00", "平台服务费(含佣金和配送服务费)": "-"},
            waimai_row(M, "-", DAY, "-5.00", kind="推广费用")]  # fmt: skip
    book.add(*master(book.folder), *till.write(book.folder), waimai(book.folder / "w.xlsx", rows, {DAY: "2026-03-13"}),
             bank(book.folder / "b.csv", [(DAY, "-1.00", "x", ""), ("2026-03-13", "31.99", MT, "美团结算"), ("2026-03-20", "-1.00", "x", "")]))  # fmt: skip
    book.reconcile()
    assert book.codes() == []
    assert book.states("payment", "till") == {"matched": 1, "excluded": 2}
    assert book.states("payment", "payout") == {"matched": 2, "excluded": 1}
    assert book.states("settlement", "bank")["matched" if book.deposits() else "timing"] == 1
    assert book.rows("select gross, fee, net from settlements") == [(Money("39.00"), Money("7.01"), Money("31.99"))]


def test_two_payout_accounts_on_one_day_are_two_payouts(book: Book) -> None:
    more = [account("美团外卖", "90002", "S2", "6.5%", BANK, rule="T3")]
    rows = [meal(1, DAY), meal(2, DAY, "90002", "8800002")]
    lines = [
        (DAY, "-1.00", "x", ""),
        ("2026-03-13", "36.99", MT, "结算 8800002"),
        ("2026-03-13", "36.99", MT, "结算 8800001"),
        ("2026-03-20", "-1.00", "x", ""),
    ]
    book.add(
        *master(book.folder, *more),
        waimai(book.folder / "w.xlsx", rows, {DAY: "2026-03-13"}),
        bank(book.folder / "b.csv", lines),
    )
    book.reconcile()
    assert book.rows("select net from settlements") == [(Money("36.99"),)] * 2
    assert len(book.deposits()) == 2
    found = book.rows("select s.payout_account, b.memo from match_members i join settlements s on s.settlement_id = i.record_id "
                      "join match_members o on o.match_id = i.match_id join bank_lines b on b.bank_line_id = o.record_id")  # fmt: skip
    assert all(payout in memo for payout, memo in found)


def test_two_shops_paid_out_together(book: Book) -> None:
    more = [account("美团外卖", "90002", "S2", "6.5%", BANK, rule="T3")]
    rows = [meal(1, DAY), meal(2, DAY, "90002"), meal(3, "2026-03-11")]
    lines = [
        (DAY, "-1.00", "x", ""),
        ("2026-03-13", "110.97", MT, "美团 8800001 20260313"),
        ("2026-03-20", "-1.00", "x", ""),
    ]
    book.add(
        *master(book.folder, *more),
        waimai(book.folder / "w.xlsx", rows, {DAY: "2026-03-13", "2026-03-11": "2026-03-13"}),
        bank(book.folder / "b.csv", lines),
    )
    book.reconcile()
    assert book.rows("select net, first_day::varchar, last_day::varchar from settlements") == [
        (Money("110.97"), DAY, "2026-03-11")
    ]
    assert {amount for _, amount in book.deposits()} == {Money("110.97")}


def test_a_commission_above_the_contract(book: Book) -> None:
    rows = [waimai_row(M, f"{O1}0001", DAY, "36.49", "48.00", "2.00", "-6.00", "-7.51", "-3.36")]
    book.add(*master(book.folder), waimai(book.folder / "w.xlsx", rows, {DAY: "2026-03-13"}))
    book.reconcile()
    assert book.codes() == [("D12", "open", Money("-0.50"))]


def test_a_takeaway_order_the_till_does_not_know_and_one_not_billed(book: Book) -> None:
    till = Till()
    till.order("S1", "T1", f"{DAY} 12:00:00", "44.00", ("美团外卖", "44.00", M, f"{O1}0001"), channel="美团")
    till.order("S1", "T2", f"{DAY} 12:30:00", "44.00", ("美团外卖", "44.00", M, f"{O1}0009"), channel="美团")
    rows = [meal(1, DAY), meal(2, DAY)]
    book.add(*master(book.folder), *till.write(book.folder), waimai(book.folder / "w.xlsx", rows, {DAY: "2026-03-13"}))
    book.reconcile()
    assert [found for found in book.codes() if found[0] in ("D01", "D02")] == [
        ("D01", "open", Money("-44.00")),
        ("D02", "open", Money("44.00")),
    ]


@pytest.mark.parametrize("order", ["early first", "late first"])
def test_a_bill_printed_again_when_its_payday_is_known(book: Book, order: str) -> None:
    """The bill of a day is downloaded before and after it was settled; the later print names the day of the payout."""
    early = waimai(book.folder / "w1.xlsx", [meal(1, DAY)], {DAY: "-"})
    late = waimai(
        book.folder / "w2.xlsx", [meal(1, DAY), meal(2, "2026-03-11")], {DAY: "2026-03-13", "2026-03-11": "-"}
    )
    lines = [
        (DAY, "-1.00", "x", ""),
        ("2026-03-13", "36.99", MT, "结算 8800001 20260313"),
        ("2026-03-20", "-1.00", "x", ""),
    ]
    book.add(*master(book.folder))
    for path in (early, late) if order == "early first" else (late, early):
        book.add(path)
    book.add(bank(book.folder / "b.csv", lines))
    book.reconcile()
    assert book.rows("select expected_on::varchar, net from settlements order by 1 nulls last") == [
        ("2026-03-13", Money("36.99")),
        (None, Money("36.99")),
    ]
    assert {amount for _, amount in book.deposits()} == {Money("36.99")}
    assert [code for code, *_ in book.codes()] == []
