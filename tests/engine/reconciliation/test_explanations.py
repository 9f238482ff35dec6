"""A deposit of another amount is told with what would explain it to the cent, and how many explanations there are."""

from __future__ import annotations

from decimal import Decimal

import pytest
from reconcile_book import World, at, ident
from run_book import NUMBERS, M, a_chain, accepted, after, daily, deposits, net, sales, suggestions

from chainbrain.money import half_up
from chainbrain.reconciliation.evidence import Evidence
from chainbrain.reconciliation.room import ReconciliationRoom

THIRD = after(3)
EARLY, LATE = sales(2)


def told(book: World) -> Evidence:
    """The evidence of the only suggestion."""
    ((match_id,),) = book.book.rows_of("select cast(match_id as varchar) from main.matches where state = 'suggested'")
    return ReconciliationRoom(book.book).evidence(match_id)


def explained(amount: Decimal, *more: tuple[str, str, str]) -> Evidence:
    """What is said when the third deposit brings this; ``more`` are refunds: number, amount, time of day."""
    sums = daily()
    sums[THIRD] = amount
    book = a_chain()
    for number, back, clock in more:
        book.payment(number, f"-{back}", merchant=M, kind="refund", when=at(clock, after(2)), refund_id=number)
    deposits(book, sums).reconcile()
    return told(book)


@pytest.mark.parametrize(
    ("amount", "why"),
    [
        (net(LATE), "item_missing"),
        (net(EARLY, EARLY, LATE), "item_paid_twice"),
        (net(EARLY, LATE) + net(sales(1)[0]), "item_of_other_day"),
        (net(EARLY, LATE) - net(sales(0)[0]), "sale_taken_back"),
        (EARLY + LATE - half_up((EARLY + LATE) * Decimal("0.006")), "fee_rate"),
        (EARLY + LATE, "fee_not_taken"),
        (Decimal("300.00"), "part_only"),
    ],
)
def test_a_deposit_of_another_amount_is_told_with_its_reason(amount: Decimal, why: str) -> None:
    evidence = explained(amount)
    assert (evidence.state, evidence.proof, evidence.facts["why"]) == ("suggested", "merchant_other_amount", why)
    assert evidence.gap == amount - net(EARLY, LATE)
    assert evidence.facts["found"] == 1
    assert evidence.facts["chance"] < 0.05


def test_a_fee_rounded_on_the_sum_is_a_fen_off() -> None:
    whole = EARLY + LATE
    on_the_sum = whole - half_up(whole * Decimal("0.0038"))
    cut = whole - sum((a * Decimal("0.0038")).quantize(Decimal("0.01"), "ROUND_DOWN") for a in (EARLY, LATE))
    amount = next(one for one in (on_the_sum, cut) if one != net(EARLY, LATE))
    assert explained(amount).facts["why"] == "fee_rounding"


def test_a_row_that_the_bill_shows_twice_is_paid_once() -> None:
    book = a_chain()
    book.payment("again", str(EARLY), merchant=M, when=at("11:00:00", after(2)))
    deposits(book, daily()).reconcile()
    assert told(book).facts["why"] == "row_twice"


def test_a_refund_that_was_not_taken_off_and_one_of_another_day() -> None:
    back = Decimal("43.21")
    whole = net(EARLY, LATE)
    assert explained(whole, ("R1", str(back), "15:00:00")).facts["why"] == "refund_not_taken"
    book, sums = a_chain(), daily()
    book.payment("R2", f"-{back}", merchant=M, kind="refund", when=at("15:00:00", after(5)), refund_id="R2")
    sums[after(6)] -= net(back)
    sums[THIRD] -= net(back)
    deposits(book, sums).reconcile()
    assert told(book).facts["why"] == "refund_of_other_day"


def test_a_chargeback_sixty_days_later_explains_what_was_taken_off() -> None:
    book, sums = a_chain(), daily()
    back = Decimal("88.40")
    book.payment(
        "C1", f"-{back}", merchant=M, kind="chargeback", when=at("15:00:00", after(5)), refund_id="C1", fee="0.00"
    )
    sums[after(6)] -= back
    sums[THIRD] -= back
    deposits(book, sums).reconcile()
    assert told(book).facts["why"] == "chargeback"


def test_what_nothing_explains_is_a_difference_with_a_hint() -> None:
    """No memo, no reason to the cent: the payout is late, the deposit unexplained, the nearest amount is beside it."""
    day, payout = after(8), net(*sales(7))
    book, sums = a_chain(), daily()
    del sums[day]
    amount = payout - Decimal("17.77")
    deposits(book, sums).bank_line("X", str(amount), day=day, memo="结算款").reconcile()
    assert suggestions(book) == [("similar_amount", 1, 1, 1)]
    assert "why" not in told(book).facts
    assert sorted(book.codes()) == [("D08", -payout), ("D09", amount)]


def test_the_name_of_the_wrong_store_beside_the_amount_of_this_one() -> None:
    book, mine, theirs = a_chain("S1", "S2"), daily(), daily(store="S2")
    amount = mine.pop(THIRD)
    theirs.pop(THIRD)
    deposits(deposits(book, mine), theirs, merchant=NUMBERS["S2"])
    book.bank_line("X", str(amount), day=THIRD, memo=f"商户号{NUMBERS['S2']} {THIRD:%Y%m%d}").reconcile()
    assert suggestions(book) == [("neighbour_store", 1, 1, 1)]
    evidence = told(book)
    assert evidence.gap == 0
    assert [line.number for line in evidence.lines if line.key == "expected"] == [M]
    assert book.state(ident("bank", "62220001", "X"), "bank") == ("timing", "suggested")


def test_two_deposits_that_name_each_others_store_are_one_suggestion() -> None:
    book, mine, theirs = a_chain("S1", "S2"), daily(), daily(store="S2")
    swapped = {M: theirs.pop(THIRD), NUMBERS["S2"]: mine.pop(THIRD)}
    deposits(deposits(book, mine), theirs, merchant=NUMBERS["S2"])
    for merchant, amount in swapped.items():
        book.bank_line(f"X{merchant}", str(amount), day=THIRD, memo=f"商户号{merchant} {THIRD:%Y%m%d}")
    book.reconcile()
    assert suggestions(book) == [("swapped_memos", 1, 2, 2)]
    assert told(book).gap == 0
    assert book.codes() == []
    accepted(book)
    assert book.states("bank_line", "bank") == ["matched"] * 20
    assert book.codes() == []
