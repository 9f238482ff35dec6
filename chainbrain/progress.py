"""How long work tells how far it is, and hears that it should stop."""

from __future__ import annotations

from collections.abc import Callable

Report = Callable[[int, int, str], None]
"""Called between chunks as ``report(done, total, label)``; raises ``Cancelled`` when asked to stop.

Labels are word keys (``progress.reading``), never sentences.
"""


def silent(done: int, total: int, label: str) -> None:
    """A report for those who do not listen."""
