"""Opens members of a zip that are closed with a password, in the classic way and with AES."""

from __future__ import annotations

import hmac
import io
import lzma
import zipfile
import zlib
from collections.abc import Callable, Iterator, Sequence
from hashlib import pbkdf2_hmac
from typing import Final

from chainbrain.errors import FileRefused

ENCRYPTED: Final = 0x1
"""The bit of a zip member's flags that says it is encrypted."""
_STRONG: Final = 0x40
# WinZip's AES encryption, versions AE-1 and AE-2: https://www.winzip.com/en/support/aes-encryption/
_AES_METHOD: Final = 99
_AES_FIELD: Final = 0x9901
_KEY_BYTES: Final = {1: 16, 2: 24, 3: 32}
_ROUNDS: Final = 1_000
_CHECK_BYTES: Final = 2
_MAC_BYTES: Final = 10
_BLOCK: Final = 16
_CHUNK: Final = 1 << 20
# What unpacking says to noise, that is to content under a wrong password.
_NOISE: Final = (zipfile.BadZipFile, zlib.error, lzma.LZMAError, EOFError, OSError)

Unpack = Callable[[Iterator[bytes]], bytes]
"""Collects the pieces of a member within the limits."""


class Passwords:
    """The passwords to try, the one that fitted last first; they live in memory only and never show themselves."""

    def __init__(self, candidates: Sequence[str] = ()) -> None:
        self._candidates = list(dict.fromkeys(word for word in candidates if word))
        self._proven: set[str] = set()

    def __iter__(self) -> Iterator[str]:
        return iter(tuple(self._candidates))

    def fits(self, word: str) -> None:
        """Note that this one has opened something."""
        self._candidates.remove(word)
        self._candidates.insert(0, word)
        self._proven.add(word)

    def has_fitted(self, word: str) -> bool:
        """Whether this one has opened something before."""
        return word in self._proven

    @property
    def none_given(self) -> bool:
        """Whether there is nothing to try."""
        return not self._candidates

    def refusal(self) -> FileRefused:
        """Why something stays closed: nobody gave a password, or none of them fits."""
        return FileRefused("import.encrypted" if self.none_given else "import.wrong_password")


def open_member(archive: zipfile.ZipFile, entry: zipfile.ZipInfo, passwords: Passwords, unpack: Unpack) -> bytes:
    """The bytes of an encrypted member.

    Args:
        archive: the zip.
        entry: its member.
        passwords: tried in order.
        unpack: collects the pieces within the limits.

    Raises:
        FileRefused: no password, none that fits, or a way of encrypting that nobody documented.
        zipfile.BadZipFile: the password fits, the content does not.
    """
    if entry.flag_bits & _STRONG:
        raise FileRefused("import.encryption_unknown")
    if entry.compress_type == _AES_METHOD:
        return _open_aes(archive, entry, passwords, unpack)
    for word in passwords:
        for secret in _spellings(word):
            try:
                with archive.open(entry, pwd=secret) as stream:
                    found = unpack(iter(lambda: stream.read(_CHUNK), b""))
            except NotImplementedError:
                raise
            except RuntimeError:
                # The one check byte of the classic way says no.
                continue
            except _NOISE:
                # One wrong password in 256 passes that byte; then the content is noise.
                if passwords.has_fitted(word):
                    raise
                continue
            passwords.fits(word)
            return found
    raise passwords.refusal()


def _open_aes(archive: zipfile.ZipFile, entry: zipfile.ZipInfo, passwords: Passwords, unpack: Unpack) -> bytes:
    version, strength, method = _aes_field(entry.extra)
    key_bytes = _KEY_BYTES.get(strength, 0)
    if not key_bytes or method not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
        raise FileRefused("import.encryption_unknown")
    raw = _raw(archive, entry)
    salt_bytes = key_bytes // 2
    start = salt_bytes + _CHECK_BYTES
    salt, check = raw[:salt_bytes], raw[salt_bytes:start]
    body, mac = memoryview(raw)[start:-_MAC_BYTES], raw[-_MAC_BYTES:]
    if len(raw) < start + _MAC_BYTES:
        raise zipfile.BadZipFile("too short for its salt and code")
    for word in passwords:
        for secret in _spellings(word):
            keys = pbkdf2_hmac("sha1", secret, salt, _ROUNDS, 2 * key_bytes + _CHECK_BYTES)
            if keys[2 * key_bytes :] != check:
                continue
            if not hmac.compare_digest(hmac.digest(keys[key_bytes : 2 * key_bytes], body, "sha1")[:_MAC_BYTES], mac):
                if passwords.has_fitted(word):
                    raise zipfile.BadZipFile("authentication code differs")
                continue
            plain = _decrypted(body, keys[:key_bytes])
            found = unpack(_inflated(plain) if method == zipfile.ZIP_DEFLATED else plain)
            # The second version leaves the checksum out, since it would tell something about the content.
            if version == 1 and zlib.crc32(found) != entry.CRC:
                raise zipfile.BadZipFile("checksum differs")
            passwords.fits(word)
            return found
    raise passwords.refusal()


def _aes_field(extra: bytes) -> tuple[int, int, int]:
    """Version, strength and real compression out of a member's extra fields."""
    while len(extra) >= 4:
        kind, size = int.from_bytes(extra[:2], "little"), int.from_bytes(extra[2:4], "little")
        if kind == _AES_FIELD and size >= 7:
            return int.from_bytes(extra[4:6], "little"), extra[8], int.from_bytes(extra[9:11], "little")
        extra = extra[4 + size :]
    raise FileRefused("import.encryption_unknown")


def _raw(archive: zipfile.ZipFile, entry: zipfile.ZipInfo) -> bytes:
    """A member's bytes as they stand in the archive."""
    file = archive.fp
    if file is None:
        raise zipfile.BadZipFile("closed")
    file.seek(entry.header_offset)
    head = file.read(30)
    if len(head) < 30 or not head.startswith(b"PK\x03\x04"):
        raise zipfile.BadZipFile("no member where the directory says")
    file.seek(int.from_bytes(head[26:28], "little") + int.from_bytes(head[28:30], "little"), io.SEEK_CUR)
    raw = file.read(entry.compress_size)
    if len(raw) != entry.compress_size:
        raise zipfile.BadZipFile("cut off")
    return raw


def _decrypted(body: memoryview, key: bytes) -> Iterator[bytes]:
    """AES in counter mode; the counter starts at 1 and is little-endian, which ready-made modes do not offer."""
    import numpy as np  # noqa: PLC0415 -- most runs meet no such member, and both take their time to load
    from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes  # noqa: PLC0415 -- as above

    encryptor = Cipher(algorithms.AES(key), modes.ECB()).encryptor()
    for start in range(0, len(body), _CHUNK):
        piece = np.frombuffer(body[start : start + _CHUNK], dtype=np.uint8)
        blocks = -(-len(piece) // _BLOCK)
        counters = np.zeros((blocks, 2), dtype="<u8")
        counters[:, 0] = np.arange(start // _BLOCK + 1, start // _BLOCK + 1 + blocks)
        stream = np.frombuffer(encryptor.update(counters.tobytes()), dtype=np.uint8)
        yield (piece ^ stream[: len(piece)]).tobytes()


def _inflated(pieces: Iterator[bytes]) -> Iterator[bytes]:
    inflater = zlib.decompressobj(-zlib.MAX_WBITS)
    for piece in pieces:
        yield inflater.decompress(piece, _CHUNK)
        while inflater.unconsumed_tail:
            yield inflater.decompress(inflater.unconsumed_tail, _CHUNK)
    yield inflater.flush()
    if not inflater.eof:
        raise zipfile.BadZipFile("cut off")


def _spellings(word: str) -> Iterator[bytes]:
    """A password as bytes: exports of Chinese platforms mean GBK where others mean UTF-8."""
    yield word.encode()
    if not word.isascii():
        yield word.encode("gb18030")
