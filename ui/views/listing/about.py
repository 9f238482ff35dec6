"""What is said above a list: what its rows were chosen by, and what they come to."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from decimal import Decimal

from ui import figures
from ui.messages import word
from ui.theme.translator import translate

_NAMED = 3
LIKE = ("like_days", "like_channels", "like_dayparts", "like_products")
"""Days that can be compared, whole or by a part, each beside the day it is compared with."""

# What is added up over all rows, beside their number: the figure that was opened is one of them.
_ADDED = {
    "payments": ("amount", "fee"),
    "settlements": ("net",),
    "splits": ("due", "done"),
    **dict.fromkeys(LIKE, ("amount", "base_amount")),
    "missing_days": (),
}
_WORDED = (
    ("channel", "channel"),
    ("daypart", "daypart"),
    ("state", "state"),
    ("code", "difference"),
    ("leg", "leg"),
    ("place", "place"),
)
_STATES = {"differences": "difference_state", "unknown_deposits": "difference_state", "like_days": "compared"}
"""Lists whose rows have states of their own."""


def added(name: str) -> tuple[str, ...]:
    """Return the columns of a list that are added up."""
    return _ADDED.get(name, ("amount",))


def sums_words(name: str, count: int, totals: Sequence[Decimal]) -> str:
    """Return how many rows there are and what the columns of ``added`` come to."""
    rows = translate("%n row(s)", count).replace(str(count), figures.plain(count), 1)
    words = (translate("total {amount}"), translate("fees {amount}"))
    if name == "splits":
        words = (translate("to be split {amount}"), translate("split {amount}"))
    if name in LIKE:
        words = (translate("these days {amount}"), translate("days compared with {amount}"))
    sums = [text.format(amount=figures.money(total)) for text, total in zip(words, totals, strict=False)]
    return "   ".join([rows, *sums])


def filter_words(name: str, filters: Mapping[str, object], store_names: Mapping[str, str]) -> str:
    """Return what the rows of a list were chosen by."""
    parts = []
    first, after = filters.get("first"), filters.get("after")
    if isinstance(first, date) and isinstance(after, date):
        last = after - timedelta(days=1)
        words = translate("{first} to {last}").format(first=figures.day(first, True), last=figures.day(last, True))
        parts.append(figures.day(first, True) if first == last else words)
    elif isinstance(after, date):
        parts.append(translate("up to {day}").format(day=figures.day(after - timedelta(days=1), True)))
    if filters.get("sold"):
        parts.append(translate("counted in the receipts"))
    parts += _stores(filters, store_names)
    for key, prefix in _WORDED:
        if filters.get(key):
            named = _STATES.get(name, prefix) if key == "state" else prefix
            parts.append(word(f"{named}.{filters[key]}"))
    if filters.get("lacks_items") and name == "like_products":
        parts.append(word("change.unlisted"))
    channels = filters.get("channels")
    if isinstance(channels, list | tuple):
        parts += [word(f"channel.{channel}") for channel in channels]
    if isinstance(filters.get("weekday"), int):
        parts.append(figures.weekday_name(int(str(filters["weekday"]))))
    if filters.get("hour") is not None:
        parts.append(translate("{hour} o'clock").format(hour=filters["hour"]))
    parts += [str(filters[key]) for key in ("product", "text") if filters.get(key)]
    return " · ".join(parts)


def _stores(filters: Mapping[str, object], names: Mapping[str, str]) -> list[str]:
    """The stores by their names, as many as can be read; nothing for all of them."""
    several = filters.get("stores")
    numbers = [str(one) for one in several] if isinstance(several, list | tuple) else []
    numbers = [str(filters["store"])] if filters.get("store") else numbers
    if len(numbers) > _NAMED:
        return [translate("%n store(s)", len(numbers))]
    return [translate(", ").join(names.get(number, number) for number in numbers)] if numbers else []
