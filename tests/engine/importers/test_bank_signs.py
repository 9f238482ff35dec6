"""A lost or doubled sign of a bank statement shows in its balances; a missing row is no wrong sign."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal

import pytest

from .conftest import GOLDEN, Read

ReadOne = Callable[..., Read]
ABC = (GOLDEN / "bank-personal" / "abc_debit.csv").read_bytes().decode("gb18030")
HEAD = "账户：6228480000000000018,户名：李老板\n交易日期,交易时间,交易摘要,交易金额,本次余额,对手信息\n"
PAIRS = "账号：6222020200112345678\n交易日期,记账日,交易时间,支出,收入,账户余额,币种,摘要,对方账号,对方户名,交易地点\n"


def _signed(*rows: tuple[str, str]) -> str:
    return HEAD + "".join(f"202603{day:02},,消费,{amount},{left},某某\n" for day, (amount, left) in enumerate(rows, 1))


def _pairs(*rows: tuple[str, str, str]) -> str:
    return PAIRS + "".join(
        f"202603{day:02},202603{day:02},10:00:00,{out},{into},{left},人民币,消费,,,网点\n"
        for day, (out, into, left) in enumerate(rows, 1)
    )


def test_a_minus_that_was_lost_is_refused_with_its_figures(read: ReadOne) -> None:
    found = read(ABC.replace("-5.00", "5.00")).reading
    (total,) = found.controls
    assert (found.control_total, str(total.stated), str(total.summed)) == ("differs", "10000.12", "10010.12")
    assert found.facts["balance_line"] == "5"


@pytest.mark.parametrize("newest_first", [False, True])
def test_all_signs_lost(read: ReadOne, newest_first: bool) -> None:
    rows = [("100.00", "1100.00"), ("40.00", "1060.00"), ("7.00", "1053.00"), ("3.50", "1049.50"), ("20.00", "1069.50")]
    found = read(_signed(*(rows[::-1] if newest_first else rows))).reading
    assert found.control_total == "differs"


def test_rows_that_were_left_out_are_no_wrong_sign(read: ReadOne) -> None:
    rows = [
        ("100.00", "1100.00"),
        ("-40.00", "1010.00"),
        ("-7.00", "1003.00"),
        ("-3.50", "900.00"),
        ("20.00", "920.00"),
    ]
    found = read(_signed(*rows)).reading
    assert (found.control_total, found.facts["balance_gap"]) == ("none", "4")


def test_equal_amounts_read_either_way_are_no_wrong_sign(read: ReadOne) -> None:
    rows = [("5.00", "120.00"), ("5.00", "115.00"), ("5.00", "110.00"), ("5.00", "60.00"), ("5.00", "55.00")]
    assert read(_signed(*rows)).reading.control_total == "none"


def test_money_out_that_is_printed_with_its_sign_is_money_out(read: ReadOne) -> None:
    found = read(_pairs(("", "100.00", "1100.00"), ("-5.00", "", "1095.00"), ("-40.00", "", "1055.00")))
    assert found.frames["bank_lines"]["amount"].to_list() == [Decimal("100.00"), Decimal("-5.00"), Decimal("-40.00")]
    assert found.reading.control_total == "agrees"


def test_one_negative_amount_among_positive_ones_is_a_reversal(read: ReadOne) -> None:
    found = read(_pairs(("50.00", "", "1050.00"), ("-5.00", "", "1055.00"), ("40.00", "", "1015.00")))
    assert found.frames["bank_lines"]["amount"].to_list() == [Decimal("-50.00"), Decimal("5.00"), Decimal("-40.00")]
    assert found.reading.control_total == "agrees"


def test_the_only_amount_out_is_a_reversal_where_the_balances_say_so(read: ReadOne) -> None:
    found = read(_pairs(("", "100.00", "1100.00"), ("-5.00", "", "1105.00")))
    assert found.frames["bank_lines"]["amount"].to_list() == [Decimal("100.00"), Decimal("5.00")]
    assert found.reading.control_total == "agrees"


def test_a_reversal_that_the_balance_contradicts_is_refused(read: ReadOne) -> None:
    rows = [("50.00", "", "1050.00"), ("-5.00", "", "1045.00"), ("40.00", "", "1005.00")]
    assert read(_pairs(*rows)).reading.control_total == "differs"
