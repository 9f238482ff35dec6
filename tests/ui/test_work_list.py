"""The list of work where there is little room: no title is cut."""

import pytest

from ui.views.reconcile.items import Group
from ui.views.reconcile.work_list import WorkEntry, WorkList

TITLES = ("只找到一种", "迟到未到账", "到账金额不同", "One-sided refunds", "Another business day")


def a_list(qtbot, titles=TITLES, count=12):
    work = WorkList()
    qtbot.addWidget(work)
    entries = [WorkEntry(title, count, Group("till", title), "alert") for title in titles]
    work.set_entries(entries, None)
    return work


@pytest.mark.parametrize("title", TITLES)
def test_a_title_that_is_too_long_stands_on_two_lines(qtbot, title):
    work = a_list(qtbot, (title,))
    work.resize(400, 300)
    entry = work.entries[0]
    wide = work.sizeHint().height()
    assert work._broken(entry) == 0
    work.resize(work.least_width, 300)
    assert work._broken(entry) > 0
    assert work.sizeHint().height() > wide, "the line is as high as its words"
    # What lies below moved down: the pointer still finds what it points at.
    assert work._index_at(work._row(0).center()) == 0


def test_two_lines_are_about_as_long_as_each_other(qtbot):
    work = a_list(qtbot, ("到账金额不同",))
    fonts = work._metrics()
    room = fonts.horizontalAdvance("到账金额不")
    work.resize(100, 300)
    work.resize(100 - work._room(work.entries[0]) + room, 300)
    assert 0 < work._broken(work.entries[0]) <= fonts.horizontalAdvance("到账金额") + 1, "not one character by itself"


def test_a_wider_list_needs_no_second_line_and_counts_keep_their_room(qtbot):
    few, many = a_list(qtbot), a_list(qtbot, count=1_234_567)
    assert many.least_width > few.least_width
    heard = []
    few.reworded.connect(lambda: heard.append(True))
    few.set_entries(few.entries, None)
    assert heard == [True]


def test_lines_are_measured_once_for_a_width_and_the_pointer_finds_them_after_every_change(qtbot, monkeypatch):
    work = a_list(qtbot)
    work.resize(400, 300)
    work.grab()
    asked = []
    measured = WorkList._height
    monkeypatch.setattr(WorkList, "_height", lambda self, entry: asked.append(entry) or measured(self, entry))
    work.grab()
    assert all(work._index_at(work._row(number).center()) == number for number in range(len(TITLES)))
    assert asked == []
    for change in (
        lambda: work.resize(work.least_width, 300),
        lambda: work.set_entries([WorkEntry("", None), *work.entries], None),
    ):
        change()
        heights = [int(work._row(number).height()) for number in range(len(work.entries))]
        assert heights == [measured(work, entry) for entry in work.entries]
        assert work.sizeHint().height() == sum(heights)
