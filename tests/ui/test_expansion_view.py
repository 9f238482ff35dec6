import json
from decimal import Decimal

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QFileDialog, QLineEdit, QWidget

from chainbrain import texts
from ui.theme.translator import Language
from ui.views.expansion.fields import FIELDS, FOOT_FIELDS, MORE_FIELDS, PROGRAMME_FIELDS
from ui.views.expansion.scenario_files import ScenarioFiles
from ui.views.expansion.view import ExpansionView

pytest_plugins = ("fixtures_chain",)

WORKED = {
    "capex": "450000", "deposit": "60000", "mature_monthly_sales": "22w", "gross_margin": "62", "other_variable": "8",
    "platform": "6", "cannibalisation": "0", "contribution": "48", "rent": "22000", "labour": "46000",
    "life_months": "36", "discount_rate": "10",
}  # fmt: skip


def shown(qtbot, context):
    view = ExpansionView()
    qtbot.addWidget(view)
    view.resize(1240, 848)
    view.show()
    view.set_workspace(context)
    with qtbot.waitSignal(view.one.runner.loaded, timeout=60_000):
        view.refresh()
    return view


def type_in(view, name, text):
    field = view.one.form.field(name).findChild(QLineEdit)
    field.setFocus()
    field.selectAll()
    QTest.keyClicks(field, text)
    QTest.keyClick(field, Qt.Key.Key_Return)


def work_out(qtbot, view):
    with qtbot.waitSignal(view.one.runner.loaded, timeout=60_000):
        QTest.mouseClick(view.one.form._run, Qt.MouseButton.LeftButton)
    return view.one.result


def test_the_inputs_come_from_own_stores_and_say_so(qtbot, context):
    view = shown(qtbot, context)
    template = context.rooms.expansion.template()
    sales = view.one.form.field("mature_monthly_sales").value()
    assert sales == template.mature_sales.value
    assert view.one.form._fields["mature_monthly_sales"].mark.text() == "自家"
    assert view.one.form._fields["labour"].mark.text() == "假设"
    type_in(view, "labour", "50000")
    assert view.one.form._fields["labour"].mark.text() == ""


def test_the_worked_example_comes_out_to_the_cent(qtbot, context):
    view = shown(qtbot, context)
    for name, text in WORKED.items():
        type_in(view, name, text)
    view.one.form._ramp.setText("50 60 70 80 85 90 95 100")
    base = work_out(qtbot, view).base
    assert (base.months[1].cash, base.months[12].cash) == (Decimal("-15200.00"), Decimal("37600.00"))
    assert (base.npv, base.payback_month, base.trough) == (Decimal("532053.18"), 19, Decimal("-529840.00"))
    lines = " ".join(view.one.conditions.lines)
    assert "¥141,666.67" in lines and "¥532,053.18" in lines
    type_in(view, "cannibalisation", "15")
    assert "输入已改" in view.one.verdict._note.text()
    base = work_out(qtbot, view).base
    assert (base.npv, base.payback_month, base.trough) == (Decimal("64405.16"), 31, Decimal("-552432.00"))
    assert "输入已改" not in view.one.verdict._note.text()


def test_the_same_seed_gives_the_same_ranges(qtbot, context):
    view = shown(qtbot, context)
    first = view.one.result.simulation
    second = work_out(qtbot, view).simulation
    assert first.npv == second.npv and first.payback == second.payback
    assert first.npv.p10 <= first.npv.p50 <= first.npv.p90


def test_a_floor_is_judged_and_drawn(qtbot, context):
    view = shown(qtbot, context)
    type_in(view, "opening_cash", "60w")
    type_in(view, "cash_floor", "55w")
    result = work_out(qtbot, view)
    assert result.simulation.below_floor == 1
    assert view.one.verdict.sentence.startswith("按假设")
    assert "跌破现金底线" in view.one.verdict.sentence or result.simulation.npv.p50 < 0
    assert view.one.fan.chart._fan.floor == (550000.0, "底线 ¥55.0 万")
    assert view.one.fan.chart._fan.p50[0] == Decimal(600000) + result.simulation.fan[0].p50


def test_a_value_that_cannot_be_right_is_said_in_words_below_its_field(qtbot, context):
    view = shown(qtbot, context)
    before = view.one.result
    type_in(view, "rent", "abc")
    assert view.one.form.field("rent").fault()
    QTest.mouseClick(view.one.form._run, Qt.MouseButton.LeftButton)
    assert not view.one.runner.running and view.one.result is before
    type_in(view, "rent", "22000")
    type_in(view, "cash_floor", "100000")
    QTest.mouseClick(view.one.form._run, Qt.MouseButton.LeftButton)
    assert "开店前" in view.one.form.field("opening_cash").fault()
    assert view.one.result is before


def test_the_ramp_is_read_from_one_line(qtbot, context):
    view = shown(qtbot, context)
    view.one.form._ramp.setFocus()
    view.one.form._ramp.selectAll()
    QTest.keyClicks(view.one.form._ramp, "40, 80% 100")
    assert work_out(qtbot, view).scenario.ramp == (Decimal("0.4"), Decimal("0.8"), Decimal(1))
    view.one.form._ramp.setText("a b")
    assert view.one.form.scenario() is None
    assert "爬坡" in view.one.form._ramp_fault.text()


def test_f9_works_it_out(qtbot, context):
    view = shown(qtbot, context)
    type_in(view, "rent", "25000")
    view.activateWindow()
    view.one.form._name.setFocus()
    with qtbot.waitSignal(view.one.runner.loaded, timeout=60_000):
        view.menu.run.trigger()
    assert view.one.result.scenario.rent == 25000
    assert view.menu.run.shortcut().toString() == "F9"


def test_a_scenario_is_saved_and_opened_again(qtbot, context, heard, tmp_path):
    view = shown(qtbot, context)
    type_in(view, "rent", "31000")
    QTest.keyClicks(view.one.form._name, "Bay store")
    path = tmp_path / "bay.json"
    view.save_scenario(path)
    assert json.loads(path.read_text("utf-8"))["rent"] == "31000.00"
    assert heard.notices == [("matched", "已保存：bay.json")]
    view.menu.reset.trigger()
    assert view.one.form.field("rent").value() != 31000
    with qtbot.waitSignal(view.one.runner.loaded, timeout=60_000):
        view.open_scenario(path)
    assert view.one.form.name == "Bay store" and view.one.form.field("rent").value() == 31000
    view.files.save(tmp_path / "result.json", view.result_content())
    with qtbot.waitSignal(view.one.runner.loaded, timeout=60_000):
        view.open_scenario(tmp_path / "result.json")
    assert view.one.form.field("rent").value() == 31000


def test_a_scenario_whose_name_has_a_point_keeps_all_of_it(qtbot, monkeypatch, tmp_path):
    window, saved = QWidget(), []
    qtbot.addWidget(window)
    files = ScenarioFiles(window)
    files.saved.connect(saved.append)
    for typed in ("租金 1.5 万", "租金 1.8 万", "方案.json"):
        monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_given, name=typed: (str(tmp_path / name), ""))
        files.ask_save("存", "", lambda: {"name": "店"})
    assert [one.name for one in saved] == ["租金 1.5 万.json", "租金 1.8 万.json", "方案.json"]


def test_a_file_that_is_no_scenario_is_refused_in_words(qtbot, context, heard, tmp_path):
    view = shown(qtbot, context)
    path = tmp_path / "broken.json"
    path.write_text("{", "utf-8")
    view.open_scenario(path)
    assert [failure.code for failure in heard.failures] == ["expansion.not_readable"]
    heard.failures.clear()


def test_what_matters_most_stands_first(qtbot, context):
    view = shown(qtbot, context)
    bars = view.one.tornado.tornado._bars
    widths = [abs(bar.at_p90 - bar.at_p10) for bar in bars]
    assert widths == sorted(widths, reverse=True) and len(bars) == len(view.one.result.tornado)
    assert any(bar.assumed for bar in bars)
    view.one.tornado.tornado.setFocus()
    QTest.keyClick(view.one.tornado.tornado, Qt.Key.Key_Down)
    assert bars[1].name in view.one.tornado.tornado.accessibleDescription()


def test_inputs_somebody_changed_survive_a_refresh(qtbot, context):
    view = shown(qtbot, context)
    type_in(view, "rent", "31000")
    with qtbot.waitSignal(view._loader.loaded, timeout=60_000):
        view.refresh()
    assert view.one.form.field("rent").value() == 31000


@pytest.mark.parametrize("language", ["zh", "en"])
def test_an_empty_book_starts_with_assumptions(qtbot, empty_context, language):
    Language.set(language)
    view = shown(qtbot, empty_context)
    assert view.one.result is not None
    assert view.one.form._fields["mature_monthly_sales"].mark.text() == {"zh": "假设", "en": "guess"}[language]
    assert view.one.form._rests.words


def test_what_only_some_stores_need_is_folded_until_it_says_something(qtbot, context):
    view = shown(qtbot, context)
    assert not view.one.form.more.isVisible()
    QTest.mouseClick(view.one.form._fold._link, Qt.MouseButton.LeftButton)
    assert view.one.form.more.isVisible()
    for name, text in WORKED.items():
        type_in(view, name, text)
    view.one.form._ramp.setText("50 60 70 80 85 90 95 100")
    type_in(view, "settlement_days", "0")
    view.one.form.more.set_list("financing", [{"name": "贷", "amount": "30万", "annual_rate": "6%", "months": "12"}])
    view.one.form.more.set_list("capex_items", [{"amount": "40万"}, {"amount": "5万", "month": "2"}])
    assert view.one.form.field("capex").value() == 450000 and not view.one.form.field("capex").isEnabled()
    result = work_out(qtbot, view)
    assert (result.base.npv_without_loans, result.base.months[0].cash) > (Decimal("532053.18"), Decimal(-200000))
    assert result.base.months[2].invested == Decimal("-50000.00")
    assert "10.25" not in " ".join(view.one.conditions.lines) and "6.17" in " ".join(view.one.conditions.lines)


def test_a_list_is_taken_only_when_all_of_it_can_be_read(qtbot, context):
    view = shown(qtbot, context)
    dialog = view.one.form.more.dialog("taxes")
    qtbot.addWidget(dialog)
    dialog.cell(0, "rate").setText("1%")
    dialog.cell(1, "rate").setText("x")
    dialog.take()
    assert "第 2 行" in dialog.fault and "税率" in dialog.fault and dialog.result() == 0
    dialog.cell(1, "rate").setText("")
    dialog.take()
    assert dialog.result() == 1 and dialog.rows == [{"tax": "vat", "rate": "1%"}]


def test_figures_follow_what_is_typed(qtbot, context):
    view = shown(qtbot, context)
    answers = []
    view.one.runner.loaded.connect(answers.append)
    type_in(view, "rent", "31000")
    # All paths of what was asked before may still come in between.
    qtbot.waitUntil(lambda: [one.scenario.rent for one in answers].count(31000) == 2, timeout=60_000)
    whole = view.one.result.scenario.paths
    assert [one.simulation.paths for one in answers if one.scenario.rent == 31000] == [2000, whole]
    assert view.one.result is answers[-1] and view.one.result.scenario.rent == 31000
    assert "标准误" in view.one.verdict._note.text()


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_every_field_says_what_belongs_into_it(lang):
    one = [f"expansion.help.{spec.name}" for spec in (*FIELDS, *MORE_FIELDS, *FOOT_FIELDS)]
    several = [f"expansion.programme_help.{spec.name}" for spec in PROGRAMME_FIELDS]
    known = texts.catalogue("vocabulary")
    assert [key for key in (*one, *several) if len(known.get(key, {}).get(lang, "")) < 8] == []


def test_the_help_of_a_field_is_told_on_hover_and_to_who_cannot_see(qtbot):
    view = ExpansionView()
    qtbot.addWidget(view)
    field = view.one.form._fields["contribution"]
    assert "老店少卖一元" in field.toolTip() and field.label.toolTip() == field.toolTip()
    assert view.programme.form.field("limits.openings_per_month").accessibleDescription().startswith("同一个月最多几家")
