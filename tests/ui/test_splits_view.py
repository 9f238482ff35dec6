"""The screen 分账: pages, key figures, the live example, decisions with their reasons."""

from dataclasses import replace
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
from fixtures_chain import book_of, context_of, copy_of
from PySide6.QtCore import Qt
from PySide6.QtGui import QInputMethodEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from chainbrain.splits.monthly import Unreckoned
from chainbrain.splits.moved import Moved, Movement
from chainbrain.splits.room import CollectedForOthers
from ui.theme.translator import Language
from ui.views.listing.window import ListWindow
from ui.views.splits.behind import PARTS_OF
from ui.views.splits.pages import PAGES
from ui.views.splits.view import SplitsView
from ui.widgets import Choice

pytest_plugins = ("fixtures_chain",)

GOLDEN = Path(__file__).resolve().parents[1] / "golden"
RULES = """规则名称,门店编号,接收方,基数,方式,数值,上限比例,生效日期,失效日期,接收方账号
品牌使用费,,总部,扣退款,比例,5%,4%,2026-03-01,,1900000109
配送,,骑手公司,扣退款,固定,0.30,,2026-03-01,,
月度提成,S1,总部,扣退款,阶梯累进,0-200000:5%;200000-400000:4%;400000-:3%,,2026-03-01,,
"""
ACCOUNTS = "渠道,商户号,门店编号,收款主体,费率\n微信,1600000001,S1,甲公司,0.38%\n"


@pytest.fixture(scope="module")
def split_made(tmp_path_factory):
    """A day of one merchant number that splits, with its rules and its bill of splits."""
    files = tmp_path_factory.mktemp("files")
    (files / "分账规则.csv").write_text(RULES, encoding="utf-8")
    (files / "账户.csv").write_text(ACCOUNTS, encoding="utf-8")
    for name in ("wechat-merchant-trade/ALL.csv", "wechat-merchant-profitsharing/bill.csv"):
        (files / Path(name).name).write_bytes((GOLDEN / name).read_bytes())
    return book_of(tmp_path_factory.mktemp("book"), files)


@pytest.fixture
def split_book(split_made, tmp_path):
    """A copy of one test's own."""
    with copy_of(split_made, tmp_path) as workspace:
        yield workspace


@pytest.fixture
def view(qtbot, split_book, jobs, heard):
    view = SplitsView()
    qtbot.addWidget(view)
    view.resize(1240, 848)
    view.show()
    view.set_workspace(context_of(split_book, jobs, heard))
    with qtbot.waitSignal(view._loader.loaded, timeout=30_000):
        view.refresh()
    return view


def test_every_page_shows_what_was_read_and_adds_it_up(view):
    told = view._told
    assert told.dues and told.sums and told.rules
    for key in PAGES:
        view.open_page(key)
        assert view.page == key and view.hint
        assert len(view._models[key].rows) == len(view._pages[key].rows(told.of(view.months.period.first)))
    due = sum((one.due for one in told.dues), Decimal(0))
    assert f"{due:,.2f}" in view._totals["dues"]._texts


@pytest.mark.parametrize("language", [Language.CHINESE, Language.ENGLISH])
@pytest.mark.parametrize("width", [1080, 908])
def test_in_a_narrow_window_no_column_and_no_tab_is_cut(view, qapp, width, language):
    Language.set(language)
    try:
        # What 1280 and, enlarged by half, 1440 px leave beside the bar at the side.
        view.resize(width, 600)
        boards = [view.ledger.months, view.ledger.below["lines"], view.payments.table]
        for key, table in [*view.tables.items(), *zip(("ledger", "ledger", "payments"), boards, strict=True)]:
            view.open_page(key)
            qapp.processEvents()
            assert not table.horizontalScrollBar().maximum(), key
            texts = {key for key, _ in view.choice._parts()}
            assert key in texts
            assert sum(view.choice._widths(view.choice._parts())) <= view.choice.width()
            shown = {column.key for n, column in enumerate(table.columns) if not table.isColumnHidden(n)}
            needed = {"findings": {"effect", "state", "number", "cause"}, "dues": {"due", "left"}, "ledger": {"store"}}
            assert needed.get(key, set()) <= shown or table is view.ledger.below["lines"]
    finally:
        Language.set(Language.CHINESE)


@pytest.fixture
def opened(view, monkeypatch):
    """Takes the place of the window with rows: returns what was asked for, opened in the engine."""
    asked, lists = [], view.context.workspace.reading().lists  # the screen's own rooms belong to its worker

    def ask(_context, _parent, name, filters, **_more):
        asked.append((name, {key: value for key, value in filters.items() if value is not None}))

    monkeypatch.setattr("ui.views.splits.view.open_list", ask)
    return lambda: lists.open(*asked.pop()) if asked else None


def test_every_figure_of_a_rule_opens_the_parts_that_add_up_to_it(view, opened):
    counted = 0
    for row in view._models["sums"].rows:
        for key in PARTS_OF:
            view.tables["sums"].cell_clicked.emit(row, key)
            found = opened()
            assert (found.count if key == "parts" else found.total("due")) == getattr(row, key), (row, key)
            counted += bool(getattr(row, key))
        view.tables["sums"].cell_clicked.emit(row, "receiver")
        assert opened() is None
    assert counted > len(PARTS_OF)


def test_what_was_collected_for_a_store_opens_its_receipts(view, opened, split_book):
    store, channel, number, amount = split_book.book.one_of(
        "select store_id, channel, merchant_no, sum(amount) from main.payments where store_id is not null"
        " and kind <> 'adjustment' and not cancelled group by all order by 4 desc limit 1"
    )
    row = CollectedForOthers(store, "一店", channel, number, "甲公司", 2, amount, Decimal(0))
    view.tables["collected"].cell_clicked.emit(row, "amount")
    assert opened().total("amount") == amount != 0
    view.tables["collected"].cell_opened.emit(row, "")
    assert opened().total("amount") == amount, "by Enter as well"
    view.tables["collected"].cell_opened.emit(row, "amount")
    assert opened() is None, "a double click has opened it once already"
    # What of it went on as agreed.
    split = split_book.book.one_of(
        "select sum(p.amount) from base.split_parts p join main.payments w on w.payment_id = p.payment_id"
        " join base.row_states t on t.record_id = p.split_part_id and t.leg = 'split' and t.state = 'matched'"
        " where p.store_id = $store and w.channel = $channel and w.merchant_no = $number",
        store=store, channel=channel, number=number,
    )[0]  # fmt: skip
    view.tables["collected"].cell_clicked.emit(replace(row, split=split), "split")
    assert opened().total("due") == split != 0


def test_what_is_due_by_the_order_opens_its_parts(view, opened):
    by_order = [row for row in view._models["dues"].rows if row.base is None]
    assert by_order and len(by_order) < len(view._models["dues"].rows)
    for row in view._models["dues"].rows:
        view.tables["dues"].cell_clicked.emit(row, "due")
        found = opened()
        # What a share of the month's sales comes to is no sum of rows: the example explains it.
        assert found.total("due") == row.due != 0 if row.base is None else found is None
        view.tables["dues"].cell_clicked.emit(row, "split")
        found = opened()
        assert found.total("done") == row.split if not row.on_account else found is None
        view.tables["dues"].cell_clicked.emit(row, "left")
        assert opened() is None
    assert any(row.split and not row.on_account for row in view._models["dues"].rows)


def test_a_claim_that_cannot_be_known_opens_its_sales(qtbot, view):
    month = view._told.dues[0].month
    view.open_page("unreckoned")
    view._open_figure(
        "unreckoned", Unreckoned(month, "S1", "品牌费", "总部", "after_fees_untaxed", Decimal("1.00"), 1), ""
    )
    qtbot.waitUntil(lambda: any(one.isVisible() for one in view.window().findChildren(ListWindow)), timeout=10_000)
    window = next(one for one in view.window().findChildren(ListWindow) if one.isVisible())
    qtbot.waitUntil(lambda: window._count > 0, timeout=10_000)
    assert "品牌费" in window.windowTitle()
    window.close()


def test_money_that_did_not_move_is_a_page_of_its_own_and_opens_the_lines_of_the_order(qtbot, view):
    month = view._told.dues[0].month
    found = Movement(
        "split_not_moved", month, month, "wechat", "1600000001", "S1", "4200002026030100000000000011", "36000001",
        Decimal("1.90"), None, Decimal("-1.90"), 1,
    )  # fmt: skip
    agreed = Movement("agreed", month, month, "wechat", "1600000001", "S1", None, None, None, None, None, 4)
    view._show(replace(view._told, moved=Moved((found, agreed))))
    view.open_page("moved")
    assert list(view._models["moved"].rows) == [found]
    assert "4 笔对上，1 笔钱没动" in view.hint
    view._open_figure("moved", found, "")
    qtbot.waitUntil(lambda: any(one.isVisible() for one in view.window().findChildren(ListWindow)), timeout=10_000)
    window = next(one for one in view.window().findChildren(ListWindow) if one.isVisible())
    # The split and what came back of it.
    qtbot.waitUntil(lambda: window._count >= 2, timeout=10_000)
    window.close()


def test_a_total_has_room_in_its_column_however_narrow_the_window_is(view, qapp):
    view.resize(908, 600)
    view.open_page("dues")
    table, total = view.tables["dues"], view._totals["dues"]
    place = [column.key for column in table.columns].index("due")
    before = table.columnWidth(place)
    total.set_texts([*total._texts[:place], "-1,234,567,890.12", *total._texts[place + 1 :]])
    qapp.processEvents()
    assert table.columnWidth(place) > before


def test_what_does_not_fit_a_cell_is_told_by_its_tooltip(view):
    view.open_page("findings")
    row = view._models["findings"].rows[0]
    cause = next(column for column in view.tables["findings"].columns if column.key == "cause")
    assert cause.tip(row).startswith(cause.shown(row))


def test_a_key_figure_leads_to_its_page(view):
    view.kpis.opened.emit("findings")
    assert view.page == "findings"


def test_the_example_answers_while_one_types(view):
    view.open_page("rules")
    assert view.editor.example.isVisible()
    view.editor.example.fields["amount"].set_text("100")
    lines = {line.text: line.amount for line in view.editor.example.sum._lines}
    assert lines["品牌使用费 · 总部"] == Decimal("-5.00")
    assert lines["配送 · 骑手公司"] == Decimal("-0.30")
    assert lines["门店留下"] == Decimal("94.70")
    assert "1.30" in view.editor.example.sum._proof


@pytest.fixture
def form(view):
    """The editor with empty fields, before a rule that holds from 2026-03-01."""
    view.open_page("rules")
    view.editor.new_rule.trigger()
    return view.editor.form


def fill(form, **texts):
    for key, text in texts.items():
        field = form.fields.by_key[key]
        if isinstance(field, Choice):
            assert field.findData(text) >= 0, text
            field.setCurrentIndex(field.findData(text))
        else:
            field.setText(text)


def drawn(view):
    return {line.text: line.amount for line in view.editor.example.sum._lines}


def test_a_new_rule_is_shown_at_work_written_and_undone(qtbot, view, form, split_book, heard):
    assert not form.save_button.isEnabled()
    fill(form, name="区域管理费", receiver="华南大区", kind="region", value="12%", cap="40%", first="2026-03-01")
    assert form.save_button.isEnabled()
    assert drawn(view)["区域管理费 · 华南大区"] == Decimal("-11.99")
    with qtbot.waitSignal(view._loader.loaded, timeout=60_000):
        form.save()
    (made,) = [one for one in split_book.splits.rules() if one.name == "区域管理费"]
    assert (made.rate, made.receiver_kind, made.by_hand) == (Decimal("0.12"), "region", True)
    assert heard.notices[-1][0] == "matched"
    assert any(row.rule == "区域管理费" for row in view._models["dues"].rows)
    split_book.undo()
    assert len(split_book.splits.rules()) == 3


def test_a_rule_for_a_product_group_is_typed_shown_at_work_and_written(qtbot, view, form, split_book):
    example = view.editor.example
    assert not example.group.isVisible()
    for key, text in (
        ("name", "寄售"),
        ("receiver", "酒商"),
        ("value", "15%"),
        ("cap", "100%"),
        ("category", "寄售酒水"),
    ):
        # As an input method commits it; key events carry no Chinese.
        typed = QInputMethodEvent()
        typed.setCommitString(text)
        form.fields.by_key[key].setFocus()
        QApplication.sendEvent(form.fields.by_key[key], typed)
    fill(form, first="2026-03-01", basis="gross")
    assert form.fields.by_key["category"].text() == "寄售酒水" and form.save_button.isEnabled()
    # The book has no order items yet: told below the field, and written all the same.
    assert "没有订单商品明细" in form.group_hint
    assert example.group.isVisible() and "寄售酒水" in example._group_label.text()
    example.fields["amount"].set_text("100")
    assert {line.text: line.amount for line in example.sum._lines}["寄售 · 酒商 · 寄售酒水"] == Decimal("-6.00")
    example.group.set_text("50")
    assert {line.text: line.amount for line in example.sum._lines}["寄售 · 酒商 · 寄售酒水"] == Decimal("-7.50")
    fill(form, way="flat")
    assert not form.save_button.isEnabled()
    fill(form, way="ratio")
    with qtbot.waitSignal(view._loader.loaded, timeout=30_000):
        qtbot.keyClick(form.fields.by_key["category"], Qt.Key.Key_Return)
    assert [one.category for one in split_book.splits.rules() if one.name == "寄售"] == ["寄售酒水"]
    assert "寄售酒水" in view._told.categories


def test_what_stands_against_a_rule_is_told_before_it_is_written(view, form):
    fill(form, name="供应链", receiver="供应商", value="40%", first="2026-03-01")
    assert "超过上限" in form.hint and form.save_button.text() == "照样写入"
    fill(form, value="99%")
    assert "超过 100%" in form.hint and not form.save_button.isEnabled()
    fill(form, value="abc")
    assert "不是比例" in form.hint and not form.save_button.isEnabled()
    fill(form, value="1%", first="2026-3")
    assert "不是日期" in form.hint


def test_a_chosen_rule_is_changed_from_a_day_on(qtbot, view, split_book):
    view.open_page("rules")
    rows = view._models["rules"].rows
    view.tables["rules"].select_number(next(n for n, row in enumerate(rows) if row.name == "品牌使用费"))
    form = view.editor.form
    assert form.fields.by_key["value"].text() == "5%" and not form.save_button.isEnabled()
    form.end_button.click()
    assert form.fields.by_key["after"].text() > "2026" and form.save_button.isEnabled()
    fill(form, after="", value="3%", first="2026-09-01")
    with qtbot.waitSignal(view._loader.loaded, timeout=60_000):
        form.save()
    versions = [(one.rate, one.valid_to) for one in split_book.splits.rules() if one.name == "品牌使用费"]
    assert versions == [(Decimal("0.03"), None), (Decimal("0.05"), date(2026, 9, 1))]


def test_tiers_are_typed_in_a_table_and_reckoned_on_a_month(view, form):
    fill(form, name="提成", receiver="总部公司", way="progressive")
    assert form.tiers.isVisible() and not form.save_button.isEnabled()
    for (start, rate), texts in zip(form.tiers.rows, (("", "5"), ("200,000", "4%"), ("400000", "3")), strict=True):
        start.setText(texts[0])
        rate.setText(texts[1])
    assert form.save_button.isEnabled()
    assert drawn(view)["总部公司分得"] == Decimal("21703.70")
    assert Decimal("3703.70") in drawn(view).values()
    form.tiers.rows[1][0].setText("x")
    assert not form.save_button.isEnabled()


def test_the_fields_of_a_rule_are_never_squeezed(view, form):
    fill(form, name="提成", receiver="总部公司", way="progressive")
    for height in (900, 500):
        view.resize(1200, height)
        for _ in range(4):  # layouts within layouts
            QApplication.processEvents()
        for field in (*form.fields.by_key.values(), *(one for row in form.tiers.rows for one in row)):
            assert field.isHidden() or field.parentWidget().rect().contains(field.geometry())


def test_the_table_of_rules_is_written_as_it_is_read(qtbot, view, heard, tmp_path):
    view.editor.export(tmp_path / "rules.csv")
    qtbot.waitUntil(lambda: bool(heard.notices), timeout=30_000)
    assert "配送,,,,骑手公司,,,扣退款,固定,0.30,,2026-03-01," in (tmp_path / "rules.csv").read_text("utf-8-sig")


def test_a_difference_is_written_off_with_its_reason_by_keys(qtbot, view, split_book, heard):
    view.open_page("findings")
    table = view.tables["findings"]
    still = [row for row in view._models["findings"].rows if row.state == "open"]
    assert still
    table.select_number(view._models["findings"].rows.index(still[0]))
    table.setFocus()
    QTest.keyClick(table, Qt.Key.Key_Return)
    assert not view.note.isHidden()
    QTest.keyClick(view.note.field, Qt.Key.Key_Return)
    assert not view.note.isHidden(), "without a reason nothing is written"
    QTest.keyClicks(view.note.field, "called the brand")
    with qtbot.waitSignal(view._loader.loaded, timeout=30_000):
        QTest.keyClick(view.note.field, Qt.Key.Key_Return)
    found = {one.difference_id: one for one in split_book.splits.findings()}
    assert found[still[0].difference_id].state == "explained"
    assert found[still[0].difference_id].note == "called the brand"
    assert heard.notices[-1][0] == "matched"


def test_a_book_without_rules_says_what_to_do(qtbot, empty_context, heard):
    view = SplitsView()
    qtbot.addWidget(view)
    view.set_workspace(empty_context)
    with qtbot.waitSignal(view._loader.loaded, timeout=30_000):
        view.refresh()
    assert view.is_empty
    view._empty.acted.emit()
    assert heard.navigated == [("imports", {})]
    view._first.click()
    assert not view.is_empty and view.page == "rules"


def test_what_is_shown_is_written(qtbot, view, tmp_path):
    path = tmp_path / "splits.xlsx"
    with qtbot.waitSignal(view._export.wrote, timeout=30_000):
        view._export.write("splits", path)
    assert path.stat().st_size > 4_000


def test_english(qtbot, view):
    Language.set("en")
    qtbot.waitUntil(lambda: "never moves money" in view.hint, timeout=5_000)
    assert view.title() == "Splits"
