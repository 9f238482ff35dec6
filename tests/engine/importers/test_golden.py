"""Every dialect in its real encoding against the expected records; CHAINBRAIN_REWRITE_GOLDEN=1 rewrites them."""

from __future__ import annotations

import json
import os
from pathlib import Path

import pytest

from .conftest import GOLDEN, Read, Reader

FILES = sorted(
    path
    for path in GOLDEN.rglob("*")
    if path.is_file() and path.suffix not in (".json", ".md") and "samples" not in path.parts
)


def _facts(found: Read) -> dict[str, object]:
    reading = found.reading
    return {
        "name": reading.name,
        "outcome": reading.outcome,
        "format": reading.format,
        "layout": reading.layout,
        "encoding": reading.encoding,
        "account_no": reading.account_no,
        "days": [str(reading.first_day), str(reading.last_day)],
        "rows": reading.row_count,
        "control_total": reading.control_total,
        "controls": [[total.name, str(total.stated), str(total.summed)] for total in reading.controls],
        "coverage": [
            [cover.kind, cover.channel, cover.account_no, str(cover.first_day), str(cover.last_day)]
            for cover in reading.coverage
        ],
        "problems": [
            [problem.sheet, problem.line, problem.column, problem.value, problem.code, problem.state]
            for problem in reading.problems
        ],
        "facts": reading.facts,
        "records": {kind: [_shown(row) for row in frame.to_dicts()] for kind, frame in sorted(found.frames.items())},
    }


def _shown(row: dict[str, object]) -> dict[str, str]:
    """The cells that say something; that a record stands for one row goes without saying."""
    return {name: str(cell) for name, cell in row.items() if cell is not None and (name, cell) != ("rows", 1)}


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.relative_to(GOLDEN).as_posix())
def test_golden(path: Path, read_path: Reader) -> None:
    found = [_facts(item) for item in read_path(path)]
    expected = path.with_name(path.name + ".expected.json")
    if os.environ.get("CHAINBRAIN_REWRITE_GOLDEN"):
        expected.write_text(json.dumps(found, ensure_ascii=False, indent=1) + "\n", encoding="utf-8", newline="\n")
    assert found == json.loads(expected.read_text(encoding="utf-8"))
    for item in found:
        assert item["format"] == path.parent.name or str(item["format"]).startswith(path.parent.name)


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.relative_to(GOLDEN).as_posix())
def test_every_row_is_staged_or_named(path: Path, read_path: Reader) -> None:
    for found in read_path(path):
        lines = {
            (row["sheet"], row["line"]): row["rows"] for frame in found.frames.values() for row in frame.to_dicts()
        }
        broken = {(problem.sheet, problem.line) for problem in found.reading.problems}
        assert not lines.keys() & broken
        assert sum(lines.values()) + len(broken) == found.reading.row_count
