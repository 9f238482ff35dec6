"""Books for chains that are written by hand from the formats alone."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from acceptance_book import Book, read_here


@pytest.fixture
def book(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Book]:
    """A book that reads in this process."""
    read_here(monkeypatch)
    made = Book(tmp_path)
    yield made
    made.close()
