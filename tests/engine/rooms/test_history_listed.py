"""A long history: a kind is searched for in all of it, what is not listed is counted, and the export is whole."""

from __future__ import annotations

import csv
import json
from datetime import date
from pathlib import Path

import pytest

from chainbrain.cli import main
from chainbrain.errors import UserError
from chainbrain.workspace import Workspace

LATER = 1_500


@pytest.fixture
def book(tmp_path: Path) -> Path:
    """One rule, then more steps than any list shows."""
    path = tmp_path / "a.chainbrain"
    with Workspace.create(path) as workspace:
        workspace.edit_holiday(date(2026, 12, 1), "holiday", "停业")
        workspace.book.execute(
            "insert into base.history select nextval('base.history_seq'), \"at\", who, 'cash_floor', "
            '\'{"entity": "甲", "amount": "1.00"}\', true, null, null from base.history, range($count)',
            count=LATER,
        )  # fmt: skip
    return path


def test_a_kind_is_found_however_old_it_is(book: Path) -> None:
    with Workspace.open(book) as workspace:
        every = workspace.history()
        assert len(every) == workspace.history_count() == LATER + 1
        assert workspace.history(10) == every[:10]
        assert workspace.history(10, kind="holiday") == every[-1:]
        assert (workspace.history_count("holiday"), workspace.history_count("undo")) == (1, 0)
        newest = workspace.newest_entries()
        assert newest == {"holiday": every[-1].entry_id, "cash_floor": every[0].entry_id}
        workspace.undo(every[-1].entry_id)
        assert "holiday" not in workspace.newest_entries(), "what was taken back is not the newest that stands"


def test_the_command_says_what_it_does_not_list(book: Path, capsys: pytest.CaptureFixture[str]) -> None:
    def told(*more: str) -> str:
        assert main(["--lang", "zh", "history", str(book), *more]) == 0
        return capsys.readouterr().out

    cut = told()
    assert "共 1,501 步，上面只列最近 1,000 步" in cut and "停业" not in cut
    assert len(told("--limit", "3").splitlines()) == 3 + 2
    whole = told("--all")
    assert "只列" not in whole and "停业" in whole and len(whole.splitlines()) == LATER + 2
    one = told("--kind", "holiday")
    assert "停业" in one and len(one.splitlines()) == 2
    found = json.loads(told("--json"))
    assert found["count"] == len(found["entries"]) == LATER + 1
    cut_for_a_program = json.loads(told("--json", "--limit", "2"))
    assert (cut_for_a_program["count"], len(cut_for_a_program["entries"])) == (LATER + 1, 2)
    assert main(["--lang", "zh", "history", str(book), "--kind", "xyz"]) == 2
    assert "没有“xyz”这类步骤" in capsys.readouterr().err


def test_the_export_holds_every_step_in_words(book: Path, tmp_path: Path) -> None:
    def rows(lang: str = "zh", **filters: object) -> list[dict[str, str]]:
        path = tmp_path / "history.csv"
        written = workspace.reports.write("history", path, lang, **filters)
        with path.open(encoding="utf-8-sig", newline="") as listed:
            found = list(csv.DictReader(listed))
        assert len(found) == written
        return found

    with Workspace.open(book) as workspace:
        assert len(rows()) == LATER + 1
        (one,) = rows(step="holiday")
        assert one["做了什么"] == "改节假日" and "2026-12-01" in one["内容"] and one["现在"] == "有效，可撤销"
        workspace.undo(int(one["序号"]))
        (one,) = rows("en", step="holiday")
        assert (one["What"], one["Now"]) == ("Holiday", "Taken back")
        assert int(one["Taken back by entry"]) == workspace.history(1)[0].entry_id
        assert rows(first=date(2999, 1, 1), after=date(2999, 2, 1)) == []
        head = workspace.reports.make("history", step="holiday").notes("zh")
        assert any("改节假日" in line for line in head)
        for suffix in ("xlsx", "json", "pdf"):
            assert workspace.reports.write("history", tmp_path / f"h.{suffix}", step="holiday") == 1
        with pytest.raises(UserError, match=r"history\.unknown_kind"):
            workspace.reports.make("history", step="xyz")
