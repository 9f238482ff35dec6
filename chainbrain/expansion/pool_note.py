"""Which own stores stand for a planned one, and what had to be left aside to have enough of them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from chainbrain.errors import Word
from chainbrain.expansion.ranges import Basis, Ranges
from chainbrain.expansion.result import Note
from chainbrain.expansion.scenario import Scenario

_GROUP: Final = "ownership."
_OWNERSHIPS: Final = (f"{_GROUP}own", f"{_GROUP}franchise")


def pool_note(scenario: Scenario, inputs: Ranges) -> Note | None:
    """What is said of them; nothing where mature sales rest on no own store, or nothing is known of the planned one."""
    pool, name = inputs.pool, "mature_monthly_sales"
    rests = name in scenario.taken or inputs.of(name).basis is Basis.OWN_STORES
    if pool is None or not rests or not pool.stores or not pool.wanted.said:
        return None
    stores, asked = str(len(pool.stores)), pool.wanted.words(pool.wanted.said)
    if pool.by == pool.wanted.said:
        return Note("expansion.note.pool", {"like": asked, "stores": stores})
    facts = {"asked": asked, "closest": str(pool.closest), "minimum": str(pool.least), "stores": stores}
    if not pool.by:
        return Note("expansion.note.pool_all", facts)
    return Note("expansion.note.pool_wider", {**facts, "like": pool.wanted.words(pool.by)})


def noted(written: Mapping[str, Any]) -> Note:
    """A note as JSON has it; ways of running a store are words again, and several things in a row are that again."""
    facts = {
        name: tuple(_word(one) for one in fact) if isinstance(fact, list | tuple) else fact
        for name, fact in written.items()
        if name != "code"
    }
    return Note(str(written["code"]), facts)


def _word(fact: object) -> str:
    return Word(str(fact)) if str(fact) in _OWNERSHIPS else str(fact)
