"""Whole trade areas on small chains: the worked shares through the book, losses in money, and openings fed back."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path

import numpy as np
import polars as pl
import pytest
from expansion_examples import ANYWHERE, D, OwnChain

from chainbrain import expansion, texts
from chainbrain.database.book import Book
from chainbrain.errors import UserError
from chainbrain.expansion.areas import analogues, features, feedback
from chainbrain.expansion.areas.analogues import Known
from chainbrain.expansion.areas.demand import Basis
from chainbrain.expansion.areas.feedback import Checked
from chainbrain.expansion.areas.geometry import KM_OF_A_DEGREE
from chainbrain.expansion.areas.study import Wish
from chainbrain.expansion.places import Datum, Place
from chainbrain.expansion.room import ExpansionRoom
from chainbrain.reports.trade_area import of_surface

FIRST = date(2026, 3, 2)
NORTH, EAST = 22.5, 114.0
"""Where the only point of demand lies; others are placed so many kilometres north of it."""


def up(km: float) -> dict[str, object]:
    return {"latitude": NORTH + km / KM_OF_A_DEGREE, "longitude": EAST, "datum": "WGS-84"}


def put(book: Book, table: str, rows: Sequence[dict[str, object]], **types: pl.DataType) -> None:
    where = {"row_id": ANYWHERE, "file_id": ANYWHERE, "entry_id": 1}
    filled = [{**where, "line": number, **row} for number, row in enumerate(rows)]
    book.append(f"base.{table}", pl.DataFrame(filled, infer_schema_length=None).with_columns(
        pl.col(name).cast(kind) for name, kind in types.items()
    ))  # fmt: skip


MONEY = pl.Decimal(18, 2)


@pytest.fixture(scope="module")
def worked() -> ExpansionRoom:
    """The worked example: 120 at 1.0 km, 80 at 1.5 km, and a new one of 60 at 0.8 km of all people."""
    chain = OwnChain(FIRST, 60)
    chain.steady("S1", 6_000, area_m2=D(120), **up(1.0)).steady("S2", 9_000, area_m2=D(80), **up(1.5))
    book = chain.done()
    put(book, "demand_points", [{"name": "全部", "weight": D(1000), **up(0)}], weight=MONEY)
    return ExpansionRoom(book)


SITE = Wish(Place(NORTH + 0.8 / KM_OF_A_DEGREE, EAST, Datum.WGS84), "新店", D(60), beta=2.0)


def test_the_worked_example_through_the_book(worked: ExpansionRoom) -> None:
    found = worked.areas.study(SITE)
    assert (found.basis, found.points, found.people) == (Basis.POINTS, 1, 1000.0)
    assert [(one.key, round(one.before or 0, 4), round(one.after, 4)) for one in found.shares] == [
        ("S1", 0.7714, 0.4813), ("S2", 0.2286, 0.1426), ("新店", 0.0, 0.376),
    ]  # fmt: skip
    assert found.rivals == found.unsized == 0
    # Both lose 37.60 % of 182 500 and 273 750 a month; the new one is expected to sell their median, 228 125.
    assert [one.monthly[1] for one in found.losses if one.monthly] == [D("68628.13"), D("102942.20")]
    assert (found.sales, found.sales_basis) == (D("228125.00"), "own_stores")
    assert found.cannibalisation == (D("0.7521"),) * 3


def test_without_customers_beta_is_a_range_and_losses_too(worked: ExpansionRoom) -> None:
    found = worked.areas.study(replace(SITE, beta=None, sales=D(300_000)))
    assert (found.beta.values, found.beta.why) == ((1.0, 2.0, 3.0), "no_origins")
    low, middle, high = found.losses[0].lost
    # By hand: 60/0.8^b over 120 + 80/1.5^b + 60/0.8^b for b = 1, 2, 3.
    by_hand = [60 / 0.8**b / (120 + 80 / 1.5**b + 60 / 0.8**b) for b in (1, 2, 3)]
    assert [low, middle, high] == pytest.approx(by_hand, abs=1e-6)
    assert found.sales_basis == "given"


def test_beta_is_fitted_on_the_customers_in_the_book(worked: ExpansionRoom) -> None:
    book, generator = worked._book, np.random.default_rng(2)
    rows = []
    for number in range(40):
        # Along a line of 6 km the two stores at 1.0 and 1.5 km are near for some and far for others.
        at = -2 + number * 0.15
        pull = np.array([120, 80]) / np.maximum(np.abs(at - np.array([1.0, 1.5])), 0.05) ** 1.6
        for store, count in zip(("S1", "S2"), generator.multinomial(60, pull / pull.sum()), strict=True):
            rows += [{"store_code": store, "customers": int(count), **up(at)}] if count else []
    put(book, "customer_origins", rows)
    found = worked.areas.study(replace(SITE, beta=None)).beta
    book.execute("delete from base.customer_origins")
    assert (found.fitted, found.customers) == (True, 2400)
    assert found.low < 1.6 < found.high or abs(found.middle - 1.6) < 0.1
    assert found.high - found.low < 0.3


def test_people_of_a_raster_are_divided_and_nodata_is_left_out(worked: ExpansionRoom, tmp_path: Path) -> None:
    rasterio = pytest.importorskip("rasterio")
    step, side = 3 / 3600, 200
    values = np.full((side, side), 5.0)
    values[:, : side // 2] = -99999.0
    path = tmp_path / "people.tif"
    grid = rasterio.transform.from_origin(EAST - side / 2 * step, NORTH + side / 2 * step, step, step)
    with rasterio.open(
        path, "w", driver="GTiff", width=side, height=side, count=1, dtype="float64", crs="EPSG:4326", nodata=-99999.0,
        transform=grid,
    ) as file:  # fmt: skip
        file.write(values, 1)
    found = worked.areas.study(replace(SITE, raster=path, reach_km=3.0, radii=(1.0,)))
    assert found.basis is Basis.RASTER
    assert found.people == 5.0 * found.points
    assert found.unknown_share == pytest.approx(0.5, abs=0.02)
    assert found.rings[0].unknown_share == pytest.approx(0.5, abs=0.05)
    # Nobody is known in the west: all people lie east of the stores' meridian.
    assert found.surface.longitude.min() > EAST
    one = found.surface
    assert one.blank[1].max() < EAST and len(one.blank[0]) == pytest.approx(len(one.weight), rel=0.1)
    assert one.cell == pytest.approx((step, step))
    assert one.of_each.shape == (found.points, len(found.shares))
    assert one.of_each.sum(axis=1) == pytest.approx(1)
    held = of_surface(found).tables[0].rows
    assert held.height == found.points + len(one.blank[0])
    assert held["area_of_new"].null_count() == held["area_weight"].null_count() == len(one.blank[0])


def test_a_competitor_takes_part_of_the_loss(worked: ExpansionRoom) -> None:
    alone = worked.areas.study(SITE)
    book = worked._book
    put(book, "competitors", [{"name": "对手", "attraction": D(100), **up(0.5)}], attraction=MONEY)
    found = worked.areas.study(SITE)
    book.execute("delete from base.competitors")
    assert found.rivals == 1
    assert found.losses[0].raw < alone.losses[0].raw
    assert sum(one.before or 0 for one in found.shares) == pytest.approx(1)
    assert sum(one.after for one in found.shares) == pytest.approx(1)


def test_without_points_people_are_taken_to_be_everywhere(worked: ExpansionRoom) -> None:
    found = worked.areas.study(replace(SITE, basis=Basis.EVEN))
    assert found.basis is Basis.EVEN
    assert found.points == pytest.approx(3.14159 * 36 / 0.04, rel=0.02)
    far = replace(SITE, place=Place(40.0, 116.0, Datum.WGS84))
    assert worked.areas.study(far).basis is Basis.EVEN
    with pytest.raises(UserError, match=r"area\.nobody") as caught:
        worked.areas.study(replace(far, basis=Basis.POINTS))
    assert "area." not in texts.error(caught.value, "zh")
    alone = worked.areas.study(far)
    assert [(one.kind, one.after) for one in alone.shares] == [("new", 1.0)]
    assert (alone.losses, alone.cannibalisation) == ((), (D(0), D(0), D(0)))


def test_what_the_new_store_draws_falls_with_the_distance(worked: ExpansionRoom) -> None:
    found = worked.areas.study(replace(SITE, basis=Basis.EVEN))
    drawn = [one.share for one in found.drawn]
    assert [one.km for one in found.drawn] == [0.5, 1.0, 2.0, 3.0]
    assert all(one is not None for one in drawn)
    assert drawn == sorted(drawn, key=lambda one: -(one or 0))
    # Of all people together it draws what its share says, whatever the circles.
    one = found.surface
    assert float(one.weight @ one.of_new / one.weight.sum()) == pytest.approx(found.new.after)
    nobody = worked.areas.study(replace(SITE, radii=(0.1,)))
    assert [(each.people, each.share) for each in nobody.drawn] == [(0.0, None)]


def test_what_is_not_known_is_said(worked: ExpansionRoom) -> None:
    with pytest.raises(UserError, match=r"area\.site_without_datum"):
        worked.areas.wish("22.5,114.0")
    with pytest.raises(UserError, match=r"area\.site_unreadable"):
        worked.areas.wish("深圳湾")
    with pytest.raises(UserError, match=r"area\.no_raster"):
        worked.areas.study(replace(SITE, basis=Basis.RASTER))
    with pytest.raises(UserError, match=r"area\.out_of_range") as caught:
        worked.areas.study(replace(SITE, beta=9.0))
    assert texts.error(caught.value, "zh").startswith("距离的影响 β写的是 9")
    assert worked.areas.wish("22.5, 114, gcj02").place == Place(22.5, 114.0, Datum.GCJ02)
    assert worked.areas.wish("S1店").size == D(120)


def test_an_opening_is_predicted_again_and_held_against_what_came() -> None:
    chain = OwnChain(FIRST, 120)
    opened = chain.days[60]
    hit = {day: D(8_000 if day < opened else 7_200) for day in chain.days}
    for number in range(4):
        chain.steady(f"F{number}", 7_000, city="广州", area_m2=D(100), **up(300 + number))
    chain.store("NEAR", hit, area_m2=D(100), **up(1.0))
    new = {day: D(6_000) for day in chain.days if day >= opened}
    chain.store("NEW", new, opened=opened, area_m2=D(100), **up(2.0))
    room = ExpansionRoom(chain.done())
    template = expansion.template(room._book)
    found = room.areas.study(replace(SITE, basis=Basis.EVEN), template)
    (checked,) = found.correction.openings
    assert (checked.store_id, checked.neighbours) == ("NEW", 1)
    assert checked.measured == D("24333.33")  # 800 a day, 365 / 12 days
    # What came of the store itself stands beside its prediction, and is no part of it.
    itself = room.areas.study(room.areas.wish("NEW"), template)
    assert [loss.measured for loss in itself.losses] == [D("0.1000")]
    assert itself.correction.openings == ()
    assert checked.predicted > checked.measured
    assert not found.correction.applied
    assert found.correction.factor == 1.0


def test_a_store_that_has_closed_is_nobodys_neighbour() -> None:
    chain = OwnChain(FIRST, 60)
    for number in range(4):
        chain.steady(f"S{number}", 6_000 + 100 * number, area_m2=D(100), **up(5.0 * number + 2))
    shut = {day: D(5_000) for day in chain.days[:20]}
    chain.store("SHUT", shut, area_m2=D(100), closed_on=chain.days[20], **up(0.1))
    room = ExpansionRoom(chain.done())
    near = features.of_site(SITE.place, replace(room.areas.ground(), own=room.areas.ground().own[:4]), None)
    found = room.areas.analogues(SITE)
    alone = [one for one in room.areas.ground().own if one.store_id != "SHUT"]
    told = {one.store_id: features.of_store(one, replace(room.areas.ground(), own=tuple(alone)), None) for one in alone}
    by_hand = analogues.compare(near, [
        Known(one.store_id, one.name, told[one.store_id], sales)
        for one, sales in zip(alone, [mature.monthly_sales for mature in room.template().mature], strict=True)
    ])  # fmt: skip
    assert [one.distance for one in found.ranked] == [one.distance for one in by_hand.ranked]


def test_from_three_openings_on_predictions_are_corrected() -> None:
    def opening(predicted: int, measured: int) -> Checked:
        return Checked("S", "S店", FIRST + timedelta(days=1), 1, Decimal(predicted), Decimal(measured), clear=True)

    two = feedback.correction([opening(100, 40), opening(100, 60)])
    assert (two.ratio, two.applied, two.factor) == (0.5, False, 1.0)
    three = feedback.correction([opening(100, 40), opening(100, 60), opening(200, -20)])
    assert (three.ratio, three.applied, three.factor) == (0.2, True, 0.2)
    gained = feedback.correction([opening(100, -40)] * 3)
    assert gained.factor == 0.0
    assert feedback.correction([]).ratio is None
