"""What a programme is made of: stores to open and to close, lines of credit, the chain's cash, and the limits."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from chainbrain.expansion import loans
from chainbrain.expansion.scenario import Scenario


@dataclass(frozen=True)
class Candidate:
    """One store that may be opened.

    Attributes:
        scenario: the store, as for one store alone.
        region: where it counts for the limits of regions.
        earliest: first month in which it may open; ``latest`` the last.
        must: it has to be opened.
        replaces: the closure that goes with its opening, when it is a relocation.
    """

    name: str
    scenario: Scenario
    region: str = ""
    earliest: date | None = None
    latest: date | None = None
    must: bool = False
    replaces: str | None = None


@dataclass(frozen=True)
class Closure:
    """One own store that may be closed; what it earns in a month is lost from the month of closing on.

    Attributes:
        monthly_cash: what it brings in a month, below 0 when it costs.
        swing: how far nine paths in ten stay within above or below it, as P10 and P90.
        cost: what closing costs, in the month of closing; ``deposit`` comes back then, not when the lease ends.
        remaining: months of the lease that are left when the programme begins; afterwards there is nothing to lose.
    """

    name: str
    monthly_cash: Decimal
    swing: Decimal
    cost: Decimal
    deposit: Decimal
    remaining: int
    earliest: date | None = None
    latest: date | None = None


@dataclass(frozen=True)
class Funding:
    """A line of credit that may be drawn once, whole."""

    name: str
    loan: loans.Loan
    earliest: date | None = None
    latest: date | None = None


@dataclass(frozen=True)
class Limits:
    """What binds the programme; nothing stands for no limit.

    Attributes:
        floor: P10 of the chain's cash must not lie below it at any month's end.
        budget: capex and deposits of all openings together.
        a_month: openings in one month, by the month in which the doors open; ``openings`` in the whole programme.
        managed: new stores that can be looked after at once, each for ``managed_months`` from its opening.
        regions: least and most openings by region.
        exclusive: groups of names of which at most one may be carried out.
    """

    floor: Decimal | None = None
    budget: Decimal | None = None
    a_month: int | None = None
    openings: int | None = None
    managed: int | None = None
    managed_months: int = 3
    regions: tuple[tuple[str, int, int | None], ...] = ()
    exclusive: tuple[tuple[str, ...], ...] = ()
