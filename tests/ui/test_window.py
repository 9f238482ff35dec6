import subprocess
import sys
from datetime import datetime
from functools import partial
from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QPointF, Qt, QUrl
from PySide6.QtGui import QAction, QDropEvent
from PySide6.QtWidgets import QAbstractButton, QComboBox, QFileDialog, QLineEdit, QWidget

import chainbrain.demo
import ui.main_window
import ui.shell.view_stack
from chainbrain.changes import Changes
from chainbrain.errors import UserError
from ui import launcher, session
from ui.jobs import Failure, Job
from ui.main_window import MainWindow
from ui.settings import RecentBook, UserSettings
from ui.theme.theme import Theme
from ui.theme.translator import Language
from ui.views.base import View
from ui.views.registry import VIEWS, ViewEntry, entry
from ui.views.settings.view import SettingsView


class Plain(View):
    """A screen that remembers what it was told."""

    def __init__(self) -> None:
        super().__init__()
        self.refreshed, self.filters, self.files = [], {}, []
        self.command = QAction("Count the till", self)

    def title(self):
        return "Plain"

    def refresh(self, changes=None):
        self.refreshed.append(changes)

    def open_with(self, **filters):
        self.filters = filters

    def actions(self):
        return [self.command]

    def accept_files(self, paths):
        self.files.extend(paths)
        return True

    def badge_count(self):
        return 3


class Plainer(ViewEntry):
    def load(self):
        return Plain() if self.key != "settings" else SettingsView()


@pytest.fixture
def window(qtbot, monkeypatch, tmp_path):
    def plain(key):
        found = entry(key)
        return Plainer(found.key, found.module, found.name, found.title, found.icon, found.group)

    monkeypatch.setattr(ui.shell.view_stack, "entry", plain)
    monkeypatch.setattr(session, "demo_folder", lambda: tmp_path / "demo")
    shown = MainWindow(UserSettings())
    qtbot.addWidget(shown)
    shown.resize(1440, 900)
    shown.show()
    yield shown
    shown.close()


@pytest.fixture
def opened(qtbot, window, tmp_path):
    with qtbot.waitSignal(window.session.opened, timeout=20_000):
        window.new_book(tmp_path / "青禾.chainbrain")
    assert window.jobs.wait_idle(10_000)
    return window


def drop(target, *paths):
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(path)) for path in paths])
    target.dropEvent(
        QDropEvent(
            QPointF(5, 5), Qt.DropAction.CopyAction, data, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
        )
    )


def test_a_new_book_starts_where_files_come_in(opened):
    assert opened.current_view == "imports"
    assert opened.sidebar.switcher.accessibleName() == "青禾"
    assert opened.windowTitle() == "青禾 – 链脑"
    assert [book.path.name for book in opened.settings.recent] == ["青禾.chainbrain"]


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


def test_only_the_shown_screen_refreshes_and_the_others_later(opened):
    imports, overview = opened.view("imports"), opened.view("overview")
    before = len(imports.refreshed)
    opened.records_changed(Changes(frozenset({"payments"}), 1))
    opened.records_changed(Changes(frozenset({"matches"}), 2))
    assert len(imports.refreshed) == before + 2
    assert overview.refreshed == []
    opened.navigate("overview", store="S01")
    assert overview.refreshed == [None]
    assert overview.filters == {"store": "S01"}
    opened.records_changed(Changes(frozenset({"rules"}), 3))
    opened.navigate("imports")
    assert imports.refreshed[-1].kinds == {"rules"}
    opened.jobs.wait_idle(5_000)


def test_counts_stand_in_the_side_bar_when_reading_is_done(opened):
    assert opened.sidebar._items["imports"].accessibleDescription() == "3"


def test_command_search_finds_and_runs(qtbot, opened):
    search = opened.make_search()
    qtbot.addWidget(search)
    search.type_text("Count")
    assert search.found() == ["Count the till"]
    with qtbot.waitSignal(opened.view("imports").command.triggered):
        search.run_current()
    search = opened.make_search()
    qtbot.addWidget(search)
    search.type_text("去 设置")
    assert search.found() == ["去设置"]
    search.run_current()
    assert opened.current_view == "settings"


def test_language_and_theme_switch_while_running(qtbot, opened):
    opened.navigate("settings")
    opened.set_language("en")
    qtbot.waitUntil(lambda: opened.windowTitle() == "青禾 – ChainBrain")
    assert opened.settings.language == "en"
    assert opened.sidebar.findChildren(QWidget, "") and opened.view("settings").title() == "Settings"
    Theme.current().set(mode="dark", scale=1.5)
    assert not opened.grab().isNull()
    assert opened.sidebar.width() == 78  # 1440 / 1.5 is narrower than 1280, so the side bar is folded


def test_the_side_bar_folds_in_a_narrow_window(opened):
    assert opened.sidebar.width() == 200
    opened.resize(1200, 800)
    assert opened.sidebar.width() == 52
    opened.resize(1300, 800)
    assert opened.sidebar.width() == 200


def test_undo_without_anything_to_undo_is_one_line(qtbot, opened):
    opened.undo()
    qtbot.waitUntil(lambda: opened.notices.text != "", timeout=5_000)
    opened.jobs.wait_idle(5_000)


def test_a_rule_can_be_added_and_undone(qtbot, opened):
    opened.navigate("settings", page="rules")
    opened.jobs.wait_idle(5_000)
    page = opened.view("settings").rules
    count = page._model.rowCount()
    assert count > 20
    key = "fee.rate.standard"
    page._key.setCurrentText(key)
    assert page._key.currentText() == key
    page._value.setText("0.0050")
    page._save.click()
    qtbot.waitUntil(lambda: page._model.rowCount() == count + 1, timeout=5_000)
    assert opened.notices.text == "规则已添加"
    opened.undo()
    qtbot.waitUntil(lambda: page._model.rowCount() == count, timeout=5_000)
    page._search.setText(key)
    assert {row.key for row in page._model.rows} == {key}


def test_a_day_can_become_a_holiday(qtbot, opened):
    opened.navigate("settings", page="holidays")
    page = opened.view("settings").holidays
    page._year.setCurrentText("2026")
    opened.jobs.wait_idle(5_000)
    count = page._model.rowCount()
    assert count > 10
    page._day.set_day(datetime(2026, 11, 24).date())
    page._kind.set_current("holiday")
    page._name.setText("店庆")
    page._save.click()
    qtbot.waitUntil(lambda: page._model.rowCount() == count + 1, timeout=5_000)
    opened.jobs.wait_idle(5_000)


def test_a_table_of_holidays_is_read_written_and_taken_back(qtbot, opened, tmp_path, monkeypatch):
    opened.navigate("settings", page="holidays")
    page = opened.view("settings").holidays
    page._year.setCurrentText("2027")
    qtbot.waitUntil(lambda: "推算" in page._card._note.text(), timeout=5_000)
    count, path = page._model.rowCount(), tmp_path / "2027.csv"
    path.write_text("日期,名称,类型\n2027-01-01,元旦,放假\n", encoding="utf-8")
    monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *_: (str(path), ""))
    page.import_button.click()
    qtbot.waitUntil(lambda: page._model.rowCount() == 1, timeout=5_000)
    assert opened.notices.text == "节假日表已导入" and "推算" not in page._card._note.text()
    page.import_button.click()
    qtbot.waitUntil(lambda: opened.notices.text == "和账本里的一样，没有改动", timeout=5_000)
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(tmp_path / "out"), ""))
    page.export_button.click()
    qtbot.waitUntil((tmp_path / "out.csv").exists, timeout=5_000)
    assert "2027-01-01,元旦,放假" in (tmp_path / "out.csv").read_text(encoding="utf-8-sig")
    opened.undo()
    qtbot.waitUntil(lambda: page._model.rowCount() == count, timeout=5_000)
    page._year.setCurrentText("2035")
    qtbot.waitUntil(lambda: "只按周末" in page._card._note.text(), timeout=5_000)
    opened.jobs.wait_idle(5_000)


def test_the_book_can_be_checked(qtbot, opened):
    opened.navigate("settings", page="book")
    page = opened.view("settings").book
    page._check.click()
    qtbot.waitUntil(lambda: page._findings.count() > 0, timeout=20_000)
    opened.jobs.wait_idle(5_000)


def test_long_work_is_shown_at_the_foot_and_can_be_stopped(qtbot, opened):
    def work(report):
        step = 0
        while True:
            step += 1
            report(step % 10, 10, "step.import")

    job = Job(work, name="正在勾对")
    opened.jobs.start(job)
    strip = opened.sidebar.work
    qtbot.waitUntil(strip.isVisible, timeout=5_000)
    with qtbot.waitSignal(job.cancelled):
        strip._stop.click()
    assert not strip.isVisible()


def test_failures_are_one_line_with_details(opened):
    opened.show_failure(Failure(ValueError(), "trace", "history.nothing_to_undo", {}))
    assert opened.notices.text
    opened.notices.clear()
    assert opened.notices.text == ""


def test_a_reminder_of_one_screen_does_not_follow_to_the_next(opened):
    opened.navigate("settings")
    opened.notices.tell("timing", "请先起个名字")
    opened.navigate("settings")
    assert opened.notices.text == "请先起个名字"
    opened.navigate("overview")
    assert opened.notices.text == ""
    # What was done, and what can be acted on, stays.
    for kind, action in (("matched", None), ("timing", lambda: None)):
        opened.notices.tell(kind, "已记下", "撤销", action)
        opened.navigate("settings")
        opened.navigate("overview")
        assert opened.notices.text == "已记下"


def test_closing_the_book_returns_to_the_start(opened):
    opened.show_start()
    assert opened.current_view == ""
    assert opened.context is None


def buttons_and_fields(root):
    return [*root.findChildren(QAbstractButton), *root.findChildren(QLineEdit), *root.findChildren(QComboBox)]


@pytest.mark.parametrize("language", ["zh", "en"])
def test_every_button_and_field_has_a_name(qtbot, opened, language):
    Language.set(language)
    pages = [opened.start, opened.sidebar, opened.top_bar]
    settings = opened.view("settings")
    gallery = entry("gallery").load()
    qtbot.addWidget(gallery)
    pages += [settings, gallery]
    nameless = [
        f"{type(part).__name__} in {type(page).__name__}"
        for page in pages
        for part in buttons_and_fields(page)
        if part.objectName() not in {"qt_spinbox_lineedit"}
        and not (part.accessibleName() or getattr(part, "text", str)() or part.parent().accessibleName())
        and not part.isHidden()
    ]
    assert not nameless


def test_gallery_shows_both_themes(qtbot):
    gallery = entry("gallery").load()
    qtbot.addWidget(gallery)
    gallery.resize(1440, 900)
    gallery.show()
    assert Theme.current().mode == "light"
    picture = gallery._other.pixmap().toImage()
    assert picture.pixelColor(4, 4).name() == "#101217"


def test_settings_file_remembers(tmp_path):
    settings = UserSettings(tmp_path / "s.ini")
    for number in range(12):
        settings.remember(
            RecentBook(
                tmp_path / f"{number}.chainbrain", datetime(2026, 11, 1, 8, number), number, "2026-10-31", number == 3
            )
        )
    settings.theme, settings.scale, settings.language = "dark", 1.5, "en"
    again = UserSettings(tmp_path / "s.ini")
    assert [book.store_count for book in again.recent] == [11, 10, 9, 8, 7, 6, 5, 4]
    assert (again.theme, again.scale, again.language, again.change_colours) == ("dark", 1.5, "en", "green_up")
    again.forget(tmp_path / "11.chainbrain")
    assert again.recent[0].store_count == 10


def test_settings_survive_nonsense(tmp_path):
    (tmp_path / "s.ini").write_text(
        "[General]\ntheme=pink\nscale=huge\nlanguage=xx\nchange_colours=blue\n", encoding="utf-8"
    )
    settings = UserSettings(tmp_path / "s.ini")
    assert (settings.theme, settings.scale, settings.language, settings.change_colours) == (
        "system",
        1.0,
        "zh",
        "red_up",
    )


def test_every_entry_of_the_side_bar_is_a_screen():
    assert [item.key for item in VIEWS if item.group] == [
        "overview",
        "imports",
        "reconcile",
        "arrivals",
        "splits",
        "stores",
        "money",
        "accuracy",
        "expansion",
        "close",
        "settings",
    ]


def test_a_command_does_not_load_qt():
    code = (
        "import sys; from ui import launcher\n"
        "try: launcher.main(['--version'])\n"
        "except SystemExit: pass\n"
        "assert 'PySide6' not in sys.modules"
    )
    subprocess.run([sys.executable, "-c", code], check=True, cwd=Path(__file__).resolve().parents[2])


def test_wrong_usage_of_open_is_told(capsys):
    assert launcher.main(["open", "a", "b"]) == 2
    assert "open" in capsys.readouterr().err


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
    monkeypatch.setattr(ui.main_window.DetailsDialog, "exec", lambda dialog: told.append(dialog._words))
    close = opened.session.book.workspace.close

    def full():
        close()
        raise UserError("book.not_folded", path="青禾", reason="No space left on device")

    monkeypatch.setattr(opened.session.book.workspace, "close", full)
    opened.close()
    assert len(told) == 1
    assert "No space left on device" in told[0]
    assert not opened.isVisible()


def test_a_spoilt_line_of_the_settings_costs_one_recent_book_at_most(tmp_path):
    path = tmp_path / "spoilt.ini"
    settings = UserSettings(path)
    for name in ("一.chainbrain", "二.chainbrain"):
        settings.remember(RecentBook(tmp_path / name, datetime(2026, 3, 1), 3))
    path.write_text(path.read_text(encoding="utf-8").replace("store_count=3", "store_count=many", 1), encoding="utf-8")
    assert len(UserSettings(path).recent) == 1
