"""资金地图: where every yuan of the chain lies on any day, and how it got there; one table of movements for all."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, Final

import polars as pl

from chainbrain.cash.mapday import CLAIMS, COMES, PLACES, MapDay, day_of
from chainbrain.database.statements import statement_text
from chainbrain.errors import UserError

if TYPE_CHECKING:
    from chainbrain.database.book import Book

ZERO: Final = Decimal(0)
_MOVES = pl.Decimal(38, 5)


@dataclass(frozen=True)
class Shared:
    """A merchant number of several stores: its money cannot be told apart by store."""

    channel: str
    merchant: str
    stores: tuple[str, ...]


@dataclass(frozen=True)
class Lacking:
    """What nobody can know from the files of the book; it is said, and never 0.

    Attributes:
        balances: accounts of which no statement prints a balance and none was entered: what moved alone counts.
        statements: accounts that the tables name and of which the book has neither statement nor balance.
        uncounted: stores that took cash and never counted it.
        unsaid: count sheets without an opening float, or without sales and count.
        bank_to: the last day that any statement reaches; what arrived later is not known.
        shared: numbers of several stores.
        cards_from: whether cards moved whose balance at the beginning nobody entered: their movements alone count.
        cards_whole: whether the opening balance of cards is one of the whole chain: of a part of it nothing is known.
    """

    balances: tuple[str, ...] = ()
    statements: tuple[str, ...] = ()
    uncounted: tuple[str, ...] = ()
    unsaid: int = 0
    bank_to: date | None = None
    shared: tuple[Shared, ...] = ()
    cards_from: bool = False
    cards_whole: bool = False


class MoneyMap:
    """The movements of one book; ``of`` narrows them to a store or a legal entity, ``at`` answers for a day.

    The identity that holds on every day, exactly: the sum of what lies in the places (``PLACES``) is the sum of what
    the ledgers say came in less what left (``COMES`` by their signs). What passes from place to place is in neither;
    only what channels and drawers bring to the bank is in the ledgers of both, so that it leaves a store (which has no
    account of its own) and reaches the entity whose account it is, while for the whole chain it cancels out. Cards
    (``CLAIMS``) are what the chain owes for money that lies in those places already; they are in no sum.
    """

    def __init__(
        self, moves: pl.DataFrame, lacking: Lacking, store: str | None = None, entity: str | None = None
    ) -> None:
        self._moves = moves
        self._nobodys: pl.DataFrame | None = None
        self._sums = moves.group_by("day", "channel", "account", "part").agg(pl.col("amount").sum().cast(_MOVES))
        self.lacking = lacking
        self.store, self.entity = store, entity

    @property
    def first(self) -> date | None:
        """The first day of which anything is known."""
        found = self._moves["day"].min()
        return found if isinstance(found, date) else None

    @property
    def last(self) -> date | None:
        """The last one."""
        found = self._moves["day"].max()
        return found if isinstance(found, date) else None

    @property
    def stores(self) -> tuple[str, ...]:
        """The stores whose money can be told apart."""
        return tuple(self._moves["store"].drop_nulls().unique().sort())

    @property
    def entities(self) -> tuple[str, ...]:
        """The legal entities."""
        return tuple(self._moves["entity"].drop_nulls().unique().sort())

    @property
    def is_empty(self) -> bool:
        """Whether there is nothing to show."""
        return self._moves.is_empty()

    def of(self, store: str | None = None, entity: str | None = None) -> MoneyMap:
        """The part of a store or of a legal entity; a bank account is no single store's.

        Raises:
            UserError: ``map.unknown_store`` or ``map.unknown_entity``.
        """
        moves = self._moves
        for name, code, known in (("store", store, self.stores), ("entity", entity, self.entities)):
            if code is None:
                continue
            if code not in known:
                raise UserError(f"map.unknown_{name}", name=code, known=", ".join(known))
            moves = moves.filter(pl.col(name) == code)
            if self.lacking.cards_whole:
                moves = moves.filter(~pl.col("part").is_in(CLAIMS))
        narrowed = MoneyMap(moves, self.lacking, store, entity)
        if entity is not None:
            narrowed._nobodys = self._moves.filter(pl.col("entity").is_null() & pl.col("part").is_in(PLACES))
        return narrowed

    def nobodys(self, day: date) -> dict[str, Decimal]:
        """Beside what is one entity's: what lies in which place, of which no table tells whose it is."""
        if self._nobodys is None:
            return {}
        sums = self._nobodys.filter(pl.col("day") <= day).group_by("part").agg(pl.col("amount").sum())
        return {part: Decimal(amount) for part, amount in sums.iter_rows() if amount}

    def at(self, day: date | None = None, since: date | None = None) -> MapDay:
        """The map at the end of a day, with the flows from ``since`` on (the first of its month where not said).

        Raises:
            UserError: ``map.no_data``, ``map.no_such_day`` for a day that the book does not reach, or ``map.since``
                for flows that would begin after it.
        """
        first, last = self.first, self.last
        if first is None or last is None:
            raise UserError("map.no_data")
        day = day or last
        if not first <= day <= last:
            raise UserError("map.no_such_day", day=day, first=first, last=last)
        if since is not None and since > day:
            raise UserError("map.since", since=since, day=day)
        since = max(first, since or day.replace(day=1))
        amount, of_day = pl.col("amount"), pl.col("day")
        found = (
            self._sums.filter(of_day <= day)
            .group_by("channel", "account", "part")
            .agg(
                amount.filter(of_day < since).sum().cast(_MOVES).alias("before"),
                amount.filter(of_day >= since).sum().cast(_MOVES).alias("moved"),
            )
        )
        return day_of(day, since, found.iter_rows())

    def river(self) -> tuple[tuple[date, ...], dict[str, tuple[Decimal, ...]]]:
        """What lies in every place at the end of every day, the empty places left out."""
        first, last = self.first, self.last
        if first is None or last is None:
            return (), {}
        days = pl.DataFrame({"day": pl.date_range(first, last, eager=True)})
        found: dict[str, tuple[Decimal, ...]] = {}
        for place in (*PLACES, *CLAIMS):
            of_place = self._sums.filter(pl.col("part") == place).group_by("day").agg(pl.col("amount").sum())
            if not of_place.is_empty():
                summed = days.join(of_place, on="day", how="left").sort("day")["amount"].fill_null(ZERO).cum_sum()
                found[place] = tuple(summed)
        return tuple(days["day"]), found

    def proof(self) -> tuple[tuple[date, Decimal, Decimal], ...]:
        """Of every day: what lies in the places, and what the ledgers say; the two are one figure."""
        first, last = self.first, self.last
        if first is None or last is None:
            return ()
        signs = pl.col("part").replace_strict(COMES, default=0, return_dtype=pl.Int64)
        sums = self._sums.group_by("day").agg(
            pl.col("amount").filter(pl.col("part").is_in(PLACES)).sum().alias("places"),
            (pl.col("amount") * signs).sum().cast(_MOVES).alias("ledgers"),
        )
        days = (
            pl.DataFrame({"day": pl.date_range(first, last, eager=True)}).join(sums, on="day", how="left").sort("day")
        )
        filled = days.with_columns(pl.col(name).fill_null(ZERO).cum_sum() for name in ("places", "ledgers"))
        return tuple(filled.select("day", "places", "ledgers").iter_rows())


def read(book: Book) -> MoneyMap:
    """Work the movements of a book out, all days at once."""
    _keep(book)
    moves = book.frame_of("from map_moves order by all").with_columns(pl.col("amount").cast(_MOVES))
    return MoneyMap(moves, _lacking(book, moves))


def ready(book: Book) -> None:
    """Have the movements at hand in ``map_moves`` for the lists behind the map; anew after what may move them."""
    if not _fresh(book, "map_moves_of"):
        _keep(book)


def flowing(book: Book) -> None:
    """Have at hand in ``map_flows`` what channels have on its way, for the list of what lies in a place."""
    if not _fresh(book, "map_flows_of"):
        _flow(book)


def _fresh(book: Book, mark: str) -> bool:
    found = book.rows_of("select 1 from duckdb_tables() where temporary and table_name = $mark", mark=mark)
    return bool(found) and book.rows_of(f"from {mark}") == book.rows("cash/newest_entry")


def _keep(book: Book) -> None:
    _flow(book)
    book.execute(f"create or replace temp table map_moves as {statement_text('cash/map_moves')}")
    _mark(book, "map_moves_of")


def _flow(book: Book) -> None:
    for name in ("movements", "movement_owners", "map_flows"):
        book.run(f"cash/{name}")
    _mark(book, "map_flows_of")


def _mark(book: Book, name: str) -> None:
    ((newest, followed),) = book.rows("cash/newest_entry")
    book.execute(
        f"create or replace temp table {name} as select $newest as entry_id, $followed::bigint as followed",
        newest=newest, followed=followed,
    )  # fmt: skip


def _lacking(book: Book, moves: pl.DataFrame) -> Lacking:
    found = book.one("cash/map_lacking")
    assert found is not None
    bank_to, named, uncounted, unsaid, cards_from, cards_whole = found
    unknown = set(moves.filter(pl.col("part") == "bank_moved")["account"].drop_nulls())
    known = set(moves.filter(pl.col("part") == "bank")["account"].drop_nulls())
    return Lacking(
        tuple(sorted(unknown)),
        tuple(sorted(set(named) - known - unknown)),
        tuple(uncounted),
        unsaid,
        bank_to,
        tuple(Shared(channel, merchant, tuple(stores)) for channel, merchant, stores in book.rows("cash/map_shared")),
        cards_from,
        cards_whole,
    )
