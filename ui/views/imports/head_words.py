"""What the head of a planned file says: why it was recognised, whose it is, what the book already has of it."""

from collections.abc import Sequence
from dataclasses import dataclass

from chainbrain.importers.plan import FilePlan, HeaderFit, MemberReading
from chainbrain.intake.already import Already, Earlier
from chainbrain.masking import login_masked, masked
from ui import figures
from ui.theme.translator import translate
from ui.views.imports.meanings import layout_word
from ui.views.imports.words import grouped, rows_text
from ui.widgets.states import EXCLUDED
from ui.words import message

UNCONFIRMED, NO_ACCOUNT, OVERLAP, THERE, TOLD = "unconfirmed", "no_account", "overlap", "there", "told"
_NAMED = 2


@dataclass(frozen=True)
class Note:
    """One line below the head; ``kind`` says what its link leads to."""

    kind: str
    state: str
    text: str
    tip: str = ""


def why(fit: HeaderFit) -> str:
    """Return why the table was recognised, in words."""
    if fit.by_shape:
        return translate("no heads; known by the shape of its cells")
    if not fit.found:
        return ""
    found = len(fit.found)
    if not fit.missing and not fit.unused:
        return translate("all %n head(s) agree", found)
    parts = [translate("known by %n column name(s)", found)]
    if fit.unused:
        parts.append(translate("%n more in the file not used", len(fit.unused)))
    if fit.missing:
        parts.append(translate("%n optional one(s) lacking", len(fit.missing)))
    return translate(", and ").join(parts)


def why_in_full(fit: HeaderFit) -> str:
    """Return the names behind the numbers of ``why``."""
    lines = (
        (translate("Found: {names}"), fit.found),
        (translate("Not used: {names}"), fit.unused),
        (translate("Lacking: {names}"), fit.missing),
    )
    return "\n".join(words.format(names=translate(", ").join(names)) for words, names in lines if names)


def facts(reading: MemberReading, already: Already | None) -> list[str]:
    """Return period, account, stores, form, encoding and rows."""
    found = []
    if reading.first_day and reading.last_day:
        days = [figures.day(day, year=True) for day in (reading.first_day, reading.last_day)]
        found.append(
            days[0] if days[0] == days[1] else translate("{first} to {last}").format(first=days[0], last=days[1])
        )
    found += _account(reading, already.stores if already is not None else None)
    if reading.layout and reading.format:
        found.append(layout_word(reading.format, reading.layout))
    if reading.encoding:
        found.append(_encoding(reading.encoding))
    if reading.row_count:
        found.append(rows_text(reading.row_count))
    return found


def notes(plan: FilePlan, already: Already | None) -> list[Note]:
    """Return what a person should know before writing this file, the most important first."""
    reading, found = plan.reading, []
    if reading.format is not None and not reading.confirmed:
        found.append(Note(UNCONFIRMED, "warning", translate("This form was not confirmed on a real file yet")))
    if reading.facts.get("account") == "missing":
        text = translate("The file names no account: say once whose it is, after the import")
        found.append(Note(NO_ACCOUNT, "warning", text))
    for note in plan.notes:
        text = message(note.code, **note.facts)
        found.append(Note(TOLD, "warning", text, text))
    if already is not None:
        found += _overlap(already, dated=reading.first_day is not None)
    return found


def _account(reading: MemberReading, stores: int | None) -> list[str]:
    if reading.account_no is None or reading.facts.get("account") == "missing":
        return [translate("of %n store(s)", stores)] if stores else []
    at_bank = any(cover.kind == "bank" for cover in reading.coverage)
    words = translate("account {number}") if at_bank else translate("merchant {number}")
    number = masked(reading.account_no) if at_bank else login_masked(reading.account_no)
    text = words.format(number=number)
    if stores is None:
        return [text]
    if not stores:
        return [translate("{account}, of no known store yet").format(account=text)]
    return [translate("{account} for {stores}").format(account=text, stores=translate("%n store(s)", stores))]


def _encoding(name: str) -> str:
    return name.upper().removesuffix("-SIG")


def _overlap(already: Already, *, dated: bool) -> list[Note]:
    if already.imported is not None:
        name, at = already.imported
        words = translate("Written on {day} as {name}; writing it again would change nothing")
        return [Note(THERE, EXCLUDED, words.format(day=figures.moment(at), name=name))]
    if not already.earlier:
        return []
    parts = [_earlier(one, dated=dated) for one in already.earlier]
    text = translate("; ").join(parts[:_NAMED])
    if len(parts) > _NAMED:
        text = translate("{text}; and %n more file(s)", len(parts) - _NAMED).format(text=text)
    if already.days_there:
        words = translate("the book has {there} of its {days} days in full")
        text = translate("; ").join((text, words.format(there=already.days_there, days=already.days)))
    return [Note(OVERLAP, "info", text, "\n".join(parts))]


def _earlier(one: Earlier, *, dated: bool) -> str:
    rows = grouped(translate("%n row(s) known", one.rows), one.rows)
    if one.imported_at is None:
        return translate("shares with {name} of this plan: {rows}").format(name=one.name, rows=rows)
    day = figures.day(one.imported_at)
    if not one.days or not dated:
        return translate("overlaps {name} of {day}: {rows}").format(name=one.name, day=day, rows=rows)
    words = translate("overlaps {name} of {day} on %n day(s), {rows}", one.days)
    return words.format(name=one.name, day=day, rows=rows)


def said(found: Sequence[Note]) -> str:
    """Return all notes as one text for screen readers."""
    return "\n".join(note.text for note in found)
