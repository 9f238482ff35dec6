"""What the book already has of a planned file."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from chainbrain.intake.already import Already
from chainbrain.workspace import Workspace

HEAD = "订单号,门店编号,营业日期,下单时间,订单渠道,应收金额,优惠金额,实收金额,订单状态"


def _orders(path: Path, *numbers: int, store: str = "1001", extra: str = "") -> Path:
    """Orders with one number per day of March."""
    rows = [f"A{n},{store},2026-03-{n:02d},2026-03-{n:02d} 09:00:00,堂食,18.00,0.00,18.00,已完成" for n in numbers]
    path.write_text("\n".join([HEAD, *rows, extra]) + "\n", encoding="utf-8")
    return path


@pytest.fixture
def workspace(tmp_path: Path):
    with Workspace.create(tmp_path / "book.chainbrain") as made:
        yield made


def _already(workspace: Workspace, *paths: Path) -> list[Already]:
    return [workspace.imports.already(file) for file in workspace.imports.plan(list(paths)).files]


def test_an_earlier_file_is_named_with_its_rows_and_days(workspace: Workspace, tmp_path: Path) -> None:
    workspace.imports.apply(workspace.imports.plan([_orders(tmp_path / "first.csv", 1, 2, 3)]))
    (already,) = _already(workspace, _orders(tmp_path / "second.csv", 2, 3, 4, 5))
    (earlier,) = already.earlier
    assert (earlier.name, earlier.rows, earlier.days) == ("first.csv", 2, 2)
    assert (earlier.first_day, earlier.last_day) == (date(2026, 3, 2), date(2026, 3, 3))
    assert earlier.imported_at is not None
    assert (already.days, already.days_there, already.stores) == (4, 2, 1)


def test_a_file_of_the_same_plan_has_no_moment(workspace: Workspace, tmp_path: Path) -> None:
    first, second = _already(workspace, _orders(tmp_path / "a.csv", 1, 2), _orders(tmp_path / "b.csv", 2, 3))
    assert first.earlier == ()
    assert [(one.name, one.imported_at, one.rows) for one in second.earlier] == [("a.csv", None, 1)]


def test_a_day_counts_as_there_only_with_every_store_of_the_file(workspace: Workspace, tmp_path: Path) -> None:
    workspace.imports.apply(workspace.imports.plan([_orders(tmp_path / "first.csv", 1, 2)]))
    other = "B1,1002,2026-03-02,2026-03-02 09:00:00,堂食,5.00,0.00,5.00,已完成"
    (already,) = _already(workspace, _orders(tmp_path / "both.csv", 1, 2, extra=other))
    assert (already.days, already.days_there, already.stores) == (2, 1, 2)


def test_a_file_that_is_there_says_when_it_came_and_under_which_name(workspace: Workspace, tmp_path: Path) -> None:
    path = _orders(tmp_path / "first.csv", 1)
    workspace.imports.apply(workspace.imports.plan([path]))
    (already,) = _already(workspace, path.rename(tmp_path / "again.csv"))
    assert already.imported is not None and already.imported[0] == "first.csv"


def test_nothing_is_known_of_a_table_nobody_recognises(workspace: Workspace, tmp_path: Path) -> None:
    path = tmp_path / "odd.csv"
    path.write_text("甲,乙\n1,2\n", encoding="utf-8")
    assert _already(workspace, path) == [Already()]
