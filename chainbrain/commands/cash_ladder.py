"""``cash-product`` and ``cash-ladder``: where idle money may be put, and how much of it may go where."""

from __future__ import annotations

import argparse
from collections.abc import Callable
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Final

from chainbrain import split_words, texts
from chainbrain.cash import drafts, ladder
from chainbrain.cash.ladder import Product, Rung
from chainbrain.commands.console import Console
from chainbrain.errors import UserError
from chainbrain.money import parse_yuan
from chainbrain.workspace import Workspace

_RUNG: Final = (
    "product", "product_lock", "product_lag", "product_rate", "product_risk", "product_free", "product_amount",
    "product_binding", "product_earned", "product_said_on",
)  # fmt: skip


def arguments(add: Callable[..., argparse.ArgumentParser]) -> None:
    """The options of these commands."""
    made = add("cash-product", write, "闲钱可以放的地方，由您自己填 / where idle money may be put, as you say")
    made.add_argument("book", type=Path, help="账本文件 / the book")
    made.add_argument("name", help="产品名称 / its name")
    made.add_argument(
        "--lock", type=int, default=0, metavar="DAYS", help="锁定多少天，0 是随时可取 / days it is locked"
    )
    made.add_argument("--lag", type=int, default=0, metavar="DAYS", help="赎回后几天到账 / days until it is back")
    made.add_argument("--cap", metavar="AMOUNT", help="最多放多少，元 / the most that may be put there, yuan")
    made.add_argument("--rate", metavar="1.8%", help="假设的年化收益率 / the assumed yield of a year")
    made.add_argument("--risk", choices=ladder.RISKS, default="R1", help="风险等级 / its class of risk")
    made.add_argument("--date", metavar="2026-11-26", help="哪天填的，默认今天 / the day of it, by default today")
    made.add_argument("--remove", action="store_true", help="不再放这里 / put nothing there any longer")

    made = add("cash-ladder", show, "闲钱阶梯：多少钱可以放多久 / how much idle money may be put away for how long")
    made.add_argument("book", type=Path, help="账本文件 / the book")
    made.add_argument("--entity", metavar="NAME", help="只看一个收付主体 / one legal entity only")
    made.add_argument(
        "--safety", metavar="AMOUNT", help="至少留多少，默认用底线 / what must stay, by default the floor"
    )
    made.add_argument("--json", action="store_true", help="给程序读的 JSON / JSON for programs")


def write(options: argparse.Namespace, console: Console) -> int:
    """Write down a product, or take it back."""
    with Workspace.open(options.book) as workspace:
        if options.remove:
            workspace.cash_desk.remove_product(options.name)
            console.say("cli.cash_product_removed", name=options.name)
            return 0
        product = _said(options)
        workspace.cash_desk.write_product(product)
    console.say("cli.cash_product", name=product.name, days=product.lock_days, rate=f"{product.rate:.2%}")
    return 0


def show(options: argparse.Namespace, console: Console) -> int:
    """Print what each product may take, and the day that decides it."""
    with Workspace.open(options.book) as workspace:
        products = workspace.cash.products()
        if not products:
            raise UserError("cash.no_products")
        found = workspace.cash.outlook(workspace.rules.calendar(), report=console.report)
        path = found.path(options.entity)
        if path is None:
            known = texts.joined([one.entity for one in found.paths if one.entity], console.lang)
            raise UserError("cash.unknown_entity", entity=options.entity, known=known)
        safety = path.floor if options.safety is None else parse_yuan(options.safety)
    if safety is None or safety < 0:
        raise UserError("cash.no_safety")
    rungs = ladder.ladder(path, products, safety)
    if options.json:
        console.json({"estimate": True, "safety": safety, "rungs": rungs, "total": ladder.total(rungs)})
        return 0
    console.say("cli.cash_ladder", safety=f"{safety:,.2f}", total=f"{ladder.total(rungs):,.2f}")
    console.table([console.word(f"column.{key}") for key in _RUNG], [_row(one) for one in rungs])
    for one in rungs:
        if one.binding is None:
            console.say("cli.cash_ladder_too_far", name=one.product.name, days=one.product.days, reach=len(path.days))
    console.say("cli.cash_ladder_no_advice")
    return 0


def _said(options: argparse.Namespace) -> Product:
    cap = parse_yuan(options.cap) if options.cap else None
    if options.cap and cap is None:
        raise UserError("cash.product_cap", value=options.cap)
    rate = split_words.rate_of(options.rate) if options.rate else Decimal(0)
    if rate is None:
        raise UserError("cash.product_rate", value=options.rate)
    said_on = drafts.day_of(options.date) if options.date else date.today()
    return ladder.checked(Product(options.name, options.lock, options.lag, cap, rate, options.risk, said_on))


def _row(one: Rung) -> list[object]:
    product = one.product
    return [
        product.name, product.lock_days, product.lag_days, f"{product.rate:.2%}", product.risk, one.free, one.amount,
        None if one.binding is None else one.binding.day, one.earned, product.said_on,
    ]  # fmt: skip
