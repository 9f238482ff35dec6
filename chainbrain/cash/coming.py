"""Receipts to come as money at the bank: estimated, simulated, moved to the days on which they arrive."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING, Final

import numpy as np
import numpy.typing as npt

from chainbrain.cash import receipts
from chainbrain.cash.basis import ReceiptsBasis, Unforeseen
from chainbrain.cash.forecast import engine
from chainbrain.cash.forecast.alike import alike
from chainbrain.cash.forecast.levels import Grain, ranged
from chainbrain.cash.inflow import MEASURED_DAYS, Streams, Taken, arrivals_of, at_bank, streams
from chainbrain.cash.new_money import drawn, owners_of, ways
from chainbrain.cash.paths import LEVEL_DAYS, past_weeks, simulated

if TYPE_CHECKING:
    from chainbrain.cash.plan import Due
    from chainbrain.cash.transit import Terms
    from chainbrain.database.book import Book

Floats = npt.NDArray[np.float64]

REPEATED: Final = 7
"""Days beyond the last that can be estimated for which the same weekdays of the week before stand in."""
_LEAST_DAYS: Final = 14
_SHARES_80: Final = slice(1, 4, 2)
"""Where ``ranges.SHARES`` has the ends of the 80 % range."""


@dataclass(frozen=True)
class Inflows:
    """What receipts to come bring to the bank.

    Attributes:
        entities: whose account each stream goes to.
        mean: streams × days, as estimated.
        paths: paths × streams × days.
        sold: what goes into each stream by the days on which it is sold, streams × days from ``sold_from`` on, the past
            before the estimate.
        before: what each stream brings on days before the first one, which its own account does not know yet; it is
            part of what the first day brings.
    """

    entities: tuple[str, ...]
    mean: Floats
    paths: Floats
    sold: Floats
    sold_from: date
    before: Floats | None = None


@dataclass(frozen=True)
class Frame:
    """The days to come: the first of them, how many, and up to which day the banks of each entity are known."""

    first: date
    days: int
    known_to: Mapping[str, date]

    def place(self, day: date) -> int | None:
        """Where a sum of a day counts: what fell due since the statements ended is due at once."""
        number = max((day - self.first).days, 0)
        return number if number < self.days else None

    def is_open(self, due: Due) -> bool:
        """Whether no account of its company can have paid it yet."""
        known_to = self.known_to.get(due.item.entity)
        return known_to is not None and due.day > known_to


def sales_known_to(book: Book) -> date | None:
    """The last day with sales in the book."""
    (day,) = book.one_of("select max(business_day) from base.daily_sales")
    return day if isinstance(day, date) else None


def receipts_to_come(
    book: Book, frame: Frame, terms: Terms, sales: Callable[[int], receipts.Reckoned]
) -> tuple[ReceiptsBasis | Unforeseen, Inflows]:
    """Receipts to come at the bank, and what they rest on; ``sales`` works out so many days at the stores."""
    nothing = Inflows((), np.zeros((0, frame.days)), np.zeros((1, 0, frame.days)), np.zeros((0, 0)), frame.first)
    sold_to = sales_known_to(book)
    wanted = (frame.first - sold_to).days + frame.days - 1 if sold_to is not None else 0
    if not 1 <= wanted <= engine.LONGEST + REPEATED:
        return Unforeseen("no_sales"), nothing
    horizon = min(wanted, engine.LONGEST)
    one = sales(horizon)
    if (one.last - one.first).days + 1 < _LEAST_DAYS:
        return Unforeseen("too_short"), nothing
    window = one.values[:, -MEASURED_DAYS:]
    recent = window.sum(axis=1)
    since = max(one.first, one.last - _days(MEASURED_DAYS - 1))
    taken = [Taken(*row) for row in book.rows("cash/taken", first=since, after=one.last + _days(1))]
    made = streams(one.pairs, window, one.last, taken, terms).only(frame.known_to)
    reaching = made.reaching(recent)
    if not made.keys or not reaching:
        return Unforeseen("no_arrivals"), nothing
    tried = alike(one.found.validation, made.weights.sum(axis=0) * one.found.mean.sum(axis=1) > 0)
    said, came = [made.weights @ each for each in tried.said], [made.weights @ each for each in tried.came]
    if not said:
        said, came = past_weeks(made.weights @ one.values)
    estimate = made.weights @ np.round(one.found.mean, 2)
    sold = simulated(estimate, said, came, _width(made, one.found))
    of_new, unplaced = ways(one.new, made, one.pairs, recent, owners_of(book.rows("cash/store_owners")))
    if of_new.any():
        estimate, sold = estimate + of_new @ one.new.mean, sold + drawn(one.new, of_new, len(sold))
    estimate, sold = _repeated(estimate, wanted), _repeated(sold, wanted)
    actual = made.weights @ one.values
    places, before = _places(made, frame, terms, one, wanted)
    mean, paths = _since_billed(made, one, actual, estimate, sold)
    inflows = Inflows(
        tuple(entity for entity, *_ in made.keys),
        np.stack([at_bank(each, there, frame.days) for each, there in zip(mean, places, strict=True)]),
        np.stack([at_bank(each, there, frame.days) for each, there in zip(paths, places, strict=True)], axis=1),
        np.concatenate([actual, estimate], axis=1),
        one.first,
        np.array([float(each[there].sum()) for each, there in zip(mean, before, strict=True)]),
    )
    told = receipts.told(one, horizon, ("chain",))
    basis = ReceiptsBasis(
        one.last, reaching, tuple(line.measured for line in told.accuracy), told.by_past,
        told.unknown, told.fallback, told.filled_days, told.spring, told.starts, unplaced,
        told.idle, told.untaught,
    )  # fmt: skip
    return basis, inflows


def _repeated(figures: Floats, days: int) -> Floats:
    """Figures of so many days along the last axis: beyond those that are there the last week comes again."""
    count = figures.shape[-1]
    places = np.arange(days)
    beyond = places >= count
    places[beyond] = count - REPEATED + (places[beyond] - count) % REPEATED
    found: Floats = figures[..., places] if count >= REPEATED else figures
    return found


def _since_billed(
    made: Streams, one: receipts.Reckoned, actual: Floats, estimate: Floats, sold: Floats
) -> tuple[list[Floats], list[Floats]]:
    """For each stream what is sold since its bills end: what the tills know of it already, then what is to come."""
    means, paths = [], []
    for i, (_, _, billed, _) in enumerate(made.keys):
        begin = _begin(one, billed)
        before = actual[i, (begin - one.first).days :] if begin <= one.last else np.zeros(0)
        skipped = max((begin - one.last).days - 1, 0)
        means.append(np.concatenate([before, estimate[i, skipped:]]))
        known = np.broadcast_to(before, (len(sold), len(before)))
        paths.append(np.concatenate([known, sold[:, i, skipped:]], axis=1))
    return means, paths


def _begin(one: receipts.Reckoned, billed: date | None) -> date:
    """The first day whose sales are on no bill yet."""
    return max(one.first, (billed or one.last) + _days(1))


def _places(
    made: Streams, frame: Frame, terms: Terms, one: receipts.Reckoned, days: int
) -> tuple[list[npt.NDArray[np.int64]], list[npt.NDArray[np.bool_]]]:
    """For each stream the day on which each day's sales arrive, counted from the first; -1 for none of them.

    Beside it which of them arrive before the first day.
    """
    found, before = [], []
    for _, rule, billed, known_to in made.keys:
        begin = _begin(one, billed)
        count = max((one.last + _days(days) - begin).days + 1, 0)
        places = arrivals_of(rule, begin, count, terms.settling, frame.first)
        # What arrived by the end of the statements is in the balance; what did since is taken to come at once.
        behind = (known_to - frame.first).days
        found.append(np.where(places <= behind, -1, np.maximum(places, 0)))
        before.append((places > behind) & (places < 0))
    return found, before


def _width(made: Streams, found: engine.Forecast) -> float:
    """How wide the forecast itself says that eight of ten sums of everything that arrives lie, as a share of it.

    Taken is the sum of the days over which the paths take their level. Relative to a sum the errors of fewer days are
    larger, and those of more were tried too rarely.
    """
    part = ranged(made.weights.sum(axis=0)[None, :], found, Grain.CUMULATIVE)
    step = min(LEVEL_DAYS, part.mean.shape[1]) - 1
    low, high = part.quantiles[_SHARES_80, 0, step]
    return float((high - low) / part.mean[0, step]) if part.mean[0, step] > 0 else 0.0


def _days(count: int) -> timedelta:
    return timedelta(days=count)
