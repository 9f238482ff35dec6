"""The board pack: a kept scenario, or one that was worked out just now, as tables from the figures of its answer."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from decimal import Decimal
from typing import TYPE_CHECKING, Any, Final

from chainbrain import written
from chainbrain.errors import Word
from chainbrain.expansion import kept
from chainbrain.expansion.comparing import Line, figures_of
from chainbrain.expansion.kept import Kind
from chainbrain.expansion.pool_note import noted
from chainbrain.expansion.programme.dated import with_month
from chainbrain.reports import board_programme, live_case, live_chain
from chainbrain.reports.board_cells import given, plain, shown, worded
from chainbrain.reports.filters import Column, Filters, counts, frame, money
from chainbrain.reports.tables import Report, ReportTable, told

if TYPE_CHECKING:
    from chainbrain.database.book import Book

NAME: Final = "board-pack"
# Of no interest to a board, or told elsewhere.
_LEFT_OUT: Final = frozenset({"name", "seed", "paths", "spreads"})
# Said only where somebody thought of it.
_SILENT_AT_NOUGHT: Final = frozenset(
    {"closing_cost", "rent_rise", "labour_while_waiting", "settlement_days", "delay_months"}
)
_NOUGHTS: Final = ("0", "0.00", "0%", 0)


def board_pack(book: Book, filters: Filters) -> Report:
    """The pack of the kept scenario that the filter names, by default the newest; without any it has no rows."""
    if filters.scenario is not None:
        found = kept.find(book, filters.scenario)
    else:
        every = kept.kept(book)
        if not every:
            return Report(NAME, (_figures(()),), filters=filters.shown(), layout="board")
        found = every[0]
    return of_figures(found.name, found.kind, found.given, found.figures, found.version)


def of_figures(name: str, kind: Kind, asked: Mapping[str, Any], figures: Mapping[str, Any], version: str) -> Report:
    """The pack of an answer as JSON has it."""
    head = (("kind", kind.value), ("scenario", name))
    simulation = figures.get("simulation", figures)
    shown_filters = (
        ("scenario", name), ("paths", f"{simulation['paths']:,}"), ("seed", str(simulation["seed"])),
        ("version", version),
    )  # fmt: skip
    if kind is Kind.PROGRAMME:
        tables: tuple[ReportTable, ...] = (
            _figures(figures_of(kind, figures)),
            *board_programme.tables(asked["programme"], figures),
        )
        opened = {entry["name"]: entry["month"] for entry in figures["plan"] or ()}
        live = tuple(
            live_case.of_figures(store, with_month(figures["stores"][store], opened[store]), case)
            for store, case in figures["cases"].items()
            if store in opened
        )
    else:
        tables = _one(figures)
        live = (live_case.of_figures(str(figures["scenario"]["name"] or name), figures["scenario"], figures["base"]),)
    chain = live_chain.of_programme(asked["programme"], figures, live) if kind is Kind.PROGRAMME and live else None
    return Report(NAME, tables, filters=shown_filters, layout="board", head=head, live=live, live_chain=chain)


def _one(figures: Mapping[str, Any]) -> tuple[ReportTable, ...]:
    inputs, data = _inputs(figures)
    return (
        _figures(figures_of(Kind.ONE, figures)), _months(figures), _tornado(figures), data, inputs, _loans(figures),
        _notes(figures),
    )  # fmt: skip


def _figures(lines: Iterable[Line]) -> ReportTable:
    columns = (Column("board_figure", "names"), Column("board_value", "message"))
    rows = [(f"expansion.compared.{line.path[0]}", shown(line)) for line in lines if len(line.path) == 1]
    return ReportTable(NAME, columns, frame(columns, rows))


def _months(figures: Mapping[str, Any]) -> ReportTable:
    columns = (
        *counts("board_month"), Column("programme_month"), *money("board_sales", "board_cash", "board_running"),
        *money("board_p10", "board_p30", "board_p50", "board_p70", "board_p90"),
    )  # fmt: skip
    fan = {month["number"]: month for month in figures["simulation"]["fan"]}
    rows = [
        (
            month["number"], month["month"],
            *(Decimal(month[key]) for key in ("sales", "cash", "cumulative")),
            *(Decimal(fan[month["number"]][key]) for key in ("p10", "p30", "p50", "p70", "p90")),
        )
        for month in figures["base"]["months"]
    ]  # fmt: skip
    return ReportTable("board_months", columns, frame(columns, rows))


def _loans(figures: Mapping[str, Any]) -> ReportTable:
    columns = (
        Column("programme_name"), *money("board_received", "board_costs"), Column("board_simple"),
        Column("board_compound"),
    )  # fmt: skip
    rows = [
        (one["name"], Decimal(one["received"]), Decimal(one["costs"]), one["nominal"], one["effective"])
        for one in figures.get("loans", ())
    ]
    return ReportTable("board_loans", columns, frame(columns, rows))


def _tornado(figures: Mapping[str, Any]) -> ReportTable:
    columns = (Column("board_input", "names"), *money("board_at_p10", "board_at_p90", "board_width"))
    rows = [
        (
            f"expansion.input.{bar['input']}", low := Decimal(bar["npv_at_p10"]), high := Decimal(bar["npv_at_p90"]),
            abs(high - low),
        )
        for bar in figures["tornado"]
    ]  # fmt: skip
    return ReportTable("board_tornado", columns, frame(columns, rows))


def _inputs(figures: Mapping[str, Any]) -> tuple[ReportTable, ReportTable]:
    """Assumptions, and apart from them what comes from the chain's own data; each with source and observations."""
    known = {entry["input"]: entry for entry in figures["inputs"]}
    taken = set(figures["taken_from_own_stores"])
    assumptions: list[tuple[Any, ...]] = []
    data: list[tuple[Any, ...]] = []
    for field, value in figures["scenario"].items():
        if field in _LEFT_OUT or value in (None, [], {}) or (field in _SILENT_AT_NOUGHT and value in _NOUGHTS):
            continue
        entry = known.get(field)
        ranged = entry is not None and entry["basis"] != "fixed"
        row = (
            f"expansion.input.{field}", given(value, field),
            plain(worded(field, entry["p10"])) if entry and ranged else None,
            plain(worded(field, entry["p90"])) if entry and ranged else None,
            "own_stores" if field in taken else "typed",
            entry["basis"] if entry else None,
            entry["observations"] if entry and entry["basis"] == "own_stores" else None,
            entry["minimum"] if entry and entry["basis"] == "own_stores" else None,
        )  # fmt: skip
        (data if field in taken or (entry and entry["basis"] == "own_stores") else assumptions).append(row)
    return _input_table("board_assumptions", assumptions), _input_table("board_data", data)


def _input_table(name: str, rows: list[tuple[Any, ...]]) -> ReportTable:
    columns = (
        Column("board_input", "names"), Column("board_planned", "message"), Column("board_low", "message"),
        Column("board_high", "message"), Column("board_source", "word", "expansion.basis"),
        Column("board_range_source", "word", "expansion.basis"), *counts("board_observations", "board_minimum"),
    )  # fmt: skip
    return ReportTable(name, columns, frame(columns, rows))


def _notes(figures: Mapping[str, Any]) -> ReportTable:
    columns = (Column("board_note", "message"),)
    rows = [(told(note.code, note.facts),) for note in map(noted, figures["notes"])]
    rows.insert(0, (told("board.verdict", {"verdict": Word(f"expansion.verdict.{figures['verdict']}")}),))
    settled = figures["simulation"]["convergence"][-1]
    width = written.money(Decimal(settled["half_width"]))
    rows.append((told("board.settled", {"paths": f"{settled['paths']:,}", "half_width": width}),))
    return ReportTable("board_notes", columns, frame(columns, rows))
