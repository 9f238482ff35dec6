"""What agreements give in a month: of a closed one as it was locked; what comes late to it counts in the next one."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any, Final

from chainbrain.closing.figures import Figure
from chainbrain.closing.months import closed_up_to, next_month
from chainbrain.database.book import Book

_BETWEEN: Final = " · "

Dues = Callable[[date, date], Iterable[Any]]
"""The claims of the months between two days as the room of the splits reckons them: ``month``, ``store``, ``receiver``,
``rule`` and ``due``."""


@dataclass(frozen=True, order=True)
class Claim:
    """What one agreement gives one receiver of one store, in yuan."""

    store: str
    receiver: str
    rule: str
    amount: Decimal


def posted(book: Book, dues: Dues, month: date) -> tuple[Claim, ...]:
    """The claims that count in a month; of the first open one with what came to closed ones since (前期)."""
    kept = _kept(book)
    if month in kept:
        return tuple(sorted(Claim(*key, amount) for key, amount in kept[month].items() if amount))
    sums: dict[tuple[str, str, str], Decimal] = defaultdict(Decimal)
    first = min(kept) if kept and closed_up_to(book) == month else month
    for one in dues(first, next_month(month)):
        if one.month == month or one.month in kept:
            sums[one.store, one.receiver, one.rule] += one.due
    if first < month:
        for claims in kept.values():
            for key, amount in claims.items():
                sums[key] -= amount
    return tuple(sorted(Claim(*key, amount) for key, amount in sums.items() if amount))


def figures(found: Iterable[Claim]) -> tuple[Figure, ...]:
    """What is locked of them; their sum as well, so that a month without any is known to have none."""
    claims = tuple(found)
    whole = sum((one.amount for one in claims), Decimal("0.00"))
    rows = [Figure("claim", one.store, f"{one.receiver}{_BETWEEN}{one.rule}", "due", one.amount) for one in claims]
    return (Figure("claim", "", "", "due", whole, len(claims)), *rows)


def _kept(book: Book) -> dict[date, dict[tuple[str, str, str], Decimal]]:
    """The claims of closed months that keep any, by month."""
    found: dict[date, dict[tuple[str, str, str], Decimal]] = {}
    for month, store, detail, amount in book.rows_of(
        "select c.month, f.subject, f.detail, f.amount::decimal(18,2) from base.month_figures f "
        "join base.standing_closes c on c.entry_id = f.entry_id where f.section = 'claim'"
    ):
        of = found.setdefault(month, {})
        if store:
            receiver, _, rule = detail.partition(_BETWEEN)
            of[store, receiver, rule] = amount
    return found
