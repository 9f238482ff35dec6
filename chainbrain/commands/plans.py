"""``report`` and ``expand``: tables to hand on, and the simulation of a new store."""

from __future__ import annotations

import argparse
import json
from decimal import Decimal

from chainbrain.commands.console import Console
from chainbrain.errors import UserError
from chainbrain.expansion.scenario import Scenario
from chainbrain.reports.room import ReportRoom
from chainbrain.workspace import Workspace


def report(options: argparse.Namespace, console: Console) -> int:
    """Write one report, or list their names."""
    if options.list:
        console.table(
            [console.word("column.name"), console.word("column.what")],
            [[name, console.word(f"report.{name}")] for name in ReportRoom.catalogue()],
        )
        return 0
    if options.book is None or options.name is None or options.out is None:
        raise UserError("report.arguments")
    with Workspace.open(options.book) as workspace:
        rows = workspace.reports.write(options.name, options.out, console.lang)
    console.say("cli.report_written", path=str(options.out), rows=f"{rows:,}")
    return 0


def expand(options: argparse.Namespace, console: Console) -> int:
    """Simulate one new store from a scenario file."""
    try:
        content = json.loads(options.scenario.read_text(encoding="utf-8-sig"), parse_float=Decimal)
    except OSError as cause:
        raise UserError("scenario.missing", path=str(options.scenario), reason=cause.strerror or "") from cause
    except ValueError as cause:
        raise UserError("scenario.not_json", path=str(options.scenario), reason=str(cause)) from cause
    with Workspace.open(options.book) as workspace:
        result = workspace.expansion.run(Scenario.parse(content), console.report)
    if options.json:
        console.json(result)
    else:
        console.table(*result.table(console.lang))
    return 0
