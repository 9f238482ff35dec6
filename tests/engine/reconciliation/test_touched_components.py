"""What is matched anew after something came or was said gives the same as matching everything anew."""

from __future__ import annotations

import random
from datetime import timedelta

import pytest
from late_rows import Late, changes, keep
from reconcile_book import DAY, World, a_tender, at, ident, yuan
from split_book import MERCHANT, SplitWorld

from chainbrain import texts
from chainbrain.database.book import Book
from chainbrain.reconciliation import attribution, scope
from chainbrain.reconciliation.reconcile import Reconciled, reconcile
from chainbrain.reconciliation.room import Decision, ReconciliationRoom

M = {"S1": "1900000001", "S2": "1900000002"}


@pytest.fixture(autouse=True)
def _small_books_too(monkeypatch: pytest.MonkeyPatch) -> None:
    """In a book of some dozen rows everything is soon touched."""
    monkeypatch.setattr(scope, "MOST", 2.0)


def a_chain(seed: int, sales: int = 60) -> World:
    """Two stores on a few days: sales named by the wallet, by the till or not at all, and all that goes wrong."""
    chance = random.Random(seed)
    book = World().store("S1").store("S2")
    for store, merchant in M.items():
        book.account("wechat", merchant, store, bank=None)
    book.ledger("wechat", M["S1"])
    for number in range(sales):
        store = chance.choice(["S1", "S2"])
        when = at(
            f"{chance.randint(9, 20):02d}:{chance.randint(0, 59):02d}:{chance.randint(0, 59):02d}",
            DAY + timedelta(days=chance.randint(0, 4)),
        )
        amount, wrong = f"{chance.randint(10, 40)}.00", chance.randint(0, 11)
        name, order_no = f"42000{seed:03d}{number:014d}", f"{store}{when:%Y%m%d}{number:06d}"
        reference = {0: None, 1: order_no}.get(chance.randint(0, 5), name)
        tender = {**a_tender(reference), "amount": amount, "paid_at": when, "merchant_no": M[store]}
        paid = f"{int(amount[:2]) + 1}.00" if wrong == 0 else amount
        if wrong != 1:
            again = [dict(tender)] if wrong == 2 and reference else []
            back = [{**tender, "amount": "-5.00", "paid_at": when + timedelta(minutes=9)}] if wrong in (3, 4) else []
            book.order(store, order_no, amount, tender, *again, *back, day=when.date(), clock=f"{when:%H:%M:%S}")
        if wrong != 5:
            elsewhere = M["S2"] if wrong == 6 else M[store]
            book.payment(
                name,
                paid,
                merchant=elsewhere,
                when=when + timedelta(seconds=4),
                order_no=order_no,
                fee="0.99" if wrong == 7 else None,
            )
            if wrong == 3:
                book.payment(
                    name,
                    "-5.00",
                    merchant=elsewhere,
                    when=when + timedelta(minutes=9),
                    kind="refund",
                    refund_id=f"R{name}",
                    order_no=order_no,
                )
            if elsewhere == M["S1"] and wrong != 8:
                book.wallet_line(f"L{name}", paid, "payment", business_id=name, merchant=M["S1"], when=when)
    # two alike within a minute: which belongs to which cannot be told
    for number in (1, 2):
        when = at(f"08:30:{number:02d}")
        book.order(
            "S2",
            f"S2{seed}twin{number}",
            "9.00",
            {**a_tender(None), "amount": "9.00", "paid_at": when, "merchant_no": M["S2"]},
            clock=f"{when:%H:%M:%S}",
        )
        book.payment(
            f"4300{seed}{number}",
            "9.00",
            merchant=M["S2"],
            when=when + timedelta(seconds=9),
            order_no=f"elsewhere{number}",
        )
    attribution.refresh(book.book)
    return book


def held_side_by_side(book: Book) -> Reconciled:
    """Match anew what was touched, then everything; nothing may differ."""
    found = reconcile(book)
    keep(book)
    reconcile(book, whole=True)
    assert changes(book) == {}
    return found


@pytest.mark.parametrize("seed", range(4))
def test_rows_that_come_later(seed: int) -> None:
    book = a_chain(seed).book
    late = Late(book, seed)
    late.hold_back()
    reconcile(book, whole=True)
    late.bring()
    found = held_side_by_side(book)
    assert sum(late.counts.values()) > 0
    assert found.rows is None or found.reason == ""


def test_a_late_bill_touches_its_own_component_only() -> None:
    book = a_chain(9)
    book.order(
        "S1",
        "S120260803900001",
        "77.00",
        {**a_tender("4200077"), "amount": "77.00", "paid_at": at("08:00:00"), "merchant_no": M["S1"]},
        clock="08:00:00",
    )
    reconcile(book.book)
    book.payment("4200077", "77.00", merchant=M["S1"], when=at("08:00:03"), file="late")
    attribution.refresh(book.book)
    found = held_side_by_side(book.book)
    assert found.reason == ""
    assert found.rows is not None
    assert book.state(ident("payment", "wechat", "4200077", None, None, "payment", None), "till")[0] == "matched"


def test_a_card_is_told_of_when_the_till_day_that_does_not_know_its_use_is_complete() -> None:
    book, day = World(covered=None).store("S1", cover=False), DAY + timedelta(days=3)
    book.cover("till", None, "S1", first=DAY, last=DAY + timedelta(days=1))
    book.order("S1", "A0", "5.00", {"method": "stored_value", "amount": "5.00", "reference": None})
    book.used("S1", "A0", "5.00")
    book.used("S1", "CARD9", "27.00", when=at("12:00:00", day))
    attribution.refresh(book.book)
    reconcile(book.book)
    assert book.codes() == []
    book.order("S1", "B1", "9.00", {"method": "cash", "amount": "9.00"}, day=day)
    book.cover("till", None, "S1", first=day, last=day)
    late = book.file("late")
    for table in ("orders", "tenders"):
        book.book.execute(f"update base.{table} set file_id = $late where order_no = 'B1'", late=late)
    book.book.execute("update base.coverage set file_id = $late where day = $day", late=late, day=day)
    attribution.refresh(book.book)
    found = held_side_by_side(book.book)
    assert found.reason == "" and found.rows is not None
    assert book.codes() == [("D14", yuan("27.00"))]


@pytest.mark.parametrize(
    ("subject", "verdict"),
    [("difference", "exclude"), ("difference", "timing"), ("match", "reject"), ("match", "accept")],
)
def test_words_and_taking_them_back(subject: str, verdict: str) -> None:
    book = a_chain(5).book
    reconcile(book)
    state = "suggested" if verdict == "accept" else "confirmed"
    names = {
        "difference": "select cast(difference_id as varchar) from base.differences order by 1 limit 3",
        "match": f"select cast(match_id as varchar) from base.matches where state = '{state}' order by 1 limit 3",
    }
    ids = tuple(row[0] for row in book.rows_of(names[subject]))
    assert ids
    book.execute("insert into base.history values (7, now()::timestamp, 'me', 'decide', '{}', true, null, null)")
    ReconciliationRoom(book).say(7, Decision(subject, ids, verdict, "看过"))
    assert held_side_by_side(book).reason == ""
    book.execute("update base.history set undone_by = 8 where entry_id = 7")
    assert held_side_by_side(book).reason == ""


def test_what_cannot_be_told_from_some_rows_is_matched_as_a_whole() -> None:
    book = a_chain(2, sales=8)
    assert reconcile(book.book).reason == "first"
    assert reconcile(book.book, whole=True).reason == "asked"
    assert reconcile(book.book).rows is not None
    book.book.execute("delete from base.row_states where record_type = 'order'")
    assert reconcile(book.book).reason == "states"
    book.store("S3", cover=False)
    assert reconcile(book.book).reason == "stores"
    book.book.execute("delete from base.wallet_lines where business_id is not null")
    assert reconcile(book.book).reason == "rows_gone"


def test_splits_are_judged_with_their_sales() -> None:
    world = SplitWorld().rule("品牌费", "品牌", "0.05")
    for number, part in enumerate(("1.90", "1.80", None, "1.90")):
        world.payment(f"T{number}", "38.00", merchant=MERCHANT)
        if part is not None:
            world.split(f"T{number}", "品牌", part)
    attribution.refresh(world.book)
    reconcile(world.book)
    assert held_side_by_side(world.book).reason == ""
    world.payment("T3", "-38.00", merchant=MERCHANT, kind="refund", refund_id="R3", when=at("14:00:00"), file="late")
    world.insert(
        "split_lines", split_line_id=ident("late split"), channel="wechat", merchant_no=MERCHANT, external_id="9",
        payment_external_id="T2", receiver="品牌", amount=yuan("1.90"), status="success", occurred_at=at("15:00:00"),
        file_id=world.file("late"), line=1,
    )  # fmt: skip
    attribution.refresh(world.book)
    found = held_side_by_side(world.book)
    assert found.reason == ""
    assert found.rows


@pytest.mark.parametrize("seed", range(2))
def test_products_that_come_later_are_shared_as_if_they_had_been_there(seed: int) -> None:
    world = SplitWorld().rule("寄售", "酒商", "0.15", category="寄售酒水").rule("品牌费", "品牌", "0.05")
    for number in range(8):
        world.order("S1", f"A{number}", "100.00", {"amount": "100.00", "reference": f"T{number}"})
        world.payment(f"T{number}", "100.00", merchant=MERCHANT)
        world.items(f"A{number}", 饮品="60.00", 寄售酒水="40.00")
        world.split(f"T{number}", "酒商", "6.00")
    world.payment("T1", "-50.00", merchant=MERCHANT, kind="refund", refund_id="R1", when=at("14:00:00"))
    attribution.refresh(world.book)
    late = Late(world.book, seed)
    late.hold_back()
    reconcile(world.book, whole=True)
    before = world.book.one_of("select count(*) from base.split_shares")[0]
    late.bring()
    assert held_side_by_side(world.book).reason == ""
    assert late.counts["order_items"] > 0
    assert world.book.one_of("select count(*) from base.split_shares")[0] == 9 > before


def test_every_reason_to_match_everything_is_worded() -> None:
    book = a_chain(2, sales=4).book
    reconcile(book)
    names = {
        row[0] for row in book.rows_of("select split_part(key, ':', 1) from base.reconciled_facts where kind = 'same'")
    }
    for name in names | {
        "first",
        "asked",
        "rows_gone",
        "split_payouts",
        "too_much",
        "serving",
        "clocks",
        "numbers",
        "fees",
        "states",
        "payouts",
    }:
        assert texts.word(f"reconcile_all.{name}", "zh") != texts.word(f"reconcile_all.{name}", "en")


def test_the_first_split_of_a_book_and_of_one_whose_rules_were_taken_back() -> None:
    world = SplitWorld()
    for number in range(4):
        world.payment(f"T{number}", "38.00", merchant=MERCHANT)
    attribution.refresh(world.book)
    reconcile(world.book)
    assert not world.book.rows_of("select 1 from base.row_states where leg = 'split'")
    world.split("T1", "品牌", "1.90")
    attribution.refresh(world.book)
    held_side_by_side(world.book)
    judged = world.book.one_of("select state, reason from base.row_states where leg = 'split'")
    assert judged == ("excluded", "no_rules")
    world.rule("品牌费", "品牌", "0.05")
    held_side_by_side(world.book)
    assert world.book.one_of("select count(*) from base.row_states where record_type = 'split_part'") == (4,)
    world.book.execute("delete from base.split_rules")
    world.book.execute("delete from base.split_lines")
    held_side_by_side(world.book)
    left = "select 1 from base.row_states where leg = 'split' union all select 1 from base.split_parts"
    assert not world.book.rows_of(left)
    reconcile(world.book, whole=True)
    assert not world.book.rows_of("select 1 from base.matches where kind = 'split' and state <> 'revoked'")
