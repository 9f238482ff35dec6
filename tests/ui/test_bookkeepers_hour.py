"""An hour at the reconcile screen without the mouse: two hundred lines of every kind, each word kept for good."""

from pathlib import Path

import pytest
from bookkeeper import Bookkeeper, clear, silence
from fixtures_book import book_of

from chainbrain.demo import generate
from ui.views.reconcile.view import ReconcileView

pytest_plugins = ["fixtures_book"]

LINES = 200


@pytest.fixture(scope="module")
def busy_book(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Eight stores over twenty-four days, one bank saying little: more than two hundred lines are open."""
    folder = tmp_path_factory.mktemp("busy")
    exports = generate(folder / "chain", stores=8, days=24).exports
    silence(exports, "支付宝（中国）网络技术有限公司")
    return book_of(folder / "book.chainbrain", exports)


def test_two_hundred_lines_are_cleared_by_keyboard(desk, busy_book):
    place = desk(ReconcileView, busy_book)
    view = place.view
    before = place.view.state.summary.open_count
    assert before >= LINES, before
    view.lines.table.setFocus()
    keeper = Bookkeeper(view)
    clear(keeper, LINES, one_by_one=8)
    assert len(keeper.done) >= LINES
    place.settle()
    assert not place.failures
    after = place.view.state.summary.open_count
    assert after <= before - LINES, "what was decided is decided in the book as well"
    assert view.summary == view.state.summary, "nothing of it is only on the screen"
    assert place.workspace.info().reconciled
    assert place.workspace.check().good
