"""Whether planned shortfalls are announced in time, and whether anything is announced that does not come.

Run with ``python3 packaging/dev.py bench shortfall``; options: --seeds N (10: so many quarters with a shortfall and as
many without), --first N (0: the seed of the first), --weekly (the forecast is made anew every week of the quarter, as
an owner would; a warning in any of them counts), --known (payments that no plan knows are not taken off). Of each chain
120 days are in its book and 91 days lie ahead, see ``shortfall_chains``. A shortfall is announced if a path falls below
the floor no later than a week after the day on which the true balance does; the lead is from the day of the forecast to
that true day. A false alarm is a path below the floor where the true balance never is. P50 is where the screen says
that the floor will break, P5 where it says that it may. A single forecast is held to the aim by P5. Weekly ones are by
P50, by what the screen says will come: the low path is below the floor at some time of many a quarter.
"""

from __future__ import annotations

import argparse
import sys
import time
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
sys.path[:0] = [str(ROOT), str(ROOT / "tests" / "engine" / "analytics")]

import numpy as np  # noqa: E402
from shortfall_chains import AHEAD, ENTITY, PAST, World, book_of, made  # noqa: E402

from chainbrain.cash.forecast import days  # noqa: E402
from chainbrain.cash.measuring import measure  # noqa: E402
from chainbrain.cash.outlook import Breach, CashOutlook  # noqa: E402
from chainbrain.cash.pay_days import PayDays  # noqa: E402
from chainbrain.cash.reckoning import reckon  # noqa: E402

IN_TIME = 7


@dataclass
class Told:
    """What one path said of one quarter: the day of the forecast and the day it named, where it said anything."""

    said_on: int | None = None
    named: int | None = None

    def hear(self, known: int, breach: Breach | None, world: World, broken: int | None) -> None:
        if self.said_on is not None or breach is None:
            return
        named = (breach.day - world.chain.start).days
        if broken is None or named <= broken + IN_TIME:
            self.said_on, self.named = known, named


def foreseen(world: World, known: int, horizon: int, *, irregular: bool) -> CashOutlook:
    """The forecast as the program makes it when so many days are known."""
    book = book_of(world, known).done()
    plan = [one for one in world.plan if one.cycle != "once" or one.day > world.day(known - 1)]
    measured = measure(book, days.shipped(), {ENTITY}, horizon)
    return reckon(
        book, measured, plan, {None: Decimal(f"{world.floor:.2f}")}, with_irregular=irregular,
        pay_days=PayDays(days.shipped(), paid=(book, measured.held)),
    )  # fmt: skip


def run(seed: int, options: argparse.Namespace, *, shortfall: bool) -> dict[str, Told]:
    world = made(seed, shortfall=shortfall)
    broken, true = world.broken_on(), world.balances()
    assert (broken is not None) == shortfall
    told = {"P5": Told(), "P50": Told()}
    begun = time.perf_counter()
    last = broken if broken is not None else PAST + AHEAD
    inside = []
    for known in range(PAST, last, 7) if options.weekly else (PAST,):
        path = foreseen(world, known, PAST + AHEAD - known, irregular=not options.known).chain
        told["P5"].hear(known, path.breach, world, broken)
        told["P50"].hear(known, path.breach_p50, world, broken)
        ends = [(float(one.p5), float(one.p50), float(one.p95)) for one in path.days]
        truth = true[known : known + len(ends)]
        inside.append(np.mean([low <= one <= high for (low, _, high), one in zip(ends, truth, strict=True)]))
        if known == PAST:
            low, middle, high = np.array(ends[-1]) / world.month
            end = float(truth[-1]) / world.month
            lowest = (float(truth.min()) - world.floor) / world.month
    words = f"{seed:4} {'short' if shortfall else 'clean':6}{lowest:8.2f}{low:8.2f}{middle:8.2f}{high:8.2f}{end:8.2f}"
    words += f"{np.mean(inside):8.0%}  "
    for name, one in told.items():
        if one.said_on is None or one.named is None:
            words += f"{name}: -".ljust(26)
        else:
            lead = (broken if broken is not None else one.named) - (one.said_on - 1)
            words += f"{name}: {lead:3} days, off {one.named - (broken or one.named):+d}".ljust(26)
    print(f"{words}{time.perf_counter() - begun:6.1f} s", flush=True)
    return told


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--seeds", type=int, default=10)
    parser.add_argument("--first", type=int, default=0)
    parser.add_argument("--weekly", action="store_true")
    parser.add_argument("--known", action="store_true")
    options = parser.parse_args()
    print("Lowest true balance above the floor; the last day as foreseen and as it was: all in months of receipts.")
    print(f"{'':11}{'lowest':>8}{'low':>8}{'middle':>8}{'high':>8}{'true':>8}{'inside':>8}")
    found, chosen = {}, range(options.first, options.first + options.seeds)
    for shortfall in (True, False):
        found[shortfall] = [run(seed, options, shortfall=shortfall) for seed in chosen]
    enough, judged = True, "P50" if options.weekly else "P5"
    for name in ("P5", "P50"):
        announced = false = 0
        for seed, one in zip(chosen, found[True], strict=True):
            broken, said_on = made(seed, shortfall=True).broken_on(), one[name].said_on
            announced += broken is not None and said_on is not None and broken - (said_on - 1) >= IN_TIME
        false = sum(one[name].said_on is not None for one in found[False])
        print(f"{name}: {announced} of {options.seeds} announced {IN_TIME} days ahead, {false} false alarms")
        enough &= name != judged or (announced == options.seeds and false * 10 <= options.seeds)
    return 0 if enough else 1


if __name__ == "__main__":
    raise SystemExit(main())
