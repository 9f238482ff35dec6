"""One charge in two exports: a row of its own in the ledger, a column of the sale's row in the portal's fund flow."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import pytest
from acceptance_book import Book
from acceptance_tables import xlsx_file
from acceptance_wallets import ali_ledger

ACCOUNT = "20881111222233340156"
TRADE, OTHER = "2026031022001400000000000011", "2026031022001400000000000012"
# Moment, line, trade, kind, amount and the charge that goes with it. Half of the sale comes back twice, charge and all.
MOVES = (
    ("2026-03-10 12:00:00", "L10", TRADE, "在线支付", "20.00", "0.12"),
    ("2026-03-10 13:00:00", "L20", TRADE, "交易退款", "-10.00", "-0.06"),
    ("2026-03-10 14:00:00", "L30", TRADE, "交易退款", "-10.00", "-0.06"),
    ("2026-03-10 15:00:00", "L40", OTHER, "在线支付", "20.00", "0.12"),
)
FLOW = (
    "入账时间", "支付宝交易号", "支付宝流水号", "商户订单号", "账务类型", "收入（+元）", "支出（-元）",
    "账户余额（元）", "服务费（元）",
)  # fmt: skip


def ledger(path: Path, moves: tuple[tuple[str, ...], ...] = MOVES) -> Path:
    """Charges as rows of their own, each after its movement."""
    rows = []
    for at, line, trade, kind, amount, charge in moves:
        rows.append((at, line, trade, "o1", kind, amount))
        rows.append((at, f"{line}9", trade, "o1", "收费", str(-Decimal(charge))))
    return ali_ledger(path, rows, opening="100.00", account=ACCOUNT)


def portal(
    path: Path, moves: tuple[tuple[str, ...], ...] = MOVES, opening: str = "100.00", stated: str = f"账号：{ACCOUNT}"
) -> Path:
    """Charges in the column beside their movement."""
    balance, rows = Decimal(opening), []
    for at, line, trade, kind, amount, charge in moves:
        balance += Decimal(amount) - Decimal(charge)
        came, went = (amount, "") if Decimal(amount) > 0 else ("", amount)
        rows.append((at, trade, line, "o1", kind, came, went, str(balance), charge))
    return xlsx_file(path, {"资金流水": [("资金流水",), (stated,), FLOW, *rows]})


def charges(book: Book) -> list[tuple[str, int, Decimal]]:
    return book.rows(
        "select business_id, count(*), sum(amount) from wallet_lines "
        "where kind in ('fee', 'fee_return') group by 1 order by 1"
    )


ONCE = [(TRADE, 3, Decimal("0.00")), (OTHER, 1, Decimal("-0.12"))]


@pytest.mark.parametrize("together", [True, False])
@pytest.mark.parametrize("portal_first", [True, False])
def test_a_charge_in_a_column_and_in_a_row_is_one_charge(book: Book, portal_first: bool, together: bool) -> None:
    files = [ledger(book.folder / "1.csv"), portal(book.folder / "2.xlsx")]
    files = files[::-1] if portal_first else files
    for group in [files] if together else [[path] for path in files]:
        book.add(*group)
    assert charges(book) == ONCE
    assert book.rows("select sum(amount) from wallet_lines") == [(Decimal("19.88"),)]
    # Undoing the file that came first leaves what the other tells, and taking it again adds nothing.
    if not together:
        book.cli("undo", book.path, "1")
        assert charges(book) == ONCE
        book.add(files[0])
        assert charges(book) == ONCE
    book.reconcile()


def test_an_overlapping_ledger_of_the_same_run_adds_no_charge(book: Book) -> None:
    book.add(portal(book.folder / "1.xlsx"), ledger(book.folder / "2.csv"), ledger(book.folder / "3.csv", MOVES[:3]))
    assert charges(book) == ONCE
    book.add(ledger(book.folder / "4.csv", MOVES[1:]))
    assert charges(book) == ONCE
    for entry in ("1", "2"):
        book.cli("undo", book.path, entry)
    assert charges(book) == []


def test_an_equal_charge_of_a_movement_that_only_one_file_has_is_another_charge(book: Book) -> None:
    """The second refund of a trade gives back as much as the first one: the ledger ends before it."""
    book.add(ledger(book.folder / "1.csv", MOVES[:2]))
    book.add(portal(book.folder / "2.xlsx", MOVES[2:], opening="109.94"))
    assert charges(book) == ONCE


@pytest.mark.parametrize("portal_first", [True, False])
def test_a_fund_flow_that_prints_no_account_adds_no_charge(book: Book, portal_first: bool) -> None:
    files = [ledger(book.folder / "1.csv"), portal(book.folder / "2.xlsx", stated="资金流水明细")]
    for path in files[::-1] if portal_first else files:
        book.add(path)
    assert charges(book) == ONCE
