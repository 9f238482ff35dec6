"""Turns what was read into what the freshness line and the charts of the overview show."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from decimal import Decimal

from chainbrain.analytics.completeness import Freshness
from chainbrain.analytics.growth import Growth
from chainbrain.analytics.trend import Day, StoreSeries
from ui import figures
from ui.charts.small_multiples import Multiple
from ui.charts.trend import Trend
from ui.theme.translator import translate
from ui.views.overview.freshness import Source
from ui.views.overview.words import lacking_words, source_words, store_list

_ALL_NAMED = 40


def freshness_of(found: Freshness, names: Mapping[str, str]) -> tuple[str, list[Source]]:
    """Return the day and every source with what it lacks; ``names`` are short names of stores by number."""
    head = translate("Data up to {day}").format(day=figures.day_and_weekday(found.day))
    sources = [
        Source(source_words(line, names), not line.missing, store_list(line.missing, names, most=_ALL_NAMED))
        for line in found.sources
    ]
    if found.bank_until is not None:
        words = translate("Bank up to {moment}").format(moment=f"{found.bank_until:%m-%d %H:%M}")
        sources.append(Source(words, True))
    return head, sources


def trend_of(days: Sequence[Day]) -> Trend | None:
    """Return the daily line; a day on which stores are missing is no low day and stays a gap, but for the last."""
    if not days:
        return None
    last = days[-1]
    gap = last.stores - last.stores_present
    return Trend(
        days=tuple(day.day for day in days),
        values=tuple(day.amount if day.complete or day is last else None for day in days),
        low=tuple(day.expected.low if day.expected else None for day in days),
        high=tuple(day.expected.high if day.expected else None for day in days),
        partial=translate("%n store(s) missing", gap) if gap else "",
    )


def grown_of(series: Sequence[StoreSeries], growth: Mapping[str, Growth], names: Mapping[str, str]) -> list[Multiple]:
    """Return one small chart per store with its growth over a period, the most changed first, the unknown last.

    A store that lacks files is compared on some of its days only: that is said instead.
    """
    items = []
    for store in series:
        found = growth.get(store.store_id)
        change = found.change.ratio if found is not None else None
        items.append(replace(_multiple(store, names), change=change, note=_grown_note(found)))
    return sorted(items, key=lambda item: (bool(item.note), -abs(item.change or Decimal(0)), item.key))


def _grown_note(found: Growth | None) -> str:
    if found is not None and found.new:
        return translate("New store")
    if found is None or found.change.ratio is None:
        return translate("no days to compare")
    return translate("%n day(s) without a till file", found.missing_days) if found.missing_days else ""


def multiples_of(series: Sequence[StoreSeries], names: Mapping[str, str]) -> list[Multiple]:
    """Return one small chart per store; a store whose last day lies outside of its range has a bold name."""
    items = []
    for store in series:
        note = lacking_words(store.lacking)
        strong = not note and store.outside
        items.append(replace(_multiple(store, names), change=store.deviation, note=note, strong=strong))
    return items


def _multiple(store: StoreSeries, names: Mapping[str, str]) -> Multiple:
    """The line of a store's last days with its range; what is said of it is still to come."""
    return Multiple(
        key=store.store_id,
        name=names.get(store.store_id, store.name),
        full=store.name,
        values=store.amounts,
        low=store.low,
        high=store.high,
    )
