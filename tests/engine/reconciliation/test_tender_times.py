"""Tenders without any number: what store, amount and moment prove, what they suggest, and what they leave open."""

from __future__ import annotations

import json
from datetime import timedelta
from decimal import Decimal

import pytest
from reconcile_book import DAY, World, a_shop, a_tender, at, ident

from chainbrain.reconciliation.room import Decision, ReconciliationRoom

M = "1900000001"


def tender(order: str = "A1", amount: str = "38.00", number: int = 0, reference: str | None = None) -> str:
    return ident("tender", "S1", order, number, reference, Decimal(amount))


def payment(number: str, refund: str | None = None, kind: str = "payment") -> str:
    return ident("payment", "wechat", number, refund, None, kind, None)


def told(book: World) -> list[tuple[str, str, int]]:
    """Stage, state and number of answers of every match at the till."""
    return book.book.rows_of(
        "select stage, state, solutions from main.matches "
        "where kind = 'tender_payment' and state <> 'revoked' order by all"
    )


def keyless(book: World, *clocks: str, amount: str = "38.00") -> World:
    for place, clock in enumerate(clocks):
        book.order("S1", f"A{place + 1}", amount, a_tender(None, merchant_no=M), clock=clock)
    return book


def test_tender_and_payment_alone_with_each_other_belong_together() -> None:
    book = keyless(a_shop(), "12:00:00").payment("421", "38.00", when=at("12:01:59"))
    book.reconcile()
    assert book.pairs() == [(tender(), payment("421"))]
    assert book.codes() == []
    assert told(book) == [("amount_and_time", "confirmed", 1)]
    ((explanation,),) = book.book.rows_of("select explanation::varchar from main.matches")
    assert json.loads(explanation) == {"key": "amount_and_time", "apart": 119, "ahead": 0}


@pytest.mark.parametrize("other", [{"when": at("12:02:01")}, {"when": at("11:57:59")}, {"amount": "38.01"}])
def test_what_is_too_far_away_stays_one_sided(other: dict[str, object]) -> None:
    book = keyless(a_shop(), "12:00:00").payment("421", **{"amount": "38.00", **other})  # type: ignore[arg-type]
    book.reconcile()
    assert told(book) == []
    assert [code for code, _ in book.codes()] == ["D01", "D02"]


def test_another_store_or_channel_is_no_candidate() -> None:
    book = a_shop().store("S2").account("wechat", "1900000002", "S2").account("alipay", "2088000000000001", "S1")
    keyless(book, "12:00:00").payment("421", "38.00", merchant="1900000002")
    book.payment("422", "38.00", channel="alipay", merchant="2088000000000001")
    book.order("S2", "B1", "9.00", a_tender(None, method="coupon"))
    book.reconcile()
    assert told(book) == []
    assert [code for code, _ in book.codes()] == ["D01", "D02", "D02"]


def through_an_aggregator(*, cover: bool = True, paid_with: str = "wechat", **more: object) -> World:
    """A till that says wechat and no number, and the aggregator's row of the sale."""
    book = a_shop().account("lcsw", "841000000001", "S1", cover=cover)
    book.order("S1", "A1", "38.00", a_tender(None, method="wechat"), clock="12:00:00")
    what = {"when": at("12:00:40"), "paid_with": paid_with, "channel_order_no": "4200001", **more}
    return book.payment("LC1", "38.00", channel="lcsw", merchant="841000000001", **what)  # type: ignore[arg-type]


def test_a_till_that_names_the_wallet_finds_the_aggregators_row_above_it() -> None:
    book = through_an_aggregator()
    book.reconcile()
    assert told(book) == [("amount_and_time", "confirmed", 1)]
    assert book.codes() == []


def test_the_wallets_own_row_of_the_same_sale_is_no_rival() -> None:
    book = through_an_aggregator().payment("4200001", "38.00", when=at("12:00:41"))
    book.reconcile()
    assert told(book) == [("amount_and_time", "confirmed", 1)]
    assert len(book.pairs("payment_bridge")) == 1
    assert book.codes() == []


def test_a_sale_of_the_wallet_beside_it_makes_it_two_answers() -> None:
    book = through_an_aggregator().payment("4200002", "38.00", when=at("12:01:10"))
    book.reconcile()
    assert told(book) == [("amount_and_time", "suggested", 2)] * 2


def test_an_equal_sale_of_another_channel_beside_it_leaves_it_a_suggestion() -> None:
    book = through_an_aggregator().account("alipay", "2088000000000001", "S1")
    book.payment("422", "38.00", channel="alipay", merchant="2088000000000001", when=at("12:01:00"))
    book.reconcile()
    assert told(book) == [("amount_and_time", "suggested", 1)]


def test_another_wallet_beneath_is_no_candidate_and_a_missing_bill_leaves_a_suggestion() -> None:
    book = through_an_aggregator(paid_with="alipay")
    book.reconcile()
    assert told(book) == []
    book = through_an_aggregator(cover=False)
    book.reconcile()
    assert told(book) == [("amount_and_time", "suggested", 1)]


@pytest.mark.parametrize("clock", ["11:59:00", "12:03:30"])
def test_a_near_miss_on_either_side_makes_it_a_suggestion(clock: str) -> None:
    """The second payment is no candidate of the tender at 12:03:30, but it stands next to the first payment."""
    book = keyless(a_shop(), "12:00:00").payment("421", "38.00", when=at("12:01:40"))
    book.payment("422", "38.00", when=at(clock))
    book.reconcile()
    assert book.pairs() == []
    assert {state for _, state, _ in told(book)} == {"suggested"}
    assert book.state(tender(), "till") == ("timing", "suggested")
    assert book.state(payment("421"), "till") == ("timing", "suggested")


def test_a_tender_whose_number_finds_nothing_stands_in_the_way_and_stays_news() -> None:
    book = keyless(a_shop(), "12:00:00").payment("421", "38.00")
    book.order("S1", "B1", "38.00", a_tender("4299999", merchant_no=M), clock="12:00:30")
    book.reconcile()
    assert told(book) == [("amount_and_time", "suggested", 2)]
    assert book.codes() == [("D01", Decimal("-38.00"))]


def test_two_sales_and_one_payment_are_two_answers() -> None:
    book = keyless(a_shop(), "12:00:00", "12:00:40").payment("421", "38.00", when=at("12:00:20"))
    book.reconcile()
    assert told(book) == [("amount_and_time", "suggested", 2)] * 2
    assert book.codes() == []
    assert book.states("tender", "till") == ["timing", "timing"]
    assert book.states("order", "till") == ["timing", "timing"]


@pytest.mark.parametrize("missing", ["till", "wallet"])
def test_an_incomplete_day_leaves_a_suggestion(missing: str) -> None:
    book = World().store("S1", cover=missing != "till").account("wechat", M, "S1", cover=missing != "wallet")
    keyless(book, "12:00:00").payment("421", "38.00")
    book.reconcile()
    assert told(book) == [("amount_and_time", "suggested", 1)]
    assert book.codes() == []


def test_of_equal_sales_in_one_minute_the_sum_is_settled_and_nothing_else() -> None:
    book = keyless(a_shop(), "12:00:00", "12:00:20", "12:00:40")
    for place in range(3):
        book.payment(f"42{place}", "38.00", when=at(f"12:00:{place}1"))
    book.reconcile()
    assert told(book) == [("equal_rows", "suggested", 6)]
    assert book.pairs() == []
    sides = book.book.rows_of("select side, count(*), sum(amount) from main.match_members group by side order by side")
    assert sides == [("inner", 3, Decimal(114)), ("outer", 3, Decimal(114))]
    assert book.codes() == []
    assert book.states("payment", "till") == ["timing"] * 3


def test_a_refund_without_number_goes_the_same_way() -> None:
    book = a_shop().order("S1", "A1", "50.00", a_tender("421"), a_tender(None, "-20.00", paid_at=at("15:00:10")))
    book.payment("421", "50.00").payment("421", "-20.00", kind="refund", refund_id="R1", when=at("15:00:00"))
    book.reconcile()
    assert (tender("A1", "-20.00", 1), payment("421", "R1", "refund")) in book.pairs()
    assert book.codes() == []


def test_a_wrong_clock_is_put_right_by_the_sales_that_have_numbers() -> None:
    book = keyless(a_shop(), "12:07:00")
    for place in range(5):
        book.order("S1", f"K{place}", "18.00", a_tender(f"43{place}", merchant_no=M), clock=f"1{place}:07:0{place}")
        book.payment(f"43{place}", "18.00", when=at(f"1{place}:00:00"))
    book.payment("421", "38.00", when=at("12:00:10"))
    book.reconcile()
    assert (tender(), payment("421")) in book.pairs()
    found = book.book.rows_of("select explanation::varchar from main.matches where stage = 'amount_and_time'")
    assert [json.loads(text) for (text,) in found] == [{"key": "amount_and_time", "apart": 12, "ahead": 422}]
    assert book.codes() == []


def test_a_payment_at_the_wrong_clocks_own_moment_is_a_rival() -> None:
    book = keyless(a_shop(), "12:07:00")
    for place in range(5):
        book.order("S1", f"K{place}", "18.00", a_tender(f"43{place}", merchant_no=M), clock=f"1{place}:07:00")
        book.payment(f"43{place}", "18.00", when=at(f"1{place}:00:00"))
    book.payment("421", "38.00", when=at("12:00:10")).payment("422", "38.00", when=at("12:07:10"))
    book.reconcile()
    assert [(stage, state) for stage, state, _ in told(book) if stage == "amount_and_time"] == [
        ("amount_and_time", "suggested")
    ] * 2


def test_a_payment_of_another_merchant_or_unknown_store_is_only_suggested() -> None:
    book = a_shop().account("wechat", "1900000002", "S1")
    keyless(book, "12:00:00").payment("421", "38.00", merchant="1900000002")
    book.reconcile()
    assert told(book) == [("amount_and_time", "suggested", 1)]


def test_numbers_of_the_till_that_lead_nowhere_are_none() -> None:
    book = a_shop()
    for place in range(20):
        clock = f"12:{place * 3:02}:00"
        book.order("S1", f"A{place}", "18.00", a_tender(f"flow-{place}", merchant_no=M), clock=clock)
        book.payment(f"42{place}", "18.00", when=at(clock))
    book.reconcile()
    assert len(book.pairs()) == 20
    assert book.codes() == []


def test_a_moment_without_a_time_says_nothing() -> None:
    book = keyless(a_shop(), "00:00:00").payment("421", "38.00", when=at("00:00:00"))
    book.reconcile()
    assert told(book) == []


@pytest.mark.parametrize(("back", "state"), [("-10.00", "suggested"), ("-30.00", "confirmed")])
def test_a_part_given_back_hours_apart_may_be_two_refunds(back: str, state: str) -> None:
    """Twenty yuan or less of forty can be given back twice: of two such refunds each side may lack another one."""
    book = a_shop().order("S1", "A1", "40.00", a_tender("421"), a_tender("421", back, paid_at=at("13:00:00")))
    book.payment("421", "40.00").payment("421", back, kind="refund", refund_id="R1", when=at("18:00:00"))
    book.reconcile()
    assert (tender("A1", back, 1, "421"), payment("421", "R1", "refund")) in book.pairs(state=state)
    assert book.codes() == []


def test_a_refund_number_needs_no_closeness() -> None:
    later = at("09:00:00", DAY + timedelta(days=3))
    book = a_shop().order("S1", "A1", "40.00", a_tender("421"), a_tender("R1", "-10.00"))
    book.payment("421", "40.00").payment("421", "-10.00", kind="refund", refund_id="R1", when=later)
    book.reconcile()
    assert len(book.pairs()) == 2


def word_on(book: World, verdict: str) -> None:
    """A person's word on every suggestion."""
    ids = [str(row[0]) for row in book.book.rows_of("select match_id from main.matches where state = 'suggested'")]
    book.book.execute("insert into base.history values (7, now()::timestamp, 'me', 'decide', '{}', true, null, null)")
    ReconciliationRoom(book.book).decide(7, Decision("match", tuple(ids), verdict))


def test_an_accepted_suggestion_settles_tender_payment_and_order() -> None:
    book = World().store("S1", cover=False).account("wechat", M, "S1")
    keyless(book, "12:00:00").payment("421", "38.00")
    book.reconcile()
    word_on(book, "accept")
    assert told(book) == [("accepted", "confirmed", 1)]
    assert [book.states(kind, "till") for kind in ("order", "tender", "payment")] == [["matched"]] * 3


def test_accepted_equal_rows_go_in_order_of_time() -> None:
    book = keyless(a_shop(), "12:00:00", "12:00:20")
    book.payment("421", "38.00", when=at("12:00:21")).payment("422", "38.00", when=at("12:00:01"))
    book.reconcile()
    ((group,),) = book.book.rows_of("select match_id from main.matches where state = 'suggested'")
    shown = ReconciliationRoom(book.book).evidence(str(group))
    found = [(line.key, line.amount) for line in shown.lines]
    sides = [[(key, Decimal("38.00"))] * 2 for key in ("tender", "payment")]
    assert found == [*sides[0], ("expected", Decimal("76.00")), *sides[1], ("gap", Decimal("0.00"))]
    word_on(book, "accept")
    assert set(book.pairs()) == {(tender("A1"), payment("422")), (tender("A2"), payment("421"))}


def test_equal_rows_are_one_line_of_the_work_list_until_somebody_accepts_them() -> None:
    book = keyless(a_shop(), "12:00:00", "12:00:20")
    book.payment("421", "38.00", when=at("12:00:01")).payment("422", "38.00", when=at("12:00:21"))
    book.reconcile()
    room = ReconciliationRoom(book.book)
    (item,) = room.tender_worklist()
    assert (item.answer, item.solutions, item.tenders, item.amount, item.gap) == (
        "several", 2, 2, Decimal("76.00"), Decimal("0.00"),
    )  # fmt: skip
    assert (item.stage, item.store_id, item.channel, item.day) == ("equal_rows", "S1", "wechat", DAY)
    assert room.tender_worklist(first=DAY + timedelta(days=1)) == ()
    (group,) = room.summary().work
    assert (group.leg, group.work, group.count, group.amount) == ("till", "several", 1, Decimal("76.00"))
    assert room.summary().single_count == 0, "the band counts those of the bank"
    word_on(book, "accept")
    assert room.tender_worklist() == () and not room.summary().open_count


def test_rejected_suggestions_are_one_sided_again() -> None:
    book = keyless(a_shop(), "12:00:00", "12:00:20")
    book.payment("421", "38.00", when=at("12:00:01")).payment("422", "38.00", when=at("12:00:21"))
    book.reconcile()
    word_on(book, "reject")
    assert book.pairs() == []
    assert [code for code, _ in book.codes()] == ["D01", "D01", "D02", "D02"]
