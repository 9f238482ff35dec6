"""A hint about a line, a list or a page goes when they do; what can still be undone stays."""

import pytest
from PySide6.QtCore import Qt
from reconcile_place import choose, press

from ui.shell.notices import Notices
from ui.views.expansion.view import ExpansionView
from ui.views.reconcile import replies
from ui.views.reconcile.view import ReconcileView

pytest_plugins = ["fixtures_book"]


@pytest.fixture
def told(qtbot, desk, reconciled_book):
    """A screen below the line that tells what happened."""

    def put(kind):
        place, notices = desk(kind, reconciled_book), Notices()
        qtbot.addWidget(notices)
        # Where it is shown as a window of its own, keys would go there.
        notices.setAttribute(Qt.WidgetAttribute.WA_DontShowOnScreen)
        place.view.activateWindow()
        qtbot.waitUntil(place.view.isActiveWindow)
        place.context.notify = notices.tell
        place.context.extras["hint_over"] = notices.leave
        return place, notices

    return put


def refuse(qtbot, place, notices):
    """Press a key that has nothing to work on."""
    press(qtbot, place, Qt.Key.Key_S)
    assert notices.text


def test_a_hint_goes_with_the_tab_the_work_and_the_choices_it_was_about(qtbot, told):
    place, notices = told(ReconcileView)
    view = place.view
    elsewhere = [
        lambda: view.tabs.choose("till"),
        lambda: view.tabs.choose("bank"),
        lambda: view.work.chosen.emit(next(one.group for one in view.work.entries if one.group)),
        view.months.changed.emit,
        lambda: view.band.state_chosen.emit("matched"),
    ]
    for go in elsewhere:
        refuse(qtbot, place, notices)
        go()
        assert notices.text == ""
        place.settle()


def test_a_refusal_goes_with_its_line_and_stays_while_the_line_is_read_again(qtbot, told):
    place, notices = told(ReconcileView)
    choose(place, "bank", "no_candidate")
    view = place.view
    assert view.lines.model.rowCount() > 1
    refuse(qtbot, place, notices)
    said = notices.text
    view.refresh()
    place.settle()
    assert notices.text == said
    press(qtbot, place, Qt.Key.Key_Down)
    assert notices.text == ""


def test_what_was_let_go_is_said(qtbot, told):
    place, notices = told(ReconcileView)
    choose(place, "bank", "no_candidate")
    press(qtbot, place, Qt.Key.Key_Space)
    assert place.view.lines.ticked
    press(qtbot, place, Qt.Key.Key_Escape)
    assert not place.view.lines.ticked and notices.text == replies.let_go()


def test_what_can_be_undone_is_offered_on_the_next_tab_as_well(told):
    place, notices = told(ReconcileView)
    place.context.notify("matched", "已说明", "撤销", lambda: None)
    place.view.tabs.choose("till")
    assert notices.text == "已说明"


def test_a_name_asked_for_on_one_page_of_the_expansion_is_not_on_the_next(told):
    place, notices = told(ExpansionView)
    place.context.notify("timing", "先给店起个名字。")
    place.view.pages.switch.choose("map")
    assert notices.text == ""
