"""Why the receipts changed: the worked numbers, and nothing lost to rounding."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal

from hypothesis import given, settings
from hypothesis import strategies as st
from sales_book import MONDAY, SalesBook

from chainbrain import change_words
from chainbrain.analytics import change
from chainbrain.analytics.periods import Period
from chainbrain.analytics.price_volume import Group, PriceVolumeMix, price_volume_mix

NOW = Period(MONDAY + timedelta(days=28), MONDAY + timedelta(days=30))


def money(text: str) -> Decimal:
    return Decimal(text)


def test_the_worked_example_of_price_volume_and_mix() -> None:
    found = price_volume_mix(
        [
            Group("dine_in", 4000, money("152000"), 3700, money("142450")),
            Group("takeaway", 2500, money("77500"), 2900, money("85550")),
            Group("voucher", 1000, money("22000"), 1500, money("31500")),
        ]
    )
    assert found == PriceVolumeMix(
        money("20120.00"), money("-8120.00"), money("-4000.00"), money("0.00"), money("0.00")
    )
    assert found.total == 8000


amounts = st.integers(1, 10_000_000).map(lambda fen: Decimal(fen) / 100)
sides = st.one_of(st.just((0, Decimal(0))), st.tuples(st.integers(1, 5000), amounts))


@settings(max_examples=200, deadline=None)
@given(st.lists(st.tuples(sides, sides), max_size=6))
def test_the_parts_add_up_to_the_cent(groups: list[tuple[tuple[int, Decimal], tuple[int, Decimal]]]) -> None:
    made = [Group(str(i), a[0], a[1], b[0], b[1]) for i, (a, b) in enumerate(groups)]
    found = price_volume_mix(made)
    assert found.total == sum((g.receipts1 - g.receipts0 for g in made), Decimal(0))
    assert all(part == part.quantize(Decimal("0.01")) for part in (found.volume, found.mix, found.price))
    assert price_volume_mix(made[::-1]) == found


def test_new_closed_missing_and_holiday_days_are_set_apart() -> None:
    holiday = MONDAY + timedelta(days=29)
    book = (
        SalesBook()
        .row("holidays", day=holiday, kind="holiday", name="端午节", projected=False)
        .store("OLD", "老店", opened_on=date(2020, 1, 1))
        .store("NEW", "新店", opened_on=MONDAY + timedelta(days=20))
        .store("GONE", "关店", opened_on=date(2020, 1, 1), closed_on=MONDAY + timedelta(days=10))
        .store("HOLE", "缺店", opened_on=date(2020, 1, 1))
        .sales("OLD", MONDAY, ["100", "200"])
        .sales("OLD", MONDAY + timedelta(days=28), ["130", "500"])
        .sale("OLD", MONDAY + timedelta(days=28), "10", number="second")
        .sales("NEW", MONDAY + timedelta(days=28), ["50", "60"])
        .sales("GONE", MONDAY, ["70", "80"])
        .sales("HOLE", MONDAY, ["40", None])
        .sales("HOLE", MONDAY + timedelta(days=28), [None, None])
        .done()
    )
    found = change.explain(book, NOW)
    steps = {step.key: (step.amount, step.names) for step in found.steps}
    assert steps == {
        "new": (money("110.00"), ("新店",)),
        "closed": (money("-150.00"), ("关店",)),
        "gap": (money("-40.00"), ("缺店",)),
        "calendar": (money("300.00"), ("端午节",)),
        "orders": (money("100.00"), ()),
        "mix": (money("0.00"), ()),
        "price": (money("-60.00"), ()),
    }
    assert (found.before, found.now, found.like_for_like) == (money("490.00"), money("750.00"), money("340.00"))
    assert found.proven
    assert found.comparable
    assert found.leading[0].key == "calendar"
    for by in (*change.BY, change.PRODUCT):
        divided = change.explain(book, NOW, by=by)
        apart = {step.key: step.amount for step in divided.set_apart}
        assert apart == {key: steps[key][0] for key in ("new", "closed", "gap", "calendar")}
        assert divided.compared + sum(apart.values()) == divided.change == money("260.00")


def test_a_step_of_stores_says_which_and_what_they_sold() -> None:
    then = MONDAY + timedelta(days=20)
    book = (
        SalesBook()
        .store("OLD", "老店", opened_on=date(2020, 1, 1))
        .store("N1", "一新店", opened_on=then)
        .store("N2", "二新店", opened_on=then)
        .store("GONE", "旧店", opened_on=date(2020, 1, 1), closed_on=MONDAY + timedelta(days=10))
        .sales("OLD", MONDAY, ["100", "200"])
        .sales("OLD", MONDAY + timedelta(days=28), ["100", "200"])
        .sales("N1", MONDAY + timedelta(days=28), ["50", "60"])
        .sale("N1", MONDAY + timedelta(days=28), "7", channel="meituan")
        .sales("N2", MONDAY + timedelta(days=28), ["20000", None])
        .sales("GONE", MONDAY, ["70", "80"])
        .done()
    )
    new, closed = change.explain(book, NOW).steps[:2]
    nothing = money("0.00")
    assert new.stores == (
        change.SetApart("二新店", money("20000.00"), nothing),
        change.SetApart("一新店", money("117.00"), nothing),
    )
    assert (new.sold, new.count) == (new.amount, 2) and closed.sold == 150
    assert change_words.step_cause(new, {}, "zh") == "2 店 卖了 2.01 万"
    assert (
        change_words.step_stores(new, {"二新店": "二新"}, "zh").splitlines()[0] == "二新：本期 ¥20,000.00，上期 ¥0.00"
    )
    assert change_words.step_cause(closed, {"旧店": "旧"}, "zh") == "旧 上期卖了 150"
    only = change.explain(book, NOW, ("N1",)).steps[0]
    assert change_words.step_cause(only, {}, "en") == "一新店 sold 117"


def test_a_single_holiday_of_the_table_is_called_by_its_word() -> None:
    told = change.Step("calendar", money("5.00"), ("mid_autumn",), 1)
    own = change.Step("calendar", money("5.00"), ("店庆",), 1)
    assert [change_words.step_name(step, "zh") for step in (told, own)] == ["中秋节", "店庆"]
    assert change_words.step_name(told, "en") == "Mid-Autumn Festival"


def test_days_without_a_counterpart_are_neither_more_nor_less() -> None:
    book = (
        SalesBook()
        .store("S1", "一店", opened_on=date(2020, 1, 1))
        .sales("S1", MONDAY, ["100", None])
        .sales("S1", MONDAY + timedelta(days=28), ["80", "900"])
        .done()
    )
    found = change.explain(book, NOW)
    # The second day has no file before it: 900 more in the book, and yet the store sold 20 less.
    assert (found.change, found.counted, found.uncounted) == (money("880.00"), money("-20.00"), money("900.00"))
    assert change_words.question(found, "zh") == "为什么少了 ¥20.00"
    assert change_words.sentence(found, "zh") == "少的主要是单价 20。没有对照的日子另占 +900，不算多也不算少。"
    assert change_words.sentence(found, "en").endswith("stand apart with +900: neither more nor less.")
    assert found.whole == found.alike and change_words.both(found, "zh") == ""
    assert found.proven


def test_all_days_and_comparable_ones_are_told_together_where_they_differ() -> None:
    def explained(holiday: str, other: str) -> change.Explanation:
        return change.explain(
            SalesBook()
            .row("holidays", day=MONDAY + timedelta(days=29), kind="holiday", name="端午节", projected=False)
            .store("S1", "一店", opened_on=date(2020, 1, 1))
            .sales("S1", MONDAY, ["100", "100"])
            .sales("S1", MONDAY + timedelta(days=28), [other, holiday])
            .done(),
            NOW,
        )

    found = explained("150", "90")
    assert change_words.question(found, "zh") == "为什么多了 ¥40.00"
    assert change_words.both(found, "zh") == "全部 +20.0%，其中可比日 −10.0%。"
    assert change_words.both(found, "en") == "All days +20.0%, of these the comparable ones −10.0%."
    assert change_words.both(explained("102", "101"), "zh") == "", "1.5 % and 1 % are much the same"
    assert change_words.both(explained("110", "105"), "zh").startswith("全部 +7.5%")


@settings(max_examples=25, deadline=None)
@given(
    st.lists(
        st.tuples(st.integers(0, 3), st.integers(0, 60), st.integers(1, 99_999), st.sampled_from([None, "meituan"])),
        max_size=40,
    ),
    st.integers(1, 30),
)
def test_the_steps_always_meet_the_receipts(sales: list[tuple[int, int, int, str | None]], days: int) -> None:
    chain = (
        SalesBook()
        .store("S0", opened_on=MONDAY + timedelta(days=25))
        .store("S1", closed_on=MONDAY + timedelta(days=40))
    )
    for store, day, fen, channel in sales:
        chain.sale(f"S{store}", MONDAY + timedelta(days=day), Decimal(fen) / 100, channel=channel)
    book = chain.done()
    period = Period(MONDAY + timedelta(days=30), MONDAY + timedelta(days=30 + days))
    found = change.explain(book, period)
    for side, whole in ((period, found.now), (period.base, found.before)):
        known = book.one_of(
            "select coalesce(sum(amount), 0) from base.daily_sales "
            "where business_day >= $first and business_day < $after",
            first=side.first,
            after=side.after,
        )
        assert known[0] == whole
    assert found.proven


def test_channels_and_dayparts_contribute_through_orders_and_ticket_and_may_oppose() -> None:
    chain = SalesBook().store("OLD", "老店", opened_on=date(2020, 1, 1))
    before, now = (
        (("meituan", "100"), ("meituan", "100"), (None, "50")),
        (("meituan", "80"), (None, "60"), (None, "60")),
    )
    for day, sales in ((0, before), (28, now)):
        for number, (channel, amount) in enumerate(sales):
            chain.sale("OLD", MONDAY + timedelta(days=day), amount, number=f"{day}-{number}", channel=channel)
    book = chain.done()
    period = Period(MONDAY + timedelta(days=28), MONDAY + timedelta(days=29))
    found = change.explain(book, period)
    said = [(p.key, p.change, p.by_orders, p.by_ticket, found.opposes(p)) for p in found.parts]
    assert said == [
        ("meituan", money("-120.00"), money("-100.00"), money("-20.00"), False),
        ("in_store", money("70.00"), money("50.00"), money("20.00"), True),
    ]
    assert found.compared == money("-50.00") == found.change
    by_daypart = change.explain(book, period, by="daypart")
    assert (by_daypart.compared, by_daypart.change, by_daypart.proven) == (found.compared, found.change, True)
    assert all(p.change == (p.by_orders or 0) + (p.by_ticket or 0) for p in by_daypart.parts if p.by_orders is not None)
