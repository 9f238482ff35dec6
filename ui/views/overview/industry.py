"""What sources say of the industry, below the chain's own figures on hover."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from chainbrain import benchmark_words
from chainbrain.analytics.benchmarks import Benchmark
from ui.theme.translator import Language, translate
from ui.widgets import Kpi
from ui.words import word

_OF = {"ticket": "ticket", "fees": "take_rate"}


def with_industry(items: Sequence[Kpi], known: Sequence[Benchmark], city: str | None = None) -> list[Kpi]:
    """Add a line of every source to the figures that have one of the industry; nothing is averaged.

    Args:
        items: the figures of the strip.
        known: what sources say.
        city: that all chosen stores are in; figures of other cities are left out, and of any for the whole chain.
    """
    return [
        replace(one, full=f"{one.full}\n{_said(_OF[one.key], known, city)}") if one.key in _OF else one for one in items
    ]


def _said(metric: str, known: Sequence[Benchmark], city: str | None) -> str:
    found = [one for one in known if one.metric == metric and one.city in {None, city}]
    if not found:
        return word("benchmark.none")
    lang = Language.current()
    lines = []
    for one in found:
        parts = (benchmark_words.spread(one, lang), benchmark_words.of_whom(one), benchmark_words.source(one))
        lines.append(translate("Industry: {said}").format(said=" · ".join(part for part in parts if part)))
    return "\n".join(lines)
