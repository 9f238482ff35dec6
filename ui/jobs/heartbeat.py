"""Measures how long the event loop was blocked: the window must never stall noticeably."""

import time

from PySide6.QtCore import QObject, Qt, QTimer


class Heartbeat(QObject):
    """A precise timer whose late beats are the stalls of the window."""

    def __init__(self, interval_ms: int = 10, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._interval = interval_ms / 1000
        self._timer = QTimer(self)
        self._timer.setTimerType(Qt.TimerType.PreciseTimer)
        self._timer.setInterval(interval_ms)
        self._timer.timeout.connect(self._beat)
        self._last = 0.0
        self._stalls: list[float] = []

    def start(self) -> None:
        """Begin measuring; earlier results are dropped."""
        self._stalls = []
        self._last = time.perf_counter()
        self._timer.start()

    def stop(self) -> float:
        """Stop and return the longest stall in milliseconds."""
        self._beat()
        self._timer.stop()
        return self.longest_ms

    @property
    def longest_ms(self) -> float:
        """The longest time in milliseconds that the loop did not come round, beyond the interval."""
        return max(self._stalls, default=0.0) * 1000

    @property
    def beats(self) -> int:
        """How often the loop came round."""
        return len(self._stalls)

    def _beat(self) -> None:
        now = time.perf_counter()
        self._stalls.append(max(0.0, now - self._last - self._interval))
        self._last = now
