"""Months chain, lines are kept to the cent, and the order of the lines does not matter."""

from __future__ import annotations

import random
from collections import defaultdict
from datetime import date
from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from chainbrain.ledger.lines import EFFECTS, LedgerLine, LedgerMonth, Pair, next_month, roll

MONTHS = [date(2026, month, 1) for month in range(1, 13)]
STORES = ("F1", "F2", "F3")
AMOUNTS = st.integers(-10_000_000, 10_000_000).map(lambda fen: Decimal(fen) / 100)
LINES = st.lists(
    st.builds(LedgerLine, st.sampled_from(MONTHS), st.sampled_from(STORES), st.sampled_from(sorted(EFFECTS)), AMOUNTS),
    max_size=60,
)


def _rolled(openings: list[Decimal], lines: list[LedgerLine]) -> tuple[LedgerMonth, ...]:
    pairs = [
        Pair(store, None, "franchise", MONTHS[0], opening) for store, opening in zip(STORES, openings, strict=True)
    ]
    theirs: dict[tuple[date, str], Decimal] = defaultdict(Decimal)
    for line in lines:
        theirs[line.month, line.store] += line.effect
    return roll(pairs, lines, theirs, {})


@given(st.lists(AMOUNTS, min_size=3, max_size=3), LINES)
def test_lines_add_up_to_the_change_of_the_balance_and_months_chain(
    openings: list[Decimal], lines: list[LedgerLine]
) -> None:
    found = _rolled(openings, lines)
    before: dict[str, LedgerMonth] = {}
    for one in found:
        own = [line for line in lines if (line.month, line.store) == (one.month, one.store)]
        assert one.closing - one.opening == sum((line.effect for line in own), Decimal(0))
        assert one.closing == one.payable.closing - one.receivable.closing
        assert one.closing == (
            one.opening + one.collected - one.split - one.royalty - one.purchases - one.advances - one.penalties
            + one.other - one.paid
        )  # fmt: skip
        assert one.gap == 0
        earlier = before.get(one.store)
        if earlier is None:
            assert one.opening == openings[STORES.index(one.store)]
        else:
            assert (one.month, one.opening) == (next_month(earlier.month), earlier.closing)
            assert one.payable.opening == earlier.payable.closing
            assert one.receivable.opening == earlier.receivable.closing
        before[one.store] = one
    assert len({one.month for one in before.values()}) == 1


@given(st.lists(AMOUNTS, min_size=3, max_size=3), LINES, st.integers(0, 100))
def test_the_order_of_the_lines_is_irrelevant(openings: list[Decimal], lines: list[LedgerLine], seed: int) -> None:
    assert _rolled(openings, random.Random(seed).sample(lines, len(lines))) == _rolled(openings, lines)


def test_what_one_side_alone_has_is_the_gap() -> None:
    pair = Pair("F1", None, "franchise")
    line = LedgerLine(MONTHS[0], "F1", "sales", Decimal("100.00"))
    (found,) = roll([pair], [line], {(MONTHS[0], "F1"): Decimal("99.40")}, {})
    assert (found.closing, found.other_side, found.gap) == (Decimal("100.00"), Decimal("99.40"), Decimal("0.60"))
