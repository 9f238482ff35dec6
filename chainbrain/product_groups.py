"""Whether a split rule names a product group that no order item bears, and which groups are spelled like it."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from difflib import get_close_matches
from typing import Final

_NEAR: Final = 3
# Groups are two to four characters long: one of two that agrees is near enough to be shown.
_ALIKE: Final = 0.5


@dataclass(frozen=True)
class GroupHint:
    """What is told of a product group that is not known; worded under ``code``."""

    code: str
    facts: Mapping[str, object] = field(default_factory=dict)


def unknown(category: str | None, known: Collection[str]) -> GroupHint | None:
    """The hint for a rule's product group; nothing where an order item bears it, or the rule is for all products.

    Args:
        category: what the rule names.
        known: the groups of the book's order items.
    """
    if category is None or category in known:
        return None
    if not known:
        return GroupHint("split_hint.no_items", {"group": category})
    near = get_close_matches(category, sorted(known), _NEAR, _ALIKE)
    if not near:
        return GroupHint("split_hint.unknown_group", {"group": category, "known": tuple(sorted(known)[:8])})
    return GroupHint("split_hint.misspelt_group", {"group": category, "near": tuple(near)})
