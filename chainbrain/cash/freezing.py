"""A cash forecast as it was frozen: what was foreseen then, to be held against what really came."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import TYPE_CHECKING, Any

import polars as pl

from chainbrain.cash.outlook import CashDay, CashOutlook
from chainbrain.cash.plan import PlanItem

if TYPE_CHECKING:
    from chainbrain.database.book import Book

_MONEY = pl.Decimal(18, 2)
_AMOUNTS = ("settlements", "receipts", "planned", "irregular", "expected", "p5", "p50", "p95")


@dataclass(frozen=True)
class Freeze:
    """One frozen forecast.

    Attributes:
        number: the entry of the history that froze it.
        known_to: the last day that the banks were known.
        with_irregular: whether payments that no plan knew were taken off.
        digest: of everything it rested on; two of the same digest foresaw the same from the same.
    """

    number: int
    at: datetime
    who: str
    name: str
    known_to: date
    with_irregular: bool
    digest: str


@dataclass(frozen=True)
class FrozenDue:
    """What was to be paid on a day; ``steady``: no plan knew it, the bank's history did."""

    day: date
    entity: str
    kind: str
    amount: Decimal
    note: str | None
    steady: bool


@dataclass(frozen=True)
class FrozenPath:
    """The path of one legal entity, or of all together, as it was foreseen."""

    entity: str | None
    opening: Decimal
    floor: Decimal | None
    dues: tuple[FrozenDue, ...]
    days: tuple[CashDay, ...]


def digest_of(outlook: CashOutlook, plan: Sequence[PlanItem]) -> str:
    """The fingerprint of what a forecast rests on and of what it says."""
    said = {
        # What moved since is of accounts whose days differ only: other forecasts keep their fingerprint.
        "accounts": [
            {k: v for k, v in asdict(one).items() if k not in {"moved", "lacking"} or v} for one in outlook.accounts
        ],
        "plan": sorted((asdict(one) for one in plan), key=lambda one: str(one["item_id"])),
        # Which rows a sum opens foresees nothing: forecasts of before keep their fingerprint.
        "way": [
            {key: figure for key, figure in asdict(one).items() if key not in {"rows", "after"}}
            for one in outlook.on_the_way
        ],
        "paths": [
            {
                "entity": one.entity,
                "opening": one.opening,
                "floor": one.floor,
                "days": [asdict(day) for day in one.days],
            }
            for one in outlook.paths
        ],
        "with_irregular": outlook.with_irregular,
    }
    return hashlib.sha256(json.dumps(said, sort_keys=True, default=str, ensure_ascii=False).encode()).hexdigest()


def tables(outlook: CashOutlook, entry: int) -> dict[str, pl.DataFrame]:
    """The rows of a frozen forecast by table."""
    paths = [(entry, one.entity, one.opening, one.floor) for one in outlook.paths]
    days = [
        (entry, one.entity, day.day, *(getattr(day, name) for name in _AMOUNTS))
        for one in outlook.paths
        for day in one.days
    ]
    chain = outlook.chain
    dues = [
        (entry, due.day, due.item.entity, due.item.kind, due.amount, due.item.note, steady)
        for some, steady in ((chain.dues, False), (chain.steady, True))
        for due in some
    ]
    return {
        "base.cash_freeze_paths": _frame(
            paths, entry_id=pl.Int64, entity=pl.String, opening=_MONEY, floor=_MONEY
        ),
        "base.cash_freeze_days": _frame(
            days, entry_id=pl.Int64, entity=pl.String, day=pl.Date, **dict.fromkeys(_AMOUNTS, _MONEY)
        ),
        "base.cash_freeze_dues": _frame(
            dues, entry_id=pl.Int64, day=pl.Date, entity=pl.String, kind=pl.String, amount=_MONEY, note=pl.String,
            steady=pl.Boolean,
        ),
    }  # fmt: skip


def freezes(book: Book) -> tuple[Freeze, ...]:
    """The frozen forecasts that stand, the newest first."""
    return tuple(Freeze(*row) for row in book.rows("cash/freezes"))


def frozen_paths(book: Book, number: int) -> tuple[FrozenPath, ...]:
    """The paths of a frozen forecast, that of all together first."""
    dues = [
        FrozenDue(*row)
        for row in book.rows_of(
            "select day, entity, kind, amount, note, steady from base.cash_freeze_dues where entry_id = $number"
            " order by day, entity, kind, amount desc, note",
            number=number,
        )
    ]
    days: dict[str | None, list[CashDay]] = {}
    for entity, *day in book.rows_of(
        f"select entity, day, {', '.join(_AMOUNTS)} from base.cash_freeze_days where entry_id = $number order by day",
        number=number,
    ):
        days.setdefault(entity, []).append(CashDay(*day))
    return tuple(
        FrozenPath(
            entity, opening, floor, tuple(due for due in dues if entity in {None, due.entity}),
            tuple(days.get(entity, ())),
        )
        for entity, opening, floor in book.rows_of(
            "select entity, opening, floor from base.cash_freeze_paths where entry_id = $number"
            " order by entity nulls first",
            number=number,
        )
    )  # fmt: skip


def _frame(rows: list[tuple[Any, ...]], **schema: Any) -> pl.DataFrame:
    return pl.DataFrame(rows, schema=schema, orient="row")
