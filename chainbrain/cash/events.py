"""经营安排: promotions, temporary closures and local holidays that the owner knows, for the forecast of receipts."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import TYPE_CHECKING, Final

from chainbrain.errors import UserError

if TYPE_CHECKING:
    import numpy as np
    import numpy.typing as npt

PROMOTION: Final = "promotion"
CLOSURE: Final = "closure"
HOLIDAY: Final = "holiday"
"""A holiday of one region or city only, such as 三月三 in 广西: the calendar of the whole country does not know it."""
KINDS: Final = (PROMOTION, CLOSURE, HOLIDAY)
"""Words stand under ``event_kind.<key>``."""
_FIRST, _LAST = date(2000, 1, 1), date(2199, 12, 31)
_LONGEST: Final = 731


@dataclass(frozen=True)
class StoreEvent:
    """One line of 经营安排.

    Attributes:
        event_id: its number in the book; empty for one that is not written yet.
        kind: one of ``KINDS``.
        first: the first day on which it holds.
        last: the last day on which it holds.
        store_id: the store; nothing when it holds for a region or for all stores.
        region: the region or the city, for all of its stores.
    """

    event_id: str
    kind: str
    first: date
    last: date
    store_id: str | None = None
    region: str | None = None
    note: str | None = None

    def holds_for(self, store_id: str, *places: str | None) -> bool:
        """Whether it holds for a store of a region and a city."""
        if self.store_id is not None:
            return self.store_id == store_id
        return self.region is None or self.region in places


@dataclass(frozen=True)
class Word:
    """What was said of an event on a day; a later word on the same event takes its place, or takes it back."""

    said_on: date
    removed: bool
    event: StoreEvent


def standing(words: Sequence[Word], day: date | None = None) -> tuple[StoreEvent, ...]:
    """The events as they stand, or stood at the end of ``day``; ``words`` in the order in which they were said."""
    latest = {one.event.event_id: one for one in words if day is None or one.said_on <= day}
    return tuple(one.event for one in latest.values() if not one.removed)


def checked(event: StoreEvent, stores: Mapping[str, str | None], cities: Iterable[str] = ()) -> StoreEvent:
    """The event as it is written; ``stores`` says the region of each store that is known, ``cities`` where they are.

    Raises:
        UserError: ``event.kind``, ``event.dates``, ``event.far_day``, ``event.too_long``, ``event.one_place``,
            ``event.no_store`` or ``event.no_region``.
    """
    if event.kind not in KINDS:
        raise UserError("event.kind", value=event.kind)
    if event.last < event.first:
        raise UserError("event.dates", first=event.first, last=event.last)
    if not _FIRST <= event.first <= event.last <= _LAST:
        raise UserError("event.far_day", first=event.first, last=event.last, earliest=_FIRST.year, latest=_LAST.year)
    if (event.last - event.first).days >= _LONGEST:
        raise UserError("event.too_long", first=event.first, last=event.last, longest=_LONGEST)
    if event.store_id is not None and event.region is not None:
        raise UserError("event.one_place", store=event.store_id, region=event.region)
    if event.store_id is not None and event.store_id not in stores:
        raise UserError("event.no_store", store=event.store_id)
    known = {*stores.values(), *cities}
    if event.region is not None and event.region not in known:
        raise UserError("event.no_region", region=event.region, known=tuple(sorted(one for one in known if one)))
    return replace(event, note=" ".join((event.note or "").split()) or None)


def day_of(text: str) -> date:
    """A day such as 2026-12-10.

    Raises:
        UserError: ``event.no_day``.
    """
    try:
        return date.fromisoformat(text.strip().replace("/", "-"))
    except ValueError as cause:
        raise UserError("event.no_day", value=text) from cause


def days_of(
    events: Sequence[StoreEvent],
    kind: str,
    stores: Sequence[tuple[str | None, ...]],
    first: date,
    count: int,
) -> npt.NDArray[np.bool_]:
    """Whether an event of a kind holds, for each of ``stores`` (with region and city) on each of ``count`` days."""
    import numpy as np  # noqa: PLC0415

    held = np.zeros((len(stores), count), dtype=np.bool_)
    for event in events:
        begin, after = (event.first - first).days, (event.last - first).days + 1
        if event.kind != kind or after <= 0 or begin >= count:
            continue
        for row, (store, *places) in enumerate(stores):
            if event.holds_for(store or "", *places):
                held[row, max(begin, 0) : after] = True
    return held
