"""``close``: the month-end close, its board, signature and lock, opening again, comparing versions and replaying."""

from __future__ import annotations

import argparse
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Final

from chainbrain import texts
from chainbrain.closing.lock import CloseRefused
from chainbrain.commands import given
from chainbrain.commands.close_board import missing_words, print_changes, print_month, print_months
from chainbrain.commands.console import Console
from chainbrain.commands.splits import month_of
from chainbrain.errors import UserError
from chainbrain.workspace import Workspace

_NOT_ALL: Final = 3


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
    with Workspace.open(options.book, console.upgrading) as workspace:
        if first is None:
            return print_months(workspace.closing.months(), options, console)
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
        return print_month(workspace, first, options, console)


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
            console.failed(f"- {missing_words(one, console)}")
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


def _compare(workspace: Workspace, first: date, options: argparse.Namespace, console: Console) -> int:
    before, after = options.compare
    changes = workspace.closing.compare(first, before, after)
    if options.json:
        console.json({"changes": changes})
        return 0
    console.say("cli.compared", count=len(changes))
    print_changes(changes, console)
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
        print_changes(found.changes, console)
    return 0 if found.identical else _NOT_ALL
