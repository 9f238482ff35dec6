"""Scenarios kept under a name: what was given, what was known then and every figure, to be worked out again."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum
from typing import TYPE_CHECKING, Any

from chainbrain import __version__
from chainbrain.errors import UserError
from chainbrain.expansion import frozen, runner
from chainbrain.expansion import programme as programmes
from chainbrain.expansion.kept_programme import details
from chainbrain.expansion.scenario import Scenario
from chainbrain.progress import Report, silent

if TYPE_CHECKING:
    from chainbrain.database.book import Book
    from chainbrain.expansion.own_stores import StoreTemplate
    from chainbrain.expansion.programme import Answer, Programme
    from chainbrain.expansion.result import ScenarioResult


class Kind(StrEnum):
    """What a scenario is about; words under ``expansion.kept_kind``."""

    ONE = "one"
    PROGRAMME = "programme"


@dataclass(frozen=True)
class Worked:
    """A scenario that was worked out.

    Attributes:
        given: its JSON, enough to work it out again.
        figures: the whole answer as JSON has it; of a programme also those of ``details``.
    """

    kind: Kind
    given: Mapping[str, Any]
    template: StoreTemplate | None
    seed: int
    figures: Mapping[str, Any]

    @property
    def plain_figures(self) -> Mapping[str, Any]:
        """The figures as the book would give them back: text, whole numbers, lists."""
        plain: Mapping[str, Any] = json.loads(frozen.as_text(self.figures))
        return plain


@dataclass(frozen=True)
class Kept:
    """A scenario as it was kept; ``template`` is what own stores said then, as text."""

    scenario_id: str
    at: datetime
    who: str
    name: str
    kind: Kind
    given: Mapping[str, Any]
    template: str
    seed: int
    version: str
    figures: Mapping[str, Any]


@dataclass(frozen=True)
class Link:
    """Which store came of a scenario; ``candidate`` is its name in a programme, empty for one store."""

    scenario_id: str
    candidate: str
    store_id: str
    store: str
    opened: date


@dataclass(frozen=True)
class Moved:
    """A figure that is another one now: where it stands, then and now."""

    path: str
    then: object
    now: object


@dataclass(frozen=True)
class Again:
    """A kept scenario worked out again.

    Attributes:
        moved: the figures that are others now; none when all are the same to the cent.
        version: the version of the program that worked it out now.
        refused: why it cannot be worked out any more: a code and its facts.
    """

    kept: Kept
    version: str
    moved: tuple[Moved, ...]
    refused: tuple[str, Mapping[str, object]] | None = None

    @property
    def same(self) -> bool:
        """Whether every figure is the same."""
        return not self.moved and self.refused is None


def of_result(result: ScenarioResult, template: StoreTemplate | None) -> Worked:
    """One store that was worked out."""
    return Worked(Kind.ONE, result.scenario.to_mapping(), template, result.scenario.seed, result.to_mapping())


def of_answer(answer: Answer, given: Mapping[str, Any], template: StoreTemplate | None) -> Worked:
    """A programme that was worked out; ``given`` is its JSON, what comes from the table of candidates included."""
    figures = answer.to_mapping() | details(answer, template)
    return Worked(Kind.PROGRAMME, {"programme": given}, template, answer.programme.seed, figures)


def kept(book: Book) -> tuple[Kept, ...]:
    """The kept scenarios that stand, the newest first."""
    return tuple(_kept(*row) for row in book.rows("expansion/kept"))


def find(book: Book, name: str) -> Kept:
    """The kept scenario of a name.

    Raises:
        UserError: ``scenario.not_kept`` or ``scenario.none_kept``.
    """
    every = kept(book)
    found = next((one for one in every if one.name == " ".join(name.split())), None)
    if found is None:
        if not every:
            raise UserError("scenario.none_kept")
        raise UserError("scenario.not_kept", name=name, known=tuple(one.name for one in every))
    return found


def links(book: Book) -> tuple[Link, ...]:
    """Which stores came of which scenarios."""
    return tuple(Link(*row) for row in book.rows("expansion/links"))


def again(one: Kept, report: Report = silent) -> Again:
    """Work a kept scenario out again, from what was known then, and hold every figure against that of then."""
    try:
        now = _figures(one, report)
    except UserError as problem:
        return Again(one, __version__, (), (problem.code, problem.facts))
    return Again(one, __version__, tuple(_moved("", _plain(one.figures), _plain(now))))


def scenario_of(one: Kept) -> Scenario:
    """The inputs of one kept store, what came from own stores included.

    Raises:
        UserError: what ``Scenario.parse`` refuses, when a later version reads fields otherwise.
    """
    scenario = Scenario.parse(one.given, frozen.read(one.template))
    return replace(scenario, taken=frozenset(one.figures.get("taken_from_own_stores", ())))


def programme_of(one: Kept) -> Programme:
    """The inputs of a kept programme."""
    return programmes.Programme.parse(one.given["programme"], frozen.read(one.template))


def _figures(one: Kept, report: Report) -> Mapping[str, Any]:
    template = frozen.read(one.template)
    if one.kind is Kind.ONE:
        return of_result(runner.run(scenario_of(one), template, report), template).figures
    answer = programmes.run(programme_of(one), template, report)
    return of_answer(answer, one.given["programme"], template).figures


def _kept(  # noqa: PLR0917 -- a row of the book
    scenario_id: str, at: datetime, who: str, name: str, kind: str, given: str, template: str, seed: int, version: str,
    figures: str,
) -> Kept:  # fmt: skip
    return Kept(scenario_id, at, who, name, Kind(kind), json.loads(given), template, seed, version, json.loads(figures))


def _plain(content: object) -> Any:
    """As the book gives it back."""
    return json.loads(frozen.as_text(content), parse_float=Decimal)


def _moved(path: str, then: Any, now: Any) -> Iterator[Moved]:
    """What differs; what a later version says in addition is no difference, and notes are words about the figures."""
    then, now = _by_input(then), _by_input(now)
    if isinstance(then, dict) and isinstance(now, dict):
        for key, value in then.items():
            if path or key != "notes":
                yield from _moved(f"{path}.{key}" if path else key, value, now.get(key))
    elif isinstance(then, list) and isinstance(now, list) and len(then) == len(now):
        for number, (one, other) in enumerate(zip(then, now, strict=True)):
            yield from _moved(f"{path}[{number}]", one, other)
    elif then != now:
        yield Moved(path, then, now)


def _by_input(found: Any) -> Any:
    """A list of what is said of each input, by input: a later version may know further ones."""
    if isinstance(found, list) and found and all(isinstance(one, dict) and "input" in one for one in found):
        return {one["input"]: one for one in found}
    return found
