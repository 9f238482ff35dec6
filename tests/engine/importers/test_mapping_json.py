"""Maps as JSON: read back as they were written, refused by the path of what is wrong, and described by the schema."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest
from mapped_examples import BANK_SIGNED, EXAMPLES, SHOUQIANBA

import chainbrain
from chainbrain import texts
from chainbrain.errors import UserError
from chainbrain.importers.mapped import mapping as m
from chainbrain.importers.mapped import mapping_json
from chainbrain.resources import resource

SCHEMA = json.loads(resource("mapping", "mapping.schema.json").read_text(encoding="utf-8"))


@pytest.mark.parametrize("name", EXAMPLES)
def test_written_maps_are_read_back(name: str, tmp_path: Path) -> None:
    made = EXAMPLES[name].mapping
    path = tmp_path / "m.json"
    path.write_text(mapping_json.dumps(made, indent=1), encoding="utf-8-sig")
    assert mapping_json.read_file(path) == made
    assert mapping_json.loads(mapping_json.dumps(made)) == made


def _with(**changes: Any) -> dict[str, Any]:
    return {**BANK_SIGNED.given, **changes}


@pytest.mark.parametrize(
    ("given", "code", "where"),
    [
        ([], "mapping.not_of_kind", "$"),
        (_with(version=2), "mapping.version", "$.version"),
        (_with(version=True), "mapping.version", "$.version"),
        ({name: value for name, value in BANK_SIGNED.given.items() if name != "kind"}, "mapping.missing", "$.kind"),
        (_with(signs="signed"), "mapping.unknown_name", "$.signs"),
        (_with(kind="invoices"), "mapping.not_one_of", "$.kind"),
        (_with(name=" "), "mapping.not_of_kind", "$.name"),
        (_with(name="长" * 61), "mapping.not_of_kind", "$.name"),
        (_with(header=["记账时间"]), "mapping.not_of_kind", "$.header"),
        (_with(header=["记账时间", "记账 时间"]), "mapping.filled_twice", "$.header[1]"),
        (_with(header=["记账时间", 7]), "mapping.not_of_kind", "$.header[1]"),
        (_with(columns={"金额": "amount"}), "mapping.no_such_column", "$.columns.金额"),
        (_with(columns={"变动金额": "fee"}), "mapping.not_one_of", "$.columns.变动金额"),
        (
            _with(columns={"记账时间": "posted_at", "变动金额": "amount", "可用余额": "amount"}),
            "mapping.filled_twice",
            "$.columns.可用余额",
        ),
        (_with(columns={"记账时间": "posted_at"}), "mapping.lacks", "$.columns"),
        (_with(sign="two_columns"), "mapping.lacks", "$.columns"),
        (_with(sign="word"), "mapping.lacks", "$.columns"),
        (_with(unit="jiao"), "mapping.not_one_of", "$.unit"),
        (_with(header_rows=True), "mapping.not_one_of", "$.header_rows"),
        (_with(dates="year_first"), "mapping.not_one_of", "$.dates"),
        (_with(fixed={"store": "南山店"}), "mapping.unknown_name", "$.fixed.store"),
        (_with(fixed={"bank_account": 7}), "mapping.not_of_kind", "$.fixed.bank_account"),
        (_with(words={"memo": {}}), "mapping.unknown_name", "$.words.memo"),
        (_with(words={"direction": {"支出": "minus"}}), "mapping.not_one_of", "$.words.direction.支出"),
        (_with(leave_out=["合计", ""]), "mapping.not_of_kind", "$.leave_out[1]"),
        (_with(control="合计"), "mapping.no_such_column", "$.control"),
        (_with(preferred="yes"), "mapping.not_one_of", "$.preferred"),
        ({**SHOUQIANBA.given, "fixed": {"channel": "收钱吧"}}, "mapping.not_one_of", "$.fixed.channel"),
        ({**SHOUQIANBA.given, "words": {}}, "mapping.needs_words", "$.words.direction"),
        (
            {**SHOUQIANBA.given, "words": {**SHOUQIANBA.given["words"], "direction": {"收款": "in"}}},
            "mapping.needs_direction",
            "$.words.direction",
        ),
    ],
)
def test_what_is_wrong_is_named_by_its_path(given: object, code: str, where: str) -> None:
    with pytest.raises(UserError) as caught:
        mapping_json.parse(given)
    assert (caught.value.code, caught.value.facts["where"]) == (code, where)
    for lang in texts.LANGUAGES:
        assert where in texts.error(caught.value, lang)
        assert "…" not in texts.error(caught.value, lang).replace("{…}", "").replace("[…]", "").replace('"…"', "")


@pytest.mark.parametrize("text", ["", "{", "[" * 100_000, "\x00"])
def test_a_file_that_is_no_json(text: str, tmp_path: Path) -> None:
    path = tmp_path / "m.json"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(UserError) as caught:
        mapping_json.read_file(path)
    assert caught.value.code == "mapping.unreadable"


def test_the_schema_says_what_is_read() -> None:
    assert set(SCHEMA["properties"]) == set(mapping_json.as_json(SHOUQIANBA.mapping)) | {"dates", "account"}
    assert set(SCHEMA["required"]) == {"version", "name", "kind", "header", "columns"}
    for name, known in (("kind", m.FIELDS), ("sign", m.SIGNS), ("unit", m.UNITS), ("fee", m.FEES)):
        assert SCHEMA["properties"][name]["enum"] == list(known)
    for part in SCHEMA["allOf"]:
        kind = part["if"]["properties"]["kind"]["const"]
        told = part["then"]["properties"]
        assert told["columns"]["additionalProperties"]["enum"] == list(m.FIELDS[kind])
        assert tuple(told["fixed"]["properties"]) == m.FIXED[kind]
        words = {name: mapping_json.codes_for(kind, name) for name in m.FIELDS[kind]}
        assert set(told["words"]["properties"]) == {name for name, codes in words.items() if codes}
    assert {part["if"]["properties"]["kind"]["const"] for part in SCHEMA["allOf"]} == set(m.FIELDS)


def test_every_code_has_words() -> None:
    root = Path(chainbrain.__file__).parent
    found = {
        code
        for path in root.rglob("*.py")
        for code in re.findall(r'"(mapping\.[a-z_]+|cli\.mapping_[a-z_]+)"', path.read_text(encoding="utf-8"))
    }
    assert len(found) > 12
    assert not found - set(texts.catalogue("messages"))
    assert not {f"mapping_kind.{kind}" for kind in m.FIELDS} - set(texts.catalogue("vocabulary"))
