"""The regional programme as a report: the plan, the stores with their ranges and reasons, the chain's cash by month."""

from __future__ import annotations

from dataclasses import replace

from chainbrain.expansion.programme import Answer, sentence
from chainbrain.money import from_fen
from chainbrain.reports.filters import Column, Filters, frame, money, report
from chainbrain.reports.tables import Report, ReportTable, told


def of_answer(answer: Answer) -> Report:
    """A programme that was worked out, figure by figure."""
    return report("programme", (_plan(answer), _stores(answer), _cash(answer)), Filters())


def _plan(answer: Answer) -> ReportTable:
    columns = (
        Column("programme_month"), Column("programme_what", "word", "expansion.project"), Column("programme_name"),
        Column("region"), *money("programme_value", "programme_invested"),
    )  # fmt: skip
    rows = [
        (f"{one.month:%Y-%m}", one.kind.value, one.name, one.region, from_fen(one.value), from_fen(one.invested))
        for one in sorted(answer.entries, key=lambda one: (f"{one.month:%Y-%m}", one.name))
    ]
    totals = ("programme_value", "programme_invested")
    return ReportTable("programme", columns, frame(columns, rows), totals)


def _stores(answer: Answer) -> ReportTable:
    columns = (
        Column("programme_name"), Column("region"), *money("npv_p10", "npv_p50", "npv_p90"),
        Column("payback_p50", "count"), *money("deepest_p50", "programme_invested"), Column("programme_why", "message"),
        Column("programme_pool", "message"),
    )  # fmt: skip
    notes = {one.name: sentence.reason(answer, one) for one in answer.left}
    rows = [
        (
            one.name, one.region, *(from_fen(value) for value in one.npv), one.payback[1], from_fen(one.trough),
            from_fen(one.invested), told(notes[one.name].code, notes[one.name].facts) if one.name in notes else None,
            told(one.pool.code, one.pool.facts) if one.pool is not None else None,
        )
        for one in answer.candidates
    ]  # fmt: skip
    return filled(ReportTable("programme_stores", columns, frame(columns, rows)), "programme_pool")


def filled(table: ReportTable, key: str) -> ReportTable:
    """The table without a column that has nothing to say in any row."""
    if table.rows[key].null_count() < table.rows.height:
        return table
    columns = tuple(column for column in table.columns if column.key != key)
    return replace(table, columns=columns, rows=table.rows.drop(key))


def _cash(answer: Answer) -> ReportTable:
    columns = (
        Column("programme_month"),
        *money(
            "chain_p10", "chain_p30", "chain_p50", "chain_p70", "chain_p90", "chain_p10_without", "chain_p10_with_next"
        ),
    )
    following = answer.following_poor
    rows = [
        (
            f"{one.month:%Y-%m}", *(from_fen(value) for value in (one.p10, one.p30, one.p50, one.p70, one.p90)),
            from_fen(answer.without[number].p10), None if following is None else from_fen(following[number]),
        )
        for number, one in enumerate(answer.months)
    ]  # fmt: skip
    return ReportTable("programme_cash", columns, frame(columns, rows))
