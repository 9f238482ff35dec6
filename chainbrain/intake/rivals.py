"""Two lists of one platform that tell the same money in different rows: the second of a shop and day is not taken."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from typing import Final

from chainbrain.database.book import Book
from chainbrain.importers.plan import FilePlan

# Format and the two layouts. Their rows bear different numbers, so nothing else would notice.
RIVALS: Final = (("jd-daojia", "long_form", "wide_form"), ("douyin-laike", "sale_detail", "reconcile_detail"))


def refuse(book: Book, plans: Sequence[FilePlan]) -> list[FilePlan]:
    """The plans, with every file refused whose money another list of the book or of this run already tells."""
    judged: list[FilePlan] = []
    for plan in plans:
        rival = _rival_of(plan)
        if plan.outcome == "imported" and rival is not None:
            found = _in_book(book, plan, rival) or _in_run(judged, plan, rival)
            if found is not None:
                name, first, last = found
                facts = {"other": name, "first": str(first), "last": str(last)}
                judged.append(replace(plan, outcome="refused", code="import.told_before", facts=facts))
                continue
        judged.append(plan)
    return judged


def _rival_of(plan: FilePlan) -> str | None:
    for format_, one, other in RIVALS:
        if plan.reading.format == format_ and plan.reading.layout in (one, other):
            return other if plan.reading.layout == one else one
    return None


def _in_book(book: Book, plan: FilePlan, rival: str) -> tuple[str, date, date] | None:
    for cover in plan.reading.coverage:
        rows = book.rows(
            "imports/rivals",
            format=plan.reading.format, layout=rival, channel=cover.channel, account=cover.account_no or plan.file_id,
            first=cover.first_day, last=cover.last_day,
        )  # fmt: skip
        if rows:
            name, first, last = rows[0]
            return name, first, last
    return None


def _in_run(earlier: Sequence[FilePlan], plan: FilePlan, rival: str) -> tuple[str, date, date] | None:
    for other in earlier:
        if (other.outcome, other.reading.format, other.reading.layout) != ("imported", plan.reading.format, rival):
            continue
        for theirs in other.reading.coverage:
            for ours in plan.reading.coverage:
                same = (theirs.channel, theirs.account_no) == (ours.channel, ours.account_no)
                first, last = max(theirs.first_day, ours.first_day), min(theirs.last_day, ours.last_day)
                if same and first <= last:
                    return other.name, first, last
    return None
