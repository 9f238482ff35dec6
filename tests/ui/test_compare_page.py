import openpyxl
import pytest
from PySide6.QtCore import QItemSelectionModel, Qt
from PySide6.QtTest import QTest

from chainbrain.analytics import compare
from ui.theme.theme import Theme
from ui.views.listing.window import ListWindow
from ui.views.stores.view import StoresView

pytest_plugins = ("fixtures_chain",)


@pytest.fixture
def view(qtbot, context):
    view = StoresView()
    qtbot.addWidget(view)
    view.resize(1240, 848)
    view.show()
    view.set_workspace(context)
    with qtbot.waitSignal(view._loader.loaded, timeout=30_000):
        view.refresh()
    assert context.jobs.wait_idle(30_000)
    return view


def select(view, *numbers):
    table = view.league.table
    table.clearSelection()
    for number in numbers:
        flags = QItemSelectionModel.SelectionFlag.Select | QItemSelectionModel.SelectionFlag.Rows
        table.selectionModel().select(table.model().index(number, 0), flags)


def compared(qtbot, view, *numbers):
    select(view, *numbers)
    with qtbot.waitSignal(view.comparing.loader.loaded, timeout=30_000):
        view.league.compare.click()
    return view.comparing.page


def test_selected_stores_stand_beside_each_other_with_the_figures_of_the_engine(qtbot, context, view):
    page = compared(qtbot, view, 0, 2)
    assert view._stack.currentWidget() is page
    rows = [view.league._model.rows[n].row for n in (0, 2)]
    expected = context.rooms.analytics.compare(view.data.period, [row.store_id for row in rows])
    assert page._found == expected
    keys = [column.key for column in page.table.model.columns]
    assert keys == ["figure", "store0", "store1", "off1"]
    first = [page.table.model.index(0, n).data() for n in range(4)]
    off = expected.lines[0].ratio(1)
    assert first[:3] == ["实收", f"{rows[0].receipts:,.2f}", f"{rows[1].receipts:,.2f}"]
    assert first[3].startswith("−" if off < 0 else "+")
    heads, cells = page.chart.rows()
    assert len(heads) == 3 and len(cells) == view.data.period.days
    # Other grains are still being read when somebody goes back: they must not turn the page again.
    view.comparing.load()
    with qtbot.waitSignal(page.left):
        page._back.click()
    assert view._stack.currentWidget() is view._board
    context.jobs.wait_idle()
    qtbot.wait(0)
    assert view._stack.currentWidget() is view._board


def test_weeks_and_index_and_other_days(qtbot, view):
    page = compared(qtbot, view, 0, 1, 2)
    with qtbot.waitSignal(view.comparing.loader.loaded, timeout=30_000):
        QTest.keyClick(page.grain, Qt.Key.Key_Right)
    assert page._found.grain == "week" and all(start.weekday() == 0 for start in page._found.starts)
    QTest.keyClick(page.way, Qt.Key.Key_Right)
    assert [line.values for line in page.chart._shown.lines] == [one.indexed for one in page._found.series]
    with qtbot.waitSignal(view.comparing.loader.loaded, timeout=30_000):
        QTest.keyClick(view._period, Qt.Key.Key_Left)
    assert page._found.period == view.data.period and view._stack.currentWidget() is page
    if not page._found.starts:
        assert "没有从周一到周日的整周" in page._note.text()


def test_the_picker_takes_two_to_six_in_the_order_they_were_ticked(qtbot, view):
    select(view)
    view.league.compare.click()
    picker = view.comparing.page.picker
    assert picker.isVisible() and not picker.apply.isEnabled()
    for place in (2, 0):
        picker.list.item(place).setCheckState(Qt.CheckState.Checked)
    assert picker.apply.isEnabled() and compare.FEWEST == 2
    picker.search.setText(picker.list.item(1).data(Qt.ItemDataRole.UserRole))
    assert [picker.list.item(n).isHidden() for n in range(3)] == [True, False, True]
    with qtbot.waitSignal(view.comparing.loader.loaded, timeout=30_000):
        picker.apply.click()
    wanted = [view.data.league.rows[n].store_id for n in (2, 0)]
    assert [row.store_id for row in view.comparing.page._found.rows] == wanted


def test_the_comparison_is_written_and_its_picture_too(qtbot, context, view, heard, tmp_path):
    page = compared(qtbot, view, 0, 1)
    Theme.current().set(mode="dark")
    assert page.save_picture(tmp_path / "a.png") and (tmp_path / "a.png").stat().st_size > 5_000
    page.export_wanted.emit(tmp_path / "对比.xlsx")
    qtbot.waitUntil(lambda: bool(heard.notices), timeout=30_000)
    rows = list(openpyxl.load_workbook(tmp_path / "对比.xlsx")["门店对比"].iter_rows(values_only=True))
    receipts = [row[3] for row in rows if row[2] == "实收"]
    assert receipts == [float(row.receipts) for row in page._found.rows]


def test_a_small_chart_opens_the_orders_of_its_store(qtbot, view):
    page = compared(qtbot, view, 0, 1)
    page.multiples.setFocus()
    QTest.keyClick(page.multiples, Qt.Key.Key_Return)
    window = next(child for child in view.window().findChildren(ListWindow) if child.isVisible())
    qtbot.waitUntil(lambda: window._count >= 0, timeout=10_000)
    assert window.model.rowCount() == page._found.rows[0].orders
