"""Zip files with fixed timestamps; member names may be GBK without the UTF-8 flag, as the wallets write them."""

from __future__ import annotations

import struct
import zlib

_DOS_DATE = (1980 - 1980) << 9 | 1 << 5 | 1
_UTF8_FLAG = 0x800
_LEVEL = 6


def pack(members: list[tuple[str, bytes]], *, names: str = "utf-8") -> bytes:
    """The bytes of a zip holding the members in this order.

    The standard library marks every non-ASCII name as UTF-8 and stamps the system it runs on; real exports do neither,
    and the demo must not differ from machine to machine.

    Args:
        members: name and content.
        names: ``utf-8``, or ``gbk`` for names without the flag that says UTF-8.
    """
    body, index = bytearray(), bytearray()
    for name, content in members:
        raw = name.encode(names)
        flags = _UTF8_FLAG if names == "utf-8" and not name.isascii() else 0
        squeezer = zlib.compressobj(_LEVEL, zlib.DEFLATED, -15)
        packed = squeezer.compress(content) + squeezer.flush()
        common = struct.pack(
            "<HHHHHIIIHH", 20, flags, 8, 0, _DOS_DATE, zlib.crc32(content), len(packed), len(content), len(raw), 0
        )
        index += b"PK\x01\x02" + struct.pack("<H", 20) + common + struct.pack("<HHHII", 0, 0, 0, 0, len(body)) + raw
        body += b"PK\x03\x04" + common + raw + packed
    end = struct.pack("<HHHHIIH", 0, 0, len(members), len(members), len(index), len(body), 0)
    return bytes(body + index + b"PK\x05\x06" + end)
