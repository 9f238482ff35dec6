"""Reads a text table piece by piece: the memory it takes does not grow with the file."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

import polars as pl

from chainbrain.errors import FileRefused
from chainbrain.importers import staging
from chainbrain.importers.base import Context, Importer, Sheet
from chainbrain.importers.files.textfile import TextFile
from chainbrain.importers.harvest import Harvest
from chainbrain.importers.limits import Limits
from chainbrain.importers.tables import cut
from chainbrain.importers.tables.detect import Hit
from chainbrain.importers.tables.table import Table
from chainbrain.importers.tables.verdicts import Verdicts

Staged = tuple[Harvest, dict[str, Path]]
"""What a data member yields, its frames written."""


def read_whole(importer: Importer, sheets: list[Sheet], context: Context, start: Path) -> Staged:
    """Read tables that are in memory.

    Args:
        importer: their format.
        sheets: the tables.
        context: what the importer may know besides.
        start: beginning of the staged files' names.
    """
    harvest = importer.read(sheets, context)
    harvest.finish()
    files = staging.Files(start)
    for kind, frames in harvest.frames.items():
        files.write(kind, pl.concat(frames), last=True)
    harvest.frames = {key: [] for key in harvest.frames}
    return harvest, files.paths


def read_text(text: TextFile, hit: Hit, limits: Limits, context: Context, start: Path) -> Staged:
    """Read the table of a text, in pieces where it is long and its format can be read so.

    Raises:
        FileRefused: what ``cut`` refuses, and ``import.too_large`` for a long text that must be read whole.
    """
    if text.several and hit.importer.streams:
        return _read_pieces(text, hit, limits, context, start)
    if text.size > limits.whole_bytes:
        raise FileRefused("import.too_large", allowed=limits.whole_bytes // 1_000_000)
    return read_whole(hit.importer, [Sheet(hit.layout, cut.from_text(text, hit, limits))], context, start)


def _read_pieces(text: TextFile, hit: Hit, limits: Limits, context: Context, start: Path) -> Staged:
    """Read piece by piece; once more where a piece was told by itself what the whole file contradicts."""
    verdicts = Verdicts(alone=False)
    while True:
        files = staging.Files(start)
        try:
            harvest = _joined(hit, cut.pieces_of(text, hit, limits, verdicts), context, files)
        finally:
            files.close()
        if verdicts.stand():
            harvest.finish()
            return harvest, files.paths


def _joined(hit: Hit, tables: Iterable[Table], context: Context, files: staging.Files) -> Harvest:
    together: Harvest | None = None
    for table in tables:
        part = hit.importer.read([Sheet(hit.layout, table)], context)
        for kind, frames in part.frames.items():
            for frame in frames:
                files.write(kind, frame)
        if together is None:
            together = part
        else:
            together.join(part)
        together.frames = {key: [] for key in (*together.frames, *part.frames)}
    assert together is not None  # at least one table is cut, if only an empty one
    return together
