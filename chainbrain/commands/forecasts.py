"""``forecast-series``: daily estimates for a table of series."""

from __future__ import annotations

import argparse
from typing import TYPE_CHECKING

from chainbrain import texts
from chainbrain.commands.console import Console

if TYPE_CHECKING:
    from datetime import date


def forecast_series(options: argparse.Namespace, console: Console) -> int:
    """Forecast every series of a table from every origin, and their total."""
    # NumPy and Polars are loaded only when something is forecast.
    from chainbrain.cash.forecast import answer, series_file  # noqa: PLC0415

    series_file.check_ending(options.out)
    known = None if options.known is None else [name for name in options.known.split(",") if name]
    table = series_file.read(options.file, known)
    for code, names in (("series.known", table.known), ("series.ignored", table.ignored)):
        if names:
            console.failed(texts.message(code, console.lang, columns=texts.joined(names, console.lang)))
    origins: list[date] = sorted(set(options.origin))
    found = answer.forecast_table(table, origins, options.horizon, console.report)
    series_file.write(found, options.out)
    console.say("cli.forecast_written", path=str(options.out), rows=f"{len(found):,}")
    return 0
