"""What the chain's own stores say about the next one as a report: each figure with the stores it rests on."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal
from typing import TYPE_CHECKING, Any, Final

from chainbrain.expansion import own_stores
from chainbrain.expansion.measured import Measured
from chainbrain.expansion.own_stores import StoreTemplate
from chainbrain.reports.filters import Column, Filters, counts, frame, money, report
from chainbrain.reports.selling import NOT_ENTERED
from chainbrain.reports.tables import Report, ReportTable, told

if TYPE_CHECKING:
    from chainbrain.database.book import Book

NAME: Final = "store-template"
_FIGURES: Final = (
    Column("template_figure", "word", "template"),
    Column("template_value", "message"),
    *counts("template_seen", "template_least"),
    Column("template_note", "message"),
)
_LEVELS: Final = (
    Column("template_by", "word", "level"),
    Column("template_group", "names"),
    *counts("template_seen", "template_least"),
    *money("template_p10", "template_p50", "template_p90"),
    Column("template_note", "message"),
)


def store_template(book: Book, _filters: Filters) -> Report:
    """The chain's own experience; works on an empty book too."""
    found = own_stores.template(book)
    after = found.last_day + timedelta(days=1) if found.last_day else None
    tables = (figures(found), levels(found))
    return report(NAME, tables, Filters(first=found.first_day, after=after))


def figures(found: StoreTemplate) -> ReportTable:
    """The single figures, each with what it was seen on."""
    entries = (
        ("mature_sales", found.mature_sales, "template.yuan"),
        ("rent", found.rent, "template.yuan"),
        ("take_rate", found.take_rate, "template.share"),
        ("cannibalisation", found.cannibalisation, "template.share"),
        ("ramp", found.ramp_observed, "template.months"),
    )
    rows = [
        (name, _value(one, code), one.observations, one.minimum, told("template.few", {}) if not one.enough else None)
        for name, one, code in entries
        # An empty book says nothing at all, not even that there is too little of it.
        if found.first_day is not None
    ]
    return ReportTable(NAME, _FIGURES, frame(_FIGURES, rows))


def levels(found: StoreTemplate) -> ReportTable:
    """How mature sales spread by format, city tier and size."""
    rows: list[tuple[Any, ...]] = []
    for one in found.levels:
        rows.append(
            (
                one.by, one.group or NOT_ENTERED, one.stores, one.minimum, one.p10, one.p50, one.p90,
                told(one.note, {}) if one.note else None,
            )
        )  # fmt: skip
    return ReportTable("template_levels", _LEVELS, frame(_LEVELS, rows))


def _value(one: Measured, code: str) -> str | None:
    if one.value is None:
        return None
    value = one.value * 100 if code == "template.share" else one.value
    shown = f"{value:,.0f}" if code == "template.months" else f"{value.quantize(Decimal('0.01')):,f}"
    return told(code, {"value": shown})
