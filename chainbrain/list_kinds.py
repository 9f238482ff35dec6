"""What a list is: its columns, the order it starts with, and the statement that gives its rows."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from chainbrain.database.book import Book


@dataclass(frozen=True)
class Column:
    """One column of a list: ``key`` names it (words under ``column.<key>``), ``kind`` says how it is shown.

    Kinds: text, id (an external number), money, fine (five decimals), day, moment, count, word (a vocabulary key whose
    prefix is ``words``).
    """

    key: str
    kind: str = "text"
    words: str = ""


@dataclass(frozen=True)
class ListKind:
    """One list that can be opened: its columns in the order of the statement, and the order it starts with.

    ``ready`` works out beforehand what the statement reads.
    """

    name: str
    columns: tuple[Column, ...]
    order: str
    statement: str = ""
    defaults: Mapping[str, object] = field(default_factory=dict)
    ready: Callable[[Book], None] | None = None

    @property
    def query(self) -> str:
        """The statement below ``queries`` that gives the rows."""
        return self.statement or f"lists/{self.name}"


STATE: Final = Column("state", "word", "state")
CHANNEL: Final = Column("channel", "word", "channel")
