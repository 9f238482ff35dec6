"""Amounts that together are a sum: every answer counted, against brute force, and silence where chance would answer."""

from __future__ import annotations

from itertools import combinations
from math import comb

from hypothesis import given, settings
from hypothesis import strategies as st

from chainbrain.reconciliation.subsets import MOST_ITEMS, SURE, search

PAYOUTS = (128_437, 203_911, 87_263, 154_089, 311_742, 96_518)


def brute(amounts: list[int], total: int, most: int, needed: set[int] | None = None) -> set[tuple[int, ...]]:
    return {
        one
        for size in range(2, most + 1)
        for one in combinations(range(len(amounts)), size)
        if sum(amounts[at] for at in one) == total and (not needed or needed & set(one))
    }


@settings(max_examples=300, deadline=None)
@given(data=st.data())
def test_the_number_of_answers_is_that_of_trying_everything(data: st.DataObject) -> None:
    amounts = data.draw(st.lists(st.integers(-400_000, 2_000_000).filter(bool), min_size=2, max_size=11))
    # some amounts twice
    amounts += data.draw(st.lists(st.sampled_from(amounts), max_size=2))
    chosen = data.draw(st.sets(st.integers(0, len(amounts) - 1), min_size=1, max_size=len(amounts)))
    needed = data.draw(st.sets(st.integers(0, len(amounts) - 1), max_size=2))
    total = sum(amounts[at] for at in chosen) + data.draw(st.sampled_from((0, 0, 0, 1)))
    found = search(amounts, total, needed)
    if found is None:
        return
    assert found.expected < SURE
    assert found.tried == sum(comb(len(amounts), size) for size in range(2, found.most + 1))
    true = brute(amounts, total, found.most, needed)
    assert found.number == len(true)
    assert set(found.answers) <= true
    assert len(found.answers) == min(2, found.number)
    assert set(found.shared) == (set.intersection(*(set(one) for one in true)) if true else set())
    if not needed:
        assert found.alike == (len({tuple(sorted(amounts[at] for at in one)) for one in true}) == 1)


@settings(max_examples=100, deadline=None)
@given(st.permutations(range(len(PAYOUTS))))
def test_the_order_of_the_amounts_does_not_matter(order: list[int]) -> None:
    total = PAYOUTS[0] + PAYOUTS[3] + PAYOUTS[5]
    found = search([PAYOUTS[at] for at in order], total)
    assert found is not None
    assert {frozenset(order[at] for at in one) for one in found.answers} == {frozenset({0, 3, 5})}
    assert (found.number, found.tried) == (1, 57)


def test_three_payouts_in_one_deposit_are_the_only_answer() -> None:
    found = search(PAYOUTS, 128_437 + 87_263 + 311_742)
    assert found is not None
    assert (found.number, found.answers, found.shared, found.alike) == (1, ((0, 2, 4),), (0, 2, 4), True)


def test_equal_payouts_settle_the_sum_and_not_which_it_is() -> None:
    found = search((128_437, 203_911, 203_911, 311_742), 128_437 + 203_911)
    assert found is not None
    assert (found.number, found.answers, found.shared, found.alike) == (2, ((0, 1), (0, 2)), (0,), True)


def test_answers_of_other_amounts_are_several() -> None:
    found = search((100_003, 250_041, 140_017, 210_027, 777_777), 100_003 + 250_041)
    assert found is not None
    assert (found.number, found.answers, found.shared, found.alike) == (2, ((0, 1), (2, 3)), (), False)


def test_an_answer_without_what_the_memo_names_is_none() -> None:
    amounts = (100_003, 250_041, 140_017, 210_027, 777_777)
    found = search(amounts, 350_044, needed={2})
    assert found is not None
    assert (found.number, found.answers) == (1, ((2, 3),))
    nothing = search(amounts, 350_044, needed={4})
    assert nothing is not None
    assert nothing.number == 0


def test_many_small_amounts_explain_everything_and_therefore_nothing() -> None:
    assert search(tuple(range(1_001, 1_023)), 21_000) is None
    assert search(tuple(range(100_001, 100_003 + MOST_ITEMS)), 200_003) is None


def test_whole_yuan_meet_a_whole_sum_more_often() -> None:
    """Six amounts over thousands of yuan, but all whole: a hundred times as many chances as to the fen."""
    whole = (128_400, 203_900, 87_200, 154_000, 311_700, 96_500)
    to_the_fen, coarse = search(PAYOUTS, 540_000), search(whole, 540_000)
    assert to_the_fen is not None
    assert to_the_fen.most == 6
    assert coarse is None or coarse.most < 6


def test_equal_amounts_are_counted_and_not_listed() -> None:
    """2 of 24: 276 answers of one sum, two of them told."""
    found = search((10_000_019,) * MOST_ITEMS, 2 * 10_000_019)
    assert found is not None
    assert (found.number, found.answers, found.shared, found.alike) == (276, ((0, 1), (0, 2)), (), True)
