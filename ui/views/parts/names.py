"""Short names of stores: what every store of the chain is called alike is left out."""

from collections.abc import Iterable
from typing import Protocol

_OPENING, _CLOSING = "（(", "）)"
_SHORTEST = 2


def short_names(names: Iterable[str]) -> dict[str, str]:
    """Return a short name for every name; ``青禾（南山店）`` becomes ``南山店`` when all begin with ``青禾``.

    Nothing is shortened when two names would become alike or one would lose its meaning.
    """
    full = list(dict.fromkeys(names))
    same = {name: name for name in full}
    if len(full) < 2:
        return same
    first, last = min(full), max(full)
    shared = next((n for n, pair in enumerate(zip(first, last, strict=False)) if pair[0] != pair[1]), len(first))
    # Cut only at a bracket or a blank: half a word is no name.
    cut = next((n for n in range(shared, 0, -1) if full[0][n - 1] in _OPENING + " ·-"), 0)
    if not cut:
        return same
    short = {name: _unwrapped(name[cut:]) for name in full}
    clear = len(set(short.values())) == len(full) and all(len(name) >= _SHORTEST for name in short.values())
    return short if clear else same


class Named(Protocol):
    """A store with its number and its name."""

    @property
    def store_id(self) -> str:
        """Its number."""

    @property
    def name(self) -> str:
        """Its whole name."""


def names_by_store(stores: Iterable[Named]) -> dict[str, str]:
    """Return short names of stores by number."""
    there = list(stores)
    short = short_names(one.name for one in there)
    return {one.store_id: short[one.name] for one in there}


def _unwrapped(rest: str) -> str:
    return rest.strip(" " + _CLOSING)
