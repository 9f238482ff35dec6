"""Backups: what comes out is what went in, nothing is overwritten, and damage is found before anything is written."""

from __future__ import annotations

import zipfile
from collections.abc import Callable
from datetime import date, datetime
from pathlib import Path

import pytest

from chainbrain.cli import main
from chainbrain.database import history, pack, restore
from chainbrain.database.bookfile import BookFile
from chainbrain.database.safe import safe_of
from chainbrain.errors import Cancelled, UserError
from chainbrain.workspace import Workspace


@pytest.fixture(scope="module")
def book(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("book")
    table = folder / "门店档案.csv"
    table.write_text("门店编号,门店名称,经营方式\nS1,南山店,直营\n", encoding="utf-8")
    path = folder / "连锁.chainbrain"
    with Workspace.create(path) as workspace:
        workspace.imports.apply(workspace.imports.plan([table]))
    return path


@pytest.fixture(scope="module")
def kept(book: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    return pack.backup(book, tmp_path_factory.mktemp("kept"), now=datetime(2026, 11, 26, 22, 50))


def files_below(folder: Path) -> dict[str, bytes]:
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def test_what_comes_out_is_what_went_in_under_another_name(book: Path, kept: Path, tmp_path: Path) -> None:
    assert kept.name == "连锁-20261126-225000.zip"
    target = tmp_path / "恢复.chainbrain"
    assert restore.restore(kept, target).listed
    assert target.read_bytes() == book.read_bytes()
    originals = {name: data for name, data in files_below(safe_of(book)).items() if name.startswith("originals")}
    assert originals
    assert {n: d for n, d in files_below(safe_of(target)).items() if n.startswith("originals")} == originals
    assert sorted(path.name for path in tmp_path.iterdir()) == ["恢复.chainbrain", "恢复.chainbrain.safe"]
    with Workspace.open(target) as workspace:
        assert workspace.check().good
        assert [row[0] for row in workspace.book.rows_of("select name from main.stores")] == ["南山店"]


def test_later_backups_stand_beside_earlier_ones(book: Path, tmp_path: Path) -> None:
    first = pack.backup(book, tmp_path, now=datetime(2026, 11, 26, 1))
    second = pack.backup(book, tmp_path, now=datetime(2026, 11, 26, 2))
    assert first.exists() and second.exists()
    with pytest.raises(UserError) as refused:
        pack.backup(book, tmp_path, now=datetime(2026, 11, 26, 2))
    assert refused.value.code == "pack.exists"
    with pytest.raises(UserError) as refused:
        pack.backup(book, tmp_path / "nowhere")
    assert refused.value.code == "backup.no_folder"


def test_nothing_is_ever_overwritten(kept: Path, tmp_path: Path) -> None:
    target = tmp_path / "a.chainbrain"
    safe_of(target).mkdir()
    with pytest.raises(UserError) as refused:
        restore.restore(kept, target)
    assert refused.value.code == "restore.exists"
    safe_of(target).rmdir()
    target.write_text("mine", encoding="utf-8")
    with pytest.raises(UserError):
        restore.restore(kept, target)
    assert target.read_text(encoding="utf-8") == "mine"


def rewritten(kept: Path, target: Path, change: Callable[[str, bytes], tuple[str, bytes] | None]) -> Path:
    with zipfile.ZipFile(kept) as old, zipfile.ZipFile(target, "w") as new:
        for info in old.infolist():
            made = change(info.filename, old.read(info))
            if made is not None:
                new.writestr(*made)
    return target


def flipped(name: str, data: bytes) -> tuple[str, bytes]:
    if not name.endswith(".chainbrain"):
        return name, data
    return name, data[:5000] + bytes([data[5000] ^ 1]) + data[5001:]


@pytest.mark.parametrize(
    ("change", "code"),
    [
        (flipped, "restore.damaged"),
        (lambda name, data: None if "originals" in name else (name, data), "restore.damaged"),
        (lambda name, data: None if name.endswith(".chainbrain") else (name, data), "restore.not_a_backup"),
        (lambda name, data: (name.replace(".safe/", ".safe/../../"), data), "restore.not_a_backup"),
        (lambda name, data: (name, b"{}" if name == pack.MANIFEST else data), "restore.not_a_backup"),
        (lambda name, data: (name, b"[1" if name == pack.MANIFEST else data), "restore.not_a_backup"),
    ],
    ids=[
        "a flipped bit",
        "an original is missing",
        "no book",
        "climbs out",
        "a list that tells nothing",
        "a torn list",
    ],
)
def test_damage_is_found_and_nothing_is_left(
    kept: Path, tmp_path: Path, change: Callable[[str, bytes], tuple[str, bytes] | None], code: str
) -> None:
    source = rewritten(kept, tmp_path / "bad.zip", change)
    with pytest.raises(UserError) as refused:
        restore.restore(source, tmp_path / "a.chainbrain")
    assert refused.value.code == code
    assert [path.name for path in tmp_path.iterdir()] == ["bad.zip"]


@pytest.mark.parametrize("share", [0.2, 0.7, 0.999])
def test_a_backup_cut_short_is_refused(kept: Path, tmp_path: Path, share: float) -> None:
    whole = kept.read_bytes()
    source = tmp_path / "cut.zip"
    source.write_bytes(whole[: int(len(whole) * share)])
    with pytest.raises(UserError) as refused:
        restore.restore(source, tmp_path / "a.chainbrain")
    assert refused.value.code == "restore.not_a_backup"
    assert [path.name for path in tmp_path.iterdir()] == ["cut.zip"]


def test_a_restore_that_is_stopped_or_has_no_room_leaves_nothing(
    kept: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def stop(done: int, total: int, label: str) -> None:
        raise Cancelled

    with pytest.raises(Cancelled):
        restore.restore(kept, tmp_path / "a.chainbrain", stop)
    monkeypatch.setattr(restore, "_ROOM", 1 << 60)
    with pytest.raises(UserError) as refused:
        restore.restore(kept, tmp_path / "a.chainbrain")
    assert refused.value.code == "restore.no_room"
    assert not list(tmp_path.iterdir())


def test_the_commands_back_up_restore_and_verify(
    book: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["--lang", "zh", "backup", str(book), str(tmp_path)]) == 0
    made = next(tmp_path.glob("*.zip"))
    target = tmp_path / "b.chainbrain"
    assert main(["--lang", "zh", "restore", str(made), str(target)]) == 0
    told = capsys.readouterr().out
    assert "已备份到" in told and "已恢复成" in told and "✓" in told
    assert main(["--lang", "zh", "restore", str(made), str(target)]) == 2
    assert "没有覆盖" in capsys.readouterr().err


def test_a_book_that_was_written_on_since_is_another_book(book: Path, kept: Path, tmp_path: Path) -> None:
    target = tmp_path / "c.chainbrain"
    restore.restore(kept, target)
    file = BookFile(target, create=False)
    with file.book.transaction():
        history.add(file.book, "rule", {"key": "x", "valid_from": date(2026, 1, 1)}, undoable=True)
    file.acknowledge()
    file.close()
    assert target.read_bytes() != book.read_bytes()
    with Workspace.open(target) as workspace:
        assert workspace.check().good


def test_a_pack_without_a_list_is_restored_and_said_to_have_none(kept: Path, tmp_path: Path) -> None:
    source = rewritten(kept, tmp_path / "old.zip", lambda name, data: None if name == pack.MANIFEST else (name, data))
    assert not restore.restore(source, tmp_path / "a.chainbrain").listed


def test_a_book_that_cannot_be_put_in_place_leaves_no_safe(
    kept: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    real = Path.replace

    def refused(path: Path, target: Path) -> Path:
        if path.suffix == ".chainbrain":
            raise PermissionError(13, "Permission denied")
        return real(path, target)

    monkeypatch.setattr(Path, "replace", refused)
    with pytest.raises(PermissionError):
        restore.restore(kept, tmp_path / "a.chainbrain")
    assert not list(tmp_path.iterdir())
