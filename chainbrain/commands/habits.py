"""``habits`` and ``habit``: how each merchant's money reaches the bank, and a person's word on it."""

from __future__ import annotations

import argparse
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
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


def arguments(add: Callable[..., argparse.ArgumentParser]) -> None:
    """The options of these commands."""
    made = add("habits", show, "结算规律，几笔到账为证 / how payouts reach the bank, and the grounds")
    made.add_argument("book", type=Path, help="账本文件 / the book")
    made.add_argument("--json", action="store_true", help="给程序读的 JSON / JSON for programs")

    made = add("habit", set_habit, "改一个商户号的结算规律 / set how one merchant number is paid out")
    made.add_argument("book", type=Path, help="账本文件 / the book")
    made.add_argument("channel", metavar="CHANNEL", help="渠道，如微信 / the channel, like wechat")
    made.add_argument("merchant", metavar="MERCHANT", help="商户号 / the merchant number")
    made.add_argument("--cutoff", metavar="HH:MM", help="结算日切；中午以前的算次日 / before noon: of the next day")
    made.add_argument("--rule", help="到账规则，如 D1、T1 / like D1 or T1")
    made.add_argument(
        "--fees", help="手续费扣法：逐笔扣、按日合计扣、另行收取 / fees: item, batch (the day's sum), later (apart)"
    )
    made.add_argument("--merged", choices=tuple(YES_OR_NO), help="同日到账合成一笔 / one deposit per day of arrival")
    made.add_argument("--learned", action="store_true", help="改回按到账学到的 / as the deposits say again")


def show(options: argparse.Namespace, console: Console) -> int:
    """Print every merchant number whose payouts only the deposits show, with what holds for it and why."""
    with Workspace.open(options.book, console.upgrading) as workspace:
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
    with Workspace.open(options.book, console.upgrading) as workspace:
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
