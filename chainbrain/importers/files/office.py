"""Office workbooks that are closed with a password: the same bytes, opened."""

from __future__ import annotations

import binascii
import io
import struct
from typing import Final
from xml.parsers.expat import ExpatError

import msoffcrypto
import olefile
from defusedxml import ElementTree
from defusedxml.common import DefusedXmlException
from msoffcrypto import exceptions

from chainbrain.errors import FileRefused
from chainbrain.importers.files.passwords import Passwords

# What the library and the reader of old containers below it raise for files that are not what they say; found by
# altering bytes. Its own word for a wrong password is handled before these.
_DAMAGED: Final = (
    exceptions.FileFormatError, exceptions.ParseError, exceptions.DecryptionError, ElementTree.ParseError,
    DefusedXmlException, ExpatError, OSError, struct.error, binascii.Error, ValueError, LookupError, AttributeError,
    TypeError, OverflowError, AssertionError, NotImplementedError, EOFError,
)  # fmt: skip
_VERSION_BYTES: Final = 8
ENCRYPTED_PACKAGE: Final = "EncryptedPackage".encode("utf-16-le")
"""The name of the stream that holds an encrypted xlsx."""


def opened(data: bytes, passwords: Passwords) -> bytes:
    """A workbook without its password: an xlsx out of its encrypted container, or an old xls; others as they are.

    Raises:
        FileRefused: no password, none that fits, or a container that is damaged.
    """
    try:
        _check_description(data)
        file = msoffcrypto.OfficeFile(io.BytesIO(data))
        if not file.is_encrypted():
            return data
    except _DAMAGED as error:
        if ENCRYPTED_PACKAGE in data:
            if passwords.none_given:
                raise passwords.refusal() from error
            raise FileRefused("import.workbook_damaged") from error
        # Older than what the library knows; whoever reads it will say what is wrong.
        return data
    try:
        for word in passwords:
            plain = _decrypted(file, word)
            if plain is not None:
                passwords.fits(word)
                return plain
    except _DAMAGED as error:
        raise FileRefused("import.workbook_damaged") from error
    raise passwords.refusal()


def _decrypted(file: msoffcrypto.format.base.BaseOfficeFile, word: str) -> bytes | None:
    try:
        file.load_key(password=word, verify_password=True)
    except exceptions.InvalidKeyError:
        return None
    plain = io.BytesIO()
    file.decrypt(plain)
    return plain.getvalue()


def _check_description(data: bytes) -> None:
    """The library reads this part with a parser that believes in entities."""
    with olefile.OleFileIO(io.BytesIO(data)) as container:
        if not container.exists("EncryptionInfo"):
            return
        description = container.openstream("EncryptionInfo").read()[_VERSION_BYTES:]
    if description.lstrip().startswith(b"<") or b"<" in description[:64]:
        ElementTree.fromstring(description, forbid_dtd=True)
