"""Whatever comes late and in whatever order: months chain without a gap, and no yuan is counted twice or lost."""

from __future__ import annotations

import random
from datetime import date, timedelta
from decimal import Decimal
from itertools import pairwise

import pytest

from chainbrain.closing.room import CloseRoom
from chainbrain.closing.transit import PARTS, SIGNS
from chainbrain.database import history
from tests.engine.reconciliation.reconcile_book import World, at, yuan

M = "1900000001"
MONTHS = (date(2026, 7, 1), date(2026, 8, 1), date(2026, 9, 1))
END = date(2026, 9, 30)


class Months(World):
    """A wallet with its ledger and a bank over three months; rows come in files of their own."""

    def __init__(self) -> None:
        super().__init__(covered=(MONTHS[0], END))
        self.store("S1").account("wechat", M, "S1").ledger("wechat", M).bank()
        self.room = CloseRoom(self.book)

    def settle(self) -> None:
        """What an import and the reconciliation after it leave in the history."""
        with self.book.transaction():
            entry = history.add(self.book, "import", {"files": 1}, undoable=True)
        self.reconcile()
        history.mark_reconciled(self.book, entry)

    def close(self, month: date) -> None:
        shown = self.room.board(month)
        with self.book.transaction():
            self.room.sign(month, "林会计", "照签", shown.acceptable)

    def sale(self, number: str, amount: Decimal, day: date, file: str, *, booked: bool) -> None:
        fee = (amount * Decimal("0.0038")).quantize(Decimal("0.01"))
        self.payment(number, str(amount), fee=str(fee), when=at("12:00:00", day), file=file)
        if booked:
            when = at("12:00:00", day)
            self.wallet_line(f"L{number}", str(amount), "payment", business_id=number, when=when, file=file)
            self.wallet_line(f"F{number}", str(-fee), "fee", business_id=number, when=when, file=file)


@pytest.mark.parametrize("seed", [3, 42])
def test_months_chain_without_a_gap_whatever_comes_late(seed: int) -> None:
    rng = random.Random(seed)
    book = Months()
    sales = [
        (
            f"P{n}",
            yuan(f"{rng.randint(1, 90000) / 100:.2f}"),
            MONTHS[0] + timedelta(days=rng.randrange(92)),
            rng.random(),
        )
        for n in range(60)
    ]
    for number, amount, day, late in sales:
        if late < 0.7:
            book.sale(number, amount, day, "files", booked=rng.random() < 0.95)
    for n in range(12):
        day = MONTHS[0] + timedelta(days=7 * n + 3)
        amount = f"{rng.randint(1000, 90000) / 100:.2f}"
        book.wallet_line(f"W{n}", f"-{amount}", "withdrawal", when=at("02:00:00", day))
        if rng.random() < 0.9:
            book.bank_line(f"B{n}", amount, day=day + timedelta(days=rng.choice((0, 1))), memo=f"{M} 微信支付提现")
    book.settle()
    locked = {}
    for turn, month in enumerate(MONTHS[:2]):
        book.close(month)
        locked[month] = book.room.figures(month)
        for number, amount, day, late in sales:
            if late >= 0.7 and (late < 0.85) == (turn == 0):
                book.sale(number, amount, day, f"late{turn}", booked=rng.random() < 0.8)
        book.settle()
        assert {one: book.room.figures(one) for one in locked} == locked
    rolls = [book.room.transit(month) for month in MONTHS]
    for roll in rolls:
        assert [one.gap for one in roll.channels] == [0]
        assert roll.closing == sum(item.amount for one in roll.channels for item in one.items)
    for before, after in pairwise(rolls):
        assert after.opening == before.closing
    told = {part: sum(roll.total(part) for roll in rolls) for part in PARTS}
    flows = dict(
        book.book.rows_of(
            "select part, sum(amount) from base.arrival_flows where part <> 'open' and day <= $end group by part",
            end=END,
        )
    )
    assert {part: amount for part, amount in told.items() if amount} == flows
    assert rolls[-1].closing == sum(SIGNS[part] * amount for part, amount in flows.items())
    assert book.room.verify() == ()
