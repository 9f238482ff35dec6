"""``places`` and ``place``: what belongs to no store yet, and a person's word on it from a table."""

from __future__ import annotations

import argparse
import csv
from collections.abc import Callable, Mapping
from datetime import date
from pathlib import Path
from typing import Final

from chainbrain import texts
from chainbrain.commands.console import Console
from chainbrain.errors import UserError, Word, system_reason
from chainbrain.importers.words import CHANNELS, channel_of
from chainbrain.intake.likely_stores import Likely
from chainbrain.intake.placed_files import EVERY_FILE, label
from chainbrain.intake.places import Place, Placement
from chainbrain.workspace import Workspace

_EVERY_FILE: Final = {EVERY_FILE, "全部", "所有", "all", "every"}
# The columns of the table in both languages; the last five are filled in by a person, who may write "*" for a file.
COLUMNS: Final = {
    "channel": "渠道", "merchant_no": "商户号", "terminal_no": "终端号", "store_hint": "账单门店名",
    "code": "收银门店编号", "file": "文件", "likely": "建议", "store_code": "门店编号", "name": "门店名称",
    "city": "城市", "valid_from": "生效日期", "valid_to": "失效日期",
}  # fmt: skip


def arguments(add: Callable[..., argparse.ArgumentParser]) -> None:
    """The options of these commands."""
    made = add("places", show, "哪些门店、终端、商户号、文件还没归位 / what belongs to no store yet")
    made.add_argument("book", type=Path, help="账本文件 / the book")
    made.add_argument("--out", type=Path, help="写成一张表，填好后交给 place / a table to fill in for place")
    made.add_argument("--json", action="store_true", help="给程序读的 JSON / JSON for programs")

    made = add("place", place, "按表归位 / say where they belong, from a table")
    made.add_argument("book", type=Path, help="账本文件 / the book")
    made.add_argument("table", type=Path, help="填好的归位表 / the table, filled in")


def show(options: argparse.Namespace, console: Console) -> int:
    """Print the work list with its suggestions, or write it as a table to fill in."""
    with Workspace.open(options.book, console.upgrading) as workspace:
        waiting = workspace.places.waiting()
    if options.json:
        console.json({"places": waiting})
    elif options.out is not None:
        _write(options.out, waiting, console)
        console.say("cli.places_written", path=str(options.out), count=len(waiting))
    elif not waiting:
        console.say("cli.places_none")
    else:
        keys = ("what", "channel", "number", "count", "first", "last", "amount", "likely")
        console.table([console.word(f"column.{key}") for key in keys], [_line(place, console) for place in waiting])
    return 0


def place(options: argparse.Namespace, console: Console) -> int:
    """Write the words of a table; rows without a store are left for later."""
    placements = _read(options.table)
    if not placements:
        raise UserError("place.nothing", path=str(options.table))
    with Workspace.open(options.book, console.upgrading) as workspace:
        workspace.place(placements, console.report)
    always = [one for one in placements if one.valid_from is None]
    if always:
        console.say("cli.placed", count=len(always))
    for one in placements:
        if one.valid_from is not None:
            console.say("cli.placed_from", day=one.valid_from, store=one.store_code)
    return 0


def _line(place: Place, console: Console) -> list[object]:
    return [
        console.word(f"place.{place.asks_about}"),
        console.word(f"channel.{place.channel}") if place.channel else "",
        place.printed,
        place.rows,
        place.first_day or "",
        place.last_day or "",
        place.amount,
        "; ".join(_reason(one, console.lang) for one in place.likely),
    ]


def _reason(likely: Likely, lang: str) -> str:
    return texts.message(
        f"place.likely_{likely.reason}", lang, store=likely.store_id, votes=f"{likely.votes:,}", of=f"{likely.of:,}"
    )


def _write(path: Path, waiting: tuple[Place, ...], console: Console) -> None:
    header = [COLUMNS[key] if console.lang == "zh" else key for key in COLUMNS]
    with path.open("w", encoding="utf-8-sig", newline="") as stream:
        table = csv.writer(stream)
        table.writerow(header)
        for one in waiting:
            likely = "; ".join(_reason(reason, console.lang) for reason in one.likely)
            channel = console.word(f"channel.{one.channel}") if one.channel and console.lang == "zh" else one.channel
            printed = (channel, one.merchant_no, one.terminal_no, one.store_hint, one.code)
            file = label(one.file_name or "", one.file) if one.file else ""
            # A tab keeps a spreadsheet from rounding long numbers; it is taken off again when the table comes back.
            cells = [f"{cell}\t" if cell and cell.isdigit() else cell or "" for cell in printed]
            table.writerow([*cells, file, likely, *[""] * 5])


def _read(path: Path) -> list[Placement]:
    try:
        with path.open(encoding="utf-8-sig", newline="") as stream:
            rows = list(csv.DictReader(stream))
    except OSError as cause:
        raise UserError("place.unreadable", path=str(path), reason=system_reason(cause)) from cause
    except (UnicodeDecodeError, csv.Error) as cause:
        raise UserError("place.unreadable", path=str(path), reason=Word("system.not_utf8_csv")) from cause
    found = []
    for number, row in enumerate(rows, 2):
        cells = {key: (row.get(key) or row.get(name) or "").strip() for key, name in COLUMNS.items()}
        if cells["store_code"]:
            found.append(_placement(cells, path, number))
    return found


def _placement(cells: Mapping[str, str], path: Path, line: int) -> Placement:
    texts_of = {
        key: cells[key] or None
        for key in ("channel", "merchant_no", "terminal_no", "store_hint", "code", "file", "name", "city")
    }
    if cells["file"].casefold() in _EVERY_FILE:
        texts_of["file"] = EVERY_FILE
    texts_of["channel"] = channel_said(cells["channel"]) if cells["channel"] else None
    return Placement(
        cells["store_code"],
        **texts_of,
        valid_from=_day(cells["valid_from"], path, line),
        valid_to=_day(cells["valid_to"], path, line),
    )


def channel_said(said: str) -> str:
    """The code of a channel that is said as a code, by its name in either language, or as tills word it."""
    names = {texts.word(f"channel.{code}", lang).casefold(): code for code in CHANNELS for lang in texts.LANGUAGES}
    # What is no channel stays as it is, and is refused under its own name.
    return names.get(said.casefold()) or channel_of(said) or said


def _day(text: str, path: Path, line: int) -> date | None:
    if not text:
        return None
    try:
        return date.fromisoformat(text.replace("/", "-"))
    except ValueError as cause:
        raise UserError("place.day", path=str(path), line=line, value=text) from cause
