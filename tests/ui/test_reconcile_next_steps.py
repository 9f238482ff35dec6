"""Who acts on a difference and what is to be done; a deposit without a source is put into a class with one key."""

import pytest
from PySide6.QtCore import Qt
from reconcile_place import choose, press

from chainbrain.lists import LISTS
from ui.messages import word
from ui.theme.translator import Language
from ui.views.reconcile.view import ReconcileView

pytest_plugins = ["fixtures_book"]

CODES = [f"D{number:02}" for number in range(1, 16)]


@pytest.mark.parametrize("language", [Language.CHINESE, Language.ENGLISH])
def test_every_code_says_who_acts(qapp, language):
    before = Language.current()
    try:
        Language.set(language)
        told = [word(f"next_step.{code}") for code in CODES]
    finally:
        Language.set(before)
    assert len(set(told)) == len(CODES)
    assert not [one for one in told if one.startswith("next_step.")]


def test_a_deposit_without_a_source_is_classified_and_the_class_is_kept(qtbot, desk, reconciled_book):
    place = desk(ReconcileView, reconciled_book)
    choose(place, "bank", "no_candidate")
    view = place.view
    item, note = view.lines.current, view.answer.note
    assert item.code == "D09"
    assert view.answer._reason.text() == word("next_step.D09") and "归类" in view.answer._reason.text()
    press(qtbot, place, Qt.Key.Key_E)
    assert [one.text() for one in note.choices] == ["供应商退款", "股东往来", "其他收入"]
    note.field.insert("三月的货")
    note.choices[0].click()
    assert note.field.text() == "供应商退款：三月的货"
    note.choices[1].click()
    assert note.field.text() == "股东往来：三月的货", "one class, not two"
    assert note.field.hasFocus()
    qtbot.keyClick(note.field, Qt.Key.Key_Return)
    place.settle()
    assert item.key not in {one.key for one in view.lines.items}
    pages = place.workspace.lists.open("unknown_deposits", {"state": "explained"})
    keys = [column.key for column in LISTS["unknown_deposits"].columns]
    (row,) = pages.page(0)
    pages.close()
    told = dict(zip(keys, row, strict=True))
    assert (told["note"], told["next_step"]) == ("股东往来：三月的货", None), "what is settled needs nobody"


def test_other_differences_ask_for_a_reason_and_offer_no_class(qtbot, desk, reconciled_book):
    place = desk(ReconcileView, reconciled_book)
    choose(place, "till", "till_only")
    assert place.view.answer._reason.text() == word("next_step.D01")
    press(qtbot, place, Qt.Key.Key_E)
    assert place.view.answer.note.isVisible() and place.view.answer.note.choices == ()
