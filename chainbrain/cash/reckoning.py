"""Puts the cash forecast of a book together: balances, sums on their way, receipts to come, the plan."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
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
from chainbrain.cash.outlook import CashDay, CashOutlook, CashPath, Landing, ReceiptsBasis, Unforeseen
from chainbrain.cash.plan import Due, PlanItem, dated
from chainbrain.cash.recurring import LOOKED_BACK, Outgoing
from chainbrain.cash.rules import LOOKED_AT, learn
from chainbrain.cash.settling import Flow, Settling
from chainbrain.cash.transit import UNTOLD, Ends, OnTheWay, Owners, Terms, on_the_way
from chainbrain.errors import UserError
from chainbrain.progress import Report, silent

if TYPE_CHECKING:
    from chainbrain.calendar import Calendar
    from chainbrain.database.book import Book

Floats = npt.NDArray[np.float64]

SHARES: Final = (0.05, 0.5, 0.95)
_CENT: Final = Decimal("0.01")
_ZERO: Final = Decimal("0.00")


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
    book: Book, calendar: Calendar, parties: Collection[str], horizon: int, report: Report = silent
) -> Measured:
    """Measure what is in the accounts, what is on its way and what will be taken.

    Args:
        book: the book.
        calendar: working days.
        parties: the legal entities that the plan names.
        horizon: how many days to come.
        report: told how far it is; may raise ``Cancelled``.

    Raises:
        UserError: ``cash.horizon`` or ``cash.no_balance``.
    """
    if not 1 <= horizon <= LONGEST + 1:
        raise UserError("cash.horizon", horizon=horizon, longest=LONGEST + 1)
    held = accounts(book, date.max, parties)
    known = _known(held)
    if not known:
        raise UserError("cash.no_balance")
    known_to = max(known.values())
    sold_to = sales_known_to(book)
    if sold_to is not None and sold_to + _days(LONGEST) > known_to:
        # Beyond the days that receipts can be forecast for, a balance would only seem to fall.
        horizon = min(horizon, (sold_to - known_to).days + LONGEST)
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
    basis, inflows = receipts_to_come(book, frame, terms, partial(_sales, book, calendar, report))
    return Measured(held, known_to, frame, way, basis, inflows, _landings(terms))


def reckon(
    book: Book,
    measured: Measured,
    plan: Sequence[PlanItem],
    floors: Mapping[str | None, Decimal],
    *,
    with_irregular: bool = False,
) -> CashOutlook:
    """The cash forecast of a book.

    Args:
        book: the book.
        measured: what it rests on.
        plan: what is known to be paid or received.
        floors: what must stay, by legal entity; under nothing for all together.
        with_irregular: whether other payments are taken off at their average of the past.
    """
    held, frame, inflows = measured.held, measured.frame, measured.inflows
    entities = tuple(sorted(frame.known_to))
    usual = _irregular(book, plan, measured)
    dues = dated(plan, min(frame.known_to.values()) + _days(1), frame.first + _days(frame.days))
    certain = _Known(frame, tuple(due for due in dues if _is_open(due, frame)), measured.way)
    parts = [_Part(one, certain, inflows, usual.get(one), with_irregular) for one in entities]
    balances = {
        entity: sum((one.balance for one in held if one.entity == entity and one.day and one.balance), _ZERO)
        for entity in entities
    }
    paths = [_path(None, parts, sum(balances.values(), _ZERO), floors.get(None), inflows)]
    paths += [_path(one.entity, [one], balances[one.entity], floors.get(one.entity), inflows) for one in parts]
    left_out = ({one.entity for one in held} | {item.entity for item in plan}) - set(entities)
    return CashOutlook(
        measured.known_to, tuple(paths), held, measured.way, tuple(sorted(left_out)), measured.landings,
        measured.basis, with_irregular, _unsure(book, plan, measured),
    )  # fmt: skip


def _is_open(due: Due, frame: Frame) -> bool:
    """Whether no account of its company can have paid it yet."""
    known_to = frame.known_to.get(due.item.entity)
    return known_to is not None and due.day > known_to


def _unsure(book: Book, plan: Sequence[PlanItem], measured: Measured) -> tuple[Due, ...]:
    """What fell due when one account of its company was known and another was not, and no known payment is alike."""
    frame = measured.frame
    days = [(one.entity, one.day) for one in measured.held if one.balance is not None and one.day is not None]
    known_from = {entity: min(day for of, day in days if of == entity) for entity in frame.known_to}
    first = min(known_from.values()) + _days(1)
    dues = [
        due
        for due in dated(plan, first, frame.first)
        if due.item.entity in known_from and due.day > known_from[due.item.entity] and not _is_open(due, frame)
    ]
    if not dues:
        return ()
    entities = {one.number: one.entity for one in measured.held}
    rows = book.rows("cash/outgoings", first=first - irregular.NEAR, after=frame.first)
    return irregular.unpaid(dues, [Outgoing(*row) for row in rows], entities)


def _sales(book: Book, calendar: Calendar, report: Report, days: int) -> receipts.Reckoned:
    return receipts.reckoned(book, calendar, days, report)


def _known(held: Sequence[Account]) -> dict[str, date]:
    """Up to which day the accounts of each legal entity are known, those without a balance left out."""
    found: dict[str, date] = {}
    for one in held:
        if one.balance is not None and one.day is not None:
            found[one.entity] = max(one.day, found.get(one.entity, one.day))
    return found


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
            place = frame.place(one.due_on) if one.counted and one.due_on and one.entity == entity else None
            if place is not None:
                self.settlements[place] += one.amount
        kept = []
        for due in dues:
            place = frame.place(due.day) if due.item.entity == entity else None
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


def _irregular(book: Book, plan: Sequence[PlanItem], measured: Measured) -> dict[str, Decimal]:
    after = measured.known_to + _days(1)
    lines = [Outgoing(*row) for row in book.rows("cash/outgoings", first=after - LOOKED_BACK, after=after)]
    entities = {one.number: one.entity for one in measured.held}
    since: dict[str, date] = {}
    for account, first in book.rows_of(
        "select base.account_key(bank_account), min(cast(posted_at as date)) from base.bank_lines group by all"
    ):
        entity = entities.get(account, "")
        # Older payments are not looked at, so they are no days of the average either.
        since[entity] = max(min(first, since.get(entity, first)), after - LOOKED_BACK)
    ends = measured.frame.known_to
    known = {entity: (day, ends[entity]) for entity, day in since.items() if entity in ends}
    return irregular.monthly(lines, plan, entities, known)


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
