"""A file that the book holds is told by its bytes and not read again; one that was taken back is."""

from __future__ import annotations

import json
import zipfile
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from chainbrain.cli import main
from chainbrain.errors import UserError
from chainbrain.importers.plan import FilePlan, ImportPlan, RowCounts
from chainbrain.intake import outcomes
from chainbrain.intake.decisions import UNDECIDED, Decisions
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
    assert [(file.counts.seen, file.counts.broken) for file in second.files] == [(1, 1), (1, 0)]


def test_rows_left_out_are_no_part_of_what_the_book_has(workspace: Workspace, tmp_path: Path) -> None:
    """Left is what could not be read, and what was suspect and put off: an order that the book has with another sum."""
    for name, amounts in (("before", ("1.00",)), ("after", ("1.10", "2.00", "x"))):
        lines = [f"A{n},S1,2026-03-01,2026-03-01 12:00:00,{amount},已完成" for n, amount in enumerate(amounts)]
        text = "\n".join(("订单号,门店编号,营业日期,下单时间,实收金额,订单状态", *lines, ""))
        (tmp_path / f"{name}.csv").write_text(text, encoding="utf-8")
    workspace.imports.apply(workspace.imports.plan([tmp_path / "before.csv"]))
    first, second = _twice(workspace, tmp_path / "after.csv")
    assert first.files[0].counts == RowCounts(new=1, suspect=1, broken=1)
    (again,) = second.files
    assert (again.outcome, again.code) == ("already_imported", "import.already_partly")
    assert again.facts == {"left": "2", "broken": "1", "suspect": "1"}
    assert again.counts == RowCounts(seen=1, suspect=1, broken=1)
    workspace.undo()
    taken = workspace.imports.plan([tmp_path / "after.csv"], decisions=Decisions(accept_suspect=True))
    assert taken.files[0].counts == RowCounts(new=2, broken=1)


def test_the_command_line_says_which_rows_a_known_file_left_out(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    book, path = str(tmp_path / "b.chainbrain"), tmp_path / "cash.csv"
    path.write_text(CASH, encoding="utf-8")
    assert main(["import", book, str(path)]) == 3
    capsys.readouterr()
    assert main(["import", book, str(path), "--accept-suspect", "--json"]) == 3
    (told,) = json.loads(capsys.readouterr().out)["files"]
    assert (told["code"], told["rows"]) == (
        "import.already_partly",
        {"new": 0, "seen": 1, "suspect": 0, "broken": 1},
    )
    assert main(["import", book, str(path)]) == 3
    assert "其中 1 行当时没写入（坏 1、疑似 0）" in capsys.readouterr().err


def test_of_the_same_bytes_twice_the_file_with_the_plain_name_is_written(workspace: Workspace, tmp_path: Path) -> None:
    bytes_ = (BILLS / "ALL.csv").read_bytes()
    copy, path = tmp_path / "bill (1).csv", tmp_path / "bill.csv"
    copy.write_bytes(bytes_)
    path.write_bytes(bytes_)
    plan = workspace.imports.plan([copy, path])
    assert [(file.name, file.outcome, file.code, file.facts) for file in plan.files] == [
        ("bill (1).csv", "already_imported", "import.same_as_other", {"other": "bill.csv"}),
        ("bill.csv", "imported", None, {}),
    ]
    assert plan.files[0].counts == RowCounts(seen=plan.new_rows)
    assert workspace.imports.already(plan.files[0]).imported is None
    workspace.imports.apply(plan)
    assert [file.name for file in workspace.imports.files()] == ["bill.csv"]
    assert {file.code for file in workspace.imports.plan([copy, path]).files} == {"import.already_imported"}


def test_a_copy_of_a_file_that_is_refused_is_refused(workspace: Workspace, tmp_path: Path) -> None:
    plan = workspace.imports.plan([BILLS / "ALL.csv"])
    found = plan.files[0].reading
    looks = outcomes.first_looks([replace(found, name="ALL (1).csv"), found], {}, UNDECIDED)
    refused = replace(looks[1], outcome="refused", code="import.told_before", facts={"other": "x"})
    (twin, _) = outcomes.twins_follow([looks[0], refused])
    assert (twin.name, twin.outcome, twin.code, twin.facts) == ("ALL (1).csv", "refused", refused.code, {"other": "x"})


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
