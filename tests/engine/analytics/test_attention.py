"""What needs a hand: unusual days by the robust rule, open differences, missing files, ranked by amount."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from sales_book import MONDAY, SalesBook, uid

from chainbrain.analytics import anomalies, attention
from chainbrain.analytics.anomalies import robust_z


def money(text: str) -> Decimal:
    return Decimal(text)


def test_the_worked_example_of_the_robust_score() -> None:
    values = [Decimal(v) for v in (100, 102, 98, 101, 99, 103, 97, 60)]
    assert robust_z(values, Decimal(60)) == money("-13.32")


def test_equal_values_fall_back_to_the_mean_distance_or_say_nothing() -> None:
    values = [Decimal(v) for v in (10, 10, 10, 10, 30)]
    assert robust_z(values, Decimal(30)) == money("3.99")  # 20 / (4 × 1.2533)
    assert robust_z([Decimal(10)] * 4, Decimal(10)) is None


def weeks(store: str, chain: SalesBook, days: int, last: int | None, wobble: int = 20) -> SalesBook:
    """Sales of about 1000 a day; the last one as given. 111 days end before the worked Sunday of 20 September 2026."""
    for day in range(days):
        amount = 1000 + (day * 37 % 11 - 5) * wobble
        if day == days - 1:
            if last is None:
                continue
            amount = last
        chain.sale(store, MONDAY + timedelta(days=day), str(amount))
    return chain


def test_a_day_far_below_is_an_anomaly_and_a_missing_one_is_not() -> None:
    chain = (
        SalesBook().store("S1", "东门店", opened_on=MONDAY).store("S2", opened_on=MONDAY).store("S3", opened_on=MONDAY)
    )
    weeks("S1", chain, 111, 200)
    weeks("S2", chain, 111, 1010)
    weeks("S3", chain, 111, None)
    last = MONDAY + timedelta(days=110)
    found = anomalies.find(chain.done(), last)
    assert [a.name for a in found] == ["东门店"]
    assert found[0].actual == 200
    assert found[0].z < -3.5
    assert found[0].off == found[0].actual - found[0].expected
    assert found[0].run_amount <= found[0].off


def test_small_money_never_raises_an_alarm() -> None:
    chain = SalesBook().store("S1", opened_on=MONDAY)
    weeks("S1", chain, 111, 750, wobble=1)
    last = MONDAY + timedelta(days=110)
    assert anomalies.find(chain.done(), last) == ()


def test_the_limits_are_rules_of_the_book() -> None:
    chain = SalesBook().row("rules", key="analytics.anomaly.yuan", value="1000", valid_from=date(2026, 1, 1))
    chain.row("rules", key="analytics.anomaly.yuan", value="50", valid_from=date(2026, 6, 1))
    assert anomalies.limits_of(chain.done()) == anomalies.Limits(yuan=money("50"))


def difference(chain: SalesBook, code: str, amount: str, **facts: Any) -> None:
    number = len(chain._rows["differences"])
    chain.row(
        "differences",
        **{
            "difference_id": uid("difference", number),
            "code": code,
            "state": "open",
            "store_id": None,
            "business_day": MONDAY,
            "due_on": None,
            "amount": Decimal(amount),
            "record_type": "payment",
            "record_id": uid("record", number),
            "note": None,
            "channel": None,
            "cause": None,
            **facts,
        },
    )


def test_open_differences_are_grouped_ranked_and_lead_to_their_rows() -> None:
    chain = (
        SalesBook()
        .store("S1", "民治店", opened_on=date(2020, 1, 1))
        .store("S2", "海岸城店", opened_on=date(2020, 1, 1))
        .sale("S1", MONDAY, "100")
        .sale("S2", MONDAY, "100")
        .payment("S1", "alipay", MONDAY, "100.00", "0.60", number="A1")
        .payment("S1", "alipay", MONDAY, "200.00", "1.20", number="A2")
    )
    for number, amount in (("A1", "-0.22"), ("A2", "-0.44")):
        difference(chain, "D07", amount, store_id="S1", channel="alipay", record_id=uid("payment", "alipay", number))
    difference(chain, "D08", "-18436.20", store_id="S2", channel="wechat", due_on=MONDAY - timedelta(days=4))
    difference(chain, "D08", "-5.00", store_id="S2", channel="wechat", due_on=MONDAY - timedelta(days=1))
    difference(chain, "D10", "-486.00", store_id="S1")
    difference(chain, "D10", "3.00", store_id="S1")
    difference(chain, "D01", "-30.00", store_id="S2")
    difference(chain, "D01", "-30.00", store_id="S1")
    difference(chain, "D07", "-999.00", store_id="S1", state="explained")
    found = attention.attention(chain.done(), MONDAY)
    told = [(item.kind, item.amount, item.count) for item in found.items]
    assert told == [
        ("late_payout", money("18436.20"), 1),
        ("cash_short", money("486.00"), 1),
        ("difference", money("60.00"), 2),
        ("late_payout", money("5.00"), 1),
        ("cash_over", money("3.00"), 1),
        ("fee_overcharge", money("0.66"), 2),
    ]
    assert found.claimable == money("18441.86")
    late = found.items[0]
    assert (late.days, late.stores[0].name, late.channel, late.view) == (4, "海岸城店", "wechat", "reconcile")
    assert late.filters["difference"]
    fees = found.items[-1]
    assert fees.charged == money("0.006000")
    assert fees.filters == {"code": "D07", "state": "open", "store": "S1", "channel": "alipay"}
    assert [s.name for s in found.items[2].stores] == ["民治店", "海岸城店"]


def test_small_amounts_of_a_kind_become_one_item() -> None:
    chain = SalesBook().store("S1", "民治店").store("S2", "布吉店").sale("S1", MONDAY, "1").sale("S2", MONDAY, "1")
    difference(chain, "D10", "-486.00", store_id="S1")
    difference(chain, "D10", "-20.00", store_id="S2")
    difference(chain, "D10", "-5.00", store_id="S3")
    found = attention.attention(chain.done(), MONDAY).items
    assert [(i.amount, i.count, [s.name for s in i.stores]) for i in found] == [
        (money("486.00"), 1, ["民治店"]),
        (money("25.00"), 2, ["布吉店", "S3"]),
    ]
    assert found[1].filters == {"code": "D10", "state": "open"}


def test_a_missing_file_is_an_estimate_and_in_no_sum() -> None:
    chain = SalesBook().store("S1", "西乡店", opened_on=date(2020, 1, 1)).account("S1", "meituan", "9001")
    chain.sales("S1", MONDAY, [100, 100]).covered("platform", "meituan", "9001", MONDAY, MONDAY + timedelta(days=1))
    chain.payment("S1", "meituan", MONDAY, "40.00", "8.00")
    found = attention.attention(chain.done(), MONDAY + timedelta(days=1))
    assert [(i.kind, i.channel, i.amount, i.estimated, i.view) for i in found.items] == [
        ("missing_file", "meituan", money("40.00"), True, "imports")
    ]
    assert found.claimable == 0
