"""How a sum on its way is told on a day: what was due on a day that is over, and why what is late has no day."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal

import pytest

from chainbrain import texts
from chainbrain.cash.transit import LATE, PAYOUT, RULE, UNTOLD, OnTheWay, sums

DAY = date(2026, 11, 3)
ONE = OnTheWay("wechat", "1", "甲公司", Decimal(100), DAY, RULE, rows=("wechat|1|unbilled|2026-11-02",))


def test_what_is_counted_for_a_day_that_is_over_is_told_so_and_stays_counted() -> None:
    for standing in (RULE, PAYOUT):
        one = replace(ONE, standing=standing)
        assert one.told(DAY) == one.told(None) == standing and one.told(DAY + timedelta(days=1)) == "over"
        assert one.counted
    assert replace(ONE, standing=LATE).told(DAY + timedelta(days=25)) == LATE
    assert replace(ONE, standing=UNTOLD, due_on=None).told(DAY + timedelta(days=25)) == UNTOLD


@pytest.mark.parametrize(
    ("rows", "why"),
    [
        (("wechat|1|short|r1",), "short"), (("wechat|a|b|opening|",), "opening"),
        (("wechat|1|expected|r1",), "unnamed"),
        ((), "unnamed"), (("wechat|1|short|r1", "wechat|1|opening|"), "unnamed"),
    ],
)  # fmt: skip
def test_what_is_late_without_a_day_says_why(rows: tuple[str, ...], why: str) -> None:
    one = replace(ONE, standing=LATE, due_on=None, rows=rows)
    assert (one.undated, one.told(DAY)) == (why, f"late_{why}")
    for lang in texts.LANGUAGES:
        assert texts.word(f"way_standing.late_{why}", lang) != f"late_{why}"
    assert replace(one, due_on=DAY).undated == ""


def test_a_payout_of_several_merchant_numbers_is_one_sum_at_the_bank() -> None:
    late = replace(ONE, standing=LATE, record_id="payout 1")
    assert sums([late, replace(late, merchant="2"), replace(late, merchant="3", record_id="payout 2")]) == 2
    # Without a payout each number and day is a sum of its own.
    assert sums([ONE, replace(ONE, merchant="2"), replace(ONE, due_on=DAY + timedelta(days=1))]) == 3
    assert sums([]) == 0
    for lang in texts.LANGUAGES:
        told = texts.message("cli.cash_late", lang, count=13, amount="76,607.90", first=DAY)
        assert "13" in told and ("迟到或少到" in told or "late or short" in told)
