"""``report`` and ``expand``: tables to hand on, and the simulation of a new store."""

from __future__ import annotations

import argparse
from collections.abc import Callable, Mapping
from pathlib import Path

from chainbrain.commands.console import Console
from chainbrain.commands.scenarios import content_of
from chainbrain.errors import UserError
from chainbrain.expansion.own_stores import StoreTemplate
from chainbrain.expansion.programme import Answer, sentence
from chainbrain.expansion.programme.offers import offers, per_year
from chainbrain.expansion.result import ScenarioResult
from chainbrain.expansion.store_case import StoreCase
from chainbrain.money import from_fen
from chainbrain.reports.board_pack import NAME as BOARD
from chainbrain.reports.room import ReportRoom
from chainbrain.texts import message
from chainbrain.workspace import Workspace


def arguments(add: Callable[..., argparse.ArgumentParser]) -> None:
    """The options of these commands."""
    made = add("report", report, "出报表 / write a report")
    made.add_argument("book", type=Path, nargs="?", help="账本文件 / the book")
    made.add_argument("name", nargs="?", help="报表名称 / the name of the report")
    made.add_argument("--out", type=Path, help="写成 xlsx、pdf、csv 或 json / write as xlsx, pdf, csv or json")
    made.add_argument("--channel", metavar="NAME", help="只要这个渠道，如 wechat / one channel")
    made.add_argument("--merchant", metavar="NUMBER", help="只要这个商户号 / one merchant number")
    made.add_argument("--store", metavar="NUMBER", action="append", help="只要这家门店，可以写几次 / these stores")
    made.add_argument(
        "--group", metavar="city=杭州",
        help="只要这个区域、城市、城市等级、业态或经营方式的店 / stores of one region, city, format …",
    )  # fmt: skip
    made.add_argument("--month", metavar="YYYY-MM", help="只要这个月 / one month")
    made.add_argument("--week", metavar="DAY", help="只要这一天所在的一周 / the week of this day")
    made.add_argument("--scenario", metavar="NAME", help="董事会材料用哪个方案或文件 / a kept scenario, or a file")
    made.add_argument("--step", metavar="KIND", help="操作记录只要这一类，如 decide / one kind of step of the history")
    made.add_argument("--list", action="store_true", help="列出全部报表名称 / list the names of all reports")

    made = add("expand", expand, "测算一家新店或一批店 / simulate a new store, or a programme of several")
    made.add_argument("book", type=Path, help="账本文件 / the book")
    made.add_argument("scenario", type=Path, help="方案文件（JSON）/ the scenario, a JSON file")
    made.add_argument("--out", type=Path, help="一批店写成 xlsx、pdf、csv 或 json / write a programme to a file")
    made.add_argument("--json", action="store_true", help="给程序读的 JSON / JSON for programs")


def report(options: argparse.Namespace, console: Console) -> int:
    """Write one report, or list their names."""
    if options.list:
        console.table(
            [console.word(f"column.{key}") for key in ("name", "what", "report_options")],
            [[name, console.word(f"report.{name}"), ReportRoom.options(name)] for name in ReportRoom.catalogue()],
        )
        return 0
    if options.book is None or options.name is None or options.out is None:
        raise UserError("report.arguments")
    filters = {key: getattr(options, key) for key in ("channel", "merchant", "month", "week", "group", "step")}
    filters["stores"] = options.store
    if options.scenario is not None and options.name != BOARD:
        raise UserError("report.no_scenario", name=options.name)
    with Workspace.open(options.book, console.upgrading) as workspace:
        if options.scenario is not None and Path(options.scenario).suffix == ".json":
            worked = workspace.expansion.work_out(content_of(Path(options.scenario)), report=console.report)
            named = str(worked.given.get("name") or Path(options.scenario).stem)
            rows = workspace.reports.write_board(named, worked, options.out, console.lang)
        else:
            if options.name == BOARD and options.scenario is None and not workspace.expansion.kept():
                # Written all the same it would be a pack without a single figure.
                raise UserError("scenario.none_kept")
            filters["scenario"] = options.scenario
            rows = workspace.reports.write(options.name, options.out, console.lang, **filters)
    console.say("cli.report_written", path=str(options.out), rows=f"{rows:,}")
    return 0


def expand(options: argparse.Namespace, console: Console) -> int:
    """Simulate one new store, or a programme of several, from a scenario file."""
    content = content_of(options.scenario)
    with Workspace.open(options.book, console.upgrading) as workspace:
        template = workspace.expansion.template()
        if "programme" in content:
            return _programme(workspace, content, template, options, console)
        result = workspace.expansion.run(workspace.expansion.parse(content, template), template, console.report)
    if options.json:
        console.json(result.to_mapping())
    else:
        _tell(result, console)
    return 0


def _programme(
    workspace: Workspace,
    content: Mapping[str, object],
    template: StoreTemplate,
    options: argparse.Namespace,
    console: Console,
) -> int:
    programme = workspace.expansion.parse_programme(content, template)
    answer = workspace.expansion.run_programme(programme, template, console.report)
    if options.out is not None:
        rows = workspace.reports.write_programme(answer, options.out, console.lang)
        console.say("cli.report_written", path=str(options.out), rows=f"{rows:,}")
        return 0
    if options.json:
        console.json(answer.to_mapping())
    else:
        _tell_programme(answer, console)
    return 0


def _tell_programme(answer: Answer, console: Console) -> None:
    """Print what can be afforded, the plan, what is left and the chain's cash."""
    for note in (sentence.verdict(answer), *((sentence.proof(answer),) if answer.plan is not None else ())):
        console.say(note.code, **note.facts)
    print()
    late = any(one.doors != one.month for one in answer.entries)
    console.table(
        [
            console.word(f"expansion.plan.{name}" if name != "name" else "column.name")
            for name in ("month", *(("doors",) if late else ()), "what", "name", "region", "value", "invested")
        ],
        [
            [
                f"{one.month:%Y-%m}", *((f"{one.doors:%Y-%m}",) if late else ()),
                console.word(f"expansion.project.{one.kind.value}"), one.name, one.region,
                from_fen(one.value), from_fen(one.invested),
            ]
            for one in sorted(answer.entries, key=lambda one: (one.month, one.name))
        ],
    )  # fmt: skip
    for standing in answer.candidates:
        if standing.pool is not None:
            print(f"{standing.name}: {message(standing.pool.code, console.lang, **standing.pool.facts)}")
    if answer.left:
        print()
        rows = [(one, sentence.reason(answer, one)) for one in answer.left]
        console.table(
            [console.word("column.name"), console.word("expansion.plan.value"), console.word("expansion.plan.why")],
            [
                [
                    one.name,
                    "" if one.value is None else from_fen(one.value),
                    message(note.code, console.lang, **note.facts),
                ]
                for one, note in rows
            ],
        )
    credit = offers(answer.programme)
    if credit:
        print()
        console.table(
            [
                console.word(f"expansion.offer.{name}" if name != "name" else "column.name")
                for name in ("name", "received", "costs", "simple", "compound")
            ],
            [
                [one.name, one.received, one.costs, per_year(one.rate.nominal), per_year(one.rate.effective)]
                for one in credit
            ],
        )
    print()
    console.table(
        [console.word("expansion.plan.month"), "P10", "P50", "P90"],
        [[f"{one.month:%Y-%m}", *(from_fen(value) for value in (one.p10, one.p50, one.p90))] for one in answer.months],
    )


def _rate(base: StoreCase, console: Console) -> str:
    """The rate of return, or why there is none."""
    try:
        return f"{base.rate_of_return().effective * 100:.2f}%"
    except UserError as refused:
        return message(refused.code, console.lang, **refused.facts)


def _without_loans(result: ScenarioResult, console: Console) -> list[list[object]]:
    if not result.scenario.financing:
        return []
    return [[console.word("expansion.npv_without_loans"), result.base.npv_without_loans]]


def _tell(result: ScenarioResult, console: Console) -> None:
    """Print the verdict, the base case and the ranges."""
    base, simulation = result.base, result.simulation
    print(console.word(f"expansion.verdict.{result.verdict.value}"))
    console.table(
        [console.word("column.figure"), console.word("column.amount")],
        [
            [console.word("expansion.month_1"), base.months[1].cash],
            [console.word("expansion.break_even"), base.break_even_sales],
            [console.word("expansion.trough"), base.trough],
            [console.word("expansion.payback"), base.payback_month or console.word("expansion.never")],
            [console.word("expansion.npv"), base.npv],
            *_without_loans(result, console),
            [console.word("expansion.irr"), _rate(base, console)],
        ],
    )
    print()
    payback = simulation.payback
    console.table(
        [console.word("column.figure"), "P10", "P50", "P90"],
        [
            [console.word("expansion.npv"), simulation.npv.p10, simulation.npv.p50, simulation.npv.p90],
            [
                console.word("expansion.payback"),
                *(month or console.word("expansion.never") for month in (payback.p10, payback.p50, payback.p90)),
            ],
        ],
    )
    last = simulation.convergence[-1]
    settled = [
        [console.word("expansion.mean_error"), f"{last.npv_mean:,.2f} ± {last.mean_error:,.2f}"],
        [console.word("expansion.half_changes"), f"{simulation.half_changes * 100:.2f}%"],
    ]
    if simulation.below_floor is not None:
        settled.append([console.word("expansion.below_floor"), f"{simulation.below_floor * 100:.2f}%"])
    print()
    console.table([console.word("column.figure"), console.word("column.amount")], settled)
    for note in result.notes:
        console.say(note.code, **note.facts)
