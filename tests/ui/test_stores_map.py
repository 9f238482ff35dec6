"""Stores on the map: one choice with the table, colours by change or receipts, and who has no coordinates."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest
from PySide6.QtTest import QSignalSpy

from chainbrain.analytics.benchmarks import Benchmark
from ui.charts.map_data import Kind, Shade
from ui.views.overview.industry import with_industry
from ui.views.stores.ranked import RankedStores
from ui.widgets import Kpi

pytest_plugins = ("fixtures_chain",)


@pytest.fixture
def figures_of(context):
    period = context.rooms.analytics.period("month")
    return context.rooms.analytics.league(period), context.rooms.expansion.sites()


@pytest.fixture
def ranked(qtbot, figures_of):
    widget = RankedStores()
    qtbot.addWidget(widget)
    widget.resize(584, 700)
    widget.show()
    widget.set_stores(*figures_of)
    widget.show_page("map")
    return widget


def test_the_map_and_the_table_show_one_choice(ranked, figures_of):
    league, _ = figures_of
    first, last = league.rows[0], league.rows[-1]
    heard = QSignalSpy(ranked.store_chosen)
    ranked.map_card.panel.map._pick(last.store_id)
    assert ranked.store == last.store_id
    assert heard.at(0)[0] == last.store_id
    ranked.choose(first.store_id)
    assert ranked.map_card.panel.map.current == first.store_id
    assert heard.count() == 1


def test_points_carry_the_figures_of_the_league(ranked, figures_of):
    league, sites = figures_of
    data = ranked.map_card.panel.map.data
    assert data.shade is Shade.CHANGE
    assert len(data.spots) == len(sites.placed) == len(league.rows)
    for row in league.rows:
        spot = data.spot(row.store_id)
        assert spot.size == float(row.receipts)
        assert f"{row.receipts:,.2f}" in spot.about
        assert "最近：" in spot.about
        share = row.like_for_like.ratio
        assert spot.value == (None if share is None else float(share))
    ranked.map_card.shade.set_current("receipts")
    ranked.map_card.shade.changed.emit("receipts")
    data = ranked.map_card.panel.map.data
    assert data.shade is Shade.AMOUNT
    assert max(one.value for one in data.spots) == float(league.rows[0].receipts)


def test_who_has_no_coordinates_is_told_and_a_closed_store_is_hollow(ranked, figures_of):
    league, sites = figures_of
    one, two, *rest = sites.sites
    gone = replace(two, closed_on=league.period.first)
    mixed = replace(sites, sites=(replace(one, place=None, lacks="coordinates"), gone, *rest))
    ranked.set_stores(league, mixed)
    panel = ranked.map_card.panel
    assert panel.lost.text() == f"没有坐标的 1 家：{one.name}"
    assert panel.map.data.spot(gone.key).kind is Kind.CLOSED
    nobody = replace(sites, sites=tuple(replace(one, place=None, lacks="coordinates") for one in sites.sites))
    ranked.set_stores(league, nobody)
    assert panel._stack.currentWidget() is panel.empty
    heard = QSignalSpy(panel.mend)
    panel.empty.button.click()
    assert heard.count() == 1


def test_a_store_stands_beside_the_industry_or_nothing_is_said(ranked, figures_of):
    league, sites = figures_of
    ranked.show_page("industry")
    assert ranked.page == "industry"
    assert {industry for _, _, industry in ranked.benchmarks.lines} == {"没有行业数据"}
    assert "没有行业数据" in ranked.benchmarks.note.text()
    first = replace(league.rows[0], four_wall=None)
    league = replace(league, rows=(first, *league.rows[1:]))
    quartiles = (Decimal("0.01"), Decimal("0.02"), Decimal("0.03"))
    known = Benchmark("take_rate", "快餐", None, "2026", *quartiles, "协会", date(2026, 7, 31))
    ranked.set_stores(league, sites, (known, replace(known, city="没有这个城市")))
    ranked.choose(first.store_id)
    lines = [line for line in ranked.benchmarks.lines if line[0] == "take_rate"]
    assert lines == [("take_rate", f"{round(first.take_rate * 100, 2)}%", "2.00% (1.00%–3.00%)")]
    rent = next(line for line in ranked.benchmarks.lines if line[0] == "rent_ratio")
    assert rent[1:] == ("没有录入费用", "没有行业数据")


def test_the_overview_names_every_source_below_its_own_figure(qapp):
    items = [
        Kpi("fees", "手续费", "¥1", full="收了"),
        Kpi("ticket", "客单价", "¥2", full="平均"),
        Kpi("bank", "余额", "¥3"),
    ]
    quartiles = (Decimal("0.01"), Decimal("0.02"), Decimal("0.03"))
    known = Benchmark("take_rate", "快餐", None, "2026", *quartiles, "协会", date(2026, 7, 31))
    shown = with_industry(items, (known, replace(known, city="上海")))
    assert shown[0].full == "收了\n行业：2.00% (1.00%–3.00%) · 快餐 · 2026 · 协会 2026-07-31"
    assert shown[1].full == "平均\n没有行业数据"
    assert shown[2] == items[2]
    assert with_industry(items, (known, replace(known, city="上海")), "上海")[0].full.count("行业：") == 2
