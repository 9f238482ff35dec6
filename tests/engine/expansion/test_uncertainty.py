"""The paths against closed forms, how settled they are, delays, and the chain's cash around one store."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal
from statistics import NormalDist

import numpy as np
import pytest
from expansion_examples import WORKED, WORKED_JSON, D

from chainbrain.errors import UserError
from chainbrain.expansion import Scenario, run
from chainbrain.expansion.chain_cash import ChainCash
from chainbrain.expansion.drawing import Stream, values
from chainbrain.expansion.draws import seed_of, uniforms
from chainbrain.expansion.from_book import BookCash, taken, taken_by_programme
from chainbrain.expansion.needed import must_be_true
from chainbrain.expansion.ranges import Basis, ranges
from chainbrain.expansion.scenario import USUAL_PATHS
from chainbrain.expansion.scenario_reading import UNCERTAIN, Spread
from chainbrain.expansion.store_case import store_case

CHAIN = ChainCash(
    opening=D(2_000_000),
    monthly=(D(100_000),),
    worse_by=D(50_000),
    better_by=D(50_000),
    swing=D(0),
    correlation=D("0.5"),
    first_month=date(2026, 11, 1),
    known_to=date(2026, 10, 30),
)
Z90 = NormalDist().inv_cdf(0.9)


MANY = replace(WORKED, paths=20_000)


def only(**spreads: tuple[int, int]) -> Scenario:
    """The worked example with nothing uncertain but these."""
    typed = []
    for name in UNCERTAIN:
        plan = D(1) if name == "ramp" else D(getattr(WORKED, name) or 0)
        low, high = spreads.get(name, (plan, plan))
        typed.append(Spread(name, D(low), D(high)))
    return replace(MANY, spreads=tuple(typed))


@pytest.mark.parametrize(
    "spreads",
    [
        {"mature_monthly_sales": (190_000, 250_000)},
        {"rent": (18_000, 26_000), "labour": (40_000, 52_000), "capex": (400_000, 500_000)},
    ],
)
def test_the_mean_is_that_of_the_closed_form(spreads: dict[str, tuple[int, int]]) -> None:
    # Cash is linear in each of these and their ranges are symmetrical: the expected present value is the planned one.
    found = run(only(**spreads)).simulation.convergence[-1]
    assert found.paths == 20_000
    assert found.mean_error > 0
    assert abs(found.npv_mean - store_case(WORKED).npv) <= 3 * found.mean_error


def test_the_chance_of_a_loss_is_that_of_the_closed_form() -> None:
    scenario = only(mature_monthly_sales=(190_000, 250_000))
    needed = must_be_true(scenario).npv_is_zero
    assert needed is not None
    exact = NormalDist(220_000, 30_000 / Z90).cdf(float(needed))
    error = (exact * (1 - exact) / 20_000) ** 0.5
    assert abs(float(run(scenario).simulation.loses_money) - exact) <= 3 * error


def test_the_standard_error_is_the_deviation_over_the_root() -> None:
    found = run(only(mature_monthly_sales=(190_000, 250_000))).simulation
    # A yuan more of mature sales is worth so much: the deviation of the present value is known exactly.
    slope = (store_case(replace(WORKED, mature_monthly_sales=D(221_000))).npv - store_case(WORKED).npv) / 1_000
    exact = float(slope) * 30_000 / Z90 / 20_000**0.5
    assert abs(float(found.convergence[-1].mean_error) / exact - 1) < 0.02


def test_the_usual_number_of_paths_is_settled_to_one_per_cent() -> None:
    usual = replace(WORKED, paths=USUAL_PATHS)
    first, other = run(usual).simulation, run(replace(usual, seed=77)).simulation
    width = first.npv.p90 - first.npv.p10
    assert first.half_changes <= D("0.01")
    for name in ("p10", "p50", "p90"):
        assert abs(getattr(first.npv, name) - getattr(other.npv, name)) <= width / 100


def test_a_quick_look_is_the_beginning_of_the_whole() -> None:
    whole, quick = run(MANY), run(MANY, paths=2_000)
    assert (quick.simulation.paths, whole.simulation.paths) == (2_000, 20_000)
    assert quick.scenario == whole.scenario
    assert quick.simulation.convergence == whole.simulation.convergence[:4]


def test_a_delay_is_uncertain_only_where_somebody_thought_of_it() -> None:
    assert ranges(WORKED, None).of("delay_months").basis is Basis.FIXED
    entry = ranges(replace(WORKED, delay_months=1), None).of("delay_months")
    assert (entry.p10, entry.planned, entry.p90, entry.basis) == (1, 1, 2, Basis.ASSUMED)
    late = replace(WORKED, delay_months=0, spreads=(Spread("delay_months", D(0), D(3)),))
    drawn = values(late, ranges(late, None), Stream(late.seed).take(20_000))
    months, capex = drawn["delay_months"], drawn["capex"]
    assert set(months.tolist()) <= set(range(9)) and int(months.min()) == 0
    assert abs(float((months >= 3).mean()) - 0.13) < 0.05
    # What comes late costs more, since both come from the same surprises.
    assert float(np.corrcoef(months, capex)[0, 1]) > 0.25
    assert run(late).simulation.npv.p50 < run(WORKED).simulation.npv.p50
    assert {bar.input for bar in run(late).tornado} >= {"delay_months"}


def test_the_floor_is_held_against_the_cash_of_the_chain() -> None:
    store = replace(WORKED, opening_month=date(2027, 1, 1), opening_cash=CHAIN.opening, cash_floor=D(1_600_000))
    alone = run(store)
    assert alone.simulation.below_floor is not None and alone.simulation.chain == ()
    assert "expansion.note.chain_alone" in {note.code for note in alone.notes}
    found = run(replace(store, chain=CHAIN))
    # Two months have passed when the store is paid for: 2,200,000 less 510,000 in the middle.
    assert abs(found.simulation.chain[0].p50 - D(1_690_000)) < 30_000
    assert found.simulation.below_floor is not None
    assert D(0) < found.simulation.below_floor < D(1)
    assert "expansion.note.chain_from_book" in {note.code for note in found.notes}


def test_good_times_of_the_chain_are_good_times_of_the_store() -> None:
    uniform = Stream(1).take(20_000)
    sales = values(WORKED, ranges(WORKED, None), uniform)["mature_monthly_sales"]
    from chainbrain.expansion.chain_cash import weather

    followed = Stream(1, (1, D("0.5"))).take(20_000)
    shaken = values(WORKED, ranges(WORKED, None), followed)["mature_monthly_sales"]
    shock = weather(1, 20_000)
    assert abs(float(np.corrcoef(sales, shock)[0, 1])) < 0.03
    assert abs(float(np.corrcoef(shaken, shock)[0, 1]) - 0.5) < 0.03


def test_pieces_of_any_size_are_together_the_same_draws() -> None:
    whole, pieces = Stream(7, (3, D("0.5"))), Stream(7, (3, D("0.5")))
    assert (whole.take(1_000) == np.concatenate([pieces.take(n) for n in (1, 399, 600)])).all()
    assert (Stream(7).take(50)[:, :9] == uniforms(7, 50, 9)).all()
    assert (Stream(7).take(50)[:, 9:] == uniforms(seed_of(7, "delay_months"), 50, 1)).all()


def test_the_book_gives_what_it_is_asked_for() -> None:
    def ask() -> BookCash:
        return BookCash(CHAIN, D(600_000), D("1.8"), 1_000, 1)

    given = {**WORKED_JSON, "chain": "book", "cash_floor": "book", "settlement_days": "book"}
    found = Scenario.parse(taken({**given, "opening_month": "2027-01"}, ask))
    assert (found.chain, found.cash_floor, found.settlement_days) == (CHAIN, D(600_000), D("1.8"))
    assert found.opening_cash == CHAIN.opening
    assert Scenario.parse(found.to_mapping()) == found
    programme = taken_by_programme({"chain": "book", "limits": {"cash_floor": "book"}, "store": {}}, ask)
    assert programme["limits"] == {"cash_floor": "600000"}
    assert programme["chain"] == CHAIN.written()
    with pytest.raises(UserError) as caught:
        taken({"cash_floor": "book"}, lambda: replace(ask(), floor=None))
    assert caught.value.code == "expansion.no_floor_in_book"
    with pytest.raises(UserError) as caught:
        Scenario.parse(taken({**given, "opening_month": "2026-11"}, ask))
    assert caught.value.code == "expansion.before_chain_cash"


def test_sums_of_fen_stay_inside_64_bits() -> None:
    huge = replace(
        WORKED,
        capex=D(100_000_000),
        mature_monthly_sales=D(20_000_000),
        rent=D(20_000_000),
        labour=D(20_000_000),
        life_months=120,
        discount_rate=D(0),
        paths=250,
    )
    case, found = store_case(huge), run(huge).simulation
    assert found.npv.p10 <= case.npv <= found.npv.p90
    assert isinstance(found.npv.p50, Decimal)
