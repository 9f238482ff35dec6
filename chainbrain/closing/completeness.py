"""Which files a month has, by store and source, and whether its step of the close is done."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from datetime import date

from chainbrain.closing.months import next_month
from chainbrain.closing.steps import (
    DONE,
    NOT_USED,
    TO_DO,
    Completeness,
    Missing,
    Step,
    StoreCompleteness,
    StoreSource,
    Where,
)
from chainbrain.database.book import Book


def of_month(book: Book, month: date) -> Completeness:
    """Which files the month has, by store and source, from the day on which the book begins."""
    after = next_month(month)
    begins = book.one("closing/begins")
    first = max(month.replace(day=1), begins[0]) if begins and begins[0] and begins[0] < after else month.replace(day=1)
    stores: dict[str, list[StoreSource]] = defaultdict(list)
    names: dict[str, str] = {}
    for store, name, source, full, part, closed, lacking in book.rows("closing/completeness", first=first, after=after):
        names[store] = name
        stores[store].append(StoreSource(source, full, part, closed, tuple(lacking or ())))
    sources = sorted({cell.source for cells in stores.values() for cell in cells}, key=lambda one: (one != "till", one))
    bank = book.rows("closing/bank_lacking", first=first, after=after)
    return Completeness(
        month.replace(day=1),
        first,
        tuple(sources),
        tuple(StoreCompleteness(store, names[store], tuple(cells)) for store, cells in stores.items()),
        tuple((account, days, since, until) for account, days, since, until in bank),
    )


def step_of(found: Completeness, differing: int) -> Step:
    """The step of the files.

    Args:
        found: which files there are.
        differing: how many were taken though their totals differ from their rows.
    """
    missing = []
    if found.missing:
        stores = [store for store in found.stores if any(cell.missing for cell in store.cells)]
        facts = {"count": found.missing, "stores": tuple(store.name for store in stores[:5])}
        missing.append(
            Missing("close.files_missing", facts, "completeness", found.missing, where=Where("import", _lacks(stores)))
        )
    for account, days, since, until in found.bank:
        facts = {"account": account[-4:], "count": days, "first": since, "last": until}
        missing.append(
            Missing("close.bank_days", facts, "completeness", days, where=Where("import", {"account": account}))
        )
    if differing:
        facts = {"count": differing}
        missing.append(Missing("close.files_differ", facts, "completeness", differing, where=Where("import")))
    if not found.stores:
        return Step("completeness", NOT_USED, not_used_because="close.no_such_data", where=Where("import"))
    return Step(
        "completeness", TO_DO if missing else DONE, matched=found.full, difference=found.missing, excluded=found.closed,
        found=found.missing, open_count=found.missing, missing=tuple(missing), where=Where("import"),
    )  # fmt: skip


def _lacks(stores: Sequence[StoreCompleteness]) -> dict[str, str]:
    return {"store": stores[0].store_id} if len(stores) == 1 else {}
