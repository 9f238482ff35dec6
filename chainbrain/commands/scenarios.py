"""``expand-keep``, ``-list``, ``-compare``, ``-link`` and ``-follow``: scenarios kept in the book."""

from __future__ import annotations

import argparse
import json
from collections.abc import Callable, Mapping
from decimal import Decimal
from pathlib import Path
from typing import Any, Final

from chainbrain import texts
from chainbrain.commands.console import Console
from chainbrain.errors import UserError, system_reason
from chainbrain.expansion import fields, input_words, kept
from chainbrain.expansion.comparing import Compared, figures_of
from chainbrain.expansion.following import Followed
from chainbrain.expansion.kept import Again, Kept, Kind
from chainbrain.money import half_up
from chainbrain.workspace import Workspace

_TOLD: Final = {Kind.ONE: ("npv_p50", "payback_p50", "trough_p50"), Kind.PROGRAMME: ("openings", "value")}
_MOST_TOLD: Final = 10


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
    with Workspace.open(options.book) as workspace:
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
    with Workspace.open(options.book) as workspace:
        found = workspace.expansion.kept()
        linked = {one.scenario_id: one for one in workspace.expansion.links()}
    checked = {one.scenario_id: kept.again(one, console.report) for one in found} if options.check else {}
    if options.json:
        console.json({"scenarios": [_mapping(one, checked.get(one.scenario_id)) for one in found]})
    elif not found:
        console.say("cli.scenario_none")
    else:
        heads = ("scenario_name", "scenario_kind", "scenario_at", "scenario_version", "scenario_figures", "store")
        rows = [
            [
                one.name, console.word(f"expansion.kept_kind.{one.kind.value}"), f"{one.at:%Y-%m-%d %H:%M}",
                one.version, _short(one, console.lang),
                linked[one.scenario_id].store if one.scenario_id in linked else "",
            ]
            for one in found
        ]  # fmt: skip
        console.table([console.word(f"column.{key}") for key in heads], rows)
        for one in checked.values():
            _tell_checked(one, console)
    return 0 if all(one.same for one in checked.values()) else 3


def compare(options: argparse.Namespace, console: Console) -> int:
    """Print scenarios side by side, or write them as a report."""
    with Workspace.open(options.book) as workspace:
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
        _tell_compared(found, console)
    return 0


def link(options: argparse.Namespace, console: Console) -> int:
    """Say which store came of a scenario, or that none did."""
    with Workspace.open(options.book) as workspace:
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
    with Workspace.open(options.book) as workspace:
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
        _tell_followed(found, console)
    return 0


def _mapping(one: Kept, checked: Again | None) -> dict[str, object]:
    figures = {".".join(line.path): line.values[0] for line in figures_of(one.kind, one.figures)}
    said: dict[str, object] = {
        "name": one.name, "kind": one.kind.value, "kept_at": one.at, "seed": one.seed, "version": one.version,
        "given": one.given, "figures": figures,
    }  # fmt: skip
    if checked is not None:
        said |= {"same": checked.same, "moved": checked.moved, "worked_out_by": checked.version}
        if checked.refused is not None:
            said["refused"] = {"code": checked.refused[0], **checked.refused[1]}
    return said


def _short(one: Kept, lang: str) -> str:
    """Its main figures in a row."""
    lines = {line.path[0]: line for line in figures_of(one.kind, one.figures)}
    return texts.joined(
        [f"{input_words.title((key,), lang)} {input_words.value(lines[key], 0, lang)}" for key in _TOLD[one.kind]], lang
    )


def _tell_checked(one: Again, console: Console) -> None:
    facts = {"name": one.kept.name, "then": one.kept.version, "now": one.version}
    if one.refused is not None:
        code, said = one.refused
        console.say("cli.scenario_refused", **facts, why=texts.message(code, console.lang, **said))
    elif one.same:
        console.say("cli.scenario_same", **facts)
    else:
        newer = "cli.scenario_moved_newer" if one.version != one.kept.version else "cli.scenario_moved"
        console.say(newer, **facts, count=len(one.moved))
        for moved in one.moved[:_MOST_TOLD]:
            print(f"  {moved.path}: {moved.then} → {moved.now}")


def _tell_compared(found: Compared, console: Console) -> None:
    names = [one.name for one in found.scenarios]
    for key, lines in (("scenario_input", found.inputs), ("figure", found.figures)):
        if key == "scenario_input" and not lines:
            console.say("cli.scenario_same_inputs")
            continue
        rows = [
            [
                ("* " if line.differs else "  ") + input_words.title(line.path, console.lang),
                *(input_words.value(line, number, console.lang) for number in range(len(names))),
            ]
            for line in lines
        ]
        console.table([console.word(f"column.{key}"), *names], rows)
        print()


def _tell_followed(found: Followed, console: Console) -> None:
    for note in (found.verdict, *found.notes):
        console.say(note.code, **note.facts)
    heads = (
        "programme_month", "sales_p10", "sales_p50", "sales_p90", "sales_came", "follow_place", "follow_fees",
        "follow_rent", "follow_labour", "follow_cash_p50", "follow_contribution", "follow_lacking",
    )  # fmt: skip
    rows = []
    for one in found.months:
        came = one.came
        if came is None:
            continue
        place = "partial" if one.partial else one.place or "unknown"
        rows.append(
            [
                f"{one.month:%Y-%m}", one.sales.p10, one.sales.p50, one.sales.p90,
                came.sales if came.sales is not None else f"{came.days}/{came.of}",
                console.word(f"follow_place.{place}"),
                *(None if value is None else half_up(value) for value in (came.fees, came.rent, came.labour)),
                one.cash.p50, came.contribution,
                texts.joined([console.word(f"follow_lacking.{each}") for each in came.lacking], console.lang),
            ]
        )  # fmt: skip
    if rows:
        console.table([console.word(f"report_column.{key}") for key in heads], rows)
