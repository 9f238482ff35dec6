"""What was written, taken back and done again; the book verified, backed up, restored and packed."""

from __future__ import annotations

import argparse
from collections.abc import Callable
from pathlib import Path
from typing import Final

from chainbrain import texts
from chainbrain.changes import Changes
from chainbrain.commands.console import Console
from chainbrain.commands.files import read_passwords
from chainbrain.commands.given import positive
from chainbrain.database.health import Health
from chainbrain.database.pack import backup as back_up
from chainbrain.database.pack import pack as pack_book
from chainbrain.database.restore import restore as put_back
from chainbrain.workspace import Workspace

_SHOWN: Final = 1_000


def arguments(add: Callable[..., argparse.ArgumentParser]) -> None:
    """The options of these commands."""
    for name, command, words in (
        ("history", show_history, "历史 / what was written"),
        ("check", check, "全面核对账本 / verify the book"),
    ):
        made = add(name, command, words)
        made.add_argument("book", type=Path, help="账本文件 / the book")
        made.add_argument("--json", action="store_true", help="给程序读的 JSON / JSON for programs")
        if name == "history":
            made.add_argument(
                "--kind", help="只看哪一类，如 decide 处理差异 / of one kind only, such as decide for decisions"
            )
            made.add_argument(
                "--limit",
                type=positive,
                metavar="N",
                help=f"只列最近几步，默认 {_SHOWN:,}，--json 是全部 / the newest N, {_SHOWN:,} by default, all as JSON",
            )
            made.add_argument("--all", action="store_true", help="全部列出 / every one of them")

    made = add("undo", undo, "撤销 / take an entry back")
    made.add_argument("book", type=Path, help="账本文件 / the book")
    made.add_argument(
        "entry",
        type=int,
        nargs="?",
        help="历史里的第几条，不写就是最近一条 / the entry in the history, by default the latest",
    )

    made = add("redo", redo, "恢复已撤销的一条 / do an undone entry again")
    made.add_argument("book", type=Path, help="账本文件 / the book")
    made.add_argument(
        "entry",
        type=int,
        nargs="?",
        help="历史里的第几条，不写就是最近一条 / the entry in the history, by default the latest",
    )
    made.add_argument("--password-file", type=Path, help="每行一个密码 / one password a line")

    made = add("backup", backup, "备份账本到一个文件夹 / keep a copy of the book in a folder")
    made.add_argument("book", type=Path, help="账本文件 / the book")
    made.add_argument("directory", type=Path, help="备份放在哪个文件夹 / the folder for it")

    made = add("restore", restore, "从备份恢复成一本新账本 / put a book back from a backup")
    made.add_argument("backup", type=Path, help="备份文件 / the backup")
    made.add_argument("book", type=Path, help="恢复成哪个账本文件 / the book to write")

    made = add("pack", pack, "账本和保险箱打成一个文件 / book and safe in one file")
    made.add_argument("book", type=Path, help="账本文件 / the book")
    made.add_argument("file", type=Path, help="打包成的文件 / the file to write")


def show_history(options: argparse.Namespace, console: Console) -> int:
    """Print what was written, newest first, and how much of it is not listed."""
    texts.check_entry_kind(options.kind)
    # A program that reads on cannot see that something lacks: it is given all unless it says how many.
    limit = None if options.all else options.limit or (None if options.json else _SHOWN)
    with Workspace.open(options.book, console.upgrading) as workspace:
        entries, count = workspace.history(limit, kind=options.kind), workspace.history_count(options.kind)
    if options.json:
        console.json({"count": count, "entries": entries})
        return 0
    header = [console.word(f"column.{key}") for key in ("entry", "at", "who", "what", "details", "undo")]
    rows = []
    for entry in entries:
        undo = texts.message("cli.undone_by", console.lang, by=entry.undone_by) if entry.undone_by else ""
        if entry.undoable and not entry.undone_by:
            undo = texts.message("cli.can_undo", console.lang)
        details = texts.entry(entry.kind, entry.facts, console.lang)
        rows.append(
            [
                str(entry.entry_id),
                f"{entry.at:%Y-%m-%d %H:%M}",
                entry.who,
                console.word(f"history_kind.{entry.kind}"),
                details,
                undo,
            ]
        )
    console.table(header, rows)
    if len(entries) < count:
        console.say("cli.history_cut", count=f"{count:,}", shown=f"{len(entries):,}")
    return 0


def undo(options: argparse.Namespace, console: Console) -> int:
    """Take one entry back, by default the last one that can be."""
    with Workspace.open(options.book, console.upgrading) as workspace:
        changes = workspace.undo(options.entry, console.report)
        _tell_undone("cli.undone", workspace, changes, console)
    return 0


def redo(options: argparse.Namespace, console: Console) -> int:
    """Do an undone entry again, by default the one that was undone last."""
    passwords = read_passwords(options.password_file)
    with Workspace.open(options.book, console.upgrading) as workspace:
        changes = workspace.redo(options.entry, console.report, passwords=passwords)
        _tell_undone("cli.redone", workspace, changes, console)
    return 0


def _tell_undone(code: str, workspace: Workspace, changes: Changes, console: Console) -> None:
    """Print which entry was taken back or stands again, in the words of the history."""
    entries = {one.entry_id: one for one in workspace.history()}
    assert changes.entry_id is not None
    of = entries[int(entries[changes.entry_id].facts["entry"])]
    what = f"{console.word(f'history_kind.{of.kind}')} {texts.entry(of.kind, of.facts, console.lang)}"
    console.say(code, undone=of.entry_id, what=what.strip(), entry=changes.entry_id)


def check(options: argparse.Namespace, console: Console) -> int:
    """Verify the book; status 3 when something is wrong."""
    with Workspace.open(options.book, console.upgrading) as workspace:
        health = workspace.check(console.report)
    if options.json:
        console.json({"good": health.good, "findings": health.findings})
    else:
        _tell_health(health, console)
    return 0 if health.good else 3


def _tell_health(health: Health, console: Console) -> None:
    for finding in health.findings:
        sentence = texts.word(finding.code, console.lang).format_map(finding.facts)
        # The names at its end may be none.
        sentence = sentence.replace(" ）", "）").replace(" )", ")")
        console.failed(f"✗ {sentence}") if not finding.good else print(f"✓ {sentence}")


def pack(options: argparse.Namespace, console: Console) -> int:
    """Fold the log in, then pack book and safe."""
    with Workspace.open(options.book, console.upgrading) as workspace:
        path = workspace.path
    count = pack_book(path, options.file, console.report)
    console.say("cli.packed", path=str(options.file), files=count)
    return 0


def backup(options: argparse.Namespace, console: Console) -> int:
    """Fold the log in, then keep a copy of book and safe in a folder, read back and proved."""
    with Workspace.open(options.book, console.upgrading) as workspace:
        path = workspace.path
    made = back_up(path, options.directory, console.report)
    console.say("cli.backed_up", path=str(made), size=f"{made.stat().st_size / 1e6:,.1f}")
    return 0


def restore(options: argparse.Namespace, console: Console) -> int:
    """Put a book back from a backup, and verify it; status 3 when something is wrong with what was kept."""
    found = put_back(options.backup, options.book, console.report)
    with Workspace.open(options.book, console.upgrading) as workspace:
        health = workspace.check(console.report)
    console.say("cli.restored" if found.listed else "cli.restored_unlisted", path=str(options.book), files=found.files)
    _tell_health(health, console)
    return 0 if health.good else 3
