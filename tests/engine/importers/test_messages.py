"""Every code that reading can answer with has words in both languages, in three parts: what, the data, what to do."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

import chainbrain.importers
from chainbrain import texts
from chainbrain.importers.registry import FORMATS
from chainbrain.resources import resource

SOURCES = sorted(Path(chainbrain.importers.__file__).parent.rglob("*.py"))


def test_every_code_has_words() -> None:
    codes = {code for path in SOURCES for code in re.findall(r'"(import\.[a-z_]+)"', path.read_text(encoding="utf-8"))}
    assert len(codes) > 25
    catalogue = texts.catalogue("messages")
    assert not codes - set(catalogue)
    for code in codes:
        assert "没有写入" in catalogue[code]["zh"], code
        assert "not written" in catalogue[code]["en"] or "Nothing was written" in catalogue[code]["en"], code


def test_every_row_code_has_words() -> None:
    text = "\n".join(path.read_text(encoding="utf-8") for path in SOURCES)
    codes = set(re.findall(r'fault\([^()]*?, "([a-z_]+)"', text)) | set(
        re.findall(r'_typed\([^()]*?\), "([a-z_]+)"', text)
    )
    codes |= {
        "amount",
        "moment",
        "day",
        "rate",
        "clock",
        "number",
        "word",
        "missing",
        "field_count",
        "id_rounded",
        "tender_failed",
    }
    assert not {f"row.{code}" for code in codes} - set(texts.catalogue("messages"))


@pytest.mark.parametrize("path", sorted(resource("texts").rglob("*.json")), ids=lambda path: path.stem)
def test_no_code_has_words_twice(path: Path) -> None:
    def once(pairs: list[tuple[str, object]]) -> dict[str, object]:
        names = [name for name, _ in pairs]
        assert sorted(set(names)) == sorted(names)
        return dict(pairs)

    json.loads(path.read_text(encoding="utf-8"), object_pairs_hook=once)


def test_every_format_has_a_name() -> None:
    assert not {importer.title for importer in FORMATS} - set(texts.catalogue("vocabulary"))
    assert len({importer.format for importer in FORMATS}) == len(FORMATS)
