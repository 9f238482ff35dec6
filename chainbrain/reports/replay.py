"""The report on idle money replayed over the past of the book."""

from __future__ import annotations

from typing import TYPE_CHECKING

from chainbrain.cash import replay_words
from chainbrain.cash.room import CashRoom
from chainbrain.errors import UserError
from chainbrain.reports.filters import Column, Filters, counts, frame, money, report
from chainbrain.reports.tables import Report, ReportTable, told
from chainbrain.rulebook import RuleBook

if TYPE_CHECKING:
    from chainbrain.cash.book_replay import BookReplay
    from chainbrain.database.book import Book

_NOTHING = frozenset({"cash.no_products", "cash.no_safety", "cash.replay_short"})


def replay(book: Book, filters: Filters) -> Report:
    """What the owner's products would have earned; without a floor or enough of the past it says which."""
    try:
        found = CashRoom(book).replay(RuleBook(book).calendar(), filters.entity)
    except UserError as problem:
        if problem.code not in _NOTHING:
            raise
        return report("cash-replay", (_lacking(problem),), filters)
    return of_replay(found, filters)


def of_replay(found: BookReplay, filters: Filters) -> Report:
    """A replay that was worked out already as a report."""
    return report("cash-replay", (_ways(found), _basis(found), _said(found)), filters)


def _lacking(problem: UserError) -> ReportTable:
    columns = Column("replay_lacking", "word", "replay_lacking"), *counts("replay_known", "replay_least")
    code = problem.code.removeprefix("cash.") if problem.code is not None else ""
    # Without a product nothing was asked for: an empty report, as of every book that says nothing.
    rows = [(code, problem.facts.get("days"), problem.facts.get("least"))] if code != "no_products" else []
    return ReportTable("cash_replay_lacking", columns, frame(columns, rows))


def _ways(found: BookReplay) -> ReportTable:
    columns = (
        Column("replay_way", "word", "replay_way"), Column("product"), *money("replay_earned"),
        Column("replay_regret", "percent"), *counts("replay_broken"),
    )  # fmt: skip
    rows = [(one.key, one.product, one.earned, one.regret, one.broken) for one in found.ways]
    return ReportTable("cash-replay", columns, frame(columns, rows))


def _said(found: BookReplay) -> ReportTable:
    columns = (Column("replay_said", "message"),)
    rows = [(told(code, facts),) for code, facts in replay_words.told(found)]
    return ReportTable("cash_replay_said", columns, frame(columns, rows))


def _basis(found: BookReplay) -> ReportTable:
    columns = (
        Column("replay_first", "date"), Column("replay_last", "date"), *counts("replay_days", "replay_unavoidable"),
        *money("replay_floor", "band"),
    )  # fmt: skip
    rows = [(found.first, found.last, found.days, found.unavoidable, found.floor, found.band)]
    return ReportTable("cash_replay_basis", columns, frame(columns, rows))
