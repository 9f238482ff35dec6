"""What is kept of stores and their days is what it would be anew; sums of a period are those of its store-days."""

from __future__ import annotations

import random
from collections import Counter
from datetime import date, timedelta

import pytest
from sales_book import SalesBook

from chainbrain import facts, kept_days
from chainbrain.analytics.periods import Period
from chainbrain.analytics.store_sums import StoreSums, store_sums
from chainbrain.database.book import Book

FIRST, DAYS = date(2026, 3, 2), 60
STORES = ("S1", "S2", "S3", "S4")
KEPT = {"known_stores", "known_contracts", "day_sums", "day_lines"}
# Each moves one thing that what is kept is made of.
MOVES = {
    "refunds": "update base.store_day_sales set refunds = refunds + 1 where business_day = $day and store_id = $store",
    "fees": "update base.daily_takings set fees = fees + 0.00001 where business_day = $day and store_id = $store",
    "unknown store": "insert into base.daily_takings values (null, $day, 'wechat', 0.6, if($store = 'S1', 100, 200))",
    "contract": "update base.accounts set valid_to = $day where store_code = $store",
    "name": "update base.stores set name = name || '店' where code = $store and $day is not null",
    "opened": "update base.stores set opened_on = $day where code = $store",
    "closed": "update base.stores set closed_on = $day where code = $store",
    "till": "delete from base.till_days where day = $day and store_id = $store",
    "part": "update base.till_days set whole = false where day = $day and store_id = $store",
    "bill": "delete from base.account_days where day = $day and account_no = 'M' || $store",
    "exchange": "update base.store_day_sales set store_id = if(store_id = $store, 'S4', $store)"
    " where store_id in ($store, 'S4') and business_day = $day",
    "holiday": "insert or replace into base.holidays select $day, 'holiday', '节', false where $store <> ''",
    "long ago": "insert into base.store_day_sales select $store, $day - 1100, 3, 77, 0, 0"
    " where not exists (from base.store_day_sales where business_day = $day - 1100)",
    "mistyped": "insert into base.till_days select $store, $day + 36500, true, true"
    " where not exists (from base.till_days where day > $day + 3650)",
}
DAILY = """
with pairs as (from base.day_pairs($first, $after, $shift))
select s.store_id, count(*) filter (where p.state = 'pair'), count(*) filter (where p.state = 'calendar'),
       sum(n.amount) filter (where p.state = 'pair'), sum(b.amount) filter (where p.state = 'pair'),
       sum(n.refunds) filter (where p.state = 'pair'), sum(t.fees) filter (where p.state = 'pair'),
       sum(u.takings) filter (where p.state = 'pair')
from base.known_stores s
join pairs p on p.store_id = s.store_id
left join base.store_day_sales n on n.store_id = p.store_id and n.business_day = p.day
left join base.store_day_sales b on b.store_id = p.store_id and b.business_day = p.base_day
left join base.daily_takings t on t.store_id = p.store_id and t.business_day = p.day
left join base.daily_takings u on u.store_id = p.store_id and u.business_day = p.base_day
group by s.store_id order by s.store_id
"""
WHOLE = """
with sold as (from base.store_day_sales where business_day >= $first and business_day < $after),
charged as (from base.daily_takings where business_day >= $first and business_day < $after)
select d.store_id, count(d.state), count(*) filter (where d.state = 'missing'),
       count(*) filter (where d.state = 'part'), (select sum(amount) from sold s where s.store_id = d.store_id),
       (select sum(fees) from charged c where c.store_id = d.store_id),
       d.store_id in (select store_id from base.source_days($first, $after) where state = 'missing')
from base.store_days($first, $after) d group by d.store_id order by d.store_id
"""


@pytest.fixture(scope="module")
def book() -> Book:
    chance = random.Random(3)
    made = SalesBook()
    for store in STORES:
        made.store(store).account(store, "wechat", f"M{store}")
        made.sales(store, FIRST, [None if chance.random() < 0.05 else chance.randint(50, 150) for _ in range(DAYS)])
    book = made.done()
    for day in (FIRST + timedelta(days=number) for number in range(DAYS)):
        for store in STORES:
            book.execute("insert into base.daily_takings values ($s, $d, 'wechat', 0.6, 100)", s=store, d=day)
            book.execute("insert into base.account_days values ('wechat', 'M' || $s, $d, true)", s=store, d=day)
            book.execute("insert into base.till_days values ($s, $d, true, true)", s=store, d=day)
    _keep(book)
    return book


def _keep(book: Book) -> None:
    with book.transaction():
        kept_days.keep(book)


def _hold(book: Book, period: Period, step: str) -> str:
    days = {"first": period.first, "after": period.after, "shift": period.shift}
    told = [StoreSums(*row) for row in store_sums(book, period).rows()]
    named = [one for one in told if one.name is not None]
    compared = [
        (s.store_id, s.compared_days, len(s.calendar_days), s.now_amount, s.base_amount, s.now_refunds, s.now_fees,
         s.base_takings) for s in named
    ]  # fmt: skip
    assert compared == book.rows_of(DAILY, **days), step
    whole = [
        (s.store_id, s.expected_days, s.missing_days, s.part_days, s.amount, s.fees, s.lacking)
        for s in named
        if s.expected_days
    ]
    assert whole == book.rows_of(WHOLE, first=period.first, after=period.after), step
    charged = "select sum(takings) from base.daily_takings where business_day >= $first and business_day < $after"
    everything = book.one_of(charged, first=period.first, after=period.after)[0]
    assert sum(one.takings or 0 for one in told) == (everything or 0), step
    return kept_days.days_from(book, period.first, period.after, period.shift)


def test_sums_are_those_of_the_single_days_after_every_step(book: Book) -> None:
    chance, grounds = random.Random(11), Counter[str]()
    for number, what in enumerate([*MOVES, *chance.choices(list(MOVES), k=12)]):
        day, store = FIRST + timedelta(days=chance.randrange(DAYS)), chance.choice(STORES[:3])
        with book.transaction():
            book.execute(MOVES[what], day=day, store=store)
            kept_days.keep(book)
        step = f"{number}: {what} {store} {day}"
        assert not KEPT & set(facts.differing(book)), step
        for _ in range(3):
            first = FIRST + timedelta(days=chance.randint(-300, DAYS))
            length, weeks = chance.choice([1, 7, 28, 90]), chance.choice([1, 4, 52])
            period = Period(first, first + timedelta(days=length), weeks)
            grounds[_hold(book, period, f"{step}, {period}")] += 1
    assert len(grounds) == 2, "what is kept and what is not were both read"


def test_a_reader_is_told_the_same(book: Book) -> None:
    period = Period(FIRST + timedelta(days=20), FIRST + timedelta(days=40), 3)
    assert store_sums(book.reader(), period).equals(store_sums(book, period))


def test_two_stores_that_exchange_their_states_move_the_day() -> None:
    # Of a hash over several values the last is laid over the others as it is: of these two such sums stay the same.
    one, other = "S0235", "S0844"
    made = SalesBook().store(one, opened_on=FIRST).store(other, opened_on=FIRST)
    book = made.sale(one, FIRST, "100").sale(other, FIRST, "100").done()
    for part, whole in ((one, other), (other, one)):
        with book.transaction():
            book.execute("delete from base.till_days")
            book.execute("insert into base.till_days values ($s, $d, true, false)", s=part, d=FIRST)
            book.execute("insert into base.till_days values ($s, $d, true, true)", s=whole, d=FIRST)
            kept_days.keep(book)
        assert "day_sums" not in facts.differing(book)
        assert book.rows_of("select store_id from base.day_sums where state = 'part'") == [(part,)]
