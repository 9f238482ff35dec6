"""Facts laid out as numbered vouchers, whose debits and credits are equal one by one."""

from __future__ import annotations

from calendar import monthrange
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Final

from chainbrain.vouchers.accounts import Account, Key, account_of
from chainbrain.vouchers.facts import GROUPS, Fact
from chainbrain.vouchers.postings import ZERO, post

_GROUPS: Final = tuple(dict.fromkeys(GROUPS.values()))
_ORDER: Final = {kind: rank for rank, kind in enumerate(GROUPS)}


@dataclass(frozen=True)
class VoucherLine:
    """One line (分录): the account, the sum on one side, and the fact it comes from, which opens its rows.

    ``role`` is worded under ``account_role.<role>``, ``fact`` under ``voucher.<fact>``; ``items`` rows were summed.
    """

    line: int
    fact: str
    role: str
    code: str
    name: str
    store: str | None
    channel: str | None
    detail: str | None
    debit: Decimal
    credit: Decimal
    items: int


@dataclass(frozen=True)
class Voucher:
    """One voucher (凭证): of one legal entity, store and month, about one thing (``group``, ``voucher_group.<group>``).

    ``number`` counts within the entity and month.
    """

    entity: str | None
    number: int
    day: date
    store: str | None
    group: str
    lines: tuple[VoucherLine, ...]

    @property
    def debit(self) -> Decimal:
        """The sum of its debits, which is that of its credits."""
        return sum((line.debit for line in self.lines), ZERO)

    @property
    def credit(self) -> Decimal:
        """The sum of its credits."""
        return sum((line.credit for line in self.lines), ZERO)


def vouchers(month: date, facts: Iterable[Fact], accounts: Mapping[Key, Account]) -> tuple[Voucher, ...]:
    """All vouchers of a month, by entity, store and group; the order of the facts does not matter."""
    day = month.replace(day=monthrange(month.year, month.month)[1])
    held: dict[tuple[str | None, str | None, str], list[Fact]] = defaultdict(list)
    for fact in facts:
        held[fact.entity, fact.store, GROUPS[fact.kind]].append(fact)
    found, numbers = [], defaultdict[str | None, int](int)
    for (entity, store, group), mine in sorted(held.items(), key=_place):
        lines = tuple(_lines(mine, accounts))
        if lines:
            numbers[entity] += 1
            found.append(Voucher(entity, numbers[entity], day, store, group, lines))
    return tuple(found)


def _place(item: tuple[tuple[str | None, str | None, str], object]) -> tuple[bool, str, bool, str, int]:
    (entity, store, group), _ = item
    return entity is None, entity or "", store is None, store or "", _GROUPS.index(group)


def _lines(facts: list[Fact], accounts: Mapping[Key, Account]) -> Iterable[VoucherLine]:
    number = 0
    for fact in sorted(facts, key=_rank):
        for posting in post(fact):
            if not posting.debit and not posting.credit:
                continue
            number += 1
            store = posting.store or fact.store
            account = account_of(accounts, posting.role, posting.detail, store)
            yield VoucherLine(
                number, fact.kind, posting.role, account.code or "", account.name or "", store, fact.channel,
                fact.detail, posting.debit, posting.credit, fact.items,
            )  # fmt: skip


def _rank(fact: Fact) -> tuple[int, str, str, Decimal]:
    return _ORDER[fact.kind], fact.channel or "", fact.detail or "", fact.amount
