"""A table no importer knows: looked at, mapped by hand, kept, recognised, imported to the cent."""

from decimal import Decimal
from pathlib import Path

import pytest
from accessible_names import nameless
from imports_desk import plan_of
from mapped_examples import BANK_SIGNED, BANK_TWO_COLUMNS, SHOUQIANBA, TILL, Example
from PySide6.QtCore import Qt

from chainbrain import texts
from chainbrain.importers.mapped.mapping import FIELDS
from ui.theme.theme import Theme
from ui.theme.translator import Language
from ui.views.imports.view import ImportsView
from ui.views.mapping.view import MappingDialog

pytest_plugins = ["fixtures_book"]


class Open:
    """A dialog on a screen."""

    def __init__(self, place, qtbot, path: Path) -> None:
        self.place, self.qtbot, self.path = place, qtbot, path
        self.dialog = MappingDialog(place.context, path, parent=place.view)
        self.names: list[str] = []
        self.dialog.saved.connect(self.names.append)
        self.dialog.show()
        self.settle()

    def settle(self) -> None:
        for _ in range(3):
            self.place.settle()
            pause = self.dialog._looker._pause
            if pause.isActive():
                pause.stop()
                pause.timeout.emit()

    def choose(self, choice, key: str) -> None:
        """Pick from a list with the keyboard."""
        choice.setFocus()
        number = choice.findData(key)
        assert number >= 0, key
        while choice.currentIndex() != number:
            before = choice.currentIndex()
            self.qtbot.keyClick(choice, Qt.Key.Key_Down if number > before else Qt.Key.Key_Up)
            assert choice.currentIndex() != before
        self.settle()

    def save(self) -> None:
        assert self.dialog.save_button.isEnabled(), self.dialog.lacking
        self.qtbot.mouseClick(self.dialog.save_button, Qt.MouseButton.LeftButton)


@pytest.fixture
def opened(desk, qtbot, tmp_path):
    """Put a dialog for an example's file on the import screen."""
    place = desk(ImportsView)

    def put(example: Example, name: str = "export 2026-04.csv") -> Open:
        path = tmp_path / name
        path.parent.mkdir(exist_ok=True)
        path.write_text(example.text, encoding="utf-8")
        plan = plan_of(place, path)
        assert plan.files[-1].outcome == "needs_mapping"
        return Open(place, qtbot, path)

    return put


def test_an_unknown_file_is_mapped_recognised_and_imported(opened, qtbot) -> None:
    desk = opened(SHOUQIANBA)
    dialog, place = desk.dialog, desk.place
    assert dialog.lacking == "还缺：商户号"
    assert dialog.name.text() == "export"
    assert dialog.result_card.example.splitlines() == [
        "第 3 行：2026-04-03 12:31 收到 38.00 元，手续费 0.23 元，净额 37.77 元",
        "第 5 行：2026-04-03 18:40 付出 12.00 元，退还手续费 0.07 元，净额 −11.93 元",
    ]
    assert "收入 50.00" in dialog.result_card.check
    assert "1 行坏" in dialog.result_card.check
    merchant = dialog.table_card.fixed_inputs["merchant_no"]
    assert dialog.focusWidget() is merchant
    qtbot.keyClicks(merchant, "M1")
    dialog.name.selectAll()
    qtbot.keyClicks(dialog.name, "sqb")
    desk.settle()
    desk.save()
    place.settle()
    assert desk.names == ["sqb"]
    place.view._planner.recognise()
    place.settle()
    (file,) = place.view.plan.files
    assert (file.outcome, file.reading.layout, file.counts.new, file.counts.broken) == ("imported", "sqb", 3, 1)
    place.workspace.imports.apply(place.view.plan)
    rows = place.workspace.book.rows_of("select external_id, amount, fee, merchant_no from payments order by line")
    assert rows == [
        ("7895000000000000001", Decimal("38.00"), Decimal("0.23000"), "M1"),
        ("7895000000000000002", Decimal("12.00"), Decimal("0.07000"), "M1"),
        ("7895000000000000003", Decimal("-12.00"), Decimal("-0.07000"), "M1"),
    ]


def test_a_wrong_sign_is_seen_at_once(opened) -> None:
    desk = opened(BANK_SIGNED)
    dialog = desk.dialog
    assert dialog.result_card.proof == "可用余额与逐行加出来的一致"
    desk.choose(dialog.table_card.sign, "reversed")
    assert "收到 20.00 元" in dialog.result_card.example
    assert dialog.result_card.proof.startswith("可用余额按逐行加应是 960.00，表里是 1,107.90")
    desk.choose(dialog.table_card.sign, "signed")
    assert dialog.result_card.proof == "可用余额与逐行加出来的一致"
    dialog.reject()
    desk.place.settle()


def test_dates_with_two_readings_must_be_chosen(opened) -> None:
    desk = opened(BANK_TWO_COLUMNS)
    dialog = desk.dialog
    assert dialog.lacking == "还缺：日期怎么读"
    assert not dialog.save_button.isEnabled()
    desk.choose(dialog.table_card.dates, "day_first")
    assert dialog.lacking == ""
    assert dialog.result_card.example.startswith("第 4 行：2026-04-02 09:30 收到 127.90 元")
    dialog.reject()
    desk.place.settle()


def test_columns_header_and_kind_can_be_changed(opened, qtbot) -> None:
    desk = opened(BANK_SIGNED)
    dialog = desk.dialog
    desk.choose(dialog.columns_card.choices["变动金额"], "")
    assert dialog.lacking == "还缺：金额"
    desk.choose(dialog.columns_card.choices["变动金额"], "amount")
    assert dialog.lacking == ""
    desk.choose(dialog.columns_card.choices["说明"], "balance")
    assert dialog.lacking == "“余额”对应了两列，请只留一列"
    desk.choose(dialog.columns_card.choices["说明"], "memo")
    assert dialog.mapping.columns == BANK_SIGNED.mapping.columns
    qtbot.mouseClick(dialog.head.down, Qt.MouseButton.LeftButton)
    desk.settle()
    assert "2026-04-02 11:00:00" in dialog.columns_card.choices
    qtbot.mouseClick(dialog.head.up, Qt.MouseButton.LeftButton)
    desk.settle()
    assert "变动金额" in dialog.columns_card.choices
    desk.choose(dialog.table_card.kind, "wallet_lines")
    assert "流水号" in dialog.lacking
    assert dialog.mapping.column("occurred_at") == "记账时间"
    dialog.reject()
    desk.place.settle()


def test_the_words_of_a_refund_can_be_told(opened) -> None:
    desk = opened(SHOUQIANBA)
    choice = desk.dialog.table_card.word_choices["kind", "退款"]
    desk.choose(choice, "payment")
    assert "收入 62.00" in desk.dialog.result_card.check
    desk.choose(choice, "refund")
    assert "支出 12.00" in desk.dialog.result_card.check
    desk.dialog.reject()
    desk.place.settle()


def test_a_method_that_no_list_has_can_be_told(opened) -> None:
    desk = opened(TILL)
    choices = desk.dialog.table_card.word_choices
    assert [word for field, word in choices if field == "method"] == ["店长请客"]
    desk.choose(choices["method", "店长请客"], "coupon")
    assert desk.dialog.mapping.words["method"] == {"店长请客": "coupon"}
    desk.dialog.reject()
    desk.place.settle()


def test_a_kept_map_is_changed_in_place_and_no_name_is_lost(opened, qtbot) -> None:
    first = opened(BANK_SIGNED, "export.csv")
    first.save()
    first.place.settle()
    other = opened(TILL, "other/export 2026-05.csv")
    assert other.dialog.name.text() == "export 2"
    other.dialog.name.setText("export")
    assert other.dialog.lacking == "已有另一个列对照用这个名字"
    other.dialog.reject()
    again = Open(other.place, qtbot, first.path)
    assert again.dialog.name.text() == "export"
    again.dialog.name.setText("bank")
    again.settle()
    again.save()
    again.place.settle()
    assert [mapping.name for mapping in again.place.workspace.mappings.standing()] == ["bank"]
    again.place.workspace.undo()
    assert [mapping.name for mapping in again.place.workspace.mappings.standing()] == ["export"]


def test_everything_is_named_and_follows_language_and_size(opened) -> None:
    desk = opened(SHOUQIANBA)
    dialog = desk.dialog
    assert not nameless(dialog)
    Language.set("en")
    desk.settle()
    assert dialog.lacking == "Still lacking: Merchant no."
    assert dialog.save_button.text() == "Save and recognise"
    assert not nameless(dialog)
    Theme.current().set(scale=1.5)
    desk.settle()
    dialog.resize(960, 600)
    desk.settle()
    assert dialog.columns_card.y() > dialog.table_card.y()
    dialog.reject()
    desk.place.settle()


def test_a_file_without_a_table_says_so(desk, qtbot, tmp_path) -> None:
    place = desk(ImportsView)
    path = tmp_path / "letter.txt"
    path.write_text("你好\n再见\n", encoding="utf-8")
    opened = Open(place, qtbot, path)
    assert "没有看到像表头的一行" in opened.dialog.result_card.example
    assert not opened.dialog.save_button.isEnabled()
    opened.dialog.reject()
    place.settle()


def test_the_direction_of_a_kind_is_asked_for(opened) -> None:
    text = (
        "流水号,时间,类型,金额\nW00001,2026-04-01 10:00:00,收款,100.00\nW00002,2026-04-01 12:00:00,转账,30.00\n"
        "W00003,2026-04-01 13:00:00,提现,40.00\n"
    )
    desk = opened(Example(text, {}))
    if desk.dialog.mapping.kind != "wallet_lines":
        desk.choose(desk.dialog.table_card.kind, "wallet_lines")
    desk.choose(desk.dialog.table_card.fixed_inputs["channel"], "wechat")
    assert desk.dialog.lacking == "还缺：转账 是收还是支"
    desk.choose(desk.dialog.table_card.word_choices["direction", "转账"], "out")
    assert desk.dialog.lacking == ""
    assert "支出 70.00" in desk.dialog.result_card.check
    desk.dialog.reject()
    desk.place.settle()


def test_every_field_is_explained_with_an_example_and_the_hint_follows_the_choice(opened) -> None:
    for fields in FIELDS.values():
        for field in fields:
            for code in texts.LANGUAGES:
                assert texts.word(f"mapping_hint.{field}", code) != field, field
    desk = opened(SHOUQIANBA)
    card = desk.dialog.columns_card
    name, choice = next(iter(card.choices.items()))
    desk.choose(choice, "terminal_no")
    assert card.hints[name] == "收款码或刷卡机的编号，如 10012345"
    desk.choose(choice, "")
    assert name not in card.hints


def test_before_an_amount_is_named_no_sum_is_shown_and_the_first_unread_column_is_asked(opened) -> None:
    text = "日子,单子,收了多少,门店名\n2026-11-01,A1001,38.00,南山店\n2026-11-02,A1002,12.00,龙华店\n"
    desk = opened(Example(text, {}))
    card = desk.dialog.columns_card
    assert desk.dialog.focusWidget() is card.choices["日子"]
    assert "收入" not in desk.dialog.result_card.check
    desk.choose(card.choices["收了多少"], "amount")
    assert "收入 50.00" in desk.dialog.result_card.check
