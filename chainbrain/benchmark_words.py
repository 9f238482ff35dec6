"""Figures of the industry in words: a value in its unit, its quartiles, who says so."""

from __future__ import annotations

from decimal import Decimal

from chainbrain import texts, written
from chainbrain.analytics.benchmarks import Benchmark, Own


def figure(metric: str, value: Decimal | None) -> str:
    """A value in its unit; nothing when it is not known."""
    if value is None:
        return ""
    if metric == "ticket":
        return written.money(value, symbol=True)
    percent = written.rounded(value * 100, 2)
    return f"{percent:,}%".replace("-", written.MINUS)


def own(one: Own, lang: str) -> str:
    """A store's figure with its month, or why there is none."""
    if one.value is None:
        return texts.word(f"benchmark_lacks.{one.lacks}", lang)
    month = f" ({one.month:%Y-%m})" if one.month is not None else ""
    return figure(one.metric, one.value) + month


def spread(one: Benchmark, lang: str) -> str:
    """Median and quartiles: ``2.10% (1.20%–3.40%)``; a quartile that nobody told is a question mark."""
    median = figure(one.metric, one.median)
    if one.low is None and one.high is None:
        return median
    low, high = (figure(one.metric, part) or texts.word("benchmark.untold", lang) for part in (one.low, one.high))
    return f"{median} ({low}–{high})"


def of_whom(one: Benchmark) -> str:
    """Trade, city and span of time, as far as they were told."""
    return " · ".join(part for part in (one.trade, one.city, one.period) if part)


def source(one: Benchmark) -> str:
    """Who says so, and when."""
    return f"{one.source} {one.dated.isoformat()}"
