"""``habits`` and ``habit``: how each merchant's money reaches the bank, and a person's word on it."""

from __future__ import annotations

import argparse
from dataclasses import replace
from typing import Final

from chainbrain import habit_words, texts
from chainbrain.commands.console import Console
from chainbrain.commands.places import channel_said
from chainbrain.masking import login_masked, masked
from chainbrain.reconciliation.habits import FEES, Habit, HabitWord, cutoff_of
from chainbrain.workspace import Workspace

_KEYS: Final = (
    "channel", "merchant", "store", "bank_account", "rule", "cutoff", "fees", "merged", "habit_source", "votes",
    "other",
)  # fmt: skip
YES_OR_NO: Final = {"yes": True, "是": True, "no": False, "否": False}


def show(options: argparse.Namespace, console: Console) -> int:
    """Print every merchant number whose payouts only the deposits show, with what holds for it and why."""
    with Workspace.open(options.book) as workspace:
        habits = workspace.habits.all()
    if options.json:
        console.json({"habits": [replace(one, bank_account=masked(one.bank_account)) for one in habits]})
    elif not habits:
        console.say("cli.habits_none")
    else:
        console.table([console.word(f"column.{key}") for key in _KEYS], [_line(one, console) for one in habits])
    return 0


def set_habit(options: argparse.Namespace, console: Console) -> int:
    """Write a person's word on one merchant number."""
    word = HabitWord(
        channel_said(options.channel),
        options.merchant,
        options.rule,
        None if options.cutoff is None else cutoff_of(options.cutoff),
        None if options.fees is None else _fees(options.fees),
        None if options.merged is None else YES_OR_NO[options.merged],
        learned=options.learned,
    )
    with Workspace.open(options.book) as workspace:
        workspace.set_habit(word, console.report)
        habit = workspace.habits.find(word)
    _tell(habit, console, learned=word.learned)
    return 0


def _tell(habit: Habit, console: Console, *, learned: bool) -> None:
    merchant = login_masked(habit.merchant_no)
    if learned or habit.reading is None:
        console.say("cli.habit_learned", merchant=merchant)
        return
    words = habit_words.reading(habit.reading, console.lang)
    console.say("cli.habit_set", merchant=merchant, reading=words, votes=habit_words.votes(habit, console.lang))


def _line(habit: Habit, console: Console) -> list[object]:
    lang, reading = console.lang, habit.reading
    return [
        console.word(f"channel.{habit.channel}"),
        login_masked(habit.merchant_no),
        texts.joined(habit.stores, lang),
        masked(habit.bank_account),
        habit_words.rule(reading.rule, lang) if reading else "",
        habit_words.cutoff(reading.cutoff, lang) if reading else "",
        habit_words.fees(reading.fees, lang) if reading else "",
        habit_words.merged(bool(reading.merged), lang) if reading else "",
        console.word(f"habit_source.{habit_words.source(habit)}"),
        habit_words.votes(habit, lang) if reading else "",
        habit_words.other(habit, lang),
    ]


def _fees(said: str) -> str:
    """The code of a way to take fees that is said as a code or in words."""
    names = {texts.word(f"habit_fees.{key}", lang).casefold(): key for key in FEES for lang in texts.LANGUAGES}
    # What is no way to take fees stays as it is, and is refused under its own name.
    return names.get(said.casefold(), said)
