"""The planned cash of a chain with a programme: what it has, what a month brings, and what each store opened does."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, Final

import numpy as np

from chainbrain.expansion import fields
from chainbrain.expansion.chain_cash import ChainCash
from chainbrain.expansion.loans import Loan
from chainbrain.expansion.programme import reading
from chainbrain.expansion.programme.effects import Ending
from chainbrain.money import fen, from_fen
from chainbrain.reports.live_case import LiveCase

_OPENS: Final = frozenset({"opening", "relocation"})
_NO_TERMS: Final = frozenset({"name", "earliest", "latest"})


@dataclass(frozen=True)
class LiveChain:
    """The months of a programme.

    Attributes:
        opening: what the chain has at the start; ``planned`` what each month brings without the programme.
        paid: of each store, in the order of the cases, the number of the month in which it is paid for.
        loans: what loans of the plan bring and take in each month; figures, no formulas.
        closed: what the stores that it closes, alone or for another, no longer bring, what closing costs, and their
            deposits; likewise.
    """

    months: tuple[str, ...]
    opening: Decimal
    planned: tuple[Decimal, ...]
    paid: tuple[int, ...]
    loans: tuple[Decimal, ...]
    closed: tuple[Decimal, ...]


def of_programme(asked: Mapping[str, Any], figures: Mapping[str, Any], cases: Sequence[LiveCase]) -> LiveChain:
    """The chain of an answer as JSON has it, with the cases of the stores that it opens."""
    months = tuple(month["month"] for month in figures["cash"])
    place = {month: number for number, month in enumerate(months)}
    chain = ChainCash.parse(fields.mapping("chain", asked["chain"]))
    # The chain's own figures may begin before the programme does.
    lead = chain.lead(fields.month("first_month", asked["first_month"]))
    brings = [chain.monthly[min(number, len(chain.monthly) - 1)] for number in range(lead + len(months))]
    plan = figures["plan"] or ()
    paid = {entry["name"]: place.get(entry["paid"], len(months)) for entry in plan if entry["kind"] in _OPENS}
    terms = {line["name"]: line for line in asked.get("funding") or ()}
    loans = [Decimal(0)] * len(months)
    for entry in plan:
        if entry["kind"] == "funding":
            given = {key: value for key, value in terms[entry["name"]].items() if key not in _NO_TERMS}
            for number, flow in enumerate(Loan.parse(given).flows(), start=place.get(entry["month"], len(months))):
                if number < len(months):
                    loans[number] += flow
    return LiveChain(
        months,
        chain.opening + sum(brings[:lead], Decimal(0)),
        tuple(brings[lead:]),
        tuple(paid[case.name] for case in cases),
        tuple(loans),
        _closed(asked, plan, place),
    )


def _closed(
    asked: Mapping[str, Any], plan: Sequence[Mapping[str, Any]], place: Mapping[str, int]
) -> tuple[Decimal, ...]:
    """By month what closing stores does to the chain's cash as planned."""
    known = {one.name: one for one in (reading.closure("closures", given) for given in asked.get("closures") or ())}
    replaced = {one["name"]: one.get("replaces") for one in asked["candidates"]}
    total = np.zeros(len(place), dtype=np.int64)
    for entry in plan:
        name = {"closure": entry["name"], "relocation": replaced.get(entry["name"])}.get(entry["kind"])
        if name is not None and entry["month"] in place:
            one = known[name]
            monthly = np.array([fen(one.monthly_cash)], dtype=np.int64)
            ending = Ending(monthly, one.remaining, fen(one.cost), fen(one.deposit))
            total += ending.at(place[entry["month"]], len(place), 1)[0]
    return tuple(from_fen(int(value)) for value in np.diff(total, prepend=0))


def running(chain: LiveChain, cases: Sequence[LiveCase]) -> tuple[list[list[Decimal]], list[Decimal]]:
    """By month what each store brings, and what the chain then has."""
    stores, total, totals = [], chain.opening, []
    for number in range(len(chain.months)):
        brought = [
            case.months[number - paid].cash if 0 <= number - paid <= case.life else Decimal(0)
            for case, paid in zip(cases, chain.paid, strict=True)
        ]
        stores.append(brought)
        total += chain.planned[number] + sum(brought, Decimal(0)) + chain.loans[number] + chain.closed[number]
        totals.append(total)
    return stores, totals
