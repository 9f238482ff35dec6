"""The engine, loaded once after the window's first picture; what is loaded then is no garbage to be looked through."""

import gc

from ui.views.start.formats import format_ids


def load_engine() -> tuple[str, ...]:
    """Load the engine and return the ids of every format; call it in a job."""
    from chainbrain.database.connecting import load_bridge  # noqa: PLC0415 - loaded in the worker
    from chainbrain.workspace import Workspace  # noqa: F401, PLC0415 - loaded in the worker

    formats = format_ids()
    load_bridge()
    return formats


def pass_over() -> None:
    """Let the collector pass over what is loaded; call it where the widgets live, never in a job.

    Everything that is there by then (modules, functions, classes: 100,000 objects) stays to the end. The collector
    would go through all of it again in the middle of what a screen reads first: 60 ms, in which the window stands
    still besides. See https://docs.python.org/3/library/gc.html#gc.freeze
    In another thread a collection takes what a dead table was painted with, while the table itself waits for this one.
    """
    gc.collect()
    gc.freeze()
