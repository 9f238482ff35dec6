"""Puts the cash forecast of a book together: balances, sums on their way, receipts to come, the plan."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from decimal import Decimal
from functools import partial
from typing import TYPE_CHECKING, Final

import numpy as np
import numpy.typing as npt

from chainbrain.cash import irregular, receipts
from chainbrain.cash.accounts import Account, accounts
from chainbrain.cash.coming import Frame, Inflows, receipts_to_come, sales_known_to
from chainbrain.cash.forecast.engine import LONGEST
from chainbrain.cash.outlook import CashDay, CashOutlook, CashPath, Landing
from chainbrain.cash.plan import Due, PlanItem, dated
from chainbrain.cash.recurring import LOOKED_BACK, Outgoing
from chainbrain.cash.rules import Flow, Settling, learn
from chainbrain.cash.transit import UNTOLD, OnTheWay, Owners, Terms, on_the_way
from chainbrain.errors import UserError
from chainbrain.progress import Report, silent

if TYPE_CHECKING:
    from chainbrain.calendar import Calendar
    from chainbrain.database.book import Book

Floats = npt.NDArray[np.float64]

SalesToCome = Callable[["Calendar", int, Report], receipts.Reckoned]

SHARES: Final = (0.05, 0.5, 0.95)
LOOKED_AT: Final = 120
"""Days over which arrivals are held against rules."""
_CENT: Final = Decimal("0.01")
_ZERO: Final = Decimal("0.00")


def reckon(
    book: Book,
    calendar: Calendar,
    plan: Sequence[PlanItem],
    floors: Mapping[str | None, Decimal],
    sales: SalesToCome | None = None,
    *,
    horizon: int,
    with_irregular: bool = False,
    report: Report = silent,
) -> CashOutlook:
    """The cash forecast of a book.

    Args:
        book: the book.
        calendar: working days.
        plan: what is known to be paid or received.
        floors: what must stay, by legal entity; under nothing for all together.
        sales: works out the receipts at the stores; by default anew.
        horizon: how many days to come.
        with_irregular: whether other payments are taken off at their average of the past.
        report: told how far it is; may raise ``Cancelled``.

    Raises:
        UserError: ``cash.horizon`` or ``cash.no_balance``.
    """
    if not 1 <= horizon <= LONGEST + 1:
        raise UserError("cash.horizon", horizon=horizon, longest=LONGEST + 1)
    held = accounts(book, date.max, {item.entity for item in plan})
    known = [one for one in held if one.balance is not None and one.day is not None]
    if not known:
        raise UserError("cash.no_balance")
    known_to = max(one.day for one in known if one.day is not None)
    sales = sales or partial(receipts.reckoned, book)
    sold_to = sales_known_to(book)
    if sold_to is not None and sold_to + _days(LONGEST) > known_to:
        # Beyond the days that receipts can be forecast for, a balance would only seem to fall.
        horizon = min(horizon, (sold_to - known_to).days + LONGEST)
    entities = tuple(sorted({one.entity for one in known}))
    ends = {entity: max(one.day for one in known if one.entity == entity and one.day) for entity in entities}
    frame = Frame(known_to + timedelta(days=1), horizon, ends)
    numbers = book.rows("cash/numbers")
    owners = Owners(
        {(channel, merchant): entity or "" for channel, merchant, entity, *_ in numbers},
        {one.number: one.entity for one in held},
    )
    stated = {(channel, merchant): rule for channel, merchant, _, _, rule, _ in numbers if rule is not None}
    settling = Settling(calendar)
    flows = [
        Flow(*row)
        for row in book.rows("cash/flows", first=known_to - timedelta(days=LOOKED_AT), after=known_to + _days(horizon))
    ]
    terms = Terms(learn(flows, stated, settling, known_to), settling, owners)
    way = tuple(
        # Money for an account that nobody knows is not counted on.
        one if one.entity in ends or not one.counted else replace(one, standing=UNTOLD)
        for one in on_the_way(book, flows, terms, known_to)
    )
    basis, inflows = receipts_to_come(book, frame, terms, lambda days: sales(calendar, days, report))
    usual = _irregular(book, plan, held, known_to)
    dues = dated(plan, min(ends.values()) + timedelta(days=1), frame.first + _days(horizon))
    certain = _Known(frame, dues, way)
    parts = [_Part(one, certain, inflows, usual.get(one), with_irregular) for one in entities]
    balances = {
        entity: sum((one.balance or _ZERO for one in known if one.entity == entity), _ZERO) for entity in entities
    }
    paths = [_path(None, parts, sum(balances.values(), _ZERO), floors.get(None), inflows)]
    paths += [_path(one.entity, [one], balances[one.entity], floors.get(one.entity), inflows) for one in parts]
    left_out = ({one.entity for one in held} | {item.entity for item in plan}) - set(entities)
    return CashOutlook(
        known_to, tuple(paths), held, way, tuple(sorted(left_out)), _landings(terms), basis, with_irregular
    )


@dataclass(frozen=True)
class _Known:
    """What is known of all entities: the plan with its days, and the sums on their way."""

    frame: Frame
    dues: tuple[Due, ...]
    way: tuple[OnTheWay, ...]


class _Part:
    """Everything of one entity that is known to the cent, day by day, and what its streams are estimated to bring."""

    def __init__(self, entity: str, known: _Known, inflows: Inflows, usual: Decimal | None, taken_off: bool) -> None:
        frame, dues, way = known.frame, known.dues, known.way
        self.entity, self.usual, self.frame = entity, usual, frame
        self.settlements, self.planned = ([_ZERO] * frame.days for _ in range(2))
        for one in way:
            place = frame.place(entity, one.due_on) if one.counted and one.due_on and one.entity == entity else None
            if place is not None:
                self.settlements[place] += one.amount
        kept = []
        for due in dues:
            place = frame.place(entity, due.day) if due.item.entity == entity else None
            if place is not None:
                self.planned[place] += due.amount
                kept.append(due)
        self.dues = tuple(kept)
        self.streams = [i for i, one in enumerate(inflows.entities) if one == entity]
        self.receipts = [_yuan(figure) for figure in inflows.mean[self.streams].sum(axis=0)]
        self.irregular = irregular.spread(usual, frame.days) if usual and taken_off else [_ZERO] * frame.days


def _path(
    entity: str | None, parts: Sequence[_Part], opening: Decimal, floor: Decimal | None, inflows: Inflows
) -> CashPath:
    frame = parts[0].frame
    streams_of = [i for part in parts for i in part.streams]
    cumulative = inflows.paths[:, streams_of].sum(axis=1).cumsum(axis=1)
    ends = np.quantile(cumulative, SHARES, axis=0) if streams_of else np.zeros((len(SHARES), frame.days))
    days = []
    known = expected = opening
    for number in range(frame.days):
        settlements, coming, planned, other = (
            sum((getattr(part, name)[number] for part in parts), _ZERO)
            for name in ("settlements", "receipts", "planned", "irregular")
        )
        known += settlements - planned - other
        expected += settlements + coming - planned - other
        low, middle, high = (known + _yuan(float(end)) for end in ends[:, number])
        days.append(
            CashDay(frame.first + _days(number), settlements, coming, planned, other, expected, low, middle, high)
        )
    usual = [part.usual for part in parts if part.usual is not None]
    dues = tuple(sorted((due for part in parts for due in part.dues), key=lambda due: due.day))
    return CashPath(entity, opening, floor, sum(usual, _ZERO) if usual else None, dues, tuple(days))


def _irregular(book: Book, plan: Sequence[PlanItem], held: Sequence[Account], known_to: date) -> dict[str, Decimal]:
    after = known_to + timedelta(days=1)
    lines = [Outgoing(*row) for row in book.rows("cash/outgoings", first=after - LOOKED_BACK, after=after)]
    entities = {one.number: one.entity for one in held}
    since: dict[str, date] = {}
    for account, first in book.rows_of(
        "select base.account_key(bank_account), min(cast(posted_at as date)) from base.bank_lines group by all"
    ):
        entity = entities.get(account, "")
        since[entity] = min(first, since.get(entity, first))
    return irregular.monthly(lines, plan, entities, since)


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


def _yuan(figure: float) -> Decimal:
    return Decimal(repr(round(float(figure), 2))).quantize(_CENT)


def _days(count: int) -> timedelta:
    return timedelta(days=count)
