"""Whether a book is up to date: what makes its matches stale, what does not, and what a check says in between."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from chainbrain.demo import generate
from chainbrain.errors import Cancelled, UserError
from chainbrain.intake.decisions import Decisions
from chainbrain.workspace import Workspace


@pytest.fixture
def half_imported(tmp_path: Path) -> Iterator[tuple[Workspace, list[Path]]]:
    """A reconciled book that holds all exports but the last few bank statements, and those statements."""
    chain = generate(tmp_path / "chain", stores=3, days=7)
    files = sorted(path for path in chain.exports.rglob("*") if path.is_file())
    with Workspace.create(tmp_path / "a.chainbrain") as workspace:
        workspace.imports.apply(workspace.imports.plan(files[::2]))
        workspace.reconcile()
        yield workspace, files[1::2]


def test_new_files_make_a_book_stale_but_not_damaged(half_imported: tuple[Workspace, list[Path]]) -> None:
    workspace, later = half_imported
    assert workspace.info().reconciled
    assert workspace.check().good
    workspace.imports.apply(workspace.imports.plan(later))
    assert not workspace.info().reconciled
    assert workspace.check().good
    workspace.book.execute("delete from base.row_states where record_type = 'order'")
    assert [finding.code for finding in workspace.check().findings if not finding.good] == ["health.states"]
    workspace.reconcile()
    assert workspace.info().reconciled
    assert workspace.check().good


def test_decisions_leave_a_book_up_to_date_and_working_days_do_not(
    half_imported: tuple[Workspace, list[Path]],
) -> None:
    workspace, _ = half_imported
    difference = str(workspace.book.one_of("select min(difference_id) from differences where state = 'open'")[0])
    workspace.decide("difference", [difference], "explain", "seen")
    assert workspace.info().reconciled
    workspace.undo()
    assert workspace.info().reconciled
    assert workspace.book.one_of(
        "select state from differences where cast(difference_id as varchar) = $id", id=difference
    ) == ("open",)
    workspace.edit_rule("analytics.daypart.lunch", "11", date(2026, 1, 1))
    assert workspace.info().reconciled
    workspace.undo()
    assert workspace.info().reconciled
    workspace.edit_holiday(date(2026, 5, 20), "holiday", "盘点")
    assert not workspace.info().reconciled
    workspace.undo()
    assert workspace.info().reconciled


def test_a_comparison_stopped_half_way_leaves_no_plan_to_apply(
    half_imported: tuple[Workspace, list[Path]], monkeypatch: pytest.MonkeyPatch
) -> None:
    workspace, later = half_imported
    plan = workspace.imports.plan(later)

    def stopped(*_: object, **__: object) -> None:
        raise Cancelled

    monkeypatch.setattr("chainbrain.intake.staged.compare", stopped)
    with pytest.raises(Cancelled):
        workspace.imports.decide_again(Decisions(accept_differences=True))
    with pytest.raises(UserError) as raised:
        workspace.imports.apply(plan)
    assert raised.value.code == "import.plan_outdated"


def test_a_file_changed_between_plan_and_apply_is_not_written(half_imported: tuple[Workspace, list[Path]]) -> None:
    workspace, later = half_imported
    plan = workspace.imports.plan(later)
    rows = workspace.info().files
    later[0].write_bytes(later[0].read_bytes() + b"\n")
    with pytest.raises(UserError) as raised:
        workspace.imports.apply(plan)
    assert raised.value.code == "safe.file_changed"
    assert workspace.info().files == rows
