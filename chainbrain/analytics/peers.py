"""Where a store stands among those like it: of the same format, city, ownership or age, by its average day."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from typing import TYPE_CHECKING, Final

from chainbrain.money import half_up

if TYPE_CHECKING:
    from chainbrain.analytics.stores import LeagueRow

KINDS: Final = ("format", "city", "ownership", "age")
"""What makes stores alike; a format is the owner's own word, and a store without one is held against nobody by it."""
_AGES: Final = (("first_year", 365), ("to_third_year", 3 * 365))


@dataclass(frozen=True)
class PeerRank:
    """The place of one store among its peers.

    Attributes:
        group: the format, the city, the ownership, or the class of age (``first_year``, ``to_third_year``, ``grown``).
        place: 1 is the best average day; equal days share a place.
        of: how many peers have a day that is known, this store among them.
        average: receipts of the store's average known day in the period, yuan.
    """

    group: str
    place: int
    of: int
    average: Decimal


def ranks(rows: Sequence[LeagueRow], by: str, last: date) -> dict[str, PeerRank]:
    """The rank of every store that has a group and a day with a till file, none of them in part; by store number.

    Args:
        rows: the stores of one period.
        by: one of ``KINDS``.
        last: the last day of the period: ages are told on it.
    """
    groups: dict[str, list[tuple[Decimal, str]]] = defaultdict(list)
    for row in rows:
        group, days = _group(row, by, last), row.expected_days - row.missing_days
        # Of days that lack some of their rows nobody knows what an average one would be.
        if group is not None and days > 0 and not row.part_days:
            # By the day, so that a store whose files lack is not below one that sold less.
            groups[group].append((half_up(row.receipts / days), row.store_id))
    found = {}
    for group, members in groups.items():
        averages = [average for average, _ in members]
        for average, store in members:
            place = 1 + sum(other > average for other in averages)
            found[store] = PeerRank(group, place, len(members), average)
    return found


def _group(row: LeagueRow, by: str, last: date) -> str | None:
    if by != "age":
        return {"format": row.format, "city": row.city, "ownership": row.ownership}[by]
    if row.opened_on is None:
        return None
    age = last - row.opened_on
    return next((name for name, days in _AGES if age < timedelta(days=days)), "grown")
