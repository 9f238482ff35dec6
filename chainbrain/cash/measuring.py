"""Measures what a cash forecast rests on: balances, sums on their way, receipts to come."""

from __future__ import annotations

from collections.abc import Callable, Collection
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import TYPE_CHECKING

from chainbrain.cash import receipts
from chainbrain.cash.accounts import Account, accounts, last_known
from chainbrain.cash.basis import Landing, ReceiptsBasis, Unforeseen
from chainbrain.cash.coming import REPEATED, Frame, Inflows, receipts_to_come, sales_known_to
from chainbrain.cash.forecast.engine import LONGEST
from chainbrain.cash.rules import LOOKED_AT, learn
from chainbrain.cash.settling import Flow, Settling
from chainbrain.cash.transit import UNTOLD, Ends, OnTheWay, Owners, Terms, on_the_way
from chainbrain.errors import UserError
from chainbrain.progress import Report, silent

if TYPE_CHECKING:
    from chainbrain.calendar import Calendar
    from chainbrain.database.book import Book


@dataclass(frozen=True)
class Measured:
    """What a forecast rests on beside the plan and the floors: it stays while only those change."""

    held: tuple[Account, ...]
    known_to: date
    frame: Frame
    way: tuple[OnTheWay, ...]
    basis: ReceiptsBasis | Unforeseen
    inflows: Inflows
    landings: tuple[Landing, ...]


def measure(
    book: Book,
    calendar: Calendar,
    parties: Collection[str],
    horizon: int,
    report: Report = silent,
    *,
    sales: Callable[[int], receipts.Reckoned] | None = None,
) -> Measured:
    """Measure what is in the accounts, what is on its way and what will be taken.

    Args:
        book: the book.
        calendar: working days.
        parties: the legal entities that the plan names.
        horizon: how many days to come.
        report: told how far it is; may raise ``Cancelled``.
        sales: works the receipts of so many days at the stores out, where they may be known already.

    Raises:
        UserError: ``cash.horizon`` or ``cash.no_balance``.
    """
    if not 1 <= horizon <= LONGEST + 1:
        raise UserError("cash.horizon", horizon=horizon, longest=LONGEST + 1)
    held = accounts(book, date.max, parties)
    known = last_known(held)
    if not known:
        raise UserError("cash.no_balance")
    known_to = max(known.values())
    sold_to = sales_known_to(book)
    if sold_to is not None and sold_to + _days(LONGEST) > known_to:
        # Beyond the days that receipts are estimated for, a balance would only seem to fall.
        horizon = min(horizon, (sold_to - known_to).days + LONGEST + REPEATED)
    frame = Frame(known_to + _days(1), horizon, known)
    numbers = book.rows("cash/numbers")
    owners = Owners(
        {(channel, merchant): entity for channel, merchant, entity, *_ in numbers if entity is not None},
        {one.number: one.entity for one in held},
    )
    ends = Ends(
        {one.number: one.day for one in held if one.balance is not None and one.day is not None}, known, known_to,
        {(channel, merchant): account for channel, merchant, _, account, _ in numbers if account is not None},
    )  # fmt: skip
    stated = {(channel, merchant): rule for channel, merchant, _, _, rule in numbers if rule is not None}
    report(0, 1, "progress.measuring")
    book.run("cash/movements")
    first = min(ends.accounts.values()) - LOOKED_AT
    flows = [Flow(*row) for row in book.rows("cash/flows", first=first, after=known_to + _days(horizon))]
    billed = {(channel, merchant): day for channel, merchant, day in book.rows("cash/billed")}
    for flow in flows:
        number = flow.channel, flow.merchant
        billed[number] = max(flow.day, billed.get(number, flow.day))
    learned_to = {number: ends.of(number, owners.of(*number)) for number in billed.keys() | stated.keys()}
    rules = learn(flows, stated, settling := Settling(calendar), known_to, learned_to)
    terms = Terms(rules, settling, owners, ends, billed)
    way = tuple(
        # Money for an account that nobody knows is not counted on.
        one if one.entity in known or not one.counted else replace(one, standing=UNTOLD)
        for one in on_the_way(book, flows, terms)
    )
    book.execute("drop table cash_movements")
    basis, inflows = receipts_to_come(
        book, frame, terms, sales or (lambda days: receipts.reckoned(book, calendar, days, report))
    )
    return Measured(held, known_to, frame, way, basis, inflows, _landings(terms))


def _landings(terms: Terms) -> tuple[Landing, ...]:
    """The rules of each channel, with how many numbers have them and how much came on the very day."""
    groups: dict[tuple[str, str | None, bool], list[float | None]] = {}
    for (channel, _), one in terms.arrivals.items():
        groups.setdefault((channel, one.rule, one.learned), []).append(one.on_day)
    found = []
    for (channel, rule, learned), shares in sorted(groups.items(), key=lambda group: str(group[0])):
        known = [share for share in shares if share is not None]
        found.append(Landing(channel, rule, learned, len(shares), min(known) if known else None))
    return tuple(found)


def _days(count: int) -> timedelta:
    return timedelta(days=count)
