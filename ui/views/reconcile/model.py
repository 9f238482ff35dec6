"""What the reconcile screen reads: the state of the book, and everything about one line."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import zip_longest
from typing import TYPE_CHECKING

from chainbrain import clock
from chainbrain.errors import UserError
from chainbrain.reconciliation.behind import Expected
from chainbrain.reconciliation.deposits import Candidate
from chainbrain.reconciliation.evidence import Evidence
from chainbrain.reconciliation.progress import Progress
from chainbrain.reconciliation.room import GroupRow
from chainbrain.reconciliation.summary import StateSummary, WorkGroup
from ui.views.parts.names import names_by_store
from ui.views.reconcile.items import Item, ItemKind, Period, period_of
from ui.views.reconcile.records import Record, record_of, rows_of, twins_of

if TYPE_CHECKING:
    from chainbrain.workspace import Rooms

LEGS = ("till", "ledger", "bank", "payout", "split")
LIST_OF_LEG = {
    "till": "tenders",
    "ledger": "payments",
    "payout": "payments",
    "bank": "bank_lines",
    "split": "splits",
}

_SIDES = ("tenders", "payments")
_COUNTERPARTS = {
    "tender": ("payments",),
    "payment": ("tenders",),
    "order": ("tenders",),
    "split_part": ("splits",),
    "split_line": ("splits",),
}


@dataclass(frozen=True)
class State:
    """How far the reconciliation of the book is.

    Attributes:
        summary: states and work of the chosen period.
        accounts: bank accounts with statements.
        months: first days of the months the book knows, the newest first.
        store_names: short names by store number.
        imported: whether there are files at all.
        reconciled: whether the book was ever reconciled.
        stale: whether files came in since.
        progress: how far every store is in each month of the chosen period.
        next_day: the next working day from today on.
        older: what is still to do of the days before a chosen month.
        legs: those that have rows anywhere in the book.
        period: the days that were counted.
        month: the one that was taken because none was asked for.
        open_count: what is still to do in the whole book.
        waiting: the newest decision, or the newest that was taken back, that is still to be matched anew; 0 for none.
    """

    summary: StateSummary
    accounts: tuple[str, ...] = ()
    months: tuple[date, ...] = ()
    store_names: tuple[tuple[str, str], ...] = ()
    imported: bool = False
    reconciled: bool = False
    stale: bool = False
    waiting: int = 0
    next_day: date | None = None
    progress: tuple[Progress, ...] = ()
    older: tuple[WorkGroup, ...] = ()
    legs: frozenset[str] = frozenset()
    period: Period | None = None
    month: date | None = None
    open_count: int = 0


@dataclass(frozen=True)
class Detail:
    """Everything about one line.

    Attributes:
        item: the line.
        evidence: the arithmetic of its match, where there is one.
        candidates: what a bank line could be.
        records: the rows behind it, its own first.
        difference_id: the difference that a decision speaks about.
        difference_state: how that difference stands.
        members: what belongs to its match at the bank, where it holds.
        fees_stated: whether the bills behind it state fees at all; where they do not, no fee is not a fee of nothing.
        expected: what a late payout or withdrawal is made of.
    """

    item: Item
    evidence: Evidence | None = None
    candidates: tuple[Candidate, ...] = ()
    records: tuple[Record, ...] = ()
    difference_id: str | None = None
    difference_state: str | None = None
    members: tuple[GroupRow, ...] = ()
    fees_stated: bool = True
    expected: Expected | None = None


def load_state(rooms: Rooms, period: Period | None, store: str | None = None) -> State:
    """Read the band, the work list and what can be chosen; without a period of the month that is being closed."""
    newest = rooms.newest_entries()
    # Taking an import back, or doing it again, matches the rest anew, so either counts as a reconciliation.
    matched = max(newest.get(kind, 0) for kind in ("reconcile", "undo", "redo")) if "reconcile" in newest else 0
    imported, info = newest.get("import", 0), rooms.info()
    span = rooms.analytics.span()
    names: tuple[tuple[str, str], ...] = ()
    if span is not None:
        names = tuple(names_by_store(rooms.analytics.stores()).items())
    months = tuple(_months(span.first, span.last)) if span is not None else ()
    month = _in_work(rooms, months) if period is None else None
    period = period or period_of(month)
    return State(
        period=period,
        month=month,
        summary=rooms.reconciliation.summary(period.first, period.after, store),
        accounts=rooms.reconciliation.bank_accounts(),
        months=months,
        store_names=names,
        imported=imported > 0,
        reconciled=matched > 0,
        stale=imported > matched,
        older=rooms.reconciliation.work(None, period.first, store) if period.first is not None else (),
        legs=rooms.reconciliation.legs(),
        open_count=sum(group.count for group in rooms.reconciliation.work()),
        progress=rooms.reconciliation.progress(period.first, period.after),
        next_day=rooms.rules.calendar().next_working(clock.today()),
        waiting=info.imported_entry if matched and not info.reconciled else 0,
    )


def load_detail(rooms: Rooms, item: Item) -> Detail:
    """Read the arithmetic, the candidates and the rows behind one line."""
    evidence = _evidence(rooms, item.match_id)
    if item.kind is ItemKind.BANK:
        candidates = rooms.reconciliation.candidates(item.key)
        own = record_of(rooms, item)
        shown = (own,) if own else ()
        held, free = _members(rooms, evidence), evidence is not None and all(one.key != "fee" for one in evidence.lines)
        stated = not free or _fees_stated(rooms, (), [one for one in candidates if one.match_id == item.match_id])
        return Detail(item, evidence, candidates, shown, item.difference_id, item.difference_state, held, stated)
    if item.kind is ItemKind.TENDER:
        sides = _both_sides(rooms, item)
        return Detail(item, evidence, (), sides, fees_stated=_fees_stated(rooms, sides))
    own = record_of(rooms, item)
    records: tuple[Record, ...] = (own,) if own else ()
    if own is not None:
        match_id = own.cells.get("match_id")
        if match_id is not None:
            if not item.charge and not item.over_cap:
                evidence = _evidence(rooms, str(match_id))
            for name in () if item.over_cap else _COUNTERPARTS.get(item.record_type, ()):
                beside = (Record(name, row) for row in rows_of(rooms, name, {"match": str(match_id)}))
                records += tuple(one for one in beside if one != own)
        if item.over_cap:
            sale = {"text": own.cells["external_id"], "channel": item.channel}
            records += tuple(Record("splits", row) for row in rows_of(rooms, "splits", sale))
        records += twins_of(rooms, item)
    expected = rooms.reconciliation.expected(item.record_id) if item.kind in {ItemKind.LATE, ItemKind.PAYOUT} else None
    stated = item.over_cap or _fees_stated(rooms, records)
    return Detail(
        item, evidence, (), records, item.difference_id, item.difference_state, fees_stated=stated, expected=expected
    )


def evidence_of(rooms: Rooms, match_id: str | None) -> Evidence | None:
    """Read the arithmetic of another candidate."""
    return _evidence(rooms, match_id)


def _both_sides(rooms: Rooms, item: Item) -> tuple[Record, ...]:
    """What the till and what the wallet says about a suggestion, in turn."""
    sides = [[Record(name, row) for row in rows_of(rooms, name, {"match": item.match_id})] for name in _SIDES]
    return tuple(one for pair in zip_longest(*sides) for one in pair if one is not None)


def _fees_stated(rooms: Rooms, records: Sequence[Record], payouts: Sequence[Candidate] = ()) -> bool:
    """Asked only where no fee is told: it means looking at every bill of that merchant number."""
    free = [str(one.row[0]) for one in records if one.list_name == "payments" and not one.cells["fee"]]
    free += [one.record_id for one in payouts if one.record_type == "settlement"]
    return not free or rooms.reconciliation.states_fees(free[0])


def _evidence(rooms: Rooms, match_id: str | None) -> Evidence | None:
    if match_id is None:
        return None
    try:
        return rooms.reconciliation.evidence(match_id)
    except UserError:
        # The match was revoked between two reads; the list is read anew in a moment.
        return None


def _members(rooms: Rooms, evidence: Evidence | None) -> tuple[GroupRow, ...]:
    if evidence is None or evidence.kind != "settlement_bank" or evidence.state != "confirmed":
        return ()
    return rooms.reconciliation.group(evidence.match_id)


def _in_work(rooms: Rooms, months: Sequence[date]) -> date | None:
    """Return the first month after those that are closed, where any is, otherwise the newest."""
    closed = max((one.month for one in rooms.closing.months() if one.closed), default=None)
    if closed is None:
        return months[0] if months else None
    return next((month for month in reversed(months) if month > closed), None)


def _months(first: date, last: date) -> Iterator[date]:
    month = last.replace(day=1)
    while month >= first.replace(day=1):
        yield month
        month = (month - timedelta(days=1)).replace(day=1)
