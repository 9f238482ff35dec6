"""From the wallets to their ledgers, fees, cash, stored value and money on its way, with exact amounts."""

# Rows of files stand one to a line, however long.
# ruff: noqa: E501

from __future__ import annotations

from acceptance_book import Book
from acceptance_money import BANK, CFT, DAY, A, B, Money, fund_of, master, wx
from acceptance_tables import Till, account, accounts, bank, csv_file, stores
from acceptance_wallets import wx_bill, wx_fund, wx_refund, wx_sale


def test_fees_of_the_worked_table(book: Book) -> None:
    """0.38 %: 0.94 in all; 0.60 %: 1.47 in all; 33.33 charged 0.25 is 0.05 too much; 0.80 charged nothing is right."""
    amounts = ["12.34", "0.50", "8.00", "25.50", "199.00", "1.30"]
    low = ["0.05", "0.00", "0.03", "0.10", "0.76", "0.00"]
    high = ["0.07", "0.00", "0.05", "0.15", "1.19", "0.01"]
    rows = []
    for merchant, fees, start in ((A, low, 1), (B, high, 101)):
        rows.append([wx_sale(wx(start + n), f"X{start + n}", f"{DAY} 12:0{n}:00", amount, fee, merchant)
                     for n, (amount, fee) in enumerate(zip(amounts, fees, strict=True))])  # fmt: skip
    rows[1] += [
        wx_sale(wx(200), "Y1", f"{DAY} 13:00:00", "33.33", "0.25", B),
        wx_sale(wx(201), "Y2", f"{DAY} 13:00:00", "0.80", "0", B),
    ]
    book.add(stores(book.folder, "S1 一号店"), accounts(book.folder, account("微信", A, "S1", "0.38%"), account("微信", B, "S1", "0.006")),
             wx_bill(book.folder / "a.csv", rows[0]), wx_bill(book.folder / "b.csv", rows[1]))  # fmt: skip
    book.reconcile()
    assert book.codes() == [("D07", "open", Money("-0.05"))]
    sums = dict(
        book.rows(
            "select merchant_no, sum(fee) from payments where external_id not in ("
            + f"'{wx(200)}', '{wx(201)}'"
            + ") group by 1"
        )
    )
    assert sums == {A: Money("0.94"), B: Money("1.47")}


def test_fee_given_back_with_a_refund(book: Book) -> None:
    """30.00 of 100.00 at 0.60 % gives 0.18 back; giving back only 0.10 is 0.08 too little for the business."""
    rows = [wx_sale(wx(1), "X1", f"{DAY} 12:00:00", "100.00", "0.60"), wx_refund(wx(1), "X1", f"{DAY} 13:00:00", "30.00", "5031", "R1", "-0.18"),
            wx_sale(wx(2), "X2", f"{DAY} 12:00:00", "100.00", "0.60"), wx_refund(wx(2), "X2", f"{DAY} 13:00:00", "30.00", "5032", "R2", "-0.10")]  # fmt: skip
    till = Till()
    for n in (1, 2):
        till.order(
            "S1",
            f"O{n}",
            f"{DAY} 12:00:00",
            "100.00",
            ("微信", "100.00", A, f"X{n}"),
            ("微信", "-30.00", A, f"X{n}", f"{DAY} 13:00:00"),
        )
    book.add(*master(book.folder), *till.write(book.folder), wx_bill(book.folder / "a.csv", rows))
    book.reconcile()
    assert book.codes() == [("D07", "open", Money("-0.08"))]


def test_trade_ledger_withdrawal_deposit(book: Book) -> None:
    rows = [wx_sale(wx(1), "X1", f"{DAY} 12:00:00", "100.00", "0.60"), wx_sale(wx(2), "X2", f"{DAY} 12:10:00", "0.50", "0.00"),
            wx_refund(wx(1), "X1", f"{DAY} 13:00:00", "30.00", "5031", "R1", "-0.18")]  # fmt: skip
    fund = [*fund_of(rows), ("2026-03-11 02:00:00", "70001", "9900", "提现", "-70.08", "W1")]
    book.add(*master(book.folder), wx_bill(book.folder / "a.csv", rows), wx_fund(book.folder / "f.csv", fund, newest_first=True),
             bank(book.folder / "b.csv", [("2026-03-11", "70.08", CFT, f"{A} 微信支付提现"), ("2026-03-16", "-1.00", "x", "")]))  # fmt: skip
    book.reconcile()
    assert book.codes() == []
    assert book.states("payment", "ledger") == {"matched": 3}
    assert book.states("wallet_line", "ledger") == {"matched": 5, "excluded": 1}
    assert book.states("wallet_line", "bank") == {"matched": 1}
    assert book.deposits() == {("9900", Money("70.08"))}


def test_the_ledger_disagrees(book: Book) -> None:
    """A sale that was never credited, a fee taken twice as high as billed, a credit that no bill explains."""
    rows = [wx_sale(wx(n), f"X{n}", f"{DAY} 12:0{n}:00", "100.00", "0.60") for n in (1, 2, 3)]
    fund = [line for line in fund_of(rows) if line[1] != wx(1)]
    fund = [
        (*line[:4], "-1.20", line[5]) if line[1] == wx(2) and line[3] == "扣除交易手续费" else line for line in fund
    ]
    fund += [
        (f"{DAY} 14:00:00", wx(77), "9970", "交易", "55.00", "X77"),
        ("2026-03-11 09:00:00", "60001", "9980", "充值", "1.00", ""),
    ]
    book.add(*master(book.folder), wx_bill(book.folder / "a.csv", rows), wx_fund(book.folder / "f.csv", fund))
    book.reconcile()
    assert book.codes() == [
        ("D07", "open", Money("-0.60")),
        ("D08", "open", Money("-99.40")),
        ("D09", "open", Money("55.00")),
    ]


def test_a_missing_ledger_day_waits(book: Book) -> None:
    rows = [
        wx_sale(wx(1), "X1", f"{DAY} 12:00:00", "100.00", "0.60"),
        wx_sale(wx(2), "X2", "2026-03-11 12:00:00", "50.00", "0.30"),
    ]
    book.add(
        *master(book.folder), wx_bill(book.folder / "a.csv", rows), wx_fund(book.folder / "f.csv", fund_of(rows[:1]))
    )
    book.reconcile()
    assert book.codes() == []
    assert book.states("payment", "ledger") == {"matched": 1, "timing": 1}
    book.add(wx_fund(book.folder / "f2.csv", fund_of(rows[1:], 9100), "99.40"))
    book.reconcile()
    assert book.codes() == []
    assert book.states("payment", "ledger") == {"matched": 2}


# ------------------------------------------------------------------------------------------------ in the shop
def test_cash_over_and_short(book: Book) -> None:
    columns = ("门店编号", "营业日期", "班次", "收银员", "备用金", "现金销售", "现金退款", "支出", "缴存", "实点")
    counts = [("S1", DAY, "早", "王", "500", "300", "20", "30", "200", "550"), ("S1", DAY, "晚", "李", "500", "100", "0", "0", "0", "597.50"),
              ("S1", "2026-03-11", "早", "王", "500", "100", "0", "0", "0", "601")]  # fmt: skip
    till = Till()
    till.order(
        "S1",
        "O1",
        f"{DAY} 12:00:00",
        "400.00",
        ("现金", "400.00", "", ""),
        ("现金", "-20.00", "", "", f"{DAY} 15:00:00"),
    )
    book.add(*master(book.folder), *till.write(book.folder), csv_file(book.folder / "cash.csv", [columns, *counts]))
    book.reconcile()
    assert book.codes() == [("D10", "open", Money("-2.50")), ("D10", "open", Money("1.00"))]
    assert book.states("tender", "till") == {"matched": 2}


def test_stored_value_used_in_the_till_and_in_the_member_system(book: Book) -> None:
    columns = ("门店编号", "时间", "类型", "金额", "本金", "赠金", "会员号", "单号")
    lines = [("S1", f"{DAY} 09:00:00", "充值", "100", "100", "0", "m1", "C1"), ("S1", f"{DAY} 12:00:00", "消费", "24", "24", "0", "m1", "O1"),
             ("S1", f"{DAY} 13:00:00", "消费", "9", "9", "0", "m1", "O7"), ("S1", f"{DAY} 22:00:00", "消费", "12", "12", "0", "m1", "O3")]  # fmt: skip
    till = Till()
    till.order("S1", "O1", f"{DAY} 12:00:00", "24.00", ("储值卡", "24.00", "", ""))
    till.order("S1", "O2", f"{DAY} 12:10:00", "31.00", ("储值卡", "31.00", "", ""))
    till.order("S1", "O3", f"{DAY} 12:20:00", "10.00", ("储值卡", "10.00", "", ""))
    book.add(*master(book.folder), *till.write(book.folder), csv_file(book.folder / "sv.csv", [columns, *lines]))
    book.reconcile()
    assert book.codes() == [
        ("D14", "open", Money("-31.00")),
        ("D14", "open", Money("2.00")),
        ("D14", "open", Money("9.00")),
    ]


def test_in_transit_rolls_forward_exactly(book: Book) -> None:
    """opening 500.00 + sales 130.00 − refunds 30.00 − fees 0.60 − received 569.58 = 29.82."""
    rows = [wx_sale(wx(1), "X1", f"{DAY} 12:00:00", "100.00", "0.60"), wx_refund(wx(1), "X1", f"{DAY} 13:00:00", "30.00", "5031", "R1", "-0.18"),
            wx_sale(wx(2), "X2", f"{DAY} 14:00:00", "30.00", "0.18")]  # fmt: skip
    fund = [*fund_of(rows), (f"{DAY} 23:30:00", "70001", "9900", "提现", "-569.58", "W1")]
    opening = csv_file(
        book.folder / "opening.csv",
        [
            ("类型", "渠道或账号", "门店编号", "日期", "余额"),
            ("钱包", "微信", "", DAY, "500.00"),
            ("银行", BANK, "", DAY, "1000.00"),
        ],
    )
    book.add(*master(book.folder), opening, wx_bill(book.folder / "a.csv", rows), wx_fund(book.folder / "f.csv", fund, "500.00"),
             bank(book.folder / "b.csv", [(DAY, "-1.00", "x", ""), ("2026-03-11", "569.58", CFT, f"{A}提现")]))  # fmt: skip
    book.reconcile()
    status = book.json("status", book.path)
    assert book.codes() == []
    assert [(row["channel"], row["amount"]) for row in status["in_transit"]] == [("wechat", "29.82")]
    assert status["in_transit_proven"] is True
    assert all(isinstance(row["amount"], str) for row in status["in_transit"])
