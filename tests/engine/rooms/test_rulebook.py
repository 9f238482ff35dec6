"""Rules, holidays and festivals of a book: planted, edited with a date, undone."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from chainbrain.errors import UserError
from chainbrain.workspace import Workspace


@pytest.fixture
def workspace(tmp_path: Path) -> Workspace:
    return Workspace.create(tmp_path / "a.chainbrain")


def test_the_calendar_of_a_book_follows_its_tables(workspace: Workspace) -> None:
    with workspace:
        calendar = workspace.rules.calendar()
        assert not calendar.is_working(date(2026, 10, 1))
        assert calendar.festival("spring_festival", 2026) == date(2026, 2, 17)
        workspace.edit_holiday(date(2026, 11, 25), "holiday", "盘点")
        assert not workspace.rules.calendar().is_working(date(2026, 11, 25))
        workspace.undo()
        assert workspace.rules.calendar().is_working(date(2026, 11, 25))


def test_an_edited_holiday_comes_back_as_it_was(workspace: Workspace) -> None:
    with workspace:
        before = workspace.rules.holiday(date(2026, 10, 1))
        workspace.edit_holiday(date(2026, 10, 1), None)
        assert workspace.rules.holiday(date(2026, 10, 1)) is None
        workspace.undo()
        after = workspace.rules.holiday(date(2026, 10, 1))
        assert before is not None
        assert after is not None
        assert (after["kind"], after["name"]) == (before["kind"], before["name"])


def test_a_later_rule_stands_beside_the_older_one(workspace: Workspace) -> None:
    with workspace:
        key = workspace.rules.rules()[0].key
        rows = len(workspace.rules.rules())
        workspace.edit_rule(key, "0.5", date(2027, 1, 1), "合同")
        assert len(workspace.rules.rules()) == rows + 1
        workspace.undo()
        assert len(workspace.rules.rules()) == rows


def test_a_moved_festival_is_undone(workspace: Workspace) -> None:
    with workspace:
        workspace.move_festival("spring_festival", date(2029, 2, 14))
        assert workspace.rules.calendar().festival("spring_festival", 2029) == date(2029, 2, 14)
        workspace.undo()
        assert workspace.rules.calendar().festival("spring_festival", 2029) == date(2029, 2, 13)
        with pytest.raises(UserError) as raised:
            workspace.move_festival("spring_festival", date(2050, 1, 23))
        assert raised.value.code == "rules.no_festival"
