"""Words about how a merchant's money reaches the bank: rule, cut-off, fees, the deposits that agree."""

from __future__ import annotations

from chainbrain import texts
from chainbrain.reconciliation.habits import Habit, Reading, clock_of


def rule(key: str, lang: str) -> str:
    """When a settlement day arrives: ``T1`` as ``T+1 下一个工作日到账``."""
    unit, days = key[:1], int(key[1:])
    return texts.message(f"habit.rule_{unit}{min(days, 2)}", lang, days=days)


def cutoff(minutes: int, lang: str) -> str:
    """When a settlement day ends: ``23:00``, or ``次日 02:00``."""
    return texts.message("habit.clock_next", lang, clock=clock_of(minutes)) if minutes > 0 else clock_of(minutes)


def fees(key: str, lang: str) -> str:
    """How fees are taken off."""
    return texts.word(f"habit_fees.{key}", lang)


def merged(together: bool, lang: str) -> str:
    """Whether days that arrive together come as one deposit."""
    return texts.word(f"habit_merged.{'yes' if together else 'no'}", lang)


def reading(one: Reading, lang: str) -> str:
    """One reading in a row: rule, cut-off, fees."""
    return texts.joined((rule(one.rule, lang), cutoff(one.cutoff, lang), fees(one.fees, lang)), lang)


def votes(habit: Habit, lang: str) -> str:
    """How many deposits agree, and how many of these name the merchant number."""
    if not habit.votes:
        return texts.message("habit.no_votes", lang)
    code = "habit.votes_named" if habit.named else "habit.votes"
    return texts.message(code, lang, votes=f"{habit.votes:,}", named=f"{habit.named:,}")


def other(habit: Habit, lang: str) -> str:
    """The best other reading with its deposits; nothing where there is none."""
    if habit.other is None:
        return ""
    return texts.message("habit.other", lang, reading=reading(habit.other, lang), votes=f"{habit.other_votes:,}")


def source(habit: Habit) -> str:
    """Who says so, a key below ``habit_source``: a person, the deposits, or nobody yet."""
    if habit.word is not None:
        return "said"
    return "learned" if habit.reading is not None else "unknown"
