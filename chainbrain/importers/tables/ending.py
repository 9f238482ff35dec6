"""What in a text table is not data: the summary at its end, and remarks anywhere."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import polars as pl

from chainbrain.importers.files.textfile import Piece, TextFile
from chainbrain.importers.tables.layout import Dialect

_MARKS: Final = "`'\" \t\ufeff"
_SUMMARY_LINES: Final = 50
_REMARKS: Final = 200


@dataclass(frozen=True)
class Ending:
    """Where the data of a text ends.

    Attributes:
        line: the first line of the summary, if there is one; nothing below it is data.
        tail: the lines of the summary, then the remarks, with their numbers.
    """

    line: int | None
    tail: tuple[tuple[int, str], ...]

    def data_of(self, piece: Piece, header: int, dialect: Dialect) -> pl.DataFrame:
        """The lines of a piece below the header line that are neither summary nor remark."""
        body = piece.lines
        if piece.first <= header:
            body = body.filter(pl.col("line") > header)
        if self.line is not None:
            body = body.filter(pl.col("line") < self.line)
        if dialect.comment and self.tail:
            body = body.filter(~pl.col("text").str.starts_with(dialect.comment))
        return body


def ending_of(text: TextFile, header: int, dialect: Dialect) -> Ending:
    """Look for summary and remarks below the header line, in the whole text."""
    summary: list[tuple[int, str]] = []
    remarks: list[tuple[int, str]] = []
    end: int | None = None
    if not dialect.ends and not dialect.comment:
        return Ending(None, ())
    for piece in text.pieces():
        if end is None:
            at = _end_in(piece, header, dialect)
            before = piece.lines if at is None and _may_hold_remark(piece, dialect) else None
            if at is not None:
                end = at
                before = piece.lines.filter(pl.col("line") < end)
            if before is not None and dialect.comment and len(remarks) < _REMARKS:
                found = before.filter((pl.col("line") > header) & pl.col("text").str.starts_with(dialect.comment))
                remarks.extend(found.head(_REMARKS - len(remarks)).rows())
        if end is not None:
            below = piece.lines.filter(pl.col("line") >= end)
            summary.extend(below.head(_SUMMARY_LINES - len(summary)).rows())
            if len(summary) >= _SUMMARY_LINES:
                break
    return Ending(end, (*summary, *remarks))


def _end_in(piece: Piece, header: int, dialect: Dialect) -> int | None:
    # A look at the bytes comes first: most pieces of a long file have none of the words.
    if not any(word.encode() in piece.data for word in dialect.ends):
        return None
    plain = pl.col("text").str.strip_chars_start(_MARKS)
    begins = pl.any_horizontal(plain.str.starts_with(word) for word in dialect.ends)
    found = piece.lines.filter((pl.col("line") > header) & begins)
    return int(found["line"][0]) if found.height else None


def _may_hold_remark(piece: Piece, dialect: Dialect) -> bool:
    return dialect.comment is not None and dialect.comment.encode() in piece.data
