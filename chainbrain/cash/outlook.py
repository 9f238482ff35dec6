"""What will be in the bank accounts, day by day, when that falls below the floor, why, and what would prevent it."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from decimal import Decimal
from typing import TYPE_CHECKING, Final

from chainbrain.cash.accounts import Account
from chainbrain.cash.holidays_ahead import NOTHING, Unannounced
from chainbrain.cash.placed_dues import BACK
from chainbrain.cash.plan import Due, Paid
from chainbrain.cash.said_paid import SaidPaid
from chainbrain.cash.transit import LATE, UNTOLD, OnTheWay

if TYPE_CHECKING:
    import numpy as np
    import numpy.typing as npt

    from chainbrain.cash.basis import Landing, ReceiptsBasis, Unforeseen
    from chainbrain.cash.twice import Beside

WEEKS: Final = 13
HORIZON: Final = 7 * WEEKS
ZERO: Final = Decimal("0.00")
_WEEK: Final = timedelta(days=7)
_FRESH: Final = 3
"""Statements that end so many days ago are those of every day: over a weekend nobody fetches newer ones."""


@dataclass(frozen=True)
class CashDay:
    """One day of a path, in yuan at its end.

    Attributes:
        settlements: what arrives of sales already made.
        receipts: what arrives of sales to come, as estimated.
        planned: what has to be paid by the plan, less what it brings.
        irregular: payments that the plan does not know, steady ones on their days and others at the average of
            their weekday in the past; 0 where they are not taken off.
        expected: the balance before it with settlements and receipts, less planned and irregular ones.
        p5: the balance that one path in twenty stays below; ``p50`` the middle one, ``p95`` the highest of twenty.
    """

    day: date
    settlements: Decimal
    receipts: Decimal
    planned: Decimal
    irregular: Decimal
    expected: Decimal
    p5: Decimal
    p50: Decimal
    p95: Decimal


@dataclass(frozen=True)
class Breach:
    """The first day on which a path lies below the floor, or below 0 where none is said, and why.

    Attributes:
        balance: the path on that day.
        dues: what the plan and steady payments want on the seven days up to it, the largest first.
        needed: how far the path falls below the floor until the end: with so much more by that day it never would.
        deepest_on: the day on which it is that far below.
    """

    day: date
    balance: Decimal
    dues: tuple[Due, ...]
    needed: Decimal
    deepest_on: date


@dataclass(frozen=True)
class CashPath:
    """The balance of one legal entity, or of all of them, day by day.

    Attributes:
        entity: nothing for all of them.
        opening: the last known balances added up, each at the end of its own statements.
        floor: what must stay, where the owner said so.
        irregular: what irregular payments came to in a month of the past, whether they are taken off or not; nothing
            where there were none or too few days of the past are known.
        steady: steady payments of the bank that the plan does not know, as far as they are taken off.
        past_days: how many days of the past its banks know, those of the entity that knows the fewest.
        moved: what each simulated path has brought up to each day beside what is known, paths × days, in yuan.
        goods_more: how much more (below 0: less) of the irregular payments is taken off over all days than at the
            average of the past, since those for goods follow what is sold; an assumption.
        claimed: how much less of them is taken off since payments that are known for one day are part of them.
        told_of: steady payments that are not in ``steady`` since somebody has told of them as payments of one day.
        twice: payments of one day that look like one that an item of the plan that comes again stands for already.
        beside: payments of one day that may be one to the same payee that comes again, in another amount.
        since: the day on which it is looked at: days before it are over, and nothing is said to happen on them.
    """

    entity: str | None
    opening: Decimal
    floor: Decimal | None
    irregular: Decimal | None
    dues: tuple[Due, ...]
    days: tuple[CashDay, ...]
    steady: tuple[Due, ...] = ()
    past_days: int = 0
    moved: npt.NDArray[np.float64] | None = field(default=None, compare=False, repr=False)
    goods_more: Decimal = ZERO
    claimed: Decimal = ZERO
    told_of: tuple[Due, ...] = ()
    twice: tuple[Due, ...] = ()
    beside: tuple[Beside, ...] = ()
    since: date | None = None

    @property
    def ahead(self) -> tuple[CashDay, ...]:
        """The days that are not over."""
        since = self.since
        return self.days if since is None else tuple(one for one in self.days if one.day >= since)

    @property
    def over(self) -> tuple[CashDay, ...]:
        """The days that are over, though no statement proves what they brought."""
        return self.days[: len(self.days) - len(self.ahead)]

    def from_now(self) -> CashPath:
        """The days that are not over by themselves: ``opening`` holds what is known of those before them.

        What was estimated of them stays in what the simulated paths have brought.
        """
        count = len(self.over)
        known = sum((day.settlements - day.planned - day.irregular for day in self.over), self.opening)
        moved = self.moved[:, count:] if self.moved is not None else None
        return replace(self, opening=known, days=self.days[count:], moved=moved)

    @property
    def returning(self) -> Decimal:
        """What comes back from products on these days."""
        return -sum((due.amount for due in self.dues if due.item.kind == BACK), ZERO)

    @property
    def lowest(self) -> CashDay:
        """The day with the lowest P5, of those that are not over; of all where none is left."""
        return min(self.ahead or self.days, key=lambda one: (one.p5, one.day))

    @property
    def breach(self) -> Breach | None:
        """Where P5 falls below the floor first; below nothing at all where no floor is said."""
        return self._breach([one.p5 for one in self.ahead])

    @property
    def breach_p50(self) -> Breach | None:
        """Where the middle path does."""
        return self._breach([one.p50 for one in self.ahead])

    def free(self, days: int, safety: Decimal) -> Decimal:
        """What nobody needs for so many days: the lowest P5 until then less the safety; never below nothing."""
        return max(min((one.p5 for one in self.days[:days]), default=ZERO) - safety, ZERO)

    def _breach(self, path: list[Decimal]) -> Breach | None:
        # Nobody has to say that an account must not be overdrawn.
        floor = ZERO if self.floor is None else self.floor
        number = next((i for i, balance in enumerate(path) if balance < floor), None)
        if number is None:
            return None
        ahead = self.ahead
        day = ahead[number].day
        lowest = min(range(len(path)), key=lambda i: (path[i], i))
        # What is overdue is taken to be paid on the first day.
        first = self.days[0].day
        every = (due for due in (*self.dues, *self.steady) if due.amount > 0)
        week = [due for due in every if day - _WEEK < max(due.day, first) <= day]
        week.sort(key=lambda due: (-due.amount, due.day, due.item.entity, due.item.kind))
        return Breach(day, path[number], tuple(week), floor - path[lowest], ahead[lowest].day)


@dataclass(frozen=True)
class CashOutlook:
    """The cash forecast of a book.

    Attributes:
        known_to: the last day that a bank statement knows; the days to come begin after it.
        paths: all entities together first, then each.
        accounts: every account; those without a balance are in no path.
        on_the_way: sums of sales already made; late and untold ones are in no path.
        entities_left_out: entities without any known balance, and those of the plan without an account.
        landings: by which rules the money arrives.
        with_irregular: whether payments that the plan does not know are taken off.
        unsure: items of the plan that fell due when one account of their company was known and another was not, and
            that no known payment is like. What has to be paid is due at once: if the other account paid it, its balance
            does not know that yet. What was to be received is in no path.
        meant: grounds of the bank's steady payments that an item of the plan may mean; they are in the paths with it.
        at_call: what lies in products and can be asked back, by legal entity; nobody did, so it is in no path.
        unannounced: holidays among the days that are projected, see ``holidays_ahead``.
        paid: what was planned for a day to come, or for one that an account does not know yet, and the statements show
            as paid, wholly or in part: so much of it is in no path.
        asked_on: the day on which it is looked at; nothing where nobody looks at it on a day.
        said_paid: what a person said was paid, as far as that holds: so much of the plan is in no path.
        unseen: by legal entity what older accounts sent beyond what they are known to have had and got: it came in, and
            is in the balances.
    """

    known_to: date
    paths: tuple[CashPath, ...]
    accounts: tuple[Account, ...]
    on_the_way: tuple[OnTheWay, ...]
    entities_left_out: tuple[str, ...]
    landings: tuple[Landing, ...]
    receipts: ReceiptsBasis | Unforeseen
    with_irregular: bool
    unsure: tuple[Due, ...] = ()
    meant: frozenset[str] = frozenset()
    at_call: tuple[tuple[str, Decimal], ...] = ()
    unannounced: Unannounced = NOTHING
    paid: tuple[Paid, ...] = ()
    asked_on: date | None = None
    unseen: tuple[tuple[str, Decimal], ...] = ()
    said_paid: tuple[SaidPaid, ...] = ()

    @property
    def age(self) -> int:
        """How many days ago the statements end; 0 where they reach the day on which it is looked at."""
        return max((self.asked_on - self.known_to).days, 0) if self.asked_on is not None else 0

    @property
    def old(self) -> bool:
        """Whether newer statements have to come first: what happened since is estimated, not known."""
        return self.age > _FRESH

    @property
    def all_over(self) -> bool:
        """Whether no day is left of those that were foreseen."""
        return not self.chain.ahead

    def looked_at(self, day: date) -> CashOutlook:
        """The same forecast, looked at on a day; before its first day nothing of it is over."""
        paths = tuple(replace(one, since=day) for one in self.paths)
        return replace(self, paths=paths, asked_on=day)

    @property
    def chain(self) -> CashPath:
        """All entities together."""
        return self.paths[0]

    def path(self, entity: str | None) -> CashPath | None:
        """The path of one entity, or of all together."""
        return next((one for one in self.paths if one.entity == entity), None)

    @property
    def accounts_left_out(self) -> tuple[Account, ...]:
        """Accounts whose balance nobody knows."""
        return tuple(one for one in self.accounts if one.balance is None)

    def ends(self, entity: str | None = None) -> tuple[Account, ...]:
        """The accounts of a path, where their statements do not all end on one day; the oldest first."""
        own = [one for one in self.accounts if one.balance is not None and one.day and entity in {None, one.entity}]
        own.sort(key=lambda one: (one.day or self.known_to, one.number))
        return tuple(own) if any(one.day != self.known_to for one in own) else ()

    def accounts_unknown(self, entity: str | None = None) -> tuple[Account, ...]:
        """The accounts without a balance, of one entity or of all."""
        return tuple(one for one in self.accounts_left_out if entity in {None, one.entity})

    def callable_of(self, entity: str | None = None) -> Decimal:
        """What could be asked back from products at any time, by one entity or by all."""
        return sum((amount for of, amount in self.at_call if entity in {None, of}), ZERO)

    def late(self, entity: str | None = None) -> tuple[OnTheWay, ...]:
        """What should have come by now: to one entity, or to all together."""
        return self._apart(LATE, entity)

    def untold(self, entity: str | None = None) -> tuple[OnTheWay, ...]:
        """What is on its way without a day; where nothing tells to whom, it is of all together only."""
        return self._apart(UNTOLD, entity)

    def _apart(self, standing: str, entity: str | None) -> tuple[OnTheWay, ...]:
        return tuple(
            one for one in self.on_the_way if one.standing == standing and (entity is None or one.entity == entity)
        )
