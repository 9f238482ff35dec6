"""Reading files in this process: the reading process itself has its own tests."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

import polars as pl
import pytest

from chainbrain.importers.limits import Limits
from chainbrain.importers.member import read_file
from chainbrain.importers.plan import MemberReading

GOLDEN = Path(__file__).parents[2] / "golden"
SALT = b"salt of the tests"


@dataclass(frozen=True)
class Read:
    """One reading and its staged rows."""

    reading: MemberReading
    frames: dict[str, pl.DataFrame]

    @property
    def codes(self) -> list[str]:
        return [problem.code for problem in self.reading.problems]


Reader = Callable[..., list[Read]]


@pytest.fixture
def read_path(tmp_path: Path) -> Reader:
    """Read a file by its path."""

    def read(path: Path, limits: Limits | None = None, passwords: Sequence[str] = ()) -> list[Read]:
        desk = tmp_path / "desk"
        desk.mkdir(exist_ok=True)
        readings = read_file(path, desk, "t", salt=SALT, limits=limits or Limits(), passwords=passwords)
        return [
            Read(reading, {kind: pl.read_parquet(staged) for kind, staged in reading.staged.items()})
            for reading in readings
        ]

    return read


@pytest.fixture
def read(tmp_path: Path, read_path: Reader) -> Callable[..., Read]:
    """Read bytes or text as a file; the name is chosen to say nothing about the content."""

    def read_one(data: bytes | str, limits: Limits | None = None) -> Read:
        path = tmp_path / "some file.dat"
        path.write_bytes(data.encode() if isinstance(data, str) else data)
        found = read_path(path, limits)
        assert len(found) == 1
        return found[0]

    return read_one
