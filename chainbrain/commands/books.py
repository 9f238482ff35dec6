"""``reconcile`` and ``status``: everything matched, and how far that is."""

from __future__ import annotations

import argparse
from collections.abc import Callable, Sequence
from datetime import date
from pathlib import Path
from typing import Final

from chainbrain.analytics.completeness import Lack
from chainbrain.commands.console import Console
from chainbrain.masking import login_masked
from chainbrain.reconciliation.progress import Progress, together
from chainbrain.reconciliation.room import Reconciled
from chainbrain.reconciliation.summary import LEGS
from chainbrain.workspace import Workspace

STATES: Final = ("matched", "timing", "difference", "excluded")
_LACKS_SHOWN: Final = 20


def arguments(add: Callable[..., argparse.ArgumentParser]) -> None:
    """The options of these commands."""
    for name, command, words in (
        ("reconcile", reconcile, "对账 / reconcile"),
        ("status", status, "完整度、差异、在途 / completeness, differences, money in transit"),
    ):
        made = add(name, command, words)
        made.add_argument("book", type=Path, help="账本文件 / the book")
        made.add_argument("--json", action="store_true", help="给程序读的 JSON / JSON for programs")
        if name == "reconcile":
            made.add_argument("--all", action="store_true", help="全部重新勾对 / match anew what was not touched, too")


def reconcile(options: argparse.Namespace, console: Console) -> int:
    """Match anew what was touched, or everything; print the states per leg and the differences per code."""
    with Workspace.open(options.book, console.upgrading) as workspace:
        found, _ = workspace.reconcile(console.report, whole=options.all)
    if options.json:
        console.json(
            {
                "states": [
                    {"leg": leg, "state": state, "rows": count} for (leg, state), count in sorted(found.states.items())
                ],
                "differences": [
                    {"code": code, "count": count, "open": still_open, "open_amount": amount}
                    for code, (count, still_open, amount) in sorted(found.codes.items())
                ],
                "seconds": round(found.seconds, 3),
                "matched_anew": found.rows,
                "all_because": found.reason or None,
            }
        )
    else:
        tell_reconciled(found, console)
        if found.rows is None:
            console.say("reconcile.all", why=console.word(f"reconcile_all.{found.reason}"))
        else:
            console.say("reconcile.touched", rows=found.rows)
    return 0


def tell_reconciled(found: Reconciled, console: Console) -> None:
    """Print the states per leg with their sum, and the differences per code."""
    legs = [leg for leg in LEGS if any(key[0] == leg for key in found.states)]
    header = [
        console.word("column.leg"),
        *(console.word(f"state.{state}") for state in STATES),
        console.word("column.rows"),
    ]
    rows = []
    for leg in legs:
        counts = [found.states.get((leg, state), 0) for state in STATES]
        rows.append([console.word(f"leg.{leg}"), *counts, sum(counts)])
    console.table(header, rows)
    print()
    header = [console.word(f"column.{key}") for key in ("code", "what", "count", "open", "amount")]
    console.table(
        header,
        [
            [code, console.word(f"difference.{code}"), count, still_open, amount]
            for code, (count, still_open, amount) in sorted(found.codes.items())
        ],
    )


def status(options: argparse.Namespace, console: Console) -> int:
    """Print completeness, open differences and money in transit."""
    with Workspace.open(options.book, console.upgrading) as workspace:
        info = workspace.info()
        freshness = workspace.analytics.freshness(info.last_day) if info.last_day else None
        lacking = workspace.analytics.lacking()
        differences = workspace.reconciliation.codes()
        transit = workspace.analytics.in_transit()
        progress = workspace.reconciliation.progress()
        closed = [one for one in workspace.closing.months() if one.closed]
    if options.json:
        console.json(
            {
                "book": str(info.path),
                "stores": info.stores,
                "first_day": info.first_day,
                "last_day": info.last_day,
                "reconciled": info.reconciled,
                "completeness": freshness,
                "missing": [
                    {
                        "store_id": one.store.store_id,
                        "source": one.source,
                        "account_no": login_masked(one.account_no),
                        "first_day": one.first,
                        "last_day": one.last,
                        "days": one.days,
                    }
                    for one in lacking
                ],
                "differences": [
                    {"code": code, "count": count, "open": still_open, "open_amount": amount}
                    for code, (count, still_open, amount) in sorted(differences.items())
                ],
                "progress": [
                    {
                        "store_id": one.store_id,
                        "month": f"{one.month:%Y-%m}",
                        "found": one.found,
                        "settled": one.settled,
                        "open": one.open,
                        "open_amount": one.open_amount,
                    }
                    for one in progress
                ],
                "in_transit": [
                    {
                        "channel": row.channel,
                        "amount": row.closing,
                        "due_on": row.due_on,
                        "late": row.late,
                        "short": row.short,
                    }
                    for row in transit.channels
                ],
                "in_transit_total": transit.total.closing,
                "in_transit_proven": transit.proven,
                "closed_months": closed,
            }
        )
        return 0
    if not info.files:
        console.say("cli.status_empty", stores=info.stores)
        return 0
    if info.last_day is None:  # wallets and banks alone still have differences and money in transit
        console.say("cli.status_no_till", stores=info.stores, files=info.files)
    else:
        console.say("cli.status", stores=info.stores, first=info.first_day, last=info.last_day, files=info.files)
    if not info.reconciled:
        console.say("cli.not_reconciled")
    if closed:
        last = closed[-1]
        console.say("cli.status_closed", month=f"{last.month:%Y-%m}", version=last.version, who=last.signed_by)
    if freshness is not None:
        sources: list[Sequence[object]] = [
            [
                console.word(f"channel.{source.source}"),
                f"{source.present}/{source.expected}",
                ", ".join(store.name or store.store_id for store in source.missing),
            ]
            for source in freshness.sources
        ]
        console.table(_words(console, "source", "stores_present", "missing"), sources)
        print()
        _print_lacking(lacking, console)
    codes: list[Sequence[object]] = [
        [code, console.word(f"difference.{code}"), *found] for code, found in sorted(differences.items())
    ]
    console.table(_words(console, "code", "what", "count", "open", "amount"), codes)
    print()
    _print_progress(progress, console)
    channels: list[Sequence[object]] = [
        [console.word(f"channel.{row.channel}"), row.closing, row.due_on or "", row.late, row.short]
        for row in transit.channels
    ]
    console.table(_words(console, "channel", "in_transit", "due_on", "late", "short"), channels)
    return 0


def _print_lacking(lacking: Sequence[Lack], console: Console) -> None:
    """What has no file on any day of the book; the longest first, and how many more there are."""
    if not lacking:
        console.say("cli.status_all_there")
        print()
        return
    shown = sorted(lacking, key=lambda one: -one.days)[:_LACKS_SHOWN]
    rows: list[Sequence[object]] = [
        [
            one.store.name,
            console.word(f"channel.{one.source}"),
            "" if one.source == "till" else login_masked(one.account_no),
            one.first if one.first == one.last else f"{one.first} – {one.last}",
            one.days,
        ]
        for one in shown
    ]
    console.say("cli.status_lacking", days=sum(one.days for one in lacking))
    console.table(_words(console, "store", "source", "account_no", "days_without", "days"), rows)
    if len(lacking) > len(shown):
        console.say("cli.status_lacking_more", more=len(lacking) - len(shown))
    print()


def _print_progress(progress: Sequence[Progress], console: Console) -> None:
    """A line per month, and below it the stores that are not done."""
    months: dict[date, list[Progress]] = {}
    for one in progress:
        if one.month is not None:
            months.setdefault(one.month, []).append(one)
    rows: list[Sequence[object]] = []
    for month, stores in months.items():
        whole = together(stores, month=month)
        word = console.word("progress.done") if whole.done else ""
        rows.append([f"{month:%Y-%m}", console.word("progress.all"), *_figures(whole), word])
        rows += [
            ["", one.store_id or console.word("progress.no_store"), *_figures(one), ""] for one in stores if one.open
        ]
    if rows:
        console.table(_words(console, "month", "store", "found", "settled", "open", "open_amount", "note"), rows)
        print()


def _figures(one: Progress) -> list[object]:
    return [one.found, one.settled, one.open, one.open_amount]


def _words(console: Console, *keys: str) -> list[str]:
    return [console.word(f"column.{key}") for key in keys]
