"""Scenarios are kept from their form, compared, put back, and held against the store that came of them."""

import json

import openpyxl
import pytest
from accessible_names import nameless
from fixtures_chain import context_of
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from ui.views.expansion.view import ExpansionView

pytest_plugins = ("fixtures_chain",)

STORE = {
    "name": "深圳湾店", "capex": 450000, "deposit": 60000, "ramp": [50, 60, 70, 80, 85, 90, 95, 100], "paths": 200,
    "mature_monthly_sales": 230000, "gross_margin": "62%", "other_variable": "8%", "platform": "6%", "rent": 22000,
    "labour": 46000,
}  # fmt: skip


@pytest.fixture
def context(demo_copy, jobs, heard):
    """A book to write to: the one that all tests read stays as it is."""
    return context_of(demo_copy, jobs, heard)


@pytest.fixture
def view(qtbot, context, tmp_path):
    """The page of scenarios with two that were kept."""
    made = ExpansionView()
    qtbot.addWidget(made)
    made.resize(1240, 848)
    made.set_workspace(context)
    context.changed = lambda _changes: made.kept.refresh()
    made.show()
    for name, rent in (("甲案", 22000), ("乙案", 18000)):
        path = tmp_path / f"{name}.json"
        path.write_text(json.dumps({**STORE, "rent": rent}, ensure_ascii=False), encoding="utf-8")
        made.open_scenario(path)
        made.show_page("kept")
        made.kept.list.name.setText(name)
        with qtbot.waitSignal(made.kept.loader.loaded, timeout=30_000):
            QTest.mouseClick(made.kept.list.keep_button, Qt.MouseButton.LeftButton)
    context.jobs.wait_idle()
    yield made
    context.jobs.wait_idle()


def shown(view):
    return {row.title: row for row in view.kept.compared.model.rows}


def test_kept_scenarios_stand_side_by_side(qtbot, view, context, tmp_path):
    page = view.kept
    qtbot.waitUntil(lambda: len(page.compared.model.rows) > 5, timeout=10_000)
    rows = shown(view)
    assert set(page.list.ticked) == {"甲案", "乙案"}
    assert {"22,000.00", "18,000.00"} == set(rows["租金"].values) and rows["租金"].differs
    assert rows["按计划的净现值"].differs and not rows["按计划的最深垫资"].values[0].startswith("—")
    heads, cells = page.compared.chart.rows()
    assert len(cells) == 37 and set(heads[1:]) == {"甲案", "乙案"}
    path = tmp_path / "比较.xlsx"
    page.export.write(path)
    qtbot.waitUntil(path.exists, timeout=10_000)
    context.jobs.wait_idle()
    sheets = openpyxl.load_workbook(path)
    assert sheets.sheetnames == ["结果", "不同的输入", "现金走势"]
    assert not nameless(page)
    page.list.tick(["甲案"])
    qtbot.waitUntil(lambda: not page.compared.model.rows, timeout=10_000)


def test_a_kept_scenario_goes_back_into_its_form_and_is_renamed_and_removed(qtbot, view):
    page = view.kept
    page.list.open_asked.emit(page.list._model.row(1))
    assert view.one.form.scenario().rent == 22000 and not view.on_programme
    view.show_page("kept")
    page.list.name.setText("丙案")
    with qtbot.waitSignal(page.loader.loaded, timeout=30_000):
        QTest.mouseClick(page.list.rename_button, Qt.MouseButton.LeftButton)
    assert page.list.current.name == "丙案" or "丙案" in {one.name for one in page.list._model.rows}
    with qtbot.waitSignal(page.loader.loaded, timeout=30_000):
        QTest.mouseClick(page.list.remove_button, Qt.MouseButton.LeftButton)
    assert len(page.list._model.rows) == 1


def test_the_plan_stands_beside_what_came(qtbot, view, context):
    page = view.kept
    page.show_side("follow")
    assert page.followed.store.count() > 0 and not page.followed.model.rows
    with qtbot.waitSignal(page._follower.loaded, timeout=30_000):
        QTest.mouseClick(page.followed.link_button, Qt.MouseButton.LeftButton)
    assert page.followed.link is not None
    told = page.followed._verdict.text().splitlines()
    assert told[0].startswith("到现在为止") and "现金" in told[1]
    months = page.followed.model.rows
    assert months and months[0].number == 1
    # Read again, and another scenario is chosen before that is there: no store came of this one.
    page.show_side("follow")
    assert page._follower.running
    other = next(n for n, one in enumerate(page.list._model.rows) if one != page.current)
    page.list.table.setCurrentIndex(page.list.table.model().index(other, 0))
    assert page.followed.link is None and not page._follower.running
    context.jobs.wait_idle()
    qtbot.wait(0)
    assert page.followed.found is None and not page.followed.model.rows


def test_the_board_gets_a_workbook_with_formulas(qtbot, view, context, tmp_path):
    path = tmp_path / "董事会.xlsx"
    view.pack.write(path)
    qtbot.waitUntil(path.exists, timeout=30_000)
    context.jobs.wait_idle()
    book = openpyxl.load_workbook(path)
    assert str(book["可改的输入"]["H5"].value).startswith("=ROUND(SUM(")
    view.show_page("one")
    assert view.pack._asked()[0] == "深圳湾店"
