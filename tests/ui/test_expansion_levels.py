"""What mature stores sell by kind: the median of a group of enough stores becomes the new store's sales."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import pytest
from PySide6.QtCore import Qt

from chainbrain.database.book import Book
from chainbrain.expansion import template
from chainbrain.expansion.levels import Level
from chainbrain.expansion.scenario import Scenario
from ui.views.expansion.form import InputForm
from ui.views.expansion.own.levels_dialog import LevelsDialog
from ui.views.expansion.own.rests_on import RestsOn

D = Decimal
LEVELS = (
    Level("format", "商场店", 6, D("180000.00"), D("221000.55"), D("300000.00")),
    Level("format", "街边店", 2, D("150000.00"), D("160000.00"), D("170000.00")),
    Level("format", None, 7, D("150000.00"), D("160000.00"), D("170000.00")),
)


@pytest.fixture
def dialog(qtbot):
    made = LevelsDialog(LEVELS)
    qtbot.addWidget(made)
    made.show()
    return made


def cells(dialog, row):
    return [dialog.model.index(row, column).data() for column in range(dialog.model.columnCount())]


def test_every_group_says_how_many_and_what_lacks(dialog):
    assert cells(dialog, 0) == ["业态", "商场店", "6", "180,000.00", "221,000.55", "300,000.00", ""]
    assert cells(dialog, 1)[-1] == "样本不够，请自己填"
    assert cells(dialog, 2)[1] == "未填写" and cells(dialog, 2)[-1] == "门店档案没有填，不归任何一类"


def test_only_a_group_of_enough_stores_can_be_taken(qtbot, dialog):
    for row, able in ((1, False), (2, False), (0, True)):
        dialog.table.select_number(row)
        assert dialog.take_button.isEnabled() is able
    qtbot.mouseClick(dialog.take_button, Qt.MouseButton.LeftButton)
    assert dialog.taken == D("221000.55") and not dialog.isVisible()


def test_the_median_goes_into_the_form(qtbot, monkeypatch):
    form = InputForm()
    qtbot.addWidget(form)
    book = Book.in_memory()
    known = replace(template(book), levels=LEVELS)
    book.close()
    form.set_scenario(Scenario.example(None))
    form.set_own_experience(known, Scenario.example(None))

    def take(dialog):
        dialog.table.select_number(0)
        dialog._take()
        return True

    monkeypatch.setattr(LevelsDialog, "exec", take)
    with qtbot.waitSignal(form.edited):
        qtbot.mouseClick(form.findChild(RestsOn).levels, Qt.MouseButton.LeftButton)
    assert form.scenario(quiet=True).mature_monthly_sales == D("221000.55")
