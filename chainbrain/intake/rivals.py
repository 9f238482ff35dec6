"""Two lists of one platform that tell the same money in different rows: the second of a shop and day is not taken."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from typing import Final

from chainbrain.database.book import Book
from chainbrain.importers.plan import Coverage, FilePlan

# Format and the two layouts. Their rows bear different numbers, so nothing else would notice.
RIVALS: Final = (
    ("jd-daojia", "long_form", "wide_form"),
    ("douyin-laike", "sale_detail", "reconcile_detail"),
    ("alipay-merchant-portal-xlsx", "fundflow", "taobao_settlement"),
)


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
    for cover in _told(plan):
        rows = book.rows(
            "imports/rivals",
            format=plan.reading.format, layout=rival, channel=cover.channel, account=cover.account_no or cover.channel,
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
        for theirs in _told(other):
            for ours in _told(plan):
                unstated = {None, ours.channel} & {ours.account_no, theirs.account_no}
                same = theirs.channel == ours.channel and (theirs.account_no == ours.account_no or bool(unstated))
                first, last = max(theirs.first_day, ours.first_day), min(theirs.last_day, ours.last_day)
                if same and first <= last:
                    return other.name, first, last
    return None


def _told(plan: FilePlan) -> Sequence[Coverage]:
    """What the file tells: what it vouches for, or its rows' days where it vouches for nothing.

    A file that names no account, or goes by the name of its channel, may be of any account of it.
    """
    reading = plan.reading
    if reading.coverage or reading.format is None or reading.first_day is None or reading.last_day is None:
        return reading.coverage
    channel = reading.format.partition("-")[0]
    return (Coverage("ledger", channel, reading.account_no, reading.first_day, reading.last_day),)
