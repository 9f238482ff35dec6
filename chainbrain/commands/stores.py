"""``stores``: the league with profits and ranks, two to six stores side by side, and how a store began."""

from __future__ import annotations

import argparse
from collections.abc import Callable
from decimal import Decimal
from pathlib import Path
from typing import Final

from chainbrain import texts, written
from chainbrain.analytics import compare, peers, periods
from chainbrain.analytics.compare import Comparison, Line
from chainbrain.analytics.periods import Period
from chainbrain.analytics.stores import League
from chainbrain.commands import given, opening
from chainbrain.commands.console import Console
from chainbrain.errors import UserError
from chainbrain.own_openings import MATURE_AFTER_DAYS
from chainbrain.workspace import Workspace

_HEADS: Final = ("rank", "store", "receipts", "ticket", "like_for_like", "take_rate", "margin", "missing_days")


def arguments(add: Callable[..., argparse.ArgumentParser]) -> None:
    """The options of this command."""
    made = add("stores", show, "门店排名、两到六家店对比 / the league of stores, and two to six beside each other")
    made.add_argument("book", type=Path, help="账本文件 / the book")
    made.add_argument(
        "--period",
        choices=periods.CHOICES,
        default="month",
        help="哪段时间，默认本月 / which days, this month by default",
    )
    made.add_argument("--first", type=given.day, metavar="2026-10-01", help="从哪一天起 / the first day")
    made.add_argument("--last", type=given.day, metavar="2026-10-31", help="到哪一天 / the last day")
    made.add_argument(
        "--group", metavar="city=杭州",
        help="只排这个区域、城市、城市等级、业态或经营方式的店 / stores of one region, city, format …",
    )  # fmt: skip
    made.add_argument(
        "--store", metavar="S1", action="append", help="只排这家门店，可以写几次 / rank these stores only"
    )
    made.add_argument(
        "--compare", nargs="+", metavar="S1", help="并排比这几家店（编号） / compare these stores (numbers)"
    )
    made.add_argument(
        "--grain", choices=compare.GRAINS, default="day", help="对比按天还是按周 / compare by day or by week"
    )
    made.add_argument(
        "--opening", nargs="?", const="", metavar="S1",
        help="开业曲线和对周边店的影响：一家店，或所有新店 / how one store, or every new one, began and what it took",
    )  # fmt: skip
    made.add_argument("--out", type=Path, metavar="FILE", help="写成 xlsx、csv、pdf 或 json / write it to a file")
    made.add_argument("--json", action="store_true", help="给程序读的 JSON / JSON for programs")


def show(options: argparse.Namespace, console: Console) -> int:
    """Print the league or a comparison, or write it to a file."""
    with Workspace.open(options.book, console.upgrading) as workspace:
        period = _period(workspace, options)
        if (options.group or options.store) and (options.compare or options.opening is not None):
            raise UserError("stores.league_only")
        if options.group and options.store:
            raise UserError("stores.group_and_store")
        if options.opening is not None:
            return opening.tell(workspace, options, console)
        if period is None:
            console.say("cli.stores_none")
            return 0
        if options.compare:
            found = workspace.analytics.compare(period, options.compare, options.grain)
            if options.out is not None:
                rows = workspace.reports.write_stores(found, options.out, console.lang)
            elif options.json:
                console.json(mapping(found))
            else:
                _tell(found, console)
        elif options.out is not None:
            given_stores = {"stores": options.store, "group": options.group}
            days = {"first": period.first, "after": period.after}
            rows = workspace.reports.write("store-league", options.out, console.lang, **days, **given_stores)
        else:
            league = workspace.analytics.league(period, _ranked(workspace, period, options))
            if options.json:
                console.json(league)
            else:
                _tell_league(league, console)
    if options.out is not None:
        console.say("cli.report_written", path=str(options.out), rows=f"{rows:,}")
    return 0


def mapping(found: Comparison) -> dict[str, object]:
    """A comparison as JSON has it."""
    numbers = [row.store_id for row in found.rows]
    return {
        "first": found.period.first,
        "last": found.period.last,
        "grain": found.grain,
        "days_in_no_week": found.cut,
        "stores": [
            {"store_id": row.store_id, "name": row.name, "format": row.format, "city_tier": row.city_tier}
            for row in found.rows
        ],
        "figures": [
            {
                "figure": line.key, "channel": line.channel, "kind": line.kind,
                "values": dict(zip(numbers, line.values, strict=True)),
                "off_first": {number: line.off(place) for place, number in enumerate(numbers) if place},
            }
            for line in found.lines
            if line.kind != "words"
        ],
        "receipts": {
            one.store_id: [
                {"first_day": start, "receipts": value, "indexed": indexed}
                for start, value, indexed in zip(found.starts, one.values, one.indexed, strict=True)
            ]
            for one in found.series
        },
    }  # fmt: skip


def _ranked(workspace: Workspace, period: Period, options: argparse.Namespace) -> tuple[str, ...] | None:
    """The stores that are asked for, nothing for all."""
    if options.group is not None:
        return workspace.analytics.grouped(options.group)
    if options.store is None:
        return None
    there = {one.store_id for one in workspace.analytics.stores(period)}
    if unknown := [one for one in options.store if one not in there]:
        raise UserError("compare.unknown", stores=tuple(unknown))
    return tuple(options.store)


def _period(workspace: Workspace, options: argparse.Namespace) -> Period | None:
    room, span = workspace.analytics, workspace.analytics.span()
    if span is None or (options.first is None and options.last is None):
        return room.period(options.period)
    first, last = options.first or span.first, options.last or span.last
    if last < first or first not in span or last not in span:
        raise UserError("stores.days", first=first, last=last, known_first=span.first, known_last=span.last)
    return room.fair(Period(first, periods.of_one_day(last).after))


def _tell(found: Comparison, console: Console) -> None:
    console.say("cli.stores_compared", first=found.period.first, last=found.period.last)
    heads = [console.word("compare.figure"), found.rows[0].name]
    for row in found.rows[1:]:
        heads += [row.name, console.word("compare.off")]
    body = []
    for line in found.lines:
        cells = [line_name(line, console.lang), cell_text(line, 0, console.lang)]
        for place in range(1, len(found.rows)):
            cells += [cell_text(line, place, console.lang), off_text(line, place, console.lang)]
        body.append(cells)
    console.table(heads, body)
    series = [[start, *(one.values[place] for one in found.series)] for place, start in enumerate(found.starts)]
    console.table([console.word(f"compare.{found.grain}"), *(row.name for row in found.rows)], series)
    if found.cut:
        console.say("cli.stores_cut", days=found.cut)


def line_name(line: Line, lang: str) -> str:
    """What a line of a comparison is called."""
    if line.channel:
        return texts.message("compare.channel", lang, channel=texts.word(f"channel.{line.key}", lang))
    return texts.word(f"compare.{line.key}", lang)


def cell_text(line: Line, place: int, lang: str) -> str:
    """What stands of one store in a line."""
    if line.kind == "words":
        return line.words[place] or texts.word("stores.not_entered", lang)
    return value_text(line, line.values[place])


def value_text(line: Line, value: Decimal | None) -> str:
    """One figure of a line; a dash where it is not known."""
    if value is None:
        return "—"
    if line.kind == "percent":
        return f"{written.rounded(value * 100, 2)}%"
    return f"{value:,.2f}" if line.kind == "money" else f"{value:,.0f}"


def off_text(line: Line, place: int, lang: str) -> str:
    """How far one store lies from the first: as a share, of shares in points."""
    off, ratio = line.off(place), line.ratio(place)
    if off is None:
        return ""
    if line.kind == "percent":
        return texts.message("compare.points", lang, points=f"{written.rounded(off * 100, 2):+,}")
    return written.change(ratio, lang) if ratio is not None else f"{off:+,}"


def _tell_league(league: League, console: Console) -> None:
    console.say("cli.stores_league", first=league.period.first, last=league.period.last)
    if new := [row.name for row in league.rows if league.new(row)]:
        console.say("cli.stores_new", stores=tuple(new), days=MATURE_AFTER_DAYS)
    body = []
    for number, row in enumerate(league.rows, start=1):
        change, walls = row.like_for_like.ratio, row.four_wall
        ranks, margin = league.places(row), walls.margin if walls is not None else None
        lacking = texts.joined((console.word(f"wall.{key}") for key in walls.unknown), console.lang) if walls else ""
        without = (
            texts.message("stores.lacks", console.lang, what=lacking) if lacking else console.word("compare.no_costs")
        )
        body.append(
            [
                number,
                row.name,
                row.receipts if row.known else None,
                row.ticket,
                None if change is None else written.change(change, console.lang),
                None if row.take_rate is None else f"{written.rounded(row.take_rate * 100, 2)}%",
                without if margin is None else f"{written.rounded(margin * 100, 1)}%",
                row.missing_days,
                *(f"{r.place}/{r.of}" if (r := ranks.get(by)) else "—" for by in peers.KINDS),
            ]
        )
    heads = [console.word(f"compare.{key}") for key in _HEADS]
    console.table([*heads, *(console.word(f"peers.by_{by}") for by in peers.KINDS)], body)
