"""A regional programme as the owner describes it: candidates, closures, funding, the chain's cash and the limits."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, Any, Final

from chainbrain.errors import UserError
from chainbrain.expansion import fields, loans
from chainbrain.expansion.scenario import LARGEST_INVESTMENT, LARGEST_MONTH, MOST_PATHS, Scenario

if TYPE_CHECKING:
    from chainbrain.expansion.own_stores import StoreTemplate

LONGEST: Final = 60
MOST_CANDIDATES: Final = 200
USUAL_PATHS: Final = 2_000


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
class ChainCash:
    """The chain's cash without the programme: yuan at the start, and what a month brings.

    Attributes:
        monthly: planned month by month; the last one holds for all that follow.
        worse_by: how much less a month brings, lastingly, at P10; ``better_by`` how much more at P90.
        swing: how far a single month lies above or below at P90 and P10, each month by itself.
        correlation: between the chain's cash and the sales of every new store: the same weather rains on all.
    """

    opening: Decimal
    monthly: tuple[Decimal, ...]
    worse_by: Decimal
    better_by: Decimal
    swing: Decimal
    correlation: Decimal


@dataclass(frozen=True)
class Limits:
    """What binds the programme; nothing stands for no limit.

    Attributes:
        floor: P10 of the chain's cash must not lie below it at any month's end.
        budget: capex and deposits of all openings together.
        a_month: openings in one month; ``openings`` in the whole programme.
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


@dataclass(frozen=True)
class Programme:
    """Everything that decides the programme; the same one gives the same plan and the same fen."""

    first_month: date
    months: int
    chain: ChainCash
    limits: Limits
    candidates: tuple[Candidate, ...]
    closures: tuple[Closure, ...] = ()
    funding: tuple[Funding, ...] = ()
    name: str = ""
    discount_rate: Decimal = Decimal("0.10")
    gap: Decimal = Decimal("0.01")
    seed: int = 20_260_101
    paths: int = USUAL_PATHS

    @classmethod
    def parse(cls, given: Mapping[str, object], template: StoreTemplate | None = None) -> Programme:
        """Read a programme as it stands in JSON (``resources/schemas/scenario.schema.json``).

        Raises:
            UserError: ``expansion.field_unknown``, ``field_missing``, ``field_unreadable``, ``field_out_of_range``,
                ``field_twice``; ``facts`` name the field by its path, as in ``candidates[2].rent``.
        """
        found = _known("programme", given, _FIELDS)
        store = fields.mapping("store", found.get("store", {}))
        read: dict[str, Any] = {
            "first_month": fields.month("first_month", _needed(found, "first_month")),
            "months": fields.whole("months", found.get("months", 24), 1, LONGEST),
            "chain": _chain(fields.mapping("chain", _needed(found, "chain"))),
            "limits": _limits(fields.mapping("limits", found.get("limits", {}))),
            "candidates": tuple(
                _candidate(f"candidates[{n}]", one, store, template)
                for n, one in enumerate(_list("candidates", _needed(found, "candidates"), MOST_CANDIDATES))
            ),
            "closures": tuple(
                _closure(f"closures[{n}]", one) for n, one in enumerate(_list("closures", found.get("closures", [])))
            ),
            "funding": tuple(
                _funding(f"funding[{n}]", one) for n, one in enumerate(_list("funding", found.get("funding", [])))
            ),
        }
        if "name" in found:
            read["name"] = fields.text("name", found["name"])
        for share in ("discount_rate", "gap"):
            if share in found:
                read[share] = fields.share(share, found[share])
        if "seed" in found:
            read["seed"] = fields.whole("seed", found["seed"], 0, 2**63 - 1)
        if "paths" in found:
            read["paths"] = fields.whole("paths", found["paths"], 100, MOST_PATHS)
        made = cls(**read)
        _check_names(made)
        return made


def _chain(given: Mapping[str, object]) -> ChainCash:
    found = _known("chain", given, _CHAIN)
    months = _needed(found, "monthly_cash", "chain.")
    listed = months if isinstance(months, list | tuple) else [months]
    if not 1 <= len(listed) <= LONGEST * 2:
        raise fields.refuse("chain.monthly_cash", months)
    worse = _money("chain.worse_by", _needed(found, "worse_by", "chain."))
    return ChainCash(
        opening=_balance("chain.opening_cash", _needed(found, "opening_cash", "chain.")),
        monthly=tuple(_balance(f"chain.monthly_cash[{n}]", one) for n, one in enumerate(listed)),
        worse_by=worse,
        better_by=_money("chain.better_by", found["better_by"]) if "better_by" in found else worse,
        swing=_money("chain.swing", found.get("swing", 0)),
        correlation=fields.share("chain.correlation", found.get("correlation", "50%")),
    )


def _limits(given: Mapping[str, object]) -> Limits:
    found = _known("limits", given, _LIMITS)
    read: dict[str, Any] = {}
    if "cash_floor" in found:
        read["floor"] = _balance("limits.cash_floor", found["cash_floor"])
    if "budget" in found:
        read["budget"] = fields.amount("limits.budget", found["budget"], LARGEST_INVESTMENT * 100)
    for field, name in (("openings_per_month", "a_month"), ("openings", "openings"), ("managed_at_once", "managed")):
        if field in found:
            read[name] = fields.whole(f"limits.{field}", found[field], 0, MOST_CANDIDATES)
    if "managed_months" in found:
        read["managed_months"] = fields.whole("limits.managed_months", found["managed_months"], 1, LONGEST)
    if "regions" in found:
        read["regions"] = tuple(
            _region(f"limits.regions.{name}", name, bounds)
            for name, bounds in fields.mapping("limits.regions", found["regions"]).items()
        )
    if "exclusive" in found:
        read["exclusive"] = tuple(
            tuple(fields.text(f"limits.exclusive[{n}]", one) for one in _list(f"limits.exclusive[{n}]", group))
            for n, group in enumerate(_list("limits.exclusive", found["exclusive"]))
        )
    return Limits(**read)


def _region(field: str, name: str, given: object) -> tuple[str, int, int | None]:
    found = _known(field, fields.mapping(field, given), ("least", "most"))
    least = fields.whole(f"{field}.least", found.get("least", 0), 0, MOST_CANDIDATES)
    most = fields.whole(f"{field}.most", found["most"], 0, MOST_CANDIDATES) if "most" in found else None
    return name, least, most


def _candidate(field: str, given: object, store: Mapping[str, object], template: StoreTemplate | None) -> Candidate:
    found = fields.mapping(field, given)
    own = {name: value for name, value in found.items() if name not in _OF_CANDIDATE and value is not None}
    name = fields.text(f"{field}.name", _needed(found, "name", f"{field}."))
    try:
        scenario = Scenario.parse({**store, **own, "name": name}, template)
    except UserError as problem:
        inside = str(problem.facts.get("field", ""))
        named = re.split(r"[.\[]", inside, maxsplit=1)[0]
        place = "store" if named in store and named not in own else field
        raise UserError(problem.code, **{**problem.facts, "field": f"{place}.{inside}"}) from problem
    region = found.get("region") or scenario.city or ""
    return Candidate(
        name=name,
        scenario=scenario,
        region=fields.text(f"{field}.region", region),
        must=_flag(f"{field}.must", found.get("must", False)),
        replaces=fields.text(f"{field}.replaces", found["replaces"]) if found.get("replaces") else None,
        **_window(field, found),
    )


def _closure(field: str, given: object) -> Closure:
    found = _known(field, fields.mapping(field, given), _CLOSURE)
    return Closure(
        name=fields.text(f"{field}.name", _needed(found, "name", f"{field}.")),
        monthly_cash=_balance(f"{field}.monthly_cash", _needed(found, "monthly_cash", f"{field}.")),
        swing=_money(f"{field}.swing", found.get("swing", 0)),
        cost=_money(f"{field}.cost", found.get("cost", 0)),
        deposit=_money(f"{field}.deposit", found.get("deposit", 0)),
        remaining=fields.whole(
            f"{field}.remaining_months", _needed(found, "remaining_months", f"{field}."), 1, LONGEST * 2
        ),
        **_window(field, found),
    )


def _funding(field: str, given: object) -> Funding:
    found = fields.mapping(field, given)
    terms = {name: value for name, value in found.items() if name not in ("name", "earliest", "latest")}
    return Funding(
        name=fields.text(f"{field}.name", _needed(found, "name", f"{field}.")),
        loan=loans.Loan.parse(terms, f"{field}."),
        **_window(field, found),
    )


def _window(field: str, found: Mapping[str, object]) -> dict[str, Any]:
    read = {
        name: fields.month(f"{field}.{name}", found[name]) if found.get(name) is not None else None
        for name in ("earliest", "latest")
    }
    if read["earliest"] and read["latest"] and read["latest"] < read["earliest"]:
        raise fields.refuse(f"{field}.latest", found["latest"])
    return dict(read)


def _check_names(programme: Programme) -> None:
    named = [
        *((f"candidates[{n}].name", one.name) for n, one in enumerate(programme.candidates)),
        *((f"closures[{n}].name", one.name) for n, one in enumerate(programme.closures)),
        *((f"funding[{n}].name", one.name) for n, one in enumerate(programme.funding)),
    ]
    seen: set[str] = set()
    for field, name in named:
        if not name or name in seen:
            raise UserError("expansion.field_twice", field=field, value=name)
        seen.add(name)
    closures = {closure.name for closure in programme.closures}
    for n, candidate in enumerate(programme.candidates):
        if candidate.replaces is not None and candidate.replaces not in closures:
            raise fields.refuse(f"candidates[{n}].replaces", candidate.replaces)
    for n, group in enumerate(programme.limits.exclusive):
        for name in group:
            if name not in seen:
                raise fields.refuse(f"limits.exclusive[{n}]", name)
    regions = {candidate.region for candidate in programme.candidates}
    for region, _, _ in programme.limits.regions:
        if region not in regions:
            raise fields.refuse("limits.regions", region)


def _known(field: str, given: Mapping[str, object], names: tuple[str, ...]) -> dict[str, object]:
    """The fields that were given; one that does not exist is refused."""
    for name in fields.mapping(field, given):
        if name not in names:
            inside = name if field == "programme" else f"{field}.{name}"
            raise UserError("expansion.field_unknown", field=inside, known=", ".join(names))
    return {name: value for name, value in given.items() if value is not None}


def _needed(found: Mapping[str, object], name: str, before: str = "") -> object:
    if found.get(name) is None:
        raise UserError("expansion.field_missing", field=f"{before}{name}")
    return found[name]


def _list(field: str, value: object, most: int = MOST_CANDIDATES) -> list[object]:
    if not isinstance(value, list | tuple) or len(value) > most:
        raise fields.refuse(field, value)
    return list(value)


def _flag(field: str, value: object) -> bool:
    if not isinstance(value, bool):
        raise fields.refuse(field, value)
    return value


def _money(field: str, value: object) -> Decimal:
    return fields.amount(field, value, LARGEST_MONTH * 10)


def _balance(field: str, value: object) -> Decimal:
    return fields.amount(field, value, LARGEST_INVESTMENT * 100, -LARGEST_INVESTMENT * 100)


_FIELDS: Final = (
    "name", "first_month", "months", "chain", "limits", "store", "candidates", "closures", "funding", "discount_rate",
    "gap", "seed", "paths",
)  # fmt: skip
_CHAIN: Final = ("opening_cash", "monthly_cash", "worse_by", "better_by", "swing", "correlation")
_LIMITS: Final = (
    "cash_floor", "budget", "openings_per_month", "openings", "managed_at_once", "managed_months", "regions",
    "exclusive",
)  # fmt: skip
_OF_CANDIDATE: Final = ("name", "region", "earliest", "latest", "must", "replaces")
_CLOSURE: Final = (
    "name", "monthly_cash", "swing", "cost", "deposit", "remaining_months", "earliest", "latest",
)  # fmt: skip
