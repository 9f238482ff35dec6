"""``unusual`` and ``unusual-note``: stores that sold far more or less than expected, and what is known of it."""

from __future__ import annotations

import argparse
from collections.abc import Callable
from pathlib import Path
from typing import Final

from chainbrain.analytics import unusual
from chainbrain.analytics.anomalies import Anomaly
from chainbrain.analytics.unusual import UnusualWord
from chainbrain.cash import drafts
from chainbrain.commands.console import Console
from chainbrain.workspace import Workspace

_FOUND: Final = ("store", "day", "unusual_actual", "unusual_expected", "unusual_off", "unusual_z", "unusual_word")
_WORD: Final = ("store", "day", "unusual_kind", "unusual_until", "note", "unusual_at", "unusual_who")


def arguments(add: Callable[..., argparse.ArgumentParser]) -> None:
    """The options of these commands."""
    made = add(
        "unusual", show, "卖得明显偏多或偏少的门店，和已经写的说明 / stores far off what was expected, and words on it"
    )
    made.add_argument("book", type=Path, help="账本文件 / the book")
    made.add_argument(
        "--day", metavar="2026-11-25", help="看哪一天，默认最后一个营业日 / by default the last day with sales"
    )
    made.add_argument("--json", action="store_true", help="给程序读的 JSON / JSON for programs")

    made = add("unusual-note", note, "给异常的一天写说明，或一段时间不提醒 / explain an unusual day, or ask for quiet")
    made.add_argument("book", type=Path, help="账本文件 / the book")
    made.add_argument("store", metavar="STORE", help="门店编号 / the store's number")
    made.add_argument("day", metavar="2026-11-25", help="哪一天；不提醒时从哪天起 / the day, or the first quiet one")
    made.add_argument("--note", default="", metavar="TEXT", help="为什么 / why")
    made.add_argument(
        "--until", metavar="2026-12-31", help="到哪天为止都不提醒，要写为什么 / no alarms until then; say why"
    )
    made.add_argument("--again", action="store_true", help="恢复提醒 / let the alarms stand again")


def show(options: argparse.Namespace, console: Console) -> int:
    """Print the unusual stores of one day, and every word that stands."""
    with Workspace.open(options.book, console.upgrading) as workspace:
        span = workspace.analytics.span()
        day = drafts.day_of(options.day) if options.day else span.last if span else None
        found = workspace.analytics.anomalies(day) if day is not None else ()
        words = workspace.analytics.unusual_words()
    if options.json:
        said = [{"alarm": one, "word": unusual.covering(words, one)} for one in found]
        console.json({"day": day, "unusual": said, "words": words})
        return 0
    if day is None:
        console.say("cli.unusual_no_sales")
    elif not found:
        console.say("cli.unusual_none", day=day)
    else:
        console.table([console.word(f"column.{key}") for key in _FOUND], [_line(one, words, console) for one in found])
    if words:
        console.say("cli.unusual_words", count=len(words))
        console.table([console.word(f"column.{key}") for key in _WORD], [_said(word, console) for word in words])
    return 0


def note(options: argparse.Namespace, console: Console) -> int:
    """Explain a day, leave a store in peace for a while, or take that back."""
    day = drafts.day_of(options.day)
    until = drafts.day_of(options.until) if options.until else None
    with Workspace.open(options.book, console.upgrading) as workspace:
        if options.again:
            workspace.unusual_desk.take_back(options.store, day)
        else:
            workspace.unusual_desk.say(options.store, day, options.note, until)
    code = "again" if options.again else "known" if until is None else "quiet"
    console.say(f"cli.unusual_{code}", store=options.store, day=day, until=until)
    return 0


def _line(one: Anomaly, words: tuple[UnusualWord, ...], console: Console) -> list[object]:
    word = unusual.covering(words, one)
    said = "" if word is None else word.note or console.word(f"unusual_kind.{word.kind}")
    return [f"{one.name} {one.store_id}", one.day, one.actual, one.expected, one.off, one.z, said]


def _said(word: UnusualWord, console: Console) -> list[object]:
    kind = console.word(f"unusual_kind.{word.kind}")
    return [f"{word.name} {word.store_id}", word.day, kind, word.until, word.note, word.at, word.who]
