"""What a file really is, by its first bytes, and the members of an archive, unpacked within limits."""

from __future__ import annotations

import io
import lzma
import re
import struct
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from chainbrain.errors import FileRefused
from chainbrain.importers.files.passwords import ENCRYPTED, Passwords, open_member
from chainbrain.importers.limits import Limits

_ZIP: Final = b"PK\x03\x04"
_EMPTY_ZIP: Final = b"PK\x05\x06"
_OLE: Final = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_GZIP: Final = b"\x1f\x8b"
_MARKUP: Final = re.compile(
    rb"<(?:\?xml|!--|!doctype|html|head|meta|title|link|style|script|body|div|center|form|font|table"
    rb"|(?:ss:)?workbook)\b",
    re.IGNORECASE,
)
_UTF16: Final = (b"\xff\xfe", b"\xfe\xff")
# Pages made by a program of the bank often begin with many empty lines.
_HEAD: Final = 1 << 16
_OTHERS: Final = {
    b"%PDF": "pdf",
    b"Rar!": "rar",
    b"7z\xbc\xaf": "7z",
    b"\x89PNG": "image",
    b"\xff\xd8\xff": "image",
    b"GIF8": "image",
}
# Marks that stand further in: a book of ours is a database file, a tar has its mark in its first header.
_INSIDE: Final = ((8, b"DUCK", "book"), (257, b"ustar", "tar"))
# What a zip is when it has these parts: https://docs.oasis-open.org/office/OpenDocument/v1.3/ and ECMA-376, part 2.
_WORKBOOKS: Final = ("xl/workbook.xml", "xl/workbook.bin")
_OTHER_SHEETS: Final = ("Index/Document.iwa", "Index.zip")
_DOCUMENTS: Final = ("word/document.xml", "ppt/presentation.xml", "META-INF/container.xml")
_OPEN_DOCUMENT: Final = b"application/vnd.oasis.opendocument."
# What the standard library raises for archives that are not what they say; the list was found by altering bytes.
ZIP_ERRORS: Final = (
    zipfile.BadZipFile, zlib.error, struct.error, lzma.LZMAError, EOFError, OSError, NotImplementedError, ValueError,
    RuntimeError, LookupError, OverflowError,
)  # fmt: skip
_CHUNK: Final = 1 << 20
# Small members may be squeezed harder than the ratio allows without being a bomb.
_SMALL: Final = 1 << 20
# Files that systems add on their own: nobody exported them.
_SYSTEM_NAMES: Final = ("thumbs.db", "desktop.ini")


@dataclass(frozen=True)
class Member:
    """One data member: its name in the archive (``None`` for the file itself), its bytes, or why it was refused."""

    name: str | None
    data: bytes
    refused: FileRefused | None = None


def kind_of(data: bytes) -> str:
    """What the bytes are: zip, xlsx, xls, gzip, markup, pdf, rar, 7z, tar, image, document, sheets, book or text.

    An encrypted xlsx is an xls here: the old kind of container holds it.
    """
    if not data.strip(b" \t\r\n\xef\xbb\xbf\x00"):
        return "empty"
    if data.startswith((_ZIP, _EMPTY_ZIP)):
        return _zipped_kind(data)
    if data.startswith(_OLE):
        return "xls"
    if data.startswith(_GZIP):
        return "gzip"
    for at, magic, kind in _INSIDE:
        if data[at : at + len(magic)] == magic:
            return kind
    head = data[:_HEAD]
    if head.startswith(_UTF16):
        head = head[2:].replace(b"\0", b"")
    if _MARKUP.match(head.lstrip(b"\xef\xbb\xbf \t\r\n")):
        return "markup"
    return next((name for magic, name in _OTHERS.items() if data.startswith(magic)), "text")


def is_system_file(name: str) -> bool:
    """Whether a file is hidden, an office program's lock file, or something a system leaves in folders."""
    parts = name.replace("\\", "/").split("/")
    return parts[-1].lower() in _SYSTEM_NAMES or any(
        # A name that leads out of the archive is odd and not hidden; nothing is ever unpacked to where it points.
        part.startswith((".", "~$", "__MACOSX"))
        for part in parts
        if part.strip(".")
    )


def members(data: bytes, limits: Limits, passwords: Passwords) -> Iterator[Member]:
    """The members of a zip in its own order, each unpacked within the limits.

    Raises:
        FileRefused: the archive as a whole cannot be trusted: damaged, too many members, too large.
    """
    try:
        archive = zipfile.ZipFile(io.BytesIO(data))
    except ZIP_ERRORS as error:
        raise FileRefused("import.zip_damaged") from error
    entries = [entry for entry in archive.infolist() if not entry.is_dir()]
    if len(entries) > limits.zip_entries:
        raise FileRefused("import.zip_too_many", entries=len(entries), allowed=limits.zip_entries)
    wanted = [(entry, _name(entry)) for entry in entries]
    wanted = [(entry, name) for entry, name in wanted if not is_system_file(name)]
    if not wanted:
        raise FileRefused("import.empty")
    left = limits.file_bytes
    for entry, name in wanted:
        try:
            unpacked = _unpack(archive, entry, left, limits, passwords)
            left -= len(unpacked)
            yield Member(name, unpacked)
        except FileRefused as refused:
            if refused.code in ("import.zip_bomb", "import.too_large"):
                raise
            yield Member(name, b"", refused)


def names_of(path: Path) -> list[str]:
    """The names of the members that ``members`` would unpack, from the directory of the zip alone."""
    try:
        with zipfile.ZipFile(path) as archive:
            names = [_name(entry) for entry in archive.infolist() if not entry.is_dir()]
    except ZIP_ERRORS:
        return []
    return [name for name in names if not is_system_file(name)]


def gunzip(data: bytes, limits: Limits) -> bytes:
    """Unpack a gzip file within the limits; it may consist of several parts, one behind the other."""
    whole = io.BytesIO()
    rest = data
    try:
        while rest.strip(b"\0"):
            inflater = zlib.decompressobj(wbits=31)
            while not inflater.eof:
                piece = inflater.decompress(rest, _CHUNK)
                if not piece and not inflater.eof:
                    raise FileRefused("import.zip_damaged")
                whole.write(piece)
                _check_size(whole.tell(), len(data), limits.file_bytes, limits)
                rest = inflater.unused_data if inflater.eof else inflater.unconsumed_tail
    except zlib.error as error:
        raise FileRefused("import.zip_damaged") from error
    return whole.getvalue()


def _zipped_kind(data: bytes) -> str:
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            names = archive.namelist()
    except ZIP_ERRORS:
        # The directory at the end is gone; the parts before it still tell what it was.
        return "xlsx" if b"xl/workbook." in data or b"xl/worksheets/" in data else "zip"
    if any(name in _WORKBOOKS for name in names):
        return "xlsx"
    # An open document names its kind in its first member, which is not compressed.
    mark = data.find(_OPEN_DOCUMENT, 0, 200)
    if mark >= 0:
        return "sheets" if data.startswith(b"spreadsheet", mark + len(_OPEN_DOCUMENT)) else "document"
    if any(name in _OTHER_SHEETS for name in names):
        return "sheets"
    return "document" if any(name in _DOCUMENTS for name in names) else "zip"


def _name(entry: zipfile.ZipInfo) -> str:
    if entry.flag_bits & 0x800:
        return entry.filename
    # Without the flag Python took the bytes for cp437; exports of Chinese platforms mean GBK.
    raw = entry.orig_filename.encode("cp437", errors="replace")
    for encoding in ("utf-8", "gb18030"):
        try:
            return raw.decode(encoding)
        except UnicodeDecodeError:
            continue
    return entry.filename


def _unpack(archive: zipfile.ZipFile, entry: zipfile.ZipInfo, left: int, limits: Limits, passwords: Passwords) -> bytes:
    def collect(pieces: Iterator[bytes]) -> bytes:
        return _collected(pieces, entry, left, limits)

    try:
        if entry.flag_bits & ENCRYPTED:
            return open_member(archive, entry, passwords, collect)
        with archive.open(entry) as stream:
            return collect(iter(lambda: stream.read(_CHUNK), b""))
    except ZIP_ERRORS as error:
        raise FileRefused("import.zip_member_damaged") from error


def _collected(pieces: Iterator[bytes], entry: zipfile.ZipInfo, left: int, limits: Limits) -> bytes:
    """The pieces in one, unless there are more than the limits allow."""
    whole = io.BytesIO()
    for piece in pieces:
        whole.write(piece)
        _check_size(whole.tell(), entry.compress_size, left, limits)
    return whole.getvalue()


def _check_size(size: int, packed: int, left: int, limits: Limits) -> None:
    if size > left:
        raise FileRefused("import.too_large", allowed=limits.file_bytes // 1_000_000)
    if size > _SMALL and size > limits.zip_ratio * max(packed, 1):
        raise FileRefused("import.zip_bomb", ratio=limits.zip_ratio)
