from decimal import Decimal

import pytest
from accessible_names import nameless
from PySide6.QtWidgets import QFileDialog

from ui.views.expansion.view import ExpansionView

pytest_plugins = ("fixtures_chain",)


@pytest.fixture
def view(qtbot, context):
    made = ExpansionView()
    qtbot.addWidget(made)
    made.resize(1240, 848)
    made.set_workspace(context)
    made.refresh()
    made.show_page("area")
    with qtbot.waitSignal(made.area.loader.loaded, timeout=60_000):
        made.show()
    return made


def test_nothing_is_answered_before_a_site_is_named(view):
    page = view.area
    assert page.answer is None
    assert page.form.wish() is None
    assert page.sentence.share is None
    assert not page.sentence.take.isVisible()
    assert nameless(page) == []


def test_a_store_is_looked_at_and_its_loss_becomes_an_assumption(qtbot, view, heard, monkeypatch, tmp_path):
    page = view.area
    store = next(one for one in page.form._ground.own if one.place is not None)
    with qtbot.waitSignal(page.runner.loaded, timeout=60_000):
        page.form.choose(store.name)
    study = page.answer.study
    assert page.shares.model.rowCount() == len(study.shares)
    assert page.losses.model.rowCount() == len(study.losses)
    assert page.analogues.model.rowCount() == min(10, page.answer.analogues.stores)
    assert {spot.kind.value for spot in page.map_card.map.data.spots} <= {"own", "candidate", "rival"}
    assert "假设" in page.basis.words
    assert "竞品" in page.basis.words
    card = page.map_card
    field, surface = card.map.data.field, study.surface
    assert card.coloured == len(study.shares) - 1
    assert (field.values == surface.of_new).all() and field.most == surface.of_new.max()
    said = field.about(0).splitlines()
    assert len(said) == min(4, len(study.shares)) and all(line.endswith("%") for line in said)
    other = card.map.data.spots[0]
    card.map._pick(other.key)
    assert card.coloured == 0 and (card.map.data.field.values == surface.of_each[:, 0]).all()
    points = tmp_path / "points.csv"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(points), ""))
    card.surface_asked.emit()
    qtbot.waitUntil(points.exists, timeout=20_000)
    picture = tmp_path / "map.png"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(picture), ""))
    card.save.click()
    assert picture.exists()
    target = tmp_path / "商圈.xlsx"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(target), ""))
    page.sentence.export.click()
    qtbot.waitUntil(target.exists, timeout=20_000)
    view.take_cannibalisation(Decimal("0.1234"))
    assert view.pages.current == "one"
    assert view.one.form.field("cannibalisation").value() == Decimal("12.34")
    assert any("12.3%" in text and "假设" in text for _, text in heard.notices)
    qtbot.waitUntil(lambda: not view.one.runner.running, timeout=60_000)


def test_coordinates_need_a_datum_and_a_form_that_can_be_read(qtbot, view):
    form = view.area.form
    form.site.setCurrentIndex(form.site.findData(""))
    form.coordinates.setText("北纬三十度")
    assert form.wish() is None
    assert "看不懂位置" in form._fault.text()
    form.coordinates.setText("30.2741, 120.1551")
    wish = form.wish()
    assert wish is not None
    assert (wish.place.latitude, wish.place.datum) == (30.2741, "GCJ-02")
    assert form._fault.text() == ""
    with qtbot.waitSignal(view.area.runner.loaded, timeout=60_000):
        view.run()
    assert view.area.answer.study.new.place == wish.place
