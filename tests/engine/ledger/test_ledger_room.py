"""The ledger of a book: worked figures, who collects, both sides to the cent, and the rows behind every line."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal

from chainbrain.ledger.lines import LedgerLine
from tests.engine.ledger.ledger_book import COMPANY, OURS, PARTNER, THEIRS, TIERS, LedgerWorld
from tests.engine.reconciliation.reconcile_book import DAY
from tests.engine.reconciliation.split_book import later

MONTH, NEXT = date(2026, 8, 1), date(2026, 9, 1)


def _sums(lines: tuple[LedgerLine, ...]) -> dict[str, Decimal]:
    return {line.kind: line.amount for line in lines}


def test_the_worked_royalty_is_what_the_store_owes() -> None:
    world = LedgerWorld().independent()
    world.rule("品牌使用费", "总部", TIERS, way="progressive")
    world.payment("T1", "523556.78", merchant=THEIRS)
    world.payment("T1", "-100.00", kind="refund", refund_id="R1", when=later(1), merchant=THEIRS).reconcile()
    (found,) = world.room.roll_forward(MONTH)
    assert (found.store, found.royalty, found.closing, found.other_side, found.gap) == (
        "F1", Decimal("21703.70"), Decimal("-21703.70"), Decimal("-21703.70"), Decimal("0.00"),
    )  # fmt: skip
    assert (found.collected, found.receivable.closing, found.payable.closing) == (0, Decimal("21703.70"), 0)
    (line,) = world.room.lines(MONTH, "F1")
    assert (line.rule, line.receiver, line.base) == ("品牌使用费", "总部", Decimal("523456.78"))
    assert sum(row.amount for row in world.room.rows(line)) == Decimal("523556.78")


def test_what_head_office_collects_for_a_store_is_owed_to_it_after_fees() -> None:
    world = LedgerWorld().unified()
    world.rule("品牌费", COMPANY, "0.05", store="F1")
    world.payment("T1", "100.00", terminal="T-F1").payment("T2", "50.00", terminal="T-F1", when=later(1))
    world.payment("T1", "-20.00", kind="refund", refund_id="R1", when=later(2), terminal="T-F1").reconcile()
    (found,) = world.room.roll_forward(MONTH)
    lines = world.room.lines(MONTH, "F1")
    fee = sum((row.fee for row in world.room.rows(lines[0])), Decimal(0))
    assert found.collected == Decimal("130.00") - fee
    assert (found.royalty, found.closing, found.gap) == (Decimal("6.50"), Decimal("123.50") - fee, Decimal("0.00"))
    assert sum(row.net for row in world.room.rows(lines[0])) == lines[0].amount
    assert lines[0].rows == 3


def test_a_split_out_of_head_office_s_number_is_counted_once() -> None:
    """To head office itself it settles the royalty and moves nothing else; to a supplier it is paid for the store."""
    world = LedgerWorld().unified()
    world.rule("品牌费", "总部", "0.05").rule("供应链", "供应商", "0.10")
    world.payment("T1", "100.00", terminal="T-F1", fee="0.00").split("T1", "总部", "5.00").split(
        "T1", "供应商", "10.00"
    )
    world.reconcile()
    (found,) = world.room.roll_forward(MONTH)
    assert (found.collected, found.split, found.royalty, found.closing, found.gap) == (
        Decimal("100.00"), Decimal("15.00"), Decimal("0.00"), Decimal("85.00"), Decimal("0.00"),
    )  # fmt: skip


def test_a_split_from_the_store_s_own_number_settles_the_royalty() -> None:
    world = LedgerWorld().independent()
    world.rule("品牌费", "总部", "0.05")
    world.payment("T1", "100.00", merchant=THEIRS).payment("T2", "60.00", merchant=THEIRS, when=later(1))
    world.split("T1", "总部", "5.00").reconcile()
    (found,) = world.room.roll_forward(MONTH)
    assert (found.split, found.royalty, found.closing, found.gap) == (0, Decimal("3.00"), Decimal("-3.00"), 0)


def test_written_lines_and_the_opening_roll_into_the_next_month() -> None:
    world = LedgerWorld().independent().opening("1000.00")
    world.written("purchase", "300.00").written("advance", "50.00").written("penalty", "20.00")
    world.written("paid", "400.00").written("received", "10.00").written("other", "-5.00")
    world.written("purchase", "99.00", day=DAY - timedelta(days=1))
    world.written("paid", "235.00", day=date(2026, 9, 2)).reconcile()
    august, september = world.room.roll_forward()
    assert (august.opening, august.purchases, august.advances, august.penalties, august.other, august.paid) == (
        Decimal("1000.00"), Decimal("300.00"), Decimal("50.00"), Decimal("20.00"), Decimal("-5.00"), Decimal("390.00"),
    )  # fmt: skip
    assert (august.closing, august.gap) == (Decimal("235.00"), Decimal("0.00"))
    assert (august.payable.closing, august.receivable.closing) == (Decimal("600.00"), Decimal("365.00"))
    assert (september.opening, september.closing, september.gap) == (Decimal("235.00"), Decimal("0.00"), Decimal(0))
    assert _sums(world.room.lines(NEXT, "F1")) == {"paid": Decimal("235.00")}


def test_a_day_in_two_kinds_of_numbers_is_mixed_and_an_unnamed_owner_is_unknown() -> None:
    world = LedgerWorld().unified().independent()
    (way,) = world.room.ways(DAY)
    assert (way.store, way.way, len(way.numbers), way.unknown) == ("F1", "mixed", 2, ())
    world.entity(THEIRS, None)
    (way,) = world.room.ways(DAY)
    assert (way.way, [one.merchant_no for one in way.unknown]) == ("unknown", [THEIRS])
    world.payment("T1", "100.00", merchant=THEIRS, fee="0.38").reconcile()
    (found,) = world.room.roll_forward(MONTH)
    assert (found.collected, found.closing, found.unclear, found.gap) == (0, 0, Decimal("99.62"), 0)


def test_a_word_decides_from_its_day_on_where_the_accounts_are_silent() -> None:
    world = LedgerWorld().independent().entity(THEIRS, None)
    for number, (way, since) in enumerate((("unified", DAY), ("independent", DAY + timedelta(days=3)))):
        world.insert(
            "history", entry_id=100 + number, at=later(0), who="me", kind="collecting", facts="{}", undoable=True
        )
        world.insert(
            "collecting_words", collecting_word_id=number, entry_id=100 + number, at=later(0), who="me",
            store_code="F1", way=way, valid_from=since,
        )  # fmt: skip
    world.payment("T1", "100.00", merchant=THEIRS, fee="0.00")
    world.payment("T2", "70.00", merchant=THEIRS, fee="0.00", when=later(3)).reconcile()
    (found,) = world.room.roll_forward(MONTH)
    assert (found.collected, found.unclear, found.gap) == (Decimal("100.00"), 0, 0)
    assert [world.room.ways(DAY + timedelta(days=days))[0].way for days in (-1, 0, 3)] == [
        "unknown", "unified", "independent",
    ]  # fmt: skip


def test_a_number_that_changed_hands_counts_by_its_day() -> None:
    world = LedgerWorld()
    world.account("wechat", THEIRS, "F1", valid_to=DAY + timedelta(days=2)).entity(THEIRS, PARTNER)
    world.account("wechat", THEIRS, "F1", valid_from=DAY + timedelta(days=2), cover=False)
    world.book.execute(
        "update base.accounts set legal_entity = $company where merchant_no = $m and valid_from is not null",
        company=COMPANY, m=THEIRS,
    )  # fmt: skip
    world.payment("T1", "40.00", merchant=THEIRS, fee="0.00")
    world.payment("T2", "70.00", merchant=THEIRS, fee="0.00", when=later(2)).reconcile()
    (found,) = world.room.roll_forward(MONTH)
    assert (found.collected, found.gap) == (Decimal("70.00"), 0)


def test_own_stores_have_no_ledger_until_something_says_so() -> None:
    world = LedgerWorld().unified()
    world.payment("T1", "100.00", hint="S1").reconcile()
    assert [one.store for one in world.room.pairs()] == ["F1"]
    world.written("purchase", "8.00", store="S1")
    assert [one.store for one in world.room.pairs()] == ["F1", "S1"]
    assert world.room.ways(DAY)[1].numbers[0].merchant_no == OURS


def test_a_royalty_without_vat_is_reckoned_by_both_sides_or_by_neither() -> None:
    world = LedgerWorld().independent()
    world.rule("品牌使用费", "总部", TIERS, way="progressive", basis="after_refunds_untaxed", store="F1")
    world.payment("T1", "106000.00", merchant=THEIRS).payment("T2", "106000.00", merchant=THEIRS, when=later(1))
    world.written("penalty", "20.00").reconcile()
    (found,) = world.room.roll_forward(MONTH)
    assert (found.royalty, found.closing, found.gap) == (0, Decimal("-20.00"), 0)
    world.book.execute("update base.stores set taxpayer = 'general'")
    (found,) = world.room.roll_forward(MONTH)
    assert (found.royalty, found.closing, found.gap) == (Decimal("10000.00"), Decimal("-10020.00"), 0)


def test_the_lines_of_several_months_are_those_of_each() -> None:
    world = LedgerWorld().independent()
    world.rule("品牌费", "总部", "0.05", store="F1")
    world.payment("T1", "100.00", merchant=THEIRS).payment("T2", "40.00", when=later(31), merchant=THEIRS).reconcile()
    months = world.room.roll_forward()
    assert [one.month for one in months] == [MONTH, NEXT]
    each = [line for one in months for line in world.room.lines(one.month, one.store)]
    assert world.room.lines_of(months) == tuple(each) and len(each) == 2
    assert world.room.lines_of(months[1:]) == tuple(each[1:]) and world.room.lines_of(()) == ()
