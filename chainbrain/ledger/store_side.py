"""The same months as the store reckons them, from its own days and by its own arithmetic, to hold against the other."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import date
from decimal import ROUND_DOWN, Decimal
from typing import Final

from chainbrain.database.book import Book
from chainbrain.ledger.claims import Day, Due, Rule, Tier
from chainbrain.ledger.lines import month_of
from chainbrain.money import CENT, half_up

_NOTHING: Final = Decimal(0)
_UNTAXED: Final = "_untaxed"


def movements(
    book: Book,
    stores: Sequence[str],
    first: date | None,
    *,
    rules: Sequence[Rule],
    days: Iterable[Day],
    dues: Iterable[Due],
    head_office: Sequence[str],
) -> dict[tuple[date, str], Decimal]:
    """What head office came to owe each store, per month, as the store sees it.

    Args:
        book: the book.
        stores: the stores.
        first: from which day on; nothing for all.
        rules: all rules.
        days: the stores' sales days.
        dues: what the agreements give; only what goes by the order is taken from them, for it has no base.
        head_office: how head office is called.
    """
    asked: dict[str, object] = {"stores": list(stores), "first": first}
    owed: dict[tuple[date, str], Decimal] = defaultdict(Decimal)
    for key, amount in _taken(book, asked).items():
        owed[key] += amount
    for store, month, kept, got, gave, other in book.rows("ledger/store_entries", **asked):
        owed[month, store] += gave + other - kept - got
    for store, month, amount in book.rows("ledger/store_split_out", head_office=list(head_office), **asked):
        owed[month, store] -= amount
    for store, month, amount in book.rows("ledger/store_splits", head_office=list(head_office), **asked):
        owed[month, store] += amount
    by_store: dict[str, list[Day]] = defaultdict(list)
    for day in days:
        by_store[day.store].append(day)
    for store, own in by_store.items():
        for (month, rule), base in _bases(store, rules, own, head_office).items():
            owed[month, store] -= _royalty(rule, base)
    for due in dues:
        if due.way == "fixed":
            owed[due.month, due.store] -= due.due
    return dict(owed)


def _taken(book: Book, asked: dict[str, object]) -> dict[tuple[date, str], Decimal]:
    """Sales less refunds and charges, day by day; each channel's month to the cent."""
    sums: dict[tuple[date, str, str], Decimal] = defaultdict(Decimal)
    for store, day, channel, sold, returned, adjusted, charged in book.rows("ledger/store_days", **asked):
        sums[month_of(day), store, channel] += sold - returned + adjusted - charged
    months: dict[tuple[date, str], Decimal] = defaultdict(Decimal)
    for (month, store, _), amount in sums.items():
        months[month, store] += half_up(amount)
    return months


def _bases(
    store: str, rules: Sequence[Rule], days: Iterable[Day], head_office: Sequence[str]
) -> dict[tuple[date, Rule], Decimal]:
    """What head office's rules are taken of, per month; of each agreement the most special rule of the day counts.

    A month in which the VAT of one day is not known has no base: neither side reckons it.
    """
    own = sorted((one for one in rules if one.store in {None, store} and one.receiver in head_office), key=_rank)
    taxed: dict[tuple[date, Rule], dict[Decimal | None, Decimal]] = defaultdict(lambda: defaultdict(Decimal))
    for day in days:
        holding = {
            (one.name, one.receiver): one
            for one in own
            if one.channel in {None, day.channel}
            and (one.valid_from or date.min) <= day.day < (one.valid_to or date.max)
        }
        for rule in holding.values():
            if rule.way != "fixed":
                rate = day.vat if rule.basis.endswith(_UNTAXED) else _NOTHING
                taxed[month_of(day.day), rule][rate] += _base(rule.basis.removesuffix(_UNTAXED), day)
    return {
        key: sum((_without(base, rate) for rate, base in by_rate.items() if rate is not None), _NOTHING)
        for key, by_rate in taxed.items()
        if None not in by_rate
    }


def _without(base: Decimal, rate: Decimal) -> Decimal:
    """What is left of it without the VAT in it, half up to the cent."""
    return half_up(base / (1 + rate)) if rate else base


def _rank(rule: Rule) -> tuple[bool, bool, date]:
    return rule.store is not None, rule.channel is not None, rule.valid_from or date.min


def _base(basis: str, day: Day) -> Decimal:
    if basis == "gross":
        return day.gross
    charged = {"after_refunds": _NOTHING, "after_fees": day.fee, "after_commission": day.commission}[basis]
    return day.gross - day.refunded - charged


def _royalty(rule: Rule, base: Decimal) -> Decimal:
    if rule.rate is not None:
        return (base * rule.rate).quantize(CENT, ROUND_DOWN)
    sold = max(base, _NOTHING)
    if rule.way == "flat":
        return half_up(sold * next(tier.rate for tier in reversed(rule.tiers) if tier.start <= sold))
    # The first tier's rate on all of it, and on what lies above each later tier what that one is more or less.
    return half_up(sum((max(sold - tier.start, _NOTHING) * step for tier, step in _steps(rule.tiers)), _NOTHING))


def _steps(tiers: Sequence[Tier]) -> list[tuple[Tier, Decimal]]:
    rates = [_NOTHING, *(tier.rate for tier in tiers)]
    return [(tier, tier.rate - before) for tier, before in zip(tiers, rates, strict=False)]
