"""The forecast of a book: its levels agree, unknown days are not nothing, and nothing is claimed unmeasured."""

from __future__ import annotations

import json
from contextlib import nullcontext
from datetime import timedelta
from decimal import Decimal
from pathlib import Path

import numpy as np
import pytest
from sales_book import MONDAY, SalesBook

from chainbrain.cash import receipts
from chainbrain.cash.forecast import days
from chainbrain.cash.forecast.accuracy import Accuracy, accuracies
from chainbrain.cash.forecast.levels import Grain
from chainbrain.cash.forecast.ranges import Validation
from chainbrain.cli import main
from chainbrain.errors import UserError
from chainbrain.workspace import Rooms

WEEK = [100, 90, 95, 110, 150, 210, 180]
WEEKS = 14
LAST = MONDAY + timedelta(days=WEEKS * 7 - 1)


def _amounts(scale: int, weeks: int = WEEKS) -> list[str | int | None]:
    return [scale * WEEK[i % 7] + (i * 37) % 11 for i in range(weeks * 7)]


def _chain() -> SalesBook:
    return (
        SalesBook()
        .store("S1", name="南山店", region="南", opened_on=MONDAY)
        .store("S2", name="福田店", region="北", opened_on=MONDAY)
        .sales("S1", MONDAY, _amounts(10))
        .sales("S1", MONDAY, _amounts(3), channel="meituan")
        .sales("S2", MONDAY, _amounts(7))
    )


def _forecast(chain: SalesBook, horizon: int = 28) -> receipts.ReceiptsForecast:
    return receipts.forecast(chain.done(), days.shipped(), horizon)


def test_all_levels_add_up_to_the_cent() -> None:
    of_a = _chain().account("S1", "wechat", "w1", legal_entity="甲", bank_account="1")
    book = of_a.account("S2", "wechat", "w2", legal_entity="甲").account("S2", "alipay", "a2", legal_entity="乙").done()
    found = receipts.forecast(book, days.shipped(), 28, pairs=True)
    chain = found.line("chain")
    assert (found.origin, len(chain.days), len(chain.weeks)) == (LAST, 28, 4)
    for level in ("store", "channel", "region", "entity", "store_channel"):
        lines = [one for one in found.lines if one.level == level]
        for number, day in enumerate(chain.days):
            assert sum((one.days[number].mean for one in lines), Decimal(0)) == day.mean
    assert sum((day.mean for day in chain.days), Decimal(0)) == chain.total.mean
    assert sum((week.mean for week in chain.weeks), Decimal(0)) == chain.total.mean
    assert found.line("store", "S1").name == "南山店"
    assert found.line("store_channel", "S1 / meituan").name == "南山店 / meituan"
    # A store with the accounts of two companies is of neither.
    assert {one.key for one in found.lines if one.level == "entity"} == {"甲", ""}
    assert found.line("entity", "甲").days == found.line("store", "S1").days


def test_a_steady_chain_is_foreseen_and_ranges_hold_their_middle() -> None:
    found = _forecast(_chain())
    saturday = found.line("store", "S2").days[5]
    assert saturday.first == LAST + timedelta(days=6)
    assert abs(saturday.mean - 7 * 210) < 30
    for line in found.lines:
        for one in (*line.days, *line.weeks, *line.cumulative):
            assert one.p2_5 <= one.p10 <= one.p50 <= one.p90 <= one.p97_5


def test_days_without_a_file_are_not_nothing() -> None:
    whole = _forecast(_chain())
    amounts = _amounts(7)
    amounts[-7:] = [None] * 7
    gap = (
        SalesBook()
        .store("S1", name="南山店", region="南", opened_on=MONDAY)
        .store("S2", name="福田店", region="北", opened_on=MONDAY)
        .sales("S1", MONDAY, _amounts(10))
        .sales("S1", MONDAY, _amounts(3), channel="meituan")
        .sales("S2", MONDAY, amounts)
    )
    found = _forecast(gap)
    assert (whole.filled_days, found.filled_days) == (0, 7)
    before, after = (each.line("store", "S2").total.mean for each in (whole, found))
    assert abs(after - before) < Decimal("0.02") * before


def test_a_store_that_closes_sells_nothing_afterwards() -> None:
    closing = LAST + timedelta(days=4)
    chain = SalesBook().store("S1", opened_on=MONDAY, closed_on=closing).sales("S1", MONDAY, _amounts(10))
    line = _forecast(chain).line("store", "S1")
    assert [one.mean > 0 for one in line.days[:5]] == [True, True, True, False, False]
    assert line.days[3].p97_5 == 0


def test_new_stores_are_named_and_not_made_up() -> None:
    young = LAST - timedelta(days=20)
    chain = (
        _chain()
        .store("S3", opened_on=young)
        .sales("S3", young, _amounts(5, 3))
        .store("S4", opened_on=LAST + timedelta(days=10))
    )
    found = _forecast(chain)
    assert found.by_past == ("S3",)
    assert found.unknown == ("S4",)
    assert not [one for one in found.lines if one.key == "S4"]


def test_a_store_that_stopped_selling_is_named_and_its_range_starts_at_nothing() -> None:
    chain = SalesBook()
    for number in range(1, 6):
        amounts = _amounts(10)
        for first in (*range(25 + number, 88, 14), *([len(amounts) - 4] if number == 1 else [])):
            amounts[first : first + 4] = [0] * 4
        chain = chain.store(f"S{number}", opened_on=MONDAY).sales(f"S{number}", MONDAY, amounts)
    found = _forecast(chain)
    assert found.idle == ("S1",)
    assert found.by_past == ()
    first, *_, last = found.line("store", "S1").days
    assert (first.p2_5, first.p10) == (0, 0)
    assert first.p90 > 500
    assert last.mean > 500


def test_a_book_without_sales_says_so() -> None:
    with pytest.raises(UserError) as caught:
        _forecast(SalesBook().store("S1"))
    assert caught.value.code == "forecast.no_sales"


def test_ninety_five_percent_is_said_only_when_the_lower_end_reaches_it() -> None:
    sure = Accuracy(Grain.DAY, 7, 16, 0.97, 0.9, 0.9, 0.951)
    # The methods were weighed on these weeks: they are no proof.
    assert sure.reached and sure.claim == "recent"
    assert not Accuracy(Grain.DAY, 7, 16, 0.97, 0.9, 0.9, 0.949).reached
    assert not Accuracy(Grain.DAY, 7, 7, 0.99, 0.9, 0.9, 0.98).reached
    assert not Accuracy(Grain.DAY, 7, 16, 0.99, 0.9, 0.9, None).reached


def test_accuracy_is_one_minus_the_money_missed() -> None:
    # The worked example of domain/analytics.md, section 4: WAPE 7.14 %.
    came, said = np.array([[100.0, 120, 90, 110]]), np.array([[110.0, 115, 95, 100]])
    unit = np.ones(1)
    validation = Validation(unit, unit, np.zeros((5, 4)), (0,), (said,), (came,), (said,), (came,))
    (daily,) = accuracies(np.ones((1, 1)), validation, 4)
    assert round(1 - daily.accuracy, 4) == 0.0714
    assert (daily.naive, daily.lower) == (1.0, None)


def test_the_command_prints_json_and_words(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    rooms = Rooms(_chain().done(), tmp_path / "chain.chainbrain")
    monkeypatch.setattr("chainbrain.workspace.Workspace.open", lambda *_: nullcontext(rooms))
    assert main(["--quiet", "forecast", "chain.chainbrain", "--horizon", "14", "--json"]) == 0
    told = json.loads(capsys.readouterr().out)
    assert told["estimate"] is True
    chain = next(one for one in told["lines"] if one["level"] == "chain")
    assert len(chain["days"]) == 14
    assert Decimal(chain["cumulative"][-1]["mean"]) == sum(Decimal(day["mean"]) for day in chain["days"])
    assert {"level", "grain", "accuracy", "seasonal_naive", "weekday_median", "reached_95_lately"} <= set(
        told["accuracy"][0]
    )
    assert main(["--quiet", "forecast", "chain.chainbrain"]) == 0
    assert "都是估计，不是账" in capsys.readouterr().out
