"""Finds where something that another screen points at stands: its group and its line, or a match by itself."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from decimal import Decimal
from typing import TYPE_CHECKING

from chainbrain.lists import LISTS
from chainbrain.reconciliation.summary import StateSummary
from ui.views.reconcile.items import EXPECTED, LEFT_OUT, SETTLED, Group, Item, ItemKind, group_of
from ui.views.reconcile.model import Detail, evidence_of
from ui.views.reconcile.reading import difference_item, every_row, leg_of, row_of, same_work
from ui.views.reconcile.records import Record

if TYPE_CHECKING:
    from chainbrain.workspace import Rooms

_MATCHED_ROWS = ("tenders", "payments", "settlements", "bank_lines", "splits")


@dataclass(frozen=True)
class Place:
    """Where to go: a group with the line in it, or the whole answer when it is in no list."""

    group: Group | None = None
    key: str = ""
    detail: Detail | None = None


def find_difference(rooms: Rooms, summary: StateSummary, wanted: str) -> Place:
    """Return where a difference stands.

    Args:
        rooms: the reading rooms.
        summary: the work list.
        wanted: the difference's id, or that of the row it stands on.
    """
    pages = rooms.lists.open("differences")
    try:
        for row in every_row(pages):
            item = difference_item(row_of("differences", row))
            if wanted in {item.key, item.record_id}:
                return _place(item, summary)
    finally:
        pages.close()
    return Place()


def find_match(rooms: Rooms, match_id: str) -> Place:
    """Return where a match stands: at its bank line, otherwise by itself."""
    evidence = evidence_of(rooms, match_id)
    if evidence is None:
        return Place()
    records: list[Record] = []
    for name in _MATCHED_ROWS:
        pages = rooms.lists.open(name, {"match": match_id})
        records += [Record(name, row) for row in every_row(pages)]
        pages.close()
    bank = next((record for record in records if record.list_name == "bank_lines"), None)
    if bank is not None and bank.cells["state"] in {"matched", "timing"}:
        return Place(Group("bank", str(bank.cells["state"])), str(bank.cells["bank_line_id"]))
    item = Item(match_id, ItemKind.MATCH, None, Decimal(0), "proven", match_id=match_id)
    return Place(detail=Detail(item, evidence, (), tuple(records)))


def group_of_code(summary: StateSummary, code: str) -> Group | None:
    """Return the first kind of work with this difference code."""
    found = next((group for group in summary.work if code in group.codes and group.count), None)
    return group_of(found) if found is not None else None


def _place(item: Item, summary: StateSummary) -> Place:
    leg = leg_of(item.code, item.cause, item.record_type)
    if item.difference_state != "open":
        name = {"timing": EXPECTED, "excluded": LEFT_OUT}.get(item.difference_state or "", SETTLED)
        return Place(Group(leg, name), item.key)
    candidates = [group for group in summary.work_of(leg) if item.code in group.codes]
    if len(candidates) > 1:
        candidates = [one for one in candidates if same_work(item.cause, one.work)]
    if not candidates:
        return Place()
    # Bank lines are listed by their own ids.
    key = item.record_id if item.record_type == "bank_line" else item.key
    return Place(group_of(candidates[0]), key)


def list_of(detail: Detail) -> tuple[str, dict[str, object]] | None:
    """Return the list that shows the rows behind an answer, with its filters."""
    if detail.evidence is not None:
        name = "settlements" if detail.item.kind is ItemKind.BANK else "payments"
        held = [record.list_name for record in detail.records if record.list_name != "tenders"]
        return (name if name in held or not held else held[0]), {"match": detail.evidence.match_id}
    if detail.item.record_type == "cash_count" and detail.records and detail.item.day is not None:
        day = detail.item.day
        return "cash_counts", {"stores": [detail.item.store], "first": day, "after": day + timedelta(days=1)}
    if detail.item.kind is ItemKind.PAYOUT and detail.records and detail.item.number:
        return detail.records[0].list_name, {"channel": detail.item.channel, "text": detail.item.number}
    if detail.records and detail.item.code is not None and detail.records[0].list_name in LISTS:
        return detail.records[0].list_name, {"code": detail.item.code}
    return None
