"""A file that fits several formats: each is offered with what its rows would mean."""

from dataclasses import replace
from pathlib import Path

import pytest
from accessible_names import nameless
from PySide6.QtCore import Qt

from chainbrain import texts
from chainbrain.importers.plan import FilePlan, MemberReading, RowCounts
from chainbrain.importers.registry import FORMATS
from ui.theme.translator import Language
from ui.views.imports.meanings import candidate_title, meaning_of
from ui.views.imports.reason_pane import ReasonPane
from ui.views.imports.words import Group, badge_of, format_name, group_of, reason_of

BOTH = ("bank-corporate/ccb_02", "wechat-merchant-fundflow")


def a_plan(**changed) -> FilePlan:
    reading = MemberReading(Path("a.csv"), "a.csv", None, "0" * 64, "0" * 64, "ambiguous", candidates=BOTH)
    facts = {"candidates": ", ".join(BOTH)}
    plan = FilePlan("f", reading, RowCounts(), "ambiguous", code="import.ambiguous", facts=facts)
    return replace(plan, **changed)


def test_each_format_is_offered_with_its_meaning_and_chosen_by_mouse_or_key(qtbot):
    pane = ReasonPane()
    qtbot.addWidget(pane)
    pane.show()
    pane.show_plan(a_plan(), choosing=False)
    rows = pane.candidates.rows
    assert [row.title for row in rows] == ["企业网银 交易明细（建设银行，第 2 种表头）", "微信支付 资金账单"]
    assert "每行是银行账户的一笔进出" in rows[0].accessibleName()
    assert not nameless(pane) and not pane.map_button.isVisible()
    with qtbot.waitSignal(pane.format_chosen) as chosen:
        qtbot.mouseClick(rows[1], Qt.MouseButton.LeftButton)
    assert chosen.args == [BOTH[1]]
    with qtbot.waitSignal(pane.format_chosen) as chosen:
        qtbot.keyClick(rows[0], Qt.Key.Key_Return)
    assert chosen.args == [BOTH[0]]


def test_a_chosen_format_can_be_chosen_otherwise(qtbot):
    pane = ReasonPane()
    qtbot.addWidget(pane)
    pane.show()
    read = a_plan(
        reading=replace(a_plan().reading, outcome="read", format="wechat-merchant-fundflow", read_as=BOTH[1]),
        outcome="imported",
        code=None,
    )
    pane.show_plan(read, choosing=False)
    assert not pane.isVisible()
    pane.show_plan(read, choosing=True)
    assert pane.isVisible() and pane.candidates.isVisible() and pane.text == ""
    assert "正按这种读" in pane.candidates.rows[1].accessibleName()


def test_such_a_file_waits_for_a_person():
    assert group_of(a_plan()) is Group.DECIDE
    assert badge_of(a_plan())[1]


def test_such_a_file_is_named_by_what_it_may_be(qapp):
    assert format_name(a_plan()) == "企业网银 交易明细 / 微信支付 资金账单"
    assert "企业网银 交易明细（建设银行，第 2 种表头）、微信支付 资金账单" in reason_of(a_plan())


@pytest.mark.parametrize("language", ["zh", "en"])
def test_every_format_has_a_title_and_a_meaning(qapp, language):
    Language.set(language)
    for importer in FORMATS:
        assert candidate_title(importer.format) and not candidate_title(importer.format).startswith("format.")
        assert meaning_of(importer.format)


@pytest.mark.parametrize("language", ["zh", "en"])
def test_every_form_of_a_format_has_a_name_of_its_own(qapp, language):
    Language.set(language)
    for importer in FORMATS:
        ids = {layout.id for layout in importer.layouts if layout.id}
        names = {candidate_title(f"{importer.format}/{one}") for one in ids}
        assert len(names) == len(ids)
        assert {f"layout.{importer.format}/{one}" for one in ids} <= set(texts.catalogue("vocabulary"))
