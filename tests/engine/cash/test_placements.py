"""Money that lies in products already, and products that take round sums only."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING, cast

import numpy as np
import pytest

from chainbrain.cash import placements
from chainbrain.cash.forecast.days import shipped
from chainbrain.cash.idle import Wish, idle
from chainbrain.cash.ladder import checked, ladder
from chainbrain.cash.ladder_programme import Balances, Placer
from chainbrain.cash.ladder_terms import Product, Terms
from chainbrain.cash.outlook import CashDay, CashPath
from chainbrain.cash.placements import Placement
from chainbrain.cli import main
from chainbrain.errors import UserError
from chainbrain.map_desk import WholeMap
from chainbrain.workspace import Workspace

if TYPE_CHECKING:
    from chainbrain.cash.moneymap import MoneyMap

START = date(2026, 11, 1)
ZERO, LOW = Decimal("0.00"), Decimal(200_000)
MONTH = Product("月月", 30, 0, Decimal(100_000), Decimal("0.02"), "R1", START)
WISH = Wish(Decimal(50_000))
TERMS = Terms(shipped())


def _day(number: int) -> date:
    return START + timedelta(days=number)


def _path(entity: str | None = None, low: Decimal = LOW) -> CashPath:
    days = tuple(CashDay(_day(number), ZERO, ZERO, ZERO, ZERO, low, low, low, low) for number in range(91))
    return CashPath(entity, low, None, None, (), days)


def _lies(amount: int, put: int, back: int | None, entity: str = "甲") -> Placement:
    return Placement("1", "月月", entity, Decimal(amount), _day(put), None if back is None else _day(back))


def test_caps_count_what_lies_there_until_it_is_back() -> None:
    found = idle(_path(), (MONTH,), WISH, shipped(), placed=(_lies(70_000, -20, 10),))
    assert found.placing is not None
    first, *_ = found.placing.lots
    # 100,000 at most: 30,000 today, and what comes back makes room for more.
    assert (first.stay.put_on, first.amount, first.limit) == (START, Decimal("30000.00"), "cap")
    for number in range(91):
        away = sum(lot.amount for lot in found.placing.lots if lot.stay.put_on <= _day(number) < lot.stay.back_on)
        assert away <= (30_000 if number < 10 else 100_000)
    assert any(lot.amount > 30_000 for lot in found.placing.lots)
    (rung,) = found.rungs
    assert rung.amount == Decimal(30_000)
    without = idle(_path(), (MONTH,), WISH, shipped())
    assert without.rungs[0].amount == Decimal(100_000)


def test_what_was_put_in_today_by_hand_counts_against_the_daily_limit_of_today() -> None:
    daily = replace(MONTH, cap=None, daily_cap=Decimal(20_000))

    def put(*lies: Placement, product: Product = daily) -> dict[date, Decimal]:
        found = idle(_path(), (product,), WISH, shipped(), placed=lies)
        assert found.placing is not None
        sums: dict[date, Decimal] = {}
        for lot in found.placing.lots:
            sums[lot.stay.put_on] = sums.get(lot.stay.put_on, ZERO) + lot.amount
        assert found.rungs[0].amount == sums.get(START, ZERO)
        return sums

    # Of two companies: the limit is one for the whole chain. What was put there before has nothing to do with today.
    today = put(_lies(9_000, 0, 30), _lies(6_000, 0, 30, "乙"), _lies(50_000, -1, 29))
    assert today[START] == Decimal(5_000) and today[_day(1)] == Decimal(20_000) == put()[START]
    assert START not in put(_lies(20_000, 0, 30)) and START not in put(_lies(70_000, 0, 30))
    stepped = put(_lies(15_500, 0, 30), product=replace(daily, least=Decimal(1_000), step=Decimal(1_000)))
    assert stepped[START] == Decimal(4_000) and max(stepped.values()) <= Decimal(20_000)


def test_a_cap_counts_what_other_companies_have_put_there() -> None:
    found = idle(_path("甲"), (MONTH,), WISH, shipped(), placed=(_lies(70_000, -20, 10, "乙"),))
    assert found.placed == () and found.shares_caps and found.placing is not None
    for number in range(91):
        away = sum(lot.amount for lot in found.placing.lots if lot.stay.put_on <= _day(number) < lot.stay.back_on)
        assert away <= (30_000 if number < 10 else 100_000)
    assert found.rungs[0].amount == Decimal(30_000)
    assert not idle(_path(), (MONTH,), WISH, shipped()).shares_caps
    assert not idle(_path("甲"), (replace(MONTH, cap=None),), WISH, shipped()).shares_caps


def test_only_an_entity_s_own_money_comes_back_to_it() -> None:
    placed = (_lies(70_000, -20, 10), _lies(5_000, -20, 10, "乙"), _lies(9_000, -60, -30))
    assert [one.amount for one in idle(_path("甲"), (MONTH,), WISH, shipped(), placed=placed).placed] == [70_000]
    both = idle(_path(), (MONTH,), WISH, shipped(), placed=placed)
    # What was due before the days to come is in the balance already.
    assert [one.amount for one in both.placed] == [70_000, 5_000]


@pytest.mark.parametrize(
    ("least", "step", "asked", "order"),
    [(None, None, 37, 37), (10_000, None, 9_999, 0), (10_000, None, 10_001, 10_001), (10_000, 5_000, 24_999, 20_000),
     (None, 1_000, 999, 0), (50_000, 10_000, 50_000, 50_000)],
)  # fmt: skip
def test_orders_are_round(least: int | None, step: int | None, asked: int, order: int) -> None:
    lots = {key: None if value is None else Decimal(value) for key, value in (("least", least), ("step", step))}
    assert replace(MONTH, **lots).order(asked) == order


def test_no_small_lots_are_proposed() -> None:
    rising = _path()
    days = tuple(replace(day, p5=LOW + 37 * n, settlements=Decimal(37)) for n, day in enumerate(rising.days))
    path, round_lots = replace(rising, days=days), replace(MONTH, cap=None, least=Decimal(10_000), step=Decimal(1_000))
    plain = idle(path, (replace(MONTH, cap=None),), WISH, shipped()).placing
    found = idle(path, (round_lots,), WISH, shipped()).placing
    assert plain is not None and found is not None
    assert any(lot.amount < 1_000 for lot in plain.lots)
    assert found.lots and all(lot.amount >= 10_000 and lot.amount % 1_000 == 0 for lot in found.lots)
    assert found.missed == 0
    assert ladder(path, (round_lots,), Decimal(50_500))[0].amount == Decimal(149_000)


def test_what_is_too_little_for_an_order_waits_for_the_next() -> None:
    draw = np.random.default_rng(1)
    steps = draw.normal(200_000, 2_000_000, (100, 90))
    steps[:, 14::30] -= 10_000_000
    balances = Balances(START, 50_000_000 + np.rint(steps.cumsum(axis=1)).astype(np.int64))
    free = (replace(MONTH, cap=None), replace(MONTH, name="周周", lock_days=7, cap=None, rate=Decimal("0.015")))
    found = []
    for least, step in ((None, None), (Decimal(50_000), Decimal(10_000))):
        products = tuple(replace(one, least=least, step=step) for one in free)
        found.append(Placer(balances, products, TERMS).placed(Decimal(100_000)))
        assert found[-1].missed <= 5
    plain, whole = found
    assert all(lot.amount >= 50_000 and lot.amount % 10_000 == 0 for lot in whole.lots)
    # Cut down day by day and dropped, 63 % of it was left.
    assert whole.yearly > plain.yearly * Decimal("0.7")


def test_what_cannot_be_is_refused() -> None:
    def code(said: Placement, entities: tuple[str, ...] = ("甲", "乙")) -> str:
        with pytest.raises(UserError) as refused:
            placements.checked(said, (MONTH,), entities, TERMS)
        return refused.value.code

    good = _lies(1_000, 0, 30)
    assert code(replace(good, product="别的")) == "cash.unknown_product"
    assert code(replace(good, entity="")) == "cash.no_entity"
    # Of a company that the book does not know the money would come back to the chain and to nobody in it.
    assert code(replace(good, entity="丙")) == "cash.placed_entity"
    assert code(replace(good, amount=ZERO)) == "cash.placed_amount"
    assert code(replace(good, back_on=START)) == "cash.placed_dates"
    assert placements.checked(replace(good, entity=""), (MONTH,), ("甲",), TERMS).entity == "甲"
    with pytest.raises(UserError) as refused:
        checked(replace(MONTH, least=Decimal(200_000)))
    assert refused.value.code == "cash.product_least"


def test_the_owner_writes_lists_and_takes_back(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "a.chainbrain"
    with Workspace.create(path) as workspace:
        for at, amount, balance in (("2026-10-30 09:00:00", -1, 200_000), ("2026-10-30 10:00:00", -1, 199_999)):
            workspace.book.execute(
                "insert into base.bank_lines (bank_line_id, bank_account, posted_at, amount, balance, file_id, line)"
                " values (uuid(), '33050161872700000719', $at, $amount, $balance, uuid(), 1)",
                at=at, amount=Decimal(amount), balance=Decimal(balance),
            )  # fmt: skip
    product = ["cash-product", str(path), "月月", "--lock", "30", "--rate", "2%", "--date", "2026-10-31"]
    assert main([*product, "--cap", "60000", "--least", "10000", "--step", "1000"]) == 0
    placed = ["cash-placed", str(path)]
    dates = ["--from", "2026-10-20", "--until", "2026-11-20", "--entity", "甲"]
    assert main([*placed, "别的", "50000", *dates]) == 2
    assert main([*placed, "月月", "50000", *dates]) == 0
    capsys.readouterr()
    assert main([*placed, "--json"]) == 0
    (told,) = json.loads(capsys.readouterr().out)["placed"]
    assert (told["amount"], told["back_on"]) == ("50000.00", "2026-11-20")
    assert main(["cash-ladder", str(path), "--safety", "50000"]) == 0
    said = capsys.readouterr().out
    assert "已经放着的 50,000.00 元算进来了" in said and "10,000.00" in said
    assert main([*placed, "--remove", "zz"]) == 2
    assert main([*placed, "--remove", told["placement_id"][:8]]) == 0
    with Workspace.open(path) as workspace:
        assert workspace.cash.placements() == ()
        workspace.undo()
        assert [one.amount for one in workspace.cash.placements()] == [Decimal("50000.00")]
        workspace.undo()
        assert workspace.cash.placements() == ()
        assert workspace.cash.products()[0].least == Decimal(10_000)


def test_the_map_tells_what_lay_in_products_on_a_day() -> None:
    placed = (_lies(70_000, -20, 10), _lies(5_000, 0, None, "乙"))
    whole = WholeMap(cast("MoneyMap", None), (), (), None, kept=True, placed=placed)
    assert [whole.placed_on(_day(n)) for n in (-21, -20, 9, 10)] == [None, 70_000, 75_000, 5_000]
    assert whole.placed_on(_day(5), "甲") == 70_000
