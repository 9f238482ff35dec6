"""Deposits that bring several payouts together: suggested where chance would not give an answer, never confirmed."""

from __future__ import annotations

from itertools import groupby
from typing import Final

import polars as pl

from chainbrain.database.book import Book, Row
from chainbrain.reconciliation.subsets import MOST_ITEMS, search

MOST_DEPOSITS: Final = 2_000
"""Of more open deposits the latest are looked at; then something else is wrong with the book."""

_IDS: Final = pl.List(pl.String)
_COLUMNS: Final[dict[str, pl.DataType | type[pl.DataType]]] = {
    "bank_line_id": pl.String, "records": _IDS, "answers": pl.Int64, "tried": pl.Int64, "expected": pl.Float64,
    "items": pl.Int64, "shared": _IDS, "alike": pl.Boolean,
}  # fmt: skip

_REASONS: Final[dict[str, pl.DataType | type[pl.DataType]]] = {
    "match_id": pl.String, "why": pl.String, "found": pl.Int64, "chance": pl.Float64,
}  # fmt: skip


def suggest(book: Book) -> None:
    """Whole payouts that together are an open deposit: the only combination, or how many there are and two of them."""
    book.run("reconciliation/bank_subsets", most=MOST_ITEMS, deposits=MOST_DEPOSITS)
    found: list[Row] = []
    pools = book.rows("reconciliation/bank_pools")
    for line, rows in groupby(pools, key=lambda row: row[0]):
        found.extend(_answers(line, list(rows)))
    if found:
        book.append("r_subsets", pl.DataFrame(found, schema=_COLUMNS, orient="row"))
    book.run("reconciliation/bank_subsets_told")


def explain(book: Book) -> None:
    """Several payments of a payout that were held back, where only so many of them give what a deposit lacks."""
    found: list[Row] = []
    held = book.rows("reconciliation/bank_lack_rows", most=MOST_ITEMS)
    for match, rows in groupby(held, key=lambda row: row[0]):
        several = list(rows)
        answer = search([row[2] for row in several], several[0][1])
        if answer is not None and answer.number:
            found.append((match, "items_missing", answer.number, answer.expected))
    if found:
        book.append("r_explained", pl.DataFrame(found, schema=_REASONS, orient="row"))


def _answers(line: str, rows: list[Row]) -> list[Row]:
    records = [row[1] for row in rows]
    total = rows[0][2]
    needed = [at for at, row in enumerate(rows) if row[4]]
    if rows[0][5] and not needed:
        return []
    found = search([row[3] for row in rows], total, needed)
    if found is None or not found.number:
        return []
    about = (found.number, found.tried, found.expected, len(rows), [records[at] for at in found.shared], found.alike)
    return [(line, [records[at] for at in one], *about) for one in found.answers]
