"""The columns of the waterfall that explains a change: names, causes, figures and what the hover says."""

from __future__ import annotations

from collections.abc import Mapping

from chainbrain import change_words
from chainbrain.analytics.change import Explanation, Step
from ui import figures
from ui.charts.waterfall_steps import WaterfallStep
from ui.theme.translator import Language, translate


def columns_of(found: Explanation, names: Mapping[str, str]) -> list[WaterfallStep]:
    """Return base, steps and result; ``names`` are the short names of stores by full name."""
    base, period = found.period.base, found.period
    before = figures.days(base.first, base.last, period.last)
    columns = [WaterfallStep("before", translate("Before"), found.before, before, "base")]
    columns += [_column(step, found, names) for step in found.steps if step.amount or step.key in {"orders", "price"}]
    now = figures.days(period.first, period.last)
    return [*columns, WaterfallStep("now", translate("Now"), found.now, now, "result")]


def in_wan(found: Explanation) -> bool:
    """Whether the chart counts in 万."""
    return Language.current() == Language.CHINESE and max(found.now, found.before) >= 10_000


def _column(step: Step, found: Explanation, names: Mapping[str, str]) -> WaterfallStep:
    shown, language = "", Language.current()
    if in_wan(found):
        # One unit for the whole chart, as its title says; small steps keep two decimals of it.
        sign = "+" if step.amount > 0 else ""
        shown = sign + figures.plain(step.amount / 10_000, 2)
    return WaterfallStep(
        step.key,
        change_words.step_name(step, language, found.by),
        step.amount,
        change_words.step_cause(step, names, language, found.by),
        tip=change_words.step_stores(step, names, language),
        shown=shown,
        plain=step.key == "gap",
    )
