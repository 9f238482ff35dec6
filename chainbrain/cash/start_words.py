"""What has to be said of new stores wherever receipts to come are shown: codes of ``texts`` with their facts."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from chainbrain.cash.new_stores import Start

Told = tuple[str, dict[str, object]]


def told(starts: Sequence[Start], unknown: Sequence[str], unplaced: Sequence[str] = ()) -> tuple[Told, ...]:
    """Who is answered by openings of the chain, who is not answered, and whose money is not counted on."""
    found: list[Told] = []
    opening = [one for one in starts if not one.own_days]
    young = [one for one in starts if one.own_days]
    if opening:
        names = tuple(f"{one.name} ({one.opens_on})" for one in opening)
        found.append(("forecast.starts", {"stores": names, "openings": opening[0].openings, "peers": _fewest(opening)}))
    if young:
        names = tuple(f"{one.name} ({one.opens_on})" for one in young)
        found.append(("forecast.starts_young", {"stores": names, "openings": young[0].openings}))
    found.extend(_pools(starts))
    if unknown:
        found.append(("forecast.unknown", {"stores": tuple(unknown)}))
    if unplaced:
        found.append(("forecast.unplaced", {"stores": tuple(unplaced)}))
    return tuple(found)


def _fewest(starts: Sequence[Start]) -> int:
    return min(one.peers for one in starts)


def _pools(starts: Sequence[Start]) -> list[Told]:
    """Which mature stores stand for which new ones, where they are not simply all of them."""
    groups: dict[tuple[object, ...], list[str]] = {}
    for one in starts:
        if one.like or one.asked:
            key = (one.like, one.asked, one.closest, one.least, one.peers)
            groups.setdefault(key, []).append(one.name)
    found: list[Told] = []
    for (like, asked, closest, least, peers), names in groups.items():
        code = "forecast.peers_like" if not asked else "forecast.peers_wider" if like else "forecast.peers_all"
        facts = {
            "stores": tuple(names), "like": like, "asked": asked, "closest": closest, "minimum": least, "peers": peers,
        }  # fmt: skip
        found.append((code, facts))
    return found
