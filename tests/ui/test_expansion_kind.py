"""The kind of a store in the form: typed words reach the scenario, those of own stores are offered, and it unfolds."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

from chainbrain.expansion.own_stores import nothing_known
from chainbrain.expansion.scenario import Scenario
from chainbrain.own_openings import MatureStore
from ui.views.expansion.form import InputForm

MATURE = tuple(
    MatureStore(f"S{n}", f"店{n}", "深圳", "own", 300, Decimal(200_000 + n), kind, "一线")
    for n, kind in enumerate(("商场店", "街边店", None))
)


def test_the_kind_of_store_is_typed_offered_and_kept(qtbot):
    form = InputForm()
    qtbot.addWidget(form)
    form.set_own_experience(replace(nothing_known(), mature=MATURE), Scenario.example())
    form.set_scenario(Scenario.example())
    lines = form.more.kind.lines
    assert form.scenario().traits.said == ()
    assert [lines[name].placeholderText() for name in lines] == ["商场店 / 街边店", "一线"]
    assert lines["format"].completer().model().rowCount() == 2
    with qtbot.waitSignal(form.edited):
        lines["format"].setText(" 商场店 ")
    typed = form.scenario()
    assert (typed.format, typed.city_tier) == ("商场店", None)
    form.set_scenario(replace(typed, city_tier="一线"))
    assert not form._fold.folded
    assert (lines["format"].text(), lines["city_tier"].text()) == ("商场店", "一线")
    lines["format"].setText("")
    assert form.scenario().traits.said == ("city_tier",)
