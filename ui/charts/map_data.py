"""What a map shows: points of one datum with what they are called, what they are and how large; rings around places."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from ui.charts.map_field import Field


class Kind(StrEnum):
    """What a point is, which decides its shape; never its colour alone."""

    OWN = "own"
    CLOSED = "closed"
    CANDIDATE = "candidate"
    RIVAL = "rival"


class Shade(StrEnum):
    """What the colour of a point says.

    ``KIND``: what it is. ``AMOUNT``: ``value`` of 0 and more, darker is more. ``CHANGE``: ``value`` as a share of
    change, in the colours of rises and falls, stronger the farther from nothing.
    """

    KIND = "kind"
    AMOUNT = "amount"
    CHANGE = "change"


@dataclass(frozen=True)
class Spot:
    """One point.

    Attributes:
        key: handed to ``chosen`` and ``opened``.
        label: its name, drawn beside it where there is room.
        latitude: degrees, WGS-84 (``chainbrain.expansion.places.Place.to`` converts).
        longitude: degrees, WGS-84.
        kind: its shape.
        value: what ``Shade`` colours; without one a store is grey and hollow (not known is not little), others keep the
            colour of their kind.
        size: of 0 and more, its area follows it; nothing takes a plain size.
        shown: a figure written behind the name.
        about: what hovering says, several lines.
    """

    key: str
    label: str
    latitude: float
    longitude: float
    kind: Kind = Kind.OWN
    value: float | None = None
    size: float | None = None
    shown: str = ""
    about: str = ""


@dataclass(frozen=True)
class Ring:
    """A circle of ``km`` around a place in degrees WGS-84, with its words at its top."""

    latitude: float
    longitude: float
    km: float
    label: str = ""


@dataclass(frozen=True)
class MapData:
    """Everything on one map.

    Attributes:
        spots: the points; later ones lie above.
        rings: circles below the points.
        shade: what colours say.
        low: words at the light (or falling) end of the colours, such as ``¥0``; empty draws no legend of colours.
        high: words at the dark (or rising) end.
        reach: the value at the end of the colours; 0 takes the largest there is.
        kinds: words for each kind in the legend; a kind without words is not explained.
        field: a surface below everything else.
    """

    spots: tuple[Spot, ...] = ()
    rings: tuple[Ring, ...] = ()
    shade: Shade = Shade.KIND
    low: str = ""
    high: str = ""
    reach: float = 0.0
    kinds: Mapping[Kind, str] = field(default_factory=dict)
    field: Field | None = None

    def spot(self, key: str) -> Spot | None:
        """The point of a key."""
        return next((one for one in self.spots if one.key == key), None)

    @property
    def most(self) -> float:
        """The value at which colours end."""
        return self.reach or max((abs(one.value) for one in self.spots if one.value is not None), default=0.0)
