"""Nearer days that a report is not compared with: kept until its language is known, then in words."""

from __future__ import annotations

import json
from collections.abc import Sequence
from datetime import date

from chainbrain import texts
from chainbrain.analytics.periods import PassedOver, SpecialDay


def kept(passed: Sequence[PassedOver]) -> str:
    """The days with the holidays that spoil them, nearest first, each holiday once."""
    told = [
        (one.base.first.isoformat(), one.base.last.isoformat(), list(dict.fromkeys(map(_key, one.special))))
        for one in passed
    ]
    return json.dumps(told, ensure_ascii=False)


def worded(value: str, lang: str) -> str:
    """What ``kept`` kept, in words."""
    said = []
    for first, last, keys in json.loads(value):
        days = _days(date.fromisoformat(first), date.fromisoformat(last))
        why = texts.joined((texts.word(key, lang) for key in keys), lang)
        said.append(texts.message("page.days_with", lang, days=days, why=why))
    return texts.joined(said, lang)


def _key(special: SpecialDay) -> str:
    if special.kind != "holiday":
        return "day.makeup"
    return f"holiday.{special.name}" if special.name else "day.holiday"


def _days(first: date, last: date) -> str:
    return f"{first:%m-%d}" if first == last else f"{first:%m-%d}–{last:%m-%d}"
