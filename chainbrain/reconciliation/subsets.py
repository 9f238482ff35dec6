"""Which of some amounts together give a sum to the fen: how many answers there are, and whether they say anything.

Every combination is counted, none is listed: the sums of both halves of the amounts are laid side by side (Horowitz and
Sahni, "Computing partitions with applications to the knapsack problem", 1974).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from math import comb, prod
from typing import Final

import numpy as np
import numpy.typing as npt

MOST_ITEMS: Final = 24
"""More amounts than these are not searched: their combinations would explain any sum."""

SURE: Final = 0.01
"""An answer is told only where chance alone gives fewer answers than this."""

_SIZE: Final = 1 << 44
"""Sums carry the number of their amounts above this, so that one search asks for a sum and a size."""
_PERIODS: Final = (10, 100, 1000)
_NOISE: Final = 4
"""So many sums more than expected may end like the total before that is a habit of the amounts."""
_LISTED: Final = 5_000
_SLICES: Final = 32

_Sums = npt.NDArray[np.int64]


@dataclass(frozen=True)
class Found:
    """What a search gave.

    Attributes:
        tried: combinations that were looked at, of two amounts up to ``most``.
        expected: how many of them chance alone would bring to the sum.
        number: how many are the sum.
        answers: up to two of them, as positions; the second of other amounts than the first, where there is one.
        shared: positions that every answer has.
        alike: all answers are of the same amounts: the sum is settled, which of the equal rows it is stays open.
    """

    tried: int
    most: int
    expected: float
    number: int
    answers: tuple[tuple[int, ...], ...] = ()
    shared: tuple[int, ...] = ()
    alike: bool = False


def search(amounts: Sequence[int], total: int, needed: Collection[int] = ()) -> Found | None:
    """Look for two or more of ``amounts`` that are ``total``, all in fen.

    Of combinations of two, three, ... amounts so many sizes are taken as keep the number of answers that chance alone
    would give below ``SURE``; nothing is returned where already the pairs would give more.

    Args:
        amounts: not zero; at most ``MOST_ITEMS``, or nothing is returned.
        total: the sum.
        needed: positions of which an answer must have one or more; none means that any will do.
    """
    if not 2 <= len(amounts) <= MOST_ITEMS:
        return None
    halves = _Halves(amounts, total)
    for most in range(len(amounts), 1, -1):
        tried = sum(comb(len(amounts), size) for size in range(2, most + 1))
        if tried >= SURE * _spread(amounts, most):
            continue
        expected = halves.by_chance(most, tried)
        if expected < SURE:
            return _told(halves, most, tried, expected, frozenset(needed))
    return None


def _told(halves: _Halves, most: int, tried: int, expected: float, needed: frozenset[int]) -> Found:
    without = halves.number(most, leave=needed) if needed else 0
    number = halves.number(most) - without
    if not number:
        return Found(tried, most, expected, 0)
    listed = [one for one in halves.answers(most) if not needed or needed & set(one)]
    first, *rest = listed
    kinds = sorted(halves.amounts[at] for at in first)
    other = next((one for one in rest if sorted(halves.amounts[at] for at in one) != kinds), None)
    answers = (first, *([other] if other else rest[:1]))
    # A position that is in all of those listed may still be missing from one further on.
    shared = set(first).intersection(*listed)
    if number > len(listed):
        shared = {at for at in shared if not halves.number(most, leave={at}) - (without if at not in needed else 0)}
    supply, used = Counter(halves.amounts), Counter(kinds)
    alike = not needed and prod(comb(supply[amount], count) for amount, count in used.items()) == number
    return Found(tried, most, expected, number, answers, tuple(sorted(shared)), alike)


class _Halves:
    """The sums of all combinations, in two halves."""

    def __init__(self, amounts: Sequence[int], total: int) -> None:
        self.amounts = tuple(amounts)
        self._total = total
        self._middle = len(amounts) // 2
        self._left, self._right, self._order = self._sums(frozenset())

    def number(self, most: int, leave: Collection[int] = ()) -> int:
        """Combinations of two to ``most`` amounts that are the total, without those that have one of ``leave``."""
        left, right, _ = self._sums(frozenset(leave)) if leave else (self._left, self._right, self._order)
        return _within(left, right, self._total, most, 0)

    def by_chance(self, most: int, tried: int) -> float:
        """How many would be the total if sums fell evenly over their spread, around the total, and over last digits.

        The greatest of the three counts. Amounts that are mostly whole yuan meet a whole sum more often.
        """
        spread = _spread(self.amounts, most)
        reach = max(spread // _SLICES, 100)
        near = _within(self._left, self._right, self._total, most, reach) - self.number(most)
        even = max(tried / spread, near / (2 * reach))
        return even * self._crowding(most, tried)

    def _crowding(self, most: int, tried: int) -> float:
        """How much more often other sums end like the total than they would if all endings were alike."""
        period = _PERIODS[-1]
        counts = np.zeros((most + 1, period), dtype=np.int64)
        counts[0, 0] = 1
        for amount in self.amounts:
            counts[1:] = counts[1:] + np.roll(counts[:-1], amount % period, axis=1)
        endings = counts[2:].sum(axis=0)
        answers = self.number(most)
        alike = ((one, int(endings[self._total % one :: one].sum()) - answers) for one in _PERIODS)
        return max([1.0, *(count * one / tried for one, count in alike if count > _NOISE * (1 + tried / one))])

    def answers(self, most: int) -> list[tuple[int, ...]]:
        """The first answers, by number of amounts and position."""
        found: list[tuple[int, ...]] = []
        for size in range(2, most + 1):
            wanted = size * _SIZE + self._total - self._left
            first = np.searchsorted(self._right, wanted, "left")
            after = np.searchsorted(self._right, wanted, "right")
            for left in np.flatnonzero(after > first).tolist():
                for place in range(int(first[left]), int(after[left])):
                    mask = left | int(self._order[place]) << self._middle
                    found.append(tuple(at for at in range(len(self.amounts)) if mask >> at & 1))
                    if len(found) == _LISTED:
                        return sorted(found, key=lambda one: (len(one), one))
        return sorted(found, key=lambda one: (len(one), one))

    def _sums(self, leave: frozenset[int]) -> tuple[_Sums, _Sums, _Sums]:
        """The sums of the left half by their mask, those of the right half in order, and the masks of these."""
        kept = [(at, amount) for at, amount in enumerate(self.amounts) if at not in leave]
        left = _all_sums([amount for at, amount in kept if at < self._middle])
        right = _all_sums([amount for at, amount in kept if at >= self._middle])
        order = np.argsort(right, kind="stable")
        return left, right[order], order


def _all_sums(amounts: Sequence[int]) -> _Sums:
    sums: _Sums = np.zeros(1, dtype=np.int64)
    for amount in amounts:
        sums = np.concatenate([sums, sums + (amount + _SIZE)])
    return sums


def _within(left: _Sums, right: _Sums, total: int, most: int, reach: int) -> int:
    number = 0
    for size in range(2, most + 1):
        wanted = size * _SIZE + total - left
        after = np.searchsorted(right, wanted + reach, "right")
        number += int((after - np.searchsorted(right, wanted - reach, "left")).sum())
    return number


def _spread(amounts: Sequence[int], most: int) -> int:
    """From the least to the greatest sum of two to ``most`` amounts."""
    rising = sorted(amounts)
    sizes = range(2, most + 1)
    return max(sum(rising[-size:]) for size in sizes) - min(sum(rising[:size]) for size in sizes) + 1
