"""Money in transit: the roll-forward, its worked numbers, and the proof against the rows on the way."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from decimal import Decimal

from sales_book import MONDAY, SalesBook, uid

from chainbrain.analytics import daily, overview, transit
from chainbrain.analytics.periods import Period
from chainbrain.reports.room import make

WEEK = Period(MONDAY, MONDAY + timedelta(days=7))


def money(text: str) -> Decimal:
    return Decimal(text)


def at(day: int, hour: int = 12) -> datetime:
    return datetime.combine(MONDAY, datetime.min.time()) + timedelta(days=day, hours=hour)


def ledger(chain: SalesBook, number: int, kind: str, amount: str, day: int = 0) -> str:
    line = uid("ledger", number)
    chain.row(
        "wallet_lines",
        wallet_line_id=line,
        channel="wechat",
        merchant_no="1600000001",
        external_id=str(number),
        occurred_at=at(day),
        kind=kind,
        amount=Decimal(amount),
        file_id=uid("ledger"),
        line=number,
    )
    return line


def bank(chain: SalesBook, number: int, amount: str, day: int, *, counterparty: str = "财付通") -> str:
    line = uid("bank", number)
    chain.row(
        "bank_lines",
        bank_line_id=line,
        bank_account="8812",
        posted_at=at(day),
        amount=Decimal(amount),
        counterparty=counterparty,
        file_id=uid("bank"),
        line=number,
    )
    return line


def match(chain: SalesBook, number: int, inner_type: str, inner: str, outer: str, *, state: str = "confirmed") -> None:
    chain.row(
        "matches",
        match_id=uid("match", number),
        kind="settlement_bank",
        state=state,
        stage="key",
        solutions=1,
        created_at=at(0),
        created_by="machine",
    )
    for side, record_type, record in (("inner", inner_type, inner), ("outer", "bank_line", outer)):
        chain.row(
            "match_members",
            match_id=uid("match", number),
            side=side,
            record_type=record_type,
            record_id=record,
            amount=Decimal(0),
        )


def test_fees_of_the_days_of_bills_and_of_business_days_differ_by_sales_after_midnight_only() -> None:
    """A sale at half past twelve on Monday night belongs to Sunday: its fee is in one figure and not in the other."""
    chain = SalesBook().store("S1", opened_on=date(2020, 1, 1)).account("S1", "wechat", "wechat-S1")
    for number, fee in enumerate(("1.00", "0.60", "0.25")):
        chain.payment("S1", "wechat", MONDAY + timedelta(days=2 * number - 1), "100.00", fee, number=f"F{number}")
    book = chain.done()
    book.execute("update base.payments set occurred_at = occurred_at + interval '750 minutes' where fee = 1.00")
    daily.refresh(book)
    by_bill = transit.transit(book, WEEK).total.fees
    by_business_day = overview.strip(book, WEEK).fees.value
    assert (by_bill, by_business_day) == (money("1.85"), money("0.85"))
    crossing = (
        "select sum(p.fee) from base.payments p join base.payment_links l using (payment_id) "
        "where cast(p.occurred_at as date) >= $first and l.business_day < $first"
    )
    assert by_bill - by_business_day == book.rows_of(crossing, first=WEEK.first)[0][0]


def wallet_chain() -> SalesBook:
    """The worked example: 18 250.40 + 265 430.00 − 3 120.50 − 1 008.63 − 259 801.27 = 19 750.00."""
    chain = SalesBook().store("S1")
    chain.row(
        "openings",
        opening_id=uid("opening"),
        kind="wallet",
        channel="wechat",
        account_no="1600000001",
        day=MONDAY,
        balance=money("18250.40"),
        file_id=uid("f"),
        line=2,
    )
    chain.payment("S1", "wechat", MONDAY, "265430.00", "1020.49").payment(
        "S1", "wechat", MONDAY, "-3120.50", "-11.86", kind="refund"
    )
    for number, (kind, amount) in enumerate(
        [("payment", "265430.00"), ("fee", "-1020.49"), ("refund", "-3120.50"), ("fee_return", "11.86")]
    ):
        ledger(chain, number, kind, amount)
    first, second = ledger(chain, 11, "withdrawal", "-259801.27", 1), ledger(chain, 12, "withdrawal", "-9000.00", 2)
    match(chain, 1, "wallet_line", first, bank(chain, 1, "259801.27", 2))
    chain.row(
        "row_states",
        record_type="wallet_line",
        record_id=second,
        leg="bank",
        state="timing",
        due_on=MONDAY + timedelta(days=8),
    )
    return chain


def test_the_worked_roll_forward() -> None:
    found = transit.transit(wallet_chain().done(), WEEK)
    assert len(found.channels) == 1
    roll = found.channels[0].roll
    assert (roll.opening, roll.gross, roll.refunds, roll.fees, roll.other, roll.received) == (
        money("18250.40"),
        money("265430.00"),
        money("3120.50"),
        money("1008.63"),
        0,
        money("259801.27"),
    )
    assert roll.closing == money("19750.00")
    assert (roll.unsettled, roll.unexplained, found.proven) == (money("19750.00"), 0, True)
    assert found.channels[0].due_on == MONDAY + timedelta(days=8)


def test_the_report_lists_the_very_rows_of_the_closing_figure() -> None:
    report = make(wallet_chain().done(), "in-transit", period=None, first=MONDAY, after=MONDAY + timedelta(days=7))
    forward, rows = report.tables
    assert forward.total()["closing"] == rows.total()["amount"] == money("19750.00")
    assert dict(rows.rows.select("standing", "amount").iter_rows()) == {
        "expected": money("9000.00"),
        "in_wallet": money("10750.00"),
    }


def test_what_came_short_stays_on_its_way_until_it_is_written_off() -> None:
    for state, unsettled in (("open", "0.90"), ("explained", "0.90"), ("excluded", "0.00")):
        chain = SalesBook().store("S1").payment("S1", "meituan", MONDAY, "10.00", "1.00", settlement="T1")
        chain.row(
            "settlements",
            settlement_id=uid("settlement", "T1"),
            channel="meituan",
            net=Decimal(9),
            file_id=uid("f"),
            expected_on=MONDAY,
        )
        match(chain, 1, "settlement", uid("settlement", "T1"), bank(chain, 1, "8.10", 3))
        chain.row(
            "differences",
            difference_id=uid("d"),
            code="D12",
            state=state,
            amount=money("-0.90"),
            record_type="settlement",
            record_id=uid("settlement", "T1"),
            channel="meituan",
        )
        found = transit.transit(chain.done(), WEEK)
        assert (found.total.closing, found.total.unsettled) == (money("0.90"), money(unsettled))
        # It came, and less of it: nobody is told to wait for the rest.
        meituan = found.channels[0]
        assert (meituan.short, meituan.late, meituan.late_since) == (money(unsettled), 0, None)


def test_a_later_period_opens_with_what_the_earlier_one_left() -> None:
    book = wallet_chain().done()
    first = transit.transit(book, Period(MONDAY, MONDAY + timedelta(days=2))).total
    later = transit.transit(book, Period(MONDAY + timedelta(days=2), MONDAY + timedelta(days=7))).total
    assert later.opening == first.closing
    assert first.unexplained == later.unexplained == 0
    assert later.closing == money("19750.00")


def test_money_in_a_wallet_is_due_by_the_rule_of_its_channel() -> None:
    # The last day is Friday 5 June 2026: T+1 is the Monday after, D1 the Saturday.
    for rule, due in (("T1", 8), ("D1", 6), ("whenever", None)):
        chain = SalesBook().store("S1").account("S1", "wechat", "1600000001", settlement_rule=rule)
        chain.payment("S1", "wechat", MONDAY, "10.00", "0.04")
        found = transit.transit(chain.done(), Period(MONDAY, MONDAY + timedelta(days=5)))
        assert found.channels[0].due_on == (date(2026, 6, due) if due else None)


def test_a_suggested_match_has_not_arrived() -> None:
    chain = wallet_chain()
    match(chain, 2, "wallet_line", uid("ledger", 12), bank(chain, 2, "9000.00", 3), state="suggested")
    assert transit.transit(chain.done(), WEEK).total.received == money("259801.27")


def test_platform_payouts_clear_their_payments_and_old_deposits_clear_the_opening() -> None:
    chain = SalesBook().store("S1")
    chain.row(
        "openings",
        opening_id=uid("opening"),
        kind="in_transit",
        channel="meituan",
        day=MONDAY,
        balance=money("500.00"),
        file_id=uid("f"),
        line=2,
    )
    chain.payment("S1", "meituan", MONDAY, "44.00", "7.01", settlement="T1").payment(
        "S1", "meituan", MONDAY, "20.00", "3.00", settlement="T2"
    )
    chain.payment("S1", "meituan", MONDAY, "-2.00", "0", kind="adjustment", settlement="T1")
    for name, net in (("T1", "34.99"), ("T2", "17.00")):
        chain.row(
            "settlements",
            settlement_id=uid("settlement", name),
            channel="meituan",
            net=Decimal(net),
            file_id=uid("f"),
            expected_on=MONDAY,
        )
    match(
        chain,
        1,
        "settlement",
        uid("settlement", "T1"),
        bank(chain, 1, "34.99", 3, counterparty="北京三快在线科技有限公司"),
    )
    old = bank(chain, 2, "500.00", 1, counterparty="北京三快在线科技有限公司")
    chain.row("row_states", record_type="bank_line", record_id=old, leg="bank", state="timing", reason="before_book")
    chain.row(
        "differences",
        difference_id=uid("d"),
        code="D08",
        state="open",
        amount=money("-17.00"),
        record_type="settlement",
        record_id=uid("settlement", "T2"),
        channel="meituan",
        due_on=MONDAY,
    )
    found = transit.transit(chain.done(), WEEK)
    roll = found.channels[0].roll
    assert (roll.opening, roll.other, roll.received) == (money("500.00"), money("-2.00"), money("534.99"))
    assert (roll.closing, roll.unsettled, found.proven) == (money("17.00"), money("17.00"), True)
    late = found.channels[0]
    assert (late.late, late.late_since, late.short, late.coming) == (money("17.00"), MONDAY, 0, 0)


def test_without_ledger_or_payouts_the_proof_is_unknown_not_true() -> None:
    found = transit.transit(SalesBook().store("S1").payment("S1", "alipay", MONDAY, "10.00", "0.04").done(), WEEK)
    assert (found.total.closing, found.proven) == (money("9.96"), None)
