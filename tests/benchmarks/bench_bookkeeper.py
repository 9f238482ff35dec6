"""A bookkeeper's hour: two hundred lines cleared by key presses in the real window; how soon each is answered.

A press is answered when what it asked for shows (the line is gone, the row below is current, the letter stands there)
and the window has painted it. Told by the clock, and in time of the processor, which a busy machine moves less: that of
the window's own thread, and that of the whole program, with all that it reads, keeps and matches meanwhile. Measured
beside it: until the sum of the next line stands there, and until a word is kept for good.

Run with ``python3 packaging/dev.py bench bookkeeper``; options: --stores N --days N --lines N --book FILE.
"""

from __future__ import annotations

import argparse
import os
import shutil
import sys
import tempfile
import time
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

ROOT = Path(__file__).resolve().parents[2]
sys.path[:0] = [str(ROOT), str(ROOT / "tests" / "ui")]
AIM_MS = 50

if TYPE_CHECKING:
    from answered_keys import Press


def made(folder: Path, stores: int, days: int) -> Path:
    """A reconciled demo book whose banks say little, so that much is left to do."""
    from silent_bank import silence

    from chainbrain.demo import generate
    from chainbrain.workspace import Workspace

    exports = generate(folder / "chain", stores=stores, days=days).exports
    silence(exports, "支付宝（中国）网络技术有限公司")
    path = folder / "bench.chainbrain"
    with Workspace.create(path) as workspace:
        workspace.imports.apply(workspace.imports.plan([exports]))
        workspace.reconcile()
    return path


def spread(times: Sequence[float], aim: int | None = None) -> str:
    """Word the median, the 95th percentile and the maximum of some milliseconds."""
    ordered = sorted(times)
    middle, late = ordered[len(ordered) // 2], ordered[min(len(ordered) - 1, int(len(ordered) * 0.95))]
    over = f"; {sum(one > aim for one in ordered)} above {aim}" if aim else ""
    return f"p50 {middle:6.1f}  p95 {late:6.1f}  max {ordered[-1]:6.1f} ms{over}"


def tell_presses(presses: Sequence[Press]) -> None:
    """Print how soon the keys were answered: all, those while something was written, and each kind."""
    busy = [one for one in presses if one.busy]
    for name, found in (("all keys", presses), ("while something is written", busy)):
        if found:
            print(f"{name} ({len(found)})")
            print(f"  by the clock              {spread([one.clock for one in found], AIM_MS)}")
            print(f"  processor, the window     {spread([one.window for one in found], AIM_MS)}")
            print(f"  processor, whole program  {spread([one.whole for one in found], AIM_MS)}")
    print("processor of the window, by key")
    for what in _kinds(presses):
        times = [one.window for one in presses if one.what == what]
        print(f"  {what:<18}{len(times):>5}  {spread(times)}")


def _kinds(presses: Iterable[Press]) -> list[str]:
    return list(dict.fromkeys(one.what for one in presses))


def main() -> int:
    parser = argparse.ArgumentParser()
    parser.add_argument("--stores", type=int, default=12)
    parser.add_argument("--days", type=int, default=92)
    parser.add_argument("--lines", type=int, default=200)
    parser.add_argument("--book", type=Path)
    options = parser.parse_args()
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

    from bookkeeper import Bookkeeper
    from bookkeepers_hour import clear

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
        tell_presses(keeper.presses)
        print(f"the sum of the next line    {spread(keeper.shown)}")
        print(f"a word is kept after        {spread(keeper.kept)}")
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
