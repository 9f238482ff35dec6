"""Loans: the instalments to the cent, the true rate to a ten-thousandth of a per cent, and rates that are refused."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from chainbrain.errors import UserError
from chainbrain.expansion.loans import Loan, Repayment
from chainbrain.expansion.rates import internal_rate, roots, sign_changes, single_root

D = Decimal
P = D(300_000)


@pytest.mark.parametrize(
    ("kind", "first", "last", "interest"),
    [
        (Repayment.EQUAL_INSTALMENTS, "25819.93", None, "9839.15"),
        (Repayment.EQUAL_PRINCIPAL, "26500.00", "25125.00", "9750.00"),
        (Repayment.INTEREST_FIRST, "1500.00", "301500.00", "18000.00"),
        (Repayment.FLAT, "26500.00", "26500.00", "18000.00"),
    ],
)
def test_the_instalments_of_each_kind(kind: Repayment, first: str, last: str | None, interest: str) -> None:
    loan = Loan(P, D("0.06"), 12, kind)
    made = loan.schedule()
    assert str(made[0].amount) == first
    assert last is None or str(made[-1].amount) == last
    assert abs(loan.interest - D(interest)) <= D("0.01")
    assert made[-1].owed == 0


@pytest.mark.parametrize(
    ("loan", "nominal", "effective"),
    [
        (Loan(P, D("0.06"), 12), "6.0000", "6.1678"),
        (Loan(P, D("0.06"), 12, fee=D("0.02")), "9.8000", "10.2524"),
        (Loan(P, D("0.06"), 12, Repayment.FLAT), "10.8964", "11.4574"),
        (Loan(P, D("0.072"), 12, Repayment.FLAT), "13.0342", "13.8418"),
        (Loan(P, D("0.06"), 12, Repayment.INTEREST_FIRST, D("0.01"), D(3_000)), "8.0887", "8.3954"),
    ],
)
def test_the_true_rate_of_an_offer(loan: Loan, nominal: str, effective: str) -> None:
    rate = loan.true_rate()
    assert abs(rate.nominal * 100 - D(nominal)) <= D("0.0001")
    assert abs(rate.effective * 100 - D(effective)) <= D("0.0001")


def test_the_rate_of_plain_payments() -> None:
    rate = internal_rate((D(10_000), *[D(-900)] * 12))
    assert abs(rate.nominal * 100 - D("14.4521")) <= D("0.0001")
    assert abs(rate.effective * 100 - D("15.4489")) <= D("0.0001")


def test_several_rates_are_refused_and_named() -> None:
    # −100, +230, −132 is worth nothing at 10 % and at 20 %.
    flows = (D(-100), D(230), D(-132))
    with pytest.raises(UserError) as caught:
        internal_rate(flows)
    assert caught.value.code == "rates.several"
    assert caught.value.facts["rates"] == ("10.0000%", "20.0000%")
    assert [round(root, 10) for root in roots(flows)] == [D("0.1"), D("0.2")]


def test_payments_that_never_turn_have_no_rate() -> None:
    with pytest.raises(UserError) as caught:
        internal_rate((D(-1), D(-2)))
    assert caught.value.code == "rates.none"


def test_a_cost_at_the_end_keeps_a_single_rate_when_the_total_turns_once() -> None:
    flows = (D(-100), *[D(10)] * 20, D(-5))
    assert sign_changes(flows) == 2
    assert single_root(flows)
    rate = internal_rate(flows).period
    assert abs(sum(f / (1 + rate) ** t for t, f in enumerate(flows))) < D("1e-9")


@pytest.mark.parametrize("kind", list(Repayment))
@pytest.mark.parametrize(("amount", "rate"), [("1.00", "0"), ("1.00", "0.06"), ("1.27", "0.36"), ("7.77", "0.12")])
def test_a_tiny_loan_is_never_repaid_twice(kind: Repayment, amount: str, rate: str) -> None:
    made = Loan(D(amount), D(rate), 120, kind).schedule()
    assert sum(one.principal for one in made) == D(amount)
    assert all(one.principal >= 0 and one.owed >= 0 for one in made)
    assert made[-1].owed == 0


@settings(max_examples=40, deadline=None)
@given(
    st.integers(1_000, 100_000_000),
    st.integers(0, 36),
    st.integers(1, 60),
    st.sampled_from(list(Repayment)),
)
def test_every_loan_is_repaid_to_the_cent(cents: int, rate: int, months: int, kind: Repayment) -> None:
    loan = Loan(D(cents) / 100 + 10_000, D(rate) / 100, months, kind)
    made = loan.schedule()
    assert sum(one.principal for one in made) == loan.amount
    assert made[-1].owed == 0
    assert all(one.amount == round(one.amount, 2) for one in made)
    if rate:
        # No kind is cheaper than its nominal rate, but for what rounding to the cent takes off.
        assert loan.true_rate().nominal > D(rate) / 100 - D("0.0001")


def test_an_offer_is_read_and_refused_by_its_field() -> None:
    read = Loan.parse({"amount": "30万", "annual_rate": "6%", "months": 12, "repayment": "flat"})
    assert read == Loan(P, D("0.06"), 12, Repayment.FLAT)
    with pytest.raises(UserError) as caught:
        Loan.parse({"amount": 1000, "annual_rate": "6%", "months": 12, "fee": "100%"}, "funding[0].")
    assert caught.value.facts["field"] == "funding[0].fee"
