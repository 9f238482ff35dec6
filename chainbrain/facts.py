"""Daily facts: small tables that hold what the rows say, so that no screen reads single receipts.

Each table ``base.<name>`` always equals the view ``base.<name>_of_rows`` (``differing`` proves it). What follows from
tills and payments is reckoned anew only for the days that moved; what follows from contracts and matches as a whole.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from typing import TYPE_CHECKING, Final

from chainbrain import kept_days
from chainbrain.database.statements import statement_text

if TYPE_CHECKING:
    from chainbrain.database.book import Book, Row

FACTS: Final = (
    "seen_store_days", "store_day_sales", "daily_methods", "daily_takings", "daily_flows", "late_money", "due_money",
    "told_channels", "difference_charges", "till_days", "account_days", "channel_flows", "bank_days", "daily_parts",
    "day_lines", "day_sums", "known_stores", "known_contracts",
)  # fmt: skip
_PORTION: Final = 2_000_000
_GROUND: Final = "facts_ground"
_STALE: Final = "facts_flows_stale"


def span(days: Sequence[date] | None) -> dict[str, object]:
    """The parameters of a statement on some days, or on all when there are none given."""
    if days is None:
        return {"first": date(1, 1, 1), "after": date(9999, 12, 31), "days": None}
    if not days:
        return {"first": date(1, 1, 1), "after": date(1, 1, 1), "days": []}
    return {"first": min(days), "after": max(days) + timedelta(days=1), "days": list(days)}


def touched(book: Book, files: Sequence[str]) -> frozenset[date]:
    """The days whose facts rest on rows of these files, as the book stands."""
    return frozenset(day for (day,) in book.rows("facts/touched", files=list(files)))


def portions(book: Book) -> list[list[date]]:
    """All days with sales, in portions of at most a few million orders: what is worked out at once fits in memory."""
    found: list[list[date]] = []
    room = 0
    for day, orders in book.rows("facts/days"):
        if room < orders or not found:
            found.append([])
            room = _PORTION
        found[-1].append(day)
        room -= int(orders)
    return found


def see_stores(book: Book, days: Sequence[date] | None = None) -> None:
    """Tell which stores the tills name; before anything that asks for the stores."""
    book.run("facts/seen", **span(days))


def sold(book: Book, days: Sequence[date] | None = None) -> None:
    """What follows from the daily sales, orders and tenders."""
    book.run("facts/tills", **span(days))
    book.run("facts/parts", **span(days))


def placed(book: Book) -> None:
    """What follows from where payments and files belong; after the attribution and what is sold."""
    book.run("facts/coverage")
    _take(book)
    book.run("facts/told_channels")
    book.run("facts/bank")
    kept_days.keep(book)


def _take(book: Book) -> None:
    """What wallets and platforms took, on the days whose payments, or where they belong, are not what they were."""
    book.run("facts/takings_marks")
    first, after = book.one("facts/takings_span") or (None, None)
    if first is not None:
        book.run("facts/takings", first=first, after=after)
    book.run("facts/takings_kept")


def matched(book: Book, *, some: bool = False) -> None:
    """What follows from matches and differences; after they were written.

    Args:
        book: the book to write to.
        some: money on its way is another only at the numbers that stand in ``moved_numbers``.
    """
    of = "where (channel, merchant) in (from moved_numbers)" if some else ""
    if not some or book.one_of("select exists (from moved_numbers)")[0]:
        book.run("facts/moved", {"of": of})
        book.run("facts/by_channel")
    for step in ("due", "charges"):
        book.run(f"facts/{step}")
    _set(book, _STALE, None)


def unmatched(book: Book) -> None:
    """Rows came or went: what follows from matches waits for the next reconciliation."""
    said(book, money_moved=True)
    book.run("facts/charges")


def said(book: Book, *, money_moved: bool) -> None:
    """What a word on single differences moved at once.

    Args:
        book: the book that was written to.
        money_moved: whether money on its way is another by it. It is then read from the rows until the next
            reconciliation, right and slower: no word may wait for a sum over the whole book.
    """
    book.run("facts/due")
    book.run("facts/said")
    if money_moved:
        _set(book, _STALE, "yes")


def rows_with_flows(book: Book, name: str, **params: object) -> list[Row]:
    """The rows of ``queries/<name>.sql``, with money on its way read from where it stands.

    ``{flows}`` is that money by number and day, ``{channel_flows}`` by channel and day, ``{late}`` what of it is late.
    """
    of_rows = "_of_rows" if _get(book, _STALE) else ""
    text = statement_text(name).replace("{flows}", f"base.daily_flows{of_rows}")
    text = text.replace("{channel_flows}", "base.daily_flows_of_rows" if of_rows else "base.channel_flows")
    return book.rows_of(text.replace("{late}", f"base.late_money{of_rows}"), **params)


def on_the_same_ground(book: Book, more: str) -> bool:
    """Whether stores, their other numbers, their day cut-offs and ``more`` are what the days were reckoned by."""
    return _get(book, _GROUND) == _ground(book, more)


def stand_on_ground(book: Book, more: str) -> None:
    """Remember what all days have been reckoned by."""
    _set(book, _GROUND, _ground(book, more))


def differing(book: Book) -> tuple[str, ...]:
    """The tables that are not what the rows say; none in a sound book.

    Of the book that writes: to a reader what is kept of the stores is what the rows say.
    """
    stale = {"daily_flows", "late_money"} if _get(book, _STALE) else set()
    return tuple(
        name
        for name in FACTS
        if name not in stale
        and book.one_of(
            f"with anew as materialized (from base.{name}_of_rows) "
            f"select exists ((from base.{name} except all from anew) union all (from anew except all from base.{name}))"
        )[0]
    )


def _ground(book: Book, more: str) -> str:
    found = book.one("facts/ground", more=more)
    assert found is not None, "a select without from gives one row"
    return str(found[0])


def _get(book: Book, key: str) -> str | None:
    found = book.rows_of("select value from base.meta where key = $key", key=key)
    return str(found[0][0]) if found else None


def _set(book: Book, key: str, value: str | None) -> None:
    if _get(book, key) == value:
        return
    if value is None:
        book.execute("delete from base.meta where key = $key", key=key)
    else:
        book.execute("insert or replace into base.meta values ($key, $value)", key=key, value=value)
