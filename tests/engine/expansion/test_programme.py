"""The regional programme: the best plan is the best of all plans, and none that breaks the floor is handed out."""

from __future__ import annotations

import json
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from openpyxl import load_workbook
from programme_examples import a_problem, plainly_holds, tried_all

from chainbrain.errors import Cancelled, UserError
from chainbrain.expansion import chain_cash
from chainbrain.expansion.programme import Programme, inputs, reading, run, sentence
from chainbrain.expansion.programme.problem import Limit, Problem
from chainbrain.expansion.programme.projects import Kind
from chainbrain.expansion.programme.run import problem_of
from chainbrain.expansion.programme.search import Search
from chainbrain.expansion.scenario import Scenario
from chainbrain.reports import as_xlsx
from chainbrain.reports.programme import of_answer
from chainbrain.resources import resource
from chainbrain.texts import catalogue

D = Decimal
STORE = {
    "capex": 450_000, "deposit": 60_000, "mature_monthly_sales": 220_000, "gross_margin": "62%",
    "other_variable": "8%", "platform": "6%", "rent": 22_000, "labour": 46_000, "life_months": 36,
    "ramp": [50, 60, 70, 80, 85, 90, 95, 100],
}  # fmt: skip


def given(**changes: Any) -> dict[str, Any]:
    """A programme of four alike stores, for which the chain has money for some."""
    return {
        "first_month": "2026-12",
        "months": 8,
        "chain": {"opening_cash": 1_650_000, "monthly_cash": 50_000, "worse_by": 20_000, "correlation": "30%"},
        "limits": {"cash_floor": 600_000, "openings_per_month": 1},
        "store": STORE,
        "candidates": [
            {"name": name, "region": region, "mature_monthly_sales": sales}
            for name, region, sales in (
                ("深圳湾店", "深圳", 232_000),
                ("千灯湖店", "佛山", 228_000),
                ("坪山店", "深圳", 224_000),
                ("石岩店", "深圳", 150_000),
            )
        ],
        "paths": 400,
        "gap": "0%",
        **changes,
    }


@pytest.mark.parametrize("seed", range(40))
def test_the_plan_is_the_best_of_all_plans(seed: int) -> None:
    problem = a_problem(seed)
    found, best = Search(problem, D(0)).best(), tried_all(problem)
    assert (found is None) == (best is None)
    if found is not None and best is not None:
        assert found.value == best[0] == problem.value(found.plan)
        assert plainly_holds(problem, found.plan)
        assert found.proven
        assert 0 <= found.bound - found.value <= 1


def test_the_floor_binds_in_a_good_part_of_these_cases() -> None:
    # Otherwise the cases above would prove little about it.
    bound = 0
    for seed in range(40):
        problem = a_problem(seed)
        free = Search(Problem(**{**vars(problem), "floor": None}), D(0)).best()
        bound += free is not None and not problem.cash_holds(problem.cash(free.plan))
    assert bound >= 15


def test_a_programme_says_what_the_next_store_would_break() -> None:
    answer = run(Programme.parse(given()))
    assert answer.plan is not None
    assert answer.opened == 2
    assert answer.following == "坪山店"
    following = answer.next_left
    assert following is not None
    assert following.breach is not None
    assert following.breach.limit in (Limit.FLOOR, Limit.TAIL)
    floor = 60_000_000
    assert min(month.p10 for month in answer.months) >= floor
    # The figure in the sentence is the distance of the dashed line from the floor in that month.
    assert answer.following_poor is not None
    month = following.breach.month
    assert month is not None
    assert floor - answer.following_poor[month] == following.breach.by
    assert sentence.verdict(answer).code == "expansion.programme.floor"
    assert {one.name: one.reason for one in answer.left}["石岩店"] == "not_worth"
    assert answer.value == sum(one.value for one in answer.entries)


def test_the_same_programme_gives_the_same_fen() -> None:
    first, second = (run(Programme.parse(given())).to_mapping() for _ in range(2))
    assert first == second
    other = run(Programme.parse(given(seed=2))).to_mapping()
    assert other["cash"] != first["cash"]


def test_a_store_keeps_its_paths_when_others_join() -> None:
    programme = given()
    few = problem_of(Programme.parse({**programme, "candidates": programme["candidates"][:1]}))
    many = problem_of(Programme.parse(programme))
    assert few.projects[0].life is not None
    assert many.projects[0].life is not None
    assert (few.projects[0].life.npv == many.projects[0].life.npv).all()
    assert few.projects[0].values == many.projects[0].values


def test_all_is_discounted_at_the_rate_of_the_programme() -> None:
    cheap, dear = (problem_of(Programme.parse(given(discount_rate=rate))).projects[0] for rate in ("10%", "30%"))
    assert cheap.scenario is not None
    assert dear.scenario is not None
    assert (cheap.scenario.discount_rate, dear.scenario.discount_rate) == (D("0.1"), D("0.3"))
    assert dear.values[0] < cheap.values[0]
    alone = Scenario.parse({**STORE, "mature_monthly_sales": 232_000, "discount_rate": "30%"})
    same = Programme.parse(given(discount_rate="30%", store={**STORE, "discount_rate": 0.3})).candidates[0].scenario
    assert (same.discount_rate, same.capex) == (alone.discount_rate, alone.capex)


def test_limits_of_regions_and_of_sites() -> None:
    rich = {"opening_cash": 9_000_000, "monthly_cash": 0, "worse_by": 0}
    region = run(Programme.parse(given(chain=rich, limits={"regions": {"深圳": {"most": 1}}})))
    assert [one.name for one in region.entries] == ["深圳湾店", "千灯湖店"]
    assert {one.name: one.reason for one in region.left}["坪山店"] == "region_most"
    sites = run(Programme.parse(given(chain=rich, limits={"exclusive": [["深圳湾店", "千灯湖店"]]})))
    assert [one.name for one in sites.entries] == ["深圳湾店", "坪山店"]
    assert {one.name: one.reason for one in sites.left}["千灯湖店"] == "exclusive"
    assert sentence.verdict(sites).code == "expansion.programme.limit"


def test_a_loan_is_drawn_only_for_a_need() -> None:
    line = {"name": "经营贷", "amount": 600_000, "annual_rate": "6%", "months": 36}
    answer = run(Programme.parse(given(funding=[line])))
    assert answer.opened == 3
    drawn = next(one for one in answer.entries if one.kind is Kind.FUNDING)
    assert drawn.value < 0
    rich = {"opening_cash": 9_000_000, "monthly_cash": 0, "worse_by": 0}
    assert all(one.kind is Kind.OPENING for one in run(Programme.parse(given(chain=rich, funding=[line]))).entries)


def test_every_offer_tells_its_true_rate() -> None:
    terms = {"amount": 300_000, "annual_rate": "6%", "months": 12}
    lines = [{"name": "直接扣费", **terms, "fee": "2%"}, {"name": "等本等息", **terms, "repayment": "flat"}]
    told = run(Programme.parse(given(candidates=[], limits={}, funding=lines))).to_mapping()["funding"]
    assert told == [
        {"name": "直接扣费", "received": "294000.00", "costs": "15839.15",
         "simple_rate": "9.8000%", "compound_rate": "10.2524%"},
        {"name": "等本等息", "received": "300000.00", "costs": "18000.00",
         "simple_rate": "10.8964%", "compound_rate": "11.4574%"},
    ]  # fmt: skip


def test_closing_a_store_that_costs_and_moving_one() -> None:
    old = {"name": "老店", "monthly_cash": -20_000, "cost": 30_000, "deposit": 10_000, "remaining_months": 24}
    answer = run(Programme.parse(given(closures=[old])))
    closed = next(one for one in answer.entries if one.kind is Kind.CLOSURE)
    # Everything that is lost until the lease ends, at once: 24 months at 10 % a year, less what closing costs; the
    # deposit would have come back at the end of the lease.
    factor = D("1.10") ** (D(-1) / 12)
    worth = 20_000 * sum(factor**n for n in range(24)) - 30_000 + 10_000 * (1 - factor**24)
    assert closed.month == date(2026, 12, 1)
    assert abs(closed.value - worth * 100) <= 1
    moved = given(closures=[old])
    moved["candidates"][0] = {**moved["candidates"][0], "replaces": "老店"}
    both = run(Programme.parse(moved))
    kinds = [one.kind for one in both.entries]
    assert (Kind.RELOCATION in kinds) != (Kind.CLOSURE in kinds)


def test_the_deposit_of_a_closed_store_is_only_had_earlier() -> None:
    old = {"name": "老店", "monthly_cash": 0, "deposit": 100_000, "remaining_months": 2}
    programme = given(closures=[old])
    programme["candidates"][0] = {**programme["candidates"][0], "replaces": "老店"}
    problem = problem_of(Programme.parse(programme))
    moved, closed = problem.projects[0], problem.projects[-1]
    factor = D("1.10") ** (D(-1) / 12)
    assert closed.values == (round(10_000_000 * (1 - factor**2)), round(10_000_000 * (factor - factor**2)))
    cash = closed.at(0, problem.watched, problem.paths)
    assert (cash[:, :2] == 10_000_000).all()
    assert (cash[:, 2:] == 0).all()
    # A store that moves in after the lease has nothing of the old one.
    plain = problem_of(Programme.parse(given())).projects[0]
    assert [moved.value(month) - plain.value(month) for month in (1, 2, 5)] == [closed.values[1], 0, 0]
    assert (moved.at(5, 12, problem.paths) == plain.at(5, 12, problem.paths)).all()


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


def test_alternatives_hold_and_are_worth_nearly_as_much() -> None:
    problem = a_problem(5)
    search = Search(problem, D(0))
    solution = search.best()
    assert solution is not None
    others = search.others(solution, 3, D("0.5"))
    assert others
    for plan in others:
        assert plainly_holds(problem, plan)
        assert {n for n, _ in plan} != {n for n, _ in solution.plan}
        assert solution.value // 2 <= problem.value(plan) <= solution.value


def test_a_search_can_be_stopped() -> None:
    def stopped(_done: int, _total: int, _label: str) -> None:
        raise Cancelled

    with pytest.raises(Cancelled):
        run(Programme.parse(given()), report=stopped)


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


def test_every_sum_over_paths_is_that_of_the_effect_itself() -> None:
    old = {"name": "老店", "monthly_cash": 8_000, "swing": 3_000, "remaining_months": 5}
    line = {"name": "贷", "amount": 100_000, "annual_rate": "6%", "months": 6}
    programme = given(closures=[old], funding=[line])
    programme["candidates"][0] = {**programme["candidates"][0], "replaces": "老店"}
    problem = problem_of(Programme.parse(programme))
    chosen = np.arange(0, problem.paths, 7)
    for project in problem.projects:
        sums = np.array([project.sums(chosen, end) for end in range(problem.watched)]).T
        for row, month in enumerate(project.begins):
            effect = project.at(month, problem.watched, problem.paths)
            assert (sums[row] == effect[chosen].sum(axis=0)).all()


def test_the_report_has_the_plan_the_reasons_and_the_cash(tmp_path: Path) -> None:
    answer = run(Programme.parse(given()))
    report = of_answer(answer)
    plan, stores, cash = report.tables
    assert plan.total()["programme_value"] == D(answer.value) / 100
    assert stores.worded("zh").height == 4
    assert "不划算" in stores.worded("zh").to_series(-1).to_list()
    assert cash.rows["chain_p10"].min() == D(answer.lowest.p10) / 100
    for table in report.tables:
        assert not [column.key for column in table.columns if column.title("zh") == column.key]
    as_xlsx.write(report, tmp_path / "plan.xlsx", "zh")
    assert load_workbook(tmp_path / "plan.xlsx").sheetnames == ["方案", "候选门店", "全链现金（月末）"]
