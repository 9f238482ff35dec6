"""How far a store and month are: what was found is what is settled and what is left, and it ends at nothing."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal

from reconcile_book import DAY, World, a_shop, a_tender, at

from chainbrain.reconciliation.progress import Progress, together
from chainbrain.reconciliation.room import Decision, ReconciliationRoom

MONTH = DAY.replace(day=1)


def a_book() -> World:
    """Two sales that only the till knows, a deposit that nobody knows, a payout that may be another deposit."""
    book = a_shop().bank()
    book.order("S1", "A1", "28.00", a_tender("4200001")).order("S1", "A2", "30.00", a_tender("4200002"))
    book.wallet_line("W2", "-12.00", "withdrawal", when=at("08:00:00", DAY + timedelta(days=2)))
    book.bank_line("B2", "12.00", day=DAY + timedelta(days=2), memo="转账存入", payer="")
    book.bank_line("B3", "20000.00", day=DAY + timedelta(days=3), memo="往来款", payer="黄志强")
    book.reconcile()
    return book


def say(book: World, entry: int, subject: str, number: str, verdict: str) -> None:
    book.book.execute(
        "insert into base.history values ($e, now()::timestamp, 'me', 'decide', '{}', true, null, null)", e=entry
    )
    ReconciliationRoom(book.book).decide(entry, Decision(subject, (number,), verdict, "seen"))


def test_what_was_found_is_settled_one_by_one_until_nothing_is_left() -> None:
    book = a_book()
    room = ReconciliationRoom(book.book)
    chain, shop = room.progress()
    assert shop == Progress("S1", MONTH, 2, 0, 2, Decimal("58.00")) and not shop.done
    assert chain == Progress(None, MONTH, 2, 0, 2, Decimal("20012.00"))
    assert together(room.progress()).open == room.summary().open_count
    assert together(room.progress()).open_amount == room.summary().open_amount
    ids = book.book.rows_of("select cast(difference_id as varchar) from base.differences where state = 'open'")
    (match,) = book.book.rows_of("select cast(match_id as varchar) from base.matches where state = 'suggested'")
    for entry, (number,) in enumerate(ids, start=10):
        say(book, entry, "difference", number, "explain")
    assert [one.open for one in room.progress()] == [1, 0]
    say(book, 50, "match", match[0], "accept")
    done = together(room.progress())
    assert (done.found, done.settled, done.open, done.open_amount, done.done) == (4, 4, 0, Decimal("0.00"), True)
    assert all(one.done for one in room.progress())
    assert room.progress(first=MONTH + timedelta(days=40)) == ()


def test_the_work_of_one_store_is_its_own() -> None:
    book = a_book()
    room = ReconciliationRoom(book.book)
    assert [(one.work, one.count) for one in room.summary(store="S1").work if one.count] == [("till_only", 2)]
    assert room.summary(store="S2").work == ()
