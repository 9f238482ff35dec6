"""What is left of earlier months is counted anew with every word, before the book is read again."""

from datetime import timedelta
from decimal import Decimal

import pytest
from PySide6.QtCore import Qt
from reconcile_place import choose, press

from chainbrain.reconciliation.room import Decision
from chainbrain.reconciliation.summary import WorkGroup
from ui.views.reconcile.items import OLDER, Group, Item, ItemKind
from ui.views.reconcile.pending import Pending, Word
from ui.views.reconcile.view import ReconcileView

pytest_plugins = ["fixtures_book"]

LEFT = (
    WorkGroup("till", "till_only", ("D01",), 2, Decimal("50.00")),
    WorkGroup("till", "single", (), 1, Decimal("9.00")),
    WorkGroup("bank", "late", ("D08",), 3, Decimal("700.00")),
)


def an_item(key: str, amount: str, code: str | None = "D01", answer: str = "open") -> Item:
    return Item(key, ItemKind.DIFFERENCE, None, Decimal(amount), answer, code=code)


def a_word(verdict: str, *items: Item, group: Group | None = None) -> Word:
    return Word(Decision("difference", ("1",), verdict, "why"), group or Group("till", OLDER), items)


def counts(pending: Pending) -> list[tuple[int, Decimal]]:
    return [(one.count, one.amount) for one in pending.older(LEFT)]


def test_a_word_takes_its_lines_off_their_kind_and_taking_it_back_brings_them_back() -> None:
    pending = Pending()
    assert pending.older(LEFT) == LEFT
    word = a_word("explain", an_item("1", "-20.00"))
    pending.add(word)
    pending.add(a_word("accept", an_item("2", "9.00", None, "single")))
    assert counts(pending) == [(1, Decimal("30.00")), (0, Decimal("0.00")), (3, Decimal("700.00"))]
    pending.take_back(word)
    assert counts(pending) == [(2, Decimal("50.00")), (0, Decimal("0.00")), (3, Decimal("700.00"))]


@pytest.mark.parametrize(
    "word",
    [
        a_word("explain", an_item("1", "-20.00"), group=Group("till", "till_only", ("D01",))),
        a_word("reopen", an_item("1", "-20.00")),
        a_word("explain", an_item("1", "-20.00", answer="explained")),
        a_word("explain", an_item("1", "-20.00"), group=Group("ledger", OLDER)),
    ],
    ids=["of this month", "opens again", "was settled", "of another leg"],
)
def test_other_words_leave_the_count_alone(word: Word) -> None:
    pending = Pending()
    pending.add(word)
    assert pending.older(LEFT) == LEFT


def left(view) -> int:
    return sum(entry.count for entry in view.work.entries if entry.group and entry.group.name == OLDER)


def test_the_shown_count_follows_at_once(qtbot, desk, reconciled_book, monkeypatch):
    place = desk(ReconcileView, reconciled_book)
    view = place.view
    # The small chain has one month: all of it is left from before the next one.
    view.months.choose((max(view.state.months) + timedelta(days=31)).replace(day=1))
    view.months.changed.emit()
    place.settle()
    choose(place, "till", OLDER)
    before, lines = left(view), len(view.lines.items)
    assert before == lines > 1
    # The book is not read again: what is shown follows from the word alone.
    monkeypatch.setattr(view._state_loader, "load", lambda *_given: None)
    press(qtbot, place, Qt.Key.Key_E)
    qtbot.keyClicks(view.answer.note.field, "settled by hand")
    qtbot.keyClick(view.answer.note.field, Qt.Key.Key_Return)
    place.settle()
    assert (left(view), len(view.lines.items)) == (before - 1, lines - 1)
    press(qtbot, place, Qt.Key.Key_U)
    assert (left(view), len(view.lines.items)) == (before, lines)
