"""``forecast`` and ``forecast-series``: the receipts to come of a book, and daily estimates for a table of series."""

from __future__ import annotations

import argparse
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Final

from chainbrain import texts
from chainbrain.cash import receipt_words, simpler
from chainbrain.commands import given, measured, receipt_levels
from chainbrain.commands.console import Console
from chainbrain.errors import UserError
from chainbrain.workspace import Workspace

if TYPE_CHECKING:
    from datetime import date

    from chainbrain.cash.forecast.accuracy import Accuracy
    from chainbrain.cash.measures import Measure
    from chainbrain.cash.receipts import Estimate, Line, ReceiptsForecast

_USUAL: Final = 28


def arguments(add: Callable[..., argparse.ArgumentParser]) -> None:
    """The options of these commands."""
    made = add("forecast", forecast, "预测收款 / forecast the receipts")
    made.add_argument("book", type=Path, help="账本文件 / the book")
    made.add_argument(
        "--horizon", type=given.positive, metavar="N", help="往后多少天，默认 28 / how many days ahead, by default 28"
    )
    made.add_argument(
        "--accuracy", action="store_true", help="在过去反复测，看准不准 / measure on the past how well it went"
    )
    made.add_argument(
        "--by-channel", action="store_true", help="每家店再按渠道分开 / every store by sales channel, too"
    )
    made.add_argument(
        "--level",
        metavar="LEVEL",
        help="只看一层：chain、region、entity、channel、store、store-channel / one level and its past",
    )
    made.add_argument("--entity", metavar="NAME", help="只看一个收付主体的门店 / the stores of one legal entity only")
    made.add_argument("--out", type=Path, metavar="FILE", help="写成 xlsx 等 / write it to a file")
    made.add_argument("--json", action="store_true", help="给程序读的 JSON / JSON for programs")

    made = add("forecast-series", forecast_series, "预测一张表里的每日数列 / forecast the daily series of a table")
    made.formatter_class = argparse.RawDescriptionHelpFormatter
    made.epilog = texts.message("series.help", "zh") + "\n\n" + texts.message("series.help", "en")
    made.add_argument("file", type=Path, help="数列表，csv 或 parquet / the table of series, csv or parquet")
    made.add_argument(
        "--origin",
        type=given.day,
        nargs="+",
        required=True,
        metavar="DATE",
        help="起点日，只用到这天为止的数 / last known day",
    )
    made.add_argument(
        "--horizon", type=given.positive, required=True, metavar="N", help="往后多少天 / how many days ahead"
    )
    made.add_argument("--out", type=Path, required=True, help="写成 csv 或 parquet / the csv or parquet to write")
    made.add_argument("--known", metavar="COLUMNS", help="哪些列是事先定好的，逗号分隔 / columns that are plans")


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
    if table.last is not None and origins[-1] > table.last:
        # What closed days are is known to the owner alone; that they count as such has to be said.
        console.failed(texts.message("series.ends_before", console.lang, origin=origins[-1], last=table.last))
    found = answer.forecast_table(table, origins, options.horizon, console.report)
    series_file.write(found, options.out)
    console.say("cli.forecast_written", path=str(options.out), rows=f"{len(found):,}")
    return 0


def forecast(options: argparse.Namespace, console: Console) -> int:
    """Forecast the receipts of a book by store, channel, region, entity and chain, or measure how well that went."""
    if options.accuracy:
        useless = [key for key in ("level", "entity", "horizon", "by_channel") if getattr(options, key)]
        if useless:
            # Measured are all levels and horizons at once.
            raise UserError("forecast.accuracy_alone", options=tuple(f"--{key.replace('_', '-')}" for key in useless))
        return _accuracy(options, console)
    options.horizon = options.horizon or _USUAL
    if options.level is not None:
        from chainbrain.cash.receipts_level import checked  # noqa: PLC0415

        options.level = checked(options.level)
    elif options.entity is not None and options.out is None:
        options.level = "chain"
    if options.out is not None:
        return receipt_levels.write(options, console)
    with Workspace.open(options.book, console.upgrading) as workspace:
        if options.level is not None:
            level = receipt_levels.read(workspace, options, options.level, console)
            receipt_levels.show(options, _mapping(level.found), level, console)
            return 0
        found = workspace.cash.forecast(
            workspace.rules.calendar(), options.horizon, console.report, pairs=options.by_channel
        )
    if options.json:
        console.json(_mapping(found))
    else:
        _tell(found, console)
    return 0


def _accuracy(options: argparse.Namespace, console: Console) -> int:
    with Workspace.open(options.book, console.upgrading) as workspace:
        found = workspace.cash.backtest(workspace.rules.calendar(), console.report)
        if options.out is not None:
            rows = workspace.reports.write_accuracy(found, options.out, console.lang)
            console.say("cli.report_written", path=str(options.out), rows=f"{rows:,}")
            return 0
    if options.json:
        told = [{**vars(one), "grain": one.grain.value, "claims_95": one.claimed} for one in found.measures]
        console.json({**vars(found), "measures": told})
        return 0
    console.say(found.tried, count=len(found.origins), first=found.origins[-1], last=found.origins[0])
    if found.fallback:
        method = console.word(f"forecast_method.{found.fallback}")
        console.say("forecast.fell_back", count=found.fallbacks, of=len(found.origins), method=method)
    simple = simpler.told_of_all(found.measures)
    if simple is not None:
        console.say(simple[0], **simple[1])
    if found.by_past:
        console.say("forecast.by_past", stores=found.by_past)
    if found.no_history:
        console.say("forecast.no_history", stores=found.no_history)
    if found.filled_days:
        console.say("forecast.filled", count=found.filled_days)
    if found.left_out:
        console.say("forecast.left_out", count=found.left_out)
    keys = (
        "level", "grain", "days_ahead", "accuracy", "seasonal_naive", "weekday_median", "accuracy_lower", "claim",
        "within_80", "within_95", "origins",
    )  # fmt: skip
    console.table([console.word(f"column.{key}") for key in keys], [_line(one, console) for one in found.measures])
    return 0


def _line(one: Measure, console: Console) -> list[object]:
    shares = ["—" if share is None else f"{share:.1%}" for share in (one.accuracy, one.naive, one.median, one.lower)]
    within = [_within(*each, console) for each in ((one.within_80, one.width_80), (one.within_95, one.width_95))]
    return [
        console.word(f"forecast_level.{one.level}"), console.word(f"forecast_grain.{one.grain.value}"),
        f"{one.first_day}–{one.last_day}", *shares, console.word(f"forecast_claim.{one.claim}"), *within, one.origins,
    ]  # fmt: skip


def _within(share: float | None, width: str | None, console: Console) -> str:
    """How often a range held what came, and whether it is too narrow or too wide."""
    if share is None:
        return "—"
    return f"{share:.1%}" if width in {None, "as_said"} else f"{share:.1%} {console.word(f'forecast_width.{width}')}"


def _mapping(found: ReceiptsForecast) -> dict[str, object]:
    return {
        "estimate": True,
        "origin": found.origin,
        "horizon": found.horizon,
        "fallback": found.fallback,
        "stores_by_past": found.by_past,
        "stores_idle": found.idle,
        "stores_unknown": found.unknown,
        "stores_by_openings": found.starts,
        "filled_days": found.filled_days,
        "spring_assumed": found.spring is not None,
        "spring": found.spring,
        "promotion_untaught": found.untaught,
        "holidays_unannounced": found.unannounced,
        "accuracy": [{"level": one.level, **measured.mapping(one.measured)} for one in found.accuracy],
        "lines": found.lines,
    }


def _tell(found: ReceiptsForecast, console: Console) -> None:
    """Print the sums up to the horizon with their ranges, and how well the past was foreseen."""
    console.say("forecast.title", origin=found.origin, horizon=found.horizon)
    for code, facts in receipt_words.told(found):
        console.say(code, **facts)
    keys = ("level", "name", "estimate", "range_80", "range_95")
    console.table(
        [console.word(f"column.{key}") for key in keys],
        [
            [
                console.word(f"forecast_level.{one.level}"),
                _named(one, console),
                one.total.mean,
                *_ranges(one.total),
            ]
            for one in sorted(found.lines, key=lambda line: (line.level != "chain", -line.total.mean))
        ],
    )
    print()
    columns = ("level", "grain", "ahead", "accuracy", "seasonal_naive", "weekday_median", "origins", "claim")
    console.table(
        [console.word(f"column.{key}") for key in columns],
        [[console.word(f"forecast_level.{one.level}"), *_measured(one.measured, console)] for one in found.accuracy],
    )


def _named(one: Line, console: Console) -> str:
    """What a line is of: channels in words, and who has the accounts of several companies or of none."""
    *store, channel = one.name.rsplit(" / ", 1)
    if one.level in {"channel", "store_channel"}:
        return " / ".join([*store, console.word(f"channel.{channel}")])
    return one.name or ("—" if one.level != "entity" else console.word("cash.no_entity"))


def _ranges(total: Estimate) -> tuple[str, str]:
    return f"{total.p10:,.2f} – {total.p90:,.2f}", f"{total.p2_5:,.2f} – {total.p97_5:,.2f}"


def _measured(one: Accuracy, console: Console) -> list[object]:
    shares = [f"{share:.1%}" for share in (one.accuracy, one.naive, one.median)]
    claim = console.word(f"forecast_claim.{one.claim}")
    return [console.word(f"forecast_grain.{one.grain.value}"), one.last_day, *shares, one.origins, claim]
