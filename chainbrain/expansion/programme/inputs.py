"""A regional programme as the owner describes it, read as a whole."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, Any, Final

from chainbrain.errors import UserError
from chainbrain.expansion import fields
from chainbrain.expansion.bounds import MOST_PATHS
from chainbrain.expansion.chain_cash import ChainCash
from chainbrain.expansion.programme import reading
from chainbrain.expansion.programme.terms import Candidate, Closure, Funding, Limits

if TYPE_CHECKING:
    from chainbrain.expansion.own_stores import StoreTemplate

USUAL_PATHS: Final = 2_000


@dataclass(frozen=True)
class Programme:
    """Everything that decides the programme; the same one gives the same plan and the same fen.

    Attributes:
        discount_rate: a year, for all stores and loans alike.
        gap: how near the proof has to come, as a share.
    """

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
                ``field_twice``, ``discount_conflict``; ``facts`` name the field by its path, as in
                ``candidates[2].rent``.
        """
        found = reading.known("programme", given, FIELDS)
        rates: dict[str, Decimal] = {
            name: fields.share(name, found[name]) for name in ("discount_rate", "gap") if name in found
        }
        shared = reading.Shared(
            store=fields.mapping("store", found.get("store", {})),
            discount_rate=rates.get("discount_rate", cls.discount_rate),
            first_month=fields.month("first_month", reading.needed(found, "first_month")),
            template=template,
        )
        candidates = reading.listed("candidates", reading.needed(found, "candidates"))
        closures = reading.listed("closures", found.get("closures", []))
        funding = reading.listed("funding", found.get("funding", []))
        read: dict[str, Any] = {
            "first_month": shared.first_month,
            "months": fields.whole("months", found.get("months", 24), 1, reading.LONGEST),
            "chain": ChainCash.parse(fields.mapping("chain", reading.needed(found, "chain"))),
            "limits": reading.limits(fields.mapping("limits", found.get("limits", {}))),
            "candidates": tuple(reading.candidate(f"candidates[{n}]", one, shared) for n, one in enumerate(candidates)),
            "closures": tuple(reading.closure(f"closures[{n}]", one) for n, one in enumerate(closures)),
            "funding": tuple(reading.funding(f"funding[{n}]", one) for n, one in enumerate(funding)),
            **rates,
        }
        if "name" in found:
            read["name"] = fields.text("name", found["name"])
        if "seed" in found:
            read["seed"] = fields.whole("seed", found["seed"], 0, 2**63 - 1)
        if "paths" in found:
            read["paths"] = fields.whole("paths", found["paths"], 100, MOST_PATHS)
        made = cls(**read)
        _check_names(made)
        return made


def something_to_plan(candidates: object, closures: object) -> None:
    """Refuse a programme that has no store to open and none to close.

    Raises:
        UserError: ``expansion.nothing_to_plan``.
    """
    if not candidates and not closures:
        raise UserError("expansion.nothing_to_plan")


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


FIELDS: Final = (
    "name", "first_month", "months", "chain", "limits", "store", "candidates", "closures", "funding", "discount_rate",
    "gap", "seed", "paths",
)  # fmt: skip
