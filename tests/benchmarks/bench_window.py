"""The window: how soon it shows, and the longest time it stood still while a chain was imported and reconciled in it.

Run with ``python3 packaging/dev.py bench window``; options: --stores N --days N.
"""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT))

# Shows the start screen, says so, and leaves: measured from outside as a whole process.
OPEN = """
import sys
from pathlib import Path
from PySide6.QtCore import QTimer
from ui.app import apply_settings, make_application
from ui.main_window import MainWindow
from ui.settings import UserSettings
app = make_application()
settings = UserSettings(Path(sys.argv[1]) / "settings.ini")
apply_settings(settings)
window = MainWindow(settings)
window.show()
app.processEvents()
print("shown", flush=True)
window.close()
"""


def opening(folder: Path) -> float:
    """Seconds from the start of the process to the first picture."""
    started = time.perf_counter()
    process = subprocess.Popen([sys.executable, "-c", OPEN, str(folder)], stdout=subprocess.PIPE, cwd=ROOT, text=True)
    assert process.stdout is not None
    process.stdout.readline()
    taken = time.perf_counter() - started
    process.wait()
    return taken


def main() -> int:
    parser = argparse.ArgumentParser()
    parser.add_argument("--stores", type=int, default=12)
    parser.add_argument("--days", type=int, default=92)
    options = parser.parse_args()
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

    from chainbrain.demo import generate
    from ui.app import apply_settings, make_application
    from ui.jobs.heartbeat import Heartbeat
    from ui.main_window import MainWindow
    from ui.settings import UserSettings
    from ui.views.imports.view import ImportsView

    with tempfile.TemporaryDirectory() as scratch:
        folder = Path(scratch)
        times = sorted(opening(folder) for _ in range(5))
        print(f"window shown after {times[2]:.2f} s (median of 5; {times[0]:.2f} to {times[-1]:.2f}; aim about 1)")
        chain = generate(folder / "chain", stores=options.stores, days=options.days)
        app = make_application()
        settings = UserSettings(folder / "settings.ini")
        apply_settings(settings)
        window = MainWindow(settings)
        window.show()
        window.new_book(folder / "bench.chainbrain")
        window.jobs.wait_idle()
        app.processEvents()
        window.navigate("imports")
        view = window.view("imports")
        assert isinstance(view, ImportsView)

        def measured(name: str, start: object) -> None:
            heart = Heartbeat()
            started = time.perf_counter()
            heart.start()
            assert callable(start)
            start()
            for _ in range(8):  # a result may start further jobs
                window.jobs.wait_idle()
                app.processEvents()
            longest = heart.stop()
            over = sum(stall > 0.1 for stall in heart._stalls)
            print(
                f"{name}: {time.perf_counter() - started:.1f} s, longest stall {longest:.0f} ms (aim 100), "
                f"{over} of {heart.beats} beats above"
            )

        measured("standing still", lambda: time.sleep(0))
        measured("reading and comparing", lambda: view.accept_files([chain.exports]))
        measured("writing", view.confirm)
        window.close()
        app.processEvents()
    return 0


if __name__ == "__main__":
    sys.exit(main())
