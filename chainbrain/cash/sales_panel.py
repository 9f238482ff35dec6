"""The daily receipts of a book as series, one per store and channel, and what is known of their days."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import TYPE_CHECKING, Final

import numpy as np
import numpy.typing as npt

from chainbrain.cash import events
from chainbrain.cash.forecast.features import HISTORY
from chainbrain.cash.forecast.panel import OPEN, Panel
from chainbrain.errors import UserError

if TYPE_CHECKING:
    from chainbrain.database.book import Book

_WEEK: Final = 7
_NEVER: Final = 1_000_000
_LEARNED: Final = (events.PROMOTION, events.HOLIDAY)
"""Kinds of events whose effect is learned from days of the past."""

Floats = npt.NDArray[np.float64]
Flags = npt.NDArray[np.bool_]


@dataclass(frozen=True)
class StoreFacts:
    """What the list of stores says of one."""

    name: str
    region: str | None
    opened_on: date | None
    closed_on: date | None
    city: str | None = None
    ownership: str | None = None
    format: str | None = None
    city_tier: str | None = None


@dataclass(frozen=True)
class SalesPanel:
    """The receipts of every store and sales channel.

    Attributes:
        panel: one series for each of ``pairs`` (store and channel), from ``first`` to ``last``, as it is known today.
        filled_days: store-days without a till file, for which the same weekday stands in.
        untaught: whether a promotion or local holiday is to come while none of the past is known to learn from.
        receipts: what was taken, with nothing standing in.
        lacking: the days of each series without a whole till file.
        said: every word on promotions and closures.
    """

    pairs: tuple[tuple[str, str], ...]
    stores: dict[str, StoreFacts]
    first: date
    last: date
    panel: Panel
    filled_days: int
    untaught: bool
    receipts: Floats
    lacking: Flags
    said: tuple[events.Word, ...] = ()

    @property
    def guessed(self) -> Flags:
        """The days of the past on which something else stands in for what nobody knows."""
        return self.lacking & ~self.panel.shut(np.arange(self.receipts.shape[1]))

    def then(self, origin: int, horizon: int) -> Panel:
        """What was known at the end of the day of a column.

        A closure or promotion that was typed in later is not known, nor what stands in for a missing day by what came
        after it. When the list of stores learned of a closing day is not written: it counts from that day on.
        """
        day = self.first + timedelta(days=origin)
        stores = {
            key: one if one.closed_on is None or one.closed_on <= day else replace(one, closed_on=None)
            for key, one in self.stores.items()
        }
        known = slice(None, origin + 1)
        return _known(
            self.pairs, stores, self.first, self.receipts[:, known], lacking=self.lacking[:, known],
            planned=events.standing(self.said, day), horizon=horizon,
        )[0]  # fmt: skip

    def untold(self, then: Panel, columns: npt.NDArray[np.int64]) -> Flags:
        """Days that no forecast can be held to: no till file says what came, or the closure was told afterwards."""
        later = self.panel.shut(columns) & ~then.shut(columns) & (self.receipts[:, columns] == 0.0)
        untold: Flags = self.lacking[:, columns] | later
        return untold


def read(book: Book, horizon: int) -> SalesPanel:
    """Read the receipts, and what is known of the days up to ``horizon`` after the last one with sales.

    Raises:
        UserError: ``forecast.no_sales``.
    """
    rows = book.rows("cash/daily_receipts")
    if not rows:
        raise UserError("forecast.no_sales")
    stores = {key: StoreFacts(*facts) for key, *facts in book.rows("cash/stores")}
    first, last = min(row[2] for row in rows), max(row[2] for row in rows)
    pairs = tuple(sorted({(row[0], row[1]) for row in rows}))
    place = {pair: i for i, pair in enumerate(pairs)}
    values = np.zeros((len(pairs), (last - first).days + 1))
    for store, channel, day, receipts in rows:
        values[place[store, channel], (day - first).days] = receipts
    lacking = _missing(book, values, pairs, first)
    said = tuple(
        events.Word(at.date(), removed, events.StoreEvent(*event))
        for at, removed, *event in book.rows("cash/event_words")
    )
    panel, filled, untaught = _known(
        pairs, stores, first, values, lacking=lacking, planned=events.standing(said), horizon=horizon
    )  # fmt: skip
    return SalesPanel(pairs, stores, first, last, panel, filled, untaught, values, lacking, said)


def store_of(stores: dict[str, StoreFacts], key: str) -> StoreFacts:
    """The facts of a store, also of one that stands in no list."""
    return stores.get(key, StoreFacts(key, None, None, None))


def _known(
    pairs: tuple[tuple[str, str], ...],
    stores: dict[str, StoreFacts],
    first: date,
    receipts: Floats,
    *,
    lacking: Flags,
    planned: Sequence[events.StoreEvent],
    horizon: int,
) -> tuple[Panel, int, bool]:
    """The series with what stands in for missing days and what is known; how many, and if promotions are untaught."""
    places = [(store, store_of(stores, store).region, store_of(stores, store).city) for store, _ in pairs]
    known, untaught = _planned(planned, places, first, receipts.shape[1], horizon)
    values, missing = receipts.copy(), lacking.copy()
    if OPEN in known:
        # A store that was known to be shut lacks no file.
        missing &= known[OPEN][:, : values.shape[1]] != 0.0
    filled = _fill(values, missing, pairs)
    ends = np.array([_column(store_of(stores, store).closed_on, first) for store, _ in pairs])
    panel = Panel(tuple("\x1f".join(pair) for pair in pairs), first, values, known, ends=ends)
    return panel, filled, untaught


def _planned(
    planned: Sequence[events.StoreEvent],
    places: Sequence[tuple[str | None, ...]],
    first: date,
    count: int,
    horizon: int,
) -> tuple[dict[str, Floats], bool]:
    """What the owner planned for ``places`` (with region and city of each series), as known figures from ``first`` on.

    Said is also whether a promotion or a local holiday is to come while there is none in the past (``count`` days) to
    learn from.
    """
    known: dict[str, Floats] = {}
    untaught = False
    for kind in _LEARNED:
        held = events.days_of(planned, kind, places, first, count + horizon)
        if held[:, :count].any():
            known[kind] = held.astype(np.float64)
        else:
            untaught |= bool(held[:, count:].any())
    shut = events.days_of(planned, events.CLOSURE, places, first, count + horizon)
    if shut.any():
        # Whether a store is open on its other days is for the forecast to find out.
        known[OPEN] = np.where(shut, 0.0, np.nan)
    return known, untaught


def _missing(book: Book, values: Floats, pairs: Sequence[tuple[str, str]], first: date) -> Flags:
    """The days on which a till file is missing: what was sold is unknown, not nothing."""
    rows = book.rows("cash/missing_days", first=first, after=first + timedelta(days=values.shape[1]))
    lines: dict[str, list[int]] = {}
    for i, (store, _) in enumerate(pairs):
        lines.setdefault(store, []).append(i)
    missing = np.zeros(values.shape, dtype=np.bool_)
    for store, day in rows:
        missing[lines.get(store, []), (day - first).days] = True
    begins = np.where((values > 0).any(axis=1), (values > 0).argmax(axis=1), values.shape[1])
    missing &= np.arange(values.shape[1])[None, :] >= begins[:, None]
    return missing


def _fill(values: Floats, missing: Flags, pairs: Sequence[tuple[str, str]]) -> int:
    """Put the median of the nearest same weekdays where nothing is known; the number of store-days."""
    known = np.where(missing, np.nan, values)
    for line, day in np.argwhere(missing):
        near = known[line, max(day - HISTORY, day % _WEEK) : day + HISTORY + 1]
        same = near[(day - max(day - HISTORY, day % _WEEK)) % _WEEK :: _WEEK]
        same = same[np.isfinite(same)]
        values[line, day] = float(np.median(same)) if len(same) else 0.0
    return len({(pairs[line][0], int(day)) for line, day in np.argwhere(missing)})


def _column(closed_on: date | None, first: date) -> int:
    return _NEVER if closed_on is None else (closed_on - first).days
