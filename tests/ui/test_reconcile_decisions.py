"""Decisions at the reconcile screen on a real small book: by keyboard, together, undone, never by accident."""

from decimal import Decimal

from PySide6.QtCore import Qt
from reconcile_place import choose, press, summary, trigger

from ui import figures
from ui.views.reconcile.items import SETTLED, Group, Period
from ui.views.reconcile.reading import read_items
from ui.views.reconcile.sums import arithmetic
from ui.views.reconcile.view import ReconcileView
from ui.views.reconcile.words import answer, headline

pytest_plugins = ["fixtures_book"]

pytest_plugins = ["fixtures_book"]


def test_explaining_by_keyboard_asks_why_and_settles(qtbot, desk, reconciled_book):
    place = desk(ReconcileView, reconciled_book)
    choose(place, "till", "till_only")
    before, first = place.view.lines.items, place.view.lines.current
    press(qtbot, place, Qt.Key.Key_E)
    note = place.view.answer.note
    assert note.isVisible() and note.field.hasFocus()
    qtbot.keyClicks(note.field, "store typed it twice")
    qtbot.keyClick(note.field, Qt.Key.Key_Return)
    place.settle()
    assert len(place.view.lines.items) == len(before) - 1
    assert first.key not in {item.key for item in place.view.lines.items}
    assert place.told[-1][1] == "已说明 1 笔差异"
    choose(place, "till", SETTLED)
    said = next(item for item in place.view.lines.items if item.key == first.key)
    assert (said.difference_state, said.said) == ("explained", "store typed it twice")
    assert place.view.lines.choose(first.key)
    place.settle()
    assert place.view.answer.verdicts()[0] == "reopen"
    trigger(place, "重新打开这笔差异")
    choose(place, "till", "till_only")
    assert len(place.view.lines.items) == len(before)


def test_leaving_out_asks_why_and_takes_no_silence_for_an_answer(qtbot, desk, reconciled_book):
    place = desk(ReconcileView, reconciled_book)
    choose(place, "till", "till_only")
    before, note = place.view.lines.items, place.view.answer.note
    press(qtbot, place, Qt.Key.Key_X)
    qtbot.keyClick(note.field, Qt.Key.Key_Return)
    place.settle()
    assert note.isVisible() and "请写明原因" in note.question and not place.changes
    qtbot.keyClicks(note.field, "test order")
    qtbot.keyClick(note.field, Qt.Key.Key_Return)
    place.settle()
    assert not note.isVisible() and len(place.view.lines.items) == len(before) - 1
    assert place.workspace.book.rows_of("select note from base.differences where state = 'excluded'") == [
        ("test order",)
    ]


def test_escape_drops_the_question_and_writes_nothing(qtbot, desk, reconciled_book):
    place = desk(ReconcileView, reconciled_book)
    choose(place, "till", "till_only")
    press(qtbot, place, Qt.Key.Key_X)
    assert place.view.answer.note.isVisible()
    qtbot.keyClick(place.view.answer.note.field, Qt.Key.Key_Escape)
    place.settle()
    assert not place.view.answer.note.isVisible()
    assert not place.changes


def test_ticked_lines_are_decided_together_and_undone_by_u(qtbot, desk, reconciled_book):
    place = desk(ReconcileView, reconciled_book)
    choose(place, "till", "cash")
    total = len(place.view.lines.items)
    press(qtbot, place, Qt.Key.Key_Space)
    press(qtbot, place, Qt.Key.Key_Down)
    press(qtbot, place, Qt.Key.Key_Space)
    assert len(place.view.lines.ticked) == 2
    assert "Ctrl" in place.view.keys.accessibleName()
    qtbot.keyClick(place.view, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    place.settle()
    note = place.view.answer.note
    qtbot.keyClick(note.field, Qt.Key.Key_Return)
    place.settle()
    assert note.isVisible() and "请写明原因" in note.question, "a write-off without a reason is not written"
    assert len(place.view.lines.items) == total
    qtbot.keyClicks(note.field, "counted again")
    qtbot.keyClick(note.field, Qt.Key.Key_Return)
    place.settle()
    assert len(place.view.lines.items) == total - 2
    assert place.view.lines.ticked == ()
    press(qtbot, place, Qt.Key.Key_U)
    choose(place, "till", "cash")
    assert len(place.view.lines.items) == total


def test_u_undoes_decisions_only(qtbot, desk, reconciled_book):
    place = desk(ReconcileView, reconciled_book)
    press(qtbot, place, Qt.Key.Key_U)
    assert place.told[-1][0] == "timing"
    assert place.workspace.info().files > 0


def test_a_suggestion_is_amber_until_a_person_accepts_it(qtbot, desk, silent_bank_book):
    place = desk(ReconcileView, silent_bank_book)
    choose(place, "bank", "single")
    count = len(place.view.lines.items)
    item, detail = place.view.lines.current, place.view.answer.detail
    assert answer(item)[0] == "several", "unique among those tried is no proof"
    state, words = headline(detail)[1:]
    assert state == "several" and words.startswith("试过的")
    last = arithmetic(detail)[-1]
    assert (last.amount, last.state) == (Decimal("0.00"), "timing")
    assert "接受 " in place.view.band.words
    press(qtbot, place, Qt.Key.Key_Return)
    assert len(place.view.lines.items) == count - 1
    assert summary(place).single_count == count - 1
    press(qtbot, place, Qt.Key.Key_U)
    choose(place, "bank", "single")
    assert len(place.view.lines.items) == count


def test_turning_an_answer_down_keeps_it_away(qtbot, desk, silent_bank_book):
    place = desk(ReconcileView, silent_bank_book)
    choose(place, "bank", "single")
    item = place.view.lines.current
    press(qtbot, place, Qt.Key.Key_N)
    assert item.key not in {one.key for one in place.view.lines.items}
    matches = {one.match_id for one in read_items(place.context.rooms, Group("bank", "single"), Period(), None)}
    assert item.match_id not in matches


def test_ctrl_enter_accepts_only_what_was_ticked(qtbot, desk, silent_bank_book):
    place = desk(ReconcileView, silent_bank_book)
    choose(place, "bank", "single")
    count = len(place.view.lines.items)
    for _ in range(2):
        press(qtbot, place, Qt.Key.Key_Space)
        press(qtbot, place, Qt.Key.Key_Down)
    qtbot.keyClick(place.view, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    place.settle()
    assert summary(place).single_count == count - 2
    assert place.told[-1][1] == "已接受 2 组"


def test_ctrl_enter_ticks_what_has_one_answer_and_accepts_it_when_pressed_again(qtbot, desk, silent_bank_book):
    place = desk(ReconcileView, silent_bank_book)
    choose(place, "bank", "single")
    lines, single = place.view.lines, place.view.lines.items
    assert f"勾上唯一解 {len(single)} 笔" in place.view.keys.accessibleName()
    qtbot.keyClick(place.view, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    place.settle()
    told = figures.money(sum((item.amount for item in single), Decimal(0)), symbol=True)
    assert lines.ticked == single == lines.items, "nothing is accepted before somebody has seen how much it is"
    assert f"{len(single)} 笔，共 {told}" in place.told[-1][1] and not place.changes
    press(qtbot, place, Qt.Key.Key_Escape)
    assert lines.ticked == ()
    lines.search.setText(f"{single[0].amount:f}")
    for _ in range(2):
        qtbot.keyClick(place.view, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
        place.settle()
    assert 0 < summary(place).single_count < len(single), "only what the search shows"


def test_another_candidate_shows_its_own_sum_and_cannot_be_accepted(desk, silent_bank_book):
    place = desk(ReconcileView, silent_bank_book)
    choose(place, "bank", "single")
    table = place.view.answer.candidates
    number = next(n for n, one in enumerate(table.candidates.rows) if one.match_id is None)
    table.select_number(number)
    place.settle()
    assert "accept" not in place.view.answer.verdicts()
    assert figures.money(abs(table.current.gap)) in place.view.answer.sum.accessibleName()
    table.select_number(0)
    place.settle()
    assert "accept" in place.view.answer.verdicts()
