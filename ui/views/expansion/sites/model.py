"""What the map of the expansion screen shows, read in the reading worker."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from chainbrain.analytics.stores import LeagueRow
from chainbrain.expansion.sites import Sites

if TYPE_CHECKING:
    from chainbrain.workspace import Rooms


@dataclass(frozen=True)
class SitesData:
    """Where everything lies, and what each store took in the last 28 days with sales; no rows without sales."""

    sites: Sites
    rows: Mapping[str, LeagueRow] = field(default_factory=dict)


def load(rooms: Rooms) -> SitesData:
    """Read places and receipts."""
    period = rooms.analytics.period("last_28")
    rows = rooms.analytics.league(period).rows if period is not None else ()
    return SitesData(rooms.expansion.sites(), {row.store_id: row for row in rows if row.known})
