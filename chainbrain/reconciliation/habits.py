"""How the money of each merchant number reaches the bank where no file says so, and a person's word on it."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any, Final

from chainbrain.database.book import Book
from chainbrain.database.lock import who
from chainbrain.errors import UserError
from chainbrain.masking import login_masked

FEES: Final = ("item", "batch", "later")
"""As billed per payment, by the rate on the day's sum, not taken off the payout; words under ``habit_fees.<key>``."""

_RULE: Final = re.compile(r"([DT])\+?([0-9]{1,2})")
_CLOCK: Final = re.compile(r"(?:次日|next day)?\s*([0-9]{1,2})[:：]([0-5][0-9])", re.IGNORECASE)
_DAY, _NOON = 24 * 60, 12 * 60


@dataclass(frozen=True)
class Reading:
    """One way to read the deposits of a merchant number.

    Attributes:
        rule: when a settlement day arrives: ``D1`` a day later, ``T1`` a working day later.
        cutoff: minutes after midnight, below 0 before, at which a settlement day ends.
        fees: one of ``FEES``.
        merged: settlement days that arrive together come as one deposit; nothing where it is not told.
    """

    rule: str
    cutoff: int
    fees: str
    merged: bool | None = None


@dataclass(frozen=True)
class HabitWord:
    """A person's word on one merchant number; what is nothing stays as the deposits say.

    ``learned`` alone takes an earlier word back: all of it is as the deposits say.
    """

    channel: str
    merchant_no: str
    rule: str | None = None
    cutoff: int | None = None
    fees: str | None = None
    merged: bool | None = None
    learned: bool = False

    @property
    def says(self) -> dict[str, object]:
        """The parts that it names."""
        parts = {"rule": self.rule, "cutoff": self.cutoff, "fees": self.fees, "merged": self.merged}
        return {key: part for key, part in parts.items() if part is not None}

    def facts(self) -> dict[str, object]:
        """What the history tells of it."""
        merchant = login_masked(self.merchant_no)
        return {"channel": self.channel, "merchant": merchant, "learned": self.learned, **self.says}


@dataclass(frozen=True)
class Habit:
    """How the money of one merchant number reaches the bank.

    Attributes:
        channel: the wallet or acquirer.
        merchant_no: the number as it is printed.
        bank_account: where its money goes.
        stores: the stores it serves.
        reading: what holds; nothing while no deposits agree often enough and nobody said it.
        votes: deposits that agree with it to the cent.
        named: of these, deposits whose memo names the merchant number.
        other: the best other reading, which other deposits speak for, with their number ``other_votes``.
        word: a person's word that stands, given in the history entry ``entry_id`` by ``who``.
    """

    channel: str
    merchant_no: str
    bank_account: str
    stores: tuple[str, ...]
    reading: Reading | None
    votes: int
    named: int
    other: Reading | None
    other_votes: int
    word: HabitWord | None = None
    entry_id: int | None = None
    at: datetime | None = None
    who: str | None = None


class Habits:
    """The habits of one book, and the words on them; ``workspace.set_habit`` wraps the writing in a history entry."""

    def __init__(self, book: Book) -> None:
        self._book = book

    def all(self) -> tuple[Habit, ...]:
        """Every merchant number whose payouts only the deposits show, by channel and store."""
        return tuple(_habit(row) for row in self._book.rows("habits/all"))

    def find(self, word: HabitWord) -> Habit:
        """The habit that a word is on.

        Raises:
            LookupError: that merchant number has none.
        """
        key = self._key(word)
        for one in self.all():
            if one.channel == word.channel and self._key(HabitWord(one.channel, one.merchant_no)) == key:
                return one
        raise LookupError(word)

    def checked(self, word: HabitWord) -> HabitWord:
        """The word as it is written.

        Raises:
            UserError: ``habit.unknown``, ``habit.not_straight``, ``habit.nothing``, ``habit.both``, ``habit.rule``,
                ``habit.cutoff``, ``habit.fees`` or ``habit.no_rate``.
        """
        about = {"channel": word.channel, "merchant": login_masked(word.merchant_no)}
        known, straight, rates = self._known(word)
        if not known:
            raise UserError("habit.unknown", **about)
        if not straight:
            raise UserError("habit.not_straight", **about)
        if word.learned == bool(word.says):
            raise UserError("habit.both" if word.learned else "habit.nothing", **about)
        if word.cutoff is not None and not -_NOON <= word.cutoff < _NOON:
            raise UserError("habit.cutoff", value=word.cutoff)
        if word.fees is not None and word.fees not in FEES:
            raise UserError("habit.fees", value=word.fees)
        if word.fees == "batch" and rates != 1:
            raise UserError("habit.no_rate", **about)
        return replace(word, rule=None if word.rule is None else rule_of(word.rule))

    def add(self, entry_id: int, word: HabitWord) -> None:
        """Write one word; inside the caller's transaction, which attributes again."""
        self._book.run(
            "habits/add",
            entry=entry_id, at=datetime.now().replace(microsecond=0), who=who(), channel=word.channel,
            merchant=self._key(word), learned=word.learned, rule=word.rule, cutoff=word.cutoff, fees=word.fees,
            merged=word.merged,
        )  # fmt: skip

    def held(self, word: HabitWord) -> None:
        """See that a word made a habit, once everything was attributed with it.

        Raises:
            UserError: ``habit.no_rule``: neither word, contract nor deposits tell when the money arrives.
        """
        found = self._book.rows_of(
            "select 1 from base.payout_habits where channel = $channel and merchant = $merchant",
            channel=word.channel, merchant=self._key(word),
        )  # fmt: skip
        if not word.learned and not found:
            raise UserError("habit.no_rule", channel=word.channel, merchant=login_masked(word.merchant_no))

    def _known(self, word: HabitWord) -> tuple[bool, bool, int]:
        found = self._book.one("habits/known", channel=word.channel, merchant=self._key(word))
        assert found is not None
        known, straight, rates = found
        return bool(known), bool(straight), int(rates)

    def _key(self, word: HabitWord) -> str:
        return str(self._book.one_of("select base.merchant_key($number)", number=word.merchant_no)[0])


def rule_of(text: str) -> str:
    """A rule as it is kept: ``T1`` for ``t+1``.

    Raises:
        UserError: ``habit.rule``.
    """
    found = _RULE.fullmatch(text.strip().upper())
    if found is None:
        raise UserError("habit.rule", value=text)
    return f"{found[1]}{int(found[2])}"


def cutoff_of(text: str) -> int:
    """The minutes of a time of day at which settlement days end: from noon on it lies before midnight, else after.

    Raises:
        UserError: ``habit.clock``.
    """
    found = _CLOCK.fullmatch(text.strip())
    minutes = int(found[1]) * 60 + int(found[2]) if found else -1
    if not 0 <= minutes <= _DAY:
        raise UserError("habit.clock", value=text)
    return (minutes + _NOON) % _DAY - _NOON


def clock_of(cutoff: int) -> str:
    """The time of day of a cut-off as a clock shows it; midnight is 24:00, the end of the day."""
    minutes = cutoff % _DAY or _DAY
    return f"{minutes // 60:02}:{minutes % 60:02}"


def _habit(row: tuple[Any, ...]) -> Habit:
    channel, merchant_no, bank_account, stores, *rest = row
    rule, cutoff, fees, merged, votes, named, other_votes, other_rule, other_cutoff, other_fees, *said = rest
    *parts, entry_id, at, whose = said
    return Habit(
        channel,
        merchant_no,
        bank_account,
        tuple(stores),
        Reading(rule, cutoff, fees, merged) if rule is not None else None,
        votes,
        named,
        Reading(other_rule, other_cutoff, other_fees) if other_rule is not None else None,
        other_votes,
        HabitWord(channel, merchant_no, *parts) if entry_id is not None else None,
        entry_id,
        at,
        whose,
    )
