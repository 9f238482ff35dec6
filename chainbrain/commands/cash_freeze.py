"""``cash-freeze`` and ``cash-compare``: a forecast kept as it is now, and what came of it since."""

from __future__ import annotations

import argparse
from collections.abc import Callable
from pathlib import Path
from typing import Final

from chainbrain import texts
from chainbrain.cash.comparing import Comparison
from chainbrain.commands.console import Console
from chainbrain.masking import masked
from chainbrain.workspace import Workspace

_FREEZES: Final = ("freeze_name", "freeze_known_to", "freeze_at", "freeze_payments", "freeze_digest")
_DAYS: Final = ("day", "cash_expected", "cash_p5", "cash_p95", "compare_actual", "compare_off", "compare_inside")
_DUES: Final = ("day", "entity", "plan_what", "note", "amount", "compare_state", "compare_paid_on", "compare_paid")
_PARTS: Final = ("opening", "came", "planned", "unplanned", "moved", "total")
_DIGEST: Final = 12


def arguments(add: Callable[..., argparse.ArgumentParser]) -> None:
    """The options of these commands."""
    made = add(
        "cash-freeze", freeze, "记下这次资金预测，以后对照 / keep the cash forecast as it is now, to compare later"
    )
    made.add_argument("book", type=Path, help="账本文件 / the book")
    made.add_argument("name", nargs="?", metavar="NAME", help="起个名字；不写就列出记下的 / a name; none lists them")
    made.add_argument(
        "--irregular", action=argparse.BooleanOptionalAction, default=True,
        help="计划外的支出按过去扣（默认），或不扣 / take unplanned payments off as in the past (default), or do not",
    )  # fmt: skip
    made.add_argument("--json", action="store_true", help="给程序读的 JSON / JSON for programs")

    made = add("cash-compare", compare, "当时的预测对照实际：每天、每一项 / a kept forecast beside what really came")
    made.add_argument("book", type=Path, help="账本文件 / the book")
    made.add_argument("name", nargs="?", metavar="NAME", help="哪一次，默认最近一次 / which one, by default the newest")
    made.add_argument("--entity", metavar="NAME", help="只看一个收付主体 / one legal entity only")
    made.add_argument("--out", type=Path, metavar="FILE", help="写成 xlsx、csv、pdf 或 json / write it to a file")
    made.add_argument("--json", action="store_true", help="给程序读的 JSON / JSON for programs")


def freeze(options: argparse.Namespace, console: Console) -> int:
    """Keep the forecast as it is now, or list those that were kept."""
    with Workspace.open(options.book, console.upgrading) as workspace:
        if options.name is not None:
            found = workspace.cash.outlook(
                workspace.rules.calendar(), report=console.report, with_irregular=options.irregular
            )
            workspace.cash_desk.freeze(options.name, found)
        kept = workspace.cash.freezes()
    if options.json:
        console.json({"freezes": kept})
    elif options.name is not None:
        one = kept[0]
        console.say("cli.cash_frozen", name=one.name, day=one.known_to, digest=one.digest[:_DIGEST])
    elif not kept:
        console.say("cli.cash_no_freezes")
    else:
        rows = [
            [
                one.name, one.known_to, f"{one.at:%Y-%m-%d %H:%M}",
                console.word("freeze_payments.past" if one.with_irregular else "freeze_payments.known"),
                one.digest[:_DIGEST],
            ]
            for one in kept
        ]  # fmt: skip
        console.table([console.word(f"column.{key}") for key in _FREEZES], rows)
    return 0


def compare(options: argparse.Namespace, console: Console) -> int:
    """Print a kept forecast beside what came, or write it as a report."""
    with Workspace.open(options.book, console.upgrading) as workspace:
        found = workspace.cash.compare(options.name, options.entity)
        if options.out is not None:
            rows = workspace.reports.write_comparison(found, options.out, console.lang)
            console.say("cli.report_written", path=str(options.out), rows=f"{rows:,}")
            return 0
    if options.json:
        console.json(_mapping(found))
    else:
        _tell(found, console)
    return 0


def _mapping(found: Comparison) -> dict[str, object]:
    return {
        "freeze": found.freeze, "entity": found.path.entity, "opening": found.path.opening, "floor": found.path.floor,
        "known_to": found.known_to, "parts": found.parts, "off": found.parts.total if found.parts else None,
        "dues": found.dues,
        "days": [
            {"foreseen": one.foreseen, "actual": one.actual, "off": one.off, "inside": one.inside} for one in found.days
        ],
    }  # fmt: skip


def _tell(found: Comparison, console: Console) -> None:
    whose = found.path.entity or console.word("cash.chain")
    console.say("cli.compare_title", name=found.freeze.name, entity=whose, day=found.freeze.known_to)
    if found.new_accounts:
        console.say("cli.compare_new", accounts=texts.joined([masked(one) for one in found.new_accounts], console.lang))
    if found.known_to is None or found.parts is None:
        console.say("cli.compare_nothing")
        return
    known = found.known
    inside = sum(one.inside is True for one in known)
    console.say(
        "cli.compare_off", day=found.known_to, off=f"{found.parts.total:+,.2f}", inside=inside, count=len(known)
    )
    console.table(
        [console.word(f"compare_part.{key}") for key in _PARTS],
        [[f"{getattr(found.parts, key):+,.2f}" for key in _PARTS]],
    )
    console.table(
        [console.word(f"column.{key}") for key in _DUES],
        [
            [
                one.due.day, one.due.entity, console.word(f"plan_kind.{one.due.kind}"), one.due.note, one.due.amount,
                console.word(f"compare_state.{one.state}"), one.paid_on, one.paid,
            ]
            for one in found.dues
            if one.due.day <= found.known_to
        ],
    )  # fmt: skip
    console.table(
        [console.word(f"column.{key}") for key in _DAYS],
        [
            [
                one.foreseen.day, one.foreseen.expected, one.foreseen.p5, one.foreseen.p95, one.actual, one.off,
                console.word("compare_inside.yes" if one.inside else "compare_inside.no"),
            ]
            for one in known
        ],
    )  # fmt: skip
