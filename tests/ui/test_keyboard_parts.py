"""Painted parts that were for the mouse only: walked, read out and opened by keys."""

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QPushButton, QVBoxLayout, QWidget

from ui.charts.small_multiples import Multiple, SmallMultiples
from ui.views.parts.scroller import Scroller
from ui.widgets import CellState, CompletenessMatrix, FourStateBar, MatrixRow
from ui.widgets.tab_order import in_order


def test_the_four_states_are_walked_and_chosen_by_keys(qtbot):
    bar = FourStateBar()
    qtbot.addWidget(bar)
    bar.set_counts(1184, 41, 77, 6, total=1308)
    QTest.keyClick(bar, Qt.Key.Key_Right)
    QTest.keyClick(bar, Qt.Key.Key_Right)
    assert bar.accessibleDescription() == "差异 77"
    with qtbot.waitSignal(bar.chosen) as told:
        QTest.keyClick(bar, Qt.Key.Key_Return)
    assert told.args == ["difference"]
    for _ in range(9):
        QTest.keyClick(bar, Qt.Key.Key_Left)
    assert bar.accessibleDescription() == "已勾对 1,184"


def test_the_cells_of_completeness_are_walked_said_and_opened_by_keys(qtbot):
    matrix = CompletenessMatrix()
    qtbot.addWidget(matrix)
    QTest.keyClick(matrix, Qt.Key.Key_Down)  # nothing is there yet
    matrix.set_rows(
        ["1", "2"],
        [
            MatrixRow("微信", (CellState.FULL, CellState.MISSING), 1),
            MatrixRow("银行", (CellState.FULL, CellState.FULL)),
        ],
    )
    QTest.keyClick(matrix, Qt.Key.Key_Right)
    assert matrix.accessibleDescription() == "微信 2 缺"
    QTest.keyClick(matrix, Qt.Key.Key_Down)
    with qtbot.waitSignal(matrix.opened) as told:
        QTest.keyClick(matrix, Qt.Key.Key_Space)
    assert told.args == [1, 1]


def test_a_long_list_scrolls_to_the_cell_that_the_keys_stand_on(qtbot):
    cells = SmallMultiples(2)
    cells.set_items([Multiple(str(n), f"店{n}", (1.0, 2.0)) for n in range(40)])
    area = Scroller(cells)
    qtbot.addWidget(area)
    area.resize(260, 200)
    area.show()
    for _ in range(15):
        QTest.keyClick(cells, Qt.Key.Key_Down)
    cell = cells._cell(30).toRect().translated(cells.mapTo(area.viewport(), QPoint(0, 0)))
    assert area.viewport().rect().contains(cell.center())


@pytest.mark.parametrize("wanted", [(2, 0, 1), (1, 2, 0)])
def test_tab_goes_in_the_order_that_was_asked_for(qtbot, wanted):
    around = QWidget()
    qtbot.addWidget(around)
    box, buttons = QVBoxLayout(around), [QPushButton(str(n)) for n in range(3)]
    for button in buttons:
        box.addWidget(button)
    in_order(*(buttons[n] for n in wanted))
    start = one = buttons[wanted[0]]
    met = []
    while True:
        if isinstance(one, QPushButton):
            met.append(buttons.index(one))
        one = one.nextInFocusChain()
        if one is start:
            break
    assert tuple(met) == wanted
