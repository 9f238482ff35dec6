"""A kept scenario after the store has opened: the plan of each month beside what came, and what is not known."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, Any, Final

from chainbrain.errors import UserError, Word
from chainbrain.expansion import frozen, openings, ranges, schedule, simulation
from chainbrain.expansion.kept import Kept, Kind, Link, programme_of, scenario_of
from chainbrain.expansion.outcome import MonthRange, Range
from chainbrain.expansion.programme.dated import beginning
from chainbrain.expansion.result import Note
from chainbrain.expansion.schedule import month_of
from chainbrain.money import half_up
from chainbrain.progress import silent

if TYPE_CHECKING:
    from chainbrain.database.book import Book
    from chainbrain.expansion.neighbours import OpeningEffect
    from chainbrain.expansion.scenario import Scenario

# What the contribution needs beside sales and fees: without one of them it would be told too high.
_NEEDED: Final = ("materials", "rent", "wages")
# No money leaves the store by it.
_NOT_CASH: Final = "depreciation"


@dataclass(frozen=True)
class Came:
    """What the book says of one month; each figure only where the whole month is known, yuan.

    Attributes:
        days: days of the month whose sales are in the book; ``of`` so many was it open.
        so_far: sales of those days.
        sales: sales of the whole month.
        fees: what wallets and platforms took, where all their bills of the month are there.
        contribution: sales less fees and entered costs; what it does to own stores is in no book.
        lacking: what was not there for the contribution: ``sales``, ``fees`` or a subject of costs.
    """

    days: int
    of: int
    so_far: Decimal | None
    sales: Decimal | None
    fees: Decimal | None
    rent: Decimal | None
    labour: Decimal | None
    contribution: Decimal | None
    lacking: tuple[str, ...]


@dataclass(frozen=True)
class FollowedMonth:
    """One month of the life: the plan and what came; ``came`` is nothing where the book has not come that far.

    Attributes:
        fees: planned fees of platforms and wallets, at P50 of sales.
        partial: the store was not open from the first day of the month, so the plan of a whole month does not fit.
    """

    number: int
    month: date
    sales: Range
    cash: Range
    fees: Decimal
    rent: Decimal
    labour: Decimal
    partial: bool
    came: Came | None

    @property
    def place(self) -> str | None:
        """Where the sales that came lie: ``below`` P10, ``within`` or ``above`` P90; nothing where not known."""
        if self.partial or self.came is None or self.came.sales is None:
            return None
        if self.came.sales < self.sales.p10:
            return "below"
        return "above" if self.came.sales > self.sales.p90 else "within"


@dataclass(frozen=True)
class Followed:
    """A scenario and the store that came of it, up to the last day with sales in the book.

    Attributes:
        aside: what the planned cash holds and the cash that came does not: ``own_stores``, ``taxes``, ``loans``,
            ``transit`` (days to the bank).
        effect: what the opening took from own stores nearby; nothing where it cannot be measured.
    """

    kept: Kept
    link: Link
    known_to: date | None
    months: tuple[FollowedMonth, ...]
    aside: tuple[str, ...] = ()
    effect: OpeningEffect | None = None

    @property
    def notes(self) -> tuple[Note, ...]:
        """What the two columns of cash leave out of each other, and what was measured of it."""
        said = [Note("scenario.follow.alone", {})]
        if self.aside:
            parts = tuple(Word(f"follow_aside.{one}") for one in self.aside)
            said = [Note("scenario.follow.aside", {"parts": parts})]
        effect = self.effect
        if effect is not None and effect.share is not None and effect.noise is not None:
            facts = {"share": f"{effect.share * 100:.1f}%", "noise": f"{effect.noise * 100:.1f}%"}
            said.append(Note("scenario.follow.took" if effect.clear else "scenario.follow.took_noise", facts))
        return tuple(said)

    @property
    def fitting(self) -> tuple[FollowedMonth, ...]:
        """The months whose sales may be held against the plan."""
        return tuple(one for one in self.months if one.place is not None)

    @property
    def verdict(self) -> Note:
        """What can be said by now; words under ``scenario.follow``."""
        fitting = self.fitting
        if not fitting:
            return Note("scenario.follow.nothing", {"store": self.link.store})
        came = sum((one.came.sales for one in fitting if one.came and one.came.sales is not None), Decimal(0))
        planned = sum((one.sales.p50 for one in fitting), Decimal(0))
        below, above = (sum(one.place == place for one in fitting) for place in ("below", "above"))
        facts = {
            "store": self.link.store, "count": str(len(fitting)), "sales": f"{came:,.2f}", "plan": f"{planned:,.2f}",
            "share": f"{abs(came - planned) / planned * 100:.1f}%" if planned else "—",
            "below": str(below), "above": str(above),
        }  # fmt: skip
        if below * 2 > len(fitting):
            return Note("scenario.follow.below", facts)
        if above * 2 > len(fitting):
            return Note("scenario.follow.above", facts)
        return Note("scenario.follow.within_less" if came < planned else "scenario.follow.within_more", facts)


def follow(book: Book, kept: Kept, link: Link) -> Followed:
    """Hold the plan of a store against what came.

    The plan of one store is as it was kept. It is worked out again from what was known then where the kept months do
    not fit: that of a store of a programme, of which none are kept, and one that may have opened later. By now it is
    known when it opened, and months in which some paths still wait would be held against months that sell.

    Raises:
        UserError: ``scenario.no_candidate``, or what reading the kept inputs refuses.
    """
    scenario = _scenario(kept, link)
    inputs = ranges.ranges(scenario, frozen.read(kept.template))
    delay = inputs.of("delay_months")
    if kept.kind is Kind.ONE and delay.p10 == delay.p90:
        planned = _kept_months(kept)
    else:
        planned = simulation.simulate(scenario, inputs.certain("delay_months"), silent).months
    window = book.one("expansion/window")
    last = window[1] if window else None
    came: dict[date, tuple[Any, ...]] = {}
    if last is not None and last >= link.opened:
        rows = book.rows("expansion/came", opened=link.opened, last=last, store=link.store_id)
        came = {row[0]: row for row in rows}
    # Months of the lease before the doors open have nothing to be held against.
    months = tuple(_month(scenario, one, link, came) for one in planned if one.number > scenario.delay)
    effect = openings.opening(book, link.store_id).effect
    return Followed(kept, link, last, months, _aside(scenario), effect)


def _aside(scenario: Scenario) -> tuple[str, ...]:
    planned = {
        "own_stores": scenario.cannibalisation > 0, "taxes": bool(scenario.taxes),
        "loans": bool(scenario.financing), "transit": scenario.settlement_days > 0,
    }  # fmt: skip
    return tuple(name for name, there in planned.items() if there)


def _kept_months(kept: Kept) -> Sequence[MonthRange]:
    def spread(found: Mapping[str, str]) -> Range:
        return Range(*(Decimal(found[key]) for key in ("p10", "p50", "p90")))

    months = kept.figures["simulation"]["months"]
    return [MonthRange(month["number"], spread(month["sales"]), spread(month["cash"])) for month in months]


def _scenario(kept: Kept, link: Link) -> Scenario:
    if kept.kind is Kind.ONE:
        return scenario_of(kept)
    known = {one.name: one.scenario for one in programme_of(kept).candidates}
    if link.candidate not in known:
        raise UserError("scenario.no_candidate", name=kept.name, candidate=link.candidate, known=tuple(known))
    planned = {entry["name"]: date.fromisoformat(f"{entry['month']}-01") for entry in kept.figures["plan"] or ()}
    return beginning(known[link.candidate], planned.get(link.candidate, link.opened))


def _month(scenario: Scenario, planned: MonthRange, link: Link, came: Mapping[date, tuple[Any, ...]]) -> FollowedMonth:
    month = month_of(link.opened, planned.number - scenario.delay)
    assert month is not None
    row = came.get(month)
    return FollowedMonth(
        number=planned.number,
        month=month,
        sales=planned.sales,
        cash=planned.cash,
        fees=half_up(planned.sales.p50 * scenario.platform),
        rent=half_up(schedule.rents(scenario)[planned.number - 1]),
        labour=half_up(schedule.planned_labour(scenario, planned.number, planned.sales.p50)),
        partial=row is not None and row[1] > month,
        came=None if row is None else _came(row),
    )


def _came(row: tuple[Any, ...]) -> Came:
    _month, first, after, days, net, fees, unbilled, costs = row
    open_days = max((after - first).days, 0)
    entered: dict[str, Decimal] = costs or {}
    sales = net if open_days and days >= open_days else None
    charged = fees if sales is not None and not unbilled else None
    lacking = [name for name, value in (("sales", sales), ("fees", charged)) if value is None]
    lacking += [subject for subject in _NEEDED if subject not in entered]
    contribution = None
    if not lacking:
        assert sales is not None and charged is not None
        paid = (amount for subject, amount in entered.items() if subject != _NOT_CASH)
        contribution = sales - charged - sum(paid, Decimal(0))
    return Came(
        days=days, of=open_days, so_far=net, sales=sales, fees=charged, rent=entered.get("rent"),
        labour=entered.get("wages"), contribution=contribution, lacking=tuple(lacking),
    )  # fmt: skip
