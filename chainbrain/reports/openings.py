"""How stores began as a report: each opening, its weeks beside earlier openings, and the stores around it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final

from chainbrain import opening_words
from chainbrain.expansion.openings import StoreOpening
from chainbrain.reports.filters import Column, Filters, counts, frame, money, report
from chainbrain.reports.tables import Report, ReportTable, told

_WHOSE: Final = (Column("store_id", "id"), Column("store"), Column("opened_on", "date"))
_STORES: Final = (
    *_WHOSE,
    *counts("weeks_known"),
    Column("ramp_done", "word", "yes_no"),
    *counts("earlier_openings"),
    Column("took_share", "percent"),
    Column("took_noise", "percent"),
    Column("took_words", "message"),
)
_WEEKS: Final = (
    *_WHOSE,
    *counts("week_of_age"),
    *(Column(f"week_{key}", "percent") for key in ("share", "low", "middle", "high")),
    *counts("earlier_openings"),
)
_NEAR: Final = (
    *_WHOSE,
    Column("near_store"),
    Column("near_km", "money"),
    Column("near_change", "percent"),
    *money("near_monthly"),
)


def of_openings(found: Sequence[StoreOpening]) -> Report:
    """Openings that were measured already as a report."""
    stores = ReportTable("store-openings", _STORES, frame(_STORES, [_store(one) for one in found]))
    weeks = [
        (
            one.store_id, one.name, one.opened_on, week, own,
            *((edge.low, edge.middle, edge.high, edge.stores) if edge is not None else (None, None, None, 0)),
        )
        for one in found
        for week, own, edge in one.weeks()
    ]  # fmt: skip
    near = [
        (one.store_id, one.name, one.opened_on, near.name, near.distance_km, near.change, near.monthly_change)
        for one in found
        if one.effect is not None
        for near in one.effect.neighbours
    ]
    tables = (
        stores,
        ReportTable("opening_weeks", _WEEKS, frame(_WEEKS, weeks)),
        ReportTable("opening_near", _NEAR, frame(_NEAR, near)),
    )
    return report("store-openings", tables, Filters())


def _store(one: StoreOpening) -> tuple[Any, ...]:
    curve, effect = one.curve, one.effect
    code, facts = opening_words.took_code(one)
    return (
        one.store_id,
        one.name,
        one.opened_on,
        len(curve.share) if curve is not None else 0,
        None if curve is None else "yes" if curve.finished else "no",
        len(one.earlier),
        effect.share if effect is not None else None,
        effect.noise if effect is not None else None,
        told(code, facts),
    )
