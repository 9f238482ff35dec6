"""The cash forecast where sources end on different days or say too little: nothing counts twice or is lost."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal

import pytest
from cash_examples import (
    NUMBER,
    OTHER,
    SOLD_TO,
    WEEKS,
    A,
    B,
    banks,
    item_of,
    outlook_of,
    prove,
    selling,
    statement,
    wallet,
)
from sales_book import MONDAY, SalesBook, uid

from chainbrain.cash.accounts import accounts
from chainbrain.cash.basis import ReceiptsBasis
from chainbrain.cash.forecast import days
from chainbrain.cash.measuring import measure
from chainbrain.cash.outlook import CashOutlook
from chainbrain.cash.reckoning import reckon
from chainbrain.cash.transit import Owners


def _sums(found: CashOutlook) -> tuple[Decimal, Decimal]:
    for path in found.paths:
        prove(path)
    path = found.chain.days
    return sum((one.settlements for one in path), Decimal(0)), sum((one.receipts for one in path), Decimal(0))


def _opening(chain: SalesBook, kind: str, account: str, day: date, amount: str) -> SalesBook:
    return chain.row(
        "openings", opening_id=uid("opening", account, day), kind=kind, channel=None if kind == "bank" else "wechat",
        account_no=account, store_code=None, day=day, balance=Decimal(amount), file_id=uid("openings"), sheet=None,
        line=1,
    )  # fmt: skip


def test_adjustments_of_a_platform_are_taken_off_once() -> None:
    def book(adjusted: str | None) -> SalesBook:
        chain = banks().store("S1", opened_on=MONDAY)
        chain.account("S1", "meituan", "meituan-S1", legal_entity=A, bank_account=NUMBER, settlement_rule="T1")
        for number in range(7 * WEEKS):
            day = MONDAY + timedelta(days=number)
            chain.sale("S1", day, "1000", channel="meituan", method="meituan").payment("S1", "meituan", day, "1000.00")
            if adjusted:
                chain.payment("S1", "meituan", day, adjusted, kind="adjustment")
        return chain

    # The weekend on its way, and eleven days of sales that arrive within fourteen.
    assert _sums(outlook_of(book(None), horizon=14)) == (Decimal("3000.00"), Decimal("11000.00"))
    found = outlook_of(book("-100.00"), horizon=14)
    assert _sums(found) == (Decimal("2700.00"), Decimal("9900.00"))
    assert isinstance(found.receipts, ReceiptsBasis) and found.receipts.reaching == pytest.approx(0.9)


def test_an_opening_balance_takes_nothing_from_later_sales() -> None:
    plain = outlook_of(wallet(selling()), horizon=14)
    opened = outlook_of(_opening(wallet(selling()), "in_transit", "wechat-S1", MONDAY, "300.00"), horizon=14)
    assert _sums(opened) == _sums(plain) and _sums(plain)[0] > 0
    # The opening itself should long have come: named, and in no path.
    assert [(one.amount, one.standing) for one in opened.on_the_way if not one.counted] == [(Decimal("300.00"), "late")]


def test_a_company_with_older_statements_keeps_what_came_due_since() -> None:
    def book(newest: date) -> SalesBook:
        chain = SalesBook().store("S1", opened_on=MONDAY)
        chain.account("S1", "wechat", "1", legal_entity=A, bank_account=NUMBER, settlement_rule="T1")
        chain.account("S1", "wechat", "wechat-S1", legal_entity=B, bank_account=OTHER, settlement_rule="T1")
        statement(chain, OTHER, SOLD_TO - timedelta(days=10), "-10.00", "20000.00")
        statement(chain, NUMBER, newest, "-10.00", "100000.00")
        for number in range(7 * WEEKS):
            day = MONDAY + timedelta(days=number)
            chain.sale("S1", day, "1000", method="wechat").payment("S1", "wechat", day, "1000.00")
        return chain

    due = item_of(SOLD_TO - timedelta(days=5), "5000.00", B)
    alike, stale = (outlook_of(book(SOLD_TO - timedelta(days=n)), due, horizon=h) for n, h in ((10, 24), (0, 14)))
    assert _sums(alike) == _sums(stale) == (Decimal("11000.00"), Decimal("11000.00"))
    assert [one.number for one in stale.ends(B)] == [OTHER]
    first = stale.chain.days[0]
    assert (first.settlements, first.planned) == (Decimal("11000.00"), Decimal("5000.00"))


def test_what_one_of_two_accounts_may_have_paid_is_named_and_goes_off_at_once() -> None:
    def book() -> SalesBook:
        chain = SalesBook()
        for number, account in (("1", NUMBER), ("2", OTHER)):
            chain.account("S1", "wechat", number, legal_entity=A, bank_account=account, settlement_rule="T1")
        statement(chain, OTHER, date(2026, 7, 10), "-10.00", "20000.00")
        return statement(chain, NUMBER, date(2026, 8, 2), "-10.00", "100000.00")

    items = (
        item_of(date(2026, 7, 20), "15000.00"), item_of(date(2026, 7, 1), "70.00"), item_of(date(2026, 8, 9), "80.00"),
    )  # fmt: skip
    found = outlook_of(book(), *items)
    assert [(one.day, one.amount) for one in found.unsure] == [(date(2026, 7, 20), Decimal("15000.00"))]
    # Paid by the account that is not known up to then or by none: the balances know nothing of it.
    assert found.chain.days[0].planned == Decimal("15000.00") and found.chain.opening == Decimal("120000.00")
    assert found.chain.days[-1].expected == Decimal("104920.00")
    # The account that is known paid it.
    paid = statement(book(), NUMBER, date(2026, 7, 21), "-15000.00", "100010.00")
    assert outlook_of(paid, *items).unsure == ()


def test_an_account_receives_by_the_end_of_its_own_statements() -> None:
    chain = SalesBook().store("S1", opened_on=MONDAY)
    chain.account("S1", "wechat", "wechat-S1", legal_entity=A, bank_account=OTHER, settlement_rule="D1")
    chain.account("S2", "wechat", "2", legal_entity=A, bank_account=NUMBER, settlement_rule="D1")
    statement(chain, OTHER, SOLD_TO - timedelta(days=3), "-10.00", "20000.00")
    statement(chain, NUMBER, SOLD_TO, "-10.00", "100000.00")
    for number in range(7 * WEEKS):
        day = MONDAY + timedelta(days=number)
        chain.sale("S1", day, "1000", method="wechat").payment("S1", "wechat", day, "1000.00")
    # The sales of Thursday to Saturday arrived since, that of Sunday comes on Monday.
    assert outlook_of(chain, horizon=7).chain.days[0].settlements == Decimal("4000.00")


def test_balances_go_on_from_the_last_one_printed_or_entered() -> None:
    def book() -> SalesBook:
        chain = SalesBook().account("S1", "wechat", "1", legal_entity=A, bank_account=NUMBER)
        return statement(chain, NUMBER, date(2026, 7, 1), "-10.00", "100000.00")

    def balance(chain: SalesBook) -> tuple[Decimal | None, date | None]:
        (one,) = accounts(chain.done(), date.max)
        return one.balance, one.day

    assert balance(book()) == (Decimal("100000.00"), date(2026, 7, 1))
    moved = statement(book(), NUMBER, date(2026, 7, 20), "-60000.00", None)
    assert balance(moved) == (Decimal("40000.00"), date(2026, 7, 20))
    assert balance(_opening(book(), "bank", NUMBER, date(2026, 8, 1), "300.00")) == (
        Decimal("300.00"),
        date(2026, 7, 31),
    )
    opened = _opening(book(), "bank", NUMBER, date(2026, 8, 1), "300.00")
    assert balance(statement(opened, NUMBER, date(2026, 8, 1), "50.00", None)) == (Decimal("350.00"), date(2026, 8, 1))
    # What is printed on the day of an opening is later than it.
    printed = _opening(book(), "bank", NUMBER, date(2026, 7, 1), "7.00")
    assert balance(printed) == (Decimal("100000.00"), date(2026, 7, 1))
    # Without any balance the account is known, its balance is not.
    silent = SalesBook().account("S1", "wechat", "1", legal_entity=A, bank_account=NUMBER)
    assert balance(statement(silent, NUMBER, date(2026, 7, 2), "5.00", None)) == (None, date(2026, 7, 2))


def test_a_number_whose_tables_disagree_is_nobodys() -> None:
    owners = Owners({("wechat", "1"): "", ("wechat", "2"): B}, {OTHER: B})
    assert [owners.of("wechat", number) for number in ("1", "2", "3")] == ["", B, B]
    chain = wallet(selling()).account("S1", "wechat", "wechat-S1", legal_entity=B, bank_account=OTHER, terminal_no="9")
    found = outlook_of(chain, horizon=7)
    assert {(one.entity, one.standing) for one in found.on_the_way} == {("", "untold")}
    assert _sums(found)[0] == 0 and sum(one.amount for one in found.untold()) > 0


def test_more_refunded_than_sold_is_taken_off_what_arrives() -> None:
    chain = banks().store("S1", opened_on=MONDAY)
    chain.account("S1", "wechat", "wechat-S1", legal_entity=A, bank_account=NUMBER, settlement_rule="D1")
    for number in range(20):
        chain.sale("S1", SOLD_TO - timedelta(days=19 - number), "100")
    chain.payment("S1", "wechat", SOLD_TO, "-500.00", kind="refund")
    found = outlook_of(chain, horizon=7)
    assert found.chain.days[0].settlements == Decimal("-500.00") and _sums(found)[0] == Decimal("-500.00")


def _till_and_bills(channels: dict[str, tuple[int, int]]) -> SalesBook:
    """A store that takes 1,000 a day; each wallet's bills hold all of it from one day of the book to another."""
    chain = banks().store("S1", opened_on=MONDAY)
    for channel in channels:
        chain.account("S1", channel, f"{channel}-S1", legal_entity=A, bank_account=NUMBER, settlement_rule="T1")
    for number in range(7 * WEEKS):
        day = MONDAY + timedelta(days=number)
        chain.sale("S1", day, "1000", method="wechat")
        for channel, (begin, end) in channels.items():
            if begin <= number < end:
                chain.payment("S1", channel, day, "1000.00")
    return chain


def test_bills_that_end_before_the_tills_are_measured_over_their_own_days() -> None:
    whole = outlook_of(_till_and_bills({"wechat": (0, 7 * WEEKS)}), horizon=14)
    behind = outlook_of(_till_and_bills({"wechat": (0, 7 * WEEKS - 7)}), horizon=14)
    for found in (whole, behind):
        assert isinstance(found.receipts, ReceiptsBasis) and found.receipts.reaching == pytest.approx(1.0)
        assert sum(_sums(found)) == Decimal("14000.00")
    # The last weekend is on no bill yet: as the tills know it, it comes on Monday.
    assert _sums(behind)[0] == 0 and behind.chain.days[0].receipts == Decimal("3000.00")


def test_a_wallet_that_took_the_place_of_another_counts_no_sale_twice() -> None:
    found = outlook_of(
        _till_and_bills({"wechat": (0, 7 * WEEKS - 10), "alipay": (7 * WEEKS - 10, 7 * WEEKS)}), horizon=14
    )
    assert isinstance(found.receipts, ReceiptsBasis) and found.receipts.reaching == pytest.approx(1.0)
    # The weekend is on the bills of the newer one, so the older one brings none of it.
    assert found.chain.days[0].settlements == Decimal("3000.00") and found.chain.days[0].receipts == 0
    assert sum(_sums(found)) == Decimal("14000.00")


def test_irregular_payments_are_averaged_over_the_days_that_are_looked_at() -> None:
    def usual(older: bool) -> Decimal | None:
        chain = banks()
        statement(chain, NUMBER, date(2018 if older else 2024, 8, 9), "5.00", "1.00")
        for k in range(24):
            day = SOLD_TO - timedelta(days=30 * k + (k * k) % 11)
            statement(chain, NUMBER, day, f"-{10000 + 977 * ((k * 7) % 13)}.00", "5.00")
        return outlook_of(chain, horizon=7).chain.irregular

    recent, older = usual(False), usual(True)
    assert recent is not None and older is not None
    # 732 days instead of 724: a book that begins in 2018 dilutes nothing.
    assert abs(older / recent - Decimal(724) / 732) < Decimal("0.003")


def test_what_a_platform_has_not_billed_comes_by_its_rule_a_sum_for_each_day() -> None:
    chain = banks().store("S1", opened_on=MONDAY)
    chain.account("S1", "meituan", "meituan-S1", legal_entity=A, bank_account=NUMBER, settlement_rule="D3")
    for number in range(7 * WEEKS):
        day, paid = MONDAY + timedelta(days=number), number < 7 * WEEKS - 7
        chain.sale("S1", day, "1000", channel="meituan", method="meituan")
        for part in range(3):
            settled = f"s{number}" if paid else None
            chain.payment("S1", "meituan", day, "300.00", "0.00400", settlement=settled, number=f"{number}-{part}")
    book = chain.done()
    book.execute(
        "insert into base.settlements "
        "(settlement_id, channel, merchant_no, gross, fee, net, first_day, last_day, file_id) "
        "select distinct settlement_id, 'meituan', 'meituan-S1', 900, 0.012, 899.988, "
        "business_day, business_day, uuid() "
        "from base.payment_links where settlement_id is not null"
    )
    measured = measure(book, days.shipped(), (), 14)
    found = reckon(book, measured, (), {})
    unbilled = [one for one in found.on_the_way if one.record_id is None]
    # One sum a day, rounded once: three fees of 0.004 are 0.012. What was due by Sunday may have come.
    assert {one.amount for one in unbilled} == {Decimal("899.99")} and len(unbilled) == 7
    counted = {one.due_on for one in unbilled if one.counted}
    assert counted == {SOLD_TO + timedelta(days=n) for n in (1, 2, 3)}
    assert sum(one.settlements for one in found.chain.days) == Decimal("2699.97")
    assert _sums(found)[0] == Decimal("2699.97")
