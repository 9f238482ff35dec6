"""Receipts to come in words and as a picture: names of lines, what they rest on, the days past and to come."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date, timedelta
from decimal import Decimal
from typing import TYPE_CHECKING, Final

from chainbrain.cash import receipt_words
from ui import figures
from ui.charts.fan import Fan
from ui.models import Column, Kind
from ui.theme.translator import translate
from ui.views.money import words
from ui.views.parts.names import short_names
from ui.words import message, sentences, word

if TYPE_CHECKING:
    from chainbrain.cash.receipts import Estimate
    from chainbrain.cash.receipts_level import LevelForecast, LevelLine

LEVELS: Final = ("chain", "region", "entity", "channel", "store", "store_channel")
DAYS: Final = (7, 28, 90)
_PAST: Final = 28


def names_of(found: LevelForecast) -> dict[str, str]:
    """What each line is called, by its key; the words of the cash screen stand for what has no name.

    What all stores are called alike is left out.
    """
    short = short_names(one.named[0] for one in found.lines) if found.level in {"store", "store_channel"} else {}
    return {one.line.key: _name(found.level, one, short) for one in found.lines}


def _name(level: str, one: LevelLine, short: Mapping[str, str]) -> str:
    name, channel = one.named
    if level == "chain":
        return word("forecast_level.chain")
    if level == "entity":
        return words.entity_name(name)
    told = [short.get(name, name)] if name else [] if channel is not None else [translate("no region named")]
    return " · ".join([*told, *([word(f"channel.{channel}")] if channel is not None else [])])


def money_column(key: str, title: Callable[[], str], width: float, *, optional: bool = False) -> Column:
    """A column of one figure of an estimate, of a line the sum of its days."""

    def value(one: LevelLine | Estimate) -> Decimal:
        figure: Decimal = getattr(getattr(getattr(one, "line", None), "total", one), key)
        return figure

    return Column(key, title, value, Kind.MONEY, width=width, optional=optional)


def fan_of(one: LevelLine, origin: date) -> Fan:
    """The days past as far as they are known, and those to come with the range that eight of ten should lie in."""
    before, days = one.past[-_PAST:], one.line.days
    past = [origin - timedelta(days=len(before) - 1 - number) for number in range(len(before))]
    return Fan(
        labels=tuple(figures.day(day) for day in (*past, *(day.first for day in days))),
        p10=(*before, *(day.p10 for day in days)),
        p50=(*before, *(day.mean for day in days)),
        p90=(*before, *(day.p90 for day in days)),
        past=len(before),
        names=(translate("low"), translate("estimate"), translate("high")),
        divider=(translate("Actual"), translate("forecast")),
    )


def notes(found: LevelForecast) -> str:
    """From when on, how well this level was foreseen, and what does not rest on the usual."""
    first = found.found.origin + timedelta(days=1)
    said = [
        translate("From {day} on.").format(day=figures.day(first, year=True)),
        *(message(code, **facts) for code, facts in receipt_words.measured_of(found)),
    ]
    head = sentences(said)
    beside = (*receipt_words.of_entity(found), *receipt_words.told(found.found))
    return "\n".join([head, *(message(code, **facts) for code, facts in beside)])


def behind(found: LevelForecast, one: LevelLine, name: str) -> tuple[str, dict[str, object], str] | None:
    """The days that the sum of before was made from; nothing where there is no sum."""
    if one.before is None or not one.stores:
        return None
    after = found.found.origin + timedelta(days=1)
    filters: dict[str, object] = {
        "first": after - timedelta(days=len(one.past)), "after": after, "stores": list(one.stores),
        "channel": one.channel,
    }  # fmt: skip
    return "receipt_days", filters, f"{translate('Receipts by day')} · {name}"
