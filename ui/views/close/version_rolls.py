"""The tables of a month's signed versions: who signed, what the last two tell differently, what a replay gave."""

from __future__ import annotations

from collections.abc import Iterable

from chainbrain.closing.figures import Change, Figure
from chainbrain.masking import masked
from ui import figures
from ui.models import Kind
from ui.theme.translator import marked, translate
from ui.views.close.content import CloseData
from ui.views.close.roll import Line, Roll, text
from ui.words import word

_NAMED = {"transit": "channel", "fees": "channel", "step": "close_step"}
"""The vocabulary of the subjects of some sections; others are numbers and names."""


def version_rolls(data: CloseData) -> tuple[Roll, ...]:
    """The versions; what the last two tell differently once there are two; the replay once it was done."""
    found = [_versions(data)]
    if len(data.versions) > 1:
        before, after = data.versions[-2:]
        title = translate("Version {before} and {after}").format(before=before.version, after=after.version)
        found.append(_changes("changes", title, data.changes, translate("Both versions tell the same figures")))
    if data.replayed is not None:
        note = translate("{files} files read again, {figures} figures compared").format(
            files=data.replayed.files, figures=data.replayed.figures
        )
        title, same = translate("Reckoned again"), translate("Every figure came out as it was locked")
        found.insert(0, _changes("replayed", title, data.replayed.changes, same, note))
    return tuple(found)


def _versions(data: CloseData) -> Roll:
    rows = tuple(
        Line(
            {
                "version": one.version, "who": one.signed_by, "at": one.signed_at, "reason": one.reason or "",
                "accepted": "、".join(word(f"close_step.{key}") for key in one.accepted),
                "reopened": " ".join(part for part in (one.reopened_by, one.reopened_for) if part),
            }
        )
        for one in data.versions
    )  # fmt: skip
    columns = (
        text("version", marked("Version"), 64, Kind.NUMBER), text("who", marked("Signed by"), 100, Kind.KEY),
        text("at", marked("Signed at"), 136, Kind.MOMENT), text("reason", marked("Written reason")),
        text("accepted", marked("Accepted")),
        text("reopened", marked("Opened again by, because")),
    )  # fmt: skip
    return Roll(
        "versions", translate("Versions"), "", columns, rows, empty=translate("Nobody has signed this month yet")
    )


def _changes(key: str, title: str, changes: Iterable[Change], same: str, note: str = "") -> Roll:
    rows = tuple(
        Line(
            {
                "section": word(f"figure_section.{one.section}"), "subject": _subject(one), "detail": one.detail,
                "part": word(f"figure_part.{one.part}"), "before": _figure(one.before), "after": _figure(one.after),
            }
        )
        for one in changes
    )  # fmt: skip
    columns = (
        text("section", marked("Figure of"), 120), text("subject", marked("Whose"), 0, Kind.KEY),
        text("detail", marked("Detail")), text("part", marked("Figure"), 120), text("before", marked("Earlier"), 150),
        text("after", marked("Later"), 150),
    )  # fmt: skip
    return Roll(key, title, note, columns, rows, empty=same)


def _subject(one: Change) -> str:
    if one.section in _NAMED:
        return word(f"{_NAMED[one.section]}.{one.subject}")
    return masked(one.subject) if one.section == "bank" else one.subject


def _figure(one: Figure | None) -> str:
    if one is None:
        return ""
    amount = figures.money(one.amount)
    return f"{amount} ({figures.plain(one.items)})" if one.items else amount
