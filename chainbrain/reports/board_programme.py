"""The tables of a programme for the board: plan, stores with reasons, the chain's cash, loans, what it rests on."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from decimal import Decimal
from typing import Any, Final

from chainbrain.expansion import fields
from chainbrain.expansion.kept_programme import note_of
from chainbrain.expansion.pool_note import noted
from chainbrain.reports.board_cells import given, plain, worded
from chainbrain.reports.filters import Column, counts, frame, money
from chainbrain.reports.programme import filled
from chainbrain.reports.tables import ReportTable, told

# Told by the tables of stores and loans themselves.
_APART: Final = frozenset({"name", "candidates", "store", "closures", "funding", "seed", "paths"})


def tables(asked: Mapping[str, Any], figures: Mapping[str, Any]) -> tuple[ReportTable, ...]:
    """All tables but that of the main figures; ``asked`` is what stood under ``programme``."""
    return (
        _plan(figures), _stores(figures), _cash(figures, asked), _loans(figures), _data(figures), _asked(asked),
        _told(figures),
    )  # fmt: skip


def _plan(figures: Mapping[str, Any]) -> ReportTable:
    columns = (
        Column("programme_month"), Column("programme_what", "word", "expansion.project"), Column("programme_name"),
        Column("region"), Column("board_paid"), Column("board_mature"), *money("programme_value", "programme_invested"),
    )  # fmt: skip
    rows = [
        (
            one["month"], one["kind"], one["name"], one["region"], one["paid"], one["mature"], Decimal(one["value"]),
            Decimal(one["invested"]),
        )
        for one in sorted(figures["plan"] or (), key=lambda one: (one["month"], one["name"]))
    ]  # fmt: skip
    return ReportTable("programme", columns, frame(columns, rows), ("programme_value", "programme_invested"))


def _stores(figures: Mapping[str, Any]) -> ReportTable:
    columns = (
        Column("programme_name"), Column("region"), *money("npv_p10", "npv_p50", "npv_p90"),
        Column("payback_p50", "count"), *money("deepest_p50", "programme_invested"), *money("board_base_npv"),
        Column("programme_why", "message"), Column("programme_pool", "message"),
    )  # fmt: skip
    left = figures["told"]["left"]
    rows = []
    for one in figures["candidates"]:
        note = note_of(left[one["name"]]) if one["name"] in left else None
        # What an older version kept does not say it.
        pool = noted(one["pool"]) if one.get("pool") else None
        rows.append(
            (
                one["name"], one["region"], *(Decimal(one["npv"][key]) for key in ("p10", "p50", "p90")),
                one["payback_month"]["p50"], Decimal(one["trough"]), Decimal(one["invested"]),
                Decimal(figures["cases"][one["name"]]["npv"]), told(note.code, note.facts) if note else None,
                told(pool.code, pool.facts) if pool else None,
            )
        )  # fmt: skip
    return filled(ReportTable("programme_stores", columns, frame(columns, rows)), "programme_pool")


def _cash(figures: Mapping[str, Any], asked: Mapping[str, Any]) -> ReportTable:
    keys = ("p10", "p30", "p50", "p70", "p90", "p10_without", "p10_with_next")
    columns = (Column("programme_month"), *money(*(f"chain_{key}" for key in keys), "board_floor"))
    floor = (asked.get("limits") or {}).get("cash_floor")
    level = None if floor is None else _amount(floor)
    rows = [
        (month["month"], *(None if month[key] is None else Decimal(month[key]) for key in keys), level)
        for month in figures["cash"]
    ]
    return ReportTable("programme_cash", columns, frame(columns, rows))


def _loans(figures: Mapping[str, Any]) -> ReportTable:
    columns = (
        Column("programme_name"), *money("board_received", "board_costs"),
        Column("board_simple"), Column("board_compound"), Column("board_drawn"),
    )  # fmt: skip
    drawn = {one["name"]: one["month"] for one in figures["plan"] or () if one["kind"] == "funding"}
    rows = [
        (
            one["name"], Decimal(one["received"]), Decimal(one["costs"]), one["simple_rate"], one["compound_rate"],
            drawn.get(one["name"]),
        )
        for one in figures["funding"]
    ]  # fmt: skip
    return ReportTable("board_loans", columns, frame(columns, rows))


def _data(figures: Mapping[str, Any]) -> ReportTable:
    """Every uncertain input of every store, with the source of its range."""
    columns = (
        Column("programme_name"), Column("board_input", "names"), Column("board_planned", "message"),
        Column("board_low", "message"), Column("board_high", "message"),
        Column("board_range_source", "word", "expansion.basis"), *counts("board_observations", "board_minimum"),
    )  # fmt: skip
    rows = []
    for store, entries in figures["ranges"].items():
        for entry in entries:
            field, own = entry["input"], entry["basis"] == "own_stores"
            planned = given(figures["stores"][store][field])
            rows.append(
                (
                    store, f"expansion.input.{field}", planned, plain(worded(field, entry["p10"])),
                    plain(worded(field, entry["p90"])), entry["basis"], entry["observations"] if own else None,
                    entry["minimum"] if own else None,
                )
            )  # fmt: skip
    return ReportTable("board_store_inputs", columns, frame(columns, rows))


def _asked(asked: Mapping[str, Any]) -> ReportTable:
    columns = (Column("board_input", "names"), Column("board_planned", "message"))
    rows = [
        (f"expansion.programme_input.{path}", given(value))
        for path, value in _flat("", asked)
        if path.split(".", maxsplit=1)[0] not in _APART and value not in (None, [], {})
    ]
    return ReportTable("board_assumptions", columns, frame(columns, rows))


def _told(figures: Mapping[str, Any]) -> ReportTable:
    columns = (Column("board_note", "message"),)
    said = [note_of(one) for one in (figures["told"]["verdict"], figures["told"]["proof"]) if one is not None]
    return ReportTable("board_notes", columns, frame(columns, [(told(one.code, one.facts),) for one in said]))


def _flat(path: str, content: Mapping[str, Any]) -> Iterator[tuple[str, Any]]:
    for key, value in content.items():
        inside = f"{path}.{key}" if path else key
        if isinstance(value, Mapping):
            yield from _flat(inside, value)
        else:
            yield inside, value


def _amount(value: Any) -> Decimal:

    return fields.amount("cash_floor", value, Decimal(10**13), Decimal(-(10**13)))
