"""Acquirers pay through banks that no list of payers knows: known by what they pay, believed only with enough of it."""

from __future__ import annotations

import random
from collections.abc import Callable
from datetime import date, timedelta
from decimal import ROUND_HALF_UP, Decimal
from pathlib import Path

import pytest
from acceptance_book import Book
from acceptance_tables import account, accounts, bank, stores
from acceptance_wallets import wx_bill, wx_sale
from test_accept_due_together import BANK, ONE, arrived, bill

CLEARING = "某某银行股份有限公司"
FIRST = date(2026, 3, 2)
Deposits = dict[str, Decimal]


def shop(book: Book, channel: str, merchant: str, rate: str = "0.60%") -> None:
    contract = account(channel, merchant, "S1", rate, BANK, rule="D1")
    book.add(stores(book.folder, "S1 一号店"), accounts(book.folder, contract))


def billed(book: Book, count: int) -> Deposits:
    """So many days of a merchant whose bills come, each paid on the next day; by the day on which it is paid."""
    rng, days = random.Random(7), [FIRST + timedelta(number) for number in range(count)]
    sold = {str(day): f"{rng.randint(5_000, 90_000) / 100:.2f}" for day in days}
    book.add(
        stores(book.folder, "S1 一号店"),
        accounts(book.folder, account("通联支付", ONE, "S1", "0.38%", BANK, rule="D1")),
    )
    book.add(bill(book.folder, ONE, sold))
    return {str(day + timedelta(1)): Decimal(sold[str(day)]) for day in days}


def unbilled(book: Book, count: int) -> Deposits:
    """The same of a merchant without bills: what is paid is worked out from its sales."""
    rng, merchant = random.Random(8), "1900000101"
    book.add(
        stores(book.folder, "S1 一号店"), accounts(book.folder, account("微信", merchant, "S1", bank=BANK, rule="D1"))
    )
    sales, paid = [], {}
    for number in range(count):
        day, net = FIRST + timedelta(number), Decimal(0)
        for place in range(4):
            amount = Decimal(rng.randint(1_000, 20_000)) / 100
            fee = (amount * Decimal("0.006")).quantize(Decimal("0.01"), ROUND_HALF_UP)
            at, own = f"{day} 1{place}:00:00", f"{number:03d}{place}"
            sales.append(
                wx_sale(f"420000180{number + 1:017d}{place}7", own, at, f"{amount:.2f}", f"{fee:.2f}", merchant)
            )
            net += amount - fee
        paid[str(day + timedelta(1))] = net
    book.add(wx_bill(book.folder / "wx.csv", sales))
    return paid


def statement(
    folder: Path, paid: Deposits, payer: str = CLEARING, more: tuple[tuple[str, str, str, str], ...] = ()
) -> Path:
    lines = [(f"{day} 09:00:00", f"{amount:.2f}", payer, "结算款") for day, amount in paid.items()]
    return bank(folder / "bank.csv", sorted([*lines, *more]))


@pytest.mark.parametrize(("kind", "enough"), [(billed, 5), (unbilled, 9)])
def test_who_brings_enough_to_the_cent_pays_for_the_channel(
    book: Book, kind: Callable[[Book, int], Deposits], enough: int
) -> None:
    paid = kind(book, enough)
    book.add(statement(book.folder, paid))
    book.reconcile()
    assert len(arrived(book)) == enough
    assert "D09" not in {code for code, _, _ in book.codes()}


@pytest.mark.parametrize(("kind", "enough"), [(billed, 5), (unbilled, 9)])
def test_one_less_tells_nothing(book: Book, kind: Callable[[Book, int], Deposits], enough: int) -> None:
    paid = kind(book, enough)
    paid.popitem()
    book.add(statement(book.folder, paid))
    book.reconcile()
    assert arrived(book) == {}


def test_who_brings_other_money_too_is_no_payer_of_a_channel(book: Book) -> None:
    """A bank through which everybody pays proves nothing by the few sums that agree."""
    paid = billed(book, 8)
    strange = tuple((f"2026-03-0{3 + number} 15:00:00", f"{number + 1}00.01", CLEARING, "货款") for number in range(3))
    book.add(statement(book.folder, paid, more=strange))
    book.reconcile()
    assert arrived(book) == {}


def test_equal_sums_are_of_anybody(book: Book) -> None:
    """Eight deposits of one and the same amount agree with eight equal days, whoever pays them."""
    book.add(
        stores(book.folder, "S1 一号店"),
        accounts(book.folder, account("通联支付", ONE, "S1", "0.38%", BANK, rule="D1")),
    )
    days = [FIRST + timedelta(number) for number in range(8)]
    book.add(bill(book.folder, ONE, {str(day): "300.00" for day in days}))
    book.add(statement(book.folder, {str(day + timedelta(1)): Decimal(300) for day in days}))
    book.reconcile()
    assert arrived(book) == {}


def test_a_deposit_of_a_learned_payer_still_has_to_agree(book: Book) -> None:
    paid = billed(book, 8)
    last = max(paid)
    paid[last] += Decimal("0.01")
    book.add(statement(book.folder, paid, more=(("2026-03-25 09:00:00", "-1.00", "房东", "房租"),)))
    book.reconcile()
    assert len(arrived(book)) == 7
    assert {code for code, _, _ in book.codes()} >= {"D08", "D09"}


def test_it_is_learned_from_all_files_whenever_they_came(book: Book, tmp_path: Path) -> None:
    """The deposits of the first week come first and stay open until the second week tells who pays."""
    paid = unbilled(book, 14)
    days = sorted(paid)
    for number, part in enumerate((days[:6], days[6:])):
        folder = tmp_path / f"part{number}"
        folder.mkdir()
        book.add(statement(folder, {day: paid[day] for day in part}))
        book.reconcile()
        assert len(arrived(book)) == (0 if number == 0 else 14)
