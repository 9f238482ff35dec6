"""Which list holds the rows behind each block and ribbon of the money map: their sum is its figure."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING

from chainbrain.cash.mapday import PLACES

if TYPE_CHECKING:
    from chainbrain.cash.mapday import Flow, MapDay

_ARRIVED = ("received", "deposited")
_BEGINNINGS = ("opening", "till_opening", "bank_opening")
# What lies in drawers, and what bills alone tell of, is in no list of single things: their movements are.
_MOVED = frozenset({"till", "cash_way", "untold"})


@dataclass(frozen=True)
class Rows:
    """A list with its filters."""

    name: str
    filters: Mapping[str, object]


def rows_behind(
    day: MapDay, of: tuple[str | None, str | None], shared: Mapping[str, str], keys: Sequence[str]
) -> dict[str, Rows]:
    """The rows of every block and ribbon.

    Args:
        day: the map of the day.
        of: the store and the legal entity that it is narrowed to.
        shared: the block of each small way out.
        keys: ``s:<source>``, ``e:<end>``, ``a:<account>``, or two of them as ``<from>><to>``.
    """
    found = {}
    for key in keys:
        names = dict(part.split(":", 1) for part in key.split(">"))
        source, end, account = names.get("s"), names.get("e"), names.get("a")
        if account is not None:
            rows = _moves(day, parts=_every(day, _ARRIVED), left=True, account=account)
        elif end is None:
            rows = _of_source(day, source or "")
        else:
            rows = _of_end(day, source, end, shared)
        found[key] = Rows(rows.name, {**rows.filters, "store": of[0], "entity": of[1]})
    return found


def _of_source(day: MapDay, key: str) -> Rows:
    """What lay in the places of a source before, and what came in since."""
    source = next(one for one in day.sources if one.key == key)
    came = [part for one in source.came for part in (_BEGINNINGS if one == "opening" else (one,))]
    return _moves(day, parts=_named([key], came), held=_named([key], PLACES), until=day.since)


def _of_end(day: MapDay, source: str | None, end: str, shared: Mapping[str, str]) -> Rows:
    after = day.day + timedelta(days=1)
    if end in PLACES and end not in _MOVED:
        return Rows("lying_at", {"channel": source, "place": end, "after": after})
    ended = [one for one in day.flows if one.source != "bank" and source in {None, one.source}]
    if end in PLACES:
        return _moves(day, held=_named(_sources(ended), [end]), until=after)
    if end == "arrived":
        return _moves(day, parts=_named(_sources(ended), _ARRIVED), left=True)
    # What came in of one source may have left of another: each by itself.
    parts = [f"{one.source}|{one.end}" for one in ended if shared.get(one.end, one.end) == end]
    return _moves(day, parts=parts, left=True)


def _moves(day: MapDay, **filters: object) -> Rows:
    return Rows("map_moves", {"first": day.since, "after": day.day + timedelta(days=1), **filters})


def _sources(flows: Iterable[Flow]) -> list[str]:
    return sorted({one.source for one in flows})


def _every(day: MapDay, parts: Sequence[str]) -> list[str]:
    return _named([one.key for one in day.sources], parts)


def _named(sources: Iterable[str], parts: Sequence[str]) -> list[str]:
    return [f"{source}|{part}" for source in sources for part in parts]
