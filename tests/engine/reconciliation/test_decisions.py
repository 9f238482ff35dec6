"""What people decide holds, and can be taken back; what the engine derives keeps its identity."""

from __future__ import annotations

from decimal import Decimal

import pytest
from deciding import decide
from reconcile_book import World, a_shop, a_tender, at, ident

from chainbrain.errors import UserError
from chainbrain.reconciliation.room import Decision, ReconciliationRoom

M = "1900000001"


def one_pair() -> World:
    book = a_shop().order("S1", "A1", "38.00", a_tender("4200001")).payment("4200001", "38.00")
    book.reconcile()
    return book


def test_a_rejected_match_is_not_made_again_and_its_rows_fall_back() -> None:
    book = one_pair()
    decide(book, "match", "reject")
    assert book.pairs() == []
    assert book.book.rows_of("select state from main.matches") == [("revoked",)]
    assert book.codes() == [("D01", Decimal("-38.00")), ("D02", Decimal("38.00"))]
    book.reconcile()
    assert book.pairs() == []


def test_a_decision_that_was_taken_back_no_longer_counts() -> None:
    book = one_pair()
    decide(book, "match", "reject")
    book.book.execute("update base.history set undone_by = 8 where entry_id = 7")
    ReconciliationRoom(book.book).take_back(7)
    book.reconcile()
    assert len(book.pairs()) == 1
    assert book.codes() == []


def test_a_match_that_is_found_again_keeps_its_date() -> None:
    book = one_pair()
    book.book.execute("update base.matches set created_at = timestamp '2020-01-01'")
    book.order("S1", "A2", "5.00", a_tender("4200002")).payment("4200002", "5.00")
    book.reconcile()
    assert book.book.one_of("select min(created_at) from main.matches")[0].year == 2020
    assert len(book.pairs()) == 2


def test_a_match_whose_ground_is_gone_is_revoked() -> None:
    book = one_pair()
    book.book.execute("delete from base.payments")
    book.reconcile()
    assert book.book.rows_of("select state from main.matches") == [("revoked",)]


@pytest.mark.parametrize(
    ("verdict", "state", "row"),
    [("explain", "explained", "difference"), ("exclude", "excluded", "excluded"), ("timing", "timing", "timing")],
)
def test_a_decided_difference(verdict: str, state: str, row: str) -> None:
    book = (
        a_shop()
        .order("S1", "A1", "38.00", a_tender("4200001"))
        .order("S1", "A2", "5.00", a_tender("4200002"))
        .payment("4200002", "5.00")
    )
    book.reconcile()
    decide(book, "difference", verdict, note="客人走单")
    assert book.book.rows_of("select state, note from main.differences") == [(state, "客人走单")]
    tender = ident("tender", "S1", "A1", 0, "4200001", Decimal("38.00"))
    assert book.state(tender, "till")[0] == row
    (work,) = ReconciliationRoom(book.book).summary().work
    told = {"explained": work.settled, "excluded": work.excluded, "timing": work.expected}
    assert work.count == 0 and told == {one: int(one == state) for one in told}, "in one place, never in none"
    book.reconcile()
    assert book.book.rows_of("select state, note from main.differences") == [(state, "客人走单")]
    assert book.state(tender, "till")[0] == row
    assert (work,) == ReconciliationRoom(book.book).summary().work
    decide(book, "difference", "reopen", entry=8)
    assert book.book.rows_of("select state from main.differences") == [("open",)]


def test_an_accepted_suggestion_settles_its_rows_and_survives_the_next_run() -> None:
    book = (
        a_shop()
        .bank()
        .wallet_line("W1", "-12.00", "withdrawal", when=at("08:00:00"))
        .bank_line("B1", "12.00", memo="转账")
    )
    book.reconcile()
    decide(book, "match", "accept")
    before = book.book.rows_of(
        "select record_type, record_id, leg, state, match_id, reason from main.row_states order by all"
    )
    assert book.states("bank_line", "bank") == ["matched"]
    book.reconcile()
    assert (
        book.book.rows_of(
            "select record_type, record_id, leg, state, match_id, reason from main.row_states order by all"
        )
        == before
    )
    assert book.book.rows_of("select state, stage from main.matches") == [("confirmed", "accepted")]


def test_unknown_words_and_subjects_are_refused() -> None:
    room = ReconciliationRoom(one_pair().book)
    with pytest.raises(UserError, match=r"decide\.verdict"):
        room.decide(1, Decision("match", (), "explain"))
    with pytest.raises(UserError, match=r"decide\.unknown"):
        room.decide(1, Decision("match", (ident("nobody"),), "reject"))


EVERYTHING = "select record_type, record_id, leg, state, match_id, reason, due_on from main.row_states order by all"


def test_what_a_decision_shows_at_once_is_what_the_next_run_says() -> None:
    book = (
        a_shop().bank().order("S1", "A1", "38.00", a_tender("4200001"), a_tender("4200002", "9.00"), clock="12:00:00")
    )
    book.payment("4200002", "9.00").payment("4200003", "7.00")
    book.payment("4200002", "-9.00", kind="refund", refund_id="R1")
    book.order("S1", "A2", "16.00", a_tender("4200004"), a_tender("4200004")).payment("4200004", "16.00")
    book.order("S1", "A3", "5.00", a_tender("4200005")).payment("4200005", "4.00")
    book.wallet_line("W1", "-5000.00", "withdrawal", when=at("08:00:00"))
    book.bank_line("B1", "77.00", payer="黄志强").cash_count("S1", sales="57.00", counted="256.50")
    book.reconcile()
    room, entry = ReconciliationRoom(book.book), 20
    rows = book.book.rows_of("select cast(difference_id as varchar) from main.differences order by 1")
    assert len(rows) >= 7
    for place, (number,) in enumerate(rows):
        for word in (("exclude", "timing")[place % 2], "reopen"):
            entry += 1
            room.decide(entry, Decision("difference", (number,), word, "看过" if word == "exclude" else ""))
            shown = book.book.rows_of(EVERYTHING), book.book.rows_of("select * from main.differences order by all")
            book.reconcile()
            assert (
                book.book.rows_of(EVERYTHING),
                book.book.rows_of("select * from main.differences order by all"),
            ) == shown
