"""Where nothing moved that the bank leg goes by, what the book says of the banks holds; it is the same as said anew."""

from __future__ import annotations

from datetime import timedelta

import pytest
from late_rows import changes, keep
from reconcile_book import DAY, World, a_tender, at
from run_book import NUMBERS, M, a_chain, after, daily, deposits, sales

from chainbrain import facts
from chainbrain.analytics import daily as sold
from chainbrain.reconciliation import attribution, scope
from chainbrain.reconciliation.reconcile import reconcile
from chainbrain.reconciliation.room import Decision, ReconciliationRoom

KEPT, DIRECT = "1900000001", "1900000002"


@pytest.fixture(autouse=True)
def _small_books_too(monkeypatch: pytest.MonkeyPatch) -> None:
    """In a book of some dozen rows everything is soon touched."""
    monkeypatch.setattr(scope, "MOST", 2.0)


def a_drawing_chain() -> World:
    """Two stores that draw money from their wallets: one drawing arrived, one is late, one deposit is nobody's."""
    book = World().bank()
    for store, merchant in (("S1", KEPT), ("S2", DIRECT)):
        book.store(store).account("wechat", merchant, store).ledger("wechat", merchant)
        for n in range(4):
            number, when = f"42{store}{n:012d}", at("12:00:00", after(n))
            book.order(
                store, f"{store}{n}", "50.00", {**a_tender(number), "amount": "50.00", "paid_at": when}, day=after(n)
            )
            book.payment(number, "50.00", merchant=merchant, when=when)
            book.wallet_line(f"L{number}", "50.00", "payment", business_id=number, merchant=merchant, when=when)
        for n in (1, 3):
            drawn = at("20:00:00", after(n))
            book.wallet_line(
                f"W{store}{n}", "-80.00", "withdrawal", business_id=f"9{store}{n:09d}", merchant=merchant, when=drawn
            )
    book.bank_line("B1", "80.00", day=after(2), memo="提现9S1000000001")
    book.bank_line("B2", "33.00", day=after(3), memo="?")
    attribution.refresh(book.book)
    return book


def settled(book: World) -> None:
    """Match anew what was touched, then everything: nothing differs, neither states nor what is summed of them."""
    sold.refresh(book.book)
    assert reconcile(book.book).reason == ""
    rests = book.book.one_of("select bank_rests()")[0]
    assert facts.differing(book.book) == ()
    keep(book.book)
    reconcile(book.book, whole=True)
    assert changes(book.book) == {}
    book.book.execute(f"create or replace temp macro bank_rests() as {rests}")


def rested(book: World) -> bool:
    settled(book)
    return bool(book.book.one_of("select bank_rests()")[0])


def a_late_sale(book: World, store: str = "S1", merchant: str = KEPT) -> None:
    when = at("13:00:00", after(2))
    book.order(store, f"{store}late", "21.00", {**a_tender("4277"), "amount": "21.00", "paid_at": when}, day=after(2))
    for table in ("orders", "tenders"):
        book.book.execute(
            f"update base.{table} set file_id = $f where order_no = $n", f=book.file("late"), n=f"{store}late"
        )
    book.payment("4277", "21.00", merchant=merchant, when=when, file="late")
    attribution.refresh(book.book)


def test_a_late_sale_leaves_the_banks_alone() -> None:
    book = a_drawing_chain()
    reconcile(book.book)
    a_late_sale(book)
    before = book.book.rows_of("from base.row_states where leg = 'bank' order by all")
    assert rested(book)
    assert book.book.rows_of("from base.row_states where leg = 'bank' order by all") == before
    assert len({row[4] for row in before}) > 1


def test_money_on_its_way_is_reckoned_anew_only_at_the_numbers_of_the_rows_that_came() -> None:
    book = a_drawing_chain()
    reconcile(book.book)
    flows = "select * from base.daily_flows where merchant {} $m order by all"
    before = [book.book.rows_of(flows.format(sign), m=KEPT) for sign in ("=", "<>")]
    book.book.execute("update base.daily_flows set amount = amount + 1 where merchant <> $m", m=KEPT)
    a_late_sale(book)
    reconcile(book.book)
    assert book.book.rows_of("from moved_numbers") == [("wechat", KEPT)]
    after_it = [book.book.rows_of(flows.format(sign), m=KEPT) for sign in ("=", "<>")]
    assert after_it[0] != before[0]
    # what was written into the others by hand is still there: nobody went over them
    assert after_it[1] == [(*row[:-1], row[-1] + 1) for row in before[1]]
    reconcile(book.book, whole=True)
    sold.refresh(book.book)
    reconcile(book.book)
    assert facts.differing(book.book) == ()


@pytest.mark.parametrize("what", ["deposit", "drawing", "word", "word_taken_back", "statement"])
def test_what_the_banks_go_by_wakes_them(what: str) -> None:
    book = a_drawing_chain()
    reconcile(book.book)
    if what == "deposit":
        book.bank_line("B3", "80.00", day=after(4), memo="提现9S2000000003")
        book.book.execute("update base.bank_lines set file_id = $f where external_id = 'B3'", f=book.file("late"))
    elif what == "drawing":
        drawn = at("20:00:00", after(2))
        book.wallet_line("W9", "-33.00", "withdrawal", business_id="9S2000000009", merchant=DIRECT, when=drawn)
        book.book.execute("update base.wallet_lines set file_id = $f where external_id = 'W9'", f=book.file("late"))
    elif what == "statement":
        late = after(14)
        book.bank(first=late, last=late + timedelta(days=1))
        book.book.execute("update base.coverage set file_id = $f where day >= $d", f=book.file("late"), d=late)
    else:
        ((found,),) = book.book.rows_of(
            "select cast(difference_id as varchar) from base.differences where record_type = 'bank_line' limit 1"
        )
        book.insert("history", entry_id=7, at=at(), who="me", kind="decide", facts="{}", undoable=True)
        ReconciliationRoom(book.book).say(7, Decision("difference", (found,), "exclude", "看过"))
        if what == "word_taken_back":
            book.book.execute("update base.history set undone_by = 8 where entry_id = 7")
    attribution.refresh(book.book)
    assert not rested(book)


def test_what_something_else_wrote_into_the_states_of_the_banks_is_matched_anew() -> None:
    book = a_drawing_chain()
    reconcile(book.book)
    before = book.book.rows_of("from base.row_states order by all")
    book.book.execute("delete from base.row_states where record_type = 'bank_line'")
    assert reconcile(book.book).reason == "states"
    assert book.book.rows_of("from base.row_states order by all") == before


def test_payments_of_learned_payouts_keep_their_payout_while_the_banks_rest() -> None:
    book = deposits(a_chain("S1", "S2"), daily())
    book.order("S1", "first", "5.00", {**a_tender(None), "amount": "5.00"})
    attribution.refresh(book.book)
    reconcile(book.book)
    assert book.states("payment", "payout").count("matched") > 0
    # the till of a store whose payouts are learned
    for n in range(2):
        amount = str(sales(n)[0])
        when = at("11:00:00", after(n))
        book.order(
            "S1",
            f"late{n}",
            amount,
            {**a_tender(f"S1{n}a"), "amount": amount, "paid_at": when, "merchant_no": M},
            day=after(n),
        )
        for table in ("orders", "tenders"):
            book.book.execute(
                f"update base.{table} set file_id = $f where order_no = $n", f=book.file("late"), n=f"late{n}"
            )
    attribution.refresh(book.book)
    assert rested(book)
    assert book.states("tender", "till").count("matched") == 2


def test_a_late_payment_of_a_learned_payout_wakes_the_banks() -> None:
    book = deposits(a_chain("S1", "S2"), daily())
    reconcile(book.book)
    book.payment("late", "7.77", merchant=NUMBERS["S1"], when=at("11:30:00", after(4)), file="late")
    attribution.refresh(book.book)
    assert reconcile(book.book).rows is None or not book.book.one_of("select bank_rests()")[0]


def test_the_till_of_a_day_without_a_bill_wakes_the_banks() -> None:
    """A store that took nothing through the channel on such a day is none whose file is awaited."""
    book = World(covered=None).bank(first=DAY, last=after(13))
    book.store("S1", cover=False).account("wechat", M, "S1", cover=False)
    book.cover("till", None, "S1", first=DAY, last=after(5))
    for first, last in ((0, 1), (3, 5)):
        book.cover("ledger", "wechat", M, first=after(first), last=after(last))
    book.wallet_line("W1", "-80.00", "withdrawal", business_id="9000000001", merchant=M, when=at("20:00:00", after(1)))
    book.bank_line("B1", "55.00", day=after(3), memo="结算款")
    attribution.refresh(book.book)
    reconcile(book.book)
    assert book.book.rows_of("select key from base.reconciled_facts where kind = 'gap_day'") == [("S1\x1f2026-08-05",)]
    book.order(
        "S1", "late", "9.00", {**a_tender(None), "amount": "9.00", "paid_at": at("12:00:00", after(2))}, day=after(2)
    )
    for table in ("orders", "tenders"):
        book.book.execute(f"update base.{table} set file_id = $f", f=book.file("late"))
    attribution.refresh(book.book)
    assert not rested(book)


def test_what_the_banks_go_by_is_the_same_however_it_was_come_by() -> None:
    book = a_drawing_chain()
    reconcile(book.book)
    first = book.book.rows_of("select key from base.reconciled_facts where kind = 'bank'")
    for whole in (False, True):
        reconcile(book.book, whole=whole)
        assert book.book.rows_of("select key from base.reconciled_facts where kind = 'bank'") == first
