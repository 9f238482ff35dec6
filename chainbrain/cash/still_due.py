"""What of the plan is still to be paid when the statements end: payments are held against what the banks show."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from typing import TYPE_CHECKING

from chainbrain.cash import irregular
from chainbrain.cash.accounts import known_from
from chainbrain.cash.irregular import NEAR
from chainbrain.cash.pay_days import LONGEST, PayDays, moved
from chainbrain.cash.plan import Due, PlanItem, dated
from chainbrain.cash.recurring import Outgoing

if TYPE_CHECKING:
    from chainbrain.cash.measuring import Measured
    from chainbrain.database.book import Book


def still_due(
    book: Book, items: Sequence[PlanItem], measured: Measured, after: date, pay_days: PayDays | None = None
) -> tuple[tuple[Due, ...], tuple[Due, ...]]:
    """What falls due within the days to come, and what fell due while some account of its company is not known.

    Of the second what has to be paid is in the first as well: if the account that is not known paid it, that is in no
    balance yet; if nobody did, it is due. What was to be received is not: it may have come.

    A payment that a weekend or holiday moves may have been made by the end of the statements though its own day comes
    later: it is still to be paid unless they show one like it.

    Args:
        book: the book.
        items: what is planned, payment lists, what comes back from products.
        measured: up to which day accounts are known.
        after: the day after the last of those to come.
        pay_days: on which day money leaves that falls due on a day off; nothing for on that day.
    """
    frame, since = measured.frame, known_from(measured.held)
    open_, astride, unknown = [], [], []
    for due in moved(dated(items, min(since.values()) - LONGEST, after + LONGEST), pay_days):
        entity = due.item.entity
        known_to = frame.known_to.get(entity)
        if known_to is None or due.day >= after:
            continue
        early, late = sorted((due.day, due.said_on or due.day))
        if early > known_to:
            open_.append(due)
        elif late > known_to and due.amount > 0:
            astride.append(due)
        elif late > since.get(entity, known_to) and late <= known_to:
            unknown.append(due)
    if astride or unknown:
        first = min(due.day for due in (*astride, *unknown)) - NEAR
        lines = [Outgoing(*row) for row in book.rows("cash/outgoings", first=first, after=frame.first)]
        entities = {one.number: one.entity for one in measured.held}
        open_ += irregular.unpaid(astride, lines, entities, of_kind=False)
        unknown = list(irregular.unpaid(unknown, lines, entities))
        open_ += [due for due in unknown if due.amount > 0]
    return tuple(sorted(open_, key=lambda due: due.day)), tuple(unknown)


def first_open(measured: Measured) -> date:
    """The first day that the statements of some company do not know."""
    return min(measured.frame.known_to.values()) + timedelta(days=1)
