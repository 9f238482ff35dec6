"""Daily sales: what counts as a sale, on which day, in which daypart, under which channel."""

from __future__ import annotations

from datetime import date, datetime, time
from decimal import Decimal

from hypothesis import given, settings
from hypothesis import strategies as st
from sales_book import MONDAY, SalesBook

from chainbrain.analytics import daily

TUESDAY = date(2026, 6, 2)


def test_a_refund_belongs_to_its_own_day_and_a_cancelled_order_to_none() -> None:
    book = (
        SalesBook()
        .store("S1")
        .sale("S1", MONDAY, "30.00", refund="10.00", refunded_at=datetime(2026, 6, 2, 9), status="partly_refunded")
        .sale("S1", MONDAY, "99.00", status="cancelled")
        .sale("S1", MONDAY, "15.00", status="open")
        .done()
    )
    rows = book.rows_of(
        "select business_day, orders, amount, refunds, refund_count from base.store_day_sales order by 1"
    )
    assert rows == [
        (MONDAY, 1, Decimal("30.00"), Decimal("0.00"), 0),
        (TUESDAY, 0, Decimal("0.00"), Decimal("10.00"), 1),
    ]


def test_a_refund_after_midnight_belongs_to_the_evening_before_the_cut_off() -> None:
    book = (
        SalesBook()
        .store("S1", day_cutoff=time(4))
        .sale(
            "S1", MONDAY, "30.00", hour=23, refund="30.00", refunded_at=datetime(2026, 6, 2, 1, 30), status="refunded"
        )
        .done()
    )
    assert book.rows_of("select distinct business_day from base.daily_sales") == [(MONDAY,)]


def test_a_top_up_is_no_sale() -> None:
    book = SalesBook().store("S1").sale("S1", MONDAY, "500", channel="stored_value").sale("S1", MONDAY, "20").done()
    assert book.rows_of("select sum(amount) from base.daily_sales") == [(Decimal("20.00"),)]


def test_the_sales_channel_is_the_platform_that_sold_or_paid() -> None:
    book = (
        SalesBook()
        .store("S1")
        .sale("S1", MONDAY, "20", channel="meituan")
        .sale("S1", MONDAY, "21", method="douyin")
        .sale("S1", MONDAY, "22", channel="wechat")
        .sale("S1", MONDAY, "23", channel="takeaway")
        .done()
    )
    assert book.rows_of("select channel, sum(amount) from base.daily_sales group by 1 order by 2") == [
        ("meituan", Decimal("20.00")),
        ("douyin", Decimal("21.00")),
        ("in_store", Decimal("22.00")),
        ("takeaway", Decimal("23.00")),
    ]


def test_dayparts_follow_the_hours_and_an_edited_rule() -> None:
    chain = SalesBook().store("S1")
    for hour in (4, 5, 9, 10, 13, 14, 16, 17, 20, 21, 23):
        chain.sale("S1", MONDAY, "10", hour=hour)
    chain.row("rules", key="analytics.daypart.lunch", value="9", valid_from=date(2026, 1, 1))
    found = dict(
        chain.done().rows_of("select daypart, list(distinct hour order by hour) from base.daily_sales group by 1")
    )
    assert found == {
        "night": [4, 21, 23],
        "early": [5],
        "lunch": [9, 10, 13],
        "afternoon": [14, 16],
        "evening": [17, 20],
    }


def test_refreshing_some_days_leaves_the_others_and_is_idempotent() -> None:
    book = SalesBook().store("S1").sales("S1", MONDAY, [10, 20, 30]).done()
    before = book.rows_of("select * from base.daily_sales order by all")
    book.execute("delete from base.daily_sales where business_day = $day", day=TUESDAY)
    daily.rewrite(book, [TUESDAY])
    daily.refresh(book)
    assert book.rows_of("select * from base.daily_sales order by all") == before


@settings(max_examples=25, deadline=None)
@given(
    st.lists(
        st.tuples(
            st.integers(0, 2),
            st.integers(0, 9),
            st.integers(0, 23),
            st.integers(1, 99_999),
            st.sampled_from(["completed", "refunded", "cancelled"]),
        ),
        max_size=30,
    )
)
def test_daily_sales_add_up_to_the_orders(orders: list[tuple[int, int, int, int, str]]) -> None:
    chain = SalesBook()
    for store, day, hour, fen, status in orders:
        chain.sale(f"S{store}", date(2026, 6, 1 + day), Decimal(fen) / 100, hour=hour, status=status)
    book = chain.done()
    told = book.one_of("select coalesce(sum(amount), 0), coalesce(sum(orders), 0) from base.daily_sales")
    known = book.one_of("select coalesce(sum(amount), 0), count(*) from base.orders where status <> 'cancelled'")
    assert told == known
