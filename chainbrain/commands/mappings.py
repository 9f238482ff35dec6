"""``mapping``: the column maps of a book for tables no importer knows: list, suggest, export, add, rename, remove."""

from __future__ import annotations

import argparse
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Final

from chainbrain import texts
from chainbrain.commands.console import Console
from chainbrain.errors import FileRefused, UserError
from chainbrain.importers.mapped import mapping_json
from chainbrain.importers.mapped.mapping import FIELDS
from chainbrain.importers.mapped.sample import Look
from chainbrain.intake.looking import LookRoom
from chainbrain.workspace import Workspace

_COLUMNS: Final = ("mapping", "record_kind", "columns", "files", "at")

_ARGUMENTS: Final = {
    "file": "表格，或写着列对照的文件 / the table, or the file with a map",
    "name": "列对照的名称 / the map's name",
    "new_name": "新名称 / its new name",
}


def arguments(add: Callable[..., argparse.ArgumentParser]) -> None:
    """The options of these commands."""
    made = add("mapping", show, "列对照 / column maps for tables no importer knows")
    _mapping_actions(made)


def _mapping_actions(made: argparse.ArgumentParser) -> None:
    made.add_argument("book", type=Path, help="账本文件 / the book")
    made.add_argument("--json", action="store_true", help="给程序读的 JSON / JSON for programs")
    actions = made.add_subparsers(metavar="ACTION")
    for name, command, arguments, words in (
        ("list", show, (), "全部列对照 / all maps"),
        ("suggest", suggest, ("file",), "为一张表提出建议 / propose a map for a table"),
        ("export", export, ("name",), "写成文件 / write one to a file"),
        ("add", add, ("file",), "收进账本 / keep the map of a file"),
        ("rename", rename, ("name", "new_name"), "改名 / call it something else"),
        ("remove", remove, ("name",), "删除 / recognise no more tables by it"),
    ):
        action = actions.add_parser(name, help=words, description=words)
        action.set_defaults(command=command)
        for argument in arguments:
            action.add_argument(argument, type=Path if argument == "file" else str, help=_ARGUMENTS[argument])
        if command in (suggest, export):
            action.add_argument("--out", type=Path, required=True, help="写到这个文件 / the file to write")
        if command is suggest:
            action.add_argument("--member", help="压缩包里的哪个文件 / which file of an archive")
            action.add_argument("--sheet", help="哪张工作表 / which sheet")
            action.add_argument("--kind", choices=tuple(FIELDS), help="表里是什么记录 / what the rows are")


def show(options: argparse.Namespace, console: Console) -> int:
    """Print the maps of a book."""
    with Workspace.open(options.book, console.upgrading) as workspace:
        saved = workspace.mappings.saved()
    if options.json:
        console.json({"mappings": [mapping_json.as_json(one.mapping) | {"files": one.files} for one in saved]})
        return 0
    console.table(
        [console.word(f"column.{key}") for key in _COLUMNS],
        [
            [
                one.name,
                console.word(f"mapping_kind.{one.mapping.kind}"),
                len(one.mapping.columns),
                one.files,
                f"{one.saved_at:%Y-%m-%d %H:%M}",
            ]
            for one in saved
        ],
    )
    return 0


def suggest(options: argparse.Namespace, console: Console) -> int:
    """Write a proposal for a table to a file and print its reasons; status 3 while something is lacking."""
    if options.out.exists():
        raise UserError("mapping.file_exists", path=str(options.out))
    looking = LookRoom()
    try:
        sample = looking.sample(Look(options.file, options.member, options.sheet, kind=options.kind), console.report)
    except FileRefused as refused:
        raise UserError(refused.code, **{"path": str(options.file), **refused.facts}) from refused
    finally:
        looking.close()
    proposal = replace(sample.suggestion.mapping, name=options.file.stem[: mapping_json.LONGEST_NAME])
    _write(options.out, mapping_json.dumps(proposal, indent=1))
    console.table(
        [console.word(f"column.{key}") for key in ("about", "proposal", "certainty", "reason")],
        [
            [
                reason.about if reason.subject == "column" else console.word(f"mapping_subject.{reason.subject}"),
                console.word(f"mapping_{'field' if reason.subject == 'column' else reason.subject}.{reason.value}")
                if reason.value
                else "",
                console.word(f"certainty.{reason.certainty}"),
                texts.message(reason.code, console.lang, **reason.facts),
            ]
            for reason in sample.suggestion.reasons
        ],
    )
    console.say("cli.mapping_written", name=proposal.name, path=str(options.out))
    lacking = proposal.lacking()
    if lacking:
        groups = (
            "/".join(f"{console.word(f'mapping_field.{field}')} [{field}]" for field in group) for group in lacking
        )
        console.say("cli.mapping_lacks", fields=texts.joined(groups, console.lang))
    if proposal.undirected():
        console.say("cli.mapping_undirected", words=proposal.undirected())
    return 3 if lacking or proposal.undirected() else 0


def export(options: argparse.Namespace, console: Console) -> int:
    """Write one map to a file that another book can add."""
    with Workspace.open(options.book, console.upgrading) as workspace:
        mapping = workspace.mappings.named(options.name)
    _write(options.out, mapping_json.dumps(mapping, indent=1))
    console.say("cli.mapping_written", name=mapping.name, path=str(options.out))
    return 0


def add(options: argparse.Namespace, console: Console) -> int:
    """Keep the map of a file in the book."""
    mapping = mapping_json.read_file(options.file)
    with Workspace.open_or_create(options.book, console.upgrading) as workspace:
        workspace.save_mapping(mapping)
    console.say("cli.mapping_saved", name=mapping.name)
    return 0


def rename(options: argparse.Namespace, console: Console) -> int:
    """Call a map something else."""
    with Workspace.open(options.book, console.upgrading) as workspace:
        workspace.rename_mapping(options.name, options.new_name)
    console.say("cli.mapping_saved", name=options.new_name)
    return 0


def remove(options: argparse.Namespace, console: Console) -> int:
    """Recognise no more tables by a map."""
    with Workspace.open(options.book, console.upgrading) as workspace:
        workspace.remove_mapping(options.name)
    console.say("cli.mapping_removed", name=options.name)
    return 0


def _write(path: Path, text: str) -> None:
    if path.exists():
        raise UserError("mapping.file_exists", path=str(path))
    path.write_text(text + "\n", encoding="utf-8", newline="\n")
