"""One data member as what can be cut into tables: the sheets of a workbook or a web page, or a text as a whole."""

from __future__ import annotations

import io
from functools import partial
from pathlib import Path
from typing import Final

from chainbrain.errors import FileRefused
from chainbrain.importers.files.markup import Markup
from chainbrain.importers.files.passwords import Passwords
from chainbrain.importers.files.textfile import TextFile
from chainbrain.importers.files.workbook import Workbook
from chainbrain.importers.limits import Limits

_REFUSED_KINDS: Final = {
    "empty": "import.empty", "pdf": "import.not_a_table", "rar": "import.other_archive", "7z": "import.other_archive",
    "tar": "import.other_archive", "image": "import.not_a_table", "document": "import.not_a_table",
    "sheets": "import.other_workbook", "book": "import.own_book",
}  # fmt: skip


def sheets_of(data: bytes, kind: str, limits: Limits, passwords: Passwords) -> Markup | Workbook:
    """Load the sheets of one member.

    Raises:
        FileRefused: it is no table, damaged, closed, or more than the limits allow.
    """
    if kind in _REFUSED_KINDS:
        raise FileRefused(_REFUSED_KINDS[kind])
    if kind == "markup":
        return Markup.open(data, limits)
    if kind == "xls":
        from chainbrain.importers.files import office  # noqa: PLC0415 -- most runs meet none

        data = office.opened(data, passwords)
    return Workbook.open(data, limits)


def text_of(data: bytes, limits: Limits) -> TextFile:
    """The lines of a text that is looked at as a whole.

    Raises:
        FileRefused: it is no text, or too long for that.
    """
    if len(data) > limits.whole_bytes:
        raise FileRefused("import.too_large", allowed=limits.whole_bytes // 1_000_000)
    # One piece, so no copy is made.
    return TextFile(partial(io.BytesIO, data), Path(), 2 * limits.whole_bytes)
