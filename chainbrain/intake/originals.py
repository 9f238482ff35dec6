"""The bytes of imported files, kept in the safe before a row of them is written."""

from __future__ import annotations

from collections.abc import Sequence
from concurrent.futures import FIRST_COMPLETED, ThreadPoolExecutor, wait
from threading import Event
from typing import Final

from chainbrain.database.safe import Safe
from chainbrain.importers.plan import FilePlan
from chainbrain.progress import Report

_TICK: Final = 0.1
"""How long a cancel may go unnoticed, in seconds."""


def keep(safe: Safe, plans: Sequence[FilePlan], report: Report) -> None:
    """Pack the files that the plans were read from into the safe; what it has already is left as it is.

    Raises:
        UserError: ``safe.file_changed`` when a file is no longer what was read.
        Cancelled: raised by ``report``; whatever was packed by then stays, harmless.
    """
    # Packing is C code that frees the interpreter, so two threads use both cores.
    originals = {plan.reading.container_sha256: plan.reading.path for plan in plans}
    packers, stopped = ThreadPoolExecutor(2), Event()
    try:
        waiting = {packers.submit(safe.keep, path, sha, stopped) for sha, path in originals.items()}
        while waiting:
            done, waiting = wait(waiting, _TICK, FIRST_COMPLETED)
            for one in done:
                one.result()
            report(len(originals) - len(waiting), len(originals), "progress.keeping_originals")
    finally:
        # Whoever stops waits neither for a large file nor for those whose turn has not come.
        stopped.set()
        packers.shutdown(cancel_futures=True)
