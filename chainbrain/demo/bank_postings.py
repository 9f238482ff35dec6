"""Lines of the corporate accounts on their way into the statements."""

from __future__ import annotations

from typing import NamedTuple

HOUR = 3600
Posting = tuple[int, int, int, str, str, str, str, str, int]
"""account, at, amount, party, party_no, memo, short, link, rid."""


class Party(NamedTuple):
    """Who stands on the other side of a line."""

    name: str
    number: str


NOBODY = Party("", "")


class Postings:
    """Collects lines; a few thousand, so plain rows are fine."""

    def __init__(self) -> None:
        self.rows: list[Posting] = []

    def add(
        self,
        account: int,
        at: int,
        amount: int,
        party: Party,
        memo: str,
        *,
        short: str,
        link: tuple[str, int] = ("", -1),
    ) -> None:
        """Take one line; ``short`` is the bank's own word, ``link`` what the line settles."""
        self.rows.append((account, at, amount, party.name, party.number, memo, short, *link))
