"""``decide``: a person's words from a table, one row per difference, match or member of a group."""

from __future__ import annotations

import argparse
import csv
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Final

from chainbrain import texts
from chainbrain.commands.console import Console
from chainbrain.errors import DecisionRefused, UserError, Word, system_reason
from chainbrain.reconciliation.decisions import VERDICTS, WITH_REASON
from chainbrain.reconciliation.groups import SIDES
from chainbrain.reconciliation.room import Decision, Member, ReconciliationRoom
from chainbrain.workspace import Workspace

# The columns in both languages; the first three are filled in on every row.
COLUMNS: Final = {
    "subject": "对象", "id": "编号", "verdict": "处理", "note": "原因", "group": "组", "expected_on": "预计日期",
}  # fmt: skip
_DEMANDED: Final = ("subject", "id", "verdict")
_OF_MEMBERS: Final = ("match", "split")
_REFUSED: Final = 2


def arguments(add: Callable[..., argparse.ArgumentParser]) -> None:
    """The options of these commands."""
    made = add("decide", decide, "按表处理差异和勾对 / decide differences and matches from a table")
    made.formatter_class = argparse.RawDescriptionHelpFormatter
    made.epilog = texts.message("decide.help", "zh") + "\n\n" + texts.message("decide.help", "en")
    made.add_argument("book", type=Path, help="账本文件 / the book")
    made.add_argument("decisions", type=Path, help="处理表（csv）/ the table of decisions, a csv")


@dataclass
class _Said:
    """One word of the table under construction, and the lines it stands on."""

    verdict: str
    subject: str
    note: str = ""
    match_id: str = ""
    expected_on: date | None = None
    ids: dict[str, int] = field(default_factory=dict)
    members: list[Member] = field(default_factory=list)
    lines: list[int] = field(default_factory=list)

    def word(self) -> Decision:
        """The whole of it."""
        ids = (self.match_id,) if self.verdict == "split" else tuple(self.ids)
        return Decision(self.subject, ids, self.verdict, self.note, tuple(self.members), self.expected_on)

    def line_of(self, problem: UserError) -> int:
        """The line of the record a problem names, otherwise the first."""
        record = problem.facts.get("record")
        found = [line for one, line in zip(self.members, self.lines, strict=False) if one.record_id == record]
        # Of a record that stands there twice the second is one too many.
        return found[-1] if found else self.lines[0]


def decide(options: argparse.Namespace, console: Console) -> int:
    """Write the words of a table, all of them or none; status 2 when a row is refused."""
    problems: list[tuple[int, UserError]] = []
    words: dict[tuple[object, ...], _Said] = {}
    count = 0
    for line, cells in _rows(options.decisions):
        count += 1
        try:
            _hear(words, cells, line)
        except UserError as problem:
            problems.append((line, problem))
    said = list(words.values())
    with Workspace.open(options.book, console.upgrading) as workspace:
        problems += _strangers(workspace.reconciliation, said)
        if not problems:
            try:
                workspace.decide_all([one.word() for one in said])
            except DecisionRefused as problem:
                problems.append((said[problem.number].line_of(problem), problem))
    for line, found in sorted(problems, key=lambda pair: pair[0]):
        sentence = texts.error(found, console.lang)
        console.failed(texts.message("decide.line", console.lang, line=line, problem=sentence))
    if problems:
        console.failed(texts.message("decide.refused", console.lang, path=str(options.decisions), count=len(problems)))
        return _REFUSED
    console.say("cli.decided", count=count)
    return 0


def _rows(path: Path) -> Iterator[tuple[int, dict[str, str]]]:
    try:
        with path.open(encoding="utf-8-sig", newline="") as stream:
            table = csv.DictReader(stream)
            known = set(table.fieldnames or ())
            if not all(key in known or COLUMNS[key] in known for key in _DEMANDED):
                raise UserError("decide.columns", path=str(path), wanted=", ".join(COLUMNS))
            for row in table:
                yield (
                    table.line_num,
                    {key: (row.get(key) or row.get(name) or "").strip() for key, name in COLUMNS.items()},
                )
    except OSError as cause:
        raise UserError("decide.unreadable", path=str(path), reason=system_reason(cause)) from cause
    except (UnicodeDecodeError, csv.Error) as cause:
        raise UserError("decide.unreadable", path=str(path), reason=Word("system.not_utf8_csv")) from cause


def _hear(words: dict[tuple[object, ...], _Said], cells: Mapping[str, str], line: int) -> None:
    """Take one row.

    Raises:
        UserError: what is wrong with the row alone.
    """
    subject, record, verdict = (cells[key] for key in _DEMANDED)
    if not all(cells[key] for key in _DEMANDED):
        raise UserError("decide.row_incomplete", wanted=", ".join(_DEMANDED))
    if verdict in _OF_MEMBERS:
        _hear_member(words, cells, line)
        return
    if verdict not in VERDICTS.get(subject, ()):
        raise UserError("decide.verdict", subject=subject, verdict=verdict)
    if cells["group"]:
        raise UserError("decide.group_elsewhere", verdict=verdict)
    day = _day(cells["expected_on"])
    if day is not None and verdict != "timing":
        raise UserError("decide.day_elsewhere", verdict=verdict)
    if verdict in WITH_REASON and not cells["note"]:
        raise UserError("decide.note_missing", verdict=verdict)
    key = (subject, verdict, cells["note"], day)
    said = words.setdefault(key, _Said(verdict, subject, cells["note"], expected_on=day))
    said.ids[record] = line
    said.lines.append(line)


def _hear_member(words: dict[tuple[object, ...], _Said], cells: Mapping[str, str], line: int) -> None:
    subject, record, verdict = (cells[key] for key in _DEMANDED)
    if subject not in SIDES:
        raise UserError("decide.member_kind", kind=subject, record=record)
    if not cells["group"]:
        raise UserError("decide.group_missing", verdict=verdict)
    if cells["expected_on"]:
        raise UserError("decide.day_elsewhere", verdict=verdict)
    said = words.setdefault((verdict, cells["group"]), _Said(verdict, "match", match_id=cells["group"]))
    if cells["note"] and said.note and cells["note"] != said.note:
        raise UserError("decide.group_notes", group=cells["group"])
    said.note = said.note or cells["note"]
    said.members.append(Member(subject, record))
    said.lines.append(line)


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text.replace("/", "-")) if text else None
    except ValueError as cause:
        raise UserError("decide.day", value=text) from cause


def _strangers(room: ReconciliationRoom, said: list[_Said]) -> list[tuple[int, UserError]]:
    """The rows whose difference or match is not in the book."""
    return [
        (one.ids[record], UserError("decide.unknown_id", subject=one.subject, record=record))
        for one in said
        if one.ids
        for record in room.unknown(one.subject, tuple(one.ids))
    ]
