"""Which payments of the banks are which of the plan: none is taken for two, and none for another's."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest
from cash_examples import NUMBER, A, item_of

from chainbrain.cash.names import names
from chainbrain.cash.paid import unpaid
from chainbrain.cash.plan import Due
from chainbrain.cash.recurring import Outgoing

END = date(2026, 8, 14)
"""A Friday."""


def _due(day: int, amount: str, kind: str = "wages", note: str | None = None) -> Due:
    when = date(2026, 8, day)
    return Due(when, replace(item_of(when, amount, kind=kind), note=note))


def _line(day: int, amount: str, payee: str = "", memo: str = "") -> Outgoing:
    number = f"{day} {amount} {payee} {memo}"
    return Outgoing(number, NUMBER, date(2026, 8, day), Decimal(amount), payee, memo, None, 1)


def _left(dues: Sequence[Due], *lines: Outgoing, since: date = date(2026, 8, 1)) -> list[str]:
    one, other = (unpaid(dues, some, {NUMBER: A}, {A: since}, {A: END}) for some in (lines, lines[::-1]))
    assert one == other, "in any order"
    return [str(amount) for amount in one]


def test_a_line_of_interest_pays_back_no_loan() -> None:
    loan = _due(10, "500000.00", "loan")
    assert _left([loan], _line(10, "12.30", "中国银行", "贷款利息")) == ["500000.00"]
    back = _line(10, "510000.00", "中国银行", "还款")
    assert _left([loan], _line(10, "12.30", "中国银行", "利息"), back) == ["0.00"]
    # Two that come to it together are it.
    assert _left([loan], _line(10, "250000.00", "中国银行", "还款"), _line(11, "251000.00", "甲行", "还款")) == ["0.00"]


def test_one_payment_is_never_taken_for_two_nor_for_anothers() -> None:
    rents = [_due(8, "10000.00", "rent"), _due(12, "10000.00", "rent")]
    assert _left(rents, _line(11, "10000.00", "", "房租")) == ["0.00", "10000.00"]
    # Wages are no rent though they are as much.
    both = [_due(8, "10000.00", "rent"), _due(12, "10000.00")]
    assert _left(both, _line(11, "10100.00", "代发", "7月工资")) == ["10000.00", "0.00"]
    # Each its own though another is nearer.
    assert _left(rents, _line(7, "10000.00", "", "房租"), _line(9, "10000.00", "", "租金")) == ["0.00", "0.00"]
    small = [_due(10, "30000.00", "rent"), _due(12, "10000.00", "rent")]
    assert _left(small, _line(11, "12000.00", "", "房租")) == ["30000.00", "0.00"]


@pytest.mark.parametrize("day", [12, 17])
def test_wages_paid_early_in_another_amount_or_in_two_runs_go_off_once(day: int) -> None:
    wages = [_due(day, "38000.00")]
    assert _left(wages, _line(14, "38500.00", "", "工资")) == ["0.00"]
    assert _left(wages, _line(14, "50000.00", "", "代发工资")) == ["0.00"]
    runs = _line(13, "20000.00", "", "工资 总部"), _line(14, "17000.00", "", "工资 门店")
    assert _left(wages, *runs) == ["0.00"]
    # What the second run has still to bring is still to be paid, however small the first one was.
    assert _left(wages, runs[0]) == ["18000.00"]
    assert _left(wages, _line(13, "9000.00", "", "工资")) == ["29000.00"]
    # Contributions are paid beside wages and are none by themselves.
    assert _left(wages, _line(13, "9000.00", "社保局", "社保")) == ["38000.00"]
    # When all days on which more may be paid are known, the rest is not to come.
    assert _left([_due(8, "38000.00")], _line(8, "25000.00", "", "工资"), since=END) == ["0.00"]


def test_before_its_day_only_what_is_surely_it_pays_a_due() -> None:
    goods = [_due(17, "10000.00", "goods", "林记食品")]
    assert _left(goods, _line(13, "10000.00", "林记食品商行")) == ["0.00"]
    assert _left(goods, _line(13, "10200.00", "林记食品商行")) == ["10000.00"], "the delivery of before"
    assert _left(goods, _line(13, "10000.00", "张记食品商行", "货款")) == ["10000.00"]
    assert _left([_due(17, "30000.00", "rent")], _line(13, "16000.00", "", "物业费")) == ["30000.00"]
    assert _left([_due(17, "30000.00", "rent")], _line(13, "30000.00", "", "房租")) == ["0.00"]


@pytest.mark.parametrize(
    ("kind", "note", "payee", "paid"),
    [
        ("rent", "万达广场租金", "林记物业 房租", "9100.00"), ("loan", "工行贷款", "招商银行 还款", "10900.00"),
        ("tax", "增值税", "国库 个人所得税", "9500.00"), ("bill", "张记票据", "林记食品 承兑", "10000.00"),
    ],
)  # fmt: skip
def test_what_is_to_come_is_not_paid_by_what_somebody_else_got(kind: str, note: str, payee: str, paid: str) -> None:
    assert _left([_due(17, "10000.00", kind, note)], _line(13, paid, payee)) == ["10000.00"]


def test_the_payment_of_one_landlord_is_not_another_ones() -> None:
    rents = [_due(8, "10000.00", "rent", "张记物业"), _due(12, "10000.00", "rent", "林记物业")]
    assert _left(rents, _line(12, "10000.00", "林记物业公司", "房租")) == ["10000.00", "0.00"]
    # What is to be received is paid by no payment out.
    assert _left([_due(12, "-10000.00", "other")], _line(12, "10000.00", "林记")) == ["-10000.00"]


def test_a_name_is_one_where_it_is_long_enough_and_no_common_word() -> None:
    assert names("林记食品", "林记食品有限公司") and names("8月 林记", "林记")
    assert names("ACME Foods", "acme foods") and not names("ACM", "ACME")
    assert not names("货款", "货款") and not names("付", "付") and not names(None, "林记") and not names("林记", "")
    assert not names("2026-08", "2026-08"), "figures name nobody"
    assert not names("12月货款", "12月货款") and not names("食品有限公司", "林记食品有限公司")


def test_only_payments_near_its_day_are_a_due() -> None:
    assert _left([_due(6, "100.00")], _line(13, "100.00", "", "工资")) == ["100.00"]
    assert _left([_due(7, "100.00")], _line(13, "100.00", "", "工资")) == ["0.00"]
