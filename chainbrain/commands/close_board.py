"""The month-end close in the terminal: the list of months, the board of one, figures that differ."""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from datetime import date
from typing import Final

from chainbrain import openings, texts
from chainbrain.closing.figures import Change, Figure
from chainbrain.closing.months import MonthState
from chainbrain.closing.steps import Board, Missing
from chainbrain.commands.console import Console
from chainbrain.masking import masked
from chainbrain.workspace import Workspace

_LISTED: Final = 40


def print_months(months: Sequence[MonthState], options: argparse.Namespace, console: Console) -> int:
    """Print every month with its state; returns the exit status."""
    if options.json:
        console.json({"months": months})
        return 0
    if not months:
        console.say("cli.close_empty")
        return 0
    console.table(
        [console.word(f"column.{key}") for key in ("month", "close_state", "version", "signed_by", "at", "note")],
        [
            [
                f"{one.month:%Y-%m}",
                console.word(f"month_state.{one.state}"),
                one.version or "",
                one.signed_by or "",
                f"{one.signed_at:%Y-%m-%d %H:%M}" if one.signed_at else "",
                one.reason or "",
            ]
            for one in months
        ],
    )
    return 0


def print_month(workspace: Workspace, first: date, options: argparse.Namespace, console: Console) -> int:
    """Print the board of a month, its money in transit and its banks; returns the exit status."""
    room = workspace.closing
    shown, roll = room.board(first), room.transit(first)
    if options.json:
        banks = [
            {
                "account": masked(one.account),
                "statement": one.statement,
                "book": one.book,
                "adjusted_bank": one.adjusted_bank,
                "adjusted_book": one.adjusted_book,
                "gap": one.gap,
            }
            for one in room.bank(first)
        ]
        console.json(
            {
                "board": shown,
                "can_sign": shown.can_sign,
                "missing": [{"code": one.code, "says": missing_words(one, console)} for one in shown.blockers],
                "transit": [
                    {
                        "channel": one.channel,
                        "opening": one.opening,
                        "month": one.month,
                        "prior": one.prior,
                        "closing": one.closing,
                        "items": len(one.items),
                        "gap": one.gap,
                        "proven": one.proven,
                    }
                    for one in roll.channels
                ],
                "contained": roll.contained,
                "bank": banks,
                "stored_value": room.stored_value(first),
                "ledger": room.ledger(first),
            }
        )
        return 0
    _print_board(shown, console)
    console.table(
        [
            console.word("column.channel"),
            *(console.word(f"transit_part.{part}") for part in _ROLL),
            console.word("column.gap"),
        ],
        [
            [
                console.word(f"channel.{one.channel}"),
                one.opening,
                *(getattr(one.month, part) for part in _ROLL[1:-2]),
                one.prior.net,
                one.closing,
                "?" if one.proven is None else one.gap,
            ]
            for one in roll.channels
        ],
    )
    for told in openings.by_channel(roll.contained):
        print(texts.message(openings.CODE, console.lang, **openings.facts(told)))
    print()
    console.table(
        [console.word(f"column.{key}") for key in ("close_account", "statement", "book", "adjusted", "gap")],
        [[masked(one.account), one.statement, one.book, one.adjusted_bank, one.gap] for one in room.bank(first)],
    )
    return 0


_ROLL: Final = (
    "opening", "gross", "refunds", "fees", "other", "received", "adjustments", "prior", "closing",
)  # fmt: skip


def _print_board(shown: Board, console: Console) -> None:
    state = shown.month
    console.say(
        f"cli.close_{state.state}", month=f"{state.month:%Y-%m}", done=shown.done, of=shown.used,
        amount=f"{shown.open_amount:,.2f}", who=state.signed_by, at=state.signed_at, version=state.version,
    )  # fmt: skip
    rows: list[Sequence[object]] = [
        [
            step.number,
            console.word(f"close_step.{step.key}"),
            step.rows or "",
            console.word(f"close_unit.{step.unit}"),
            console.word(f"close_state.{step.state}"),
            step.open_count or "",
            step.open_amount if step.open_count else "",
        ]
        for step in shown.steps
    ]
    keys = ("step", "what", "rows", "unit", "close_state", "open", "open_amount")
    console.table([console.word(f"column.{key}") for key in keys], rows)
    print()
    for one in shown.blockers:
        print(f"- {missing_words(one, console)}")
    if shown.blockers:
        print()


def missing_words(one: Missing, console: Console) -> str:
    """What lacks, in the language of the terminal."""
    return texts.message(one.code, console.lang, **one.facts)


def print_changes(changes: Sequence[Change], console: Console) -> None:
    """Print figures that differ, the first of many."""
    if changes:
        keys = ("section", "subject", "details", "figure", "before", "after")
        console.table(
            [console.word(f"column.{key}") for key in keys],
            [
                [
                    console.word(f"figure_section.{one.section}"),
                    _subject(one, console),
                    one.detail,
                    console.word(f"figure_part.{one.part}"),
                    _figure(one.before),
                    _figure(one.after),
                ]
                for one in changes[:_LISTED]
            ],
        )
    if len(changes) > _LISTED:
        console.say("cli.more_rows", count=len(changes) - _LISTED)


def _subject(one: Change, console: Console) -> str:
    kinds = {"transit": "channel", "fees": "channel", "step": "close_step"}
    if one.section in kinds:
        return console.word(f"{kinds[one.section]}.{one.subject}")
    return masked(one.subject) if one.section == "bank" else one.subject


def _figure(one: Figure | None) -> str:
    if one is None:
        return ""
    return f"{one.amount:,.2f} ({one.items})" if one.items else f"{one.amount:,.2f}"
