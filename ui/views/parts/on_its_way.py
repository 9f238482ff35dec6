"""The figures of money on its way, as arrivals and 总览 tell them: what they are called and the list behind each."""

from __future__ import annotations

from datetime import date

from ui.theme.translator import translate

FLOWS = ("gross", "refunds", "fees", "other", "received")
BALANCES = ("opening", "closing", "unsettled")
OPEN = ("coming", "late", "short")
"""What of the closing is not due yet, what was due and did not arrive, what payouts lacked."""


def figure_title(key: str) -> str:
    """Return what a figure is called."""
    titles: dict[str, str] = {
        "opening": translate("Opening"),
        "gross": translate("Taken"),
        "refunds": translate("Refunds"),
        "fees": translate("Fees"),
        "other": translate("Adjustments"),
        "received": translate("Arrived"),
        "closing": translate("Closing"),
        "coming": translate("Not due yet"),
        "late": translate("Late"),
        "short": translate("Paid short"),
        "unsettled": translate("Still open"),
        "unexplained": translate("To explain"),
    }
    return titles[key]


def rows_behind(key: str, first: date, after: date) -> tuple[str, dict[str, object]]:
    """Return the list that a flow or a balance of [first, after) was added up from, with its filters.

    A balance opens what was open on its day; an opening also has in it what was said of a day within the period.
    """
    if key in OPEN:
        return "lying_at", {"part": key, "after": after}
    if key in FLOWS:
        return "arrivals", {"part": key, "first": first, "after": after}
    if key == "opening":
        return "open_at", {"after": first, "until": after}
    return "open_at", {"after": after}
