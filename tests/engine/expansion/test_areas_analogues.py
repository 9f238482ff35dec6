"""Own stores ranked by likeness: known orders, errors by hand, and no regression where it would invent."""

from __future__ import annotations

from decimal import Decimal

import pytest

from chainbrain.expansion.areas.analogues import Known, compare
from chainbrain.expansion.areas.features import Features


def a_store(name: str, sales: int, area: float | None, city: str | None = "深圳", rent: float | None = None) -> Known:
    return Known(name, f"{name}店", Features((area, rent, None, None, None), ("own", city, None)), Decimal(sales))


def a_site(area: float | None, city: str | None = "深圳", rent: float | None = None) -> Features:
    return Features((area, rent, None, None, None), ("own", city, None))


def test_the_most_alike_come_first_and_an_unknown_feature_is_not_a_difference() -> None:
    stores = [a_store("A", 1, 100), a_store("B", 2, 150), a_store("C", 3, 100, "广州"), a_store("D", 4, None)]
    found = compare(a_site(100), stores)
    # D shares only its city with the site, and that agrees.
    assert [one.store_id for one in found.ranked] == ["A", "D", "C", "B"]
    assert [one.shared for one in found.ranked] == [2, 1, 2, 2]
    assert found.used == ("area", "city")
    assert "people" in found.missing
    # Areas 100, 150, 100 have a standard deviation of 23.57; another city counts as one.
    assert found.ranked[3].distance == pytest.approx((4.5 / 2) ** 0.5)
    assert found.ranked[2].distance == pytest.approx(0.5**0.5)


def test_the_error_of_the_median_is_the_one_by_hand() -> None:
    stores = [a_store(str(n), sales, 100 + n) for n, sales in enumerate((100, 120, 150, 190))]
    (median, analogues) = compare(a_site(101), stores).methods
    assert median.predicted == Decimal("135.00")
    # Without itself: 150, 150, 120, 120 against 100, 120, 150, 190.
    assert median.error == pytest.approx((50 + 30 + 30 + 70) / 560)
    assert (median.low, median.high) == (None, None)
    # The three nearest by size (one the same) at weights 4, 1.06, 1.06 and so on: between the smallest and the largest.
    assert 100 < float(analogues.predicted) < 150


def test_under_eight_stores_there_is_no_regression_and_outside_of_them_neither() -> None:
    stores = [a_store(str(n), 100 + 10 * n, 100 + 5 * n) for n in range(8)]
    assert [one.name for one in compare(a_site(110), stores[:7]).methods] == ["median", "analogues"]
    inside = compare(a_site(110), stores)
    assert [one.name for one in inside.methods] == ["median", "analogues", "regression"]
    regression = inside.methods[2]
    assert float(regression.predicted) == pytest.approx(120, abs=3)
    assert regression.low is not None
    assert regression.high is not None
    assert regression.low <= regression.predicted <= regression.high
    assert inside.best is regression
    outside = compare(a_site(500), stores)
    assert outside.beyond == ("area",)
    assert [one.name for one in outside.methods] == ["median", "analogues"]


def test_stores_that_tell_nothing_are_answered_by_their_median_alone() -> None:
    alike = [a_store(name, 100, None, None) for name in "ABC"]
    found = compare(a_site(None, None), alike)
    assert [one.name for one in found.methods] == ["median"]
    assert found.used == ()
    nobody = compare(a_site(100), [])
    assert (nobody.stores, nobody.ranked, nobody.methods, nobody.best) == (0, (), (), None)
    (only,) = compare(a_site(100), [a_store("A", 100, 90)]).methods
    assert (only.predicted, only.error) == (Decimal("100.00"), None)
