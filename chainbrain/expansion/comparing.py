"""Kept scenarios beside each other: the inputs in which they differ, the figures of their answers, their cash."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, Final

from chainbrain.errors import UserError
from chainbrain.expansion.kept import Kept, Kind

MOST: Final = 4
"""So many can be read side by side."""

# Figures of an answer by kind: the key (words under ``expansion.compared.<key>``), where it stands, and what it is.
_FIGURES: Final[dict[Kind, tuple[tuple[str, str, str], ...]]] = {
    Kind.ONE: (
        ("verdict", "verdict", "verdict"),
        ("npv_p50", "simulation.npv.p50", "money"),
        ("npv_p10", "simulation.npv.p10", "money"),
        ("npv_p90", "simulation.npv.p90", "money"),
        ("payback_p50", "simulation.payback_month.p50", "months"),
        ("within_life", "simulation.payback_month.within_life", "share"),
        ("trough_p50", "simulation.trough.p50", "money"),
        ("trough_p10", "simulation.trough.p10", "money"),
        ("loses_money", "simulation.loses_money", "share"),
        ("below_floor", "simulation.below_floor", "share"),
        ("base_npv", "base.npv", "money"),
        ("base_irr", "base.irr", "rate"),
        ("base_payback", "base.payback_month", "months"),
        ("base_trough", "base.trough", "money"),
        ("break_even", "base.break_even_sales", "money"),
        ("must_sell", "must_be_true.mature_sales_for_npv_zero", "money"),
    ),
    Kind.PROGRAMME: (
        ("openings", "openings", "count"),
        ("value", "value", "money"),
        ("bound", "bound", "money"),
        ("next", "next", "text"),
        ("proven", "proven", "yes"),
    ),
}
# What every scenario has of its own.
_OWN: Final = frozenset({"name"})


@dataclass(frozen=True)
class Line:
    """One line of a comparison.

    Attributes:
        path: what it is of: field names from the outside in; of a programme the name of a store may stand among them.
        kind: how the values are written: money, share (0.0437 is 4.37 %), rate (of a year, as
            text), months, count, text, verdict, yes, given.
        values: one per scenario, as JSON has it; nothing where it has none.
    """

    path: tuple[str, ...]
    kind: str
    values: tuple[Any, ...]

    @property
    def differs(self) -> bool:
        """Whether not all say the same."""
        return any(value != self.values[0] for value in self.values[1:])


@dataclass(frozen=True)
class CashPath:
    """The cash of one scenario month by month: of one store its running total, of a programme that of the chain; yuan.

    ``months`` are the numbers of the months from the investment on, or calendar months as text.
    """

    name: str
    months: tuple[str, ...]
    p10: tuple[Decimal, ...]
    p50: tuple[Decimal, ...]
    p90: tuple[Decimal, ...]


@dataclass(frozen=True)
class Compared:
    """Scenarios beside each other."""

    scenarios: tuple[Kept, ...]
    inputs: tuple[Line, ...]
    figures: tuple[Line, ...]
    cash: tuple[CashPath, ...]

    @property
    def kind(self) -> Kind:
        """What they all are about."""
        return self.scenarios[0].kind


def compare(scenarios: Sequence[Kept]) -> Compared:
    """Hold two to four kept scenarios of one kind beside each other.

    Raises:
        UserError: ``scenario.compare_how_many``, ``scenario.compare_twice`` or ``scenario.compare_kinds``.
    """
    names = [one.name for one in scenarios]
    if not 2 <= len(scenarios) <= MOST:
        raise UserError("scenario.compare_how_many", count=len(scenarios), most=MOST)
    if len(set(names)) < len(names):
        raise UserError("scenario.compare_twice")
    if len({one.kind for one in scenarios}) > 1:
        raise UserError("scenario.compare_kinds")
    kind = scenarios[0].kind
    inputs = tuple(line for line in _lines([_inputs(one) for one in scenarios]) if line.differs)
    figures = [
        Line((key,), how, tuple(_at(one.figures, path) for one in scenarios)) for key, path, how in _FIGURES[kind]
    ]
    if kind is Kind.PROGRAMME:
        figures += _programme_figures([one.figures for one in scenarios])
    return Compared(tuple(scenarios), inputs, tuple(figures), tuple(_cash(one) for one in scenarios))


def figures_of(kind: Kind, figures: Mapping[str, Any]) -> tuple[Line, ...]:
    """The figures of one answer that are compared."""
    found = tuple(Line((key,), how, (_at(figures, path),)) for key, path, how in _FIGURES[kind])
    return found if kind is Kind.ONE else (*found, *_programme_figures([figures]))


def _programme_figures(answers: Sequence[Mapping[str, Any]]) -> Iterator[Line]:
    lowest = [min(one["cash"], key=lambda month: Decimal(month["p10"])) for one in answers]
    yield Line(("lowest_p10",), "money", tuple(month["p10"] for month in lowest))
    yield Line(("lowest_month",), "text", tuple(month["month"] for month in lowest))
    opened = [{entry["name"]: entry["month"] for entry in one["plan"] or ()} for one in answers]
    for name in dict.fromkeys(name for months in opened for name in months):
        yield Line(("opens", name), "text", tuple(months.get(name) for months in opened))


def _inputs(one: Kept) -> dict[tuple[str, ...], Any]:
    if one.kind is Kind.ONE:
        return dict(_flat((), one.figures["scenario"]))
    given = {key: value for key, value in one.given["programme"].items() if key not in ("candidates", "store")}
    stores = {
        ("stores", name, *path): value
        for name, fields in one.figures["stores"].items()
        for path, value in _flat((), fields)
    }
    return dict(_flat((), given)) | stores


def _flat(path: tuple[str, ...], content: Mapping[str, Any]) -> Iterator[tuple[tuple[str, ...], Any]]:
    """The leaves of an object by their path; lists are leaves."""
    for key, value in content.items():
        if not path and key in _OWN:
            continue
        if isinstance(value, Mapping) and value:
            yield from _flat((*path, key), value)
        elif value not in ({}, [], None):
            yield (*path, key), value


def _lines(inputs: Sequence[Mapping[tuple[str, ...], Any]]) -> Iterator[Line]:
    # Where a store is a candidate of one programme only, one line says so instead of one for each of its inputs.
    stores = [{path[1] for path in one if path[0] == "stores"} for one in inputs]
    everywhere = set.intersection(*stores) if stores else set()
    for name in dict.fromkeys(path[1] for one in inputs for path in one if path[0] == "stores"):
        if name not in everywhere:
            yield Line(("candidate", name), "yes", tuple(name in known for known in stores))
    for path in dict.fromkeys(path for one in inputs for path in one):
        if path[0] != "stores" or path[1] in everywhere:
            yield Line(path, "given", tuple(one.get(path) for one in inputs))


def _cash(one: Kept) -> CashPath:
    if one.kind is Kind.ONE:
        months = one.figures["simulation"]["fan"]
        labels = tuple(str(month["number"]) for month in months)
    else:
        months = one.figures["cash"]
        labels = tuple(month["month"] for month in months)
    low, middle, high = (tuple(Decimal(month[key]) for month in months) for key in ("p10", "p50", "p90"))
    return CashPath(one.name, labels, low, middle, high)


def _at(content: Any, path: str) -> Any:
    for key in path.split("."):
        content = content.get(key) if isinstance(content, Mapping) else None
    return content
