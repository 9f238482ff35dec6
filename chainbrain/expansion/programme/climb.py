"""Good plans quickly: climbs by adding, moving and exchanging projects, shaken by a fixed seed.

What it finds is only a plan, never a bound; the solver starts from it and needs to prove less.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Final

import numpy as np
import numpy.typing as npt

from chainbrain.expansion.draws import Ints
from chainbrain.expansion.programme.model import Floats, Model
from chainbrain.expansion.programme.problem import Plan, Problem, plan_of

_SHAKEN: Final = 60
_MOST_DROPPED: Final = 4
_TIGHTENED: Final = 12
# A step has to gain this much (yuan), or rounding would make it turn in circles.
_LEAST_GAIN: Final = 0.5

Places = npt.NDArray[np.int64]


class Climb:
    """Searches among the plans that keep the rows of a model; the floor may be asked for with a margin by month."""

    def __init__(self, model: Model, alive: Callable[[], None]) -> None:
        self._alive = alive
        self._options = model.options
        problem: Problem = model.problem
        self._problem = problem
        self._values: Floats = np.array([problem.projects[n].value(month) / 100 for n, month in model.options])
        self._owner: Places = np.array([n for n, _ in model.options], dtype=np.int64)
        self._must = np.array([project.must for project in problem.projects], dtype=bool)
        self._model = model
        self._margin: Floats = np.zeros(problem.watched)

    def best(self, cut: Callable[[Ints], bool]) -> Plan | None:
        """A good plan that holds every limit exactly; nothing when none was met.

        Args:
            cut: adds the cash cuts that a plan's cash breaks to the model, and tells whether there were any.
        """
        problem, margin = self._problem, self._margin
        best: Plan | None = None
        for _ in range(_TIGHTENED):
            self._weights, self._high, self._month = self._model.matrix()
            # The first plan that holds shows where the floor binds; only then shaking is worth its time.
            plan = self._shaken(_SHAKEN if best else 0)
            if next(problem.counted_breaches(plan), None) is not None:
                break
            cash = problem.cash(plan)
            if problem.cash_holds(cash):
                if best is not None:
                    return max(best, plan, key=problem.value)
                best = plan
                continue
            assert problem.floor is not None
            if not cut(cash):
                # Only P10 is broken, which no cut can say exactly: the floor is raised by what is lacking.
                lacking = np.maximum(problem.floor - problem.poor(cash), 0) / 100
                margin += lacking + np.where(lacking > 0, 1.0, 0.0)
        return best

    def others(self, plan: Plan) -> Iterator[Plan]:
        """Plans that hold and do without one project of a plan, the rest climbed again."""
        places = {option: place for place, option in enumerate(self._options)}
        self._weights, self._high, self._month = self._model.matrix()
        high = self._limited()
        begun = [places[option] for option in plan]
        for without in begun:
            self._alive()
            if self._must[self._owner[without]]:
                continue
            kept = self._climbed([place for place in begun if place != without], high, barred=int(self._owner[without]))
            found = plan_of({self._options[place][0]: self._options[place][1] for place in kept})
            if self._problem.holds(found):
                yield found

    def _limited(self) -> Floats:
        months = np.maximum(self._month, 0)
        limited: Floats = self._high - np.where(self._month >= 0, self._margin[months], 0.0)
        return limited

    def _shaken(self, times: int) -> Plan:
        high = self._limited()
        draw = np.random.PCG64(1)
        current = self._climbed([], high)
        best = current
        for _ in range(times):
            self._alive()
            raw = draw.random_raw(_MOST_DROPPED + 2).astype(np.int64) & (2**31 - 1)
            kept = list(current)
            for number in raw[1 : 2 + int(raw[0]) % _MOST_DROPPED]:
                if kept:
                    kept.pop(int(number) % len(kept))
            found = self._climbed(kept, high, int(raw[-1]))
            if self._worth(found) >= self._worth(current):
                current = found
            if self._worth(current) > self._worth(best) + _LEAST_GAIN:
                best = current
        return plan_of({self._options[place][0]: self._options[place][1] for place in best})

    def _climbed(
        self, begin: list[int], high: Floats, joined: int | None = None, barred: int | None = None
    ) -> list[int]:
        """From a plan, the best step again and again.

        Args:
            begin: the options of the plan.
            high: what every row allows.
            joined: draws an option that is added first, best or not.
            barred: a project that must not join.
        """
        chosen, used = list(begin), self._weights[begin].sum(axis=0)
        if joined is not None:
            free = self._fitting(chosen, used, high, None)
            if len(free):
                place = int(free[joined % len(free)])
                chosen.append(place)
                used = used + self._weights[place]
        while True:
            gain, step = _LEAST_GAIN, None
            for out in (None, *chosen):
                lost = 0.0 if out is None else float(self._values[out])
                rest = used if out is None else used - self._weights[out]
                fitting = self._fitting(chosen, rest, high, out, lost + gain)
                if barred is not None:
                    fitting = fitting[self._owner[fitting] != barred]
                if len(fitting):
                    place = int(fitting[self._values[fitting].argmax()])
                    gain, step = float(self._values[place]) - lost, (out, place)
            if step is None:
                return sorted(chosen)
            out, place = step
            if out is not None:
                chosen.remove(out)
                used = used - self._weights[out]
            chosen.append(place)
            used = used + self._weights[place]

    def _fitting(self, chosen: list[int], used: Floats, high: Floats, out: int | None, above: float = 0.0) -> Places:
        """The options of projects not yet chosen that keep every row and are worth more than ``above``."""
        taken = np.zeros(len(self._must), dtype=bool)
        taken[self._owner[chosen]] = True
        if out is not None:
            taken[self._owner[out]] = False
        free = np.flatnonzero(~taken[self._owner] & (self._values > above))
        kept: Places = free[(self._weights[free] + used <= high).all(axis=1)]
        return kept

    def _worth(self, chosen: list[int]) -> float:
        return float(self._values[chosen].sum())
