"""A frozen cash forecast held against the statements since: day by day, item by item, and what the difference is of."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from typing import TYPE_CHECKING, Final

from chainbrain.cash.accounts import Account
from chainbrain.cash.freezing import Freeze, FrozenDue, FrozenPath, frozen_paths
from chainbrain.cash.irregular import MOST, NEAR, OWN_KINDS
from chainbrain.cash.outlook import ZERO, CashDay
from chainbrain.cash.past import PastDay, past_days
from chainbrain.cash.recurring import ALIKE, Outgoing, kind_of
from chainbrain.errors import UserError

if TYPE_CHECKING:
    from chainbrain.database.book import Book

PAID: Final = "paid"
OTHER: Final = "other_amount"
"""Paid, more than a tenth away from what was foreseen."""
NOT_SEEN: Final = "not_seen"
WAITING: Final = "waiting"
"""Its days are not over yet as far as the statements know."""
RECEIVED: Final = "received"
"""Money that was to come in; the statements do not tell which line it is."""


@dataclass(frozen=True)
class ComparedDay:
    """One day, in yuan at its end.

    Attributes:
        foreseen: the frozen day.
        actual: the balance that the statements show; nothing after their last day.
    """

    foreseen: CashDay
    actual: Decimal | None

    @property
    def off(self) -> Decimal | None:
        """How far the balance lies above what was expected."""
        return None if self.actual is None else self.actual - self.foreseen.expected

    @property
    def inside(self) -> bool | None:
        """Whether it lies between the low path and the high one."""
        return None if self.actual is None else self.foreseen.p5 <= self.actual <= self.foreseen.p95


@dataclass(frozen=True)
class ComparedDue:
    """What was to be paid and what was: ``state`` is one of the words above, ``line_id`` the bank line that paid it."""

    due: FrozenDue
    state: str
    paid_on: date | None = None
    paid: Decimal | None = None
    line_id: str | None = None


@dataclass(frozen=True)
class Parts:
    """What the difference of the last known day is of: the five sums together are it, to the cent.

    Attributes:
        opening: statements that were imported later changed the balance of the first day.
        came: more came in than was foreseen.
        planned: less was paid of the items that were foreseen.
        unplanned: less was paid of everything else.
        moved: what own accounts sent each other, of which only one side is in the path.
    """

    opening: Decimal
    came: Decimal
    planned: Decimal
    unplanned: Decimal
    moved: Decimal

    @property
    def total(self) -> Decimal:
        """How far the balance lies above what was expected."""
        return self.opening + self.came + self.planned + self.unplanned + self.moved


@dataclass(frozen=True)
class Comparison:
    """One path of a frozen forecast beside what came; ``known_to`` and ``parts`` are nothing before a day is.

    ``accounts`` are those whose lines are the actual balances; ``new_accounts`` became known after it was frozen and
    are in neither side.
    """

    freeze: Freeze
    path: FrozenPath
    days: tuple[ComparedDay, ...]
    dues: tuple[ComparedDue, ...]
    known_to: date | None
    parts: Parts | None
    new_accounts: tuple[str, ...] = ()
    accounts: tuple[str, ...] = ()

    @property
    def known(self) -> tuple[ComparedDay, ...]:
        """The days that the statements know."""
        return tuple(one for one in self.days if one.actual is not None)


def compare(book: Book, freeze: Freeze, held: Sequence[Account], entity: str | None = None) -> Comparison:
    """Hold a frozen path against the statements since.

    Args:
        book: the book.
        freeze: which forecast.
        held: the accounts as they are known now.
        entity: whose path; nothing for all together.

    Raises:
        UserError: ``cash.unknown_entity`` when the forecast has no such path.
    """
    paths = frozen_paths(book, freeze.number)
    path = next((one for one in paths if one.entity == entity), None)
    if path is None:
        known = tuple(one.entity for one in paths if one.entity)
        raise UserError("cash.unknown_entity", entity=entity, known=known)
    last = path.days[-1].day if path.days else freeze.known_to
    # Only the accounts that were foreseen then: one that became known since is no difference, and would hide the days.
    begun: dict[str, date] = dict(book.rows("cash/begun"))
    then = [one for one in held if one.day is not None and begun.get(one.number, one.day) <= freeze.known_to]
    past = past_days(book, then, freeze.known_to, entity, last=last)
    before = past[0] if past and past[0].day == freeze.known_to else None
    since = {one.day: one for one in past if one.day > freeze.known_to} if before is not None else {}
    days = tuple(ComparedDay(one, since[one.day].balance if one.day in since else None) for one in path.days)
    known_to = max(since, default=None)
    rows = book.rows("cash/outgoings", first=freeze.known_to + timedelta(days=1), after=last + NEAR)
    entities = {one.number: one.entity for one in held}
    dues = paid_of(path.dues, [Outgoing(*row) for row in rows], entities, known_to or freeze.known_to)
    parts = _parts(path, before, since, dues) if before is not None and since else None
    new = tuple(
        one.number for one in held if one.balance is not None and one not in then and entity in {None, one.entity}
    )
    own = tuple(one.number for one in then if one.balance is not None and entity in {None, one.entity})
    return Comparison(freeze, path, days, dues, known_to, parts, new, own)


def paid_of(
    dues: Sequence[FrozenDue], lines: Sequence[Outgoing], entities: Mapping[str, str], known_to: date
) -> tuple[ComparedDue, ...]:
    """What was paid of what fell due: a payment of the company near its day, alike or of its kind, each once."""
    left = {line.line_id: line for line in lines if line.day <= known_to}
    found: dict[int, ComparedDue] = {}
    # The surest pairs first: those of another amount take what no other item is like.
    for alike in (True, False):
        for number, due in enumerate(dues):
            if number in found or due.amount <= 0:
                continue
            near = [
                line
                for line in left.values()
                if entities.get(line.account, "") == due.entity and abs(line.day - due.day) <= NEAR
                and (_alike(line, due) if alike else _of_kind(line, due))
            ]  # fmt: skip
            if near:
                line = min(near, key=lambda one: (abs(one.amount - due.amount), abs(one.day - due.day), one.line_id))
                del left[line.line_id]
                found[number] = ComparedDue(due, PAID if alike else OTHER, line.day, line.amount, line.line_id)
    told = []
    for number, due in enumerate(dues):
        state = RECEIVED if due.amount <= 0 else NOT_SEEN if due.day + NEAR < known_to else WAITING
        told.append(found.get(number) or ComparedDue(due, state))
    return tuple(told)


def _alike(line: Outgoing, due: FrozenDue) -> bool:
    return abs(line.amount - due.amount) <= ALIKE * due.amount


def _of_kind(line: Outgoing, due: FrozenDue) -> bool:
    return due.kind in OWN_KINDS and kind_of(line) == due.kind and line.amount <= due.amount * MOST


def _parts(path: FrozenPath, before: PastDay, since: Mapping[date, PastDay], dues: Sequence[ComparedDue]) -> Parts:
    last = max(since)
    foreseen = [one for one in path.days if one.day <= last]
    came, went, moved = (
        sum((getattr(one, name) for one in since.values()), ZERO) for name in ("came", "went", "moved")
    )
    paid = sum((one.paid for one in dues if one.paid is not None and one.paid_on and one.paid_on <= last), ZERO)
    steady = sum((one.due.amount for one in dues if one.due.steady and one.due.day <= last), ZERO)
    planned = sum((one.planned for one in foreseen), ZERO) + steady
    expected_in = sum((one.settlements + one.receipts for one in foreseen), ZERO)
    # Steady payments stand among the irregular ones of the path and among the items here.
    others = sum((one.irregular for one in foreseen), ZERO) - steady
    return Parts(before.balance - path.opening, came - expected_in, planned - paid, others - (went - paid), moved)
