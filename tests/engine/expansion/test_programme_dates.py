"""What a store of a programme is in the month in which it begins: taxes with dates, payback, the mature month."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import numpy as np

from chainbrain.expansion import kept, run
from chainbrain.expansion import programme as programmes
from chainbrain.expansion.programme import Programme
from chainbrain.expansion.programme.effects import compact
from chainbrain.expansion.programme.problem import Limit
from chainbrain.expansion.programme.run import problem_of
from chainbrain.expansion.scenario import Scenario
from chainbrain.expansion.schedule import taxes
from chainbrain.expansion.store_case import store_case
from chainbrain.expansion.terms import Levy
from chainbrain.reports import board_pack

STORE: dict[str, Any] = {
    "capex": 300_000, "deposit": 60_000, "mature_monthly_sales": 220_000, "gross_margin": "62%",
    "other_variable": "8%", "platform": "6%", "rent": 22_000, "labour": 46_000, "life_months": 24,
    "ramp": [50, 60, 70, 80, 90, 100],
}  # fmt: skip
RELIEF = [{"tax": "vat", "rate": "1%", "to": "2027-06"}, {"tax": "vat", "rate": "3%", "from": "2027-07"}]


def given(first: str = "2027-01", **changes: Any) -> dict[str, Any]:
    return {
        "first_month": first, "months": 6, "paths": 200, "candidates": [{"name": "甲"}], "store": {**STORE, **changes},
        "chain": {"opening_cash": 2_000_000, "monthly_cash": 10_000, "worse_by": 1_000},
    }  # fmt: skip


def test_taxes_hold_in_the_months_of_the_programme_not_in_those_of_the_candidate() -> None:
    whenever = [Programme.parse(given(taxes=RELIEF, opening_month=month)) for month in (None, "2027-02", "2035-01")]
    plans = [programmes.run(one) for one in whenever]
    assert plans[0].value == plans[1].value == plans[2].value
    (project,) = problem_of(whenever[0]).projects
    # A store that opens later bears less of the low rate. Moved back to the first month its value shows just that.
    alone = [
        problem_of(Programme.parse(given(taxes=RELIEF, opening_month="2030-01") | {
            "candidates": [{"name": "甲", "earliest": f"2027-0{month}", "latest": f"2027-0{month}"}]
        })).projects[0].values[0]
        for month in (2, 5)
    ]  # fmt: skip
    assert [project.value(1), project.value(4)] == alone
    low, high = (Programme.parse(given(taxes=[rule | {"to": None, "from": None}])) for rule in RELIEF)
    (cheap,), (dear,) = (problem_of(one).projects for one in (low, high))
    for month in project.begins:
        assert dear.value(month) < project.value(month) < cheap.value(month)


def test_sums_over_paths_are_those_of_the_months() -> None:
    (project,) = problem_of(Programme.parse(given(taxes=RELIEF))).projects
    chosen = np.arange(0, 200, 3)
    sums = np.array([project.sums(chosen, end) for end in range(30)]).T
    for place, month in enumerate(project.begins):
        assert (sums[place] == project.at(month, 30, 200)[chosen].sum(axis=0)).all()
    assert (np.diff(sums[:, -1]) < 0).all()


def test_running_totals_take_half_the_room_only_where_they_fit() -> None:
    fits, too_large = np.array([[-(2**31), 2**31 - 1]]), np.array([[0, 2**31]])
    assert compact(fits).dtype == np.int32 and (compact(fits) == fits).all()
    assert compact(too_large).dtype == np.int64 and (compact(too_large) == too_large).all()
    assert compact(-too_large - 1).dtype == np.int64


def test_the_workbook_of_the_board_has_the_taxes_of_the_months_of_the_plan() -> None:
    asked = given(taxes=RELIEF, opening_month="2035-01")
    asked["candidates"] = [{"name": "甲", "must": True, "earliest": "2027-05", "latest": "2027-05"}]
    worked = kept.of_answer(programmes.run(Programme.parse(asked)), asked, None)
    pack = board_pack.of_figures("方案", worked.kind, worked.given, worked.plain_figures, "1")
    then = Scenario.parse({**STORE, "taxes": RELIEF, "opening_month": "2027-05"})
    assert [rule.rate for rule in taxes(then, Levy.VAT)[:3] if rule] == [
        Decimal("0.01"),
        Decimal("0.01"),
        Decimal("0.03"),
    ]
    (live,) = pack.live
    assert live.told["npv"] == f"{store_case(then).npv:.2f}"
    assert [round(month.cash, 2) for month in live.months] == [
        round(month.cash, 2) for month in store_case(then).months
    ]


def test_a_store_that_the_plan_leaves_has_the_taxes_of_its_first_month() -> None:
    asked = given(taxes=RELIEF, opening_month="2035-01", mature_monthly_sales=120_000)
    asked["candidates"] = [{"name": "甲", "earliest": "2027-05"}]
    answer = programmes.run(Programme.parse(asked))
    assert not answer.entries
    worked = kept.of_answer(answer, asked, None)
    then = Scenario.parse({**STORE, "taxes": RELIEF, "opening_month": "2027-05", "mature_monthly_sales": 120_000})
    assert worked.plain_figures["cases"]["甲"]["npv"] == f"{store_case(then).npv:.2f}"


def test_a_loan_does_not_pay_a_store_back_and_a_late_store_is_mature_late() -> None:
    loan = [{"name": "贷", "amount": 400_000, "annual_rate": "6%", "months": 24}]
    answer = programmes.run(Programme.parse(given(financing=loan, delay_months=2)))
    (entry,), (standing,) = answer.entries, answer.candidates
    assert (f"{entry.month:%Y-%m}", f"{entry.grown:%Y-%m}") == ("2027-02", "2027-09")
    one = run(Scenario.parse({**STORE, "financing": loan, "delay_months": 2, "paths": 400}))
    middle = one.simulation.payback.p50
    assert middle is not None and standing.payback[1] is not None
    assert abs(standing.payback[1] - middle) <= 2 and standing.payback[0] != 0


def test_a_delayed_store_counts_in_the_month_in_which_its_doors_open() -> None:
    """A lease that waits needs nobody: the search and the plain test of a plan count doors alike."""
    late = {"delay_months": 2}
    fixed = {"must": True, "earliest": "2027-03", "latest": "2027-03"}
    asked = given() | {
        "candidates": [{"name": "甲", **fixed}, {"name": "乙", **fixed, **late}],
        "limits": {"openings_per_month": 1, "managed_at_once": 1, "managed_months": 2},
    }
    answer = programmes.run(Programme.parse(asked))
    assert answer.plan is not None and answer.breaches == ()
    assert {one.name: (f"{one.month:%m}", f"{one.doors:%m}") for one in answer.entries} == {
        "甲": ("03", "03"), "乙": ("03", "05"),
    }  # fmt: skip
    # With the lease a month earlier the doors of both stand open too near to each other.
    asked["limits"]["managed_months"] = 3
    refused = programmes.run(Programme.parse(asked))
    assert refused.plan is None and refused.breaches[0].limit is Limit.MANAGED
    # Doors may open after the last month of the programme, and are counted there as well.
    asked["months"], asked["limits"] = 3, {"openings_per_month": 1}
    asked["candidates"] = [{"name": name, **fixed, **late} for name in "甲乙"]
    both = programmes.run(Programme.parse(asked))
    assert both.plan is None and both.breaches[0].limit is Limit.A_MONTH
    assert both.breaches[0].month == 4
