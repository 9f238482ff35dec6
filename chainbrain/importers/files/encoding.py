"""Which encoding a text file is in, by all of its bytes; decoded strictly, never repaired in silence."""

from __future__ import annotations

import io
import re
from collections.abc import Callable, Iterator
from itertools import islice
from typing import BinaryIO, Final

import polars as pl

from chainbrain.errors import FileRefused

Opener = Callable[[], BinaryIO]
"""Opens a text from its beginning; asked several times."""

BOM: Final = b"\xef\xbb\xbf"
_UTF16: Final = {b"\xff\xfe": "utf-16-le", b"\xfe\xff": "utf-16-be"}
# The replacement character, and what becomes of two of them when somebody reads their UTF-8 as GBK.
_LOST: Final = ("\ufffd".encode(), "锟斤拷".encode())
# So many Chinese characters in valid UTF-8 do not happen by chance in GBK bytes.
_SURELY_UTF8: Final = 3
# Bytes by their place in the UTF-8 of Chinese characters: first (L), later (T), other high ones (H), ASCII (a).
_PLACES: Final = bytes(
    ord("a" if byte < 0x80 else "T" if byte < 0xC0 else "L" if 0xE4 <= byte <= 0xE9 else "H") for byte in range(256)
)
# Four such characters are six of GB18030, so decoding notices nothing; between ASCII no GBK text looks like this.
_UTF8_RUN: Final = re.compile(rb"a((?:LTT){4,})(?:a|$)")
_CHINESE: Final = re.compile("[\u4e00-\u9fff]")


def cut_at_lines(stream: BinaryIO, size: int) -> Iterator[bytes]:
    """Pieces of about this size that end where lines end: 0x0A is never part of a character of UTF-8 or GB18030."""
    parts: list[bytes] = []
    chunk = stream.read(size)
    while chunk:
        ahead = stream.read(size)
        end = chunk.rfind(b"\n") + 1 if ahead else len(chunk)
        if end:
            yield b"".join((*parts, chunk[:end]))
            parts = []
        parts.append(chunk[end:])
        chunk = ahead


def encoding_of(opened: Opener, size: int) -> str:
    """The encoding of a text, proven for all its bytes: utf-8, utf-8-sig, gb18030 (not yet decoded), utf-16-le or -be.

    Raises:
        FileRefused: NUL bytes, or UTF-8 with a byte that is none; with line and byte position.
    """
    with opened() as stream:
        head = stream.read(len(BOM))
    for mark, encoding in _UTF16.items():
        if head.startswith(mark):
            return encoding
    marked = head == BOM
    lines = at = 0
    chinese = _SURELY_UTF8 if marked else 0
    wrong: FileRefused | None = None
    is_utf8 = True
    with opened() as stream:
        for piece in cut_at_lines(stream, size):
            nul = piece.find(b"\0")
            if nul >= 0:
                raise FileRefused("import.nul_byte", line=lines + piece.count(b"\n", 0, nul) + 1, byte=at + nul + 1)
            if is_utf8:
                end = _end_of_utf8(piece)
                if chinese < _SURELY_UTF8:
                    chinese += _chinese_in(piece[:end])
                if end is not None:
                    is_utf8 = False
                    # Text before it shows that the file was meant as UTF-8 and must not be read as GB18030.
                    wrong = bad_encoding(piece, end, "utf-8", lines, at) if chinese >= _SURELY_UTF8 else None
            lines += piece.count(b"\n")
            at += len(piece)
    if wrong is not None:
        raise wrong
    if not is_utf8:
        return "gb18030"
    return "utf-8-sig" if marked else "utf-8"


def as_utf8(opened: Opener, encoding: str, size: int) -> Iterator[bytes]:
    """A text as pieces of UTF-8 that end where lines end.

    Raises:
        FileRefused: bytes that are no text; with line and byte position.
    """
    with opened() as stream:
        if encoding.startswith("utf-16"):
            # A line end of two bytes cannot be looked for in single ones; such exports are small.
            data = stream.read()
            text = _decoded(data[2:], encoding, 0, 2, data)
            nul = text.find("\0")
            if nul >= 0:
                # UTF-32 begins with the same mark.
                raise FileRefused("import.nul_byte", line=text.count("\n", 0, nul) + 1, byte=2 * nul + 3)
            yield text.encode()
            return
        stream.seek(len(BOM) if encoding == "utf-8-sig" else 0)
        lines = at = 0
        for piece in cut_at_lines(stream, size):
            if encoding != "gb18030":
                yield piece
                continue
            _refuse_mixture(piece, lines)
            yield _decoded(piece, encoding, lines, at, None).encode()
            lines += piece.count(b"\n")
            at += len(piece)


def decoded(data: bytes) -> tuple[str, str]:
    """Encoding and text of a file that is in memory.

    Raises:
        FileRefused: NUL bytes, or bytes that are no text; with line and byte position.
    """
    size = len(data) + 1
    encoding = encoding_of(lambda: io.BytesIO(data), size)
    text = b"".join(as_utf8(lambda: io.BytesIO(data), encoding, size))
    lost = LostCharacters()
    lost.look(text)
    lost.refuse()
    return encoding, text.decode("utf-8")


def bad_encoding(data: bytes, at: int, encoding: str, lines: int, offset: int) -> FileRefused:
    """A byte at a place in a piece that has so many lines and bytes before it."""
    line = lines + data.count(b"\n", 0, at) + 1
    return FileRefused("import.bad_encoding", line=line, byte=offset + at + 1, encoding=encoding)


class LostCharacters:
    """Looks for characters that another program has lost (U+FFFD, 锟斤拷) and put nothing but a mark for."""

    def __init__(self) -> None:
        self._line = 0
        self._count = 0
        self._lines = 0

    def look(self, piece: bytes) -> None:
        """Look at the next piece of UTF-8."""
        found = [at for at in (piece.find(mark) for mark in _LOST) if at >= 0]
        if found:
            self._line = self._line or self._lines + piece.count(b"\n", 0, min(found)) + 1
            self._count += sum(piece.count(mark) for mark in _LOST)
        self._lines += piece.count(b"\n")

    def refuse(self) -> None:
        """Refuse a text that has any.

        Raises:
            FileRefused: with the first line and the number of them.
        """
        if self._count:
            raise FileRefused("import.lost_characters", line=self._line, count=self._count)


def _decoded(piece: bytes, encoding: str, lines: int, offset: int, whole: bytes | None) -> str:
    try:
        return piece.decode(encoding)
    except UnicodeDecodeError as error:
        if whole is not None:
            raise bad_encoding(whole, error.start + offset, encoding, 0, 0) from error
        raise bad_encoding(piece, error.start, encoding, lines, offset) from error


def _refuse_mixture(piece: bytes, lines: int) -> None:
    places = piece.translate(_PLACES)
    # The plain search is many times faster than the pattern and nearly always enough.
    start = places.find(b"aLTTLTTLTTLTT")
    found = _UTF8_RUN.search(places, start) if start >= 0 else None
    if found:
        raise FileRefused("import.mixed_encodings", line=lines + piece.count(b"\n", 0, found.start(1)) + 1)


def _end_of_utf8(piece: bytes) -> int | None:
    """Where the first byte is that is no UTF-8; the fast check only says whether there is one."""
    try:
        pl.Series([piece], dtype=pl.Binary).cast(pl.String)
    except pl.exceptions.PolarsError:
        try:
            piece.decode("utf-8")
        except UnicodeDecodeError as error:
            return error.start
    return None


def _chinese_in(start: bytes) -> int:
    """How many Chinese characters valid UTF-8 holds, counted no further than needed."""
    if start.isascii():
        return 0
    return sum(1 for _ in islice(_CHINESE.finditer(start.decode("utf-8")), _SURELY_UTF8))
