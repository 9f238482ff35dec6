"""Holiday tables: whole years are replaced and taken back as one, bad tables refused; missing years never fail."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path

import pytest

from chainbrain import holiday_table
from chainbrain.calendar import Calendar, Certainty, Holiday
from chainbrain.cash.forecast import days
from chainbrain.cli import main
from chainbrain.errors import UserError
from chainbrain.workspace import Workspace

TABLE = """日期,名称,类型
2027/1/1,元旦,放假
2027-01-02,元旦,休
2027-01-03,元旦,上班
2027-5-20,店庆,放假
"""


@pytest.fixture
def table(tmp_path: Path) -> Path:
    path = tmp_path / "2027.csv"
    path.write_bytes(TABLE.encode("gb18030"))
    return path


def test_a_table_takes_the_place_of_its_years_and_comes_back_as_one(tmp_path: Path, table: Path) -> None:
    with Workspace.create(tmp_path / "a.chainbrain") as workspace:
        rules = workspace.rules
        before, other = rules.holidays(2027), rules.holidays(2026)
        assert before and all(row.projected for row in before)
        said = holiday_table.read(table)
        workspace.import_holidays(said)
        stands = rules.holidays(2027)
        assert [(row.day, row.kind, row.name, row.projected) for row in stands] == [
            (date(2027, 1, 1), "holiday", "new_year", False), (date(2027, 1, 2), "holiday", "new_year", False),
            (date(2027, 1, 3), "workday", "new_year", False), (date(2027, 5, 20), "holiday", "店庆", False),
        ]  # fmt: skip
        assert rules.calendar().certainty(date(2027, 1, 1)) is Certainty.ANNOUNCED
        assert rules.holidays(2026) == other
        assert workspace.import_holidays(said).entry_id is None
        workspace.edit_holiday(date(2027, 5, 20), None)
        with pytest.raises(UserError) as refused:
            workspace.undo(workspace.history()[1].entry_id)
        assert refused.value.code == "history.later_stands"
        workspace.undo()
        workspace.undo()
        assert rules.holidays(2027) == before
        workspace.redo()
        assert rules.holidays(2027) == stands


def test_what_is_written_can_be_read_again(tmp_path: Path) -> None:
    said = (
        Holiday(date(2027, 1, 1), "holiday", "new_year", projected=True),
        Holiday(date(2027, 2, 6), "workday", "spring_festival"),
        Holiday(date(2027, 5, 20), "holiday", "店庆"),
    )
    path = tmp_path / "a.csv"
    path.write_text(holiday_table.as_csv(said), encoding="utf-8-sig", newline="")
    assert holiday_table.read(path) == said


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("日期,名称\n2027-01-01,元旦\n", "holidays.no_column"),
        ("", "holidays.no_column"),
        ("日期,名称,类型\n,,\n", "holidays.empty"),
        ("日期,名称,类型\n2027-13-01,元旦,放假\n", "holidays.bad_day"),
        ("日期,名称,类型\n1927-01-01,元旦,放假\n", "holidays.bad_day"),
        ("日期,名称,类型\n元旦,元旦,放假\n", "holidays.bad_day"),
        ("日期,名称,类型\n2027-01-01,元旦,也许\n", "holidays.bad_kind"),
        ("date,name,kind\n2027-01-01,a,holiday\n2027/1/1,b,workday\n", "holidays.twice"),
    ],
)
def test_a_bad_table_is_refused_with_its_line(tmp_path: Path, text: str, code: str) -> None:
    path = tmp_path / "bad.csv"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(UserError) as refused:
        holiday_table.read(path)
    assert refused.value.code == code


def test_the_command_imports_exports_and_shows(tmp_path: Path, table: Path, capsys: pytest.CaptureFixture[str]) -> None:
    book, out = str(tmp_path / "a.chainbrain"), tmp_path / "out.csv"
    Workspace.create(Path(book)).close()
    assert main(["holidays", book, "--year", "2027"]) == 0
    assert "推算，待公布" in capsys.readouterr().out
    assert main(["holidays", book, "--table", str(table)]) == 0
    assert "2027" in capsys.readouterr().out
    assert main(["holidays", book, "--table", str(table)]) == 0
    assert "没有改动" in capsys.readouterr().out
    assert main(["holidays", book, "--year", "2027", "--export", str(out)]) == 0
    assert holiday_table.read(out) == holiday_table.read(table)
    assert main(["holidays", book, "--year", "2027"]) == 0
    said = capsys.readouterr().out
    assert "已公布" in said and "店庆" in said and "推算" not in said
    assert main(["holidays", book, "--table", str(tmp_path / "none.csv")]) == 2


def test_nothing_fails_in_a_year_that_no_table_knows() -> None:
    calendar = Calendar([Holiday(date(2026, 1, 1), "holiday", "new_year")])
    for year in (2003, 2031, 2150):
        day = date(year, 12, 20)
        assert calendar.certainty(day) is Certainty.UNKNOWN
        assert calendar.spring_offset(day) is None and calendar.name(day) is None
        assert calendar.next_working(day) > day
        assert calendar.comparable(day).days
        found = days.features(calendar, day, 40)
        assert found.shape == (40, len(days.COLUMNS))
    rows = days.features(days.shipped(), date(2030, 12, 1), 90)
    assert len(rows) == 90
    assert (date(2030, 12, 1) + timedelta(days=89)).year == 2031
