"""What the guests ordered: one row per till order, amounts in fen, moments in seconds from the first midnight."""

from __future__ import annotations

import numpy as np
import polars as pl

from chainbrain.demo import people, rhythm
from chainbrain.demo.draws import Flags, Ints, between, chance, pick, stream
from chainbrain.demo.stores import Chain

DAY = 86_400
DINE, TAKEAWAY, TOPUP = 0, 1, 2
_KINDS = (830, 167, 3)
MOST_ITEMS = 5
_TOPUPS = np.array((20_000, 30_000, 50_000, 100_000), dtype=np.int64)


def take(chain: Chain) -> pl.DataFrame:
    """All orders, sorted by store and time.

    Columns: ``oid``, ``store``, ``day`` (business day), ``at``, ``kind``, ``items``, ``list`` (before discounts),
    ``pack`` (packing fee inside ``list``), ``discount``, ``amount`` (what the guest has to pay), ``one_item`` (price of
    one item, for partial refunds), ``basket`` (its items, a hexadecimal digit each: the place on the menu from 1 on),
    ``packed`` (taken along), ``cancelled``, ``order_no``.
    """
    counts = rhythm.guests(chain)
    rng = stream(chain.seed, "orders")
    store = np.repeat(np.arange(len(chain.stores), dtype=np.int64), counts.sum(axis=1))
    day = np.concatenate([np.repeat(np.arange(chain.days, dtype=np.int64), row) for row in counts])
    kind = pick(rng, _KINDS, len(store))
    at = _moments(chain, rng, store, day, kind)
    order = np.lexsort((at, day, store))
    store, day, kind, at = store[order], day[order], kind[order], at[order]
    items, goods, one_item, basket = _baskets(rng, kind)
    topup = kind == TOPUP
    takeaway = kind == TAKEAWAY
    goods = np.where(topup, _TOPUPS[pick(rng, (38, 34, 22, 6), len(kind))], goods)
    pack = np.where(takeaway, np.minimum(items, 4) * 100, 0)
    listed = goods + pack
    discount = _discounts(chain, rng, store=store, day=day, kind=kind, listed=listed)
    cancelled = chance(rng, 11, len(kind)) & ~topup
    number = _running_numbers(store, day)
    frame = pl.DataFrame(
        {
            "oid": np.arange(len(store), dtype=np.int64),
            "store": store,
            "day": day,
            "at": at,
            "kind": kind,
            "items": items,
            "list": listed,
            "pack": pack,
            "discount": np.where(cancelled, 0, discount),
            "amount": np.where(cancelled, 0, listed - discount),
            "one_item": one_item,
            "basket": np.where(topup, 0, basket),
            "packed": chance(rng, 190, len(store)),
            "cancelled": cancelled,
            "number": number,
        }
    )
    codes = pl.DataFrame({"store": range(len(chain.stores)), "code": [s.code for s in chain.stores]})
    dates = pl.DataFrame({"day": range(chain.days), "date": [f"{chain.day(d):%Y%m%d}" for d in range(chain.days)]})
    return (
        frame.join(codes, on="store", how="left", maintain_order="left")
        .join(dates, on="day", how="left", maintain_order="left")
        .with_columns(order_no=pl.concat_str("code", "date", pl.col("number").cast(pl.String).str.zfill(4)))
        .drop("code", "date", "number")
    )


def _moments(chain: Chain, rng: np.random.Generator, store: Ints, day: Ints, kind: Ints) -> Ints:
    """Seconds of each order; takeaway comes between 10:00 and 21:59, so that it is delivered on the same day."""
    hour = np.zeros(len(store), dtype=np.int64)
    for shop in chain.stores:
        weights = rhythm.hours(shop)
        here = store == shop.index
        daytime = weights.copy()
        daytime[:3] = 0
        daytime[15:] = 0
        away = here & (kind == TAKEAWAY)
        hour[here] = pick(rng, weights, int(here.sum()))
        hour[away] = pick(rng, daytime, int(away.sum()))
    # The window ends at midnight of its last day, also where the last business day would go on.
    hour = np.where((day == chain.days - 1) & (hour + rhythm.FIRST_HOUR >= 23), hour - 4, hour)
    second: Ints = between(rng, 0, 3600, len(store))
    return day * DAY + (hour + rhythm.FIRST_HOUR) * 3600 + second


def _baskets(rng: np.random.Generator, kind: Ints) -> tuple[Ints, Ints, Ints, Ints]:
    """Number of items, their sum, the price of the first one, and which they are."""
    size = len(kind)
    count = np.where(
        kind == TAKEAWAY, 1 + pick(rng, (22, 38, 24, 12, 4), size), 1 + pick(rng, (40, 33, 16, 8, 3), size)
    ).astype(np.int64)
    prices = np.array([price for _, price, _ in people.MENU], dtype=np.int64)
    weights = [weight for _, _, weight in people.MENU]
    chosen = pick(rng, weights, size * MOST_ITEMS).reshape(size, MOST_ITEMS)
    # Nobody comes for an egg alone: the first item is a dish.
    dishes = [0 if price < 1000 else weight for _, price, weight in people.MENU]
    chosen[:, 0] = pick(rng, dishes, size)
    taken = np.arange(MOST_ITEMS) < count[:, None]
    goods: Ints = (prices[chosen] * taken).sum(axis=1)
    basket: Ints = (((chosen + 1) * taken) << (4 * np.arange(MOST_ITEMS))).sum(axis=1)
    return count, goods, prices[chosen[:, 0]], basket


def _discounts(chain: Chain, rng: np.random.Generator, *, store: Ints, day: Ints, kind: Ints, listed: Ints) -> Ints:
    """Reductions borne by the business: thresholds in the store and on the platform, more in the campaign week."""
    week = rhythm.campaign(chain)
    own = np.array([not shop.independent for shop in chain.stores])
    in_campaign: Flags = (day >= week.start) & (day < week.stop) & own[store]
    usual = np.where(listed >= 6000, 800, np.where(listed >= 4000, 400, 0)) * chance(rng, 280, len(kind))
    campaign = np.where(listed >= 5000, 1200, np.where(listed >= 3000, 600, 0))
    platform = np.where(listed >= 6500, 1400, np.where(listed >= 4000, 800, np.where(listed >= 2500, 400, 0)))
    platform = platform * chance(rng, 820, len(kind))
    dine = np.where(in_campaign, campaign, usual)
    return np.where(kind == DINE, dine, np.where(kind == TAKEAWAY, platform, 0)).astype(np.int64)


def _running_numbers(store: Ints, day: Ints) -> Ints:
    """1, 2, 3 … within each store and day; the rows are sorted that way."""
    first = np.flatnonzero(np.r_[True, (store[1:] != store[:-1]) | (day[1:] != day[:-1])])
    lengths = np.diff(np.r_[first, len(store)])
    numbers: Ints = np.arange(len(store), dtype=np.int64) - np.repeat(first, lengths) + 1
    return numbers
