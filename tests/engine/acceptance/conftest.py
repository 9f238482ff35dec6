"""Books for chains that are written by hand from the formats alone."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import polars as pl
import pytest
from acceptance_book import Book, Read, read_here

from chainbrain.importers.limits import Limits
from chainbrain.importers.member import read_file
from chainbrain.workspace import Workspace


@pytest.fixture(scope="session")
def blank(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An empty book."""
    path = tmp_path_factory.mktemp("blank") / "空.chainbrain"
    Workspace.create(path).close()
    return path


@pytest.fixture
def book(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, blank: Path) -> Iterator[Book]:
    """A book that reads in this process."""
    read_here(monkeypatch)
    made = Book(tmp_path, blank=blank)
    yield made
    made.close()


@pytest.fixture
def read(tmp_path: Path) -> Callable[[Path], list[Read]]:
    """What the importers make of one file, without a book."""

    def of(path: Path) -> list[Read]:
        desk = tmp_path / "desk"
        desk.mkdir(exist_ok=True)
        found = read_file(path, desk, path.stem, salt=b"salt", limits=Limits())
        return [Read(item, {kind: pl.read_parquet(at) for kind, at in item.staged.items()}) for item in found]

    return of
