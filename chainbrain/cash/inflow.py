"""From receipts at the stores to money at the bank: which share of them arrives, at whose account, by which rule."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

import numpy as np
import numpy.typing as npt

from chainbrain.cash.settling import Arrival, Number, Settling
from chainbrain.cash.transit import Terms

Floats = npt.NDArray[np.float64]

MEASURED_DAYS: Final = 56
"""The days over which it is measured what arrives of a store's receipts."""
IN_STORE: Final = "in_store"
BEHIND: Final = 14
"""Bills that end so many days before the tills at most are measured over their own days; what ends earlier may be of a
number that is no longer used, and its share is one of all days."""
_MOST: Final = 1.5
_CLEARLY: Final = 1.05


@dataclass(frozen=True)
class Taken:
    """What one store's payments of a day through one merchant number came to, net of charges, in yuan."""

    store: str
    channel: str
    merchant: str
    day: date
    net: float


@dataclass(frozen=True)
class Streams:
    """Series that arrive at one entity's accounts by one rule.

    Attributes:
        keys: entity and rule of each stream, the last day whose sales are billed already (nothing: none is), and up to
            which day it is known what arrived.
        weights: which share of the receipts of each store and sales channel goes into it, streams × pairs.
        unruled: merchant numbers whose money arrives nobody knows when; it is in no stream.
    """

    keys: tuple[tuple[str, str, date | None, date], ...]
    weights: Floats
    unruled: tuple[Number, ...]

    def only(self, entities: Iterable[str]) -> Streams:
        """The streams that go to the accounts of these entities."""
        known = set(entities)
        kept = [i for i, (entity, *_) in enumerate(self.keys) if entity in known]
        return Streams(tuple(self.keys[i] for i in kept), self.weights[kept], self.unruled)

    def reaching(self, receipts: Floats) -> float | None:
        """The share of receipts (one figure per pair) that reaches the bank through the streams."""
        total = float(receipts.sum())
        return float((self.weights @ receipts).sum()) / total if total > 0 else None


def streams(
    pairs: Sequence[tuple[str, str]],
    receipts: Floats,
    last: date,
    taken: Iterable[Taken],
    terms: Terms,
) -> Streams:
    """Measure which share of each store's receipts arrives where.

    Args:
        pairs: store and sales channel of each series.
        receipts: what each took, pairs × days.
        last: the last of these days.
        taken: payments of the same days by store, merchant number and day.
        terms: when whose money arrives.
    """
    place = {pair: i for i, pair in enumerate(pairs)}
    sales_channels = {channel for _, channel in pairs}
    shares: dict[tuple[str, str, date | None, date], Floats] = {}
    unruled = set()
    sums: dict[tuple[int, Number], Floats] = {}
    for one in taken:
        # Wallets are paid with in the store; a platform sells in a channel of its own.
        pair = place.get((one.store, one.channel if one.channel in sales_channels else IN_STORE))
        if pair is not None:
            days = sums.setdefault((pair, (one.channel, one.merchant)), np.zeros(receipts.shape[1]))
            days[receipts.shape[1] - 1 - (last - one.day).days] += one.net
    parts, replaced = _parts(receipts, last, sums, terms)
    for (pair, number), part in parts.items():
        arrival = terms.arrivals.get(number, Arrival(None))
        if arrival.rule is None:
            unruled.add(number)
            continue
        key = (
            terms.owners.of(*number),
            arrival.rule,
            replaced.get(pair, terms.billed.get(number)),
            terms.known_to(*number),
        )
        share = shares.setdefault(key, np.zeros(len(pairs)))
        share[pair] += part * arrival.factor
    keys = tuple(sorted(shares, key=lambda key: (*key[:2], key[2] or date.min, key[3])))
    weights = np.array([shares[key] for key in keys]).reshape(len(keys), len(pairs))
    # Where the till knows less than the wallets do, more than everything would arrive.
    whole = weights.sum(axis=0)
    return Streams(keys, weights / np.maximum(whole / _MOST, 1.0)[None, :], tuple(sorted(unruled)))


def _parts(
    receipts: Floats, last: date, sums: Mapping[tuple[int, Number], Floats], terms: Terms
) -> tuple[dict[tuple[int, Number], float], dict[int, date]]:
    """Which part of a pair's receipts goes through each number, over the days that the bills of its channel cover.

    Where one number may have taken the place of another, sales are billed up to the day of the later one.
    """
    count = receipts.shape[1]
    ends: dict[tuple[int, str], int] = {}
    for pair, (channel, merchant) in sums:
        gap = (last - terms.billed.get((channel, merchant), last)).days
        covered = count - gap if 0 < gap <= BEHIND else count
        # One number may have taken the place of another: the channel's bills end with the last of them.
        ends[pair, channel] = max(covered, ends.get((pair, channel), 0))
    found: dict[tuple[int, Number], float] = {}
    replaced: dict[int, date] = {}
    for (pair, number), days in sums.items():
        known, net = float(receipts[pair, : ends[pair, number[0]]].sum()), float(days.sum())
        if known > 0 and net > 0:
            found[pair, number] = net / known
    for pair in {pair for (pair, _), covered in ends.items() if covered < count}:
        # One channel may have taken the place of another as well: together never more than was measured at once.
        common = min(covered for (of, _), covered in ends.items() if of == pair)
        net_of = sum((days for (of, _), days in sums.items() if of == pair), np.zeros(count))
        at_once = max(_ratio(net_of[:end], receipts[pair, :end]) for end in (common, count))
        whole = sum(part for (of, _), part in found.items() if of == pair)
        if whole > at_once * _CLEARLY > 0:
            replaced[pair] = max(terms.billed.get(number, last) for of, number in sums if of == pair)
        if whole > at_once > 0:
            found = {key: part * at_once / whole if key[0] == pair else part for key, part in found.items()}
    return found, replaced


def _ratio(part: Floats, whole: Floats) -> float:
    total = float(whole.sum())
    return float(part.sum()) / total if total > 0 else 0.0


def arrivals_of(rule: str, sold_from: date, days: int, settling: Settling, first: date) -> npt.NDArray[np.int64]:
    """For each day of sales the place of its arrival, counted from ``first``."""
    found = [settling.arrives(rule, sold_from + timedelta(days=i)) for i in range(days)]
    return np.array([(day - first).days if day is not None else -1 for day in found], dtype=np.int64)


def at_bank(sold: Floats, places: npt.NDArray[np.int64], days: int) -> Floats:
    """Move sums along the last axis from the days on which they were sold to those on which they arrive."""
    moved = np.zeros((*sold.shape[:-1], days))
    for place, column in zip(places, np.moveaxis(sold, -1, 0), strict=True):
        if 0 <= place < days:
            moved[..., place] += column
    return moved
