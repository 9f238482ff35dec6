"""The watched folder: new statements are read by themselves, said once, and never written by themselves."""

import shutil

import pytest
from imports_desk import plan_of
from PySide6.QtCore import Qt

from chainbrain.intake import inbox
from ui.views.imports.view import ImportsView
from ui.views.parts.inbox import InboxWatch

pytest_plugins = ["fixtures_book"]


@pytest.fixture
def stick(tmp_path):
    folder = tmp_path / "U盘"
    folder.mkdir()
    return folder


@pytest.fixture
def watched(qtbot, desk, stick, monkeypatch):
    """The import screen of a book that watches the stick, as the window holds it."""
    place = desk(ImportsView)
    watch = InboxWatch(settle_ms=5, poll_ms=60_000)
    place.context.extras["inbox"] = watch
    place.view.set_workspace(place.context)
    place.settle()
    watch.arrived.connect(place.view.plan_arrived)
    with qtbot.waitSignal(watch.changed):
        watch.use(place.context)
    place.watch = watch
    place.settle()
    yield place
    watch.leave()


def until_waiting(qtbot, place, count):
    qtbot.waitUntil(lambda: len(place.watch.waiting) == count, timeout=60_000)
    place.settle()


def test_a_folder_is_chosen_watched_and_let_go(qtbot, watched, stick, monkeypatch):
    bar = watched.view.stage.inbox_bar
    assert bar.isVisible() and bar.choose.isVisible() and not bar.forget.isVisible()
    monkeypatch.setattr("ui.views.parts.inbox_bar.QFileDialog.getExistingDirectory", lambda *_a: str(stick))
    with qtbot.waitSignal(watched.watch.changed):
        qtbot.mouseClick(bar.choose, Qt.MouseButton.LeftButton)
    watched.settle()
    assert bar.text == "盯着 U盘" and watched.workspace.inbox.folder() == stick
    qtbot.mouseClick(bar.forget, Qt.MouseButton.LeftButton)
    watched.settle()
    assert watched.watch.folder is None and watched.workspace.inbox.folder() is None
    assert bar.choose.isVisible()


def test_what_arrives_is_planned_said_and_counted_but_not_written(qtbot, watched, stick, exports):
    watched.watch.choose(stick)
    watched.settle()
    shutil.copy(exports / "档案" / "门店档案.xlsx", stick)
    (stick / "半截.csv.crdownload").write_text("x", encoding="utf-8")
    watched.watch.look()
    until_waiting(qtbot, watched, 1)
    qtbot.waitUntil(lambda: watched.view.plan is not None, timeout=60_000)
    watched.settle()
    assert [file.name for file in watched.view.plan.files] == ["门店档案.xlsx"]
    kind, text, action, look_at = watched.told[-1]
    assert (kind, action) == ("timing", "去看") and "1 个新文件" in text
    assert watched.view.badge_count() == 1
    assert watched.workspace.info().files == 0
    look_at()
    assert watched.gone_to[-1] == ("imports", {})
    watched.view.bar.confirm.click()
    watched.settle()
    assert watched.watch.waiting == () and watched.view.badge_count() == 0
    again = inbox.look(stick)
    assert inbox.sort(again, again, watched.workspace.inbox.offered()).ready == ()


def test_beside_an_open_plan_arrivals_wait_until_they_are_wanted(qtbot, watched, stick, exports):
    plan_of(watched, exports / "档案" / "现金盘点.csv")
    watched.watch.choose(stick)
    shutil.copy(exports / "档案" / "门店档案.xlsx", stick)
    watched.settle()
    until_waiting(qtbot, watched, 1)
    assert len(watched.view.plan.files) == 1 and watched.told[-1][2] == "一起读"
    qtbot.mouseClick(watched.view.stage.inbox_bar.plan, Qt.MouseButton.LeftButton)
    watched.settle()
    assert len(watched.view.plan.files) == 2
    assert not watched.view.stage.inbox_bar.plan.isVisible(), "what stands in the plan is not offered again"


def test_a_stick_that_is_pulled_out_is_said_once_and_found_again(qtbot, watched, stick, exports):
    watched.watch.choose(stick)
    watched.settle()
    stick.rename(stick.with_name("weg"))
    with qtbot.waitSignal(watched.watch.changed, timeout=60_000):
        watched.watch.look()
    assert watched.watch.gone and "现在看不到" in watched.view.stage.inbox_bar.text
    assert [failure.code for failure in watched.failures] == ["inbox.gone"]
    watched.failures.clear()
    watched.watch.look()
    watched.settle()
    stick.with_name("weg").rename(stick)
    with qtbot.waitSignal(watched.watch.changed, timeout=60_000):
        watched.watch.look()
    assert not watched.watch.gone and watched.view.stage.inbox_bar.text == "盯着 U盘"
