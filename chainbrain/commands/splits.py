"""``splits``: what the rules of 分账 come to, how they were kept, and what is about to be released."""

from __future__ import annotations

import argparse
import re
from collections.abc import Callable
from dataclasses import asdict, replace
from datetime import date
from pathlib import Path
from typing import Final

from chainbrain import texts
from chainbrain.commands.console import Console
from chainbrain.errors import UserError
from chainbrain.lists import LISTS
from chainbrain.masking import login_masked, masked
from chainbrain.splits.monthly import MonthlyDue, Unreckoned
from chainbrain.splits.moved import Moved, Movement
from chainbrain.splits.room import CollectedForOthers, SplitFinding, Unsplit
from chainbrain.splits.rules import SplitSum
from chainbrain.workspace import Workspace

_MONTH: Final = re.compile(r"(20[0-9]{2})-?(0[1-9]|1[0-2])")
_LISTED: Final = 30
_NAMED: Final = 3


def arguments(add: Callable[..., argparse.ArgumentParser]) -> None:
    """The options of these commands."""
    made = add("splits", show, "分账：应分、已分、差异 / splits: due, executed, differences")
    made.add_argument("book", type=Path, help="账本文件 / the book")
    made.add_argument("--month", metavar="YYYY-MM", help="只看一个月，如 2026-10 / one month only, like 2026-10")
    made.add_argument(
        "--export", type=Path, metavar="FILE", help="把规则写成能再导入的 csv / write the rules as a table to import"
    )
    made.add_argument("--json", action="store_true", help="给程序读的 JSON / JSON for programs")


def show(options: argparse.Namespace, console: Console) -> int:
    """Print sums, differences, parts about to be released, royalties by tiers, and money collected for others."""
    first, after = month_of(options.month)
    with Workspace.open(options.book, console.upgrading) as workspace:
        room = workspace.splits
        if options.export is not None:
            count = room.write_table(options.export)
            console.say("cli.splits_exported", path=str(options.export), count=count)
            return 0
        rules, sums = room.rules(), room.sums(first, after)
        findings, soon = room.findings(first, after), room.soon()
        dues, collected = room.dues(first, after), room.collected_for_others(first, after)
        unreckoned, moved = room.unreckoned(first, after), room.moved(first, after)
        of_unknown = {one: _orders(workspace, one) for one in unreckoned}
    if options.json:
        console.json(
            {
                "rules": [replace(one, account=masked(one.account)) if one.account else one for one in rules],
                "sums": sums,
                "findings": findings,
                "soon": soon,
                "dues": dues,
                "unreckoned": [{**asdict(one), "orders": of_unknown[one][1]} for one in unreckoned],
                "collected_for_others": [replace(one, merchant_no=login_masked(one.merchant_no)) for one in collected],
                "moved": {
                    "counts": moved.facts,
                    "findings": [replace(one, merchant_no=login_masked(one.merchant_no)) for one in moved.findings],
                },
            }
        )
        return 0
    if not rules:
        console.say("cli.splits_no_rules")
        _moved(console, moved)
        return 0
    _part(console, "sums", [_sum(one) for one in sums if one.parts])
    _part(console, "dues", [_due(one, console) for one in dues])
    if unreckoned:
        _part(console, "unreckoned", [_unreckoned(one, console, *of_unknown[one]) for one in unreckoned])
    _part(console, "findings", [_finding(one, console) for one in findings if one.state == "open"])
    _moved(console, moved)
    _part(console, "soon", [_unsplit(one, console) for one in soon])
    if any(one.assumed for one in soon):
        console.say("splits.freeze_assumed")
    _part(console, "collected", [_collected(one, console) for one in collected])
    console.say("cli.splits_moves_nothing")
    return 0


def month_of(text: str | None) -> tuple[date | None, date | None]:
    """The first day of a month and of the next; nothing and nothing for all.

    Raises:
        UserError: ``splits.no_month``.
    """
    if text is None:
        return None, None
    found = _MONTH.fullmatch(text)
    if found is None:
        raise UserError("splits.no_month", month=text)
    first = date(int(found[1]), int(found[2]), 1)
    return first, date(first.year + first.month // 12, first.month % 12 + 1, 1)


_COLUMNS: Final = {
    "sums": (
        "month", "store", "split_rule", "receiver", "split_parts", "split_due", "split_agreed", "split_waiting",
        "split_wrong",
    ),
    "dues": (
        "month", "store", "split_rule", "receiver", "split_basis", "split_base", "split_due", "split_done",
        "split_left",
    ),
    "unreckoned": (
        "month", "store", "split_rule", "receiver", "split_basis", "split_taxed", "split_days", "cause",
        "orders", "order_number",
    ),
    "findings": (
        "day", "store", "channel", "order_number", "receiver", "split_due", "split_done", "split_effect", "cause",
        "split_went_to", "split_went", "split_released",
    ),
    "moved": (
        "day", "store", "merchant", "order_number", "split_number", "split_billed", "split_moved", "split_apart",
        "cause",
    ),
    "soon": ("split_released", "store", "channel", "order_number", "receiver", "amount"),
    "collected": ("store", "channel", "merchant", "legal_entity", "split_stores", "amount", "split_done"),
}  # fmt: skip


def _part(console: Console, name: str, lines: list[list[object]], **facts: object) -> None:
    console.say(f"cli.splits_{name}", **(facts or {"count": len(lines)}))
    if lines:
        console.table([console.word(f"column.{key}") for key in _COLUMNS[name]], lines[:_LISTED])
    if len(lines) > _LISTED:
        console.say("cli.more_rows", count=len(lines) - _LISTED)


def _sum(one: SplitSum) -> list[object]:
    return [
        f"{one.month:%Y-%m}", one.store, one.rule, one.receiver, one.parts, one.due, one.done, one.waiting, one.wrong,
    ]  # fmt: skip


def _due(one: MonthlyDue, console: Console) -> list[object]:
    basis = console.word(f"split_basis.{one.basis}")
    return [
        f"{one.month:%Y-%m}", one.store, one.rule, one.receiver, basis, one.base, one.due, one.split, one.left,
    ]  # fmt: skip


def _orders(workspace: Workspace, one: Unreckoned) -> tuple[int, tuple[str, ...]]:
    """How many sales a claim cannot be known for, and the numbers of the first."""
    name, filters = one.opens
    place = [column.key for column in LISTS[name].columns].index("order_no" if name == "orders" else "external_id")
    with workspace.lists.open(name, filters) as pages:
        return pages.count, tuple(str(row[place]) for row in pages.page(0)[:_NAMED])


def _unreckoned(one: Unreckoned, console: Console, orders: int, numbers: tuple[str, ...]) -> list[object]:
    basis = console.word(f"split_basis.{one.basis}")
    return [
        f"{one.month:%Y-%m}",
        one.store,
        one.rule,
        one.receiver,
        basis,
        one.taxed,
        one.days,
        console.word(f"reason.{one.why}"),
        orders,
        texts.joined((*numbers, *(["…"] if orders > len(numbers) else [])), console.lang),
    ]


def _finding(one: SplitFinding, console: Console) -> list[object]:
    return [
        one.day, one.store, console.word(f"channel.{one.channel}"), one.number, one.receiver, one.due, one.done,
        one.effect, console.word(f"cause.{one.cause}"), one.went_to, one.went, one.due_on,
    ]  # fmt: skip


def _moved(console: Console, moved: Moved) -> None:
    """Say how the split bills and the fund flows agree, where there is anything of them."""
    if not moved.rows:
        return
    single = [one for one in moved.findings if one.code != "not_comparable"]
    _part(console, "moved", [_movement(one, console) for one in single], **moved.facts)
    for one in moved.findings:
        if one.code == "not_comparable":
            merchant = login_masked(one.merchant_no)
            console.say(
                "splits.not_comparable",
                merchant=merchant,
                month=f"{one.month:%Y-%m}",
                count=one.items,
                amount=f"{one.due:,.2f}",
            )


def _movement(one: Movement, console: Console) -> list[object]:
    return [
        one.day, one.store, login_masked(one.merchant_no), one.order_no, one.number, one.due, one.moved, one.difference,
        console.word(f"split_moved.{one.code}"),
    ]  # fmt: skip


def _unsplit(one: Unsplit, console: Console) -> list[object]:
    channel = console.word(f"channel.{one.channel}")
    return [one.released_on, one.store, channel, one.number, one.receiver, one.amount]


def _collected(one: CollectedForOthers, console: Console) -> list[object]:
    return [
        one.store, console.word(f"channel.{one.channel}"), login_masked(one.merchant_no), one.legal_entity, one.stores,
        one.amount, one.split,
    ]  # fmt: skip
