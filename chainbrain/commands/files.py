"""``import``: files and folders into a book."""

from __future__ import annotations

import argparse
from collections.abc import Callable
from contextlib import ExitStack
from dataclasses import asdict, replace
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, Final

from chainbrain import format_help, row_words, texts
from chainbrain.commands.console import Console
from chainbrain.errors import UserError, system_reason
from chainbrain.importers.mapped import mapping_json
from chainbrain.importers.mapped.mapping import FORMAT as MAPPED
from chainbrain.importers.plan import FilePlan, ImportPlan, RowProblem
from chainbrain.intake.decisions import Decisions
from chainbrain.workspace import Workspace

GOOD: Final = frozenset({"imported", "already_imported"})

# How many broken or suspect rows are printed per file; ``--json`` lists all.
_SHOWN: Final = 8
# How many heads of an unknown table are printed: enough to know it by.
_HEADERS: Final = 12
# What only a command line can say about a refusal, beside the sentence that the window shows too.
HINTS: Final = {
    "import.control_total_differs": "cli.hint.control_total_differs",
    "import.ambiguous": "cli.hint.ambiguous",
    "import.encrypted": "cli.hint.encrypted",
    "import.wrong_password": "cli.hint.encrypted",
    "history.redo_encrypted": "cli.hint.encrypted",
    "history.redo_wrong_password": "cli.hint.encrypted",
}


def arguments(add: Callable[..., argparse.ArgumentParser]) -> None:
    """The options of these commands."""
    made = add("import", import_files, "导入文件或文件夹 / import files and folders")
    made.add_argument("book", type=Path, help="账本文件 / the book")
    made.add_argument("paths", type=Path, nargs="+", help="账单文件、压缩包或文件夹 / files, archives or folders")
    made.add_argument("--dry-run", action="store_true", help="只看不写 / say what would be written, write nothing")
    made.add_argument(
        "--accept-differences", action="store_true", help="自带合计对不上也照样收 / take files whose own total differs"
    )
    made.add_argument("--accept-suspect", action="store_true", help="可疑的行都算新的 / take suspect rows as new")
    made.add_argument("--format", metavar="NAME", help="几种格式都像时按它读 / for files that fit several")
    made.add_argument("--password-file", type=Path, help="每行一个密码 / one password a line")
    made.add_argument("--mapping", type=Path, metavar="FILE", help="按这份列对照读 / read by this column map")
    made.add_argument("--json", action="store_true", help="给程序读的 JSON / JSON for programs")


def import_files(options: argparse.Namespace, console: Console) -> int:
    """Plan, say what would be written, write it unless told otherwise.

    Raises:
        UserError: ``formats.unknown`` for a format that no file can be read as; nothing was made.
    """
    # Before anything is made: an unknown format or a file of passwords that is not there is wrong usage.
    if options.format is not None and not _can_be_read_as(options.format):
        raise UserError("formats.unknown", format=options.format)
    passwords = read_passwords(options.password_file)
    mappings = [] if options.mapping is None else [mapping_json.read_file(options.mapping)]
    with ExitStack() as ending:
        book: Path = options.book
        if options.dry_run and not book.exists():
            # Looking leaves nothing behind, not even an empty book.
            book = Path(ending.enter_context(TemporaryDirectory(prefix="chainbrain-look-"))) / book.name
        workspace = ending.enter_context(Workspace.open_or_create(book, console.upgrading))
        if not options.dry_run:
            for mapping in mappings:
                workspace.save_mapping(mapping)
        decisions = Decisions(accept_suspect=options.accept_suspect, accept_differences=options.accept_differences)
        plan = workspace.imports.plan(
            options.paths, console.report, decisions=decisions, passwords=passwords, mappings=mappings
        )
        formats = {
            file.file_id: options.format
            for file in plan.files
            if file.outcome == "ambiguous" and options.format in file.reading.candidates
        }
        if formats:
            plan = workspace.imports.decide_again(replace(decisions, formats=formats), console.report)
        to_place = 0
        if not options.dry_run:
            workspace.imports.apply(plan, console.report)
            to_place = 0 if options.json else len(workspace.places.waiting())
    if options.json:
        console.json(as_json(plan))
    else:
        tell(plan, console, dry_run=options.dry_run)
        if to_place:
            console.say("cli.to_place", count=to_place)
    left_out = any(file.counts.broken or file.counts.suspect for file in plan.files if file.outcome in GOOD)
    return 0 if all(file.outcome in GOOD for file in plan.files) and not left_out else 3


def _can_be_read_as(name: str) -> bool:
    """Whether it is a format that is read, one of its layouts, or a column map."""
    base, _, layout = name.partition("/")
    found = format_help.format_of(base)
    return base == MAPPED or (found is not None and found.readable and layout in {"", *found.layouts})


def as_json(plan: ImportPlan) -> dict[str, Any]:
    """The plan in the form that other programs read."""
    return {
        "files": [
            {
                "path": _path(file),
                "format": _format(file),
                "outcome": file.outcome,
                "rows": {
                    "new": file.counts.new,
                    "seen": file.counts.seen,
                    "suspect": file.counts.suspect,
                    "broken": file.counts.broken,
                },
                "control_total": file.reading.control_total,
                "controls": [
                    {"name": total.name, "stated": str(total.stated), "summed": str(total.summed)}
                    for total in file.reading.controls
                ],
                "problems": [
                    {
                        "line": problem.line,
                        "column": problem.column,
                        "value": problem.value,
                        "code": problem.code,
                        "sheet": problem.sheet,
                        "state": problem.state,
                        "said": [asdict(one) for one in problem.said],
                        "differing": [asdict(one) for one in problem.differing],
                    }
                    for problem in file.problems
                ],
                "code": file.code,
                "facts": {**file.reading.facts, **file.facts},
                "notes": [{"code": note.code, "facts": dict(note.facts)} for note in file.notes],
            }
            for file in plan.files
        ],
        "seconds": plan.seconds,
    }


def tell(plan: ImportPlan, console: Console, *, dry_run: bool) -> None:
    """Print the outcome of every file, what is wrong with the others and what to do."""
    for file in plan.files:
        if file.outcome in GOOD and file.reading.facts.get("account") == "missing":
            console.failed(texts.message("import.account_missing", console.lang, path=file.name))
        for note in file.notes:
            console.failed(f"{file.name}: {texts.message(note.code, console.lang, **note.facts)}")
        if file.outcome in GOOD and not file.problems and not file.counts.suspect:
            continue
        console.failed(f"{file.name}: {console.word(f'outcome.{file.outcome}')}")
        if file.code:
            facts = {
                **file.facts,
                "candidates": tuple(_candidate(one, console.lang) for one in file.reading.candidates),
            }
            console.failed("  " + texts.message(file.code, console.lang, path=file.name, **facts))
            if file.code in HINTS:
                console.failed("  " + texts.message(HINTS[file.code], console.lang))
            if file.code == "import.unknown_format" and file.reading.headers:
                headers = file.reading.headers
                seen = headers if len(headers) <= _HEADERS else (*headers[:_HEADERS], "…")
                console.failed("  " + texts.message("cli.hint.unknown_format", console.lang, headers=seen))
        for problem in file.problems[:_SHOWN]:
            console.failed("  " + _told(problem, console.lang))
        if len(file.problems) > _SHOWN:
            console.failed("  " + texts.message("cli.more_rows", console.lang, count=len(file.problems) - _SHOWN))
    by_outcome: dict[str, int] = {}
    for file in plan.files:
        by_outcome[file.outcome] = by_outcome.get(file.outcome, 0) + 1
    console.say(
        "cli.would_import" if dry_run else "cli.imported",
        files=by_outcome.get("imported", 0),
        rows=f"{plan.new_rows:,}",
        seen=f"{sum(file.counts.seen for file in plan.files):,}",
        other=sum(count for outcome, count in by_outcome.items() if outcome not in GOOD),
        seconds=plan.seconds,
    )
    # Of the files that are taken every row is accounted for: new, known or left out.
    broken = sum(file.counts.broken for file in plan.files if file.outcome in GOOD)
    suspect = sum(file.counts.suspect for file in plan.files if file.outcome in GOOD)
    if broken or suspect:
        console.say("cli.rows_left_out", count=f"{broken + suspect:,}", broken=f"{broken:,}", suspect=f"{suspect:,}")
    if suspect:
        console.say("cli.suspect_rows_next")


def _candidate(name: str, lang: str) -> str:
    """A format's title, and the name that ``--format`` takes."""
    title = texts.word(f"format.{name.partition('/')[0]}", lang)
    return name if title == name else f"{title} [{name}]"


def _told(problem: RowProblem, lang: str) -> str:
    """Where a row stands, why it is not written, and by what a person finds it."""
    suspect = problem.state == "suspect"
    column = f"{texts.word(f'field.{problem.column}', lang)} {problem.value}" if suspect else problem.column
    sheet = f"{problem.sheet} " if problem.sheet else ""
    why = texts.message(f"row.{problem.code}", lang, value=problem.value, column=problem.column)
    # Some faults are those of a whole row.
    fault = "cli.fault_of_cell" if column else "cli.fault_of_row"
    first = texts.message(fault, lang, sheet=sheet, line=problem.line, column=column, why=why)
    differences = row_words.differences(problem.code, problem.differing, lang)
    said = row_words.sayings(problem.said, lang, but=problem.column)
    more = [f"({differences})"] if differences else []
    more += [texts.message("row.reads", lang, said=said)] if said else []
    return " ".join([first, *more])


def read_passwords(path: Path | None) -> list[str]:
    """One password a line; blanks may belong to it, an empty line does not count.

    Raises:
        UserError: ``passwords.unreadable`` or ``passwords.not_text``.
    """
    if path is None:
        return []
    try:
        lines = path.read_text(encoding="utf-8-sig").split("\n")
    except OSError as error:
        raise UserError("passwords.unreadable", path=str(path), reason=system_reason(error)) from error
    except UnicodeDecodeError as error:
        raise UserError("passwords.not_text", path=str(path)) from error
    return [line.rstrip("\r") for line in lines if line.strip()]


def _path(file: FilePlan) -> str:
    """Where the file was found, with ``!member`` for a part of it: two folders may hold files of one name."""
    found = file.reading.path
    return f"{found}{file.name.removeprefix(found.name)}"


def _format(file: FilePlan) -> str | None:
    reading = file.reading
    return f"{reading.format}/{reading.layout}" if reading.format and reading.layout else reading.format
