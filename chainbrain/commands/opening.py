"""How stores began, told on the command line for ``stores --opening``."""

from __future__ import annotations

import argparse

from chainbrain import opening_words, written
from chainbrain.commands.console import Console
from chainbrain.errors import UserError
from chainbrain.expansion.openings import StoreOpening
from chainbrain.opening_words import share_text
from chainbrain.workspace import Workspace


def tell(workspace: Workspace, options: argparse.Namespace, console: Console) -> int:
    """Print one store's first weeks and what it took from its neighbours, or the words on every opening."""
    if options.opening:
        known = {row[0] for row in workspace.book.rows_of("select store_id from main.stores")}
        if options.opening not in known:
            raise UserError("compare.unknown", stores=(options.opening,))
        found: tuple[StoreOpening, ...] = (workspace.expansion.opening(options.opening),)
    else:
        found = workspace.expansion.openings()
    if options.out is not None:
        rows = workspace.reports.write_openings(found, options.out, console.lang)
        console.say("cli.report_written", path=str(options.out), rows=f"{rows:,}")
    elif options.json:
        console.json(found)
    elif not found:
        console.say("opening.none_at_all")
    else:
        for one in found:
            _tell(one, console, whole=bool(options.opening))
    return 0


def _tell(found: StoreOpening, console: Console, *, whole: bool) -> None:
    console.say("cli.opening", name=found.name, words=opening_words.began(found, console.lang))
    if found.curve is not None and whole:
        keys = ("week", "share", "low", "middle", "high", "stores")
        console.table([console.word(f"opening.{key}") for key in keys], _weeks(found))
    console.say("cli.opening_took", words=opening_words.took(found, console.lang))
    if found.effect is not None and whole:
        console.table(
            [console.word(f"opening.{key}") for key in ("neighbour", "km", "change", "monthly")],
            [
                [near.name, near.distance_km, written.change(near.change, console.lang), near.monthly_change]
                for near in found.effect.neighbours
            ],
        )


def _weeks(found: StoreOpening) -> list[list[object]]:
    rows: list[list[object]] = []
    for week, own, edge in found.weeks():
        edges = (edge.low, edge.middle, edge.high) if edge is not None else (None, None, None)
        rows.append([week, *(share_text(one) for one in (own, *edges)), edge.stores if edge is not None else 0])
    return rows
