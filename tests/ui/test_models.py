import threading
import time
from dataclasses import dataclass
from decimal import Decimal

import pytest
from PySide6.QtCore import Qt

from chainbrain.errors import Cancelled
from ui.models import Column, Kind, PagedModel, RowsModel
from ui.models.columns import VALUE_ROLE
from ui.models.paged_model import PAGE
from ui.theme.theme import Theme
from ui.widgets import DataTable


@dataclass(frozen=True)
class Row:
    number: int
    amount: Decimal | None


COLUMNS = (
    Column("number", lambda: "No.", lambda row: row.number, Kind.NUMBER),
    Column("amount", lambda: "Amount", lambda row: row.amount, Kind.MONEY, width=90),
)


class Numbers:
    """A source of ``count`` rows that remembers which pages were asked for."""

    def __init__(self, count: int, descending: bool = False) -> None:
        self.row_count, self.descending, self.asked = count, descending, []

    def page(self, number: int) -> list[Row]:
        self.asked.append(number)
        first = number * PAGE
        numbers = range(first, min(self.row_count, first + PAGE))
        return [Row(self.row_count - 1 - n if self.descending else n, Decimal(n)) for n in numbers]


def opened(qtbot, jobs, count=1_000_000):
    model = PagedModel(COLUMNS, jobs)
    sources = []

    def opener(key, descending):
        sources.append(Numbers(count, descending))
        return sources[-1]

    with qtbot.waitSignal(model.opened):
        model.open(opener)
    return model, sources


def test_rows_model_is_a_sound_model(qtmodeltester, qapp):
    model = RowsModel(COLUMNS, [Row(n, Decimal(n)) for n in range(20)])
    qtmodeltester.check(model)


def test_paged_model_is_a_sound_model(qtbot, qtmodeltester, jobs):
    model, _ = opened(qtbot, jobs, 700)
    qtmodeltester.check(model)
    jobs.wait_idle(5_000)


def test_the_true_count_is_there_at_once_and_pages_land_later(qtbot, jobs):
    model, sources = opened(qtbot, jobs)
    assert model.rowCount() == 1_000_000
    index = model.index(777_777, 0)
    assert index.data() is None
    with qtbot.waitSignal(model.dataChanged):
        pass
    assert index.data(VALUE_ROLE) == 777_777
    assert index.data() == "777,777"
    assert sources[0].asked == [777_777 // PAGE]


def test_a_page_is_asked_for_once(qtbot, jobs):
    model, sources = opened(qtbot, jobs)
    for row in range(PAGE):
        model.index(row, 0).data()
    jobs.wait_idle(5_000)
    assert sources[0].asked == [0]


def test_scrolling_fast_does_not_read_every_page_passed(qtbot, jobs):
    class Slow(Numbers):
        def page(self, number):
            time.sleep(0.005)
            return super().page(number)

    model = PagedModel(COLUMNS, jobs)
    sources = [Slow(1_000_000)]
    with qtbot.waitSignal(model.opened):
        model.open(lambda key, descending: sources[0])
    for number in range(400):
        model.index(number * PAGE, 0).data()
    jobs.wait_idle(10_000)
    assert 399 in sources[0].asked
    assert len(sources[0].asked) < 50
    model.index(5 * PAGE, 0).data()
    jobs.wait_idle(5_000)
    assert model.index(5 * PAGE, 0).data(VALUE_ROLE) == 5 * PAGE


def test_the_cache_stays_small(qtbot, jobs):
    model, _ = opened(qtbot, jobs)
    for number in range(60):
        model.index(number * PAGE, 0).data()
        jobs.wait_idle(5_000)
    assert model.row(0) is None
    assert model.row(59 * PAGE) is not None


def test_sorting_happens_in_the_source(qtbot, jobs):
    model, sources = opened(qtbot, jobs, 1_000)
    with qtbot.waitSignal(model.opened):
        model.sort(0, Qt.SortOrder.DescendingOrder)
    assert sources[-1].descending
    model.index(0, 0).data()
    jobs.wait_idle(5_000)
    assert model.index(0, 0).data(VALUE_ROLE) == 999


def test_a_late_answer_does_not_replace_a_newer_one(qtbot, jobs):
    model = PagedModel(COLUMNS, jobs)
    model.open(lambda key, descending: Numbers(10))
    model.open(lambda key, descending: Numbers(20))
    jobs.wait_idle(5_000)
    assert model.rowCount() == 20


def test_a_view_that_nobody_waits_for_stops_its_query(qtbot, jobs):
    begun, stopped = threading.Event(), threading.Event()

    def endless(key, descending):
        begun.set()
        assert stopped.wait(30)
        raise Cancelled

    model = PagedModel(COLUMNS, jobs, interrupt=stopped.set)
    failures = []
    model.failed.connect(failures.append)
    model.open(endless)
    assert begun.wait(10)
    model.clear()
    assert stopped.is_set(), "the reading worker is free for the next question"
    jobs.wait_idle(5_000)
    assert failures == [] and model.rowCount() == 0


def test_a_failing_page_is_told(qtbot, jobs):
    class Broken(Numbers):
        def page(self, number):
            raise OSError("gone")

    model = PagedModel(COLUMNS, jobs)
    with qtbot.waitSignal(model.opened):
        model.open(lambda key, descending: Broken(10))
    with qtbot.waitSignal(model.failed) as caught:
        model.index(0, 0).data()
    assert "gone" in caught.args[0].details


def test_sorting_rows_keeps_missing_ones_last(qapp):
    model = RowsModel(COLUMNS, [Row(1, None), Row(2, Decimal(5)), Row(3, Decimal(9))])
    model.sort(1, Qt.SortOrder.AscendingOrder)
    assert [row.number for row in model.rows] == [2, 3, 1]
    model.sort(1, Qt.SortOrder.DescendingOrder)
    assert [row.number for row in model.rows] == [3, 2, 1]


def test_a_table_shows_shares_and_copies_plain_minus(qtbot, qapp):
    model = RowsModel(COLUMNS, [Row(1, Decimal("-1812.03"))])
    table = DataTable(model)
    qtbot.addWidget(table)
    table.resize(400, 200)
    table.show()
    table.select_number(0)
    qtbot.keyClick(table, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    assert qapp.clipboard().text() == "1\t-1,812.03"
    assert table.columnWidth(1) == 90
    assert table.columnWidth(0) == table.viewport().width() - 90


def test_keys_of_a_table(qtbot):
    ticks = Column("tick", lambda: "", lambda row: row.number % 2 == 0, Kind.TICK, width=40)
    model = RowsModel((ticks, *COLUMNS), [Row(n, Decimal(n)) for n in range(5)])
    table = DataTable(model, sort=("amount", True))
    qtbot.addWidget(table)
    table.show()
    assert [row.number for row in model.rows] == [4, 3, 2, 1, 0]
    table.select_number(1)
    with qtbot.waitSignal(table.row_activated) as caught:
        qtbot.keyClick(table, Qt.Key.Key_Return)
    assert caught.args[0].number == 3
    with qtbot.waitSignal(model.ticked) as caught:
        qtbot.keyClick(table, Qt.Key.Key_Space)
    assert caught.args[0].number == 3
    assert caught.args[1] is True


@pytest.mark.parametrize("count", [0, 1])
def test_small_tables_paint(qtbot, count):
    table = DataTable(RowsModel(COLUMNS, [Row(0, None)][:count]))
    table.set_empty_text("nothing")
    qtbot.addWidget(table)
    table.show()
    assert not table.grab().isNull()


def test_a_table_follows_the_theme_to_the_last_pixel(qtbot):
    table = DataTable(RowsModel(COLUMNS, [Row(1, Decimal(1)), Row(2, Decimal(2))]))
    qtbot.addWidget(table)
    table.resize(300, 200)
    table.show()
    assert table.grab().toImage().pixelColor(100, 45).name() == "#ffffff"
    Theme.current().set(mode="dark")
    picture = table.grab().toImage()
    assert {picture.pixelColor(100, y).name() for y in (45, 190)} == {"#171a20"}
