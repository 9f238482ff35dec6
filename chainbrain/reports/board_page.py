"""What the printed pages of a board pack show: every figure is one of the report's tables."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from decimal import Decimal
from typing import Any, Final

from chainbrain import texts, written
from chainbrain.reports import page_parts
from chainbrain.reports.printed import cell
from chainbrain.reports.tables import Report, ReportTable

_TILES: Final = {
    "one": ("npv_p50", "payback_p50", "trough_p50", "base_irr", "loses_money", "must_sell"),
    "programme": ("openings", "value", "lowest_p10", "next"),
}
_LISTS: Final = {
    "one": ("board_data", "board_assumptions", "board_loans"),
    "programme": ("programme", "programme_stores", "board_loans", "board_assumptions", "board_store_inputs"),
}
# What stands below a figure: others of the same.
_BELOW: Final = {
    "npv_p50": ("npv_p10", "npv_p90"), "payback_p50": ("within_life",), "trough_p50": ("trough_p10",),
    "base_irr": ("base_npv",), "must_sell": ("break_even",), "value": ("bound",), "lowest_p10": ("lowest_month",),
}  # fmt: skip
_QUANTILES: Final = ("p10", "p30", "p50", "p70", "p90")
_TICKS: Final = 4
_LABELS: Final = 9

Print = Callable[[ReportTable, str, str], dict[str, Any]]


def content(report: Report, lang: str, as_table: Print) -> dict[str, Any]:
    """The data of the template; without a kept scenario only that there is none."""
    tables = {table.name: table for table in report.tables}
    facts = dict(report.head)
    if "kind" not in facts:
        return {"filled": False, "none": texts.message("scenario.none_kept", lang)}
    kind = facts["kind"]
    figures = {
        key.removeprefix("expansion.compared."): row
        for key, row in zip(
            tables["board-pack"].rows["board_figure"], tables["board-pack"].worded(lang).iter_rows(), strict=True
        )
    }
    said = [str(row[0]) for row in tables["board_notes"].worded(lang).iter_rows()]
    shared: dict[str, Any] = {
        "filled": True,
        "kind": kind,
        "name": facts["scenario"],
        "words": page_parts.words("board_page", lang),
        "told": said,
        "tiles": [
            [*figures[key], "\n".join(_below(figures[below]) for below in _BELOW.get(key, ()) if below in figures)]
            for key in _TILES[kind]
            if key in figures and figures[key][1] != "—"
        ],
    }
    printed = {name: as_table(tables[name], "", lang) for name in _LISTS[kind]}
    if kind == "one":
        months = tables["board_months"].rows.to_dicts()
        labels = [row["programme_month"] or str(row["board_month"]) for row in months]
        fan = _fan(labels, {key: [row[f"board_{key}"] for row in months] for key in _QUANTILES}, {}, lang)
        return {
            **shared, "fan": fan, "tornado": _tornado(tables["board_tornado"], lang), "tables": printed,
            "months": as_table(_short_months(tables["board_months"]), "", lang),
        }  # fmt: skip
    cash = tables["programme_cash"].rows.to_dicts()
    lines = {"next": [row["chain_p10_with_next"] for row in cash], "floor": [row["board_floor"] for row in cash]}
    labels = [row["programme_month"] for row in cash]
    fan = _fan(labels, {key: [row[f"chain_{key}"] for row in cash] for key in _QUANTILES}, lines, lang)
    return {**shared, "fan": fan, "calendar": _calendar(tables["programme"], labels, lang), "tables": printed}


def _below(figure: Sequence[str]) -> str:
    """A figure below another of the same name says its quantile only."""
    name, value = figure
    return f"{name.rsplit(' ', 1)[-1] if name.endswith(('P10', 'P90')) else name} {value}"


def _short_months(table: ReportTable) -> ReportTable:
    """Without the inner quantiles, for which the page has no room."""
    columns = tuple(column for column in table.columns if column.key not in ("board_p30", "board_p70"))
    return ReportTable(table.name, columns, table.rows.select([column.key for column in columns]))


def _fan(
    labels: Sequence[str], bands: dict[str, list[Decimal]], lines: dict[str, list[Decimal | None]], lang: str
) -> dict[str, Any]:
    """Quantiles by month as heights between 0 and 1, with the ticks of the axis."""
    rows: list[Sequence[Decimal | None]] = [*bands.values(), *lines.values()]
    known = [value for row in rows for value in row if value is not None]
    low, high = min([Decimal(0), *known]), max([Decimal(0), *known])
    ticks = _ticks(float(low), float(high))
    bottom, top = min(float(low), ticks[0]), max(float(high), ticks[-1])
    reach = (top - bottom) or 1.0

    def height(value: Decimal | float | None) -> float | None:
        return None if value is None else round((float(value) - bottom) / reach, 5)

    every = max(1, -(-len(labels) // _LABELS))
    return {
        "labels": [label if number % every == 0 else "" for number, label in enumerate(labels)],
        "bands": {key: [height(value) for value in row] for key, row in bands.items()},
        "lines": {key: [height(value) for value in row] for key, row in lines.items() if None not in row},
        "ticks": [[height(tick), written.compact(Decimal(str(tick)), lang, _places(ticks))] for tick in ticks],
        "zero": height(0.0),
    }


def _ticks(low: float, high: float) -> list[float]:
    """Round figures that cover an axis."""
    raw = (high - low) / _TICKS or 1.0
    size = 10 ** math.floor(math.log10(raw))
    step = next(size * times for times in (1, 2, 2.5, 5, 10) if size * times >= raw)
    first, last = math.floor(low / step), math.ceil(high / step)
    return [number * step for number in range(first, last + 1)]


def _places(ticks: Sequence[float]) -> int:
    """Decimals that the ticks need when they are written in 万."""
    return 0 if all(round(tick) % 10_000 == 0 for tick in ticks) else 1


def _tornado(table: ReportTable, lang: str) -> dict[str, Any]:
    rows = table.rows.to_dicts()
    if not rows:
        return {"bars": []}
    ends = [value for row in rows for value in (row["board_at_p10"], row["board_at_p90"])]
    low, high = min(ends), max(ends)
    reach = (high - low) or Decimal(1)
    bars = []
    for row, said in zip(rows, table.worded(lang).iter_rows(), strict=True):
        left, right = sorted((row["board_at_p10"], row["board_at_p90"]))
        bars.append(
            {
                "name": said[0], "from": float((left - low) / reach), "to": float((right - low) / reach),
                "low": written.compact(left, lang), "high": written.compact(right, lang),
            }
        )  # fmt: skip
    return {"bars": bars}


def _calendar(table: ReportTable, labels: Sequence[str], lang: str) -> list[dict[str, Any]]:
    """The stretches of every project as numbers of months, ending where the chain is no longer watched."""
    place = {label: number for number, label in enumerate(labels)}
    lines = []
    for row, said in zip(table.rows.to_dicts(), table.worded(lang).to_dicts(), strict=True):
        begun = place.get(row["programme_month"], len(labels))
        paid = place.get(row["board_paid"], begun)
        grown = place.get(row["board_mature"] or "", len(labels))
        lines.append(
            {
                "name": row["programme_name"], "what": said["programme_what"], "paid": paid, "begun": begun,
                "grown": grown, "store": row["programme_what"] in ("opening", "relocation"),
                "value": cell(row["programme_value"], "money"),
            }
        )  # fmt: skip
    return lines
