"""Legal entities by name: whether the book knows one, which was perhaps meant, and what they are called in short."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from difflib import get_close_matches
from typing import Final

# A short name shares few of its letters with the whole one, yet all of its own stand in it.
_ALIKE: Final = 0.5
_SHOWN: Final = 8
_FORM: Final = re.compile(r"(餐饮)?(企业)?(管理|服务)?(股份|责任)?(有限)?(责任)?公司$")


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


def short_names(entities: Collection[str]) -> dict[str, str]:
    """Names without what says their legal form; whole ones where two would be alike."""
    short = {one: _FORM.sub("", one) or one for one in entities}
    return {one: name if list(short.values()).count(name) == 1 else one for one, name in short.items()}
