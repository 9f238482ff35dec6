"""Finds Chinese names by their sound: ``xhl``, ``xihulu`` or ``xihl`` for 西湖路店, by every reading of a character.

Syllables are those of pypinyin's dictionary of characters. A character with several readings is found by each of them,
also by one that its word does not have: who types may not know better, and nothing but a list gets longer.
"""

from __future__ import annotations

import os
import threading
from functools import lru_cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

_HAN = range(0x3400, 0xA000)
_loading = threading.Lock()


class _Readings:
    """The dictionary, once it is loaded."""

    of: Callable[[str], list[list[str]]] | None = None


def learn() -> None:
    """Load the dictionary; takes a moment, so call it in a worker. Until then names are not found by their sound."""
    with _loading:
        if _Readings.of is not None:
            return
        # Words are not needed: every reading of every character counts.
        os.environ.setdefault("PYPINYIN_NO_PHRASES", "1")
        from pypinyin import Style, pinyin  # noqa: PLC0415 -- loaded by whoever can wait

        _Readings.of = lambda character: pinyin(character, style=Style.NORMAL, heteronym=True)


def known() -> bool:
    """Whether the dictionary is loaded."""
    return _Readings.of is not None


def sounds_like(text: str, typed: str) -> bool:
    """Whether some characters in a row sound like what was typed.

    Args:
        text: names, notes; what is not Chinese stands for itself, gaps for nothing.
        typed: syllables or their first letters, the last one perhaps cut short.
    """
    typed = "".join(typed.lower().split())
    if not known() or not typed.isascii() or not any(letter.isalpha() for letter in typed):
        return False
    return _found(text, typed)


@lru_cache(maxsize=8_192)
def _found(text: str, typed: str) -> bool:
    ways = [_ways(character) for character in text.lower() if not character.isspace()]
    return any(_goes_on(ways, start, typed) for start in range(len(ways)))


def _goes_on(ways: list[tuple[str, ...]], place: int, rest: str) -> bool:
    if not rest:
        return True
    if place >= len(ways):
        return False
    # The whole syllable, its first letter, or as much of the last one as was typed.
    return any(
        (rest.startswith(way) and _goes_on(ways, place + 1, rest[len(way) :]))
        or (rest[0] == way[0] and _goes_on(ways, place + 1, rest[1:]))
        or way.startswith(rest)
        for way in ways[place]
    )


@lru_cache(maxsize=4_096)
def _ways(character: str) -> tuple[str, ...]:
    """How a character may be typed."""
    readings = _Readings.of
    if readings is None or ord(character) not in _HAN:
        return (character,)
    found = {reading for one in readings(character) for reading in one if reading}
    # ü is typed as v or as u.
    return tuple(sorted(found | {reading.replace("v", "u") for reading in found}))
