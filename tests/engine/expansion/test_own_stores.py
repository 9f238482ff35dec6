"""What a book says about the next store, on small chains whose truth is known."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal

import pytest
from expansion_examples import WORKED, WORKED_JSON, D, OwnChain

from chainbrain import expansion
from chainbrain.database.book import Book
from chainbrain.errors import UserError
from chainbrain.expansion import Scenario
from chainbrain.expansion.neighbours import distance_km
from chainbrain.expansion.ranges import Basis, ranges
from chainbrain.expansion.room import ExpansionRoom
from chainbrain.expansion.scenario import USUAL_PATHS, USUAL_RAMP
from chainbrain.own_openings import OwnStore, Traits

FIRST = date(2026, 3, 2)


def test_an_empty_book_asks_for_everything() -> None:
    book = Book.in_memory()
    found = expansion.template(book)
    assert found.first_day is None
    assert (found.mature, found.openings, found.ramp, found.effects) == ((), (), (), ())
    assert not found.mature_sales.enough
    assert Scenario.example(found) == replace(WORKED, delay_months=0, paths=USUAL_PATHS)
    bare = {name: value for name, value in WORKED_JSON.items() if name != "mature_monthly_sales"}
    with pytest.raises(UserError) as caught:
        Scenario.parse(bare, found)
    assert caught.value.facts["field"] == "mature_monthly_sales"
    assert expansion.run(Scenario.example(found), found).base.payback_month == 19


def six_stores(chain: OwnChain) -> OwnChain:
    for number, daily in enumerate((6_000, 7_000, 7_200, 7_600, 8_000, 9_000), start=1):
        chain.steady(f"S{number}", daily)
    return chain


def test_mature_sales_are_a_month_of_average_days() -> None:
    found = expansion.template(six_stores(OwnChain(FIRST, 92)).done())
    assert [store.monthly_sales for store in found.mature][:2] == [D("182500.00"), D("212916.67")]
    assert found.mature_sales.value == D("225083.34")  # median of 219 000.00 and 231 166.67
    assert (found.mature_sales.observations, found.mature_sales.enough) == (6, True)
    assert found.rent.value == D("20000.00")


def test_a_missing_day_is_not_a_day_without_sales() -> None:
    chain = OwnChain(FIRST, 92)
    gaps = {day: D(6_000) for day in chain.days if day.weekday() != 0}
    found = expansion.template(six_stores(chain).store("S7", gaps).done())
    store = next(store for store in found.mature if store.store_id == "S7")
    assert (store.days, store.monthly_sales) == (len(gaps), D("182500.00"))


def test_few_stores_leave_the_range_an_assumption() -> None:
    chain = OwnChain(FIRST, 60).steady("A", 7_000).steady("B", 8_000)
    found = expansion.template(chain.done())
    assert not found.mature_sales.enough
    scenario = Scenario.parse({**WORKED_JSON, "mature_monthly_sales": None}, found)
    assert scenario.mature_monthly_sales == D("228125.00")
    assert scenario.taken == {"mature_monthly_sales"}
    result = expansion.run(scenario, found)
    assert result.ranges.of("mature_monthly_sales").basis is Basis.ASSUMED
    assert "expansion.note.few_stores" in {note.code for note in result.notes}


def test_enough_stores_give_the_range() -> None:
    found = expansion.template(six_stores(OwnChain(FIRST, 92)).done())
    sales = ranges(WORKED, found).of("mature_monthly_sales")
    assert (sales.basis, sales.observations) == (Basis.OWN_STORES, 6)
    # Sorted levels / median of 7 400: 0.8108 … 1.2162; P10 lies a tenth of the way between the first two.
    assert sales.p10 == pytest.approx(D(220_000) * (D(6_000) + D("0.1") * 1_000) / 7_400, abs=D("0.3"))
    result = expansion.run(WORKED, found)
    assert "expansion.note.few_stores" not in {note.code for note in result.notes}
    low, high = D("0.8108") * 220_000, D("1.2163") * 220_000
    exact = [expansion.run(replace(WORKED, mature_monthly_sales=round(end, 2))).base.npv for end in (low, high)]
    assert exact[0] < result.simulation.npv.p10 < result.simulation.npv.p90 < exact[1]


def test_the_pool_narrows_only_while_enough_are_left() -> None:
    chain = six_stores(OwnChain(FIRST, 60))
    for number in range(5):
        chain.steady(f"G{number}", 5_000 + number, city="广州", ownership="franchise")
    found = expansion.template(chain.done())
    assert {store.store_id[0] for store in found.pool(Traits(city="广州", ownership="franchise")).stores} == {"G"}
    # No own store there: own stores elsewhere.
    assert len(found.pool(Traits(city="广州", ownership="own")).stores) == 6
    assert len(found.pool(Traits(city="北京")).stores) == 11
    assert found.inputs(Traits(city="广州"))["mature_monthly_sales"] == half(D(5_002) * 365 / 12)


def half(value: Decimal) -> Decimal:
    return value.quantize(D("0.01"))


def growing(chain: OwnChain, opened: date, level: int, months: tuple[int, ...]) -> dict[date, Decimal]:
    """Sales of a new store: per cent of its level month of age by month of age, the last for good."""
    return {
        day: D(level) * months[min((day - opened).days // 30, len(months) - 1)] / 100
        for day in chain.days
        if day >= opened
    }


def test_a_finished_opening_is_measured_by_its_own_level() -> None:
    chain = six_stores(OwnChain(date(2025, 1, 1), 420))
    opened = date(2025, 2, 1)
    true = (50, 60, 70, 80, 85, 90, 95, 100)
    for code, level in (("N1", 9_000), ("N2", 4_000)):
        chain.store(code, growing(chain, opened, level, true), opened)
    found = expansion.template(chain.done())
    curves = {curve.store_id: curve for curve in found.openings}
    assert curves["N1"].finished
    assert curves["N1"].share[:8] == curves["N2"].share[:8] == tuple(D(step) / 100 for step in true)
    assert found.ramp == USUAL_RAMP
    assert (found.ramp_observed.observations, found.ramp_observed.enough) == (2, True)


def test_a_season_does_not_look_like_a_ramp() -> None:
    chain = OwnChain(date(2025, 1, 1), 420)
    season = {day: D(2) if day.month in (7, 8) else D(1) for day in chain.days}
    for number in range(6):
        chain.store(f"S{number}", {day: D(7_000) * season[day] for day in chain.days})
    opened = date(2025, 2, 1)
    sales = growing(chain, opened, 7_000, (50, 60, 70, 80, 85, 90, 95, 100))
    chain.store("N", {day: amount * season[day] for day, amount in sales.items()}, opened)
    assert expansion.template(chain.done()).ramp == USUAL_RAMP


def test_a_young_opening_is_shown_but_wants_confirmation() -> None:
    chain = six_stores(OwnChain(FIRST, 92))
    opened = FIRST + timedelta(days=26)
    chain.store("N", growing(chain, opened, 7_466, (60, 90)), opened)
    found = expansion.template(chain.done())
    (curve,) = found.openings
    assert not curve.finished
    assert found.ramp[:2] == (D("0.60"), D("0.90"))
    assert found.ramp[2:] == (D("0.90"),) * 4 + (D("0.95"), D(1))
    assert (found.ramp_observed.value, found.ramp_observed.enough) == (D(2), False)
    assert "N" not in {store.store_id for store in found.mature}
    scenario = Scenario.example(found)
    assert scenario.ramp == found.ramp
    assert {"ramp", "mature_monthly_sales", "rent"} <= scenario.taken
    assert "expansion.note.few_openings" in {note.code for note in expansion.run(scenario, found).notes}
    assert "expansion.note.few_openings" not in {note.code for note in expansion.run(WORKED, found).notes}


SHENZHEN = {"latitude": 22.5200, "longitude": 113.9300, "datum": "GCJ-02"}
NEXT_DOOR = {"latitude": 22.5260, "longitude": 113.9355, "datum": "GCJ-02"}
FAR_AWAY = {"latitude": 22.7200, "longitude": 114.2500, "datum": "GCJ-02"}


def with_neighbour(loss: int, newcomer: int, chain: OwnChain | None = None) -> Book:
    """Six stores far away, one next to the place where a store opens after 35 days; it loses ``loss`` a day."""
    chain = chain or OwnChain(FIRST, 119)
    opened = chain.days[35]
    for number in range(6):
        wobble = {day: D(7_000) + (day.toordinal() * 37 + number * 11) % 100 for day in chain.days}
        chain.store(f"C{number}", wobble, **FAR_AWAY)
    near = {day: D(9_000) - (loss if day >= opened else 0) for day in chain.days}
    chain.store("NEAR", near, **NEXT_DOOR)
    chain.store("N", {day: D(newcomer) for day in chain.days if day >= opened}, opened, **SHENZHEN)
    return chain.done()


def test_what_a_newcomer_takes_from_its_neighbour() -> None:
    found = expansion.template(with_neighbour(loss=900, newcomer=7_500))
    (effect,) = found.effects
    (near,) = effect.neighbours
    assert (effect.store_id, near.store_id, effect.controls) == ("N", "NEAR", 6)
    assert near.distance_km == pytest.approx(D("0.87"), abs=D("0.02"))
    assert near.change == pytest.approx(D("-0.10"), abs=D("0.002"))
    assert effect.share == pytest.approx(D("0.12"), abs=D("0.003"))
    assert effect.clear
    assert found.cannibalisation.value == effect.share
    assert (found.cannibalisation.observations, found.cannibalisation.enough) == (1, False)
    assert Scenario.example(found).cannibalisation == effect.share
    plain = expansion.run(WORKED, found)
    assert "expansion.note.neighbours_lost" in {note.code for note in plain.notes}


def test_no_effect_is_not_made_up() -> None:
    found = expansion.template(with_neighbour(loss=0, newcomer=7_500))
    assert not found.effects[0].clear
    assert found.cannibalisation.value is None
    assert Scenario.example(found).cannibalisation == 0


def test_distances() -> None:
    here = OwnStore("A", "A", None, None, None, None, None, 30.2741, 120.1551, "WGS-84")
    there = replace(here, store_id="B", latitude=30.2500, longitude=120.1700)
    assert distance_km(here, there) == pytest.approx(3.038, abs=0.0005)
    assert distance_km(here, replace(there, datum=None)) is None
    # The same figures in another datum are another place, some five hundred metres away.
    assert round(distance_km(here, replace(there, datum="GCJ-02")) or 0, 3) == 2.611
    assert distance_km(replace(here, datum=None), replace(there, datum=None)) == distance_km(here, there)
    assert distance_km(here, replace(there, latitude=None)) is None


def test_fees_as_a_share_of_sales() -> None:
    chain = six_stores(OwnChain(FIRST, 60))
    book = chain.done()
    day = FIRST + timedelta(days=3)
    for number, (channel, amount, fee, cancelled) in enumerate(
        [("wechat", "4000.00", "15.20", False), ("meituan", "2000.00", "344.80", False), ("wechat", "1.00", "1", True)]
    ):
        book.execute(
            "insert into base.payments (payment_id, channel, merchant_no, occurred_at, kind, amount, fee, cancelled, "
            "file_id, line) values (md5($n)::uuid, $channel, '1', $day::timestamp, 'payment', $amount::decimal(18,2), "
            "$fee::decimal(18,5), $cancelled, md5('f')::uuid, 1)",
            n=str(number), channel=channel, day=day, amount=amount, fee=fee, cancelled=cancelled,
        )  # fmt: skip
        book.execute(
            "insert into base.payment_links (payment_id, store_id, business_day) values (md5($n)::uuid, 'S1', $day)",
            n=str(number),
            day=day,
        )
    found = expansion.template(book)
    assert {charge.channel: charge.rate for charge in found.charges} == {"meituan": D("0.1724"), "wechat": D("0.0038")}
    assert found.take_rate.value == D("0.06")  # 360 of the 6 000 that S1 sold that day
    assert (found.take_rate.observations, found.take_rate.enough) == (2, False)


def test_the_room_answers_for_its_book() -> None:
    room = ExpansionRoom(six_stores(OwnChain(FIRST, 92)).done())
    scenario = room.parse({**WORKED_JSON, "rent": None})
    assert (scenario.rent, scenario.taken) == (D(20_000), {"rent"})
    assert room.run(scenario).base.months[1].cash == D("-13200.00")
    assert room.example().mature_monthly_sales == D("225083.34")
