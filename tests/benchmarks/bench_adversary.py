"""Hunts for false confirms: adversarial books of every knot, seed after seed, until enough deposits were judged.

Run with ``python3 packaging/dev.py bench adversary``, or this file with options: --deposits N (500,000), --stores N
(the least size of each book), --first-seed N, --knots NAME..., --suite (fixed seeds and sizes of every knot, once),
--seeds N (of the suite, so many seeds of every knot), --minutes N (stop after that, with what was judged until then),
--sales N (payments per merchant and day of the knots that do not set their own: fewer make more deposits a minute, and
their sums lie closer together), --codes (list each difference that was missed or reported without cause).
Prints what became of the deposits per knot and traces every false confirm to the oddities that touched it, and
every tender that was confirmed with another payment than its own. Ends with 1
when the fixed suite has a false confirm, when a tender was, or more than one deposit per 100,000 was confirmed wrongly.
"""

from __future__ import annotations

import argparse
import sys
import time
from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
sys.path[:0] = [str(ROOT), str(ROOT / "tests" / "support")]

import adversary_book  # noqa: E402
from adversary_book import Score  # noqa: E402
from adversary_codes import f1  # noqa: E402

from chainbrain.demo.adversary import Draw, Knobs, draw  # noqa: E402
from chainbrain.demo.adversary.knots import KNOTS, Knot  # noqa: E402
from chainbrain.reconciliation.reconcile import reconcile  # noqa: E402

BOUND = 100_000
"""At most one false confirm in so many deposits."""
COUNTED = (
    "deposits", "provable", "confirmed_right", "provable_right", "named_other_amount", "suggested", "suggested_true",
    "ambiguous", "ambiguous_told", "ambiguous_confirmed", "links", "links_confirmed", "links_false",
)  # fmt: skip


@dataclass
class Tally:
    """Sums over the draws of one knot."""

    draws: int = 0
    counts: Counter[str] = field(default_factory=Counter)
    codes: dict[str, Counter[str]] = field(default_factory=lambda: defaultdict(Counter))
    false: list[str] = field(default_factory=list)
    pairs: list[str] = field(default_factory=list)
    doubts: list[str] = field(default_factory=list)
    loading: float = 0.0
    reconciling: float = 0.0

    def add(self, score: Score) -> None:
        """Take one draw in."""
        self.draws += 1
        for name in COUNTED:
            self.counts[name] += getattr(score, name)
        for code in score.codes:
            self.codes[code.code].update(planted=code.planted, found=code.found, false=code.false)


def judged(drawn: Draw, tally: Tally, name: str) -> None:
    """Load, reconcile and score one draw, and trace what was confirmed wrongly."""
    started = time.perf_counter()
    book = adversary_book.load(drawn)
    loaded = time.perf_counter()
    reconcile(book)
    reconciled = time.perf_counter()
    score = adversary_book.score(book, drawn.truth)
    tally.add(score)
    tally.loading += loaded - started
    tally.reconciling += reconciled - loaded
    for wrong in score.false_confirms:
        tally.false.append(
            f"{name} seed {drawn.seed}, {drawn.stores} stores, {drawn.days} days: {wrong.bank_line_id} by "
            f"{wrong.match_id}, {'same' if wrong.same_amount else 'other'} amount, {wrong.wrong_payments} wrong and "
            f"{wrong.right_payments} right payments, memo {wrong.names}, {wrong.answers} equal answers, {wrong.rivals} "
            f"rivals, touched by {', '.join(wrong.causes) or 'nothing'}"
        )
    for tender, payment in score.links_wrong:
        tally.pairs.append(f"{name} seed {drawn.seed}, {drawn.stores} stores: {tender} with {payment}")
    for code in score.codes:
        for word, items in (("missed", code.missed), ("unexplained", code.unexplained)):
            tally.doubts += [f"{name} seed {drawn.seed}: {code.code} {word}, {kind} {record}" for kind, record in items]
    book.close()


def cases(options: argparse.Namespace) -> Iterator[tuple[Knot, int, int]]:
    """Knot, seed and stores: the fixed suite once, or every knot with one seed after the other without end."""
    knots = [knot for knot in KNOTS if not options.knots or knot.name in options.knots]
    if options.suite:
        seeds = {knot.name: range(1, options.seeds + 1) if options.seeds else knot.seeds for knot in knots}
        yield from ((knot, seed, knot.stores) for knot in knots for seed in seeds[knot.name])
        return
    seed = options.first_seed
    while True:
        yield from ((knot, seed, max(options.stores, knot.stores)) for knot in knots)
        seed += 1


def told(name: str, tally: Tally) -> None:
    """One knot in lines."""
    count = tally.counts
    print(
        f"{name}: {tally.draws} books, {count['deposits']:,} deposits, {count['confirmed_right']:,} confirmed right "
        f"({share(count['provable_right'], count['provable'])} of the provable), {len(tally.false)} false, "
        f"{count['named_other_amount']:,} named with another amount; {count['suggested']:,} suggested "
        f"({count['suggested_true']:,} with the truth); {count['ambiguous']:,} ambiguous, "
        f"{count['ambiguous_told']:,} told, {count['ambiguous_confirmed']:,} confirmed; tenders "
        f"{share(count['links_confirmed'], count['links'])}, {count['links_false']:,} false"
    )
    codes = [
        f"{code} {sums['found']}/{sums['planted']}" + (f" +{sums['false']}" if sums["false"] else "")
        + f" ({f1(sums['planted'], sums['found'], sums['false']):.4f})"
        for code, sums in sorted(tally.codes.items())
    ]  # fmt: skip
    if codes:
        print(f"    differences found/planted +unexplained (F1): {', '.join(codes)}")


def share(part: int, whole: int) -> str:
    """A share in per cent."""
    return f"{part / whole:.2%}" if whole else "none"


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--deposits", type=int, default=500_000)
    parser.add_argument("--stores", type=int, default=60)
    parser.add_argument("--first-seed", type=int, default=1_000)
    parser.add_argument("--knots", nargs="*")
    parser.add_argument("--suite", action="store_true")
    parser.add_argument("--seeds", type=int, default=0)
    parser.add_argument("--sales", type=int, default=Knobs.sales)
    parser.add_argument("--minutes", type=float, default=10_000)
    parser.add_argument("--codes", action="store_true")
    options = parser.parse_args()
    tallies: dict[str, Tally] = defaultdict(Tally)
    deposits = 0
    drawing, begun = 0.0, time.perf_counter()
    for knot, seed, stores in cases(options):
        started = time.perf_counter()
        sales = options.sales if knot.knobs.sales == Knobs.sales else knot.knobs.sales
        drawn = draw(seed, replace(knot.knobs, sales=sales), stores, knot.days)
        drawing += time.perf_counter() - started
        tally = tallies[knot.name]
        before, pairs, doubts = len(tally.false), len(tally.pairs), len(tally.doubts)
        judged(drawn, tally, knot.name)
        deposits += drawn.truth.pays["bank_line_id"].n_unique()
        print(f"{deposits:,} deposits, {knot.name} seed {seed}", file=sys.stderr)
        for line in tally.false[before:]:
            print(f"FALSE {line}", flush=True)
        for line in tally.pairs[pairs:]:
            print(f"PAIR {line}", flush=True)
        for line in tally.doubts[doubts:] if options.codes else ():
            print(f"CODE {line}", flush=True)
        if (not options.suite and deposits >= options.deposits) or time.perf_counter() - begun > options.minutes * 60:
            break
    total = Tally()
    for name, tally in tallies.items():
        told(name, tally)
        total.draws += tally.draws
        total.counts.update(tally.counts)
        total.false += tally.false
        total.loading += tally.loading
        total.reconciling += tally.reconciling
        for code, sums in tally.codes.items():
            total.codes[code].update(sums)
    told("all", total)
    print(
        f"drawing {drawing:.0f} s ({deposits / max(drawing, 0.001):,.0f} deposits/s), loading "
        f"{total.loading:.0f} s, reconciling {total.reconciling:.0f} s"
    )
    print(f"false confirms: {len(total.false)} in {deposits:,} deposits")
    allowed = 0 if options.suite else deposits / BOUND
    return 0 if len(total.false) <= allowed and not total.counts["links_false"] else 1


if __name__ == "__main__":
    sys.exit(main())
