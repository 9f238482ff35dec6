"""``payments``: whom head office has to pay for a month, with checks, as a file for the bank. Never transmitted."""

from __future__ import annotations

import argparse
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import Final

from chainbrain import texts
from chainbrain.commands.console import Console, plain
from chainbrain.commands.ledger import day_of
from chainbrain.commands.splits import month_of
from chainbrain.ledger.payment_lines import HOLDS, PaymentLine
from chainbrain.ledger.payments import PaymentList
from chainbrain.masking import masked
from chainbrain.workspace import Workspace

_COLUMNS: Final = ("payee", "store", "ledger_what", "amount", "holder", "payee_account", "payment_checks")


def arguments(add: Callable[..., argparse.ArgumentParser]) -> None:
    """The options of the command."""
    made = add("payments", show, "付款清单：该付给谁多少，写成银行批量表 / the payment list, as a bank's batch table")
    made.add_argument("book", type=Path, help="账本文件 / the book")
    made.add_argument(
        "--month", required=True, metavar="YYYY-MM", help="哪个月，如 2026-10 / which month, like 2026-10"
    )
    made.add_argument("--on", metavar="YYYY-MM-DD", help="哪天付，不写就是今天 / the day it is paid, today if left out")
    made.add_argument("--account", metavar="NUMBER", help="从哪个账号付，用来看余额够不够 / the account to pay from")
    made.add_argument(
        "--out", type=Path, help="写成 xlsx 或 csv，并记入历史 / the xlsx or csv to write; the list is kept"
    )
    made.add_argument(
        "--columns",
        metavar="LIST",
        help="表的列，如 账号=account,户名=holder,金额=amount / its columns, like Account=account,Name=holder",
    )
    made.add_argument(
        "--accept", action="append", default=[], choices=HOLDS[1:], help="看过了，照付 / looked at, pay all the same"
    )
    made.add_argument("--json", action="store_true", help="给程序读的 JSON / JSON for programs")


def show(options: argparse.Namespace, console: Console) -> int:
    """Print what is due and what was found; write the file; status 3 when payments stay off the list."""
    month, _ = month_of(options.month)
    assert month is not None
    with Workspace.open(options.book, console.upgrading) as workspace:
        day = day_of(options.on) if options.on else datetime.now().date()
        due = workspace.payments.due(month, day, options.account)
        if options.out is not None:
            workspace.ledger_desk.make_list(
                due, options.out, console.lang, accepted=options.accept, columns=options.columns
            )
    going = due.going(options.accept)
    left = [one for one in due.lines if one not in going]
    if options.json:
        console.json(_facts(due, options.accept))
        return 3 if left else 0
    _tell(due, options.accept, console)
    if options.out is not None:
        total = f"{due.total(options.accept):,.2f}"
        console.say("cli.payments_written", path=str(options.out), count=len(going), amount=total, day=day.isoformat())
    if left:
        console.say("cli.payments_left", count=len(left))
    console.say("cli.payments_never_sent")
    return 3 if left else 0


def _tell(due: PaymentList, accepted: list[str], console: Console) -> None:
    if not (due.lines or due.owing or due.by_stores):
        console.say("cli.payments_none", month=f"{due.month:%Y-%m}")
        return
    count, going = len(due.lines), len(due.going(accepted))
    console.say("cli.payments_due", month=f"{due.month:%Y-%m}", count=count, going=going)
    if due.lines:
        header = [console.word(f"column.{key}") for key in _COLUMNS]
        console.table(header, [_row(one, console) for one in due.lines])
    for check in due.checks(accepted):
        console.say(f"payment_check.{check.code}", **dict(check.facts))
    if due.owing:
        stores = tuple(f"{one.store} {-one.closing:,.2f}" for one in due.owing)
        console.say("cli.payments_owing", stores=stores)
    if due.by_stores:
        console.say("cli.payments_by_stores", count=len(due.by_stores))


def _row(one: PaymentLine, console: Console) -> list[object]:
    what = one.rule if one.rule else console.word("payment_kind.ledger")
    checks = "; ".join(texts.message(f"payment_check.{c.code}", console.lang, **dict(c.facts)) for c in one.checks)
    payee = one.payee
    return [
        one.name, one.store, what, one.amount, payee.holder if payee else "", masked(payee.account_no) if payee else "",
        checks,
    ]  # fmt: skip


def _facts(due: PaymentList, accepted: list[str]) -> object:
    return {
        "month": f"{due.month:%Y-%m}", "on": due.day, "total": due.total(accepted), "balance": due.balance,
        "balance_on": due.balance_on, "checks": [{"code": one.code, **dict(one.facts)} for one in due.checks(accepted)],
        "lines": [_line_facts(one, accepted) for one in due.lines],
        "owing": [{"store": one.store, "amount": -one.closing} for one in due.owing],
        "by_stores": [_line_facts(one, accepted) for one in due.by_stores],
    }  # fmt: skip


def _line_facts(one: PaymentLine, accepted: list[str]) -> dict[str, object]:
    payee = one.payee
    return {
        "kind": one.kind, "payee": one.name, "store": one.store, "rule": one.rule, "amount": plain(one.amount),
        "holder": payee.holder if payee else None, "account": masked(payee.account_no) if payee else None,
        "goes": one.goes(accepted), "checks": [{"code": c.code, **dict(c.facts)} for c in one.checks],
    }  # fmt: skip
