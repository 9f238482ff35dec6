"""Past openings as a report: foretold beside measured, what neighbours lost, and what that says in words."""

from __future__ import annotations

from typing import Final

from chainbrain.expansion import past_notes
from chainbrain.expansion.areas.feedback import Correction
from chainbrain.expansion.past import Foretold, Past, PastOpening
from chainbrain.own_openings import rounded
from chainbrain.reports.filters import Column, Filters, counts, frame, money, report
from chainbrain.reports.tables import Report, ReportTable, told

_WHOSE: Final = (Column("store_id", "id"), Column("store"), Column("opened_on", "date"))
_OPENINGS: Final = (
    *_WHOSE,
    *money("past_said", "past_low", "past_high", "past_came"),
    Column("past_off", "percent"),
    Column("past_inside", "word", "yes_no"),
    *counts("past_stores"),
    Column("past_growth", "percent"),
    *counts("past_months"),
    *(Column(key, "percent") for key in ("past_ramp_said", "past_ramp_low", "past_ramp_high", "past_ramp_came")),
    Column("past_ramp_inside", "word", "yes_no"),
    *counts("past_earlier"),
    Column("past_why", "word", "past.why"),
)
_LOSSES: Final = (
    *_WHOSE,
    *counts("area_neighbours"),
    *money("area_predicted", "area_came"),
    Column("past_ratio", "percent"),
    Column("past_clear", "word", "yes_no"),
)


def of_past(found: Past, losses: Correction) -> Report:
    """Openings that were foretold again, and predictions of what they took held against what they did."""
    said = (*past_notes.of_past(found), *past_notes.of_losses(found, losses))
    columns = (Column("past_note", "message"),)
    notes = ReportTable("past_notes", columns, frame(columns, [(told(one.code, one.facts),) for one in said]))
    rows = [
        (
            one.store_id, one.name, one.opened_on, one.neighbours, one.predicted, one.measured,
            rounded(one.measured / one.predicted, 4) if one.predicted > 0 else None, _yes(one.clear),
        )
        for one in losses.openings
    ]  # fmt: skip
    tables = (
        notes,
        ReportTable("past_openings", _OPENINGS, frame(_OPENINGS, [_opening(one) for one in found.openings])),
        ReportTable("past_losses", _LOSSES, frame(_LOSSES, rows), ("area_predicted", "area_came")),
    )
    return report("past-openings", tuple(one for one in tables if one.rows.height), Filters())


def _opening(one: PastOpening) -> tuple[object, ...]:
    level, ramp = one.level, one.ramp
    off = None
    if level is not None and level.off is not None and level.came:
        off = rounded(level.off / level.came, 4)
    return (
        one.store_id, one.name, one.opened_on, *_figures(level), off, _yes(level and level.inside),
        level.seen if level else 0, one.growth, one.months, *_figures(ramp), _yes(ramp and ramp.inside),
        ramp.seen if ramp else None, one.why_not or ("no_mature" if level is None else None),
    )  # fmt: skip


def _figures(one: Foretold | None) -> tuple[object, ...]:
    return (None,) * 4 if one is None else (one.said, one.low, one.high, one.came)


def _yes(said: object) -> str | None:
    return None if said is None else "yes" if said else "no"
