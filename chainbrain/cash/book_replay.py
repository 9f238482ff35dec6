"""The owner's products replayed over the past of the book: what the plan would have earned beside simpler ways.

The first eight weeks of what the banks know are learned from; then every evening each way gives its orders. See
``ladder_replay`` for the ways and ``bank_foresight`` for what our plan is told. The simpler ways are told the payments
that really came, which favours them; perfect foresight is told everything.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, Final

import numpy as np

from chainbrain.cash import ladder_replay as replay
from chainbrain.cash.bank_foresight import BankForesight
from chainbrain.cash.ladder_purse import Past, Purse
from chainbrain.cash.ladder_terms import Product, Terms
from chainbrain.cash.past import past_days
from chainbrain.cash.placed_dues import arriving
from chainbrain.cash.placements import never_placed
from chainbrain.cash.recurring import LOOKED_BACK, Outgoing
from chainbrain.errors import UserError
from chainbrain.money import fen, half_up
from chainbrain.progress import Report, silent

if TYPE_CHECKING:
    from chainbrain.calendar import Calendar
    from chainbrain.cash.past import PastDay
    from chainbrain.cash.room import CashRoom
    from chainbrain.database.book import Book

LEARNED: Final = 56
"""Days of the past that are only learned from."""
LEAST: Final = 28
"""The fewest days that are replayed; fewer say nothing."""
LONGEST: Final = 364
_WEEK: Final = 7
_MONTH: Final = 30


@dataclass(frozen=True)
class ReplayedWay:
    """What one way came to.

    Attributes:
        key: ``plan``, ``instant``, ``month_kept``, ``miller_orr`` or ``foresight``; words stand under ``replay_way``.
        product: the only product that a simple way uses.
        earned: yuan over all days, by the yields that the owner assumes.
        regret: the share of what perfect foresight earns that it missed; nothing where that earns nothing.
        broken: days below the floor that would not have been below with nothing put away.
    """

    key: str
    product: str | None
    earned: Decimal
    regret: Decimal | None
    broken: int


@dataclass(frozen=True)
class BookReplay:
    """A replay over the days from ``first`` to ``last``.

    Attributes:
        floor: what had to stay; ``band`` what the plan was to keep.
        unavoidable: days below the floor with nothing put away.
        ways: our plan first, perfect foresight last.
    """

    entity: str | None
    first: date
    last: date
    days: int
    floor: Decimal
    band: Decimal
    unavoidable: int
    ways: tuple[ReplayedWay, ...]

    def facts(self) -> dict[str, object]:
        """What ``cash.replayed`` says of it."""
        plan, best = self.ways[0], self.ways[-1]
        return {
            "first": self.first, "last": self.last, "days": self.days, "earned": f"{plan.earned:,.2f}",
            "best": f"{best.earned:,.2f}", "regret": "—" if plan.regret is None else f"{plan.regret:.1%}",
            "broken": plan.broken, "unavoidable": self.unavoidable, "floor": f"{self.floor:,.2f}",
        }  # fmt: skip


def of_book(
    book: Book,
    room: CashRoom,
    calendar: Calendar,
    wanted: tuple[str | None, Decimal | None],
    after: date,
    *,
    report: Report = silent,
) -> BookReplay:
    """Replay what a book knows of an entity's accounts before a day; ``wanted`` is whose and what must stay.

    Raises:
        UserError: ``cash.no_products``, ``cash.no_safety``, ``cash.unknown_entity`` or ``cash.replay_short``.
    """
    entity, safety = wanted
    products, held = room.products(), room.accounts()
    if not products:
        raise UserError("cash.no_products")
    known = tuple(sorted({one.entity for one in held if one.balance is not None}))
    if entity is not None and entity not in known:
        raise UserError("cash.unknown_entity", entity=entity, known=known)
    floor = room.floors().get(entity)
    band = max((one for one in (safety, room.bands().get(entity), floor) if one is not None), default=None)
    if band is None:
        raise UserError("cash.no_safety")
    past = past_days(book, held, date.min, entity)
    own = {one.number for one in held if entity in {None, one.entity} and one.balance is not None}
    rows = book.rows("cash/outgoings", first=after - LOOKED_BACK, after=after)
    lines = [one for one in (Outgoing(*row) for row in rows) if one.account in own]
    placed = [one for one in arriving(room.placements(), products, Terms(calendar)) if entity in {None, one.entity}]
    if past and placed:
        past, orders = never_placed(past, placed), Counter((one.put_on, one.amount) for one in placed)
        lines = [one for one in lines if not _taken(orders, (one.day, one.amount))]
    return replayed(
        past, lines, products, calendar, floor=floor if floor is not None else band, band=band, entity=entity,
        report=report,
    )  # fmt: skip


def replayed(
    past: Sequence[PastDay],
    lines: Sequence[Outgoing],
    products: Sequence[Product],
    calendar: Calendar,
    *,
    floor: Decimal,
    band: Decimal,
    entity: str | None = None,
    report: Report = silent,
) -> BookReplay:
    """Replay every way over the past of some accounts.

    Args:
        past: the days that all of the accounts are known on.
        lines: payments out of them.
        products: the owner's.
        calendar: working days.
        floor: what had to stay; the band counts where it is higher.
        band: what the plan is to keep.
        entity: whose accounts, as it is told.
        report: told how far it is; may raise ``Cancelled``.

    Raises:
        UserError: ``cash.replay_short`` with too few days of the past.
    """
    if len(past) < LEARNED + LEAST:
        raise UserError("cash.replay_short", days=len(past), least=LEARNED + LEAST)
    past = past[-(LEARNED + LONGEST) :]
    floor = min(floor, band)
    flows = np.array([fen(one.came - one.went + one.moved) for one in past], dtype=np.int64)
    went = np.array([fen(one.went) for one in past], dtype=np.int64)
    begin = len(past) - min(len(past) - LEARNED, LONGEST)
    world = Past(past[begin].day, fen(past[begin - 1].balance), flows[begin:], went[begin:], fen(floor))
    count = len(world.flows)
    terms, foresight = Terms(calendar), BankForesight(past, lines, calendar)
    ways: list[tuple[str, Product | None, Callable[[], replay.Way]]] = [
        ("plan", None, lambda: replay.Planned(lambda day: foresight(begin + day), products, fen(band)))
    ]
    instant = max((one for one in products if not one.lock_days), key=lambda one: (one.rate, one.name), default=None)
    if instant is not None:
        ways.append(("instant", instant, lambda: replay.all_instant(instant)))
    # What an owner takes who locks money for about a month.
    month = min(products, key=lambda one: (abs(one.lock_days - _MONTH), -one.rate, one.name))
    ways.append(("month_kept", month, lambda: replay.month_kept(month)))
    if instant is not None:
        ways.append(("miller_orr", instant, lambda: replay.miller_orr(instant)))
    ways.append(("foresight", None, lambda: replay.Foreseen(world, products, terms)))
    found: list[tuple[str, Product | None, replay.Replayed]] = []
    for number, (key, product, made) in enumerate(ways):
        report(number * count, len(ways) * count, "progress.replaying")
        told = _told(made(), number * count, len(ways) * count, report)
        found.append((key, product, replay.replayed(world, terms, told)))
    best = found[-1][2].earned
    return BookReplay(
        entity, world.first, past[-1].day, count, floor, band, int((world.balances < world.floor).sum()),
        tuple(
            ReplayedWay(
                key, None if product is None else product.name, one.earned,
                half_up(1 - one.earned / best, 4) if best > 0 else None, one.broken,
            )
            for key, product, one in found
        ),
    )  # fmt: skip


def _taken(orders: Counter[tuple[date, Decimal]], one: tuple[date, Decimal]) -> bool:
    """Whether a payment is an order that was not met yet; it is then."""
    met = orders[one] > 0
    orders[one] -= met
    return met


def _told(way: replay.Way, before: int, total: int, report: Report) -> replay.Way:
    def told(purse: Purse, day: int) -> None:
        if day % _WEEK == 0:
            report(before + day, total, "progress.replaying")
        way(purse, day)

    return told
