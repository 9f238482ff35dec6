"""Dated rules: the right version on a day, corrections as later rows, and the shipped table."""

from __future__ import annotations

import csv
from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chainbrain.errors import UserError
from chainbrain.resources import resource
from chainbrain.rules import Rule, Rules


def _day(text: str) -> date | None:
    return date.fromisoformat(text) if text else None


def shipped() -> list[Rule]:
    with resource("rules", "rules.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    assert list(rows[0]) == ["key", "value", "unit", "valid_from", "valid_to", "source", "checked_on", "note"]
    return [
        Rule(
            r["key"],
            r["value"],
            r["unit"],
            date.fromisoformat(r["valid_from"]),
            _day(r["valid_to"]),
            r["source"],
            _day(r["checked_on"]),
            r["note"],
        )
        for r in rows
    ]


def rule(value: str, first: str, after: str = "", key: str = "k") -> Rule:
    return Rule(key, value, "ratio", date.fromisoformat(first), _day(after))


def test_a_draft_of_2022_may_run_a_year_and_one_of_2023_half_a_year() -> None:
    rules = Rules(shipped())
    assert rules.need("bill.max_months", date(2022, 12, 31)).number == 12
    in_force = rules.need("bill.max_months", date(2023, 1, 1))
    assert (in_force.number, in_force.valid_from) == (6, date(2023, 1, 1))


def test_the_end_day_no_longer_holds() -> None:
    rules = Rules([rule("1", "2023-01-01", "2024-01-01")])
    assert rules.at("k", date(2023, 12, 31)) is not None
    assert rules.at("k", date(2024, 1, 1)) is None
    assert rules.at("k", date(2022, 12, 31)) is None
    assert rules.at("other", date(2023, 6, 1)) is None


def test_a_correction_is_a_later_row_and_the_old_one_stays() -> None:
    old, new = rule("0.006", "2023-01-01"), rule("0.0038", "2023-01-01")
    rules = Rules([old, new])
    assert rules.at("k", date(2023, 5, 1)) == new
    assert rules.versions("k") == (old, new)
    assert Rules([old]).at("k", date(2023, 5, 1)) == old


def test_a_temporary_rule_gives_way_to_the_one_below() -> None:
    rules = Rules([rule("0.03", "2009-01-01"), rule("0.01", "2023-01-01", "2028-01-01")])
    assert [rules.need("k", date(y, 6, 1)).value for y in (2022, 2025, 2028)] == ["0.03", "0.01", "0.03"]


def test_missing_and_unreadable_rules_say_so() -> None:
    with pytest.raises(UserError) as caught:
        Rules([]).need("fee.rate.standard", date(2026, 1, 1))
    assert caught.value.code == "rules.none_in_force"
    for text in ("T1", "NaN", "", "三"):
        with pytest.raises(UserError) as caught:
            _ = rule(text, "2026-01-01").number
        assert caught.value.code == "rules.not_a_number"


@given(st.lists(st.tuples(st.integers(1, 300), st.integers(1, 300)), max_size=8), st.integers(1, 400))
def test_the_row_in_force_is_the_one_that_began_last(spans: list[tuple[int, int]], at: int) -> None:
    start = date(2020, 1, 1).toordinal()
    rows = [
        Rule("k", str(i), None, date.fromordinal(start + a), date.fromordinal(start + a + n))
        for i, (a, n) in enumerate(spans)
    ]
    when = date.fromordinal(start + at)
    covering = [row for row in rows if row.valid_from <= when and row.valid_to and when < row.valid_to]
    found = Rules(rows).at("k", when)
    assert (found is None) == (not covering)
    if found is not None:
        assert found in covering
        assert found.valid_from == max(row.valid_from for row in covering)


def test_the_shipped_table_is_sound() -> None:
    rows = shipped()
    assert len({(r.key, r.valid_from) for r in rows}) == len(rows)
    for row in rows:
        assert row.note is not None
        assert row.note[:3] in ("[P]", "[S]", "[R]"), row.key
        assert row.source
        assert (row.checked_on is None) == row.note.startswith("[R]"), row.key
        assert row.valid_to is None or row.valid_from < row.valid_to
        if row.unit not in ("time", "settlement_rule", "day_off"):
            assert row.number >= 0
        if row.unit == "ratio":
            assert row.number <= 1


def test_rates_used_by_the_worked_examples() -> None:
    rules = Rules(shipped())
    today = date(2026, 11, 23)
    assert rules.need("fee.rate.preferential", today).number == Decimal("0.0038")
    assert rules.need("wechat.refund.max_days", today).number == 365
    assert rules.need("split.wechat.max_ratio", today).number == Decimal("0.30")
    assert rules.need("prepaid.custody.brand", today).number * 680000 == 272000
    assert rules.need("bill.day_basis", today).number == 360
