"""When products take money in and give it back: cut-off hours, weekends, the National Day week, locks and lags."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, time, timedelta
from decimal import Decimal
from pathlib import Path

import numpy as np
import pytest

from chainbrain.cash.forecast.days import shipped
from chainbrain.cash.ladder import hour_of, ladder
from chainbrain.cash.ladder_programme import Balances, Placer
from chainbrain.cash.ladder_terms import EVERY_DAY, Product, Terms
from chainbrain.cash.outlook import CashDay, CashPath
from chainbrain.cli import main
from chainbrain.workspace import Workspace

ZERO = Decimal("0.00")
INSTANT = Product("随时", 0, 0, None, Decimal("0.015"), "R1", date(2025, 9, 1), time(15), working_only=True)
WEEKLY = replace(INSTANT, name="七天", lock_days=7, lag_days=1)
EVENING, MORNING = Terms(shipped()), Terms(shipped(), time(9))


def day(month: int, number: int) -> date:
    return date(2025, month, number)


@pytest.mark.parametrize(
    ("terms", "asked", "ends", "back"),
    [
        # In 2025 the exchanges were closed from 1 to 8 October, and on Sunday, 28 September, which was worked.
        (MORNING, day(9, 29), day(9, 29), day(9, 29)),
        (EVENING, day(9, 29), day(9, 30), day(9, 30)),
        (EVENING, day(9, 30), day(10, 9), day(10, 9)),
        (MORNING, day(10, 2), day(10, 9), day(10, 9)),
        (EVENING, day(9, 27), day(9, 29), day(9, 29)),
        (MORNING, day(9, 28), day(9, 29), day(9, 29)),
        (EVENING, day(9, 19), day(9, 22), day(9, 22)),
        (EVENING, day(10, 9), day(10, 10), day(10, 10)),
    ],
)
def test_even_what_can_be_had_at_once_waits_for_the_offices(terms: Terms, asked: date, ends: date, back: date) -> None:
    assert terms.asked(INSTANT, asked) == (ends, back)
    # One that counts every day and hour does not.
    assert terms.asked(replace(INSTANT, cutoff=None, working_only=False), asked) == (asked, asked)


def test_a_lag_counts_working_days_and_a_lock_that_ends_in_a_holiday_bears_until_after_it() -> None:
    assert MORNING.asked(WEEKLY, day(9, 30)) == (day(9, 30), day(10, 9))
    stay = EVENING.locked(WEEKLY, day(9, 24))
    assert (stay.begins, stay.ends, stay.back_on) == (day(9, 25), day(10, 9), day(10, 10))
    assert (stay.away, stay.bears) == (16, 14)
    free = EVERY_DAY.locked(replace(WEEKLY, cutoff=None, working_only=False), day(9, 24))
    assert (free.begins, free.ends, free.back_on) == (day(9, 24), day(10, 1), day(10, 2))


def test_a_worked_weekend_is_no_day_of_a_product() -> None:
    # Saturday, 11 October 2025, was worked: offices and transfers of banks, no exchange.
    assert shipped().is_working(day(10, 11)) and not shipped().is_trading(day(10, 11))
    assert MORNING.asked(WEEKLY, day(10, 10)) == (day(10, 10), day(10, 13))
    assert MORNING.counts_on(INSTANT, day(10, 11)) == day(10, 13)
    assert MORNING.trading(day(10, 11)) == day(10, 13)
    # A lock of seven days from 4 October, counted from the 9th, ends on the 16th.
    assert MORNING.locked(WEEKLY, day(10, 4)).ends == day(10, 16)
    assert (shipped().next_trading(day(9, 26)), shipped().next_working(day(9, 26))) == (day(9, 29), day(9, 28))


def test_what_is_put_away_before_a_weekend_bears_from_monday() -> None:
    assert EVENING.counts_on(INSTANT, day(9, 12)) == day(9, 15)
    assert MORNING.counts_on(INSTANT, day(9, 12)) == day(9, 12)
    assert MORNING.counts_on(INSTANT, day(9, 13)) == day(9, 15)


@pytest.mark.parametrize("terms", [EVENING, MORNING])
@pytest.mark.parametrize("first", [day(9, 18), day(9, 20), day(9, 27), day(10, 1)])
def test_orders_are_given_on_trading_days_and_what_counts_for_one_is_no_more_than_it_takes(
    terms: Terms, first: date
) -> None:
    # More than the days may take lies idle, so that every closed day would be used if it could be.
    rich = np.full((20, 60), 300_000_00, dtype=np.int64)
    rich -= np.arange(20, dtype=np.int64)[:, None] * 100_00
    rich[:, 30:34] = 1_000_00
    capped = (replace(INSTANT, daily_cap=Decimal(10_000)), replace(WEEKLY, daily_cap=Decimal(20_000)))
    found = Placer(Balances(first, rich), capped, terms).placed(Decimal(1_000))
    assert found.lots
    counted: dict[tuple[str, date], Decimal] = {}
    back: dict[tuple[str, date], Decimal] = {}
    for lot in found.lots:
        assert shipped().is_trading(lot.stay.put_on), lot.stay.put_on
        key = lot.product.name, lot.stay.begins
        counted[key] = counted.get(key, ZERO) + lot.amount
        # What lies there at the end is told as if it came back then, though nobody asks for it.
        if not lot.product.lock_days and lot.stay.back_on < first + timedelta(days=60):
            asked = lot.product.name, lot.stay.ends
            back[asked] = back.get(asked, ZERO) + lot.amount
    caps = {one.name: one.daily_cap for one in capped}
    for (name, _), amount in (*counted.items(), *back.items()):
        cap = caps[name]
        assert cap is not None and amount <= cap
    assert max(counted.values()) >= 9_999
    # Of the rule, too: what is put away first is put on a day that takes it.
    assert terms.order_on(INSTANT, first) == terms.trading(first) and terms.takes(INSTANT, terms.trading(first))
    assert terms.order_on(replace(INSTANT, working_only=False), first) == first


def test_the_holiday_is_reckoned_with_when_the_rule_says_what_is_free() -> None:
    # Money is short on 6 October, when the offices are closed: what would be asked back in a week comes too late.
    days = tuple(
        CashDay(day(9, 25) + timedelta(days=i), ZERO, ZERO, ZERO, ZERO, ZERO, Decimal(5000 if i == 11 else 90000), ZERO,
                ZERO)
        for i in range(30)
    )  # fmt: skip
    path = CashPath(None, ZERO, None, None, (), days)
    (delayed,) = ladder(path, (INSTANT,), Decimal(1000), EVENING)
    assert (delayed.amount, delayed.stay.back_on) == (Decimal(4000), day(10, 9))
    assert delayed.binding is not None and delayed.binding.day == day(10, 6)
    (plain,) = ladder(path, (replace(INSTANT, cutoff=None, working_only=False),), Decimal(1000), EVENING)
    assert (plain.amount, plain.stay.back_on) == (Decimal(89000), day(10, 2))
    (capped,) = ladder(path, (replace(INSTANT, daily_cap=Decimal(3000)),), Decimal(1000), EVENING)
    assert capped.amount == Decimal(3000)


@pytest.mark.parametrize(("text", "found"), [("15:00", time(15)), ("9：30", time(9, 30)), ("24:00", None), ("9", None)])
def test_hours_as_they_are_typed(text: str, found: time | None) -> None:
    assert hour_of(text) == found


def test_the_terms_are_kept_and_what_was_typed_in_before_has_none(tmp_path: Path) -> None:
    path = tmp_path / "a.chainbrain"
    Workspace.create(path).close()
    said = ["--cutoff", "15:00", "--working-days", "--daily-cap", "50000", "--rate", "1.5%", "--date", "2025-09-01"]
    assert main(["cash-product", str(path), "随时", *said]) == 0
    assert main(["cash-band", str(path), "30000"]) == 0
    assert main(["cash-band", str(path), "x"]) == 2
    with Workspace.open(path) as workspace:
        workspace.book.execute(
            'insert into base.cash_product_words (word_id, entry_id, "at", who, name, removed, lock_days, lag_days,'
            " cap, rate, risk, said_on) select 900, min(entry_id), now(), 'me', '旧', false, 7, 1, null, 0.01, 'R1',"
            " '2025-01-01' from base.history"
        )
        old = workspace.cash.products()[0]
        assert (old.name, old.cutoff, old.working_only, old.daily_cap) == ("旧", None, False, None)
        assert workspace.cash.products()[1] == replace(INSTANT, rate=Decimal("0.015000"), daily_cap=Decimal("50000.00"))
        assert workspace.cash.bands() == {None: Decimal("30000.00")}
        workspace.undo()
        assert workspace.cash.bands() == {}
