"""Links of payments are written only on days on which something moved; that they hold, the walk of takings proves."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal
from pathlib import Path

import pytest
from acceptance_tables import account, accounts, stores
from acceptance_wallets import wx_bill, wx_sale

from chainbrain.reconciliation import attribution
from chainbrain.workspace import Workspace

MERCHANT = "1900000101"
DAYS = (date(2026, 3, 2), date(2026, 3, 12), date(2026, 3, 22))
_LINKS = "select payment_id, account_id, store_id, business_day, settlement_id from base.payment_links order by all"


@pytest.fixture
def three_days(here: Workspace, tmp_path: Path) -> Workspace:
    bills = []
    for day in DAYS:
        at = datetime(day.year, day.month, day.day, 9)
        sale = wx_sale(f"42{day:%m%d}", f"O{day}", f"{at}", "5.00", mch=MERCHANT)
        bills.append(wx_bill(tmp_path / f"d{day}.csv", [sale]))
    here.imports.apply(here.imports.plan(bills))
    return here


def _spoil(here: Workspace) -> None:
    """A store nobody has: it stays where nothing is written."""
    here.book.execute("update base.payment_links set store_id = 'NOBODY'")


def _spoilt(here: Workspace) -> list[date]:
    return [
        day
        for (day,) in here.book.rows_of(
            "select distinct business_day from base.payment_links where store_id = 'NOBODY' order by 1"
        )
    ]


def test_an_import_and_its_undoing_write_the_links_of_its_days(three_days: Workspace, tmp_path: Path) -> None:
    _spoil(three_days)
    bill = wx_bill(tmp_path / "more.csv", [wx_sale("4299", "O99", "2026-03-12 10:00:00", "3.00", mch=MERCHANT)])
    entry = three_days.imports.apply(three_days.imports.plan([bill])).entry_id
    assert _spoilt(three_days) == [DAYS[0], DAYS[2]]
    assert three_days.book.one_of("select count(*) from base.payment_links") == (4,)
    assert entry is not None
    three_days.undo(entry)
    assert (_spoilt(three_days), len(three_days.book.rows_of(_LINKS))) == ([DAYS[0], DAYS[2]], 3)


def test_a_contract_and_a_day_cut_off_write_the_links_of_the_days_on_which_they_hold(
    three_days: Workspace, tmp_path: Path
) -> None:
    _spoil(three_days)
    master = [
        stores(tmp_path, "S1 一号店 10:00"),
        accounts(tmp_path, account("微信", MERCHANT, "S1", since="2026-03-10")),
    ]
    three_days.imports.apply(three_days.imports.plan(master))
    assert _spoilt(three_days) == [DAYS[0]]
    placed = three_days.book.rows_of(
        "select store_id, business_day from base.payment_links where store_id <> 'NOBODY' order by all"
    )
    # Before the cut-off: each belongs to the day before.
    assert placed == [("S1", date(2026, 3, 11)), ("S1", date(2026, 3, 21))]


def test_a_payout_that_comes_to_be_known_is_written_on_the_days_of_its_payments(three_days: Workspace) -> None:
    book = three_days.book
    day = {"day": DAYS[1], "merchant": MERCHANT}
    _spoil(three_days)
    book.execute(
        "update base.payments set settlement_ref = 'B1', bill_day = $day where cast(occurred_at as date) = $day",
        day=DAYS[1],
    )
    book.execute(
        "insert into base.settlement_rows (settlement_row_id, channel, merchant_no, external_id, bill_day, amount,"
        " pays_on, file_id, line) values (uuid(), 'wechat', $merchant, 'B1', $day, $amount, $day, uuid(), 1)",
        amount=Decimal("5.00"), **day,
    )  # fmt: skip
    with book.transaction():
        attribution.refresh(book)
    assert _spoilt(three_days) == [DAYS[0], DAYS[2]]
    known = "select business_day from base.payment_links where settlement_id is not null"
    assert book.rows_of(known) == [(DAYS[1],)]
    # The print is gone again.
    book.execute("delete from base.settlement_rows")
    with book.transaction():
        attribution.refresh(book)
    assert book.rows_of(known) == []


def test_a_book_of_before_and_other_statements_have_every_link_written(
    three_days: Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    _spoil(three_days)
    three_days.book.execute("delete from base.link_marks")
    with three_days.book.transaction():
        attribution.refresh(three_days.book)
    assert _spoilt(three_days) == []
    _spoil(three_days)
    with three_days.book.transaction():
        attribution.refresh(three_days.book)
    assert _spoilt(three_days) == list(DAYS)
    monkeypatch.setattr(attribution, "_program", lambda: "another")
    with three_days.book.transaction():
        attribution.refresh(three_days.book)
    assert _spoilt(three_days) == []
