"""Says why the figures are not compared with the nearest days that could be."""

from __future__ import annotations

from collections.abc import Sequence

from chainbrain.analytics.periods import PassedOver, Period, SpecialDay
from ui import figures
from ui.messages import word
from ui.theme.translator import translate


def passed_over_words(period: Period, passed: Sequence[PassedOver]) -> str:
    """Say which nearer days a period is not compared with, and what spoils them; empty where none were passed over."""
    if not passed:
        return ""
    reasons = translate(", ").join(_spoilt(one, period) for one in passed)
    words = translate("Compared with {days}: from four weeks back the nearer {reasons} cannot be compared")
    return words.format(days=_days(period.base, period), reasons=reasons)


def _spoilt(passed: PassedOver, period: Period) -> str:
    own = [one for one in passed.special if one.day in period]
    there = [one for one in passed.special if one.day not in period]
    said = [_special(one) for one in _each_once(there)]
    if own:
        named = translate(", ").join(_special(one) for one in _each_once(own))
        said.append(translate("unlike {special} now").format(special=named))
    return translate("{days} ({special})").format(days=_days(passed.base, period), special=translate(", ").join(said))


def _days(days: Period, beside: Period) -> str:
    return figures.days(days.first, days.last, beside.last)


def _each_once(special: Sequence[SpecialDay]) -> list[SpecialDay]:
    """One day of each holiday, and of its worked weekends."""
    return list({(one.name, one.kind): one for one in special}.values())


def _special(special: SpecialDay) -> str:
    name = word(f"holiday.{special.name}") if special.name else word("day.holiday")
    return name if special.kind == "holiday" else translate("worked weekend of {holiday}").format(holiday=name)
