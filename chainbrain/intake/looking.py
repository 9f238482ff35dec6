"""Looks into tables that no importer knows, by one reading process that stays ready while somebody makes a map."""

from __future__ import annotations

from contextlib import ExitStack
from dataclasses import replace
from pathlib import Path

from chainbrain.importers.mapped.mapping import TableMapping
from chainbrain.importers.mapped.sample import Look, Sample, TriedOut
from chainbrain.importers.reading import Reader
from chainbrain.progress import Report, silent


class LookRoom:
    """Shows samples and tries maps out; foreign bytes are parsed in the reading process only."""

    def __init__(self) -> None:
        self._ending = ExitStack()
        self._reader: Reader | None = None

    def sample(self, look: Look, report: Report = silent) -> Sample:
        """The header, the first rows and a proposal.

        Raises:
            FileRefused: the file cannot be read, or has nothing like a table.
        """
        found = self._ready().look(replace(look, mapping=None), report)
        assert isinstance(found, Sample)
        return found

    def try_out(self, look: Look, mapping: TableMapping, report: Report = silent) -> TriedOut:
        """What a map makes of the whole table, complete or not; nothing is written.

        Raises:
            FileRefused: the file cannot be read, or does not have the map's header.
        """
        found = self._ready().look(replace(look, mapping=mapping), report)
        assert isinstance(found, TriedOut)
        return found

    def close(self) -> None:
        """Let the reading process go."""
        self._ending.close()
        self._reader = None

    def _ready(self) -> Reader:
        if self._reader is None:
            # Nothing is staged and no payer is written, so neither a desk nor the book's salt is needed.
            self._reader = self._ending.enter_context(Reader(Path(), salt=b""))
        return self._reader
