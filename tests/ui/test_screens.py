from pathlib import Path

import pytest
from PySide6.QtGui import QImage
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QComboBox,
    QDateEdit,
    QHeaderView,
    QLineEdit,
    QPlainTextEdit,
)

import ui.screens
from ui.screens import LOOKS, render_all
from ui.theme.theme import Mode
from ui.theme.translator import Language
from ui.views.registry import VIEWS

NAMED = (QAbstractButton, QLineEdit, QComboBox, QPlainTextEdit, QAbstractItemView)


def words(part):
    text = getattr(part, "text", None)
    return part.accessibleName() or (text() if callable(text) else "")


def belongs_to_qt(part):
    """Parts Qt makes inside its own fields: heads of tables, the list of a choice, the line of a date field."""
    inside = isinstance(part.parent(), (QComboBox, QLineEdit, QAbstractItemView, QDateEdit))
    made = part.metaObject().className() in {"QComboBoxListView", "QTableCornerButton"}
    return inside or made or isinstance(part, QHeaderView) or part.objectName().startswith("qt_")


@pytest.mark.parametrize("item", VIEWS, ids=lambda item: item.key)
@pytest.mark.parametrize("language", ["zh", "en"])
def test_every_button_field_and_table_has_a_name(qtbot, item, language):
    Language.set(language)
    view = item.load()
    qtbot.addWidget(view)
    left, right = view.top_bar_widgets()
    parts = [part for kind in NAMED for part in view.findChildren(kind)]
    parts += [widget for widget in (*left, *right) if isinstance(widget, NAMED)]
    for widget in (*left, *right):
        qtbot.addWidget(widget)
    nameless = [
        f"{type(part).__name__} in {type(part.parent()).__name__}"
        for part in parts
        if not belongs_to_qt(part) and (part.isVisibleTo(view) or part in (*left, *right)) and not words(part)
    ]
    assert not nameless


@pytest.mark.parametrize("item", VIEWS, ids=lambda item: item.key)
def test_every_screen_has_a_title_in_both_languages(qtbot, item):
    view = item.load()
    qtbot.addWidget(view)
    chinese = view.title()
    Language.set("en")
    assert chinese and view.title() and chinese != view.title()


def test_both_themes_two_sizes_and_150_percent_are_rendered():
    assert {look.mode for look in LOOKS} == {Mode.LIGHT, Mode.DARK}
    assert {(look.size.width(), look.size.height()) for look in LOOKS} == {(1440, 900), (1280, 800)}
    assert {look.mode for look in LOOKS if look.scale == 1.5} == {Mode.LIGHT, Mode.DARK}


def test_pages_become_pictures(qapp, tmp_path: Path, monkeypatch):
    monkeypatch.setattr(ui.screens, "LOOKS", LOOKS[1:2])
    (tmp_path / "statements").mkdir()
    (tmp_path / "statements" / "a.csv").write_text("甲,乙\n1,2\n", encoding="utf-8")
    files = render_all(tmp_path / "pictures", None, tmp_path / "statements")
    keys = ["start", *(item.key for item in VIEWS), "imports-plan01", "format-help"]
    assert [path.stem for path in files] == [*(f"{key}-empty-1440-dark" for key in keys), "components"]
    for path in files[:-2]:
        picture = QImage(str(path))
        assert (picture.width(), picture.height()) == (1440, 900)
        assert picture.pixelColor(1, 899 if path.stem.startswith("start") else 400).name() in {"#101217", "#171a20"}
    assert QImage(str(files[-1])).height() > 1200
