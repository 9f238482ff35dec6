"""Numbers of bank accounts: as people write them, in a line above a statement, in the name of a file."""

from __future__ import annotations

import re
from typing import Final

import polars as pl

from chainbrain.importers.tables.table import Table

_ACCOUNT_LABEL: Final = re.compile(r"账户?号|账户[:：]|卡号|accountnumber", re.IGNORECASE)
_ACCOUNT_NUMBER: Final = re.compile(r"(?<![\d.])(\d(?:[ \-]?\d){8,31}|\d{3,8}[*xX]{2,12}\d{2,6})(?![\d.])")


def account_number(column: pl.Series) -> pl.Series:
    """A bank account as its digits and letters alone; people write it in groups of four."""
    return column.str.replace_all(r"[\s\-]", "")


def account_above(table: Table) -> str | None:
    """The account number that a line above the table names."""
    for row in table.preamble:
        for number, cell in enumerate(row):
            # Some banks space the two characters of 账号 apart.
            if not _ACCOUNT_LABEL.search(re.sub(r"\s", "", cell).replace("帐", "账")):
                continue
            behind = " ".join([cell, *row[number + 1 :][:2]])
            found = _ACCOUNT_NUMBER.search(behind)
            if found:
                return re.sub(r"[ \-]", "", found[1])
    return None


def account_in_name(name: str) -> str | None:
    """A run of digits as long as an account, not a date or a moment."""
    found = re.search(r"(?<!\d)(\d{15,25})(?!\d)", name)
    return found[1] if found else None
