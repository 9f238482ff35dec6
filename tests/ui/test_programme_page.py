import json
from datetime import date
from decimal import Decimal

import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtTest import QTest

from chainbrain.expansion.chain_cash import ChainCash
from chainbrain.expansion.from_book import BookCash
from chainbrain.expansion.programme.problem import Limit
from chainbrain.money import from_fen
from ui.theme.translator import Language
from ui.views.expansion.view import ExpansionView

pytest_plugins = ("fixtures_chain",)

STORE = {
    "capex": 450000, "deposit": 60000, "ramp": [50, 60, 70, 80, 85, 90, 95, 100], "mature_monthly_sales": 230000,
    "gross_margin": "62%", "other_variable": "8%", "platform": "6%", "rent": 22000, "labour": 46000,
}  # fmt: skip
PROGRAMME = {
    "first_month": "2026-12", "months": 8, "paths": 200, "store": STORE,
    "chain": {"opening_cash": "165万", "monthly_cash": 50000, "worse_by": 20000, "correlation": "30%"},
    "limits": {"cash_floor": "60万", "openings_per_month": 1},
    "candidates": [{"name": "深圳湾店"}, {"name": "坪山店"}, {"name": "南城店"}, {"name": "石岩店", "rent": 60000}],
}  # fmt: skip


@pytest.fixture
def view(qtbot, context, tmp_path):
    made = ExpansionView()
    qtbot.addWidget(made)
    made.resize(1240, 848)
    made.set_workspace(context)
    path = tmp_path / "方案.json"
    path.write_text(json.dumps({"programme": PROGRAMME}, ensure_ascii=False), encoding="utf-8")
    with qtbot.waitSignal(made.programme.runner.loaded, timeout=60_000):
        made.open_scenario(path)
    made.show()
    return made


def test_a_programme_is_opened_worked_out_and_shown(view):
    page, answer = view.programme, view.programme.answer
    assert view.on_programme and answer is not None
    assert page.sentence.sentence.startswith("可开 2 家，第 3 家（")
    lines = [page.stores.model.row(n) for n in range(4)]
    assert [line.said[1] for line in lines[:2]] == ["排入", "排入"]
    assert {line.name: line.said[1] for line in lines}["石岩店"] == "不划算"
    calendar = page.cash.calendar.lines
    assert len(calendar) == 3
    assert [part.words for part in calendar[0].parts] == ["装修", "爬坡", "成熟"]
    assert calendar[-1].parts[0].look == "left"
    assert page.form.field("limits.cash_floor").value() == 600_000


def test_an_edited_limit_says_that_the_figures_are_from_before(qtbot, view):
    page = view.programme
    page.form.field("limits.openings").set_value(1)
    page.form.edited.emit()
    assert "输入已改" in page.sentence._note.text()
    with qtbot.waitSignal(page.runner.loaded, timeout=60_000):
        QTest.mouseClick(page.form._run, Qt.MouseButton.LeftButton)
    assert page.answer is not None
    assert page.answer.opened == 1
    assert "一共最多" in page.sentence.sentence or "总开店数" in page.sentence.sentence


def test_what_is_lacking_is_said_beside_the_fields(view):
    page = view.programme
    page.form.field("chain.opening_cash").set_value(None)
    view.run()
    assert "期初现金" in page.form._fault.text()
    assert not page.running


def test_without_a_store_nothing_is_worked_out_and_it_is_said(view):
    page = view.programme
    page.set_programme({**PROGRAMME, "candidates": [], "first_month": ""})
    view.run()
    assert "还没有候选门店" in page.form._fault.text()
    assert not page.running and page.answer is None and page.stores.model.rows == ()


def test_a_store_goes_into_the_programme_and_out_again(view):
    form = view.programme.form
    view.one.form.set_scenario(view.context.rooms.expansion.example())
    view.one.form._name.setText("新店")
    view.add_store()
    assert form.stores[-1] == "新店"
    view.menu.list_stores()
    view.menu.remove.actions()[-1].trigger()
    assert "新店" not in form.stores


def test_the_scenario_and_the_answer_are_saved(qtbot, view, tmp_path):
    path = tmp_path / "a.json"
    view.save_scenario(path)
    saved = json.loads(path.read_text(encoding="utf-8"))
    assert saved["programme"]["candidates"] == PROGRAMME["candidates"]
    assert view.result_content()["openings"] == 2
    Language.set("en")
    qtbot.waitUntil(lambda: view.programme.sentence.sentence.startswith("2 can be opened; number 3"))


def test_the_stores_of_the_table_are_offered(qtbot, context):
    made = ExpansionView()
    qtbot.addWidget(made)
    made.set_workspace(context)
    page = made.programme
    table = ({"name": "千灯湖店", "city": "佛山", "rent": Decimal("18000.00"), "earliest": date(2027, 3, 1)},)
    example = context.rooms.expansion.example()
    page.take_table(table, example)
    assert page.form.stores == ["千灯湖店"]
    given = page.form.programme()
    assert given["candidates"] == [{"name": "千灯湖店", "city": "佛山", "rent": "18000.00", "earliest": "2027-03"}]
    assert given["store"]["labour"] == f"{example.labour:.2f}"
    page.take_table(({"name": "别的店"},), example)
    assert page.form.stores == ["千灯湖店"]


def test_the_chain_s_cash_is_taken_from_the_book_and_says_so(view, monkeypatch):
    chain = ChainCash.parse(
        {
            "opening_cash": "200万", "monthly_cash": [60000, 70000], "worse_by": 30000, "first_month": "2026-11",
            "known_to": "2026-10-30",
        }
    )  # fmt: skip
    page, before = view.programme, view.one.form.field("opening_cash").value()
    monkeypatch.setattr(view._book, "load", lambda *_given: None)
    page.form.book_asked.emit()
    # It takes seconds; whoever looks at the other form meanwhile finds nothing of it there.
    view.show_page("one")
    view._book.loaded.emit(BookCash(chain, Decimal(500_000), Decimal("1.8"), 10, 1))
    assert view.one.form.field("opening_cash").value() == before
    assert page.form.field("chain.opening_cash").value() == 2_000_000
    assert page.form.field("chain.monthly_cash").value() is None
    assert page.form.field("limits.cash_floor").value() == 500_000
    assert "2026-10-30" in page.form._chain.note
    read = page.form.checked(None)
    assert read is not None and read.chain == chain
    assert "输入已改" in page.sentence._note.text()


def test_the_calendar_and_the_cash_stand_on_one_grid_of_months(qtbot, view):
    view.show_page("programme")
    qtbot.wait(0)
    card, answer = view.programme.cash, view.programme.answer
    chart = card.chart
    box = chart.getPlotItem().vb
    drawn = [chart.mapFromScene(box.mapViewToScene(QPointF(n, 0))).x() for n in range(len(answer.months) + 1)]
    # The end of a month in the chart is where its column ends above: to the pixel, in coordinates of the window.
    above = [card.heads.mapTo(card, QPoint(0, 0)).x() + chart.edge(n) for n in range(len(answer.months) + 1)]
    below = [chart.mapTo(card, QPoint(0, 0)).x() + x for x in drawn]
    assert above == pytest.approx(below, abs=1.5)
    assert card.calendar.mapTo(card, QPoint(0, 0)).x() == card.heads.x()
    fan = chart._fan
    assert fan.labels[:2] == ("期初", "2026-12 月末") and len(fan.labels) == len(answer.months) + 1
    assert {path[0] for path in (fan.p10, fan.p50, fan.p90)} == {Decimal("1650000.00")}
    assert fan.p10[1:] == tuple(from_fen(one.p10) for one in answer.months)


def test_the_month_that_breaks_the_floor_is_marked_above_and_below(view):
    card, answer = view.programme.cash, view.programme.answer
    breach = answer.next_left.breach
    assert breach.limit is Limit.FLOOR
    assert card.heads._months.broken == breach.month == card.chart._broken - 1
    position, value, words, token = card.chart._fan.marks[-1]
    assert (position, value, token) == (breach.month + 1, answer.following_poor[breach.month] / 100, "difference")
    assert words.startswith("第 3 家：") and f"{from_fen(breach.by):,.2f}" in words
    assert card.calendar.lines[-1].end == "不排"
