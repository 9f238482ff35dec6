"""``holidays``: the special days of a book, read from a table and written as one."""

from __future__ import annotations

import argparse
from collections.abc import Callable
from pathlib import Path
from typing import Final

from chainbrain import holiday_table
from chainbrain.commands.console import Console
from chainbrain.workspace import Workspace

_COLUMNS: Final = ("day", "holiday_name", "holiday_kind", "holiday_sure")


def arguments(add: Callable[..., argparse.ArgumentParser]) -> None:
    """The options of the command."""
    made = add("holidays", run, "节假日和调休：查看、导入、导出 / holidays and worked weekends: show, import, export")
    made.add_argument("book", type=Path, help="账本文件 / the book")
    made.add_argument("--year", type=int, metavar="YYYY", help="只看这一年 / one year only")
    made.add_argument(
        "--table", type=Path, metavar="FILE",
        help="导入 csv（日期、名称、类型），整年换成表里的 / read a csv (date, name, kind); whole years are replaced",
    )  # fmt: skip
    made.add_argument("--export", type=Path, metavar="FILE", help="写成能再导入的 csv / write it as a table to import")
    made.add_argument("--json", action="store_true", help="给程序读的 JSON / JSON for programs")


def run(options: argparse.Namespace, console: Console) -> int:
    """Show the special days, read a table of them, or write one."""
    days = holiday_table.read(options.table) if options.table else ()
    with Workspace.open(options.book, console.upgrading) as workspace:
        if options.table:
            moved = workspace.rules.moved_by(days)
            workspace.import_holidays(days)
            years = tuple(str(year) for year in sorted({one.day.year for one in days}))
            console.say("cli.holidays_written" if moved else "cli.holidays_same", count=len(moved), years=years)
            return 0
        rows = workspace.rules.holidays(options.year)
    if options.export:
        holiday_table.write(options.export, rows)
        console.say("cli.holidays_exported", path=str(options.export), count=len(rows))
    elif options.json:
        console.json({"holidays": rows})
    else:
        console.table(
            [console.word(f"column.{key}") for key in _COLUMNS],
            [
                [
                    one.day, console.word(f"holiday.{one.name}"),
                    console.word(f"day.{'holiday' if one.kind == 'holiday' else 'makeup'}"),
                    console.word(f"certainty.{'projected' if one.projected else 'announced'}"),
                ]
                for one in rows
            ],
        )  # fmt: skip
    return 0
