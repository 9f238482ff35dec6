"""The map of 扩张: rings around the chosen point and what lies within the radius, with distances."""

from datetime import date
from decimal import Decimal

import pytest

from chainbrain.expansion.places import Datum, Place
from chainbrain.expansion.sites import Site, Sites
from ui.charts.map_data import Kind
from ui.views.expansion.sites.model import SitesData
from ui.views.expansion.sites.page import SitesPage

PLACES = {"青禾（西溪店）": (30.2741, 120.1551), "青禾（武林店）": (30.2500, 120.1700), "青禾（远店）": (31.2, 121.4)}


def site(kind, key, name, place, **more):
    where = Place(*place, Datum.WGS84) if place else None
    return Site(kind, key, name, "杭州", None, more.get("closed"), "WGS-84", where, "" if place else "coordinates")


@pytest.fixture
def page(qtbot):
    own = [site("own", f"S{n}", name, place) for n, (name, place) in enumerate(PLACES.items())]
    closed = site("own", "S9", "青禾（关了的店）", (30.2742, 120.1551), closed=date(2026, 1, 1))
    candidates = [site("candidate", "S0", "S0", (30.2700, 120.1551)), site("candidate", "没坐标", "没坐标", None)]
    widget = SitesPage()
    qtbot.addWidget(widget)
    widget.resize(1240, 700)
    widget.show()
    widget._take(SitesData(Sites((*own, closed, *candidates), unnamed=False)))
    return widget


def listed(page):
    return [(line.name, str(line.near.site.kind), round(line.near.km, 2)) for line in page.near._model.rows]


def test_the_first_candidate_is_chosen_and_its_neighbours_are_listed(page):
    assert page.map_card.site.name == "S0"
    assert [ring.km for ring in page.map_card.panel.map.data.rings] == [1.0, 3.0]
    assert listed(page) == [("西溪店", "own", 0.46), ("关了的店", "own", 0.47), ("武林店", "own", 2.64)]
    assert page.map_card.panel.map.data.spot("own:S9").kind is Kind.CLOSED
    assert page.map_card.panel.lost.text() == "没有坐标的 1 家：没坐标"


def test_the_radius_moves_list_and_rings(page):
    page.near._ring("1")
    assert [name for name, *_ in listed(page)] == ["西溪店", "关了的店"]
    page.near.radius.set_current("own")
    page.near.own.set_value(Decimal(200))
    page.near._typed(Decimal(200))
    assert [name for name, *_ in listed(page)][-1] == "远店"
    assert [ring.km for ring in page.map_card.panel.map.data.rings] == [1.0, 3.0, 5.0, 200.0]


def test_another_point_is_chosen_on_the_map_or_in_the_list(page):
    page.map_card.panel.map._pick("own:S1")
    assert next(name for name, *_ in listed(page)) == "S0"
    page.near._activated(page.near._model.rows[0])
    assert page.map_card.site.name == "S0"
    page.map_card.panel.map._pick("")
    assert listed(page) == []
    assert page.map_card.panel.map.data.rings == ()


def test_competitors_stand_on_the_map_with_their_own_mark_and_in_the_list(page):
    rivals = tuple(site("rival", f"{n}:红杯", "红杯", (30.2741 + n / 500, 120.1551)) for n in range(2))
    found = page._found
    page._take(SitesData(found.sites, rivals=rivals, brands={"0:红杯": "红杯 · 咖啡"}))
    data = page.map_card.panel.map.data
    assert [spot.kind for spot in data.spots[:2]] == [Kind.RIVAL, Kind.RIVAL]
    assert data.kinds[Kind.RIVAL] == "竞品" and data.spots[0].about.splitlines() == ["红杯 · 竞品", "红杯 · 咖啡"]
    # Two branches of the same name stay two points.
    assert [kind for _, kind, _ in listed(page)].count("rival") == 2
    page.map_card.panel.map._pick(data.spots[0].key)
    assert listed(page)[0] == ("西溪店", "own", 0.0)
