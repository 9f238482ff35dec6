"""What stores take in that open within the days to come, or opened so lately that they have no past to go by.

An assumption, and told as one: the middle of the chain's mature stores of its kind (format, ownership, city, tier; of
fewer of these where too few are alike, which is said), times the middle of the chain's own openings at that age, on the
days as they are foreseen for the mature stores. A store that is open since two weeks is measured by itself; only its
growth is that of other openings. Without two own openings and two mature stores no figure is made up.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from typing import TYPE_CHECKING, Final, NamedTuple

import numpy as np
import numpy.typing as npt

from chainbrain import own_openings
from chainbrain.cash.forecast.engine import Forecast, Method
from chainbrain.cash.forecast.features import HISTORY
from chainbrain.cash.forecast.levels import Grain, Ranged, added
from chainbrain.cash.forecast.ranges import SHARES
from chainbrain.cash.new_peers import Peers
from chainbrain.cash.opening_spread import Starts, predictive, reaches, starts

if TYPE_CHECKING:
    from chainbrain.cash.sales_panel import SalesPanel
    from chainbrain.database.book import Book

Floats = npt.NDArray[np.float64]

OWN_DAYS: Final = 14
"""So many days of its own tell how large a young store is."""
_NORMAL: Final = (-1.960, -1.282, 0.0, 1.282, 1.960)


@dataclass(frozen=True)
class Start:
    """A store answered by openings: ``openings`` of the chain's own and ``peers`` mature stores stand behind it.

    Attributes:
        own_days: days of its own that its size was measured on; 0 where it is that of the mature stores.
        like: what these share with it, in words, where they are not all there are.
        asked: all that is known of it, where too few are like it in everything: ``closest``, fewer than ``least``.
    """

    store: str
    name: str
    opens_on: date
    openings: int
    peers: int
    own_days: int
    like: tuple[str, ...] = ()
    asked: tuple[str, ...] = ()
    closest: int = 0
    least: int = 0


@dataclass(frozen=True)
class NewStores:
    """What stores that are new take in.

    Attributes:
        pairs: store and sales channel of each series.
        mean: series × days; ``ends`` along the first axis the ends of ``ranges.SHARES`` by how openings and mature
            stores differ, ``noise`` how far single days lie apart beside that (one standard deviation).
        told: the stores. ``without``: stores that open within the days to come, for which no figure can be made.
        peers: the mature stores that stand behind each store.
    """

    pairs: tuple[tuple[str, str], ...]
    mean: Floats
    ends: Floats
    noise: Floats
    told: tuple[Start, ...] = ()
    without: tuple[str, ...] = ()
    peers: dict[str, frozenset[str]] = field(default_factory=dict)

    def with_new(self, part: Ranged, groups: Floats, grain: Grain) -> Ranged:
        """Sums of a level with what the new stores bring; ``groups`` says which of these belong to which sum.

        New stores may all be off to one side, whatever the others are; days of theirs differ by chance.
        """
        if not groups.any():
            return part
        some = groups.any(axis=1)
        more = added(groups @ self.mean, grain)
        mean = part.mean + more
        chance = added(groups @ self.noise**2, grain)
        ends = part.quantiles.copy()
        for number, reach in enumerate(_NORMAL):
            off = added(groups @ self.ends[number], grain) - more
            usual = part.quantiles[number] - part.mean
            if reach == 0:
                ends[number, some] = (mean + usual + off)[some]
                continue
            side = np.sign(reach)
            squares = np.maximum(usual * side, 0.0) ** 2 + off**2 + chance * reach**2
            ends[number, some] = (mean + side * np.sqrt(squares) + np.minimum(usual * side, 0.0) * side)[some]
        return Ranged(mean, np.maximum(np.sort(ends, axis=0), 0.0))


def none(days: int, without: Sequence[str] = ()) -> NewStores:
    """No store is new."""
    return NewStores((), np.zeros((0, days)), np.zeros((len(SHARES), 0, days)), np.zeros((0, days)), (), tuple(without))


def foreseen(book: Book, sold: SalesPanel, found: Forecast) -> NewStores:
    """What new stores take in on the days of a forecast, from what the book knows of openings up to its origin."""
    days = found.mean.shape[1]
    coming, young = _new(sold, found, days)
    if not coming and not young:
        return none(days)
    after = sold.last + timedelta(days=1)
    stores, mature = own_openings.lived(book, max(sold.first, after - timedelta(days=365)), after)
    opened = [one for one in stores if one.opened_on is not None and one.opened_on >= sold.first]
    begun = starts(own_openings.curves(book, opened, sold.first, after))
    parts = []
    for one in (*coming, *young):
        peers = Peers.of(sold, found, mature, sold.stores[one.store])
        if begun is not None and peers is not None:
            parts.append(_one(one, sold, peers, begun, days))
    known = {key for key, *_ in parts}
    made = none(days, [one.store for one in coming if one.store not in known])
    if not parts:
        return made
    return NewStores(
        tuple((key, channel) for key, peers, _, _, _, _ in parts for channel in peers.channels),
        np.round(np.concatenate([mean for _, _, _, mean, _, _ in parts]), 2),
        np.concatenate([ends for *_, ends, _ in parts], axis=1),
        np.concatenate([noise for *_, noise in parts]),
        tuple(told for _, _, told, *_ in parts),
        made.without,
        {key: peers.stores for key, peers, *_ in parts},
    )


def taken_out(found: Forecast, pairs: Sequence[tuple[str, str]], new: NewStores) -> Forecast:
    """The forecast without the series of stores that are answered as new ones."""
    answered = {one.store for one in new.told}
    rows = np.array([store in answered for store, _ in pairs], dtype=np.bool_)
    if not rows.any():
        return found
    return replace(
        found,
        mean=np.where(rows[:, None], 0.0, found.mean),
        quantiles=np.where(rows[None, :, None], 0.0, found.quantiles),
    )


def _new(sold: SalesPanel, found: Forecast, days: int) -> tuple[list[_Opened], list[_Opened]]:
    """The stores that open within the days to come, and those that opened within the last eight weeks."""
    sells = {store for store, _ in sold.pairs}
    modelled = {store for (store, _), way in zip(sold.pairs, found.methods, strict=True) if way is Method.MODEL}
    coming: list[_Opened] = []
    young: list[_Opened] = []
    for key, one in sold.stores.items():
        if one.opened_on is None or (one.closed_on is not None and one.closed_on <= max(one.opened_on, sold.last)):
            continue
        age = (sold.last - one.opened_on).days
        if key not in sells and -days <= age < 0:
            coming.append(_Opened(key, one.opened_on))
        elif key in sells - modelled and 0 <= age < HISTORY:
            young.append(_Opened(key, one.opened_on))
    return coming, young


class _Opened(NamedTuple):
    """A store whose day of opening is known."""

    store: str
    opened_on: date


_Part = tuple[str, Peers, Start, Floats, Floats, Floats]


def _one(new: _Opened, sold: SalesPanel, peers: Peers, begun: Starts, days: int) -> _Part:
    key, opened_on = new
    facts = sold.stores[key]
    ages = np.arange(1, days + 1) + (sold.last - opened_on).days
    months = begun.months(ages)
    share = np.where(ages >= 0, begun.share[months], 0.0)
    if facts.closed_on is not None:
        share = np.where(ages < (facts.closed_on - opened_on).days, share, 0.0)
    own = _own_size(new, sold, peers, begun)
    if own is None:
        own_days, size = 0, 1.0
        parts = [(float(begun.spread(months).mean()), begun.count), (predictive(peers.levels), len(peers.levels))]
        variance = begun.spread(months) + parts[1][0]
    else:
        own_days, size, seen, chance = own
        variance = begun.spread(months, seen) + chance
        parts = [(float(begun.spread(months, seen).mean()), begun.count), (chance, own_days)]
    mean = peers.ahead * share[None] * size
    near, far = reaches(parts)
    steps = np.array([-far, -near, 0.0, near, far])
    ends = mean[None] * np.exp(steps[:, None] * np.sqrt(variance)[None])[:, None, :]
    told = Start(key, facts.name, opened_on, begun.count, len(peers.levels), own_days, *_chosen(peers))
    return key, peers, told, mean, ends, mean * peers.noise[:, None]


def _chosen(peers: Peers) -> tuple[tuple[str, ...], tuple[str, ...], int, int]:
    """What the mature stores share with the new one, and what had to be left aside to have enough of them."""
    pool = peers.pool
    narrowed = pool.wanted.words(pool.by) if len(pool.stores) < peers.known else ()
    wider = pool.by != pool.wanted.said and pool.closest < len(pool.stores)
    return narrowed, pool.wanted.words(pool.wanted.said) if wider else (), pool.closest, pool.least


def _own_size(new: _Opened, sold: SalesPanel, peers: Peers, begun: Starts) -> tuple[int, float, Floats, float] | None:
    """On how many days of its own how large a store is beside the usual one of its age, the months these lie in, and
    the variance that single days leave; nothing for fewer than two weeks."""
    rows = [i for i, (store, _) in enumerate(sold.pairs) if store == new.store]
    age = (new.opened_on - sold.first).days
    days = np.arange(max(age, 0), sold.panel.values.shape[1])
    if not rows or len(days) < OWN_DAYS:
        return None
    shut = sold.panel.shut(days)[rows].all(axis=0)
    days = days[~shut]
    taken = sold.panel.values[rows][:, days].sum(axis=0)
    months = begun.months(days - age)
    usual = peers.past[days] * begun.share[months]
    if len(days) < OWN_DAYS or taken.sum() <= 0 or usual.sum() <= 0:
        return None
    size = float(taken.sum() / usual.sum())
    weights = np.bincount(months, minlength=len(begun.share)) / len(months)
    off = np.where(usual > 0, taken / np.maximum(usual * size, 1e-9), 1.0)
    return len(days), size, weights, float(off.var(ddof=1)) / len(days)
