"""An answer as lines of a calendar: fitting-out, ramp and maturity of what is planned, and the store left out next."""

from __future__ import annotations

from datetime import date

from chainbrain.expansion.programme import Answer, sentence
from chainbrain.expansion.programme.answer import Entry
from chainbrain.expansion.programme.problem import Breach, Limit
from chainbrain.expansion.programme.projects import FITTING_OUT
from chainbrain.expansion.programme.projects import Kind as Project
from ui.messages import message, word
from ui.theme.translator import translate
from ui.views.expansion.programme.calendar import Line, Part

_OF_CASH = (Limit.FLOOR, Limit.TAIL)


def calendar_lines(answer: Answer) -> list[Line]:
    """What is planned by month, and last the best store that is not."""
    months = [one.month for one in answer.months]
    place = {month: number for number, month in enumerate(months)}
    planned = sorted(answer.entries, key=lambda one: (one.month, one.name))
    lines = [_line(one, place, len(months)) for one in planned]
    following = answer.next_left
    if following is not None and following.month is not None:
        note = sentence.reason(answer, following)
        said = message(note.code, **note.facts)
        begun = following.month
        parts = (
            Part(max(begun - FITTING_OUT, 0), begun, translate("fit-out"), "left"),
            Part(begun, len(months), said, "left"),
        )
        lines.append(Line(following.name, parts, f"{following.name}: {said}", translate("not planned")))
    return lines


def broken_month(answer: Answer) -> int | None:
    """The month (by number) in which the next store, or the chain as it stands, would break the floor."""
    breach = cash_breach(answer)
    return None if breach is None else breach.month


def cash_breach(answer: Answer) -> Breach | None:
    """What would be broken in a month of the chain's cash; nothing when another limit binds."""
    if answer.plan is None:
        return next((one for one in answer.breaches if one.limit in _OF_CASH), None)
    left = answer.next_left
    breach = None if left is None else left.breach
    return breach if breach is not None and breach.limit in _OF_CASH else None


def _line(one: Entry, place: dict[date, int], end: int) -> Line:
    begun, paid = place[one.month], place[one.paid]
    told = f"{one.name}: {word(f'expansion.project.{one.kind.value}')} {one.doors:%Y-%m}"
    if one.kind in (Project.CLOSURE, Project.FUNDING):
        parts: tuple[Part, ...] = (Part(begun, end, word(f"expansion.project.{one.kind.value}"), "fitting"),)
        return Line(one.name, parts, told)
    grown = end if one.grown is None else min(place.get(one.grown, end), end)
    doors = min(place.get(one.doors, end), end)
    parts = (
        Part(paid, begun, translate("fit-out"), "fitting"),
        *((Part(begun, doors, translate("waiting"), "fitting"),) if begun < doors else ()),
        Part(doors, grown, translate("ramp"), "ramp"),
        *((Part(grown, end, translate("mature"), "grown"),) if grown < end else ()),
    )
    return Line(one.name, parts, told)
