"""What a site would draw and what it would take from the stores around it: the question and the answer."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from typing import Final

from chainbrain.expansion.areas.demand import Basis
from chainbrain.expansion.areas.feedback import Correction
from chainbrain.expansion.areas.fit import Beta
from chainbrain.expansion.areas.geometry import Numbers
from chainbrain.expansion.areas.rings import RADII_KM, Ring, RingChange
from chainbrain.expansion.places import Place

REACH_KM: Final = 6.0
"""Neighbours lie within 3 km, and their customers within 3 km of them."""
NEIGHBOUR_KM: Final = 3.0


@dataclass(frozen=True)
class Wish:
    """A site and how it is to be looked at.

    Attributes:
        place: where it is.
        name: what it is called.
        size: its area in m2, or whatever the attraction of the other stores is measured in.
        sales: expected mature sales of a month in yuan.
        reach_km: how far people are looked at.
        basis: where they come from; None takes the best source there is.
        raster: a GeoTIFF of people, night light or any other index.
        earlier: the same of an earlier year.
        radii: of the rings, km.
        beta: a value somebody sets by hand; None fits it or takes the usual range.
    """

    place: Place
    name: str = ""
    size: Decimal | None = None
    sales: Decimal | None = None
    reach_km: float = REACH_KM
    basis: Basis | None = None
    raster: Path | None = None
    earlier: Path | None = None
    radii: tuple[float, ...] = RADII_KM
    beta: float | None = None


@dataclass(frozen=True)
class Share:
    """One store's share of all people looked at, at the middle β; ``before`` is None for the new one."""

    kind: str
    key: str
    name: str
    place: Place
    km: float
    attraction: float
    sized: bool
    before: float | None
    after: float


@dataclass(frozen=True)
class Loss:
    """What an own neighbour would lose.

    Attributes:
        lost: share of its customers, corrected: lowest, middle, highest over the range of β.
        raw: the same at the middle β as the model says it, without the correction.
        sales: its mature sales of a month in yuan; None while it is too young.
        monthly: lost yuan a month for each of ``lost``; None without sales.
        measured: what it really lost, as a share, where the site is a store that has opened; below 0 it gained.
    """

    store_id: str
    name: str
    km: float
    lost: tuple[float, float, float]
    raw: float
    sales: Decimal | None
    monthly: tuple[Decimal, Decimal, Decimal] | None
    measured: Decimal | None


@dataclass(frozen=True, eq=False)
class Surface:
    """The points of demand (degrees WGS-84) with their weight, and which share of each goes to whom.

    Attributes:
        of_each: at each point (rows) the share of each store (columns, in the order of ``AreaStudy.shares``).
        blank: latitudes and longitudes of the cells of which nothing is known.
        cell: how high and how wide one point's ground is, in degrees; nothing where points are points.
    """

    latitude: Numbers
    longitude: Numbers
    weight: Numbers
    of_each: Numbers
    blank: tuple[Numbers, Numbers]
    cell: tuple[float, float] | None

    @property
    def of_new(self) -> Numbers:
        """The new store's share at each point."""
        return self.of_each[:, -1]


@dataclass(frozen=True)
class Drawn:
    """What the new store draws of the people within ``km``: their weight and its share; None where nobody is."""

    km: float
    people: float
    share: float | None


@dataclass(frozen=True)
class AreaStudy:
    """The answer.

    Attributes:
        wish: what was asked.
        basis: where the people come from.
        points: at how many points they were looked at.
        people: the sum of their weights; in ``even`` it means nothing.
        unknown_share: share of the raster's cells without a value.
        beta: how much distance matters.
        shares: every store within twice the reach, nearest first, the new one last.
        losses: own stores within 3 km.
        unplaced: own stores whose place is not known: they are not in it.
        unsized: stores counted at the median size.
        unnamed: no datum is written anywhere in the book.
        sales: expected sales of the new store, yuan a month; None when nobody knows.
        sales_basis: ``given``, ``candidate``, ``own_stores`` (their median), ``itself`` (it has opened) or empty.
        cannibalisation: what neighbours lose as a share of ``sales``: lowest, middle, highest; None when their sales or
            those of the new store are not known.
        correction: what past openings say about predictions.
        rings: what the raster holds around the site.
        changes: how that changed since the earlier year.
        drawn: how the new store's share falls with the distance.
        surface: where the new store's customers would live.
    """

    wish: Wish
    basis: Basis
    points: int
    people: float
    unknown_share: float
    beta: Beta
    shares: tuple[Share, ...]
    losses: tuple[Loss, ...]
    unplaced: tuple[str, ...]
    unsized: int
    unnamed: bool
    sales: Decimal | None
    sales_basis: str
    cannibalisation: tuple[Decimal, Decimal, Decimal] | None
    correction: Correction
    rings: tuple[Ring, ...]
    changes: tuple[RingChange, ...]
    drawn: tuple[Drawn, ...]
    surface: Surface

    @property
    def rivals(self) -> int:
        """How many competitors are in it; with none the model takes all people for own customers."""
        return sum(1 for one in self.shares if one.kind == "rival")

    @property
    def new(self) -> Share:
        """The new store."""
        return self.shares[-1]
