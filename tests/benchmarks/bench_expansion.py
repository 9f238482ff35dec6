"""The programme against trying every plan, and a large one to its proof.

Prints how many of 200 random programmes came out as the best of all plans, and for 40 candidates over 24 months the
proven gap and the seconds of the processor, for several chains. With ``--paths`` it measures the simulation of stores
instead, with ``--dated`` one large programme without taxes, with taxes, and with taxes that change in a month of it.
"""

from __future__ import annotations

import random
import resource
import sys
import time
from decimal import Decimal
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1] / "engine" / "expansion"))

import expansion_paths
from programme_examples import a_problem, plainly_holds, tried_all

from chainbrain.expansion.programme import Programme
from chainbrain.expansion.programme.run import problem_of
from chainbrain.expansion.programme.search import Search

CASES, CHAINS = 200, 3
_STORE: dict[str, object] = {
    "gross_margin": "62%", "other_variable": "8%", "platform": "6%", "ramp": [50, 60, 70, 80, 85, 90, 95, 100],
}  # fmt: skip
_PROFIT = {"tax": "profit", "rate": "5%"}
TAXES: dict[str, list[dict[str, object]]] = {
    "no taxes": [],
    "taxes": [{"tax": "vat", "rate": "3%"}, _PROFIT],
    "taxes that change after a year": [
        {"tax": "vat", "rate": "1%", "to": "2027-12"}, {"tax": "vat", "rate": "3%", "from": "2028-01"}, _PROFIT,
    ],
}  # fmt: skip


def main() -> None:
    """Run both and print the figures."""
    if "--paths" in sys.argv[1:]:
        expansion_paths.main()
        return
    if "--dated" in sys.argv[1:]:
        for name, taxes in TAXES.items():
            _solve(name, {**_large(1), "store": {**_STORE, "taxes": taxes}})
        return
    equal, slowest = 0, 0.0
    for seed in range(CASES):
        problem = a_problem(seed)
        started = time.perf_counter()
        found = Search(problem, Decimal(0)).best()
        slowest = max(slowest, time.perf_counter() - started)
        best = tried_all(problem)
        same = (found is None) == (best is None) and (found is None or best is None or found.value == best[0])
        equal += same and (found is None or plainly_holds(problem, found.plan))
    print(f"best of all plans: {equal}/{CASES}, slowest {slowest:.2f} s")
    for seed in range(1, CHAINS + 1):
        _solve(f"chain {seed}", _large(seed))


def _solve(name: str, given: dict[str, object]) -> None:
    started = time.process_time()
    programme = Programme.parse(given)
    problem = problem_of(programme)
    built = time.process_time() - started
    solution = Search(problem, programme.gap).best()
    assert solution is not None
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(
        f"40 candidates x 24 months, {name}: {len(solution.plan)} openings, gap {solution.gap:.4%}, "
        f"proven {solution.proven}, holds {problem.holds(solution.plan)}, {solution.rounds} rounds, {built:.1f} s for "
        f"the paths, {time.process_time() - started:.1f} s in all, at most {memory:.0f} MB so far",
        flush=True,
    )


def _large(seed: int) -> dict[str, object]:
    draw = random.Random(seed)
    return {
        "first_month": "2026-12",
        "months": 24,
        "chain": {
            "opening_cash": 2_200_000, "monthly_cash": 120_000, "worse_by": 60_000, "better_by": 70_000,
            "swing": 40_000,
        },
        "limits": {
            "cash_floor": 600_000, "openings_per_month": 1, "managed_at_once": 3, "budget": 6_000_000,
            "regions": {"深圳": {"most": 6}},
        },
        "store": _STORE,
        "candidates": [
            {
                "name": f"候选{n}", "region": draw.choice(["深圳", "广州", "东莞", "佛山"]),
                "capex": draw.randrange(300, 600) * 1_000, "deposit": draw.randrange(40, 90) * 1_000,
                "mature_monthly_sales": draw.randrange(170, 280) * 1_000, "rent": draw.randrange(15, 32) * 1_000,
                "labour": draw.randrange(38, 55) * 1_000, "life_months": draw.choice([36, 48, 60]),
            }
            for n in range(40)
        ],
    }  # fmt: skip


if __name__ == "__main__":
    main()
