"""``cash-ladder --replay``: what the owner's products would have earned in the past of the book."""

from __future__ import annotations

import argparse
from decimal import Decimal
from typing import TYPE_CHECKING, Final

from chainbrain.cash import replay_words
from chainbrain.commands.console import Console
from chainbrain.workspace import Workspace

if TYPE_CHECKING:
    from chainbrain.cash.book_replay import ReplayedWay

_WAY: Final = ("replay_way", "product", "replay_earned", "replay_regret", "replay_broken")


def show(options: argparse.Namespace, safety: Decimal | None, console: Console) -> int:
    """Print what each way would have earned and how often it broke the floor, or write it as a report."""
    with Workspace.open(options.book, console.upgrading) as workspace:
        found = workspace.cash.replay(workspace.rules.calendar(), options.entity, safety, console.report)
        if options.out is not None:
            rows = workspace.reports.write_replay(found, options.out, console.lang)
            console.say("cli.report_written", path=str(options.out), rows=f"{rows:,}")
            return 0
    if options.json:
        better = [one.key for one in replay_words.better_than_plan(found)]
        judged = {"judged": found.days >= replay_words.JUDGED, "judged_from_days": replay_words.JUDGED}
        console.json({**vars(found), "ways": [vars(one) for one in found.ways], "better_than_plan": better, **judged})
        return 0
    console.table([console.word(f"column.{key}") for key in _WAY], [_row(one, console) for one in found.ways])
    for code, facts in replay_words.told(found):
        console.say(code, **facts)
    console.say("cash.replayed", **found.facts())
    console.say("cash.replay_basis")
    console.say("cli.cash_ladder_no_advice")
    return 0


def _row(one: ReplayedWay, console: Console) -> list[object]:
    regret = "—" if one.regret is None else f"{one.regret:.1%}"
    return [console.word(f"replay_way.{one.key}"), one.product or "—", one.earned, regret, one.broken]
