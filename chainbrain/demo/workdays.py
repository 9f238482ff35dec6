"""Which days of the demo's window are worked, so that payouts arrive when banks are open."""

from __future__ import annotations

from datetime import date, timedelta

# Days off and worked weekends as announced by the State Council for 2024 to 2026: (first day, number of days).
_DAYS_OFF = (
    ("2024-01-01", 1), ("2024-02-10", 8), ("2024-04-04", 3), ("2024-05-01", 5), ("2024-06-10", 1), ("2024-09-15", 3),
    ("2024-10-01", 7), ("2025-01-01", 1), ("2025-01-28", 8), ("2025-04-04", 3), ("2025-05-01", 5), ("2025-05-31", 3),
    ("2025-10-01", 8), ("2026-01-01", 3), ("2026-02-15", 9), ("2026-04-04", 3), ("2026-05-01", 5), ("2026-06-19", 3),
    ("2026-09-25", 3), ("2026-10-01", 7),
)  # fmt: skip
_WORKED = frozenset(
    date.fromisoformat(day)
    for day in [
        "2024-02-04",
        "2024-02-18",
        "2024-04-07",
        "2024-04-28",
        "2024-05-11",
        "2024-09-14",
        "2024-09-29",
        "2024-10-12",
        "2025-01-26",
        "2025-02-08",
        "2025-04-27",
        "2025-09-28",
        "2025-10-11",
        "2026-01-04",
        "2026-02-14",
        "2026-02-28",
        "2026-05-09",
        "2026-09-20",
        "2026-10-10",
    ]
)
_OFF = frozenset(date.fromisoformat(first) + timedelta(n) for first, days in _DAYS_OFF for n in range(days))


def is_holiday(day: date) -> bool:
    """Whether the day belongs to a public holiday."""
    return day in _OFF


def is_workday(day: date) -> bool:
    """Whether banks and payment companies settle on this day."""
    return day in _WORKED or (day.weekday() < 5 and day not in _OFF)


def workday_after(day: date, count: int) -> date:
    """The ``count``-th working day strictly after ``day`` (T+1 for 1, T+3 for 3)."""
    while count:
        day += timedelta(1)
        count -= is_workday(day)
    return day
