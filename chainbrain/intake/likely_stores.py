"""Which store something printed in a file most likely is, and why; a suggestion for a person, never a decision."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

# Receipts whose number and amount stand in a store's till prove most; so many of them, and nearly all for one store.
_ENOUGH_VOTES: Final = 3
_SHARE: Final = 0.9
_SHORTEST_NAME: Final = 2
# What names of shops have in common says nothing about which one it is.
_COMMON: Final = re.compile(r"[\s()\[\]·.\-_]|(?:分店|门店|旗舰店|总店|店铺|店)$")


@dataclass(frozen=True)
class Named:
    """A store as people call it."""

    store_id: str
    name: str
    city: str | None = None


@dataclass(frozen=True)
class Likely:
    """One suggestion: ``reason`` is till_numbers (``votes`` of ``of`` receipts stand in its till), name, code,
    only (the only store), only_account (has the only account on record with the channel).
    """

    store_id: str
    reason: str
    votes: int = 0
    of: int = 0


def of_receipts(votes: Mapping[str, int], rows: int, hint: str | None, names: Sequence[Named]) -> tuple[Likely, ...]:
    """Stores that receipts without a store may belong to, the best supported first.

    Args:
        votes: per store, how many of the receipts its till knows by number and amount.
        rows: how many receipts there are.
        hint: the store name or number that the file prints beside them.
        names: the stores of the book.
    """
    known = sum(votes.values())
    by_till = [
        Likely(store, "till_numbers", count, rows)
        for store, count in sorted(votes.items(), key=lambda item: (-item[1], item[0]))
        if count >= min(_ENOUGH_VOTES, rows) and count >= _SHARE * known
    ]
    found = [*by_till, *(by_name(hint, names) if hint else ())]
    if not found and len(names) == 1:
        found = [Likely(names[0].store_id, "only")]
    best: dict[str, Likely] = {}
    for one in found:
        best.setdefault(one.store_id, one)
    return tuple(best.values())


def of_file(
    votes: Mapping[str, int], rows: int, hint: str | None, names: Sequence[Named], only_account: str | None
) -> tuple[Likely, ...]:
    """Stores that a file without a shop may belong to; ``only_account`` is the store of the channel's only account."""
    found = of_receipts(votes, rows, hint, names)
    known = {store.store_id for store in names} - {one.store_id for one in found}
    return (*found, Likely(only_account, "only_account")) if only_account in known and only_account else found


def by_name(hint: str, names: Sequence[Named]) -> tuple[Likely, ...]:
    """Stores whose name is in the printed one or the other way round; equal ones first, longer ones before shorter."""
    printed = _plain(hint)
    scored = []
    for store in names:
        own = _plain(store.name)
        if printed in (own, _plain(store.store_id)):
            scored.append((0, store))
        elif min(len(own), len(printed)) >= _SHORTEST_NAME and (own in printed or printed in own):
            scored.append((1_000 - min(len(own), len(printed)), store))
    return tuple(
        Likely(store.store_id, "name") for _, store in sorted(scored, key=lambda item: (item[0], item[1].store_id))
    )


def by_code(code: str, names: Sequence[Named]) -> tuple[Likely, ...]:
    """Stores whose number is the same but for letters before it and zeros in front, or whose name the number is."""
    bare = _number(code)
    same = [store for store in names if bare and _number(store.store_id) == bare]
    found = [Likely(store.store_id, "code") for store in same] or list(by_name(code, names))
    return tuple(found[:3])


def _plain(text: str) -> str:
    return _COMMON.sub("", unicodedata.normalize("NFKC", text).strip().casefold())


def _number(code: str) -> str:
    digits = re.fullmatch(r"[A-Za-z\-_]*0*(\d+)", unicodedata.normalize("NFKC", code).strip())
    return digits[1] if digits else ""
