"""``report`` and ``expand``: tables to hand on, and the simulation of a new store."""

from __future__ import annotations

import argparse
import json
from decimal import Decimal

from chainbrain.commands.console import Console
from chainbrain.errors import UserError, system_reason
from chainbrain.expansion.result import ScenarioResult
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
    filters = {key: getattr(options, key) for key in ("channel", "merchant", "store", "month")}
    with Workspace.open(options.book) as workspace:
        rows = workspace.reports.write(options.name, options.out, console.lang, **filters)
    console.say("cli.report_written", path=str(options.out), rows=f"{rows:,}")
    return 0


def expand(options: argparse.Namespace, console: Console) -> int:
    """Simulate one new store from a scenario file."""
    try:
        content = json.loads(options.scenario.read_text(encoding="utf-8-sig"), parse_float=Decimal)
    except OSError as cause:
        raise UserError("scenario.missing", path=str(options.scenario), reason=system_reason(cause)) from cause
    except ValueError as cause:
        raise UserError("scenario.not_json", path=str(options.scenario), reason=str(cause)) from cause
    with Workspace.open(options.book) as workspace:
        template = workspace.expansion.template()
        result = workspace.expansion.run(workspace.expansion.parse(content, template), template, console.report)
    if options.json:
        console.json(result.to_mapping())
    else:
        _tell(result, console)
    return 0


def _tell(result: ScenarioResult, console: Console) -> None:
    """Print the verdict, the base case and the ranges."""
    base, simulation = result.base, result.simulation
    print(console.word(f"expansion.verdict.{result.verdict.value}"))
    console.table(
        [console.word("column.figure"), console.word("column.amount")],
        [
            [console.word("expansion.month_1"), base.months[1].cash],
            [console.word("expansion.break_even"), base.break_even_sales],
            [console.word("expansion.trough"), base.trough],
            [console.word("expansion.payback"), base.payback_month or console.word("expansion.never")],
            [console.word("expansion.npv"), base.npv],
        ],
    )
    print()
    payback = simulation.payback
    console.table(
        [console.word("column.figure"), "P10", "P50", "P90"],
        [
            [console.word("expansion.npv"), simulation.npv.p10, simulation.npv.p50, simulation.npv.p90],
            [
                console.word("expansion.payback"),
                *(month or console.word("expansion.never") for month in (payback.p10, payback.p50, payback.p90)),
            ],
        ],
    )
    for note in result.notes:
        console.say(note.code, **note.facts)
