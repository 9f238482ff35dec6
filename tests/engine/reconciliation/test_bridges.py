"""An aggregator's row and the wallet's row of the same sale: two views of one receipt, counted once."""

from __future__ import annotations

import random
from datetime import timedelta
from decimal import Decimal

import pytest
from reconcile_book import DAY, World, a_shop, a_tender, ident

from chainbrain.analytics import overview
from chainbrain.analytics.periods import Period, of_one_day
from chainbrain.analytics.transit import transit

M = "1900000001"
AGGREGATOR = "841000000001"


def shop() -> World:
    return a_shop().account("lcsw", AGGREGATOR, "S1")


def seen_twice(book: World, wallet_amount: str = "38.00", **more: str) -> World:
    """The aggregator's row of one sale and the wallet's."""
    book.payment(
        "LC1",
        "38.00",
        channel="lcsw",
        merchant=AGGREGATOR,
        order_no="T-0001",
        channel_order_no="4200001",
        paid_with="wechat",
    )
    return book.payment("4200001", wallet_amount, order_no="LC1", **more)  # type: ignore[arg-type]


def row(channel: str, number: str, refund: str | None = None, kind: str = "payment") -> str:
    return ident("payment", channel, number, refund, None, kind, None)


PAIR = (row("lcsw", "LC1"), row("wechat", "4200001"))


@pytest.mark.parametrize("method", ["lcsw", "wechat", "other"])
def test_the_tills_number_leads_to_the_aggregator_and_its_number_to_the_wallet(method: str) -> None:
    book = seen_twice(shop()).order("S1", "A1", "38.00", a_tender("T-0001", method=method))
    book.reconcile()
    assert book.pairs() == [(ident("tender", "S1", "A1", 0, "T-0001", Decimal("38.00")), PAIR[0])]
    assert book.pairs("payment_bridge") == [PAIR]
    assert book.codes() == []
    assert book.states("payment", "till") == ["matched", "matched"]


def test_a_till_that_names_the_wallets_number_needs_no_second_row() -> None:
    book = seen_twice(shop()).order("S1", "A1", "38.00", a_tender("4200001", merchant_no=M))
    book.reconcile()
    assert len(book.pairs()) == 1
    assert book.pairs("payment_bridge") == [PAIR]
    assert book.codes() == []
    assert book.states("payment", "till") == ["matched", "matched"]


def test_a_receipt_that_the_till_does_not_know_is_told_once() -> None:
    book = seen_twice(shop()).order("S1", "A1", "5.00", a_tender(None, method="coupon"))
    book.reconcile()
    assert book.codes() == [("D02", Decimal("38.00"))]
    assert book.state(PAIR[0], "till") == ("difference", "wallet_only")
    assert book.state(PAIR[1], "till") == ("matched", None)


def test_another_amount_at_the_wallet_is_a_difference_of_both_rows() -> None:
    book = seen_twice(shop(), "37.00").order("S1", "A1", "38.00", a_tender("T-0001", method="lcsw"))
    book.reconcile()
    assert book.pairs("payment_bridge") == [PAIR]
    assert book.codes() == [("D03", Decimal("1.00"))]
    assert book.states("payment", "till") == ["difference", "difference"]


def test_another_wallet_or_a_number_that_stands_twice_is_no_bridge() -> None:
    book = shop().account("alipay", "2088000000000001", "S1")
    book.payment("LC1", "38.00", channel="lcsw", merchant=AGGREGATOR, channel_order_no="4200001", paid_with="alipay")
    book.payment("4200001", "38.00")
    for number in ("LC2", "LC3"):
        book.payment(
            number, "18.00", channel="lcsw", merchant=AGGREGATOR, channel_order_no="4200002", paid_with="wechat"
        )
    book.payment("4200002", "18.00")
    book.reconcile()
    assert book.pairs("payment_bridge") == []


def test_refunds_go_by_the_refunds_number() -> None:
    book = seen_twice(shop()).order("S1", "A1", "38.00", a_tender("T-0001", method="lcsw"))
    for number in ("1", "2"):
        book.payment(
            "LC1", "-9.00", channel="lcsw", merchant=AGGREGATOR, kind="refund", refund_id=f"LR{number}",
            channel_order_no=f"5030{number}", paid_with="wechat",
        )  # fmt: skip
        book.payment("4200001", "-9.00", kind="refund", refund_id=f"5030{number}")
    book.reconcile()
    refunds = {(row("lcsw", "LC1", f"LR{n}", "refund"), row("wechat", "4200001", f"5030{n}", "refund")) for n in "12"}
    assert set(book.pairs("payment_bridge")) == {PAIR, *refunds}
    assert [code for code, _ in book.codes()] == ["D06", "D06"]


def test_refunds_by_the_sales_number_alone_must_be_the_only_ones() -> None:
    def given_back(times: int) -> World:
        book = shop()
        for number in range(times):
            book.payment(
                "LC1", "-9.00", channel="lcsw", merchant=AGGREGATOR, kind="refund", refund_id=f"LR{number}",
                channel_order_no="4200001", paid_with="wechat",
            )  # fmt: skip
            book.payment("4200001", "-9.00", kind="refund", refund_id=f"5030{number}")
        book.reconcile()
        return book

    assert len(given_back(1).pairs("payment_bridge")) == 1
    assert given_back(2).pairs("payment_bridge") == []


def test_the_figures_of_a_store_count_the_receipt_once() -> None:
    book = seen_twice(shop()).order("S1", "A1", "38.00", a_tender("T-0001", method="lcsw"))
    book.reconcile()
    told = overview.strip(book.book, of_one_day(DAY))
    assert (told.fees.value, told.takings) == (Decimal("0.14"), Decimal("38.00"))


def on_its_way(book: World) -> dict[str, tuple[Decimal, Decimal]]:
    """Gross and closing of each channel, in the roll-forward and, the same, in the arrivals table."""
    after = DAY + timedelta(days=14)
    rolled = {one.channel: one.roll for one in transit(book.book, Period(DAY, after)).channels}
    for channel, roll in rolled.items():
        moved = book.book.rows_of(
            "select sum(amount) filter (where part = 'gross'), sum(amount) filter (where part = 'fees') "
            "from base.arrival_flows where channel = $channel",
            channel=channel,
        )
        assert moved == [(roll.gross, roll.fees)]
    return {channel: (roll.gross, roll.closing) for channel, roll in rolled.items() if roll.gross}


def test_money_that_the_aggregator_pays_out_is_on_its_way_once() -> None:
    book = seen_twice(shop()).order("S1", "A1", "38.00", a_tender("T-0001", method="lcsw"))
    book.reconcile()
    assert on_its_way(book) == {"lcsw": (Decimal("38.00"), Decimal("37.86"))}


def test_money_that_lies_in_the_wallet_is_on_its_way_there() -> None:
    """The aggregator only hands the sale on: the wallet's own ledger holds it."""
    book = seen_twice(shop()).order("S1", "A1", "38.00", a_tender("T-0001", method="lcsw"))
    book.ledger("wechat", M).wallet_line("L1", "38.00", "payment", business_id="4200001")
    book.wallet_line("L2", "-0.14", "fee", business_id="4200001").reconcile()
    assert book.pairs("payment_wallet") != []
    assert on_its_way(book) == {"wechat": (Decimal("38.00"), Decimal("37.86"))}


@pytest.mark.parametrize("seed", range(5))
def test_no_row_stands_in_two_bridges_whatever_the_order_of_rows(seed: int) -> None:
    draw = random.Random(seed)
    steps = [("lcsw", str(n), draw.choice(["18.00", "28.00"]), f"42{draw.randrange(4)}") for n in range(6)]
    steps += [("wechat", f"42{n}", draw.choice(["18.00", "28.00"]), "") for n in range(4)]
    found = []
    for _ in range(2):
        draw.shuffle(steps)
        book = shop()
        for channel, number, amount, behind in steps:
            merchant = M if channel == "wechat" else AGGREGATOR
            book.payment(number, amount, channel=channel, merchant=merchant, channel_order_no=behind or None)
        book.reconcile()
        pairs = book.pairs("payment_bridge")
        assert len({one for pair in pairs for one in pair}) == 2 * len(pairs)
        found.append(pairs)
    assert found[0] == found[1]
