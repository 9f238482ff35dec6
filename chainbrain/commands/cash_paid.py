"""``cash-paid`` and ``cash-twice``: that a planned payment was paid though no statement shows it, or stands twice."""

from __future__ import annotations

import argparse
from collections.abc import Callable, Sequence
from datetime import date
from pathlib import Path

from chainbrain.cash.plan import PlanItem
from chainbrain.cash.recurring import Outgoing
from chainbrain.cash.said_paid import SaidPaid
from chainbrain.cash.twice import SAME
from chainbrain.commands import given
from chainbrain.commands.cash_plan import found
from chainbrain.commands.console import Console
from chainbrain.errors import UserError
from chainbrain.masking import masked
from chainbrain.workspace import Workspace


def arguments(add: Callable[..., argparse.ArgumentParser]) -> None:
    """The options of the command."""
    made = add("cash-paid", say, "计划里过期、流水没认出来的一笔：说明已付 / say that an item of the plan was paid")
    made.add_argument("book", type=Path, help="账本文件 / the book")
    made.add_argument("item", metavar="NUMBER", help="哪一项（cash-plan 里的编号）/ which item (cash-plan shows it)")
    made.add_argument(
        "--due", type=given.day, metavar="DAY",
        help="按期付的项目：哪一期，写它在计划里的日子 / of an item that comes again: which of its days",
    )  # fmt: skip
    made.add_argument(
        "--line", type=int, metavar="N",
        help="是列出来的第 N 条流水付的；先不写，就列出可能的流水 / the Nth of the bank lines listed without it",
    )  # fmt: skip
    made.add_argument("--day", type=given.day, metavar="DAY", help="只说哪天付的，不指定流水 / the day only, no line")
    made.add_argument(
        "--not", dest="unpaid", action="store_true", help="收回：其实没付 / take it back: it was not paid"
    )
    made.add_argument("--json", action="store_true", help="给程序读的 JSON / JSON for programs")

    made = add("cash-twice", tell_apart, "计划里的一笔是不是定期付的那一笔 / whether an item is a steady payment")
    made.add_argument("book", type=Path, help="账本文件 / the book")
    made.add_argument("item", metavar="NUMBER", help="哪一项（cash-plan 里的编号）/ which item (cash-plan shows it)")
    which = made.add_mutually_exclusive_group(required=True)
    for name, words in (
        ("same", "是同一笔，只扣一次 / one payment, taken off once"),
        ("other", "是两笔，都扣，不再问 / two payments, both taken off and not asked again"),
        ("again", "收回回答 / take the answer back"),
    ):
        which.add_argument(f"--{name}", dest="answer", action="store_const", const=name, help=words)


def tell_apart(options: argparse.Namespace, console: Console) -> int:
    """Say whether an item is what comes again anyway."""
    with Workspace.open(options.book, console.upgrading) as workspace:
        item = found(workspace.cash.plan(), options.item)
        answer = None if options.answer == "again" else options.answer
        if answer == SAME and _doubled_by_plan(item, workspace, console):
            raise UserError("cash.twice_in_plan", day=item.day, entity=item.entity, amount=_sum(item))
        workspace.cash_desk.tell_apart(item.item_id, item.day, answer)
    console.say(f"cli.cash_twice_{options.answer}", day=item.day, entity=item.entity, amount=_sum(item))
    return 0


def say(options: argparse.Namespace, console: Console) -> int:
    """List the bank lines that may have paid the item, or write the answer."""
    with Workspace.open(options.book, console.upgrading) as workspace:
        item = found(workspace.cash.plan(), options.item)
        if item.cycle != "once" and options.due is None:
            raise UserError("cash.paid_which_day")
        due: date = options.due or item.day
        facts = {
            "day": due,
            "entity": item.entity,
            "kind": console.word(f"plan_kind.{item.kind}"),
            "amount": _sum(item),
        }
        if options.unpaid:
            workspace.cash_desk.say_unpaid(item.item_id, due)
            console.say("cli.cash_unpaid", **facts)
            return 0
        offered = workspace.cash.payers(item, due)
        line = _chosen(offered, options.line)
        if line is None and options.day is None:
            _list(item, offered, facts, console, as_json=options.json)
            return 0
        paid_on = line.day if line is not None else options.day
        line_id = line.line_id if line is not None else None
        workspace.cash_desk.say_paid(SaidPaid(item.item_id, due, paid_on, line_id))
        console.say("cli.cash_paid" if item.amount > 0 else "cli.cash_received", **facts, paid_on=paid_on)
        if line is not None and line.amount != abs(item.amount):
            console.say("cli.cash_paid_otherwise", paid=f"{line.amount:,.2f}", planned=_sum(item))
    return 0


def _doubled_by_plan(item: PlanItem, workspace: Workspace, console: Console) -> bool:
    """Whether another item of the plan stands for the payment: that they are one would be kept and change no figure."""
    try:
        path = workspace.cash.outlook(workspace.rules.calendar(), report=console.report).path(None)
    except UserError:
        # Without a forecast nothing stands beside it: the answer waits for one.
        return False
    if path is None:
        return False
    by_plan = [one.due for one in path.beside if not one.by_bank]
    return any(one.item.item_id == item.item_id for one in (*path.twice, *by_plan))


def _chosen(offered: Sequence[Outgoing], number: int | None) -> Outgoing | None:
    if number is None:
        return None
    if not 1 <= number <= len(offered):
        raise UserError("cash.no_payer", number=number, count=len(offered))
    return offered[number - 1]


def _list(
    item: PlanItem, offered: Sequence[Outgoing], facts: dict[str, object], console: Console, *, as_json: bool
) -> None:
    if as_json:
        lines = [
            {
                "number": number, "day": one.day, "amount": one.amount, "payee": one.payee, "memo": one.memo,
                "account": masked(one.account), "file": one.file, "line": one.line,
            }
            for number, one in enumerate(offered, 1)
        ]  # fmt: skip
        console.json({"item": item, "due": facts["day"], "bank_lines": lines})
        return
    console.say("cli.cash_payers" if offered else "cli.cash_no_payers", **facts)
    if offered:
        keys = ("answer_number", "day", "amount", "payee", "memo", "file", "line")
        console.table(
            [console.word(f"column.{key}") for key in keys],
            [
                [number, one.day, one.amount, one.payee, one.memo, one.file, one.line]
                for number, one in enumerate(offered, 1)
            ],
        )


def _sum(item: PlanItem) -> str:
    return f"{abs(item.amount):,.2f}"
