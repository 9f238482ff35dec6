"""Daily facts are what the rows say, whatever came, went or was said; only the days that moved are reckoned anew."""

from __future__ import annotations

import contextlib
import random
from datetime import date, datetime, timedelta
from pathlib import Path

import pytest
from acceptance_tables import account, accounts, bank

from chainbrain import facts, texts
from chainbrain.analytics import daily
from chainbrain.analytics.periods import Period
from chainbrain.errors import UserError
from chainbrain.intake.places import Placement
from chainbrain.workspace import Workspace

FIRST = date(2026, 3, 2)
GOLDEN = Path(__file__).parents[2] / "golden"


class _NotKeptError(Exception):
    """Rolls a trial back."""


def _sales(chance: random.Random, folder: Path, number: int, earlier: list[tuple[str, str, datetime]]) -> list[Path]:
    """The orders of two or three days, and tenders for them and for some of earlier files: late payments, refunds."""
    orders, tenders = [], []
    mine: list[tuple[str, str, datetime]] = []
    for line in range(chance.randint(3, 8)):
        store, name = chance.choice(["S1", "S2", "T9"]), f"N{number}-{line}"
        at = datetime.combine(FIRST, datetime.min.time()) + timedelta(
            days=2 * number + chance.randint(0, 2), minutes=chance.randint(0, 1439)
        )
        day = (at - timedelta(hours=4)).date() if store == "S1" else at.date()
        status = chance.choice(["已完成", "已完成", "已取消"])
        orders.append(f"{name},{store},{day},{at},{chance.randint(1, 99)}.00,{status}")
        mine.append((name, store, at))
    for name, store, at in [*mine, *chance.sample(earlier, min(3, len(earlier)))]:
        late = at + timedelta(days=chance.choice([0, 0, 1, 5]), hours=chance.randint(0, 5))
        back = chance.random() < 0.3
        method = chance.choice(["微信", "美团", "现金"])
        tenders.append(
            f"{name},{store},{method},{'-' if back else ''}{chance.randint(1, 99)}.50,{late},{'是' if back else '否'},"
            f"R{number}-{len(tenders)}"
        )
    earlier += mine
    one, two = folder / f"orders-{number}.csv", folder / f"tenders-{number}.csv"
    one.write_text("\n".join(["订单号,门店编号,营业日期,下单时间,实收金额,订单状态", *orders, ""]), encoding="utf-8")
    two.write_text(
        "\n".join(["订单号,门店编号,支付方式,支付金额,支付时间,是否退款,流水号", *tenders, ""]), encoding="utf-8"
    )
    return [one, two]


def _hold(here: Workspace, step: str) -> None:
    assert facts.differing(here.book) == (), step
    before = here.book.rows_of("select * from base.daily_sales order by all")
    anew: list[tuple[object, ...]] = []
    with contextlib.suppress(_NotKeptError), here.book.transaction():
        daily.refresh(here.book)
        anew = here.book.rows_of("select * from base.daily_sales order by all")
        raise _NotKeptError
    assert anew == before, step


@pytest.mark.parametrize("seed", [1, 2])
def test_facts_are_what_the_rows_say_after_every_step(here: Workspace, tmp_path: Path, seed: int) -> None:
    chance = random.Random(seed)
    earlier: list[tuple[str, str, datetime]] = []
    master = tmp_path / "stores.csv"
    master.write_text("门店编号,门店名称,营业日切\nS1,一号店,04:00\nS2,二号店,00:00\n", encoding="utf-8")
    waiting = [
        [master, accounts(tmp_path, account("微信", "1900000101", "S1"))],
        [
            GOLDEN / "wechat-merchant-trade" / "ALL.csv",
            bank(tmp_path / "b.csv", [("2026-03-02", "1.00", "财付通", "x")]),
        ],
        *(_sales(chance, tmp_path, number, earlier) for number in range(4)),
    ]
    chance.shuffle(waiting)
    standing: list[int] = []
    for number in range(8):
        step = chance.choice(["import", "import", "import", "undo", "redo", "place", "reconcile"])
        if step == "undo" and standing:
            here.undo(standing.pop(chance.randrange(len(standing))))
        elif step == "redo":
            with contextlib.suppress(UserError):  # a later word may stand, other files may have brought its rows
                here.redo()
        elif step == "place":
            here.place([Placement("S2", code="T9", valid_from=FIRST + timedelta(days=chance.randint(0, 6)))])
        elif step == "reconcile":
            here.reconcile()
        elif waiting:
            entry = here.imports.apply(here.imports.plan(waiting.pop())).entry_id
            assert entry is not None
            standing.append(entry)
        _hold(here, f"{number}: {step}")


def test_dayparts_follow_their_rule_at_once_and_when_it_is_taken_back(here: Workspace, tmp_path: Path) -> None:
    for number in range(2):
        here.imports.apply(here.imports.plan(_sales(random.Random(number), tmp_path, number, [])))
    before = here.book.rows_of("select * from base.daily_sales order by all")
    here.edit_rule("analytics.daypart.lunch", "17", FIRST)
    assert here.book.rows_of("select * from base.daily_sales order by all") != before
    _hold(here, "rule")
    here.undo()
    assert here.book.rows_of("select * from base.daily_sales order by all") == before
    here.redo()
    _hold(here, "again")


def test_only_the_days_that_moved_are_reckoned_anew(here: Workspace, tmp_path: Path) -> None:
    earlier: list[tuple[str, str, datetime]] = []
    here.imports.apply(here.imports.plan(_sales(random.Random(1), tmp_path, 0, earlier)))
    here.book.execute("update base.daily_sales set list_amount = 12345.67 where business_day = $day", day=FIRST)
    here.imports.apply(here.imports.plan(_sales(random.Random(2), tmp_path, 40, [])))
    kept = here.book.rows_of("select distinct list_amount from base.daily_sales where business_day = $day", day=FIRST)
    assert [str(amount) for (amount,) in kept] == ["12345.67"], "a day that nothing touched was left alone"


def test_a_check_of_the_book_tells_sums_that_are_not_those_of_the_rows(here: Workspace, tmp_path: Path) -> None:
    here.imports.apply(here.imports.plan(_sales(random.Random(1), tmp_path, 0, [])))
    assert here.check().good
    here.book.execute("update base.store_day_sales set amount = amount + 1")
    wrong = [one for one in here.check().findings if not one.good]
    assert [(one.code, one.facts) for one in wrong] == [
        ("health.facts", {"count": 3, "tables": "store_day_sales, day_lines, day_sums"})
    ]
    assert "store_day_sales" in texts.word("health.facts", "zh").format_map(wrong[0].facts)


def test_a_deposit_said_to_be_of_earlier_sales_moves_the_money_on_its_way_at_once(
    here: Workspace, tmp_path: Path
) -> None:
    deposit = bank(tmp_path / "b.csv", [("2026-03-20", "77.00", "财付通", "x")])
    here.imports.apply(here.imports.plan([accounts(tmp_path, account("微信", "1900000101", "S1")), deposit]))
    here.reconcile()
    book = here.book
    ((line,),) = book.rows_of("select cast(bank_line_id as varchar) from base.bank_lines")
    # As in a book whose files say that no payout of theirs is this deposit.
    book.execute("update base.row_states set state = 'difference', reason = 'no_settlement' where leg = 'bank'")
    book.execute(
        "insert into base.differences (difference_id, code, state, business_day, amount, record_type, record_id,"
        " channel, cause)"
        " values ($line, 'D09', 'open', date '2026-03-20', 77, 'bank_line', $line, 'wechat', 'no_settlement')",
        line=line,
    )
    facts.matched(book)
    for verdict in ("timing", "reopen"):
        here.decide("difference", [line], verdict, "去年的")
        assert facts.differing(book) == (), verdict
        roll = here.analytics.transit(Period(date(2026, 3, 1), date(2026, 4, 1))).total
        assert roll.received == (77 if verdict == "timing" else 0), verdict
