"""What a person's words have moved on the screen before the book shows it: lines that left a list or came back."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from chainbrain.reconciliation.room import Decision
from chainbrain.reconciliation.summary import StateSummary, WorkGroup
from ui.views.reconcile.items import OLDER, SUGGESTED, Group, Item

ZERO = Decimal("0.00")
# What these are said about is settled by them. What another word opens again is known once the book was matched anew.
_SETTLES = frozenset({"accept", "match", "explain", "exclude", "timing"})
# Where differences are counted once such a word settled them.
_BECOMES = {"explain": "settled", "exclude": "excluded", "timing": "expected"}


@dataclass
class Word:
    """One word and the lines it is about.

    Attributes:
        decision: what was said.
        group: the list in which it was said.
        items: the lines that leave this list.
        places: where they stood.
        entry_id: its entry of the history, once it is kept; 0 before.
        settled: whether the book shows it.
        back: whether it was taken back, so that its lines stand in the list again.
        shown: whether what was read of the book counts its lines as the word says.
        place: the period and store whose counts were on the screen when it was said; it moves no others.
    """

    decision: Decision
    group: Group
    items: tuple[Item, ...]
    places: tuple[int, ...] = ()
    entry_id: int = 0
    settled: bool = False
    back: bool = False
    shown: bool = False
    place: object = None

    @property
    def counted(self) -> int:
        """By what the counts of the book are to be moved: 1 for what it does not show yet, -1 for what is no more."""
        if self.decision.verdict not in _SETTLES:
            return 0
        return (not self.back) - self.shown


class Pending:
    """Lays the words over what the book says, until the book says it too."""

    def __init__(self) -> None:
        self._words: list[Word] = []
        self._kept = 0
        self._elsewhere = False
        self._place: object = None

    @property
    def kept(self) -> int:
        """How many words were kept for good since the book was opened."""
        return self._kept

    def keep(self, word: Word, entry_id: int, *, settled: bool) -> None:
        """A word is on the disk; one that was taken back meanwhile is not what the book shows."""
        word.entry_id, word.settled = entry_id, settled and not word.back
        self._kept += 1

    def add(self, word: Word) -> None:
        """The lines of a word leave their list."""
        word.place = self._place
        self._words.append(word)

    def drop(self, word: Word) -> None:
        """Forget a word: it was refused, or the book shows it."""
        if word in self._words:
            self._words.remove(word)

    def take_back(self, word: Word) -> None:
        """The lines of a word stand in their list again, until the book says the same."""
        if word not in self._words:
            self._words.append(word)
        word.back, word.settled = True, False

    def take_back_unknown(self) -> None:
        """Something was taken back that was not said on this screen: which counts move is known by the book alone."""
        self._elsewhere = True

    @property
    def unsure(self) -> bool:
        """Whether something was said that moves counts in a way only the book will tell."""
        return self._elsewhere or any(
            word.decision.verdict not in _SETTLES or (word.counted and word.place != self._place)
            for word in self._words
        )

    def followed(self, entry_id: int) -> None:
        """The book follows from everything up to this entry."""
        for word in self._words:
            if word.entry_id and word.entry_id <= entry_id:
                word.settled = True

    def shown_by_book(self) -> tuple[tuple[Word, bool], ...]:
        """Return the words that a reading which begins now will show, and whether as taken back."""
        return tuple((word, word.back) for word in self._words if word.settled)

    def was_read(self, seen: Sequence[tuple[Word, bool]], place: object = None) -> None:
        """The book was read for a period and store and shows these words; one taken back meanwhile it shows as said."""
        self._elsewhere, self._place = False, place
        for word, back in seen:
            word.shown = not back
            if word.back == back:
                self.drop(word)

    @property
    def unkept(self) -> int:
        """How many words are on their way to the disk."""
        return sum(not word.entry_id for word in self._words)

    def lines(self, group: Group, items: Sequence[Item]) -> tuple[Item, ...]:
        """Return the lines of a list as they stand after every word."""
        shown = list(items)
        for word in self._words:
            if word.group != group:
                continue
            keys = {item.key for item in word.items}
            if not word.back:
                shown = [item for item in shown if item.key not in keys]
                continue
            known = {item.key for item in shown}
            for place, item in zip(word.places, word.items, strict=False):
                if item.key not in known:
                    shown.insert(min(place, len(shown)), item)
        return tuple(shown)

    def summary(self, found: StateSummary) -> StateSummary:
        """Return counts and amounts of the work as they stand after every word that settles something."""
        for word in self._words:
            if word.counted and word.place == self._place:
                found = _moved(found, word, [item for item in word.items if item.open])
        return found

    def older(self, found: Sequence[WorkGroup]) -> tuple[WorkGroup, ...]:
        """Return what is left of the months before, as it stands after every word that settles something of it."""
        left = list(found)
        for word in self._words:
            if word.group.name == OLDER and word.counted and word.place == self._place:
                for item in word.items:
                    if item.open:
                        _take(left, word.group.leg, item, word.counted)
        return tuple(left)


def _take(left: list[WorkGroup], leg: str, item: Item, lines: int) -> None:
    """The list of earlier months shows all kinds of work of its leg: a line less (or more) of the kind it is of."""
    of_leg = [place for place, one in enumerate(left) if one.leg == leg and (one.count or lines < 0)]
    own = (place for place in of_leg if left[place].work == item.answer or item.code in left[place].codes)
    place = next(own, of_leg[0] if of_leg else None)
    if place is not None:
        left[place] = _fewer(left[place], lines, lines * _open_amount(item))


def _moved(found: StateSummary, word: Word, items: Sequence[Item]) -> StateSummary:
    if not items:
        return found
    group, count = word.group, word.counted * len(items)
    amount = word.counted * sum((_open_amount(item) for item in items), ZERO)
    becomes = _BECOMES.get(word.decision.verdict) if word.decision.subject_type == "difference" else None

    def moved(one: WorkGroup) -> WorkGroup:
        if (one.leg, one.work) != (group.leg, group.name):
            return one
        one = _fewer(one, count, amount)
        return replace(one, **{becomes: max(0, getattr(one, becomes) + count)}) if becomes else one

    work = tuple(map(moved, found.work))
    if work == found.work:
        return found
    single = next((one for one in work if (one.leg, one.work) == ("bank", SUGGESTED[0])), None)
    return replace(
        found,
        work=work,
        open_count=sum(one.count for one in work),
        open_amount=sum((one.amount for one in work), ZERO),
        single_count=single.count if single else 0,
        single_amount=single.amount if single else ZERO,
    )


def _fewer(group: WorkGroup, count: int, amount: Decimal) -> WorkGroup:
    return replace(group, count=max(0, group.count - count), amount=max(ZERO, group.amount - amount))


def _open_amount(item: Item) -> Decimal:
    # Of a match that came short only the gap is open, not the whole deposit.
    return abs(item.gap if item.answer == "gap" and item.gap is not None else item.amount).quantize(ZERO)
