"""Money of sales already made: each sum on its way to the bank with the day on which it should arrive."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from decimal import Decimal
from typing import TYPE_CHECKING, Final

from chainbrain.cash.settling import Arrival, Flow, Number, Settling
from chainbrain.money import half_up

if TYPE_CHECKING:
    from chainbrain.database.book import Book

LATE: Final = "late"
"""It should have come by now."""
PAYOUT: Final = "payout"
"""The payout or withdrawal itself has a day."""
RULE: Final = "rule"
"""By the rule of its merchant number."""
UNTOLD: Final = "untold"
"""Nothing tells when it comes, or to whom."""
IN_WALLET: Final = "in_wallet"


@dataclass(frozen=True)
class OnTheWay:
    """One sum on its way, in yuan.

    Attributes:
        entity: the legal entity whose account it goes to; empty where nothing tells it.
        due_on: when it should arrive.
        standing: ``LATE``, ``PAYOUT``, ``RULE`` or ``UNTOLD``; only the two in the middle are counted on.
        record_id: the payout or withdrawal, where it is one.
        rows: the names of what it was added up from, and the day before which: the filters ``held`` and ``after`` of
            the list of what lies open (``open_at``).
    """

    channel: str
    merchant: str
    entity: str
    amount: Decimal
    due_on: date | None
    standing: str
    record_id: str | None = None
    rows: tuple[str, ...] = ()
    after: date | None = None

    @property
    def undated(self) -> str:
        """Why what is late has no day: ``short`` paid out, of the ``opening``, or its payout is ``unnamed`` a day."""
        if self.due_on is not None or self.standing != LATE:
            return ""
        standings = {name.rsplit("|", 2)[1] for name in self.rows}
        return next((one for one in ("short", "opening") if standings == {one}), "unnamed")

    def told(self, asked_on: date | None) -> str:
        """How it stands on a day, a word of ``way_standing``: ``over`` where it is counted on for a past day."""
        if self.undated:
            return f"late_{self.undated}"
        over = asked_on is not None and self.due_on is not None and self.due_on < asked_on
        return "over" if self.counted and over else self.standing

    @property
    def counted(self) -> bool:
        """Whether it is counted on."""
        return self.standing in {PAYOUT, RULE}


def sums(found: Iterable[OnTheWay]) -> int:
    """How many sums these are at the bank: a payout of several merchant numbers comes as one."""
    return len({one.record_id or (one.channel, one.merchant, one.due_on, one.rows) for one in found})


@dataclass(frozen=True)
class Owners:
    """Whose money it is: the legal entity of every merchant number and bank account, as far as tables tell."""

    numbers: Mapping[Number, str] = field(default_factory=dict)
    accounts: Mapping[str, str] = field(default_factory=dict)

    def of(self, channel: str, merchant: str, account: str | None = None) -> str:
        """The legal entity; that of the whole channel where the number is not known and the channel has one only."""
        found = self.accounts.get(account or "") or self.numbers.get((channel, merchant))
        if found is not None:
            # Where tables disagree whose a number is, it is nobody's.
            return found
        names = {entity for (of, _), entity in self.numbers.items() if of == channel and entity}
        if len(names) == 1:
            return names.pop()
        every = set(self.accounts.values()) - {""}
        return every.pop() if len(every) == 1 else ""


@dataclass(frozen=True)
class Ends:
    """Up to which day it is known what arrived: at each account, at those of a legal entity, at any of them.

    ``receiving`` is the account that the money of a merchant number goes to, as far as tables tell.
    """

    accounts: Mapping[str, date]
    entities: Mapping[str, date]
    last: date
    receiving: Mapping[Number, str] = field(default_factory=dict)

    def of(self, number: Number, entity: str, account: str | None = None) -> date:
        """The day for the money of a number: of the very account, else of its owner's, else of all."""
        found = self.accounts.get(account or self.receiving.get(number, "")) or self.entities.get(entity)
        return found or self.last


@dataclass(frozen=True)
class Terms:
    """When whose money arrives: the rule of each merchant number, the calendar, the owners, what is known of banks.

    ``billed`` is the last day that the bills of a number reach: sales up to it are on their way, none of those to come.
    """

    arrivals: Mapping[Number, Arrival]
    settling: Settling
    owners: Owners
    ends: Ends
    billed: Mapping[Number, date] = field(default_factory=dict)

    def rule(self, channel: str, merchant: str) -> str | None:
        """By which rule the money of a number arrives, as far as it is known."""
        return self.arrivals.get((channel, merchant), Arrival(None)).rule

    def due_on(self, channel: str, merchant: str, day: date) -> date | None:
        """When the sales of a day arrive."""
        rule = self.rule(channel, merchant)
        return self.settling.arrives(rule, day) if rule else None

    def known_to(self, channel: str, merchant: str, account: str | None = None) -> date:
        """The last day that the bank is known to which the money of a number goes."""
        return self.ends.of((channel, merchant), self.owners.of(channel, merchant, account), account)


def on_the_way(book: Book, flows: Sequence[Flow], terms: Terms) -> tuple[OnTheWay, ...]:
    """Every sum on its way; what was due by the end of its own bank's statements and did not come is late.

    Args:
        book: the book.
        flows: the sales of recent days, for numbers of which the book has neither ledger nor payouts.
        terms: when whose money arrives.
    """
    until = max((flow.day for flow in flows), default=terms.ends.last)
    after, found = max(until, terms.ends.last) + timedelta(days=1), []
    for row in book.rows("cash/on_the_way", after=after):
        channel, merchant, standing, day, amount, due_on, late, account, record = row
        # What an opening still has of a wallet's balance lies in the wallet.
        standings = (IN_WALLET, "opening") if standing == IN_WALLET else (standing,)
        last = record or (day.isoformat() if standing == "unbilled" else "")
        names = tuple("|".join((channel, merchant, one, last)) for one in standings)
        entity, way = terms.owners.of(channel, merchant, account), PAYOUT
        if standing == IN_WALLET and due_on is None:
            # What lies in the wallet goes out with the payout of its last day.
            due_on, way = terms.due_on(channel, merchant, day), RULE
        if standing in {"unbilled", "carried"}:
            # What is carried comes with the payout of the day after, or is taken off it.
            due_on = terms.due_on(channel, merchant, day + timedelta(days=standing == "carried"))
            # Due already without a payout that names it: whether it came, nothing tells.
            way = RULE if due_on is not None and due_on > terms.known_to(channel, merchant) else UNTOLD
        elif late or (due_on is not None and due_on <= terms.known_to(channel, merchant, account)):
            way = LATE
        elif due_on is None or amount < 0:
            way = UNTOLD
        if half_up(amount):
            found.append(OnTheWay(channel, merchant, entity, half_up(amount), due_on, way, record, names, after))
    return (*found, *_by_rule(flows, terms, after))


def _by_rule(flows: Sequence[Flow], terms: Terms, after: date) -> list[OnTheWay]:
    """Sales of numbers of which the book has neither ledger nor payouts: what their rule has not brought yet."""
    sums: dict[tuple[str, str, date], Decimal] = {}
    days: dict[tuple[str, str, date], list[str]] = {}
    untold = set()
    for flow in flows:
        if flow.told:
            continue
        due_on = terms.due_on(flow.channel, flow.merchant, flow.day)
        if due_on is None:
            untold.add((flow.channel, flow.merchant))
        elif due_on > terms.known_to(flow.channel, flow.merchant):
            key = flow.channel, flow.merchant, due_on
            sums[key] = sums.get(key, Decimal(0)) + flow.sold + flow.other
            days.setdefault(key, []).append(f"{flow.channel}|{flow.merchant}|sold|{flow.day.isoformat()}")
    found = [
        OnTheWay(
            channel, merchant, terms.owners.of(channel, merchant), half_up(amount), due_on, RULE,
            rows=tuple(days[channel, merchant, due_on]), after=after,
        )
        for (channel, merchant, due_on), amount in sorted(sums.items())
        # More refunded than sold is taken off what arrives.
        if half_up(amount)
    ]  # fmt: skip
    found += [
        OnTheWay(channel, merchant, terms.owners.of(channel, merchant), Decimal("0.00"), None, UNTOLD)
        for channel, merchant in sorted(untold)
    ]
    return found
