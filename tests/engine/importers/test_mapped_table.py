"""Tables read by a map: amounts to the cent, signs, units, totals, and what is broken is named."""

from __future__ import annotations

import json
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path

import polars as pl
import pytest
from mapped_examples import BANK_SIGNED, BANK_TWO_COLUMNS, SHOUQIANBA, TILL, Example

from chainbrain.importers.limits import Limits
from chainbrain.importers.mapped import mapping_json
from chainbrain.importers.mapped.mapping import TableMapping
from chainbrain.importers.member import read_file
from chainbrain.importers.plan import MemberReading

from .conftest import SALT


def _read(tmp_path: Path, text: str, *mappings: TableMapping) -> tuple[MemberReading, list[dict[str, object]]]:
    path = tmp_path / "some file.dat"
    path.write_bytes(text.encode("gb18030"))
    (reading,) = read_file(path, tmp_path, "t", salt=SALT, limits=Limits(), mappings=mappings)
    rows = [row for staged in reading.staged.values() for row in pl.read_parquet(staged).to_dicts()]
    return reading, rows


def test_payments_in_fen_with_a_word_for_refunds(tmp_path: Path) -> None:
    reading, rows = _read(tmp_path, SHOUQIANBA.text, SHOUQIANBA.mapping)
    assert (reading.outcome, reading.format, reading.layout) == ("read", "mapped-table", "收钱吧流水")
    assert [(r["external_id"], r["kind"], r["amount"], r["fee"]) for r in rows] == [
        ("7895000000000000001", "payment", Decimal("38.00"), Decimal("0.23000")),
        ("7895000000000000002", "payment", Decimal("12.00"), Decimal("0.07000")),
        ("7895000000000000003", "refund", Decimal("-12.00"), Decimal("-0.07000")),
    ]
    assert {(r["channel"], r["merchant_no"], r["terminal_no"], r["store_hint"]) for r in rows} == {
        ("shouqianba", "M1", "T1", "南山店")
    }
    assert rows[0]["occurred_at"] == datetime(2026, 4, 3, 12, 31, 5)
    assert [(p.line, p.column, p.value, p.code) for p in reading.problems] == [(6, "total_amount", "三十八", "amount")]
    # The total row states 0.23; the broken row's fee is part of what the file printed.
    assert [(c.name, c.stated, c.summed) for c in reading.controls] == [("手续费", Decimal("0.23"), Decimal("0.46"))]
    assert reading.row_count == 4
    assert (reading.first_day, reading.last_day, reading.account_no) == (date(2026, 4, 3), date(2026, 4, 3), "M1")


def test_total_row_of_the_amount_agrees(tmp_path: Path) -> None:
    text = SHOUQIANBA.text.replace("7895000000000000004,A-3,T1,南山店,2026-04-04 09:00:59,收款,三十八,23,\n", "")
    reading, _ = _read(tmp_path, text, SHOUQIANBA.altered(control="total_amount"))
    assert [(c.stated, c.summed) for c in reading.controls] == [(Decimal("62.00"), Decimal("62.00"))]


def test_a_bank_with_two_columns_and_days_first(tmp_path: Path) -> None:
    reading, rows = _read(tmp_path, BANK_TWO_COLUMNS.text, BANK_TWO_COLUMNS.mapping)
    assert [(r["posted_at"], r["amount"], r["balance"], r["counterparty"], r["memo"]) for r in rows] == [
        (datetime(2026, 4, 2, 9, 30), Decimal("127.90"), Decimal("1127.90"), "甲公司", "货款"),
        (datetime(2026, 4, 2, 10, 30), Decimal("-1500.00"), Decimal("-372.10"), "乙公司", "房租"),
        (datetime(2026, 4, 3, 11, 30), Decimal("2000.05"), Decimal("1627.95"), "丙公司", "货款"),
    ]
    assert {r["bank_account"] for r in rows} == {"6228480012345678"}
    assert reading.control_total == "agrees"
    assert [(c.kind, c.account_no, c.first_day, c.last_day) for c in reading.coverage] == [
        ("bank", "6228480012345678", date(2026, 4, 2), date(2026, 4, 3))
    ]


def test_a_date_with_two_readings_is_never_guessed(tmp_path: Path) -> None:
    reading, rows = _read(tmp_path, BANK_TWO_COLUMNS.text, BANK_TWO_COLUMNS.altered(dates=None))
    assert not rows
    assert {(p.column, p.code) for p in reading.problems} == {("入账日", "moment")}
    reading, rows = _read(tmp_path, BANK_TWO_COLUMNS.text, BANK_TWO_COLUMNS.altered(dates="month_first"))
    assert [r["posted_at"] for r in rows][:1] == [datetime(2026, 2, 4, 9, 30)]


def test_a_signed_bank_newest_first(tmp_path: Path) -> None:
    reading, rows = _read(tmp_path, BANK_SIGNED.text, BANK_SIGNED.mapping)
    assert [(r["amount"], r["balance"], r["bank_account"]) for r in rows] == [
        (Decimal("-20.00"), Decimal("1087.90"), "62170001"),
        (Decimal("127.90"), Decimal("1107.90"), "62170001"),
    ]
    assert reading.control_total == "agrees"


@pytest.mark.parametrize(
    "wrong",
    [
        BANK_SIGNED.altered(sign="reversed"),
        BANK_TWO_COLUMNS.altered(sign="two_columns_signed"),
        BANK_TWO_COLUMNS.altered(
            columns={**BANK_TWO_COLUMNS.given["columns"], "来账金额": "money_out", "往账金额": "money_in"}
        ),
    ],
)
def test_a_wrong_sign_breaks_the_chain_of_balances(tmp_path: Path, wrong: TableMapping) -> None:
    text = BANK_SIGNED.text if wrong.name == BANK_SIGNED.given["name"] else BANK_TWO_COLUMNS.text
    reading, _ = _read(tmp_path, text, wrong)
    assert reading.control_total == "differs"


def test_a_till_with_words_for_refunds_and_methods(tmp_path: Path) -> None:
    reading, rows = _read(tmp_path, TILL.text, TILL.mapping)
    assert [(r["store_code"], r["order_no"], r["method"], r["amount"], r["is_refund"]) for r in rows] == [
        ("S001", "1001", "wechat", Decimal("38.00"), False),
        ("S001", "1001", "wechat", Decimal("-8.00"), True),
        ("S001", "1002", "cash", Decimal("12.50"), False),
        ("S002", "1003", "coupon", Decimal("20.00"), False),
    ]
    assert not reading.problems


def test_a_word_that_says_nothing_is_named(tmp_path: Path) -> None:
    reading, rows = _read(tmp_path, TILL.text.replace("退货", "换货"), TILL.mapping)
    assert [(p.line, p.column, p.value, p.code) for p in reading.problems] == [(3, "类型", "换货", "word")]
    assert len(rows) == 3


def test_net_proves_amount_and_fee(tmp_path: Path) -> None:
    text = (
        "单号,时间,金额,手续费,到账\n1,2026-04-01 10:00:00,38.00,-0.23,37.77\n2,2026-04-01 11:00:00,10.00,-0.06,9.95\n"
    )
    given = {
        "version": 1, "name": "n", "kind": "payments", "header": ["单号", "时间", "金额", "手续费", "到账"],
        "columns": {"单号": "external_id", "时间": "occurred_at", "金额": "amount", "手续费": "fee", "到账": "net"},
        "fee": "charged_negative", "fixed": {"channel": "lakala", "merchant_no": "8"},
    }  # fmt: skip
    made = Example(text, given)
    reading, rows = _read(tmp_path, text, made.mapping)
    assert [(r["amount"], r["fee"]) for r in rows] == [(Decimal("38.00"), Decimal("0.23000"))]
    assert [(p.line, p.column, p.code) for p in reading.problems] == [(3, "到账", "net_differs")]
    without = {name: field for name, field in given["columns"].items() if field != "fee"}  # type: ignore[attr-defined]
    _, rows = _read(tmp_path, text, made.altered(columns=without))
    assert [r["fee"] for r in rows] == [Decimal("0.23000"), Decimal("0.05000")]


def test_the_header_is_told_again_in_any_order_and_dress(tmp_path: Path) -> None:
    head, *rows = BANK_SIGNED.text.splitlines()
    swapped = ["\t".join(reversed(line.split("\t"))) for line in [head.replace("变动金额", "变动 金额"), *rows]]
    reading, found = _read(tmp_path, "\n".join(["说明一行", *swapped, ""]), BANK_SIGNED.mapping)
    assert [r["amount"] for r in found] == [Decimal("-20.00"), Decimal("127.90")]
    for other in (head + "\t币种", head.replace("\t说明", "")):
        reading, _ = _read(tmp_path, "\n".join([other, *rows, ""]), BANK_SIGNED.mapping)
        assert reading.outcome == "unknown"


def test_two_header_rows_with_groups(tmp_path: Path) -> None:
    text = "日期,收入,,支出,,结存\n,金额,笔数,金额,笔数,\n2026-04-01,10.00,1,,,110.00\n2026-04-02,,,4.00,1,106.00\n"
    header = ["日期", "收入 金额", "收入 笔数", "支出 金额", "支出 笔数", "结存"]
    made = BANK_SIGNED.altered(
        header=header, header_rows=2, sign="two_columns",
        columns={"日期": "posted_at", "收入 金额": "money_in", "支出 金额": "money_out", "结存": "balance"},
    )  # fmt: skip
    reading, rows = _read(tmp_path, text, made)
    assert [r["amount"] for r in rows] == [Decimal("10.00"), Decimal("-4.00")]
    assert reading.control_total == "agrees"


def test_a_built_in_format_wins_unless_the_map_is_preferred(tmp_path: Path) -> None:
    text = "交易日期,账号,借,贷,账户余额,对方账户名称,摘要\n2026-03-01,1111111111,,100.00,100.00,甲,\n"
    given = {
        "header": ["交易日期", "账号", "借", "贷", "账户余额", "对方账户名称", "摘要"],
        "columns": {"交易日期": "posted_at", "借": "money_out", "贷": "money_in", "账号": "bank_account"},
        "sign": "two_columns", "fixed": {},
    }  # fmt: skip
    assert _read(tmp_path, text, BANK_SIGNED.altered(**given))[0].format == "bank-corporate"
    assert _read(tmp_path, text, BANK_SIGNED.altered(**given, preferred=True))[0].format == "mapped-table"


def test_two_maps_for_one_header_are_ambiguous(tmp_path: Path) -> None:
    reading, _ = _read(tmp_path, BANK_SIGNED.text, BANK_SIGNED.mapping, BANK_SIGNED.altered(name="另一个"))
    assert reading.outcome == "ambiguous"
    assert reading.candidates == ("mapped-table/另一个", "mapped-table/村镇银行")


@pytest.mark.parametrize(
    "example", [BANK_SIGNED, BANK_TWO_COLUMNS, TILL, SHOUQIANBA], ids=lambda one: one.given["name"]
)
def test_a_long_file_in_pieces_reads_as_a_short_one(tmp_path: Path, example: Example) -> None:
    whole, rows = _read(tmp_path, example.text, example.mapping)
    path = tmp_path / "some file.dat"
    limits = Limits(piece_bytes=64)
    (pieces,) = read_file(path, tmp_path, "p", salt=SALT, limits=limits, mappings=[example.mapping])
    assert [row for staged in pieces.staged.values() for row in pl.read_parquet(staged).to_dicts()] == rows
    assert (pieces.controls, pieces.coverage, pieces.problems) == (whole.controls, whole.coverage, whole.problems)
    assert (pieces.row_count, pieces.account_no) == (whole.row_count, whole.account_no)


WALLET = Example(
    "流水号,时间,类型,金额\n"
    "W00001,2026-04-01 10:00:00,收款,100.00\n"
    "W00002,2026-04-01 11:00:00,保证金扣除,500.00\n"
    "W00003,2026-04-01 12:00:00,转账,30.00\n"
    "W00004,2026-04-01 13:00:00,,1.00\n",
    {
        "version": 1, "name": "钱包", "kind": "wallet_lines", "header": ["流水号", "时间", "类型", "金额"],
        "columns": {"流水号": "external_id", "时间": "occurred_at", "类型": "kind", "金额": "amount"},
        "sign": "word", "fixed": {"channel": "wechat", "merchant_no": "M1"},
        "words": {"kind": {"收款": "payment", "转账": "transfer"}, "direction": {"收款": "in", "转账": "out"}},
    },
)  # fmt: skip


def test_a_word_without_a_direction_is_never_money_in(tmp_path: Path) -> None:
    reading, rows = _read(tmp_path, WALLET.text, WALLET.mapping)
    assert [(r["external_id"], r["kind"], r["amount"]) for r in rows] == [
        ("W00001", "payment", Decimal("100.00")),
        ("W00003", "transfer", Decimal("-30.00")),
    ]
    assert [(p.line, p.column, p.value, p.code) for p in reading.problems] == [
        (3, "类型", "保证金扣除", "word"),
        (5, "类型", "", "missing"),
    ]


def test_a_kept_map_that_never_said_directions_breaks_its_rows(tmp_path: Path) -> None:
    """What an earlier map took for money in silently is asked for, not guessed."""
    before = mapping_json.loads(json.dumps({**WALLET.given, "words": {"kind": {"收款": "payment"}}}))
    reading, rows = _read(tmp_path, WALLET.text, before)
    assert not rows
    assert len(reading.problems) == 4


def test_a_state_that_nobody_explained_is_no_sale(tmp_path: Path) -> None:
    text = (
        "单号,时间,金额,状态\n1,2026-04-01 10:00:00,38.00,交易成功\n2,2026-04-01 11:00:00,500.00,交易关闭\n"
        "3,2026-04-01 12:00:00,7.00,冻结\n4,2026-04-01 13:00:00,9.00,\n"
    )
    given = {
        "version": 1, "name": "n", "kind": "payments", "header": ["单号", "时间", "金额", "状态"],
        "columns": {"单号": "external_id", "时间": "occurred_at", "金额": "amount", "状态": "status"},
        "fixed": {"channel": "lakala", "merchant_no": "8"},
        "words": {"status": {"交易成功": "done", "交易关闭": "cancelled"}},
    }  # fmt: skip
    reading, rows = _read(tmp_path, text, Example(text, given).mapping)
    assert [(r["external_id"], r["cancelled"]) for r in rows] == [("1", False), ("2", True)]
    assert [(p.line, p.value, p.code) for p in reading.problems] == [(4, "冻结", "word"), (5, "", "missing")]
    reading, rows = _read(tmp_path, text, Example(text, {**given, "words": {}}).mapping)
    assert not rows
