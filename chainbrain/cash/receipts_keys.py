"""To which line of each level a series of receipts belongs, of all legal entities or of one of them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Final

import numpy as np
import numpy.typing as npt

from chainbrain.cash.sales_panel import store_of

if TYPE_CHECKING:
    from chainbrain.cash.receipts import Reckoned

LEVELS: Final = ("store", "channel", "region", "entity", "chain")
"""What is told; a store is of the legal entity whose accounts it has, of nobody named where it has those of several."""
PAIR: Final = "store_channel"
"""Every store by sales channel, which is told only when it is asked for; its key is both, with ``BETWEEN``."""
BETWEEN: Final = " / "
_ADDED_UP: Final = ("channel", "region", "chain")
"""Levels whose lines add stores of several entities up."""


def owner_of(owners: Mapping[str, frozenset[str]], store: str) -> str:
    """The legal entity of a store; empty where nobody or several have its accounts."""
    names = owners.get(store, frozenset())
    return next(iter(names)) if len(names) == 1 else ""


def keys_of(pairs: Sequence[tuple[str, str]], one: Reckoned) -> dict[str, list[str]]:
    """To which line of each level a series belongs."""
    return {
        PAIR: [BETWEEN.join(pair) for pair in pairs],
        "entity": [owner_of(one.owners, store) for store, _ in pairs],
        "store": [store for store, _ in pairs],
        "channel": [channel for _, channel in pairs],
        "region": [store_of(one.stores, store).region or "" for store, _ in pairs],
        "chain": ["" for _ in pairs],
    }


def own_keys(pairs: Sequence[tuple[str, str]], one: Reckoned, entity: str | None) -> Mapping[str, Sequence[str | None]]:
    """The same of one legal entity: what is of another belongs to no line of channels, regions or the whole.

    Stores and entities stay all of them: how wide they err is pooled over all, so that one line says the same whoever
    else is looked at.
    """
    keys = keys_of(pairs, one)
    if entity is None:
        return keys
    own = [is_of(one, "store", store, entity) for store, _ in pairs]
    masked = {level: [key if mine else None for key, mine in zip(keys[level], own, strict=True)] for level in _ADDED_UP}
    return {**keys, **masked}


def is_of(one: Reckoned, level: str, key: str, entity: str | None) -> bool:
    """Whether a line is of the legal entity; of all of them every line is."""
    if entity is None or level in _ADDED_UP:
        return True
    return (key if level == "entity" else owner_of(one.owners, key.partition(BETWEEN)[0])) == entity


def shared(one: Reckoned, entity: str | None) -> tuple[str, ...]:
    """The stores that have accounts of this entity and of others, too: no line of one entity holds them."""
    stores = {store for store, _ in (*one.pairs, *one.new.pairs)}
    return tuple(
        sorted(store for store in stores if entity in one.owners.get(store, ()) and len(one.owners[store]) > 1)
    )


def sums_of(names: Sequence[str], keys: Sequence[str | None]) -> npt.NDArray[np.float64]:
    """Which series make each line of a level up, lines × series, 0 or 1."""
    return np.array([[float(key == name) for key in keys] for name in names]).reshape(len(names), len(keys))
