"""What stands below a planned file: its own totals in full, and what confirming would add."""

from decimal import Decimal
from pathlib import Path

import pytest
from PySide6.QtGui import QFontMetricsF

from chainbrain.importers.plan import ControlTotal, FilePlan, ImportPlan, MemberReading, RowCounts
from ui.theme.theme import Theme
from ui.theme.translator import Language
from ui.theme.type_roles import Role
from ui.views.imports.action_bar import ActionBar
from ui.views.imports.controls_panel import ControlsPanel
from ui.views.imports.words import badge_of
from ui.widgets.table_delegate import cell_area

TOTALS = (
    ControlTotal("总交易单数", Decimal(12), Decimal(12)),
    ControlTotal("应结订单总金额（含退款）", Decimal("1234567.89"), Decimal("-1234567.88")),
)


def a_file(**counts: int) -> FilePlan:
    reading = MemberReading(
        Path("a.csv"), "a.csv", None, "0" * 64, "0" * 64, "read", "wechat-merchant-trade", controls=TOTALS
    )
    return FilePlan("f", reading, RowCounts(**counts), "imported")


@pytest.mark.parametrize("width", [300, 388, 640])
def test_totals_that_differ_come_first_and_no_figure_is_cut(qtbot, width):
    panel = ControlsPanel()
    qtbot.addWidget(panel)
    panel.resize(width, 204)
    panel.show_plan(a_file(new=3))
    panel.show()
    assert [total.agrees for total in panel.model.rows] == [False, True]
    table, metrics = panel._table, QFontMetricsF(Theme.current().font(Role.BODY))
    assert panel.model.index(0, 1).data() == "1,234,567.89"
    for column in (1, 2, 3):
        cell = table.visualRect(panel.model.index(0, column))
        room = cell_area(cell.toRectF(), column, 4).width()
        assert room >= metrics.horizontalAdvance(panel.model.index(0, column).data())


def test_a_gap_beside_broken_rows_names_them(qtbot):
    panel = ControlsPanel()
    qtbot.addWidget(panel)
    panel.show_plan(a_file(new=3, broken=2))
    assert panel._proof.accessibleName() == "差 2,469,135.77：有 2 行坏行没算进去"
    Language.set("en")
    panel.show_plan(a_file(new=3, broken=1))
    assert "1 broken row is not added in" in panel._proof.accessibleName()
    panel.show_plan(a_file(new=3))
    assert "rows are missing, twice, or changed" in panel._proof.accessibleName()


def test_rows_that_wait_for_a_word_are_named_before_broken_ones():
    assert badge_of(a_file(suspect=3, broken=1)) == ("timing", "3 行待定 · 1 行坏")
    assert badge_of(a_file(suspect=3))[1] == "3 行待定"
    assert badge_of(a_file(broken=1))[1] == "1 行坏"


@pytest.mark.parametrize(
    ("counts", "said", "live"),
    [
        ({"new": 2, "seen": 1}, "将写入 1 个文件，2 行", True),
        ({"seen": 5}, "没有新行，只记下 1 个文件", True),
        ({}, "没有新行，只记下 1 个文件", True),
        ({"suspect": 3}, "没有要写入的", False),
        ({"broken": 2}, "没有要写入的", False),
    ],
)
def test_the_bar_offers_only_what_adds_something(qtbot, counts, said, live):
    bar = ActionBar()
    qtbot.addWidget(bar)
    bar.show_plan(ImportPlan(1, (a_file(**counts),), 0.1), busy=False)
    assert (bar.text, bar.confirm.isEnabled()) == (said, live)
