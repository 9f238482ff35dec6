"""What agreements give in a month: of a closed one as it was locked; what comes late to it counts in the next one."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any, Final, Protocol

from chainbrain.closing.figures import Figure
from chainbrain.closing.months import closed_up_to, next_month
from chainbrain.closing.steps import Missing, Where
from chainbrain.database.book import Book
from chainbrain.errors import Word

_BETWEEN: Final = " · "


class Agreements(Protocol):
    """What agreements give between two days, by ``month``, ``store``, ``receiver`` and ``rule``."""

    def dues(self, first: date, after: date, /) -> Iterable[Any]:
        """Claims that are known, with ``due``."""

    def unreckoned(self, first: date, after: date, /) -> Iterable[Any]:
        """Claims that cannot be known, with ``taxed``, ``days`` and ``why``."""


@dataclass(frozen=True, order=True)
class Claim:
    """What one agreement gives one receiver of one store, in yuan."""

    store: str
    receiver: str
    rule: str
    amount: Decimal


def posted(book: Book, agreements: Agreements, month: date) -> tuple[Claim, ...]:
    """The claims that count in a month; of the first open one with what came to closed ones since (前期)."""
    kept = _kept(book)
    if month in kept:
        return tuple(sorted(Claim(*key, amount) for key, amount in kept[month].items() if amount))
    sums: dict[tuple[str, str, str], Decimal] = defaultdict(Decimal)
    first = min(kept) if kept and closed_up_to(book) == month else month
    # A claim of a closed month that can no longer be known stays as it was locked: what came late to it cannot be told.
    lost = {(one.month, *_key(one)) for one in agreements.unreckoned(first, month)} if first < month else set()
    for one in agreements.dues(first, next_month(month)):
        if one.month == month or (one.month in kept and (one.month, *_key(one)) not in lost):
            sums[_key(one)] += one.due
    if first < month:
        for of, claims in kept.items():
            for key, amount in claims.items():
                if (of, *key) not in lost:
                    sums[key] -= amount
    return tuple(sorted(Claim(*key, amount) for key, amount in sums.items() if amount))


def unknown(book: Book, agreements: Agreements, month: date) -> tuple[Any, ...]:
    """Claims that count in a month and cannot be known; of the first open one those of closed ones too."""
    kept = _kept(book)
    if month in kept:
        return ()
    first = min(kept) if kept and closed_up_to(book) == month else month
    return tuple(
        one for one in agreements.unreckoned(first, next_month(month)) if one.month == month or one.month in kept
    )


def missing(found: Iterable[Any]) -> tuple[Missing, ...]:
    """Claims that cannot be known, by what lacks for them."""
    by_why: dict[str, list[Any]] = defaultdict(list)
    for one in found:
        by_why[one.why].append(one)
    return tuple(
        Missing(
            "close.claims_unknown",
            {
                "why": Word(f"reason.{why}"),
                "rules": tuple(dict.fromkeys(one.rule for one in rows))[:5],
                "stores": tuple(dict.fromkeys(one.store for one in rows))[:5],
                "count": len(rows),
                "amount": f"{sum((one.taxed for one in rows), Decimal(0)):,.2f}",
            },
            "splits",
            len(rows),
            where=Where("splits"),
        )
        for why, rows in by_why.items()
    )


def figures(found: Iterable[Claim]) -> tuple[Figure, ...]:
    """What is locked of them; their sum as well, so that a month without any is known to have none."""
    claims = tuple(found)
    whole = sum((one.amount for one in claims), Decimal("0.00"))
    rows = [Figure("claim", one.store, f"{one.receiver}{_BETWEEN}{one.rule}", "due", one.amount) for one in claims]
    return (Figure("claim", "", "", "due", whole, len(claims)), *rows)


def _key(one: Any) -> tuple[str, str, str]:
    return one.store, one.receiver, one.rule


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
