"""``template``: what the chain's own stores say about the next one, each figure with the stores it rests on."""

from __future__ import annotations

import argparse
from collections.abc import Callable
from dataclasses import asdict
from pathlib import Path

from chainbrain.commands.console import Console
from chainbrain.expansion.measured import Measured
from chainbrain.expansion.own_stores import StoreTemplate
from chainbrain.reports import store_template
from chainbrain.reports.tables import ReportTable
from chainbrain.workspace import Workspace


def arguments(add: Callable[..., argparse.ArgumentParser]) -> None:
    """The options of this command."""
    made = add(
        "template", show,
        "自己的门店对新店的参考：成熟月销按业态、城市等级、面积 / what own stores say of a new one",
    )  # fmt: skip
    made.add_argument("book", type=Path, help="账本文件 / the book")
    made.add_argument("--out", type=Path, metavar="FILE", help="写成 xlsx、csv、pdf 或 json / write it to a file")
    made.add_argument("--json", action="store_true", help="给程序读的 JSON / JSON for programs")


def show(options: argparse.Namespace, console: Console) -> int:
    """Print the figures and the spread of mature sales, or write them to a file."""
    with Workspace.open(options.book, console.upgrading) as workspace:
        if options.out is not None:
            rows = workspace.reports.write(store_template.NAME, options.out, console.lang)
            console.say("cli.report_written", path=str(options.out), rows=f"{rows:,}")
            return 0
        found = workspace.expansion.template()
    if options.json:
        console.json(mapping(found))
    elif found.first_day is None:
        console.say("cli.stores_none")
    else:
        console.say("cli.template", first=found.first_day, last=found.last_day, stores=len(found.mature))
        _table(store_template.figures(found), console)
        if found.levels:
            console.say("cli.template_levels")
            _table(store_template.levels(found), console)
    return 0


def mapping(found: StoreTemplate) -> dict[str, object]:
    """The template as JSON has it."""
    return {
        "first_day": found.first_day,
        "last_day": found.last_day,
        "mature_sales": _measured(found.mature_sales),
        "rent": _measured(found.rent),
        "take_rate": _measured(found.take_rate),
        "cannibalisation": _measured(found.cannibalisation),
        "ramp": {"shares": found.ramp, **_measured(found.ramp_observed)},
        "levels": [{**asdict(one), "enough": one.enough} for one in found.levels],
    }


def _measured(one: Measured) -> dict[str, object]:
    return {**asdict(one), "enough": one.enough}


def _table(table: ReportTable, console: Console) -> None:
    worded = table.worded(console.lang)
    heads = [console.word(f"report_column.{column.key}") for column in table.columns]
    console.table(heads, [list(row) for row in worded.rows()])
