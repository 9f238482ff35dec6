"""Mature stores as one usual store: what a new one is held against."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import numpy as np
import numpy.typing as npt

from chainbrain.cash.forecast.engine import Forecast, Method
from chainbrain.own_openings import MatureStore, Pool, Traits, alike

if TYPE_CHECKING:
    from chainbrain.cash.sales_panel import SalesPanel, StoreFacts

Floats = npt.NDArray[np.float64]

_LEAST_PEERS: Final = 2
_REACH_80: Final = 1.282


@dataclass(frozen=True)
class Peers:
    """Mature stores as one usual store.

    Attributes:
        past: what it took on every day of the past; ``ahead`` what it will, channels × days.
        noise: how far a day of each channel lies from what is foreseen, as a share of it (one standard deviation).
        levels: what each of them takes over the days to come.
        pool: how they were chosen: by what they share with the new store, or all.
        known: how many mature stores there were to choose from.
    """

    stores: frozenset[str]
    channels: tuple[str, ...]
    past: Floats
    ahead: Floats
    noise: Floats
    levels: Floats
    pool: Pool
    known: int

    @staticmethod
    def of(sold: SalesPanel, found: Forecast, mature: Sequence[MatureStore], store: StoreFacts) -> Peers | None:
        """The mature stores like one that are foreseen by a model and stay open; nothing for fewer than two.

        Like a planned store of the expansion: of its format, ownership, city and tier where enough of these are, else
        of fewer traits, else all.
        """
        days = found.mean.shape[1]
        able = _steady(sold, found, days)
        known = [one for one in mature if one.store_id in able]
        chosen = alike(known, Traits(store.format, store.ownership, store.city, store.city_tier))
        names = sorted(one.store_id for one in chosen.stores)
        rows = {name: [i for i, (key, _) in enumerate(sold.pairs) if key == name] for name in names}
        levels = np.array([found.mean[rows[name]].sum() for name in names])
        if len(names) < _LEAST_PEERS or (levels <= 0).any():
            return None
        channels = tuple(sorted({sold.pairs[i][1] for name in names for i in rows[name]}))
        # The sum of all as one store of the middle size.
        usual = float(np.median(levels) / levels.sum())
        lines = [[i for name in names for i in rows[name] if sold.pairs[i][1] == channel] for channel in channels]
        ahead = np.stack([found.mean[line].sum(axis=0) for line in lines]) * usual
        past = sum((sold.panel.values[line].sum(axis=0) for line in lines), np.zeros(sold.panel.values.shape[1]))
        width = (found.quantiles[3] - found.quantiles[1]) / 2 / _REACH_80
        noise = np.array([float(width[line].sum() / max(found.mean[line].sum(), 1e-9)) for line in lines])
        return Peers(frozenset(names), channels, past * usual, ahead, noise, levels, chosen, len(known))


def _steady(sold: SalesPanel, found: Forecast, days: int) -> set[str]:
    count = sold.panel.values.shape[1]
    shut: npt.NDArray[np.bool_] = np.any(sold.panel.shut(np.arange(count, count + days)), axis=1)
    able = {key for (key, _), way in zip(sold.pairs, found.methods, strict=True) if way is Method.MODEL}
    return able - {key for (key, _), closed in zip(sold.pairs, shut.tolist(), strict=True) if closed}
