"""``past-openings``: what would have been foretold for each opening of the chain, and what came."""

from __future__ import annotations

import argparse
from collections.abc import Callable
from dataclasses import asdict
from pathlib import Path

from chainbrain.commands.console import Console
from chainbrain.expansion import past_notes
from chainbrain.expansion.areas.feedback import Correction
from chainbrain.expansion.areas.notes import percent
from chainbrain.expansion.past import Foretold, Past, PastOpening
from chainbrain.workspace import Workspace


def arguments(add: Callable[..., argparse.ArgumentParser]) -> None:
    """The options of this command."""
    made = add(
        "past-openings",
        show,
        "以往开店：开业前会怎么预测、后来怎样 / past openings: foretold, and measured",
    )
    made.add_argument("book", type=Path, help="账本文件 / the book")
    made.add_argument("--out", type=Path, metavar="FILE", help="写成 xlsx、pdf、csv 或 json / write it to a file")
    made.add_argument("--json", action="store_true", help="给程序读的 JSON / JSON for programs")


def show(options: argparse.Namespace, console: Console) -> int:
    """Print every opening with what was foretold and what came, or write it to a file."""
    with Workspace.open(options.book, console.upgrading) as workspace:
        found = workspace.expansion.past(console.report)
        losses = workspace.expansion.areas.past()
        if options.out is not None:
            rows = workspace.reports.write_past(found, losses, options.out, console.lang)
            console.say("cli.report_written", path=str(options.out), rows=f"{rows:,}")
            return 0
    if options.json:
        said = (*past_notes.of_past(found), *past_notes.of_losses(found, losses))
        console.json(
            {
                "openings": [asdict(one) for one in found.openings], "level": asdict(found.level),
                "ramp": asdict(found.ramp), "losses": {**asdict(losses), "factor": losses.factor},
                "notes": [asdict(one) for one in said],
            }
        )  # fmt: skip
        return 0
    _tell(found, losses, console)
    return 0


def _tell(found: Past, losses: Correction, console: Console) -> None:
    for note in past_notes.of_past(found):
        console.say(note.code, **note.facts)
    if found.openings:
        keys = ("store", "area_opened", "past_said", "past_range", "past_came", "past_off", "past_inside",
                "past_ramp_said", "past_range", "past_came", "past_inside")  # fmt: skip
        print()
        console.table([console.word(f"column.{key}") for key in keys], [_row(one, console) for one in found.openings])
        print()
    for note in past_notes.of_losses(found, losses):
        console.say(note.code, **note.facts)
    if losses.openings:
        lost = ("area_opening", "area_opened", "area_neighbours", "area_predicted", "area_came", "past_ratio")
        print()
        console.table(
            [console.word(f"column.{key}") for key in lost],
            [
                [
                    one.name, one.opened_on, one.neighbours, one.predicted, one.measured,
                    percent(float(one.measured / one.predicted)) if one.predicted > 0 else "",
                ]
                for one in losses.openings
            ],
        )  # fmt: skip


def _row(one: PastOpening, console: Console) -> list[object]:
    level, ramp = one.level, one.ramp
    why = console.word(f"past.why.{one.why_not}") if one.why_not else ""
    sales: list[object] = ["", console.word("past.why.no_mature"), why, "", ""]
    if level is not None:
        off = level.off / level.came if level.off is not None and level.came else None
        sales = [
            level.said, f"{level.low:,.0f} – {level.high:,.0f}", why if level.came is None else level.came,
            "" if off is None else f"{off * 100:+.1f}%", _yes(level, console),
        ]  # fmt: skip
    steps: list[object] = ["", "", why, ""]
    if ramp is not None:
        steps = [
            _share(ramp.said), f"{_share(ramp.low)} – {_share(ramp.high)}",
            why if ramp.came is None else _share(ramp.came), _yes(ramp, console),
        ]  # fmt: skip
    return [one.name, one.opened_on, *sales, *steps]


def _yes(one: Foretold, console: Console) -> str:
    return "" if one.inside is None else console.word("yes_no.yes" if one.inside else "yes_no.no")


def _share(value: object) -> str:
    return percent(float(str(value)))
