"""Rates, caps and deadlines as dated rules: which one held on a day, and where it comes from."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal, InvalidOperation

from chainbrain.errors import UserError


@dataclass(frozen=True)
class Rule:
    """One row of the rule table; it holds on days in [valid_from, valid_to), for good when ``valid_to`` is nothing."""

    key: str
    value: str
    unit: str | None
    valid_from: date
    valid_to: date | None = None
    source: str | None = None
    checked_on: date | None = None
    note: str | None = None

    def holds_on(self, day: date) -> bool:
        """Whether the row covers the day."""
        return self.valid_from <= day and (self.valid_to is None or day < self.valid_to)

    @property
    def number(self) -> Decimal:
        """The value as an exact decimal, in the row's unit.

        Raises:
            UserError: ``rules.not_a_number``; rules are edited by people.
        """
        try:
            value = Decimal(self.value)
        except InvalidOperation:
            value = Decimal("NaN")
        if not value.is_finite():
            raise UserError(
                "rules.not_a_number", key=self.key, value=self.value, valid_from=self.valid_from.isoformat()
            )
        return value


class Rules:
    """All versions of all rules, in the order in which they were written.

    Of several rows that cover a day the one that begins last counts, and of those that begin on the same day the one
    written last: a correction is a later row, and nothing is ever overwritten. Pass only the rows known at some moment
    to compute as it was computed then.
    """

    def __init__(self, rows: Iterable[Rule]) -> None:
        self._by_key: dict[str, list[Rule]] = defaultdict(list)
        for row in rows:
            self._by_key[row.key].append(row)
        for versions in self._by_key.values():
            versions.sort(key=lambda row: row.valid_from)  # stable: equal days keep the order of writing

    def at(self, key: str, day: date) -> Rule | None:
        """The rule in force on a day, or nothing."""
        for row in reversed(self._by_key.get(key, [])):
            if row.holds_on(day):
                return row
        return None

    def need(self, key: str, day: date) -> Rule:
        """The rule in force on a day.

        Raises:
            UserError: ``rules.none_in_force``: somebody deleted or ended it.
        """
        row = self.at(key, day)
        if row is None:
            raise UserError("rules.none_in_force", key=key, day=day.isoformat())
        return row

    def versions(self, key: str) -> tuple[Rule, ...]:
        """Every row of a key, by first day."""
        return tuple(self._by_key.get(key, ()))

    def keys(self) -> tuple[str, ...]:
        """All keys in alphabetical order."""
        return tuple(sorted(self._by_key))

    def __iter__(self) -> Iterator[Rule]:
        return (row for key in self.keys() for row in self._by_key[key])
