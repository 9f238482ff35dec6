"""A few minutes at the reconcile screen without the mouse: every key is answered, every word kept for good.

``tests/benchmarks/bench_bookkeeper.py`` clears two hundred lines in the same way and measures how soon.
"""

from bookkeeper import Bookkeeper
from bookkeepers_hour import clear

from ui.views.reconcile.view import ReconcileView

pytest_plugins = ["fixtures_book"]

LINES = 20


def test_lines_of_every_kind_are_cleared_by_keyboard(desk, silent_bank_book):
    place = desk(ReconcileView, silent_bank_book)
    view = place.view
    before = view.state.summary.open_count
    assert before >= LINES, before
    view.lines.table.setFocus()
    keeper = Bookkeeper(view)
    clear(keeper, LINES, one_by_one=3, pauses=False)
    assert len(keeper.done) >= LINES
    pressed = {one.what for one in keeper.presses}
    assert pressed >= {"accept", "undo", "match", "write off", "expect", "tick", "choose", "search", "a letter"}
    place.settle()
    assert not place.failures
    after = view.state.summary.open_count
    assert after <= before - LINES, "what was decided is decided in the book as well"
    assert view.summary == view.state.summary, "nothing of it is only on the screen"
    assert place.workspace.info().reconciled
    assert place.workspace.check().good


def test_a_word_taken_back_while_it_is_written_is_taken_back_in_the_book(desk, silent_bank_book):
    place = desk(ReconcileView, silent_bank_book)
    view = place.view
    view.lines.table.setFocus()
    keeper = Bookkeeper(view)
    assert keeper.go("bank", "single")
    item = view.lines.current
    keeper.accept()
    keeper.undo()
    place.settle()
    found = place.workspace.book.rows_of(
        "select state from base.matches where cast(match_id as varchar) = $m", m=item.match_id
    )
    assert found == [("suggested",)]
    assert [entry.kind for entry in place.workspace.history(10)].count("undo") == 1
    assert item.key in {one.key for one in view.lines.items}
