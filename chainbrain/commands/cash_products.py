"""``cash-product`` and ``cash-placed``: where idle money may be put, and what of it lies there already."""

from __future__ import annotations

import argparse
from collections.abc import Callable
from datetime import date, time
from decimal import Decimal
from pathlib import Path
from typing import Final

from chainbrain import split_words
from chainbrain.amounts import typed_yuan
from chainbrain.cash import drafts, ladder
from chainbrain.cash.ladder_terms import Product
from chainbrain.cash.placements import Placement
from chainbrain.commands.console import Console
from chainbrain.errors import UserError
from chainbrain.workspace import Workspace

_PLACED: Final = ("plan_number", "product", "placed_entity", "placed_amount", "product_put_on", "product_back")
_NUMBER: Final = 8


def arguments(add: Callable[..., argparse.ArgumentParser]) -> None:
    """The options of these commands."""
    made = add("cash-product", write, "闲钱可以放的地方，由您自己填 / where idle money may be put, as you say")
    made.add_argument("book", type=Path, help="账本文件 / the book")
    made.add_argument("name", help="产品名称 / its name")
    made.add_argument(
        "--lock", type=int, default=0, metavar="DAYS", help="锁定多少天，0 是随时可取 / days it is locked"
    )
    made.add_argument("--lag", type=int, default=0, metavar="DAYS", help="赎回后几天到账 / days until it is back")
    made.add_argument(
        "--cutoff", metavar="15:00", help="几点以后的申请算下一天 / orders from then on are the next day's"
    )
    made.add_argument(
        "--working-days",
        action="store_true",
        help="申购赎回只算交易日：周末（调休上班也是）和节假日顺延 / trading days only",
    )
    made.add_argument("--cap", metavar="AMOUNT", help="最多放多少，元 / the most that may be put there, yuan")
    made.add_argument("--daily-cap", metavar="AMOUNT", help="每天最多存取多少，元 / the most in or out on a day, yuan")
    made.add_argument("--least", metavar="AMOUNT", help="起购金额，元 / the least that is taken at once, yuan")
    made.add_argument("--step", metavar="AMOUNT", help="起购以上每次递增多少，元 / in what steps above it, yuan")
    made.add_argument("--rate", metavar="1.8%", help="假设的年化收益率 / the assumed yield of a year")
    made.add_argument("--risk", choices=ladder.RISKS, default="R1", help="风险等级，默认 R1 / its class of risk")
    made.add_argument("--date", metavar="2026-11-26", help="哪天填的，默认今天 / the day of it, by default today")
    made.add_argument("--remove", action="store_true", help="不再放这里 / put nothing there any longer")

    made = add("cash-placed", placed, "已经放在产品里的钱：记下、删、列出 / money that lies in a product already")
    made.add_argument("book", type=Path, help="账本文件 / the book")
    made.add_argument("product", nargs="?", help="哪个产品，不写就列出 / which product; without it the list")
    made.add_argument("amount", nargs="?", metavar="AMOUNT", help="金额，元 / yuan")
    made.add_argument("--from", dest="put_on", metavar="2026-11-26", help="哪天放进去的 / the day it was put there")
    made.add_argument(
        "--until",
        metavar="2026-12-26",
        help="哪天回到账上；锁定的不写就按产品算 / the day it is back; of locked money by its product unless said",
    )
    made.add_argument("--entity", metavar="NAME", help="哪个收付主体的钱 / whose money it is")
    made.add_argument("--remove", metavar="NUMBER", help="删掉哪一笔（列表里的编号）/ take one back, by its number")
    made.add_argument("--json", action="store_true", help="给程序读的 JSON / JSON for programs")


def write(options: argparse.Namespace, console: Console) -> int:
    """Write down a product, or take it back."""
    with Workspace.open(options.book, console.upgrading) as workspace:
        if options.remove:
            workspace.cash_desk.remove_product(options.name)
            console.say("cli.cash_product_removed", name=options.name)
            return 0
        product = _said(options)
        workspace.cash_desk.write_product(product)
    console.say("cli.cash_product", name=product.name, days=product.lock_days, rate=f"{product.rate:.2%}")
    return 0


def placed(options: argparse.Namespace, console: Console) -> int:
    """Write down what lies in a product, take it back, or list it."""
    with Workspace.open(options.book, console.upgrading) as workspace:
        standing = workspace.cash.placements()
        if options.remove:
            found = _numbered(standing, options.remove)
            workspace.cash_desk.remove_placement(found.placement_id)
            console.say("cli.cash_placed_removed", **_facts(found))
            return 0
        if options.product is not None:
            said = workspace.cash_desk.placement(_placement(options))
            workspace.cash_desk.write_placement(said)
            console.say("cli.cash_placed", **_facts(said))
            return 0
    if options.json:
        console.json({"placed": standing})
    elif not standing:
        console.say("cli.cash_placed_none")
    else:
        console.table([console.word(f"column.{key}") for key in _PLACED], [_line(one) for one in standing])
    return 0


def _line(one: Placement) -> list[object]:
    return [one.placement_id[:_NUMBER], one.product, one.entity, one.amount, one.put_on, one.back_on or "—"]


def _facts(one: Placement) -> dict[str, object]:
    return {"name": one.product, "amount": f"{one.amount:,.2f}", "put_on": one.put_on, "back_on": one.back_on or "—"}


def _placement(options: argparse.Namespace) -> Placement:
    amount = typed_yuan(options.amount or "")
    if amount is None:
        raise UserError("cash.placed_amount", value=options.amount or "")
    put_on = drafts.day_of(options.put_on) if options.put_on else date.today()
    until = drafts.day_of(options.until) if options.until else None
    return Placement("", options.product, options.entity or "", amount, put_on, until)


def _numbered(standing: tuple[Placement, ...], number: str) -> Placement:
    found = [one for one in standing if one.placement_id.startswith(number)]
    if len(found) != 1:
        raise UserError("cash.unknown_placement", placement=number)
    return found[0]


def _said(options: argparse.Namespace) -> Product:
    cap, daily_cap, least, step = (_cap(text) for text in (options.cap, options.daily_cap, options.least, options.step))
    rate = split_words.rate_of(options.rate) if options.rate else Decimal(0)
    if rate is None:
        raise UserError("cash.product_rate", value=options.rate)
    said_on = drafts.day_of(options.date) if options.date else date.today()
    return ladder.checked(
        Product(
            options.name, options.lock, options.lag, cap, rate, options.risk, said_on,
            hour_of(options.cutoff) if options.cutoff else None, options.working_days, daily_cap, least, step,
        )
    )  # fmt: skip


def _cap(text: str | None) -> Decimal | None:
    cap = typed_yuan(text) if text else None
    if text and cap is None:
        raise UserError("cash.product_cap", value=text)
    return cap


def hour_of(text: str) -> time:
    """An hour as it is typed.

    Raises:
        UserError: ``cash.product_cutoff``.
    """
    found = ladder.hour_of(text)
    if found is None:
        raise UserError("cash.product_cutoff", value=text)
    return found
