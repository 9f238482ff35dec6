"""Readable builders for wallets that settle straight to the bank: stores, their sales of each day, and the deposits."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta
from decimal import Decimal

from reconcile_book import DAY, World, at

from chainbrain.money import half_up
from chainbrain.reconciliation.room import Decision, ReconciliationRoom

M = "1900000001"
NUMBERS = {"S1": M, "S2": "1900000020", "S3": "1900000030"}
SIZES = {"S1": Decimal(1), "S2": Decimal(3), "S3": Decimal("1.2")}
LAST = 11  # DAY is a Monday; its Friday of the next week


def sales(n: int, store: str = "S1") -> tuple[Decimal, Decimal]:
    """Two sales of the n-th day; sums that nothing else gives."""
    early, late = Decimal(f"{100 + 7 * n}.{11 + n}"), Decimal(f"{260 + 13 * n}.{37 + n}")
    return half_up(early * SIZES[store]), half_up(late * SIZES[store])


def net(*amounts: Decimal, rate: str = "0.0038") -> Decimal:
    return sum((amount - half_up(amount * Decimal(rate)) for amount in amounts), Decimal(0))


def after(days: int) -> date:
    return DAY + timedelta(days=days)


def a_chain(*stores: str, rule: str = "D1", evening: str = "19:30:00") -> World:
    book = World().bank()
    for store in stores or ("S1",):
        merchant = NUMBERS[store]
        book.store(store).account("wechat", merchant, store, rule=rule)
        for n in range(LAST + 1):
            for word, amount, clock in zip("ab", sales(n, store), ("11:00:00", evening), strict=True):
                book.payment(f"{store}{n}{word}", str(amount), merchant=merchant, when=at(clock, after(n)))
    return book


def deposits(book: World, sums: Mapping[date, Decimal], *, named: bool = True, merchant: str = M) -> World:
    for day, amount in sums.items():
        memo = f"商户号{merchant} {day:%Y%m%d}" if named else "结算款"
        book.bank_line(f"B{merchant}{day}", str(amount), day=day, memo=memo)
    return book


def daily(first: int = 0, last: int = 9, store: str = "S1") -> dict[date, Decimal]:
    """What each of these days brings on the next one."""
    return {after(n + 1): net(*sales(n, store)) for n in range(first, last + 1)}


def suggestions(book: World) -> list[tuple[str, int, int, int]]:
    """Stage, number of answers, payouts and deposits of every suggestion."""
    return book.book.rows_of(
        "select m.stage, m.solutions, count(*) filter (where o.side = 'inner'), "
        "count(*) filter (where o.side = 'outer') "
        "from main.matches m join main.match_members o on o.match_id = m.match_id "
        "where m.state = 'suggested' group by m.match_id, m.stage, m.solutions order by all"
    )


def accepted(book: World) -> None:
    """A person takes the only suggestion."""
    ((match_id,),) = book.book.rows_of("select cast(match_id as varchar) from main.matches where state = 'suggested'")
    book.insert("history", entry_id=7, at=at(), who="我", kind="decide", facts="{}", undoable=True)
    ReconciliationRoom(book.book).decide(7, Decision("match", (match_id,), "accept"))
    book.reconcile()
