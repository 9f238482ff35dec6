"""Report on how each merchant's money reaches the bank where only the deposits show it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from chainbrain import habit_words
from chainbrain.reconciliation.habits import Habit, Habits
from chainbrain.reports.filters import CHANNEL, Column, Filters, frame, report
from chainbrain.reports.tables import Report, ReportTable

if TYPE_CHECKING:
    from chainbrain.database.book import Book


def payout_habits(book: Book, filters: Filters) -> Report:
    """Per merchant number: rule, cut-off and fees, the deposits that agree, and the best other reading."""
    columns = (
        CHANNEL,
        Column("merchant_no", "id"),
        Column("stores_named", "names"),
        Column("bank_account", "account"),
        Column("rule", "rule"),
        Column("cutoff", "clock"),
        Column("fee_way", "word", "habit_fees"),
        Column("merged", "word", "habit_merged"),
        Column("source", "word", "habit_source"),
        Column("votes", "count"),
        Column("votes_named", "count"),
        Column("next_rule", "rule"),
        Column("next_cutoff", "clock"),
        Column("next_fee_way", "word", "habit_fees"),
        Column("next_votes", "count"),
    )
    found = [
        one
        for one in Habits(book).all()
        if filters.channel in {None, one.channel} and filters.merchant in {None, one.merchant_no}
    ]
    rows = frame(columns, [_row(one) for one in found])
    return report("payout-habits", (ReportTable("payout-habits", columns, rows),), filters)


def _row(habit: Habit) -> tuple[object, ...]:
    held, other = habit.reading, habit.other
    return (
        habit.channel,
        habit.merchant_no,
        "\n".join(habit.stores) or None,
        habit.bank_account,
        *((held.rule, held.cutoff, held.fees, "yes" if held.merged else "no") if held else (None,) * 4),
        habit_words.source(habit),
        habit.votes,
        habit.named,
        *((other.rule, other.cutoff, other.fees) if other else (None,) * 3),
        habit.other_votes,
    )
