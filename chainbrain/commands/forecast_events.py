"""``forecast-event`` and ``forecast-events``: promotions, closures and local holidays that the forecast counts on."""

from __future__ import annotations

import argparse
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Final

from chainbrain import event_table
from chainbrain.cash import events
from chainbrain.cash.events import StoreEvent
from chainbrain.commands.console import Console
from chainbrain.errors import UserError
from chainbrain.workspace import Workspace

_COLUMNS: Final = ("plan_number", "event_kind", "first", "last", "event_place", "note")
_NUMBER: Final = 8


def arguments(add: Callable[..., argparse.ArgumentParser]) -> None:
    """The options of these commands."""
    made = add(
        "forecast-event",
        write,
        "经营安排里加、改、删一项促销、停业或地方假日，或导入一张表 / add, change or remove one event",
    )
    made.add_argument("book", type=Path, help="账本文件 / the book")
    made.add_argument("--event", metavar="NUMBER", help="改或删哪一项（forecast-events 里的编号）/ which one to change")
    made.add_argument("--kind", choices=events.KINDS, help="促销、停业、地方假日 / promotion, closure or local holiday")
    made.add_argument("--store", metavar="NUMBER", help="哪家门店，不写是全部 / the store, by default all of them")
    made.add_argument("--region", metavar="NAME", help="或者哪个区域、城市的门店 / or those of a region or city")
    made.add_argument("--first", metavar="2026-12-10", help="第一天 / the first day")
    made.add_argument(
        "--last", metavar="2026-12-12", help="最后一天，不写就是一天 / the last day, by default the first"
    )
    made.add_argument("--note", metavar="TEXT", help="备注 / a note")
    made.add_argument("--remove", action="store_true", help="删掉这一项 / take it back")
    made.add_argument(
        "--table", type=Path, metavar="FILE",
        help="导入 csv（类型、第一天、最后一天、门店编号、区域、备注） / read a csv; what stands is not repeated",
    )  # fmt: skip

    made = add(
        "forecast-events",
        show,
        "经营安排：已知的促销、停业、地方假日 / what is known of promotions, closures, local holidays",
    )
    made.add_argument("book", type=Path, help="账本文件 / the book")
    made.add_argument("--json", action="store_true", help="给程序读的 JSON / JSON for programs")


def write(options: argparse.Namespace, console: Console) -> int:
    """Add, change or remove one event."""
    if options.table:
        table = event_table.read(options.table)
        with Workspace.open(options.book, console.upgrading) as workspace:
            count, _changes = workspace.event_desk.write_table(table)
        # Nothing written is nothing to undo: the entry before it would be taken back.
        console.say("cli.events_table" if count else "cli.events_same", count=count, known=len(table) - count)
        return 0
    with Workspace.open(options.book, console.upgrading) as workspace:
        before = _found(workspace.cash.events(), options.event) if options.event else None
        if options.remove:
            if before is None:
                raise UserError("event.which")
            workspace.event_desk.remove(before.event_id)
            console.say("cli.event_removed", **_told(before, console))
            return 0
        event = _said(options, before)
        workspace.event_desk.write(event)
    console.say("cli.event_changed" if before else "cli.event_written", **_told(event, console))
    return 0


def show(options: argparse.Namespace, console: Console) -> int:
    """Print the events as they stand."""
    with Workspace.open(options.book, console.upgrading) as workspace:
        found = workspace.cash.events()
    if options.json:
        console.json({"events": found})
    elif not found:
        console.say("cli.event_none")
    else:
        console.table(
            [console.word(f"column.{key}") for key in _COLUMNS],
            [[one.event_id[:_NUMBER], *_told(one, console).values(), one.note or ""] for one in found],
        )
    return 0


def _found(standing: tuple[StoreEvent, ...], number: str) -> StoreEvent:
    found = [one for one in standing if one.event_id.startswith(number)]
    if len(found) != 1:
        raise UserError("event.unknown", event=number)
    return found[0]


def _said(options: argparse.Namespace, before: StoreEvent | None) -> StoreEvent:
    """What the options say, of a standing event those that are given."""
    if before is None and (options.kind is None or options.first is None):
        raise UserError("event.lacks")
    first = events.day_of(options.first) if options.first else None
    last = events.day_of(options.last) if options.last else None
    if before is None:
        assert first is not None
        return StoreEvent("", options.kind, first, last or first, options.store, options.region, options.note)
    placed = options.store is not None or options.region is not None
    return replace(
        before,
        kind=options.kind or before.kind,
        first=first or before.first,
        last=last or before.last,
        store_id=(options.store or None) if placed else before.store_id,
        region=(options.region or None) if placed else before.region,
        note=before.note if options.note is None else options.note,
    )


def _told(event: StoreEvent, console: Console) -> dict[str, object]:
    return {
        "kind": console.word(f"event_kind.{event.kind}"),
        "first": event.first,
        "last": event.last,
        "place": event.store_id or event.region or console.word("event.everywhere"),
    }
