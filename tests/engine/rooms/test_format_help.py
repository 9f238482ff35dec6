"""Help beside the formats: complete in both languages, for every format read and for those nobody described."""

from __future__ import annotations

import json

import pytest

from chainbrain import texts
from chainbrain.cli import main
from chainbrain.format_help import Format, format_of, formats
from chainbrain.importers.registry import FORMATS
from chainbrain.resources import resource

# What no public source describes; these go through the column mapping.
UNDESCRIBED = {
    "shouqianba", "meituan-tuangou", "keruyun", "hualala", "erweihuo", "mybank", "webank", "yunshanfu-merchant",
    "alipay-zft", "alipay-marketing", "alipay-aggregate",
}  # fmt: skip


def test_every_format_that_is_read_stands_in_the_list() -> None:
    listed = formats()
    assert [entry.id for entry in listed if entry.readable] == [importer.format for importer in FORMATS]
    assert {entry.id for entry in listed if not entry.readable} == UNDESCRIBED
    assert len({entry.id for entry in listed}) == len(listed)


@pytest.mark.parametrize("entry", formats(), ids=lambda entry: entry.id)
def test_help_is_complete_in_both_languages(entry: Format) -> None:
    chinese, english = (entry.helps[lang] for lang in texts.LANGUAGES)
    for lang, told in entry.helps.items():
        assert entry.titles[lang].strip()
        assert entry.titles[lang] != entry.id
        assert all(len(text) > 5 for text in (told.where, told.file, told.use, *told.mind))
    assert len(chinese.mind) == len(english.mind) >= 1
    assert any("一" <= sign <= "鿿" for sign in chinese.where + chinese.use)
    assert english.use.isascii() or "…" in english.use


@pytest.mark.parametrize("entry", [entry for entry in formats() if entry.readable and not entry.confirmed])
def test_what_was_not_checked_says_so(entry: Format) -> None:
    assert any("还没有用真实文件核对" in text for text in entry.helps["zh"].mind)


def test_what_nobody_described_leads_to_the_column_mapping() -> None:
    for name in UNDESCRIBED:
        entry = format_of(name)
        assert entry is not None
        assert "按列名对应" in entry.helps["zh"].file
        assert "map its columns once" in entry.helps["en"].file


def test_no_help_file_is_forgotten() -> None:
    """A help file is of a format that is read, is marked as not described, or waits for its format."""
    for path in resource("help", "formats").glob("*.json"):
        content = json.loads(path.read_text(encoding="utf-8"))
        assert set(content) <= {"title", "described", "zh", "en"}, path.name
        assert all(set(content[lang]) == {"where", "file", "mind", "use"} for lang in texts.LANGUAGES), path.name
        if content.get("described") is False:
            assert set(content["title"]) == set(texts.LANGUAGES)


def test_the_command_lists_and_tells(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["formats"]) == 0
    listed = capsys.readouterr().out
    assert "微信 个人账单" in listed
    assert "按列名对应" in listed
    assert main(["--lang", "en", "formats", "bank-personal/icbc_debit_v1"]) == 0
    told = capsys.readouterr().out
    assert "Personal bank statement" in told
    # Names of layouts are for programs.
    assert "icbc_debit_v2" not in told
    assert main(["formats", "bank-personal", "--json"]) == 0
    assert "icbc_debit_v2" in json.loads(capsys.readouterr().out)["layouts"]
    assert "hints" in told
    assert main(["formats", "wechat-personal", "--json"]) == 0
    entry = json.loads(capsys.readouterr().out)
    assert (entry["format"], entry["readable"], entry["confirmed"]) == ("wechat-personal", True, True)


def test_an_unknown_format_is_said(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["formats", "no-such"]) == 2
    assert "no-such" in capsys.readouterr().err
