"""A bookkeeper's hour: two hundred lines cleared by key presses in the real window; how soon each is answered.

A press is answered when its handler has returned and the window has painted. Measured beside it: until the sum of the
next line stands there, and until a word is kept for good. A reconciliation follows behind meanwhile.

Run with ``python3 packaging/dev.py bench bookkeeper``; options: --stores N --days N --lines N --book FILE.
"""

from __future__ import annotations

import argparse
import os
import shutil
import statistics
import sys
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
sys.path[:0] = [str(ROOT), str(ROOT / "tests" / "ui")]
AIM_MS = 50


def made(folder: Path, stores: int, days: int) -> Path:
    """A reconciled demo book whose banks say little, so that much is left to do."""
    from bookkeeper import silence

    from chainbrain.demo import generate
    from chainbrain.workspace import Workspace

    exports = generate(folder / "chain", stores=stores, days=days).exports
    silence(exports, "支付宝（中国）网络技术有限公司")
    path = folder / "bench.chainbrain"
    with Workspace.create(path) as workspace:
        workspace.imports.apply(workspace.imports.plan([exports]))
        workspace.reconcile()
    return path


def told(name: str, times: Sequence[float], aim: int | None = None) -> None:
    """Print median, 99th percentile and maximum of some milliseconds."""
    ordered = sorted(times)
    late = ordered[min(len(ordered) - 1, int(len(ordered) * 0.99))]
    over = f", {sum(one > aim for one in ordered)} above {aim}" if aim else ""
    print(
        f"{name}: median {statistics.median(ordered):.1f} ms, p99 {late:.1f} ms, max {ordered[-1]:.1f} ms "
        f"({len(ordered)} presses{over})"
    )


def main() -> int:
    parser = argparse.ArgumentParser()
    parser.add_argument("--stores", type=int, default=12)
    parser.add_argument("--days", type=int, default=92)
    parser.add_argument("--lines", type=int, default=200)
    parser.add_argument("--book", type=Path)
    options = parser.parse_args()
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

    from bookkeeper import Bookkeeper, clear

    from ui.app import apply_settings, make_application
    from ui.main_window import MainWindow
    from ui.settings import UserSettings
    from ui.views.reconcile.view import ReconcileView

    with tempfile.TemporaryDirectory() as scratch:
        folder = Path(scratch)
        if options.book is not None:
            path = folder / options.book.name
            shutil.copy(options.book, path)
            shutil.copytree(options.book.with_name(path.name + ".safe"), folder / (path.name + ".safe"))
        else:
            path = made(folder, options.stores, options.days)
        app = make_application()
        settings = UserSettings(folder / "settings.ini")
        apply_settings(settings)
        window = MainWindow(settings)
        window.resize(1440, 900)
        window.show()
        window.activateWindow()
        window.open_book(path)
        window.jobs.wait_idle()
        window.navigate("reconcile")
        for _ in range(8):  # a result may start further jobs
            window.jobs.wait_idle()
            app.processEvents()
        view = window.view("reconcile")
        assert isinstance(view, ReconcileView) and view.state is not None
        print(f"{view.state.summary.open_count} lines open")
        view.lines.table.setFocus()
        keeper, started = Bookkeeper(view), time.perf_counter()
        clear(keeper, options.lines)
        print(f"{len(keeper.done)} lines cleared by keyboard in {time.perf_counter() - started:.0f} s")
        told("a press is answered after", keeper.answered, AIM_MS)
        told("the next sum stands there after", keeper.shown)
        told("a word is kept after", keeper.kept)
        started = time.perf_counter()
        while view.decisions.writing.due or view.decisions.writing.job is not None:
            window.jobs.wait_idle()
            app.processEvents()
            time.sleep(0.01)
        print(f"everything followed {time.perf_counter() - started:.1f} s after the last word")
        window.close()
        app.processEvents()
    return 0


if __name__ == "__main__":
    sys.exit(main())
