"""Payouts of a closed month stay as they were locked, whatever is learned or said of their merchant afterwards."""

from __future__ import annotations

from datetime import date

from reconcile_book import World, at
from run_book import M, a_chain, daily, deposits

from chainbrain.closing.room import CloseRoom
from chainbrain.database import history
from chainbrain.database.book import Book

AUGUST = date(2026, 8, 1)


def confirmed(book: Book) -> list[tuple[object, ...]]:
    return book.rows_of(
        "select x.match_id, x.side, x.record_id, x.amount from base.match_members x "
        "join base.matches m on m.match_id = x.match_id "
        "where m.kind = 'settlement_bank' and m.state = 'confirmed' order by all"
    )


def say_cut(world: World, entry: int) -> None:
    """Somebody says that a settlement day ends at seven in the evening."""
    world.insert(
        "habit_words", habit_word_id=1, entry_id=entry, at=at(), who="我", channel="wechat", merchant=M,
        learned=False, rule="D1", cutoff=-300, fees="item", merged=True,
    )  # fmt: skip


def test_another_cut_of_the_days_leaves_the_payouts_of_a_closed_month_alone() -> None:
    """Evening sales that would now belong to the next day's payout stay in the one that arrived with them."""
    world = deposits(a_chain(), daily())
    book, room = world.book, CloseRoom(world.book)
    with book.transaction():
        entry = history.add(book, "import", {"files": 1}, undoable=True)
    world.reconcile()
    history.mark_reconciled(book, entry)
    before, settled = confirmed(book), book.rows_of("select * exclude (file_id) from base.settlements order by all")
    assert len(before) == 20
    shown = room.board(AUGUST)
    with book.transaction():
        room.sign(AUGUST, "林会计", "照签", shown.acceptable)
    closing = room.transit(AUGUST)
    with book.transaction():
        word = history.add(book, "habit", {}, undoable=True)
        say_cut(world, word)
    world.reconcile()
    assert book.rows_of("select cutoff from base.payout_habits") == [(-300,)]
    assert confirmed(book) == before
    kept = book.rows_of(
        "select * exclude (file_id) from base.settlements "
        "where settlement_id in (select settlement_id from base.closed_payouts) order by all"
    )
    assert [row for row in settled if row in kept] == kept
    assert len(kept) == 10
    assert room.verify() == ()
    assert room.transit(AUGUST) == closing
    assert [one.gap for one in room.transit(AUGUST).channels] == [0]


def test_without_the_lock_the_same_word_cuts_them_anew() -> None:
    world = deposits(a_chain(), daily())
    world.reconcile()
    before = confirmed(world.book)
    world.insert("history", entry_id=7, at=at(), who="我", kind="habit", facts="{}", undoable=True)
    say_cut(world, 7)
    world.reconcile()
    assert confirmed(world.book) != before
