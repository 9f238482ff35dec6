"""The programme as a mixed-integer programme for HiGHS: a column for every project and month, cuts for the cash.

A cash cut says that the mean of some set of paths must not lie below the floor. The mean of the lowest paths is the
least of all such means, so every cut is true of every plan that holds; those that matter are added as they are broken.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

import numpy as np
import numpy.typing as npt

from chainbrain.errors import Cancelled
from chainbrain.expansion.programme.problem import Plan, Problem, plan_of

if TYPE_CHECKING:
    from chainbrain.expansion.draws import Ints

Floats = npt.NDArray[np.float64]
_YUAN: Final = 100.0
# A cut is loosened by this much (yuan), so that the solver's own rounding never rejects a plan that holds.
_SLACK: Final = 0.01
_CHOSEN: Final = 0.5
# Where the solver gives up proving more; counted in nodes, not in seconds, so that every computer gives the same plan.
_NODES: Final = 2_000
# Cuts with more room than this (yuan) are not touched.
_TOUCHED: Final = 20_000.0


@dataclass(frozen=True)
class Found:
    """What the solver says: a plan, and the bound that no plan can exceed, in fen.

    Attributes:
        plan: nothing when none exists (``impossible``), or when the solver gave up before it had one.
    """

    plan: Plan | None
    shares: Floats
    bound: int
    impossible: bool = False


class Model:
    """The linear part of a problem; cuts are added as they are found."""

    def __init__(self, problem: Problem, alive: Callable[[], None] = lambda: None) -> None:
        # The solver is loaded only where something is solved.
        import highspy  # noqa: PLC0415
        from highspy._core import _Highs  # noqa: PLC0415

        self.problem = problem
        self.options = [(n, month) for n, project in enumerate(problem.projects) for month in project.begins]
        self.starts = np.cumsum([0, *(len(project.begins) for project in problem.projects)])
        self._highspy = highspy
        # The class above it prints a greeting to standard output before it can be told not to.
        self._solver = _Highs()
        for option, value in (
            ("output_flag", False), ("threads", 1), ("random_seed", 1), ("mip_feasibility_tolerance", 1e-7),
            ("primal_feasibility_tolerance", 1e-7), ("mip_abs_gap", 0.004), ("mip_max_nodes", _NODES),
        ):  # fmt: skip
            self._solver.setOptionValue(option, value)
        self._alive = alive
        self._ended: Cancelled | None = None
        self._solver.setCallback(self._listen, None)
        self._solver.startCallback(highspy.cb.HighsCallbackType.kCallbackMipInterrupt)
        self.cuts = 0
        self._rows: list[tuple[Floats, float, int]] = []
        self._columns()
        self._limits()

    def _listen(self, _kind: object, _said: str, _out: object, event: Any, _data: object) -> None:
        """Ask between steps of the solver whether it should go on; an exception cannot pass through it, so it waits."""
        try:
            self._alive()
        except Cancelled as cancelled:
            self._ended = cancelled
            event.user_interrupt = True

    def _columns(self) -> None:
        count = len(self.options)
        values = [self.problem.projects[n].value(month) / _YUAN for n, month in self.options]
        none, empty = np.array([], dtype=np.int32), np.array([], dtype=np.float64)
        self._solver.addCols(count, np.array(values), np.zeros(count), np.ones(count), 0, none, none, empty)
        # Whether a project is carried out at all: the solver decides on that first, and on the month later.
        many = len(self.problem.projects)
        self._solver.addCols(many, np.zeros(many), np.zeros(many), np.ones(many), 0, none, none, empty)
        self._solver.changeObjectiveSense(self._highspy.ObjSense.kMaximize)

    def _limits(self) -> None:
        problem = self.problem
        numbers = np.array([n for n, _ in self.options], dtype=np.int64)
        months = np.array([month for _, month in self.options], dtype=np.int64)
        opens = np.array([problem.projects[n].opens for n, _ in self.options], dtype=bool)
        for n, project in enumerate(problem.projects):
            if project.must:
                self._solver.changeColBounds(len(self.options) + n, 1.0, 1.0)
            places = np.flatnonzero(numbers == n)
            joined = np.append(places, len(self.options) + n).astype(np.int32)
            self._solver.addRow(0.0, 0.0, len(joined), joined, np.append(np.ones(len(places)), -1.0))
        if problem.budget is not None:
            spent = np.array([problem.projects[n].invested / _YUAN for n, _ in self.options])
            self._row(-np.inf, problem.budget / _YUAN + _SLACK, spent * opens)
        if problem.openings is not None:
            self.row(-np.inf, problem.openings, opens)
        doors = months + np.array([problem.projects[n].delay for n, _ in self.options], dtype=np.int64)
        for month in range(problem.doors):
            if problem.a_month is not None:
                self.row(-np.inf, problem.a_month, opens & (doors == month))
            if problem.managed is not None:
                young = (doors <= month) & (month < doors + problem.managed_months)
                self.row(-np.inf, problem.managed, opens & young)
        for region, least, most in problem.regions:
            there = np.array([problem.projects[n].region == region for n, _ in self.options], dtype=bool)
            self.row(least, np.inf if most is None else most, opens & there)
        for group in problem.exclusive:
            self.row(-np.inf, 1.0, np.isin(numbers, group))

    def row(self, low: float, high: float, chosen: npt.NDArray[np.bool_]) -> None:
        """At least and at most so many of the chosen columns."""
        self._row(low, high, chosen.astype(np.float64))

    def _row(self, low: float, high: float, weights: Floats, month: int = -1) -> None:
        places = np.flatnonzero(weights).astype(np.int32)
        # A row without columns says nothing, unless nothing at all can keep it.
        if len(places) or low > 0 or high < 0:
            inf = self._highspy.kHighsInf
            self._solver.addRow(max(low, -inf), min(high, inf), len(places), places, weights[places])
            self._rows.append((weights, high, month))

    def cut(self, weights: Floats, high: float, month: int = -1) -> None:
        """Add a row that every wanted plan satisfies: weights · x ≤ high."""
        self._row(-np.inf, high, weights, month)
        self.cuts += 1

    def matrix(self) -> tuple[Floats, Floats, npt.NDArray[np.int64]]:
        """Every upper limit: weights (options × rows), how much is allowed, and the month of a cash cut (or −1)."""
        rows = [row for row in self._rows if np.isfinite(row[1])]
        weights = np.array([row[0] for row in rows]).reshape(len(rows), len(self.options)).T
        return np.ascontiguousarray(weights), np.array([row[1] for row in rows]), np.array([row[2] for row in rows])

    def drop_loose(self) -> None:
        """Forget the cash cuts that the mixture found last does not touch: every row costs the solver time."""
        before = self._solver.getNumRow() - len(self._rows)
        used = np.array(self._solver.getSolution().row_value)
        loose = [
            n for n, (_, high, month) in enumerate(self._rows) if month >= 0 and high - used[before + n] > _TOUCHED
        ]
        if loose:
            self._solver.deleteRows(len(loose), np.array([before + n for n in loose], dtype=np.int32))
            self._rows = [row for n, row in enumerate(self._rows) if n not in set(loose)]

    def start_from(self, plan: Plan) -> None:
        """Hand the solver a plan that holds, so that it only needs to look for better ones."""
        begun, many = dict(plan), len(self.options)
        chosen = [begun.get(n) == month for n, month in self.options]
        values = np.array([*chosen, *(n in begun for n in range(len(self.problem.projects)))], dtype=np.float64)
        count = many + len(self.problem.projects)
        self._solver.setSolution(count, np.arange(count, dtype=np.int32), values)

    def cash_cut(self, month: int, lowest: Ints) -> None:
        """The mean of these paths must not lie below the floor at the end of a month."""
        problem, count = self.problem, len(lowest)
        assert problem.floor is not None
        sums = np.concatenate([project.sums(lowest, month) for project in problem.projects])
        room = int(problem.base[lowest, month].sum()) - problem.floor * count
        self.cut(-sums / (count * _YUAN), room / (count * _YUAN) + _SLACK, month)

    def relax(self) -> Found:
        """The best mixture of plans: its value is a bound."""
        self._set_whole(whole=False)
        return self._run(whole=False)

    def solve(self, gap: float) -> Found:
        """The best plan to within a relative gap."""
        self._set_whole(whole=True)
        self._solver.setOptionValue("mip_rel_gap", gap)
        return self._run(whole=True)

    def _set_whole(self, *, whole: bool) -> None:
        kind = self._highspy.HighsVarType.kInteger if whole else self._highspy.HighsVarType.kContinuous
        count = len(self.options) + len(self.problem.projects)
        self._solver.changeColsIntegrality(
            count, np.arange(count, dtype=np.int32), np.full(count, int(kind), dtype=np.uint8)
        )

    def _run(self, *, whole: bool) -> Found:
        self._alive()
        self._solver.run()
        if self._ended is not None:
            raise self._ended
        status, kinds = self._solver.getModelStatus(), self._highspy.HighsModelStatus
        if status in (kinds.kInfeasible, kinds.kUnboundedOrInfeasible):
            return Found(None, np.zeros(len(self.options)), 0, impossible=True)
        if status not in (kinds.kOptimal, kinds.kSolutionLimit, kinds.kIterationLimit):
            raise RuntimeError(f"the solver ended with {status}")
        info, shares = self._solver.getInfo(), np.array(self._solver.getSolution().col_value)[: len(self.options)]
        bound = info.mip_dual_bound if whole else info.objective_function_value
        chosen = {n: month for (n, month), share in zip(self.options, shares, strict=True) if share > _CHOSEN}
        some = info.primal_solution_status == int(self._highspy.SolutionStatus.kSolutionStatusFeasible)
        # Up to the next fen, so that rounding never makes the bound too low.
        return Found(plan_of(chosen) if some else None, shares, int(np.ceil(bound * _YUAN + 0.5)))
