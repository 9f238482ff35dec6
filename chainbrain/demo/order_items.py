"""Writes 订单商品明细 of one store: what of each order falls on which product, in what the guest paid for it."""

from __future__ import annotations

from datetime import date
from typing import Final

import polars as pl

from chainbrain.demo import people
from chainbrain.demo.files import Exports, date_text, lines, plain_yuan, yuan
from chainbrain.demo.orders import MOST_ITEMS, TOPUP
from chainbrain.demo.stores import Chain, Store

DRINKS: Final = "寄售饮品"
_HEADER: Final = "门店编号,订单号,营业日期,商品类别,商品名称,数量,金额"
_LONGEST_REFUND: Final = 5
"""Days after which a guest still gets money back: what he bought must be known when it is."""


def store_of(chain: Chain) -> Store | None:
    """The store that sells on consignment; none in a chain without franchisees, which splits nothing."""
    return chain.stores[0] if any(shop.franchise for shop in chain.stores) else None


def since(chain: Chain) -> date:
    """The day from which on the goods are the consignor's: the first of the last month that the window shows."""
    return chain.day(chain.months[-1].first)


def write(chain: Chain, out: Exports, orders: pl.DataFrame) -> None:
    """Write the table; ``orders`` as the till shows them. What an order lists for packing is a product of its own."""
    shop = store_of(chain)
    if shop is None:
        return
    first = max(chain.months[-1].first - _LONGEST_REFUND, 0)
    mine = orders.filter((pl.col("store") == shop.index) & (pl.col("day") >= first) & ~pl.col("cancelled"))
    table = _shared_out(_products(mine))
    cells = table.select(
        a=pl.lit(shop.code), b="order_no", c=date_text(chain, "day"), d="category", e="product",
        f=pl.col("quantity").cast(pl.String), g=yuan("paid"),
    )  # fmt: skip
    file = f"收银/订单商品明细_{shop.code}_{chain.months[-1].label}.csv"
    out.write(file, ("\r\n".join([_HEADER, *lines(cells)]) + "\r\n").encode("utf-8-sig"))
    out.note(file, "", "chainbrain-order-items", cells.height, 金额=plain_yuan(int(table["paid"].sum())))


def _products(orders: pl.DataFrame) -> pl.DataFrame:
    """One row per order and product: ``category``, ``product``, ``quantity`` and ``listed`` (before discounts)."""
    menu = pl.DataFrame(
        {
            "place": range(1, len(people.MENU) + 1),
            "product": [name.replace(",", "（") + "）" * name.count(",") for name, _, _ in people.MENU],
            "price": [price for _, price, _ in people.MENU],
            "category": [DRINKS if place in people.DRINKS else "面点小吃" for place in range(len(people.MENU))],
        }
    )
    keys = ("oid", "order_no", "day", "amount")
    digits = [(pl.col("basket") // 16**place % 16).alias(f"d{place}") for place in range(MOST_ITEMS)]
    goods = (
        orders.select(*keys, *digits)
        .unpivot(index=keys, value_name="place")
        .filter(pl.col("place") > 0)
        .join(menu, on="place", how="inner")
        .group_by(*keys, "place", "category", "product")
        .agg(quantity=pl.len().cast(pl.Int64), listed=pl.col("price").sum())
    )
    columns = [*keys, "place", "category", "product", "quantity", "listed"]
    rest = [
        orders.filter(wanted).select(
            *keys, place=pl.lit(number, pl.Int64), category=pl.lit(word), product=pl.lit(word),
            quantity=pl.lit(1, pl.Int64), listed=listed,
        )
        for number, word, wanted, listed in (
            (97, "打包费", pl.col("pack") > 0, "pack"), (98, "会员充值", pl.col("kind") == TOPUP, "list"),
        )
    ]  # fmt: skip
    return pl.concat([goods.select(columns), *(one.select(columns) for one in rest)]).sort("day", "oid", "place")


def _shared_out(products: pl.DataFrame) -> pl.DataFrame:
    """With ``paid``: each product's part of what the guest paid, to the cent, so that they add up to it."""
    whole, upto = pl.col("listed").sum().over("oid"), pl.col("listed").cum_sum().over("oid")
    return products.with_columns(whole=whole, upto=upto).with_columns(
        paid=pl.col("amount") * pl.col("upto") // pl.col("whole")
        - pl.col("amount") * (pl.col("upto") - pl.col("listed")) // pl.col("whole")
    )
