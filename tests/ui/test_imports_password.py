"""Closed files: the password is typed on the file's page, tried as a job, and kept nowhere."""

import pytest
from accessible_names import nameless
from closed_files import closed_zip
from imports_desk import choose, plan_of
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLineEdit

from ui.theme.translator import Language
from ui.views.imports.password_bar import PasswordBar
from ui.views.imports.view import ImportsView
from ui.views.imports.words import Group, badge_of, group_of

pytest_plugins = ["fixtures_book"]


@pytest.fixture
def closed(exports, tmp_path):
    """Two closed archives with the same password, and one open file."""
    for number, name in enumerate(("储值变动.csv", "现金盘点.csv")):
        archive = closed_zip({name: (exports / "档案" / name).read_bytes()}, "4711")
        (tmp_path / f"closed{number}.zip").write_bytes(archive)
    return [tmp_path / "closed0.zip", tmp_path / "closed1.zip", exports / "档案" / "门店档案.xlsx"]


def outcomes(view):
    return [plan.outcome for plan in view.plan.files]


def test_a_wrong_password_is_said_and_the_right_one_opens_every_file_it_fits(qtbot, desk, closed):
    place = desk(ImportsView)
    plan = plan_of(place, *closed)
    assert [group_of(file) for file in plan.files] == [Group.DECIDE, Group.DECIDE, Group.READY]
    assert badge_of(plan.files[0])[1] == "要密码"
    choose(place.view, plan.files[0].name)
    bar = place.view.stage.detail.reason.password
    assert bar.isVisible() and bar.field.echoMode() == QLineEdit.EchoMode.Password
    assert not nameless(place.view)
    bar.field.setFocus()
    qtbot.keyClicks(bar.field, "0815")
    qtbot.keyClick(bar.field, Qt.Key.Key_Return)
    assert bar.field.text() == "", "what was typed does not stay"
    place.settle()
    assert outcomes(place.view) == ["refused", "refused", "imported"]
    assert "密码不对" in place.view.stage.detail.reason.text and bar.field.hasFocus()
    qtbot.keyClicks(bar.field, "4711")
    qtbot.mouseClick(bar.open, Qt.MouseButton.LeftButton)
    place.settle()
    assert outcomes(place.view) == ["imported"] * 3
    assert not bar.isVisible()
    assert place.view.stage.files.current.reading.path == closed[0], "the opened file stays the shown one"
    place.view.bar.confirm.click()
    place.settle()
    assert place.workspace.info().files == 3


def test_the_eye_shows_what_is_typed_until_it_is_sent(qtbot):
    bar = PasswordBar()
    qtbot.addWidget(bar)
    bar.show()
    assert not bar.open.isEnabled()
    qtbot.keyClicks(bar.field, "ab")
    qtbot.mouseClick(bar.eye, Qt.MouseButton.LeftButton)
    assert bar.field.echoMode() == QLineEdit.EchoMode.Normal and bar.eye.accessibleName() == "隐藏密码"
    with qtbot.waitSignal(bar.entered) as sent:
        qtbot.keyClick(bar.field, Qt.Key.Key_Return)
    assert sent.args == ["ab"]
    assert bar.field.echoMode() == QLineEdit.EchoMode.Password and not bar.eye.isChecked()
    qtbot.keyClick(bar.field, Qt.Key.Key_Return)
    Language.set("en")
    qtbot.waitUntil(lambda: bar.field.accessibleName() == "Password of the file")


def test_another_file_does_not_see_what_was_typed(qtbot, desk, closed):
    place = desk(ImportsView)
    plan = plan_of(place, *closed)
    choose(place.view, plan.files[0].name)
    qtbot.keyClicks(place.view.stage.detail.reason.password.field, "4711")
    choose(place.view, plan.files[1].name)
    assert place.view.stage.detail.reason.password.field.text() == ""


def test_opened_files_stay_open_beside_added_ones_and_close_when_the_plan_is_dropped(qtbot, desk, closed):
    place = desk(ImportsView)
    plan_of(place, closed[0])
    place.view._planner.unlock("4711")
    place.settle()
    assert outcomes(place.view) == ["imported"]
    plan_of(place, *closed[1:])
    assert outcomes(place.view) == ["imported"] * 3
    place.view._planner.read_again()
    place.settle()
    assert outcomes(place.view) == ["imported"] * 3
    place.view.cancel()
    place.settle()
    assert place.workspace.imports.passwords == ()
    plan_of(place, closed[0])
    assert outcomes(place.view) == ["refused"]
