"""Reads the parts of a programme as they stand in JSON; what cannot be right is refused by its path."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, Any, Final

from chainbrain.errors import UserError
from chainbrain.expansion import fields, loans
from chainbrain.expansion.bounds import LARGEST_BALANCE, LARGEST_MONTH
from chainbrain.expansion.chain_cash import balance
from chainbrain.expansion.programme.dated import with_month
from chainbrain.expansion.programme.terms import Candidate, Closure, Funding, Limits
from chainbrain.expansion.scenario import Scenario
from chainbrain.expansion.terms import per_cent

if TYPE_CHECKING:
    from chainbrain.expansion.own_stores import StoreTemplate

LONGEST: Final = 60
MOST_CANDIDATES: Final = 200


@dataclass(frozen=True)
class Shared:
    """What all candidates have in common: fields of a store, rate and first month, and the chain's experience."""

    store: Mapping[str, object]
    discount_rate: Decimal
    first_month: date
    template: StoreTemplate | None = None


def limits(given: Mapping[str, object]) -> Limits:
    """What binds; what is left out does not."""
    found = known("limits", given, LIMITS)
    read: dict[str, Any] = {}
    if "cash_floor" in found:
        read["floor"] = balance("limits.cash_floor", found["cash_floor"])
    if "budget" in found:
        read["budget"] = fields.amount("limits.budget", found["budget"], LARGEST_BALANCE)
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
            tuple(fields.text(f"limits.exclusive[{n}]", one) for one in listed(f"limits.exclusive[{n}]", group))
            for n, group in enumerate(listed("limits.exclusive", found["exclusive"]))
        )
    return Limits(**read)


def _region(field: str, name: str, given: object) -> tuple[str, int, int | None]:
    found = known(field, fields.mapping(field, given), ("least", "most"))
    least = fields.whole(f"{field}.least", found.get("least", 0), 0, MOST_CANDIDATES)
    most = fields.whole(f"{field}.most", found["most"], 0, MOST_CANDIDATES) if "most" in found else None
    return name, least, most


def candidate(field: str, given: object, shared: Shared) -> Candidate:
    """A store that may be opened.

    It is discounted as the programme is: present values at two rates cannot be added up.
    """
    found, store = fields.mapping(field, given), shared.store
    own = {name: value for name, value in found.items() if name not in OF_CANDIDATE and value is not None}
    name = fields.text(f"{field}.name", needed(found, "name", f"{field}."))
    both = {**store, **own, "name": name}
    if both.get("discount_rate") is None:
        both["discount_rate"] = per_cent(shared.discount_rate)
    try:
        scenario = Scenario.parse(with_month(both, f"{shared.first_month:%Y-%m}", always=False), shared.template)
    except UserError as problem:
        inside = str(problem.facts.get("field", ""))
        named = re.split(r"[.\[]", inside, maxsplit=1)[0]
        place = "store" if named in store and named not in own else field
        raise UserError(problem.code, **{**problem.facts, "field": f"{place}.{inside}"}) from problem
    if scenario.discount_rate != shared.discount_rate:
        place = field if "discount_rate" in own else "store"
        raise fields.refuse(
            f"{place}.discount_rate",
            per_cent(scenario.discount_rate),
            "expansion.discount_conflict",
            programme=per_cent(shared.discount_rate),
        )
    region = found.get("region") or scenario.city or ""
    return Candidate(
        name=name,
        scenario=scenario,
        region=fields.text(f"{field}.region", region),
        must=_flag(f"{field}.must", found.get("must", False)),
        replaces=fields.text(f"{field}.replaces", found["replaces"]) if found.get("replaces") else None,
        **_window(field, found),
    )


def closure(field: str, given: object) -> Closure:
    """A store that may be closed."""
    found = known(field, fields.mapping(field, given), CLOSURE)
    return Closure(
        name=fields.text(f"{field}.name", needed(found, "name", f"{field}.")),
        monthly_cash=balance(f"{field}.monthly_cash", needed(found, "monthly_cash", f"{field}.")),
        swing=_money(f"{field}.swing", found.get("swing", 0)),
        cost=_money(f"{field}.cost", found.get("cost", 0)),
        deposit=_money(f"{field}.deposit", found.get("deposit", 0)),
        remaining=fields.whole(
            f"{field}.remaining_months", needed(found, "remaining_months", f"{field}."), 1, LONGEST * 2
        ),
        **_window(field, found),
    )


def funding(field: str, given: object) -> Funding:
    """A line of credit."""
    found = fields.mapping(field, given)
    terms = {name: value for name, value in found.items() if name not in ("name", "earliest", "latest")}
    return Funding(
        name=fields.text(f"{field}.name", needed(found, "name", f"{field}.")),
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


def known(field: str, given: Mapping[str, object], names: tuple[str, ...]) -> dict[str, object]:
    """The fields that were given; one that does not exist is refused."""
    for name in fields.mapping(field, given):
        if name not in names:
            inside = name if field == "programme" else f"{field}.{name}"
            raise UserError("expansion.field_unknown", field=inside, known=", ".join(names))
    return {name: value for name, value in given.items() if value is not None}


def needed(found: Mapping[str, object], name: str, before: str = "") -> object:
    """A field that has to be given."""
    if found.get(name) is None:
        raise UserError("expansion.field_missing", field=f"{before}{name}")
    return found[name]


def listed(field: str, value: object, most: int = MOST_CANDIDATES) -> list[object]:
    """A list that is not too long."""
    if not isinstance(value, list | tuple) or len(value) > most:
        raise fields.refuse(field, value)
    return list(value)


def _flag(field: str, value: object) -> bool:
    if not isinstance(value, bool):
        raise fields.refuse(field, value)
    return value


def _money(field: str, value: object) -> Decimal:
    return fields.amount(field, value, LARGEST_MONTH * 10)


LIMITS: Final = (
    "cash_floor", "budget", "openings_per_month", "openings", "managed_at_once", "managed_months", "regions",
    "exclusive",
)  # fmt: skip
OF_CANDIDATE: Final = ("name", "region", "earliest", "latest", "must", "replaces")
CLOSURE: Final = (
    "name", "monthly_cash", "swing", "cost", "deposit", "remaining_months", "earliest", "latest",
)  # fmt: skip
