"""The page of past openings: what is foretold, what came, and words where nothing can be known."""

from datetime import date
from decimal import Decimal

import pytest
from accessible_names import nameless
from PySide6.QtWidgets import QFileDialog

from chainbrain.expansion.areas.feedback import Checked, correction
from chainbrain.expansion.past import Foretold, Past, PastOpening
from chainbrain.expansion.ranges import Basis
from ui.theme.translator import Language
from ui.views.expansion.past.page import PastPage

pytest_plugins = ("fixtures_chain",)

D = Decimal


def level(said, came):
    return Foretold(D(said), D(said) * D("0.9"), D(said) * D("1.1"), Basis.OWN_STORES, 6, came and D(came))


def opening(number, said, came, why=""):
    ramp = Foretold(D("0.78"), D("0.70"), D("0.86"), Basis.ASSUMED, number, D("0.72") if came else None)
    day = date(2025, number + 1, 1)
    return PastOpening(f"S{number}", f"青禾（{number} 号店）", day, level(said, came), D("0.04"), ramp, 8, why)


PAST = Past((opening(3, 200_000, None, "young"), opening(2, 210_000, 200_000), opening(1, 150_000, 200_000)))
LOSSES = correction([Checked(f"S{n}", f"青禾（{n} 号店）", date(2025, n + 1, 1), 2, D(900), D(300), clear=n == 1)
                     for n in (1, 2, 3)])  # fmt: skip


@pytest.fixture
def page(qtbot):
    made = PastPage()
    qtbot.addWidget(made)
    made.resize(1240, 800)
    made.show()
    return made


def cells(model):
    return [
        [model.index(row, column).data() for column in range(model.columnCount())] for row in range(model.rowCount())
    ]


def test_foretold_and_measured_stand_side_by_side(qtbot, page):
    page._take((PAST, LOSSES))
    rows = cells(page.sales.model)
    assert rows[1][2:6] == ["210,000", "189,000 – 231,000", "200,000", "5.0%"]
    assert rows[0][4] == "还没成熟" and rows[2][5] == "−25.0%"
    assert [page.sales.model.row(n).level.inside for n in range(3)] == [None, True, False]
    assert "只有 2 次开店可比" in page.sales.words and "少于 3 次" in page.sales.words
    assert cells(page.losses.model)[0][3:6] == ["900", "300", "33.3%"]
    assert "合计是预测的 33.3%：商圈的预测都乘以这个比例" in page.losses.words
    assert nameless(page) == []
    Language.set("en")
    qtbot.waitUntil(lambda: "Mature sales of only 2 opening(s)" in page.sales.words)


def test_without_openings_no_figure_is_made_up(page):
    page._take((Past(()), correction([])))
    assert page.sales.model.rowCount() == page.losses.model.rowCount() == 0
    assert "商圈的预测没有修正" in page.losses.words and page.sales.words == ""


def test_the_book_s_openings_are_read_when_looked_at_and_written_to_a_file(qtbot, context, tmp_path, monkeypatch):
    made = PastPage()
    qtbot.addWidget(made)
    made.set_context(context)
    made.refresh()
    assert made.found is None and not made.loader.running
    with qtbot.waitSignal(made.loader.loaded, timeout=60_000):
        made.show()
    assert [one.why_not for one in made.found[0].openings] == ["young"]
    assert "商圈的预测没有修正" in made.losses.words and "另有 1 次开店没有列入" in made.losses.words
    (row,) = cells(made.sales.model)
    # The name as every other screen says it, and the reason where the figure would stand.
    assert row[0] and "（" not in row[0]
    assert (row[2], row[4]) == ("当时账上无成熟店", "还没成熟") or row[2][0].isdigit()
    target = tmp_path / "past.csv"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(target), ""))
    made.sales.acted.emit()
    qtbot.waitUntil(target.exists, timeout=20_000)
