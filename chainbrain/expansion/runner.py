"""Runs one scenario: the exact case, the paths, one input at a time, and what must be true."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal
from typing import TYPE_CHECKING, Final

from chainbrain.expansion.needed import must_be_true
from chainbrain.expansion.outcome import Simulation
from chainbrain.expansion.pool_note import pool_note
from chainbrain.expansion.ranges import Ranges, ranges
from chainbrain.expansion.result import Note, ScenarioResult, TornadoBar, Verdict, assumed
from chainbrain.expansion.scenario import Scenario
from chainbrain.expansion.schedule import with_input
from chainbrain.expansion.simulation import simulate
from chainbrain.expansion.store_case import present_value, store_case
from chainbrain.expansion.terms import per_cent
from chainbrain.progress import Report, silent

if TYPE_CHECKING:
    from chainbrain.expansion.own_stores import StoreTemplate

_FLOOR_RISK: Final = Decimal("0.1")
# The P50 is called unsettled when its 95 % interval is wider than this share of the investment.
_SETTLED: Final = Decimal("0.10")


def run(
    scenario: Scenario, template: StoreTemplate | None = None, report: Report = silent, paths: int | None = None
) -> ScenarioResult:
    """Work out what a store would cost and earn.

    Args:
        scenario: the inputs.
        template: the chain's own experience; without it every range is an assumption.
        report: called between chunks; raises ``Cancelled`` to stop.
        paths: fewer paths than the scenario asks for, for a quick look.
    """
    report(0, scenario.paths, "expansion.step.case")
    base = store_case(scenario)
    inputs = ranges(scenario, template)
    simulation = simulate(scenario, inputs, report, paths)
    report(scenario.paths, scenario.paths, "expansion.step.tornado")
    bars = tornado(scenario, inputs)
    result = ScenarioResult(
        scenario=scenario,
        base=base,
        simulation=simulation,
        tornado=bars,
        must_be_true=must_be_true(scenario),
        ranges=inputs,
        verdict=_verdict(simulation),
        notes=(),
    )
    return replace(result, notes=tuple(_notes(result, template)))


def tornado(scenario: Scenario, inputs: Ranges) -> tuple[TornadoBar, ...]:
    """The present value with one input at its P10 and at its P90, widest first; inputs without a range are left out."""
    bars: list[TornadoBar] = []
    for entry in inputs.inputs:
        if entry.p10 == entry.p90:
            continue
        low, high = (_npv_with(scenario, entry.input, end) for end in (entry.p10, entry.p90))
        bars.append(TornadoBar(entry.input, low, high))
    return tuple(sorted(bars, key=lambda bar: (-bar.width, bar.input)))


def _npv_with(scenario: Scenario, name: str, value: Decimal) -> Decimal:
    if name == "ramp":
        return present_value(scenario, gap=value)
    return present_value(with_input(scenario, name, value))


def _verdict(simulation: Simulation) -> Verdict:
    if simulation.npv.p50 < 0:
        return Verdict.NOT_WORTH
    if simulation.below_floor is not None and simulation.below_floor > _FLOOR_RISK:
        return Verdict.BELOW_FLOOR
    return Verdict.ROBUST if simulation.npv.p10 >= 0 else Verdict.LIKELY


def _notes(result: ScenarioResult, template: StoreTemplate | None) -> Iterator[Note]:
    scenario, needed = result.scenario, result.must_be_true
    if result.base.break_even_sales is None:
        yield Note("expansion.note.every_sale_loses", {})
    elif needed.npv_is_zero is not None and scenario.mature_monthly_sales > 0:
        room = 1 - needed.npv_is_zero / scenario.mature_monthly_sales
        code = "expansion.note.sales_may_fall" if room >= 0 else "expansion.note.sales_must_rise"
        share = per_cent(round(abs(room), 3))
        yield Note(code, {"sales": f"{needed.npv_is_zero:,.2f}", "share": share})
    yield from _terms(scenario)
    guessed = assumed(result.ranges)
    if guessed:
        yield Note("expansion.note.assumed_ranges", {"count": str(len(guessed))})
    if template is not None:
        yield from _own_experience(scenario, template, result.ranges)
    last = result.simulation.convergence[-1]
    if last.half_width > _SETTLED * (scenario.capex + scenario.deposit):
        yield Note("expansion.note.unsettled", {"half_width": f"{last.half_width:,.2f}", "paths": f"{last.paths:,}"})


def _terms(scenario: Scenario) -> Iterator[Note]:
    """On what the chain's cash, taxes and loans rest."""
    chain = scenario.chain
    if chain is not None and chain.known_to is not None:
        yield Note("expansion.note.chain_from_book", {"known": chain.known_to.isoformat()})
    elif chain is None and scenario.cash_floor is not None:
        yield Note("expansion.note.chain_alone", {})
    if scenario.taxes:
        yield Note("expansion.note.taxes_assumed", {"count": str(len(scenario.taxes))})
    for credit in scenario.financing:
        rate = credit.loan.true_rate()
        facts = {"nominal": f"{rate.nominal * 100:.2f}%", "effective": f"{rate.effective * 100:.2f}%"}
        yield Note("expansion.note.loan", {"name": credit.name, **facts})


def _own_experience(scenario: Scenario, template: StoreTemplate, inputs: Ranges) -> Iterator[Note]:
    sales = inputs.of("mature_monthly_sales")
    pool = pool_note(scenario, inputs)
    if pool is not None:
        yield pool
    if sales.observations < sales.minimum:
        yield Note("expansion.note.few_stores", {"stores": str(sales.observations), "minimum": str(sales.minimum)})
    openings = template.ramp_observed
    if "ramp" in scenario.taken and not openings.enough:
        facts = {"openings": str(openings.observations), "minimum": str(openings.minimum)}
        yield Note("expansion.note.few_openings", facts)
    eaten = template.cannibalisation
    if eaten.value is not None and scenario.cannibalisation == 0:
        facts = {"share": per_cent(eaten.value), "openings": str(eaten.observations)}
        yield Note("expansion.note.neighbours_lost", facts)
    rate = template.take_rate
    if rate.enough and rate.value is not None and scenario.platform < rate.value:
        yield Note(
            "expansion.note.take_rate_higher", {"share": per_cent(rate.value), "payments": f"{rate.observations:,}"}
        )
