"""One line of the work list, whatever it stands for: a bank line, a late payout, a difference."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from enum import StrEnum

from chainbrain.reconciliation.summary import WorkGroup

SUGGESTED = ("single", "several")
BANK_WORK = (*SUGGESTED, "no_candidate", "bank_amount")
LATE_WORK = "late"
STATES = ("matched", "timing", "excluded")
SETTLED = "settled"
# Differences that a person moved there; the states themselves are of rows, which may be a million.
EXPECTED, LEFT_OUT = "expected", "left_out"
# Open items of the months before the chosen one.
OLDER = "older"
# What was still on its way when the chosen month ended, also what has arrived since.
MONTH_END = "month_end"

# Work that shares its code and its leg with another kind of work.
OWN_WORK = {
    "commission": "commission",
    "contract_rate": "rate_change",
    "acquirer_rate": "rate_change",
    "commission_rate": "rate_change",
}


class ItemKind(StrEnum):
    """What a line stands for."""

    BANK = "bank_line"
    LATE = "late"
    PAYOUT = "payout"
    TENDER = "tender"
    DIFFERENCE = "difference"
    MATCH = "match"


@dataclass(frozen=True)
class Group:
    """What the middle list shows.

    Attributes:
        leg: the tab.
        name: a kind of work (``till_only`` ...), a state (``matched`` ...), ``settled`` for what was explained,
            ``expected`` and ``left_out`` for the differences of the states timing and excluded.
        codes: difference codes of a kind of work.
    """

    leg: str
    name: str
    codes: tuple[str, ...] = ()


@dataclass(frozen=True)
class Period:
    """Business days [first, after); both None for the whole book."""

    first: date | None = None
    after: date | None = None


def period_of(month: date | None) -> Period:
    """Return the days of a month by its first; of the whole book for none."""
    return Period(month, (month + timedelta(days=32)).replace(day=1)) if month is not None else Period()


@dataclass(frozen=True)
class Item:
    """One line of the middle list.

    Attributes:
        key: unique in the list.
        kind: what it stands for.
        day: when it happened.
        store: store number, empty when it belongs to none.
        channel: channel or method.
        party: who paid, for bank lines.
        note: memo or merchant number.
        amount: yuan; of a difference its effect on the business.
        answer: the engine's answer for bank lines, the state of a difference otherwise.
        solutions: how many answers were found.
        gap: bank minus expected, where there is a match.
        code: difference code.
        cause: what kind of difference.
        number: what its file calls it, where the search should find it by that.
        count: how many rows of the till it stands for.
        moved: yuan of a sale that was paid in another store, whose effect on the business is nothing.
        other: that store.
    """

    key: str
    kind: ItemKind
    day: date | None
    amount: Decimal
    answer: str
    store: str = ""
    channel: str = ""
    party: str = ""
    note: str = ""
    solutions: int = 0
    gap: Decimal | None = None
    match_id: str | None = None
    difference_id: str | None = None
    difference_state: str | None = None
    code: str | None = None
    cause: str | None = None
    record_type: str = ""
    record_id: str = ""
    due_on: date | None = None
    said: str = ""
    number: str = ""
    count: int = 1
    moved: Decimal | None = None
    other: str = ""

    @property
    def told(self) -> Decimal:
        """The amount that says most about it."""
        return self.amount if self.moved is None else self.moved

    @property
    def suggested(self) -> bool:
        """Whether a match waits for a person's word."""
        return self.answer in SUGGESTED and self.match_id is not None

    @property
    def charge(self) -> bool:
        """Whether it is about a fee or commission; the match of the sale itself is then beyond doubt."""
        return self.code == "D07" or self.cause in OWN_WORK

    @property
    def over_cap(self) -> bool:
        """Whether too much of a sale was split: it concerns the sale as a whole, not one part of it."""
        return self.code == "D13" and self.record_type == "payment"

    @property
    def open(self) -> bool:
        """Whether it still needs a word."""
        return self.answer in {*SUGGESTED, "gap", "none", "open"}


def group_of(found: WorkGroup) -> Group:
    """Return what the middle list shows for an entry of the work list."""
    return Group(found.leg, found.work, found.codes)
