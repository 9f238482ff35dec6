"""The commands that look at one book, reconcile it, or take something back."""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from datetime import date
from typing import Final

from chainbrain import texts
from chainbrain.commands.console import Console
from chainbrain.commands.files import read_passwords
from chainbrain.database.health import Health
from chainbrain.database.pack import backup as back_up
from chainbrain.database.pack import pack as pack_book
from chainbrain.database.restore import restore as put_back
from chainbrain.reconciliation.progress import Progress, together
from chainbrain.reconciliation.room import Reconciled
from chainbrain.reconciliation.summary import LEGS
from chainbrain.workspace import Workspace

STATES: Final = ("matched", "timing", "difference", "excluded")


def reconcile(options: argparse.Namespace, console: Console) -> int:
    """Match anew what was touched, or everything; print the states per leg and the differences per code."""
    with Workspace.open(options.book) as workspace:
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
    with Workspace.open(options.book) as workspace:
        info = workspace.info()
        freshness = workspace.analytics.freshness(info.last_day) if info.last_day else None
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
                    {"channel": row.channel, "amount": row.closing, "due_on": row.due_on, "late": row.late}
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
    codes: list[Sequence[object]] = [
        [code, console.word(f"difference.{code}"), *found] for code, found in sorted(differences.items())
    ]
    console.table(_words(console, "code", "what", "count", "open", "amount"), codes)
    print()
    _print_progress(progress, console)
    channels: list[Sequence[object]] = [
        [console.word(f"channel.{row.channel}"), row.closing, row.due_on or "", row.late] for row in transit.channels
    ]
    console.table(_words(console, "channel", "in_transit", "due_on", "late"), channels)
    return 0


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


def show_history(options: argparse.Namespace, console: Console) -> int:
    """Print what was written, newest first."""
    with Workspace.open(options.book) as workspace:
        entries = workspace.history()
    if options.json:
        console.json({"entries": entries})
        return 0
    header = [console.word(f"column.{key}") for key in ("entry", "at", "who", "what", "details", "undo")]
    rows = []
    for entry in entries:
        undo = texts.message("cli.undone_by", console.lang, by=entry.undone_by) if entry.undone_by else ""
        if entry.undoable and not entry.undone_by:
            undo = texts.message("cli.can_undo", console.lang)
        details = texts.entry(entry.kind, entry.facts, console.lang)
        rows.append(
            [
                str(entry.entry_id),
                f"{entry.at:%Y-%m-%d %H:%M}",
                entry.who,
                console.word(f"history_kind.{entry.kind}"),
                details,
                undo,
            ]
        )
    console.table(header, rows)
    return 0


def undo(options: argparse.Namespace, console: Console) -> int:
    """Take one entry back, by default the last one that can be."""
    with Workspace.open(options.book) as workspace:
        changes = workspace.undo(options.entry, console.report)
    console.say("cli.undone", entry=changes.entry_id)
    return 0


def redo(options: argparse.Namespace, console: Console) -> int:
    """Do an undone entry again, by default the one that was undone last."""
    passwords = read_passwords(options.password_file)
    with Workspace.open(options.book) as workspace:
        changes = workspace.redo(options.entry, console.report, passwords=passwords)
    console.say("cli.redone", entry=changes.entry_id)
    return 0


def check(options: argparse.Namespace, console: Console) -> int:
    """Verify the book; status 3 when something is wrong."""
    with Workspace.open(options.book) as workspace:
        health = workspace.check(console.report)
    if options.json:
        console.json({"good": health.good, "findings": health.findings})
    else:
        _tell_health(health, console)
    return 0 if health.good else 3


def _tell_health(health: Health, console: Console) -> None:
    for finding in health.findings:
        sentence = texts.word(finding.code, console.lang).format_map(finding.facts)
        console.failed(f"✗ {sentence}") if not finding.good else print(f"✓ {sentence}")


def pack(options: argparse.Namespace, console: Console) -> int:
    """Fold the log in, then pack book and safe."""
    with Workspace.open(options.book) as workspace:
        path = workspace.path
    count = pack_book(path, options.file, console.report)
    console.say("cli.packed", path=str(options.file), files=count)
    return 0


def backup(options: argparse.Namespace, console: Console) -> int:
    """Fold the log in, then keep a copy of book and safe in a folder, read back and proved."""
    with Workspace.open(options.book) as workspace:
        path = workspace.path
    made = back_up(path, options.directory, console.report)
    console.say("cli.backed_up", path=str(made), size=f"{made.stat().st_size / 1e6:,.1f}")
    return 0


def restore(options: argparse.Namespace, console: Console) -> int:
    """Put a book back from a backup, and verify it; status 3 when something is wrong with what was kept."""
    count = put_back(options.backup, options.book, console.report)
    with Workspace.open(options.book) as workspace:
        health = workspace.check(console.report)
    console.say("cli.restored", path=str(options.book), files=count)
    _tell_health(health, console)
    return 0 if health.good else 3
