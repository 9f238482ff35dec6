"""The settings: rules and holidays on their screen, and the file that remembers what was chosen."""

from datetime import datetime

from PySide6.QtWidgets import QFileDialog

from ui.settings import RecentBook, UserSettings
from ui.views.settings.rules_page import unit_word, value_word

pytest_plugins = ("fixtures_window",)


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


def test_the_day_of_payments_is_written_in_words_and_others_are_refused(qtbot, opened):
    opened.navigate("settings", page="rules")
    opened.jobs.wait_idle(5_000)
    page = opened.view("settings").rules
    key, count = "cash.pay_day.rent", page._model.rowCount()
    shown = next(row for row in page._model.rows if row.key == key)
    assert (value_word(shown), unit_word(shown.unit)) == ("之前", "逢休息日")
    page._key.setCurrentText(key)
    page._value.setText("看情况")
    page._save.click()
    opened.jobs.wait_idle(5_000)
    assert page._model.rowCount() == count
    page._value.setText("之后")
    page._save.click()
    qtbot.waitUntil(lambda: page._model.rowCount() == count + 1, timeout=5_000)
    assert {row.value for row in page._model.rows if row.key == key} == {"before", "after"}


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


def test_a_spoilt_line_of_the_settings_costs_one_recent_book_at_most(tmp_path):
    path = tmp_path / "spoilt.ini"
    settings = UserSettings(path)
    for name in ("一.chainbrain", "二.chainbrain"):
        settings.remember(RecentBook(tmp_path / name, datetime(2026, 3, 1), 3))
    path.write_text(path.read_text(encoding="utf-8").replace("store_count=3", "store_count=many", 1), encoding="utf-8")
    assert len(UserSettings(path).recent) == 1
