"""``formats``: which files can be imported, and where each of them is found."""

from __future__ import annotations

import argparse
from collections.abc import Callable

from chainbrain import format_help
from chainbrain.commands.console import Console
from chainbrain.errors import UserError
from chainbrain.format_help import Format


def arguments(add: Callable[..., argparse.ArgumentParser]) -> None:
    """The options of these commands."""
    made = add("formats", show_formats, "能导入哪些文件、在哪里下载 / which files can be imported, and where they are")
    made.add_argument("format", nargs="?", help="只说这一种 / tell about this one")
    made.add_argument("--json", action="store_true", help="给程序读的 JSON / JSON for programs")


def show_formats(options: argparse.Namespace, console: Console) -> int:
    """List all formats, or tell about one.

    Raises:
        UserError: ``formats.unknown`` when there is no format of this name.
    """
    if options.format is None:
        _list(console, as_json=options.json)
        return 0
    entry = format_help.format_of(options.format)
    if entry is None:
        raise UserError("formats.unknown", format=options.format)
    if options.json:
        console.json(_plain(entry, console.lang))
    else:
        _tell(entry, console)
    return 0


def _list(console: Console, *, as_json: bool) -> None:
    entries = format_help.formats()
    if as_json:
        console.json({"formats": [_plain(entry, console.lang) for entry in entries]})
        return
    console.table(
        [console.word("column.format"), console.word("column.name"), console.word("column.standing")],
        [[entry.id, entry.titles[console.lang], console.word(_standing(entry))] for entry in entries],
    )


def _tell(entry: Format, console: Console) -> None:
    told = entry.helps[console.lang]
    print(f"{entry.titles[console.lang]}  {entry.id}  ({console.word(_standing(entry))})")
    for part, text in (("where", told.where), ("file", told.file), ("use", told.use)):
        print(f"{console.word(f'formats.{part}')}: {text}")
    if told.mind:
        print(f"{console.word('formats.mind')}:")
        for text in told.mind:
            print(f"  - {text}")
    console.say("formats.menu_hint")


def _plain(entry: Format, lang: str) -> dict[str, object]:
    told = entry.helps[lang]
    return {
        "format": entry.id,
        "title": entry.titles[lang],
        "readable": entry.readable,
        "confirmed": entry.confirmed,
        "layouts": list(entry.layouts),
        "where": told.where,
        "file": told.file,
        "mind": list(told.mind),
        "use": told.use,
    }


def _standing(entry: Format) -> str:
    if not entry.readable:
        return "formats.by_mapping"
    return "formats.confirmed" if entry.confirmed else "formats.unconfirmed"
