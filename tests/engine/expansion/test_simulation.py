"""The paths: the same figures everywhere, agreement with the exact case, and quantiles that keep their order."""

from __future__ import annotations

import hashlib
import json
from dataclasses import replace
from datetime import date
from decimal import Decimal

import numpy as np
import pytest
from expansion_examples import WORKED, WORKED_JSON, D
from hypothesis import given, settings
from hypothesis import strategies as st

from chainbrain.errors import Cancelled
from chainbrain.expansion import Scenario, drawing, kernel, run
from chainbrain.expansion import draws as draw_tables
from chainbrain.expansion.draws import NORMAL, correlated, from_observed, normals, two_sided, uniforms
from chainbrain.expansion.lease_plan import Plan
from chainbrain.expansion.ranges import Basis, InputRange, Ranges, ranges
from chainbrain.expansion.result import Verdict
from chainbrain.expansion.scenario_reading import MONEY, UNCERTAIN, Spread
from chainbrain.expansion.simulation import simulate
from chainbrain.expansion.store_case import store_case
from chainbrain.progress import silent
from chainbrain.texts import catalogue


def certain(scenario: Scenario) -> Ranges:
    """Ranges without any uncertainty."""
    planned = {name: D(1) if name == "ramp" else D(getattr(scenario, name) or 0) for name in UNCERTAIN}
    return Ranges(tuple(InputRange(n, v, v, v, Basis.FIXED, 0, 0) for n, v in planned.items()), ())


def test_the_stream_of_draws_never_changes() -> None:
    # These numbers are the promise that a seed gives the same figures on every system and after every upgrade.
    assert uniforms(20_260_101, 2, 3).tolist() == FIRST_DRAWS
    assert hashlib.sha256(NORMAL.astype("<i8").tobytes()).hexdigest()[:16] == "0a09866ea081f6e8"
    every = normals(np.arange(1 << 20, dtype=np.int64))
    assert hashlib.sha256(every.astype("<i8").tobytes()).hexdigest()[:16] == "c694cb6e40b47316"
    assert NORMAL[[0, 1, 512, 1023, 1024]].tolist() == [-3297193, -3097269, 0, 3097269, 3297193]


FIRST_DRAWS = [[243584, 868331, 553615], [949593, 175702, 771495]]


def test_fewer_paths_are_the_beginning_of_more() -> None:
    assert (uniforms(5, 100, 9) == uniforms(5, 1_000, 9)[:100]).all()


def test_the_worked_example_to_the_cent() -> None:
    # What was worked out with 2,000 paths before more inputs became uncertain stays as it was, to the cent.
    result = run(WORKED)
    assert result.base.payback_month == 19
    assert str(result.base.npv) == "532053.18"
    assert [str(v) for v in (result.simulation.npv.p10, result.simulation.npv.p50, result.simulation.npv.p90)] == NPV
    payback = result.simulation.payback
    assert (payback.p10, payback.p50, payback.p90) == (13, 19, 35)
    assert result == run(WORKED)
    assert run(WORKED, paths=2_000).simulation == result.simulation
    assert run(replace(WORKED, seed=1)).simulation.npv != result.simulation.npv


NPV = ["-26581.88", "503034.35", "1064778.20"]


@pytest.mark.parametrize("eaten", ["0", "0.15"])
def test_without_uncertainty_every_path_is_the_exact_case(eaten: str) -> None:
    scenario = replace(WORKED, cannibalisation=D(eaten), paths=100)
    case, found = store_case(scenario), simulate(scenario, certain(scenario), silent)
    assert found.npv.p10 == found.npv.p90
    assert abs(found.npv.p50 - case.npv) <= D("0.01")
    assert found.trough.p50 == case.trough
    assert found.payback.p10 == found.payback.p90 == case.payback_month
    assert [month.p50 for month in found.fan] == [month.cumulative for month in case.months]
    assert found.convergence[-1].half_width == 0


def test_a_store_that_cannot_pay_back_says_so() -> None:
    found = run(replace(WORKED, mature_monthly_sales=D(120_000)))
    payback = found.simulation.payback
    assert (payback.p10, payback.p50, payback.p90) == (None, None, None)
    assert payback.within_life < D("0.05")
    assert found.verdict is Verdict.NOT_WORTH
    assert found.to_mapping()["verdict"] == "not_worth"


def test_the_cash_floor() -> None:
    tight = replace(WORKED, opening_cash=D(1_150_000), cash_floor=D(600_000), opening_month=date(2027, 1, 1))
    found = run(tight)
    assert found.simulation.below_floor is not None
    assert found.verdict is Verdict.BELOW_FLOOR
    assert found.simulation.floor_month in (2, 3, 4, 5)
    rich = run(replace(tight, opening_cash=D(5_000_000))).simulation
    assert (rich.below_floor, rich.floor_month) == (D(0), None)
    assert run(WORKED).simulation.below_floor is None


def test_one_input_at_a_time() -> None:
    bars = {bar.input: bar for bar in run(WORKED).tornado}
    # 15 % lower sales is the worked cannibalisation case.
    assert bars["mature_monthly_sales"].at_p10 == D("64405.16")
    assert bars["labour"].at_p10 > bars["labour"].at_p90
    assert "rent" not in bars
    widths = [bar.width for bar in run(WORKED).tornado]
    assert widths == sorted(widths, reverse=True)


def test_a_typed_range_wins() -> None:
    typed = replace(WORKED, spreads=(Spread("rent", D(20_000), D(26_000)), Spread("labour", D(46_000), D(46_000))))
    found = ranges(typed, None)
    assert found.of("rent").basis is Basis.TYPED
    assert (found.of("rent").p10, found.of("rent").p90) == (D(20_000), D(26_000))
    assert {bar.input for bar in run(typed).tornado} >= {"rent"}
    assert "labour" not in {bar.input for bar in run(typed).tornado}


def test_more_paths_narrow_the_answer() -> None:
    steps = run(replace(WORKED, paths=10_000)).simulation.convergence
    assert [step.paths for step in steps] == [250, 500, 1_000, 2_000, 5_000, 10_000]
    assert steps[-1].half_width < steps[0].half_width / 4
    assert abs(steps[-1].npv_p50 - steps[-2].npv_p50) < steps[-2].half_width + steps[-1].half_width


def test_work_can_be_stopped() -> None:
    calls: list[tuple[int, int, str]] = []

    def stop(done: int, total: int, label: str) -> None:
        calls.append((done, total, label))
        if done >= 1_000:
            raise Cancelled

    with pytest.raises(Cancelled):
        run(WORKED, report=stop)
    assert [done for done, _, _ in calls] == [0, 0, 1_000]
    assert {label for _, _, label in calls} <= catalogue("vocabulary").keys()


def test_the_result_is_json_with_two_decimals() -> None:
    mapping = json.loads(json.dumps(run(Scenario.parse({**WORKED_JSON, "opening_month": "2027-01"})).to_mapping()))
    assert mapping["base"]["npv"] == "532053.18"
    assert mapping["base"]["payback_month"] == 19
    assert mapping["base"]["months"][12] == {
        "number": 12, "month": "2027-12", "sales": "220000.00", "cash": "37600.00", "cumulative": "-238320.00",
        "margin": "105600.00", "rent": "-22000.00", "labour": "-46000.00", "tax": "0.00", "waiting": "0.00",
        "invested": "0.00", "loans": "0.00",
    }  # fmt: skip
    assert Scenario.parse(mapping["scenario"]).name == "深圳湾店"
    assert len(mapping["simulation"]["fan"]) == 37
    assert {entry["input"] for entry in mapping["inputs"]} == set(UNCERTAIN)


def test_every_code_has_words() -> None:
    words, sentences = catalogue("vocabulary"), catalogue("messages")
    assert {f"expansion.input.{name}" for name in UNCERTAIN} <= words.keys()
    assert {f"expansion.basis.{basis}" for basis in Basis} <= words.keys()
    assert {f"expansion.verdict.{verdict}" for verdict in Verdict} <= words.keys()
    for scenario in (WORKED, replace(WORKED, gross_margin=D("0.1")), replace(WORKED, mature_monthly_sales=D(150_000))):
        assert {note.code for note in run(scenario).notes} <= sentences.keys()


def test_normals_have_the_right_shape() -> None:
    values = normals(uniforms(3, 20_000, 1))[:, 0]
    assert abs(int(values.mean())) < 15_000
    assert abs(int(values.std()) - 1_000_000) < 15_000
    assert abs(float((values < -1_281_552).mean()) - 0.1) < 0.007


def test_correlation_is_what_was_asked_for() -> None:
    drawn = normals(uniforms(11, 20_000, 2))
    both = correlated(drawn[:, 0], drawn[:, 1], D("0.5"))
    assert abs(float(np.corrcoef(drawn[:, 0], both)[0, 1]) - 0.5) < 0.02


def test_observed_values_are_never_left() -> None:
    drawn = from_observed(uniforms(1, 5_000, 1)[:, 0], [900_000, 1_100_000, 1_000_000, 1_400_000, 700_000])
    assert (int(drawn.min()), int(drawn.max())) == (700_000, 1_400_000)
    assert abs(int(np.median(drawn)) - 1_000_000) < 10_000
    assert from_observed(np.array([0, 1 << 19, (1 << 20) - 1]), [5]).tolist() == [5, 5, 5]


def test_a_bent_normal_keeps_its_three_points() -> None:
    low, middle, high = two_sided(np.array([-1_281_552, 0, 1_281_552]), 1_000, 900, 1_300).tolist()
    assert (low, middle, high) == (900, 1_000, 1_300)


def test_inputs_are_drawn_together_as_each_would_be_by_itself() -> None:
    inputs = ranges(replace(WORKED, spreads=(Spread("rent", D(20_000), D(26_000)),)), None)
    uniform = uniforms(9, 500, len(UNCERTAIN)).T
    together = inputs.values(uniform, normals(uniform))
    for row, drawn, name in zip(together, normals(uniform), UNCERTAIN, strict=True):
        unit, entry = 100 if name in MONEY else 1_000_000, inputs.of(name)
        corners = [int(value * unit) for value in (entry.planned, entry.p10, entry.p90)]
        assert (row == np.maximum(two_sided(drawn, *corners), 0)).all()
        assert (row == corners[0]).all() == (entry.basis is Basis.FIXED)


@settings(max_examples=25, deadline=None)
@given(
    st.integers(0, 2**63 - 1),
    st.integers(80_000, 400_000),
    st.decimals("0.45", "0.75", places=3),
    st.integers(12, 120),
    st.decimals(0, "0.30", places=3),
)
def test_quantiles_keep_their_order(seed: int, sales: int, margin: Decimal, life: int, eaten: Decimal) -> None:
    scenario = replace(
        WORKED, seed=seed, paths=250, mature_monthly_sales=D(sales), gross_margin=margin, life_months=life,
        cannibalisation=eaten,
    )  # fmt: skip
    found = run(scenario).simulation
    assert found.npv.p10 <= found.npv.p50 <= found.npv.p90
    assert found.trough.p10 <= found.trough.p50 <= found.trough.p90 <= 0
    payback = [month or life + 1 for month in (found.payback.p10, found.payback.p50, found.payback.p90)]
    assert payback == sorted(payback)
    for month in found.fan:
        assert month.p10 <= month.p30 <= month.p50 <= month.p70 <= month.p90
    assert 0 <= found.payback.within_life <= 1


def test_each_month_by_itself_lies_around_the_plan() -> None:
    result = run(WORKED)
    months = result.simulation.months
    assert [one.number for one in months] == list(range(1, result.scenario.life_months + 1))
    planned = result.base.months[1:]
    for one, plan in zip(months, planned, strict=True):
        assert one.sales.p10 <= plan.sales <= one.sales.p90
        assert one.cash.p10 <= plan.cash <= one.cash.p90
    # The deposit comes back in the last month only, whatever is sold.
    assert months[-1].cash.p50 - months[-2].cash.p50 == result.scenario.deposit


@pytest.mark.parametrize(
    "more", [{}, {"delay_months": 2}, {"closing_cost": 9_000}, {"life_months": 5}, {"rent_rise": "3%"}]
)
def test_what_a_grown_store_is_worth_is_worked_out_as_for_every_month(more: dict[str, object]) -> None:
    scenario = Scenario.parse({**WORKED_JSON, **more})
    plan = Plan.of(scenario)
    found = kernel.lives(plan, drawing.values(scenario, ranges(scenario, None), drawing.Stream(5).take(700)))
    assert plan.same_months == ("rent_rise" not in more)
    assert (found.npv == kernel.present_values(plan, found.flows)).all()


def test_a_normal_value_finds_its_draw_as_a_search_would() -> None:
    assert (np.diff(draw_tables.NORMAL) > 1 << draw_tables._REACH_BITS).all()
    values = np.arange(-4_600_000, 4_600_000, 997)
    knot = np.clip(np.searchsorted(draw_tables.NORMAL, values, side="right") - 1, 0, 1023)
    low, high = draw_tables.NORMAL[knot], draw_tables.NORMAL[knot + 1]
    within = np.clip((values - low) * 1024 // (high - low), 0, 1023)
    assert (draw_tables.uniform_of(values) == knot * 1024 + within).all()
