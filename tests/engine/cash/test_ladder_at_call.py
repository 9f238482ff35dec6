"""Money that can be had at any time and is not needed has no day of coming back, wherever the plan is told."""

import csv
import json
from datetime import date
from decimal import Decimal
from pathlib import Path

import openpyxl
import pytest

from chainbrain.cash.forecast.days import shipped
from chainbrain.cash.idle import Wish, idle
from chainbrain.cash.ladder_moves import IN, moves
from chainbrain.cash.ladder_terms import Product
from chainbrain.cash.outlook import CashDay, CashPath
from chainbrain.cli import main
from chainbrain.workspace import Workspace

_TOLD = "随时可取，预测期内不用取"
_DAYS = [date(2026, 11, day) for day in range(1, 31)]


def _placed(product: Product, needed_from: date | None = None) -> CashPath:
    """A path with 100,000 that are needed from a day on."""
    left = [Decimal(0 if needed_from is not None and day >= needed_from else 100_000) for day in _DAYS]
    zero = Decimal("0.00")
    days = tuple(CashDay(day, zero, zero, zero, zero, one, one, one, one) for day, one in zip(_DAYS, left, strict=True))
    return CashPath(None, Decimal(100_000), zero, None, (), days)


def _product(lock: int, lag: int = 0) -> Product:
    return Product("p", lock, lag, None, Decimal("0.02"), "R1", _DAYS[0])


@pytest.mark.parametrize("lag", [0, 2])
def test_only_what_nobody_asks_back_is_at_call(lag: int) -> None:
    product = _product(0, lag)
    found = idle(_placed(product), (product,), Wish(), shipped())
    assert found.placing is not None
    assert found.placing.lots and all(one.at_call for one in found.placing.lots)
    told = moves(found.placing, _DAYS[-1])
    assert {one.way for one in told} == {IN} and all(one.at_call and one.other is None for one in told)
    needed = idle(_placed(product, date(2026, 11, 20)), (product,), Wish(), shipped())
    assert needed.placing is not None
    (lot,) = needed.placing.lots
    # It is asked back for the day on which it is needed: that day is known.
    assert not lot.at_call and lot.stay.back_on == date(2026, 11, 20)
    assert [one.at_call for one in moves(needed.placing, _DAYS[-1])] == [False, False]


def test_what_is_locked_has_its_day() -> None:
    product = _product(10)
    found = idle(_placed(product), (product,), Wish(), shipped())
    assert found.placing is not None and found.placing.lots
    assert not any(one.at_call for one in found.placing.lots)


def test_command_report_and_json_say_the_same(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "a.chainbrain"
    with Workspace.create(path) as workspace:
        for at, balance in (("2026-10-30 09:00:00", "200000"), ("2026-10-30 10:00:00", "180000")):
            workspace.book.execute(
                "insert into base.bank_lines (bank_line_id, bank_account, posted_at, amount, balance, file_id, line)"
                " values (uuid(), '33050161872700000719', $at, -1, $balance, uuid(), 1)",
                at=at, balance=Decimal(balance),
            )  # fmt: skip
    assert main(["cash-product", str(path), "随时", "--rate", "1.8%", "--date", "2026-10-31"]) == 0
    asked = ["cash-ladder", str(path), "--safety", "50000", "--today", "2026-10-31"]
    capsys.readouterr()
    assert main([*asked, "--json"]) == 0
    told = json.loads(capsys.readouterr().out)
    assert [(one["at_call"], one["stay"]["back_on"]) for one in told["plan"]["lots"]] == [(True, None)]
    assert main(asked) == 0
    said = capsys.readouterr().out
    plan = said[: said.index("对照，不是计划")]
    after = date.fromisoformat(told["plan"]["lots"][0]["stay"]["ends"])
    assert _TOLD in plan and str(after) not in plan
    assert main(["--lang", "en", *asked]) == 0
    assert "on demand, not needed within the forecast" in capsys.readouterr().out
    out = tmp_path / "idle.csv"
    assert main([*asked, "--out", str(out)]) == 0
    (row,) = [row for row in csv.reader(out.read_text("utf-8-sig").splitlines()) if "随时" in row]
    assert _TOLD in row and str(after) not in row
    assert main([*asked, "--out", str(tmp_path / "idle.xlsx")]) == 0
    sheets = openpyxl.load_workbook(tmp_path / "idle.xlsx")
    cells = [str(cell.value) for sheet in sheets for cells in sheet.iter_rows() for cell in cells]
    assert cells.count(_TOLD) == 2  # the plan, and its moves
