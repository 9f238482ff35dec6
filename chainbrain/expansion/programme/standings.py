"""Every candidate of a programme by itself, whether the plan opens it or not."""

from __future__ import annotations

import numpy as np

from chainbrain.expansion.describing import at_ranks
from chainbrain.expansion.kernel import months_to_payback
from chainbrain.expansion.lease_plan import Plan
from chainbrain.expansion.pool_note import pool_note
from chainbrain.expansion.programme.answer import Standing
from chainbrain.expansion.programme.inputs import Programme
from chainbrain.expansion.programme.problem import Problem
from chainbrain.expansion.programme.projects import Project


def standings(programme: Programme, problem: Problem) -> tuple[Standing, ...]:
    """All of them, in the order in which they were given."""
    every = [project for project in (*problem.projects, *problem.shut) if project.opens]
    order = {candidate.name: number for number, candidate in enumerate(programme.candidates)}
    return tuple(standing(one) for one in sorted(every, key=lambda one: order[one.name]))


def standing(project: Project) -> Standing:
    """One candidate by itself, as if it were opened in its first month."""
    assert project.life is not None and project.scenario is not None
    running, life = project.life.running, project.scenario.life_months
    payback = np.sort(months_to_payback(Plan.of(project.scenario), project.life.flows))
    months = [value if value <= life else None for value in at_ranks(payback, (10, 50, 90))]
    low, middle, high = at_ranks(np.sort(project.life.npv), (10, 50, 90))
    (deepest,) = at_ranks(np.sort(np.minimum(running.min(axis=1), 0)), (50,))
    return Standing(
        name=project.name,
        region=project.region,
        npv=(low, middle, high),
        payback=(months[0], months[1], months[2]),
        trough=deepest,
        invested=project.invested,
        pool=pool_note(project.scenario, project.ranges) if project.ranges is not None else None,
    )
