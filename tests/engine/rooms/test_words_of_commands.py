"""Every option says what it is for in both languages, and what is said of formats and empty books is so."""

from __future__ import annotations

import argparse
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from acceptance_book import HereReader

from chainbrain import cli
from chainbrain.importers import reading
from chainbrain.importers.registry import FORMATS
from chainbrain.workspace import Workspace

README = Path(__file__).parents[3] / "README.md"
GOLDEN = Path(__file__).parents[2] / "golden"


def _parsers(parser: argparse.ArgumentParser) -> Iterator[argparse.ArgumentParser]:
    yield parser
    for action in parser._actions:
        if isinstance(action, argparse._SubParsersAction):
            for below in action.choices.values():
                yield from _parsers(below)


def test_every_option_says_what_it_is_for_in_both_languages() -> None:
    silent = [
        f"{parser.prog} {action.option_strings or action.dest}"
        for parser in _parsers(cli._parser())
        for action in parser._actions
        if not isinstance(action, argparse._HelpAction | argparse._SubParsersAction)
        and not re.search(r"[\u4e00-\u9fff].* ?/ [A-Za-z]", action.help or "")
    ]
    assert silent == []


def test_the_help_of_every_command_can_be_shown() -> None:
    assert all(parser.format_help().startswith("usage") for parser in _parsers(cli._parser()))


def test_undoing_and_doing_again_say_what_came_and_went(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    book, table = tmp_path / "a.chainbrain", tmp_path / "门店档案.csv"
    table.write_text("门店编号,门店名称,经营方式\nS1,东门店,直营\n", encoding="utf-8")
    assert cli.main(["import", str(book), str(table)]) == 0
    assert cli.main(["unusual-note", str(book), "S1", "2026-03-02", "--until", "2026-03-09", "--note", "修路"]) == 0
    for command, words in (("undo", "已撤销第"), ("redo", "已恢复第")):
        capsys.readouterr()
        assert cli.main([command, str(book)]) == 0
        said = capsys.readouterr().out
        assert words in said and "门店 S1，2026-03-02 到 2026-03-09 不提醒：修路" in said


@pytest.mark.parametrize("option", ["--day", "--since"])
def test_a_day_of_the_money_map_that_is_none_is_refused_in_words(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], option: str
) -> None:
    book = tmp_path / "a.chainbrain"
    Workspace.create(book).close()
    assert cli.main(["money-map", str(book), option, "昨天"]) == 2
    assert "昨天" in capsys.readouterr().err


def test_the_readme_counts_the_formats_as_the_registry_does() -> None:
    text = README.read_text(encoding="utf-8")
    counted = re.findall(r"(\d+) 种导出文件|(\d+) kinds of export", text)
    assert [int(zh or en) for zh, en in counted] == [len(FORMATS)] * 2


@pytest.mark.parametrize(("lang", "words"), [("zh", "还没有导入任何文件"), ("en", "no file has been imported")])
def test_a_book_without_rows_says_so(tmp_path: Path, capsys: pytest.CaptureFixture[str], lang: str, words: str) -> None:
    book = tmp_path / "a.chainbrain"
    with Workspace.create(book):
        pass
    assert cli.main(["--lang", lang, "status", str(book)]) == 0
    said = capsys.readouterr().out
    assert words in said
    assert " - " not in said


def _import(book: Path, file: Path, monkeypatch: pytest.MonkeyPatch) -> int:
    monkeypatch.setattr(reading, "Reader", HereReader)
    return cli.main(["import", str(book), str(file)])


def test_a_book_without_a_till_still_has_differences_and_names_what_waits_for_its_store(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    book = tmp_path / "a.chainbrain"
    assert _import(book, GOLDEN / "pinduoduo" / "bill.csv", monkeypatch) == 0
    assert "1 个门店、终端、商户号或没写店铺的文件还没归位" in capsys.readouterr().out
    assert cli.main(["status", str(book)]) == 0
    said = capsys.readouterr().out
    assert "0 家店，1 个文件；还没有收银数据" in said
    assert "待处理" in said and "在途" in said


def test_an_unknown_table_is_told_with_its_columns_and_the_command_that_maps_them(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    table = tmp_path / "members.csv"
    table.write_text("会员姓名,电话,生日\n张三,13800000000,1990-01-01\n", encoding="utf-8")
    assert _import(tmp_path / "a.chainbrain", table, monkeypatch) == 3
    said = capsys.readouterr().err
    assert "看到的列：会员姓名、电话、生日。" in said
    assert "mapping 账本 suggest" in said


@pytest.mark.parametrize(("lang", "words"), [("zh", "没有这个文件或文件夹"), ("en", "no such file or folder")])
def test_the_computers_own_reason_is_told_in_the_language_of_the_reader(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], lang: str, words: str
) -> None:
    book, gone = tmp_path / "a.chainbrain", tmp_path / "gone"
    Workspace.create(book).close()
    for command in (
        ["place", str(book), str(gone)],
        ["decide", str(book), str(gone)],
        ["import", str(book), str(book), "--password-file", str(gone)],
        ["import", str(book), str(book), "--mapping", str(gone)],
    ):
        assert cli.main(["--lang", lang, *command]) == 2
        assert words in capsys.readouterr().err


def test_a_file_between_formats_is_told_by_their_titles_and_how_to_choose(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(reading, "Reader", HereReader)
    both = tmp_path / "both.csv"
    both.write_text("订单号,门店编号,营业日期,实收金额,支付方式,支付金额\nB1,S1,2026-03-01,18.00,微信,18.00\n")
    assert cli.main(["import", str(tmp_path / "a.chainbrain"), str(both)]) == 3
    said = capsys.readouterr().err
    assert "订单明细 [chainbrain-orders]、支付明细 [chainbrain-tenders]" in said
    assert "--format" in said


def test_no_layout_is_named_where_a_format_is_explained(capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["formats", "bank-corporate"]) == 0
    said = capsys.readouterr().out
    (importer,) = (one for one in FORMATS if one.format == "bank-corporate")
    assert not [layout.id for layout in importer.layouts if layout.id and layout.id in said]


def test_a_format_that_does_not_exist_is_told_before_anything_is_made(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    bill = tmp_path / "bill.csv"
    bill.write_text("a,b\n1,2\n", encoding="utf-8")
    assert cli.main(["import", str(tmp_path / "a.chainbrain"), str(bill), "--format", "chainbrain-ordres"]) != 0
    assert "chainbrain-ordres" in capsys.readouterr().err
    assert sorted(path.name for path in tmp_path.iterdir()) == ["bill.csv"]
