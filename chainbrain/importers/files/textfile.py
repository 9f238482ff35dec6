"""Text files as physical lines: decoded strictly, counted from 1, handed out in pieces that fit into memory."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Final

import polars as pl

from chainbrain.importers.files.encoding import BOM, LostCharacters, Opener, as_utf8, cut_at_lines, encoding_of
from chainbrain.importers.limits import HEADER_ROWS

DELIMITERS: Final = (",", "\t", ";", "|")


@dataclass(frozen=True)
class Piece:
    """Some whole lines of a text.

    Attributes:
        first: the number of the first line, from 1.
        data: the lines as UTF-8.
    """

    first: int
    data: bytes

    @cached_property
    def lines(self) -> pl.DataFrame:
        """Columns ``line`` and ``text``, without the end of line."""
        lines = pl.read_lines(self.data) if self.data else pl.DataFrame({"line": pl.Series([], dtype=pl.String)})
        lines.columns = ["text"]
        return lines.with_row_index("line", self.first).with_columns(pl.col("line").cast(pl.Int64))


class TextFile:
    """The lines of a text file.

    Attributes:
        encoding: utf-8, utf-8-sig, gb18030, utf-16-le or utf-16-be.
        several: whether it is so long that it is read in pieces.
        size: bytes of its UTF-8.
        head: the first lines, where a header is looked for.
    """

    def __init__(self, opened: Opener, copy: Path, size: int) -> None:
        """Decode a text completely.

        Args:
            opened: opens its bytes.
            copy: where the UTF-8 of a long text in another encoding is put, so that it is decoded only once.
            size: bytes of one piece.

        Raises:
            FileRefused: NUL bytes, or bytes that are no text; with line and byte position.
        """
        self._size = size
        self.encoding = encoding_of(opened, size)
        pieces = as_utf8(opened, self.encoding, size)
        first, second = next(pieces, b""), next(pieces, None)
        lost = LostCharacters()
        self.size = 0
        self._skip = 0

        def look(piece: bytes) -> None:
            lost.look(piece)
            self.size += len(piece)

        look(first)
        look(second or b"")
        if second is None:
            only = _with_line_ends(first)
            self.several = len(only) > size
            self._opened: Opener = lambda: io.BytesIO(only)
        elif self.encoding != "gb18030":
            self.several = True
            self._opened = opened
            self._skip = len(BOM) if self.encoding == "utf-8-sig" else 0
            for piece in pieces:
                look(piece)
        else:
            self.several = True
            self._opened = lambda: copy.open("rb")
            with copy.open("wb") as stream:
                stream.write(first)
                stream.write(second)
                for piece in pieces:
                    look(piece)
                    stream.write(piece)
        lost.refuse()
        self.head = self._first_lines()

    def pieces(self) -> Iterator[Piece]:
        """The text in pieces that end where lines end."""
        first = 1
        with self._opened() as stream:
            stream.seek(self._skip)
            for data in cut_at_lines(stream, self._size):
                yield Piece(first, data)
                first += data.count(b"\n")

    def whole(self) -> Piece:
        """The text as one piece."""
        with self._opened() as stream:
            stream.seek(self._skip)
            return Piece(1, stream.read())

    def preview(self, delimiter: str) -> list[list[str]]:
        """The cells of the first lines, where a header is looked for."""
        return [split_line(text, delimiter) for text in self.head]

    def _first_lines(self) -> pl.Series:
        found: list[pl.Series] = [pl.Series("text", [], dtype=pl.String)]
        for piece in self.pieces():
            found.append(piece.lines["text"].head(HEADER_ROWS + 1))
            if sum(part.len() for part in found) > HEADER_ROWS:
                break
        return pl.concat(found).head(HEADER_ROWS + 1)


def split_line(text: str, delimiter: str) -> list[str]:
    """The cells of one line, double quotes understood."""
    if '"' not in text:
        return text.split(delimiter)
    try:
        return next(csv.reader([text], delimiter=delimiter), [])
    except csv.Error:
        return text.split(delimiter)


def _with_line_ends(text: bytes) -> bytes:
    """Old programs end lines with a carriage return alone."""
    return text.replace(b"\r", b"\n") if b"\n" not in text else text
