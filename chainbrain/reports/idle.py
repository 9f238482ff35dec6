"""The report on idle money: the owner's products, the plan over scenarios, safety against yield."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from chainbrain.cash import idle_told
from chainbrain.cash.idle import Idle, Wish
from chainbrain.cash.ladder_moves import AT_CALL, Move, moves
from chainbrain.cash.ladder_terms import Product
from chainbrain.cash.room import CashRoom
from chainbrain.errors import UserError
from chainbrain.reports.filters import Column, Filters, counts, frame, money, report
from chainbrain.reports.tables import Report, ReportTable, told
from chainbrain.rulebook import RuleBook

if TYPE_CHECKING:
    from collections.abc import Sequence

    from chainbrain.cash.ladder_lots import Lot
    from chainbrain.database.book import Book

# What is not needed within the forecast has no day of coming back: words stand beside an empty day.
_BACK = Column("product_back", "date"), Column("product_back_when", "word", "product_back")
_NOTHING = frozenset({"cash.no_balance", "cash.no_products", "cash.all_over"})


def idle_money(book: Book, filters: Filters) -> Report:
    """What idle money may be put where, as it stands; without balances or products it has no rows."""
    room = CashRoom(book)
    wish = Wish(curve=True, with_irregular=filters.payments != "known")
    try:
        found = room.idle(RuleBook(book).calendar(), filters.entity, wish)
    except UserError as problem:
        if problem.code not in _NOTHING:
            raise
        return report(
            "cash-ladder",
            (_plan(None), _said(None), _products(room.products()), _rule(None), _moves(None), _curve(None)),
            filters,
        )
    return of_idle(found, filters)


def of_idle(found: Idle, filters: Filters) -> Report:
    """A plan that was worked out already as a report; its head says what it rests on beside the forecast."""
    products = tuple(rung.product for rung in found.rungs)
    made = report(
        "cash-ladder",
        (_plan(found), _said(found), _products(products), _rule(found), _moves(found), _curve(found)),
        filters,
    )
    wish = found.wish
    rests_on = ("orders_at", f"{wish.asked_at:%H:%M}"), ("may_be_missed", f"{(wish.share * 100).normalize():f}%")
    read = (("statements_to", f"{found.known_to}"),) if found.known_to is not None else ()
    return replace(made, filters=(*made.filters, *rests_on, *read, ("looked_at", f"{found.path.days[0].day}")))


def _when(one: Lot | Move) -> str | None:
    return AT_CALL if one.at_call else None


def _plan(found: Idle | None) -> ReportTable:
    columns = (
        Column("product_put_on", "date"), Column("product"), *money("product_put"), *_BACK,
        Column("product_binding", "date"), Column("product_limit", "word", "product_limit"), *money("product_earned"),
    )  # fmt: skip
    placing = found.placing if found is not None else None
    rows = [
        (
            lot.stay.put_on, lot.product.name, lot.amount, None if lot.at_call else lot.stay.back_on, _when(lot),
            lot.binding, lot.limit, lot.earned,
        )
        for lot in (placing.lots if placing is not None else ())
    ]  # fmt: skip
    return ReportTable("cash-ladder", columns, frame(columns, rows))


def _said(found: Idle | None) -> ReportTable:
    """What has to be known before an order is given, in the words of the screen."""
    columns = (Column("cash_said", "message"),)
    rows = [(told(code, facts),) for code, facts in (idle_told.leads(found) if found is not None else ())]
    return ReportTable("cash_verdict", columns, frame(columns, rows))


def _moves(found: Idle | None) -> ReportTable:
    """Every day on which the plan moves money, and how much comes back on it."""
    columns = (
        Column("day", "date"), Column("product"), Column("move_way", "word", "move_way"), *money("move_amount"),
        *_BACK, Column("product_binding", "date"), Column("product_limit", "word", "product_limit"),
    )  # fmt: skip
    placing = found.placing if found is not None else None
    rows = [
        (one.day, one.product, one.way, one.amount, one.other, _when(one), one.binding, one.limit)
        for one in (moves(placing, found.path.days[-1].day) if found is not None and placing is not None else ())
    ]
    return ReportTable("cash_moves", columns, frame(columns, rows))


def _products(products: Sequence[Product]) -> ReportTable:
    columns = (
        Column("product"), *counts("product_lock", "product_lag"), Column("product_cutoff"),
        Column("product_days", "word", "product_days"),
        *money("product_cap", "product_daily_cap", "product_least", "product_step"),
        Column("product_rate", "percent"), Column("product_risk"), Column("product_said_on", "date"),
    )  # fmt: skip
    rows = [
        (
            one.name, one.lock_days, one.lag_days, f"{one.cutoff:%H:%M}" if one.cutoff else None,
            "working" if one.working_only else "all", one.cap, one.daily_cap, one.least, one.step,
            one.rate, one.risk, one.said_on,
        )
        for one in products
    ]  # fmt: skip
    return ReportTable("cash_products", columns, frame(columns, rows))


def _rule(found: Idle | None) -> ReportTable:
    columns = (
        Column("product"), *money("product_free", "product_amount"), Column("product_binding", "date"),
        Column("product_back", "date"), *money("product_earned"),
    )  # fmt: skip
    rungs = found.rungs if found is not None and found.safety is not None else ()
    rows = [
        (
            one.product.name, one.free, one.amount, one.binding.day if one.binding else None, one.stay.back_on,
            one.earned,
        )
        for one in rungs
    ]  # fmt: skip
    return ReportTable("cash_rungs", columns, frame(columns, rows))


def _curve(found: Idle | None) -> ReportTable:
    columns = (
        *money("band", "band_yearly", "band_put"), *counts("band_below", "band_scenarios"),
        Column("band_use", "word", "band_use"),
    )  # fmt: skip
    rows = [
        (
            one.safety, one.yearly, one.put, one.below_floor, one.placing.scenarios,
            "picture" if one.picture else "plan",
        )
        for one in (found.curve if found is not None else ())
    ]  # fmt: skip
    return ReportTable("cash_curve", columns, frame(columns, rows))
