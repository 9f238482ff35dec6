"""Garbage is collected where the widgets live: in another thread a dead table loses what it is painted with.

Python collects in whatever thread happens to make an object. A table that nothing holds any more is then taken apart
by a job: its model and what paints its cells go at once, the widget itself waits for the window's thread, which may
still paint it or wait for the job. See https://docs.python.org/3/library/gc.html#gc.disable
"""

import gc

from PySide6.QtCore import QObject, QTimerEvent

_PAUSE_MS = 500


class Collector(QObject):
    """Collects in the thread of its parent, as often as Python itself would, while no other thread does."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        gc.disable()
        self.startTimer(_PAUSE_MS)

    def timerEvent(self, event: QTimerEvent) -> None:
        """Collect the oldest generation whose turn it is."""
        super().timerEvent(event)
        for generation, (count, limit) in reversed([*enumerate(zip(gc.get_count(), gc.get_threshold(), strict=True))]):
            if count > limit > 0:
                gc.collect(generation)
                return
