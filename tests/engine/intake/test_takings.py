"""What wallets took is what the payments say after every step; only the days that moved are reckoned anew."""

from __future__ import annotations

import contextlib
import random
from datetime import date, datetime, timedelta
from decimal import Decimal
from pathlib import Path

import pytest
from acceptance_tables import account, accounts, stores
from acceptance_wallets import Row, ali_bill, ali_sale, wx_bill, wx_refund, wx_sale

from chainbrain import facts
from chainbrain.errors import UserError
from chainbrain.intake.places import Placement
from chainbrain.reconciliation import attribution
from chainbrain.workspace import Workspace

FIRST = datetime(2026, 3, 2)
MERCHANTS = ("1900000101", "1900000102")


class _NotKeptError(Exception):
    """Rolls a trial back."""


def _sale(chance: random.Random, number: int) -> Row:
    at = FIRST + timedelta(days=number // 6 + chance.randint(0, 2), minutes=chance.randint(0, 1439))
    mch, sold = chance.choice(MERCHANTS), f"{4200000000000 + number}"
    amount = f"{chance.randint(1, 99)}.00"
    if chance.random() < 0.2:
        return wx_refund(sold, f"O{number}", f"{at}", amount, f"5{sold}", f"B{number}", mch=mch)
    return wx_sale(sold, f"O{number}", f"{at}", amount, "0.03", mch)


def _bills(chance: random.Random, folder: Path) -> list[list[Path]]:
    """Bills of neighbouring days; some rows stand in two of them, and rows of one day in several."""
    sales = [_sale(chance, number) for number in range(36)]
    found = []
    for number in range(5):
        rows = sorted(sales[6 * number : 6 * number + 12], key=lambda row: str(row["交易时间"]))
        found.append([wx_bill(folder / f"wx-{number}.csv", rows)])
    for number in range(2):
        at = FIRST + timedelta(days=2 * number, hours=2)
        rows = [ali_sale(f"202603{number}{line}", f"A{number}{line}", f"{at}", "7.00", "0.04") for line in range(3)]
        # Rows that name no shop, in a file that does.
        found.append([ali_bill(folder / f"ali-{number}.csv", rows)])
    return found


def _hold(here: Workspace, step: str) -> None:
    assert facts.differing(here.book) == (), step


def _links_hold(here: Workspace, step: str) -> None:
    """Links of payments, too, are what writing all of them gives."""
    links = "select * from base.payment_links order by all"
    kept = here.book.rows_of(links)
    with contextlib.suppress(_NotKeptError), here.book.transaction():
        here.book.execute("delete from base.link_marks")
        attribution.refresh(here.book)
        assert here.book.rows_of(links) == kept, step
        raise _NotKeptError


@pytest.mark.parametrize("seed", [1, 2])
def test_takings_are_what_the_payments_say_after_every_step(here: Workspace, tmp_path: Path, seed: int) -> None:
    chance = random.Random(seed)
    waiting = _bills(chance, tmp_path)
    for number, cutoff in enumerate(("00:00", "04:00")):
        folder = tmp_path / f"master-{number}"
        folder.mkdir()
        since = f"2026-03-0{2 + 2 * number}"
        waiting.append([stores(folder, f"S1 一号店 {cutoff}", "S2 二号店"), accounts(
            folder, account("微信", MERCHANTS[0], "S1", since=since), account("微信", MERCHANTS[1], f"S{2 - number}"),
            account("支付宝", "2088111122223334", "S1", since=since),
        )])  # fmt: skip
    chance.shuffle(waiting)
    standing: list[int] = []
    some, placed = False, 0
    for number in range(10):
        step = chance.choice(["import", "import", "import", "undo", "redo", "place", "reconcile"])
        if step == "undo" and standing:
            here.undo(standing.pop(chance.randrange(len(standing))))
        elif step == "redo":
            with contextlib.suppress(UserError):  # a later word may stand, other files may have brought its rows
                here.redo()
        elif step == "place" and placed < 3:
            placed += 1
            since = FIRST.date() + timedelta(days=chance.randint(0, 6))
            with contextlib.suppress(UserError):  # there may be no such store yet
                here.place([Placement("S2", channel="wechat", merchant_no=MERCHANTS[0], valid_from=since)])
        elif step == "reconcile":
            here.reconcile()
        elif waiting:
            entry = here.imports.apply(here.imports.plan(waiting.pop())).entry_id
            assert entry is not None
            standing.append(entry)
        some = some or here.book.one_of("select count(distinct store_id) > 0 from base.daily_takings")[0]
        _hold(here, f"{number}: {step}")
        if number % 3 == 0 or step == "undo":
            _links_hold(here, f"{number}: {step}")
    assert some


def _two_days(here: Workspace, folder: Path) -> None:
    for day in (0, 20):
        at = FIRST + timedelta(days=day, hours=9)
        here.imports.apply(
            here.imports.plan([wx_bill(folder / f"d{day}.csv", [wx_sale(f"42{day}", f"O{day}", f"{at}", "5.00")])])
        )


def _spoil(here: Workspace) -> None:
    """A sum no payment makes: it stays where nobody reckons."""
    here.book.execute("update base.daily_takings set takings = 12345.67")


def _spoilt(here: Workspace) -> list[date]:
    return [
        day
        for (day,) in here.book.rows_of(
            "select business_day from base.daily_takings where takings = 12345.67 order by 1"
        )
    ]


def test_only_the_days_whose_payments_moved_are_reckoned_anew(here: Workspace, tmp_path: Path) -> None:
    _two_days(here, tmp_path)
    _spoil(here)
    at = FIRST + timedelta(days=20, hours=10)
    entry = here.imports.apply(
        here.imports.plan([wx_bill(tmp_path / "more.csv", [wx_sale("4299", "O99", f"{at}", "3.00")])])
    ).entry_id
    assert _spoilt(here) == [FIRST.date()]
    sums = "select takings from base.daily_takings where business_day > $first"
    assert here.book.rows_of(sums, first=FIRST.date()) == [(Decimal("8.00"),)]
    assert entry is not None
    here.undo(entry)
    assert (_spoilt(here), here.book.rows_of(sums, first=FIRST.date())) == ([FIRST.date()], [(Decimal("5.00"),)])


def test_a_contract_moves_the_days_on_which_it_holds(here: Workspace, tmp_path: Path) -> None:
    _two_days(here, tmp_path)
    _spoil(here)
    since = (FIRST + timedelta(days=10)).date()
    here.imports.apply(here.imports.plan([
        stores(tmp_path, "S1 一号店 10:00"), accounts(tmp_path, account("微信", MERCHANTS[0], "S1", since=f"{since}")),
    ]))  # fmt: skip
    assert _spoilt(here) == [FIRST.date()]
    later = here.book.rows_of("select store_id, business_day from base.daily_takings where store_id is not null")
    # Before the cut-off: it belongs to the day before.
    assert later == [("S1", (FIRST + timedelta(days=19)).date())]


def test_a_receipt_seen_twice_is_counted_once_and_a_book_of_before_is_reckoned_whole(
    here: Workspace, tmp_path: Path
) -> None:
    _two_days(here, tmp_path)
    here.book.execute(
        "insert into base.bridged_payments select payment_id from base.payments where occurred_at < $day",
        day=FIRST + timedelta(days=1),
    )
    with here.book.transaction():
        facts.placed(here.book)
    assert here.book.one_of("select count(*) from base.daily_takings") == (1,)
    _hold(here, "bridged")
    _spoil(here)
    with contextlib.suppress(_NotKeptError), here.book.transaction():
        for table in ("taking_marks", "place_marks", "payments", "payment_links"):
            here.book.execute(f"delete from base.{table}")
        facts.placed(here.book)
        _hold(here, "of before")
        raise _NotKeptError
    assert len(_spoilt(here)) == 1
