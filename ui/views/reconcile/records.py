"""One row of the book beside its list, and where it is found."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING, Any

from ui.views.reconcile.items import Item, ItemKind
from ui.views.reconcile.reading import every_row, row_of

if TYPE_CHECKING:
    from chainbrain.database.pages import Pages
    from chainbrain.workspace import Rooms

_PAGE = 256
_LIST_OF = {
    "order": "orders",
    "tender": "tenders",
    "payment": "payments",
    "settlement": "settlements",
    "bank_line": "bank_lines",
    "split_part": "splits",
    "split_line": "splits",
    "cash_count": "cash_counts",
}


@dataclass(frozen=True)
class Record:
    """One row of the book beside its list: what it says about itself, with file and line."""

    list_name: str
    row: tuple[Any, ...]

    @property
    def cells(self) -> dict[str, Any]:
        """The cells by the names of the list's columns."""
        return row_of(self.list_name, self.row)


def record_of(rooms: Rooms, item: Item) -> Record | None:
    """Return the row that a line stands for; None where no list has it."""
    name = _LIST_OF.get(item.record_type)
    if name is None:
        return None
    filters: dict[str, object] = {"code": item.code}
    if item.kind is ItemKind.BANK and item.day is not None:
        filters = {"first": item.day, "after": item.day + timedelta(days=1), "channel": item.channel}
    elif name == "cash_counts" and item.day is not None:
        filters = {"store": item.store, "first": item.day, "after": item.day + timedelta(days=1)}
    pages = rooms.lists.open(name, filters)
    try:
        return _found(pages, name, item.record_id)
    finally:
        pages.close()


def _found(pages: Pages, name: str, key: str) -> Record | None:
    place = pages.position(key)
    if place is None:
        return None
    page, offset = divmod(place, _PAGE)
    return Record(name, pages.page(page)[offset])


def rows_of(rooms: Rooms, name: str, filters: dict[str, object]) -> list[tuple[Any, ...]]:
    """Return every row of a list that is known to be short."""
    pages = rooms.lists.open(name, filters)
    try:
        return every_row(pages)
    finally:
        pages.close()


def twins_of(rooms: Rooms, item: Item) -> tuple[Record, ...]:
    """Return the rows that a duplicate repeats."""
    name = {"tender": "tenders", "payment": "payments"}.get(item.record_type)
    if item.code != "D05" or name is None:
        return ()
    found = rooms.reconciliation.twins(item.record_id)
    beside = (Record(name, row) for record, match in found for row in rows_of(rooms, name, {"match": match}))
    keys = {record for record, _ in found}
    return tuple(one for one in beside if str(one.row[0]) in keys)
