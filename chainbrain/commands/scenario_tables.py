"""Kept scenarios in the terminal: one, several side by side, and the plan beside what came."""

from __future__ import annotations

from typing import Final

from chainbrain import texts
from chainbrain.commands.console import Console
from chainbrain.expansion import input_words
from chainbrain.expansion.comparing import Compared, figures_of
from chainbrain.expansion.following import Followed
from chainbrain.expansion.kept import Again, Kept, Kind
from chainbrain.money import half_up

_TOLD: Final = {Kind.ONE: ("npv_p50", "payback_p50", "trough_p50"), Kind.PROGRAMME: ("openings", "value")}
_MOST_TOLD: Final = 10


def mapping_of(one: Kept, checked: Again | None) -> dict[str, object]:
    """A kept scenario for programs."""
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


def short_figures(one: Kept, lang: str) -> str:
    """Its main figures in a row."""
    lines = {line.path[0]: line for line in figures_of(one.kind, one.figures)}
    return texts.joined(
        [f"{input_words.title((key,), lang)} {input_words.value(lines[key], 0, lang)}" for key in _TOLD[one.kind]], lang
    )


def tell_checked(one: Again, console: Console) -> None:
    """Say whether a scenario comes out as it did, and what moved."""
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


def tell_compared(found: Compared, console: Console) -> None:
    """Print what was put in and what came out, side by side."""
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


def tell_followed(found: Followed, console: Console) -> None:
    """Print the verdict and the months that came."""
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
