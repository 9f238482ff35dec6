"""The owner's weekly page: figures and why they changed, days, stores, what needs a hand, money on its way."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Any, Final

from chainbrain import change_words, written
from chainbrain.analytics import attention, change, completeness, periods, stores, transit, trend
from chainbrain.analytics import overview as strips
from chainbrain.analytics.change import Explanation
from chainbrain.analytics.overview import BankAccount, Figure, Strip
from chainbrain.analytics.periods import Period
from chainbrain.errors import UserError
from chainbrain.reports import passed_over, selling
from chainbrain.reports.filters import CHANNEL, Column, Filters, counts, frame, money, report
from chainbrain.reports.tables import Report, ReportTable, told

if TYPE_CHECKING:
    from chainbrain.analytics.attention import Attention
    from chainbrain.analytics.completeness import Matrix
    from chainbrain.analytics.transit import Transit
    from chainbrain.database.book import Book

_FIGURES: Final = (
    Column("figure", "word", "report_column"),
    *money("value", "compared", "compared_before"),
    *counts("orders", "orders_compared", "orders_before"),
    Column("take_rate", "percent"),
    Column("rate", "percent"),
    Column("rate_before", "percent"),
    Column("ratio", "percent"),
)
_WHY: Final = (
    Column("question", "message"),
    Column("answer", "sentence"),
    *money("part_before", "part_now", "amount"),
)
_MISSING: Final = (Column("channel", "word", "channel"), Column("missing", "count"), Column("stores_named", "names"))
_TRANSIT: Final = (
    CHANNEL,
    *money("closing", "late", "came_short"),
    Column("due_on", "date"),
    Column("late_since", "date"),
)
_BANK: Final = (Column("bank_account"), *money("balance"), Column("balance_at", "moment"))


def weekly(book: Book, filters: Filters) -> Report:
    """The chosen days, otherwise the last whole week (Monday to Sunday) of the book, else the days that are there.

    Raises:
        UserError: ``report.no_sales`` for days that lie outside the days with sales.
    """
    span = periods.known(book)
    days, whole = _days(filters, span)
    if span and days and (days.after <= span.first or days.first >= span.after):
        raise UserError(
            "report.no_sales", first=days.first, last=days.last, known_first=span.first, known_last=span.last
        )
    period = periods.fair_in(book, periods.as_known(days, span)) if days and span else None
    tables: tuple[ReportTable, ...]
    if period is None:
        tables = (figures(None), why(None))
    else:
        chosen = filters.stores
        found = change.explain(book, period, chosen)
        needed = attention.attention(book, period.last, chosen)
        tables = (
            figures(strips.strip(book, period, chosen), needed),
            why(found),
            selling.steps(found if found.comparable else None),
            selling.days(trend.chain(book, period, chosen)),
            selling.league(stores.league(book, period, chosen)),
            selling.attention(needed, selling.payout_days(book, needed)),
            selling.words(needed.explained),
            _on_its_way(transit.transit(book, period)),
            _bank(strips.balances(book, period)),
            _missing(completeness.matrix(book, period, "source", chosen)),
        )
    made = report("weekly", tables, filters, period, compared=True)
    notes = [("base_why", _base_why(period))] if period else []
    passed = periods.passed_over_in(book, period) if period else ()
    notes += [("passed_over", passed_over.kept(passed))] if passed else []
    notes += [("data_until", span.last.isoformat())] if span else []
    notes += (
        [("items_until", span.last.isoformat()), ("money_until", period.last.isoformat())] if span and period else []
    )
    notes += [("scope", "chain")] if filters.stores is not None else []
    if not whole:
        notes.append(("span", "short"))
    elif period and days and period.days < days.days:
        notes.append(("span", "cut"))
    return replace(made, layout="weekly", filters=(*made.filters, *notes))


def figures(strip: Strip | None, needed: Attention | None = None) -> ReportTable:
    """The figures of a strip, each with both sides of its comparison; what can be claimed back where it is known.

    ``take_rate`` is of all days of the period, as the screens tell it; ``rate`` of those that can be compared.
    """
    rows: list[tuple[Any, ...]] = []
    if strip:
        nothing, no_rates = (None,) * 3, (None,) * 3
        orders = (_whole(strip.orders.value), _whole(strip.orders.change.now), _whole(strip.orders.change.before))
        rates = (strip.take_rate.value, strip.take_rate.change.now, strip.take_rate.change.before)
        rows = [
            ("receipts", *_sides(strip.receipts), *nothing, *no_rates, strip.receipts.change.ratio),
            ("orders", *nothing, *orders, *no_rates, strip.orders.change.ratio),
            ("ticket", *_sides(strip.ticket), *nothing, *no_rates, strip.ticket.change.ratio),
            ("fees", *_sides(strip.fees), *nothing, *rates, strip.fees.change.ratio),
            ("refunds", *_sides(strip.refunds), *nothing, *no_rates, strip.refunds.change.ratio),
        ]
        if needed is not None:
            rows.append(("claimable", needed.claimable, None, None, *nothing, *no_rates, None))
    return ReportTable("weekly", _FIGURES, frame(_FIGURES, rows))


def why(found: Explanation | None) -> ReportTable:
    """The change in one sentence, and the sums it stands on; without comparable days only that there are none."""
    rows: list[tuple[Any, ...]] = []
    if found and found.comparable:
        amount = written.money(abs(found.counted), symbol=True)
        asked = told(change_words.asked(found), {"amount": amount})
        rows = [(asked, change_words.told(found), found.before, found.now, found.change)]
    elif found:
        rows = [(told("change.no_base", {"weeks": found.period.shift // 7}), None, None, found.now, None)]
    return ReportTable("why", _WHY, frame(_WHY, rows))


def _days(filters: Filters, span: Period | None) -> tuple[Period | None, bool]:
    """The days of the page, and whether they are what was asked for or a whole week."""
    usual = periods.last_whole_week(span) if span else None
    default = usual or span
    first = filters.first or (default.first if default else None)
    after = filters.after or (default.after if default else None)
    if span is None or first is None or after is None:
        return None, True
    return Period(first, max(after, periods.of_one_day(first).after)), bool(usual or (filters.first and filters.after))


def _base_why(period: Period) -> str:
    nearest = Period(period.first, period.after).shift
    return "nearest" if period.shift == nearest else "farther"


def _sides(figure: Figure) -> tuple[Any, ...]:
    return figure.value, figure.change.now, figure.change.before


def _whole(count: Any) -> int | None:
    return None if count is None else int(count)


def _on_its_way(found: Transit) -> ReportTable:
    rows = [
        (one.channel, one.closing, one.late, one.short, one.due_on, one.late_since)
        for one in found.channels
        if one.closing or one.late or one.short
    ]
    return ReportTable("on_its_way", _TRANSIT, frame(_TRANSIT, rows), ("closing", "late", "came_short"))


def _bank(accounts: Sequence[BankAccount]) -> ReportTable:
    rows = [(one.number, one.balance, one.at) for one in accounts]
    return ReportTable("bank_balances", _BANK, frame(_BANK, rows), ("balance",))


def _missing(found: Matrix) -> ReportTable:
    """The sources that lack files of the days: how many store-days, and of which stores."""
    rows = []
    for row in found.rows:
        lacking = sum(cell.missing for cell in row.cells)
        if lacking:
            rows.append((row.key, lacking, "\n".join(sorted({name for cell in row.cells for name in cell.lacking}))))
    return ReportTable("weekly_missing", _MISSING, frame(_MISSING, rows), ("missing",))
