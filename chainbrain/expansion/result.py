"""The answer to "what would this store bring": figures, what they rest on, and what to tell the owner."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum

from chainbrain.errors import UserError
from chainbrain.expansion.needed import MustBeTrue
from chainbrain.expansion.outcome import FanMonth, Range, Simulation
from chainbrain.expansion.ranges import Basis, InputRange, Ranges
from chainbrain.expansion.scenario import Scenario
from chainbrain.expansion.scenario_reading import written_value
from chainbrain.expansion.schedule import month_of
from chainbrain.expansion.store_case import PARTS, CaseMonth, StoreCase


class Verdict(StrEnum):
    """What the figures say, in one word; words under ``expansion.verdict``."""

    ROBUST = "robust"
    """Even in the poor tenth the store earns more than the discount rate."""
    LIKELY = "likely"
    """In the middle case it does; in the poor tenth it does not."""
    BELOW_FLOOR = "below_floor"
    """The chain's cash falls below the floor in more than one path of ten."""
    NOT_WORTH = "not_worth"
    """In the middle case it does not."""


@dataclass(frozen=True)
class TornadoBar:
    """What one input alone does to the present value: at its P10 and at its P90, all else as planned; yuan."""

    input: str
    at_p10: Decimal
    at_p90: Decimal

    @property
    def width(self) -> Decimal:
        """How far apart the two are."""
        return abs(self.at_p90 - self.at_p10)


@dataclass(frozen=True)
class Note:
    """Something the owner should know about the figures: a message code and facts written for reading."""

    code: str
    facts: Mapping[str, object]


@dataclass(frozen=True)
class ScenarioResult:
    """Everything one run found; amounts in yuan with two decimals."""

    scenario: Scenario
    base: StoreCase
    simulation: Simulation
    tornado: tuple[TornadoBar, ...]
    must_be_true: MustBeTrue
    ranges: Ranges
    verdict: Verdict
    notes: tuple[Note, ...]

    def to_mapping(self) -> dict[str, object]:
        """The result as JSON writes it: amounts as text with two decimals, shares with four, months as numbers."""
        simulation, base = self.simulation, self.base
        opening = self.scenario.opening_month
        return {
            "scenario": self.scenario.to_mapping(),
            "taken_from_own_stores": sorted(self.scenario.taken),
            "verdict": self.verdict.value,
            "base": {
                "month_1": _yuan(base.months[1].cash),
                "month_12": _yuan(base.months[12].cash) if len(base.months) > 12 else None,
                "break_even_sales": _yuan(base.break_even_sales),
                "trough": _yuan(base.trough),
                "trough_month": base.trough_month,
                "payback_month": base.payback_month,
                "npv": _yuan(base.npv),
                "npv_without_loans": _yuan(base.npv_without_loans),
                **_rate(base),
                "total": _yuan(base.total),
                "months": [_case_month(month) for month in base.months],
            },
            "simulation": {
                "paths": simulation.paths,
                "seed": simulation.seed,
                "npv": _quantiles(simulation.npv),
                "trough": _quantiles(simulation.trough),
                "payback_month": {
                    "p10": simulation.payback.p10,
                    "p50": simulation.payback.p50,
                    "p90": simulation.payback.p90,
                    "within_life": f"{simulation.payback.within_life:.4f}",
                },
                "loses_money": f"{simulation.loses_money:.4f}",
                "below_floor": None if simulation.below_floor is None else f"{simulation.below_floor:.4f}",
                "floor_month": simulation.floor_month,
                "fan": [_fan_month(opening, month) for month in simulation.fan],
                "months": [
                    {"number": month.number, "sales": _quantiles(month.sales), "cash": _quantiles(month.cash)}
                    for month in simulation.months
                ],
                "chain": [_fan_month(opening, month) for month in simulation.chain],
                "convergence": [
                    {
                        "paths": step.paths,
                        "npv_p50": _yuan(step.npv_p50),
                        "half_width": _yuan(step.half_width),
                        "npv_mean": _yuan(step.npv_mean),
                        "mean_error": _yuan(step.mean_error),
                    }
                    for step in simulation.convergence
                ],
                "half_changes": f"{simulation.half_changes:.4f}",
            },
            "loans": [
                {
                    "name": credit.name,
                    "received": _yuan(credit.loan.received),
                    "costs": _yuan(credit.loan.fees + credit.loan.interest),
                    "nominal": f"{rate.nominal * 100:.4f}%",
                    "effective": f"{rate.effective * 100:.4f}%",
                }
                for credit in self.scenario.financing
                if (rate := credit.loan.true_rate())
            ],
            "tornado": [
                {"input": bar.input, "npv_at_p10": _yuan(bar.at_p10), "npv_at_p90": _yuan(bar.at_p90)}
                for bar in self.tornado
            ],
            "must_be_true": {
                "mature_sales_for_npv_zero": _yuan(self.must_be_true.npv_is_zero),
                "mature_sales_for_payback_within_life": _yuan(self.must_be_true.pays_back_within_life),
            },
            "inputs": [_input(entry) for entry in self.ranges.inputs],
            "notes": [{"code": note.code, **note.facts} for note in self.notes],
        }


def _case_month(month: CaseMonth) -> dict[str, object]:
    return {
        "number": month.number,
        "month": f"{month.month:%Y-%m}" if month.month else None,
        **{name: _yuan(getattr(month, name)) for name in ("sales", "cash", "cumulative", *PARTS)},
    }


def _fan_month(opening: date | None, month: FanMonth) -> dict[str, object]:
    when = month_of(opening, month.number)
    return {
        "number": month.number,
        "month": f"{when:%Y-%m}" if when else None,
        **{name: _yuan(getattr(month, name)) for name in ("p10", "p30", "p50", "p70", "p90")},
    }


def _yuan(amount: Decimal | None) -> str | None:
    return None if amount is None else f"{amount:.2f}"


def _rate(base: StoreCase) -> dict[str, object]:
    """The internal rate of return of a year with interest on interest, or why there is none."""
    try:
        rate = base.rate_of_return()
    except UserError as refused:
        return {"irr": None, "irr_refused": {"code": refused.code, **refused.facts}}
    return {"irr": f"{rate.effective * 100:.4f}%", "irr_refused": None}


def _quantiles(spread: Range) -> dict[str, str | None]:
    return {"p10": _yuan(spread.p10), "p50": _yuan(spread.p50), "p90": _yuan(spread.p90)}


def _input(entry: InputRange) -> dict[str, object]:
    written = (written_value(entry.input, value) for value in (entry.planned, entry.p10, entry.p90))
    names: Sequence[str] = ("planned", "p10", "p90")
    return {
        "input": entry.input,
        **dict(zip(names, written, strict=True)),
        "basis": entry.basis.value,
        "observations": entry.observations,
        "minimum": entry.minimum,
    }


def assumed(inputs: Ranges) -> tuple[str, ...]:
    """The inputs whose range is nobody's word and nobody's experience."""
    return tuple(entry.input for entry in inputs.inputs if entry.basis is Basis.ASSUMED)
