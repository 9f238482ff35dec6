"""The money map: every day of it by the slider, beside the same day asked of the rows in plain DuckDB.

Run with ``python3 packaging/dev.py bench moneymap``; options: --book FILE (a reconciled book, left as it is; without
one a demo chain is made), --stores N (3), --days N (7). The plain side sums the movements of the book up to the day by
channel and standing, with nothing kept between two days; of each side the median over the days counts.
"""

from __future__ import annotations

import argparse
import shutil
import statistics
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
sys.path[:0] = [str(ROOT)]

from chainbrain.cash import moneymap  # noqa: E402
from chainbrain.demo import generate  # noqa: E402
from chainbrain.workspace import Workspace  # noqa: E402

PLAIN = (
    "select channel, part, standing, sum(amount) from base.arrival_flows where day <= $day "
    "group by channel, part, standing"
)
LIMIT_MS, LIMIT_RATIO, ASKED = 100.0, 0.1, 10


def main() -> int:
    """Measure, print, and fail when a day takes too long."""
    options = argparse.ArgumentParser()
    options.add_argument("--book", type=Path)
    options.add_argument("--stores", type=int, default=3)
    options.add_argument("--days", type=int, default=7)
    given = options.parse_args()
    with tempfile.TemporaryDirectory() as folder, Workspace.open(_book(given, Path(folder))) as workspace:
        return _measure(workspace)


def _book(given: argparse.Namespace, folder: Path) -> Path:
    path = folder / "a.chainbrain"
    if given.book is not None:
        shutil.copy(given.book, path)
        shutil.copytree(f"{given.book}.safe", f"{path}.safe", ignore=shutil.ignore_patterns("lock*"))
        return path
    chain = generate(folder / "chain", stores=given.stores, days=given.days)
    with Workspace.create(path) as workspace:
        workspace.imports.apply(workspace.imports.plan([chain.exports]))
        workspace.reconcile()
    return path


def _measure(workspace: Workspace) -> int:
    began = time.perf_counter()
    found = moneymap.read(workspace.book)
    read = time.perf_counter() - began
    days, _held = found.river()
    own: list[float] = []
    plain: list[float] = []
    for number, day in enumerate(days):
        began = time.perf_counter()
        shown = found.at(day)
        own.append((time.perf_counter() - began) * 1000)
        assert shown.gap == 0, day
        if number % max(1, len(days) // ASKED) == 0:
            began = time.perf_counter()
            workspace.book.rows_of(PLAIN, day=day)
            plain.append((time.perf_counter() - began) * 1000)
    again = moneymap.read(workspace.book).proof()
    assert again == found.proof(), "the map is not what it is worked out anew"
    ratio = statistics.median(own) / statistics.median(plain)
    print(f"read once {read:.2f} s, {len(days)} days")
    print(f"a day: median {statistics.median(own):.1f} ms, slowest {max(own):.1f} ms")
    print(f"plain DuckDB on the rows: median {statistics.median(plain):.1f} ms; ratio {ratio:.4f}")
    return 0 if max(own) <= LIMIT_MS and ratio <= LIMIT_RATIO else 1


if __name__ == "__main__":
    sys.exit(main())
