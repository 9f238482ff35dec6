"""Whether a legal entity is one that the book knows, and which one was perhaps meant."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from difflib import get_close_matches
from typing import Final

# A short name shares few of its letters with the whole one, yet all of its own stand in it.
_ALIKE: Final = 0.5
_SHOWN: Final = 8


@dataclass(frozen=True)
class EntityHint:
    """What is told of a legal entity that is not known; worded under ``code``."""

    code: str
    facts: Mapping[str, object] = field(default_factory=dict)


def unknown(entity: str, known: Collection[str]) -> EntityHint | None:
    """The hint for a legal entity that is written down; nothing where it is known, or where none is known at all.

    Args:
        entity: as it is written.
        known: those that have accounts.
    """
    name = " ".join(entity.split())
    if not name or not known or name in known:
        return None
    names = sorted(known)
    within = [one for one in names if name in one or one in name]
    near = next(iter([*within, *get_close_matches(name, names, n=1, cutoff=_ALIKE)]), None)
    if near is None:
        return EntityHint("cash.entity_unknown", {"entity": name, "known": tuple(names[:_SHOWN])})
    return EntityHint("cash.entity_misspelt", {"entity": name, "near": near})
