"""Lines of the ledger between head office and a store, and how they roll from month to month."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Final

NOTHING: Final = Decimal("0.00")

EFFECTS: Final = {
    "sales": 1, "platform": 1, "split": -1, "royalty": -1, "purchase": -1, "advance": -1, "penalty": -1, "paid": -1,
    "received": 1, "other": 1,
}  # fmt: skip
"""What an amount of each kind does to the balance, which is above 0 where head office owes the store."""

WRITTEN: Final = ("purchase", "advance", "penalty", "paid", "received", "other")
"""Kinds that people write down; words under ``ledger_kind.<kind>``."""


@dataclass(frozen=True)
class LedgerLine:
    """One line of one store's month, in yuan.

    Attributes:
        month: the first day of the month.
        store: the store's number.
        kind: one of ``EFFECTS``.
        amount: as it is written; a purchase of 100.00 is owed by the store.
        day: the day, where the line is one of a day.
        channel: whose sales they are.
        rule: the agreement of a royalty.
        receiver: who is due a royalty.
        base: what a royalty is taken of.
        reference: the number that a person wrote with it.
        note: what a person wrote beside it.
        rows: of how many rows it is made.
        record: the entry or rule that it comes from.
        entry: the history entry that brought a line that was typed in.
    """

    month: date
    store: str
    kind: str
    amount: Decimal
    day: date | None = None
    channel: str | None = None
    rule: str | None = None
    receiver: str | None = None
    base: Decimal | None = None
    reference: str | None = None
    note: str | None = None
    rows: int = 1
    record: str | None = None
    entry: int | None = None

    @property
    def effect(self) -> Decimal:
        """What it adds to what head office owes the store."""
        return self.amount * EFFECTS[self.kind]


@dataclass(frozen=True)
class Account:
    """One of the two accounts of a pair: opening + due − paid = closing."""

    opening: Decimal
    due: Decimal
    paid: Decimal

    @property
    def closing(self) -> Decimal:
        """What is left of it."""
        return self.opening + self.due - self.paid


@dataclass(frozen=True)
class LedgerMonth:
    """One month of one store; balances are above 0 where head office owes the store, below where the store owes.

    closing = opening + collected − split − royalty − purchases − advances − penalties + other − paid.

    Attributes:
        collected: what head office took for the store, sales and platforms, after fees.
        split: what was split out of that by the channels.
        royalty: what the agreements give head office, without what was split to it already.
        other: what people wrote as other; above 0 head office owes it.
        paid: what head office paid the store, less what it was paid by it.
        payable: of that, what is payable to the store.
        receivable: and what is receivable from it.
        other_side: the closing balance as the store reckons it from its own lines.
        unclear: taken under numbers of which nothing says whose they are; in no balance.
    """

    month: date
    store: str
    name: str | None
    opening: Decimal
    collected: Decimal
    split: Decimal
    royalty: Decimal
    purchases: Decimal
    advances: Decimal
    penalties: Decimal
    other: Decimal
    paid: Decimal
    closing: Decimal
    payable: Account
    receivable: Account
    other_side: Decimal
    unclear: Decimal = NOTHING

    @property
    def gap(self) -> Decimal:
        """By how much the two sides differ."""
        return self.closing - self.other_side


@dataclass(frozen=True)
class Pair:
    """Head office and one store; ``opening`` is what head office owed it before ``since``, nothing where not told."""

    store: str
    name: str | None
    ownership: str | None
    since: date | None = None
    opening: Decimal = NOTHING


def month_of(day: date) -> date:
    """The first day of its month."""
    return day.replace(day=1)


def next_month(month: date) -> date:
    """The first day of the month after."""
    return date(month.year + month.month // 12, month.month % 12 + 1, 1)


def roll(
    pairs: Iterable[Pair],
    lines: Iterable[LedgerLine],
    other_side: Mapping[tuple[date, str], Decimal],
    unclear: Mapping[tuple[date, str], Decimal],
) -> tuple[LedgerMonth, ...]:
    """Every month of every pair, from its first to the last month of all; a month closes where the next opens.

    Args:
        pairs: the pairs.
        lines: what head office has, in any order.
        other_side: what the store has, per month and store: what head office came to owe it.
        unclear: per month and store.
    """
    standing = {pair.store: pair for pair in pairs}
    sums: dict[tuple[date, str], dict[str, Decimal]] = defaultdict(lambda: dict.fromkeys(EFFECTS, NOTHING))
    extra: dict[tuple[date, str], Decimal] = defaultdict(Decimal)
    for line in lines:
        sums[line.month, line.store][line.kind] += line.amount
        if line.kind == "other" and line.amount < 0:
            extra[line.month, line.store] -= line.amount
    known = {*sums, *other_side, *unclear} | {
        (month_of(one.since), one.store) for one in standing.values() if one.since
    }
    last = max((month for month, _ in known), default=None)
    found = []
    for store, pair in sorted(standing.items()):
        months = [month for month, code in known if code == store]
        if not months or last is None:
            continue
        month, opening, theirs = min(months), pair.opening, pair.opening
        payable, receivable = max(opening, NOTHING), max(-opening, NOTHING)
        while month <= last:
            of = sums[month, store]
            theirs += other_side.get((month, store), NOTHING)
            owed_back = extra[month, store]
            ours = Account(payable, of["sales"] + of["platform"] + of["other"] + owed_back, of["split"] + of["paid"])
            its = Account(
                receivable,
                of["royalty"] + of["purchase"] + of["advance"] + of["penalty"] + owed_back,
                of["received"],
            )
            closing = opening + sum((of[kind] * effect for kind, effect in EFFECTS.items()), NOTHING)
            found.append(
                LedgerMonth(
                    month, store, pair.name, opening, of["sales"] + of["platform"], of["split"], of["royalty"],
                    of["purchase"], of["advance"], of["penalty"], of["other"], of["paid"] - of["received"], closing,
                    ours, its, theirs, unclear.get((month, store), NOTHING),
                )
            )  # fmt: skip
            month, opening, payable, receivable = next_month(month), closing, ours.closing, its.closing
    return tuple(sorted(found, key=lambda one: (one.month, one.store)))
