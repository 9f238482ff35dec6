"""The floor of a programme: it holds to the last month that is watched, and what breaks it is told."""

from __future__ import annotations

from datetime import date

import pytest
from programme_examples import given

from chainbrain.expansion.programme import Programme, run, sentence
from chainbrain.expansion.programme.projects import Kind
from chainbrain.expansion.programme.run import problem_of
from chainbrain.texts import catalogue


@pytest.mark.parametrize("repayment", ["interest_first", "equal_instalments"])
def test_the_floor_holds_until_the_last_loan_is_repaid(repayment: str) -> None:
    line = {"name": "经营贷", "amount": 1_000_000, "annual_rate": "6%", "months": 8, "repayment": repayment}
    answer = run(
        Programme.parse(
            given(
                months=6,
                chain={"opening_cash": 500_000, "monthly_cash": 30_000, "worse_by": 20_000},
                limits={"cash_floor": 300_000},
                funding=[line],
            )
        )
    )
    assert answer.plan is not None
    # The last month in which it may be drawn is the sixth; its last instalment falls eight months later.
    assert len(answer.months) == 6 + 8
    for entries in (answer.entries, *(one.entries for one in answer.alternatives)):
        # Nothing that has to be repaid while the stores still lie deep.
        assert [one.kind for one in entries if one.kind is Kind.FUNDING] == []
    assert min(month.p10 for month in answer.months) >= 30_000_000


def test_a_store_that_has_to_be_opened_is_watched_to_its_deepest_point() -> None:
    weak = {"name": "样板店", "mature_monthly_sales": 100_000, "life_months": 60, "must": True}
    rich = {"opening_cash": 9_000_000, "monthly_cash": 0, "worse_by": 0}
    poor = {"opening_cash": 2_000_000, "monthly_cash": 0, "worse_by": 0}
    held, broken = (run(Programme.parse(given(chain=chain, candidates=[weak]))) for chain in (rich, poor))
    assert held.plan is not None
    assert held.value < 0
    assert held.lowest.month >= date(2026 + 4, 12, 1)
    assert broken.plan is None
    assert broken.breaches


def test_a_loss_that_a_region_asks_for_is_watched_as_well() -> None:
    weak = {"name": "惠州店", "region": "惠州", "mature_monthly_sales": 100_000, "life_months": 60}
    asked = given(
        chain={"opening_cash": 9_000_000, "monthly_cash": 0, "worse_by": 0, "swing": 5_000},
        limits={"cash_floor": 600_000, "regions": {"惠州": {"least": 1}}},
        candidates=[weak],
    )
    programme = Programme.parse(asked)
    assert problem_of(programme).watched == 9
    answer = run(programme)
    assert answer.plan is not None
    assert len(answer.months) > 60
    # The months that were looked at before are the same ones.
    short = problem_of(programme)
    assert (short.base == problem_of(Programme.parse({**asked, "months": 20})).base[:, :9]).all()


def test_without_a_plan_the_answer_says_what_is_broken() -> None:
    poor = {"opening_cash": 500_000, "monthly_cash": 0, "worse_by": 0}
    answer = run(Programme.parse(given(chain=poor)))
    assert answer.plan is None
    note = sentence.verdict(answer)
    assert note.code == "expansion.programme.none_floor"
    assert note.facts["by"] == "100,000.00"


def test_rounds_that_are_used_up_are_no_proof(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("chainbrain.expansion.programme.search._MOST_ROUNDS", 0)
    answer = run(Programme.parse(given()))
    assert answer.plan is None
    assert not answer.proven
    note = sentence.verdict(answer)
    assert note.code == "expansion.programme.undecided"
    assert note.code in catalogue("messages")
    assert answer.to_mapping()["bound"] is None


def test_a_chain_that_is_below_the_floor_before_anything_begins_is_proven_so() -> None:
    chain = {"opening_cash": 500_000, "monthly_cash": [0, 900_000, 0], "worse_by": 0}
    late = [{**one, "earliest": "2027-03"} for one in given()["candidates"]]
    answer = run(Programme.parse(given(chain=chain, candidates=late)))
    assert answer.plan is None
    assert answer.proven
    assert answer.rounds <= 1
    assert sentence.verdict(answer).code == "expansion.programme.none_floor"


def test_a_certain_chain_without_candidates_is_one_line() -> None:
    programme = Programme.parse(
        given(chain={"opening_cash": 900_000, "monthly_cash": 1_000, "worse_by": 0}, candidates=[], limits={})
    )
    answer = run(programme)
    assert [month.p10 for month in answer.months[:3]] == [90_100_000, 90_200_000, 90_300_000]
    assert all(month.p10 == month.p90 for month in answer.months)
