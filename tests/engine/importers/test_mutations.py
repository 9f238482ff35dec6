"""Altered files never make our own code fail, and never lose a row: 300 seeded alterations of the golden files."""

from __future__ import annotations

import random
from pathlib import Path

import pytest

from .conftest import GOLDEN, Reader

FILES = sorted(path for path in GOLDEN.rglob("*.csv") if "samples" not in path.parts)
JUNK = (
    ",", '"', "\n", "\t", "`", "-", "9" * 30, "E+27", "合计", "#", "=", "''", "\r", ";", "9999-99-99", "9" * 20 + ".99",
    "\u3000", "（", "\0", "NaN", "1e5", "2026-03-01 24:00:00", "\ufffd", "退款", "-,-,-",
)  # fmt: skip


def _altered(text: str, chance: random.Random) -> str:
    letters = list(text)
    for _ in range(chance.randint(1, 6)):
        at = chance.randrange(max(len(letters), 1))
        end = at + chance.randint(1, 60)
        way = chance.randrange(5)
        if way == 0:
            letters[at : at + 1] = chr(chance.choice((chance.randrange(32, 127), chance.randrange(0x4E00, 0x9FFF))))
        elif way == 1:
            del letters[at:end]
        elif way == 2:
            letters[at:at] = letters[at:end]
        elif way == 3:
            letters[at:at] = chance.choice(JUNK)
        else:
            letters[at : at + 1] = chance.choice("0123456789.,-`\n")
    return "".join(letters)


def _text(path: Path) -> tuple[str, str]:
    data = path.read_bytes()
    for encoding in ("utf-16", "utf-8-sig", "gb18030"):
        if encoding != "utf-16" or data.startswith(b"\xff\xfe"):
            try:
                return data.decode(encoding), encoding
            except UnicodeDecodeError:
                continue
    raise AssertionError(path)


@pytest.mark.parametrize("seed", range(6))
def test_alterations(seed: int, tmp_path: Path, read_path: Reader) -> None:
    chance = random.Random(seed)
    for _ in range(50):
        text, encoding = _text(chance.choice(FILES))
        path = tmp_path / "altered"
        path.write_bytes(_altered(text, chance).encode(encoding, "replace"))
        for found in read_path(path):
            reading = found.reading
            assert reading.outcome in ("read", "unknown", "ambiguous", "refused")
            assert (reading.code is None) == (reading.outcome in ("read", "ambiguous"))
            if reading.outcome == "read":
                staged = {(row["sheet"], row["line"]) for frame in found.frames.values() for row in frame.to_dicts()}
                broken = {(problem.sheet, problem.line) for problem in reading.problems}
                assert not staged & broken
                assert len(staged | broken) == reading.row_count
