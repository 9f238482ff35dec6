"""Writes the tables beside the sales: 往来明细 and 收款人档案 of the franchisees, 门店费用, 资金计划."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta

import polars as pl

from chainbrain.demo import people
from chainbrain.demo.files import plain_yuan
from chainbrain.demo.stores import Chain, Store

Write = Callable[[str, str, pl.DataFrame, str], object]
"""Title, header, cells and format of one table."""

_CODES = ("91330106MA2KM5LB2A", "91320508MA27Q8YT6A", "91330203MA2JD4WX92")
_PAID_ON = 9_000_000
"""What the company pays on to the franchisee it collects for, every month, in fen."""
_WAGES, _UTILITIES = 3_850_000, 612_000
# Fen a month for each order of an ordinary day: a good third of what it sells.
_FOOD = 43_800


def write(chain: Chain, table: Write) -> None:
    """Write the tables; a chain without franchisees has no ledger."""
    franchised = [shop for shop in chain.stores if shop.franchise]
    if franchised:
        _table(table, "往来明细", "日期,门店编号,类型,金额,单号,备注", _ledger(chain, franchised), "chainbrain-ledger")
        payees = _payees(chain, franchised)
        _table(table, "收款人档案", "收款方,户名,账号,开户行,统一社会信用代码,生效日期", payees, "chainbrain-payees")
    _table(table, "门店费用", "门店编号,月份,科目,金额,备注", _costs(chain), "chainbrain-costs")
    plan = "日期,收付主体,类型,金额,周期,截止日期,备注"
    _table(table, "资金计划", plan, _plan(chain), "chainbrain-cash-plan")


def _table(write_one: Write, title: str, header: str, rows: list[list[str]], kind: str) -> None:
    if rows:
        cells = pl.DataFrame(rows, schema=dict.fromkeys(header.split(","), pl.String), orient="row")
        write_one(title, header, cells, kind)


def _ledger(chain: Chain, shops: list[Store]) -> list[list[str]]:
    """Goods every Monday, a repair and a fine now and then, and what is paid by one to the other each month."""
    rows = []
    for shop in shops:
        for index in range(chain.days):
            day = chain.day(index)
            text = day.isoformat()
            if day.weekday() == 0:
                goods = 386_540 + 17_713 * shop.index + 9_137 * (index % 5)
                rows.append([text, shop.code, "采购", plain_yuan(goods), _number("CG", shop, day), "面粉和牛肉"])
            if day.day == 16:
                rows.append([text, shop.code, "垫付", plain_yuan(128_000 + 4_000 * shop.index), "", "代付冷库维修"])
            if day.day == 20 and shop.index % 2:
                rows.append([text, shop.code, "罚款", "200.00", _number("FK", shop, day), "抽检未留样"])
            if day.day == 15 and not shop.collected:
                rows.append([text, shop.code, "收款", plain_yuan(1_500_000), _number("SK", shop, day), "上月货款"])
            if day.day == 12 and shop.collected:
                rows.append([text, shop.code, "付款", plain_yuan(_PAID_ON), _number("DF", shop, day), "代收款结算"])
    return rows


def _number(word: str, shop: Store, day: date) -> str:
    return f"{word}{day:%Y%m%d}{shop.code}"


def _payees(chain: Chain, shops: list[Store]) -> list[list[str]]:
    since = (chain.start - timedelta(200)).isoformat()
    rows = []
    for shop in shops:
        if shop.collected:
            rows.append([shop.code, *people.FRANCHISEE, since])
            continue
        account = next(one for one in chain.accounts if one.entity == shop.entity)
        rows.append([shop.code, account.holder, account.number, account.bank, _code(shop.entity), since])
    rows.append([people.CONSIGNOR, people.CONSIGNOR, *people.CONSIGNOR_ACCOUNT, since])
    return rows


def _code(entity: int) -> str:
    return _CODES[entity % len(_CODES)]


def opening(shop: Store) -> int:
    """What head office owed a franchisee when the book begins, in fen."""
    return 4_812_360 if shop.index % 2 else 0


def _costs(chain: Chain) -> list[list[str]]:
    rows = []
    for month in chain.months:
        label = f"{month.label[:4]}-{month.label[4:]}"
        for shop in chain.stores:
            if shop.opening_day >= month.after:
                continue
            size = shop.area * 1_000
            for subject, amount in (
                ("租金", shop.rent), ("人工", _WAGES + 11 * size), ("水电", _UTILITIES + 2 * size),
                ("食材物料", shop.base_orders * _FOOD + 284_000 + size), ("折旧", 410_000),
            ):  # fmt: skip
                rows.append([shop.code, label, subject, plain_yuan(amount), ""])
    return rows


def _plan(chain: Chain) -> list[list[str]]:
    """What each company has to pay after the last day of the exports."""
    after = date(chain.end.year + chain.end.month // 12, chain.end.month % 12 + 1, 1)
    until = date(after.year + 1, 12, 31).isoformat()
    rows = []
    for entity in sorted({shop.entity for shop in chain.stores}):
        name = people.COMPANIES[entity]
        shops = [shop for shop in chain.stores if shop.entity == entity and not shop.collected]
        wages = sum(_WAGES + 11_000 * shop.area for shop in shops)
        rents = sum(shop.rent for shop in shops)
        for day, kind, amount, cycle, note in (
            (after.replace(day=10), "工资", wages, "每月", ""),
            (after.replace(day=5), "租金", 3 * rents, "每季", ""),
            (after.replace(day=15), "税", 1_860_000 + 70_000 * len(shops), "每月", "增值税及附加"),
        ):
            rows.append([day.isoformat(), name, kind, plain_yuan(amount), cycle, until, note])
    goods = [after.replace(day=18).isoformat(), people.COMPANIES[0], "货款", plain_yuan(8_640_000)]
    rows.append([*goods, "一次", "", people.SUPPLIERS[0]])
    return rows
