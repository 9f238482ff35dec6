"""Faults of a scenario name its fields in a bookkeeper's words and by the path that the file has."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from chainbrain import texts
from chainbrain.errors import UserError
from chainbrain.expansion.field_names import named, worded

SCHEMA = Path(__file__).parents[3] / "resources" / "schemas" / "scenario.schema.json"


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_every_field_of_the_schema_has_words(lang: str) -> None:
    def paths(part: object, above: str = "") -> set[str]:
        if isinstance(part, list):
            return {one for each in part for one in paths(each, above)}
        if not isinstance(part, dict):
            return set()
        own = part.get("properties", {})
        below = {one for name, each in own.items() for one in paths(each, name)}
        rest = {one for name, each in part.items() if name != "properties" for one in paths(each, above)}
        return {f"{above}.{name}".strip(".") for name in own} | below | rest

    every = paths(json.loads(SCHEMA.read_text(encoding="utf-8")))
    assert len(every) > 80
    assert [path for path in sorted(every) if named(path, lang) == path] == []


def test_a_fault_is_told_with_words_and_path() -> None:
    fault = UserError("expansion.field_unreadable", field="candidates[2].rent", value="六万")
    assert "“候选门店第 3 项 · 租金（candidates[2].rent）”" in texts.error(worded(fault, "zh"), "zh")
    unknown = UserError("expansion.field_unknown", field="capx", known="capex, deposit")
    said = texts.error(worded(unknown, "en"), "en")
    # A name that is no field stays as it was typed.
    assert "“capx”" in said and "Fit-out (capex), Deposit (deposit)" in said
    other = UserError("book.not_found", path="capex", field="capex")
    assert worded(other, "zh") is other
