"""Lines of fixed width, whose fields are measured in bytes of GB18030 with one blank between two."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import accumulate
from typing import Final

import polars as pl

# Stands behind a character for each further byte it takes, so that places in the text are places in the bytes. Text
# files hold no NUL.
_FILLER: Final = "\x00"


def fields(lines: pl.Series, widths: Sequence[int], needed: int) -> pl.DataFrame:
    """Fields ``f0``, ``f1`` … and ``whole``: whether the line has the length and its blanks in the right places.

    Args:
        lines: the lines.
        widths: bytes of each field.
        needed: so many fields must be there; behind them an editor may have taken the blanks at the end of the line.
    """
    starts = [0, *accumulate(width + 1 for width in widths)][:-1]
    ends = [start + width for start, width in zip(starts, widths, strict=True)]
    text = _measured(lines.str.strip_chars_end("\r\n"))
    length = text.str.len_chars()
    trimmed = length.is_between(ends[needed - 1], ends[-1]) & ~text.str.ends_with(" ")
    padded = text.str.pad_end(ends[-1], " ")
    blanks = padded.str.contains("^(?s:" + " ".join(f".{{{width}}}" for width in widths) + ")$")
    cut = {
        f"f{number}": padded.str.slice(start, width).str.strip_chars_end(" ")
        for number, (start, width) in enumerate(zip(starts, widths, strict=True))
    }
    bare = pl.col(pl.String).str.replace_all(_FILLER, "", literal=True)
    frame = pl.DataFrame(cut) if text.equals(lines) else pl.DataFrame(cut).with_columns(bare)
    return frame.with_columns((blanks & ((length == ends[-1]) | trimmed)).alias("whole"))


def _measured(text: pl.Series) -> pl.Series:
    """The text with as many characters as it has bytes in GB18030."""
    wide = text.str.extract_all(r"[^\x00-\x7f]").explode().drop_nulls().unique()
    by_length: dict[int, list[str]] = {}
    for character in wide:
        by_length.setdefault(len(character.encode("gb18030")), []).append(character)
    for taken, characters in by_length.items():
        text = text.str.replace_all(f"([{''.join(characters)}])", "${1}" + _FILLER * (taken - 1))
    return text
