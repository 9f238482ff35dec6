"""The errors that are somebody's turn: a code and facts, worded by the front ends."""

from __future__ import annotations

import errno
from collections.abc import Mapping


class Word(str):
    """A fact that is a vocabulary key such as ``system.ENOENT``: people read its word, programs the key."""

    __slots__ = ()


def system_reason(cause: OSError) -> Word:
    """Why the computer refused, in words of ours: its own are in the language of the system, mostly English."""
    return Word(f"system.{errno.errorcode.get(cause.errno or 0, 'unknown')}")


class UserError(Exception):
    """Something the user can understand and act on; everything else is a bug of ours.

    Attributes:
        code: what happened, for example ``import.unknown_format``; the words stand in ``resources/texts/messages``.
        facts: the values the words need (file name, line, column, figures as text).
    """

    def __init__(self, code: str, **facts: object) -> None:
        super().__init__(code, dict(facts))
        self.code = code
        self.facts: Mapping[str, object] = facts

    def __str__(self) -> str:
        facts = ", ".join(f"{name}={value}" for name, value in self.facts.items())
        return f"{self.code} ({facts})" if facts else self.code

    def __reduce__(self) -> tuple[object, ...]:
        # Errors travel from the reading process to us by pickle, which would otherwise lose the facts.
        return _rebuild, (type(self), self.code, dict(self.facts))


def _rebuild(kind: type[UserError], code: str, facts: dict[str, object]) -> UserError:
    return kind(code, **facts)


class Cancelled(Exception):
    """The user asked to stop; nothing half done was kept."""


class FileRefused(UserError):
    """This file will not be written, and why."""


class DecisionRefused(UserError):
    """A person's word that cannot be written; ``number`` says which of several, counted from 0."""

    number: int = 0

    @classmethod
    def of(cls, problem: UserError, number: int) -> DecisionRefused:
        """The same problem, with its place."""
        refused = cls(problem.code, **problem.facts)
        refused.number = number
        return refused


class BookInUse(UserError):
    """The book is open elsewhere; ``facts`` name the holder."""


class BookDamaged(UserError):
    """The book is not what it was when it was closed; ``facts`` say what is missing."""
