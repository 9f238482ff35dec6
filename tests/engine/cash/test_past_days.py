"""Items of the plan on days that are over: what would count nowhere is refused, the rest is said."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from chainbrain import texts
from chainbrain.cash.past_days import of_past
from chainbrain.cash.plan import PlanItem

KNOWN, TODAY = date(2026, 10, 30), date(2026, 11, 20)


def _item(day: str, cycle: str = "once", until: str | None = None) -> PlanItem:
    return PlanItem(
        "n", date.fromisoformat(day), "甲", "rent", Decimal(5), cycle, date.fromisoformat(until) if until else None
    )


@pytest.mark.parametrize(
    ("item", "code", "refused"),
    [
        (_item("2026-11-20"), None, False),
        (_item("2027-01-05", "monthly"), None, False),
        (_item("2026-10-30"), "cash.item_known", True),
        (_item("2026-10-31"), "cash.item_over", False),
        (_item("2026-11-19", "monthly"), "cash.item_over", False),
        (_item("2026-09-25", "monthly"), "cash.item_began", False),
        (_item("2026-09-10", "monthly"), "cash.item_began_over", False),
        (_item("2026-01-25", "monthly", "2026-10-31"), "cash.item_ended", True),
    ],
)
def test_what_an_item_has_to_do_with_days_that_are_over(item: PlanItem, code: str | None, refused: bool) -> None:
    found = of_past(item, KNOWN, TODAY)
    assert (found.told[0] if found else None, found is not None and found.refused) == (code, refused)
    for lang in ("zh", "en"):
        assert found is None or "{" not in texts.message(found.told[0], lang, **found.told[1])


def test_without_statements_only_the_day_itself_says_that_it_is_over() -> None:
    found = of_past(_item("2026-11-19"), None, TODAY)
    assert found is not None and found.told[0] == "cash.item_over" and not found.refused
    assert of_past(_item("2026-11-20"), None, TODAY) is None


def test_days_that_were_written_before_stop_no_other_wording() -> None:
    written = _item("2026-10-20")
    found = of_past(replace(written, note="x"), KNOWN, TODAY, written)
    assert found is not None and found.told[0] == "cash.item_known" and not found.refused
    moved = of_past(replace(written, day=date(2026, 10, 21)), KNOWN, TODAY, written)
    assert moved is not None and moved.refused
