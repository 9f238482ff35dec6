"""What the map of the expansion screen shows, read in the reading worker."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from chainbrain.analytics.stores import LeagueRow
from chainbrain.expansion.areas.points import Rival
from chainbrain.expansion.sites import Near, Site, Sites, around

if TYPE_CHECKING:
    from chainbrain.workspace import Rooms


@dataclass(frozen=True)
class SitesData:
    """Where everything lies, and what each store took in the last 28 days with sales; no rows without sales.

    Attributes:
        rivals: competitors, as points like the others; ``brands`` says what is known of each.
    """

    sites: Sites
    rows: Mapping[str, LeagueRow] = field(default_factory=dict)
    rivals: tuple[Site, ...] = ()
    brands: Mapping[str, str] = field(default_factory=dict)

    @property
    def placed(self) -> tuple[Site, ...]:
        """Everything whose place is known: stores, candidates, competitors."""
        return (*self.rivals, *self.sites.placed)

    def around(self, site: Site, km: float) -> tuple[Near, ...]:
        """Every other point up to so far away, nearest first."""
        return around(site.place, [one for one in self.placed if one is not site], km) if site.place else ()


def load(rooms: Rooms) -> SitesData:
    """Read places and receipts."""
    period = rooms.analytics.period("last_28")
    rows = rooms.analytics.league(period).rows if period is not None else ()
    rivals = rooms.expansion.areas.ground().rivals
    # A chain of competitors has the same name at many places: the number tells them apart.
    points = tuple(_point(number, one) for number, one in enumerate(rivals))
    brands = {
        point.key: " · ".join(part for part in (one.brand, one.kind) if part)
        for point, one in zip(points, rivals, strict=True)
    }
    return SitesData(rooms.expansion.sites(), {row.store_id: row for row in rows if row.known}, points, brands)


def _point(number: int, one: Rival) -> Site:
    return Site("rival", f"{number}:{one.name}", one.name, None, None, None, one.place.datum.value, one.place)
