"""A platform's bill of one day, exported again with another sum for one order: asked about, never added."""

from __future__ import annotations

from decimal import Decimal

import pytest
from acceptance_book import Book
from acceptance_tables import waimai, waimai_row

DAY, PAID = "2026-03-10", {"2026-03-10": "2026-03-13"}
FIRST = waimai_row("MT1", "900100000001", DAY, "18.00", goods="20.00", charge="-2.00", commission="-2.00")
MENDED = waimai_row("MT1", "900100000001", DAY, "17.00", goods="20.00", charge="-3.00", commission="-3.00")
OTHER = waimai_row("MT1", "900100000002", DAY, "27.00", goods="30.00", charge="-3.00", commission="-3.00")


def sales(book: Book) -> list[tuple[int, Decimal]]:
    return book.rows("select count(*), sum(net) from payments where kind = 'payment'")


@pytest.mark.parametrize("together", [True, False])
def test_a_corrected_bill_of_the_same_day_is_asked_about(book: Book, together: bool) -> None:
    first = waimai(book.folder / "1.xlsx", [FIRST, OTHER], PAID)
    later = waimai(book.folder / "2.xlsx", [MENDED, OTHER], PAID)
    if together:
        book.take(first, later, status=3)
    else:
        book.take(first)
        # The day's own line of the bill is new: the latest one says what is paid out.
        assert book.take(later, status=3)[0]["rows"] == {"new": 1, "seen": 1, "suspect": 1, "broken": 0}
    assert sales(book) == [(2, Decimal("45.00"))]
    told = "differs_from_file" if together else "differs_from_book"
    assert book.rows("select code from base.left_out_rows") == [(told,)]


def test_a_file_that_prints_both_rows_means_both(book: Book) -> None:
    """A bill that has the known row and one more of the same order says that there are two."""
    book.add(waimai(book.folder / "1.xlsx", [FIRST, OTHER], PAID))
    book.add(waimai(book.folder / "2.xlsx", [FIRST, MENDED, OTHER], PAID))
    assert sales(book) == [(3, Decimal("62.00"))]
