"""Report on what was written to the book: every step with who made it, when, and whether it stands."""

from __future__ import annotations

from typing import TYPE_CHECKING

from chainbrain import texts
from chainbrain.database import history
from chainbrain.reports.filters import Column, Filters, frame, report
from chainbrain.reports.tables import Report, ReportTable, kept_entry

if TYPE_CHECKING:
    from chainbrain.database.book import Book
    from chainbrain.database.history import Entry

_COLUMNS = (
    Column("entry", "line"),
    Column("at", "moment"),
    Column("who"),
    Column("done", "word", "history_kind"),
    Column("in_detail", "entry"),
    Column("entry_state", "word", "entry_state"),
    Column("undone_by", "line"),
)


def written(book: Book, filters: Filters) -> Report:
    """Every step of the history, the newest first, whole: no list on a screen shows more than its newest steps.

    Raises:
        UserError: ``history.unknown_kind``.
    """
    texts.check_entry_kind(filters.step)
    found = [
        one
        for one in history.entries(book, kind=filters.step)
        if (filters.first is None or one.at.date() >= filters.first)
        and (filters.after is None or one.at.date() < filters.after)
    ]
    table = ReportTable("history", _COLUMNS, frame(_COLUMNS, [_row(one) for one in found]))
    return report("history", (table,), filters)


def _row(entry: Entry) -> tuple[object, ...]:
    state = "final" if not entry.undoable else "stands" if entry.undone_by is None else "undone"
    return (
        entry.entry_id,
        entry.at,
        entry.who,
        entry.kind,
        kept_entry(entry.kind, entry.facts),
        state,
        entry.undone_by,
    )
