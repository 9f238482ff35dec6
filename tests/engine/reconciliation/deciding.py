"""A person's word on everything of one kind in a made-up book, as an entry of its history."""

from __future__ import annotations

from reconcile_book import World

from chainbrain.reconciliation.room import Decision, ReconciliationRoom


def decide(book: World, subject: str, verdict: str, *, entry: int = 7, note: str = "") -> None:
    table = {"match": "matches", "difference": "differences"}[subject]
    ids = [str(row[0]) for row in book.book.rows_of(f"select {subject}_id from main.{table}")]
    book.book.execute(
        "insert into base.history values ($e, now()::timestamp, 'me', 'decide', '{}', true, null, null)", e=entry
    )
    ReconciliationRoom(book.book).decide(entry, Decision(subject, tuple(ids), verdict, note))
