"""A file that the book holds is told by its bytes and not read again; one that was taken back is."""

from __future__ import annotations

import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from chainbrain.errors import UserError
from chainbrain.importers.plan import FilePlan, ImportPlan
from chainbrain.intake.decisions import UNDECIDED
from chainbrain.workspace import Workspace

HEADER = "门店编号,营业日期,实点\n"
CASH = HEADER + "1001,2026-03-01,500.00\n1002,2026-03-01,x\n"
BILLS = Path(__file__).parents[2] / "golden" / "wechat-merchant-trade"


@pytest.fixture
def workspace(tmp_path: Path) -> Iterator[Workspace]:
    with Workspace.create(tmp_path / "book.chainbrain") as opened:
        yield opened


def _zip(path: Path, **members: str) -> Path:
    with zipfile.ZipFile(path, "w") as archive:
        for name, text in members.items():
            archive.writestr(f"{name}.csv", text)
    return path


def _said(plan: FilePlan) -> tuple[object, ...]:
    reading = plan.reading
    return (
        plan.file_id, plan.name, reading.format, reading.layout, reading.encoding, reading.account_no,
        reading.first_day, reading.last_day, reading.row_count, reading.controls, plan.problems,
    )  # fmt: skip


def _twice(workspace: Workspace, path: Path) -> tuple[ImportPlan, ImportPlan]:
    first = workspace.imports.plan([path])
    workspace.imports.apply(first)
    return first, workspace.imports.plan([path])


@pytest.mark.parametrize("bill", ["ALL.csv", "ALL-gb18030.csv"])
def test_a_second_time_says_the_same_without_reading(workspace: Workspace, bill: str) -> None:
    first, second = _twice(workspace, BILLS / bill)
    (again,) = second.files
    assert (again.outcome, again.code, again.reading.outcome) == (
        "already_imported",
        "import.already_imported",
        "known",
    )
    assert again.counts.seen == first.files[0].counts.total == again.counts.total > 0
    assert _said(again) == _said(first.files[0])


def test_broken_rows_are_told_again(workspace: Workspace, tmp_path: Path) -> None:
    path = tmp_path / "cash.csv"
    path.write_text(CASH, encoding="utf-8")
    first, second = _twice(workspace, path)
    assert [problem.code for problem in second.files[0].problems] == ["amount"]
    assert _said(second.files[0]) == _said(first.files[0])


def test_members_of_an_archive_are_each_told(workspace: Workspace, tmp_path: Path) -> None:
    path = _zip(tmp_path / "both.zip", a=CASH, b=HEADER + "1003,2026-03-02,1.00\n")
    first, second = _twice(workspace, path)
    assert [file.reading.outcome for file in second.files] == ["known", "known"]
    assert [_said(file) for file in second.files] == [_said(file) for file in first.files]
    assert [file.counts.seen for file in second.files] == [2, 1]


def test_an_archive_with_a_refused_member_is_read_again(workspace: Workspace, tmp_path: Path) -> None:
    path = _zip(tmp_path / "both.zip", a=CASH, b="what is this\n")
    _, second = _twice(workspace, path)
    assert [file.outcome for file in second.files] == ["already_imported", "needs_mapping"]
    assert second.files[0].reading.outcome == "read"


def test_the_same_bytes_under_another_name_are_known(workspace: Workspace, tmp_path: Path) -> None:
    workspace.imports.apply(workspace.imports.plan([BILLS / "ALL.csv"]))
    copy = tmp_path / "copy.csv"
    copy.write_bytes((BILLS / "ALL.csv").read_bytes())
    (again,) = workspace.imports.plan([copy]).files
    assert (again.name, again.reading.path, again.outcome) == ("copy.csv", copy, "already_imported")


def test_after_an_undo_it_is_read_and_written_again(workspace: Workspace) -> None:
    first, second = _twice(workspace, BILLS / "ALL.csv")
    workspace.undo()
    with pytest.raises(UserError, match=r"import\.plan_outdated"):
        workspace.imports.decide_again(UNDECIDED)
    assert second.new_rows == 0
    again = workspace.imports.plan([BILLS / "ALL.csv"])
    assert again.new_rows == first.new_rows > 0
    workspace.imports.apply(again)
    assert workspace.check().good
