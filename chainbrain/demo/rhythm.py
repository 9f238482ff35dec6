"""How many guests come: weekday, holiday, opening ramp, neighbour's loss, campaign, and the hours they prefer."""

from __future__ import annotations

import numpy as np

from chainbrain.demo.draws import Ints, between, stream
from chainbrain.demo.stores import Chain, Store
from chainbrain.demo.workdays import is_holiday, is_makeup

# Per mille of an ordinary day, Monday first: street, office and mall stores.
_WEEKDAYS = (
    (900, 900, 930, 970, 1080, 1180, 1100),
    (1090, 1100, 1110, 1090, 1120, 740, 680),
    (820, 830, 850, 900, 1080, 1330, 1290),
)
# Orders by hour, 7 to 22 o'clock, per profile.
_HOURS = (
    (34, 52, 40, 30, 90, 168, 112, 50, 34, 38, 88, 118, 84, 44, 24, 14),
    (60, 78, 40, 22, 118, 214, 120, 40, 26, 30, 74, 84, 48, 26, 14, 6),
    (10, 20, 26, 40, 96, 140, 112, 76, 66, 64, 96, 124, 82, 46, 26, 10),
)
_LATE_HOURS = (70, 60, 150, 95)
"""Weights from 22 to 25 o'clock (01:00 of the next morning) where the business day ends at 04:00."""
FIRST_HOUR = 7
CAMPAIGN_DAYS = 7


def campaign(chain: Chain) -> range:
    """Day indices of the campaign week."""
    first = chain.days * 45 // 100
    return range(first, min(first + CAMPAIGN_DAYS, chain.days))


def hours(store: Store) -> Ints:
    """Weights of the hours from 07:00; a night store goes on until 02:00 of the next morning."""
    weights: tuple[int, ...] = _HOURS[store.profile]
    if store.cutoff_hours:
        weights = (*weights[:-1], *_LATE_HOURS)
    return np.array(weights, dtype=np.int64)


def _ramp(days_open: int) -> int:
    """A new store's share of its mature sales in per mille: opening weeks are curious, then it climbs."""
    return min(1000, 520 + 8 * days_open) if days_open >= 0 else 0


def _calendar_factor(chain: Chain, store: Store, index: int) -> int:
    day = chain.day(index)
    if is_holiday(day):
        # Offices are empty on holidays, streets and malls are full.
        return (1190, 560, 1380)[store.profile]
    return _WEEKDAYS[store.profile][0 if is_makeup(day) else day.weekday()]


def guests(chain: Chain) -> Ints:
    """Orders per store and day, an array of stores × days."""
    rng = stream(chain.seed, "guests")
    noise = sum((between(rng, 0, 61, len(chain.stores) * chain.days) for _ in range(4)), np.int64(0)) - 120
    wobble = np.asarray(noise, dtype=np.int64).reshape(len(chain.stores), chain.days)
    week = campaign(chain)
    counts = np.zeros((len(chain.stores), chain.days), dtype=np.int64)
    newcomer = None if chain.newcomer is None else chain.stores[chain.newcomer]
    for store in chain.stores:
        for index in range(chain.days):
            value = store.base_orders * _calendar_factor(chain, store, index)
            if store is newcomer:
                value = value * _ramp(index - store.opening_day) // 1000
            elif store.index == chain.neighbour and newcomer is not None:
                # At most 13 % of the neighbour's guests go over, growing with the newcomer.
                value = value * (1000 - 130 * _ramp(index - newcomer.opening_day) // 1000) // 1000
            if index in week and not store.independent:
                value = value * 1240 // 1000
            value = value * (1000 + int(wobble[store.index, index])) // 1000
            counts[store.index, index] = (value + 500) // 1000
    return counts
