import subprocess
import sys
from pathlib import Path

import pytest
from PySide6.QtWidgets import QAbstractButton, QComboBox, QLineEdit, QWidget

from chainbrain.changes import Changes
from ui import launcher
from ui.jobs import Failure, Job
from ui.theme.theme import Theme
from ui.theme.translator import Language
from ui.views.registry import VIEWS, entry

pytest_plugins = ("fixtures_window",)


def test_a_new_book_starts_where_files_come_in(opened):
    assert opened.current_view == "imports"
    assert opened.sidebar.switcher.accessibleName() == "青禾"
    assert opened.windowTitle() == "青禾 – 链脑"
    assert [book.path.name for book in opened.settings.recent] == ["青禾.chainbrain"]


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


def test_a_screen_whose_reading_failed_is_read_again_by_who_comes_back(qtbot, opened):
    overview = opened.view("overview")
    opened.navigate("overview")
    opened.navigate("imports")
    opened.navigate("overview")
    assert overview.refreshed == [None], "what was read is not read again"
    with qtbot.waitSignal(overview.loader.failed):
        overview.loader.load(overview.context, lambda _rooms, _report: 1 // 0)
    opened.navigate("imports")
    opened.navigate("overview")
    assert overview.refreshed == [None, None]
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
