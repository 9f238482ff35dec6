"""A proposal, why it says what it says, and how sure that is."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final

from chainbrain.importers.mapped.mapping import TableMapping

PROVEN: Final = "proven"
LIKELY: Final = "likely"
POSSIBLE: Final = "possible"


@dataclass(frozen=True)
class Reason:
    """One proposal: what it is about, what it says, how sure it is, and why as a code with facts.

    ``subject`` is kind, column, unit, sign, dates, words, leave_out or control; ``about`` the column or field.
    """

    subject: str
    about: str
    value: str
    certainty: str
    code: str
    facts: Mapping[str, object] = field(default_factory=dict)


@dataclass(frozen=True)
class Suggestion:
    """A map that is not complete yet, and why it says what it says.

    ``kinds`` lists all kinds, the most likely first; ``words`` the different words of columns that have only a few.
    """

    mapping: TableMapping
    reasons: tuple[Reason, ...] = ()
    kinds: tuple[str, ...] = ()
    words: Mapping[str, tuple[str, ...]] = field(default_factory=dict)

    def reason(self, subject: str, about: str = "") -> Reason | None:
        """Why: ``kind``, ``unit``, ``sign``, ``dates``, ``leave_out``, or ``column`` about a column."""
        return next((one for one in self.reasons if (one.subject, one.about) == (subject, about)), None)
