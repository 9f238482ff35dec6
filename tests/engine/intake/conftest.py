"""Books of the import room's own tests."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from acceptance_book import HereReader

from chainbrain.importers import reading
from chainbrain.workspace import Workspace


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Workspace]:
    """An empty book whose files are read in this process."""
    monkeypatch.setattr(reading, "Reader", HereReader)
    with Workspace.create(tmp_path / "here.chainbrain") as opened:
        yield opened
