"""Strip, league, mix, heat map and trend agree with each other and with the orders."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from decimal import Decimal

from hypothesis import given, settings
from hypothesis import strategies as st
from sales_book import MONDAY, SalesBook, uid

from chainbrain.analytics import heatmap, mix, overview, stores, trend
from chainbrain.analytics.periods import Period, of_one_day

WEEK = timedelta(days=7)


def money(text: str) -> Decimal:
    return Decimal(text)


def test_the_strip_compares_only_days_that_are_there_on_both_sides() -> None:
    day = MONDAY + timedelta(days=28)
    book = (
        SalesBook()
        .store("S1", opened_on=date(2020, 1, 1))
        .store("S2", opened_on=date(2020, 1, 1))
        .sale("S1", MONDAY, "100")
        .sale("S1", day, "80")
        .sale("S1", day, "30", refund="5")
        .sale("S2", day, "1000")
        .payment("S1", "wechat", day, "110.00", "0.42")
        .payment("S1", "wechat", day, "-5.00", "-0.02", kind="refund")
        .payment("S1", "wechat", day, "999.00", "9.99", cancelled=True)
        .payment("S1", "meituan", day, "-30.00", "0", kind="adjustment")
        .done()
    )
    found = overview.strip(book, of_one_day(day))
    assert (found.receipts.value, found.orders.value, found.ticket.value) == (money("1110.00"), 3, money("370.00"))
    assert (found.receipts.change.now, found.receipts.change.before) == (money("110.00"), money("100.00"))
    assert found.receipts.change.ratio == money("0.1")
    assert (found.ticket.change.now, found.ticket.change.before) == (money("55.00"), money("100.00"))
    assert (found.fees.value, found.takings, found.take_rate.value) == (
        money("0.40"),
        money("105.00"),
        money("0.003810"),
    )
    assert (found.refunds.value, found.stores, found.stores_compared) == (money("5.00"), 2, 1)
    one = overview.strip(book, of_one_day(day), stores=["S1"])
    assert one.receipts.value == money("110.00")


def test_a_bank_account_shows_its_last_balance_whichever_way_the_file_runs() -> None:
    chain = SalesBook()
    for account, first, lines in (
        ("6222000000008812", "old", [(2, "10:00", "5", "105"), (3, "11:00", "7", "112"), (4, "11:00", "1", "113")]),
        ("6222000000003307", "new", [(2, "11:00", "1", "213"), (3, "11:00", "7", "212"), (4, "10:00", "5", "205")]),
    ):
        for line, clock, amount, balance in lines:
            chain.row(
                "bank_lines",
                bank_line_id=uid(first, line),
                bank_account=account,
                amount=money(amount),
                balance=money(balance),
                posted_at=datetime.fromisoformat(f"2026-06-01T{clock}"),
                file_id=uid(first),
                line=line,
            )
    chain.row(
        "openings",
        opening_id=uid("o"),
        kind="bank",
        account_no="6222000000005520",
        day=MONDAY,
        balance=money("40"),
        file_id=uid("o"),
        line=2,
    )
    found = overview.balances(chain.done(), of_one_day(MONDAY + timedelta(days=3)))
    assert [(a.number, a.balance) for a in found] == [
        ("…3307", money("213")),
        ("…8812", money("113")),
        ("…5520", money("40")),
    ]


def test_the_league_ranks_and_its_total_is_the_chain() -> None:
    day = MONDAY + timedelta(days=28)
    book = (
        SalesBook()
        .store("S1", "南山店", opened_on=date(2020, 1, 1))
        .store("S2", "福田店", opened_on=date(2020, 1, 1))
        .sales("S1", MONDAY, ["100", "100"])
        .sales("S1", day, ["90", "130"])
        .sales("S2", MONDAY, ["100", None])
        .sales("S2", day, ["50", "500"])
        .payment("S1", "wechat", day, "90.00", "0.34")
        .done()
    )
    found = stores.league(book, Period(day, day + timedelta(days=2)))
    assert [(row.name, row.receipts, row.orders) for row in found.rows] == [
        ("福田店", money("550.00"), 2),
        ("南山店", money("220.00"), 2),
    ]
    assert [row.like_for_like.ratio for row in found.rows] == [money("-0.5"), money("0.1")]
    assert found.total.like_for_like.ratio == money("-0.1")
    assert (found.rows[0].take_rate, found.rows[1].take_rate) == (None, money("0.003778"))
    assert found.rows[0].recent[-2:] == (money("50.00"), money("500.00"))
    assert found.rows[0].recent[1] is None
    assert found.rows[0].four_wall is None


def test_expected_range_comes_from_comparable_weekdays_and_skips_holidays() -> None:
    chain = SalesBook().store("S1", opened_on=MONDAY)
    amounts = [100, 110, 120, 130, 140, 150, 160, 170, 180, 900, 60]
    for week, amount in enumerate(amounts):
        chain.sale("S1", MONDAY + week * WEEK, str(amount))
    chain.row("holidays", day=MONDAY + 9 * WEEK, kind="holiday", name="中秋节", projected=False)
    book = chain.done()
    days = {day.day: day for day in trend.chain(book, Period(MONDAY, MONDAY + 11 * WEEK))}
    assert days[MONDAY + 3 * WEEK].expected is None  # three Mondays are too few
    assert days[MONDAY + 4 * WEEK].expected == trend.Expected(money("103.00"), money("115.00"), money("127.00"))
    assert days[MONDAY + 9 * WEEK].expected is None
    last = days[MONDAY + 10 * WEEK]
    assert last.expected is not None
    assert last.expected.middle == money("145.00")  # the last eight ordinary Mondays, 110 to 180
    assert days[MONDAY + timedelta(days=1)].amount is None
    shown = trend.by_store(book, MONDAY + 10 * WEEK)
    assert shown[0].deviation == money("-0.586207")


def test_a_growing_store_is_measured_against_where_it_stands() -> None:
    chain = SalesBook().store("S1", opened_on=MONDAY)
    for day in range(105):  # 3 % more every week, up to the week before the autumn holidays
        chain.sale("S1", MONDAY + timedelta(days=day), str(round(1000 * 1.03 ** (day // 7))))
    shown = trend.by_store(chain.done(), MONDAY + timedelta(days=104))[0]
    plain_middle = 1000 * 1.03**9.5  # of the eight weeks before; without the trend this day would be 14 % off
    assert shown.expected is not None
    assert shown.expected.middle > money(str(round(plain_middle * 1.1)))
    assert shown.deviation is not None
    assert abs(shown.deviation) < money("0.02")


def test_a_store_that_lacks_its_file_spoils_neither_the_range_nor_the_zero() -> None:
    chain = SalesBook().store("S1", opened_on=date(2020, 1, 1)).store("S2", opened_on=date(2020, 1, 1))
    for week in range(8):
        chain.sale("S1", MONDAY + week * WEEK, "100")
        if week != 7:
            chain.sale("S2", MONDAY + week * WEEK, "50")
    last = trend.chain(chain.done(), of_one_day(MONDAY + 7 * WEEK))[0]
    assert (last.amount, last.stores, last.stores_present, last.complete) == (money("100.00"), 2, 1, False)
    assert last.expected is not None
    assert last.expected.middle == money("100.00")  # of the store that reported, not of both
    assert last.deviation is None


def test_the_mix_and_the_heat_map_divide_the_receipts() -> None:
    book = (
        SalesBook()
        .store("S1", opened_on=date(2020, 1, 1))
        .sale("S1", MONDAY, "60", hour=12)
        .sale("S1", MONDAY + WEEK, "20", hour=12)
        .sale("S1", MONDAY + WEEK, "30", hour=15, channel="meituan", method="meituan")
        .sale("S1", MONDAY + 5 * timedelta(days=1), "45", hour=9)
        .done()
    )
    period = Period(MONDAY, MONDAY + 2 * WEEK)
    parts = mix.mix(book, period)
    assert [(p.key, p.receipts) for p in parts.parts] == [("in_store", money("125.00")), ("meituan", money("30.00"))]
    assert mix.mix(book, period, by="method").total == parts.total == money("155.00")
    assert {p.key for p in mix.mix(book, period, by="daypart").parts} == {"early", "lunch", "afternoon"}
    heat = heatmap.heatmap(book, period)
    busiest = heat.busiest
    assert busiest is not None
    assert (busiest.weekday, busiest.hour, busiest.receipts) == (6, 9, money("45.00"))
    assert heat.weekday_totals == {1: money("55.00"), 6: money("45.00")}
    assert (heat.weekday_average, heat.weekend_average) == (money("55.00"), money("45.00"))


def test_payments_are_told_apart_from_the_orders_they_pay() -> None:
    noon = datetime.combine(MONDAY, time(12))
    book = (
        SalesBook()
        .store("S1", opened_on=date(2020, 1, 1))
        .sale("S1", MONDAY, "60", number="plain")
        .sale("S1", MONDAY, "50", number="over", method="cash")
        .tender("S1", "over", money("5.00"), "wechat", noon)
        .sale("S1", MONDAY, "20", number="unpaid", status="cancelled")
        .sale("S1", MONDAY, "30", number="refunded", refund="30")
        .sale("S2", MONDAY, "9")
        .done()
    )
    period = Period(MONDAY, MONDAY + WEEK)
    found = mix.mix(book, period, by="method", stores=["S1"])
    assert found.paid == mix.Paid(3, money("140.00"))
    assert (found.total, found.apart) == (money("145.00"), money("5.00"))
    assert sum(part.orders for part in found.parts) == 4
    assert found.orders == 3 == mix.mix(book, period, stores=["S1"]).orders


@settings(max_examples=20, deadline=None)
@given(
    st.lists(
        st.tuples(
            st.integers(0, 3), st.integers(0, 20), st.integers(1, 99_999), st.sampled_from([None, "meituan", "eleme"])
        ),
        min_size=1,
        max_size=40,
    )
)
def test_every_room_shows_the_same_receipts(sales: list[tuple[int, int, int, str | None]]) -> None:
    chain = SalesBook().store("S0", opened_on=MONDAY)
    for store, day, fen, channel in sales:
        chain.sale(f"S{store}", MONDAY + timedelta(days=day), Decimal(fen) / 100, channel=channel)
    book = chain.done()
    period = Period(MONDAY, MONDAY + 3 * WEEK)
    whole = sum((Decimal(fen) for _, _, fen, _ in sales), Decimal(0)) / 100
    assert overview.strip(book, period).receipts.value == whole
    league = stores.league(book, period)
    assert league.total.receipts == sum(row.receipts for row in league.rows) == whole
    assert mix.mix(book, period).total == whole
    assert sum(day.amount or 0 for day in trend.chain(book, period)) == whole
