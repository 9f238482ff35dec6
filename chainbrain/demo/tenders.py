"""How the guests paid: one row per tender of the till, refunds as rows of their own with negative amounts."""

from __future__ import annotations

import numpy as np
import polars as pl

from chainbrain.demo.draws import Ints, between, chance, pick, stream
from chainbrain.demo.orders import DAY, DINE, TAKEAWAY, TOPUP
from chainbrain.demo.stores import Chain

METHODS = ("wechat", "alipay", "cash", "stored_value", "coupon", "meituan")
_WECHAT, _ALIPAY, _CASH, _STORED, _COUPON, _MEITUAN = range(6)
_NONE = -1
_SINGLE = (596, 262, 66, 76)
_SPLIT_PER_MILLE = 300
# (weight, methods): the last one pays the rest.
_SPLITS = (
    (360, (_COUPON, _WECHAT)), (150, (_COUPON, _ALIPAY)), (190, (_STORED, _WECHAT)), (80, (_STORED, _ALIPAY)),
    (70, (_CASH, _WECHAT)), (60, (_WECHAT, _ALIPAY)), (45, (_COUPON, _STORED)), (45, (_COUPON, _STORED, _WECHAT)),
)  # fmt: skip
_FACES = np.array((500, 1000, 2000), dtype=np.int64)


def pay(chain: Chain, orders: pl.DataFrame) -> pl.DataFrame:
    """All tenders; ``tid`` is the row number, sales first, then refunds.

    Columns: ``tid``, ``oid``, ``store``, ``day`` (business day), ``at``, ``kind`` (of the order), ``method``,
    ``amount`` (negative for a refund), ``origin`` (``tid`` of the refunded tender or -1), ``single`` (the order's only
    tender), ``refunded``, ``wallet_no`` (the channel's own number), ``merchant_ref`` (the till's number for the
    channel), ``reference`` and ``merchant_no`` as the till prints them.
    """
    rng = stream(chain.seed, "tenders")
    paid = orders.filter(~pl.col("cancelled"))
    sales = _sales(rng, paid)
    refunds = _refunds(chain, rng, sales, paid)
    frame = pl.concat([sales.with_columns(origin=pl.lit(-1, pl.Int64)), refunds])
    frame = frame.with_row_index("tid").with_columns(pl.col("tid").cast(pl.Int64))
    origins = frame["origin"].to_numpy()
    refunded = np.zeros(frame.height, dtype=np.bool_)
    refunded[origins[origins >= 0]] = True
    return _with_references(chain, frame.with_columns(refunded=pl.Series(refunded)), orders)


def _sales(rng: np.random.Generator, paid: pl.DataFrame) -> pl.DataFrame:
    """The sale tenders of every paid order, up to three each; their sum is the order's amount."""
    size = paid.height
    amount, kind = paid["amount"].to_numpy(), paid["kind"].to_numpy()
    method = np.full((size, 3), _NONE, dtype=np.int64)
    method[:, 0] = pick(rng, _SINGLE, size)
    method[kind == TAKEAWAY, 0] = _MEITUAN
    topup = kind == TOPUP
    # A stored-value card is not topped up from itself.
    method[topup, 0] = pick(rng, (70, 25, 5), int(topup.sum()))
    share = np.zeros((size, 3), dtype=np.int64)
    split = chance(rng, _SPLIT_PER_MILLE, size) & (kind == DINE) & (amount >= 1200)
    pattern = pick(rng, [weight for weight, _ in _SPLITS], size)
    face = _FACES[pick(rng, (3, 5, 2), size)]
    face = np.where(face + 600 > amount, 500, face)
    # Guests use up what is left on the card, in whole yuan.
    card = (amount - face) * between(rng, 25, 76, size) // 10_000 * 100
    note = np.minimum(1000 * between(rng, 1, 4, size), (amount - 100) // 1000 * 1000)
    half = amount * between(rng, 30, 71, size) // 10_000 * 100
    first_share = {_COUPON: face, _STORED: card, _CASH: note, _WECHAT: half}
    for split_no, (_, methods) in enumerate(_SPLITS):
        here = split & (pattern == split_no)
        for place, what in enumerate(methods):
            method[here, place] = what
            if place + 1 < len(methods):
                share[here, place] = first_share[what][here]
    last = (method != _NONE).sum(axis=1) - 1
    share[np.arange(size), last] = amount - share.sum(axis=1)
    row, position = np.nonzero(method != _NONE)
    delay = between(rng, 8, 75, size)[row] + 9 * position
    return pl.DataFrame(
        {
            "oid": paid["oid"].to_numpy()[row],
            "store": paid["store"].to_numpy()[row],
            "day": paid["day"].to_numpy()[row],
            "at": paid["at"].to_numpy()[row] + delay,
            "kind": kind[row],
            "method": method[row, position],
            "amount": share[row, position],
            "place": position.astype(np.int64) + 1,
            "single": (last == 0)[row],
        }
    )


def _refunds(chain: Chain, rng: np.random.Generator, sales: pl.DataFrame, paid: pl.DataFrame) -> pl.DataFrame:
    """Refunds of wallet, cash and takeaway tenders: whole or one item, the same day or up to five days later."""
    method, kind = sales["method"].to_numpy(), sales["kind"].to_numpy()
    size = sales.height
    dine = (kind == DINE) & np.isin(method, (_WECHAT, _ALIPAY, _CASH)) & chance(rng, 17, size)
    away = (kind == TAKEAWAY) & chance(rng, 26, size)
    later = np.where(away, 1 + pick(rng, (5, 3, 2), size), pick(rng, (60, 14, 10, 8, 5, 3), size))
    day = sales["day"].to_numpy()
    row = np.flatnonzero((dine | away) & (day + later < chain.days))
    later, day = later[row], day[row]
    amount = sales["amount"].to_numpy()[row]
    items = pl.DataFrame({"oid": sales["oid"].to_numpy()[row]}).join(
        paid.select("oid", "one_item"), on="oid", how="left", maintain_order="left"
    )
    one_item = items["one_item"].to_numpy()
    whole = chance(rng, 430, len(row)) | (one_item >= amount)
    soon = sales["at"].to_numpy()[row] + between(rng, 300, 2400, len(row))
    soon = np.minimum(soon, chain.days * DAY - 60)
    another_day = (day + later) * DAY + between(rng, 11 * 3600, 21 * 3600, len(row))
    return pl.DataFrame(
        {
            "oid": sales["oid"].to_numpy()[row],
            "store": sales["store"].to_numpy()[row],
            "day": day + later,
            "at": np.where(later == 0, soon, another_day),
            "kind": kind[row],
            "method": method[row],
            "amount": -np.where(whole, amount, one_item),
            "place": sales["place"].to_numpy()[row],
            "single": sales["single"].to_numpy()[row],
            "origin": row.astype(np.int64),
        }
    )


def _digits(number: pl.Expr, width: int) -> pl.Expr:
    return number.cast(pl.String).str.zfill(width)


def _spread(column: str, factor: int, offset: int, width: int) -> pl.Expr:
    """Running numbers made to look unordered; distinct stays distinct, the factor has no divisor in common with 10."""
    return _digits((pl.col(column) * factor + offset) % 10**width, width)


def takeaway_number(column: str) -> pl.Expr:
    """The platform's order number (订单号) of a till order."""
    return pl.concat_str(pl.lit("30188"), _spread(column, 7_368_787, 40_031, 13))


def _with_references(chain: Chain, frame: pl.DataFrame, orders: pl.DataFrame) -> pl.DataFrame:
    """Add the numbers by which the till and the channels know a tender; a refund carries those of the sale."""
    dates = pl.DataFrame(
        {"date_of": range(chain.days + 1), "date": [f"{chain.day(d):%Y%m%d}" for d in range(chain.days + 1)]}
    )
    shops = pl.DataFrame(
        {
            "store": [s.index for s in chain.stores],
            "has_pos": [s.has_pos for s in chain.stores],
            "wechat_no": [chain.merchants[s.wechat].number for s in chain.stores],
            "alipay_no": [chain.merchants[s.alipay].number for s in chain.stores],
            "meituan_no": [s.meituan_id for s in chain.stores],
        }
    )
    method, number = pl.col("method"), pl.col("sale")
    at = frame["at"].to_numpy()
    origin = frame["origin"].to_numpy()
    sale: Ints = np.where(origin >= 0, origin, np.arange(frame.height))
    named = (
        frame.with_columns(sale=pl.Series(sale), date_of=pl.Series(at[sale] // DAY))
        .join(dates, on="date_of", how="left", maintain_order="left")
        .join(shops, on="store", how="left", maintain_order="left")
        .join(orders.select("oid", "order_no"), on="oid", how="left", maintain_order="left")
        .with_columns(
            wallet_no=pl.when(method == _WECHAT)
            .then(
                pl.concat_str(
                    pl.lit("42000029"), _digits(number % 97, 2), "date", _spread("sale", 7_368_787, 18_101, 10)
                )
            )
            .when(method == _ALIPAY)
            .then(pl.concat_str("date", pl.lit("22001"), _spread("sale", 9_368_779, 700_219, 15)))
            .when(method == _MEITUAN)
            .then(takeaway_number("oid")),
            merchant_ref=pl.when(method <= _ALIPAY).then(pl.concat_str("order_no", _digits(pl.col("place"), 2))),
            merchant_no=pl.when(method == _WECHAT)
            .then("wechat_no")
            .when(method == _ALIPAY)
            .then("alipay_no")
            .when(method == _MEITUAN)
            .then("meituan_no"),
        )
        .with_columns(
            reference=pl.when((method <= _ALIPAY) & ~pl.col("has_pos"))
            .then("merchant_ref")
            .when(method == _STORED)
            .then(pl.concat_str(pl.lit("XF"), _spread("sale", 3_368_787, 5_003, 10)))
            .when(method == _COUPON)
            .then(_spread("sale", 6_368_789, 71_993, 12))
            .otherwise("wallet_no"),
            method=method.replace_strict(dict(enumerate(METHODS)), return_dtype=pl.String),
        )
    )
    return named.drop("sale", "date_of", "date", "has_pos", "wechat_no", "alipay_no", "meituan_no", "place")
