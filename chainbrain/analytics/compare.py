"""Two to six stores side by side: their days or weeks, and every figure aligned with its distance to the first."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from typing import TYPE_CHECKING, Final

from chainbrain.analytics import stores
from chainbrain.analytics.overview import ZERO
from chainbrain.analytics.periods import Period
from chainbrain.analytics.stores import LeagueRow
from chainbrain.errors import UserError
from chainbrain.money import half_up

if TYPE_CHECKING:
    from chainbrain.database.book import Book

FEWEST: Final = 2
MOST: Final = 6
GRAINS: Final = ("day", "week")
_WEEK: Final = timedelta(days=7)


@dataclass(frozen=True)
class Line:
    """One figure of all stores, in the order of the comparison.

    Attributes:
        key: receipts, daily, orders, ticket, refunds, fees, net, take_rate, like_for_like, four_wall, margin or
            missing_days; ``daily`` is the average day whose file is there; format and city_tier are words. With
            ``channel`` set a channel, whose values are shares of the store's receipts.
        kind: ``money`` (yuan), ``count``, ``percent`` (a share) or ``words``.
        values: nothing where it is not known.
        partial: stores of which days lack within the figure, or whose month is another than the first one's: they are
            held against nobody.
        words: of kind ``words``, what the list of stores says; nothing where it says nothing.
    """

    key: str
    kind: str
    values: tuple[Decimal | None, ...]
    channel: bool = False
    partial: tuple[bool, ...] = ()
    words: tuple[str | None, ...] = ()

    def off(self, place: int) -> Decimal | None:
        """How far one store lies from the first; of shares in points (0.01 is one point); nothing while days lack."""
        if self.partial and (self.partial[0] or self.partial[place]):
            return None
        first, own = self.values[0], self.values[place]
        return own - first if place and first is not None and own is not None else None

    def ratio(self, place: int) -> Decimal | None:
        """The distance as a share of the first store's figure; nothing for shares and where the first has none."""
        off, first = self.off(place), self.values[0]
        return half_up(off / first, 6) if off is not None and first and self.kind != "percent" else None


@dataclass(frozen=True)
class Series:
    """The receipts of one store by day or by week, in yuan: nothing where a day lacks or it was not open."""

    store_id: str
    values: tuple[Decimal | None, ...]
    average: Decimal | None

    @property
    def indexed(self) -> tuple[Decimal | None, ...]:
        """The values where the store's own average of the period is 100."""
        average = self.average
        if not average:
            return (None,) * len(self.values)
        return tuple(None if one is None else half_up(one * 100 / average) for one in self.values)


@dataclass(frozen=True)
class Comparison:
    """The chosen stores over one period; ``rows`` are those of the league, the first is what others are held against.

    Attributes:
        starts: the first day of every position of the series.
        cut: days at the ends of the period that make no whole week; they are in no week.
    """

    period: Period
    grain: str
    rows: tuple[LeagueRow, ...]
    starts: tuple[date, ...]
    series: tuple[Series, ...]
    lines: tuple[Line, ...]
    cut: int = 0


def compare(book: Book, period: Period, chosen: Sequence[str], grain: str = "day") -> Comparison:
    """Put stores beside each other.

    Args:
        book: the book to read.
        period: the business days; like-for-like compares with ``period.base``.
        chosen: two to six store numbers, the first being what the others are held against.
        grain: one of ``GRAINS``; a week is Monday to Sunday and lies wholly in the period.

    Raises:
        UserError: ``compare.count``, ``compare.twice``, ``compare.unknown`` or ``compare.grain``.
    """
    wanted = tuple(chosen)
    if len(set(wanted)) != len(wanted):
        raise UserError("compare.twice", stores=tuple(sorted({one for one in wanted if wanted.count(one) > 1})))
    if not FEWEST <= len(wanted) <= MOST:
        raise UserError("compare.count", count=len(wanted), fewest=FEWEST, most=MOST)
    if grain not in GRAINS:
        raise UserError("compare.grain", grain=grain)
    known = {row[0] for row in book.rows_of("select store_id from main.stores")}
    if unknown := [one for one in wanted if one not in known]:
        raise UserError("compare.unknown", stores=tuple(unknown))
    of_store = {row.store_id: row for row in stores.league(book, period, wanted).rows}
    if idle := [one for one in wanted if one not in of_store]:
        raise UserError("compare.not_open", stores=tuple(idle), first=period.first, last=period.last)
    rows = tuple(of_store[one] for one in wanted)
    starts, series, cut = _series(book, period, wanted, grain)
    return Comparison(period, grain, rows, starts, series, (*_figures(rows), *_channels(book, period, rows)), cut)


def net(row: LeagueRow) -> Decimal | None:
    """Receipts less refunds and what wallets and platforms charged, to the cent.

    Nothing where no charge is known, or where till files, or rows of them, lack: charges are of all, receipts not.
    """
    return None if row.fees is None or not row.whole else half_up(row.receipts - row.refunds - row.fees)


def _figures(rows: Sequence[LeagueRow]) -> list[Line]:
    lacking = tuple(not row.whole for row in rows)

    def line(key: str, kind: str, values: Sequence[Decimal | int | None], *, summed: bool = False) -> Line:
        known = tuple(None if value is None else Decimal(value) for value in values)
        return Line(key, kind, known, partial=lacking if summed else ())

    def sold(row: LeagueRow, value: Decimal | int) -> Decimal | int | None:
        # A store of which no day is there did not sell nothing.
        return value if row.known else None

    walls = [row.four_wall for row in rows]
    months = [None if one is None else one.month for one in walls]
    other = tuple(month != months[0] for month in months)
    return [
        line("receipts", "money", [sold(row, row.receipts) for row in rows], summed=True),
        Line("daily", "money", tuple(_daily(row) for row in rows), partial=tuple(row.part_days > 0 for row in rows)),
        line("orders", "count", [sold(row, row.orders) for row in rows], summed=True),
        line("ticket", "money", [row.ticket for row in rows]),
        line("refunds", "money", [sold(row, row.refunds) for row in rows], summed=True),
        line("fees", "money", [None if row.fees is None else half_up(row.fees) for row in rows]),
        line("net", "money", [net(row) if row.known else None for row in rows]),
        line("take_rate", "percent", [row.take_rate for row in rows]),
        line("like_for_like", "percent", [row.like_for_like.ratio for row in rows]),
        Line(
            "four_wall",
            "money",
            tuple(None if w is None or w.profit is None else half_up(w.profit) for w in walls),
            partial=other,
        ),
        Line("margin", "percent", tuple(None if w is None else w.margin for w in walls), partial=other),
        line("missing_days", "count", [row.missing_days for row in rows]),
        _words("format", [row.format for row in rows]),
        _words("city_tier", [row.city_tier for row in rows]),
    ]


def _words(key: str, said: Sequence[str | None]) -> Line:
    return Line(key, "words", (None,) * len(said), words=tuple(said))


def _daily(row: LeagueRow) -> Decimal | None:
    days = row.expected_days - row.missing_days
    return half_up(row.receipts / days) if days > 0 else None


def _channels(book: Book, period: Period, rows: Sequence[LeagueRow]) -> list[Line]:
    sold: dict[str, dict[str, Decimal]] = defaultdict(dict)
    found = book.rows(
        "analytics/compare_mix", first=period.first, after=period.after, stores=[row.store_id for row in rows]
    )
    for store, channel, amount in found:
        sold[channel][store] = amount
    largest = sorted(sold, key=lambda channel: (-sum(sold[channel].values(), ZERO), channel))
    return [
        Line(
            channel,
            "percent",
            tuple(
                half_up(sold[channel].get(row.store_id, ZERO) / row.receipts, 6) if row.receipts else None
                for row in rows
            ),
            channel=True,
        )
        for channel in largest
    ]


def _series(
    book: Book, period: Period, chosen: Sequence[str], grain: str
) -> tuple[tuple[date, ...], tuple[Series, ...], int]:
    days: dict[str, list[Decimal | None]] = {store: [] for store in chosen}
    for store, _, _, amount, _ in book.rows(
        "analytics/compare_days", first=period.first, after=period.after, stores=list(chosen)
    ):
        days[store].append(amount)
    starts, cut = tuple(period), 0
    if grain == "week":
        begin = period.first + timedelta(days=-period.first.weekday() % 7)
        weeks = max(0, (period.after - begin).days // 7)
        starts = tuple(begin + _WEEK * number for number in range(weeks))
        cut = period.days - 7 * weeks
        skip = (begin - period.first).days
        days = {
            store: [_whole(line[skip + 7 * n : skip + 7 * n + 7]) for n in range(weeks)] for store, line in days.items()
        }
    return starts, tuple(Series(store, tuple(days[store]), _average(days[store])) for store in chosen), cut


def _whole(week: Sequence[Decimal | None]) -> Decimal | None:
    """A week of which a day lacks has no sum that could stand beside others."""
    return None if None in week else sum((day for day in week if day is not None), ZERO)


def _average(values: Sequence[Decimal | None]) -> Decimal | None:
    known = [value for value in values if value is not None]
    return sum(known, ZERO) / len(known) if known else None
