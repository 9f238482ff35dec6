"""Groups at the bank by keyboard: several payouts, several deposits, the running sum, taken apart and split."""

from datetime import date
from decimal import Decimal

from PySide6.QtCore import Qt
from reconcile_place import choose, press, trigger

from chainbrain import clock
from chainbrain.errors import UserError
from ui import figures
from ui.views.reconcile.items import EXPECTED, LEFT_OUT, SETTLED, Group, Period
from ui.views.reconcile.reading import read_items
from ui.views.reconcile.sums import gap_told
from ui.views.reconcile.view import ReconcileView
from ui.views.reconcile.words import answer
from ui.words import words_of

pytest_plugins = ["fixtures_book"]

CTRL, SHIFT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier


def key(qtbot, place, code, modifier=Qt.KeyboardModifier.NoModifier):
    """Press a key where the keyboard is."""
    qtbot.keyClick(place.view.focusWidget(), code, modifier)
    place.settle()


def to_candidates(qtbot, place):
    """Go to the candidates as a person does."""
    press(qtbot, place, Qt.Key.Key_F6)
    assert place.view.answer.candidates.hasFocus()


def by_hand(place):
    """Members of the matches that hold by hand, as (side, record id)."""
    return place.workspace.book.rows_of(
        "select x.side, cast(x.record_id as varchar) from base.matches m "
        "join base.match_members x on x.match_id = m.match_id "
        "where m.stage = 'by_hand' and m.state = 'confirmed' order by all"
    )


def two_lines_and_their_payouts(qtbot, place):
    """Tick two lines and choose what each could be."""
    view = place.view
    lines = view.lines.items[:2]
    for number in range(2):
        view.lines.table.select_number(number)
        place.settle()
        press(qtbot, place, Qt.Key.Key_Space)
        to_candidates(qtbot, place)
        view.answer.candidates.select_number(
            next(
                n
                for n, one in enumerate(view.answer.candidates.candidates.rows)
                if one.match_id == lines[number].match_id
            )
        )
        key(qtbot, place, Qt.Key.Key_Space)
    return lines


def test_a_group_is_chosen_matched_taken_apart_and_split_by_keyboard(qtbot, desk, silent_bank_book):
    place = desk(ReconcileView, silent_bank_book)
    view = place.view
    choose(place, "bank", "single")
    total = len(view.lines.items)
    lines = two_lines_and_their_payouts(qtbot, place)
    bank = sum((item.amount for item in lines), Decimal(0))
    assert f"银行 2 行 {figures.money(bank)}" in view.answer.foot
    assert f"结算 2 笔 {figures.money(bank)}" in view.answer.foot and view.answer.foot.endswith("差 0.00")
    assert "勾对所选 2 笔" in view.keys.accessibleName()
    key(qtbot, place, Qt.Key.Key_Return, CTRL)
    assert len(by_hand(place)) == 4
    assert {record for side, record in by_hand(place) if side == "outer"} == {item.record_id for item in lines}
    assert len(view.lines.items) == total - 2
    assert place.told[-1][1:3] == ("已把 4 笔勾成一组", "撤销")
    assert place.workspace.check().good
    # The group stands among the matched; S takes one payout out, which leaves a gap that needs a reason.
    choose(place, "bank", "matched")
    assert view.lines.choose(lines[0].key)
    place.settle()
    assert len(view.answer.detail.members) == 4 and view.answer.detail.evidence.gap == 0
    to_candidates(qtbot, place)
    table = view.answer.candidates
    table.select_number(next(n for n, one in enumerate(table.candidates.rows) if one.why == "matched"))
    place.settle()
    key(qtbot, place, Qt.Key.Key_S)
    note = view.answer.note
    assert note.isVisible() and "拿出后多 " in note.question
    key(qtbot, place, Qt.Key.Key_Return)
    assert note.isVisible() and len(by_hand(place)) == 4
    qtbot.keyClicks(note.field, "belongs to June")
    key(qtbot, place, Qt.Key.Key_Return)
    assert len(by_hand(place)) == 3
    assert place.told[-1][1] == "已从组里拿出 1 笔"
    place.told[-1][3]()
    place.settle()
    assert len(by_hand(place)) == 4, "the toast takes it back"
    choose(place, "bank", "matched")
    assert view.lines.choose(lines[0].key)
    place.settle()
    press(qtbot, place, Qt.Key.Key_U, SHIFT)
    assert view.answer.note.isVisible() and figures.money(bank) in view.answer.note.question
    assert len(by_hand(place)) == 4, "what holds is never taken apart unasked"
    key(qtbot, place, Qt.Key.Key_Return)
    assert by_hand(place) == []
    assert place.told[-1][1].startswith("已撤开这组勾对")
    assert place.workspace.check().good
    assert {item.key for item in read_items(place.context.rooms, Group("bank", "single"), Period(), None)} >= {
        item.key for item in lines
    }, "only the group was taken apart"


def test_a_gap_is_always_shown_and_asks_for_its_reason(qtbot, desk, silent_bank_book):
    place = desk(ReconcileView, silent_bank_book)
    view = place.view
    choose(place, "bank", "single")
    item = view.lines.current
    to_candidates(qtbot, place)
    table = view.answer.candidates
    table.select_number(next(n for n, one in enumerate(table.candidates.rows) if one.gap and one.why != "held"))
    place.settle()
    wrong = table.current
    key(qtbot, place, Qt.Key.Key_Space)
    assert view.lines.ticked == (item,), "what is chosen belongs to the line it was chosen beside"
    assert view.answer.foot.endswith(gap_told(wrong.gap)) and gap_told(wrong.gap)[:2] in {"少 ", "多 "}
    # Elsewhere in the list the sum stays that of the group.
    press(qtbot, place, Qt.Key.Key_Down)
    assert view.answer.foot.endswith(gap_told(wrong.gap)) and gap_told(wrong.gap)[:2] in {"少 ", "多 "}
    seen = next(one for one in table.candidates.rows if one.record_id == wrong.record_id)
    assert seen.gap == view.lines.current.amount - wrong.net, "beside another line it has another gap"
    press(qtbot, place, Qt.Key.Key_Escape)
    assert view.answer.grouping.payouts == () and view.lines.ticked == ()
    assert len(table.candidates.rows) == len(view.answer.detail.candidates)
    view.lines.choose(item.key)
    place.settle()
    to_candidates(qtbot, place)
    table.select_number(next(n for n, one in enumerate(table.candidates.rows) if one.record_id == wrong.record_id))
    place.settle()
    key(qtbot, place, Qt.Key.Key_Space)
    key(qtbot, place, Qt.Key.Key_Return, CTRL)
    note = view.answer.note
    assert note.isVisible() and gap_told(wrong.gap) in note.question
    qtbot.keyClicks(note.field, "paid short")
    key(qtbot, place, Qt.Key.Key_Return)
    found = place.workspace.book.rows_of("select state, note, amount from base.differences where note = 'paid short'")
    assert [(state, said, amount.quantize(Decimal("0.01"))) for state, said, amount in found] == [
        ("explained", "paid short", wrong.gap)
    ]
    assert item.key not in {one.key for one in view.lines.items}
    # Its rows are held now: another group with one of them is refused with words, and nothing is written.
    failed = []
    place.context.show_failure = failed.append
    choose(place, "bank", "single")
    for number in range(len(view.lines.items)):
        view.lines.table.select_number(number)
        place.settle()
        held = next((n for n, one in enumerate(table.candidates.rows) if one.record_id == wrong.record_id), None)
        if held is not None:
            break
    assert held is not None and table.candidates.rows[held].why == "held"
    to_candidates(qtbot, place)
    table.select_number(held)
    place.settle()
    key(qtbot, place, Qt.Key.Key_Space)
    key(qtbot, place, Qt.Key.Key_Return, CTRL)
    if note.isVisible():
        qtbot.keyClicks(note.field, "again")
        key(qtbot, place, Qt.Key.Key_Return)
    assert len(failed) == 1 and len(by_hand(place)) == 2
    assert isinstance(failed[0].error, UserError) and failed[0].error.code == "decide.member_held"


def test_u_takes_back_the_last_word_and_never_a_match_that_is_proven(qtbot, desk, reconciled_book):
    place = desk(ReconcileView, reconciled_book)
    view = place.view
    standing = "select match_id from base.matches where state = 'confirmed' and kind = 'settlement_bank' order by all"
    proven = place.workspace.book.rows_of(standing)
    choose(place, "bank", "no_candidate")
    line, total = view.lines.current, len(view.lines.items)
    press(qtbot, place, Qt.Key.Key_E)
    qtbot.keyClicks(view.answer.note.field, "rent")
    key(qtbot, place, Qt.Key.Key_Return)
    choose(place, "bank", "matched")
    assert len(view.answer.detail.members) >= 2
    press(qtbot, place, Qt.Key.Key_U)
    assert place.told[-1][1] == "已撤销上一个处理：已说明 1 笔差异"
    assert place.workspace.book.rows_of(standing) == proven
    choose(place, "bank", "no_candidate")
    assert len(view.lines.items) == total and view.lines.choose(line.key)
    choose(place, "bank", "matched")
    press(qtbot, place, Qt.Key.Key_N)
    assert "没有可以否掉" in place.told[-1][1] and place.workspace.book.rows_of(standing) == proven
    # With nothing left to take back it asks, and Escape leaves everything as it is.
    choose(place, "bank", "matched")
    press(qtbot, place, Qt.Key.Key_U)
    assert view.answer.note.isVisible() and "撤开到账" in view.answer.note.question
    key(qtbot, place, Qt.Key.Key_Escape)
    assert not view.answer.note.isVisible() and place.workspace.book.rows_of(standing) == proven
    assert place.workspace.check().good


def test_no_figure_falls_for_a_moment_when_a_short_match_is_taken_apart(qtbot, desk, reconciled_book):
    place = desk(ReconcileView, reconciled_book)
    view = place.view
    choose(place, "bank", "bank_amount")
    item, before = view.lines.current, view.summary
    assert item.gap and "撤开…" in [button.text() for button in view.answer.buttons.shown]
    press(qtbot, place, Qt.Key.Key_U, SHIFT)
    seen = []
    view.decisions.moved.connect(lambda _key: seen.append(view.summary.open_amount))
    qtbot.keyClick(view.answer.note.field, Qt.Key.Key_Return)
    assert seen == [before.open_amount], "not known before the book was matched anew"
    place.settle()
    after = view.summary.open_amount
    assert after > before.open_amount and view.state.summary == view.summary
    press(qtbot, place, Qt.Key.Key_U)
    place.settle()
    assert view.summary.open_amount == before.open_amount and place.workspace.check().good


def test_what_is_proven_elsewhere_is_not_tied_to_another_line(qtbot, desk, reconciled_book):
    place = desk(ReconcileView, reconciled_book)
    view = place.view
    choose(place, "bank", "no_candidate")
    table = view.answer.candidates
    held = None
    for number in range(len(view.lines.items)):
        view.lines.table.select_number(number)
        place.settle()
        held = next((n for n, one in enumerate(table.candidates.rows) if one.why == "held"), None)
        if held is not None:
            break
    assert held is not None
    standing = "select match_id from base.matches where state = 'confirmed' and kind = 'settlement_bank' order by all"
    before, total, failed = place.workspace.book.rows_of(standing), len(view.lines.items), []
    place.context.show_failure = failed.append
    to_candidates(qtbot, place)
    table.select_number(held)
    place.settle()
    told = table.current
    key(qtbot, place, Qt.Key.Key_Space)
    key(qtbot, place, Qt.Key.Key_Return, CTRL)
    if view.answer.note.isVisible():
        qtbot.keyClicks(view.answer.note.field, "looks like it")
        key(qtbot, place, Qt.Key.Key_Return)
    (refused,) = failed
    assert refused.code == "decide.member_held" and refused.facts["held_on"] == told.held_on
    assert figures.money(told.net) in words_of(refused) and "请先撤开那一组" in words_of(refused)
    assert place.workspace.book.rows_of(standing) == before and by_hand(place) == []
    assert len(view.lines.items) == total and place.workspace.check().good


def test_no_key_is_silent(qtbot, desk, reconciled_book):
    place = desk(ReconcileView, reconciled_book)
    choose(place, "bank", "matched")
    for code, words in (
        (Qt.Key.Key_Return, "没有建议"),
        (Qt.Key.Key_E, "没有待说明"),
        (Qt.Key.Key_X, "没有待排除"),
        (Qt.Key.Key_T, "没有可算时间差"),
        (Qt.Key.Key_S, "成组的勾对"),
        (Qt.Key.Key_Escape, "没有选择"),
    ):
        place.told.clear()
        press(qtbot, place, code)
        assert place.told and words in place.told[-1][1], code
    place.told.clear()
    qtbot.keyClick(place.view, Qt.Key.Key_Return, CTRL)
    place.settle()
    assert "还没有勾选" in place.told[-1][1]
    choose(place, "bank", "no_candidate")
    place.told.clear()
    press(qtbot, place, Qt.Key.Key_N)
    assert "没有可以否掉" in place.told[-1][1]
    assert not place.changes


def test_timing_by_keyboard_has_a_day(qtbot, desk, reconciled_book, monkeypatch):
    # The second day of a long holiday: banks work again from the 8th on.
    monkeypatch.setenv(clock.SAID, "2026-10-02")
    place = desk(ReconcileView, reconciled_book)
    choose(place, "till", "till_only")
    item, item_group = place.view.lines.current, place.view.lines.group
    press(qtbot, place, Qt.Key.Key_T)
    note = place.view.answer.note
    assert note.day_field.isVisible() and note.day_field.hasFocus()
    assert note.day == date(2026, 10, 8)
    note.day_field.lineEdit().setText("2026-10-01")
    qtbot.keyClick(note.field, Qt.Key.Key_Return)
    place.settle()
    assert note.isVisible() and "已经过去" in note.question and note.day_field.hasFocus() and not place.changes
    note.day_field.lineEdit().setText("2026-12-31")
    qtbot.keyClicks(note.field, "next week")
    qtbot.keyClick(note.field, Qt.Key.Key_Return)
    place.settle()
    found = place.workspace.book.rows_of(
        "select state, cast(due_on as varchar), note from base.differences where cast(difference_id as varchar) = $d",
        d=item.difference_id,
    )
    assert found == [("timing", "2026-12-31", "next week")]
    assert item.key not in {one.key for one in place.view.lines.items}
    # It stands under what is on its way, with its day, and can be opened again from there.
    choose(place, "till", EXPECTED)
    assert [one.key for one in place.view.lines.items] == [item.key]
    assert answer(place.view.lines.current) == ("timing", "预计 12-31")
    assert next(entry.count for entry in place.view.work.entries if entry.group and entry.group.name == EXPECTED) == 1
    assert place.view.answer.verdicts() == ("reopen",) and "预计 2026-12-31" in place.view.answer.sum.accessibleName()
    trigger(place, "重新打开这笔差异")
    assert item.key in {one.key for one in read_items(place.context.rooms, item_group, Period(), None)}
    assert place.workspace.check().good


def test_a_late_payout_that_is_expected_and_one_left_out_are_found_again(qtbot, desk, reconciled_book, monkeypatch):
    monkeypatch.setenv(clock.SAID, "2026-10-02")
    place = desk(ReconcileView, reconciled_book)
    view = place.view
    choose(place, "bank", "late")
    late = view.lines.current
    press(qtbot, place, Qt.Key.Key_T)
    assert view.answer.note.day >= date(2026, 10, 8), "never the day that is overdue"
    qtbot.keyClick(view.answer.note.field, Qt.Key.Key_Return)
    place.settle()
    choose(place, "bank", EXPECTED)
    assert [one.key for one in view.lines.items] == [late.key] and view.answer.verdicts() == ("reopen",)
    choose(place, "till", "till_only")
    gone = view.lines.current
    press(qtbot, place, Qt.Key.Key_X)
    qtbot.keyClicks(view.answer.note.field, "test order")
    key(qtbot, place, Qt.Key.Key_Return)
    choose(place, "till", SETTLED)
    assert gone.key not in {one.key for one in view.lines.items}, "left out is not explained"
    choose(place, "till", LEFT_OUT)
    assert [one.key for one in view.lines.items] == [gone.key] and view.answer.verdicts() == ("reopen",)


def test_ctrl_f_finds_by_number_amount_and_words(qtbot, desk, reconciled_book):
    place = desk(ReconcileView, reconciled_book)
    choose(place, "bank", "matched")
    lines = place.view.lines
    numbered = next(item for item in lines.items if len(item.number) > 5)
    place.view.answer.candidates.setFocus()
    key(qtbot, place, Qt.Key.Key_F, CTRL)
    assert lines.search.hasFocus()
    for text in (numbered.number, figures.money(numbered.amount), numbered.party[:4]):
        lines.search.setText(text)
        place.settle()
        assert numbered in lines.model.rows and lines.model.rowCount() < len(lines.items), text
