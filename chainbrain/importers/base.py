"""What every importer is: a format's layouts, and how its tables become typed records."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Sequence
from dataclasses import dataclass
from typing import ClassVar

from chainbrain.importers.harvest import Harvest
from chainbrain.importers.tables.layout import Layout
from chainbrain.importers.tables.table import Table


@dataclass(frozen=True)
class Sheet:
    """A recognised table with the layout it was recognised by."""

    layout: Layout
    table: Table


@dataclass(frozen=True)
class Context:
    """What an importer may know besides the table: the book's salt and the names of file and member (hints only)."""

    salt: bytes
    name: str


class Importer(ABC):
    """One format: recognised by its layouts, read column by column."""

    format: ClassVar[str]
    layouts: ClassVar[tuple[Layout, ...]]
    confirmed: ClassVar[bool] = True
    """Whether the format was checked against real files; otherwise the import says so."""
    streams: ClassVar[bool] = False
    """Whether ``read`` may be given a long text file piece by piece: each row is read by itself, and what concerns the
    whole file is said through the harvest's sums, balances, spans and days (which ``Harvest.join`` adds up) or asked of
    ``Table.verdicts``. The others are read whole and refused where that takes too much memory."""

    @property
    def title(self) -> str:
        """Vocabulary key of the format's name."""
        return f"format.{self.format}"

    @abstractmethod
    def read(self, sheets: Sequence[Sheet], context: Context) -> Harvest:
        """Turn the recognised tables of one data member into records, control totals and coverage."""

    def compare_with(self, harvest: Harvest, others: Sequence[tuple[str, Harvest]]) -> None:  # noqa: B027 -- optional
        """Check against other members of the same archive; most formats have none."""
