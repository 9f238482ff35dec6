"""``expand-keep``, ``-list``, ``-compare``, ``-link`` and ``-follow``: scenarios kept in the book."""

from __future__ import annotations

import argparse
import json
from collections.abc import Callable, Mapping
from decimal import Decimal
from pathlib import Path
from typing import Any

from chainbrain.commands.console import Console
from chainbrain.commands.scenario_tables import mapping_of, short_figures, tell_checked, tell_compared, tell_followed
from chainbrain.errors import UserError, system_reason
from chainbrain.expansion import fields, kept
from chainbrain.workspace import Workspace


def arguments(add: Callable[..., argparse.ArgumentParser]) -> None:
    """The options of these commands."""
    made = add("expand-keep", keep, "把方案存进账本：起名、改名、删除 / keep a scenario in the book under a name")
    made.add_argument("book", type=Path, help="账本文件 / the book")
    made.add_argument("name", help="方案名称 / the name")
    made.add_argument("scenario", type=Path, nargs="?", help="方案文件，测算后存下 / a scenario file, worked out")
    made.add_argument("--rename", metavar="NEW", help="改成这个名字 / give it this name")
    made.add_argument("--remove", action="store_true", help="删掉 / keep it no longer")

    made = add("expand-list", listed, "存下的方案；--check 重新测算并核对 / scenarios that were kept")
    made.add_argument("book", type=Path, help="账本文件 / the book")
    made.add_argument("--check", action="store_true", help="按当时的数据重新测算，逐个数字核对 / work them out again")
    made.add_argument("--json", action="store_true", help="给程序读的 JSON / JSON for programs")

    made = add("expand-compare", compare, "二到四个方案并排比较 / two to four kept scenarios side by side")
    made.add_argument("book", type=Path, help="账本文件 / the book")
    made.add_argument("names", nargs="+", metavar="NAME", help="方案名称 / the names")
    made.add_argument("--out", type=Path, metavar="FILE", help="写成 xlsx、csv、pdf 或 json / write it to a file")
    made.add_argument("--json", action="store_true", help="给程序读的 JSON / JSON for programs")

    made = add("expand-link", link, "方案开成了哪家门店，哪个月开业 / which store came of a scenario")
    made.add_argument("book", type=Path, help="账本文件 / the book")
    made.add_argument("name", help="方案名称 / the name of the scenario")
    made.add_argument("--store", metavar="NUMBER", help="门店编号；不写就取消 / the store; without it the link goes")
    made.add_argument("--opened", metavar="2027-01", help="开业月份 / the month it opened in")
    made.add_argument("--candidate", metavar="NAME", default="", help="一批店里的哪一家 / which one of a programme")

    made = add("expand-follow", follow, "开业后逐月对照：当时的计划和实际 / the plan beside what came, by month")
    made.add_argument("book", type=Path, help="账本文件 / the book")
    made.add_argument("name", help="方案名称 / the name of the scenario")
    made.add_argument("--candidate", metavar="NAME", default="", help="一批店里的哪一家 / which one of a programme")
    made.add_argument("--out", type=Path, metavar="FILE", help="写成 xlsx、csv、pdf 或 json / write it to a file")
    made.add_argument("--json", action="store_true", help="给程序读的 JSON / JSON for programs")


def content_of(path: Path) -> Mapping[str, Any]:
    """A scenario file.

    Raises:
        UserError: ``scenario.missing`` or ``scenario.not_json``.
    """
    try:
        content = json.loads(path.read_text(encoding="utf-8-sig"), parse_float=Decimal)
    except OSError as cause:
        raise UserError("scenario.missing", path=str(path), reason=system_reason(cause)) from cause
    except ValueError as cause:
        raise UserError("scenario.not_json", path=str(path), reason=str(cause)) from cause
    return fields.mapping("scenario", content)


def keep(options: argparse.Namespace, console: Console) -> int:
    """Keep, rename or remove a scenario."""
    if sum((options.scenario is not None, options.rename is not None, options.remove)) != 1:
        raise UserError("scenario.keep_what")
    with Workspace.open(options.book, console.upgrading) as workspace:
        desk = workspace.scenario_desk
        if options.remove:
            desk.remove(options.name)
            console.say("cli.scenario_removed", name=options.name)
        elif options.rename is not None:
            desk.rename(options.name, options.rename)
            console.say("cli.scenario_renamed", name=options.name, new=options.rename)
        else:
            worked = workspace.expansion.work_out(content_of(options.scenario), report=console.report)
            desk.keep(options.name, worked)
            console.say("cli.scenario_kept", name=options.name, seed=worked.seed)
    return 0


def listed(options: argparse.Namespace, console: Console) -> int:
    """Print the kept scenarios; with ``--check`` each is worked out again, and 3 is returned when one differs."""
    with Workspace.open(options.book, console.upgrading) as workspace:
        found = workspace.expansion.kept()
        linked = {one.scenario_id: one for one in workspace.expansion.links()}
    checked = {one.scenario_id: kept.again(one, console.report) for one in found} if options.check else {}
    if options.json:
        console.json({"scenarios": [mapping_of(one, checked.get(one.scenario_id)) for one in found]})
    elif not found:
        console.say("cli.scenario_none")
    else:
        heads = ("scenario_name", "scenario_kind", "scenario_at", "scenario_version", "scenario_figures", "store")
        rows = [
            [
                one.name, console.word(f"expansion.kept_kind.{one.kind.value}"), f"{one.at:%Y-%m-%d %H:%M}",
                one.version, short_figures(one, console.lang),
                linked[one.scenario_id].store if one.scenario_id in linked else "",
            ]
            for one in found
        ]  # fmt: skip
        console.table([console.word(f"column.{key}") for key in heads], rows)
        for one in checked.values():
            tell_checked(one, console)
    return 0 if all(one.same for one in checked.values()) else 3


def compare(options: argparse.Namespace, console: Console) -> int:
    """Print scenarios side by side, or write them as a report."""
    with Workspace.open(options.book, console.upgrading) as workspace:
        found = workspace.expansion.compare(options.names)
        if options.out is not None:
            rows = workspace.reports.write_scenarios(found, options.out, console.lang)
            console.say("cli.report_written", path=str(options.out), rows=f"{rows:,}")
            return 0
    if options.json:
        console.json(
            {
                "scenarios": [one.name for one in found.scenarios],
                "inputs": [{"input": ".".join(one.path), "values": one.values} for one in found.inputs],
                "figures": [{"figure": ".".join(one.path), "values": one.values} for one in found.figures],
                "cash": found.cash,
            }
        )
    else:
        tell_compared(found, console)
    return 0


def link(options: argparse.Namespace, console: Console) -> int:
    """Say which store came of a scenario, or that none did."""
    with Workspace.open(options.book, console.upgrading) as workspace:
        if options.store is None:
            workspace.scenario_desk.unlink(options.name, options.candidate)
            console.say("cli.scenario_unlinked", name=options.name)
            return 0
        if options.opened is None:
            raise UserError("scenario.opened_when")
        opened = fields.month("opened", options.opened)
        workspace.scenario_desk.link(options.name, options.store, opened, options.candidate)
    console.say("cli.scenario_linked", name=options.name, store=options.store, month=f"{opened:%Y-%m}")
    return 0


def follow(options: argparse.Namespace, console: Console) -> int:
    """Print the plan of a scenario beside what came of its store, or write it as a report."""
    with Workspace.open(options.book, console.upgrading) as workspace:
        found = workspace.expansion.follow(options.name, options.candidate)
        if options.out is not None:
            rows = workspace.reports.write_followed(found, options.out, console.lang)
            console.say("cli.report_written", path=str(options.out), rows=f"{rows:,}")
            return 0
    if options.json:
        verdict = {"code": found.verdict.code, **found.verdict.facts}
        console.json(
            {
                "link": found.link, "known_to": found.known_to, "verdict": verdict, "months": found.months,
                "cash_aside": found.aside, "took": found.effect and found.effect.share,
            }
        )  # fmt: skip
    else:
        tell_followed(found, console)
    return 0
