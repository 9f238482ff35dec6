"""Payments that come again and again in the history of the bank: proposed with their evidence, never taken in."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from itertools import groupby, pairwise
from typing import Final

from chainbrain.cash.plan import PlanItem, falls_on, month_end, month_later
from chainbrain.money import half_up

LEAST: Final = 3
"""So many payments make a rhythm."""
ALIKE: Final = Decimal("0.10")
"""Payments may differ by so much from the middle one."""
LOOKED_BACK: Final = timedelta(days=2 * 366)
"""How far back payments are looked at: quarterly ones come three times in a year, and habits change."""

# Days between two payments: the least and the most, since weekends and holidays move them.
_RHYTHMS: Final = {"weekly": (5, 9), "monthly": (25, 37), "quarterly": (82, 100)}
# One payment in so many may have been left out.
_LEFT_OUT: Final = 5
_KINDS: Final = {
    "wages": ("工资", "代发", "社保", "公积金"),
    "rent": ("房租", "租金", "物业", "置业", "商业管理"),
    "tax": ("税",),
    "loan": ("贷款", "还款", "利息"),
    "bill": ("承兑", "票据"),
    "goods": ("货款", "采购", "食品", "粮油", "供应链"),
}  # fmt: skip


@dataclass(frozen=True)
class Outgoing:
    """One payment out of a bank account, in yuan; ``payee`` is whom, or what the memo says beside its numbers."""

    line_id: str
    account: str
    day: date
    amount: Decimal
    payee: str
    memo: str | None
    file: str | None
    line: int


@dataclass(frozen=True)
class Proposal:
    """A payment that was made at a steady rhythm and is not in the plan.

    Attributes:
        item: what would be written: the middle amount, next on the expected day.
        payee: who was paid.
        evidence: the payments, the oldest first.
        steady: whether all amounts are the same.
    """

    item: PlanItem
    payee: str
    evidence: tuple[Outgoing, ...]
    steady: bool

    @property
    def key(self) -> str:
        """What it is called by."""
        return self.item.grounds or ""


@dataclass(frozen=True)
class Dismissal:
    """A word of a person that a steady payment will not come again; payments alike are meant as well.

    Attributes:
        account: the account that paid it.
        amount: the middle amount of what was paid by then.
    """

    account: str
    payee: str
    cycle: str
    amount: Decimal

    def means(self, proposal: Proposal) -> bool:
        """Whether the word is about a proposal."""
        return (self.account, self.payee, self.cycle) == (
            proposal.evidence[-1].account, proposal.payee, proposal.item.cycle,
        ) and abs(proposal.item.amount - self.amount) <= ALIKE * self.amount  # fmt: skip


def proposals(
    lines: Iterable[Outgoing], plan: Sequence[PlanItem], entities: Mapping[str, str], known_to: Mapping[str, date]
) -> tuple[Proposal, ...]:
    """Steady payments that the plan does not know, the largest first.

    Args:
        lines: payments out of the accounts.
        plan: the plan as it stands.
        entities: whose account is whose.
        known_to: the last day that an account's statements reach; a rhythm that stopped before it has ended.
    """
    found = [
        _proposal(series, cycle, entities.get(series[0].account, ""))
        for series, cycle in rhythms(lines)
        if _goes_on(series, cycle, known_to.get(series[0].account))
    ]
    open_ones = [one for one in found if not any(covers(item, one.item) for item in plan)]
    return tuple(sorted(open_ones, key=lambda one: (-one.item.amount, one.item.day, one.key)))


def rhythms(lines: Iterable[Outgoing]) -> Iterator[tuple[tuple[Outgoing, ...], str]]:
    """Every steady series of payments with its cycle; no payment is in two."""
    ordered = sorted(lines, key=lambda one: (one.account, one.payee, one.day, one.amount, one.line_id))
    for (_, payee), group in groupby(ordered, key=lambda one: (one.account, one.payee)):
        if not payee:
            continue
        left = list(group)
        for parts in (lambda rest: [rest], _apart, _equal):
            for part in parts(left):
                cycle = cycle_of(part)
                if cycle is not None:
                    yield tuple(part), cycle
                    taken = {one.line_id for one in part}
                    left = [one for one in left if one.line_id not in taken]


def cycle_of(lines: Sequence[Outgoing]) -> str | None:
    """The rhythm of payments in order of their days, if they are alike and keep one."""
    if len(lines) < LEAST:
        return None
    middle = _middle([one.amount for one in lines])
    if any(abs(one.amount - middle) > ALIKE * middle for one in lines):
        return None
    gaps = [(later.day - earlier.day).days for earlier, later in pairwise(lines)]
    for cycle, (least, most) in _RHYTHMS.items():
        off = [gap for gap in gaps if not least <= gap <= most]
        if len(off) * _LEFT_OUT <= len(gaps) and all(2 * least <= gap <= 2 * most for gap in off):
            return cycle
    return None


def kind_of(line: Outgoing) -> str:
    """What a payment is for, as the words beside it say; ``other`` where they say nothing."""
    words = f"{line.payee}{line.memo or ''}"
    return next((kind for kind, signs in _KINDS.items() if any(sign in words for sign in signs)), "other")


def covers(item: PlanItem, wanted: PlanItem) -> bool:
    """Whether an item of the plan is the payment that another one describes."""
    if item.entity != wanted.entity:
        return False
    if item.grounds is not None and item.grounds == wanted.grounds:
        return True
    least, most = _RHYTHMS.get(wanted.cycle, (0, 0))
    near = timedelta(days=(most - least + 1) // 2)
    alike = abs(item.amount - wanted.amount) <= ALIKE * wanted.amount
    days = falls_on(item, wanted.day - near, wanted.day + near + _day(1))
    return alike and item.cycle == wanted.cycle and bool(days)


def _proposal(series: Sequence[Outgoing], cycle: str, entity: str) -> Proposal:
    amounts = [one.amount for one in series]
    middle, last = _middle(amounts), series[-1]
    payee = last.payee
    grounds = f"{last.account[-4:]} {payee} {cycle} {middle:.2f}"
    item = PlanItem(
        "", _next(series, cycle), entity, kind_of(last), middle, cycle, None, payee, by_hand=True, grounds=grounds
    )
    return Proposal(item, payee, tuple(series), min(amounts) == max(amounts))


def _next(series: Sequence[Outgoing], cycle: str) -> date:
    """The day on which the next one is expected: a week later, or the usual day of the month."""
    last = series[-1].day
    if cycle == "weekly":
        return last + _day(7)
    # Payments that all came at the end of their months, of any length, belong to the 31st.
    at_the_end = all(one.day == month_end(one.day) for one in series)
    wanted = 31 if at_the_end else sorted(one.day.day for one in series)[len(series) // 2]
    first = month_later(last.replace(day=1), 1 if cycle == "monthly" else 3)
    return first.replace(day=min(wanted, month_end(first).day))


def _goes_on(series: Sequence[Outgoing], cycle: str, known_to: date | None) -> bool:
    return known_to is None or (known_to - series[-1].day).days <= _RHYTHMS[cycle][1]


def _apart(lines: list[Outgoing]) -> list[list[Outgoing]]:
    """Payments of one payee in groups of alike amounts, each in order of days."""
    groups: list[list[Outgoing]] = []
    for one in sorted(lines, key=lambda line: (line.amount, line.day, line.line_id)):
        if groups and one.amount <= groups[-1][-1].amount * (1 + ALIKE):
            groups[-1].append(one)
        else:
            groups.append([one])
    return [sorted(group, key=lambda line: (line.day, line.line_id)) for group in groups]


def _equal(lines: list[Outgoing]) -> list[list[Outgoing]]:
    groups: dict[Decimal, list[Outgoing]] = {}
    for one in lines:
        groups.setdefault(one.amount, []).append(one)
    return list(groups.values())


def _middle(amounts: Sequence[Decimal]) -> Decimal:
    ordered, half = sorted(amounts), len(amounts) // 2
    return ordered[half] if len(ordered) % 2 else half_up((ordered[half - 1] + ordered[half]) / 2)


def _day(count: int) -> timedelta:
    return timedelta(days=count)
