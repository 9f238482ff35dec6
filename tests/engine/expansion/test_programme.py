"""The regional programme: the best plan is the best of all plans, and none that breaks the floor is handed out."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from pathlib import Path

import numpy as np
import pytest
from openpyxl import load_workbook
from programme_examples import STORE, a_problem, given, plainly_holds, tried_all

from chainbrain.errors import Cancelled
from chainbrain.expansion.programme import Programme, run, sentence
from chainbrain.expansion.programme.problem import Limit, Problem
from chainbrain.expansion.programme.projects import Kind
from chainbrain.expansion.programme.run import problem_of
from chainbrain.expansion.programme.search import Search
from chainbrain.expansion.scenario import Scenario
from chainbrain.reports import as_xlsx
from chainbrain.reports.programme import of_answer

D = Decimal


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
