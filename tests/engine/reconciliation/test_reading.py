"""What the screens read: the band, the work list, bank lines, candidates, and arithmetic that ends in the gap."""

from __future__ import annotations

import re
from datetime import timedelta
from decimal import Decimal

import pytest
from reconcile_book import DAY, World, a_shop, a_tender, at, ident

from chainbrain import texts
from chainbrain.database.statements import QUERIES
from chainbrain.errors import UserError
from chainbrain.reconciliation import settlement, summary, tenders
from chainbrain.reconciliation.room import ReconciliationRoom

M = "1900000001"


@pytest.fixture
def book() -> World:
    """A sale drawn to the bank, a sale nobody knows, a small deposit without payer, an owner's transfer."""
    world = a_shop().bank().ledger("wechat", M)
    world.order("S1", "A1", "1000.00", a_tender("4200001")).payment("4200001", "1000.00")
    world.wallet_line("F1", "1000.00", "payment", business_id="4200001", when=at("12:00:00"))
    world.wallet_line("F2", "-3.80", "fee", business_id="4200001", when=at("12:00:01"))
    world.wallet_line("W1", "-996.20", "withdrawal", when=at("08:00:00", DAY + timedelta(days=1)))
    world.bank_line("B1", "996.20", day=DAY + timedelta(days=1), memo=f"微信支付提现 {M} 20260804")
    world.order("S1", "A2", "28.00", a_tender("4200002"))
    world.wallet_line("W2", "-12.00", "withdrawal", when=at("08:00:00", DAY + timedelta(days=2)))
    world.bank_line("B2", "12.00", day=DAY + timedelta(days=2), memo="转账存入", payer="")
    world.bank_line("B3", "20000.00", day=DAY + timedelta(days=3), memo="往来款", payer="黄志强")
    world.reconcile()
    return world


def test_the_band_adds_up_and_counts_what_waits(book: World) -> None:
    found = ReconciliationRoom(book.book).summary()
    assert {leg.leg: leg.total for leg in found.legs} == {"till": 5, "ledger": 5, "bank": 5}
    assert (found.leg("bank").matched, found.leg("bank").timing, found.leg("bank").difference) == (2, 2, 1)
    assert found.leg("payout").total == 0
    assert [(group.work, group.count, group.amount) for group in found.work] == [
        ("till_only", 1, Decimal("28.00")),
        ("single", 1, Decimal("12.00")),
        ("no_candidate", 1, Decimal("20000.00")),
    ]
    assert (found.open_count, found.open_amount) == (3, Decimal("20040.00"))
    assert (found.single_count, found.single_amount) == (1, Decimal("12.00"))
    assert [group.work for group in found.work_of("bank")] == ["single", "no_candidate"]


def test_the_rows_of_one_store_are_counted_with_its_work(book: World) -> None:
    book.store("S2").account("wechat", "1900000002", "S2")
    book.order("S2", "B1", "50.00", a_tender("4300001", merchant_no="1900000002")).payment(
        "4300001", "50.00", merchant="1900000002"
    )
    book.reconcile()
    room = ReconciliationRoom(book.book)
    whole, first, second = room.summary(), room.summary(store="S1"), room.summary(store="S2")
    assert first.leg("till").total + second.leg("till").total == whole.leg("till").total
    assert (second.leg("till").matched, second.leg("till").difference) == (3, 0) and second.work == ()
    assert first.leg("till").difference == whole.leg("till").difference == 2
    assert room.summary(DAY + timedelta(days=1), DAY + timedelta(days=9), "S2").leg("till").total == 0
    assert room.legs() == {leg.leg for leg in whole.legs}, "what a store lacks, the book may have"


def test_what_a_state_counts_at_the_bank_is_what_it_lists(book: World) -> None:
    room = ReconciliationRoom(book.book)
    counted = room.summary().leg("bank")
    for state in ("matched", "timing", "excluded"):
        listed = len(room.bank_worklist(state=state)) + len(room.payouts(state))
        assert listed == getattr(counted, state), state
    ((waiting,),) = ((one for one in room.payouts("matched")),)
    assert (waiting.external_id, waiting.amount) == ("W1", Decimal("996.20"))
    assert room.payouts("matched", after=DAY) == ()


def test_a_period_shows_its_own_days_only(book: World) -> None:
    room = ReconciliationRoom(book.book)
    whole, first_day = room.summary(), room.summary(DAY, DAY + timedelta(days=1))
    assert first_day.leg("till").total == whole.leg("till").total
    assert first_day.leg("bank").total == 0
    assert [group.work for group in first_day.work] == ["till_only"]


def test_bank_lines_that_wait_say_what_is_known(book: World) -> None:
    room = ReconciliationRoom(book.book)
    lines = {item.bank_line_id: item for item in room.bank_worklist()}
    small, transfer = lines[ident("bank", "62220001", "B2")], lines[ident("bank", "62220001", "B3")]
    assert len(lines) == 2
    assert (small.answer, small.solutions, small.gap) == ("single", 1, Decimal("0.00"))
    assert (transfer.answer, transfer.solutions, transfer.match_id, transfer.code) == ("none", 0, None, "D09")
    assert [item.answer for item in room.bank_worklist(state="matched")] == ["proven"]
    assert room.bank_worklist(account="nowhere") == ()
    assert room.bank_accounts() == ("62220001",)


def test_candidates_come_closest_first_and_say_why(book: World) -> None:
    found = ReconciliationRoom(book.book).candidates(ident("bank", "62220001", "B2"))
    assert [(item.net, item.why) for item in found] == [(Decimal("12.00"), "exact"), (Decimal("996.20"), "held")]
    assert found[1].held_on == DAY + timedelta(days=1)


def test_the_arithmetic_of_a_withdrawal_ends_in_nothing_missing(book: World) -> None:
    room = ReconciliationRoom(book.book)
    (item,) = room.bank_worklist(state="matched")
    proof = room.evidence(item.match_id or "")
    assert [(line.key, line.amount) for line in proof.lines] == [
        ("payment", Decimal("1000.00")),
        ("fee", Decimal("-3.80")),
        ("expected", Decimal("996.20")),
        ("bank_line", Decimal("996.20")),
        ("gap", Decimal("0.00")),
    ]
    assert (proof.proof, proof.gap, proof.solutions) == ("merchant_and_day", Decimal("0.00"), 1)


def test_every_match_can_be_opened_and_its_totals_are_sums(book: World) -> None:
    room = ReconciliationRoom(book.book)
    for (match,) in book.book.rows_of("select cast(match_id as varchar) from main.matches"):
        proof = room.evidence(match)
        parts = [line.amount for line in proof.lines if not line.total]
        totals = [line for line in proof.lines if line.total]
        if len(totals) == 2:
            before = proof.lines[: proof.lines.index(totals[0])]
            assert sum((line.amount for line in before), Decimal(0)) == totals[0].amount
        assert parts
        assert totals[-1].key == "gap"
    with pytest.raises(UserError, match=r"decide\.unknown"):
        room.evidence(ident("nothing"))


def test_what_is_late_is_listed_with_its_day() -> None:
    world = a_shop().bank().wallet_line("W1", "-5000.00", "withdrawal", when=at("08:00:00"))
    world.reconcile()
    (item,) = ReconciliationRoom(world.book).late()
    assert (item.amount, item.due_on, item.merchant_no, item.record_type) == (
        Decimal("-5000.00"),
        DAY,
        M,
        "wallet_line",
    )


def test_every_key_has_words() -> None:
    sql = "\n".join(path.read_text(encoding="utf-8") for path in (QUERIES / "reconciliation").glob("*.sql"))
    keys = {f"work.{work}" for work in summary.WORK}
    keys |= {f"proof.{stage.name}" for stage in (*tenders.KEYS, *tenders.ORDER_NUMBERS)}
    keys |= {f"proof.{stage}" for stage in (*settlement.PROOFS, *settlement.SUGGESTIONS)}
    keys |= {f"{word}.{why}" for word in ("why", "why_name") for why in settlement.REASONS} | {"why.others"}
    keys |= {f"answer.{key}" for key in ("proven", "single", "several", "gap", "none", "timing", "excluded")}
    keys |= {f"reason.{key}" for key in re.findall(r"then '(waiting_\w+|in_transit|suggested|\w+_cancelled)'", sql)}
    keys |= {f"cause.{row}" for row in re.findall(r"as cause|cause = '(\w+)'", sql) if row}
    missing = [key for key in sorted(keys) if key not in texts.catalogue("vocabulary")]
    assert missing == []
