"""The words of the board: steps in their order, what one lacks, and where one goes to mend it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Final

from chainbrain.closing.months import MonthState

ZERO: Final = Decimal("0.00")

STEPS: Final = (
    "completeness", "till", "settlement", "bank", "platforms", "cash", "stored_value", "splits", "invoices", "vat",
    "drafts", "sign",
)  # fmt: skip
"""Steps 0 to 11 (domain rule: month-end, section 1), worded under ``close_step.<key>``."""

UNITS: Final = {
    "completeness": "cells", "till": "rows", "settlement": "rows", "bank": "rows", "platforms": "rows",
    "cash": "shifts", "stored_value": "rows", "splits": "rows", "invoices": "sheets", "vat": "returns",
    "drafts": "drafts", "sign": "signatures",
}  # fmt: skip
"""What is counted, worded under ``close_unit.<unit>``."""

DONE, TO_DO, BLOCKED, NOT_USED = "done", "to_do", "blocked", "not_used"
"""How a step stands, worded under ``close_state.<state>``."""


@dataclass(frozen=True)
class Where:
    """Where one goes.

    Attributes:
        page: ``import``, ``reconcile``, ``splits``, ``ledger``, ``close``, or ``list`` for the rows themselves.
        filters: what to show there (``leg``, ``code``, ``step``, ``store``, ``channel``, ``account``, ``list``).
    """

    page: str
    filters: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Missing:
    """One thing that is missing, worded under ``code`` with ``facts``.

    Attributes:
        accepted_as: the step under whose key it can be accepted with a reason; nothing when it cannot.
        count: how many rows or cells.
        amount: their absolute yuan.
        where: where it is mended.
    """

    code: str
    facts: Mapping[str, object] = field(default_factory=dict)
    accepted_as: str | None = None
    count: int = 0
    amount: Decimal = ZERO
    where: Where | None = None


@dataclass(frozen=True)
class Step:
    """One step of the close.

    Attributes:
        key: one of ``STEPS``; ``number`` is its place.
        state: ``done``, ``to_do``, ``blocked`` (something before it is not done), or ``not_used`` when the book has no
            such data, which is neither good nor bad.
        matched, timing, difference, excluded: rows by state; they add up to ``rows``.
        found: differences that were found, settled ones too.
        open_count: what still waits for a word; ``open_amount`` its absolute yuan.
        missing: what lacks, in the order of weight.
        not_used_because: why a step is ``not_used``, worded under this code.
        where: the page of the step.
    """

    key: str
    state: str
    matched: int = 0
    timing: int = 0
    difference: int = 0
    excluded: int = 0
    found: int = 0
    open_count: int = 0
    open_amount: Decimal = ZERO
    missing: tuple[Missing, ...] = ()
    where: Where | None = None
    not_used_because: str | None = None

    @property
    def number(self) -> int:
        """Its place from 0 on."""
        return STEPS.index(self.key)

    @property
    def rows(self) -> int:
        """All that it looks at."""
        return self.matched + self.timing + self.difference + self.excluded

    @property
    def unit(self) -> str:
        """What ``rows`` counts, worded under ``close_unit.<unit>``."""
        return UNITS[self.key]


@dataclass(frozen=True)
class Board:
    """The close of one month at a glance.

    Attributes:
        steps: all twelve, in order.
        signer: who is proposed to sign.
        rows_matched, rows_compared: rows matched without a person, of all that something had to confirm.
        amount_matched, amount_compared: the same in yuan.
        days: days from the month's end to the signature; nothing while it is open. ``days_before`` of the month before.
    """

    month: MonthState
    steps: tuple[Step, ...]
    signer: str | None
    rows_matched: int = 0
    rows_compared: int = 0
    amount_matched: Decimal = ZERO
    amount_compared: Decimal = ZERO
    days_before: int | None = None

    def step(self, key: str) -> Step:
        """One step."""
        return self.steps[STEPS.index(key)]

    @property
    def days(self) -> int | None:
        """Days from the month's end to the signature; nothing while it is open."""
        return self.month.days

    @property
    def done(self) -> int:
        """How many steps are done."""
        return sum(step.state == DONE for step in self.steps)

    @property
    def used(self) -> int:
        """How many steps the chain has data for."""
        return sum(step.state != NOT_USED for step in self.steps)

    @property
    def open_amount(self) -> Decimal:
        """What nobody has settled yet, absolute yuan."""
        return sum((step.open_amount for step in self.steps), ZERO)

    @property
    def blockers(self) -> tuple[Missing, ...]:
        """Why it cannot be signed yet; those that can be accepted with a reason name the step."""
        return tuple(one for step in self.steps for one in step.missing)

    @property
    def acceptable(self) -> tuple[str, ...]:
        """The steps that must be accepted with a reason to sign now, in order."""
        return tuple(dict.fromkeys(one.accepted_as for one in self.blockers if one.accepted_as))

    @property
    def can_sign(self) -> bool:
        """Whether nothing stands in the way, or only what a written reason can accept."""
        return not self.month.closed and all(one.accepted_as for one in self.blockers)

    @property
    def needs_reason(self) -> bool:
        """Whether signing needs a written reason."""
        return bool(self.acceptable)


@dataclass(frozen=True)
class StoreSource:
    """One cell of the completeness matrix: a store and a source (``till`` or a channel) over the month."""

    source: str
    full: int
    part: int
    closed: int
    lacking: tuple[date, ...]

    @property
    def missing(self) -> int:
        """Days without a file, or with a part of one."""
        return len(self.lacking)


@dataclass(frozen=True)
class StoreCompleteness:
    """One store, one cell per source that it has."""

    store_id: str
    name: str
    cells: tuple[StoreSource, ...]


@dataclass(frozen=True)
class Completeness:
    """Stores by sources over a month; a missing cell is missing, never zero.

    Attributes:
        since: the first day that is looked at: the month's, or the one on which the book begins.
        sources: the columns, the till first.
        bank: accounts whose statements lack working days, with how many, the first and the last.
    """

    month: date
    since: date
    sources: tuple[str, ...]
    stores: tuple[StoreCompleteness, ...]
    bank: tuple[tuple[str, int, date, date], ...] = ()

    def _count(self, name: str) -> int:
        return sum(getattr(cell, name) for store in self.stores for cell in store.cells)

    @property
    def full(self) -> int:
        """Days with their whole file."""
        return self._count("full")

    @property
    def closed(self) -> int:
        """Days on which the store was not open."""
        return self._count("closed")

    @property
    def missing(self) -> int:
        """Days whose file lacks, or lacks a part."""
        return self._count("missing")
