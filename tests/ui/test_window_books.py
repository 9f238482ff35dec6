"""Books of the window: made, dropped, backed up, checked, left, and told of when something went wrong."""

import threading
from functools import partial

import pytest
from PySide6.QtCore import QMimeData, QPointF, Qt, QTimer, QUrl
from PySide6.QtGui import QDropEvent
from PySide6.QtWidgets import QFileDialog

import chainbrain.demo
import ui.shell.book_window
from chainbrain.changes import Changes
from chainbrain.errors import UserError
from ui.jobs import Job

pytest_plugins = ("fixtures_window",)


def drop(target, *paths):
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(path)) for path in paths])
    target.dropEvent(
        QDropEvent(
            QPointF(5, 5), Qt.DropAction.CopyAction, data, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
        )
    )


@pytest.fixture
def small_demo(monkeypatch):
    monkeypatch.setattr(chainbrain.demo, "generate", partial(chainbrain.demo.generate, stores=3, days=10))


def test_the_demo_chain_is_made_marked_and_opened_again(qtbot, window, small_demo):
    with qtbot.waitSignal(window.session.opened, timeout=120_000):
        window.open_demo()
    assert window.current_view == "overview"
    assert window.context.info.is_demo
    assert window.context.info.reconciled
    assert window.sidebar.switcher.accessibleName() == "演示连锁"
    assert window.notices.isVisible()
    window.show_start()
    with qtbot.waitSignal(window.session.opened, timeout=20_000):
        window.open_demo()
    assert window.context.info.stores == 3


def test_a_book_is_backed_up_opened_again_and_restored_under_another_name(qtbot, opened, tmp_path, monkeypatch):
    folder = tmp_path / "kept"
    folder.mkdir()
    monkeypatch.setattr(QFileDialog, "getExistingDirectory", lambda *_args: str(folder))
    with qtbot.waitSignal(opened.session.backed_up, timeout=20_000):
        opened.backups.choose_folder()
    made = next(folder.glob("*.zip"))
    assert opened.context.info.path.name == "青禾.chainbrain"
    assert opened.notices.isVisible()
    monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *_args: (str(made), ""))
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_args: (str(tmp_path / "恢复"), ""))
    with qtbot.waitSignal(opened.session.opened, timeout=20_000):
        opened.backups.choose_backup()
    assert opened.context.info.path == tmp_path / "恢复.chainbrain"
    with qtbot.waitSignal(opened.session.failed, timeout=20_000) as failed:
        opened.backups.restore(made, tmp_path / "恢复.chainbrain")
    assert failed.args[0].code == "restore.exists"
    assert opened.context.info.path == tmp_path / "恢复.chainbrain"


def test_a_backup_that_fails_is_told_and_the_book_stays_open(qtbot, opened, tmp_path):
    with qtbot.waitSignal(opened.session.failed, timeout=20_000) as failed:
        opened.backups.back_up(tmp_path / "nowhere")
    assert failed.args[0].code == "backup.no_folder"
    assert opened.context.info.path.name == "青禾.chainbrain"


def test_a_demo_chain_stopped_half_way_leaves_nothing_that_looks_whole(qtbot, window, small_demo, tmp_path):
    window.open_demo()
    job = window.jobs.working
    with qtbot.waitSignal(job.progressed, timeout=60_000):
        pass
    with qtbot.waitSignal(job.cancelled, timeout=60_000):
        job.cancel()
    assert not (tmp_path / "demo").exists()
    assert window.current_view == ""


def test_files_dropped_anywhere_reach_the_import_screen(opened, tmp_path):
    opened.navigate("settings")
    drop(opened, tmp_path / "a.csv", tmp_path / "b.zip")
    assert opened.current_view == "imports"
    assert [path.name for path in opened.view("imports").files] == ["a.csv", "b.zip"]


def test_a_dropped_book_is_opened(qtbot, opened, tmp_path):
    with qtbot.waitSignal(opened.session.opened, timeout=20_000):
        opened.new_book(tmp_path / "第二.chainbrain")
    with qtbot.waitSignal(opened.session.opened, timeout=20_000):
        drop(opened, tmp_path / "青禾.chainbrain")
    assert opened.sidebar.switcher.accessibleName() == "青禾"


def test_a_missing_book_is_worded_and_the_start_screen_stays(qtbot, window, tmp_path, monkeypatch):
    said = []
    monkeypatch.setattr(window, "show_failure", said.append)
    window.session.failed.connect(said.append)
    with qtbot.waitSignal(window.session.failed, timeout=20_000):
        window.open_book(tmp_path / "nirgends.chainbrain")
    assert said[0].code.startswith("book.")
    assert window.current_view == ""


def test_the_book_can_be_checked(qtbot, opened):
    opened.navigate("settings", page="book")
    page = opened.view("settings").book
    page._check.click()
    qtbot.waitUntil(lambda: page._findings.count() > 0, timeout=20_000)
    opened.jobs.wait_idle(5_000)


def test_of_two_books_that_are_wished_for_while_the_first_is_being_left_the_last_is_opened(qtbot, opened, tmp_path):
    """A job that cannot be stopped at once holds the window back; somebody clicks again meanwhile."""
    hold, slow = threading.Event(), Job(lambda _report: hold.wait(10))
    with qtbot.waitSignal(slow.started):
        opened.jobs.start(slow)
    QTimer.singleShot(50, lambda: opened.new_book(tmp_path / "二.chainbrain"))
    QTimer.singleShot(100, hold.set)
    with qtbot.captureExceptions() as faults, qtbot.waitSignal(opened.session.opened, timeout=20_000):
        opened.new_book(tmp_path / "一.chainbrain")
    assert faults == []
    assert opened.context.info.path.name == "二.chainbrain"


def test_what_was_asked_of_the_book_before_says_nothing_of_this_one(qtbot, opened, tmp_path):
    before, shown = opened.context, opened._shown_book
    info = before.info
    with qtbot.waitSignal(opened.session.opened, timeout=20_000):
        opened.new_book(tmp_path / "二.chainbrain")
    shown._renew(before, info)
    shown._show_count(before, 77)
    assert opened.context.info.path.name == "二.chainbrain" and shown.open_count != 77


def test_closing_the_book_returns_to_the_start(opened):
    opened.show_start()
    assert opened.current_view == ""
    assert opened.context is None


def test_after_every_change_the_window_reads_the_book_anew(opened, monkeypatch):
    failures = []
    monkeypatch.setattr(opened.context, "show_failure", failures.append)
    opened.context.info = None
    opened.records_changed(Changes(frozenset({"payments"})))
    assert opened.jobs.wait_idle(10_000)
    assert failures == []
    assert opened.context.info.name == "青禾"


def test_a_book_that_cannot_be_folded_in_is_told_before_the_window_is_gone(opened, monkeypatch):
    told = []
    monkeypatch.setattr(ui.shell.book_window.DetailsDialog, "exec", lambda dialog: told.append(dialog._words))
    close = opened.session.book.workspace.close

    def full():
        close()
        raise UserError("book.not_folded", path="青禾", reason="No space left on device")

    monkeypatch.setattr(opened.session.book.workspace, "close", full)
    opened.close()
    assert len(told) == 1
    assert "No space left on device" in told[0]
    assert not opened.isVisible()
