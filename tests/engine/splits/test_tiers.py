"""Royalties by tiers: the worked number, the edges, and the other contract."""

from __future__ import annotations

from decimal import Decimal

import pytest

from chainbrain.splits import tiers

ROYALTY = tiers.read(
    '[{"from": "0.00", "rate": "0.050000"}, {"from": "200000.00", "rate": "0.040000"},'
    ' {"from": "400000.00", "rate": "0.030000"}]'
)


@pytest.mark.parametrize(
    ("base", "due"),
    [
        ("523456.78", "21703.70"),
        ("0.00", "0.00"),
        ("-1.00", "0.00"),
        ("200000.00", "10000.00"),
        ("200000.01", "10000.00"),
        ("200000.13", "10000.01"),
        ("400000.00", "18000.00"),
    ],
)
def test_each_slice_has_its_own_rate(base: str, due: str) -> None:
    assert tiers.progressive(Decimal(base), ROYALTY) == Decimal(due)


@pytest.mark.parametrize(
    ("base", "due"), [("523456.78", "15703.70"), ("199999.99", "10000.00"), ("200000.00", "8000.00"), ("-5.00", "0.00")]
)
def test_the_whole_base_by_the_rate_it_reaches(base: str, due: str) -> None:
    assert tiers.flat(Decimal(base), ROYALTY) == Decimal(due)
