"""Leases, staff, taxes, loans and days to the bank, worked by hand on the worked example of one store."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

import numpy as np
import pytest
from expansion_examples import WORKED, WORKED_JSON, D

from chainbrain.errors import UserError
from chainbrain.expansion import Scenario
from chainbrain.expansion.drawing import planned_values
from chainbrain.expansion.kernel import lives, months_to_payback
from chainbrain.expansion.lease_plan import Plan
from chainbrain.expansion.needed import must_be_true
from chainbrain.expansion.result import PARTS
from chainbrain.expansion.store_case import StoreCase, store_case
from chainbrain.money import fen, from_fen
from chainbrain.texts import catalogue

LOAN = {"name": "装修贷", "amount": 300_000, "annual_rate": "6%", "months": 12, "repayment": "equal_instalments"}
VAT = {"tax": "vat", "rate": "1%", "surcharge": "6%", "free_up_to": "10万", "source": "口头问的会计"}
RICH: dict[str, Any] = {
    "opening_month": "2027-01",
    "capex": None,
    "capex_items": [
        {"name": "装修", "amount": 300_000},
        {"name": "设备", "amount": 100_000, "month": 1},
        {"name": "尾款", "amount": 50_000, "month": 3},
    ],
    "rent_free_months": 2,
    "rent_rise": "5%",
    "labour_by_sales": [{"sales": 150_000, "amount": 50_000}],
    "labour_while_waiting": "50%",
    "delay_months": 1,
    "closing_cost": 20_000,
    "settlement_days": "2.5",
    "taxes": [
        VAT,
        {"tax": "sales", "rate": "0.5%", "to": "2028-06"},
        {"tax": "profit", "rate": "5%", "from": "2028-01", "source": "小微"},
    ],
    "financing": [LOAN],
}


def read(**more: object) -> Scenario:
    """The worked example with more of it."""
    return Scenario.parse({**WORKED_JSON, **more})


def cash(case: StoreCase, *months: int) -> list[str]:
    return [str(case.months[month].cash) for month in months]


def test_the_investment_is_paid_when_its_parts_are_due() -> None:
    case = store_case(read(capex=None, capex_items=RICH["capex_items"]))
    # 300,000 and the deposit before the opening; −15,200 less 100,000; −4,640; 5,920 less 50,000.
    assert cash(case, 0, 1, 2, 3) == ["-360000.00", "-115200.00", "-4640.00", "-44080.00"]
    assert (case.trough, case.trough_month) == (D("-523920.00"), 3)
    assert case.total == store_case(WORKED).total
    # Paid later it is worth more today.
    assert case.npv > store_case(WORKED).npv


def test_the_rent_rises_and_steps() -> None:
    risen = store_case(read(rent_rise="5%"))
    # 22,000, a year later 23,100, two years later 24,255.
    assert [str(risen.months[n].rent) for n in (12, 13, 25)] == ["-22000.00", "-23100.00", "-24255.00"]
    assert cash(risen, 13) == ["36500.00"]
    stepped = store_case(read(rent_free_months=3, rent_steps=[{"month": 13, "amount": 25_000}]))
    assert [str(stepped.months[n].rent) for n in (3, 4, 12, 13)] == ["0.00", "-22000.00", "-22000.00", "-25000.00"]


def test_a_delay_costs_rent_and_idle_labour_and_ends_with_the_lease() -> None:
    case = store_case(read(delay_months=2, labour_while_waiting="50%"))
    # 22,000 of rent and 23,000 of labour, twice; then the ramp begins.
    assert cash(case, 1, 2, 3) == ["-45000.00", "-45000.00", "-15200.00"]
    assert len(case.months) == 37
    # Two mature months are lost at the end.
    assert store_case(WORKED).total - case.total == D(2 * 37_600 + 90_000)


def test_labour_goes_by_months_or_by_sales() -> None:
    by_month = store_case(read(labour_steps=[{"month": 4, "amount": 52_000}]))
    assert [str(by_month.months[n].labour) for n in (3, 4)] == ["-46000.00", "-52000.00"]
    by_sales = store_case(read(labour_by_sales=[{"sales": 187_000, "amount": 50_000}]))
    # The fifth month sells 85 % of 220,000: 187,000 exactly.
    assert [str(by_sales.months[n].labour) for n in (4, 5)] == ["-46000.00", "-50000.00"]
    # 72,000 at 48 % are 150,000 of sales, which need the smaller staff only: 68,000 are 141,666.67.
    assert by_sales.break_even_sales == D("141666.67")
    larger = store_case(read(labour_by_sales=[{"sales": 120_000, "amount": 50_000}]))
    assert larger.break_even_sales == D("150000.00")


def test_simplified_vat_is_inside_the_prices_and_small_months_are_free() -> None:
    case = store_case(read(taxes=[VAT]))
    # 220,000 / 1.01 × 1 % × 1.06 = 2,308.91; 110,000: 1,154.46.
    assert [str(case.months[n].tax) for n in (1, 12)] == ["-1154.46", "-2308.91"]
    assert cash(case, 12) == ["35291.09"]
    # Half of 200,000 is 99,009.90 without VAT: free; 60 % are 118,811.88: not.
    small = store_case(read(taxes=[VAT], mature_monthly_sales=200_000))
    assert [str(small.months[n].tax) for n in (1, 2)] == ["0.00", "-1259.41"]


def test_tax_on_profit_is_taken_above_what_was_earned_before() -> None:
    short = {"ramp": ["100%"], "life_months": 12, "capex": 120_000, "deposit": 0}
    case = store_case(read(**short, taxes=[{"tax": "profit", "rate": "20%"}]))
    # 37,600 less 10,000 of capex a month: 27,600 of profit.
    assert {str(month.tax) for month in case.months[1:]} == {"-5520.00"}
    # The losses of the ramp come first: 12,500 of capex a month and −15,200 in the first.
    worked = store_case(read(taxes=[{"tax": "profit", "rate": "20%"}]))
    assert [str(month.tax) for month in worked.months[1:7]] == ["0.00"] * 6
    earned = sum(month.cash - month.tax for month in worked.months[1:]) - 60_000 - 450_000
    assert sum(month.tax for month in worked.months) == -(earned / 5).quantize(D("0.01"))


def test_taxes_hold_between_their_months() -> None:
    rules = [{"tax": "sales", "rate": "1%", "to": "2027-06"}, {"tax": "sales", "rate": "3%", "from": "2027-07"}]
    case = store_case(read(opening_month="2027-01", taxes=rules))
    assert [str(case.months[n].tax) for n in (6, 7)] == ["-1980.00", "-6270.00"]


def test_sales_wait_for_the_bank() -> None:
    case, plain = store_case(read(settlement_days=3)), store_case(WORKED)
    # 110,000 less 6 % of commission, three days of thirty: 10,340; then 12,408.
    assert [str(case.months[n].waiting) for n in (1, 2)] == ["-10340.00", "-2068.00"]
    assert case.months[36].waiting == D("20680.00")
    assert case.total == plain.total
    assert case.npv < plain.npv
    assert case.trough == D("-542248.00")


def test_channels_make_commission_and_days() -> None:
    mix = [
        {"name": "堂食", "share": "70%", "commission": "0.38%", "settlement_days": 1},
        {"name": "外卖", "share": "30%", "commission": "20%", "settlement_days": "3.5"},
    ]
    found = read(platform=None, channels=mix)
    assert (found.platform, found.settlement_days) == (D("0.062660"), D("1.6"))
    # What is on its way is what each channel still owes, to a twentieth of a day of sales.
    owed = D("0.7") * D("0.9962") * 1 + D("0.3") * D("0.8") * D("3.5")
    assert abs((1 - found.platform) * found.settlement_days - owed) < D("0.05")
    assert Scenario.parse(found.to_mapping()) == found


def test_a_loan_lies_beside_the_store() -> None:
    case = store_case(read(financing=[LOAN]))
    assert cash(case, 0, 1) == ["-210000.00", "-41019.93"]
    assert case.total == store_case(WORKED).total - D("9839.15")
    # What pays for the store does not earn it back.
    assert (case.npv_without_loans, case.payback_month) == (D("532053.18"), 19)
    long = store_case(read(financing=[{**LOAN, "repayment": "interest_first", "months": 60}]))
    # Owed to the end of the lease, repaid with the last interest.
    assert long.months[36].loans == D("-301500.00")


def test_closing_costs_something() -> None:
    assert store_case(read(closing_cost=20_000)).total == store_case(WORKED).total - 20_000


def test_the_parts_of_a_month_add_up() -> None:
    for month in store_case(read(**RICH)).months:
        assert sum(getattr(month, name) for name in PARTS) == month.cash


def test_many_lives_are_the_exact_case() -> None:
    scenario = read(**RICH)
    plan, case = Plan.of(scenario), store_case(scenario)
    found = lives(plan, planned_values(scenario, np.full(3, fen(scenario.mature_monthly_sales), dtype=np.int64)))
    for number, month in enumerate(case.months):
        assert abs(from_fen(int(found.running[0, number])) - month.cumulative) <= D("0.01") * (number + 1)
    assert abs(from_fen(int(found.npv[0])) - case.npv) <= D("0.40")
    assert months_to_payback(plan, found.flows).tolist() == [case.payback_month] * 3


@pytest.mark.parametrize("more", [{}, {"financing": [LOAN]}, {"settlement_days": 3, "delay_months": 2}])
def test_what_must_be_true_on_a_straight_line(more: dict[str, object]) -> None:
    needed = must_be_true(read(**more)).npv_is_zero
    assert needed is not None
    assert store_case(read(**more, mature_monthly_sales=needed)).npv >= 0
    assert store_case(read(**more, mature_monthly_sales=needed - D("0.01"))).npv <= 0


def test_what_must_be_true_where_the_line_is_bent() -> None:
    needed = must_be_true(read(**RICH))
    assert needed.npv_is_zero is not None and needed.pays_back_within_life is not None
    at = store_case(read(**{**RICH, "mature_monthly_sales": needed.npv_is_zero}))
    below = store_case(read(**{**RICH, "mature_monthly_sales": needed.npv_is_zero - 10}))
    assert abs(at.npv) < 1
    assert below.npv < 0
    assert store_case(read(**{**RICH, "mature_monthly_sales": needed.pays_back_within_life + 1})).payback_month == 36


def test_everything_survives_writing_and_reading() -> None:
    scenario = read(**RICH)
    assert Scenario.parse(scenario.to_mapping()) == scenario
    assert scenario.taxes[1].last == date(2028, 6, 1)


@pytest.mark.parametrize(
    ("more", "field", "code"),
    [
        ({"capex_items": [{"name": "a", "amount": "x"}]}, "capex_items[0].amount", "field_unreadable"),
        ({"capex_items": [{"amount": 1}]}, "capex", "field_conflict"),
        ({"capex": None, "capex_items": [{"amount": 1, "month": 37}]}, "capex_items[0].month", "field_out_of_range"),
        ({"rent_steps": [{"month": 0, "amount": 1}]}, "rent_steps[0].month", "field_out_of_range"),
        ({"rent_steps": [{"month": 2, "amount": 1, "x": 1}]}, "rent_steps[0].x", "field_unknown"),
        ({"rent_steps": [{"month": 2, "amount": 1}, {"month": 2, "amount": 3}]}, "rent_steps[1].month", "field_twice"),
        ({"rent_steps": [{"month": 2, "amount": 1}], "rent_rise": "5%"}, "rent_rise", "field_conflict"),
        ({"labour_by_sales": [{"amount": 1}]}, "labour_by_sales[0].sales", "field_missing"),
        ({"channels": [{"share": "60%"}]}, "channels", "shares_not_whole"),
        ({"channels": [{"share": "100%", "commission": "9%"}]}, "platform", "field_conflict"),
        ({"taxes": [{"tax": "stamp", "rate": "1%"}]}, "taxes[0].tax", "field_unreadable"),
        ({"taxes": [{"tax": "sales", "rate": "1%", "free_up_to": 1}]}, "taxes[0].free_up_to", "field_conflict"),
        ({"taxes": [{"tax": "vat", "rate": "1%"}, {"tax": "vat", "rate": "3%"}]}, "taxes[1]", "field_conflict"),
        ({"taxes": [{"tax": "vat", "rate": "1%", "from": "2027-01"}]}, "opening_month", "tax_needs_months"),
        ({"financing": [{**LOAN, "months": 0}]}, "financing[0].months", "field_out_of_range"),
        ({"financing": [{**LOAN, "amount": 10**9}]}, "financing[0].amount", "field_out_of_range"),
        ({"settlement_days": "2.25"}, "settlement_days", "field_unreadable"),
        ({"settlement_days": 31}, "settlement_days", "field_out_of_range"),
        ({"delay_months": 36, "life_months": 24}, "delay_months", "field_out_of_range"),
        ({"chain": {"opening_cash": 1, "monthly_cash": [], "worse_by": 1}}, "chain.monthly_cash", "field_unreadable"),
    ],
)
def test_a_fault_is_named_by_its_path(more: dict[str, object], field: str, code: str) -> None:
    with pytest.raises(UserError) as caught:
        read(**more)
    assert (caught.value.facts["field"], caught.value.code) == (field, f"expansion.{code}")
    assert caught.value.code in catalogue("messages")


def test_steps_go_with_what_they_belong_to() -> None:
    from chainbrain.expansion.schedule import with_input

    dearer = with_input(read(rent_steps=[{"month": 13, "amount": 24_200}]), "rent", D(24_200))
    assert dearer.rent_steps[0].amount == D("26620.0")
    assert replace(WORKED, rent=D(24_200)) == with_input(WORKED, "rent", D(24_200))
    assert with_input(WORKED, "delay_months", D(2)).delay == 2
    assert isinstance(dearer.rent, Decimal)
