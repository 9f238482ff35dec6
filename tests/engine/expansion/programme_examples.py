"""Random programmes small enough to try every plan, and the trying."""

from __future__ import annotations

import itertools
import random
from typing import Any

import numpy as np

from chainbrain.expansion.programme.effects import Shifted
from chainbrain.expansion.programme.problem import Plan, Problem
from chainbrain.expansion.programme.projects import Kind, Project

YUAN = 100
SIZES = ((4, 4), (5, 4), (12, 2), (7, 3), (10, 2))
"""Candidates and months whose plans can all be tried."""


def a_problem(seed: int, paths: int = 200) -> Problem:
    """A programme with limits, money and weather drawn from a seed."""
    draw, noise = random.Random(seed), np.random.default_rng(seed)
    many, months = SIZES[seed % len(SIZES)]
    watched = months + draw.randint(2, 8)
    shared = noise.standard_normal(paths)
    monthly = draw.randint(0, 15) * 10_000 + shared[:, None] * draw.randint(1, 6) * 10_000
    monthly = monthly + noise.standard_normal((paths, watched)) * 100_000 * draw.random()
    base = draw.randint(60, 250) * 10_000 * YUAN + np.cumsum(np.round(monthly * YUAN).astype(np.int64), axis=1)
    limits: dict[str, Any] = {}
    if draw.random() < 0.4:
        limits["budget"] = draw.randint(50, 200) * 10_000 * YUAN
    if draw.random() < 0.5:
        limits["a_month"] = draw.randint(1, 2)
    if draw.random() < 0.3:
        limits["openings"] = draw.randint(2, 5)
    if draw.random() < 0.3:
        limits |= {"managed": draw.randint(1, 3), "managed_months": draw.randint(1, 3)}
    if draw.random() < 0.3:
        limits["regions"] = (("A", int(draw.random() < 0.2), draw.randint(1, 3)),)
    if draw.random() < 0.3:
        limits["exclusive"] = ((0, 1, 2),)
    projects = tuple(_project(f"p{n}", (draw, noise), shared, range(1, months), watched) for n in range(many))
    return Problem(projects, base, months, floor=draw.randint(20, 120) * 10_000 * YUAN, **limits)


def _project(
    name: str, drawn: tuple[random.Random, np.random.Generator], shared: Any, begins: range, watched: int
) -> Project:
    draw, noise = drawn
    invested = draw.randint(20, 70) * 10_000 * YUAN
    own = noise.standard_normal(len(shared))
    level = draw.randint(1, 6) * 10_000 * (1 + 0.2 * (0.5 * shared + 0.85 * own))
    ramp = np.minimum(np.arange(watched) / 4, 1.2) - 0.3
    flows = np.round(level[:, None] * ramp[None, :] * YUAN).astype(np.int64)
    flows[:, 0] -= invested
    worth = draw.randint(-5, 80) * 10_000 * YUAN + draw.randint(0, 99_999)
    kind = Kind.CLOSURE if draw.random() < 0.1 else Kind.OPENING
    values = tuple(int(worth * 0.992**month) for month in begins)
    effect = Shifted(np.cumsum(flows, axis=1), 1)
    return Project(name, kind, begins, values, (effect,), invested, draw.choice("AB"))


def tried_all(problem: Problem) -> tuple[int, Plan] | None:
    """The best of all plans, found by trying each: its value and the plan; nothing when none holds."""
    best: tuple[int, Plan] | None = None
    for months in itertools.product(*([None, *project.begins] for project in problem.projects)):
        plan = tuple((number, month) for number, month in enumerate(months) if month is not None)
        value = sum(problem.projects[number].value(month) for number, month in plan)
        if (best is None or value > best[0]) and plainly_holds(problem, plan):
            best = value, plan
    return best


def plainly_holds(problem: Problem, plan: Plan) -> bool:
    """Whether a plan keeps every limit, told without the code that is tested."""
    opened = [(problem.projects[n], month) for n, month in plan if problem.projects[n].kind is Kind.OPENING]
    months = [month for _, month in opened]
    if problem.budget is not None and sum(project.invested for project, _ in opened) > problem.budget:
        return False
    if problem.a_month is not None and any(months.count(month) > problem.a_month for month in months):
        return False
    if problem.openings is not None and len(opened) > problem.openings:
        return False
    if problem.managed is not None:
        for now in range(problem.months):
            if sum(month <= now < month + problem.managed_months for month in months) > problem.managed:
                return False
    for region, least, most in problem.regions:
        there = sum(project.region == region for project, _ in opened)
        if there < least or (most is not None and there > most):
            return False
    if any(sum(number in group for number, _ in plan) > 1 for group in problem.exclusive):
        return False
    cash = problem.base.copy()
    for number, month in plan:
        running = problem.projects[number].effects[0].running  # type: ignore[attr-defined]
        cash[:, month - 1 :] += running[:, : problem.watched - month + 1]
    ordered = np.sort(cash, axis=0)
    paths = problem.paths
    poor, quarter = ordered[-(-paths // 10) - 1], ordered[: -(-paths // 4)]
    assert problem.floor is not None
    return bool((poor >= problem.floor).all() and (quarter.sum(axis=0) >= problem.floor * len(quarter)).all())


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
