"""``forecast --level`` and ``--out``: the receipts to come at one level on the screen, or at all of them in a file."""

from __future__ import annotations

import argparse
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from chainbrain.cash import receipt_words
from chainbrain.errors import UserError
from chainbrain.workspace import Workspace

if TYPE_CHECKING:
    from chainbrain.cash.receipts import Estimate
    from chainbrain.cash.receipts_level import LevelForecast, LevelLine
    from chainbrain.commands.console import Console


def write(options: argparse.Namespace, console: Console) -> int:
    """Write the levels that were asked for; without one all, those of stores by channel only where wanted."""
    from chainbrain.cash.receipts_keys import PAIR  # noqa: PLC0415
    from chainbrain.cash.receipts_level import OFFERED  # noqa: PLC0415

    levels = [options.level] if options.level else [one for one in OFFERED if one != PAIR or options.by_channel]
    if options.entity is not None and not options.level:
        levels.remove("chain")  # all of one entity is its line among the entities
    with Workspace.open(options.book, console.upgrading) as workspace:
        found = [read(workspace, options, one, console) for one in levels]
        rows = workspace.reports.write_receipts(found, options.out, console.lang)
    console.say("cli.report_written", path=str(options.out), rows=f"{rows:,}")
    return 0


def read(workspace: Workspace, options: argparse.Namespace, level: str, console: Console) -> LevelForecast:
    """One level, of the legal entity that was asked for or of all.

    Raises:
        UserError: ``forecast.entity`` for one that has no accounts, ``cash.plan_only`` where the plan names it.
    """
    if options.entity is not None:
        known = workspace.cash.owners()
        if options.entity not in known and options.entity in workspace.cash.entities():
            raise UserError("cash.plan_only", entity=options.entity)
        if options.entity not in known:
            raise UserError("forecast.entity", entity=options.entity, known=known)
    calendar, entity = workspace.rules.calendar(), options.entity
    return workspace.cash.receipts(calendar, level, options.horizon, console.report, entity=entity)


def show(options: argparse.Namespace, head: Mapping[str, Any], found: LevelForecast, console: Console) -> None:
    """Print one level beside what was taken on as many days before; ``head`` is what JSON says of all of it."""
    nothing = receipt_words.nothing_of(found)
    if options.json:
        lines = [
            {
                **vars(one.line),
                "channel": one.channel,
                "stores": one.stores,
                "past": one.past,
                "before": one.before,
            }
            for one in found.lines
        ]
        console.json(
            {
                **head, "entity": found.entity, "stores_of_several": found.shared,
                "nothing": nothing[0] if nothing is not None else None, "lines": lines,
            }
        )  # fmt: skip
        return
    console.say("forecast.title", origin=found.found.origin, horizon=options.horizon)
    if nothing is not None:
        console.say(nothing[0], **nothing[1])
        return
    beside = (*receipt_words.measured_of(found), *receipt_words.of_entity(found), *receipt_words.told(found.found))
    for code, facts in beside:
        console.say(code, **facts)
    columns = ("name", "estimate", "range_80", "range_95", "taken_before")
    console.table(
        [console.word(f"column.{key}") for key in columns],
        [[named(found.level, one, console), *_told(one.line.total), one.before] for one in found.lines],
    )


def named(level: str, one: LevelLine, console: Console) -> str:
    """What a line is of: channels in words, and who has the accounts of several companies or of none."""
    name, channel = one.named
    if level in {"chain", "entity"} and not name:
        name = console.word("forecast_level.chain" if level == "chain" else "cash.no_entity")
    told = [name] if name or channel is None else []
    return " / ".join([*told, *([console.word(f"channel.{channel}")] if channel is not None else [])]) or "—"


def _told(total: Estimate) -> tuple[object, ...]:
    return total.mean, f"{total.p10:,.2f} – {total.p90:,.2f}", f"{total.p2_5:,.2f} – {total.p97_5:,.2f}"
