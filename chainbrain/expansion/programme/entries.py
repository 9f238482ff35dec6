"""A plan in the calendar: its projects by month, and the chain's cash with it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from chainbrain.expansion.describing import at_ranks
from chainbrain.expansion.programme.answer import PERCENTS, CashMonth, Entry
from chainbrain.expansion.programme.inputs import Programme
from chainbrain.expansion.programme.problem import Problem
from chainbrain.expansion.programme.projects import FITTING_OUT, month_at

if TYPE_CHECKING:
    from chainbrain.expansion.draws import Ints


def entry(programme: Programme, problem: Problem, number: int, month: int) -> Entry:
    """One project of a plan in the calendar."""
    project = problem.projects[number]
    scenario = project.scenario
    grown = None
    if scenario is not None:
        grown = month_at(programme, month + scenario.delay + len(scenario.ramp) - 1)
    return Entry(
        name=project.name,
        kind=project.kind,
        region=project.region,
        month=month_at(programme, month),
        paid=month_at(programme, month - FITTING_OUT if project.opens else month),
        doors=month_at(programme, month + project.delay),
        grown=grown,
        value=project.value(month),
        invested=project.invested,
    )


def bands(programme: Programme, problem: Problem, cash: Ints) -> tuple[CashMonth, ...]:
    """The quantiles of the chain's cash, each the value of a path."""
    ordered = np.sort(cash, axis=0)
    return tuple(
        CashMonth(month_at(programme, month), *at_ranks(ordered[:, month], PERCENTS))
        for month in range(problem.watched)
    )
