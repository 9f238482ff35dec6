"""What came after its month was closed stands in the vouchers of the next open month."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from chainbrain.splits import drafts
from chainbrain.splits.drafts import RuleText
from tests.engine.closing.closing_book import AUGUST, SEPTEMBER, Chain
from tests.engine.reconciliation.reconcile_book import yuan


@pytest.fixture
def chain(tmp_path: Path) -> Iterator[Chain]:
    made = Chain(tmp_path / "a.chainbrain")
    made.sale("P1", "100.00", date(2026, 8, 3)).cash("-5.00", date(2026, 8, 4)).reconciled()
    yield made
    made.workspace.close()


def test_the_vouchers_of_a_closed_month_stay_and_late_rows_stand_in_the_next_one(chain: Chain) -> None:
    chain.closed(AUGUST)
    room = chain.workspace.vouchers
    before = room.journal(AUGUST).vouchers
    assert before
    chain.batch("late")
    chain.sale("P8", "88.00", date(2026, 8, 20), file="late").sale("P9", "70.00", date(2026, 9, 2), file="late")
    chain.cash("-3.00", date(2026, 8, 21), "吴婷", file="late").reconciled()
    assert room.journal(AUGUST).vouchers == before
    facts = {one.kind: one.amount for one in room.facts(SEPTEMBER)}
    taken = facts.get("receipts", yuan("0")) + facts.get("unidentified", yuan("0"))
    assert (taken, facts["fees"], facts["cash_over"]) == (yuan("158.00"), yuan("0.60"), yuan("-3.00"))
    (roll,) = chain.workspace.closing.transit(SEPTEMBER).channels
    lines = [line for one in room.journal(SEPTEMBER).vouchers for line in one.lines if line.role == "transit"]
    assert sum(line.debit - line.credit for line in lines) == roll.closing - roll.opening


def test_a_share_of_late_sales_is_entered_in_the_next_open_month_once(chain: Chain) -> None:
    """What the agreement gives on August stays as it was locked; October has nothing of it any more."""
    rule = RuleText("品牌费", "总部", "gross", "ratio", "5%", valid_from=AUGUST)
    chain.workspace.set_split_rule(drafts.read(rule))
    chain.reconciled().closed(AUGUST)
    chain.batch("late")
    chain.sale("P8", "88.00", date(2026, 8, 20), file="late").sale("P9", "70.00", date(2026, 9, 2), file="late")
    chain.reconciled()
    room = chain.workspace.vouchers

    def due(month: date) -> list[Decimal]:
        return [one.amount for one in room.facts(month) if one.kind == "due"]

    assert (due(AUGUST), due(SEPTEMBER)) == ([yuan("5.00")], [yuan("7.90")])
    chain.closed(SEPTEMBER).sale("P10", "20.00", date(2026, 10, 2)).reconciled()
    assert (due(AUGUST), due(SEPTEMBER), due(date(2026, 10, 1))) == ([yuan("5.00")], [yuan("7.90")], [yuan("1.00")])
    assert chain.sound()
