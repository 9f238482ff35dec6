"""``generate`` and ``demo``: a made-up chain, and the whole job done on it."""

from __future__ import annotations

import argparse
import json
import time
from collections.abc import Callable
from pathlib import Path
from typing import Final

from chainbrain.commands import given
from chainbrain.commands.books import tell_reconciled
from chainbrain.commands.console import Console
from chainbrain.demo import generate as write_exports
from chainbrain.errors import UserError
from chainbrain.workspace import Workspace

BOOK_NAME: Final = "demo.chainbrain"


def arguments(add: Callable[..., argparse.ArgumentParser]) -> None:
    """The options of these commands."""
    for name, command, words in (
        ("generate", generate, "写出演示连锁的账单 / write the exports of a demo chain"),
        ("demo", demo, "演示：导入、对账、分析、测算、出报表 / the whole job on a demo chain"),
    ):
        made = add(name, command, words)
        made.add_argument("directory", type=Path, help="写到这个文件夹 / the folder to write to")
        made.add_argument("--stores", type=given.positive, default=12, help="几家店 / how many stores")
        made.add_argument("--days", type=given.positive, default=92, help="多少天 / how many days")
        made.add_argument(
            "--seed", type=int, default=20260731, help="同一个数做出同样的账单 / the same number makes the same exports"
        )
        made.add_argument(
            "--differences", type=given.natural, default=300, help="埋进多少处差异 / how many differences to hide"
        )


def generate(options: argparse.Namespace, console: Console) -> int:
    """Write the exports and the truth, nothing else."""
    made = write_exports(
        options.directory,
        stores=options.stores,
        days=options.days,
        seed=options.seed,
        differences=options.differences,
        report=console.report,
    )
    console.say("cli.generated", exports=str(made.exports), truth=str(made.truth))
    return 0


def demo(options: argparse.Namespace, console: Console) -> int:
    """Generate, import, reconcile, analyse, simulate and write reports; says how long each step took."""
    book = options.directory / BOOK_NAME
    if book.exists():
        raise UserError("demo.exists", path=str(book))
    options.directory.mkdir(parents=True, exist_ok=True)
    started = time.monotonic()
    generate(options, console)
    console.say("cli.step", step=console.word("step.generate"), seconds=f"{time.monotonic() - started:.1f}")
    with Workspace.create(book, demo=True) as workspace:
        started = time.monotonic()
        plan = workspace.imports.plan([options.directory / "exports"], console.report)
        workspace.imports.apply(plan, console.report)
        console.say("cli.step", step=console.word("step.import"), seconds=f"{time.monotonic() - started:.1f}")
        console.say(
            "cli.imported",
            files=len(plan.writable),
            rows=f"{plan.new_rows:,}",
            seen=0,
            other=len(plan.files) - len(plan.writable),
            seconds=plan.seconds,
        )
        started = time.monotonic()
        found, _ = workspace.reconcile(console.report)
        console.say("cli.step", step=console.word("step.reconcile"), seconds=f"{time.monotonic() - started:.1f}")
        tell_reconciled(found, console)
        started = time.monotonic()
        reports = options.directory / "reports"
        reports.mkdir(exist_ok=True)
        for name in workspace.reports.catalogue():
            workspace.reports.write(name, reports / f"{name}.xlsx", console.lang)
        console.say("cli.reports_written", path=str(reports))
        console.say("cli.step", step=console.word("step.report"), seconds=f"{time.monotonic() - started:.1f}")
        started = time.monotonic()
        result = workspace.expansion.run(workspace.expansion.example(), report=console.report)
        console.say("cli.step", step=console.word("step.expand"), seconds=f"{time.monotonic() - started:.1f}")
        text = json.dumps(result.to_mapping(), ensure_ascii=False, indent=1)
        (reports / "new-store.json").write_text(text, encoding="utf-8")
    console.say("cli.demo_ready", path=str(book))
    return 0 if len(plan.writable) == len(plan.files) else 3
