"""The exact model of one store on the worked numbers, and the identities it must keep."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest
from expansion_examples import WORKED, D
from hypothesis import given
from hypothesis import strategies as st

from chainbrain.errors import UserError
from chainbrain.expansion.needed import must_be_true
from chainbrain.expansion.store_case import discount_factors, store_case

EATEN = replace(WORKED, cannibalisation=D("0.15"))


def test_the_worked_example() -> None:
    case = store_case(WORKED)
    assert case.months[1].cash == D("-15200.00")
    assert case.months[12].cash == D("37600.00")
    assert case.break_even_sales == D("141666.67")
    assert case.trough == D("-529840.00")
    assert case.payback_month == 19
    assert case.npv == D("532053.18")


def test_the_worked_example_with_cannibalisation() -> None:
    case = store_case(EATEN)
    assert case.trough == D("-552432.00")
    assert case.payback_month == 31
    assert case.npv == D("64405.16")


def test_cannibalisation_at_the_own_contribution_is_lower_sales() -> None:
    eaten, smaller = store_case(EATEN), store_case(replace(WORKED, mature_monthly_sales=D(220_000) * D("0.85")))
    assert (eaten.npv, eaten.trough, eaten.payback_month) == (smaller.npv, smaller.trough, smaller.payback_month)
    assert [m.cash for m in eaten.months] == [m.cash for m in smaller.months]


def test_the_deposit_comes_back_in_the_last_month() -> None:
    case = store_case(WORKED)
    assert case.months[0].cash == D("-510000.00")
    assert case.months[36].cash == D("97600.00")
    assert case.total == sum(month.cash for month in case.months)


def test_months_carry_their_dates() -> None:
    months = store_case(replace(WORKED, opening_month=date(2027, 1, 1))).months
    assert [m.month for m in (months[0], months[1], months[12], months[13])] == [
        date(2026, 12, 1),
        date(2027, 1, 1),
        date(2027, 12, 1),
        date(2028, 1, 1),
    ]


def test_a_store_that_never_pays_back() -> None:
    case = store_case(replace(WORKED, mature_monthly_sales=D(140_000)))
    assert case.payback_month is None
    assert case.npv < 0
    hopeless = store_case(replace(WORKED, gross_margin=D("0.10")))
    assert hopeless.break_even_sales is None
    assert must_be_true(replace(WORKED, gross_margin=D("0.10"))).npv_is_zero is None


def test_what_must_be_true() -> None:
    needed = must_be_true(WORKED)
    assert needed.npv_is_zero is not None
    assert needed.pays_back_within_life is not None
    just = store_case(replace(WORKED, mature_monthly_sales=needed.npv_is_zero))
    short = store_case(replace(WORKED, mature_monthly_sales=needed.npv_is_zero - D("0.01")))
    assert D(0) <= just.npv < D("0.20")
    assert short.npv <= 0
    assert store_case(replace(WORKED, mature_monthly_sales=needed.pays_back_within_life)).payback_month == 36
    assert (
        store_case(replace(WORKED, mature_monthly_sales=needed.pays_back_within_life - D("0.01"))).payback_month is None
    )
    # Discounting asks for more than merely getting the money back.
    assert needed.npv_is_zero > needed.pays_back_within_life


def test_discount_factors_are_exact_after_a_year() -> None:
    factors = discount_factors(D("0.10"), 24)
    assert abs(factors[12] * D("1.10") - 1) < D("1e-40")
    assert abs(factors[24] * D("1.21") - 1) < D("1e-40")
    assert set(discount_factors(D(0), 12)) == {D(1)}


@given(
    st.decimals(50_000, 500_000, places=2),
    st.decimals("0.30", "0.80", places=4),
    st.decimals(0, 60_000, places=2),
    st.integers(1, 120),
    st.decimals(0, "0.30", places=4),
)
def test_the_figures_hang_together(sales: Decimal, margin: Decimal, rent: Decimal, life: int, rate: Decimal) -> None:
    scenario = replace(
        WORKED, mature_monthly_sales=sales, gross_margin=margin, rent=rent, life_months=life, discount_rate=rate
    )
    case = store_case(scenario)
    assert len(case.months) == life + 1
    assert case.trough == min(D(0), *(m.cumulative for m in case.months))
    assert case.months[case.trough_month].cumulative == min(m.cumulative for m in case.months)
    assert case.total == case.months[-1].cumulative
    if rate == 0:
        assert case.npv == case.total
    if case.payback_month is not None:
        assert case.months[case.payback_month].cumulative >= 0
        assert all(m.cumulative <= 0 for m in case.months[: case.payback_month])


@pytest.mark.parametrize("gap", ["0.7", "1", "1.3"])
def test_a_wider_gap_costs_money(gap: str) -> None:
    assert (store_case(WORKED, D(gap)).npv >= store_case(WORKED).npv) == (D(gap) <= 1)


def test_the_rate_of_return_is_where_the_present_value_is_nothing() -> None:
    rate = store_case(WORKED).rate_of_return().effective
    at_rate = store_case(replace(WORKED, discount_rate=rate))
    assert abs(at_rate.npv) <= D("0.05")


def test_a_case_that_only_costs_has_no_rate_of_return() -> None:
    with pytest.raises(UserError) as caught:
        store_case(replace(WORKED, mature_monthly_sales=D(0), deposit=D(0))).rate_of_return()
    assert caught.value.code == "rates.none"
