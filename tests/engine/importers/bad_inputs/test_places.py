"""Files that are not where or what a path says: links, pipes, devices, folders, our own book, files that vanish."""

from __future__ import annotations

import os
import sys
from pathlib import Path

import pytest

from chainbrain import texts
from chainbrain.cli import main
from chainbrain.errors import UserError
from chainbrain.workspace import Workspace

from .case import orders

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="pipes and links as here exist on other systems only")


def test_what_is_no_file(tmp_path: Path) -> None:
    inside = tmp_path / "exports"
    folder_named_csv = inside / "folder.csv"
    folder_named_csv.mkdir(parents=True)
    (folder_named_csv / "a.csv").write_text(orders("p1"), encoding="utf-8")
    (inside / "empty.csv").mkdir()
    (inside / "nowhere.csv").symlink_to(tmp_path / "gone.csv")
    (inside / "itself.csv").symlink_to(inside / "itself.csv")
    (inside / "linked.csv").symlink_to(folder_named_csv / "a.csv")
    strange = inside / "账\n单 😀 'x' $(rm).csv"
    strange.write_text(orders("p2"), encoding="utf-8")
    pipe = tmp_path / "pipe.csv"
    os.mkfifo(pipe)
    vanishing = tmp_path / "vanishing.csv"
    vanishing.write_text(orders("p3"), encoding="utf-8")
    deep = tmp_path.joinpath(*["深" * 60] * 4)
    deep.mkdir(parents=True)
    (deep / "a.csv").write_text(orders("p4"), encoding="utf-8")
    expected: dict[str, tuple[str, str | None]] = {
        "exports/folder.csv/a.csv": ("imported", None),
        "exports/nowhere.csv": ("refused", "import.unreadable"),
        "exports/itself.csv": ("refused", "import.unreadable"),
        "exports/linked.csv": ("already_imported", "import.same_as_other"),
        "exports/账\n单 😀 'x' $(rm).csv": ("imported", None),
        "pipe.csv": ("refused", "import.not_a_file"),
        "vanishing.csv": ("refused", "import.unreadable"),
        "book.chainbrain": ("refused", "import.own_book"),
        f"{deep.relative_to(tmp_path)}/a.csv": ("imported", None),
    }
    paths = [inside, pipe, vanishing, tmp_path / "book.chainbrain", deep]
    if sys.platform == "linux":
        paths += [Path("/dev/zero"), Path("/proc/self/mem")]
        expected |= {"/dev/zero": ("refused", "import.not_a_file"), "/proc/self/mem": ("refused", "import.unreadable")}
    if os.geteuid():
        locked = tmp_path / "locked.csv"
        locked.write_text(orders("p5"), encoding="utf-8")
        locked.chmod(0)
        paths.append(locked)
        expected["locked.csv"] = ("refused", "import.unreadable")

    def pull_out(done: int, total: int, label: str) -> None:
        vanishing.unlink(missing_ok=True)

    with Workspace.create(tmp_path / "book.chainbrain") as workspace:
        plan = workspace.imports.plan(paths, pull_out)
        found = {
            str(
                file.reading.path.relative_to(tmp_path) if tmp_path in file.reading.path.parents else file.reading.path
            ): (
                file.outcome,
                file.code,
            )
            for file in plan.files
        }
        assert found == expected
        for file in plan.files:
            for lang in texts.LANGUAGES if file.code else ():
                assert "…" not in texts.message(str(file.code), lang, path=file.name, **file.facts)
        workspace.imports.apply(plan)
        assert len(workspace.imports.files()) == 3


def test_a_path_that_is_not_there_is_wrong_usage(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    nowhere = tmp_path / "nowhere.csv"
    nowhere.symlink_to(tmp_path / "gone.csv")
    too_long = tmp_path / ("账" * 200 + ".csv")
    with Workspace.create(tmp_path / "book.chainbrain") as workspace:
        for path in (nowhere, tmp_path / "never.csv", too_long):
            with pytest.raises(UserError, match="path_missing"):
                workspace.imports.plan([path])
    assert main(["--quiet", "import", str(tmp_path / "book.chainbrain"), str(too_long)]) == 2
    assert capsys.readouterr().err
