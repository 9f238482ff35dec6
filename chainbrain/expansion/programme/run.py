"""Works a programme out: projects and paths, the best plan with its proof, what is next best, and why not more."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from decimal import Decimal
from typing import TYPE_CHECKING, Final

from chainbrain.errors import UserError
from chainbrain.expansion.programme.answer import Alternative, Answer, Left
from chainbrain.expansion.programme.entries import bands, entry
from chainbrain.expansion.programme.inputs import Programme
from chainbrain.expansion.programme.problem import OF_MONEY, Breach, Plan, Problem, plan_of
from chainbrain.expansion.programme.projects import (
    FITTING_OUT,
    Project,
    closure_effect,
    closure_project,
    funding_project,
    opening_project,
)
from chainbrain.expansion.programme.search import Search, Solution
from chainbrain.expansion.programme.standings import standings
from chainbrain.expansion.ranges import ranges
from chainbrain.money import fen
from chainbrain.progress import Report, silent

if TYPE_CHECKING:
    from chainbrain.expansion.draws import Ints
    from chainbrain.expansion.own_stores import StoreTemplate

NEAR_PER_CENT: Final = 2
"""Alternatives are worth no more than this much less than the best plan."""
MOST_ALTERNATIVES: Final = 3


def run(programme: Programme, template: StoreTemplate | None = None, report: Report = silent) -> Answer:
    """Find the plan that is worth most of those that hold every limit, and say how sure that is.

    Args:
        programme: the inputs.
        template: the chain's own experience for the ranges of the stores; without it they are assumptions.
        report: called between steps; raises ``Cancelled`` to stop.

    Raises:
        UserError: ``expansion.must_without_month`` when no month is left for a store that has to be opened.
    """
    problem = problem_of(programme, template, report)
    total = 3

    def alive() -> None:
        report(0, total, "expansion.step.programme")

    while True:
        search = Search(problem, programme.gap, alive)
        solution = search.best()
        if solution is None:
            return _unsolved(programme, problem, search)
        wider = _wide_enough(programme, problem, solution.plan)
        if wider is problem:
            break
        # Fewer months bind less: what was proven for them says nothing yet about those that this plan needs.
        problem = wider
    if problem.breaches(solution.plan):
        raise RuntimeError("the search handed out a plan that breaks a limit")
    report(1, total, "expansion.step.alternatives")
    others = search.others(solution, MOST_ALTERNATIVES, Decimal(100 - NEAR_PER_CENT) / 100)
    found = [
        Alternative(plan, tuple(entry(programme, problem, *one) for one in plan), problem.value(plan))
        for plan in others
        if not _wide_enough(programme, problem, plan).breaches(plan)
    ]
    report(total - 1, total, "expansion.step.next")
    return _answer(programme, problem, solution, tuple(found))


def problem_of(programme: Programme, template: StoreTemplate | None = None, report: Report = silent) -> Problem:
    """The programme in whole fen."""
    limits = programme.limits
    inputs = [ranges(candidate.scenario, template) for candidate in programme.candidates]
    closures = {closure.name: (closure, closure_effect(programme, closure)) for closure in programme.closures}
    made: list[Project | None] = []
    for number, (candidate, own) in enumerate(zip(programme.candidates, inputs, strict=True)):
        report(number, len(programme.candidates), "expansion.step.paths")
        replaced = closures[candidate.replaces] if candidate.replaces else None
        project = opening_project(programme, candidate, own, replaced)
        if not project.begins and candidate.must:
            raise UserError("expansion.must_without_month", field=f"candidates[{number}].must", value=candidate.name)
        made.append(project)
    made += [closure_project(programme, closure, effect) for closure, effect in closures.values()]
    made += [funding_project(programme, line) for line in programme.funding]
    projects = tuple(project for project in made if project is not None and project.begins)
    watched = max([programme.months + FITTING_OUT, *(one.watched(one.begins[-1]) for one in projects if _likely(one))])
    numbers = {project.name: number for number, project in enumerate(projects)}
    groups = [*limits.exclusive, *_one_ending(programme)]
    return Problem(
        projects=projects,
        base=_chain(programme, watched),
        months=programme.months,
        floor=None if limits.floor is None else fen(limits.floor),
        budget=None if limits.budget is None else fen(limits.budget),
        a_month=limits.a_month,
        openings=limits.openings,
        managed=limits.managed,
        managed_months=limits.managed_months,
        regions=limits.regions,
        shut=tuple(project for project in made if project is not None and not project.begins),
        exclusive=tuple(tuple(numbers[name] for name in group if name in numbers) for group in groups),
    )


def _chain(programme: Programme, months: int) -> Ints:
    return programme.chain.paths(programme.seed, programme.paths, months, programme.first_month)


def _one_ending(programme: Programme) -> list[tuple[str, ...]]:
    """A store closes once: by itself, or for one of the stores that would replace it."""
    return [
        (closure.name, *(one.name for one in programme.candidates if one.replaces == closure.name))
        for closure in programme.closures
    ]


def _likely(project: Project) -> bool:
    """Whether a plan may hold it for its own sake; should another one do so, more months are watched for that plan."""
    return not project.opens or project.must or max(project.values) > 0


def _wide_enough(programme: Programme, problem: Problem, plan: Plan) -> Problem:
    """The problem with all months that a plan needs: the same one when it has them already."""
    needed = problem.needed(plan)
    if needed <= problem.watched:
        return problem
    return replace(problem, base=_chain(programme, needed))


def _answer(
    programme: Programme, problem: Problem, solution: Solution, alternatives: tuple[Alternative, ...]
) -> Answer:
    plan = solution.plan
    left = _ordered([*_left(problem, plan), *_shut(problem)])
    following = next((one for one in left if one.plan is not None), None)
    cash = problem.cash(plan)
    return Answer(
        programme=programme,
        plan=plan,
        entries=tuple(entry(programme, problem, *one) for one in plan),
        value=solution.value,
        bound=solution.bound,
        proven=solution.proven,
        rounds=solution.rounds,
        cuts=solution.cuts,
        alternatives=alternatives,
        left=left,
        months=bands(programme, problem, cash),
        without=bands(programme, problem, problem.base),
        following=None if following is None else following.name,
        following_poor=None
        if following is None or following.plan is None
        else tuple(problem.poor(problem.cash(following.plan)).tolist()),
        candidates=standings(programme, problem),
        breaches=(),
    )


def _unsolved(programme: Programme, problem: Problem, search: Search) -> Answer:
    """Nothing holds: what the chain without any project breaks is the reason; or nothing was found in time."""
    must = plan_of({n: one.begins.start for n, one in enumerate(problem.projects) if one.must})
    return Answer(
        programme=programme,
        plan=None,
        entries=(),
        value=0,
        bound=0,
        proven=search.impossible,
        rounds=search.rounds,
        cuts=0,
        alternatives=(),
        left=_ordered(_shut(problem)),
        months=bands(programme, problem, problem.base),
        without=bands(programme, problem, problem.base),
        following=None,
        following_poor=None,
        candidates=standings(programme, problem),
        breaches=tuple(problem.breaches(must)),
    )


def _left(problem: Problem, plan: Plan) -> list[Left]:
    """Why each store that is not in the plan is not: what it would break where it breaks least."""
    chosen, cash = dict(plan), problem.cash(plan)
    found: list[Left] = []
    for number, project in enumerate(problem.projects):
        if number in chosen or not project.opens:
            continue
        best = max(project.values)
        if best <= 0:
            found.append(Left(project.name, best, None, (), None))
            continue
        month, broken = _least_broken(problem, plan, cash, number)
        found.append(Left(project.name, best, month, broken, plan_of({**chosen, number: month})))
    return found


def _shut(problem: Problem) -> list[Left]:
    """Stores that no month of the programme is left for."""
    return [Left(project.name, None, None, (), None) for project in problem.shut]


def _ordered(left: list[Left]) -> tuple[Left, ...]:
    """The most valuable first; those that could not be tried last."""
    return tuple(sorted(left, key=lambda one: (one.value is None, -(one.value or 0), one.name)))


def _least_broken(problem: Problem, plan: Plan, cash: Ints, number: int) -> tuple[int, tuple[Breach, ...]]:
    """The month in which a project beside the plan breaks least: fewest limits of number, then the least money."""
    project, begun = problem.projects[number], dict(plan)
    counted = {month: tuple(problem.counted_breaches(plan_of({**begun, number: month}))) for month in project.begins}
    fewest = min(_stores(broken) for broken in counted.values())
    tried = []
    for month, broken in counted.items():
        if _stores(broken) == fewest:
            with_it = cash + project.at(month, problem.watched, problem.paths)
            tried.append((month, (*broken, *problem.cash_breaches(with_it))))
    return min(tried, key=lambda one: (_money(one[1]), one[0]))


def _stores(breaches: Iterable[Breach]) -> int:
    return sum(breach.by for breach in breaches if breach.limit not in OF_MONEY)


def _money(breaches: Iterable[Breach]) -> int:
    return max((breach.by for breach in breaches if breach.limit in OF_MONEY), default=0)
