"""The watched folder: what is new, what is still being written, what was offered; no file is opened."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest

from chainbrain.cli import main
from chainbrain.errors import UserError
from chainbrain.intake import inbox
from chainbrain.intake.inbox import Lying
from chainbrain.workspace import Workspace

STORED = "门店编号,时间,类型,金额,本金,赠金,会员号,单号\n1001,2026-03-01 09:00:00,充值,100.00,100.00,0.00,M1,C1\n"


def _lying(name: str, size: int = 5, changed: int = 1) -> Lying:
    return Lying(Path(name), size, changed)


def test_a_file_is_ready_once_two_looks_agree() -> None:
    first, second = (_lying("a.csv"), _lying("b.csv", 3)), (_lying("a.csv"), _lying("b.csv", 9), _lying("c.csv"))
    found = inbox.sort(second, first, {})
    assert found.ready == (Path("a.csv"),)
    assert found.moving == (Path("b.csv"), Path("c.csv"))


def test_what_was_offered_comes_again_only_when_it_changes() -> None:
    files = (_lying("a.csv", 5, 1), _lying("b.csv", 5, 2))
    found = inbox.sort(files, files, {"a.csv": (5, 1), "b.csv": (5, 1)})
    assert (found.offered, found.ready) == ((Path("a.csv"),), (Path("b.csv"),))


@pytest.mark.parametrize("ending", [".crdownload", ".part", ".TMP", ".download"])
def test_an_unfinished_download_waits_and_so_does_its_place_holder(ending: str) -> None:
    files = (_lying("a.csv", 0), _lying(f"a.csv{ending}"), _lying("b.csv"))
    found = inbox.sort(files, files, {}, files[0].changed)
    assert found.ready == (Path("b.csv"),)
    assert set(found.moving) == {Path("a.csv"), Path(f"a.csv{ending}")}


def test_an_empty_file_waits() -> None:
    empty = _lying("a.csv", 0)
    assert inbox.sort((empty,), (empty,), {}, empty.changed + 60 * 10**9).moving == (Path("a.csv"),)


def test_a_file_that_stays_empty_is_offered_so_that_its_refusal_is_told() -> None:
    empty = _lying("a.csv", 0)
    assert inbox.sort((empty,), (empty,), {}, empty.changed + 180 * 10**9).ready == (Path("a.csv"),)


def test_only_statements_are_looked_at_also_in_subfolders(tmp_path: Path) -> None:
    for name in ("a.csv", "b.XLSX", "photo.jpg", ".hidden.csv", "~$b.xlsx", "two/c.zip", "x/y/z/too_deep.csv"):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text("x", encoding="utf-8")
    (tmp_path / "book.chainbrain.safe").mkdir()
    (tmp_path / "book.chainbrain.safe" / "d.csv").write_text("x", encoding="utf-8")
    assert [file.path.name for file in inbox.look(tmp_path)] == ["a.csv", "b.XLSX", "c.zip"]


def test_a_stick_that_was_pulled_out_is_a_message(tmp_path: Path) -> None:
    with pytest.raises(UserError) as told:
        inbox.look(tmp_path / "gone")
    assert told.value.code == "inbox.gone"


def test_the_book_keeps_folder_and_offers_until_it_is_told_to_forget(tmp_path: Path) -> None:
    folder = tmp_path / "stick"
    folder.mkdir()
    (folder / "a.csv").write_text("x", encoding="utf-8")
    with Workspace.create(tmp_path / "book.chainbrain") as workspace:
        assert workspace.inbox.folder() is None
        with pytest.raises(UserError):
            workspace.inbox.choose(tmp_path / "no")
        workspace.inbox.choose(folder)
        workspace.inbox.note_offered(inbox.look(folder))
    with Workspace.open(tmp_path / "book.chainbrain") as workspace:
        assert workspace.inbox.folder() == folder
        now = inbox.look(folder)
        assert inbox.sort(now, now, workspace.inbox.offered()).ready == ()
        (folder / "a.csv").unlink()
        workspace.inbox.note_offered(())
        assert workspace.inbox.offered() == {}
        workspace.inbox.forget()
        assert workspace.inbox.folder() is None


def test_the_command_says_what_waits_and_writes_nothing(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    folder, book = tmp_path / "stick", tmp_path / "book.chainbrain"
    folder.mkdir()
    (folder / "a.csv").write_text(STORED, encoding="utf-8")
    (folder / "b.csv.part").write_text(STORED, encoding="utf-8")
    Workspace.create(book).close()
    assert main(["inbox", str(book)]) == 2
    capsys.readouterr()
    assert main(["inbox", str(book), str(folder), "--json"]) == 0
    said = json.loads(capsys.readouterr().out)
    assert said["folder"] == str(folder)
    assert [file["outcome"] for file in said["files"]] == ["imported"]
    assert [Path(path).name for path in said["moving"]] == ["b.csv.part"]
    assert main(["import", str(book), str(folder / "a.csv")]) == 0
    capsys.readouterr()
    assert main(["inbox", str(book), "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["known"] == 1
    shutil.rmtree(folder)
    assert main(["inbox", str(book)]) == 2
    assert main(["inbox", str(book), "--forget"]) == 0
