"""The bank accounts of a book: whose they are, what was in them last, and up to which day that is known."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from decimal import Decimal
from typing import TYPE_CHECKING, Final, NamedTuple

if TYPE_CHECKING:
    from chainbrain.database.book import Book

RESTS: Final = timedelta(days=62)
"""An account whose statements end so long before those of others of its company is taken to have paid nothing since:
statements come every month, and what is no longer used would else be taken to pay on for all that time."""
_ZERO: Final = Decimal("0.00")
_UNDER_WAY: Final = timedelta(days=4)
"""So long a transfer between two banks is under way at most: over a weekend."""


class Transfer(NamedTuple):
    """What only one statement shows: whose it is, the other account, the day, how much it changed the first.

    ``alone`` where the other one shows nothing alike in the days after.
    """

    account: str
    other: str
    day: date
    amount: Decimal
    alone: bool


@dataclass(frozen=True)
class Account:
    """One bank account.

    Attributes:
        number: as it is compared.
        entity: the legal entity; empty where nothing tells it.
        balance: the last known one in yuan; nothing where no statement prints one and none was entered.
        day: the last day that its statements reach.
        moved: what the statements of other accounts of the book, which reach farther, say it got since (below 0: sent).
        lacking: how much more it and the other older accounts of its company sent by then than they are known to have
            had: so much came in that nobody knows of. It stands at the first of them.
    """

    number: str
    entity: str
    balance: Decimal | None
    day: date | None
    moved: Decimal = _ZERO
    lacking: Decimal = _ZERO


def accounts(book: Book, after: date, parties: Iterable[str] = ()) -> tuple[Account, ...]:
    """Every bank account as it is known when a day begins.

    Args:
        book: the book.
        after: the day.
        parties: the legal entities that the plan of payments was begun for. An account of which no table tells whose it
            is belongs to the only one that other bank accounts are of; where those have none, to the only one that has
            a merchant number, else to the only one of these.
    """
    found = [Account(number, entity or "", *rest) for number, entity, *rest in book.rows("cash/accounts", after=after)]
    names = {one.entity for one in found if one.entity}
    if not names:
        named = {name for (name,) in book.rows("cash/owners")}
        names = named if len(named) == 1 else set(parties)
    if len(names) == 1:
        (only,) = names
        found = [one if one.entity else replace(one, entity=only) for one in found]
    ends = {one.number: one.day for one in found if one.balance is not None and one.day is not None}
    if len(ends) > 1:
        rows = book.rows("cash/own_transfers", first=min(ends.values()) - _UNDER_WAY, after=after)
        moves = moved_since([Transfer(*row) for row in rows], ends)
        found = [replace(one, moved=sum(moves.get(one.number, {}).values(), _ZERO)) for one in found]
        found = _lacking(found, moves)
    return tuple(found)


def awake(held: Iterable[Account]) -> dict[str, date]:
    """The last day of each account with a balance, those left out that rest: see ``RESTS``."""
    every = list(held)
    asleep = resting(every)
    return {
        one.number: one.day
        for one in every
        if one.balance is not None and one.day is not None and one.number not in asleep
    }


def resting(held: Iterable[Account]) -> frozenset[str]:
    """The accounts that rest: see ``RESTS``. One without a balance says nothing of those that have one."""
    known = [(one, one.day) for one in held if one.day is not None]
    last: dict[str, date] = {}
    for one, day in known:
        if one.balance is not None:
            last[one.entity] = max(day, last.get(one.entity, day))
    return frozenset(one.number for one, day in known if day < last.get(one.entity, day) - RESTS)


def known_from(held: Sequence[Account]) -> dict[str, date]:
    """For each legal entity the last day up to which all of its accounts are known that do not rest."""
    ends, found = awake(held), dict[str, date]()
    for one in held:
        if one.number in ends:
            found[one.entity] = min(ends[one.number], found.get(one.entity, ends[one.number]))
    return found


def last_known(held: Iterable[Account]) -> dict[str, date]:
    """For each legal entity the last day that any of its accounts is known; none where no balance is known."""
    found: dict[str, date] = {}
    for one in held:
        if one.balance is not None and one.day is not None:
            found[one.entity] = max(one.day, found.get(one.entity, one.day))
    return found


def moved_since(transfers: Iterable[Transfer], ends: Mapping[str, date]) -> dict[str, dict[date, Decimal]]:
    """What own accounts got from each other, or sent, after the last day of their own statements, by day.

    The other side tells it: a balance of an older day beside one that the same money has reached would count it twice.
    What left shortly before that day and has not arrived by then is in neither balance.

    Args:
        transfers: what one statement alone tells, from some days before the first end on.
        ends: the last day of each account's own statements.
    """
    found: dict[str, dict[date, Decimal]] = {}
    for one in transfers:
        end = ends.get(one.other)
        if end is None:
            continue
        under_way = one.amount < 0 and one.alone and end - _UNDER_WAY < one.day <= end
        if one.day > end or under_way:
            days = found.setdefault(one.other, {})
            days[one.day] = days.get(one.day, _ZERO) - one.amount
    return found


def _lacking(held: Sequence[Account], moves: Mapping[str, Mapping[date, Decimal]]) -> list[Account]:
    """The accounts with what those of a company lack; nobody sends more than there is, unless it was overdrawn before.

    One of them may have got from another what it sent on: only what they lack together has come from elsewhere.
    """
    latest = last_known(held)
    older: dict[str, list[Account]] = {}
    for one in held:
        behind = one.day is not None and one.day < latest.get(one.entity, one.day)
        if one.balance is not None and one.balance >= 0 and (behind or one.number in moves):
            older.setdefault(one.entity, []).append(one)
    short: dict[str, Decimal] = {}
    for some in older.values():
        days: dict[date, Decimal] = {}
        for one in some:
            for day, amount in moves.get(one.number, {}).items():
                days[day] = days.get(day, _ZERO) + amount
        left = lowest = sum((one.balance or _ZERO for one in some), _ZERO)
        for day in sorted(days):
            left += days[day]
            lowest = min(lowest, left)
        if lowest < 0:
            short[min(one.number for one in some)] = -lowest
    return [replace(one, lacking=short.get(one.number, _ZERO)) for one in held]
