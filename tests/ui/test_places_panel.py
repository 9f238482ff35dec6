"""The list of what belongs to no store: asked, answered by hand, taken back."""

from dataclasses import replace
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
from acceptance_tables import Till, account, accounts, stores
from acceptance_wallets import wx_bill, wx_sale
from PySide6.QtCore import Qt

from chainbrain.intake.placed_files import EVERY_FILE
from chainbrain.intake.places import Place
from chainbrain.workspace import Workspace
from ui.theme.translator import Language
from ui.views.base import View
from ui.views.places.form import answer_for
from ui.views.places.panel import PlacesPanel
from ui.views.places.words import number_of, source_of
from ui.widgets import VBox

pytest_plugins = ["fixtures_book"]

MERCHANT = "1900000202"
DAY = "2026-03-10"
LEDGER = Path(__file__).parents[1] / "golden" / "pinduoduo" / "bill.csv"


class PlacesScreen(View):
    """The panel as a screen of its own."""

    def __init__(self) -> None:
        super().__init__()
        self.panel = PlacesPanel()
        VBox(self).add(self.panel)

    def set_workspace(self, context) -> None:
        super().set_workspace(context)
        self.panel.use(context)


@pytest.fixture
def unplaced_book(tmp_path) -> Path:
    """Two stores, a till number that nobody knows, a merchant number whose receipts stand in a till."""
    folder = tmp_path / "files"
    folder.mkdir()
    till = Till()
    sales = []
    for n in range(1, 5):
        till.order("S1", f"S1-{n}", f"{DAY} 12:0{n}:00", "10.00", ("微信", "10.00", MERCHANT, f"42000018{n:020d}"))
        sales.append(wx_sale(f"42000018{n:020d}", f"o{n}", f"{DAY} 12:0{n}:05", "10.00", "0.06", mch=MERCHANT))
    till.order("77", "Y-1", f"{DAY} 12:00:00", "20.00", ("现金", "20.00", "", ""))
    path = tmp_path / "made" / "book.chainbrain"
    path.parent.mkdir()
    with Workspace.create(path) as workspace:
        files = [stores(folder, "S1 一号店", "S2 二号店"), *till.write(folder), wx_bill(folder / "a.csv", sales)]
        workspace.imports.apply(workspace.imports.plan(files))
    return path


def test_the_list_asks_and_the_answer_moves_the_rows(desk, unplaced_book, qtbot) -> None:
    place = desk(PlacesScreen, unplaced_book)
    panel = place.view.panel
    assert [row.kind for row in panel.table.model().rows] == ["store", "merchant"]
    panel.table.select_number(1)
    qtbot.keyClick(panel.table, Qt.Key.Key_Return)
    place.settle()
    assert place.workspace.book.rows_of("select distinct store_id from payments") == [("S1",)]
    assert [row.kind for row in panel.table.model().rows] == ["store"]
    assert place.told[-1][1] == "已归位，以前的账也一起归过去了"


def test_an_answer_from_a_day_on_says_that_the_older_rows_stay(desk, unplaced_book) -> None:
    place = desk(PlacesScreen, unplaced_book)
    panel = place.view.panel
    row = next(one for one in panel.table.model().rows if one.kind == "merchant")
    panel.place((answer_for(row, "S1", date(2026, 9, 1)),))
    place.settle()
    assert place.told[-1][1] == "自 2026-09-01 起归 一号店，以前的不动"


def test_a_new_store_gets_its_name(desk, unplaced_book, qtbot) -> None:
    place = desk(PlacesScreen, unplaced_book)
    form = place.view.panel.form
    assert not form.save_button.isEnabled()
    name = next(field for field in form.findChildren(type(form._name)) if field.accessibleName() == "门店名称")
    qtbot.keyClicks(name, "Seven")
    qtbot.mouseClick(form.save_button, Qt.MouseButton.LeftButton)
    place.settle()
    named = "select name from stores where store_id = '77'"
    assert place.workspace.book.rows_of(named) == [("Seven",)]


def test_the_words_follow_the_language(desk, unplaced_book) -> None:
    place = desk(PlacesScreen, unplaced_book)
    row = place.view.panel.table.model().rows[1]
    assert (row.amount, row.first_day) == (Decimal("40.00"), date(2026, 3, 10))
    shown = place.view.panel.table.model().index(1, 5).data()
    assert shown == "一号店：4 笔里有 4 笔在它的收银里"


def test_money_is_led_to_a_new_store_in_one_step(desk, unplaced_book, qtbot) -> None:
    place = desk(PlacesScreen, unplaced_book)
    panel, form = place.view.panel, place.view.panel.form
    panel.table.select_number(1)
    qtbot.keyClick(form._which, Qt.Key.Key_Right)
    for field, words in ((form._number, "S1"), (form._name, "三号店")):
        assert field.isVisible()
        field.setText(words)
    assert not form.save_button.isEnabled(), "a known number is no new store"
    assert form._reason.text() == "编号 S1 已经是“一号店”的：请选“已有门店”。"
    form._number.setText("S3")
    qtbot.mouseClick(form.save_button, Qt.MouseButton.LeftButton)
    place.settle()
    book = place.workspace.book
    assert book.rows_of("select name from stores where store_id = 'S3'") == [("三号店",)]
    assert book.rows_of("select distinct store_id from payments") == [("S3",)]
    assert [one.kind for one in place.workspace.history()][:2] == ["place", "import"]


def test_a_book_without_stores_asks_for_a_new_one(desk, tmp_path) -> None:
    sales = [wx_sale(f"42000018{1:020d}", "o1", f"{DAY} 12:00:05", "10.00", "0.06", mch=MERCHANT)]
    path = tmp_path / "made" / "book.chainbrain"
    path.parent.mkdir()
    with Workspace.create(path) as workspace:
        workspace.imports.apply(workspace.imports.plan([wx_bill(tmp_path / "a.csv", sales)]))
    form = desk(PlacesScreen, path).view.panel.form
    assert form._which.current == "new" and form._number.isVisible() and not form._store.isVisible()


@pytest.fixture
def unnamed_book(tmp_path) -> Path:
    """Two stores, one account with the platform, and a ledger that names no shop."""
    path = tmp_path / "made" / "book.chainbrain"
    path.parent.mkdir()
    known = accounts(tmp_path, account("pinduoduo", "PDD0001", "S1", rate=""))
    with Workspace.create(path) as workspace:
        files = [stores(tmp_path, "S1 一号店", "S2 二号店"), known, LEDGER]
        workspace.imports.apply(workspace.imports.plan(files))
    return path


def test_a_file_that_names_no_shop_is_asked_about_and_placed_alone(desk, unnamed_book, qtbot) -> None:
    place = desk(PlacesScreen, unnamed_book)
    panel, form = place.view.panel, place.view.panel.form
    shown = [panel.table.model().index(0, column).data() for column in range(6)]
    assert shown[:2] == ["拼多多 · 文件", "bill.csv"]
    assert "一号店：这个平台只登记了它的账户" in shown[5]
    assert form._scope.isVisible() and form._scope.current == "this"
    form._store.setFocus()
    qtbot.keyClick(form._store, Qt.Key.Key_Down)
    assert form._store.currentData() == "S2"
    qtbot.mouseClick(form.save_button, Qt.MouseButton.LeftButton)
    place.settle()
    assert place.workspace.book.rows_of("select distinct store_id from payments") == [("S2",)]
    (standing,) = place.workspace.places.standing()
    assert standing.placement.file not in (None, EVERY_FILE)
    assert not panel.table.model().rows and not form._scope.isVisible()


def test_every_file_of_a_platform_is_placed_and_taken_back(desk, unnamed_book, qtbot) -> None:
    place = desk(PlacesScreen, unnamed_book)
    panel, form = place.view.panel, place.view.panel.form
    form._scope.setFocus()
    qtbot.keyClick(form._scope, Qt.Key.Key_Right)
    assert form._scope.current == "every"
    qtbot.keyClick(form._scope, Qt.Key.Key_Return)
    place.settle()
    assert place.workspace.book.rows_of("select distinct store_id, merchant_no from payments") == [("S1", "PDD0001")]
    (standing,) = place.workspace.places.standing()
    assert standing.placement.file == EVERY_FILE
    place.workspace.undo(standing.entry_id)
    panel.refresh()
    place.settle()
    assert place.workspace.book.rows_of("select distinct store_id from payments") == [(None,)]
    assert [row.kind for row in panel.table.model().rows] == ["file"]


def test_the_question_about_a_file_is_asked_in_both_languages(desk, unnamed_book, qtbot) -> None:
    form = desk(PlacesScreen, unnamed_book).view.panel.form
    assert form._title.text() == "拼多多：文件 bill.csv 是哪家店的？里面没有写店铺。"
    Language.set("en")
    qtbot.waitUntil(lambda: form._title.text().startswith("Pinduoduo: which store's is the file bill.csv?"))


def test_one_till_of_an_unknown_number_is_a_terminal_and_a_shop_called_like_it_is_named_once(qtbot):
    Language.set(Language.CHINESE)
    till = Place("merchant", "wechat", "1600000001", "T2", "T2", None, 1, None, None, Decimal("64.50"))
    assert source_of(till) == "微信 · 终端"
    assert number_of(till) == "1600000001 · T2"
    assert source_of(replace(till, terminal_no=None, store_hint=None)) == "微信 · 商户号"
