"""The league table: every store's period in one row, and the total that all rows add up to."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, Final

from chainbrain import day_lines
from chainbrain.analytics import peers, walls
from chainbrain.analytics.growth import too_young
from chainbrain.analytics.overview import ZERO, rate, ticket
from chainbrain.analytics.peers import PeerRank
from chainbrain.analytics.periods import Change, Period, ending
from chainbrain.analytics.store_sums import StoreSums, store_sums
from chainbrain.analytics.walls import FourWall
from chainbrain.money import half_up

if TYPE_CHECKING:
    from chainbrain.database.book import Book


_RECENT: Final = 28


@dataclass(frozen=True)
class StoreOnList:
    """A store as it is chosen from a list; without a master row the number stands for the name."""

    store_id: str
    name: str
    city: str | None


@dataclass(frozen=True)
class LeagueRow:
    """One store in one period; amounts in yuan, rates as shares.

    Attributes:
        like_for_like: the days that can be compared, beside the same weekdays before; both nothing without any.
        missing_days: days without a till file, of ``expected_days``; the receipts lack them, they are not zero.
        part_days: days of whose till file rows were left out; the receipts lack these rows.
        four_wall: the last month with costs up to the period's end; nothing until any are entered.
        format: what kind of store it is, and ``city_tier`` which tier its city has, in the owner's words; nothing where
            nobody said.
        recent: receipts of the last 28 days up to the period's end, nothing where missing.
    """

    store_id: str
    name: str
    city: str | None
    ownership: str | None
    receipts: Decimal
    orders: int
    ticket: Decimal | None
    refunds: Decimal
    like_for_like: Change
    compared_days: int
    missing_days: int
    expected_days: int
    fees: Decimal | None
    takings: Decimal | None
    take_rate: Decimal | None
    four_wall: FourWall | None
    recent: tuple[Decimal | None, ...]
    opened_on: date | None = None
    format: str | None = None
    city_tier: str | None = None
    part_days: int = 0

    @property
    def whole(self) -> bool:
        """Whether every day of the period is there with all its rows: only then do sums stand beside others."""
        return not self.missing_days and not self.part_days

    @property
    def known(self) -> bool:
        """Whether any day of the period is there; receipts of a store that is all missing mean nothing."""
        return self.missing_days < self.expected_days


@dataclass(frozen=True)
class League:
    """The table, best receipts first, and its total row (``store_id`` empty).

    Attributes:
        ranks: by each of ``peers.KINDS`` the places of the stores among all of the chain, by store number: which
            stores are looked at changes nobody's place.
    """

    period: Period
    rows: tuple[LeagueRow, ...]
    total: LeagueRow
    ranks: Mapping[str, Mapping[str, PeerRank]] = field(default_factory=dict)

    def places(self, row: LeagueRow) -> dict[str, PeerRank]:
        """The places of a store among its peers, by what makes them alike."""
        return {by: self.ranks[by][row.store_id] for by in self.ranks if row.store_id in self.ranks[by]}

    def new(self, row: LeagueRow) -> bool:
        """Whether a store is too young to be compared."""
        return too_young(row.opened_on, self.period, row.compared_days)

    @property
    def wall_month(self) -> date | None:
        """The month of every four-wall profit; nothing without any, or where they are of different ones."""
        months = {row.four_wall.month for row in self.rows if row.four_wall is not None}
        return months.pop() if len(months) == 1 else None

    @property
    def margin(self) -> Decimal | None:
        """Four-wall profit of all stores as a share of their receipts; nothing unless all know it of the same month."""
        walls_of = [row.four_wall for row in self.rows]
        profits = [one.profit for one in walls_of if one is not None and one.profit is not None]
        receipts = sum((one.receipts for one in walls_of if one is not None and one.receipts is not None), ZERO)
        if not receipts or self.wall_month is None or len(profits) != len(self.rows):
            return None
        return half_up(sum(profits, ZERO) / receipts, 6)


def stores_of(book: Book, period: Period) -> tuple[StoreOnList, ...]:
    """The stores that sold or should have been open in a period, by number."""
    found = day_lines.frame(book, "analytics/stores_of", period.first, period.after, None, by_store=True)
    return tuple(StoreOnList(*row) for row in found.rows())


def league(book: Book, period: Period, stores: Sequence[str] | None = None) -> League:
    """Rank the stores of a period by receipts.

    Args:
        book: the book to read.
        period: the business days to add up; like-for-like compares with ``period.base``.
        stores: only these store numbers; all when left out.
    """
    chosen = list(stores) if stores is not None else None
    found = [StoreSums(*row) for row in store_sums(book, period).rows()]
    last_days = ending(period.last, _RECENT)
    lines = day_lines.frame(
        book, "analytics/recent", last_days.first, last_days.after, chosen, by_store=True, last=period.last
    ).rows()
    recent: dict[str, tuple[Decimal | None, ...]] = {store: tuple(amounts) for store, amounts in lines}
    costs = walls.four_walls(book, period.after, chosen)
    sums = (one for one in found if one.name is not None and (one.amount is not None or one.expected_days))
    every = sorted((_row(one, recent, costs) for one in sums), key=_by_receipts)
    wanted = frozenset(chosen or ())
    rows = every if chosen is None else [row for row in every if row.store_id in wanted]
    ranks = {by: peers.ranks(every, by, period.last) for by in peers.KINDS}
    return League(period, tuple(rows), _total(rows), ranks)


def _by_receipts(row: LeagueRow) -> tuple[Decimal, str]:
    return -row.receipts, row.store_id


def _row(sums: StoreSums, recent: dict[str, tuple[Decimal | None, ...]], costs: dict[str, FourWall]) -> LeagueRow:
    store, amount, orders = sums.store_id or "", sums.amount or ZERO, sums.orders or 0
    return LeagueRow(
        store_id=store,
        name=sums.name or store,
        city=sums.city,
        ownership=sums.ownership,
        receipts=amount,
        orders=orders,
        ticket=ticket(amount, orders),
        refunds=sums.refunds or ZERO,
        like_for_like=Change(sums.now_amount, sums.base_amount),
        compared_days=sums.compared_days,
        missing_days=sums.missing_days,
        expected_days=sums.expected_days,
        fees=sums.fees,
        takings=sums.takings,
        take_rate=rate(sums.fees, sums.takings),
        four_wall=costs.get(store),
        recent=recent.get(store, ()),
        opened_on=sums.opened_on,
        format=sums.format,
        city_tier=sums.city_tier,
        part_days=sums.part_days,
    )


def _total(rows: Sequence[LeagueRow]) -> LeagueRow:
    receipts, orders = sum((row.receipts for row in rows), ZERO), sum(row.orders for row in rows)
    fees, takings = _sum([row.fees for row in rows]), _sum([row.takings for row in rows])
    return LeagueRow(
        store_id="",
        name="",
        city=None,
        ownership=None,
        receipts=receipts,
        orders=orders,
        ticket=ticket(receipts, orders),
        refunds=sum((row.refunds for row in rows), ZERO),
        like_for_like=Change(_sum([r.like_for_like.now for r in rows]), _sum([r.like_for_like.before for r in rows])),
        compared_days=sum(row.compared_days for row in rows),
        missing_days=sum(row.missing_days for row in rows),
        part_days=sum(row.part_days for row in rows),
        expected_days=sum(row.expected_days for row in rows),
        fees=fees,
        takings=takings,
        take_rate=rate(fees, takings),
        four_wall=None,
        recent=(),
    )


def _sum(amounts: Sequence[Decimal | None]) -> Decimal | None:
    known = [amount for amount in amounts if amount is not None]
    return sum(known, ZERO) if known else None
