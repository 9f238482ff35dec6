"""The settlement habits on the arrivals screen: the table, a word on a row, taken back, and nothing to show."""

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from straight_book import NUMBERS, straight_book

from chainbrain.reconciliation.habits import HabitWord, Reading
from ui.theme.translator import Language
from ui.views.arrivals.view import ArrivalsView

pytest_plugins = ["fixtures_book"]

S1, _S2 = NUMBERS.values()


@pytest.fixture(scope="module")
def straight(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return straight_book(tmp_path_factory.mktemp("straight"))


def opened(place, qtbot):
    """The habits, reached by the button of the top bar."""
    view = place.view
    _left, right = view.top_bar_widgets()
    assert right[0] is view.habits_button
    view.habits_button.setParent(view)
    view.habits_button.show()
    qtbot.mouseClick(view.habits_button, Qt.MouseButton.LeftButton)
    place.settle()
    return view.habits


def cells(page, row: int = 0) -> dict[str, str]:
    model = page.table.model()
    return {column.key: model.index(row, n).data() or "" for n, column in enumerate(model.columns)}


def said(place) -> Reading | None:
    return place.workspace.habits.find(HabitWord("wechat", S1)).reading


def test_the_table_tells_rule_cutoff_fees_and_votes(desk, straight, qtbot) -> None:
    place = desk(ArrivalsView, straight)
    page = opened(place, qtbot)
    assert page.isVisible() and not page.is_empty
    assert page.table.model().rowCount() == 2
    first = cells(page)
    assert [first[key] for key in ("channel", "merchant", "store", "account", "rule", "cutoff", "fees", "source")] == [
        "微信", S1, "一号店", "…0001", "D+1 次日到账", "23:00", "逐笔扣", "按到账学到",
    ]  # fmt: skip
    assert first["votes"] == "9 笔到账相符（其中 5 笔写着商户号）"
    assert first["other"].startswith("D+1 次日到账、23:00、按日合计扣（")
    assert "现在：D+1 次日到账、23:00、逐笔扣；9 笔到账相符" in page.form._grounds.text()
    assert not page.form.save_button.isEnabled() and not page.form.learn_button.isEnabled()
    assert not place.view.months.isEnabled()
    qtbot.mouseClick(place.view.habits_button, Qt.MouseButton.LeftButton)
    assert not place.view.shows_habits and place.view.shown and place.view.months.isEnabled()


def test_a_word_is_written_and_taken_back(desk, straight, qtbot) -> None:
    place = desk(ArrivalsView, straight)
    page = opened(place, qtbot)
    learned = said(place)
    qtbot.keyClick(page.table, Qt.Key.Key_Return)
    cutoff, rule, *_ = page.form.fields
    assert cutoff.hasFocus()
    qtbot.keyClicks(cutoff, "26:00")
    assert not page.form.save_button.isEnabled()
    assert page.form._hint.text() == "请写 23:00 或 02:00 这样的钟点；中午以前的算次日。"
    cutoff.clear()
    qtbot.keyClicks(cutoff, "02:00")
    assert page.form._hint.text() == "结算日到 次日 02:00 为止。"
    rule.setFocus()
    qtbot.keyClicks(rule, "T+1")
    assert rule.currentData() == "T1"
    qtbot.mouseClick(page.form.save_button, Qt.MouseButton.LeftButton)
    place.settle()
    assert said(place) == Reading("T1", 120, "item", merged=True)
    kind, words, action, undo = place.told[-1]
    assert (kind, words, action) == ("matched", "结算规律已改，到账已重新核对", "撤销")
    assert undo is place.context.undo
    assert place.changes[-1].touches("habits") and place.changes[-1].touches("matches")
    assert cells(page)["source"] == "人工指定" and cells(page)["votes"] == "没有到账相符"
    assert (cutoff.text(), rule.currentData()) == ("02:00", "T1")
    assert not page.form.save_button.isEnabled()
    qtbot.mouseClick(page.form.learn_button, Qt.MouseButton.LeftButton)
    place.settle()
    assert said(place) == learned
    assert (cutoff.text(), rule.currentData()) == ("", "")
    assert [entry.kind for entry in place.workspace.history()][:2] == ["habit", "habit"]


def test_the_chosen_row_stays_chosen(desk, straight, qtbot) -> None:
    place = desk(ArrivalsView, straight)
    page = opened(place, qtbot)
    page.table.setFocus()
    qtbot.keyClick(page.table, Qt.Key.Key_Down)
    assert page.table.current_row().stores == ("二号店",)
    page.refresh()
    place.settle()
    assert page.table.current_row().stores == ("二号店",)
    assert "二号店" in page.form._title.text()


def test_a_book_without_such_merchants_says_so(desk, qtbot) -> None:
    place = desk(ArrivalsView)
    page = opened(place, qtbot)
    assert page.is_empty
    assert page._empty.accessibleName() == "没有直接结算到银行的商户号"
    qtbot.mouseClick(page._empty._button, Qt.MouseButton.LeftButton)
    assert not place.view.shows_habits


def test_the_words_follow_the_language(desk, straight, qtbot) -> None:
    place = desk(ArrivalsView, straight)
    page = opened(place, qtbot)
    Language.set("en")
    qtbot.waitUntil(lambda: place.view.habits_button.text() == "Back to the arrivals")
    assert cells(page)["rule"] == "D+1 (next day)"
    assert page.form._grounds.text().startswith(
        "Now: D+1 (next day), 23:00, taken off per payment; deposits that agree: 9"
    )
