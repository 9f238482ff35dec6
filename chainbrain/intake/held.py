"""What is taken or left as a whole: the records of a line, and the products of an order, wait for a suspect one."""

from __future__ import annotations

from collections.abc import Sequence

from chainbrain.database.book import Book
from chainbrain.intake.record_kind import RecordKind


def hold(book: Book, kinds: Sequence[RecordKind]) -> None:
    """Hold back the new and seen records of every line, and of every order's products, of which another is suspect."""
    asked = [kind for kind in kinds if _any(book, kind, "state = 'suspect'")]
    if not asked:
        return
    lines = " union ".join(
        f"select file_no, sheet, line from classified_{kind.kind} where state = 'suspect'" for kind in asked
    )
    book.execute(f"create or replace temp table suspect_lines as {lines}")
    for kind in kinds:
        book.run("imports/hold", kind.names())
    if any(kind.kind == "order_items" for kind in asked):
        book.run("imports/hold_orders")


def bring(book: Book, kinds: Sequence[RecordKind]) -> bool:
    """Let a record that several files hold come from a line that is taken.

    The first file with a record brings it, and the others have seen it. Where the first one's line is left, the next
    brings it, so that nobody has seen what is not there.

    Returns:
        Whether anything is held back at all, so that rows of files that nobody spoke about may now stand otherwise.
    """
    holding = [kind for kind in kinds if _any(book, kind, "held")]
    for kind in holding:
        book.run("imports/bring", kind.names())
    return bool(holding)


def _any(book: Book, kind: RecordKind, condition: str) -> bool:
    return bool(book.one_of(f"select exists (select 1 from classified_{kind.kind} where {condition})")[0])
