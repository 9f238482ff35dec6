"""The table 候选门店 of the book as candidates of a programme."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

_FIELDS = (
    "name", "city", "format", "city_tier", "rent", "rent_free_months", "capex", "deposit", "mature_monthly_sales",
    "earliest",
)  # fmt: skip


def from_table(row: Sequence[object]) -> dict[str, object]:
    """One row by the names of the fields of a scenario; what stands empty is left out."""
    return {name: value for name, value in zip(_FIELDS, row, strict=True) if value is not None}


def with_table(given: Mapping[str, object], table: Sequence[Mapping[str, object]]) -> dict[str, object]:
    """A programme whose candidates are filled from the table by name, or are all of the table when it lists none."""
    known = {str(one["name"]): one for one in table}
    listed = given.get("candidates")
    if listed is None:
        return {**given, "candidates": [dict(one) for one in table]} if table else dict(given)
    if not isinstance(listed, list | tuple):
        return dict(given)
    filled = [
        {**known.get(str(one.get("name", "")).strip(), {}), **one} if isinstance(one, Mapping) else one
        for one in listed
    ]
    return {**given, "candidates": filled}
