"""Rules, holidays and festivals of a book: planted, edited with a date, undone."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from chainbrain.analytics import daily
from chainbrain.database.migrate import MIGRATIONS
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


def test_an_older_edit_of_a_day_waits_for_the_later_one(workspace: Workspace) -> None:
    with workspace:
        first = workspace.edit_holiday(date(2026, 11, 25), "holiday", "盘点").entry_id
        workspace.edit_holiday(date(2026, 11, 25), "workday", "盘点")
        with pytest.raises(UserError) as raised:
            workspace.undo(first)
        assert raised.value.code == "history.later_stands"
        workspace.undo()
        workspace.undo(first)
        assert workspace.rules.holiday(date(2026, 11, 25)) is None


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


def test_undoing_a_rule_leaves_an_equal_one_alone(workspace: Workspace) -> None:
    with workspace:
        shipped = workspace.rules.rules()[0]
        rows = len(workspace.rules.rules())
        workspace.edit_rule(shipped.key, shipped.value, shipped.valid_from, "again")
        workspace.undo()
        assert len(workspace.rules.rules()) == rows
        assert shipped in workspace.rules.rules()


def test_of_two_rules_of_one_day_the_later_written_stands_until_undone(workspace: Workspace) -> None:
    with workspace:
        key, day = "analytics.daypart.lunch", date(2026, 1, 1)
        for hour in ("11", "9", "10"):
            workspace.edit_rule(key, hour, day)
        assert daily.dayparts(workspace.book)["lunch"] == 10
        assert [row.value for row in workspace.rules.rules() if row.key == key][-3:] == ["11", "9", "10"]
        workspace.undo()
        assert daily.dayparts(workspace.book)["lunch"] == 9
        written = workspace.book.one_of("select count(*) from base.rules where key = $key and entry_id > 0", key=key)
        assert written == (3,)  # taken back, not deleted


def test_a_projected_holiday_is_projected_again_after_undo(workspace: Workspace) -> None:
    with workspace:
        projected = next(row for row in workspace.rules.holidays() if row.projected)
        workspace.edit_holiday(projected.day, "workday", "加班")
        workspace.undo()
        assert projected in workspace.rules.holidays()


def test_the_reading_rooms_know_the_book_too(workspace: Workspace) -> None:
    with workspace:
        assert workspace.reading().info() == workspace.info()
        assert workspace.info().path == workspace.path


def test_an_older_book_gets_the_pay_days_that_it_does_not_know_and_keeps_its_own(workspace: Workspace) -> None:
    upgrade = next(MIGRATIONS.glob("0087_*.sql")).read_text(encoding="utf-8")
    with workspace:
        workspace.edit_rule("cash.pay_day.wages", "当天", date(2026, 1, 1))
        book, shown = workspace.book, "select * from base.rules order by all"
        before = book.rows_of(shown)
        book.execute(upgrade)
        assert book.rows_of(shown) == before
        # A book of before knows none of them, or its owner has written one.
        book.execute("delete from base.rules where key like 'cash.pay_day.%' and entry_id is null")
        book.execute(upgrade)
        own = ("cash.pay_day.wages", "before")
        assert book.rows_of(shown) == [row for row in before if row[:2] != own]
        book.execute("delete from base.rules where key like 'cash.pay_day.%'")
        book.execute(upgrade)
        assert book.rows_of(shown) == [row for row in before if row[1] != "same" or row[0] != own[0]]
        # A new book is planted whole: nothing may stand in its table before.
        book.execute("delete from base.rules")
        book.execute(upgrade)
        assert book.rows_of(shown) == []


def test_a_word_that_says_no_pay_day_is_refused(workspace: Workspace) -> None:
    with workspace:
        before = workspace.rules.rules()
        with pytest.raises(UserError) as raised:
            workspace.edit_rule("cash.pay_day.rent", "看情况", date(2026, 1, 1))
        assert raised.value.code == "rules.no_pay_day"
        assert workspace.rules.rules() == before
        workspace.edit_rule("cash.pay_day.rent", "之后", date(2026, 1, 1))
        assert [row.value for row in workspace.rules.rules() if row.key == "cash.pay_day.rent"] == ["before", "after"]
