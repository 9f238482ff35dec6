"""What a broken row says of itself: its number, its time and its amount as the file prints them."""

from __future__ import annotations

import re
from collections.abc import Collection
from dataclasses import dataclass, field
from typing import Final

import polars as pl

from chainbrain.importers.limits import LISTED_PROBLEMS
from chainbrain.importers.plan import Said

# Numbers of accounts, cards, tills and shops name no row, and those of accounts are not to be shown.
_NAMES_NO_ROW: Final = r"账号|账户|帐号|卡号|商户号|商户编号|商户ID|商家|终端|门店|机构|设备|结算|入账"
_NO_AMOUNT: Final = r"余额|结余"
_ZERO: Final = r"^[¥￥+\-\s]*0*\.?0*$"
_SHOWN: Final = 100
_WHAT: Final = ("number", "moment", "amount")
_APART: Final = "\x1f"


@dataclass
class Sayings:
    """The columns that were read as a row's number, time and amount; those that every row must have come first."""

    _columns: dict[str, dict[str, bool]] = field(default_factory=dict)

    def note(self, what: str, column: str, *, required: bool) -> None:
        """Remember that a column was read as ``number``, ``moment`` or ``amount``."""
        columns = self._columns.setdefault(what, {})
        columns[column] = columns.get(column, False) or required

    def of(self, cells: pl.DataFrame, broken: pl.Series) -> list[tuple[Said, ...]]:
        """What the broken rows say, in their order; of more than are listed, only the first say anything.

        Args:
            cells: the undressed texts of the table.
            broken: which rows are broken.
        """
        rows = cells.filter(broken).head(LISTED_PROBLEMS)
        shown = rows.select(self._first(what, cells.columns).alias(what) for what in _WHAT)
        return [
            tuple(Said(what, *one.split(_APART, 1)) for what, one in zip(_WHAT, line, strict=True) if one)
            for line in shown.rows()
        ]

    def _first(self, what: str, there: Collection[str]) -> pl.Expr:
        """The first of these columns that says something: its name and its text; of amounts, one that is not 0."""
        columns = self._columns.get(what, {})
        names = [name for name in there if name in columns and not _useless(what, name)]
        # Sorting is stable: the columns of one sort stay in the table's order.
        found = [_named(name, what) for name in sorted(names, key=lambda name: not columns[name])]
        return pl.coalesce([*found, pl.lit(None, pl.String)])


def _named(name: str, what: str) -> pl.Expr:
    text = pl.col(name).str.slice(0, _SHOWN)
    says = text.str.len_chars() > 0
    if what == "amount":
        says = says & ~text.str.contains(_ZERO)
    return pl.when(says).then(pl.concat_str(pl.lit(name + _APART), text))


def _useless(what: str, name: str) -> bool:
    pattern = {"number": _NAMES_NO_ROW, "amount": _NO_AMOUNT}.get(what)
    return pattern is not None and re.search(pattern, name, re.IGNORECASE) is not None
