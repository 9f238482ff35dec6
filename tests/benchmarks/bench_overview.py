"""The owner's screens on a very large book: opening, another choice, drawing anew; beside the rows.

Run with ``python3 packaging/dev.py bench overview``; options: --stores N (50) --days N (90) --orders N a day (274),
--book FILE (a book of large_book.py, opened where it lies; without one a new one is made in --folder and thrown away).
500 stores × 365 days are about 50 million tenders and take 11 GB. Cold is the first time after opening, warm the
median of five; the plain side is the median of three in the same run, with as many threads. Beside the time on the
clock stands the time of the processor, all threads together: it is what is compared with the limits, for it depends
less on what else a machine does (memory shared with others still costs up to a half more).
"""

from __future__ import annotations

import argparse
import itertools
import os
import statistics
import sys
import tempfile
import time
from collections.abc import Callable
from datetime import timedelta
from functools import partial
from pathlib import Path
from typing import NamedTuple

ROOT = Path(__file__).resolve().parents[2]
sys.path[:0] = [str(ROOT), str(ROOT / "tests" / "benchmarks")]
os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

import large_book  # noqa: E402

from chainbrain.analytics.periods import Period  # noqa: E402
from chainbrain.workspace import Workspace  # noqa: E402
from chainbrain.workspace.rooms import Rooms  # noqa: E402
from ui.loaded import load_engine, pass_over  # noqa: E402
from ui.views.overview import model as overview  # noqa: E402
from ui.views.parts.store_scope import StoreScope  # noqa: E402
from ui.views.stores import model as stores  # noqa: E402

OPEN_MS, CHANGE_MS, REDRAW_MS, RATIO = 300.0, 150.0, 50.0, 0.1

# What 总览 and 门店 show, asked of the rows themselves.
PLAIN = {
    "receipts": "select store_code, business_day, hour(ordered_at), channel, count(*), sum(amount) from base.orders "
    "where business_day >= $first and business_day < $after and status <> 'cancelled' group by all",
    "refunds": "select t.store_code, sum(t.amount) from base.tenders t join base.orders o on o.order_id = t.order_id "
    "where t.is_refund and t.paid_at >= $first and t.paid_at < $after group by all",
    "fees": "select l.store_id, l.business_day, p.channel, sum(p.fee), sum(p.amount) from base.payments p "
    "join base.payment_links l on l.payment_id = p.payment_id "
    "where l.business_day >= $first and l.business_day < $after group by all",
    "methods": "select t.method, sum(t.amount) from base.tenders t join base.orders o on o.order_id = t.order_id "
    "where o.business_day >= $first and o.business_day < $after group by all",
    "last 196 days": "select store_code, business_day, count(*), sum(amount) from base.orders "
    "where business_day >= $after - 196 and business_day < $after group by all",
}


EVERY = StoreScope()


class Took(NamedTuple):
    """Milliseconds of one piece of work: of the processor (all threads together), and on the clock."""

    cpu: float
    wall: float


def timed(work: Callable[[], object], times: int) -> Took:
    """The median of so many runs."""
    found = []
    for _ in range(times):
        cpu, wall = time.process_time(), time.perf_counter()
        work()
        found.append(((time.process_time() - cpu) * 1000, (time.perf_counter() - wall) * 1000))
    return Took(*(statistics.median(side) for side in zip(*found, strict=True)))


def measure(rooms: Rooms, plain: bool) -> int:
    """Print every figure beside its limit; returns how many are above it."""
    above = 0

    def tell(name: str, found: Took, limit: float) -> None:
        nonlocal above
        above += found.cpu > limit
        told = f"limit {limit:.0f}{', ABOVE' if found.cpu > limit else ''}"
        print(f"{name:<34} {found.cpu:7.0f} ms of processor  ({told})  {found.wall:7.0f} ms on the clock", flush=True)

    month = rooms.analytics.period("month")
    assert month is not None
    known = [store.store_id for store in rooms.analytics.stores()]
    others, half = itertools.cycle(known), len(known) // 2
    halves = itertools.cycle([known[:half], known[half:], known[::2], known[1::2], known[half // 2 :][:half]])
    # Other days each time: the same ones are told and not asked again.
    months = itertools.cycle([Period(month.after - timedelta(days=27 + more), month.after) for more in range(10)])
    years = itertools.cycle([Period(month.after - timedelta(days=364 - more), month.after) for more in range(10)])
    earlier = [month.after - timedelta(days=days) for days in range(1, 11)]
    ended = itertools.cycle([Period(end - timedelta(days=30), end) for end in earlier])
    sixes = itertools.cycle(tuple(known[first : first + 6]) for first in range(0, len(known) - 5, 6))
    tell("overview, cold", timed(lambda: overview.load(rooms, "yesterday", EVERY), 1), OPEN_MS)
    tell("stores, cold", timed(lambda: stores.load(rooms, "month", EVERY), 1), OPEN_MS)
    warm = {
        "overview": (lambda: overview.load(rooms, "yesterday", EVERY), OPEN_MS),
        "stores": (lambda: stores.load(rooms, "month", EVERY), OPEN_MS),
        "overview, another period": (lambda: overview.load(rooms, next(months), EVERY), CHANGE_MS),
        "overview, up to an earlier day": (lambda: overview.load(rooms, next(ended), EVERY), CHANGE_MS),
        "overview, one store": (lambda: overview.load(rooms, "month", StoreScope.some((next(others),))), CHANGE_MS),
        "overview, a year": (lambda: overview.load(rooms, next(years), EVERY), CHANGE_MS),
        "overview, half of the stores": (
            lambda: overview.load(rooms, "month", StoreScope.some(next(halves))),
            CHANGE_MS,
        ),
        "stores, another period": (lambda: stores.load(rooms, next(months), EVERY), CHANGE_MS),
        "stores, half of the stores": (lambda: stores.load(rooms, "month", StoreScope.some(next(halves))), CHANGE_MS),
        "stores, why it changed": (lambda: stores.load_change(rooms, month, None, "channel"), CHANGE_MS),
        "stores, a year": (lambda: stores.load(rooms, next(years), EVERY), CHANGE_MS),
        "stores, six beside each other": (lambda: stores.load_comparison(rooms, month, next(sixes), "day"), CHANGE_MS),
        "stores, openings": (lambda: stores.load_rhythm(rooms, month, None, "opening", one=False), CHANGE_MS),
        "stores, busy hours": (lambda: stores.load_rhythm(rooms, month, None, "channel", one=False), CHANGE_MS),
    }
    ours = {}
    for name, (work, limit) in warm.items():
        ours[name] = timed(work, 5)
        tell(name, ours[name], limit)
    for name, found in redrawn(rooms).items():
        tell(f"drawn anew: {name}", found, REDRAW_MS)
    if plain:
        days = {"first": month.first, "after": month.after}
        sides = {
            name: timed(partial(rooms.book.rows_of, sql, **{k: v for k, v in days.items() if f"${k}" in sql}), 3)
            for name, sql in PLAIN.items()
        }
        for name, found in sides.items():
            print(f"plain DuckDB, {name:<20} {found.cpu:7.0f} ms of processor {found.wall:34.0f} ms on the clock")
        screens = (ours["overview, another period"], ours["stores"])
        cpu = sum(one.cpu for one in screens) / sum(one.cpu for one in sides.values())
        wall = sum(one.wall for one in screens) / sum(one.wall for one in sides.values())
        above += cpu > RATIO
        print(f"both screens beside the rows: ratio {cpu:.3f} of processor (limit {RATIO}), {wall:.3f} on the clock")
    return above


def redrawn(rooms: Rooms) -> dict[str, Took]:
    """From new figures to the finished picture, chart by chart; the median of five."""
    from PySide6.QtWidgets import QWidget

    from ui.app import make_application
    from ui.charts.small_multiples import SmallMultiples
    from ui.charts.trend import TrendChart
    from ui.views.overview.content import multiples_of, trend_of

    app = make_application()
    data = overview.load(rooms, "yesterday", EVERY)
    trend, small = TrendChart(), SmallMultiples(6)

    def draw(widget: QWidget, fill: Callable[[], None]) -> Took:
        widget.resize(720, 366)
        widget.show()

        def once() -> None:
            fill()
            app.processEvents()
            widget.grab()

        return timed(once, 5)

    days, multiples = trend_of(data.trend), multiples_of(data.sparklines, {})
    return {
        "receipts by day": draw(trend, lambda: trend.set_data(days)),
        f"{len(multiples)} small charts": draw(small, lambda: small.set_items(multiples)),
    }


def main() -> int:
    """Measure, print, and fail when something takes too long."""
    options = argparse.ArgumentParser()
    options.add_argument("--stores", type=int, default=50)
    options.add_argument("--days", type=int, default=90)
    options.add_argument("--orders", type=int, default=large_book.ORDERS)
    options.add_argument("--book", type=Path)
    options.add_argument("--folder", type=Path)
    options.add_argument("--no-plain", action="store_true")
    given = options.parse_args()
    # As the window does while its start screen is looked at.
    load_engine()
    pass_over()
    with tempfile.TemporaryDirectory(dir=given.folder) as folder:
        path = given.book
        if path is None:
            path = Path(folder) / "large.chainbrain"
            began = time.perf_counter()
            large_book.make(path, given.stores, given.days, given.orders)
            print(f"made in {timedelta(seconds=round(time.perf_counter() - began))}")
        began = time.perf_counter()
        with Workspace.open(path) as workspace:
            print(f"opened in {time.perf_counter() - began:.2f} s")
            rooms = workspace.reading()
            (tenders,) = rooms.book.one_of("select count(*) from base.tenders")
            workspace.book.fit_threads(tenders)
            print(f"{tenders:,} tenders")
            return 1 if measure(rooms, not given.no_plain) else 0


if __name__ == "__main__":
    sys.exit(main())
