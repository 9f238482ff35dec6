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
