"""What arrived and what is still open, per merchant number and month: exact, proven row by row, honest about gaps."""

from __future__ import annotations

import random
from datetime import date, timedelta
from decimal import Decimal
from itertools import pairwise
from pathlib import Path

import pytest
from reconcile_book import DAY, World, at, ident

from chainbrain.analytics.arrivals import Arrival, arrivals
from chainbrain.analytics.periods import Period
from chainbrain.analytics.transit import transit
from chainbrain.lists import ListRoom
from chainbrain.money import half_up
from chainbrain.reports.room import make, write

M = "1900000001"
NEXT = DAY + timedelta(days=1)
END = date(2026, 9, 30)
OPEN = ("coming", "late", "short")


def opening(book: World, balance: str, **more: str) -> World:
    book.insert(
        "openings",
        opening_id=ident("opening", *more.values()),
        day=DAY,
        balance=Decimal(balance),
        file_id=book.file("files"),
        line=book.line(),
        **more,
    )
    return book


def worked() -> World:
    """The roll-forward of the page on payments, section 8."""
    book = World(covered=(DAY, END)).store("S1").account("wechat", M, "S1").ledger("wechat", M).bank()
    opening(book, "18250.40", kind="wallet", account_no=M)
    book.payment("P1", "265430.00", fee="1008.63").payment("P1", "-3120.50", kind="refund", refund_id="R1", fee="0")
    for number, amount, kind in (
        ("P1", "265430.00", "payment"),
        ("P1", "-1008.63", "fee"),
        ("R1", "-3120.50", "refund"),
    ):
        book.wallet_line(f"F{kind}", amount, kind, business_id=number)
    book.wallet_line("W1", "-259801.27", "withdrawal", when=at("02:00:00", NEXT))
    return book.bank_line("B1", "259801.27", day=NEXT, memo=f"{M} 微信支付提现")


def check(book: World) -> tuple[Arrival, ...]:
    """Every row adds up, and each of its figures is the sum of the rows that open behind it."""
    found = arrivals(book.book)
    lists = ListRoom(book.book)
    for row in found:
        days = {"first": row.month, "after": (row.month + timedelta(days=31)).replace(day=1)}
        purse = {"channel": row.channel, "merchant": row.merchant}
        for part in ("gross", "refunds", "fees", "other", "received"):
            figure = getattr(row, part)
            with lists.open("arrivals", {**purse, **days, "part": part}) as pages:
                assert figure is None or abs(pages.total("amount") - figure) < Decimal("0.01")
        if row.closing is None or row.opening is None or row.received is None:
            continue
        moved = row.opening + row.gross - row.refunds - row.fees + row.other - row.received
        assert moved == row.closing == row.unsettled + row.unexplained
        assert row.coming + row.late + row.short == row.unsettled
        for part in OPEN:
            with lists.open("lying_at", {**purse, "after": days["after"], "part": part}) as pages:
                assert abs(pages.total("amount") - getattr(row, part)) < Decimal("0.01"), (row, part)
        with lists.open("open_at", {**purse, "after": days["after"]}) as pages:
            assert abs(pages.total("amount") - row.unsettled) < Decimal("0.01")
        # What no row explained at the end of a month stands in the opening of the next.
        before = [one for one in found if (one.channel, one.merchant) == (row.channel, row.merchant)]
        odd = next((one.unexplained for one in reversed(before) if one.month < row.month), None) or Decimal(0)
        with lists.open("open_at", {**purse, "after": days["first"], "until": days["after"]}) as pages:
            assert abs(pages.total("amount") + odd - row.opening) < Decimal("0.01")
    as_in_transit(book, found)
    return found


def as_in_transit(book: World, found: tuple[Arrival, ...]) -> None:
    """The merchant numbers of a channel come to what the report on money in transit says of the channel."""
    for month in {row.month for row in found}:
        after = (month + timedelta(days=31)).replace(day=1)
        for channel in transit(book.book, Period(month, after)).channels:
            rows = [row for row in found if (row.month, row.channel) == (month, channel.channel)]
            if rows and all(row.closing is not None for row in rows):
                assert half_up(channel.late) == sum(row.late or 0 for row in rows)
                assert half_up(channel.short) == sum(row.short or 0 for row in rows)


def test_the_worked_roll_forward() -> None:
    book = worked()
    book.reconcile()
    (first,) = check(book)
    assert (first.store_id, first.channel, first.merchant, first.remarks) == ("S1", "wechat", M, ())
    assert [first.opening, first.gross, first.refunds, first.fees, first.other, first.received] == [
        Decimal(figure) for figure in ("18250.40", "265430.00", "3120.50", "1008.63", "0.00", "259801.27")
    ]
    assert (first.closing, first.unsettled, first.unexplained) == (Decimal("19750.00"), Decimal("19750.00"), 0)


def test_months_follow_each_other_and_what_rows_do_not_explain_is_shown() -> None:
    book = worked()
    september = date(2026, 9, 3)
    book.payment("P2", "100.00", when=at(day=september), fee="0.38")
    book.wallet_line("F9", "99.00", "payment", business_id="P2", when=at(day=september))
    book.reconcile()
    august, later = check(book)
    assert later.opening == august.closing
    assert (later.closing, later.unsettled, later.unexplained) == (
        Decimal("19849.62"),
        Decimal("19849.00"),
        Decimal("0.62"),
    )


def test_without_a_statement_or_a_ledger_what_arrived_is_not_known() -> None:
    book = World().store("S1").account("wechat", M, "S1").ledger("wechat", M).payment("P1", "100.00")
    book.wallet_line("F1", "99.62", "payment", business_id="P1")
    book.account("alipay", "2088", "S1").payment("A1", "50.00", channel="alipay", merchant="2088").reconcile()
    alipay, wechat = check(book)
    for row, why in ((alipay, "arrivals.no_ledger"), (wechat, "arrivals.no_bank")):
        assert (row.received, row.closing, row.unsettled, row.unexplained) == (None, None, None, None)
        assert row.remarks == ("arrivals.no_opening", why)
    assert (alipay.gross, wechat.gross) == (Decimal("50.00"), Decimal("100.00"))


@pytest.mark.parametrize(("first", "gap"), [(8, False), (9, True)])
def test_a_holiday_at_the_edge_of_a_statement_is_no_gap(first: int, gap: bool) -> None:
    """The first working day after the National Day of 2026 is the eighth of October."""
    book = World(covered=(date(2026, 10, first), date(2026, 10, 30))).store("S1").account("wechat", M, "S1")
    book.ledger("wechat", M).bank()
    for day in (1, 30):
        when = at("12:00:00", date(2026, 10, day))
        book.payment(f"P{day}", "10.00", fee="0", when=when).wallet_line(f"F{day}", "10.00", "payment", when=when)
    book.bank_line("B1", "1.00", day=date(2026, 10, 30)).reconcile()
    (row,) = arrivals(book.book)
    assert ("arrivals.bank_gaps" in row.remarks) is gap


def test_a_joint_payout_is_divided_by_its_rows_and_its_rest_stands_apart() -> None:
    book = World().bank()
    for store, number, amount in (("S1", "501", "60.00"), ("S2", "502", "40.00")):
        book.store(store).account("meituan", number, store, rate=None)
        common = {"channel": "meituan", "merchant": number, "bill_day": DAY, "settlement_ref": f"B{number}"}
        book.payment(f"T{number}", amount, fee="10.00", **common)
        net = str(Decimal(amount) - 10)
        book.settlement_row(number, net, external_id=f"B{number}", pays_on=NEXT, payout="50011903")
    book.bank_line("D1", "75.00", day=NEXT, payer="北京三快在线科技有限公司", memo="美团外卖结算款 50011903 20260804")
    book.reconcile()
    found = {row.merchant: row for row in check(book)}
    assert {number: (row.received, row.closing) for number, row in found.items()} == {
        "501": (Decimal("50.00"), Decimal("0.00")),
        "502": (Decimal("30.00"), Decimal("0.00")),
        "-": (Decimal("-5.00"), Decimal("5.00")),
    }
    assert found["-"].unexplained == 0
    assert found["-"].remarks == ("arrivals.untold",)


@pytest.mark.parametrize("seed", range(3))
def test_any_book_rolls_forward_to_the_cent(seed: int) -> None:
    """Fees with five decimals, half of them never rounded, refunds, promotion, withdrawals that arrive or do not."""
    draw = random.Random(seed)
    book = World(covered=(DAY, END)).store("S1").account("wechat", M, "S1", rate=None).ledger("wechat", M).bank()
    opening(book, "12.34", kind="wallet", account_no=M)
    gross = fees = Decimal(0)
    for number in range(60):
        when = at(f"{draw.randrange(24):02}:00:00", DAY + timedelta(days=draw.randrange(57)))
        amount, fee = Decimal(draw.randrange(1, 9000)) / 100, Decimal(draw.randrange(0, 99999)) / 100000
        book.payment(f"P{number}", str(amount), fee=str(fee), when=when)
        gross, fees = gross + amount, fees + fee
        if number % 3:
            book.wallet_line(f"L{number}", str(half_up(amount - fee)), "payment", business_id=f"P{number}", when=when)
        if number % 7 == 0:
            book.wallet_line(f"W{number}", f"-{number + 1}.00", "withdrawal", when=when)
            if number % 2:
                book.bank_line(f"B{number}", f"{number + 1}.00", day=when.date() + timedelta(days=1), memo=M)
    book.reconcile()
    found = check(book)
    assert sum(row.gross for row in found) == gross
    assert sum(row.fees for row in found) == half_up(fees)
    for before, after in pairwise(found):
        assert after.opening == before.closing


@pytest.mark.parametrize("suffix", ["xlsx", "csv", "json", "pdf"])
def test_the_report_in_every_format(suffix: str, tmp_path: Path) -> None:
    book = worked()
    book.reconcile()
    assert write(book.book, "arrivals", tmp_path / f"a.{suffix}", month="2026-08", channel="wechat", merchant=M) == 1
    assert make(book.book, "arrivals", month="2026-08").main.total()["closing"] == Decimal("19750.00")
    assert write(book.book, "arrivals", tmp_path / f"b.{suffix}", "en", month="2026-09") == 0


def test_a_withdrawal_that_did_not_come_is_late_and_no_longer_not_due() -> None:
    book = worked()
    book.wallet_line("W2", "-1000.00", "withdrawal", when=at("02:00:00", NEXT)).reconcile()
    (found,) = check(book)
    assert (found.closing, found.unexplained) == (Decimal("19750.00"), 0)
    assert (found.coming, found.late, found.short) == (Decimal("18750.00"), Decimal("1000.00"), 0)


@pytest.mark.parametrize("seed", range(12))
def test_numbers_come_to_their_channel_whatever_was_deposited_beyond_openings(seed: int) -> None:
    """Late money, openings and deposits beyond them, of numbers and of nobody: as the money in transit tells them."""
    chance, book = random.Random(seed), worked()
    book.reconcile()
    months = (date(2026, 8, 20), date(2026, 9, 20))
    for merchant in ("1", "2", "-"):
        for day in months:
            opened, late, short = (Decimal(chance.randrange(-9_000, 9_001)) / 100 for _ in range(3))
            late, short = abs(late), abs(short)
            for part, standing, amount in (
                ("open", "opening", opened), ("open", "expected", late), ("open", "short", short),
                ("received", None, 1), ("gross", None, opened + late + short + 1),
            ):  # fmt: skip
                book.book.execute(
                    "insert into base.daily_flows (channel, merchant, day, part, standing, amount)"
                    " values ('meituan', $merchant, $day, $part, $standing, $amount)",
                    merchant=merchant, day=day, part=part, standing=standing, amount=amount,
                )  # fmt: skip
            for is_short, amount in ((False, late), (True, short)):
                book.book.execute(
                    "insert into base.late_money by name select 'meituan' as channel, $merchant as merchant, uuid() as"
                    " record_id, 'settlement' as record_type, cast($day as date) as day, day as due_on,"
                    " $short as short, $amount as amount",
                    merchant=merchant, day=day, short=is_short, amount=amount,
                )  # fmt: skip
    book.book.execute("delete from base.channel_flows")
    book.book.execute(
        "insert into base.channel_flows select channel, day, part, sum(amount) from base.daily_flows group by all"
    )
    found = arrivals(book.book, channel="meituan")
    assert len(found) == 6
    for row in found:
        assert row.closing == row.coming + row.late + row.short + row.unexplained
    as_in_transit(book, found)
