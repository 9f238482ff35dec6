"""Idle money: the worked example, caps, products the forecast does not reach, and the owner's own list."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path

import pytest

from chainbrain.cash.forecast.days import shipped
from chainbrain.cash.idle import Wish, idle
from chainbrain.cash.ladder import checked, ladder, total
from chainbrain.cash.ladder_terms import Product
from chainbrain.cash.outlook import CashDay, CashPath
from chainbrain.cli import main
from chainbrain.errors import UserError
from chainbrain.reports.filters import Filters
from chainbrain.reports.idle import of_idle
from chainbrain.workspace import Workspace

START = date(2026, 11, 1)
TODAY = date(2026, 10, 31)
ZERO = Decimal("0.00")


def _path(*lows: tuple[int, str], days: int = 91) -> CashPath:
    """A path that lies at 200,000 but for the named days."""
    low = {number: Decimal(amount) for number, amount in lows}
    made = []
    for number in range(1, days + 1):
        balance = low.get(number, Decimal(200_000))
        made.append(
            CashDay(START + timedelta(days=number - 1), ZERO, ZERO, ZERO, ZERO, balance, balance, balance, balance)
        )
    return CashPath(None, Decimal(200_000), None, None, (), tuple(made))


def _product(name: str, lock: int, rate: str = "0.02", cap: str | None = None, lag: int = 0) -> Product:
    return Product(name, lock, lag, None if cap is None else Decimal(cap), Decimal(rate), "R1", TODAY)


EXAMPLE = _path((5, "180000"), (20, "140000"), (60, "60000"))
THREE = (_product("instant", 0), _product("month", 30), _product("quarter", 90))


def test_the_worked_example_comes_out() -> None:
    # Domain analytics, section 5: lowest P5 180,000 in 7 days, 140,000 in 30, 60,000 in 90; safety 50,000.
    rungs = ladder(EXAMPLE, THREE, Decimal(50_000))
    assert [(one.product.name, one.amount) for one in rungs] == [
        ("quarter", Decimal(10_000)), ("month", Decimal(80_000)), ("instant", Decimal(40_000)),
    ]  # fmt: skip
    assert [one.binding.day for one in rungs if one.binding] == [START + timedelta(days=n - 1) for n in (60, 20, 5)]
    assert rungs[1].earned == Decimal("131.51")
    assert total(rungs) == Decimal(130_000)
    # With everything put away the P5 balance keeps the safety on every day before the money is back.
    for number, day in enumerate(EXAMPLE.days, 1):
        locked = sum((one.amount for one in rungs if number <= one.stay.away), ZERO)
        assert day.p5 - locked >= 50_000


def test_order_of_products_changes_nothing_and_the_higher_yield_comes_first() -> None:
    twins = (_product("a", 30, "0.01"), _product("b", 30, "0.03", cap="50000"))
    rungs = ladder(EXAMPLE, (*THREE, *twins), Decimal(50_000))
    assert rungs == ladder(EXAMPLE, tuple(reversed((*THREE, *twins))), Decimal(50_000))
    amounts = {one.product.name: one.amount for one in rungs}
    assert amounts == {
        "quarter": Decimal(10_000), "b": Decimal(50_000), "month": Decimal(30_000), "a": ZERO,
        "instant": Decimal(40_000),
    }  # fmt: skip


def test_what_the_forecast_does_not_reach_and_what_is_needed_is_not_put_away() -> None:
    far, late = _product("half year", 180), _product("slow", 28, lag=3)
    rungs = {one.product.name: one for one in ladder(EXAMPLE, (far, late), Decimal(50_000))}
    assert (rungs["half year"].amount, rungs["half year"].binding) == (ZERO, None)
    assert rungs["slow"].stay.away == 31 and rungs["slow"].amount == Decimal(90_000)
    assert total(ladder(_path((3, "40000")), THREE, Decimal(50_000))) == 0


@pytest.mark.parametrize(("band", "put", "overruled"), [("0", 100_000, True), ("150000", 50_000, False)])
def test_no_plan_goes_below_the_floor_whatever_band_was_said(band: str, put: int, overruled: bool) -> None:
    path = replace(_path(), floor=Decimal(100_000))
    found = idle(path, THREE[:1], Wish(Decimal(band), curve=True), shipped())
    assert found.placing is not None and found.safety == found.placing.safety == max(Decimal(band), Decimal(100_000))
    assert sum(lot.amount for lot in found.placing.today(START)) == put and found.overruled is overruled
    # The curve goes lower, as a picture to compare with.
    assert {one.safety < 100_000 for one in found.curve if one.picture} == {True}
    assert not any(one.picture for one in found.curve if one.safety >= 100_000)
    (*_, curve) = of_idle(found, Filters()).tables
    assert list(curve.rows["band_use"]) == ["picture" if one.picture else "plan" for one in found.curve]


@pytest.mark.parametrize(
    ("product", "code"),
    [
        (_product(" ", 0), "cash.product_name"),
        (_product("a", -1), "cash.product_days"),
        (_product("a", 10**11), "cash.product_days"),
        (_product("a", 0, lag=3651), "cash.product_days"),
        (_product("a", 0, cap="0"), "cash.product_cap"),
        (_product("a", 0, cap="1" + "0" * 17), "cash.product_cap"),
        (_product("a", 0, cap="9" * 30), "cash.product_cap"),
        (replace(_product("a", 0), daily_cap=ZERO), "cash.product_cap"),
        (_product("a", 0, "1.5"), "cash.product_rate"),
        (Product("a", 0, 0, None, ZERO, "R9", TODAY), "cash.product_risk"),
    ],
)
def test_what_cannot_be_kept_is_refused(product: Product, code: str) -> None:
    with pytest.raises(UserError) as refused:
        checked(product)
    assert refused.value.code == code


def test_the_list_is_the_owners_own_and_each_word_is_undone(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "a.chainbrain"
    with Workspace.create(path) as workspace:
        for at, balance in (("2026-10-30 09:00:00", "200000"), ("2026-10-30 10:00:00", "180000")):
            workspace.book.execute(
                "insert into base.bank_lines (bank_line_id, bank_account, posted_at, amount, balance, file_id, line)"
                " values (uuid(), '33050161872700000719', $at, -1, $balance, uuid(), 1)",
                at=at, balance=Decimal(balance),
            )  # fmt: skip
    assert main(["cash-ladder", str(path)]) == 2
    assert main(["cash-product", str(path), "月月", "--lock", "30", "--rate", "1.8%", "--date", "2026-10-31"]) == 0
    assert main(["cash-product", str(path), "随时", "--rate", "abc"]) == 2
    assert main(["cash-product", str(path), "随时", "--cutoff", "25:00"]) == 2
    assert main(["cash-ladder", str(path)]) == 2
    capsys.readouterr()
    assert main(["cash-ladder", str(path), "--safety", "50000"]) == 0
    said = capsys.readouterr().out
    assert "130,000.00" in said and "1.80%" in said and "不是投资建议" in said
    # One plan comes first; the rule beside it says that it is none.
    assert said.index("计划，1 种情形一起算") < said.index("对照，不是计划")
    with Workspace.open(path) as workspace:
        workspace.cash_desk.set_floor(Decimal(100_000))
    capsys.readouterr()
    assert main(["cash-band", str(path), "0"]) == 0
    assert main(["cash-ladder", str(path), "--curve"]) == 0
    assert capsys.readouterr().out.count("低于底线，按底线 100,000.00 元算") == 2
    assert main(["cash-ladder", str(path), "--json"]) == 0
    told = json.loads(capsys.readouterr().out)
    assert (told["safety"], told["floor_overrules"], told["plan"]["kept"]) == ("100000.00", True, 1)
    with Workspace.open(path) as workspace:
        workspace.undo()
        workspace.undo()
        workspace.cash_desk.remove_product("月月")
        assert workspace.cash.products() == ()
        workspace.undo()
        assert [one.rate for one in workspace.cash.products()] == [Decimal("0.018000")]
        workspace.undo()
        assert workspace.cash.products() == ()
        with pytest.raises(UserError):
            workspace.cash_desk.remove_product("月月")
