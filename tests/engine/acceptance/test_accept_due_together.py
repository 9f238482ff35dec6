"""Deposits that name nothing and bring all that is due that day: of a weekend, of two shops, or the day itself, days late."""

# Rows of files stand one to a line, however long.
# ruff: noqa: E501

from __future__ import annotations

from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
from acceptance_book import Book
from acceptance_tables import account, accounts, bank, stores

ONE, TWO = "560330011223344", "560330011223388"
BANK = "571900000001"
PAYER = "通联支付网络服务股份有限公司"
# The first is a Thursday.
DAYS = {
    "2026-03-05": "310.20",
    "2026-03-06": "207.35",
    "2026-03-07": "618.04",
    "2026-03-08": "94.77",
    "2026-03-09": "455.61",
}
SECOND = {"2026-03-05": "128.53", "2026-03-09": "77.19"}


def bill(folder: Path, merchant: str, days: dict[str, str]) -> Path:
    """The cashier's file by position: one sale a day, at no fee, so that the deposit is what was sold."""
    lines = []
    for day, amount in days.items():
        cells = [""] * 34
        cells[0], cells[1], cells[2], cells[3], cells[4] = merchant, "店", "T1", "12:00:00", "扫码支付"
        cells[12], cells[13], cells[14], cells[15] = amount, "0.00", day, f"{merchant[-4:]}{day.replace('-', '')}01"
        cells[16], cells[19], cells[20], cells[30], cells[33] = f"P{day}", amount, amount, "微信支付", day
        lines.append(",".join(cells))
    path = folder / f"{merchant}.txt"
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return path


def chain(book: Book, *, rule: str = "T1") -> None:
    folder = book.folder
    book.add(
        stores(folder, "S1 一号店", "S2 二号店"),
        accounts(
            folder,
            *(
                account("通联支付", number, store, "0.38%", BANK, rule=rule)
                for number, store in ((ONE, "S1"), (TWO, "S2"))
            ),
        ),
    )


def arrived(book: Book) -> dict[tuple[str, ...], Decimal]:
    """Per confirmed deposit: the merchants' ends and days of what it brings, and its amount."""
    return {
        tuple(sorted(brought)): amount
        for brought, amount in book.rows(
            "select list(right(s.merchant_no, 2) || ' ' || s.first_day), any_value(b.amount) from matches m "
            "join match_members i on i.match_id = m.match_id and i.side = 'inner' join settlements s on s.settlement_id = i.record_id "
            "join match_members o on o.match_id = m.match_id and o.side = 'outer' join bank_lines b on b.bank_line_id = o.record_id "
            "where m.kind = 'settlement_bank' and m.state = 'confirmed' group by m.match_id"
        )
    }


def test_the_contract_says_when_a_bill_without_a_day_is_paid(book: Book) -> None:
    """Thursday's on Friday, and Friday, Saturday and Sunday together on Monday."""
    chain(book)
    book.add(bill(book.folder, ONE, DAYS))
    book.add(bank(book.folder / "b.csv", [
        ("2026-03-06 09:00:00", "310.20", PAYER, "结算款"), ("2026-03-09 09:00:00", "920.16", PAYER, "结算款"), ("2026-03-10 09:00:00", "455.61", PAYER, "结算款"),
    ]))  # fmt: skip
    book.reconcile()
    assert book.rows("select expected_on from settlements order by first_day") == [
        (date(2026, 3, day),) for day in (6, 9, 9, 9, 10)
    ]
    assert arrived(book) == {
        ("44 2026-03-05",): Decimal("310.20"),
        ("44 2026-03-06", "44 2026-03-07", "44 2026-03-08"): Decimal("920.16"),
        ("44 2026-03-09",): Decimal("455.61"),
    }
    assert book.codes() == []


def test_one_deposit_for_two_shops(book: Book) -> None:
    chain(book)
    book.add(bill(book.folder, ONE, DAYS), bill(book.folder, TWO, SECOND))
    book.add(bank(book.folder / "b.csv", [
        ("2026-03-06 09:00:00", "438.73", PAYER, "结算款"), ("2026-03-09 09:00:00", "920.16", PAYER, "结算款"), ("2026-03-10 09:00:00", "532.80", PAYER, "结算款"),
    ]))  # fmt: skip
    book.reconcile()
    assert ("44 2026-03-05", "88 2026-03-05") in arrived(book)
    assert len(arrived(book)) == 3
    assert book.codes() == []


@pytest.mark.parametrize(
    ("amount", "payer", "memo"),
    [
        ("438.74", PAYER, "结算款"),  # a fen more
        ("438.73", "王老板", "往来款"),  # of somebody else
        ("438.73", PAYER, f"商户{ONE}结算款"),  # for one of the two alone
    ],
)
def test_what_is_not_all_of_it_is_not_proven(book: Book, amount: str, payer: str, memo: str) -> None:
    chain(book)
    book.add(bill(book.folder, ONE, DAYS), bill(book.folder, TWO, SECOND))
    book.add(bank(book.folder / "b.csv", [("2026-03-06 09:00:00", amount, payer, memo)]))
    book.reconcile()
    assert arrived(book) == {}


def test_what_the_contract_makes_due_and_does_not_come_is_missing(book: Book) -> None:
    chain(book)
    book.add(bill(book.folder, ONE, DAYS))
    book.add(bank(book.folder / "b.csv", [
        ("2026-03-06 09:00:00", "310.20", PAYER, "结算款"), ("2026-03-10 09:00:00", "455.61", PAYER, "结算款"), ("2026-03-16 09:00:00", "1.00", "某人", "往来"),
    ]))  # fmt: skip
    book.reconcile()
    assert [(code, amount) for code, _, amount in book.codes() if code == "D08"] == [
        ("D08", Decimal("-618.04")), ("D08", Decimal("-207.35")), ("D08", Decimal("-94.77")),
    ]  # fmt: skip


def test_a_contract_calls_nothing_missing_while_its_payer_is_not_known(book: Book) -> None:
    """The money came, from a bank that nobody knows to pay for the acquirer."""
    chain(book)
    book.add(bill(book.folder, ONE, {"2026-03-05": "310.20"}))
    book.add(bank(book.folder / "b.csv", [
        ("2026-03-06 09:00:00", "310.20", "某某银行", "结算款"), ("2026-03-16 09:00:00", "1.00", "某人", "往来"),
    ]))  # fmt: skip
    book.reconcile()
    assert "D08" not in {code for code, _, _ in book.codes()}


def test_money_that_is_late_alike_is_no_accident(book: Book) -> None:
    """The contract says the next day, the deposits come a day later and name nothing; so they do day after day."""
    chain(book, rule="D1")
    book.add(bill(book.folder, ONE, DAYS))
    late = {f"2026-03-{int(day[-2:]) + 2:02d}": amount for day, amount in DAYS.items()}
    book.add(
        bank(book.folder / "b.csv", [(f"{day} 09:00:00", amount, PAYER, "结算款") for day, amount in late.items()])
    )
    book.reconcile()
    assert len(arrived(book)) == 5
    assert book.codes() == []


def test_two_that_are_late_alike_may_be_an_accident(book: Book) -> None:
    chain(book, rule="D1")
    book.add(bill(book.folder, ONE, dict(list(DAYS.items())[:2])))
    book.add(
        bank(
            book.folder / "b.csv",
            [("2026-03-07 09:00:00", "310.20", PAYER, "结算款"), ("2026-03-08 09:00:00", "207.35", PAYER, "结算款")],
        )
    )
    book.reconcile()
    assert arrived(book) == {}


@pytest.mark.parametrize(("last", "codes"), [("94.77", set()), ("94.76", {"D08"})])
def test_a_bill_that_says_its_day_may_be_paid_day_by_day(book: Book, last: str, codes: set[str]) -> None:
    """Three days of sales are due on Monday, and three deposits name the merchant."""
    merchant = "822290059430BFA"
    sales = [("20260306", "20735"), ("20260307", "61804"), ("20260308", "9477")]
    heads = {
        "JY": "商户编号|交易日期|交易时间|终端号|分支机构|交易类型|拉卡拉流水号|原拉卡拉流水号|卡号|支付渠道|银行名称|交易金额(分)|手续费(分)|结算金额(分)|商户订单号|支付订单号|外部流水号|系统参考号|备注|支付方式",
        "JS": "商户编号|交易日期|交易时间|终端号|拉卡拉流水号|交易金额(分)|手续费(分)|结算金额(分)|结算日期|结算状态",
    }
    rows = {
        "JY": [f"{merchant}|{day}|120000|D1||消费|{day}01|||微信||{fen}|0|{fen}|P{day}||||||" for day, fen in sales],
        "JS": [f"{merchant}|{day}|120000|D1|{day}01|{fen}|0|{fen}|20260309|已结算" for day, fen in sales],
    }
    for name, head in heads.items():
        rows[name] = [line[: line.rfind("|")] if line.count("|") > head.count("|") else line for line in rows[name]]
        (book.folder / name).write_text("\n".join([head, *rows[name]]) + "\n", encoding="utf-8")
    book.add(stores(book.folder, "S1 一号店"), accounts(book.folder, account("拉卡拉", merchant, "S1", "0.38%", BANK)))
    book.add(*(book.folder / name for name in heads))
    book.add(bank(book.folder / "b.csv", [
        *(("2026-03-09 09:00:00", amount, "拉卡拉支付股份有限公司", f"商户{merchant}结算款") for amount in ("207.35", "618.04", last)),
        ("2026-03-16 09:00:00", "-1.00", "某人", "货款"),
    ]))  # fmt: skip
    book.reconcile()
    assert {code for code, _, _ in book.codes()} - {"D07"} == codes
