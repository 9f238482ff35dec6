"""Roll-forwards of a month: worked numbers, every one of them closing at 0.00, each item there to be opened."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal

import pytest

from chainbrain.closing.room import CloseRoom
from chainbrain.closing.transit import ChannelRoll, Movements, OpenItem
from chainbrain.reconciliation.groups import Member
from chainbrain.reconciliation.room import Decision, ReconciliationRoom
from tests.engine.reconciliation.reconcile_book import DAY, World, at, ident, yuan

M = "1900000001"
NEXT = DAY + timedelta(days=1)
END = date(2026, 8, 31)
MONTH = date(2026, 8, 1)


def opening(book: World, balance: str, kind: str, day: date = DAY, **more: str) -> World:
    book.insert(
        "openings", opening_id=ident("opening", kind, day, *more.values()), kind=kind, day=day,
        balance=Decimal(balance),
        file_id=book.file("files"), line=book.line(), **more,
    )  # fmt: skip
    return book


def worked() -> World:
    """The roll-forward of the page on payments, section 8."""
    book = World(covered=(DAY, END)).store("S1").account("wechat", M, "S1").ledger("wechat", M).bank()
    opening(book, "18250.40", "wallet", account_no=M)
    book.payment("P1", "265430.00", fee="1008.63").payment("P1", "-3120.50", kind="refund", refund_id="R1", fee="0")
    for number, amount, kind in (
        ("P1", "265430.00", "payment"),
        ("P1", "-1008.63", "fee"),
        ("R1", "-3120.50", "refund"),
    ):
        book.wallet_line(f"F{kind}", amount, kind, business_id=number)
    book.wallet_line("W1", "-259801.27", "withdrawal", when=at("02:00:00", NEXT))
    return book.bank_line("B1", "259801.27", day=NEXT, memo=f"{M} 微信支付提现")


def printed(book: World, **balances: str) -> None:
    """What the statement prints behind its lines."""
    for number, balance in balances.items():
        book.book.execute("update base.bank_lines set balance = $b where external_id = $n", b=yuan(balance), n=number)


def room(book: World) -> CloseRoom:
    book.reconcile()
    return CloseRoom(book.book)


def test_the_worked_example_of_money_in_transit() -> None:
    (wechat,) = room(worked()).transit(MONTH).channels
    assert (wechat.opening, wechat.closing, wechat.gap) == (yuan("18250.40"), yuan("19750.00"), 0)
    assert wechat.month == Movements(
        yuan("265430.00"), yuan("3120.50"), yuan("1008.63"), yuan("0"), yuan("259801.27"), yuan("0")
    )
    assert wechat.proven
    assert sum(item.amount for item in wechat.items) == yuan("19750.00")


def test_what_bill_and_ledger_tell_differently_is_an_item_and_no_gap() -> None:
    """A sale that the ledger lacks and a ledger line that no bill has are things, not a difference in the sum."""
    book = worked().payment("P2", "88.00", fee="0.33", when=at("15:00:00"))
    book.wallet_line("F9", "12.00", "payment", business_id="P9")
    (wechat,) = room(book).transit(MONTH).channels
    standing = {item.standing: item.amount for item in wechat.items if item.standing.startswith("not_in")}
    assert standing == {"not_in_ledger": yuan("87.67"), "not_in_bill": yuan("-12.00")}
    assert wechat.gap == 0
    assert wechat.closing == yuan("19837.67")


def test_a_merchant_without_ledger_and_payouts_is_said_to_be_unproven() -> None:
    book = World(covered=(DAY, END)).store("S1").account("wechat", M, "S1")
    book.payment("P1", "100.00", fee="0.38")
    (wechat,) = room(book).transit(MONTH).channels
    assert (wechat.proven, wechat.unproven, wechat.gap) == (None, yuan("99.62"), 0)


def test_a_gap_is_told_beside_a_merchant_of_which_nothing_can_be_told() -> None:
    unproven = OpenItem("wechat", M, "unproven", None, None, yuan("99.62"))
    closed, gaping = (ChannelRoll("wechat", yuan(o), Movements(), Movements(), (unproven,)) for o in ("99.62", "99.63"))
    assert (closed.proven, gaping.proven, gaping.gap) == (None, False, yuan("0.01"))


def test_what_is_written_off_of_a_payout_in_two_deposits_leaves_the_way_once() -> None:
    """A withdrawal of 45.00 arrives as 30.00 and, a day later, 10.00; somebody writes the other 5.00 off."""
    book = worked().wallet_line("W2", "-45.00", "withdrawal", when=at("03:00:00", NEXT))
    book.bank_line("B2", "30.00", day=NEXT, memo="往来").bank_line(
        "B3", "10.00", day=NEXT + timedelta(days=1), memo="往来"
    )
    book.reconcile()
    members = (
        Member("wallet_line", ident("line", "wechat", "W2")), Member("bank_line", ident("bank", "62220001", "B2")),
        Member("bank_line", ident("bank", "62220001", "B3")),
    )  # fmt: skip
    desk = ReconciliationRoom(book.book)
    for entry, code in ((7, None), (8, "D08")):
        book.book.execute(
            "insert into base.history values ($e, now()::timestamp, 'me', 'decide', '{}', true, null, null)", e=entry
        )
        if code is None:
            desk.decide(entry, Decision("match", (), "match", "少 5 元", members))
            continue
        ((short,),) = book.book.rows_of(
            "select cast(difference_id as varchar) from base.differences where code = $code and cause = 'bank_amount'",
            code=code,
        )
        desk.decide(entry, Decision("difference", (short,), "exclude", "银行扣了"))
    closing = room(book)
    (wechat,) = closing.transit(MONTH).channels
    assert (wechat.month.adjustments, wechat.gap) == (yuan("-5.00"), 0)
    assert wechat.closing == yuan("19750.00") - yuan("45.00")
    assert closing.bank(MONTH)[0].not_at_bank == ()


def test_the_worked_example_of_stored_value() -> None:
    book = World(covered=(DAY, END)).store("S1")
    opening(book, "680000.00", "stored_value", store_code="S1")
    for number, (kind, amount) in enumerate(
        (("top_up", "125000"), ("bonus", "9500"), ("use", "143200.50"), ("refund", "4300"))
    ):
        book.insert(
            "stored_value_lines", stored_value_line_id=ident("sv", number), store_code="S1", occurred_at=at(),
            kind=kind, amount=yuan(amount), member_hash=f"m{number % 2}", file_id=book.file("files"), line=book.line(),
        )  # fmt: skip
    found = room(book).stored_value(MONTH)
    (store,) = found.stores
    assert (store.closing, found.total.closing, found.on_cards, found.gap) == (*[yuan("666999.50")] * 3, 0)
    assert (store.opening, store.used, found.cards) == (yuan("680000"), yuan("143200.50"), 2)


@pytest.mark.parametrize("store", ["S1", None])
def test_stored_value_from_before_its_opening_balance_is_in_it(store: str | None) -> None:
    book = World(covered=(DAY, END)).store("S1").store("S2")
    opening(book, "1000.00", "stored_value", **({"store_code": store} if store else {}))
    lines = (("S1", DAY - timedelta(days=9), "700.00"), ("S1", DAY, "50.00"), ("S2", DAY - timedelta(days=9), "3.00"))
    for number, (code, day, amount) in enumerate(lines):
        book.insert(
            "stored_value_lines", stored_value_line_id=ident("sv", number), store_code=code, kind="top_up",
            occurred_at=at("12:00:00", day), amount=yuan(amount), member_hash=f"m{number}", file_id=book.file("files"),
            line=book.line(),
        )  # fmt: skip
    found = room(book).stored_value(MONTH)
    # What another store had before is in the opening of the whole chain, not in that of one store.
    before = yuan("0.00") if store is None else yuan("3.00")
    assert (found.total.opening, found.total.topped_up) == (yuan("1000.00") + before, yuan("50.00"))
    assert (found.total.closing, found.gap) == (yuan("1050.00") + before, 0)


def test_a_later_balance_of_stored_value_replaces_the_earlier_one() -> None:
    book = World(covered=(DAY, END)).store("S1")
    opening(book, "1000.00", "stored_value", store_code="S1")
    opening(book, "1040.00", "stored_value", store_code="S1", day=DAY + timedelta(days=3))
    for number, (days, amount) in enumerate(((1, "50.00"), (5, "7.00"))):
        book.insert(
            "stored_value_lines", stored_value_line_id=ident("sv", number), store_code="S1", kind="top_up",
            occurred_at=at("12:00:00", DAY + timedelta(days=days)), amount=yuan(amount), member_hash=f"m{number}",
            file_id=book.file("files"), line=book.line(),
        )  # fmt: skip
    found = room(book).stored_value(MONTH)
    assert (found.total.opening, found.total.topped_up) == (yuan("1040.00"), yuan("7.00"))
    assert (found.total.closing, found.on_cards, found.gap) == (yuan("1047.00"), yuan("1047.00"), 0)


def test_both_sides_of_a_bank_account_come_to_one_figure_by_single_items() -> None:
    """A withdrawal of the last day is not at the bank yet, a supplier's refund is in no book."""
    book = worked().bank_line("B2", "500.00", day=NEXT, payer="某供应商", memo="退货款")
    book.bank_line("B3", "-120.00", day=NEXT + timedelta(days=1), payer="房东", memo="房租")
    printed(book, B1="259801.27", B2="260301.27", B3="260181.27")
    book.wallet_line("W2", "-1750.00", "withdrawal", when=at("23:30:00", END))
    closing = room(book)
    (account,) = closing.bank(MONTH)
    assert account.statement == yuan("260181.27")
    assert [item.amount for item in account.not_at_bank] == [yuan("1750.00")]
    assert [(item.amount, item.payer) for item in account.not_in_book] == [(yuan("500.00"), "某供应商")]
    assert account.adjusted_bank == account.adjusted_book == yuan("261931.27")
    assert account.gap == 0
    (proof,) = closing.proof_of_cash(MONTH)
    assert proof.proven
    assert (proof.bank.receipts, proof.book.receipts) == (yuan("260301.27"), yuan("261551.27"))
    assert proof.bank.payments == proof.book.payments == yuan("120.00")


def test_a_line_that_the_statement_lacks_shows_in_both_tables() -> None:
    """The bank prints a balance that its own lines do not come to."""
    book = worked().bank_line("B2", "-120.00", day=NEXT + timedelta(days=1), payer="房东")
    printed(book, B1="259801.27", B2="1")
    closing = room(book)
    (account,), (proof,) = closing.bank(MONTH), closing.proof_of_cash(MONTH)
    assert account.gap == yuan("-259680.27")
    assert not proof.proven
    assert proof.gap.closing == yuan("-259680.27")
    assert proof.gap.receipts == proof.gap.payments == 0


def test_lines_from_before_an_opening_balance_are_in_it() -> None:
    """A statement that reaches back behind the day on which the book begins counts from that day on."""
    book = worked().bank_line("B0", "50.00", day=DAY - timedelta(days=3), payer="房东")
    printed(book, B0="1050.00", B1="260851.27")
    opening(book, "1050.00", "bank", account_no="6222 0001")
    closing = room(book)
    (account,), (proof,) = closing.bank(MONTH), closing.proof_of_cash(MONTH)
    assert (account.statement, account.book, account.gap) == (yuan("260851.27"), yuan("260851.27"), 0)
    assert proof.proven
    assert (proof.bank.opening, proof.book.opening, proof.book.receipts) == (
        yuan("1050.00"), yuan("1050.00"), yuan("259801.27"),
    )  # fmt: skip
    assert account.not_at_bank == account.not_in_book == ()


def test_of_an_account_that_two_files_write_differently_the_latest_balance_counts() -> None:
    book = worked().bank_line("B2", "-1.27", day=END, payer="房东", account="6222-0001")
    printed(book, B1="259801.27", B2="259800.00")
    (account,) = room(book).bank(MONTH)
    assert (account.statement, account.gap) == (yuan("259800.00"), 0)
    earlier = worked().bank_line("B0", "-1.27", day=DAY, payer="房东", account="6222-0001")
    printed(earlier, B0="10.00", B1="259811.27")
    (account,) = room(earlier).bank(MONTH)
    assert (account.statement, account.gap) == (yuan("259811.27"), 0)


def test_locked_figures_keep_every_place_of_a_fee_and_only_splits_that_were_done() -> None:
    book = World(covered=(DAY, END)).store("S1").account("wechat", M, "S1")
    book.payment("P1", "8.07", fee="0.03067").payment("P2", "8.07", fee="0.03067")
    for number, status in (("1", "success"), ("2", "failed")):
        book.insert(
            "split_lines", split_line_id=ident("split", number), channel="wechat", external_id=f"P1-{number}",
            payment_external_id="P1", receiver="总部", amount=yuan("0.40"), status=status, occurred_at=at(),
            file_id=book.file("files"), line=book.line(),
        )  # fmt: skip
    figures = {one.key: one.amount for one in room(book).reckoned(MONTH)}
    assert figures["store", "S1", "wechat", "fees"] == Decimal("0.06134")
    assert figures["fees", "wechat", M, "charged"] == Decimal("0.06134")
    assert figures["split", "总部", "", "executed"] == yuan("0.40")
