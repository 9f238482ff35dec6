"""Acquirers and aggregators from file to bank: payments, one payout per merchant and day, the deposit that pays it."""

# Rows of files stand one to a line, however long.
# ruff: noqa: E501

from __future__ import annotations

from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
from acceptance_book import Book
from acceptance_tables import account, accounts, bank, csv_file, stores

Money = Decimal
BANK = "571900000001"
UMS, LKL, CUP, TL = "898110154990001", "822290059430BFA", "777290058110097", "990440148166000"
UMS_COLUMNS = (
    "商户名称",
    "商户号",
    "终端号",
    "结算日期",
    "交易时间",
    "卡号",
    "金额",
    "手续费",
    "净额",
    "参考号",
    "交易类型",
    "交易渠道",
    "商户订单号",
    "银商订单号",
)
JY = "商户编号|交易日期|交易时间|终端号|分支机构|交易类型|拉卡拉流水号|原拉卡拉流水号|卡号|支付渠道|银行名称|交易金额(分)|手续费(分)|结算金额(分)|商户订单号|支付订单号|外部流水号|系统参考号|备注|支付方式"
JS = "商户编号|交易日期|交易时间|终端号|拉卡拉流水号|交易金额(分)|手续费(分)|结算金额(分)|结算日期|结算状态"
D0 = "商户编号|交易日期|拉卡拉流水号|交易金额(分)|手续费(分)|D0手续费(分)"


def master(folder: Path) -> list[Path]:
    rows = [
        account("银联商务", UMS, "S1", "0.38%", BANK), account("拉卡拉", LKL, "S1", "0.38%", BANK),
        account("银联", CUP, "S1", "0.60%", BANK), account("通联支付", TL, "S1", "0.38%", BANK),
    ]  # fmt: skip
    return [stores(folder, "S1 一号店"), accounts(folder, *rows)]


def ums(path: Path, *rows: tuple[str, str, str, str, str, str, str]) -> Path:
    """Rows: settlement day, moment, amount, fee, net, kind, number."""
    table = [
        (
            "甲公司",
            UMS,
            "12345678",
            day,
            at,
            "",
            amount,
            fee,
            net,
            f"R{number}",
            kind,
            "微信",
            f"P{number}",
            f"3194{number}",
        )
        for day, at, amount, fee, net, kind, number in rows
    ]
    return csv_file(path, [UMS_COLUMNS, *table])


SALE = ("2026-03-02", "2026-03-01 12:00:00", "100.50", "0.38", "100.12", "消费", "0001")
CARD = ("2026-03-02", "2026-03-01 12:10:00", "1200.00", "7.20", "1192.80", "消费", "0002")
BACK = ("2026-03-02", "2026-03-01 13:00:00", "-20.00", "-0.08", "-19.92", "退款", "0003")
LATER = ("2026-03-03", "2026-03-02 12:00:00", "50.00", "0.19", "49.81", "消费", "0004")


def settlements(book: Book, channel: str) -> list[tuple[object, ...]]:
    return book.rows(
        "select merchant_no, first_day, expected_on, gross, fee, net from settlements "
        f"where channel = '{channel}' order by first_day, net"
    )


def test_the_deposit_of_a_settlement_day_is_found(book: Book) -> None:
    """100.12 + 1192.80 − 19.92 = 1273.00 arrive in one sum; the next day's 49.81 are still on the way."""
    folder = book.folder
    book.add(*master(folder))
    [entry] = book.take(ums(folder / "a.csv", SALE, CARD, BACK, LATER))
    assert (entry["format"], entry["rows"], entry["control_total"]) == (
        "chinaums-excel/variant_1", {"new": 4, "seen": 0, "suspect": 0, "broken": 0}, "none",
    )  # fmt: skip
    book.take(
        bank(folder / "b.csv", [("2026-03-03 08:00:00", "1273.00", "银联商务股份有限公司", f"{UMS} 20260302 结算款")])
    )
    book.json("reconcile", book.path)
    assert book.rows(
        "select kind, amount, fee, net, store_id, merchant_order_no from payments order by occurred_at"
    ) == [
        ("payment", Money("100.50"), Money("0.38000"), Money("100.12000"), "S1", "P0001"),
        ("payment", Money("1200.00"), Money("7.20000"), Money("1192.80000"), "S1", "P0002"),
        ("refund", Money("-20.00"), Money("-0.08000"), Money("-19.92000"), "S1", "P0003"),
        ("payment", Money("50.00"), Money("0.19000"), Money("49.81000"), "S1", "P0004"),
    ]
    assert settlements(book, "chinaums") == [
        (UMS, date(2026, 3, 2), date(2026, 3, 2), Money("1280.50"), Money("7.50000"), Money("1273.00000")),
        (UMS, date(2026, 3, 3), date(2026, 3, 3), Money("50.00"), Money("0.19000"), Money("49.81000")),
    ]
    assert book.rows(
        "select m.stage, m.state, s.net, b.amount from matches m "
        "join match_members i on i.match_id = m.match_id and i.side = 'inner' join settlements s on s.settlement_id = i.record_id "
        "join match_members o on o.match_id = m.match_id and o.side = 'outer' join bank_lines b on b.bank_line_id = o.record_id "
        "where m.kind = 'settlement_bank'"
    ) == [("merchant_and_day", "confirmed", Money("1273.00000"), Money("1273.00"))]
    assert book.states("payment", "payout") == {"matched": 4}
    assert book.states("settlement", "bank") == {"matched": 1, "timing": 1}
    assert book.codes() == []
    book.check_laws()


def test_overlapping_exports_do_not_pay_twice(book: Book) -> None:
    folder = book.folder
    book.add(*master(folder), ums(folder / "a.csv", SALE, CARD))
    [entry] = book.take(ums(folder / "b.csv", CARD, BACK, LATER))
    assert entry["rows"] == {"new": 2, "seen": 1, "suspect": 0, "broken": 0}
    assert [row[-1] for row in settlements(book, "chinaums")] == [Money("1273.00000"), Money("49.81000")]


def test_a_row_whose_parts_disagree_is_left_out_and_named(book: Book) -> None:
    folder = book.folder
    wrong = (*CARD[:4], "1192.08", *CARD[5:])
    [entry] = book.take(*master(folder), ums(folder / "a.csv", SALE, wrong), status=3)[2:]
    assert entry["rows"] == {"new": 1, "seen": 0, "suspect": 0, "broken": 1}
    assert [(p["line"], p["column"], p["value"], p["code"]) for p in entry["problems"]] == [
        (3, "净额", "1192.08", "parts_differ")
    ]
    assert [row[-1] for row in settlements(book, "chinaums")] == [Money("100.12000")]


def lakala(folder: Path) -> tuple[Path, Path, Path]:
    trades, settled, same_day = folder / "JY_20260301.txt", folder / "JS_20260302.txt", folder / "D0_20260301.txt"
    trades.write_text("\n".join([
        JY,
        f"{LKL}|20260301|12:00:00|D1|S1|消费|26030100000001||||  |10050|38|10012|P1||4200001|R1||微信",
        f"{LKL}|20260301|12:10:00|D1|S1|消费|26030100000002|||||50.00|0.19|49.81|P2||2026030|R2||支付宝",
        f"{LKL}|20260301|13:00:00|D1|S1|退货|26030100000003|26030100000001||||10050|38|10012|P3||5030001|R3||微信",
        f"{LKL}|20260301|14:00:00|D1|S1|消费|26030100000004|||||30000|114|29886|P4|||R4||微信",
    ]) + "\n", encoding="utf-8")  # fmt: skip
    settled.write_text("\n".join([
        JS,
        f"{LKL}|20260301|12:00:00|D1|26030100000001|10050|38|10012|20260302|已结算",
        f"{LKL}|20260301|12:10:00|D1|26030100000002|5000|19|4981|20260302|已结算",
        f"{LKL}|20260301|13:00:00|D1|26030100000003|-10050|-38|-10012|20260302|已结算",
    ]) + "\n", encoding="utf-8")  # fmt: skip
    same_day.write_text(f"{D0}\n{LKL}|20260301|26030100000004|30000|114|15\n", encoding="utf-8")
    return trades, settled, same_day


def test_lakala_settles_its_trades_without_doubling_them(book: Book) -> None:
    """JS pays 100.12 + 49.81 − 100.12 on the second; D0 paid 300.00 − 1.14 − 0.15 on the day itself."""
    folder = book.folder
    book.add(*master(folder))
    assert [entry["format"] for entry in book.take(*lakala(folder))] == [
        f"lakala-sftp/{name}" for name in ("JY", "JS", "D0")
    ]
    book.take(bank(folder / "b.csv", [
        ("2026-03-01 20:00:00", "298.71", "拉卡拉支付股份有限公司", f"{LKL} 20260301"),
        ("2026-03-02 09:00:00", "49.81", "拉卡拉支付股份有限公司", f"{LKL} 20260302"),
    ]))  # fmt: skip
    book.reconcile()
    assert book.rows("select kind, count(*), sum(amount), sum(fee) from payments group by 1 order by 1") == [
        ("adjustment", 1, Money("0.00"), Money("0.15000")), ("payment", 3, Money("450.50"), Money("1.71000")),
        ("refund", 1, Money("-100.50"), Money("-0.38000")),
    ]  # fmt: skip
    assert [(row[2], row[-1]) for row in settlements(book, "lakala")] == [
        (date(2026, 3, 2), Money("49.81000")), (date(2026, 3, 1), Money("298.71000")),
    ]  # fmt: skip
    assert {amount for _, amount in book.deposits()} == {Money("298.71"), Money("49.81")}
    assert book.states("payment", "payout") == {"matched": 5}
    assert book.codes() == []


WIDTHS = (3, 11, 11, 6, 10, 19, 12, 4, 2, 21, 2, 32, 2, 6, 10, 13, 13, 4, 15, 2, 2, 6, 2, 4, 32, 1, 21, 15, 1, 15, 32, 13, 13, 8, 32, 13, 13, 12, 2, 1, 32, 98)  # fmt: skip


def zm(fields: dict[int, str]) -> bytes:
    """One line; the fields by their number in the issuer's list, from 1."""
    cells = [fields.get(number, "").encode("gb18030") for number in range(1, len(WIDTHS) + 1)]
    return b" ".join(cell.ljust(width) for cell, width in zip(cells, WIDTHS, strict=True)) + b"\r\n"


def test_unionpay_pays_out_what_other_receivers_leave(book: Book) -> None:
    """200.00 − 1.20, of which two shops get 50.00 each, and 100.50 − 0.60: 98.80 + 99.90 arrive for the main merchant."""
    folder = book.folder
    trade = {1: "S22", 2: "00049000", 3: "00049992", 4: "000001", 6: "6222021234567890", 28: CUP, 34: "01080209"}
    shared = trade | {5: "0101120000", 7: "000000020000", 10: "202601011200002222222", 12: "P2", 16: "D000000000120",
                      17: "C000000019880", 29: "1", 32: "C000000005000", 33: "C000000009880"}  # fmt: skip
    alone = trade | {5: "1231213000", 7: "000000010050", 10: "202512312130001111111", 12: "P1", 16: "D000000000060",
                     17: "C000000009990"}  # fmt: skip
    path = folder / f"INN26010188ZM_{CUP}"
    path.write_bytes(
        zm(alone)
        + zm(shared | {30: "898110154990011", 31: "南山小馆"})
        + zm(shared | {30: "898110154990012", 31: "东门小馆"})
    )
    book.add(*master(folder))
    [entry] = book.take(path)
    assert (entry["format"], entry["rows"]) == ("unionpay-zm-zme/ZM", {"new": 3, "seen": 0, "suspect": 0, "broken": 0})
    book.take(
        bank(folder / "b.csv", [("2026-01-02 08:00:00", "198.70", "中国银联股份有限公司", f"清算 {CUP} 20260101")])
    )
    book.reconcile()
    assert book.rows("select merchant_order_no, occurred_at::varchar, amount, net from payments order by 1") == [
        ("P1", "2025-12-31 21:30:00", Money("100.50"), Money("99.90000")),
        ("P2", "2026-01-01 12:00:00", Money("200.00"), Money("198.80000")),
    ]
    assert book.rows("select receiver, payment_external_id, amount from split_lines order by 1") == [
        ("898110154990011", "202601011200002222222", Money("50.00")), ("898110154990012", "202601011200002222222", Money("50.00")),
    ]  # fmt: skip
    assert settlements(book, "unionpay") == [
        (CUP, date(2026, 1, 1), None, Money("300.50"), Money("1.80000"), Money("198.70000"))
    ]
    assert {amount for _, amount in book.deposits()} == {Money("198.70")}
    assert book.codes() == []


def test_moments_without_a_year_are_not_guessed(book: Book) -> None:
    folder = book.folder
    line = zm(
        {
            1: "S22",
            4: "000001",
            5: "0101120000",
            7: "000000020000",
            10: "1",
            16: "D000000000120",
            17: "C000000019880",
            28: CUP,
        }
    )
    (folder / "ZM").write_bytes(line)
    [entry] = book.take(folder / "ZM", status=3)
    assert (entry["format"], entry["outcome"]) == ("unionpay-zm-zme/ZM", "refused")
    assert book.rows("select count(*) from payments") == [(0,)]


def test_a_holder_of_a_card_leaves_no_trace(book: Book) -> None:
    """收银宝 prints name and identity number of card holders; neither gets into the book, nor the card."""
    folder = book.folder
    row = [TL, "一号店", "01234567", "12:30:00", "消费", "000001", "000123", "260301123456", "6222021234567890123", "贷记卡", "", "",
           "1200.00", "6.60", "2026-03-01", "121000000000000003", "P3", "", "00012345", "1200.00", "1193.40", "VSP501", "0.00",
           "12:30:00", "张三丰", "440101199001011234", "", "0.00", "1200.00", "", "", "", "S1", "2026-03-01"]  # fmt: skip
    path = folder / "通联.txt"
    path.write_bytes("".join(",".join(cells) + "\r\n" for cells in (row, row[:9])).encode("gb18030"))
    book.add(*master(folder))
    [entry] = book.take(path, status=3)
    assert [(problem["line"], problem["code"]) for problem in entry["problems"]] == [(2, "field_count")]
    tables = [name for (name,) in book.rows("select table_name from duckdb_tables() where schema_name = 'base'")]
    held = " ".join(str(book.rows(f"select * from base.{name}")) for name in tables)
    assert "121000000000000003" in held
    for secret in ("张三丰", "440101199001011234", "6222021234567890123"):
        assert secret not in held
    assert [row[-1] for row in settlements(book, "allinpay")] == [Money("1193.40000")]


@pytest.mark.parametrize(("lang", "whole", "cell"), [
    ("zh", "第 2 行：这一行的列数和表头不一样", "第 3 行 交易金额(分)：交易金额(分)“一百”"),
    ("en", "line 2: This row has another number of columns", "line 3, 交易金额(分): 交易金额(分) “一百”"),
])  # fmt: skip
def test_a_fault_of_a_whole_row_names_no_column(book: Book, lang: str, whole: str, cell: str) -> None:
    path = book.folder / "JY.txt"
    good = f"{LKL}|20260301|120000|D1||消费|26030100000001|||微信||10050|38|10012|P1||||||"[:-1]
    path.write_text("\n".join([JY, good[:40], good.replace("|10050|", "|一百|"), good]) + "\n", encoding="utf-8")
    status, said, complained = book.cli("--lang", lang, "import", book.path, path)
    lines = [line.strip() for line in (said + complained).splitlines()]
    assert status == 3
    for words in (whole, cell):
        assert [line for line in lines if line.startswith(words)] != [], lines


def test_an_aggregator_keeps_the_number_of_the_wallet(book: Book) -> None:
    """The issuer's own example: one fen, paid by WeChat."""
    folder = book.folder
    path = folder / "扫呗.txt"
    path.write_text(
        "852105399000001,34336428,2021-12-14 19:45:13,,1,0,0,1,1,6,1,343364289921621121419450800017,,2905925869105,"
        "154553154,2021-12-14,o12Tabc,0,3,0,1,1,0,微信小程序订单支付,,OTHERS,测试门店,1\n",
        encoding="utf-8",
    )
    [entry] = book.take(path)
    assert (entry["format"], entry["outcome"]) == ("lcsw", "imported")
    assert book.rows("select channel, amount, fee, external_id, merchant_order_no, channel_order_no, paid_with from payments") == [
        ("lcsw", Money("0.01"), Money("0.00000"), "343364289921621121419450800017", "2905925869105", "154553154", "wechat")
    ]  # fmt: skip


def test_all_acquirers_in_one_book_keep_the_laws(book: Book) -> None:
    """Every row has a state at every leg of it, whatever the acquirer; the book is found in order."""
    golden = Path(__file__).parents[2] / "golden"
    names = [
        "lcsw/2021-12-14.txt", "leshua/10001_trade_new_20260301.txt", "allinpay/20260301.txt", "allinpay/yunshangtong.txt",
        "ikudot/2026-03-01.csv", "cib-alipay-agent/with moments.csv", "chinaums-excel/variant_2.csv",
        "chinaums-excel/variant_3.xlsx", "chinaums-excel/variant_4.csv", "lakala-sftp/JY_20260301.txt",
        "lakala-sftp/JS_20260302.txt", "unionpay-zm-zme/INN26010188ZM_777290058110097",
        "unionpay-zm-zme/INN26010288ZME_777290058110097",
    ]  # fmt: skip
    book.add(*master(book.folder))
    entries = book.take(*(golden / name for name in names))
    assert [entry["format"].split("/")[0] for entry in entries] == [name.split("/")[0] for name in names]
    rows = sum(entry["rows"]["new"] for entry in entries)
    book.reconcile()
    # Rows of JS and the second receiver of a split trade are no payments; one sale of 扫呗 tells its own refund.
    assert book.rows("select count(*) from payments") == [(rows - 4 - 1 - 1 + 1,)]
    assert book.rows("select count(*) from payments where cancelled") == [(8,)]
    assert book.cli("check", book.path)[0] == 0
