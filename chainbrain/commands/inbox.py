"""``inbox``: the folder that a book watches; says what waits in it, writes nothing of it."""

from __future__ import annotations

import argparse
import time
from collections.abc import Callable
from pathlib import Path
from typing import Final

from chainbrain.commands import files
from chainbrain.commands.console import Console
from chainbrain.errors import UserError
from chainbrain.importers.plan import ImportPlan
from chainbrain.intake import inbox
from chainbrain.workspace import Workspace

# Between two looks: a file that grows or is renamed within it is still being written.
_PAUSE: Final = 1.0


def arguments(add: Callable[..., argparse.ArgumentParser]) -> None:
    """The options of these commands."""
    made = add("inbox", show_inbox, "盯着的文件夹里有什么新文件 / what waits in the watched folder")
    made.add_argument("book", type=Path, help="账本文件 / the book")
    made.add_argument("directory", type=Path, nargs="?", help="要盯的文件夹 / the folder to watch")
    made.add_argument("--forget", action="store_true", help="不再盯任何文件夹 / watch no folder any longer")
    made.add_argument("--json", action="store_true", help="给程序读的 JSON / JSON for programs")


def show_inbox(options: argparse.Namespace, console: Console) -> int:
    """Choose or forget the folder, or say what importing its files would add."""
    with Workspace.open(options.book, console.upgrading) as workspace:
        if options.forget:
            workspace.inbox.forget()
            console.say("inbox.forgotten")
            return 0
        if options.directory is not None:
            workspace.inbox.choose(options.directory)
        folder = workspace.inbox.folder()
        if folder is None:
            raise UserError("inbox.none_chosen")
        found = _settled(folder)
        plan = workspace.imports.plan(found.ready, console.report)
        _answer(options, console, folder, found, plan)
        return 0 if all(file.outcome in files.GOOD for file in plan.files) else 3


def _settled(folder: Path) -> inbox.Sorted:
    before = inbox.look(folder)
    time.sleep(_PAUSE)
    return inbox.sort(inbox.look(folder), before, {})


def _answer(options: argparse.Namespace, console: Console, folder: Path, found: inbox.Sorted, plan: ImportPlan) -> None:
    waiting = [file for file in plan.files if file.outcome != "already_imported"]
    if options.json:
        known = len(plan.files) - len(waiting)
        moving = [str(path) for path in found.moving]
        console.json({"folder": str(folder), "known": known, "moving": moving, **files.as_json(plan)})
        return
    console.say("inbox.watched", path=str(folder), waiting=len(waiting), known=len(plan.files) - len(waiting))
    for path in found.moving:
        console.say("inbox.moving", path=path.name)
    if waiting:
        files.tell(plan, console, dry_run=True)
