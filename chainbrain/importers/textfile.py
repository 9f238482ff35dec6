"""Text files as physical lines: decoded strictly, counted from 1, never repaired in silence."""

from __future__ import annotations

import csv
from dataclasses import dataclass
from typing import Final

import polars as pl

from chainbrain.errors import FileRefused
from chainbrain.importers.limits import HEADER_ROWS

DELIMITERS: Final = (",", "\t", ";", "|")
_UTF16: Final = {b"\xff\xfe": "utf-16-le", b"\xfe\xff": "utf-16-be"}
_BOM: Final = b"\xef\xbb\xbf"
# So many Chinese characters in a row of valid UTF-8 do not happen by chance in GBK bytes.
_SURELY_UTF8: Final = 3


@dataclass(frozen=True)
class TextFile:
    """The lines of a text file.

    Attributes:
        encoding: utf-8, utf-8-sig, gb18030, utf-16-le or utf-16-be.
        lines: columns ``line`` (from 1) and ``text`` without the end of line.
    """

    encoding: str
    lines: pl.DataFrame

    @classmethod
    def decode(cls, data: bytes) -> TextFile:
        """Decode and cut into lines.

        Raises:
            FileRefused: NUL bytes, or bytes that are no text; with line and byte position.
        """
        encoding, text = decoded(data)
        if "\n" not in text and "\r" in text:
            text = text.replace("\r", "\n")
        lines = pl.read_lines(text.encode()) if text else pl.DataFrame({"lines": pl.Series([], dtype=pl.String)})
        lines.columns = ["text"]
        return cls(encoding, lines.with_row_index("line", 1).with_columns(pl.col("line").cast(pl.Int64)))

    def preview(self, delimiter: str) -> list[list[str]]:
        """The cells of the first lines, where a header is looked for."""
        return [split_line(text, delimiter) for text in self.lines["text"].head(HEADER_ROWS + 1)]


def decoded(data: bytes) -> tuple[str, str]:
    """Encoding and text of a whole file: by its mark, else strict UTF-8, else strict GB18030.

    Raises:
        FileRefused: NUL bytes, or bytes that are no text; with line and byte position.
    """
    encoding, text = _decode(data)
    _refuse_lost_characters(text)
    return encoding, text


def split_line(text: str, delimiter: str) -> list[str]:
    """The cells of one line, double quotes understood."""
    if '"' not in text:
        return text.split(delimiter)
    try:
        return next(csv.reader([text], delimiter=delimiter), [])
    except csv.Error:
        return text.split(delimiter)


def _decode(data: bytes) -> tuple[str, str]:
    for mark, encoding in _UTF16.items():
        if data.startswith(mark):
            try:
                return encoding, data[2:].decode(encoding)
            except UnicodeDecodeError as error:
                raise _bad_encoding(data, error.start + 2, encoding) from error
    nul = data.find(b"\0")
    if nul >= 0:
        raise FileRefused("import.nul_byte", line=data.count(b"\n", 0, nul) + 1, byte=nul + 1)
    marked = data.startswith(_BOM)
    body = data[3:] if marked else data
    try:
        return ("utf-8-sig" if marked else "utf-8"), body.decode("utf-8")
    except UnicodeDecodeError as error:
        if marked or _is_utf8_so_far(body[: error.start]):
            raise _bad_encoding(data, error.start + (3 if marked else 0), "utf-8") from error
    try:
        return "gb18030", body.decode("gb18030")
    except UnicodeDecodeError as error:
        raise _bad_encoding(data, error.start, "gb18030") from error


def _is_utf8_so_far(start: bytes) -> bool:
    """Whether the text before the first bad byte shows that the file was UTF-8 and must not be read as GB18030."""
    chinese = 0
    for character in start.decode("utf-8"):
        chinese = chinese + 1 if "\u4e00" <= character <= "\u9fff" else chinese
        if chinese >= _SURELY_UTF8:
            return True
    return False


def _bad_encoding(data: bytes, at: int, encoding: str) -> FileRefused:
    return FileRefused("import.bad_encoding", line=data.count(b"\n", 0, at) + 1, byte=at + 1, encoding=encoding)


def _refuse_lost_characters(text: str) -> None:
    at = text.find("\ufffd")
    if at >= 0:
        line = text.count("\n", 0, at) + 1
        raise FileRefused("import.lost_characters", line=line, count=text.count("\ufffd"))
