"""The chain's cash without the new store: what is planned, how sure that is, and where it comes from."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any, Final

import numpy as np

from chainbrain.errors import UserError
from chainbrain.expansion import fields
from chainbrain.expansion.bounds import LARGEST_BALANCE, LARGEST_MONTH, LONGEST_LIFE
from chainbrain.expansion.draws import (
    Ints,
    correlated,
    next_uniforms,
    normals,
    seed_of,
    two_sided,
    uniform_of,
    uniforms,
)
from chainbrain.expansion.terms import per_cent
from chainbrain.money import fen

FROM_BOOK: Final = "book"
"""Stands for the chain's cash wherever the book's own forecast is meant."""
FIELDS: Final = (
    "opening_cash", "monthly_cash", "worse_by", "better_by", "swing", "correlation", "first_month", "known_to",
)  # fmt: skip


@dataclass(frozen=True)
class ChainCash:
    """The chain's cash without new stores: yuan at the start, and what a month brings.

    Attributes:
        monthly: planned month by month; the last one holds for all that follow.
        worse_by: how much less a month brings, lastingly, at P10; ``better_by`` how much more at P90.
        swing: how far a single month lies above or below at P90 and P10, each month by itself.
        correlation: between the chain's cash and the sales of every new store: the same weather rains on all.
        first_month: the month of the first figure; nothing for the first month of whatever asks.
        known_to: the last day that the bank statements knew when the book's forecast was taken; nothing for figures
            that somebody typed.
    """

    opening: Decimal
    monthly: tuple[Decimal, ...]
    worse_by: Decimal
    better_by: Decimal
    swing: Decimal
    correlation: Decimal
    first_month: date | None = None
    known_to: date | None = None

    @classmethod
    def parse(cls, given: Mapping[str, object], at: str = "chain") -> ChainCash:
        """Read it as it stands in JSON.

        Raises:
            UserError: ``expansion.field_unknown``, ``field_missing``, ``field_unreadable``, ``field_out_of_range``.
        """
        for name in given:
            if name not in FIELDS:
                raise UserError("expansion.field_unknown", field=f"{at}.{name}", known=", ".join(FIELDS))
        found = {name: value for name, value in given.items() if value is not None}
        for name in ("opening_cash", "monthly_cash", "worse_by"):
            if name not in found:
                raise UserError("expansion.field_missing", field=f"{at}.{name}")
        months = found["monthly_cash"]
        each = months if isinstance(months, list | tuple) else [months]
        if not 1 <= len(each) <= LONGEST_LIFE:
            raise fields.refuse(f"{at}.monthly_cash", months)
        worse = _money(f"{at}.worse_by", found["worse_by"])
        read: dict[str, Any] = {
            "opening": balance(f"{at}.opening_cash", found["opening_cash"]),
            "monthly": tuple(balance(f"{at}.monthly_cash[{n}]", one) for n, one in enumerate(each)),
            "worse_by": worse,
            "better_by": _money(f"{at}.better_by", found["better_by"]) if "better_by" in found else worse,
            "swing": _money(f"{at}.swing", found.get("swing", 0)),
            "correlation": fields.share(f"{at}.correlation", found.get("correlation", "50%")),
        }
        if "first_month" in found:
            read["first_month"] = fields.month(f"{at}.first_month", found["first_month"])
        if "known_to" in found:
            try:
                read["known_to"] = date.fromisoformat(str(found["known_to"]))
            except ValueError:
                raise fields.refuse(f"{at}.known_to", found["known_to"]) from None
        return cls(**read)

    def written(self) -> dict[str, object]:
        """As JSON has it and ``parse`` reads it back."""
        return {
            "opening_cash": f"{self.opening:.2f}",
            "monthly_cash": [f"{one:.2f}" for one in self.monthly],
            "worse_by": f"{self.worse_by:.2f}",
            "better_by": f"{self.better_by:.2f}",
            "swing": f"{self.swing:.2f}",
            "correlation": per_cent(self.correlation),
            "first_month": f"{self.first_month:%Y-%m}" if self.first_month else None,
            "known_to": self.known_to.isoformat() if self.known_to else None,
        }

    def lead(self, month: date | None) -> int:
        """How many of its months lie before ``month``; 0 when one of the two has no date.

        Raises:
            UserError: ``expansion.before_chain_cash`` when its figures begin later.
        """
        if self.first_month is None or month is None:
            return 0
        between = (month.year - self.first_month.year) * 12 + month.month - self.first_month.month
        if between < 0:
            raise UserError("expansion.before_chain_cash", month=f"{month:%Y-%m}", first=f"{self.first_month:%Y-%m}")
        return between

    def paths(self, seed: int, paths: int, months: int, first: date | None = None) -> Ints:
        """Its cash at every month's end from ``first`` on, in fen; fewer months are the first of more."""
        lead = self.lead(first)
        level = two_sided(weather(seed, paths), 0, -fen(self.worse_by), fen(self.better_by))
        own = normals(np.ascontiguousarray(uniforms(seed_of(seed, "chain months"), lead + months, paths).T))
        swing = two_sided(own, 0, -fen(self.swing), fen(self.swing))
        planned = np.array(
            [fen(self.monthly[min(month, len(self.monthly) - 1)]) for month in range(lead + months)], dtype=np.int64
        )
        running: Ints = fen(self.opening) + np.cumsum(planned[None, :] + level[:, None] + swing, axis=1)
        return running[:, lead:]


def weather(seed: int, paths: int) -> Ints:
    """The shock that the whole chain shares, as standard normal values in millionths; one for every path."""
    return Weather(seed).take(paths)


class Weather:
    """The same shock, handed out piece by piece from the first path on."""

    def __init__(self, seed: int) -> None:
        self._stream = np.random.PCG64(seed_of(seed, "chain"))

    def take(self, paths: int) -> Ints:
        """The next paths."""
        return normals(next_uniforms(self._stream, paths, 1)[:, 0])


def under_the_weather(uniform: Ints, shared: Ints, correlation: Decimal) -> Ints:
    """Uniform draws of one store's sales that follow the shock of the chain."""
    return uniform_of(correlated(shared, normals(uniform), correlation))


def balance(field: str, value: object) -> Decimal:
    """Yuan that may lie below nothing."""
    return fields.amount(field, value, LARGEST_BALANCE, -LARGEST_BALANCE)


def _money(field: str, value: object) -> Decimal:
    return fields.amount(field, value, LARGEST_MONTH * 10)
