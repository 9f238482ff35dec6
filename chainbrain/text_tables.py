"""Tables that a person takes out and may bring in again: one file of text, readable by any spreadsheet."""

from __future__ import annotations

from pathlib import Path

from chainbrain.errors import UserError, system_reason


def write_text_table(path: Path, text: str, code: str) -> None:
    """Write a csv.

    Args:
        path: where to.
        text: the csv.
        code: of the error.

    Raises:
        UserError: with the code, when the system refuses the file.
    """
    try:
        # With a BOM, so that a spreadsheet reads the Chinese.
        path.write_text(text, encoding="utf-8-sig", newline="")
    except OSError as cause:
        raise UserError(code, path=str(path), reason=system_reason(cause)) from cause


def read_text_table(path: Path, missing: str, unreadable: str) -> str:
    """The text of a csv, as a spreadsheet writes it: UTF-8, or GB18030 in Chinese.

    Args:
        path: where it is.
        missing: the code of the error when the system refuses the file.
        unreadable: the code when it is in neither.

    Raises:
        UserError: with one of the codes.
    """
    try:
        content = path.read_bytes()
    except OSError as cause:
        raise UserError(missing, path=str(path), reason=system_reason(cause)) from cause
    for encoding in ("utf-8-sig", "gb18030"):
        try:
            return content.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise UserError(unreadable, path=path.name)
