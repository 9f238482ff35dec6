"""What a programme is read from: what is refused is named by its path, and no store is left out silently."""

from __future__ import annotations

import json
from typing import Any

import pytest
from programme_examples import STORE, given

from chainbrain.errors import UserError
from chainbrain.expansion import chain_cash
from chainbrain.expansion.programme import Programme, inputs, reading, run, sentence
from chainbrain.expansion.scenario import Scenario
from chainbrain.reports.programme import of_answer
from chainbrain.resources import resource
from chainbrain.texts import catalogue


def test_a_programme_without_stores_is_refused_and_not_planned() -> None:
    with pytest.raises(UserError) as refused:
        inputs.something_to_plan([], ())
    assert refused.value.code == "expansion.nothing_to_plan"
    # Stores to close are something to plan.
    inputs.something_to_plan([], [{"name": "老店"}])


def test_a_store_without_a_month_is_told_of() -> None:
    late = {"name": "机场店", "earliest": "2028-01"}
    answer = run(Programme.parse(given(candidates=[*given()["candidates"], late])))
    usual = run(Programme.parse(given()))
    assert answer.entries == usual.entries
    shut = answer.left[-1]
    assert (shut.name, shut.reason, shut.value, shut.plan) == ("机场店", "no_month", None, None)
    note = sentence.reason(answer, shut)
    assert note.code in catalogue("messages")
    assert [one.name for one in answer.candidates][-1] == "机场店"
    assert answer.candidates[-1].npv[1] != 0
    mapping = answer.to_mapping()
    assert mapping["left"][-1]["value"] is None  # type: ignore[index]
    assert of_answer(answer).tables[1].worded("zh").height == 5


def test_a_store_that_must_open_but_has_no_month_is_not_left_out_silently() -> None:
    late = {"name": "机场店", "must": True, "earliest": "2028-01"}
    with pytest.raises(UserError) as caught:
        run(Programme.parse(given(candidates=[*given()["candidates"], late])))
    assert caught.value.code == "expansion.must_without_month"
    assert caught.value.facts["field"] == "candidates[4].must"
    assert caught.value.code in catalogue("messages")


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"candidates": [{"name": "A", "rent": "many"}]}, "candidates[0].rent"),
        ({"candidates": [{"name": "A", "colour": 1}]}, "candidates[0].colour"),
        ({"store": {**STORE, "rent": "many"}, "candidates": [{"name": "A"}]}, "store.rent"),
        ({"candidates": [{"name": "A"}, {"name": "A"}]}, "candidates[1].name"),
        ({"candidates": [{"name": "A", "replaces": "B"}]}, "candidates[0].replaces"),
        ({"limits": {"regions": {"深圳": {"most": "x"}}}}, "limits.regions.深圳.most"),
        ({"funding": [{"name": "L", "amount": 1_000, "months": 12}]}, "funding[0].annual_rate"),
        ({"chain": {"monthly_cash": 1, "worse_by": 0}}, "chain.opening_cash"),
        ({"discount_rate": "8%", "candidates": [{"name": "A", "discount_rate": "12%"}]}, "candidates[0].discount_rate"),
        ({"store": {**STORE, "discount_rate": "12%"}}, "store.discount_rate"),
        ({"months": 0}, "months"),
        ({"colour": 1}, "colour"),
    ],
)
def test_a_fault_is_named_by_its_path(change: dict[str, Any], field: str) -> None:
    with pytest.raises(UserError) as caught:
        Programme.parse(given(**change))
    assert caught.value.facts["field"] == field
    assert caught.value.code in catalogue("messages")


def test_the_schema_knows_exactly_the_fields_that_are_read() -> None:
    schema = json.loads(resource("schemas", "scenario.schema.json").read_text(encoding="utf-8"))
    known = schema["$defs"]
    store = set(Scenario.example().to_mapping())
    programme = known["programme"]["properties"]
    assert set(known["store"]["properties"]) == store
    assert set(programme) == set(inputs.FIELDS)
    assert set(known["chain"]["properties"]) == set(chain_cash.FIELDS)
    assert set(programme["limits"]["properties"]) == set(reading.LIMITS)
    assert set(programme["candidates"]["items"]["properties"]) == store | set(reading.OF_CANDIDATE)
    assert set(programme["closures"]["items"]["properties"]) == set(reading.CLOSURE)
