"""Ids and numbers that tell nothing: the same for the same draw, in no order that an answer could lean on."""

from __future__ import annotations

from typing import Final

import polars as pl

_SPACE: Final = 10**12
_STEP: Final = 387_420_489
"""Has no factor in common with the space, so that different numbers stay different."""

_KINDS: Final = ("store", "account", "order", "tender", "payment", "bank_line", "source_file", "opening", "batch")


class Numbers:
    """Makes record ids (UUID texts) and printed numbers out of the plain numbers of one draw."""

    def __init__(self, seed: int) -> None:
        self._salt = abs(seed) * 7_919 + 104_729

    def record(self, kind: str, number: pl.Expr) -> pl.Expr:
        """The id of a record, a UUID in text."""
        return pl.format("{}-0000-4000-8000-{}", pl.lit(f"{_KINDS.index(kind) + 1:08d}"), self._mixed(number, kind))

    def printed(self, head: str, kind: str, number: pl.Expr) -> pl.Expr:
        """A number as a till or channel prints it."""
        return pl.format("{}{}", pl.lit(head), self._mixed(number, kind))

    def _mixed(self, number: pl.Expr, kind: str) -> pl.Expr:
        salt = (self._salt * (_KINDS.index(kind) + 3)) % _SPACE
        return ((number.cast(pl.Int64) * _STEP + salt) % _SPACE).cast(pl.String).str.zfill(12)
