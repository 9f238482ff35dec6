"""What is kept of a programme beside its answer: every store's inputs, planned case and ranges, and the reasons."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from chainbrain.errors import UserError, Word
from chainbrain.expansion.programme import sentence
from chainbrain.expansion.programme.dated import beginning
from chainbrain.expansion.programme.projects import FITTING_OUT, month_at
from chainbrain.expansion.ranges import InputRange, ranges
from chainbrain.expansion.result import Note
from chainbrain.expansion.store_case import StoreCase, store_case
from chainbrain.expansion.terms import per_cent

if TYPE_CHECKING:
    from chainbrain.expansion.own_stores import StoreTemplate
    from chainbrain.expansion.programme import Answer

_MONEY = ("mature_monthly_sales", "rent", "labour", "capex")
_LIMIT = "expansion.limit."


def details(answer: Answer, template: StoreTemplate | None) -> dict[str, Any]:
    """By the name of each candidate ``stores``, ``cases`` and ``ranges``; under ``told`` what is said of the answer."""
    candidates = answer.programme.candidates
    first = month_at(answer.programme, FITTING_OUT)
    begins = {one.name: max(one.earliest or first, first) for one in candidates}
    begins |= {entry.name: entry.month for entry in answer.entries if entry.name in begins}
    return {
        "stores": {one.name: one.scenario.to_mapping() for one in candidates},
        # As it begins by the plan, or else in its first month: rules of tax may have dates.
        "cases": {one.name: _case(store_case(beginning(one.scenario, begins[one.name]))) for one in candidates},
        "ranges": {one.name: [_range(entry) for entry in ranges(one.scenario, template).inputs] for one in candidates},
        "told": {
            "verdict": _note(sentence.verdict(answer)),
            "proof": _note(sentence.proof(answer)) if answer.plan is not None else None,
            "left": {one.name: _note(sentence.reason(answer, one)) for one in answer.left},
        },
    }


def note_of(kept: Mapping[str, Any]) -> Note:
    """A sentence that was kept; limits are words again."""
    facts = {name: Word(fact) if str(fact).startswith(_LIMIT) else fact for name, fact in dict(kept["facts"]).items()}
    return Note(str(kept["code"]), facts)


def _note(note: Note) -> dict[str, Any]:
    return {"code": note.code, "facts": dict(note.facts)}


def _case(case: StoreCase) -> dict[str, Any]:
    """The planned case as the JSON of one store has it, as far as a workbook needs it."""
    try:
        rate: str | None = f"{case.rate_of_return().effective * 100:.4f}%"
    except UserError:
        rate = None
    return {
        "npv": _yuan(case.npv), "irr": rate, "trough": _yuan(case.trough), "payback_month": case.payback_month,
        "total": _yuan(case.total), "break_even_sales": _yuan(case.break_even_sales),
        "months": [
            {"number": month.number, "month": None, "sales": _yuan(month.sales), "cash": _yuan(month.cash)}
            for month in case.months
        ],
    }  # fmt: skip


def _range(entry: InputRange) -> dict[str, Any]:
    planned, low, high = (
        f"{value:.2f}" if entry.input in _MONEY else per_cent(value) for value in (entry.planned, entry.p10, entry.p90)
    )
    return {
        "input": entry.input, "planned": planned, "p10": low, "p90": high, "basis": entry.basis.value,
        "observations": entry.observations, "minimum": entry.minimum,
    }  # fmt: skip


def _yuan(amount: Decimal | None) -> str | None:
    return None if amount is None else f"{amount:.2f}"
