"""Reading and writing a scenario: several ways to write the same thing, one way to be wrong per field."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest
from expansion_examples import WORKED, WORKED_JSON, D
from hypothesis import given
from hypothesis import strategies as st

from chainbrain import texts
from chainbrain.errors import UserError
from chainbrain.expansion.scenario import USUAL_PATHS, Scenario
from chainbrain.expansion.scenario_reading import Spread


def refused(**changes: object) -> UserError:
    with pytest.raises(UserError) as caught:
        Scenario.parse({**WORKED_JSON, **changes})
    return caught.value


def test_the_worked_scenario_is_read() -> None:
    read = Scenario.parse(json.loads(json.dumps(WORKED_JSON)))
    assert read.name == "深圳湾店"
    assert read.contribution == D("0.48")  # gross margin less what goes with sales
    assert vars(read) | {"name": ""} == vars(WORKED)


@pytest.mark.parametrize("written", ["62%", "62％", 62, 0.62, "0.62", Decimal("0.62"), "62 %"])
def test_shares_are_understood_as_people_write_them(written: object) -> None:
    assert Scenario.parse({**WORKED_JSON, "gross_margin": written}).gross_margin == D("0.62")


@pytest.mark.parametrize("written", [220000, "220,000", "22万", "220000.00", "¥220,000", 220000.0, "22 万元"])
def test_amounts_are_understood_as_people_write_them(written: object) -> None:
    assert Scenario.parse({**WORKED_JSON, "mature_monthly_sales": written}).mature_monthly_sales == D(220_000)


@pytest.mark.parametrize("written", [-50_000, "-5万", "-5 万元", "-50,000"])
def test_a_balance_may_lie_below_nothing(written: object) -> None:
    assert Scenario.parse({**WORKED_JSON, "opening_cash": written}).opening_cash == D(-50_000)


@pytest.mark.parametrize(
    "written",
    [[50, 60, 100], ["50%", "60%", "100%"], [0.5, 0.6, 1], "50 60 100", "50，60，100", [D("0.50"), D("0.60"), D(1)]],
)
def test_ramps_are_understood_as_people_write_them(written: object) -> None:
    assert Scenario.parse({**WORKED_JSON, "ramp": written}).ramp == (D("0.5"), D("0.6"), D(1))


@pytest.mark.parametrize(
    ("field", "written", "code"),
    [
        ("capex", "abc", "field_unreadable"),
        ("capex", -1, "field_out_of_range"),
        ("capex", "12,34", "field_unreadable"),
        ("rent", 0.005, "field_unreadable"),
        ("rent", "", "field_unreadable"),
        ("rent", " ", "field_unreadable"),
        ("capex", 1e300, "field_out_of_range"),
        ("opening_cash", -1e40, "field_out_of_range"),
        ("settlement_days", 1e40, "field_out_of_range"),
        ("gross_margin", 1, "field_one_is_ambiguous"),
        ("gross_margin", "120%", "field_out_of_range"),
        ("gross_margin", True, "field_unreadable"),
        ("gross_margin", "NaN", "field_unreadable"),
        ("ramp", [], "field_unreadable"),
        ("ramp", [50, 250], "field_out_of_range"),
        ("ramp", [0, 0], "field_unreadable"),
        ("ramp", 50, "field_unreadable"),
        ("life_months", 0, "field_out_of_range"),
        ("life_months", 12.5, "field_unreadable"),
        ("opening_month", "2027-13", "field_unreadable"),
        ("ownership", "joint", "field_unreadable"),
        ("paths", 10, "field_out_of_range"),
        ("seed", -1, "field_out_of_range"),
        ("name", 7, "field_unreadable"),
        ("spreads", [1], "field_unreadable"),
    ],
)
def test_a_wrong_field_is_refused_by_name(field: str, written: object, code: str) -> None:
    problem = refused(**{field: written})
    assert problem.code == f"expansion.{code}"
    assert problem.facts["field"] == field
    assert field in texts.error(problem, "zh")
    assert field in texts.error(problem, "en")


def test_a_misspelt_or_missing_field_is_refused() -> None:
    assert refused(cannibalization="15%").code == "expansion.field_unknown"
    assert refused(cannibalization="15%").facts["field"] == "cannibalization"
    missing = {name: value for name, value in WORKED_JSON.items() if name != "labour"}
    with pytest.raises(UserError) as caught:
        Scenario.parse(missing)
    assert (caught.value.code, caught.value.facts["field"]) == ("expansion.field_missing", "labour")
    assert refused(cash_floor="60万").code == "expansion.floor_needs_opening_cash"
    assert refused(spreads={"labour": ["40000"]}).facts["field"] == "spreads.labour"
    assert refused(spreads={"seed": [1, 2]}).facts["field"] == "spreads.seed"


def test_everything_survives_writing_and_reading() -> None:
    full = Scenario.parse(
        {
            **WORKED_JSON,
            "cannibalisation": "12.5%",
            "contribution": "45%",
            "opening_month": "2027-01",
            "cash_floor": "60万",
            "opening_cash": "1500000.50",
            "city": "深圳",
            "ownership": "own",
            "seed": 7,
            "paths": 5000,
            "spreads": {"mature_monthly_sales": ["26万", "18万"], "gross_margin": ["60%", 0.64], "ramp": ["80%", 1.5]},
        }
    )
    assert full.opening_month == date(2027, 1, 1)
    assert full.spread("mature_monthly_sales") == Spread("mature_monthly_sales", D(180_000), D(260_000))
    assert full.spread("ramp") == Spread("ramp", D("0.8"), D("1.5"))
    assert Scenario.parse(json.loads(json.dumps(full.to_mapping()))) == full


def test_an_example_without_a_book_is_the_worked_one() -> None:
    # Only that a delay of fitting out is thought of.
    assert Scenario.example() == replace(WORKED, delay_months=0, paths=USUAL_PATHS)


@given(
    st.decimals("0.01", "19999999.99", places=2),
    st.decimals("0.000001", "0.999999", places=6),
    st.lists(st.integers(1, 200), min_size=1, max_size=36),
)
def test_any_scenario_survives_writing_and_reading(sales: Decimal, margin: Decimal, ramp: list[int]) -> None:
    written = [f"{step}%" for step in ramp]
    read = Scenario.parse({**WORKED_JSON, "mature_monthly_sales": sales, "gross_margin": margin, "ramp": written})
    assert Scenario.parse(read.to_mapping()) == read
    assert read.mature_monthly_sales == sales
    assert read.gross_margin == margin
    assert list(read.ramp) == [D(step) / 100 for step in ramp]
