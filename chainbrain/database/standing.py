"""Whose turn it is to write, and what a reader was told as long as nothing is committed."""

from __future__ import annotations

import threading
from collections.abc import Callable, Hashable
from typing import Any, Final, TypeVar

Told = TypeVar("Told")
# Screens that are looked at have some dozens of answers; whoever walks through all stores keeps no more.
_MOST: Final = 100


class Turn:
    """Whose turn it is to write: one transaction at a time, except for the long one that lets short ones pass.

    Attributes:
        lock: held by whoever writes.
        beside: whether the long one is under way; others may then only append, never change what it derives.
        threads: how many work on one statement; it holds for the database as a whole.
        rows: by how many rows their number was chosen.
    """

    def __init__(self) -> None:
        self.lock = threading.RLock()
        self.beside = False
        self.threads = 1
        self.rows = 0


class Commits:
    """How often anything was committed on one database; shared by all its books.

    Attributes:
        number: goes up after each commit, so that who reads it first and the book then sees at least as much.
    """

    def __init__(self) -> None:
        self.number = 0


class Standing:
    """What one reader was told, until anybody commits."""

    def __init__(self, commits: Commits) -> None:
        self._commits = commits
        self._began: int | None = None
        self._since = -1
        self._answers: dict[Hashable, Any] = {}

    def begin(self) -> None:
        """A moment begins: what is told in it holds for what was committed before, however long it lasts."""
        self._began = self._commits.number

    @property
    def at_one_moment(self) -> bool:
        """Whether everything that is asked now is of one state."""
        return self._began is not None

    def end(self) -> None:
        """The moment is over."""
        self._began = None

    def told(self, key: Hashable, work: Callable[[], Told]) -> Told:
        """What ``work`` gives, done anew only when something was committed since it was done last.

        Args:
            key: what is asked, with everything that it depends on beside the book.
            work: asks the book; gives what nobody changes.
        """
        now = self._commits.number if self._began is None else self._began
        if now != self._since or len(self._answers) >= _MOST:
            self._answers.clear()
            self._since = now
        if key in self._answers:
            found: Told = self._answers[key]
            return found
        told = work()
        # Committed in between and seen by a question within this one: the answer may be of the state before.
        if self._since == now:
            self._answers[key] = told
        return told
