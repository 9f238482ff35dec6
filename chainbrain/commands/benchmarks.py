"""``benchmarks``: a store's figures beside what sources say of the industry, or all that is known of it."""

from __future__ import annotations

import argparse
from collections.abc import Callable
from pathlib import Path
from typing import Final

from chainbrain import benchmark_words
from chainbrain.analytics import benchmarks, periods
from chainbrain.analytics.benchmarks import Benchmark, Compared
from chainbrain.commands.console import Console
from chainbrain.errors import UserError
from chainbrain.workspace import Workspace

_KNOWN: Final = ("metric", "benchmark", "of_whom", "said_by")
_BESIDE: Final = ("metric", "own_figure", "benchmark", "stands", "of_whom", "said_by")


def arguments(add: Callable[..., argparse.ArgumentParser]) -> None:
    """The options of this command."""
    made = add("benchmarks", show, "行业数据，和门店自己的数字并排 / figures of the industry beside a store's own")
    made.add_argument("book", type=Path, help="账本文件 / the book")
    made.add_argument("--store", metavar="S1", help="和哪家店比，默认只列行业数据 / beside which store")
    made.add_argument("--period", choices=periods.CHOICES, default="last_28", help="哪段时间 / which days of the store")
    made.add_argument("--out", type=Path, help="写成 xlsx、csv、pdf 或 json / write a file")
    made.add_argument("--json", action="store_true", help="给程序读的 JSON / JSON for programs")


def show(options: argparse.Namespace, console: Console) -> int:
    """Print the figures of the industry, or each figure of a store beside them."""
    with Workspace.open(options.book, console.upgrading) as workspace:
        if options.out is not None:
            return _write(workspace, options, console)
        known = workspace.analytics.benchmarks()
        period = workspace.analytics.period(options.period) if options.store else None
        found: tuple[Compared, ...] | None = None
        if options.store:
            rows = workspace.analytics.league(period, (options.store,)).rows if period is not None else ()
            if not rows:
                raise UserError("benchmarks.no_store", store=options.store)
            found = benchmarks.compared(rows[0], known)
    if options.json:
        days = {"first": period.first, "last": period.last} if period is not None else {}
        beside = {"store": options.store, **days, "compared": found}
        console.json(beside if found is not None else {"benchmarks": known})
    elif found is not None and period is not None:
        console.say("cli.benchmarks_days", store=options.store, first=period.first, last=period.last)
        lines = [line for one in found for line in _beside(one, console)]
        console.table([console.word(f"column.{key}") for key in _BESIDE], lines)
    elif not known:
        console.say("cli.benchmarks_none")
    else:
        console.table([console.word(f"column.{key}") for key in _KNOWN], [_line(one, console) for one in known])
    return 0


def _write(workspace: Workspace, options: argparse.Namespace, console: Console) -> int:
    """The report: every store's figures, or those of one, beside the industry's."""
    chosen = {"store": options.store, "period": options.period}
    rows = workspace.reports.write("industry", options.out, console.lang, **chosen)
    console.say("cli.report_written", path=str(options.out), rows=f"{rows:,}")
    return 0


def _line(one: Benchmark, console: Console) -> list[object]:
    return [
        console.word(f"benchmark.{one.metric}"),
        benchmark_words.spread(one, console.lang),
        benchmark_words.of_whom(one),
        benchmark_words.source(one),
    ]


def _beside(one: Compared, console: Console) -> list[list[object]]:
    head: list[object] = [console.word(f"benchmark.{one.own.metric}"), benchmark_words.own(one.own, console.lang)]
    if not one.benchmarks:
        return [[*head, console.word("benchmark.none"), "", "", ""]]
    value = one.own.value
    return [
        [
            *head,
            benchmark_words.spread(known, console.lang),
            "" if value is None else console.word(f"benchmark_at.{benchmarks.position(value, known)}"),
            benchmark_words.of_whom(known),
            benchmark_words.source(known),
        ]
        for known in one.benchmarks
    ]
