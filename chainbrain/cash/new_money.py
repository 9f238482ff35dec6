"""What new stores bring to the bank: by the ways in which the money of the mature stores behind them arrives."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from typing import Final

import numpy as np
import numpy.typing as npt

from chainbrain.cash.inflow import Streams
from chainbrain.cash.new_stores import NewStores
from chainbrain.cash.paths import SEED

Floats = npt.NDArray[np.float64]

_REACHES: Final = (-1.960, -1.282, 0.0, 1.282, 1.960)
_FARTHEST: Final = 2.5


def owners_of(rows: Iterable[tuple[str, str]]) -> dict[str, frozenset[str]]:
    """The legal entities that the list of accounts names for each store."""
    found: defaultdict[str, set[str]] = defaultdict(set)
    for store, entity in rows:
        found[store].add(entity)
    return {store: frozenset(names) for store, names in found.items()}


def ways(
    new: NewStores,
    made: Streams,
    pairs: tuple[tuple[str, str], ...],
    recent: Floats,
    owners: Mapping[str, frozenset[str]],
) -> tuple[Floats, tuple[str, ...]]:
    """Which share of each new series goes into which stream (streams × series), and the stores nobody knows it of.

    The shares are those of the stores behind it, in the same channel. Whose account it is the list of accounts says;
    where it says nothing, and the stores behind it belong to several entities, the money is not counted on.

    Args:
        new: the new stores.
        made: the streams.
        pairs: store and channel of the series that have a past.
        recent: what each of these took lately.
        owners: see ``owners_of``.
    """
    weights = np.zeros((len(made.keys), len(new.pairs)))
    unplaced = set()
    for number, (store, channel) in enumerate(new.pairs):
        wanted = owners.get(store)
        behind = new.peers[store]
        all_of = [i for i, (_, of) in enumerate(pairs) if of == channel]
        near = _pooled(made, [i for i in all_of if pairs[i][0] in behind], recent)
        entities = {made.keys[i][0] for i in np.flatnonzero(near)}
        if wanted is None:
            if len(entities) > 1:
                unplaced.add(store)
                continue
            weights[:, number] = near
            continue
        own = np.array([key[0] in wanted for key in made.keys], dtype=np.bool_)
        chosen = next(
            (each for each in (near, _pooled(made, all_of, recent)) if each[own].sum() > 0), np.zeros(len(made.keys))
        )
        if near.sum() > 0 and not chosen[own].any():
            unplaced.add(store)
        elif chosen[own].sum() > 0:
            # As much of it reaches the bank as of the others, only at its own entity.
            weights[own, number] = chosen[own] * (near.sum() or chosen.sum()) / chosen[own].sum()
    return weights, tuple(sorted(unplaced))


def drawn(new: NewStores, weights: Floats, paths: int) -> Floats:
    """Paths of what the new stores bring, paths × streams × days: all of them on one side at once, as they may be."""
    days = new.mean.shape[1]
    found = np.zeros((paths, len(weights), days))
    # Numbers of their own: that a store opens draws nothing else otherwise.
    sides = np.clip(np.random.Generator(np.random.PCG64(SEED + 1)).standard_normal(paths), -_FARTHEST, _FARTHEST)
    for number, mean in enumerate(new.mean):
        part = weights[:, number]
        if not part.any():
            continue
        some = mean > 0
        logs = np.zeros((len(_REACHES), days))
        logs[:, some] = np.log(np.maximum(new.ends[:, number, some], 1e-9) / mean[some])
        shares = np.exp(_between(logs, sides))
        found += (mean * shares)[:, None, :] * part[None, :, None]
    return found


def _between(logs: Floats, sides: Floats) -> Floats:
    """Logarithms at so many standard deviations, along straight lines between those that are known and beyond."""
    places = np.clip(np.searchsorted(_REACHES, sides) - 1, 0, len(_REACHES) - 2)
    ends = np.array(_REACHES)
    along = (sides - ends[places]) / (ends[places + 1] - ends[places])
    found: Floats = logs[places] + along[:, None] * (logs[places + 1] - logs[places])
    return found


def _pooled(made: Streams, rows: list[int], recent: Floats) -> Floats:
    total = float(recent[rows].sum())
    if total <= 0:
        return np.zeros(len(made.keys))
    found: Floats = (made.weights[:, rows] @ recent[rows]) / total
    return found
