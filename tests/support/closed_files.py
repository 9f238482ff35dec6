"""Writes archives and workbooks that are closed with a password, as the programs of platforms and banks do."""

from __future__ import annotations

import hashlib
import hmac
import io
import struct
import zlib
from collections.abc import Mapping
from typing import Literal

import msoffcrypto
from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes

Way = Literal["classic", "ae-1", "ae-2", "strong"]
_HEADER = b"twelve bytes"[:11]


def closed_zip(
    members: Mapping[str, bytes], password: str, way: Way = "classic", *, bits: int = 256, encoding: str = "utf-8"
) -> bytes:
    """A zip whose members are encrypted; names in UTF-8 with its flag, or in another encoding without."""
    body, directory = io.BytesIO(), io.BytesIO()
    for name, data in members.items():
        packed = zlib.compressobj(9, zlib.DEFLATED, -15)
        small = packed.compress(data) + packed.flush()
        crc, method, extra = zlib.crc32(data), 8, b""
        if way.startswith("ae-"):
            version, strength = int(way[-1]), (bits - 64) // 64
            extra = struct.pack("<HHH2sBH", 0x9901, 7, version, b"AE", strength, method)
            method, small = 99, _aes(small, password.encode(), bits // 8)
            crc = 0 if version == 2 else crc
        else:
            small = _classic(small, password.encode(), crc)
        raw = name.encode(encoding)
        flags = 0x1 | (0x800 if encoding == "utf-8" else 0) | (0x40 if way == "strong" else 0)
        common = struct.pack(
            "<HHHHHIIIHH", 51, flags, method, 0, 0x5A21, crc, len(small), len(data), len(raw), len(extra)
        )
        directory.write(b"PK\x01\x02" + struct.pack("<H", 51) + common + struct.pack("<HHHII", 0, 0, 0, 0, body.tell()))
        directory.write(raw + extra)
        body.write(b"PK\x03\x04" + common + raw + extra + small)
    start, listed = body.tell(), directory.getvalue()
    body.write(listed)
    body.write(b"PK\x05\x06" + struct.pack("<HHHHIIH", 0, 0, len(members), len(members), len(listed), start, 0))
    return body.getvalue()


def closed_workbook(xlsx: bytes, password: str) -> bytes:
    """An xlsx as spreadsheet programs save it with a password."""
    out = io.BytesIO()
    msoffcrypto.OfficeFile(io.BytesIO(xlsx)).encrypt(password, out)
    return out.getvalue()


def _classic(data: bytes, password: bytes, crc: int) -> bytes:
    keys = [0x12345678, 0x23456789, 0x34567890]

    def step(letter: int) -> None:
        keys[0] = zlib.crc32(bytes([letter]), keys[0] ^ 0xFFFFFFFF) ^ 0xFFFFFFFF
        keys[1] = ((keys[1] + (keys[0] & 0xFF)) * 134775813 + 1) & 0xFFFFFFFF
        keys[2] = zlib.crc32(bytes([keys[1] >> 24]), keys[2] ^ 0xFFFFFFFF) ^ 0xFFFFFFFF

    def hide(letter: int) -> int:
        mask = keys[2] | 2
        hidden = letter ^ (((mask * (mask ^ 1)) >> 8) & 0xFF)
        step(letter)
        return hidden

    for letter in password:
        step(letter)
    return bytes(hide(letter) for letter in _HEADER + bytes([crc >> 24]) + data)


def _aes(data: bytes, password: bytes, size: int) -> bytes:
    salt = hashlib.sha256(data).digest()[: size // 2]
    keys = hashlib.pbkdf2_hmac("sha1", password, salt, 1000, 2 * size + 2)
    encryptor = Cipher(algorithms.AES(keys[:size]), modes.ECB()).encryptor()
    blocks = range(1, len(data) // 16 + 2)
    stream = encryptor.update(b"".join(number.to_bytes(16, "little") for number in blocks))
    hidden = bytes(one ^ other for one, other in zip(data, stream, strict=False))
    return salt + keys[2 * size :] + hidden + hmac.digest(keys[size : 2 * size], hidden, "sha1")[:10]
