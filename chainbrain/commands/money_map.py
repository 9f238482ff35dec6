"""``money-map``: where every yuan lies at the end of a day, where it came from, and what is other than shown before."""

from __future__ import annotations

import argparse
from collections.abc import Callable
from dataclasses import asdict
from datetime import timedelta
from pathlib import Path
from typing import TYPE_CHECKING

from chainbrain.cash.mapday import ZERO
from chainbrain.commands.console import Console
from chainbrain.commands.ledger import day_of
from chainbrain.map_desk import unknown
from chainbrain.masking import masked
from chainbrain.workspace import Workspace

if TYPE_CHECKING:
    from chainbrain.cash.mapday import MapDay
    from chainbrain.cash.moneymap import MoneyMap
    from chainbrain.map_desk import WholeMap


def arguments(add: Callable[..., argparse.ArgumentParser]) -> None:
    """The options of the command."""
    made = add("money-map", show, "资金地图：某一天每一元钱在哪里、从哪里来 / where every yuan lies on a day")
    made.add_argument("book", type=Path, help="账本文件 / the book")
    made.add_argument("--day", metavar="DAY", help="哪一天，默认最后一天 / which day, by default the last")
    made.add_argument("--since", metavar="DAY", help="来去从哪天起算，默认 1 日 / flows from this day on")
    made.add_argument("--store", metavar="NUMBER", help="只看一家门店 / one store only")
    made.add_argument("--entity", metavar="NAME", help="只看一个收付主体 / one legal entity only")
    made.add_argument("--out", type=Path, metavar="FILE", help="写成 xlsx、csv、pdf 或 json / write it to a file")
    made.add_argument("--seen", action="store_true", help="变了的数字看过了，记下 / what changed was seen: keep it")
    made.add_argument("--json", action="store_true", help="给程序读的 JSON / JSON for programs")


def show(options: argparse.Namespace, console: Console) -> int:
    """Print the map of a day, or write it as a report."""
    chosen, since = (day_of(text) if text else None for text in (options.day, options.since))
    with Workspace.open(options.book, console.upgrading) as workspace:
        whole = workspace.money_map()
        found = whole.map.of(options.store, options.entity)
        day = found.at(chosen, since)
        if options.out is not None:
            rows = workspace.reports.write(
                "money-map", options.out, console.lang, first=day.since, after=day.day + timedelta(days=1),
                store=options.store, entity=options.entity,
            )  # fmt: skip
            console.say("cli.report_written", path=str(options.out), rows=f"{rows:,}")
            return 0
        if whole.change is None or options.seen:
            workspace.map_desk.keep(whole.map)
    if options.json:
        console.json(mapping(whole, found, day))
    else:
        _tell(whole, found, day, console)
    return 0


def mapping(whole: WholeMap, found: MoneyMap, day: MapDay) -> dict[str, object]:
    """The map of a day as JSON has it."""
    owed = whole.owed_on(day.day) if found.store is None and found.entity is None else None
    return {
        "day": day.day,
        "since": day.since,
        "first_day": found.first,
        "last_day": found.last,
        "places": day.held,
        "total": day.places,
        "ledgers": day.ledgers,
        "claims": day.claims,
        "owed": owed,
        "in_products": whole.placed_on(day.day, found.entity) if found.store is None else None,
        "debts_due": whole.due_after(day.day, found.entity),
        "sources": [
            {"source": one.key, "before": one.before, "came": one.came, "total": one.total} for one in day.sources
        ],
        "flows": [
            {"source": one.source, "end": one.end, "account": _masked(one.account), "amount": one.amount}
            for one in day.flows
        ],
        "accounts": [
            {"account": masked(one.number), "balance": one.balance, "arrived": one.arrived} for one in day.accounts
        ],
        "unknown": {
            **asdict(found.lacking),
            "balances": [masked(one) for one in found.lacking.balances],
            "statements": [masked(one) for one in found.lacking.statements],
        },
        "change": whole.change,
    }


def _masked(account: str | None) -> str | None:
    return None if account is None else masked(account)


def _tell(whole: WholeMap, found: MoneyMap, day: MapDay, console: Console) -> None:
    console.say("cli.map_title", day=day.day, total=f"{day.places:,.2f}", since=day.since)
    if whole.change is not None:
        _tell_change(whole, console)
    console.table(
        [console.word("column.place"), console.word("column.amount")],
        [[console.word(f"place.{place}"), amount] for place, amount in day.held.items()],
    )
    console.say("cli.map_proof", places=f"{day.places:,.2f}", ledgers=f"{day.ledgers:,.2f}")
    console.table(
        [console.word(f"column.{key}") for key in ("map_source", "map_end", "map_account", "amount")],
        [
            [
                console.word(f"map_source.{one.source}"),
                console.word(f"map_end.{one.end}"),
                _masked(one.account),
                one.amount,
            ]
            for one in day.flows
        ],
    )
    begun = sum((one.begun for one in day.sources if one.key == "bank"), ZERO)
    if begun:
        console.say("cli.map_bank_begun", since=day.since, amount=f"{begun:,.2f}")
    if "stored" in day.claims:
        console.say("cli.map_stored", amount=f"{day.claims['stored']:,.2f}")
    owed = whole.owed_on(day.day) if found.store is None and found.entity is None else None
    if owed is not None:
        console.say(
            "cli.map_owed", day=owed.day, to_stores=f"{owed.to_stores:,.2f}", by_stores=f"{owed.by_stores:,.2f}"
        )
    due = whole.due_after(day.day, found.entity)
    if due is not None:
        console.say("cli.map_debts", amount=f"{due:,.2f}")
    placed = whole.placed_on(day.day, found.entity) if found.store is None else None
    if placed is not None:
        console.say("cli.map_placed", amount=f"{placed:,.2f}")
    for code, facts in unknown(found, day.day):
        console.say(code, **facts)


def _tell_change(whole: WholeMap, console: Console) -> None:
    change = whole.change
    assert change is not None
    console.say(
        "map.changed",
        first=change.first,
        until=change.until,
        amount=f"{change.total:+,.2f}",
        moved=tuple(f"{console.word(f'place.{one.place}')} {one.amount:+,.2f}" for one in change.moved),
    )
    if change.files:
        console.say("map.changed_by", files=change.files)
    console.say("cli.map_seen")
