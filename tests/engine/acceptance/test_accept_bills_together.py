"""Bills of acquirers that do not come one by one: carried over a negative day, together after a weekend, or by halves."""

# Rows of files stand one to a line, however long.
# ruff: noqa: E501

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import pytest
from acceptance_book import Book
from acceptance_tables import account, accounts, bank, stores
from test_accept_acquirers import zm
from test_accept_due_together import BANK, ONE, PAYER, TWO, arrived, bill

LKL, OTHER = "822290059430BFA", "822290059430BFC"
LAKALA = "拉卡拉支付股份有限公司"
CUP = "777290058110097"
UNIONPAY = "中国银联股份有限公司"
Money = Decimal


def shop(book: Book, channel: str, *merchants: str, rule: str = "T1") -> None:
    """One store per merchant number."""
    folder, names = book.folder, [f"S{number}" for number in range(1, len(merchants) + 1)]
    book.add(
        stores(folder, *(f"{name} {name}店" for name in names)),
        accounts(
            folder,
            *(
                account(channel, merchant, name, "0.38%", BANK, rule=rule)
                for merchant, name in zip(merchants, names, strict=True)
            ),
        ),
    )


def came(book: Book, *lines: tuple[str, str, str, str]) -> None:
    """A statement with these deposits (day, amount, payer, memo), which begins before and goes on after them."""
    told = [(f"{day} 09:00:00", amount, payer, memo) for day, amount, payer, memo in lines]
    first, last = (("2026-03-02 09:00:00", "-1.00", "某人", "货款"), ("2026-03-27 09:00:00", "-1.00", "某人", "货款"))
    book.add(bank(book.folder / "b.csv", [first, *told, last]))
    book.reconcile()


def settled(folder: Path, merchant: str, payday: str, sales: dict[str, str]) -> tuple[Path, Path]:
    """拉卡拉: one sale a day at no fee, all of them settled on one day."""
    trades = [
        "商户编号|交易日期|交易时间|终端号|分支机构|交易类型|拉卡拉流水号|原拉卡拉流水号|卡号|支付渠道|银行名称|交易金额(分)|手续费(分)|结算金额(分)|商户订单号|支付订单号|外部流水号|系统参考号|备注|支付方式"
    ]
    paid = ["商户编号|交易日期|交易时间|终端号|拉卡拉流水号|交易金额(分)|手续费(分)|结算金额(分)|结算日期|结算状态"]
    for day, amount in sales.items():
        fen, number = amount.replace(".", ""), f"{merchant[-3:]}{day.replace('-', '')}01"
        trades.append(
            f"{merchant}|{day.replace('-', '')}|120000|D1||消费|{number}|||微信||{fen}|0|{fen}|P{number}|||||"
        )
        paid.append(f"{merchant}|{day.replace('-', '')}|120000|D1|{number}|{fen}|0|{fen}|{payday}|已结算")
    paths = folder / f"JY_{merchant}_{payday}.txt", folder / f"JS_{merchant}_{payday}.txt"
    for path, lines in zip(paths, (trades, paid), strict=True):
        path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return paths


def gaps(book: Book) -> list[tuple[str, str, Money]]:
    """State, stage and gap of each match at the bank."""
    return [
        (state, stage, gap.quantize(Money("0.01")))
        for state, stage, gap in book.rows(
            "select m.state, m.stage, sum(case x.side when 'outer' then x.amount else -x.amount end) from matches m join match_members x using (match_id) "
            "where m.kind = 'settlement_bank' and m.state <> 'revoked' group by m.match_id, m.state, m.stage order by 1, 2, 3"
        )
    ]


NEGATIVE = {"2026-03-03": "310.20", "2026-03-04": "-10.01", "2026-03-05": "302.93", "2026-03-06": "94.77"}


@pytest.mark.parametrize("memo", [f"商户{ONE}结算款", "结算款"])
def test_a_negative_bill_is_carried_into_the_next(book: Book, memo: str) -> None:
    """302.93 − 10.01 arrive as 292.92; nothing is missing and nothing is left over."""
    shop(book, "通联支付", ONE, rule="D1")
    book.add(bill(book.folder, ONE, NEGATIVE))
    came(book, ("2026-03-04", "310.20", PAYER, memo), ("2026-03-06", "292.92", PAYER, memo), ("2026-03-07", "94.77", PAYER, memo))  # fmt: skip
    assert arrived(book)["44 2026-03-04", "44 2026-03-05"] == Money("292.92")
    assert book.codes() == []
    assert book.states("settlement", "bank") == {"matched": 4}


@pytest.mark.parametrize(
    ("day", "amount", "payer"),
    [("2026-03-06", "292.93", PAYER), ("2026-03-08", "292.92", PAYER), ("2026-03-06", "292.92", "王老板")],
)
def test_what_is_not_the_sum_with_the_negative_bill_proves_nothing(
    book: Book, day: str, amount: str, payer: str
) -> None:
    shop(book, "通联支付", ONE, rule="D1")
    book.add(bill(book.folder, ONE, NEGATIVE))
    came(book, ("2026-03-04", "310.20", PAYER, "结算款"), (day, amount, payer, "结算款"))
    assert all(len(brought) == 1 for brought in arrived(book))


def test_a_bill_below_the_least_payout_comes_with_the_next(book: Book) -> None:
    shop(book, "通联支付", ONE, rule="D1")
    book.add(bill(book.folder, ONE, {"2026-03-03": "310.20", "2026-03-04": "14.44", "2026-03-05": "433.94"}))
    memo = f"商户{ONE}结算款"
    came(book, ("2026-03-04", "310.20", PAYER, memo), ("2026-03-06", "448.38", PAYER, memo))
    assert arrived(book)["44 2026-03-04", "44 2026-03-05"] == Money("448.38")
    assert book.codes() == []


@pytest.mark.parametrize("amount", ["14.00", "14.44"])
def test_bills_in_a_row_are_not_believed_beside_another_deposit(book: Book, amount: str) -> None:
    """The small bill may have come by itself, without a name, and the last one lack a row that is as much."""
    shop(book, "通联支付", ONE, rule="D1")
    book.add(bill(book.folder, ONE, {"2026-03-03": "310.20", "2026-03-04": "14.44", "2026-03-05": "433.94"}))
    memo = f"商户{ONE}结算款"
    came(book, ("2026-03-04", "310.20", PAYER, memo), ("2026-03-05", amount, PAYER, memo if amount == "14.00" else "结算款"), ("2026-03-06", "448.38", PAYER, memo))  # fmt: skip
    assert ("44 2026-03-04", "44 2026-03-05") not in arrived(book)


def test_the_sum_of_two_shops_is_not_believed_beside_what_one_of_them_is_due(book: Book) -> None:
    shop(book, "通联支付", ONE, TWO, rule="D1")
    book.add(*(bill(book.folder, number, {"2026-03-04": amount}) for number, amount in ((ONE, "310.20"), (TWO, "128.53"))))  # fmt: skip
    came(book, *(("2026-03-05", amount, PAYER, "结算款") for amount in ("310.20", "438.73")))
    assert gaps(book) == [("suggested", "amount_and_window", Money("0.00"))]


def test_small_sums_of_which_there_are_several_prove_nothing(book: Book) -> None:
    """Two shops of which the amounts lie within 20 yuan: three sums that a deposit may be by chance."""
    shop(book, "通联支付", ONE, TWO)
    for number, amounts in ((ONE, ("5.00", "8.00", "25.00")), (TWO, ("6.00", "9.00", "11.00"))):
        book.add(bill(book.folder, number, dict(zip(("2026-03-06", "2026-03-07", "2026-03-08"), amounts, strict=True))))
    came(book, ("2026-03-09", "38.00", PAYER, "结算款"))
    assert arrived(book) == {}


def cleared(folder: Path, days: dict[str, str]) -> list[Path]:
    """银联: one file per day of clearing with one sale at no fee."""
    paths = []
    for day, amount in days.items():
        fen, short = f"{int(Money(amount) * 100):012d}", day.replace("-", "")[2:]
        path = folder / f"INN{short}88ZM_{CUP}"
        path.write_bytes(
            zm({1: "S22", 2: "00049000", 3: "00049992", 4: "000001", 5: f"{short[2:]}120000", 6: "6222021234567890", 7: fen,
                10: f"20{short}1200002222222", 12: f"P{short}", 16: "D000000000000", 17: f"C{fen}", 28: CUP, 34: "01080209"})
        )  # fmt: skip
        paths.append(path)
    return paths


WEEKS = {
    "2026-03-05": "310.20", "2026-03-06": "207.35", "2026-03-07": "618.04", "2026-03-08": "94.77", "2026-03-09": "455.61",
    "2026-03-10": "128.53", "2026-03-11": "77.19", "2026-03-12": "512.90", "2026-03-13": "61.08", "2026-03-14": "245.66",
    "2026-03-15": "33.33",
}  # fmt: skip
PAID = {
    "2026-03-06": "310.20", "2026-03-09": "920.16", "2026-03-10": "455.61", "2026-03-11": "128.53", "2026-03-12": "77.19",
    "2026-03-13": "512.90", "2026-03-16": "340.07",
}  # fmt: skip


@pytest.mark.parametrize("memo", [f"清算 {CUP}", "结算款"])
def test_the_weekend_of_unionpay_comes_as_one(book: Book, memo: str) -> None:
    """Friday to Sunday on Monday, by the contract; the payer is known by what it pays, its Mondays counted."""
    shop(book, "银联", CUP)
    book.add(*cleared(book.folder, WEEKS))
    came(book, *((day, amount, UNIONPAY, memo) for day, amount in PAID.items()))
    assert arrived(book)["97 2026-03-06", "97 2026-03-07", "97 2026-03-08"] == Money("920.16")
    assert "D09" not in {code for code, _, _ in book.codes()}


SALES = {"2026-03-06": "207.35", "2026-03-07": "618.04", "2026-03-08": "94.77"}


@pytest.mark.parametrize(
    ("parts", "matches", "codes"),
    [
        (("207.35", "618.04", "94.77"), [("confirmed", "parts_of_payout", Money("0.00"))], []),
        (("825.39", "94.77"), [("confirmed", "parts_of_payout", Money("0.00"))], []),
        (("207.35", "618.04"), [("confirmed", "parts_short", Money("-94.77"))], [("D12", "open", Money("-94.77"))]),
        (("825.39",), [("suggested", "due_but_one", Money("-94.77"))], []),
    ],
)
def test_a_bill_of_several_days_that_comes_by_halves(
    book: Book, parts: tuple[str, ...], matches: object, codes: object
) -> None:
    """Deposits that name nothing: what is told as missing is what is missing, not the whole bill."""
    shop(book, "拉卡拉", LKL)
    book.add(*settled(book.folder, LKL, "20260309", SALES))
    came(book, *(("2026-03-09", amount, LAKALA, "结算款") for amount in parts))
    assert gaps(book) == matches
    assert [code for code in book.codes() if code[0] != "D07"] == codes


def test_days_of_a_bill_are_not_believed_beside_another_deposit(book: Book) -> None:
    """94.70 may be the third day, changed on the way: who knows what is missing?"""
    shop(book, "拉卡拉", LKL)
    book.add(*settled(book.folder, LKL, "20260309", SALES))
    came(book, *(("2026-03-09", amount, LAKALA, "结算款") for amount in ("207.35", "618.04", "94.70")))
    assert gaps(book) == []


def test_days_of_a_bill_of_small_sums_prove_nothing_by_two_deposits(book: Book) -> None:
    """5.00 and 6.00 may be anything; that 8.00 is missing nobody knows."""
    shop(book, "拉卡拉", LKL)
    book.add(*settled(book.folder, LKL, "20260309", {"2026-03-06": "5.00", "2026-03-07": "6.00", "2026-03-08": "8.00"}))
    came(book, *(("2026-03-09", amount, LAKALA, "结算款") for amount in ("5.00", "6.00")))
    assert gaps(book) == []


@pytest.mark.parametrize(
    ("amount", "matches", "missing"),
    [
        # all but Saturday of the first shop
        ("657.86", [("suggested", "due_but_one", Money("-618.04"))], []),
        # both shops
        ("1275.90", [("confirmed", "due_together", Money("0.00"))], []),
        # a fen less: nobody knows
        ("657.85", [], [Money("-920.16"), Money("-355.74")]),
    ],
)
def test_a_deposit_of_two_shops_that_lacks_a_day(
    book: Book, amount: str, matches: object, missing: list[Money]
) -> None:
    shop(book, "拉卡拉", LKL, OTHER)
    book.add(*settled(book.folder, LKL, "20260309", SALES), *settled(book.folder, OTHER, "20260309", {"2026-03-06": "101.10", "2026-03-08": "254.64"}))  # fmt: skip
    came(book, ("2026-03-09", amount, LAKALA, "结算款"))
    assert gaps(book) == matches
    assert [gap for code, _, gap in book.codes() if code == "D08"] == missing
    assert "D09" not in {code for code, _, _ in book.codes()}


def test_a_deposit_that_lacks_one_shop_leaves_that_one_missing(book: Book) -> None:
    three = "560330011223399"
    shop(book, "通联支付", ONE, TWO, three, rule="D1")
    for number, amount in ((ONE, "310.20"), (TWO, "128.53"), (three, "502.46")):
        book.add(bill(book.folder, number, {"2026-03-05": amount}))
    came(book, ("2026-03-06", "438.73", PAYER, "结算款"))
    assert gaps(book) == [("suggested", "due_but_one", Money("0.00"))]
    assert book.codes() == [("D08", "open", Money("-502.46"))]
