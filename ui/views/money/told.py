"""What the cash screen reads: the plan and the proposals at once, the forecast by a longer job."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING

from chainbrain import clock
from chainbrain.cash.accounts import known_from
from chainbrain.cash.said_paid import SaidPaid, holding
from chainbrain.errors import UserError

if TYPE_CHECKING:
    from chainbrain.cash.freezing import Freeze
    from chainbrain.cash.ladder_terms import Product
    from chainbrain.cash.outlook import CashOutlook
    from chainbrain.cash.past import PastDay
    from chainbrain.cash.placements import Placement
    from chainbrain.cash.plan import PlanItem
    from chainbrain.cash.recurring import Proposal
    from chainbrain.progress import Report
    from chainbrain.workspace import Rooms, Workspace


# What the forecast rests on; everything else leaves it as it is. A file may say more than its rows: up to which day a
# statement reaches.
MOVES_IT = (
    "cash", "cash_freezes", "cash_plans", "daily_sales", "rules", "matches", "stores", "accounts", "habits",
    "source_files", "bank_lines", "openings", "payments", "wallet_lines", "settlement_rows", "split_lines",
    "store_events", "payment_lists",
)  # fmt: skip

OWED = "ledger"
"""What moves only what stores owe by their ledgers, not the forecast."""


@dataclass(frozen=True)
class Planned:
    """The plan, the proposals from the bank, the floors and the legal entities that may be named.

    Attributes:
        today: the last day that the banks are known; nothing without any.
        owners: those of them that have accounts.
        products: where idle money may be put, as the owner typed it in.
        freezes: forecasts that were kept, the newest first.
        past: the balances of the last weeks, by legal entity and of all.
        placed: money that lies in products already.
        known_to: up to which day all statements of each legal entity reach.
        said_paid: what a person said was paid of the plan, as far as that holds.
    """

    items: tuple[PlanItem, ...] = ()
    proposals: tuple[Proposal, ...] = ()
    floors: dict[str | None, Decimal] = field(default_factory=dict)
    entities: tuple[str, ...] = ()
    today: date | None = None
    products: tuple[Product, ...] = ()
    owners: tuple[str, ...] = ()
    freezes: tuple[Freeze, ...] = ()
    past: dict[str | None, tuple[PastDay, ...]] = field(default_factory=dict)
    placed: tuple[Placement, ...] = ()
    known_to: dict[str, date] = field(default_factory=dict)
    said_paid: tuple[SaidPaid, ...] = ()


@dataclass(frozen=True)
class Foreseen:
    """The forecast, or the code that says why there is none."""

    outlook: CashOutlook | None = None
    problem: str | None = None


def today() -> date:
    """The day on which the screen is looked at; where none is told rightly, the forecast says so and this goes on."""
    try:
        return clock.today()
    except UserError:
        return date.today()


def planned(rooms: Rooms) -> Planned:
    """Read what stands."""
    cash = rooms.cash
    # Nearly every question asks for the accounts first.
    with rooms.at_one_moment():
        held = cash.accounts()
        days, items, known = [one.day for one in held if one.day is not None], cash.plan(), known_from(held)
        return Planned(
            items, cash.recurring(), cash.floors(), cash.entities(), max(days, default=None), cash.products(),
            cash.owners(), cash.freezes(),
            {entity: cash.past(entity) for entity in (None, *sorted({one.entity for one in held}))},
            cash.placements(), known,
            tuple(one for _, one in holding(cash.said_paid(), items, known).values()),
        )  # fmt: skip


def foreseen(workspace: Workspace, report: Report, *, with_irregular: bool) -> Foreseen:
    """Work the forecast out."""
    try:
        found = workspace.cash.outlook(workspace.rules.calendar(), report=report, with_irregular=with_irregular)
    except UserError as problem:
        if problem.code != "cash.no_balance":
            raise
        return Foreseen(problem=problem.code)
    return Foreseen(found)
