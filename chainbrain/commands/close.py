"""``close``: the month-end close, its board, signature and lock, opening again, comparing versions and replaying."""

from __future__ import annotations

import argparse
from collections.abc import Callable, Sequence
from datetime import date
from pathlib import Path
from typing import Final

from chainbrain import openings, texts
from chainbrain.closing.figures import Change, Figure
from chainbrain.closing.lock import CloseRefused
from chainbrain.closing.months import MonthState
from chainbrain.closing.steps import Board, Missing
from chainbrain.commands import given
from chainbrain.commands.console import Console
from chainbrain.commands.splits import month_of
from chainbrain.errors import UserError
from chainbrain.masking import masked
from chainbrain.workspace import Workspace

_NOT_ALL: Final = 3
_LISTED: Final = 40


def arguments(add: Callable[..., argparse.ArgumentParser]) -> None:
    """The options of these commands."""
    made = add("close", close, "月结：看板、签字锁定、重开、比较、重算 / the month-end close")
    made.add_argument("book", type=Path, help="账本文件 / the book")
    made.add_argument(
        "--month", metavar="YYYY-MM", help="哪个月，如 2026-10；不写就列出全部 / like 2026-10; all if left out"
    )
    made.add_argument(
        "--sign",
        metavar="NAME",
        nargs="?",
        const="",
        help="签字人；不写姓名就用上次的 / who signs, or whoever did last",
    )
    made.add_argument(
        "--reason", metavar="TEXT", help="有缺也签、或重开的理由 / why it is signed or opened all the same"
    )
    made.add_argument("--reopen", action="store_true", help="重新打开已结的月份 / open a closed month again")
    made.add_argument(
        "--replay", action="store_true", help="用原始文件重算已结的月份 / reckon a closed month from its files"
    )
    made.add_argument(
        "--compare",
        nargs=2,
        type=given.positive,
        metavar=("V1", "V2"),
        help="比较两个版本 / two versions, figure by figure",
    )
    made.add_argument("--pack", type=Path, metavar="DIR", help="月结底稿写到这个文件夹 / write the pack to this folder")
    made.add_argument("--json", action="store_true", help="给程序读的 JSON / JSON for programs")


def close(options: argparse.Namespace, console: Console) -> int:
    """Do what the options ask; status 3 when a month cannot be signed or a replay gives other figures.

    Raises:
        UserError: ``close.month_missing``, and what the closing room refuses.
    """
    first, _ = month_of(options.month)
    if first is None and (
        options.compare or options.replay or options.reopen or options.pack or options.sign is not None
    ):
        raise UserError("close.month_missing")
    with Workspace.open(options.book) as workspace:
        if first is None:
            return _list(workspace.closing.months(), options, console)
        if options.compare:
            return _compare(workspace, first, options, console)
        if options.replay:
            return _replay(workspace, first, options, console)
        if options.reopen:
            changes = workspace.reopen_month(first, _name(options, workspace), options.reason or "")
            console.say("cli.reopened", month=f"{first:%Y-%m}", entry=changes.entry_id)
            return 0
        if options.sign is not None:
            return _sign(workspace, first, options, console)
        if options.pack is not None:
            return _pack(workspace, first, options, console)
        return _show(workspace, first, options, console)


def _name(options: argparse.Namespace, workspace: Workspace) -> str:
    """Who signs: as said, otherwise whoever signed last."""
    return options.sign or workspace.closing.signer() or ""


def _sign(workspace: Workspace, first: date, options: argparse.Namespace, console: Console) -> int:
    shown = workspace.closing.board(first)
    accept = shown.acceptable if options.reason else ()
    try:
        changes = workspace.close_month(first, _name(options, workspace), options.reason or "", accept, console.report)
    except CloseRefused as problem:
        console.failed(texts.error(problem, console.lang))
        for one in problem.missing:
            console.failed(f"- {_words(one, console)}")
        return _NOT_ALL
    state = workspace.closing.month(first)
    if options.json:
        console.json({"month": f"{first:%Y-%m}", "state": state, "entry": changes.entry_id})
        return 0
    console.say("cli.closed", month=f"{first:%Y-%m}", who=state.signed_by, version=state.version)
    return 0


def _pack(workspace: Workspace, first: date, options: argparse.Namespace, console: Console) -> int:
    """Write the pack for the accountant: a workbook and a page to print of the same name."""
    month = f"{first:%Y-%m}"
    workspace.closing.month(first)
    written = []
    for suffix in (".xlsx", ".pdf"):
        path = options.pack / f"{console.word('report.month-end')} {month}{suffix}"
        workspace.reports.write("month-end", path, console.lang, month=month)
        written.append(str(path))
    if options.json:
        console.json({"month": month, "written": written})
    else:
        console.say("cli.close_packed", month=month, paths=tuple(written))
    return 0


def _list(months: Sequence[MonthState], options: argparse.Namespace, console: Console) -> int:
    if options.json:
        console.json({"months": months})
        return 0
    if not months:
        console.say("cli.close_empty")
        return 0
    console.table(
        [console.word(f"column.{key}") for key in ("month", "close_state", "version", "signed_by", "at", "note")],
        [
            [
                f"{one.month:%Y-%m}",
                console.word(f"month_state.{one.state}"),
                one.version or "",
                one.signed_by or "",
                f"{one.signed_at:%Y-%m-%d %H:%M}" if one.signed_at else "",
                one.reason or "",
            ]
            for one in months
        ],
    )
    return 0


def _show(workspace: Workspace, first: date, options: argparse.Namespace, console: Console) -> int:
    room = workspace.closing
    shown, roll = room.board(first), room.transit(first)
    if options.json:
        banks = [
            {
                "account": masked(one.account),
                "statement": one.statement,
                "book": one.book,
                "adjusted_bank": one.adjusted_bank,
                "adjusted_book": one.adjusted_book,
                "gap": one.gap,
            }
            for one in room.bank(first)
        ]
        console.json(
            {
                "board": shown,
                "can_sign": shown.can_sign,
                "missing": [{"code": one.code, "says": _words(one, console)} for one in shown.blockers],
                "transit": [
                    {
                        "channel": one.channel,
                        "opening": one.opening,
                        "month": one.month,
                        "prior": one.prior,
                        "closing": one.closing,
                        "items": len(one.items),
                        "gap": one.gap,
                        "proven": one.proven,
                    }
                    for one in roll.channels
                ],
                "contained": roll.contained,
                "bank": banks,
                "stored_value": room.stored_value(first),
                "ledger": room.ledger(first),
            }
        )
        return 0
    _print_board(shown, console)
    console.table(
        [
            console.word("column.channel"),
            *(console.word(f"transit_part.{part}") for part in _ROLL),
            console.word("column.gap"),
        ],
        [
            [
                console.word(f"channel.{one.channel}"),
                one.opening,
                *(getattr(one.month, part) for part in _ROLL[1:-2]),
                one.prior.net,
                one.closing,
                "?" if one.proven is None else one.gap,
            ]
            for one in roll.channels
        ],
    )
    for told in openings.by_channel(roll.contained):
        print(texts.message(openings.CODE, console.lang, **openings.facts(told)))
    print()
    console.table(
        [console.word(f"column.{key}") for key in ("close_account", "statement", "book", "adjusted", "gap")],
        [[masked(one.account), one.statement, one.book, one.adjusted_bank, one.gap] for one in room.bank(first)],
    )
    return 0


_ROLL: Final = (
    "opening", "gross", "refunds", "fees", "other", "received", "adjustments", "prior", "closing",
)  # fmt: skip


def _print_board(shown: Board, console: Console) -> None:
    state = shown.month
    console.say(
        f"cli.close_{state.state}", month=f"{state.month:%Y-%m}", done=shown.done, of=shown.used,
        amount=f"{shown.open_amount:,.2f}", who=state.signed_by, at=state.signed_at, version=state.version,
    )  # fmt: skip
    rows: list[Sequence[object]] = [
        [
            step.number,
            console.word(f"close_step.{step.key}"),
            step.rows or "",
            console.word(f"close_unit.{step.unit}"),
            console.word(f"close_state.{step.state}"),
            step.open_count or "",
            step.open_amount if step.open_count else "",
        ]
        for step in shown.steps
    ]
    keys = ("step", "what", "rows", "unit", "close_state", "open", "open_amount")
    console.table([console.word(f"column.{key}") for key in keys], rows)
    print()
    for one in shown.blockers:
        print(f"- {_words(one, console)}")
    if shown.blockers:
        print()


def _words(one: Missing, console: Console) -> str:
    return texts.message(one.code, console.lang, **one.facts)


def _compare(workspace: Workspace, first: date, options: argparse.Namespace, console: Console) -> int:
    before, after = options.compare
    _tell(workspace.closing.compare(first, before, after), options, console)
    return 0


def _replay(workspace: Workspace, first: date, options: argparse.Namespace, console: Console) -> int:
    found = workspace.replay(first, report=console.report)
    if options.json:
        console.json(found)
    else:
        console.say(
            "cli.replayed" if found.identical else "cli.replayed_otherwise", month=f"{first:%Y-%m}", files=found.files,
            figures=found.figures, count=len(found.changes), version=found.version,
        )  # fmt: skip
        _print_changes(found.changes, console)
    return 0 if found.identical else _NOT_ALL


def _tell(changes: Sequence[Change], options: argparse.Namespace, console: Console) -> None:
    if options.json:
        console.json({"changes": changes})
        return
    console.say("cli.compared", count=len(changes))
    _print_changes(changes, console)


def _print_changes(changes: Sequence[Change], console: Console) -> None:
    if changes:
        keys = ("section", "subject", "details", "figure", "before", "after")
        console.table(
            [console.word(f"column.{key}") for key in keys],
            [
                [
                    console.word(f"figure_section.{one.section}"),
                    _subject(one, console),
                    one.detail,
                    console.word(f"figure_part.{one.part}"),
                    _figure(one.before),
                    _figure(one.after),
                ]
                for one in changes[:_LISTED]
            ],
        )
    if len(changes) > _LISTED:
        console.say("cli.more_rows", count=len(changes) - _LISTED)


def _subject(one: Change, console: Console) -> str:
    kinds = {"transit": "channel", "fees": "channel", "step": "close_step"}
    if one.section in kinds:
        return console.word(f"{kinds[one.section]}.{one.subject}")
    return masked(one.subject) if one.section == "bank" else one.subject


def _figure(one: Figure | None) -> str:
    if one is None:
        return ""
    return f"{one.amount:,.2f} ({one.items})" if one.items else f"{one.amount:,.2f}"
