"""``ledger`` and its sisters: the ledger between head office and stores, lines written by hand, who collects."""

from __future__ import annotations

import argparse
from collections.abc import Callable
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Final

from chainbrain.commands.console import Console
from chainbrain.commands.splits import month_of
from chainbrain.errors import UserError
from chainbrain.ledger import fairness
from chainbrain.ledger.lines import WRITTEN, LedgerLine, LedgerMonth
from chainbrain.ledger.ways import WAYS, CollectingWord, StoreWay
from chainbrain.ledger.words import LedgerEntry
from chainbrain.money import parse_yuan
from chainbrain.reports.files import replacing
from chainbrain.workspace import Workspace

_ROLLED: Final = (
    "month", "store", "ledger_opening", "ledger_collected", "ledger_split", "ledger_royalty", "ledger_purchases",
    "ledger_advances", "ledger_penalties", "ledger_other", "ledger_paid", "ledger_closing", "ledger_gap",
)  # fmt: skip
_LINES: Final = ("day", "ledger_what", "amount", "ledger_effect", "reference", "note")


def arguments(add: Callable[..., argparse.ArgumentParser]) -> None:
    """The options of these commands."""
    made = add("ledger", show, "往来账：总部和每家门店谁欠谁多少 / ledger between head office and stores")
    made.add_argument("book", type=Path, help="账本文件 / the book")
    made.add_argument("--month", metavar="YYYY-MM", help="只看一个月，如 2026-10 / one month only, like 2026-10")
    made.add_argument("--store", metavar="S1", help="只看一家门店，连同每一行 / one store only, with every line")
    made.add_argument("--json", action="store_true", help="给程序读的 JSON / JSON for programs")

    made = add("ledger-line", write_line, "登记一笔往来 / write one line into the ledger")
    made.add_argument("book", type=Path, help="账本文件 / the book")
    made.add_argument("--store", required=True, metavar="S1", help="门店编号 / the store")
    made.add_argument("--kind", required=True, choices=WRITTEN, help="类型 / purchase, advance, penalty, paid, ...")
    made.add_argument("--amount", required=True, help="金额，元；负数是反过来 / yuan; below 0 takes it back")
    made.add_argument("--day", required=True, metavar="2026-10-31", help="日期 / the day")
    made.add_argument("--number", help="单号 / its number")
    made.add_argument("--note", help="备注 / a note")

    made = add("collecting", say_collecting, "门店的钱由谁收：账户档案没写时由您说 / say who collects a store's sales")
    made.add_argument("book", type=Path, help="账本文件 / the book")
    made.add_argument("store", metavar="S1", help="门店编号 / the store")
    made.add_argument("way", choices=WAYS, help="统一结算或独立结算 / unified or independent")
    made.add_argument("--since", required=True, metavar="2026-10-01", help="从哪天起 / from which day on")

    made = add("fairness", export, "公平文件：给加盟商核对的一个文件 / one file for a franchisee to compare")
    made.add_argument("book", type=Path, help="账本文件 / the book")
    made.add_argument("--store", required=True, metavar="S1", help="门店编号 / the store")
    made.add_argument("--month", required=True, metavar="YYYY-MM", help="哪个月 / which month")
    made.add_argument("--out", required=True, type=Path, metavar="FILE.fair", help="写到哪里 / the file to write")

    made = add("fairness-compare", compare, "拿公平文件和自己的账本逐行比 / hold a fairness file against the own book")
    made.add_argument("book", type=Path, help="账本文件 / the book")
    made.add_argument("file", type=Path, help="对方给的公平文件 / the file of the other side")
    made.add_argument("--store", metavar="S1", help="这家店在自己账本里的编号 / its number in the own book")
    made.add_argument("--json", action="store_true", help="给程序读的 JSON / JSON for programs")


def show(options: argparse.Namespace, console: Console) -> int:
    """Print the months, who collects, and the lines of one store; status 3 when the two sides differ."""
    month, after = month_of(options.month)
    with Workspace.open(options.book, console.upgrading) as workspace:
        room = workspace.ledger
        unknown = workspace.splits.unreckoned(month, after, options.store)
        months = room.roll_forward(month, options.store)
        if options.store and not months and options.store not in dict(workspace.splits.stores()):
            raise UserError("ledger.no_store", store=options.store)
        shown = max((one.month for one in months), default=None)
        ways = [one for one in room.ways(shown) if options.store in {None, one.store}] if shown else []
        lines = room.lines_of(months) if options.store else ()
    if options.json:
        console.json(
            {
                "months": [{**_fields(one), "gap": one.gap} for one in months],
                "ways": ways,
                "lines": [{**_line_fields(one), "effect": one.effect} for one in lines],
            }
        )
    elif not months:
        console.say("cli.ledger_empty")
    else:
        console.say("cli.ledger_months", count=len(months))
        console.table([console.word(f"column.{key}") for key in _ROLLED], [_rolled(one) for one in months])
        for way in ways:
            _say_way(way, console)
        if lines:
            console.say("cli.ledger_lines", count=len(lines))
            console.table([console.word(f"column.{key}") for key in _LINES], [_line(one, console) for one in lines])
        _say_sides(months, console)
        if known := [one for one in unknown if one.store in {row.store for row in months}]:
            console.say("cli.ledger_unreckoned", count=len(known))
    return 3 if any(one.gap for one in months) else 0


def write_line(options: argparse.Namespace, console: Console) -> int:
    """Write one line."""
    amount = parse_yuan(options.amount)
    if amount is None:
        raise UserError("ledger.no_amount", value=options.amount)
    entry = LedgerEntry(options.store, day_of(options.day), options.kind, amount, options.number, options.note)
    with Workspace.open(options.book, console.upgrading) as workspace:
        workspace.ledger_desk.write(entry)
    kind = console.word(f"ledger_kind.{entry.kind}")
    console.say("cli.ledger_written", store=entry.store, day=entry.day, kind=kind, amount=f"{amount:,.2f}")
    return 0


def say_collecting(options: argparse.Namespace, console: Console) -> int:
    """Say who collects."""
    word = CollectingWord(options.store, options.way, day_of(options.since))
    with Workspace.open(options.book, console.upgrading) as workspace:
        workspace.ledger_desk.say_collecting(word)
    way = console.word(f"collecting.{word.way}")
    console.say("cli.collecting_written", store=word.store, day=word.valid_from, way=way)
    return 0


def export(options: argparse.Namespace, console: Console) -> int:
    """Write the fairness file of one store and month."""
    month, _ = month_of(options.month)
    assert month is not None
    with Workspace.open(options.book, console.upgrading) as workspace:
        content = fairness.of_book(workspace.ledger, workspace.splits, options.store, month)
    with replacing(options.out) as temporary:
        fairness.write(content, temporary)
    count = sum(map(len, content.sections.values()))
    console.say("cli.fairness_written", path=str(options.out), store=content.store, count=count)
    return 0


def compare(options: argparse.Namespace, console: Console) -> int:
    """Hold a fairness file against the own book, line by line; status 3 when something is not equal."""
    theirs = fairness.read(options.file)
    with Workspace.open(options.book, console.upgrading) as workspace:
        store = options.store or theirs.store
        ours = fairness.of_book(workspace.ledger, workspace.splits, store, theirs.month)
    found = fairness.compare(theirs, ours)
    off = [one for one in found if one.state != "equal"]
    if options.json:
        console.json({"store": store, "month": theirs.month, "lines": found})
    else:
        for section in fairness.SECTIONS:
            mine = [one for one in found if one.section == section]
            equal = sum(one.state == "equal" for one in mine)
            name = console.word(f"fairness.{section}")
            console.say("cli.fairness_section", section=name, count=len(mine), equal=equal)
        if off:
            header = [
                console.word(f"column.{key}") for key in ("fairness_section", "fairness_key", "state", "theirs", "ours")
            ]
            console.table(header, [row for one in off for row in _off(one, console)])
    return 3 if off else 0


def day_of(text: str) -> date:
    """A day as it is written in options.

    Raises:
        UserError: ``cli.no_day``.
    """
    try:
        return date.fromisoformat(text)
    except ValueError as cause:
        raise UserError("ledger.no_day", value=text) from cause


def _off(one: fairness.Compared, console: Console) -> list[list[object]]:
    start: list[object] = [
        console.word(f"fairness.{one.section}"), one.key, console.word(f"fairness_state.{one.state}"),
    ]  # fmt: skip
    if not one.differing:
        return [[*start, "", ""]]
    return [
        [*start, f"{console.word(f'fairness_field.{name}')} {theirs or '-'}", ours or "-"]
        for name, theirs, ours in one.differing
    ]


def _say_way(way: StoreWay, console: Console) -> None:
    console.say(
        "cli.ledger_way",
        store=way.store,
        way=console.word(f"collecting.{way.way}"),
        day=way.day,
        count=len(way.numbers),
    )
    if way.unknown:
        console.say("cli.ledger_unknown", store=way.store, numbers=tuple(one.merchant_no for one in way.unknown))


def _say_sides(months: tuple[LedgerMonth, ...], console: Console) -> None:
    off = [one for one in months if one.gap]
    if off:
        console.say("cli.ledger_gap", stores=tuple(f"{one.month:%Y-%m} {one.store} {one.gap:,.2f}" for one in off))
    else:
        console.say("cli.ledger_agrees")
    unclear = sum((one.unclear for one in months), Decimal(0))
    if unclear:
        console.say("cli.ledger_unclear", amount=f"{unclear:,.2f}")


def _fields(one: LedgerMonth) -> dict[str, object]:
    return dict(vars(one))


def _line_fields(one: LedgerLine) -> dict[str, object]:
    return dict(vars(one))


def _rolled(one: LedgerMonth) -> list[object]:
    return [
        f"{one.month:%Y-%m}", one.store, one.opening, one.collected, one.split, one.royalty, one.purchases,
        one.advances, one.penalties, one.other, one.paid, one.closing, one.gap,
    ]  # fmt: skip


def _line(one: LedgerLine, console: Console) -> list[object]:
    what = console.word(f"ledger_kind.{one.kind}")
    if one.channel:
        what = f"{what} {console.word(f'channel.{one.channel}')}"
    if one.rule:
        what = f"{what} {one.rule}"
    return [one.day or f"{one.month:%Y-%m}", what, one.amount, one.effect, one.reference, one.note]
