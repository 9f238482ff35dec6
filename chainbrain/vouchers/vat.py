"""Revenue without VAT: the tax is taken out of what a store sold where its rate is known, and never made up.

Net is gross / (1 + rate) of a store's month, half up to the cent (domain rule: VAT, section 1). Below which sum a small
taxpayer pays none goes by what all its stores sold in a quarter, and by special invoices that no export shows: it is
told and never entered.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import ROUND_FLOOR, Decimal
from typing import Final

from chainbrain.money import CENT, half_up
from chainbrain.vouchers.facts import Fact

SIGNS: Final = {"receipts": 1, "refunds": -1, "cash_sales": 1, "cash_refunds": -1, "card_use": 1}
"""The kinds of facts that are revenue, and whether they add to it."""
ROYALTIES: Final = ("due_income", "due_kept")
"""Income by agreement: its rate goes by the contract and its receiver, neither of which any table tells."""
NEAR: Final = Decimal("0.95")
"""From this part of a threshold on it is near."""
_ZERO: Final = Decimal("0.00")
_Place = tuple[str | None, str | None, Decimal]


def taxed(facts: Iterable[Fact]) -> list[Fact]:
    """The facts with the tax of each; what a store's month is without VAT is rounded once.

    The cents of the facts are those of the largest remainders, so that they add up to it.
    """
    held = list(facts)
    places: dict[_Place, list[int]] = defaultdict(list)
    for number, fact in enumerate(held):
        if fact.kind in SIGNS and not fact.for_store and fact.vat is not None:
            places[fact.entity, fact.store, fact.vat].append(number)
    for (_, _, rate), numbers in places.items():
        exact = [SIGNS[held[one].kind] * held[one].amount / (1 + rate) for one in numbers]
        floors = [one.quantize(CENT, ROUND_FLOOR) for one in exact]
        gross = sum((SIGNS[held[one].kind] * held[one].amount for one in numbers), _ZERO)
        left = int((half_up(gross / (1 + rate)) - sum(floors, _ZERO)) / CENT)
        ranked = sorted(range(len(numbers)), key=lambda one: (floors[one] - exact[one], _rank(held[numbers[one]])))
        for turn, one in enumerate(ranked):
            net = floors[one] + (CENT if turn < left else _ZERO)
            fact = held[numbers[one]]
            held[numbers[one]] = replace(fact, tax=SIGNS[fact.kind] * (SIGNS[fact.kind] * fact.amount - net))
    return held


def _rank(fact: Fact) -> tuple[str, str, str]:
    return fact.kind, fact.channel or "", fact.detail or ""


def gross_left(facts: Iterable[Fact]) -> dict[tuple[str, str | None], tuple[Decimal, int]]:
    """What stays in the revenue with its VAT, by why and store: its rate is not known (``vat_untold``), or the income
    is one by agreement (``vat_royalty``).
    """
    found: dict[tuple[str, str | None], tuple[Decimal, int]] = {}
    for fact in facts:
        sold = fact.kind in SIGNS and not fact.for_store and fact.vat is None
        if sold or fact.kind in ROYALTIES:
            place = "vat_untold" if sold else "vat_royalty", fact.store
            amount, items = found.get(place, (_ZERO, 0))
            found[place] = amount + SIGNS.get(fact.kind, 1) * fact.amount, items + fact.items
    return found


@dataclass(frozen=True)
class Exemption:
    """How near a small taxpayer is to the sum from which it pays VAT on all that it sold, in yuan without VAT.

    Attributes:
        entity: the taxpayer; what others sold is never added to it.
        first: the first day of the quarter.
        state: ``below``, ``near`` or ``over``; ``unknown`` where there is a ``why``. Worded under
            ``vat_state.<state>``.
        net: what it sold in the quarter, up to the month, as it is entered; without what is ``untold``.
        tax: the VAT of that.
        limit: the threshold of the quarter.
        month_net: what it sold in the month.
        month_limit: the threshold for those who declare by the month.
        why: what keeps it from being known; worded under ``vat_why.<code>``. ``both_kinds``: its stores are said to be
            of both; ``no_limit``: no threshold holds; ``untold``: not all that it sold is known without VAT;
            ``beyond``: what is known is over the threshold all the same.
        untold: what else it sold, or may have sold, with its VAT: the kind of taxpayer, the rate or the owner is not
            known.
        untold_items: of how many rows that is the sum.
        silent: months of the quarter in which the book has no revenue of it.
    """

    entity: str
    first: date
    state: str
    net: Decimal
    tax: Decimal
    limit: Decimal | None
    month_net: Decimal
    month_limit: Decimal | None
    why: tuple[str, ...] = ()
    untold: Decimal = _ZERO
    untold_items: int = 0
    silent: tuple[date, ...] = ()

    @property
    def free(self) -> Decimal | None:
        """What may still be sold in the quarter; below 0 what is too much. Nothing where that is not known."""
        return None if self.limit is None or self.why else self.limit - self.net


def quarter_of(month: date) -> tuple[date, ...]:
    """The months of the quarter up to this one."""
    first = month.month - (month.month - 1) % 3
    return tuple(month.replace(month=one, day=1) for one in range(first, month.month + 1))


def exemptions(
    months: Sequence[tuple[date, Iterable[Fact]]],
    kinds: Mapping[str, frozenset[str]],
    limits: Mapping[str, Decimal | None],
    owners: Mapping[str, Iterable[str]],
) -> tuple[Exemption, ...]:
    """The small taxpayers of a quarter.

    Args:
        months: the facts of its months, with their tax; the last is the month in question.
        kinds: what kinds of taxpayers the stores in the books of each legal entity are said to be.
        limits: the thresholds by the key of their rule.
        owners: whose the sales of a store can be, where no table tells whose they are.
    """
    limit, by_month = limits.get("vat.small_scale.exempt_quarter"), limits.get("vat.small_scale.exempt_month")
    sums: dict[tuple[str, date], tuple[Decimal, Decimal]] = defaultdict(lambda: (_ZERO, _ZERO))
    untold: dict[str, tuple[Decimal, int]] = defaultdict(lambda: (_ZERO, 0))
    sold: set[tuple[str, date]] = set()
    for month, facts in months:
        for fact in facts:
            if fact.kind not in SIGNS or fact.for_store:
                continue
            sign = SIGNS[fact.kind]
            if fact.entity is not None and fact.vat is not None:
                net, tax = sums[fact.entity, month]
                sums[fact.entity, month] = net + sign * (fact.amount - fact.tax), tax + sign * fact.tax
                sold.add((fact.entity, month))
                continue
            for entity in owners.get(fact.store or "", ()) if fact.entity is None else (fact.entity,):
                amount, items = untold[entity]
                untold[entity] = amount + sign * fact.amount, items + fact.items
                sold.add((entity, month))
    found = []
    for entity, said in sorted(kinds.items()):
        if "small_scale" not in said:
            continue
        parts = [sums[entity, month] for month, _ in months]
        net, tax = sum((one for one, _ in parts), _ZERO), sum((one for _, one in parts), _ZERO)
        why = _why(said, limit, net, untold[entity])
        if limit is None or why:
            state = "unknown"
        else:
            state = "over" if net > limit else "near" if net >= limit * NEAR else "below"
        silent = tuple(month for month, _ in months if (entity, month) not in sold)
        found.append(
            Exemption(
                entity, months[0][0], state, net, tax, limit, parts[-1][0], by_month, why, *untold[entity], silent
            )
        )
    return tuple(found)


def _why(said: frozenset[str], limit: Decimal | None, net: Decimal, untold: tuple[Decimal, int]) -> tuple[str, ...]:
    why = ["both_kinds"] if len(said) > 1 else []
    if limit is None:
        why.append("no_limit")
    amount, items = untold
    if items:
        why.append("untold")
        if len(said) == 1 and limit is not None and net > limit and amount >= 0:
            why.append("beyond")
    return tuple(why)
