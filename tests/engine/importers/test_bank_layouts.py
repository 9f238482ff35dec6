"""Every bank's header gives the same three movements, in either order, with its columns in any order."""

from __future__ import annotations

import random
from collections.abc import Callable
from datetime import datetime
from decimal import Decimal

import pytest

from chainbrain.importers.banks import bank_layouts as parts
from chainbrain.importers.banks.bank_corporate import BankCorporate
from chainbrain.importers.banks.bank_personal import BankPersonal
from chainbrain.importers.tables.layout import Layout

from .conftest import Read

ReadOne = Callable[..., Read]
ACCOUNT = "44001234567890123456"
# Day, time, signed amount, balance after it.
MOVEMENTS = (
    ("2026-03-01", "09:30:00", Decimal("127.90"), Decimal("1127.90")),
    ("2026-03-01", "10:30:00", Decimal("-1500.00"), Decimal("-372.10")),
    ("2026-03-02", "11:30:00", Decimal("2000.05"), Decimal("1627.95")),
)


def _cell(layout: Layout, name: str, number: int) -> str:
    day, clock, amount, balance = MOVEMENTS[number]
    whole_moment = (
        not any(other in layout.columns for other in parts.DAY if other != "记账日期") or layout.id == "abc_02"
    )
    incoming = amount > 0
    cells = {
        **dict.fromkeys(parts.OUT, "" if incoming else f"{-amount:,.2f}"),
        **dict.fromkeys(parts.IN, f"{amount:,.2f}" if incoming else ""),
        **dict.fromkeys(parts.SIGNED, str(amount if layout.id == "boc_01" else abs(amount))),
        **dict.fromkeys(parts.FLAG, "贷" if incoming else "借"),
        **dict.fromkeys(parts.DAY, day.replace("-", "")),
        **dict.fromkeys(parts.CLOCK, f"{day} {clock}" if whole_moment else clock),
        **dict.fromkeys(parts.BALANCE, f"{balance:,.2f}"),
        **dict.fromkeys(parts.NAME, f"对方{number}"),
        **dict.fromkeys(parts.NUMBER, f"62220000{number}"),
        **dict.fromkeys(parts.LINE_ID, f"L{number}"),
        **dict.fromkeys(parts.OWN, ACCOUNT),
        "收款人名称": "某某餐饮" if incoming else f"对方{number}",
        "付款人名称": f"对方{number}" if incoming else "某某餐饮",
        "收款人账号": ACCOUNT if incoming else f"62220000{number}",
        "付款人账号": f"62220000{number}" if incoming else ACCOUNT,
        "摘要": "货款",
        "交易摘要": "货款",
        "业务摘要": "货款",
        "客户附言": "货款",
    }
    if layout.id == "boc_01":
        cells["交易类型"] = "来账" if incoming else "往账"
    return cells.get(name, "")


def _statement(layout: Layout, columns: list[str], order: list[int]) -> str:
    def line(cells: list[str]) -> str:
        return ",".join(f'"{cell}"' if "," in cell else cell for cell in cells)

    rows = [line([_cell(layout, name, number) for name in columns]) for number in order]
    return "\n".join([f"账号：{ACCOUNT[:4]} {ACCOUNT[4:]},户名：某某餐饮", line(columns), *rows, ""])


@pytest.mark.parametrize("newest_first", [False, True])
@pytest.mark.parametrize("layout", BankCorporate.layouts, ids=lambda layout: str(layout.id))
def test_layout(read: ReadOne, layout: Layout, newest_first: bool) -> None:
    columns = list(dict.fromkeys(layout.columns))
    random.Random(str(layout.id)).shuffle(columns)
    order = [2, 1, 0] if newest_first else [0, 1, 2]
    found = read(_statement(layout, columns, order))
    assert (found.reading.format, found.reading.layout) == ("bank-corporate", layout.id)
    assert found.reading.control_total == "agrees"
    assert found.reading.account_no == ACCOUNT
    lines = found.frames["bank_lines"].sort("line", descending=newest_first).to_dicts()
    has_clock = any(name in layout.columns for name in parts.CLOCK)
    for row, (day, clock, amount, balance) in zip(lines, MOVEMENTS, strict=True):
        assert row["amount"] == amount
        assert row["balance"] == balance
        assert row["posted_at"] == datetime.fromisoformat(f"{day} {clock if has_clock else '00:00:00'}")
        assert row["bank_account"] == ACCOUNT
    by_amount = {row["amount"]: row for row in lines}
    for number, (_, _, amount, _) in enumerate(MOVEMENTS):
        row = by_amount[amount]
        assert row["counterparty"] == f"对方{number}"
        assert row["counterparty_account"] in (f"62220000{number}", None)
        assert row["external_id"] in (f"L{number}", None)
        assert "货款" in (row["memo"] or "货款")


def test_icbc_first_line_is_skipped(read: ReadOne) -> None:
    layout = next(layout for layout in BankCorporate.layouts if layout.id == "icbc_04")
    text = "[HISTORYDETAIL]\n" + _statement(layout, list(layout.columns), [0, 1, 2]).split("\n", 1)[1]
    found = read(text.encode("gb18030"))
    assert (found.reading.layout, found.reading.control_total, found.reading.account_no) == (
        "icbc_04",
        "agrees",
        ACCOUNT,
    )


def test_two_accounts_in_one_statement_run_separately(read: ReadOne) -> None:
    rows = [
        "2026-03-01,1111111111,,100.00,100.00,甲,",
        "2026-03-01,2222222222,,50.00,950.00,乙,",
        "2026-03-02,1111111111,30.00,,70.00,丙,",
    ]
    found = read("\n".join(["交易日期,账号,借,贷,账户余额,对方账户名称,摘要", *rows, ""]))
    assert [str(total.summed) for total in found.reading.controls] == ["70.00", "950.00"]
    assert found.reading.account_no is None
    assert len(found.reading.coverage) == 2


def test_a_statement_without_an_account_says_so(read: ReadOne) -> None:
    reading = read(
        "交易时间,交易流水号,借方发生额,贷方发生额,账户余额,对方账号名称\n2026-03-01 10:00:00,1,,5.00,5.00,甲\n"
    ).reading
    assert (reading.account_no, reading.facts) == ("cmbc", {"account": "missing"})


def test_a_movement_without_an_amount_is_named(read: ReadOne) -> None:
    found = read("交易日期,账号,借,贷,账户余额,对方账户名称,摘要\n2026-03-01,1111111111,,,100.00,甲,\n")
    assert [(problem.column, problem.code) for problem in found.reading.problems] == [("贷", "missing")]


def test_cib_prints_its_brackets_in_either_width(read: ReadOne) -> None:
    layout = next(layout for layout in BankCorporate.layouts if layout.id == "cib")
    text = _statement(layout, list(layout.columns), [0, 1, 2]).replace("（", "(").replace("）", ")")
    found = read(text.encode("gb18030"))
    assert (found.reading.layout, found.reading.control_total) == ("cib", "agrees")


def test_a_header_far_down_is_found(read: ReadOne) -> None:
    """cmbc prints seventeen lines above its table."""
    layout = next(layout for layout in BankCorporate.layouts if layout.id == "cmbc")
    found = read("说明,\n" * 16 + _statement(layout, list(layout.columns), [0, 1, 2]))
    assert (found.reading.layout, found.reading.account_no, found.reading.row_count) == ("cmbc", ACCOUNT, 3)


def test_a_movement_in_other_money_is_named_and_not_added(read: ReadOne) -> None:
    found = read(
        "账号,交易时间,借方发生额（支取）,贷方发生额（收入）,余额,币种\n"
        "1111111111,20260301 10:00:00,0,5.00,5.00,人民币元\n"
        "1111111111,20260301 11:00:00,0,7.00,7.00,美元\n"
    )
    assert [(problem.line, problem.column, problem.code) for problem in found.reading.problems] == [
        (3, "币种", "currency")
    ]
    assert [str(amount) for amount in found.frames["bank_lines"]["amount"]] == ["5.00"]
    assert found.reading.control_total == "agrees"


def test_a_personal_header_is_never_taken_for_a_company_s(read: ReadOne) -> None:
    """Both families share most of their words: each header fits one layout of one family."""
    for importer in (BankCorporate(), BankPersonal()):
        for layout in importer.layouts:
            reading = read(",".join(dict.fromkeys(layout.columns)) + "\n").reading
            assert (reading.outcome, reading.format, reading.layout) == ("read", importer.format, layout.id)
