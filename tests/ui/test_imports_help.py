"""How to export each kind of file, and the line that leads to what belongs to no store."""

from types import SimpleNamespace

from accessible_names import nameless
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication

from chainbrain.format_help import formats
from ui.theme.translator import Language
from ui.views.imports.known_formats import KnownFormats
from ui.views.imports.places_line import PlacesLine
from ui.views.parts.format_help import FormatHelp, help_text


def a_place(**printed):
    names = {"code": None, "merchant_no": None, "terminal_no": None, **printed}
    return SimpleNamespace(kind="store" if names["code"] else "account", **names)


def test_the_help_opens_on_the_asked_format_and_can_be_copied(qtbot):
    dialog = FormatHelp("bank-corporate/ccb_02")
    qtbot.addWidget(dialog)
    dialog.show()
    assert dialog.current.id == "bank-corporate"
    assert "在哪里" in dialog.text and "注意" in dialog.text
    assert not nameless(dialog)
    dialog.copy()
    assert dialog.text in QGuiApplication.clipboard().text()
    qtbot.keyClick(dialog.table, Qt.Key.Key_Down)
    assert dialog.current.id != "bank-corporate"
    before = dialog.text
    Language.set("en")
    qtbot.waitUntil(lambda: dialog.text != before)
    assert "Where" in dialog.text


def test_what_not_confirmed_means_stands_with_those_formats_only(qapp):
    for entry in formats():
        if entry.readable:
            assert ("未经真实样本确认" in help_text(entry)) is not entry.confirmed


def test_every_known_format_leads_to_its_help(qtbot):
    card = KnownFormats()
    qtbot.addWidget(card)
    card.set_formats(("wechat-merchant-trade", "bank-corporate"))
    links = card.links
    assert [link.text() for link in links] == ["微信支付 交易账单", "企业网银 交易明细"]
    with qtbot.waitSignal(card.help_wanted) as asked:
        links[1].click()
    assert asked.args == ["bank-corporate"]
    assert not nameless(card)


def test_what_was_not_seen_before_is_counted_and_leads_to_the_list(qtbot):
    line = PlacesLine()
    qtbot.addWidget(line)
    line.set_places(())
    assert line.isHidden()
    line.set_places([a_place(code="S1"), a_place(code="S2"), a_place(terminal_no="T"), a_place(merchant_no="M")])
    assert not line.isHidden()
    (shown,) = line.notes.lines
    assert shown.note.text == "2 个门店编号、1 个终端、1 个商户号还没归位，它们的钱还算不到店里"
    with qtbot.waitSignal(line.opened):
        shown.link.click()
    line.set_open(True)
    assert line.notes.lines[0].link.text() == "回去"
