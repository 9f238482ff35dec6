"""The counts of the work list follow a word, and its being taken back, before the book is read again."""

from decimal import Decimal

import pytest
from PySide6.QtCore import Qt
from reconcile_place import choose, press

from chainbrain.reconciliation.room import Decision
from chainbrain.reconciliation.summary import StateSummary, WorkGroup
from ui.views.reconcile.items import Group, Item, ItemKind
from ui.views.reconcile.pending import Pending, Word
from ui.views.reconcile.view import ReconcileView

pytest_plugins = ["fixtures_book"]

TILL = Group("till", "till_only", ("D01",))
OCTOBER, SEPTEMBER = "october", "september"


def the_book(count: int, amount: str, settled: int = 0) -> StateSummary:
    open_amount = Decimal(amount)
    work = (WorkGroup("till", "till_only", ("D01",), count, open_amount, settled),)
    return StateSummary((), work, count, open_amount, 0, Decimal("0.00"))


def a_word(verdict: str = "explain") -> Word:
    item = Item("1", ItemKind.DIFFERENCE, None, Decimal("-20.00"), "open", code="D01")
    return Word(Decision("difference", ("1",), verdict, "why"), TILL, (item,))


def counts(pending: Pending, book: StateSummary) -> tuple[int, Decimal, int]:
    (one,) = pending.summary(book).work
    return one.count, one.amount, one.settled


def test_a_word_that_the_book_shows_is_counted_back_when_it_is_taken_back() -> None:
    pending, word, before, after = Pending(), a_word(), the_book(2, "50.00"), the_book(1, "30.00", 1)
    pending.was_read((), OCTOBER)
    pending.add(word)
    assert counts(pending, before) == (1, Decimal("30.00"), 1)
    pending.keep(word, 7, settled=True)
    pending.was_read(pending.shown_by_book(), OCTOBER)
    assert counts(pending, after) == (1, Decimal("30.00"), 1)
    pending.take_back(word)
    assert counts(pending, after) == (2, Decimal("50.00"), 0)
    # Read again before it was matched anew: the book still shows what was said.
    pending.was_read(pending.shown_by_book(), OCTOBER)
    assert counts(pending, after) == (2, Decimal("50.00"), 0)
    word.entry_id = 8
    pending.followed(8)
    pending.was_read(pending.shown_by_book(), OCTOBER)
    assert counts(pending, before) == (2, Decimal("50.00"), 0)


def test_a_word_taken_back_before_the_book_shows_it_moves_nothing() -> None:
    pending, word = Pending(), a_word()
    pending.add(word)
    pending.take_back(word)
    assert counts(pending, the_book(2, "50.00")) == (2, Decimal("50.00"), 0)


def test_a_word_taken_back_while_the_book_is_read_is_shown_as_said_by_that_reading() -> None:
    pending, word = Pending(), a_word()
    pending.add(word)
    pending.keep(word, 7, settled=True)
    seen = pending.shown_by_book()
    pending.take_back(word)
    pending.was_read(seen)
    assert counts(pending, the_book(1, "30.00", 1)) == (2, Decimal("50.00"), 0)


def test_counts_of_another_month_are_left_alone_and_said_to_be_counted_anew() -> None:
    pending, word = Pending(), a_word()
    pending.was_read((), OCTOBER)
    pending.add(word)
    assert not pending.unsure
    pending.was_read((), SEPTEMBER)
    assert counts(pending, the_book(2, "50.00")) == (2, Decimal("50.00"), 0)
    assert pending.unsure


def test_what_only_the_book_can_count_is_said_to_be_counted_anew() -> None:
    pending = Pending()
    pending.add(a_word("reopen"))
    assert pending.unsure and counts(pending, the_book(2, "50.00")) == (2, Decimal("50.00"), 0)
    other = Pending()
    other.take_back_unknown()
    assert other.unsure
    other.was_read(())
    assert not other.unsure


def shown(view):
    return [(entry.title, entry.count) for entry in view.work.entries]


def of_leg(summary, leg):
    return {
        name: sum(getattr(one, name) for one in summary.work_of(leg))
        for name in ("count", "amount", "settled", "excluded", "expected")
    }


@pytest.mark.parametrize("key", [Qt.Key.Key_E, Qt.Key.Key_X, Qt.Key.Key_T])
def test_the_shown_counts_are_those_of_the_book_before_it_is_read(qtbot, desk, reconciled_book, monkeypatch, key):
    place = desk(ReconcileView, reconciled_book)
    view = place.view
    choose(place, "till", "till_only")
    before, open_before = shown(view), of_leg(view.summary, "till")
    loader, load = view._state_loader, view._state_loader.load
    waits = []
    monkeypatch.setattr(loader, "load", lambda *given: waits.append(given))
    press(qtbot, place, key)
    qtbot.keyClicks(view.answer.note.field, "settled by hand")
    qtbot.keyClick(view.answer.note.field, Qt.Key.Key_Return)
    place.settle()
    at_once = of_leg(view.summary, "till")
    assert at_once["count"] == open_before["count"] - 1 and waits
    monkeypatch.setattr(loader, "load", load)
    view.refresh()
    place.settle()
    assert of_leg(view.state.summary, "till") == at_once, "what was counted here is what the book counts"
    # Taken back: the counts of before at once, and the book says the same.
    monkeypatch.setattr(loader, "load", lambda *given: waits.append(given))
    press(qtbot, place, Qt.Key.Key_U)
    assert of_leg(view.summary, "till") == open_before
    monkeypatch.setattr(loader, "load", load)
    view.refresh()
    place.settle()
    assert shown(view) == before and view.summary == view.state.summary
